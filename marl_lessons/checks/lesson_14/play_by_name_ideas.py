"""What an episode brings by its definition, and the ideas that lead elsewhere: for exercise 14.4."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def play_and_note(env, policy, seed, look=None):
    """Return for each step what was seen, done and earned, as three dictionaries.

    look: who acts by what, look(seen now, seen at first, agent, who plays); by what it sees now, if left out.
    """
    seen, _ = env.reset(seed=seed)
    first, notes = seen, []
    while env.agents:
        playing = list(env.agents)
        actions = {name: int(policy[look(seen, first, name, playing) if look else seen[name]]) for name in playing}
        after, rewards, *_ = env.step(actions)
        notes.append((seen, actions, rewards))
        seen = after
    return notes


def sum_up(env, policy, seed):
    """The definition: all rewards of each agent, and of these sums the mean."""
    notes = play_and_note(env, policy, seed)
    sums = [sum(rewards.get(name, 0.0) for _, _, rewards in notes) for name in env.possible_agents]
    return sum(sums) / len(sums)


def count(total, look=None):
    """Return the function that makes total(rewards of each step, number of agents) of what was earned."""

    def answer(env, policy, seed):
        rewards = [earned for _, _, earned in play_and_note(env, policy, seed, look)]
        return float(total(rewards, len(env.possible_agents)))

    return answer


def add_all(rewards, num_agents):
    """Return the mean over agents of all that was earned."""
    return sum(sum(step.values()) for step in rewards) / num_agents


def stop_when_one_leaves(rewards, num_agents):
    """Return what was earned until the first agent left."""
    full = [step for step in rewards if len(step) == num_agents]
    is_last = [len(after) < num_agents for after in [*rewards[1:], {}]]
    return add_all(full[: is_last.index(True) + 1], num_agents)


def follow_one(rewards, num_agents):
    """Return what the first agent earned."""
    first = next(iter(rewards[0]))
    return sum(step.get(first, 0.0) for step in rewards)


def forget_farewells(rewards, num_agents):
    """Return what was earned by those who stayed after each step."""
    staying = [*rewards[1:], {}]
    return sum(step[name] for step, after in zip(rewards, staying, strict=True) for name in after) / num_agents


PLAY_MISCONCEPTIONS = (
    Misconception(
        count(lambda rewards, num_agents: add_all(rewards, 1)),
        "You add up what all agents earn. Divide by their number: `len(env.possible_agents)`.",
    ),
    Misconception(
        count(follow_one),
        "You count one agent's rewards alone. Add up everybody's, and divide by the number of agents.",
    ),
    Misconception(
        count(lambda rewards, num_agents: sum(sum(step.values()) / len(step) for step in rewards)),
        "You divide each step's rewards by the number of agents that are still there. Those who have left count, too: "
        "divide once, by `len(env.possible_agents)`.",
    ),
    Misconception(
        count(stop_when_one_leaves),
        "You stop when the first agent leaves. The others play on: `while env.agents`.",
    ),
    Misconception(
        count(forget_farewells),
        "You leave out what an agent earns in its last step. After a step `env.agents` names those who stay; `rewards` "
        "names all who acted.",
    ),
    Misconception(
        count(lambda rewards, num_agents: add_all(rewards[:1], num_agents)),
        "You play one step, or count one. An episode goes on while `env.agents` names somebody.",
    ),
    Misconception(
        count(lambda rewards, num_agents: add_all(rewards[-1:], num_agents)),
        "You count the last step alone: `=` replaces what was earned before, `+=` adds to it.",
    ),
    Misconception(
        count(lambda rewards, num_agents: add_all(rewards, num_agents) / len(rewards)),
        "You divide by the number of steps as well. The sum over the episode is asked for.",
    ),
    Misconception(
        count(lambda rewards, num_agents: add_all(rewards[1:], num_agents)),
        "You leave out what is earned in the first step.",
    ),
    Misconception(
        count(add_all, look=lambda seen, first, agent, playing: first[agent]),
        "Your agents act by what they saw at first. `env.step` returns what they see next: put it where you look.",
    ),
    *(
        Misconception(
            count(add_all, look=look),
            "All of your agents act by what the *first* one sees. Each acts by its own: `observations[agent]`.",
        )
        for look in (
            lambda seen, first, agent, playing: next(iter(seen.values())),
            lambda seen, first, agent, playing: seen[playing[0]],
        )
    ),
    Misconception(
        count(add_all, look=lambda seen, first, agent, playing: playing.index(agent)),
        "Your agents act by their number. `policy` says what to do at each *observation*: "
        "`policy[observations[agent]]`.",
    ),
    Misconception(
        count(lambda rewards, num_agents: add_all(rewards, 2)),
        "You divide by two, however many agents there are. Divide by `len(env.possible_agents)`.",
    ),
    Misconception(
        count(lambda rewards, num_agents: add_all(rewards, len(rewards[-1]))),
        "You divide by the number of agents in the last step. Those who have left count, too: "
        "`len(env.possible_agents)`.",
    ),
    Misconception(
        count(
            lambda rewards, num_agents: sum(
                0.9**time * add_all([step], num_agents) for time, step in enumerate(rewards)
            )
        ),
        "You discount what is earned later. The plain sum is asked for.",
    ),
    Misconception(
        count(lambda rewards, num_agents: sum(max(step.values()) for step in rewards)),
        "You count the largest reward of each step. Add up everybody's, and divide by the number of agents.",
    ),
    Misconception(
        count(lambda rewards, num_agents: np.mean([value for step in rewards for value in step.values()])),
        "You take the mean of all single rewards. Add up each agent's, and then take the mean over the agents.",
    ),
)
