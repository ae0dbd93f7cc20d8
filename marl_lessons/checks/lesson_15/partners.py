"""Exercise 15.4: how a worker does in its own team, and with strangers."""

import numpy as np

from marl_lessons.checks.lesson_15.partners_ideas import PARTNER_MISCONCEPTIONS, judge_one_by_one
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import NUMBERS, Domain, Parameter, has_length, is_array
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

SIZES = (3, 2, 4, 5, 2, 3, 6)


def judge_partners(scores):
    """Return how each worker 0 does in its own team, on average with strangers and with the worst: (R, R) -> (R, 3)."""
    is_own = np.eye(len(scores), dtype=bool)
    strangers = scores[~is_own].reshape(len(scores), -1)  # (R, R - 1)
    return np.stack([scores[is_own], strangers.mean(axis=1), strangers.min(axis=1)], axis=1)


@keep_cases
def draw_tables(rng, kind):
    """Tables of a kind: "teams" do best as they were trained, "any" are random; the docstring's case in "teams"."""
    example = np.array([[9, 1, 2], [3, 8, 5], [4, 6, 7]])
    cases = [(example,), (1.0 * example,)] if kind == "teams" else []
    for index in range(28):
        size = SIZES[index % 7]
        scores = draw_numbers(rng, (size, size), NUMBER_STYLES[index % 5])
        if kind == "teams":
            scores = scores - np.diag(np.diag(scores)) + np.diag(scores.max(axis=1) + np.arange(1, size + 1))
        elif index % 6 == 2:
            scores[0, -1] = scores[0, 0]  # a stranger as good as the own team
        if index % 6 == 5:
            scores = np.tril(scores) + np.tril(scores, -1).T
        cases.append((scores.round(2),))
    return cases


def returns_three_numbers_per_team(answer, rng):
    meaning = "own team, mean with strangers and worst stranger, for each of 5 teams"
    expect_array(answer(draw_numbers(rng, (5, 5), "fractions")), (5, 3), meaning)


def judges_teams_that_are_best_among_themselves(answer, rng):
    _expect_judgment(answer, rng, "teams", "any")


def judges_teams_of_any_kind(answer, rng):
    _expect_judgment(answer, rng, "any", "teams")


def _expect_judgment(answer, rng, kind, other):
    expect_agreement(
        answer,
        draw_tables(rng, kind),
        judge_one_by_one,
        PARTNER_MISCONCEPTIONS,
        evidence=lambda: draw_tables(rng, other),
    )


def is_table_of_teams(value):
    """Tell whether a value is a square table (R, R) of two teams or more."""
    return is_array(None, None)(value) and len(value) == value.shape[1] >= 2


def has_an_equal(scores):
    """Tell whether a stranger scores what the own team does, in some row."""
    return bool(((scores == scores.diagonal()[:, None]).sum(axis=1) > 1).any())


DOMAIN = Domain(
    parameters=(
        Parameter(
            "scores",
            is_table_of_teams,
            NUMBERS
            | {
                "has two rows": has_length(0, 2),
                "has three rows": has_length(0, 3),
                "is symmetric": lambda scores: bool((scores == scores.T).all()),
                "is highest on the diagonal, in all its rows": lambda scores: bool(
                    (scores.diagonal() == scores.max(axis=1)).all()
                ),
            },
        ),
    ),
    corners={"a stranger scores just what the own team does": has_an_equal},
)

EXERCISE = Exercise(
    id="15.4",
    title="With strangers",
    reference=judge_partners,
    checks=(
        Check("returns three numbers for each team", returns_three_numbers_per_team),
        Check("judges teams that do best among themselves", judges_teams_that_are_best_among_themselves),
        Check("judges teams that do better with a stranger", judges_teams_of_any_kind),
    ),
    hints=(
        "In row 0 of the example, which number is the worker's own team, and which ones are strangers?",
        "`np.eye(R, dtype=bool)` is True on the diagonal, and `~` turns it around. `scores[~is_own]` takes all the "
        "others, row by row, in one long array: `.reshape(R, -1)` makes rows again.",
        "With `strangers` (R, R − 1): `np.stack([scores[is_own], strangers.mean(axis=1), strangers.min(axis=1)], "
        "axis=1)`.",
    ),
    explanation="A team's own score stands on the diagonal. It was tuned for that. What it is worth to others stands "
    "beside it.",
    domain=DOMAIN,
)
