"""When a potential is behind an added reward, and the ideas that lead to another verdict: for exercise 9.3."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def compare_ranks(states, next_states, terminated, added, num_states, gamma):
    """The definition, by another theorem: equations can be solved if their right side adds nothing to their rank."""
    equations = np.zeros((len(states), num_states))
    for row, (state, following, ended) in enumerate(zip(states, next_states, terminated, strict=True)):
        equations[row, state] -= 1
        if not ended:
            equations[row, following] += gamma
    return _is_solvable(equations, added)


def _is_solvable(equations, added):
    with_right_side = np.column_stack([equations, added])
    return bool(np.linalg.matrix_rank(with_right_side) == np.linalg.matrix_rank(equations))


def write(rule):
    """Return the function that writes each row as rule(before, after, ended, gamma) of two rows of an identity."""

    def decide(states, next_states, terminated, added, num_states, gamma):
        unit = np.eye(num_states)
        equations = rule(unit[states], unit[next_states], terminated[:, None], gamma)
        return _is_solvable(np.array(equations, dtype=float), added)

    return decide


def overwrite(states, next_states, terminated, added, num_states, gamma):
    """The idea that one entry takes what was written last."""
    rows, equations = np.arange(len(states)), np.zeros((len(states), num_states))
    equations[rows, states] = -1
    equations[rows, next_states] = gamma * ~terminated
    return _is_solvable(equations, added)


def overwrite_back(states, next_states, terminated, added, num_states, gamma):
    """The same in the other order."""
    rows, equations = np.arange(len(states)), np.zeros((len(states), num_states))
    equations[rows, next_states] = gamma * ~terminated
    equations[rows, states] = -1
    return _is_solvable(equations, added)


def leave_out_ends(states, next_states, terminated, added, num_states, gamma):
    """The idea that transitions into an end say nothing."""
    kept = ~terminated
    rest = (array[kept] for array in (states, next_states, terminated, added))
    return compare_ranks(*rest, num_states, gamma) if kept.any() else True


def fill_all_rows(states, next_states, terminated, added, num_states, gamma):
    """The idea that a colon pairs the rows with their states."""
    equations = np.zeros((len(states), num_states))
    equations[:, states] -= 1
    equations[:, next_states] += gamma * ~terminated
    return _is_solvable(equations, added)


def overwrite_all_rows(states, next_states, terminated, added, num_states, gamma):
    """The same, with the last number alone where two fall together."""
    equations = np.zeros((len(states), num_states))
    equations[:, states] = -1
    equations[:, next_states] = gamma * ~terminated
    return _is_solvable(equations, added)


def cut_gamma_off(states, next_states, terminated, added, num_states, gamma):
    """The idea that a table of whole numbers will do."""
    rows, equations = np.arange(len(states)), np.zeros((len(states), num_states), dtype=int)
    equations[rows, states] -= 1
    equations[rows, next_states] = equations[rows, next_states] + gamma * ~terminated
    return _is_solvable(equations, added)


def compare(rule):
    """Return the function that decides by rule(equations, x, added, left), with the squares that are left."""

    def decide(states, next_states, terminated, added, num_states, gamma):
        rows, equations = np.arange(len(states)), np.zeros((len(states), num_states))
        equations[rows, states] -= 1
        equations[rows, next_states] += gamma * ~terminated
        found, left, *_ = np.linalg.lstsq(equations, added)
        return bool(rule(equations, found, added, left))

    return decide


def number_states(count):
    """Return the function that takes a state's number for its potential; count: how the next one counts at an end."""

    def decide(states, next_states, terminated, added, num_states, gamma):
        return bool(np.allclose(gamma * next_states * count(terminated) - states, added))

    return decide


NUMBERED = "You take the number of a state for its Φ. Φ is unknown: write the equations, and let `lstsq` find it."

ONE_COLUMN = (
    "Where a state leads to itself, one of the two numbers overwrites the other in your rows. Both belong there: use "
    "`-=` and `+=`."
)

EVERY_ROW = (
    "Your table has the same entries in every row: `[:, states]` writes into all rows. `np.arange(T)` in place of `:` "
    "pairs each row with its own state."
)

POTENTIAL_MISCONCEPTIONS = (
    Misconception(
        write(lambda before, after, ended, gamma: gamma * after - before),
        "You let an end have a potential. Where `terminated` is True, the row holds the -1 alone.",
    ),
    Misconception(
        write(lambda before, after, ended, gamma: ~ended * after - before),
        "You forget gamma: Φ of the next state counts by the discount.",
    ),
    Misconception(
        write(lambda before, after, ended, gamma: ~ended * after - gamma * before),
        "Gamma stands at the wrong state. Φ of the *next* one comes later.",
    ),
    Misconception(
        write(lambda before, after, ended, gamma: ~ended * (gamma * after - before)),
        "Your rows for transitions to an end are all 0. Φ of the state before is taken back there too: -1.",
    ),
    Misconception(
        write(lambda before, after, ended, gamma: gamma * ended * after - before),
        "You have `terminated` the wrong way round: Φ of the next state counts where the game goes *on*.",
    ),
    Misconception(
        write(lambda before, after, ended, gamma: gamma * ~ended * after + before),
        "Both numbers of your rows are positive. Φ of the state before is taken away: -1.",
    ),
    Misconception(overwrite, ONE_COLUMN),
    Misconception(overwrite_back, ONE_COLUMN),
    Misconception(
        leave_out_ends,
        "You leave out the transitions to an end. They say that -Φ of the state before is what is added.",
    ),
    Misconception(number_states(lambda ended: ~ended), NUMBERED),
    Misconception(number_states(lambda ended: 1), NUMBERED),
    Misconception(
        lambda states, next_states, terminated, added, num_states, gamma: bool(np.allclose(added, 0)),
        "You accept only where nothing is added at all. Are there numbers Φ that explain what is added?",
    ),
    Misconception(
        lambda states, next_states, terminated, added, num_states, gamma: bool(abs(added.sum()) < 1e-9),
        "You ask whether all that is added sums to 0. Each transition is an equation of its own.",
    ),
    Misconception(fill_all_rows, EVERY_ROW),
    Misconception(overwrite_all_rows, EVERY_ROW),
    Misconception(
        cut_gamma_off,
        "Your table holds whole numbers, and cuts gamma off. `np.zeros((T, S))` makes one that does not.",
    ),
    Misconception(
        compare(lambda equations, found, added, left: np.isclose(equations @ found, added).any()),
        "You accept what fits *one* of the transitions. All of them have to fit: `np.allclose`, or `.all()`.",
    ),
    Misconception(
        compare(lambda equations, found, added, left: (equations @ found == added).all()),
        "You compare digit by digit, with `==`. Rounding changes the last digits: `np.allclose(a, b)` allows for it.",
    ),
    Misconception(
        compare(lambda equations, found, added, left: np.allclose(found, added)),
        "You compare Φ itself with what is added, as in `np.allclose(x, added)`. Compare what Φ *gives*: `A @ x`.",
    ),
    Misconception(
        compare(lambda equations, found, added, left: np.allclose(left, 0)),
        "You look at the squares that `lstsq` returns second. They are an *empty* array unless the equations settle "
        "every Φ and there are more of them than states. Compare `A @ x` with `added`.",
    ),
)
