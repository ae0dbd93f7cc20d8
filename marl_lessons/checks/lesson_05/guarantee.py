"""Exercise 5.1: what a policy guarantees against the worst opponent."""

import numpy as np

from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    POLICIES,
    Domain,
    Parameter,
    has_length,
    is_array,
    is_longer_than,
    is_policy,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, POLICY_STYLES, draw_numbers, draw_policy, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_number
from marl_lessons.exercises.judging.mistakes import Misconception, Mistake
from marl_lessons.exercises.judging.showing import show_case
from marl_lessons.exercises.specification import Check, Exercise


def guaranteed_payoff(payoffs, policy):
    """Return the expected payoff of a policy against its worst opponent: (A, B) and (A,) -> number."""
    return (policy @ payoffs).min()


def try_every_column(payoffs, policy):
    """The definition: the expected payoff against each action of the opponent, and the least of them."""
    rows, columns = payoffs.shape
    return min(sum(policy[a] * payoffs[a, b] for a in range(rows)) for b in range(columns))


@keep_cases
def draw_tables_and_policies(rng):
    """Matching pennies to check by hand, then random tables, wide and tall, with policies of every kind."""
    pennies, policy = np.array([[1, -1], [-1, 1]]), np.array([0.75, 0.25])
    shapes = [(2, 2), (3, 3), *draw_shapes(rng, (2, 2), (4, 5), times=48), (12, 15)]
    all_large = 5_000_000 + 1_000_000 * rng.permutation(6).reshape(2, 3)
    seldom = draw_numbers(rng, (3, 3), "whole"), np.array([0.05, 0.9, 0.05])
    by_hand = [(pennies, policy), (pennies.astype(float), policy), seldom]
    return [*by_hand, *_draw_cases(rng, shapes), (all_large, policy)]


@keep_cases
def draw_single_actions(rng):
    """Tables in which one of the two agents, or both, has nothing to choose."""
    return _draw_cases(rng, [(1, 1), (1, 3), (3, 1), (2, 1), (1, 4), (1, 2), (4, 1)])


def _draw_cases(rng, shapes):
    return [
        (draw_numbers(rng, shape, NUMBER_STYLES[index % 5]), draw_policy(rng, shape[0], POLICY_STYLES[index // 5 % 6]))
        for index, shape in enumerate(shapes)
    ]


WRONG_SHAPES = {
    (3,): "This is one number for each of the opponent's columns. It picks one of them: which?",
    (2,): "This is one number for each of your rows. Average over your rows, with the weights of your policy.",
    (2, 3): "This is one number for each cell. Average over your rows, with the weights of your policy, and let the "
    "opponent pick a column.",
}


def returns_a_number(answer, rng):
    result = answer(np.array([[3.0, -2.0, 1.0], [0.0, 4.0, -1.0]]), np.array([0.5, 0.5]))
    shape = getattr(result, "shape", None)
    if shape in WRONG_SHAPES:
        raise Mistake(f"Expected a single number, got an array of shape {shape}. {WRONG_SHAPES[shape]}")
    expect_number(result)


def finds_the_worst_opponent(answer, rng):
    _expect_guarantees(answer, draw_tables_and_policies(rng))


def needs_no_choice(answer, rng):
    _expect_guarantees(answer, draw_tables_and_policies(rng) + draw_single_actions(rng))


def _expect_guarantees(answer, cases):
    expect_agreement(answer, cases, try_every_column, GUARANTEE_MISCONCEPTIONS, explain=_explain_columns)


def _explain_columns(trial):
    payoffs, policy = trial.case
    expected = show_case((), (), "policy @ payoffs", got=(policy @ payoffs,))
    return f"Column by column you expect this, and the opponent picks the least:\n{expected}"


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
        lambda payoffs, policy: payoffs[policy.argmax(), (policy @ payoffs).argmin()],
        "You found the worst column, but return what your likeliest row pays there. Average over your rows.",
    ),
    Misconception(
        lambda payoffs, policy: np.median(policy @ payoffs),
        "You took the middle one of the columns. The opponent picks the one that is worst for you: the minimum.",
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
        lambda payoffs, policy: (policy @ payoffs)[payoffs[np.argmax(policy)].argmin()],
        "You chose the column that is worst against your likeliest row. The opponent answers the whole policy: average "
        "over your rows, then choose.",
    ),
    Misconception(
        lambda payoffs, policy: (policy @ payoffs)[payoffs.sum(axis=0).argmin()],
        "You chose the column with the least sum, without looking at your policy. The opponent knows it: average with "
        "its weights, then choose.",
    ),
    Misconception(
        lambda payoffs, policy: (payoffs * policy[:, None]).sum(axis=1).min(),
        "You added up along your rows. What you expect in a column is a sum over the rows: axis 0.",
    ),
    Misconception(
        lambda payoffs, policy: (payoffs * policy[:, None]).min(),
        "You took the least of the weighted payoffs. Add up each column first, then take the least of the sums.",
    ),
    Misconception(
        lambda payoffs, policy: (policy @ payoffs)[0],
        "This is what you expect in the first column. The opponent looks at all of them: if you have a loop, does "
        "`return` stand inside it?",
    ),
    Misconception(
        lambda payoffs, policy: np.cumsum(policy @ payoffs).min(),
        "Each column's sum begins where the last one ended. Set it to 0 for each column.",
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


def _is_worst(column):
    """Return a test whether this column of the table is the opponent's only best one."""
    return lambda payoffs, policy: (
        np.flatnonzero(np.isclose(policy @ payoffs, (policy @ payoffs).min())).tolist() == [column % payoffs.shape[1]]
    )


DOMAIN = Domain(
    parameters=(
        Parameter(
            "payoffs",
            is_array(None, None),
            NUMBERS
            | {
                "has one row": has_length(0, 1),
                "has one column": has_length(1, 1),
                "has more than two rows": is_longer_than(2),
                "has more than two columns": is_longer_than(2, axis=1),
                "has more than ten columns": is_longer_than(10, axis=1),
                "has only numbers above a million": lambda payoffs: payoffs.min() > 1_000_000,
            },
        ),
        Parameter(
            "policy",
            lambda policy: is_array(None)(policy) and is_policy(policy),
            POLICIES,
        ),
    ),
    fit=lambda payoffs, policy: payoffs.shape[0] == len(policy),
    corners={
        "the table is square": lambda payoffs, policy: payoffs.shape[0] == payoffs.shape[1],
        "the table is no square": lambda payoffs, policy: payoffs.shape[0] != payoffs.shape[1],
        "the guarantee is above 0": lambda payoffs, policy: try_every_column(payoffs, policy) > 0,
        "the guarantee is below 0": lambda payoffs, policy: try_every_column(payoffs, policy) < 0,
        "the guarantee is above 100": lambda payoffs, policy: try_every_column(payoffs, policy) > 100,
        "a column pays 0 on average": lambda payoffs, policy: 0 in policy @ payoffs,
        "a row is played with less than 10 %": lambda payoffs, policy: bool(((policy > 0) & (policy < 0.1)).any()),
        "the first column is the worst": _is_worst(0),
        "the last column is the worst": _is_worst(-1),
    },
)

EXERCISE = Exercise(
    id="5.1",
    title="What a policy guarantees",
    reference=guaranteed_payoff,
    checks=(
        Check("returns a number", returns_a_number),
        Check("finds the opponent's worst column", finds_the_worst_opponent),
        Check("works where there is only one action to choose", needs_no_choice),
    ),
    hints=(
        "The opponent knows your policy, but not the row that chance will pick. What does it expect in each column?",
        "Average over your rows, with the weights of your policy. That leaves one number per column.",
        "A vector times a matrix does that: `policy @ payoffs`. Which of these numbers will the opponent choose?",
    ),
    explanation="`policy @ payoffs` is your expected payoff in each column. An opponent who knows your policy picks "
    "the least. The policy that makes this least number as large as possible is the minimax policy.",
    domain=DOMAIN,
    earlier=("2.4@1",),
)
