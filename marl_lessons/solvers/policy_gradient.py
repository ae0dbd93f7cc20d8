"""Exact policy gradients of softmax policies, and where agents get that follow them; many runs at once."""

import numpy as np

from marl_lessons.arrays import check_shape
from marl_lessons.policies import joint_policy, softmax
from marl_lessons.policy_gradients import softmax_gradient
from marl_lessons.solvers.markov_games import evaluate_joint_policy


def payoff_gradients(game, policies):
    """Differentiate each agent's own expected payoff by its own preferences.

        ∂J_i / ∂θ_i(a) = π_i(a) (q_i(a) - J_i),   q_i(a) = Σ_{a_-i} Π_{j≠i} π_j(a_j) u_i(a, a_-i)

    Parameters:
        game: a MatrixGame in which all agents have A actions.
        policies: π (…, N, A).
    Returns:
        Gradients (…, N, A), in units of payoff.
    Source: Sutton, McAllester, Singh & Mansour 2000; for several agents Peshkin et al. 2000.

    >>> from marl_lessons import games
    >>> payoff_gradients(games.coordination(), np.array([[0.5, 0.5], [0.75, 0.25]]))
    array([[ 0.125, -0.125],
           [ 0.   ,  0.   ]])
    """
    return softmax_gradient(policies, _action_values(game, policies))


def payoff_flow(game, chances):
    """Say where two agents with two actions move that follow their exact gradients, and how fast.

        d/dt π_i(0) = π_i(0) π_i(1) (∂J_i/∂θ_i(0) - ∂J_i/∂θ_i(1))

    Parameters:
        game: a MatrixGame with payoffs (2, 2, 2).
        chances: probabilities of action 0 between 0 and 1, (G,), from which those of both agents are taken.
    Returns:
        Speeds of both agents' probabilities, (G, G, 2); the first axis is agent 0's.
    Raises:
        ValueError: if the game has another number of agents or actions.
    """
    check_shape("game.payoffs", game.payoffs, (2, 2, 2))
    first = np.stack(np.meshgrid(chances, chances, indexing="ij"), axis=-1)  # π(0), (G, G, N)
    gradients = payoff_gradients(game, np.stack([first, 1 - first], axis=-1))  # (G, G, N, A)
    return first * (1 - first) * (gradients[..., 0] - gradients[..., 1])


def climb_payoffs(game, preferences, rate, steps, keep=1):
    """Let all agents of many runs follow their exact gradients at the same time.

        θ_i ← θ_i + rate ∂J_i / ∂θ_i

    Parameters:
        game: as for `payoff_gradients`.
        preferences: θ at the start, (…, N, A).
        rate: step size.
        steps: number of steps T.
        keep: number of steps between two policies that are kept.
    Returns:
        Policies on the way, from the start on, (1 + T // keep, …, N, A).
    """
    preferences = np.array(preferences, dtype=float)
    kept = [softmax(preferences)]
    for step in range(1, steps + 1):
        preferences += rate * payoff_gradients(game, softmax(preferences))
        if step % keep == 0:
            kept.append(softmax(preferences))
    return np.stack(kept)


def group_by_end(paths, action_names):
    """Sort runs by the joint action that is likeliest at the end.

    Parameters:
        paths: policies (T, R, N, A) of R runs at T times, as `climb_payoffs` gives them.
        action_names: A names.
    Returns:
        "to (a, b)" -> policies (T, runs that end there, N, A), in the order of the actions.
    """
    ends = paths[-1].argmax(axis=-1)  # (R, N)
    joint_actions = sorted(set(map(tuple, ends.tolist())))
    names = [f"to ({', '.join(action_names[action] for action in joint)})" for joint in joint_actions]
    return {name: paths[:, (ends == joint).all(axis=-1)] for name, joint in zip(names, joint_actions, strict=True)}


def team_gradients(game, policies, observations, gamma):
    """Differentiate the team's value, averaged over starts, by everybody's preferences.

        ∂J / ∂θ_i(o, a) = Σ_{s seen as o} d(s) π_i(a|o) (q_i(s, a) - V(s)),   d = Σ_t γ^t P(s_t = s)

    V and q are of the team's reward, the mean over the agents; q_i averages over what the others do. An agent that sees
    less than the state has one policy for all states that look alike.

    Parameters:
        game: a TabularMarkovGame; nothing counts after a terminal state.
        policies: π (R, N, O, A).
        observations: what each agent sees in each state, integers (S, N) in 0 … O - 1, as `game.observe` gives it.
        gamma: discount factor below 1.
    Returns:
        Gradients (R, N, O, A) and the values J (R,), in units of return.
    Source: Sutton, McAllester, Singh & Mansour 2000, theorem 1; aliased states Peshkin et al. 2000.
    """
    by_state = spread_over_states(policies, observations)  # (R, N, S, A)
    joint = joint_policy(by_state)  # (R, S, A, …, A)
    values = evaluate_joint_policy(game, joint, gamma).mean(axis=-2)  # (R, S)
    visits = _discounted_visits(game, joint, gamma)  # (R, S)
    one_step = np.moveaxis(game.transitions @ values.T, -1, 0)  # (R, S, A, …, A)
    joint_values = game.rewards.mean(axis=0) + gamma * one_step
    gradients = np.zeros(policies.shape)
    for agent in range(game.num_agents):
        own_values = _average_over_others(joint_values, by_state, agent)  # (R, S, A)
        own = visits[..., None] * softmax_gradient(by_state[:, agent], own_values)  # (R, S, A)
        np.add.at(gradients[:, agent], (slice(None), observations[:, agent]), own)
    return gradients, values @ game.start


def climb_values(game, preferences, observations, gamma, rate, steps):
    """Let the teams of many runs follow the exact gradient of their value.

        θ ← θ + rate ∂J / ∂θ

    Parameters:
        game, observations, gamma: as for `team_gradients`.
        preferences: θ at the start, (R, N, O, A).
        rate: step size.
        steps: number of steps.
    Returns:
        The policies at the end, (R, N, O, A).
    """
    preferences = np.array(preferences, dtype=float)
    for _ in range(steps):
        preferences += rate * team_gradients(game, softmax(preferences), observations, gamma)[0]
    return softmax(preferences)


def spread_over_states(policies, observations):
    """Look up what each agent does in each state. policies (…, N, O, A), observations (S, N) -> (…, N, S, A)."""
    agents = np.arange(observations.shape[1])[:, None]  # (N, 1)
    return np.asarray(policies)[..., agents, observations.T, :]


def _action_values(game, policies):
    """Average each agent's payoffs over what the others do, q (…, N, A)."""
    policies = np.asarray(policies, dtype=float)
    values = []
    for agent, payoffs in enumerate(game.payoffs):
        lead = policies.shape[:-2]
        table = np.broadcast_to(payoffs, (*lead, *payoffs.shape)).reshape(*lead, 1, *payoffs.shape)
        own = _average_over_others(table, policies[..., None, :], agent)  # one state: (…, 1, A)
        values.append(own[..., 0, :])
    return np.stack(values, axis=-2)


def _average_over_others(table, policies, agent):
    """Average a table (…, S, A, …, A) over the others' actions, by policies (…, N, S, A), which leaves (…, S, A)."""
    num_agents = policies.shape[-3]
    averaged = np.moveaxis(table, agent - num_agents, policies.ndim - 2)  # (…, S, A_i, others' actions …)
    for other in reversed(range(num_agents)):
        if other != agent:
            others = policies[..., other, :, :]  # (…, S, A)
            behind = averaged.ndim - others.ndim  # action axes before the last one
            spread = np.expand_dims(others, tuple(range(others.ndim - 1, others.ndim - 1 + behind)))
            averaged = (averaged * spread).sum(axis=-1)
    return averaged


def _discounted_visits(game, joint, gamma):
    """Sum the discounted probabilities of being in each state before the end, d (R, S): d = start + γ d P."""
    transitions = (joint[..., None] * game.transitions).reshape(*joint.shape[:2], -1, game.num_states).sum(axis=2)
    transitions = transitions * ~game.terminal[:, None]  # (R, S, S); nothing follows the end
    stay = np.eye(game.num_states) - gamma * np.swapaxes(transitions, -1, -2)  # (R, S, S)
    visits = np.linalg.solve(stay, np.broadcast_to(game.start, joint.shape[:2])[..., None])[..., 0]
    return visits * ~game.terminal
