"""The best action of each run, where there is a single best one and nobody explores: a check of exercise 6.2."""

import numpy as np

from marl_lessons.checks.lesson_06.action_shares import choose, count_shares, remember
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.mistakes import Misconception, Mistake
from marl_lessons.exercises.judging.showing import FENCE

# A level, and how far above it the best value is.
SMALL_LEADS = [(0.2, 0.5), (1, 0.01), (1, 0.0005), (-4, 1e-3), (1, 1e-5), (1000, 0.01), (-1000, 0.001)]
EXTREME_LEADS = [(1.0, 1e-7), (1e9, 0.5), (-1e10, 1e3)]
RISING_LEADS = [4.0**power for power in range(-11, 5)]  # from 0.0000002 to 256


def find_the_best(q_values, epsilon, rng):
    """The definition where epsilon is 0 and each run has a single best action."""
    return np.array([max(range(len(row)), key=row.__getitem__) for row in q_values.tolist()])


@remember
def is_greedy_without_exploring(answer, rng):
    try:
        expect_agreement(answer, draw_single_bests(rng), find_the_best, GREEDY_MISCONCEPTIONS)
    except Mistake as mistake:
        sentence = _name_random_mistake(answer, rng)
        raise Mistake(_put_in_front(sentence, str(mistake)) if sentence else str(mistake)) from None
    _expect_extreme_leads(answer, rng)


def _put_in_front(sentence, message):
    """Put a sentence above the count of cases, in the place of what was guessed from the cases alone."""
    lines = message.split("\n")
    counts = [number for number, line in enumerate(lines) if line.startswith(("Right in ", "Wrong in "))]
    return "\n".join([sentence, *lines[counts[0] if counts else 0 :]])


def _expect_extreme_leads(answer, rng):
    for level, lead in EXTREME_LEADS:
        actions = answer(np.tile([level, level + lead, level], (60, 1)), 0.0, rng.spawn(1)[0])
        if not (np.asarray(actions) == 1).all():
            raise Mistake(
                "A lead counts however small it is, and whatever the values are. Random numbers that are added, a "
                "tolerance, float32, and a number that should be below all values lose some of them.\n"
                f"{FENCE}\nq_values = np.tile([{level}, {level} + {lead}, {level}], (60, 1))\n"
                "choose_actions(q_values, 0.0, np.random.default_rng(0))\n"
                f"# expected: action 1 in all 60 runs\n# got:      in {np.sum(np.asarray(actions) == 1)}\n{FENCE}"
            )


def _name_random_mistake(answer, rng):
    """Name a mistake that shows in many draws only, because the answer is a matter of chance, or return nothing."""
    values = np.tile([[2.0, 5.0, 1.0], [1.0, 4.0, 0.0]], (100, 1))  # the best of each column stands in even rows
    greedy, exploring = answer(values, 0.0, rng).reshape(100, 2), answer(values, 1.0, rng)
    if (exploring == 1).all() and not (greedy == 1).all():
        return "You have it the wrong way round: yours explores with probability 1 − epsilon."
    if (greedy == 2).all():
        return "You take the action with the lowest value. The best one has the highest."
    if np.ptp(greedy[:, 0]) > 0 and np.ptp(greedy[:, 1]) == 0:
        return (
            "You compare the runs with each other, action by action (axis 0). The best action of a run is the largest "
            "along axis 1: `q_values.max(axis=1, keepdims=True)`."
        )
    return _name_noise(answer, rng)


def _name_noise(answer, rng):
    """Say that random numbers meet the values themselves, or return nothing.

    What is multiplied by them wins as often in [1, 2] as in [1000, 2000], what they are added to ever more often as its
    lead rises; where values are rounded or compared with a tolerance, it wins half of the time or always.
    """

    def share(low, high):
        return count_shares([low, high], choose(answer, [low, high], 0.0, rng, runs=200))[1]

    if share(0.0, 1000.0) < 1:  # no matter of values: it explores
        return ""
    if _is_between(share(1.0, 2.0)) and _is_between(share(1000.0, 2000.0)):
        return "You multiply the values by random numbers. Multiply the marks (`q_values == …max`) instead."
    if any(_is_between(share(0.0, lead)) for lead in RISING_LEADS):
        return (
            "Your random numbers change the order of values that are close: a lead counts however small. Mark the best "
            "and multiply the marks."
        )
    return ""


def _is_between(share):
    """Tell whether a share of 200 is neither one half, give or take 4 standard errors, nor nearly all."""
    return 0.64 < share < 0.96


@keep_cases
def draw_single_bests(rng):
    """Draw values (R, A) with a single best action in each run: of every kind, and leads that are small."""
    values = [np.array([[1, 5, 2]]), np.array([[1.0, 5.0, 2.0]]), np.array([[5.0, 1.0, 2.0], [1.0, 2.0, 5.0]])]
    for index, shape in enumerate(draw_shapes(rng, (1, 2), (6, 5), times=45)):
        drawn = draw_numbers(rng, shape, NUMBER_STYLES[index % 5])
        drawn[np.arange(shape[0]), rng.integers(shape[1], size=shape[0])] = drawn.max(axis=1) + 1
        values.append(drawn.round(2))
    for level, lead in 5 * SMALL_LEADS:
        close = np.tile([level - 1.0, level, level, level], (3, 1))
        close[:, 3] += lead
        values.append(rng.permuted(close.round(5), axis=1))
    return [(drawn, 0.0, np.random.default_rng(0)) for drawn in values]


GREEDY_MISCONCEPTIONS = (
    Misconception(
        lambda q_values, epsilon, rng: np.where((q_values == q_values.max()).any(axis=1), q_values.argmax(axis=1), 0),
        "You compare with the largest value of all the runs. Each run has its own: `q_values.max(axis=1, "
        "keepdims=True)`.",
    ),
    Misconception(
        lambda q_values, epsilon, rng: np.zeros(len(q_values), dtype=int),
        "Your answer is action 0 in every run, wherever the single best action stands. Is it the place in a list of "
        "the best actions? What is asked for is the action itself.",
    ),
)
