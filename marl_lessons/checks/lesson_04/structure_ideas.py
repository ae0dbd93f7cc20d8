"""The wrong ideas of exercise 4.1: what people take for "all agents get the same" and for "the payoffs add up to 0"."""

import itertools

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def agree(payoffs):
    """Tell whether all agents get the same in every cell."""
    return np.allclose(payoffs, payoffs[0])


def cancel(payoffs):
    """Tell whether the agents' payoffs add up to 0 in every cell."""
    return np.allclose(payoffs.sum(axis=0), 0)


def agree_somewhere(payoffs):
    """Tell whether there is a cell in which all agents get the same."""
    return np.isclose(payoffs, payoffs[0]).all(axis=0).any()


def cancel_somewhere(payoffs):
    """Tell whether there is a cell in which the agents' payoffs add up to 0."""
    return np.isclose(payoffs.sum(axis=0), 0).any()


def agree_exactly(payoffs):
    """Tell whether all agents get the same, to the last digit."""
    return bool((payoffs == payoffs[0]).all())


def cancel_exactly(payoffs):
    """Tell whether the agents' payoffs add up to 0, to the last digit."""
    return not payoffs.sum(axis=0).any()


def of_first_cell(test):
    """Let a test look at the first cell only."""
    return lambda payoffs: test(payoffs.reshape(len(payoffs), -1)[:, :1])


AGREE_IDEAS = (
    (
        lambda payoffs: False,
        "You call none of the games cooperative. Does a later `if` … `else` replace the name that an earlier one gave?",
    ),
    (
        lambda payoffs: np.allclose(payoffs, payoffs.flat[0]),
        "You ask that all payoffs of the table are equal. In a cooperative game they may differ from cell to cell: "
        "only the agents get the same.",
    ),
    (
        agree_somewhere,
        'One cell in which the agents agree is enough for your "cooperative". It takes all of them: `.all()`, not '
        "`.any()`.",
    ),
    (
        lambda payoffs: np.allclose(payoffs.reshape(len(payoffs), -1).sum(axis=1), payoffs[0].sum()),
        "You compare what the agents get in the whole table. In a cooperative game they get the same in every single "
        "cell.",
    ),
    (
        lambda payoffs: len({int(table.argmax()) for table in payoffs}) == 1,
        "You ask whether the agents like the same cell best. In a cooperative game they get the same in every cell.",
    ),
    (
        lambda payoffs: np.allclose(payoffs[:, :1], payoffs),
        "You compare with `payoffs[:, 0]`, what everybody gets if agent 0 plays action 0. Agent 0's own payoffs are "
        "`payoffs[0]`.",
    ),
    (
        lambda payoffs: agree(payoffs[[0, -1]]),
        "You compare the first agent with the last one. Those in between may get something else: compare all.",
    ),
    (
        lambda payoffs: (payoffs[0] - payoffs).max() < 1e-9,
        "You ask that no agent gets less than agent 0, not that all get the same. A difference may be negative: take "
        "`np.abs` first.",
    ),
    (
        lambda payoffs: (payoffs - payoffs[0]).max() < 1e-9,
        "You ask that no agent gets more than agent 0, not that all get the same. A difference may be negative: take "
        "`np.abs` first.",
    ),
    (
        agree_exactly,
        "Payoffs that are the same on paper count as different in your answer, because computers round fractions: "
        "0.1 + 0.2 is not exactly 0.3. `np.allclose(x, y)` allows for that; `==` does not.",
    ),
)
CANCEL_IDEAS = (
    (
        lambda payoffs: False,
        "You call none of the games competitive. In those that are, the agents' payoffs add up to 0 in every cell.",
    ),
    (
        lambda payoffs: np.isclose(payoffs.sum(), 0),
        "You added up the whole table. In a competitive game the payoffs cancel in every single cell: "
        "add over the agents only.",
    ),
    (
        lambda payoffs: np.allclose(payoffs.sum(axis=1), 0),
        "You added along the wrong axis. Axis 0 are the agents, axis 1 the actions of agent 0: in a competitive game "
        "the agents' payoffs cancel.",
    ),
    (
        lambda payoffs: np.allclose(payoffs.sum(axis=-1), 0),
        "You added along the last axis, the actions of the last agent. In a competitive game the agents' payoffs "
        "cancel, and the agents are axis 0.",
    ),
    (
        lambda payoffs: np.ptp(payoffs.sum(axis=0)) < 1e-9,
        "You ask that the payoffs add up to the same number in every cell. In this lesson that number has to be 0.",
    ),
    (
        cancel_somewhere,
        'One cell in which the payoffs cancel is enough for your "competitive". It takes all of them: `.all()`, not '
        "`.any()`.",
    ),
    (
        lambda payoffs: payoffs.sum(axis=0).max() < 1e-9,
        "You ask that no sum is above 0. A sum below 0 is not 0 either: take `np.abs` first.",
    ),
    (
        lambda payoffs: not np.sign(payoffs).sum(axis=0).any(),
        "You ask that in every cell one agent wins and another loses. In a competitive game their payoffs add up to "
        "exactly 0.",
    ),
    (
        lambda payoffs: all(np.allclose(one, -other) for one, other in itertools.combinations(payoffs, 2)),
        "You ask that the payoffs of any two agents cancel. With more than two, what one wins the others lose "
        "together: add over all agents.",
    ),
    (
        lambda payoffs: not agree(payoffs),
        "Every game that is not cooperative is competitive for you. In a competitive game the payoffs add up to 0 in "
        "every cell; all other games are mixed.",
    ),
    (
        cancel_exactly,
        "Payoffs that add up to 0 on paper do not in your answer, because computers round fractions: 0.1 + 0.2 - 0.3 "
        "is not exactly 0. `np.allclose(total, 0)` allows for that; `==` does not, nor does a tolerance that is "
        "relative only.",
    ),
)
FIRST_TWO_ONLY = "You compare agents 0 and 1 only. There may be more of them: their number is `len(payoffs)`."
FIRST_CELL_ONLY = (
    "You looked at the first cell only. One cell that differs is enough to change the structure: look at all."
)
ONE_CELL_IS_ENOUGH = (
    "One cell in which the agents agree, or cancel, is enough for you. It takes all of them: `.all()`, not `.any()`."
)
TOO_EXACT = (
    "On whole numbers you are right, but computers round fractions: 0.1 + 0.2 is not exactly 0.3, and your answer asks "
    "for exactly the same. `np.allclose(x, y)` allows for rounding; `==` does not."
)
BOTH_IDEAS = (
    (agree_somewhere, cancel_somewhere, ONE_CELL_IS_ENOUGH),
    (lambda payoffs: np.isclose(payoffs[1:], payoffs[0]).any(), cancel_somewhere, ONE_CELL_IS_ENOUGH),
    (agree_exactly, cancel_exactly, TOO_EXACT),
    (lambda payoffs: agree(payoffs[:2]), lambda payoffs: cancel(payoffs[:2]), FIRST_TWO_ONLY),
    (lambda payoffs: agree(payoffs[:2]), cancel, FIRST_TWO_ONLY),
    (agree, lambda payoffs: cancel(payoffs[:2]), FIRST_TWO_ONLY),
    (of_first_cell(agree), of_first_cell(cancel), FIRST_CELL_ONLY),
)


def name_by(is_cooperative, is_competitive):
    """Return the function that names a game by two tests, the cooperative one first."""

    def name(payoffs):
        if is_cooperative(payoffs):
            return "cooperative"
        return "competitive" if is_competitive(payoffs) else "mixed"

    return name


def name_backwards(is_cooperative, is_competitive):
    """Return the function that names a game by the same two tests, the competitive one first."""

    def name(payoffs):
        if is_competitive(payoffs):
            return "competitive"
        return "cooperative" if is_cooperative(payoffs) else "mixed"

    return name


def swap_names(payoffs):
    """Call cooperative games competitive, and the other way round."""
    swapped = {"cooperative": "competitive", "competitive": "cooperative", "mixed": "mixed"}
    return swapped[name_by(agree, cancel)(payoffs)]


PAIRS = (
    *((test, cancel, message) for test, message in AGREE_IDEAS),
    *((agree, test, message) for test, message in CANCEL_IDEAS),
    *BOTH_IDEAS,
)
STRUCTURE_MISCONCEPTIONS = (
    Misconception(
        swap_names,
        "You have the two names the wrong way round: where all agents get the same, the game is "
        "cooperative; where their payoffs add up to 0, competitive.",
    ),
    *(Misconception(write(*tests), message) for *tests, message in PAIRS for write in (name_by, name_backwards)),
)
