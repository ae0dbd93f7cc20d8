"""Who leaks, by the way a team is made, and the tests that find other agents: for exercise 12.4."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.replays import record, replay


def know_how_it_is_made(team, game, rng):
    """The definition: nothing is tried, the maker of the team knows."""
    return team.who_leaks


def experiment(change=None, states=None, differs=None, starts=None):
    """Return a leak test with rules of its own.

    change(observations, agent): what everybody sees in the second replay; states(states): what the state is there;
    starts(started): where episodes start there; differs(before, after): whether probabilities (T, R, A) of the agent
    have moved.
    """

    def answer(team, game, rng):
        seen, state, started = record(team, game, np.random.default_rng(1))
        before, found = replay(team, seen, state, started), []
        for agent in range(game.num_agents):
            others = change(seen, agent) if change else put_back(seen, agent)
            after = replay(
                team, others, states(state) if states else roll(state), starts(started) if starts else started
            )
            is_moved = differs or (lambda one, other: not np.allclose(one, other))
            found.append(is_moved(before[:, :, agent], after[:, :, agent]))
        return np.array(found)

    return answer


def roll(values):
    """Give each run what another run has."""
    return np.roll(values, 1, axis=1)


def put_back(seen, agent):
    """Give each run what another run saw, but to the agent what it saw itself."""
    changed = roll(seen)
    changed[:, :, agent] = seen[:, :, agent]
    return changed


def change_next_alone(seen, agent):
    """The idea that one other agent is enough: the next one."""
    changed, other = seen.copy(), (agent + 1) % seen.shape[2]
    changed[:, :, other] = roll(seen)[:, :, other]
    return changed


def never_put_back(team, game, rng):
    """The idea of a loop that changes one more agent's part each time, and never puts one back."""
    seen, state, started = record(team, game, np.random.default_rng(1))
    before, changed, found = replay(team, seen, state, started), roll(seen), []
    for agent in range(game.num_agents):
        changed[:, :, agent] = seen[:, :, agent]
        after = replay(team, changed, roll(state), started)
        found.append(not np.allclose(before[:, :, agent], after[:, :, agent]))
    return np.array(found)


def put_back_and_keep(team, game, rng):
    """The idea of a loop that changes the record itself."""
    seen, state, started = record(team, game, np.random.default_rng(1))
    before, found, left = replay(team, seen, state, started), [], seen.copy()
    for agent in range(game.num_agents):
        own = left[:, :, agent].copy()
        left = roll(left)
        left[:, :, agent] = own
        after = replay(team, left, roll(state), started)
        found.append(not np.allclose(before[:, :, agent], after[:, :, agent]))
    return np.array(found)


def blame_the_source(team, game, rng):
    """The idea of changing what one agent sees, and looking at the others."""
    seen, state, started = record(team, game, np.random.default_rng(1))
    before, found = replay(team, seen, state, started), []
    for agent in range(game.num_agents):
        changed = seen.copy()
        changed[:, :, agent] = roll(seen)[:, :, agent]
        moved = before != replay(team, changed, roll(state), started)
        found.append(np.delete(moved, agent, axis=2).any())
    return np.array(found)


def start_at_every_step(team, game, rng):
    """The idea of replays in which every step begins an episode."""
    seen, state, started = record(team, game, np.random.default_rng(1))
    anew = np.ones_like(started)
    before, found = replay(team, seen, state, anew), []
    for agent in range(game.num_agents):
        after = replay(team, put_back(seen, agent), roll(state), anew)
        found.append(not np.allclose(before[:, :, agent], after[:, :, agent]))
    return np.array(found)


def suspect_nobody(team, game, rng):
    """The idea of a test that every agent passes."""
    return np.zeros(game.num_agents, dtype=bool)


def suspect_all(team, game, rng):
    """The idea of a test that every agent fails."""
    return np.ones(game.num_agents, dtype=bool)


def judge_the_team(team, game, rng):
    """The idea that a team leaks as a whole."""
    return np.full(game.num_agents, team.who_leaks.any())


def judge_agent_0(team, game, rng):
    """The idea that one agent is enough: agent 0."""
    return team.who_leaks & (np.arange(game.num_agents) == 0)


SMALL_MOVES = (
    "A leak that moves probabilities only a little escapes you. Compare the probabilities of all actions themselves, "
    "as `np.allclose` does: not the likeliest actions, not one action alone, and not by a threshold of your own."
)
NOT_ALWAYS = (
    "A leak that shows at some steps or in some runs only escapes you. Compare *all* steps of *all* runs, not the last "
    "step and not run 0 alone."
)

LEAK_MISCONCEPTIONS = (
    Misconception(
        experiment(change=lambda seen, agent: seen),
        "You find who reads the state, and nobody else. Change what the *other agents* see as well.",
    ),
    Misconception(
        experiment(states=lambda states: states),
        "Who reads the state escapes you. Change the state as well: `np.roll(states, 1, axis=1)`.",
    ),
    Misconception(
        experiment(differs=lambda before, after: not np.allclose(before[0], after[0])),
        "You find what shows at the first step, and nothing else. A memory shows later: compare all steps.",
    ),
    Misconception(experiment(differs=lambda before, after: not np.allclose(before[-1], after[-1])), NOT_ALWAYS),
    Misconception(experiment(differs=lambda before, after: not np.allclose(before[:, 0], after[:, 0])), NOT_ALWAYS),
    Misconception(
        experiment(differs=lambda before, after: not np.allclose(before[..., 0], after[..., 0])), SMALL_MOVES
    ),
    Misconception(
        experiment(starts=lambda started: np.roll(started, 1, axis=1)),
        "You suspect honest agents that remember: in your second replay episodes start at other times, so that they "
        "forget at other times. Leave `started` as it was.",
    ),
    Misconception(
        start_at_every_step,
        "In your replays an episode starts at every step: nobody remembers anything. Leave `started` as it was.",
    ),
    Misconception(
        suspect_nobody,
        "You suspect nobody. Does the second replay hold anything new? (With one run, `np.roll` gives it back its "
        "own.) And is *one* difference, at any step of any run, enough: `.any()`, not `.all()`?",
    ),
    Misconception(
        blame_the_source,
        "You name who is *overheard*. Who leaks is the one that plays otherwise: keep what it sees, change what all "
        "the others see, and look at *its* probabilities.",
    ),
    Misconception(
        suspect_all,
        "You suspect everybody, honest agents too. Does the agent itself see the same in both replays? And do you "
        "compare *its* probabilities alone, `[:, :, agent]`?",
    ),
    Misconception(experiment(differs=lambda one, other: (one.argmax(-1) != other.argmax(-1)).any()), SMALL_MOVES),
    Misconception(experiment(differs=lambda one, other: np.abs(one - other).max() > 0.01), SMALL_MOVES),
    Misconception(
        experiment(change=change_next_alone),
        "You change what *one* of the other agents sees, the next one. Change what all the others see.",
    ),
    Misconception(
        put_back_and_keep,
        "From agent 1 on you suspect everybody: there, what the agent itself sees is changed, too. Begin each agent's "
        "replay from the record, and put back what *this* agent saw.",
    ),
    Misconception(
        never_put_back,
        "The longer your loop runs, the less is changed: what you put back for one agent stays put back for the next. "
        "Make `changed` anew for each.",
    ),
    Misconception(judge_the_team, "Your answer is the same for all agents of a team. Say of each whether it leaks."),
    Misconception(judge_agent_0, "You test agent 0, and no other. Test them all."),
)
