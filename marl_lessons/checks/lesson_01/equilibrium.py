"""Exercise 1.3: the test for a pure Nash equilibrium."""

import numpy as np

from marl_lessons.checks.lesson_01.equilibrium_ideas import EQUILIBRIUM_MISCONCEPTIONS, tries_every_deviation
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import NUMBERS, Domain, Parameter, equals, is_array, is_int, is_longer_than
from marl_lessons.exercises.judging.drawing import draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_bool
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.specification import Check, Exercise


def is_equilibrium(payoffs, joint_action):
    """Tell whether no agent gains by changing its action alone: payoffs (2, A, B), joint_action (a, b)."""
    a, b = joint_action
    return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a, :].max())


PRISONERS_DILEMMA = np.array([[[3.0, 0.0], [5.0, 1.0]], [[3.0, 5.0], [0.0, 1.0]]])
CROSSED = np.array([[[1, 2], [3, 0]]] * 2)  # equilibria at (0, 1) and (1, 0): who takes a for b finds neither


@keep_cases
def draw_games(rng, draw_payoffs):
    """Two games to work out by hand, then random games of several shapes, each with every joint action."""
    shapes = [(2, 2)] * 4 + [(3, 2), (3, 3), (4, 4)] + draw_shapes(rng, (2, 2), (4, 5), times=13)
    games = [PRISONERS_DILEMMA, PRISONERS_DILEMMA.astype(int), CROSSED]
    games += [draw_payoffs(rng, (2, *shape), index) for index, shape in enumerate(shapes)]
    return [(payoffs, joint_action) for payoffs in games for joint_action in np.ndindex(*payoffs.shape[1:])]


def draw_distinct_payoffs(rng, shape, index):
    """Payoffs (2, A, B) of which no two are the same, in turn: tenths, whole, a hair apart, negative, far below,
    1 apart beside a million."""
    size = int(np.prod(shape))
    ranks = rng.permutation(size).reshape(shape) - size // 2
    near, low = ranks / 1000, ranks * 1000 - 10_000 * size
    return (ranks / 10, ranks, 5 + near, ranks / 10 - size, (near - 4).round(3), low, ranks + 10**6)[index % 7]


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
    cases = draw_games(rng, draw_distinct_payoffs)
    expect_agreement(answer, cases, tries_every_deviation, EQUILIBRIUM_MISCONCEPTIONS)


def allows_ties(answer, rng):
    cases = draw_games(rng, draw_payoffs_with_ties)
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
                "holds numbers near a million": lambda payoffs: payoffs.max() > 900_000,
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
        "an agent has more than two actions": lambda payoffs, joint: max(payoffs.shape) > 2,
        "the two agents have different numbers of actions": lambda payoffs, joint: payoffs.shape[1] != payoffs.shape[2],
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
