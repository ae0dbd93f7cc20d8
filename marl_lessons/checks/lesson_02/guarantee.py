"""Exercise 2.4: what a policy guarantees against the worst opponent."""

import numpy as np

from marl_lessons.exercises.comparison import is_same
from marl_lessons.exercises.expect import expect_agreement
from marl_lessons.exercises.kinds import expect_number
from marl_lessons.exercises.mistakes import Misconception, Mistake
from marl_lessons.exercises.specification import Check, Exercise


def guaranteed_payoff(payoffs, policy):
    """Return the expected payoff of a policy against its worst opponent: (A, B) and (A,) -> number."""
    return (policy @ payoffs).min()


def try_every_column(payoffs, policy):
    """The definition: the expected payoff against each action of the opponent, and the least of them."""
    rows, columns = payoffs.shape
    return min(sum(policy[a] * payoffs[a, b] for a in range(rows)) for b in range(columns))


def draw_cases(rng):
    """Matching pennies to check by hand, then random tables, wide and tall."""
    cases = [(np.array([[1.0, -1.0], [-1.0, 1.0]]), np.array([0.75, 0.25]))]
    for _ in range(50):
        a, b = rng.integers(2, 5, size=2)
        cases.append((rng.integers(-9, 10, size=(a, b)).astype(float), rng.dirichlet(np.ones(a)).round(2)))
    cases += [(payoffs * scale, policy) for payoffs, policy in cases[1:11] for scale in (100, -100)]
    return [(payoffs, policy / policy.sum()) for payoffs, policy in cases]


def returns_a_number(answer, rng):
    expect_number(answer(np.array([[3.0, -2.0, 1.0], [0.0, 4.0, -1.0]]), np.array([0.5, 0.5])))


def finds_the_worst_opponent(answer, rng):
    expect_agreement(answer, draw_cases(rng), try_every_column, GUARANTEE_MISCONCEPTIONS)


def guarantees_nothing_in_pennies_with_a_certain_action(answer, rng):
    pennies = np.array([[1.0, -1.0], [-1.0, 1.0]])
    values = [answer(pennies, np.array([p, 1 - p])) for p in (1.0, 0.5)]
    if not is_same(values, [-1.0, 0.0]):
        raise Mistake(
            "In matching pennies, heads for certain guarantees −1 (the opponent knows it and plays tails), and a fair "
            f"coin guarantees 0. You get {values[0]:.4g} and {values[1]:.4g}."
        )


GUARANTEE_MISCONCEPTIONS = (
    Misconception(
        lambda payoffs, policy: (policy @ payoffs).max(),
        "You let the opponent choose what is best for you. It chooses what is worst for you: take the minimum.",
    ),
    Misconception(
        lambda payoffs, policy: (policy @ payoffs).mean(),
        "You let the opponent choose at random. The worst opponent chooses the column that hurts most.",
    ),
    Misconception(
        lambda payoffs, policy: policy @ payoffs.min(axis=1),
        "You took the worst column of each row on its own. The opponent chooses one column before it sees your row: "
        "average over your rows first, then take the minimum.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs.min(),
        "You took the worst cell of the table. You reach it with some probability only: average over your rows first.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs[np.argmax(policy)].min(),
        "You used your likeliest action only. You play all of them, each with its probability.",
    ),
    Misconception(
        lambda payoffs, policy: np.argmin(policy @ payoffs),
        "This is the number of the worst column. Return what you get there.",
    ),
    Misconception(
        lambda payoffs, policy: (policy @ payoffs)[np.argmin(payoffs.min(axis=0))],
        "You chose the column with the worst cell. The worst column is the one with the least expected payoff.",
    ),
    Misconception(
        lambda payoffs, policy: (policy @ payoffs)[:2].min(),
        "You tried the opponent's first two columns only. There may be more: their number is `payoffs.shape[1]`.",
    ),
    Misconception(
        lambda payoffs, policy: (policy[:2] @ payoffs[:2]).min(),
        "You used your first two rows only. There may be more: their number is `len(policy)`.",
    ),
    Misconception(
        lambda payoffs, policy: (policy[:2] @ payoffs[:2])[:2].min(),
        "You used a corner of two rows and two columns only. Tables may be larger: look at all of it.",
    ),
    Misconception(
        lambda payoffs, policy: min(0, (policy @ payoffs).min()),
        "Your search for the least begins at 0, but all columns may pay more. Begin with one of the columns.",
    ),
)

EXERCISE = Exercise(
    id="2.4",
    title="What a policy guarantees",
    reference=guaranteed_payoff,
    checks=(
        Check("returns a number", returns_a_number),
        Check("finds the opponent's worst column", finds_the_worst_opponent),
        Check("knows matching pennies", guarantees_nothing_in_pennies_with_a_certain_action),
    ),
    hints=(
        "The opponent knows your policy, but not the row that chance will pick. What does it expect in each column?",
        "Average over your rows, with the weights of your policy. That leaves one number per column.",
        "A vector times a matrix does that: `policy @ payoffs`. Which of these numbers will the opponent choose?",
    ),
    explanation="`policy @ payoffs` is your expected payoff in each column. An opponent who knows your policy picks "
    "the least. The policy that makes this least number as large as possible is the minimax policy.",
)
