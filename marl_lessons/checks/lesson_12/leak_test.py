"""Exercise 12.4: who of a team knows more than it has seen itself."""

import numpy as np

from marl_lessons.checks.lesson_12.leak_ideas import LEAK_MISCONCEPTIONS, know_how_it_is_made
from marl_lessons.checks.lesson_12.leak_teams import A_LITTLE, AT_TIMES, HONEST, LEAKS, Lots, MadeTeam
from marl_lessons.environments import Dispatch
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import Domain, Parameter
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_bools
from marl_lessons.exercises.specification import Check, Exercise
from marl_lessons.markov_games import MarkovGame
from marl_lessons.replays import record, replay


def find_leaks(team, game, rng):
    """Say of each agent of a team whether it knows more than it has seen itself: booleans (N,)."""
    observations, states, started = record(team, game, rng)
    before = replay(team, observations, states, started)
    leaks = np.zeros(game.num_agents, dtype=bool)
    for agent in range(game.num_agents):
        changed = np.roll(observations, 1, axis=1)
        changed[:, :, agent] = observations[:, :, agent]
        after = replay(team, changed, np.roll(states, 1, axis=1), started)
        leaks[agent] = not np.allclose(after[:, :, agent], before[:, :, agent])
    return leaks


@keep_cases
def draw_teams(rng, kinds):
    """A team of two agents that leak in the first two of three ways, and one of all three beside an honest agent."""
    first = int(rng.integers(3))
    mixed = [*kinds, HONEST[first % 3]]
    games = (Dispatch("own", horizon=5), list(kinds[:2])), (Lots(4), mixed[first:] + mixed[:first])
    seeds = rng.integers(1_000, size=4).tolist()
    return [
        (MadeTeam(team, seeds[index]), game, np.random.default_rng(seeds[index + 2]))
        for index, (game, team) in enumerate(games)
    ]


def returns_true_or_false_for_each_agent(answer, rng):
    result = answer(MadeTeam([HONEST[0], LEAKS[0], HONEST[1]]), Lots(3), np.random.default_rng(0))
    expect_bools(result, (3,), "one for each of 3 agents")


def vary(leak):
    """List a leak in all its forms."""
    return leak, leak + A_LITTLE, leak + AT_TIMES


def suspects_nobody_who_is_honest(answer, rng):
    _expect_leaks(answer, HONEST, rng)


def finds_who_reads_the_state(answer, rng):
    _expect_leaks(answer, vary(LEAKS[0]), rng)


def finds_who_hears_what_others_see(answer, rng):
    _expect_leaks(answer, vary(LEAKS[1]), rng)


def finds_who_remembers_what_others_saw(answer, rng):
    _expect_leaks(answer, vary(LEAKS[2]), rng)


def _expect_leaks(answer, kinds, rng):
    def draw_others():
        two, _ = draw_teams(rng, (LEAKS[1], LEAKS[0], LEAKS[2]))
        _, mixed = draw_teams(rng, (LEAKS[1] + A_LITTLE, LEAKS[2], LEAKS[1] + AT_TIMES))
        _, honest = draw_teams(rng, HONEST)
        return [two, mixed, honest]

    expect_agreement(
        answer,
        draw_teams(rng, kinds),
        know_how_it_is_made,
        LEAK_MISCONCEPTIONS,
        explain=lambda trial: "In this team, " + describe_team(trial.case[0]),
        evidence=draw_others,
    )


def describe_team(team):
    """Say in a sentence what each agent knows."""
    return ", ".join(f"agent {agent} {kind}" for agent, kind in enumerate(team.kinds)) + "."


def has(*kinds):
    """Return a test whether an agent of a team is of one of these kinds."""
    return lambda team: any(kind in kinds for kind in team.kinds)


GAME = (
    "reset",
    "observe",
    "step",
    "global_view",
    "view_sizes",
    "name_state",
    "name_action",
    *MarkovGame.__annotations__,
)
DOMAIN = Domain(
    parameters=(
        Parameter(
            "team",
            lambda team: all(hasattr(team, name) for name in ("act", "policies")),
            {
                "is honest": lambda team: not team.who_leaks.any(),
                "leaks in every agent": lambda team: bool(team.who_leaks.all()),
                "has an agent that remembers what it saw": has(HONEST[1]),
                "has an agent that remembers what it did": has(HONEST[2]),
                "has an agent that reads the state": has(*vary(LEAKS[0])),
                "has an agent that hears another": has(*vary(LEAKS[1])),
                "has an agent that remembers what another saw": has(*vary(LEAKS[2])),
                "has a leak that moves little": has(*(kind + A_LITTLE for kind in LEAKS)),
                "has a leak that shows at times": has(*(kind + AT_TIMES for kind in LEAKS)),
            },
            offers=("act", "begin", "policies", "watch"),
        ),
        Parameter(
            "game",
            lambda game: game.num_agents >= 2 and game.num_observations is not None,
            {"has more than two agents": lambda game: game.num_agents > 2},
            offers=GAME,
        ),
        Parameter("rng", lambda rng: isinstance(rng, np.random.Generator)),
    ),
    fit=lambda team, game, rng: len(team.kinds) == game.num_agents,
)

EXERCISE = Exercise(
    id="12.4",
    title="The leak test",
    reference=find_leaks,
    checks=(
        Check("returns True or False for each agent", returns_true_or_false_for_each_agent),
        Check("suspects nobody who is honest, with or without a memory", suspects_nobody_who_is_honest),
        Check("finds who reads the state", finds_who_reads_the_state),
        Check("finds who hears what others see", finds_who_hears_what_others_see),
        Check("finds who remembers what others saw", finds_who_remembers_what_others_saw),
    ),
    hints=(
        "For one agent: what has to stay the same in both replays, and what should be as different as possible?",
        "`changed = np.roll(observations, 1, axis=1)` gives each run what another run saw. Then put back what this "
        "agent itself sees: `changed[:, :, agent] = observations[:, :, agent]`. The states need no putting back.",
        "`after = replay(team, changed, np.roll(states, 1, axis=1), started)`. The agent leaks if its own part, "
        "`after[:, :, agent]`, is not `np.allclose` to that of the unchanged replay. Do that for every agent.",
    ),
    explanation="An experiment, not a reading of code: change everything that an agent must not know, and nothing that "
    "it may know. If it then plays differently, at any step, in any run, it knew. Comparing probabilities, not "
    "actions, finds leaks that hardly ever change what is done.",
    domain=DOMAIN,
)
