"""Exercise 3.1: the definition of the values, and the functions of those who have another idea of them."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def iterate_bellman(transitions, rewards, gamma):
    """The definition as a sum over 2,048 steps: the values of the first 1, 2, 4, … steps, each from the one before."""
    values, moves = rewards.astype(float), gamma * transitions
    for _ in range(11):
        values, moves = values + moves @ values, moves @ moves
    return values


def hope_for_the_best(transitions, rewards, gamma):
    """The wrong idea that the best of the possible next states comes."""
    values = np.zeros(len(rewards))
    for _ in range(300):
        values = rewards + gamma * np.where(transitions > 0, values, -np.inf).max(axis=1)
    return values


VALUE_MISCONCEPTIONS = (
    Misconception(
        lambda transitions, rewards, gamma: np.linalg.solve(np.eye(len(rewards)) - gamma * transitions.T, rewards),
        "You add up the states that lead *into* a state. Row s of `transitions` says where state s leads: "
        "`transitions @ values`, in this order and without `.T`.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: rewards + gamma * transitions @ rewards,
        "You looked two rewards ahead. The value counts all the rewards to come: put the value itself, "
        "not the reward, on the right-hand side.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: rewards,
        "This is the first reward only: what one round gives if the values begin at zero. If you have a loop, does "
        "`return` stand inside it, or does a round begin from zeros again? If not, add what the next states are worth.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: rewards / (1 - gamma),
        "You treat every state as if it led back to itself. `transitions` says where it leads.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: np.linalg.solve(np.eye(len(rewards)) + gamma * transitions, rewards),
        "Mind the sign: what moves to the other side of V = r + γ P V changes its sign.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: gamma * iterate_bellman(transitions, rewards, gamma),
        "You discount the first reward already. Today's reward counts in full; gamma is for tomorrow's value.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: iterate_bellman(transitions, rewards, gamma**2),
        "You apply gamma twice at each step. Once is enough.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: iterate_bellman(transitions, rewards, 0.9),
        "Your answer is that for a discount of 0.9, whatever `gamma` is. Use the parameter.",
    ),
    *(
        Misconception(
            idea,
            "`1 - gamma * transitions` takes every entry from 1. The identity has its ones on the diagonal only: "
            "`np.eye(len(rewards)) - gamma * transitions`.",
        )
        for idea in (  # where rows are the same, the first has no solution
            lambda transitions, rewards, gamma: np.linalg.solve(1 - gamma * transitions, rewards),
            lambda transitions, rewards, gamma: np.linalg.lstsq(1 - gamma * transitions, rewards, rcond=None)[0],
        )
    ),
    Misconception(
        lambda transitions, rewards, gamma: (1 - gamma) * iterate_bellman(transitions, rewards, gamma),
        "Your values are averages over time, (1 − γ) times what is asked for. A value is the sum of all rewards to "
        "come.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: iterate_bellman(transitions, transitions @ rewards, gamma),
        "You begin with the reward of the next state. The value of a state begins with its own.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: iterate_bellman(transitions, rewards, gamma) - rewards,
        "The reward of the state itself is missing in your values. Only what comes later is discounted and averaged.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: iterate_bellman(transitions / len(rewards), rewards, gamma),
        "You divide what comes by the number of states, as `mean` does. The probabilities add up to 1 already: use the "
        "sum, or `@`.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: iterate_bellman(
            transitions * (np.arange(len(rewards)) < len(rewards) - 1), rewards, gamma
        ),
        "You leave out the last of the next states. `range(n)` goes from 0 to n - 1, and so do the columns.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: hope_for_the_best(transitions, rewards, gamma),
        "You go on with the best of the next states. Which one comes is up to chance: average with the probabilities.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: iterate_bellman(
            np.eye(len(rewards))[transitions.argmax(axis=1)], rewards, gamma
        ),
        "You go on with the likeliest next state only. The others come, too: average with the probabilities.",
    ),
)
