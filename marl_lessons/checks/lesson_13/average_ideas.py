"""Means by entry, by their definition, and the ideas that lead elsewhere: for exercise 13.2."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def collect_by_entry(entries, values, num_entries):
    """The definition: a list for each entry, and its mean."""
    means = np.zeros(num_entries)
    for entry in range(num_entries):
        own = [float(value) for mine, value in zip(entries, values, strict=True) if mine == entry]
        if own:
            means[entry] = sum(own) / len(own)
    return means


def collect(join, nothing=0.0):
    """Return the function that joins the values of each entry."""

    def answer(entries, values, num_entries):
        lists = [values[entries == entry] for entry in range(num_entries)]
        return np.array([float(join(own)) if len(own) else nothing for own in lists])

    return answer


def share_among_all(entries, values, num_entries):
    """The idea that a mean divides by all values."""
    return collect(np.sum)(entries, values, num_entries) / len(values)


def share_among_entries(entries, values, num_entries):
    """The idea that a mean divides by the size of the table."""
    return collect(np.sum)(entries, values, num_entries) / num_entries


def share_among_named(entries, values, num_entries):
    """The idea that a mean divides by how many entries are named."""
    return collect(np.sum)(entries, values, num_entries) / len(set(entries.tolist()))


def divide_by_one_more(entries, values, num_entries):
    """The idea of adding 1 to every count so that none is 0."""
    counts = np.bincount(entries, minlength=num_entries)
    return collect(np.sum)(entries, values, num_entries) / (counts + 1)


def one_mean_for_all(entries, values, num_entries):
    """The idea that every entry that is named gets the mean of all values."""
    return np.where(np.bincount(entries, minlength=num_entries) > 0, values.mean(), 0.0)


def fill_with_the_mean(entries, values, num_entries):
    """The idea that an entry without values gets the mean of all."""
    return collect(np.mean, nothing=values.mean())(entries, values, num_entries)


def half_way(entries, values, num_entries):
    """The idea of the mean of the mean so far and the next value."""

    def join(own):
        mean = float(own[0])
        for value in own[1:]:
            mean = (mean + value) / 2
        return mean

    return collect(join)(entries, values, num_entries)


def half_way_from_zero(entries, values, num_entries):
    """The same from 0."""

    def join(own):
        mean = 0.0
        for value in own:
            mean = (mean + value) / 2
        return mean

    return collect(join)(entries, values, num_entries)


def divide_at_each_value(entries, values, num_entries):
    """The idea of dividing the sum so far by the count so far, and of adding the next value to that."""

    def join(own):
        mean = 0.0
        for number, value in enumerate(own, start=1):
            mean = (mean + value) / number
        return mean

    return collect(join)(entries, values, num_entries)


def share_among_most(entries, values, num_entries):
    """The idea that a mean divides by one number for all entries, here the largest count."""
    return collect(np.sum)(entries, values, num_entries) / np.bincount(entries).max()


def count(entries, values, num_entries):
    """The idea that the counts are asked for."""
    return 1.0 * np.bincount(entries, minlength=num_entries)


def mean_of_different(entries, values, num_entries):
    """The idea that a value that comes twice counts once."""
    return collect(lambda own: np.mean(np.unique(own)))(entries, values, num_entries)


AVERAGE_MISCONCEPTIONS = (
    Misconception(
        collect(lambda own: own[-1]),
        "Of several values that share an entry only the *last* one is left in your table, as with `table[entries] = …` "
        "and `table[entries] += …`. `np.bincount(entries, weights=values, minlength=…)` adds all of them up.",
    ),
    Misconception(
        collect(lambda own: own[0]),
        "Of several values that share an entry you keep the first, and drop the others. Take the mean of all.",
    ),
    Misconception(
        collect(np.sum),
        "You return the *sum* of the values of each entry. Divide it by their number.",
    ),
    Misconception(
        share_among_all,
        "You divide by the number of *all* values. Divide each sum by the number of values of its own entry.",
    ),
    Misconception(
        share_among_entries,
        "You divide by `num_entries`. Divide each sum by the number of values of its own entry.",
    ),
    Misconception(
        share_among_named,
        "You divide by the number of different entries. Divide each sum by the number of values of its own entry.",
    ),
    Misconception(
        divide_by_one_more,
        "You divide by one more than the number of values. Only where there are none should the 0 become 1: "
        "`np.maximum(counts, 1)`.",
    ),
    Misconception(
        one_mean_for_all,
        "You give all entries the mean of *all* values. Each has the mean of its own.",
    ),
    Misconception(
        fill_with_the_mean,
        "Where no value came, you put the mean of all. Nobody said anything about that entry: 0.",
    ),
    Misconception(
        half_way,
        "You go half way to each further value, so that later ones count more. Add up first, and divide in the end.",
    ),
    Misconception(
        half_way_from_zero,
        "You begin at 0 and go half way to each value. Add up first, and divide in the end.",
    ),
    Misconception(
        divide_at_each_value,
        "You divide again at every further value, also what was divided before. Add up first, and divide once.",
    ),
    Misconception(
        collect(lambda own: own[-1] / len(own)),
        "You divide by the right counts, but your sums hold the *last* value of each entry only, as with "
        "`table[entries] += …`. `np.bincount(entries, weights=values, minlength=…)` adds all of them up.",
    ),
    Misconception(
        share_among_most,
        "You divide all sums by the largest count. Each has a count of its own.",
    ),
    Misconception(count, "You return how many values each entry has. Their mean is asked for."),
    Misconception(
        mean_of_different,
        "A value that comes twice for an entry counts once in your mean. Both agents have a say.",
    ),
    Misconception(
        collect(np.max),
        "You take the largest value of each entry. Its mean is asked for.",
    ),
    Misconception(
        collect(np.median),
        "You take the median of the values of each entry. Their mean is asked for.",
    ),
)
