"""Exercise 7.1: how often a learner comes back to what it knows."""

import itertools

from marl_lessons.checks.lesson_07.revisit_ideas import REVISIT_MISCONCEPTIONS, look_back_each_time
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import Domain, Parameter
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_number
from marl_lessons.exercises.specification import Check, Exercise


def revisit_share(keys):
    """Return the share of entries that occurred before in the list."""
    seen, revisits = set(), 0
    for key in keys:
        revisits += key in seen
        seen.add(key)
    return revisits / len(keys)


def write_keys(*words):
    """Return a list of strings that are new objects, so that equal ones are not the same one."""
    return ["".join(list(word)) for word in words]


@keep_cases
def draw_keys(rng):
    """Lists to check by hand, then random ones of words, of states as the article's learner has, and long ones."""
    by_hand = ["a", "b", "a", "a"], ["a"], ["a", "b", "c"], ["bb", "bb"], ["b", "a", "a", "b"], ["", "", "x"]
    cases = [(write_keys(*keys),) for keys in by_hand]
    for index in range(60):
        names = rng.integers(rng.integers(1, 12), size=rng.integers(1, 15))
        cases.append(([(f"state {name}", f"[{name / 10}, -0.5]", f"{name}")[index % 3] for name in names],))
    long = [f"[{n / 10}]" for n in range(150)]
    again_and_again = [long[n] for n in rng.integers(30, size=3100)]  # too long for a function that calls itself
    return [*cases, (long + long[:2],), (again_and_again,)]


LOOK_ALIKES = (
    ("a", "A"),
    ("a", " a", "a "),
    ("ab", "a", "b"),
    ("a", "ab", "abc"),
    ("1", "1.0", "01"),
    ("[-0.0, 1.0]", "[0.0, 1.0]"),
    ("[0.1, 2.3]", "[2.3, 0.1]", "[1.0, 2.3]"),
    ("[0.1, 2.3, 4.0, 5.1]", "[0.1, 2.3, 4.0, 5.2]"),
    ("x", ""),
)


@keep_cases
def draw_different_keys(rng):
    """Lists in which no key comes up twice, though some look alike."""
    cases = [(write_keys(*rng.permutation(keys).tolist()),) for keys in LOOK_ALIKES * 2]
    cases += [(write_keys(*keys),) for keys in LOOK_ALIKES]
    return cases + [([f"state {n}" for n in range(size)],) for size in (1, 2, 30, 400)]


def returns_a_number(answer, rng):
    for keys in (["a", "b", "a", "a"], ["a", "b"]):
        expect_number(answer(keys))


def counts_what_was_seen_before(answer, rng):
    expect_agreement(answer, draw_keys(rng), look_back_each_time, REVISIT_MISCONCEPTIONS)


def is_zero_if_nothing_repeats(answer, rng):
    cases = draw_different_keys(rng)
    expect_agreement(answer, cases, look_back_each_time, REVISIT_MISCONCEPTIONS, evidence=lambda: draw_keys(rng))


def look_alike(change):
    """Return a test whether a list holds different keys that are the same after a change."""
    return lambda keys: len({change(key) for key in keys}) < len(set(keys))


def read_number(key):
    """Return a key that stands for a number in one form, "1.0" for "1"; other keys as they are."""
    return str(float(key)) if key.replace(".", "").isdigit() else key


def has_parts(keys):
    """Tell whether a key is a part of another one."""
    different = sorted(set(keys), key=len)[:20]
    return any(first in second for first, second in itertools.combinations(different, 2))


def has_late_return(keys):
    """Tell whether a key comes back after more than a hundred others."""
    places = {key: place for place, key in reversed(list(enumerate(keys)))}
    return any(place - places[key] > 100 and keys.count(key) == 2 for place, key in enumerate(keys[:200]))


DOMAIN = Domain(
    parameters=(
        Parameter(
            "keys",
            lambda keys: isinstance(keys, list) and len(keys) > 0 and all(isinstance(key, str) for key in keys),
            {
                "has one entry": lambda keys: len(keys) == 1,
                "has two entries": lambda keys: len(keys) == 2,
                "has more than a hundred entries": lambda keys: len(keys) > 100,
                "has more than a thousand entries": lambda keys: len(keys) > 1000,
                "holds nothing twice": lambda keys: len(set(keys)) == len(keys),
                "holds one key again and again": lambda keys: len(keys) > 2 and len(set(keys)) == 1,
                "holds an empty string": lambda keys: "" in keys,
                "holds different keys that differ in blanks only": look_alike(str.strip),
                "holds different keys that differ in upper and lower case only": look_alike(str.lower),
                "holds different keys that differ in the order of their characters": look_alike(
                    lambda key: "".join(sorted(key))
                ),
                "holds different keys that stand for the same number": look_alike(read_number),
                "holds different keys that begin alike": look_alike(lambda key: key[:8]),
                "holds a key that is a part of another": has_parts,
                "holds different keys that differ in a minus sign only": look_alike(lambda key: key.replace("-", "")),
                "holds a minus sign": lambda keys: "-" in "".join(keys),
                "holds a key that comes back after more than a hundred others": has_late_return,
            },
        ),
    ),
)

EXERCISE = Exercise(
    id="7.1",
    title="Does it ever come back?",
    reference=revisit_share,
    checks=(
        Check("returns a number", returns_a_number),
        Check("counts the entries that were seen before", counts_what_was_seen_before),
        Check("is 0 if nothing repeats, however alike the keys look", is_zero_if_nothing_repeats),
    ),
    hints=(
        "Go through the list and remember what you have seen. What do you have to count?",
        "A `set` remembers, and `key in seen` asks it. Or think: how many entries are *first* visits?",
        "There are `len(set(keys))` first visits. All other entries are revisits.",
    ),
    explanation="Each different key is new once, so the revisits are the entries minus the different keys. A table can "
    "only use what it learned where it comes back.",
    domain=DOMAIN,
    earlier=("3.4@1",),
)
