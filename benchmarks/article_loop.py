"""The article's kind of loop, on its own environment: one run, dictionaries of agents, text keys of rounded states."""

import random
from collections import defaultdict

import numpy as np

ALPHA, GAMMA, DECAY = 0.1, 0.99, 0.995
HORIZON = 100


def prepare_article_loop():
    """Return a function that plays a number of steps, always going on with the same agents."""
    tables = {f"agent {i}": defaultdict(lambda: np.zeros(4)) for i in range(3)}
    epsilons = dict.fromkeys(tables, 1.0)
    rng = np.random.default_rng(0)

    def play(steps):
        for step in range(steps):
            if step % HORIZON == 0:
                state = rng.standard_normal(4)
            actions = {name: _choose(table, state, epsilons[name]) for name, table in tables.items()}
            next_state, rewards = _step(state, actions, rng)
            for name, table in tables.items():
                _learn(table, state, actions[name], rewards[name], next_state)
                epsilons[name] *= DECAY
            state = next_state

    return play


def _key(state):
    return str(np.round(state, 1).tolist())


def _choose(table, state, epsilon):
    if random.random() < epsilon:
        return random.randrange(4)
    return int(np.argmax(table[_key(state)]))


def _step(state, actions, rng):
    next_state = state + 0.1 * rng.standard_normal(4)
    next_state[0] += 0.05 * sum(actions.values())
    team_reward = -abs(next_state[0])
    return next_state, {name: team_reward + (0.1 if action < 2 else 0.0) for name, action in actions.items()}


def _learn(table, state, action, reward, next_state):
    values = table[_key(state)]
    values[action] += ALPHA * (reward + GAMMA * np.max(table[_key(next_state)]) - values[action])
