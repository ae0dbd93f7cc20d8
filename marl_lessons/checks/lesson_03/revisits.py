"""Exercise 3.4: how often a learner comes back to what it knows."""

import itertools

from marl_lessons.exercises.expect import expect_agreement
from marl_lessons.exercises.kinds import expect_number
from marl_lessons.exercises.mistakes import Misconception
from marl_lessons.exercises.specification import Check, Exercise


def revisit_share(keys):
    """Return the share of entries that occurred before in the list."""
    seen, revisits = set(), 0
    for key in keys:
        revisits += key in seen
        seen.add(key)
    return revisits / len(keys)


def look_back_each_time(keys):
    """The definition: of each entry, is it among those before it?"""
    return sum(keys[position] in keys[:position] for position in range(len(keys))) / len(keys)


def draw_keys(rng):
    """Lists to check by hand, then random ones; keys are words, as the article's are."""
    cases = [(["a", "b", "a", "a"],), (["a"],), (["a", "b", "c"],), (["b", "b"],)]
    for _ in range(40):
        names = rng.integers(rng.integers(1, 12), size=rng.integers(1, 15))
        cases.append(([f"[{name / 10}]" for name in names],))
    return cases


def returns_a_number(answer, rng):
    for keys in (["a", "b", "a", "a"], ["a", "b"]):
        expect_number(answer(keys))


def counts_what_was_seen_before(answer, rng):
    expect_agreement(answer, draw_keys(rng), look_back_each_time, REVISIT_MISCONCEPTIONS)


def is_zero_if_nothing_repeats(answer, rng):
    expect_agreement(answer, [([f"state {n}" for n in range(size)],) for size in (1, 2, 30)], look_back_each_time)


REVISIT_MISCONCEPTIONS = (
    Misconception(
        lambda keys: len(set(keys)) / len(keys),
        "This is the share of *new* keys. Of four entries a, b, a, a two are new and two are revisits.",
    ),
    Misconception(
        lambda keys: len(keys) - len(set(keys)),
        "This is the number of revisits. Divide it by the number of entries to get the share.",
    ),
    Misconception(
        lambda keys: sum(keys.count(key) > 1 for key in keys) / len(keys),
        "You also counted the first visit of a key that comes again. It was new at that time.",
    ),
    Misconception(
        lambda keys: sum(first == second for first, second in itertools.pairwise(keys)) / len(keys),
        "You compare with the entry just before only. Any earlier entry counts.",
    ),
    Misconception(
        lambda keys: (len(keys) - len(set(keys))) / len(set(keys)),
        "You divided by the number of different keys. Divide by the number of entries.",
    ),
    Misconception(
        lambda keys: sum(keys.count(key) > 1 for key in set(keys)) / len(keys),
        "You counted each key that comes again once. If it comes three times, two of its entries are revisits.",
    ),
    Misconception(
        lambda keys: 100 * (len(keys) - len(set(keys))) / len(keys),
        "This is the share in per cent. Return a number from 0 to 1.",
    ),
    Misconception(
        lambda keys: (len(keys) - len(set(keys))) / (len(keys) - 1) if len(keys) > 1 else 0.0,
        "You divided by the number of entries after the first one. Divide by the number of all entries.",
    ),
)

EXERCISE = Exercise(
    id="3.4",
    title="Does it ever come back?",
    reference=revisit_share,
    checks=(
        Check("returns a number", returns_a_number),
        Check("counts the entries that were seen before", counts_what_was_seen_before),
        Check("is 0 if nothing repeats", is_zero_if_nothing_repeats),
    ),
    hints=(
        "Go through the list and remember what you have seen. What do you have to count?",
        "A `set` remembers, and `key in seen` asks it. Or think: how many entries are *first* visits?",
        "There are `len(set(keys))` first visits. All other entries are revisits.",
    ),
    explanation="Each different key is new once, so the revisits are the entries minus the different keys. A table can "
    "only use what it learned where it comes back.",
)
