"""How often actions come up: what exercise 6.2 asks of random choices, compared with what chance allows."""

import contextlib
import functools
import weakref

import numpy as np

from marl_lessons.exercises.judging.diagnosis import name_unread
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.showing import FENCE

DRAWS, RUNS_AT_ONCE = 1_000, 200
# Some thirty shares are compared with what they should be. That a right answer misses one of them by more than 5
# standard errors happens less than once in 30,000 times. The draws are seeded: an answer always gets the same verdict.
STANDARD_ERRORS = 5
FIRST_MISTAKES = weakref.WeakKeyDictionary()  # what was said first of an answer that is being judged
UNEVEN = " Have the coin, the exploring action and the tie random numbers of their own?"


def choose(answer, row, epsilon, rng, runs=DRAWS):
    """Let runs with the same row of values choose: (A,) -> (R,), each call with a generator of its own.

    Not all at once: an answer that calls itself for each run would reach Python's limit.
    """
    calls = [min(RUNS_AT_ONCE, runs - before) for before in range(0, runs, RUNS_AT_ONCE)]
    return np.concatenate([answer(np.repeat([row], size, axis=0), epsilon, rng.spawn(1)[0]) for size in calls])


def choose_in_batches(answer, row, epsilon, rng):
    """Let ten batches of a hundred runs choose, all with the same row of values: (A,) -> (10, 100)."""
    return np.array([choose(answer, row, epsilon, rng, runs=DRAWS // 10) for _ in range(10)])


def expect_shares(answer, row, epsilon, actions, shares, sentence):
    """Expect each of the actions that an answer chose to come up as often as it should; sentence: what is asked."""
    got, shares = count_shares(row, actions), np.array(shares)
    allowed = STANDARD_ERRORS * np.sqrt(shares * (1 - shares) / actions.size)
    if np.any(np.abs(got - shares) > allowed):
        sentence += _name_missing(got, shares)
        if _is_uneven(got, shares, allowed) and 0 < epsilon < 1 and _explores_evenly(answer, row):
            sentence += UNEVEN
        raise_mistake(answer, sentence, show_shares(row, epsilon, actions, shares))


def remember(check):
    """Make `check(answer, rng)` remember the mistake that it finds, for those that follow."""

    @functools.wraps(check)
    def check_and_remember(answer, rng):
        try:
            check(answer, rng)
        except Mistake as mistake:
            FIRST_MISTAKES.setdefault(answer, str(mistake))
            raise

    return check_and_remember


@contextlib.contextmanager
def blame_the_first(answer, where=True):
    """Where the code inside finds a mistake and an earlier check has found one, say that: it is the same."""
    try:
        yield
    except Mistake as mistake:
        raise Mistake(FIRST_MISTAKES.get(answer, str(mistake)) if where else str(mistake)) from None


def count_shares(row, actions):
    """Return how often each action came up, (A,)."""
    return np.bincount(np.ravel(actions), minlength=len(row)) / np.size(actions)


def _name_missing(got, shares):
    missing = np.flatnonzero((got == 0) & (shares > 0))
    if not missing.size:
        return ""
    return f" Yours never takes action {missing[0]}. (`rng.integers(low, high)` draws from `low` to `high - 1`.)"


def _is_uneven(got, shares, allowed):
    """Tell whether actions that are equally likely come up unequally often."""
    alike = np.isclose(shares, np.median(shares))
    return not _name_missing(got, shares) and np.ptp(got[alike]) > 2 * allowed[alike].max()


def _explores_evenly(answer, row):
    """Tell whether all actions come up equally often with epsilon 1; if not, no coupled random numbers are needed."""
    got = count_shares(row, choose(answer, row, 1.0, np.random.default_rng(0)))
    even = 1 / len(row)
    return np.all(np.abs(got - even) <= STANDARD_ERRORS * np.sqrt(even * (1 - even) / DRAWS))


def raise_mistake(answer, sentence, block=""):
    """Raise a `Mistake` of a sentence, a note on a parameter that the answer never reads, and a block."""
    raise Mistake("\n".join(filter(None, [" ".join([sentence, name_unread(answer)]).strip(), block])))


def show_shares(row, epsilon, actions, shares):
    """Write what was counted as a block that can be pasted."""
    runs = np.size(actions)
    lines = [
        f"q_values = np.tile({list(row)}, ({runs}, 1))  # the same values in {runs:,} runs",
        f"actions = choose_actions(q_values, {epsilon}, np.random.default_rng(0))",
        f"np.bincount(actions, minlength={len(row)}) / {runs}  # the share of each action",
        f"# expected: about {_show(shares)}",
        f"# got:            {_show(count_shares(row, actions))}",
    ]
    return "\n".join([FENCE, *lines, FENCE])


def _show(shares):
    return "[" + ", ".join(f"{share:.3f}" for share in shares) + "]"
