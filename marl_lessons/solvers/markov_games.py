"""Exact answers for Markov games given by tables: what a joint policy is worth, the best for a team, best responses."""

from dataclasses import dataclass

import numpy as np

from marl_lessons.arrays import TOLERANCE, check_distribution
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.policies import deterministic_joint_policy

MAX_SWEEPS = 50_000


def evaluate_joint_policy(game, joint_policy, gamma):
    """Compute the exact value of a joint policy for every agent, by solving linear equations.

        V_i(s) = Σ_a π(a|s) [ r_i(s, a) + γ Σ_s' P(s'|s, a) V_i(s') ],   V_i(terminal) = 0

    Parameters:
        game: a TabularMarkovGame.
        joint_policy: probabilities (…, S, A, …, A); leading axes hold several joint policies.
        gamma: discount factor in 0 … 1.
    Returns:
        Values (…, N, S), in units of return.
    Raises:
        ValueError: if gamma is 1 and play might never end, or if `joint_policy` is no distribution.
    Source: Sutton & Barto 2018, equation 4.4, for each agent's own reward.
    """
    _check_gamma(gamma)
    flat_policy = _flatten_actions(game, joint_policy)  # (…, S, J)
    check_distribution("joint_policy", flat_policy)
    flat_rewards = game.rewards.reshape(game.num_agents, game.num_states, -1)  # (N, S, J)
    flat_transitions = game.transitions.reshape(game.num_states, -1, game.num_states)  # (S, J, S)
    flat_policy = flat_policy * ~game.terminal[:, None]  # nothing happens after the end
    rewards = (flat_policy[..., None, :, :] * flat_rewards).sum(axis=-1)  # (…, N, S)
    transitions = (flat_policy[..., None, :] @ flat_transitions)[..., 0, :]  # (…, S, S)
    if gamma == 1:
        _check_that_play_ends(game, transitions)
    values = np.linalg.solve(np.eye(game.num_states) - gamma * transitions, np.swapaxes(rewards, -1, -2))
    return np.swapaxes(values, -1, -2)


@dataclass(frozen=True)
class TeamOptimum:
    """What a team can earn at best, and how; with a horizon, every array gets a first axis T for the step.

    Attributes:
        values: mean return over the agents from each state, (S,) or (T, S).
        joint_action_values: the same after each joint action, (S, A, …, A) or (T, S, A, …, A); minus infinity
            where the joint action was not allowed.
        joint_actions: a best joint action, integers (S, N) or (T, S, N); the first of several.
    """

    values: np.ndarray
    joint_action_values: np.ndarray
    joint_actions: np.ndarray


def value_iteration(game, gamma, horizon=None, allowed=True):
    """Find the joint policy that is best for the team, whose reward is the mean over the agents.

        V(s) ← max_a Q(s, a),   Q(s, a) = r(s, a) + γ Σ_s' P(s'|s, a) V(s'),   V(terminal) = 0

    Without a horizon, sweeps go on until the values have settled, and then the greedy joint policy is
    evaluated by a linear solve, so that its values are exact. With a horizon, T sweeps from the end are exact.

    Parameters:
        game: a TabularMarkovGame.
        gamma: discount factor in 0 … 1.
        horizon: number of steps T, or None to play on forever.
        allowed: booleans that broadcast to (S, A, …, A): the joint actions to choose from.
    Returns:
        TeamOptimum.
    Raises:
        ValueError: if the values do not settle, or a state has no allowed joint action.
    Source: Bellman 1957; Sutton & Barto 2018, section 4.4.
    """
    _check_gamma(gamma)
    allowed = np.broadcast_to(allowed, game.rewards.shape[1:])  # (S, A, …, A)
    if not allowed.reshape(game.num_states, -1).any(axis=-1).all():
        raise ValueError("allowed must leave every state a joint action, got a state without; allow one there.")
    if horizon is not None:
        return _plan_backward(game, gamma, horizon, allowed)
    settled = _sweep_until_settled(game, gamma, allowed)
    greedy = deterministic_joint_policy(settled.joint_actions, game.num_actions)
    values = evaluate_joint_policy(game, greedy, gamma).mean(axis=0)  # (S,)
    return _choose_best(_back_up(game, gamma, values, allowed), game)


def fix_others(game, agent, policies):
    """Build the one-agent game that is left for an agent if all others keep to their policies.

        P'(s' | s, a_i) = Σ_{a_-i} Π_{j≠i} π_j(a_j | s) P(s' | s, a),   r' likewise from the agent's own reward

    Parameters:
        game: a TabularMarkovGame.
        agent: i, in 0 … N - 1.
        policies: N tables of probabilities (S, A); the agent's own entry is not read.
    Returns:
        TabularMarkovGame with N = 1.
    """
    transitions, rewards = game.transitions, game.rewards[agent]  # (S, A, …, A, S) and (S, A, …, A)
    for other in reversed(range(game.num_agents)):
        if other != agent:
            policy = np.asarray(policies[other], dtype=float)  # (S, A)
            check_distribution(f"policies[{other}]", policy)
            transitions = _average_over(policy, transitions, axis=1 + other)
            rewards = _average_over(policy, rewards, axis=1 + other)
    return TabularMarkovGame(transitions, rewards[None], game.start, game.terminal, game.horizon)


def best_response(game, agent, policies, gamma):
    """Find an agent's best answer to the fixed policies of all others; see `fix_others` and `value_iteration`.

    Parameters:
        game, agent, policies: as in `fix_others`.
        gamma: as in `value_iteration`.
    Returns:
        TeamOptimum of a team of one: its values are the agent's, its joint actions (S, 1) the agent's actions.
    """
    return value_iteration(fix_others(game, agent, policies), gamma)


def _average_over(policy, table, axis):
    """Average a table (S, …) over the actions on one of its axes, by the state's policy (S, A)."""
    ahead = np.moveaxis(table, axis, 1)  # (S, A, …)
    averaged = policy[:, None] @ ahead.reshape(*policy.shape, -1)  # (S, 1, …)
    return averaged.reshape(len(policy), *ahead.shape[2:])


def _plan_backward(game, gamma, horizon, allowed):
    values = np.zeros(game.num_states)  # (S,), after the last step
    steps = []
    for _ in range(horizon):
        steps.append(_choose_best(_back_up(game, gamma, values, allowed), game))
        values = steps[-1].values
    steps.reverse()
    return TeamOptimum(
        values=np.stack([step.values for step in steps]),
        joint_action_values=np.stack([step.joint_action_values for step in steps]),
        joint_actions=np.stack([step.joint_actions for step in steps]),
    )


def _sweep_until_settled(game, gamma, allowed):
    values = np.zeros(game.num_states)  # (S,)
    for _ in range(MAX_SWEEPS):
        sweep = _choose_best(_back_up(game, gamma, values, allowed), game)
        if np.abs(sweep.values - values).max() <= TOLERANCE:
            return sweep
        values = sweep.values
    raise ValueError(
        f"gamma must be small enough for values to settle within {MAX_SWEEPS} sweeps, got {gamma}; "
        "lower gamma, or give a horizon."
    )


def _back_up(game, gamma, values, allowed):
    joint_action_values = game.rewards.mean(axis=0) + gamma * (game.transitions @ values)  # terminal values are 0
    return np.where(allowed, joint_action_values, -np.inf)  # (S, A, …, A)


def _choose_best(joint_action_values, game):
    flat = joint_action_values.reshape(game.num_states, -1)  # (S, J)
    best = flat.max(axis=-1)  # (S,)
    # The first of the best: without the tolerance, rounding would decide which of several equal ones that is.
    first_best = (flat >= best[:, None] - TOLERANCE).argmax(axis=-1)  # (S,)
    joint_actions = np.unravel_index(first_best, joint_action_values.shape[1:])  # N times (S,)
    values = np.where(game.terminal, 0.0, best)  # (S,)
    return TeamOptimum(values, joint_action_values, np.stack(joint_actions, axis=-1))


def _flatten_actions(game, joint_policy):
    table = game.rewards.shape[1:]  # (S, A, …, A)
    joint_policy = np.asarray(joint_policy, dtype=float)
    if joint_policy.shape[-len(table) :] != table:
        raise ValueError(
            f"joint_policy must have shape (…, {', '.join(map(str, table))}), got {joint_policy.shape}; "
            "make it with policies.joint_policy."
        )
    return joint_policy.reshape(*joint_policy.shape[: -len(table)], game.num_states, -1)


def _check_gamma(gamma):
    if not 0 <= gamma <= 1:
        raise ValueError(f"gamma must lie in 0 … 1, got {gamma}; give a discount factor.")


def _check_that_play_ends(game, transitions):
    can_end = np.broadcast_to(game.terminal, transitions.shape[:-1])  # (…, S)
    for _ in range(game.num_states):  # the longest way to the end visits every state once
        can_end = can_end | ((transitions > 0) & can_end[..., None, :]).any(axis=-1)
    if not can_end.all():
        raise ValueError(
            "gamma must be below 1 where this joint policy may play on forever, got 1; "
            "lower gamma, or plan with a horizon."
        )
