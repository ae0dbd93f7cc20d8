"""Exercise 7.4: how far a learner has come from what learned nothing to the best possible."""

import numpy as np

from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    has_length,
    is_array,
    is_longer_than,
    is_number,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_number
from marl_lessons.exercises.judging.mistakes import Misconception, Mistake
from marl_lessons.exercises.specification import Check, Exercise


def gain(returns, baselines, best):
    """Return how far a learner has come: (R, K), a list and a number -> a number."""
    late = returns[:, returns.shape[1] // 2 :].mean()
    nothing = max(baselines)
    return (late - nothing) / (best - nothing)


def add_up_by_hand(returns, baselines, best):
    """The definition, episode by episode."""
    rows = returns.tolist()
    late = [row[episode] for row in rows for episode in range(len(row)) if episode >= len(row) // 2]
    nothing = sorted(baselines)[-1]
    return (sum(late) / len(late) - nothing) / (best - nothing)


def draw_learners(rng):
    """The docstring's case in whole numbers and decimals, then batches of all shapes, baselines in any order."""
    example = np.array([[-9, -9, -2, -4]])
    cases = [(example, [-8, -5], -1), (1.0 * example, [-8.0, -5.0], -1.0), (example, [-5, -8], -1)]
    for index, shape in enumerate([(1, 2), (2, 2), (1, 3), (2, 4), *draw_shapes(rng, (1, 2), (4, 9), times=40)]):
        returns = draw_numbers(rng, shape, NUMBER_STYLES[index % 4])
        listed = max(index % 4 + 1, 6 - returns.size)  # no case is smaller than the docstring's, which is shown first
        baselines = draw_numbers(rng, listed, NUMBER_STYLES[index // 4 % 3]).round(2).tolist()
        cases.append((returns, baselines, draw_best([*baselines, returns.max().item()], index)))
    lucky = np.array([[-9.0, -7.0, -6.5, -0.5, -0.75, 0.25], [-8.0, -8.5, -5.0, -1.5, -0.5, -0.5]])
    return [*cases, (lucky, [-8.0, -5.0], -1.0), (lucky + 9, [0.0, 3.25], 8)]


def draw_best(numbers, index):
    """A number above all others, above or below zero; never 0 or the largest one's opposite: mistakes divide by 0."""
    nothing = max(numbers)
    best = round(nothing + (2, 0.5, 10, 1.25)[index % 4], 2)
    return best if best not in (0, -nothing) else best + 1


def returns_a_number(answer, rng):
    result = answer(np.array([[-9.0, -9.0, -2.0, -4.0]] * 3), [-8.0, -5.0], -1.0)
    if np.shape(result) == (3,):
        raise Mistake("Expected a single number, got one for each of 3 runs: take the mean over the runs too.")
    shortest = answer(np.array([[-9.0, -2.0]]), [-8.0, -5.0], -1.0)
    if np.isscalar(shortest) and np.isreal(shortest) and np.isnan(shortest):
        raise Mistake(
            "With two episodes the second half is column 1, and nothing is left in your code: the mean of nothing is "
            "`nan`. Columns are the second axis: `returns[:, K // 2:]`, with K the number of columns."
        )
    for returns, baselines, best in draw_learners(rng)[:3]:
        expect_number(answer(returns, baselines, best))


def puts_the_learner_on_the_scale(answer, rng):
    expect_agreement(answer, draw_learners(rng), add_up_by_hand, GAIN_MISCONCEPTIONS)


def is_right_at_the_ends(answer, rng):
    cases = []
    for baselines, best in (([-8, -5], -1), ([-5.0], 0.0), ([1, 3, 2], 7)):
        for late in (max(baselines), best, min(baselines) - 1):
            cases.append((np.array([[min(baselines), late], [best, late]]), baselines, best))
    expect_agreement(answer, cases, add_up_by_hand, GAIN_MISCONCEPTIONS, evidence=lambda: draw_learners(rng))


def measure(late, nothing):
    """Return the function that takes other numbers for the learner or for what learned nothing."""
    return lambda returns, baselines, best: (late(returns) - nothing(baselines)) / (best - nothing(baselines))


def settle(returns):
    return returns[:, returns.shape[1] // 2 :].mean()


DIVIDED_BY_BEST = (
    "You divide by the best possible return. The scale begins at the best of the baselines: above stands "
    "`late - nothing`, below the whole way, `best - nothing`."
)
GAIN_MISCONCEPTIONS = (
    Misconception(
        measure(np.mean, max),
        "You count all episodes. In the first half it is still learning: begin with column K // 2.",
    ),
    Misconception(
        measure(lambda returns: returns[:, : returns.shape[1] // 2].mean(), max),
        "You count the first half of the episodes. The second half is `returns[:, half:]`, with the colon behind.",
    ),
    Misconception(
        measure(lambda returns: returns[:, -1].mean(), max),
        "You count the last episode only. The whole second half counts.",
    ),
    Misconception(
        measure(lambda returns: returns[len(returns) // 2 :].mean(), max),
        "You count the second half of the *runs*. The episodes are the columns: `returns[:, half:]`.",
    ),
    Misconception(
        measure(lambda returns: returns[0, returns.shape[1] // 2 :].mean(), max),
        "You count the first run only, and one run proves nothing. Take the mean over all runs.",
    ),
    Misconception(
        measure(lambda returns: returns[:, returns.shape[1] // 2 :].max(), max),
        "You count the best single episode. That is luck; take the mean.",
    ),
    Misconception(
        measure(settle, min),
        "You compare with the *worst* of what learned nothing. The best of the baselines is the largest.",
    ),
    Misconception(
        measure(settle, lambda baselines: sum(baselines) / len(baselines)),
        "You compare with the mean of what learned nothing. The best of the baselines is the largest.",
    ),
    Misconception(
        measure(settle, lambda baselines: baselines[0]),
        "You compare with the first of the baselines. They come in any order: take the largest.",
    ),
    Misconception(
        measure(settle, lambda baselines: baselines[-1]),
        "You compare with the last of the baselines. They come in any order: take the largest.",
    ),
    Misconception(
        lambda returns, baselines, best: settle(returns) / best,
        DIVIDED_BY_BEST,
    ),
    Misconception(
        lambda returns, baselines, best: (settle(returns) - max(baselines)) / best,
        DIVIDED_BY_BEST,
    ),
    Misconception(
        lambda returns, baselines, best: (settle(returns) - max(baselines)) / (best + max(baselines)),
        "You add the baseline below the line; subtract it: the whole way is `best - nothing`.",
    ),
    Misconception(
        lambda returns, baselines, best: settle(returns) - max(baselines),
        "This is the way it has come. Divide it by the whole way, `best - nothing`.",
    ),
    Misconception(
        lambda returns, baselines, best: (best - settle(returns)) / (best - max(baselines)),
        "This is the share of the way that is still missing. 0 is the best of the baselines, and 1 the best possible.",
    ),
    Misconception(
        lambda returns, baselines, best: (
            1 / gain(returns, baselines, best) if gain(returns, baselines, best) else np.inf
        ),
        "Your fraction stands upside down: above stands the way that it has come, `late - nothing`.",
    ),
    Misconception(
        lambda returns, baselines, best: settle(returns) - max(baselines) / (best or np.nan) - max(baselines),
        "Python divides before it subtracts: put each of the two differences in brackets.",
    ),
    Misconception(
        lambda returns, baselines, best: 100 * gain(returns, baselines, best),
        "This is the gain in per cent. The best possible is 1, not 100.",
    ),
    Misconception(
        lambda returns, baselines, best: max(0.0, gain(returns, baselines, best)),
        "A learner that is worse than what learned nothing has a gain below 0; you stop at 0.",
    ),
    Misconception(
        lambda returns, baselines, best: min(1.0, gain(returns, baselines, best)),
        "With luck a few episodes return more than the best possible does on average; you stop at 1.",
    ),
)

DOMAIN = Domain(
    parameters=(
        Parameter(
            "returns",
            lambda returns: is_array(None, None)(returns) and returns.shape[1] >= 2,
            NUMBERS
            | {
                "has one run": has_length(0, 1),
                "has more than one run": is_longer_than(1),
                "has two episodes": has_length(1, 2),
                "has an odd number of episodes": lambda returns: returns.shape[1] % 2 == 1,
            },
        ),
        Parameter(
            "baselines",
            lambda baselines: isinstance(baselines, list) and len(baselines) > 0 and all(map(is_number, baselines)),
            {
                "has one entry": lambda baselines: len(baselines) == 1,
                "begins with its largest number": lambda baselines: baselines[0] == max(baselines),
                "ends with its largest number": lambda baselines: baselines[-1] == max(baselines),
                "has only negative numbers": lambda baselines: max(baselines) < 0,
            },
        ),
        Parameter(
            "best",
            is_number,
            {"is 0": lambda best: best == 0, "is negative": lambda best: best < 0},
        ),
    ),
    fit=lambda returns, baselines, best: best > max(baselines),
    corners={
        "there are as many runs as episodes": lambda returns, *others: returns.shape[0] == returns.shape[1],
        "the gain is negative": lambda *case: gain(*case) < 0,
        "the gain is above 1": lambda *case: gain(*case) > 1,
    },
)

EXERCISE = Exercise(
    id="7.4",
    title="The gain",
    reference=gain,
    checks=(
        Check("returns a number", returns_a_number),
        Check("puts the learner on the scale", puts_the_learner_on_the_scale),
        Check("is 0 for what learned nothing, 1 for the best possible, and negative below", is_right_at_the_ends),
    ),
    hints=(
        "Which three numbers does the formula need? One is given. How do you find the other two?",
        "The second half of the episodes is `returns[:, returns.shape[1] // 2 :]`, and `.mean()` is over runs and "
        "episodes. The best of the baselines is the largest: `max(baselines)`.",
        "With these two, `late` and `nothing`: from `nothing` to `late` is the way it has come, from `nothing` to "
        "`best` the whole way. Divide.",
    ),
    explanation="A difference divided by a difference does not care about units, and it has a meaning at 0 and at 1. "
    "The score of lesson 03 is the same, times 100, with random play at 0.",
    domain=DOMAIN,
)
