"""Exercise 9.1: the article's bonus for choosing different actions."""

import numpy as np

from marl_lessons.checks.lesson_09.diversity_ideas import DIVERSITY_MISCONCEPTIONS, pay_team_by_team
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import Domain, Parameter, has_length, has_zeros, is_array, is_longer_than
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

SHAPES = ((1, 2), (2, 2), (1, 1), (3, 3), (2, 4), (1, 3), (4, 2), (3, 1), (2, 5), (5, 3))


def diversity_bonus(actions):
    """Return the bonus that the article pays each team: (R, N) -> (R,)."""
    bonuses = []
    for row in actions:
        num_agents, unique = len(row), len(set(row))
        bonuses.append(0.2 * unique / num_agents - 0.1 * (num_agents - unique))
    return np.array(bonuses)


@keep_cases
def draw_teams(rng, shapes):
    """The docstring's case, then teams of these shapes: of any actions, all alike, all different, alike but apart."""
    cases = [(np.array([[0, 1], [2, 2]]),)]
    for index, (runs, agents) in enumerate(shapes * 5):
        teams = rng.integers(rng.integers(1, 7), size=(runs, agents)) + rng.integers(3)
        if index % 5 == 1:
            teams[:] = teams[:, :1]
        if index % 5 == 2:
            teams = rng.permuted(np.tile(np.arange(agents), (runs, 1)), axis=1) + rng.integers(4)
        if index % 5 == 3:
            teams[:, -1] = teams[:, 0]
        cases.append((teams,))
    return cases


def returns_one_number_for_each_team(answer, rng):
    teams = rng.integers(4, size=(3, 2))
    expect_array(answer(teams), (3,), "one for each of 3 teams of 2 agents")


def pays_two_who_differ(answer, rng):
    _expect_bonuses(answer, draw_teams(rng, ((1, 2), (2, 2), (4, 2))), rng)


def pays_teams_of_any_size(answer, rng):
    _expect_bonuses(answer, draw_teams(rng, SHAPES), rng)


def _expect_bonuses(answer, cases, rng):
    expect_agreement(
        answer, cases, pay_team_by_team, DIVERSITY_MISCONCEPTIONS, evidence=lambda: draw_teams(rng, SHAPES)
    )


def is_actions(value):
    """Tell whether a value is a table of whole numbers from 0 on."""
    return is_array(None, None)(value) and value.dtype.kind in "iu" and bool((value >= 0).all())


def count_different(teams):
    """Count the different actions of each team."""
    return np.array([len(set(row)) for row in teams.tolist()])


DOMAIN = Domain(
    parameters=(
        Parameter(
            "actions",
            is_actions,
            {
                "holds a 0": has_zeros,
                "has one row": has_length(0, 1),
                "has one column": has_length(1, 1),
                "has more than two columns": is_longer_than(2, axis=1),
                "has rows of different actions only": lambda teams: bool(
                    (count_different(teams) == teams.shape[1]).all()
                ),
                "has rows of one action only": lambda teams: bool((count_different(teams) == 1).all()),
                "holds the same action twice, with another between them": lambda teams: any(
                    1 + np.count_nonzero(np.diff(row)) > len(set(row.tolist())) for row in teams
                ),
            },
        ),
    ),
)

EXERCISE = Exercise(
    id="9.1",
    title="The bonus of many teams",
    reference=diversity_bonus,
    checks=(
        Check("returns one number for each team", returns_one_number_for_each_team),
        Check("pays two agents who differ, and not two who do the same", pays_two_who_differ),
        Check("pays teams of any size by the formula", pays_teams_of_any_size),
    ),
    hints=(
        "What are N and u in the row [3, 3, 5]? And what is its bonus?",
        "Go through the rows: `for row in actions:`. In each of them N is `len(row)` and u is `len(set(row))`.",
        "Collect `0.2 * unique / num_agents - 0.1 * (num_agents - unique)` in a list, and return `np.array(…)` of it.",
    ),
    explanation="Each team has its own N and u, so the formula is asked row by row. It never looks at the state of the "
    "game: whatever the agents are to do, they are paid for differing.",
    domain=DOMAIN,
)
