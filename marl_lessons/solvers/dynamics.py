"""How play moves in a matrix game when both agents keep improving: in turns, fictitious play, gradient ascent."""

import numpy as np

from marl_lessons.arrays import check_shape


def improve_in_turns(payoffs, turns):
    """Let pairs of agents improve in turns: whoever is next takes a best response to what the other does now.

        a_i(t + 1) = argmax_a u_i(a, a_-i(t)) if that is better than a_i(t), and else a_i(t);   i = t mod 2

    All begin with action 0. Who has nothing to gain stays, so that in an equilibrium nobody moves.

    Parameters:
        payoffs: of G games of two agents, (G, 2, A, B).
        turns: number of turns T; agent 0 has the first one.
    Returns:
        Which pairs moved at each turn, booleans (G, T).
    Raises:
        ValueError: if `payoffs` has other axes.
    Source: Monderer & Shapley 1996: where there is a potential, this comes to rest.

    >>> from marl_lessons import games
    >>> improve_in_turns(games.matching_pennies().payoffs[None], turns=4)
    array([[False,  True,  True,  True]])
    """
    payoffs = np.asarray(payoffs, dtype=float)
    if payoffs.ndim != 4 or payoffs.shape[1] != 2:
        raise ValueError(f"payoffs must have shape (G, 2, A, B), got {payoffs.shape}; stack the games' payoffs.")
    pairs, actions, moved = np.arange(len(payoffs)), np.zeros((2, len(payoffs)), dtype=int), []
    for turn in range(turns):
        agent = turn % 2
        # What its own actions are worth against what the other does now, (G, A) or (G, B).
        values = payoffs[pairs, 0, :, actions[1]] if agent == 0 else payoffs[pairs, 1, actions[0], :]
        improves = values.max(axis=1) > values[pairs, actions[agent]]
        actions[agent] = np.where(improves, values.argmax(axis=1), actions[agent])
        moved.append(improves)
    return np.array(moved).reshape(turns, len(payoffs)).T


def fictitious_play(game, steps, first_actions):
    """Let both agents answer, play after play, what the other has done so far on average.

        a_i(t + 1) = argmax_a u_i(a, π_-i(t)),   π_i(t) = frequencies of a_i(1), …, a_i(t)

    Both move at the same time, and the first of several best actions is taken. Nothing is left to chance.

    Parameters:
        game: a MatrixGame of two agents.
        steps: number of plays T.
        first_actions: joint actions of the first play, integers (…, 2); leading axes hold several games.
    Returns:
        The frequencies after each play, one array for each agent: (T, …, A_0) and (T, …, A_1).
    Source: Brown 1951; they converge to an equilibrium in zero-sum games, Robinson 1951.

    >>> from marl_lessons import games
    >>> rows, columns = fictitious_play(games.matching_pennies(), steps=4, first_actions=[0, 0])
    >>> rows[-1], columns[-1]
    (array([0.75, 0.25]), array([0.25, 0.75]))
    """
    first_actions = np.asarray(first_actions)
    one_hot = [np.eye(count) for count in game.action_counts]
    counts = [one_hot[agent][first_actions[..., agent]] for agent in (0, 1)]  # (…, A_0) and (…, A_1)
    history = [counts]
    for _ in range(1, steps):
        row_values = counts[1] @ game.payoffs[0].T  # (…, A_0), times the number of plays
        column_values = counts[0] @ game.payoffs[1]  # (…, A_1)
        answers = [row_values.argmax(axis=-1), column_values.argmax(axis=-1)]
        counts = [counts[agent] + one_hot[agent][answers[agent]] for agent in (0, 1)]
        history.append(counts)
    plays = np.arange(1, steps + 1)
    return [np.stack(own) / plays.reshape(-1, *[1] * first_actions.ndim) for own in zip(*history, strict=True)]


def gradient_ascent(game, start, rate, steps, losing_rate=None, equilibrium=(0.5, 0.5), project=True):
    """Let both agents of a 2 × 2 game follow the gradient of their own expected payoff at the same time.

        p_i ← p_i + rate_i ∂u_i(p_0, p_1)/∂p_i

    With a `losing_rate` this is WoLF, "win or learn fast": an agent that earns less than its equilibrium policy
    would earn against the other takes the losing rate.

    Parameters:
        game: a MatrixGame with payoffs (2, 2, 2).
        start: p, the probabilities with which each agent takes action 0, (…, 2).
        rate: step size.
        steps: number of steps T.
        losing_rate: step size of an agent that is losing; default is `rate`.
        equilibrium: p of the equilibrium by which winning is judged, (2,).
        project: keep p in 0 … 1. False shows the plain linear dynamics.
    Returns:
        p after each step, from the start on, (T + 1, …, 2).
    Source: Singh, Kearns & Mansour 2000 (infinitesimal gradient ascent); Bowling & Veloso 2002 (WoLF).
    """
    check_shape("game.payoffs", game.payoffs, (2, 2, 2))
    losing_rate = rate if losing_rate is None else losing_rate
    trajectory = [np.asarray(start, dtype=float)]
    for _ in range(steps):
        p = trajectory[-1]  # (…, 2)
        gradient = _payoff_gradient(game, p)  # (…, 2)
        is_losing = (p - equilibrium) * gradient < 0  # u_i is linear in p_i: its gain is this product
        p = p + np.where(is_losing, losing_rate, rate) * gradient
        trajectory.append(np.clip(p, 0, 1) if project else p)
    return np.stack(trajectory)


def _payoff_gradient(game, p):
    """Differentiate each agent's expected payoff by its own probability of action 0, (…, 2)."""
    mixed = np.stack([p, 1 - p], axis=-1)  # (…, N, A)
    row_values = mixed[..., 1, :] @ game.payoffs[0].T  # (…, A_0)
    column_values = mixed[..., 0, :] @ game.payoffs[1]  # (…, A_1)
    return np.stack([row_values[..., 0] - row_values[..., 1], column_values[..., 0] - column_values[..., 1]], axis=-1)
