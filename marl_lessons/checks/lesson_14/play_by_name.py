"""Exercise 14.4: an episode of a PettingZoo environment in which all agents follow one policy."""

import numpy as np
from pettingzoo import ParallelEnv

from marl_lessons.checks.lesson_14.play_by_name_ideas import PLAY_MISCONCEPTIONS, play_and_note, sum_up
from marl_lessons.checks.lesson_14.village import LONGEST, NUM_ACTIONS, NUM_OBSERVATIONS, Village
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import Domain, Parameter, equals, is_array, is_int, is_whole
from marl_lessons.exercises.judging.errors import list_own_frames, read_line
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_number
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.specification import Check, Exercise

SHOWN = 6  # steps that are told in words
TOGETHER = ((1, 1), (2, 2), (1,), (3, 3, 3), (4,), (2, 2, 2, 2), (5, 5), (3,))
APART = ((1, 2), (3, 1), (1, 2, 3), (2, 4, 4), (5, 1, 2, 2), (1, 1, 3), (2, 6), (4, 2, 4, 1))


def play_by_name(env, policy, seed):
    """Play an episode, and return what an agent has earned on average: an environment, (O,), a number -> a number."""
    observations, _ = env.reset(seed=seed)
    earned = 0.0
    while env.agents:
        actions = {agent: policy[observations[agent]] for agent in env.agents}
        observations, rewards, *_ = env.step(actions)
        earned += sum(rewards.values())
    return earned / len(env.possible_agents)


@keep_cases
def draw_errands(rng, kind, is_cut):
    """Village whose agents leave "together" or "apart"; is_cut: all or some of them because they are truncated."""
    cases = []
    for index in range(16):
        stays = (TOGETHER if kind == "together" else APART)[index % 8]
        cut = tuple(place % 2 == 0 for place in range(len(stays))) if is_cut and index > 7 else is_cut
        env = Village(stays, cut, int(rng.integers(100)))
        policy = rng.permutation([0, 1, 2, int(rng.integers(NUM_ACTIONS))])
        cases.append((env, policy, int((0, 1, 2, 7)[index // 2 % 4] + 4 * rng.integers(3) * (index > 7))))
    if kind == "together" and not is_cut:
        cases.append((Village((LONGEST,), is_cut, int(rng.integers(100))), np.array([2, 0, 1, 2]), 3))
    return cases


def returns_one_number(answer, rng):
    try:
        result = answer(Village((2, 2)), np.array([0, 1, 2, 0]), 0)
    except ZeroDivisionError as error:
        frames = list_own_frames(error, answer)
        if not frames or ".agents" not in read_line(*frames[-1]):
            raise
        raise Mistake("At the end `env.agents` is empty. Divide by `len(env.possible_agents)`.") from error
    expect_number(result)


def adds_up_to_the_end(answer, rng):
    _expect_sums(answer, "together", False, rng)


def stops_where_the_episode_is_cut(answer, rng):
    _expect_sums(answer, "together", True, rng)


def goes_on_with_those_who_stay(answer, rng):
    _expect_sums(answer, "apart", False, rng)


def _expect_sums(answer, kind, is_cut, rng):
    def draw_others():
        others = [("together", False), ("apart", False), ("apart", True)]
        return [case for other in others if other != (kind, is_cut) for case in draw_errands(rng, *other)]

    expect_agreement(
        answer,
        draw_errands(rng, kind, is_cut),
        sum_up,
        PLAY_MISCONCEPTIONS,
        explain=lambda trial: _tell(*trial.case),
        evidence=draw_others,
    )


def _tell(env, policy, seed):
    """Say who sees, does and earns what, step by step: the first few."""
    lines, notes = [], play_and_note(env, policy, seed)
    for step, (seen, actions, rewards) in enumerate(notes[:SHOWN], 1):
        parts = [f"{agent} sees {seen[agent]}, does {actions[agent]}, earns {rewards[agent]:g}" for agent in rewards]
        lines.append(f"Step {step}: {'; '.join(parts)}.")
    return " ".join(lines) + (f" In all {len(notes)} steps." if len(notes) > SHOWN else "")


def are_actions(value):
    """Tell whether a value is whole numbers (O,) from 0 up."""
    return is_array(None)(value) and is_whole(value) and bool((value >= 0).all())


ENVIRONMENT = (
    *("reset", "step", "agents", "possible_agents", "num_agents", "max_num_agents", "metadata", "close", "render"),
    *("observation_space", "action_space"),
)
DOMAIN = Domain(
    parameters=(
        Parameter(
            "env",
            lambda env: isinstance(env, ParallelEnv),
            {
                "has one agent": lambda env: len(env.possible_agents) == 1,
                "has more than two agents": lambda env: len(env.possible_agents) > 2,
                "has agents that leave before the others": lambda env: len(set(env.stays)) > 1,
                "cuts the episode": lambda env: bool(np.any(env.is_cut)),
                "cuts some agents off while others are done": lambda env: len(set(np.ravel(env.is_cut).tolist())) > 1,
                "goes on for more than 20 steps": lambda env: max(env.stays) > 20,
                "is over after one step": lambda env: max(env.stays) == 1,
            },
            offers=ENVIRONMENT,
        ),
        Parameter("policy", are_actions),
        Parameter("seed", lambda value: is_int(value) and value >= 0, {"is 0": equals(0)}),
    ),
    fit=lambda env, policy, seed: len(policy) == NUM_OBSERVATIONS and policy.max() < NUM_ACTIONS,
)

EXERCISE = Exercise(
    id="14.4",
    title="One policy, many names",
    reference=play_by_name,
    checks=(
        Check("returns one number", returns_one_number),
        Check("adds up what is earned until the episode ends", adds_up_to_the_end),
        Check("stops where the episode is cut", stops_where_the_episode_is_cut),
        Check("goes on with those who stay", goes_on_with_those_who_stay),
    ),
    hints=(
        "What is an agent's action, if you know its name? For whom do you need one in a step?",
        "`while env.agents:` goes on as long as somebody plays. In it, make the dictionary of actions for "
        "`env.agents`, step, and take what `env.step` returns: the next observations, and the rewards.",
        "`actions = {agent: policy[observations[agent]] for agent in env.agents}`, then `earned += "
        "sum(rewards.values())`. At the end divide by `len(env.possible_agents)`: `env.agents` is empty by then.",
    ),
    explanation="The whole interface: who plays now, a dictionary in, dictionaries out. The rewards of a step name all "
    "that acted in it, also who leaves with it. One policy serves all names; what an agent sees may tell it who it is.",
    domain=DOMAIN,
)
