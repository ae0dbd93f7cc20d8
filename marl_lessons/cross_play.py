"""Cross-play of two workers: how well they do beside partners that they were not trained with, exactly.

All scores are of γ = 0.9, as those of `scoreboard.score_policies` are by default.
"""

import numpy as np

from marl_lessons.policies import deterministic_joint_policy, joint_policy
from marl_lessons.scales import GAMMA, find_scale, mean_value
from marl_lessons.solvers import best_response
from marl_lessons.team_files import check_probabilities, find_tables, load_team, read_population, save_team

__all__ = [
    "best_partner_scores",
    "best_partners",
    "cross_scores",
    "cross_table",
    "load_team",
    "pair_everybody",
    "read_population",
    "save_team",
    "score_beside",
    "worst_partners",
]


def pair_everybody(first, second):
    """Let every policy of worker 0 meet every policy of worker 1.

        π_rk(a, b | s) = π_r(a | s) · π_k(b | s)

    Parameters:
        first: policies of worker 0, probabilities (R, S, A).
        second: policies of worker 1, (K, S, A).
    Returns:
        Joint policies (R, K, S, A, A).

    >>> always_a, always_b = np.eye(2)[[[0]]], np.eye(2)[[[1], [0]]]  # (1, 1, 2) and (2, 1, 2)
    >>> pair_everybody(always_a, always_b)[0, :, 0].tolist()
    [[[0.0, 1.0], [0.0, 0.0]], [[1.0, 0.0], [0.0, 0.0]]]
    """
    return np.einsum("rsa,ksb->rksab", first, second)


def cross_scores(first, second, game=None):
    """Score every pair of a worker 0 and a worker 1 exactly: 0 is uniform play, 100 the best team.

    Parameters:
        first: policies of worker 0, probabilities (R, S, A) over the game's states.
        second: policies of worker 1, (K, S, A).
        game: a game with `states` and `to_tabular()`, a view of it, or its tables; default is `Dispatch()`.
    Returns:
        Scores (R, K).
    Raises:
        ValueError: if the game has another number of agents than 2, or policies have another shape or are no
            distributions.
    """
    tables, scale = _measure(game)
    first, second = _check_policies("first", first, tables), _check_policies("second", second, tables)
    # One row at a time: all pairs at once would need R · K matrices (S, S).
    rows = [mean_value(tables, pair_everybody(one[None], second)[0]) for one in first]
    return scale.score(np.array(rows))


def cross_table(population, game=None):
    """Let everybody meet everybody: how a worker 0 of each method does beside a worker 1 of each, on average.

    Parameters:
        population: name -> policies (R, 2, S, A) of M methods. Fewer runs take less time: 20 of each for a first look.
        game: as in `cross_scores`.
    Returns:
        Mean scores (M, M): worker 0 is of the row, worker 1 of the column. On the diagonal, runs meet other runs; a
        method of a single run meets itself.
    """
    teams = list(population.values())
    return np.array([[_meet(one, other, game) for other in teams] for one in teams])


def score_beside(team, others, game=None):
    """Score a team's agents beside others: each of its workers with every partner from the others.

        mean over their runs k of (score(π_0 with their worker 1) + score(their worker 0 with π_1)) / 2

    Parameters:
        team: policies (R, 2, S, A).
        others: policies (K, 2, S, A).
        game: as in `cross_scores`.
    Returns:
        Scores (R,).
    """
    team, others = np.asarray(team), np.asarray(others)
    as_first = cross_scores(team[:, 0], others[:, 1], game).mean(axis=1)  # (R,)
    as_second = cross_scores(others[:, 0], team[:, 1], game).mean(axis=0)
    return (as_first + as_second) / 2


def worst_partners(team, population, game=None):
    """Find the methods beside which a team does worst.

    Parameters:
        team: policies (R, 2, S, A).
        population: name -> policies (K, 2, S, A).
        game: as in `cross_scores`.
    Returns:
        Name -> scores (R,) of `score_beside`, the worst partners first.
    """
    scores = {name: score_beside(team, others, game) for name, others in population.items()}
    return dict(sorted(scores.items(), key=lambda item: item[1].mean()))


def best_partners(policies, worker=0, game=None):
    """Find for each policy the best partner that it can have: one that knows it, and answers best for the team.

    Parameters:
        policies: (R, S, A), all of the same worker.
        worker: whose policies they are, 0 or 1.
        game: as in `cross_scores`.
    Returns:
        Policies (R, S, A) of the other worker, of probabilities 0 and 1.
    Raises:
        ValueError: as in `cross_scores`, and if `worker` is neither 0 nor 1.
    """
    tables, _ = _measure(game)
    if worker not in (0, 1):
        raise ValueError(f"worker must be 0 or 1, got {worker!r}; say whose policies they are.")
    policies = _check_policies("policies", policies, tables)
    team_game = tables.with_rewards(np.broadcast_to(tables.rewards.mean(axis=0), tables.rewards.shape))
    answers = [best_response(team_game, 1 - worker, [one, one], GAMMA).joint_actions for one in policies]
    return deterministic_joint_policy(np.stack(answers), tables.num_actions)  # of teams of one: (R, S, A)


def best_partner_scores(policies, worker=0, game=None):
    """Score each policy beside the best partner that it can have; see `best_partners`, also for the parameters.

    A policy that scores low here is a bad partner, whoever it meets.

    Returns:
        Scores (R,).
    """
    tables, scale = _measure(game)
    answers = best_partners(policies, worker, game)
    pair = [_check_policies("policies", policies, tables), answers][:: 1 if worker == 0 else -1]
    return scale.score(mean_value(tables, joint_policy(np.stack(pair, axis=1))))


def _meet(one, other, game):
    scores = cross_scores(one[:, 0], other[:, 1], game)  # (R, K)
    if one is other and len(one) > 1:
        return scores[~np.eye(len(one), dtype=bool)].mean()
    return scores.mean()


def _measure(game):
    """Find the tables of a game and its scale."""
    tables = find_tables(game)
    if tables.num_agents != 2:
        raise ValueError(
            f"game must have 2 agents for cross-play, got {tables.num_agents}; put workers of several teams together "
            "yourself, (R, N, S, A), and score them by scoreboard.score_policies."
        )
    return tables, find_scale(tables)


def _check_policies(name, policies, tables):
    """Check the policies (R, S, A) of one worker, and return them with sums of 1 to the last digit."""
    policies = np.asarray(policies)
    expected = (tables.num_states, tables.num_actions)
    if policies.shape[1:] != expected or not len(policies):
        raise ValueError(
            f"{name} must have shape (runs, {expected[0]}, {expected[1]}), got {policies.shape}; "
            "give the policies of one worker in every state, such as team[:, 0], and the game that they are for."
        )
    return check_probabilities(name, policies)
