"""Exercise 13.2: the mean of the values that are meant for the same entry of a table."""

import numpy as np

from marl_lessons.checks.lesson_13.average_ideas import AVERAGE_MISCONCEPTIONS, collect_by_entry
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    equals,
    has_length,
    is_array,
    is_int,
    is_longer_than,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

SIZES = ((3, 3), (2, 3), (1, 1), (4, 4), (1, 3), (5, 3), (3, 2), (2, 1), (6, 4), (4, 1))  # values and entries


def average_by_entry(entries, values, num_entries):
    """Return for each entry of a table the mean of the values meant for it: (K,), (K,), a number -> (num_entries,)."""
    sums = np.bincount(entries, weights=values, minlength=num_entries)
    counts = np.bincount(entries, minlength=num_entries)
    return sums / np.maximum(counts, 1)


@keep_cases
def draw_values(rng, kind):
    """The docstring's case, where it is of the kind, then random ones.

    kind: "alone", where every entry has one value; "missing", where some have none, and no one several; "any".
    """
    example = np.array([2, 0, 2]), np.array([1, 4, 3])
    cases = [(*example, 3), (example[0], 1.0 * example[1], 3)] if kind == "any" else []
    for index in range(40):
        count, num_entries = SIZES[index % 10]
        if kind == "alone":
            entries = rng.permutation(num_entries)
        elif kind == "missing":
            num_entries += 1
            entries = rng.permutation(num_entries)[: max(1, num_entries // 2)]
        else:
            entries = rng.integers(num_entries, size=count)
        cases.append((entries, draw_numbers(rng, len(entries), NUMBER_STYLES[index % 5]), num_entries))
    return cases


def returns_a_number_for_each_entry(answer, rng):
    entries, values = rng.permutation([0, 1, 1, 3]), draw_numbers(rng, 4, "fractions")
    expect_array(answer(entries, values, 5), (5,), "a mean for each of 5 entries")


def puts_a_single_value_in_its_place(answer, rng):
    _expect_means(answer, "alone", rng)


def gives_0_where_nothing_came(answer, rng):
    _expect_means(answer, "missing", rng)


def takes_the_mean_of_all_that_share_an_entry(answer, rng):
    _expect_means(answer, "any", rng)


def _expect_means(answer, kind, rng):
    expect_agreement(
        answer,
        draw_values(rng, kind),
        collect_by_entry,
        AVERAGE_MISCONCEPTIONS,
        evidence=lambda: draw_values(rng, "any") if kind != "any" else [],
    )


def is_entries(value):
    """Tell whether a value is a row of whole numbers from 0 on."""
    return is_array(None)(value) and value.dtype.kind in "iu" and bool((value >= 0).all())


def fit_together(entries, values, num_entries):
    """Tell whether there is a value for each entry that is named, and the table has that entry."""
    return len(entries) == len(values) and entries.max() < num_entries


DOMAIN = Domain(
    parameters=(
        Parameter(
            "entries",
            is_entries,
            {
                "names an entry twice": lambda entries: len(set(entries.tolist())) < len(entries),
                "names one entry only": lambda entries: len(set(entries.tolist())) == 1,
                "is not sorted": lambda entries: bool((np.diff(entries) < 0).any()),
                "leaves out entry 0": lambda entries: not (entries == 0).any(),
            },
        ),
        Parameter(
            "values",
            is_array(None),
            NUMBERS | {"has one entry": has_length(0, 1), "has more than two entries": is_longer_than(2)},
        ),
        Parameter("num_entries", lambda value: is_int(value) and value > 0, {"is 1": equals(1)}),
    ),
    fit=fit_together,
    corners={
        "there are as many values as entries of the table": lambda entries, values, num_entries: (
            len(values) == num_entries
        ),
        "an entry has no value": lambda entries, values, num_entries: len(set(entries.tolist())) < num_entries,
        "the last entry has no value": lambda entries, values, num_entries: entries.max() < num_entries - 1,
    },
)

EXERCISE = Exercise(
    id="13.2",
    title="Everybody's news",
    reference=average_by_entry,
    checks=(
        Check("returns a number for each entry of the table", returns_a_number_for_each_entry),
        Check("puts a single value in its place", puts_a_single_value_in_its_place),
        Check("gives 0 where no value came", gives_0_where_nothing_came),
        Check("takes the mean of all values of an entry", takes_the_mean_of_all_that_share_an_entry),
    ),
    hints=(
        "A mean is a sum, divided by a count. How do you get the sum of the values that are meant for entry 2, and how "
        "many there are?",
        "`np.bincount(entries, weights=values, minlength=num_entries)` adds up the values of each entry; without "
        "`weights` it counts them.",
        "Divide the sums by `np.maximum(counts, 1)`: where nothing came, that is 0/1.",
    ),
    explanation="A sum moves a table a thousand times as far for a thousand agents; the last value alone throws the "
    "others' news away. The mean takes a step of the usual length, in a direction that all agents have a say in.",
    domain=DOMAIN,
    returns_new=True,
)
