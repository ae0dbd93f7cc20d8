"""Training one team at a time on the meeting game: a dictionary loop, OpenSpiel's learner, and numba as the limit.

Each function prepares its contestant and returns a function that plays a number of steps.
"""

import random
from bisect import bisect
from types import SimpleNamespace

import numpy as np

from benchmarks.meeting import ALPHA, EPSILON, GAMMA, NUM_AGENTS, list_successors


def prepare_dictionaries(game):
    """A tight loop of plain Python: one dictionary for each agent, from the state to a list of values."""
    successors, cumulative, rewards = (table.tolist() for table in list_successors(game))
    return lambda steps: _play_with_dictionaries(steps, game, successors, cumulative, rewards)


def _play_with_dictionaries(steps, game, successors, cumulative, rewards):
    tables = [{} for _ in range(NUM_AGENTS)]
    state = random.randrange(game.num_states)
    for step in range(1, steps + 1):
        rows = [table.setdefault(state, [0.0, 0.0, 0.0]) for table in tables]
        a, b, c = (random.randrange(3) if random.random() < EPSILON else row.index(max(row)) for row in rows)
        cell = ((state * 3 + a) * 3 + b) * 3 + c
        state = successors[cell][bisect(cumulative[cell], random.random(), hi=len(cumulative[cell]) - 1)]
        reward = rewards[cell]
        for table, row, action in zip(tables, rows, (a, b, c), strict=True):
            target = reward + GAMMA * max(table.get(state, (0.0,)))
            row[action] += ALPHA * (target - row[action])
        if step % game.horizon == 0:
            state = random.randrange(game.num_states)


def prepare_open_spiel(game):
    """OpenSpiel's tabular Q-learner, fed by hand: its own environments would only cost it more."""
    from open_spiel.python import rl_environment, rl_tools
    from open_spiel.python.algorithms.tabular_qlearner import QLearner

    schedule = rl_tools.ConstantSchedule
    agents = [QLearner(agent, 3, ALPHA, schedule(EPSILON), GAMMA) for agent in range(NUM_AGENTS)]
    successors, cumulative, rewards = (table.tolist() for table in list_successors(game))
    tables = SimpleNamespace(successors=successors, cumulative=cumulative, rewards=rewards)
    return lambda steps: _play_with_open_spiel(steps, game, agents, tables, rl_environment)


def _play_with_open_spiel(steps, game, agents, tables, rl_environment):
    def describe(state, reward, step_type):
        observations = {"info_state": [[state]] * NUM_AGENTS, "legal_actions": [[0, 1, 2]] * NUM_AGENTS}
        return rl_environment.TimeStep(observations, [reward] * NUM_AGENTS, [1.0] * NUM_AGENTS, step_type)

    step_types = rl_environment.StepType
    state = random.randrange(game.num_states)
    time_step = describe(state, 0.0, step_types.FIRST)
    for step in range(1, steps + 1):
        a, b, c = (agent.step(time_step).action for agent in agents)
        cell = ((state * 3 + a) * 3 + b) * 3 + c
        successors, cumulative = tables.successors[cell], tables.cumulative[cell]
        state = successors[bisect(cumulative, random.random(), hi=len(cumulative) - 1)]
        time_step = describe(state, tables.rewards[cell], step_types.MID)
        if step % game.horizon == 0:
            last = time_step._replace(step_type=step_types.LAST)  # it knows no truncation, only an end
            for agent in agents:
                agent.step(last)
            state = random.randrange(game.num_states)
            time_step = describe(state, 0.0, step_types.FIRST)


def prepare_numba(game):
    """The dictionary loop with arrays instead, compiled to machine code: the limit of one thread."""
    import numba

    play = numba.njit(_play_with_arrays)
    tables = list_successors(game)
    play(1, game.num_states, game.horizon, *tables)  # compiles
    return lambda steps: play(steps, game.num_states, game.horizon, *tables)


def _play_with_arrays(steps, num_states, horizon, successors, cumulative, rewards):
    q_table = np.zeros((NUM_AGENTS, num_states, 3))
    actions = np.zeros(NUM_AGENTS, dtype=np.int64)
    state = np.random.randint(num_states)  # noqa: NPY002 (numba compiles this one to its fastest generator)
    for step in range(1, steps + 1):
        cell = state
        for agent in range(NUM_AGENTS):
            explores = np.random.random() < EPSILON  # noqa: NPY002
            actions[agent] = np.random.randint(3) if explores else q_table[agent, state].argmax()  # noqa: NPY002
            cell = cell * 3 + actions[agent]
        draw, k = np.random.random(), 0  # noqa: NPY002
        while k < successors.shape[1] - 1 and cumulative[cell, k] <= draw:
            k += 1
        next_state = successors[cell, k]
        for agent in range(NUM_AGENTS):
            target = rewards[cell] + GAMMA * q_table[agent, next_state].max()
            q_table[agent, state, actions[agent]] += ALPHA * (target - q_table[agent, state, actions[agent]])
        state = np.random.randint(num_states) if step % horizon == 0 else next_state  # noqa: NPY002
    return q_table
