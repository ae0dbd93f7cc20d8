"""Exercise 9.3: whether a potential is behind an added reward, by linear equations."""

import numpy as np

from marl_lessons.checks.lesson_09.potential_ideas import POTENTIAL_MISCONCEPTIONS, compare_ranks
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    equals,
    has_length,
    is_array,
    is_discount,
    is_int,
    is_longer_than,
)
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_bool
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.specification import Check, Exercise

STAYS = np.array([0, 0]), np.array([0, 0]), np.array([False, False])
LEAVES = np.array([0, 1, 0]), np.array([1, 0, 2]), np.array([False, False, True])
KINDS = ("without an end", "with an end", "with steps that stay")
GAMMAS = (0.9, 0.5, 1.0, 0.9, 0.0, 0.8)
NUMBERS_RETURNED = (
    "Expected `True` or `False`, got an array of numbers: are they Φ, or what Φ gives? Say whether Φ gives what is "
    "added: `np.allclose(A @ x, added)`, with your rows A and the x that `lstsq` finds."
)


def is_potential_based(states, next_states, terminated, added, num_states, gamma):
    """Tell whether a potential is behind an added reward: T transitions -> True or False."""
    rows = np.arange(len(states))
    equations = np.zeros((len(states), num_states))
    equations[rows, states] -= 1
    equations[rows, next_states] += gamma * ~terminated
    potential = np.linalg.lstsq(equations, added)[0]
    return np.allclose(equations @ potential, added)


@keep_cases
def draw_offers(rng, kind):
    """The docstring's cases and one more, then random ones, two of each: from a potential, and changed in one place.

    kind: one of the `KINDS`.
    """
    cases = [(*STAYS, np.array(added), 1, 0.9) for added in ([0.2, 0.0], [0.2, 0.2], [0.2, -0.2])]
    if kind == "with an end":  # whatever the seed: only with a potential of the end both would be True
        cases += [(*LEAVES, np.array([2.5, -2.0, last]), 3, 0.5) for last in (2.0, 1.0)]
    for index in range(18):
        num_states = (2, 3, 2, 4, 3)[index % 5]
        has_end = kind == "with an end" or (kind == "with steps that stay" and index % 3 == 0)
        states, next_states, ended = _draw_moves(rng, kind, has_end, num_states, count=1 + index % 7)
        potential, gamma = rng.integers(-5, 6, size=num_states), GAMMAS[index % 6]
        if index == 13:  # some take the number of a state for its potential
            potential = np.arange(num_states)
        whole = index % 12 < 6 and gamma in (0.0, 1.0)
        added = (gamma * potential[next_states] * ~ended - potential[states]).round(2)
        added = added.astype(int) if whole else added
        changed = added.copy()
        changed[rng.integers(len(added))] += 1 + rng.integers(3) if whole else (0.05, 1, 0.1, 2)[index % 4]
        changed = changed.round(2)
        spare = num_states + index % 3 // 2  # at times a state that no transition has to do with
        cases += [(states, next_states, ended, offer, spare, gamma) for offer in (added, changed)]
    return cases


def _draw_moves(rng, kind, has_end, num_states, count):
    """Draw transitions; where there is an end, it is the last state, and nothing leaves it."""
    states = rng.integers(num_states - has_end, size=count)
    next_states = rng.integers(num_states, size=count)
    if kind == "with steps that stay":
        next_states = np.where(rng.random(count) < 0.6, states, next_states)
    else:
        next_states = np.where(next_states == states, (states + 1) % num_states, next_states)
    if has_end and (next_states != num_states - 1).all():
        next_states[rng.integers(count)] = num_states - 1
    return states, next_states, (next_states == num_states - 1) & has_end


def returns_true_or_false(answer, rng):
    result = answer(*STAYS, np.array([0.2, 0.0]), 1, 0.9)
    if isinstance(result, np.ndarray) and result.dtype.kind == "f":
        raise Mistake(NUMBERS_RETURNED)
    expect_bool(result)


def decides_where_nothing_ends(answer, rng):
    _expect_verdicts(answer, "without an end", rng)


def gives_an_end_no_potential(answer, rng):
    _expect_verdicts(answer, "with an end", rng)


def puts_both_in_one_column_where_the_state_stays(answer, rng):
    _expect_verdicts(answer, "with steps that stay", rng)


def _expect_verdicts(answer, kind, rng):
    def draw_others():
        return [case for other in KINDS if other != kind for case in draw_offers(rng, other)]

    expect_agreement(answer, draw_offers(rng, kind), compare_ranks, POTENTIAL_MISCONCEPTIONS, evidence=draw_others)


def is_indices(value):
    """Tell whether a value is a row of whole numbers from 0 on."""
    return is_array(None)(value) and value.dtype.kind in "iu" and bool((value >= 0).all())


def is_bools(value):
    """Tell whether a value is a row of True and False."""
    return isinstance(value, np.ndarray) and value.dtype == bool and value.ndim == 1


def fits(states, next_states, ended, added, num_states, gamma):
    """Tell whether the arrays belong together, and nothing leaves an end."""
    same = states.shape == next_states.shape == ended.shape == added.shape
    return same and max(states.max(), next_states.max()) < num_states and not set(next_states[ended]) & set(states)


def count_in_proof(states, next_states, *others):
    """Count the states that transitions have to do with."""
    return len({*states.tolist(), *next_states.tolist()})


DOMAIN = Domain(
    parameters=(
        Parameter(
            "states", is_indices, {"has one entry": has_length(0, 1), "has more than two entries": is_longer_than(2)}
        ),
        Parameter("next_states", is_indices),
        Parameter("terminated", is_bools, {"holds True": lambda ended: bool(ended.any())}),
        Parameter(
            "added",
            is_array(None),
            {words: test for words, test in NUMBERS.items() if words != "has only negative numbers"},
        ),
        Parameter(
            "num_states",
            lambda value: is_int(value) and value >= 1,
            {"is 1": equals(1), "is above 3": lambda value: value > 3},
        ),
        Parameter("gamma", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
    ),
    fit=fits,
    corners={
        "a state leads to itself": lambda states, next_states, *others: bool((states == next_states).any()),
        "a state has no transition": lambda states, next_states, ended, added, num_states, gamma: (
            count_in_proof(states, next_states) < num_states
        ),
        "a potential is behind it": lambda *case: compare_ranks(*case),
    },
)

EXERCISE = Exercise(
    id="9.3",
    title="The potential test",
    reference=is_potential_based,
    checks=(
        Check("returns True or False", returns_true_or_false),
        Check("decides where nothing ends and nothing stays", decides_where_nothing_ends),
        Check("gives an end no potential", gives_an_end_no_potential),
        Check(
            "puts both numbers in one column where a state leads to itself",
            puts_both_in_one_column_where_the_state_stays,
        ),
    ),
    hints=(
        "Write down the row of one transition from state 0 to state 2, with three states and gamma 0.9.",
        "With `rows = np.arange(len(states))`, `equations[rows, states] -= 1` writes the -1 of every row. Write the "
        "gamma in the same way, with `+=`, times `~terminated`.",
        "`potential = np.linalg.lstsq(equations, added)[0]` comes as near as it gets. Compare `equations @ potential` "
        "with `added`, by `np.allclose`.",
    ),
    explanation="T equations for S unknown numbers. Least squares finds the numbers that come nearest; only if they "
    "give exactly what is added is there a potential. With a potential the best joint policies stay; without one "
    "somebody has to prove it for the game at hand.",
    domain=DOMAIN,
    by_keyword=("num_states", "gamma"),
)
