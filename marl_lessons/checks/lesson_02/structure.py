"""Exercise 2.1: cooperative, competitive or mixed."""

import numpy as np

from marl_lessons.exercises.expect import expect_agreement
from marl_lessons.exercises.mistakes import Misconception, Mistake
from marl_lessons.exercises.showing import describe
from marl_lessons.exercises.specification import Check, Exercise

NAMES = ("cooperative", "competitive", "mixed")


def name_structure(payoffs):
    """Name the reward structure of a game with payoffs (N, A_1, …, A_N)."""
    if np.allclose(payoffs, payoffs[0]):
        return "cooperative"
    if np.allclose(payoffs.sum(axis=0), 0):
        return "competitive"
    return "mixed"


def compare_cell_by_cell(payoffs):
    """The definition, one joint action after the other, up to the rounding of floating-point numbers."""
    cells = [payoffs[(slice(None), *joint_action)].tolist() for joint_action in np.ndindex(payoffs.shape[1:])]
    if all(max(cell) - min(cell) < 1e-9 for cell in cells):
        return "cooperative"
    return "competitive" if all(abs(sum(cell)) < 1e-9 for cell in cells) else "mixed"


def draw_games(rng, draw_number):
    """Games of each structure, with two agents and more; the first can be checked by hand."""
    cases = [(np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]]),)]
    for num_agents in (2, 2, 3, 4):
        shape = tuple(rng.integers(2, 4, size=num_agents))
        common = np.stack([draw_number(shape)] * num_agents)
        others = draw_number((num_agents - 1, *shape))
        zero_sum = np.insert(others, 1, -others.sum(axis=0), axis=0)  # in this order the sum is rounded
        spoiled = [spoil(game, agent, rng) for game in (common, zero_sum) for agent in range(num_agents)]
        cases += [(game,) for game in (common, zero_sum, zero_sum + 1, draw_number(common.shape), *spoiled)]
    return cases


def spoil(game, agent, rng):
    """Change one payoff of an agent, or two so that the sum of the whole table stays."""
    spoiled = game.copy()
    first, second = rng.choice(game[agent].size, size=2, replace=False)
    spoiled[agent].flat[first] += 1
    spoiled[agent].flat[second] -= rng.integers(2)
    return spoiled


def draw_whole_numbers(rng):
    """Games with payoffs that computers do not round."""
    return draw_games(rng, lambda shape: rng.integers(1, 9, size=shape).astype(float))


def returns_one_of_the_names(answer, rng):
    for (payoffs,) in draw_whole_numbers(rng):
        name = answer(payoffs)
        if not isinstance(name, str) or name not in NAMES:
            remedy = " Did you forget `return`? Every path needs one." if name is None else ""
            raise Mistake(f'Expected "cooperative", "competitive" or "mixed", got {describe(name)}.{remedy}')


def reads_every_cell(answer, rng):
    expect_agreement(answer, draw_whole_numbers(rng), compare_cell_by_cell, STRUCTURE_MISCONCEPTIONS)


def allows_for_rounding(answer, rng):
    """A third of 0.1, 0.2 and so on: what is the same on paper differs by 1e-17 in floating-point numbers."""
    reads_every_cell(answer, rng)
    for (payoffs,) in draw_games(rng, lambda shape: rng.integers(1, 9, size=shape) * 0.1 / 3):
        rounded = payoffs.copy()
        rounded[0] = payoffs[0] + 1 - 1  # the same on paper
        if answer(rounded) != compare_cell_by_cell(rounded):
            raise Mistake(
                "On whole numbers you are right, on fractions you are not: computers round them, so that 0.1 + 0.2 is "
                "not exactly 0.3. Compare with `np.allclose` instead of `==`."
            )


def _name(is_cooperative, is_competitive):
    return "cooperative" if is_cooperative else "competitive" if is_competitive else "mixed"


FIRST_TWO_ONLY = "You compare agents 0 and 1 only. There may be more of them: their number is `len(payoffs)`."
STRUCTURE_MISCONCEPTIONS = (
    Misconception(
        lambda payoffs: _name(np.allclose(payoffs, payoffs[0]), np.isclose(payoffs.sum(), 0)),
        "You added up the whole table. In a competitive game the payoffs cancel in every single cell: "
        "add over the agents only.",
    ),
    Misconception(
        lambda payoffs: _name(np.allclose(payoffs, payoffs[0]), np.allclose(payoffs.sum(axis=1), 0)),
        "You added along the wrong axis. Axis 0 are the agents, axis 1 the actions of agent 0: in a competitive game "
        "the agents' payoffs cancel.",
    ),
    Misconception(
        lambda payoffs: _name(np.allclose(payoffs, payoffs[0]), np.ptp(payoffs.sum(axis=0)) < 1e-9),
        "You ask that the payoffs add up to the same number in every cell. In this lesson that number has to be 0.",
    ),
    Misconception(
        lambda payoffs: _name(np.allclose(payoffs[0], payoffs[1]), np.allclose(payoffs[0] + payoffs[1], 0)),
        FIRST_TWO_ONLY,
    ),
    Misconception(
        lambda payoffs: _name(np.allclose(payoffs[0], payoffs[1]), np.allclose(payoffs.sum(axis=0), 0)), FIRST_TWO_ONLY
    ),
    Misconception(
        lambda payoffs: _name(np.allclose(payoffs, payoffs[0]), np.allclose(payoffs[0] + payoffs[1], 0)),
        FIRST_TWO_ONLY,
    ),
    Misconception(
        lambda payoffs: _name(np.allclose(payoffs, payoffs.flat[0]), np.allclose(payoffs.sum(axis=0), 0)),
        "You ask that all payoffs of the table are equal. In a cooperative game they may differ from cell to cell: "
        "only the agents get the same.",
    ),
    Misconception(
        lambda payoffs: _name(np.ptp(first_cell(payoffs)) < 1e-9, np.isclose(first_cell(payoffs).sum(), 0)),
        "You looked at the first cell only. One cell that differs is enough to change the structure: look at all.",
    ),
)


def first_cell(payoffs):
    """Return what the agents get if each plays action 0."""
    return payoffs.reshape(len(payoffs), -1)[:, 0]


EXERCISE = Exercise(
    id="2.1",
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
)
