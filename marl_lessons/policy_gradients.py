"""Policy gradients: pure functions of arrays, one equation each.

Policies are softmax policies, π(a) = exp θ(a) / Σ_b exp θ(b), and gradients are those by the preferences θ.
"""

import numpy as np

from marl_lessons.arrays import check_shape


def log_gradient(policies, actions):
    """Differentiate the log-probability of the action taken, which statisticians call the score.

        ∂ log π(a) / ∂θ(b) = [a = b] - π(b)

    Parameters:
        policies: π (…, A).
        actions: a, integers (…) in 0 … A - 1.
    Returns:
        Gradients (…, A), which sum to 0 over the actions.
    Source: Williams 1992, section 4; Sutton & Barto 2018, exercise 13.3.

    >>> log_gradient(np.array([0.75, 0.25]), np.array(1))
    array([-0.75,  0.75])
    """
    return np.eye(policies.shape[-1])[actions] - policies


def softmax_gradient(policies, action_values):
    """Differentiate what a policy is worth, exactly.

        J = Σ_a π(a) q(a),   ∂J / ∂θ(a) = π(a) (q(a) - J)

    Parameters:
        policies: π (…, A).
        action_values: q (…, A), in units of return; they may depend on anything but this policy.
    Returns:
        Gradients (…, A), in units of return.
    Source: Sutton, McAllester, Singh & Mansour 2000, theorem 1, in one state.

    >>> softmax_gradient(np.array([0.5, 0.5]), np.array([-9.5, -11.5]))
    array([ 0.5, -0.5])
    """
    worth = (policies * action_values).sum(axis=-1, keepdims=True)  # J (…, 1)
    return policies * (action_values - worth)


def estimate_gradient(policies, actions, payoffs, baseline=0.0):
    """Estimate the gradient of a team's expected payoff from plays (REINFORCE).

        g_i = 1/K Σ_k (G_k - b) ∂ log π_i(a_i,k) / ∂θ_i

    Any baseline b that does not depend on the agent's own action of that play leaves the mean of g as it is.

    Parameters:
        policies: π (N, A), the same in all plays.
        actions: integers (K, N).
        payoffs: G, what each play paid: the team (K,), or each agent (K, N).
        baseline: b, a number or an array of the shape of the payoffs.
    Returns:
        Gradients (N, A), in units of return.
    Raises:
        ValueError: if there is not one payoff, or one for each agent, for each play.
    Source: Williams 1992; for a team Peshkin, Kim, Meuleau & Kaelbling 2000.
    """
    advantages = np.asarray(payoffs - np.asarray(baseline))
    check_shape("payoffs", advantages, actions.shape[: advantages.ndim])
    advantages = advantages[:, None] if advantages.ndim == 1 else advantages  # (K, 1) or (K, N)
    return (advantages[..., None] * log_gradient(policies, actions)).mean(axis=0)


def counterfactual_advantages(action_values, policies, actions):
    """Compare what an agent did with what it might have done, the others' actions being what they were.

        A = Q(a, a_-) - Σ_b π(b) Q(b, a_-)

    Parameters:
        action_values: Q(·, a_-) (…, A): for each of the agent's own actions, beside the others' actual ones.
        policies: π (…, A).
        actions: a, integers (…).
    Returns:
        Advantages (…), in units of return.
    Source: Foerster et al. 2018 (COMA), equation 4.

    >>> counterfactual_advantages(np.array([4.0, 2.0]), np.array([0.5, 0.5]), np.array(0))
    np.float64(1.0)
    """
    taken = np.take_along_axis(action_values, np.asarray(actions)[..., None], axis=-1)[..., 0]
    return taken - (policies * action_values).sum(axis=-1)


def joint_counterfactual_advantages(joint_values, policies, actions):
    """Compare what every agent of a team did with what it might have done, from values of joint actions.

        A_i = Q(a_1, …, a_N) - Σ_b π_i(b) Q(a_1, …, b, …, a_N),   b in the place of a_i

    Parameters:
        joint_values: Q (K, A, …, A) with N action axes, of K plays.
        policies: π (K, N, A).
        actions: a, integers (K, N).
    Returns:
        Advantages (K, N), in units of return.
    Source: Foerster et al. 2018 (COMA), equation 4.

    >>> joint_values, evenly = np.array([[[4.0, 2.0], [0.0, 0.0]]]), np.full((1, 2, 2), 0.5)
    >>> joint_counterfactual_advantages(joint_values, evenly, np.array([[0, 0]]))
    array([[2., 1.]])
    """
    plays, num_agents = np.arange(len(actions)), actions.shape[1]
    advantages = np.empty(actions.shape)
    for agent in range(num_agents):
        cell = [plays, *actions.T]
        cell[1 + agent] = slice(None)  # all that the agent might have done, beside what the others did
        own_values = joint_values[tuple(cell)]  # (K, A)
        advantages[:, agent] = counterfactual_advantages(own_values, policies[:, agent], actions[:, agent])
    return advantages


def entropy_gradient(policies):
    """Differentiate the entropy of a policy, which keeps it from becoming certain too early.

        H = -Σ_a π(a) log π(a),   ∂H / ∂θ(a) = -π(a) (log π(a) + H)

    Parameters:
        policies: π (…, A).
    Returns:
        Gradients (…, A), in nats.
    Source: Williams & Peng 1991.
    """
    logs = np.log(np.maximum(policies, np.finfo(float).tiny))  # 0 · log 0 counts as 0
    return softmax_gradient(policies, -logs)


def natural_log_gradient(policies, actions, floor=0.0):
    """Differentiate the log-probability of the action taken, with steps measured by how much the policy changes.

        F⁺ ∂ log π(a) / ∂θ = [a = b] / π(b) - constant,   F = diag(π) - π πᵀ, the Fisher information

    The constant changes no policy and is chosen so that the gradient sums to 0.

    Parameters:
        policies: π (…, A).
        actions: a, integers (…).
        floor: divide by no less than this; above 0, rare actions move less, which is no longer exact.
    Returns:
        Gradients (…, A).
    Source: Kakade 2001. Differs: with a floor.
    """
    taken = np.eye(policies.shape[-1])[actions] / np.maximum(policies, floor or np.finfo(float).tiny)
    return taken - taken.mean(axis=-1, keepdims=True)


def clipped_weights(ratios, advantages, clip):
    """Weigh the log-gradients of old actions, and stop where a policy has moved far enough.

        L = min(ρ A, clamp(ρ, 1 - c, 1 + c) A),   ∂L / ∂θ = w ∂ log π(a) / ∂θ
        w = ρ A,   but 0 where ρ > 1 + c and A > 0, or ρ < 1 - c and A < 0

    Parameters:
        ratios: ρ, the action's probability now over that when it was taken, (…).
        advantages: A (…).
        clip: c, such as 0.2.
    Returns:
        Weights w (…).
    Source: Schulman et al. 2017 (PPO), equation 7.
    """
    has_moved = np.where(advantages > 0, ratios > 1 + clip, ratios < 1 - clip)
    return np.where(has_moved, 0.0, ratios * advantages)


def generalized_advantages(rewards, values, next_values, terminated, truncated, gamma, trace):
    """Say how much better each step of a batch went than its value foretold.

        δ_t = r_t + γ [not terminated] V(o_t+1) - V(o_t)
        A_t = δ_t + γ λ [episode goes on] A_t+1

    With λ = 0 that is the one-step error δ, with λ = 1 the return minus the value. The last step of the batch, and one
    that the horizon cut off, bootstrap.

    Parameters:
        rewards: r (T, …).
        values, next_values: V(o_t) and V(o_t+1), before any reset, (T, …).
        terminated, truncated: booleans that broadcast to (T, …).
        gamma: discount factor.
        trace: λ in 0 … 1.
    Returns:
        Advantages (T, …), in units of return.
    Source: Schulman et al. 2016, equation 16.
    """
    errors = rewards + gamma * np.logical_not(terminated) * next_values - values  # δ (T, …)
    fades = gamma * trace * np.logical_not(np.logical_or(terminated, truncated))
    fades = np.broadcast_to(fades, errors.shape)
    advantages, later = np.empty(errors.shape), 0.0
    for time in reversed(range(len(errors))):
        later = errors[time] + fades[time] * later
        advantages[time] = later
    return advantages


def lambda_returns(rewards, values, next_values, terminated, truncated, gamma, trace):
    """Mix returns that bootstrap after one step, after two, and so on: what values may be moved toward.

        G_t = A_t + V(o_t) = r_t + γ [not terminated] ((1 - λ) V(o_t+1) + λ G_t+1)

    Parameters and source: as for `generalized_advantages`; Sutton & Barto 2018, equation 12.18.
    Returns:
        Targets (T, …), in units of return.
    """
    return values + generalized_advantages(rewards, values, next_values, terminated, truncated, gamma, trace)
