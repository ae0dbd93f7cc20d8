"""Exercise 1.3: the test for a pure Nash equilibrium."""

import numpy as np

from marl_lessons.exercises.domains import NUMBERS, Domain, Parameter, equals, is_array, is_int, is_longer_than
from marl_lessons.exercises.drawing import draw_shapes
from marl_lessons.exercises.expect import expect_agreement
from marl_lessons.exercises.kinds import expect_bool
from marl_lessons.exercises.mistakes import Misconception, Mistake
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


def is_stable_along(payoffs, joint_action, axes):
    """Tell whether each agent's payoff is the highest along an axis: (0, 1) is right, each agent varies its own."""
    lines = [
        table[(*joint_action[:axis], slice(None), *joint_action[axis + 1 :])]
        for table, axis in zip(payoffs, axes, strict=True)
    ]
    return all(bool(table[joint_action] >= line.max()) for table, line in zip(payoffs, lines, strict=True))


def is_not_worst_for_all(payoffs, joint_action):
    """The wrong idea that both agents change together: no other cell pays both of them more."""
    return not (payoffs > payoffs[(slice(None), *joint_action)][:, None, None]).all(axis=0).any()


def compares_with_the_next_action(payoffs, joint_action):
    """The slip of trying only the action `1 - a`, which is all the others for two actions only."""
    a, b = joint_action
    return bool(payoffs[0, a, b] >= payoffs[0, 1 - a, b] and payoffs[1, a, b] >= payoffs[1, a, 1 - b])


def searches_from_zero(payoffs, joint_action):
    """The slip of beginning the search for the best payoff at 0."""
    a, b = joint_action
    return bool(payoffs[0, a, b] >= max(0, *payoffs[0, :, b]) and payoffs[1, a, b] >= max(0, *payoffs[1, a, :]))


PRISONERS_DILEMMA = np.array([[[3.0, 0.0], [5.0, 1.0]], [[3.0, 5.0], [0.0, 1.0]]])


def draw_games(rng, draw_payoffs, times):
    """The prisoner's dilemma, then random games of several shapes, each with every joint action."""
    shapes = [(2, 2)] * 4 + [(3, 2)] + draw_shapes(rng, (2, 2), (4, 5), times)
    games = [PRISONERS_DILEMMA, PRISONERS_DILEMMA.astype(int)]
    games += [draw_payoffs(rng, (2, *shape), index) for index, shape in enumerate(shapes)]
    return [(payoffs, joint_action) for payoffs in games for joint_action in np.ndindex(*payoffs.shape[1:])]


def draw_distinct_payoffs(rng, shape, index):
    """Payoffs (2, A, B) of which no two are the same, in turn: tenths, whole, a hair apart, negative, far below."""
    size = int(np.prod(shape))
    ranks = rng.permutation(size).reshape(shape) - size // 2
    near = 5 + ranks / 1000
    return (ranks / 10, ranks, near, ranks / 10 - size, near - 9, ranks * 1000 - 10_000 * size)[index % 6]


def draw_payoffs_with_ties(rng, shape, index):
    """Payoffs (2, A, B) of few kinds, in turn: whole, halves, negative, and nearly the same."""
    payoffs = rng.integers(-1, 2, size=shape)
    return (payoffs, payoffs / 2, payoffs - 2.0, 5 + payoffs / 1000)[index % 4]


def returns_true_or_false(answer, rng):
    for joint_action in ((1, 1), (0, 0), (0, 1)):
        try:
            expect_bool(answer(PRISONERS_DILEMMA, joint_action))
        except Mistake as mistake:
            raise Mistake(f"{mistake}\nWhat was asked:\n{answer.show_call()}") from None


def finds_deviations_in_random_games(answer, rng):
    cases = draw_games(rng, draw_distinct_payoffs, times=13)
    expect_agreement(answer, cases, tries_every_deviation, EQUILIBRIUM_MISCONCEPTIONS)


def allows_ties(answer, rng):
    cases = draw_games(rng, draw_payoffs_with_ties, times=13)
    expect_agreement(answer, cases, tries_every_deviation, EQUILIBRIUM_MISCONCEPTIONS)


def is_pair(joint_action):
    """Tell whether a value is a tuple of two whole numbers."""
    return isinstance(joint_action, tuple) and len(joint_action) == 2 and all(map(is_int, joint_action))


def list_gainers(payoffs, joint_action):
    """Tell of each agent whether it gains by changing alone."""
    a, b = joint_action
    return [bool(payoffs[0, :, b].max() > payoffs[0, a, b]), bool(payoffs[1, a].max() > payoffs[1, a, b])]


def has_tie(payoffs, joint_action):
    """Tell whether another action of an agent pays it the same."""
    a, b = joint_action
    return bool((payoffs[0, :, b] == payoffs[0, a, b]).sum() > 1 or (payoffs[1, a] == payoffs[1, a, b]).sum() > 1)


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
        lambda payoffs, joint: is_stable_along(payoffs, joint, (1, 0)),
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
        "Your answer is as if a payoff of 0 could always be had. Payoffs may all be negative: if you search for the "
        "best one, begin with one of them and not with 0.",
    ),
    Misconception(
        lambda payoffs, joint: tries_every_deviation(payoffs[[0, 0]], joint),
        "You judge both agents by agent 0's payoffs. Agent 1 receives `payoffs[1]`.",
    ),
    Misconception(
        lambda payoffs, joint: tries_every_deviation(payoffs[[1, 1]], joint),
        "You judge both agents by agent 1's payoffs. Agent 0 receives `payoffs[0]`.",
    ),
    Misconception(
        lambda payoffs, joint: is_stable_along(payoffs, joint, (0, 0)),
        "You vary the row for both agents. Agent 1 picks the column: its own alternatives are the entries of "
        "`payoffs[1, a, :]`, and the row stays.",
    ),
    Misconception(
        lambda payoffs, joint: is_stable_along(payoffs, joint, (1, 1)),
        "You vary the column for both agents. Agent 0 picks the row: its own alternatives are the entries of "
        "`payoffs[0, :, b]`, and the column stays.",
    ),
    Misconception(
        lambda payoffs, joint: False,
        "Your answer is False for every joint action. Does it compare an agent's payoff with all entries of its row or "
        "column? The agent's own action is one of them, and no payoff is above itself: an equilibrium asks for `>=`, "
        "and only `>` is a gain.",
    ),
    Misconception(
        lambda payoffs, joint: tries_every_deviation(payoffs, joint[::-1]),
        "You have the two actions the wrong way round: `a, b = joint_action`, agent 0's action first.",
    ),
    Misconception(
        lambda payoffs, joint: is_not_worst_for_all(payoffs, joint),
        "You let both agents change together. An equilibrium asks what one agent gains *alone*, while the other stays.",
    ),
)

DOMAIN = Domain(
    parameters=(
        Parameter(
            "payoffs",
            is_array(2, None, None),
            NUMBERS
            | {
                "has two rows and two columns": lambda payoffs: payoffs.shape == (2, 2, 2),
                "has more than two rows": is_longer_than(2, axis=1),
                "has more than two columns": is_longer_than(2, axis=2),
                "holds numbers below -1,000": lambda payoffs: payoffs.min() < -1000,
                "holds numbers that differ by 0.001": lambda payoffs: np.ptp(payoffs) < 0.1,
            },
        ),
        Parameter("joint_action", is_pair, {"is (0, 0)": equals((0, 0))}),
    ),
    fit=lambda payoffs, joint_action: all(0 <= a < n for a, n in zip(joint_action, payoffs.shape[1:], strict=True)),
    corners={
        "an agent has a tie between its own action and another": has_tie,
        "no two payoffs are the same": lambda payoffs, joint: len(np.unique(payoffs)) == payoffs.size,
        "there are more rows than columns": lambda payoffs, joint: payoffs.shape[1] > payoffs.shape[2],
        "there are more columns than rows": lambda payoffs, joint: payoffs.shape[1] < payoffs.shape[2],
        "both agents choose the same number": lambda payoffs, joint: joint[0] == joint[1],
        "only agent 0 gains by changing": lambda payoffs, joint: list_gainers(payoffs, joint) == [True, False],
        "only agent 1 gains by changing": lambda payoffs, joint: list_gainers(payoffs, joint) == [False, True],
        "both agents gain by changing": lambda payoffs, joint: list_gainers(payoffs, joint) == [True, True],
        "nobody gains by changing": lambda payoffs, joint: list_gainers(payoffs, joint) == [False, False],
    },
)

EXERCISE = Exercise(
    id="1.3",
    title="Is it an equilibrium?",
    reference=is_equilibrium,
    checks=(
        Check("returns True or False", returns_true_or_false),
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
    domain=DOMAIN,
)
