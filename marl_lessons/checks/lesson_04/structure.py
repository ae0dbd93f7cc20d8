"""Exercise 4.1: cooperative, competitive or mixed."""

import numpy as np

from marl_lessons.checks.lesson_04.structure_ideas import STRUCTURE_MISCONCEPTIONS
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import NUMBERS, Domain, Parameter, is_longer_than
from marl_lessons.exercises.judging.drawing import draw_numbers
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_word
from marl_lessons.exercises.judging.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise

NAMES = ("cooperative", "competitive", "mixed")
SHAPES = ((2, 2), (1, 2), (2, 3), (3, 2), (4, 4), (2, 2, 2), (3, 1, 2), (2, 2, 2, 2))  # the actions of each agent
GAMES_PER_SHAPE = 8
STYLES = ("whole", "quarters", "hundreds", "below zero", "with zeros")  # numbers that computers do not round


def name_structure(payoffs):
    """Name the reward structure of a game with payoffs (N, A_1, …, A_N)."""
    if np.allclose(payoffs, payoffs[0]):
        return "cooperative"
    if np.allclose(payoffs.sum(axis=0), 0):
        return "competitive"
    return "mixed"


def compare_cell_by_cell(payoffs):
    """The definition, one joint action after the other, up to the rounding of floating-point numbers."""
    cells = payoffs.reshape(len(payoffs), -1).T.tolist()
    if all(max(cell) - min(cell) < 1e-9 for cell in cells):
        return "cooperative"
    return "competitive" if all(abs(sum(cell)) < 1e-9 for cell in cells) else "mixed"


def draw_games(rng, draw_payoffs):
    """Games (N, A_1, …, A_N) for each shape: the agents agree, or cancel, in all cells or in all but one or two.

    draw_payoffs: called with a shape and a number that chooses the style.
    """
    for index, shape in enumerate(SHAPES):
        agents = len(shape)
        common = np.stack([draw_payoffs(shape, index)] * agents)
        others = draw_payoffs((agents - 1, *shape), index)
        zero_sum = np.insert(others, index % agents, -others.sum(axis=0), axis=0)
        yield from (common, zero_sum)
        agent = rng.integers(agents)
        yield from (spoil(game, agent, rng, change) for game in (common, zero_sum) for change in ([1], [-2], [1, -1]))


def spoil(game, agent, rng, changes):
    """Add changes to as many of an agent's payoffs, each in another cell."""
    spoiled = game.astype(np.result_type(game, np.array(changes)))
    spoiled[agent].flat[rng.permutation(game[agent].size)[: len(changes)]] += changes
    return spoiled


def draw_traps(rng):
    """Games that show what a mistaken test looks at: most are mixed, though something in them agrees or cancels.

    Everybody gets the same everywhere; the tables are symmetric, or mirror each other; there is a 0; payoffs cancel
    along an axis of actions (also a third agent's), in all, or between the first two agents only; the first and the
    last agent agree, or the first two; what the agents get in all is the same; payoffs add up to a constant; nothing.
    """
    x, y, z = rng.permutation(np.arange(1, 10))[:3]
    games = [
        [[[x, x]], [[x, x]]],
        [[[-x], [-x]], [[-x], [-x]]],
        [[[x, y], [y, z]], [[x, y], [y, z]]],
        [[[x, y], [z, x]], [[x, z], [y, x]]],
        [[[0, x]], [[0, x]]],
        [[[x, y]], [[-y, -x]]],
        [[[x], [-x]], [[y], [-y]]],
        [[[x, -x]], [[y, -y]]],
        [[[x, y]], [[z - x, z - y]]],
        [[[x, y]], [[y, x]]],
        [[[x, y], [z, x]], [[y, x], [-x, -y]]],
    ]
    teams = [(x, x, x), (x, -x, y), (x, y, x), (x, x, y), (y, x, x), (x, y, -x - y), (x, -x, 0)]
    games += [[[[[payoff, 2 * payoff]]] for payoff in team] for team in teams]
    games += [[[[[payoff, -payoff]]] for payoff in (x, y, z)]]
    return [np.array(game) * factor for game in games for factor in (1, -0.5)]


@keep_cases
def draw_exact_games(rng):
    """Games whose payoffs computers do not round: the lesson's pennies, then all kinds, and one of 600 cells."""
    pennies = np.array([[1, -1], [-1, 1]])
    large = np.stack([draw_numbers(rng, (20, 30), "whole")] * 2)
    games = [
        np.stack([pennies, -pennies]),
        np.stack([pennies, -pennies]).astype(float),
        *draw_games(rng, lambda shape, index: draw_exact(rng, shape, STYLES[index % len(STYLES)])),
        *draw_traps(rng),
        spoil(large, 0, rng, [1]),
    ]
    return [(payoffs,) for payoffs in games if payoffs.any()]


def draw_exact(rng, shape, style):
    """Draw payoffs of a shape in one of the `STYLES`."""
    if style == "hundreds":
        return rng.integers(-500, 501, size=shape) * 1.0
    if style in ("quarters", "below zero"):
        quarters = rng.integers(1, 40, size=shape) / 4
        return -quarters if style == "below zero" else quarters * rng.choice([-1, 1], size=shape)
    return draw_numbers(rng, shape, style)


@keep_cases
def draw_rounded_games(rng):
    """The traps, then games of hundredths: the agents' payoffs are the same, or cancel, but for the rounding of
    computers (a few times the last digit), or they do not, by a few hundredths in one cell or in all."""
    cases = [(payoffs,) for payoffs in draw_traps(rng)]
    for index, drawn in enumerate(draw_games(rng, lambda shape, index: rng.integers(1, 400, size=shape) / 100)):
        game = drawn.round(2)
        if index % GAMES_PER_SHAPE < 2:
            change = int(rng.choice([-1, 1])) * rng.integers(1, 5) / 100
            rounded = game.copy()
            rounded[0] += 8 * np.spacing(np.abs(game).max())
            shifted = game.copy()
            shifted[rng.integers(len(game))] += change
            spoiled = spoil(game, rng.integers(len(game)), rng, [change])
            cases += [(rounded,), (shifted.round(2),), (spoiled.round(2),)]
    return cases


def returns_one_of_the_names(answer, rng):
    for case in draw_exact_games(rng)[:12]:
        expect_word(answer, case, NAMES)


def reads_every_cell(answer, rng):
    _expect_structures(answer, draw_exact_games(rng))


def allows_for_rounding(answer, rng):
    _expect_structures(answer, draw_rounded_games(rng), evidence=lambda: draw_exact_games(rng))


def _expect_structures(answer, cases, evidence=tuple):
    expect_agreement(
        answer,
        cases,
        compare_cell_by_cell,
        STRUCTURE_MISCONCEPTIONS,
        explain=_explain_structure,
        evidence=evidence,
    )


def _explain_structure(trial):
    (payoffs,) = trial.case
    if trial.expected == "cooperative":
        return "In every cell all agents get the same, up to the rounding of computers."
    if trial.expected == "competitive":
        return "In every cell the agents' payoffs add up to 0, up to the rounding of computers."
    unlike, odd = (
        tuple(np.argwhere(gaps > 1e-9)[0].tolist()) for gaps in (np.ptp(payoffs, axis=0), np.abs(payoffs.sum(axis=0)))
    )
    return (
        f"In cell {unlike} the agents get {_list_payoffs(payoffs, unlike, ' and ')}, which is not the same; in cell "
        f"{odd} it adds up to {_list_payoffs(payoffs, odd, ' + ')} = {show_value(payoffs[:, *odd].sum())}, not to 0."
    )


def _list_payoffs(payoffs, cell, between):
    return between.join(map(show_value, payoffs[:, *cell]))


def is_game(payoffs):
    """Tell whether an array holds the payoffs of a game of two agents or more, not all of them 0."""
    is_numeric = isinstance(payoffs, np.ndarray) and payoffs.dtype.kind in "if"
    return is_numeric and payoffs.ndim == len(payoffs) + 1 > 2 and payoffs.size > 0 and bool(payoffs.any())


def is_called(name):
    """Return a test whether a game has this structure."""
    return lambda payoffs: compare_cell_by_cell(payoffs) == name


def is_narrowly_mixed(payoffs):
    """Tell whether the payoffs of a mixed game differ by less than 0.1 in each cell, or add up to less than that."""
    gaps = np.ptp(payoffs, axis=0).max(), np.abs(payoffs.sum(axis=0)).max()
    return compare_cell_by_cell(payoffs) == "mixed" and min(gaps) < 0.1


DOMAIN = Domain(
    parameters=(
        Parameter(
            "payoffs",
            is_game,
            NUMBERS
            | {
                "holds numbers beyond 100 or -100": lambda payoffs: np.abs(payoffs).max() > 100,
                "has two agents": lambda payoffs: len(payoffs) == 2,
                "has more than two agents": is_longer_than(2),
                "has more than three agents": is_longer_than(3),
                "gives an agent one action": lambda payoffs: 1 in payoffs.shape,
                "gives an agent more than two actions": lambda payoffs: max(payoffs.shape[1:]) > 2,
                "gives all agents the same number of actions": lambda payoffs: len(set(payoffs.shape[1:])) == 1,
                "has hundreds of cells": lambda payoffs: payoffs[0].size > 100,
            },
        ),
    ),
    corners={
        "the game is cooperative": is_called("cooperative"),
        "the game is competitive": is_called("competitive"),
        "the game is mixed": is_called("mixed"),
        "the payoffs of a mixed game nearly agree, or nearly cancel (by a few hundredths, not by rounding)": (
            is_narrowly_mixed
        ),
    },
)

EXERCISE = Exercise(
    id="4.1",
    title="Cooperative, competitive or mixed",
    reference=name_structure,
    checks=(
        Check("returns one of the three names", returns_one_of_the_names),
        Check("reads every cell, for any number of agents", reads_every_cell),
        Check("allows for the rounding of fractions", allows_for_rounding),
    ),
    hints=(
        "`payoffs[0]` is what agent 0 gets in every cell. When does everybody get the same in every cell?",
        "`payoffs.sum(axis=0)` adds over the agents, whatever their number, and leaves one number for every cell.",
        "`np.allclose(payoffs, payoffs[0])` compares all agents with agent 0, in all cells at once.",
    ),
    explanation="`payoffs[0]` is compared with every agent's table at once. The sum over the agents must be 0 in "
    "every cell, not only in total. All other games are mixed, and most games are.",
    domain=DOMAIN,
    earlier=("2.1@1",),
)
