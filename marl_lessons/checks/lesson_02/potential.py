"""Exercise 2.2: the potential of a team reward with individual bonuses."""

import numpy as np

from marl_lessons.exercises.comparison import is_same
from marl_lessons.exercises.kinds import expect_array
from marl_lessons.exercises.mistakes import Misconception, Mistake
from marl_lessons.exercises.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise


def potential(team_reward, bonus_0, bonus_1):
    """Build one table whose differences are every agent's own gains: (A, B), (A,), (B,) -> (A, B)."""
    return team_reward + bonus_0[:, None] + bonus_1


def draw_rewards(rng):
    """A case to check by hand, then random ones, wide and tall."""
    cases = [(np.array([[4.0, 0.0], [0.0, 1.0]]), np.array([0.0, 2.0]), np.array([0.0, 5.0]))]
    for _ in range(30):
        a, b = rng.integers(2, 5, size=2)
        cases.append(tuple(rng.integers(-36, 37, size=shape) / 4 for shape in ((a, b), a, b)))
    return cases


def returns_a_table(answer, rng):
    expect_array(answer(np.zeros((2, 3)), np.ones(2), np.ones(3)), (2, 3), "one number for each joint action")


def knows_the_gains_of_agent_0(answer, rng):
    _compare_gains(answer, rng, agent=0)


def knows_the_gains_of_agent_1(answer, rng):
    _compare_gains(answer, rng, agent=1)


def _compare_gains(answer, rng, agent):
    """Compare differences along the agent's own axis, so that any constant may be added to the potential."""
    cases = draw_rewards(rng)
    tables = [answer(*case) for case in cases]
    own_rewards = [team + (bonus_0[:, None] if agent == 0 else bonus_1) for team, bonus_0, bonus_1 in cases]
    gains, wanted = [[np.diff(table, axis=agent) for table in these] for these in (tables, own_rewards)]
    if all(map(is_same, gains, wanted)):
        return
    for misconception in POTENTIAL_MISCONCEPTIONS:
        if all(is_same(table, misconception.function(*case)) for table, case in zip(tables, cases, strict=True)):
            raise Mistake(misconception.message)
    case = next(index for index in range(len(cases)) if not is_same(gains[index], wanted[index]))
    team, bonus_0, bonus_1 = map(show_value, cases[case])
    raise Mistake(
        f"With `team_reward` = {team}, `bonus_0` = {bonus_0} and `bonus_1` = {bonus_1}, agent {agent} gains "
        f"{show_value(wanted[case])} from each action to the next; in your table that difference is "
        f"{show_value(gains[case])}."
    )


POTENTIAL_MISCONCEPTIONS = (
    Misconception(
        lambda team, bonus_0, bonus_1: bonus_0[:, None] + bonus_1,
        "These are the bonuses alone. When an agent changes its action, the team's reward changes too: add it.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: team,
        "This is the team's reward alone. When an agent changes its action, its bonus changes too: add it.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: team + bonus_0[:, None],
        "The bonus of agent 1 is missing. One table has to tell the gains of both agents.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: team + bonus_1,
        "The bonus of agent 0 is missing. One table has to tell the gains of both agents.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: 2 * team + bonus_0[:, None] + bonus_1,
        "You added up the agents' rewards, and so counted the team's reward twice. One agent's gain holds it once.",
    ),
    Misconception(
        lambda team, bonus_0, bonus_1: team + (bonus_0[:, None] + bonus_1) / 2,
        "You took the mean of the rewards, which halves the bonuses. An agent's gain holds its own bonus in full.",
    ),
)

EXERCISE = Exercise(
    id="2.2",
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
)
