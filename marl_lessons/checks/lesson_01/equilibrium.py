"""Exercise 1.3: the test for a pure Nash equilibrium."""

import numpy as np

from marl_lessons.exercises.expect import (
    Misconception,
    Mistake,
    expect_agreement,
    expect_bool,
)
from marl_lessons.exercises.specification import Check, Exercise


def is_equilibrium(payoffs, joint_action):
    """Tell whether no agent gains by changing its action alone: payoffs (2, A, B), joint_action (a, b)."""
    a, b = joint_action
    return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a, :].max())


def tries_every_deviation(payoffs, joint_action):
    """The definition: every other action of one agent, the other agent's action held fixed."""
    a, b = joint_action
    gains = [payoffs[0, other, b] - payoffs[0, a, b] for other in range(payoffs.shape[1])]
    gains += [payoffs[1, a, other] - payoffs[1, a, b] for other in range(payoffs.shape[2])]
    return max(gains) <= 0


def is_best_for_the_team(payoffs, joint_action):
    """The wrong idea that an equilibrium is what is best for everybody together."""
    total = payoffs.sum(axis=0)
    return bool(total[joint_action] == total.max())


def is_strictly_stable(payoffs, joint_action):
    """The wrong idea that an equal alternative breaks an equilibrium."""
    a, b = joint_action
    mine, yours = np.delete(payoffs[0, :, b], a), np.delete(payoffs[1, a, :], b)
    return bool(payoffs[0, a, b] > mine.max() and payoffs[1, a, b] > yours.max())


def is_everybodys_dream(payoffs, joint_action):
    """The wrong idea that each agent must have its best payoff of the whole table."""
    return all(bool(table[joint_action] == table.max()) for table in payoffs)


def is_stable_with_swapped_axes(payoffs, joint_action):
    """The slip of varying the partner's action instead of one's own."""
    a, b = joint_action
    return bool(payoffs[0, a, b] >= payoffs[0, a, :].max() and payoffs[1, a, b] >= payoffs[1, :, b].max())


def compares_with_the_next_action(payoffs, joint_action):
    """The slip of trying only the action `1 - a`, which is all the others for two actions only."""
    a, b = joint_action
    return bool(payoffs[0, a, b] >= payoffs[0, 1 - a, b] and payoffs[1, a, b] >= payoffs[1, a, 1 - b])


def searches_from_zero(payoffs, joint_action):
    """The slip of beginning the search for the best payoff at 0."""
    a, b = joint_action
    return bool(payoffs[0, a, b] >= max(0, *payoffs[0, :, b]) and payoffs[1, a, b] >= max(0, *payoffs[1, a, :]))


def forgets_to_say_no(payoffs, joint_action):
    """The slip of a missing `return False`."""
    return tries_every_deviation(payoffs, joint_action) or None


PRISONERS_DILEMMA = np.array([[[3.0, 0.0], [5.0, 1.0]], [[3.0, 5.0], [0.0, 1.0]]])


def draw_games(rng, draw_payoffs):
    """Random games, small ones first, each with every joint action."""
    cases = []
    for shape in sorted(rng.integers(2, 5, size=(30, 2)).tolist(), key=sum):
        payoffs = draw_payoffs(rng, (2, *shape)).astype(float)  # (2, A, B)
        cases += [(payoffs, joint_action) for joint_action in np.ndindex(*shape)]
    return cases


def draw_distinct_payoffs(rng, shape):
    """Payoffs of which no two are the same, half of them negative, a tenth apart."""
    size = np.prod(shape)
    return (rng.permutation(size).reshape(shape) - size // 2) / 10


def draw_payoffs_with_ties(rng, shape):
    """Payoffs -1, 0 and 1."""
    return rng.integers(-1, 2, size=shape)


def returns_true_or_false(answer, rng):
    expect_bool(answer(PRISONERS_DILEMMA, (1, 1)))


def judges_the_prisoners_dilemma(answer, rng):
    if not answer(PRISONERS_DILEMMA, (1, 1)):
        raise Mistake(
            "Both defecting is an equilibrium of the prisoner's dilemma: who cooperates alone falls from 1 to 0. "
            "That (cooperate, cooperate) pays both more does not matter, because no agent gets there alone."
        )
    if answer(PRISONERS_DILEMMA, (0, 0)):
        raise Mistake(
            "Both cooperating is no equilibrium of the prisoner's dilemma: who defects alone rises from 3 to 5. "
            "Compare each agent's payoff with what its own other action would pay."
        )


def finds_deviations_in_random_games(answer, rng):
    cases = draw_games(rng, draw_distinct_payoffs)
    expect_agreement(answer, cases, tries_every_deviation, EQUILIBRIUM_MISCONCEPTIONS)


def allows_ties(answer, rng):
    cases = draw_games(rng, draw_payoffs_with_ties)
    expect_agreement(answer, cases, tries_every_deviation, EQUILIBRIUM_MISCONCEPTIONS)


EQUILIBRIUM_MISCONCEPTIONS = (
    Misconception(
        is_best_for_the_team,
        "You tested whether the joint action is best for the team. An equilibrium asks something else: can one agent "
        "gain by changing its action alone?",
    ),
    Misconception(
        is_strictly_stable,
        "You ask that every other action is strictly worse. An equally good one is no reason to change, so allow ties.",
    ),
    Misconception(
        is_everybodys_dream,
        "You compare with the best payoff of the whole table. An agent moves along its own axis only, while the "
        "partner's action stays: compare within one column for agent 0 and within one row for agent 1.",
    ),
    Misconception(
        is_stable_with_swapped_axes,
        "You varied the partner's action. Agent 0 picks the row, so vary the first index of `payoffs[0]`; "
        "agent 1 picks the column.",
    ),
    Misconception(
        lambda payoffs, joint: bool(payoffs[0][joint] >= payoffs[0, :, joint[1]].max()),
        "You tested agent 0 only. Agent 1 must have no reason to change either.",
    ),
    Misconception(
        lambda payoffs, joint: bool(payoffs[1][joint] >= payoffs[1, joint[0], :].max()),
        "You tested agent 1 only. Agent 0 must have no reason to change either.",
    ),
    Misconception(
        compares_with_the_next_action,
        "You try one other action only, such as `1 - a`. An agent may have more than two: compare with all of them.",
    ),
    Misconception(
        searches_from_zero,
        "Your search for the best payoff begins at 0, but payoffs may all be negative. Begin with one of the payoffs.",
    ),
    Misconception(
        forgets_to_say_no,
        "Where it is no equilibrium, your function returns nothing. Return `False` there.",
    ),
)

EXERCISE = Exercise(
    id="1.3",
    title="Is it an equilibrium?",
    reference=is_equilibrium,
    checks=(
        Check("returns True or False", returns_true_or_false),
        Check("judges the prisoner's dilemma", judges_the_prisoners_dilemma),
        Check("finds every deviation that pays, in random games", finds_deviations_in_random_games),
        Check("takes a tie for no reason to change", allows_ties),
    ),
    hints=(
        "Ask each agent the same question: if the other one stays, does any of my other actions pay more?",
        "Agent 0 may pick any row of column b: `payoffs[0, :, b]`. Agent 1 any column of row a: `payoffs[1, a, :]`.",
        "Agent 0 is content if `payoffs[0, a, b]` is at least `payoffs[0, :, b].max()`. Both have to be: `and`.",
    ),
    explanation="Each agent compares within its own axis while the other's action stays fixed, and a tie is "
    "no reason to move. Whether the joint action is good for the team is another question.",
)
