"""Exercise 11.3: the target of a team's value."""

import numpy as np

from marl_lessons.checks.lesson_11.mixing import (
    OF_ANY_SIGN,
    SIZES,
    are_of_one_size,
    draw_mixing,
    draw_within_limits,
    mix,
    within_limits,
)
from marl_lessons.checks.lesson_11.target_ideas import TARGET_MISCONCEPTIONS, look_ahead_one_by_one
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import Domain, Parameter, equals, has_length, is_discount, is_longer_than
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

DISCOUNTS = (0.5, 0.9, 1, 0.99, 0, 0.75, 1.0, 0.3)


def team_targets(rewards, next_q_values, next_mixing, terminated, gamma):
    """Return what joint actions have turned out to be worth: (B,), (B, N, A), a tuple, (B,), a number -> (B,)."""
    best = next_q_values.max(axis=2)  # (B, N), everybody's own best utility
    return rewards + gamma * (1 - terminated) * mix(best, *next_mixing)


@keep_cases
def draw_steps(rng, ends):
    """The docstring's cases in whole numbers and decimals, then random ones; ends: "some", "none" or "all" plays."""
    mixing = np.array([[[1], [-1]]]), np.array([[0]]), np.array([[-2]]), np.array([1])
    rewards, q_values = np.array([1]), np.array([[[0, 1], [2, -3]]])
    cases = [
        (rewards * factor, q_values * factor, tuple(part * factor for part in mixing), np.array([ended]), 0.5)
        for factor in (1, 1.0)
        for ended in {"some": (False, True), "none": (False,), "all": (True,)}[ends]
    ]
    for index in range(40 if ends == "some" else 16):
        size = SIZES[index % 10]
        q_values = draw_within_limits(rng, (*size[:2], (2, 3, 1, 2)[index % 4]), index // 2)
        terminated = np.full(size[0], ends == "all") if ends != "some" else rng.random(size[0]) < 0.5
        rewards, mixing = draw_within_limits(rng, size[:1], index), draw_mixing(rng, size, index)
        cases.append((rewards, q_values, mixing, terminated, DISCOUNTS[index % 8]))
    return cases


def returns_one_target_per_play(answer, rng):
    mixing, ended = draw_mixing(rng, (3, 2, 4), 0), np.array([True, False, False])
    q_values = draw_within_limits(rng, (3, 2, 5), 0)
    result = answer(draw_within_limits(rng, (3,), 0), q_values, mixing, ended, 0.9)
    expect_array(result, (3,), "a target for each of 3 plays, the ended one too")


def mixes_everybodys_own_best(answer, rng):
    _expect_targets(answer, draw_steps(rng, "none"), rng)


def stops_where_the_game_has_ended(answer, rng):
    _expect_targets(answer, draw_steps(rng, "all"), rng)


def tells_plays_apart(answer, rng):
    expect_agreement(answer, draw_steps(rng, "some"), look_ahead_one_by_one, TARGET_MISCONCEPTIONS)


def _expect_targets(answer, cases, rng):
    more = lambda: draw_steps(rng, "some")  # noqa: E731
    expect_agreement(answer, cases, look_ahead_one_by_one, TARGET_MISCONCEPTIONS, evidence=more)


def is_mixing(value):
    """Tell whether a value is what `mix` takes after the utilities."""
    axes = ((None,) * 3, (None,) * 2, (None,) * 2, (None,))
    return type(value) is tuple and all(within_limits(*one)(part) for one, part in zip(axes, value, strict=True))


DOMAIN = Domain(
    parameters=(
        Parameter("rewards", within_limits(None), OF_ANY_SIGN),
        Parameter(
            "next_q_values",
            within_limits(None, None, None),
            OF_ANY_SIGN
            | {
                "has one play": has_length(0, 1),
                "has more than two plays": is_longer_than(2),
                "has one agent": has_length(1, 1),
                "has more than two agents": is_longer_than(2, axis=1),
                "has one action": has_length(2, 1),
                "has more than two actions": is_longer_than(2, axis=2),
            },
        ),
        Parameter("next_mixing", is_mixing, {"has one hidden unit": lambda mixing: mixing[1].shape[1] == 1}),
        Parameter(
            "terminated",
            lambda terminated: terminated.dtype == bool and terminated.ndim == 1,
            {
                "holds a True": np.any,
                "holds a False": lambda terminated: not terminated.all(),
                "holds both True and False": lambda terminated: terminated.any() and not terminated.all(),
            },
        ),
        Parameter("gamma", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
    ),
    fit=lambda rewards, q_values, mixing, terminated, gamma: (
        are_of_one_size(q_values.max(axis=2), *mixing) and rewards.shape == terminated.shape == mixing[3].shape
    ),
    corners={
        "there are as many agents as actions": lambda rewards, q_values, *others: len(set(q_values.shape[1:])) == 1,
    },
)

EXERCISE = Exercise(
    id="11.3",
    title="The target of a team",
    reference=team_targets,
    checks=(
        Check("returns one target for each play", returns_one_target_per_play),
        Check("mixes everybody's own best utility where the game goes on", mixes_everybodys_own_best),
        Check("adds nothing where the game has ended", stops_where_the_game_has_ended),
        Check("tells plays that have ended from others", tells_plays_apart),
    ),
    hints=(
        "What would each agent do next, left to itself? Then: what is that worth to the team?",
        "`next_q_values.max(axis=2)` is (B, N): everybody's own best utility. `mix(…, *next_mixing)` hands the parts "
        "of the tuple to `mix`, one after the other.",
        "Add to the rewards `gamma` times that mix; `(1 - terminated)` is 0 where the game has ended, and switches it "
        "off there.",
    ),
    explanation="No joint action is tried: because the mix only rises, everybody's own best is the team's best. With "
    "ten agents of five actions that is 50 numbers to compare instead of 9,765,625.",
    domain=DOMAIN,
)
