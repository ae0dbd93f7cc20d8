"""Exercise 8.3: how long a lenient learner forgives."""

import numpy as np

from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.kinds import expect_number
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise


def count_visits(start, decay, share):
    """Return the first number of visits after which a lenient learner forgives at most this share of bad news."""
    return int(np.ceil(np.log(-np.log(1 - share) / start) / np.log(decay)))


VISITS = count_visits(50, 0.999, 0.5)
KNOWN_VISITS = {
    VISITS - 1: "After 4,276 visits it still forgives a little more than half. One visit more.",
    VISITS + 1: "After 4,278 visits it forgives less than half, but it did so one visit before.",
    int(np.ceil(np.log(0.5) / np.log(0.999))): "That is where 0.999 to the power n is below 1/2. The temperature "
    "begins at 50, and what it forgives is 1 − exp(−T).",
    int(np.ceil(np.log(0.5 / 50) / np.log(0.999))): "That is where the temperature itself is below 1/2. It forgives "
    "with probability 1 − exp(−T), which is below 1/2 where T is below 0.693.",
    int(np.ceil(np.log(1 / 50) / np.log(0.999))): "That is where the temperature is below 1. It forgives with "
    "probability 1 − exp(−T), which is then 0.63. Go on.",
    -VISITS: "The number is right but for its sign: count visits from 0 up.",
}
OTHER_DECAYS = (0.9, 0.95, 0.99, 0.995, 0.9995)
OTHER_STARTS = (1, 5, 10, 500)
OTHER_SHARES = (0.9, 0.75, 0.25, 0.1, 0.05, 0.01)


def forgive(visits):
    """Return the probability with which it forgives after so many visits."""
    return 1 - np.exp(-50 * 0.999 ** float(visits))


def is_a_whole_number(answer, rng):
    expect_number(answer)
    if is_same(answer, np.log(np.log(2) / 50) / np.log(0.999), 1e-5):
        raise Mistake(f"Visits are whole, got {float(answer):.6g}. Round up: after 4,276 visits it is not yet there.")
    if 0 < float(answer) < 1:
        raise Mistake(f"{show_value(answer)} may be a probability or a temperature. Asked for is a number of visits.")
    if float(answer) != int(answer):
        raise Mistake(f"Visits are whole, got {float(answer):.6g}. Count them one by one.")


def is_the_first_visit_below_half(answer, rng):
    for number, message in (_list_other_questions() | KNOWN_VISITS).items():
        if is_same(answer, number):
            raise Mistake(message)
    if answer < 1:
        raise Mistake(f"Before the first visit T is 50. Count visits from there, up; got {show_value(answer)}.")
    if answer < VISITS:
        raise Mistake(
            f"After {int(answer)} visits T is {50 * 0.999 ** float(answer):.3g}, and it forgives with probability "
            f"{forgive(answer):.3g}: go on until that is at most 1/2."
        )
    if answer > VISITS:
        raise Mistake(
            f"After {int(answer)} visits it forgives with probability {forgive(answer):.3g}, at most 1/2, and so it "
            "did before. Find the *first* number of visits."
        )


def _list_other_questions():
    """Return what another start, decay or share leads to: {visits: sentence}."""
    decays = {
        count_visits(50, other, 0.5): f"So it is for a decay of {other}. Here it is 0.999." for other in OTHER_DECAYS
    }
    starts = {
        count_visits(other, 0.999, 0.5): f"So it is if T begins at {other}. Here it begins at 50."
        for other in OTHER_STARTS
    }
    return (
        decays
        | starts
        | {
            count_visits(50, 0.999, other): f"That is where it forgives with probability {other}. The question is "
            "about 1/2."
            for other in OTHER_SHARES
        }
    )


EXERCISE = Exercise(
    id="8.3",
    title="How long does it forgive?",
    reference=VISITS,
    checks=(
        Check("is a whole number", is_a_whole_number),
        Check("is the first number of visits after which it forgives at most half", is_the_first_visit_below_half),
    ),
    hints=(
        "After n visits T is 50 times 0.999 to the power n. With which probability does it forgive then?",
        "Try n = 1000 and n = 10000: `1 - np.exp(-50 * 0.999**n)`. Then come closer, or use a loop that counts.",
        "1 − exp(−T) is 1/2 where T is log(2) = 0.693. So 0.999 to the power n is 0.693 / 50; take logarithms and "
        "round up.",
    ),
    explanation="log(0.693 / 50) / log(0.999) = 4,276.4, so from visit 4,277 on. A team that plays 2,000 times never "
    "gets there: such a learner forgives nearly all bad news to the end.",
)
