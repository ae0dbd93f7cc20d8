"""What one sweep gives, and the ideas that lead to other values: for exercise 3.2."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def try_every_pair(values, transitions, rewards, gamma):
    """The definition, state by state and pair by pair."""
    swept = []
    for chances, payoffs in zip(transitions, rewards, strict=True):
        pairs = np.ndindex(payoffs.shape)
        swept.append(max(payoffs[pair] + gamma * sum(chances[pair] * values) for pair in pairs))
    return np.array(swept, dtype=float)


def _look_ahead(values, transitions, rewards, gamma):
    return rewards + gamma * transitions @ values  # (S, A, B)


SWEEP_MISCONCEPTIONS = (
    Misconception(
        lambda *case: _look_ahead(*case).mean(axis=(1, 2)),
        "You take the mean over the joint actions, which is what a random team gets. The best team takes the largest.",
    ),
    Misconception(
        lambda *case: _look_ahead(*case).sum(axis=(1, 2)),
        "You add up all joint actions. The team takes one of them: the largest.",
    ),
    Misconception(
        lambda *case: _look_ahead(*case).min(axis=(1, 2)),
        "You take the worst joint action. The team wants the best one: `max`.",
    ),
    Misconception(
        lambda *case: _look_ahead(*case).mean(axis=2).max(axis=1),
        "You let worker 0 choose against a partner who plays at random. Here one mind chooses for both: take the "
        "largest over both axes.",
    ),
    Misconception(
        lambda *case: _look_ahead(*case).mean(axis=1).max(axis=1),
        "You let worker 1 choose against a partner who plays at random. Here one mind chooses for both: take the "
        "largest over both axes.",
    ),
    Misconception(
        lambda *case: _look_ahead(*case).min(axis=2).max(axis=1),
        "You let worker 1 choose the worst for worker 0, as an opponent would. Here one mind chooses the best for "
        "both.",
    ),
    Misconception(
        lambda *case: np.diagonal(_look_ahead(*case), axis1=1, axis2=2).max(axis=1),
        "You compare only the joint actions in which both workers do the same. They may do different things.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: _look_ahead(values, transitions, rewards, 1.0).max(axis=(1, 2)),
        "The discount is missing: what follows counts `gamma` times.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: _look_ahead(values, transitions, rewards, 0.9).max(axis=(1, 2)),
        "Your answer is that for a discount of 0.9, whatever `gamma` is. Use the parameter.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: gamma * (rewards + transitions @ values).max(axis=(1, 2)),
        "You discount the reward as well. The reward of this step counts in full; `gamma` is for what follows.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: rewards.max(axis=(1, 2)),
        "You count the reward of this step only. Add what the next states are worth, before you take the largest.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: (gamma * transitions @ values).max(axis=(1, 2)),
        "You count only what follows. Add the reward of this step, before you take the largest.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: (
            rewards.max(axis=(1, 2)) + gamma * (transitions @ values).max(axis=(1, 2))
        ),
        "You take the best reward and the best future on their own; they may belong to different joint actions. Add "
        "first, then take the largest.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: rewards.max(axis=(1, 2)) + gamma * values,
        "You add the value of the state itself, as if the game stayed there. `transitions` says where it goes.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: (
            rewards + gamma * np.where(transitions > 0, values, -np.inf).max(axis=-1)
        ).max(axis=(1, 2)),
        "You hope for the best of the possible next states. Which one comes is up to chance: `transitions @ values` is "
        "the mean.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: (
            values + _look_ahead(values, transitions, rewards, gamma).max((1, 2))
        ),
        "You add to the old values. The right-hand side takes their place.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: np.maximum(
            values, _look_ahead(values, transitions, rewards, gamma).max(axis=(1, 2))
        ),
        "You keep an old value where it is larger. The new one takes its place in any case.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: _sweep_often(values, transitions, rewards, gamma, 2),
        "You sweep twice. One call is one sweep.",
    ),
    *(
        Misconception(
            lambda values, transitions, rewards, gamma, times=times: _sweep_often(
                values, transitions, rewards, gamma, times
            ),
            "You sweep many times. One call is one sweep, without a loop over sweeps; the next cell calls it again "
            "and again.",
        )
        for times in (10, 50, 100, 200, 300, 500, 1000)
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: _sweep_in_place(values, transitions, rewards, gamma),
        "You use new values within the same sweep: later states see what you have changed before. In this exercise all "
        "states use the old values; write the new ones into an array of their own.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: (
            _look_ahead(0 * values, transitions, rewards, gamma).max((1, 2))
            + gamma * (transitions @ values).mean(axis=(1, 2))
        ),
        "You take the best reward, and the mean future of all joint actions. Add first, then take the largest.",
    ),
)


def _sweep_often(values, transitions, rewards, gamma, times):
    for _ in range(times):
        before, values = values, _look_ahead(values, transitions, rewards, gamma).reshape(len(values), -1).max(axis=1)
        if np.array_equal(before, values):  # to the last bit, as after any further sweep
            break
    return values


def _sweep_in_place(values, transitions, rewards, gamma):
    values = values.astype(float)
    for state in range(len(values)):
        values[state] = (rewards[state] + gamma * transitions[state] @ values).max()
    return values
