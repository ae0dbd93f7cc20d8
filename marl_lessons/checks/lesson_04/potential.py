"""Exercise 4.2: the potential of a team reward with individual bonuses."""

import numpy as np

from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    has_fractions,
    has_length,
    has_negatives,
    has_zeros,
    is_array,
    is_longer_than,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Misconception, Mistake
from marl_lessons.exercises.judging.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise


def potential(team_reward, bonus_0, bonus_1):
    """Build one table whose differences are every agent's own gains: (A, B), (A,), (B,) -> (A, B)."""
    return team_reward + bonus_0[:, None] + bonus_1


def add_all_three(team_reward, bonus_0, bonus_1):
    """One of the potentials, cell by cell: in each agent's gain the other one's bonus cancels."""
    rows, columns = team_reward.shape
    return np.array([[team_reward[a, b] + bonus_0[a] + bonus_1[b] for b in range(columns)] for a in range(rows)])


def add_constant(table, result):
    """Return a potential shifted by the constant by which most entries of a result differ from it, if there is one."""
    gaps = np.subtract(result, table, dtype=float).ravel()
    middle = np.sort(gaps)[len(gaps) // 2]
    return table + middle if sum(is_same(gap, middle) for gap in gaps) > len(gaps) / 2 else table


@keep_cases
def draw_rewards(rng):
    """The lesson's game, then random ones, wide and tall, of one action too, and numbers of every kind."""
    lesson = np.array([[4, 0], [0, 1]]), np.array([0, 2]), np.array([0, 5])
    cases = [lesson, tuple(part.astype(float) for part in lesson)]
    for index, (a, b) in enumerate(
        [(2, 2), (1, 2), (2, 1), (3, 3), *draw_shapes(rng, (1, 2), (4, 5), times=40), (12, 15)]
    ):
        styles = (SMALL_NUMBERS[(index + index // 4 * shift) % 4] for shift in range(3))
        cases.append(
            tuple(draw_numbers(rng, shape, style) for shape, style in zip(((a, b), a, b), styles, strict=True))
        )
    return cases


SMALL_NUMBERS = tuple(style for style in NUMBER_STYLES if style != "large")  # float32 tells their gains well enough
WRONG_SHAPES = {
    (2, 2, 3): "These are two tables, one for each agent. One table tells the gains of both.",
    (3, 2): "Rows and columns are swapped. Rows belong to agent 0, columns to agent 1.",
    (2,): "This is one number for each row. Keep a number for each row and column.",
    (1, 3): "This is a row less: the table itself is asked for, not its differences.",
    (3,): "This is one number for each column. Keep a number for each row and column.",
}


def returns_a_table(answer, rng):
    case = np.zeros((2, 3)), np.array([1.0, 2.0]), np.array([0.5, 1.5, 2.5])
    result = answer(*case)
    shape = getattr(result, "shape", None)
    if shape in WRONG_SHAPES:
        raise Mistake(f"Expected shape (2, 3), one number for each joint action, got {shape}. {WRONG_SHAPES[shape]}")
    expect_array(result, (2, 3), "one number for each joint action")


def knows_the_gains_of_agent_0(answer, rng):
    _expect_gains(answer, draw_rewards(rng), agent=0)


def knows_the_gains_of_agent_1(answer, rng):
    _expect_gains(answer, draw_rewards(rng), agent=1)


def _expect_gains(answer, cases, agent):
    """Look at the gains of one agent; where they are wrong, say what is wrong with the table.

    What is shown is a case in which this agent can change its action; the others are evidence.
    """
    if not all(_has_right_gains(answer(*case), case.ask(add_all_three), agent) for case in cases):
        expect_agreement(
            answer,
            [case for case in cases if case[0].shape[agent] > 1],
            add_all_three,
            POTENTIAL_MISCONCEPTIONS,
            adapt=add_constant,
            explain=lambda trial: _explain_gain(trial, agent) or _explain_gain(trial, 1 - agent),
            evidence=lambda: [case for case in cases if case[0].shape[agent] == 1],
        )


def _has_right_gains(result, table, agent):
    """Compare differences along the agent's own axis, so that any constant may be added to the potential."""
    return np.shape(result) == table.shape and is_same(np.diff(result, axis=agent), np.diff(table, axis=agent))


def _explain_gain(trial, agent):
    """Say what an agent gains by one change of its action, and by how much the table changes there instead."""
    if trial.misfit:
        return ""
    team_reward, *bonuses = trial.case
    rewards = team_reward + (bonuses[0][:, None] if agent == 0 else bonuses[1])
    gains, steps = np.diff(rewards, axis=agent), np.diff(trial.result, axis=agent)
    for a, b in np.ndindex(gains.shape):
        if not is_same(steps[a, b], gains[a, b]):
            after = (a + 1, b) if agent == 0 else (a, b + 1)
            return (
                f"From ({a}, {b}) to ({after[0]}, {after[1]}) agent {agent}'s own reward, team reward + bonus, changes "
                f"by {show_value(gains[a, b])} (from {show_value(rewards[a, b])} to {show_value(rewards[after])}); "
                f"your table changes by {show_value(steps[a, b])}."
            )
    return ""


POTENTIAL_MISCONCEPTIONS = (
    Misconception(
        lambda team, bonus_0, bonus_1: -(team + bonus_0[:, None] + bonus_1),
        "Your table falls where an agent gains. It has to rise: turn the sign.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: bonus_0[:, None] + bonus_1,
        "Your table changes as the bonuses alone do. When an agent changes its action, the team's reward changes too: "
        "add it, cell by cell.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: team,
        "Your table changes as the team's reward alone does. When an agent changes its action, its bonus changes too: "
        "add it, for each row or column its own.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: team + bonus_0[:, None],
        "The bonus of agent 1 makes no difference from column to column in your table. One table "
        "has to tell the gains of both agents.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: team + bonus_1,
        "The bonus of agent 0 makes no difference from row to row in your table. One table "
        "has to tell the gains of both agents.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: 2 * team + bonus_0[:, None] + bonus_1,
        "Your table holds the team's reward twice, as if you had added up the agents' rewards. One agent's gain holds "
        "it once.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: team + (bonus_0[:, None] + bonus_1) / 2,
        "Your table holds half of the bonuses, as if you had taken the mean of the agents' rewards. An agent's gain "
        "holds its own bonus in full.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: team - bonus_0[:, None] - bonus_1,
        "You take the bonuses away. An agent gains by a bonus: add them.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: team + bonus_0[:, None] - bonus_1,
        "You take the bonus of agent 1 away. It gains by its own bonus: add it.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: team - bonus_0[:, None] + bonus_1,
        "You take the bonus of agent 0 away. It gains by its own bonus: add it.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: team + bonus_0[:, None] * bonus_1,
        "You multiply the two bonuses with each other. Each agent gains by its own: add both.",
    ),
)

DOMAIN = Domain(
    parameters=(
        Parameter(
            "team_reward",
            is_array(None, None),
            NUMBERS
            | {
                "has one row": has_length(0, 1),
                "has one column": has_length(1, 1),
                "has more than two rows": is_longer_than(2),
                "has more than two columns": is_longer_than(2, axis=1),
                "has more than ten rows": is_longer_than(10),
            },
        ),
        *(
            Parameter(
                name,
                is_array(None),
                {
                    "is an array of whole numbers": is_whole,
                    "holds fractions": has_fractions,
                    "holds negative numbers": has_negatives,
                    "holds a 0": has_zeros,
                    "begins with a 0": lambda bonus: bonus[0] == 0,
                },
            )
            for name in ("bonus_0", "bonus_1")
        ),
    ),
    fit=lambda team_reward, bonus_0, bonus_1: team_reward.shape == (len(bonus_0), len(bonus_1)),
    corners={
        "the table is square": lambda team, bonus_0, bonus_1: len(bonus_0) == len(bonus_1),
        "the table is no square": lambda team, bonus_0, bonus_1: len(bonus_0) != len(bonus_1),
        "a bonus is negative": lambda team, *bonuses: any(map(has_negatives, bonuses)),
        "only the bonuses hold fractions": lambda team, *bonuses: (
            is_whole(team) and all(has_fractions(bonus) for bonus in bonuses)
        ),
        "there are whole numbers only": lambda *arrays: all(map(is_whole, arrays)),
    },
)

EXERCISE = Exercise(
    id="4.2",
    title="One table for everybody's gains",
    reference=potential,
    checks=(
        Check("returns one number for each joint action", returns_a_table),
        Check("agent 0's gain is the difference of two rows", knows_the_gains_of_agent_0),
        Check("agent 1's gain is the difference of two columns", knows_the_gains_of_agent_1),
    ),
    hints=(
        "If agent 0 changes its row, what changes in its reward? The team's part, its own bonus, the other's bonus?",
        "A term that does not depend on the row cancels in agent 0's gain, so the bonus of agent 1 does no harm there.",
        "Add all three. `bonus_0[:, None]` has shape (A, 1): one number per row. `bonus_1` fits the columns as it is.",
    ),
    explanation="In agent 0's gain the bonus of agent 1 cancels, because it does not depend on the row, and the other "
    "way round. So one table, Φ, tells everybody's gains: the game is an exact potential game. At the largest "
    "entry of Φ nobody can gain: that joint action is an equilibrium.",
    domain=DOMAIN,
    earlier=("2.2@1",),
)
