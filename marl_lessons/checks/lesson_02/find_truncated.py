"""Exercise 2.3: which runs the horizon cuts off, and not the game."""

import numpy as np

from marl_lessons.exercises.judging.domains import (
    Domain,
    Parameter,
    equals,
    has_length,
    is_array,
    is_int,
    is_longer_than,
)
from marl_lessons.exercises.judging.drawing import draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_bools
from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.exercises.specification import Check, Exercise


def find_truncated(terminated, steps_played, horizon):
    """Tell in which runs the horizon cuts the episode off: booleans (R,), integers (R,), number -> booleans (R,)."""
    return ~terminated & (steps_played >= horizon)


def ask_one_by_one(terminated, steps_played, horizon):
    """The definition, run by run."""
    pairs = zip(terminated.tolist(), steps_played.tolist(), strict=True)
    return np.array([steps >= horizon and not is_over for is_over, steps in pairs])


BY_HAND = (np.array([True, False, False]), np.array([5, 5, 4]), 5)


def draw_batches(rng, draw_terminated):
    """The docstring's case, then batches of several sizes, some of which play in step and some of which don't."""
    cases = []
    for index, (runs,) in enumerate(draw_shapes(rng, (1,), (6,), times=50)):
        horizon = (5, 1, 3, 25, 2)[index % 5]
        steps_played = rng.integers(max(1, horizon - 2), horizon + 1, size=runs)
        if index // 5 % 3 == 0:
            steps_played[:] = rng.integers(max(1, horizon - 1), horizon + 1)  # all runs started together
        cases.append((draw_terminated(rng, runs, index), steps_played, horizon))
    return cases


def draw_some(rng, runs, index):
    return rng.random(runs) < (0.5, 0, 1)[index % 3]


def draw_none(rng, runs, index):
    return np.zeros(runs, dtype=bool)


def says_true_or_false_of_each_run(answer, rng):
    expect_bools(answer(*BY_HAND), (3,), "one for each of 3 runs")


def cuts_off_at_the_horizon(answer, rng):
    expect_agreement(
        answer,
        draw_batches(rng, draw_none),
        ask_one_by_one,
        CUT_MISCONCEPTIONS,
        evidence=lambda: draw_batches(rng, draw_some),
    )


def leaves_out_what_is_over(answer, rng):
    expect_agreement(answer, [BY_HAND, *draw_batches(rng, draw_some)], ask_one_by_one, CUT_MISCONCEPTIONS)


CUT_MISCONCEPTIONS = (
    Misconception(
        lambda terminated, steps, horizon: steps >= horizon,
        "You look at the steps only. A game that ends by its own rules in its last step is terminated, not cut off: "
        "leave it out.",
    ),
    Misconception(
        lambda terminated, steps, horizon: ~terminated,
        "You look at `terminated` only. A run that is not over goes on until it has played `horizon` steps.",
    ),
    Misconception(
        lambda terminated, steps, horizon: ~terminated & (steps > horizon),
        "Your answer is never True. `steps_played` counts this step too, and is at most `horizon`: a run is cut off as "
        "soon as it is equal to it.",
    ),
    *(
        Misconception(
            misread,
            "Put brackets around the comparison, `(steps_played >= horizon)`: Python takes `&` before `>=` and `==`.",
        )
        for misread in (
            lambda terminated, steps, horizon: (~terminated & steps) >= horizon,
            lambda terminated, steps, horizon: (~terminated & steps) == horizon,
            lambda terminated, steps, horizon: steps >= (horizon & ~terminated),
            lambda terminated, steps, horizon: steps == (horizon & ~terminated),
        )
    ),
    Misconception(
        lambda terminated, steps, horizon: ~terminated | (steps >= horizon),
        "Your answer is True where *one* of the two holds: not over, or at the horizon. Both have to hold: `&`.",
    ),
    Misconception(
        lambda terminated, steps, horizon: terminated | (steps >= horizon),
        "You find all the runs that have stopped, one way or the other. Only those that were cut off are asked for.",
    ),
    Misconception(
        lambda terminated, steps, horizon: terminated & (steps >= horizon),
        "You find the runs that are over by the rules *and* at the horizon. Those that are *not* over are cut off: "
        "`~`.",
    ),
    *(
        Misconception(early, "You cut runs off one step too early. `steps_played` counts this step too.")
        for early in (
            lambda terminated, steps, horizon: ~terminated & (steps >= horizon - 1),
            lambda terminated, steps, horizon: ~terminated & (steps == horizon - 1),
        )
    ),
    Misconception(
        lambda terminated, steps, horizon: ~terminated & (steps < horizon),
        "You find the runs that go on: neither over nor at the horizon. Asked for are those that were cut off.",
    ),
    Misconception(
        lambda terminated, steps, horizon: ~terminated & (steps.max() >= horizon),
        "One run at the horizon cuts all of them off. Each run has its own number of steps.",
    ),
    Misconception(
        lambda terminated, steps, horizon: (steps >= horizon) & (not terminated.any()),
        "One run that is over keeps all the others from being cut off. Each run stands for itself: `~terminated`.",
    ),
    Misconception(
        lambda terminated, steps, horizon: np.full(len(steps), not terminated[0] and steps[0] >= horizon),
        "You decide by the first run alone. Each run stands for itself.",
    ),
)

DOMAIN = Domain(
    parameters=(
        Parameter(
            "terminated",
            lambda terminated: terminated.dtype == bool and terminated.ndim == 1,
            {
                "is True for all": np.all,
                "is False for all": lambda terminated: not terminated.any(),
                "holds both True and False": lambda terminated: terminated.any() and not terminated.all(),
            },
        ),
        Parameter(
            "steps_played",
            lambda steps: is_array(None)(steps) and steps.dtype.kind == "i" and steps.min() >= 1,
            {
                "has one run": has_length(0, 1),
                "has more than three runs": is_longer_than(3),
                "is the same for all": lambda steps: np.ptp(steps) == 0,
            },
        ),
        Parameter(
            "horizon",
            lambda value: is_int(value) and value >= 1,
            {"is 1": equals(1), "is 5": equals(5), "is 25": equals(25)},
        ),
    ),
    fit=lambda terminated, steps, horizon: len(terminated) == len(steps) and steps.max() <= horizon,
    corners={
        "a game ends by its rules at the horizon": lambda terminated, steps, horizon: bool(
            (terminated & (steps == horizon)).any()
        ),
        "a run goes on": lambda terminated, steps, horizon: bool((~terminated & (steps < horizon)).any()),
        "a run is cut off": lambda *case: bool(ask_one_by_one(*case).any()),
        "all runs are cut off": lambda *case: bool(ask_one_by_one(*case).all()),
    },
)

EXERCISE = Exercise(
    id="2.3",
    title="Which runs were cut off?",
    reference=find_truncated,
    checks=(
        Check("says True or False of each run", says_true_or_false_of_each_run),
        Check("cuts a run off at the horizon, not before", cuts_off_at_the_horizon),
        Check("leaves out the runs that the game has ended", leaves_out_what_is_over),
    ),
    hints=(
        "Two things have to hold in a run. Which two?",
        "It has reached the horizon: `steps_played >= horizon`. And it is not over by the rules: `~terminated`.",
        "`&` joins them. Put brackets around the comparison, because Python takes `&` before `>=`.",
    ),
    explanation="A run that the game ends in its very last step is terminated: nothing follows, whether anybody still "
    "watched or not. So no run is ever both.",
    domain=DOMAIN,
    version=2,
)
