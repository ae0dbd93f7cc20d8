"""What a revisit is, and the ideas that lead to another share: for exercise 7.1."""

import itertools
from collections import Counter

from marl_lessons.exercises.judging.mistakes import Misconception


def look_back_each_time(keys):
    """The definition: of each entry, is it among those before it?"""
    return sum(keys[position] in keys[:position] for position in range(len(keys))) / len(keys)


def compare_beginnings(length):
    """Return the function that compares the first characters only."""
    return lambda keys: look_back_each_time([key[:length] for key in keys])


LETTERS = tuple(
    Misconception(compare_beginnings(length), "You compare the beginnings of the keys only. Compare the whole keys.")
    for length in range(1, 7)
)
REVISIT_MISCONCEPTIONS = (
    Misconception(
        lambda keys: 0,
        "Your answer is 0 for every list. Does the loop remember each key (`seen.add(key)`) from round to round, does "
        "`return` stand after the loop, and is the division a `/` (`//` drops what is behind the point)?",
    ),
    Misconception(
        lambda keys: 1,
        "Your answer is 1 for every list, so that each entry finds itself. Look for a key before you remember it, and "
        "only among the entries before it: `keys[:position]`.",
    ),
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
        lambda keys: sum(key == keys[0] for key in keys[1:]) / len(keys),
        "You compare with the first entry only. Any earlier entry counts.",
    ),
    Misconception(
        lambda keys: sum(key in keys[1:position] for position, key in enumerate(keys)) / len(keys),
        "The first entry of the list is never remembered: what comes back to it is not counted.",
    ),
    Misconception(
        lambda keys: sum(key in keys[: position - 1] for position, key in enumerate(keys)) / len(keys),
        "You do not compare with the entry just before. The entries before `position` are `keys[:position]`, and all "
        "of them count.",
    ),
    Misconception(
        lambda keys: sum(keys[position] in keys[: position - 1] for position in range(1, len(keys))) / len(keys),
        "You do not compare with the entry just before. The entries before `position` are `keys[:position]`, and all "
        "of them count.",
    ),
    Misconception(
        lambda keys: look_back_each_time(keys) - sum(map(str.__eq__, keys, keys[1:])) / len(keys),
        "You leave out entries that are the same as the one before. Staying where one is counts: any earlier entry.",
    ),
    Misconception(
        lambda keys: (len(set(keys)) < len(keys)) / len(keys),
        "You count one revisit at most. Go on to the end of the list: does `return` or `break` stand in the loop?",
    ),
    *LETTERS,
    Misconception(
        lambda keys: 1 - len(set(map(len, keys))) / len(keys),
        "You compare the lengths of the keys. Compare the keys themselves.",
    ),
    Misconception(
        lambda keys: look_back_each_time(keys[:-1]) * (len(keys) - 1) / len(keys) if len(keys) > 1 else 0,
        "The last entry of the list is never counted. Does a loop end too early?",
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
        lambda keys: sum(keys.count(key) > 1 for key in set(keys)) / len(set(keys)),
        "This is the share of the different keys that come again. Count entries: if a key comes three times, two of "
        "its entries are revisits; and divide by the number of all entries.",
    ),
    Misconception(
        lambda keys: sum(keys.count(key) // 2 for key in set(keys)) / len(keys),
        "Of a key that comes three times you count one revisit. Once seen, a key stays known: all later visits count.",
    ),
    Misconception(
        lambda keys: sum(count * (count - 1) // 2 for count in Counter(keys).values()) / len(keys),
        "You count pairs of entries that are the same. Count each entry once, however often its key came before.",
    ),
    Misconception(
        lambda keys: (max(map(keys.count, keys)) - 1) / len(keys),
        "You count the revisits of the commonest key only. All keys count.",
    ),
    Misconception(
        lambda keys: max(map(keys.count, keys)) / len(keys),
        "This is the share of the commonest key. Count the entries of any key that occurred before.",
    ),
    Misconception(
        lambda keys: 100 * (len(keys) - len(set(keys))) / len(keys),
        "This is the share in per cent. Return a number from 0 to 1.",
    ),
    Misconception(
        lambda keys: (len(keys) - len(set(keys))) / (len(keys) - 1) if len(keys) > 1 else 0.0,
        "You divided by the number of entries after the first one. Divide by the number of all entries.",
    ),
    Misconception(
        lambda keys: (len(keys) - len(set(keys))) / 4,
        "You divide by 4, which is right for the example only. Divide by `len(keys)`.",
    ),
    Misconception(
        lambda keys: (len(keys) - len(set(keys))) / 10_000,
        "You divide by 10,000, which is right for one list only. Divide by `len(keys)`.",
    ),
)
