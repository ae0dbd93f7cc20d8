"""Exercise 14.3: where a cross-entropy search looks next."""

import numpy as np

from marl_lessons.checks.lesson_14.refit_ideas import REFIT_MISCONCEPTIONS, describe_the_best
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    TABLES,
    Domain,
    Parameter,
    equals,
    is_array,
    is_int,
)
from marl_lessons.exercises.judging.drawing import draw_numbers
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.ties import accept_ties
from marl_lessons.exercises.specification import Check, Exercise

SHAPES = ((3, 2), (4, 1), (5, 3), (4, 4), (6, 2), (3, 3), (8, 2), (5, 5), (2, 3), (7, 3))
STYLES = ("fractions", "whole", "negative", "with zeros")


def refit(candidates, scores, num_best):
    """Return mean and spread of the best candidates: (K, P), (K,), a number -> (2, P)."""
    best = candidates[np.argsort(scores)[-num_best:]]
    return np.stack([best.mean(axis=0), best.std(axis=0)])


@keep_cases
def draw_populations(rng, kind):
    """Cases of a kind: "some" are the best, "one", "all", or scores that are "tied"; the docstring's case in "some"."""
    cases = []
    if kind == "some":
        example = np.array([[0, 1], [2, 1], [9, 9]]), np.array([5, 7, 1])
        cases = [(*example, 2), (*(1.0 * part for part in example), 2)]
    for index in range({"some": 40, "one": 12, "all": 12, "tied": 15}[kind]):
        count, parameters = SHAPES[index % 10]
        if kind in ("one", "all") and index % 10 == 4:
            count = 1
        candidates = draw_numbers(rng, (count, parameters), STYLES[index % 4])
        scores = draw_scores(rng, count, ("fractions", "whole", "negative", "positive")[index // 2 % 4])
        num_best = {"one": 1, "all": count}.get(kind) or int(rng.integers(min(2, count), max(count, 3)))
        if kind == "tied":
            scores = np.sort(rng.integers(3, size=count))[rng.permutation(count)]
        cases.append((candidates, scores, num_best))
    return cases


def draw_scores(rng, count, style):
    """Draw numbers (K,) of which no two are alike."""
    steps = rng.permutation(count) - (count // 2 if style == "whole" else 0)
    if style == "whole":
        return 3 * steps
    numbers = (steps + rng.random(count) * 0.9).round(2) * 10
    return {"fractions": numbers - 5 * count, "negative": numbers - 10 * count - 1, "positive": numbers + 20}[
        style
    ].round(1)


def returns_means_and_spreads(answer, rng):
    candidates = np.array([[0.0, 1.0, 2.0], [2.0, 1.0, 0.5], [9.0, 9.0, 9.0], [1.0, 3.0, 4.0]])
    meaning = "means, then spreads, of 3 parameters"
    expect_array(answer(candidates, np.array([5.0, 7.0, 1.0, 6.0]), 2), (2, 3), meaning)


def describes_the_best(answer, rng):
    _expect_refit(answer, "some", rng)


def has_no_spread_where_one_is_the_best(answer, rng):
    _expect_refit(answer, "one", rng)


def describes_all_where_all_are_asked_for(answer, rng):
    _expect_refit(answer, "all", rng)


def takes_as_many_where_scores_tie(answer, rng):
    _expect_refit(answer, "tied", rng)


def _expect_refit(answer, kind, rng):
    def draw_others():
        return [case for other in ("some", "one", "all") if other != kind for case in draw_populations(rng, other)]

    expect_agreement(
        answer,
        draw_populations(rng, kind),
        describe_the_best,
        REFIT_MISCONCEPTIONS,
        adapt=accept_ties,
        evidence=draw_others,
    )


DOMAIN = Domain(
    parameters=(
        Parameter("candidates", is_array(None, None), TABLES),
        Parameter(
            "scores",
            is_array(None),
            NUMBERS | {"holds a number twice": lambda value: len(set(value.tolist())) < len(value)},
        ),
        Parameter("num_best", lambda value: is_int(value) and value >= 1, {"is 1": equals(1)}),
    ),
    fit=lambda candidates, scores, num_best: len(candidates) == len(scores) >= num_best,
    corners={
        "all candidates are the best": lambda candidates, scores, num_best: num_best == len(scores),
        "there are as many candidates as parameters": lambda candidates, scores, num_best: (
            candidates.shape[0] == candidates.shape[1]
        ),
    },
)

EXERCISE = Exercise(
    id="14.3",
    title="Look closer where it is good",
    reference=refit,
    checks=(
        Check("returns means and spreads", returns_means_and_spreads),
        Check("describes the best candidates", describes_the_best),
        Check("has no spread where one is the best", has_no_spread_where_one_is_the_best),
        Check("describes all where all are asked for", describes_all_where_all_are_asked_for),
        Check("takes as many as are asked for where scores tie", takes_as_many_where_scores_tie),
    ),
    hints=(
        "Which rows of `candidates` have the highest scores in the example? What is the mean of each of their columns?",
        "`np.argsort(scores)` lists the candidates, the worst first. The last `num_best` of them are the best: "
        "`[-num_best:]`.",
        "`best = candidates[np.argsort(scores)[-num_best:]]`. Then stack `best.mean(axis=0)` on `best.std(axis=0)`.",
    ),
    explanation="The mean says where the good ones lie, the spread how sure we are. Where the good ones agree on a "
    "parameter, its spread shrinks by itself, and the search looks closer there.",
    domain=DOMAIN,
)
