"""A crowd that answers its own mean, by the definition, and the ideas that lead elsewhere: for exercise 13.3."""

import math

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def answer_one_by_one(start, temperatures, rounds):
    """The definition, one temperature after the other."""
    means = []
    for temperature in temperatures.tolist():
        mean = float(start)
        for _ in range(rounds):
            mean = math.tanh(2 * mean / temperature)
        means.append(mean)
    return np.array(means)


def repeat(step, extra=0):
    """Return the function that repeats step(means, temperatures), by so many rounds more than asked for."""

    def answer(start, temperatures, rounds):
        means = np.full(len(temperatures), float(start))
        for _ in range(rounds + extra):
            means = step(means, temperatures)
        return means

    return answer


def respond(means, temperatures):
    """Answer the mean as the text says."""
    return np.tanh(2 * means / temperatures)


def answer_the_start(start, temperatures, rounds):
    """The idea that every round answers the start."""
    means = np.full(len(temperatures), float(start))
    return respond(means, temperatures) if rounds else means


def answer_once(start, temperatures, rounds):
    """The idea of one answer, whatever the rounds."""
    return respond(np.full(len(temperatures), float(start)), temperatures)


def return_in_the_loop(start, temperatures, rounds):
    """The same from a `return` inside of the loop; without rounds it returns nothing."""
    return answer_once(start, temperatures, rounds) if rounds else None


def begin_with_a_number(start, temperatures, rounds):
    """The idea that the loop makes an array of the start; without rounds it does not."""
    return answer_one_by_one(start, temperatures, rounds) if rounds else start


def none_in_the_heat(start, temperatures, rounds):
    """The idea that above 2 nothing is left, however few the rounds."""
    return np.where(temperatures >= 2, 0.0, answer_one_by_one(start, temperatures, rounds))


def go_on_from_one_to_the_next(start, temperatures, rounds):
    """The idea of a loop that does not begin anew at the next temperature."""
    means, mean = [], float(start)
    for temperature in temperatures.tolist():
        for _ in range(rounds):
            mean = math.tanh(2 * mean / temperature)
        means.append(mean)
    return np.array(means)


def share_one_mean(means, temperatures):
    """The idea that all temperatures are one crowd."""
    return np.full(len(means), respond(means, temperatures).mean())


MEAN_MISCONCEPTIONS = (
    Misconception(
        answer_the_start,
        "However many rounds there are, yours give what the first gives. Either each of them answers the *start*, and "
        "not the mean that the round before has left, or a `return` stands inside of the loop.",
    ),
    Misconception(answer_once, "You take one round, whatever `rounds` is."),
    Misconception(
        return_in_the_loop,
        "Your function returns after the first round: does `return` stand inside of the loop?",
    ),
    Misconception(
        begin_with_a_number,
        "Without a round you return `start`, one number. Make an array of it before the loop, with a mean for each "
        "temperature: `np.full(len(temperatures), float(start))`.",
    ),
    Misconception(
        none_in_the_heat,
        "You put 0 at temperatures from 2 up. There the mean *goes* to 0, round by round: after a few some is left.",
    ),
    Misconception(repeat(respond, extra=1), "You take one round more than asked for."),
    Misconception(repeat(respond, extra=-1), "You take one round less than asked for."),
    Misconception(
        go_on_from_one_to_the_next,
        "Each of your temperatures goes on where the one before has ended. All begin at `start`.",
    ),
    Misconception(
        repeat(share_one_mean),
        "You mix the temperatures. Each is a crowd of its own, with its own mean.",
    ),
    Misconception(
        repeat(lambda means, temperatures: np.tanh(means / temperatures)),
        "Your tanh lacks the 2: tanh(2m/τ).",
    ),
    Misconception(
        repeat(lambda means, temperatures: np.tanh(means / (2 * temperatures))),
        "You divide by 2τ. The formula is 2m/τ: `2 * means / temperatures`.",
    ),
    Misconception(
        repeat(lambda means, temperatures: np.tanh(2 * means * temperatures)),
        "You multiply by the temperature. The hotter it is, the less a crowd follows its mean: divide.",
    ),
    Misconception(
        repeat(lambda means, temperatures: means * np.tanh(2 / temperatures)),
        "Your mean stands outside of tanh. It belongs inside: tanh(2m/τ).",
    ),
    Misconception(
        repeat(lambda means, temperatures: np.tan(2 * means / temperatures)),
        "You take the tangent, `np.tan`. The S-shaped curve is `np.tanh`.",
    ),
    Misconception(
        repeat(lambda means, temperatures: np.tanh(2 * means) / temperatures),
        "You divide by the temperature *after* tanh. It stands inside.",
    ),
    Misconception(
        repeat(lambda means, temperatures: 2 * np.tanh(means / temperatures)),
        "Your 2 stands before tanh. It belongs inside, and no mean is above 1.",
    ),
    Misconception(
        repeat(lambda means, temperatures: np.tanh(4 * means / temperatures)),
        "You take tanh(4m/τ): the pays for 1 and for −1 differ by 4m, and tanh takes half of that.",
    ),
    Misconception(
        repeat(lambda means, temperatures: (1 + respond(means, temperatures)) / 2),
        "You return how *likely* 1 is. The mean of 1 and −1 is what tanh gives.",
    ),
    Misconception(
        repeat(lambda means, temperatures: (means + respond(means, temperatures)) / 2),
        "You go half way to the answer in each round. The new mean *is* the answer.",
    ),
    Misconception(
        repeat(lambda means, temperatures: means + respond(means, temperatures)),
        "You add the answer to the old mean. The new mean *is* the answer.",
    ),
    Misconception(
        repeat(lambda means, temperatures: np.abs(respond(means, temperatures))),
        "Your means lose their sign. A crowd that leans to −1 stays there.",
    ),
    Misconception(
        repeat(lambda means, temperatures: 2 * means / temperatures),
        "Your rounds lack tanh.",
    ),
    Misconception(
        repeat(lambda means, temperatures: np.clip(2 * means / temperatures, -1, 1)),
        "Your rounds lack tanh. It bends towards 1 and −1; `np.clip` cuts off.",
    ),
    *(
        Misconception(
            repeat(lambda means, temperatures, decimals=decimals: respond(means, temperatures).round(decimals)),
            "You round the mean in every round, so that the next one answers a wrong mean. Keep all digits.",
        )
        for decimals in (2, 3)
    ),
)
