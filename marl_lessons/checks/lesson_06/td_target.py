"""Exercise 6.1: the target of Q-learning, for many runs and agents at once."""

import numpy as np

from marl_lessons.checks.lesson_06.target_ideas import TARGET_MISCONCEPTIONS, add_one_by_one
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    equals,
    has_length,
    has_negatives,
    has_zeros,
    is_array,
    is_discount,
    is_longer_than,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise


def td_target(rewards, next_values, terminated, gamma):
    """Return what the actions have turned out to be worth: (R, N), (R, N), (R,) -> (R, N)."""
    goes_on = ~terminated[:, None]  # (R, 1)
    return rewards + gamma * goes_on * next_values


def draw_steps(rng, shapes, draw_ended):
    """Draw a batch of each shape (R, N), with discounts from 0 to 1; draw_ended(rng, runs, index) -> (R,)."""
    cases = []
    for index, shape in enumerate(shapes):
        rewards = draw_numbers(rng, shape, NUMBER_STYLES[index % 4])
        next_values = draw_numbers(rng, shape, NUMBER_STYLES[index // 4 % 4])
        gamma = (0.5, 0.9, 1.0, round(float(rng.uniform(0.05, 0.99)), 2), 0.0, 0.99, 0.7)[index % 7]
        cases.append((rewards, next_values, draw_ended(rng, shape[0], index), gamma))
    return cases


def draw_ended(rng, runs, index):
    """Draw which runs have ended (R,): any of them, at times the first or the last, and in turn all or none."""
    ended = rng.random(runs) < 0.5
    ended[(0, -1)[index % 2]] = index % 4 < 2
    return (ended, ended, ended, np.full(runs, index % 2 == 0))[index // 3 % 4]


def draw_by_hand(ended):
    """One run and agent, the docstring's case in whole numbers and decimals, and two runs that end as `ended` says."""
    one, two = np.array([[1, 2]]), np.array([[1.0, 2.0], [3.0, 4.0]])
    values = [(np.array([[3]]), np.array([[7]])), (one, np.array([[10, 10]])), (1.0 * one, np.array([[10.0, 10.0]]))]
    cases = [(*pair, np.array([end]), 0.5) for pair in values for end in ended]
    return [*cases, (two, 10 * two, np.array([ended[0], ended[-1]]), 0.5)]


@keep_cases
def draw_batches(rng):
    """Batches of all sizes, some of them square, in which the game goes on in some runs."""
    shapes = draw_shapes(rng, (1, 1), (5, 4), times=50) + [(2, 2), (3, 3)] * 8
    return draw_by_hand([False, True]) + draw_steps(rng, shapes, draw_ended)


@keep_cases
def draw_last_steps(rng):
    """Batches in which the game has ended in every run."""
    shapes = draw_shapes(rng, (1, 1), (4, 3), times=20)
    return draw_by_hand([True]) + draw_steps(rng, shapes, lambda rng, runs, index: np.full(runs, True))


@keep_cases
def draw_single_runs_and_agents(rng):
    """Batches of one run, or of one agent."""
    shapes = [(1, 1), (1, 3), (3, 1), (1, 2), (2, 1), (6, 1), (1, 6)] * 3
    return draw_steps(rng, shapes, draw_ended)


def returns_one_target_per_run_and_agent(answer, rng):
    rewards, next_values = draw_numbers(rng, (2, 3, 2), "fractions")
    result = answer(rewards, next_values, np.array([True, False, False]), 0.9)
    expect_array(result, (3, 2), "one target for each of 3 runs, the ended one too, and 2 agents")


def looks_ahead_where_the_game_goes_on(answer, rng):
    expect_agreement(answer, draw_batches(rng), add_one_by_one, TARGET_MISCONCEPTIONS)


def stops_where_the_game_has_ended(answer, rng):
    _expect_targets(answer, draw_last_steps(rng), rng)


def needs_no_second_run_or_agent(answer, rng):
    _expect_targets(answer, draw_single_runs_and_agents(rng), rng)


def _expect_targets(answer, cases, rng):
    expect_agreement(answer, cases, add_one_by_one, TARGET_MISCONCEPTIONS, evidence=lambda: draw_batches(rng))


DOMAIN = Domain(
    parameters=(
        Parameter(
            "rewards",
            is_array(None, None),
            NUMBERS
            | {
                "has one run": has_length(0, 1),
                "has more than one run": is_longer_than(1),
                "has one agent": has_length(1, 1),
                "has more than one agent": is_longer_than(1, axis=1),
                "has more than three runs": is_longer_than(3),
                "has more than two agents": is_longer_than(2, axis=1),
            },
        ),
        Parameter(
            "next_values",
            is_array(None, None),
            {
                "is an array of whole numbers": is_whole,
                "holds negative numbers": has_negatives,
                "holds a 0": has_zeros,
            },
        ),
        Parameter(
            "terminated",
            lambda terminated: terminated.dtype == bool and terminated.ndim == 1,
            {
                "holds a True": np.any,
                "holds a False": lambda terminated: not terminated.all(),
                "is True for all": np.all,
                "is False for all": lambda terminated: not terminated.any(),
                "holds both True and False": lambda terminated: terminated.any() and not terminated.all(),
                "begins with True": lambda terminated: terminated[0],
                "ends with True": lambda terminated: terminated[-1],
            },
        ),
        Parameter("gamma", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
    ),
    fit=lambda rewards, values, terminated, gamma: rewards.shape == values.shape and len(terminated) == len(rewards),
    corners={
        "there are as many runs as agents": lambda rewards, *others: rewards.shape[0] == rewards.shape[1],
        "there are more runs than agents": lambda rewards, *others: rewards.shape[0] > rewards.shape[1],
        "both `rewards` and `next_values` are whole": lambda rewards, values, *others: (
            is_whole(rewards) and is_whole(values)
        ),
    },
)

EXERCISE = Exercise(
    id="6.1",
    title="The target",
    reference=td_target,
    checks=(
        Check("returns one target for each run and agent", returns_one_target_per_run_and_agent),
        Check("adds the discounted future where the game goes on", looks_ahead_where_the_game_goes_on),
        Check("adds nothing where the game has ended", stops_where_the_game_has_ended),
        Check("needs no second run, and no second agent", needs_no_second_run_or_agent),
    ),
    hints=(
        "Exercise 2.2 did this for one stretch of play. Now it is one step, for many runs and agents.",
        "`terminated` has shape (R,), the rewards have shape (R, N). `terminated[:, None]` fits to them.",
        "`~terminated[:, None]` is True where the game goes on. In a product True counts as 1 and False as 0. Which of "
        "the three parts, reward, gamma and next value, does it have to switch off?",
    ),
    explanation="A product with True or False keeps or drops the future of each run, without a loop. A truncated run "
    "is not terminated: its future counts.",
    domain=DOMAIN,
    returns_new=True,
    by_keyword=("gamma",),
    earlier=("3.1@1",),
)
