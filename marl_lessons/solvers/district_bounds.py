"""What no team can exceed in the game of districts, when all are busy at times: a linear program over how many are."""

import numpy as np

QUANTITIES = ("waiting", "served", "accepted")  # of one kind of task, in districts of one kind


def bound_districts(game):
    """Bound the reward for each worker and step that any team can reach in the long run.

    How many districts are busy, b = 0 … D, is a Markov chain that no team can influence. For each b, and for its quiet
    and its busy districts apart, the program holds the mean number of tasks that wait, are served and are accepted,
    times the chance of b, for each worker. Every team's means satisfy

        served ≤ waiting        accepted ≤ arrivals        waiting - served + accepted ≤ room in the queues
        light served + 2 · heavy served ≤ 1, in sum over both kinds of districts, for each b
        waiting at (b', kind') = Σ P(b', kind' | b, kind) · (waiting - served + accepted) at (b, kind)

    so the best numbers that do are at least as good. Left out are what travel costs, that a heavy task needs two
    whole workers, and the luck of single arrivals, so that the best team lies somewhat below.

    Parameters:
        game: a Districts game.
    Returns:
        The bound, in units of a light task; at most `game.bound()`.
    Source: this course.
    """
    from scipy.optimize import linprog  # imported here, because few need it

    chances, moves = find_busy_chain(game.num_districts, game.switch)  # (K,), (K, K), K = 2 (D + 1)
    count = len(chances)
    eye, zero = np.eye(count), np.zeros((count, count))
    busy = np.arange(count) % 2
    tops, balance, limits, rooms = [], [], [], []
    for room, arrivals in [(2, np.full(count, game.light_arrival)), (1, game.heavy_arrivals[busy])]:
        tops += [room * chances, room * chances, arrivals * chances]
        balance.append(np.hstack([eye - moves.T, moves.T, -moves.T]))
        limits.append(np.vstack([np.hstack([-eye, eye, zero]), np.hstack([eye, -eye, eye])]))
        rooms += [np.zeros(count), room * chances]
    work = np.hstack([zero, eye, zero, zero, 2 * eye, zero]).reshape(-1, 2, 6 * count).sum(axis=1)
    nothing = np.zeros_like(balance[0]), np.zeros_like(limits[0])
    found = linprog(
        -np.hstack([zero, eye, zero, zero, game.heavy_reward * eye, zero]).sum(axis=0),
        A_eq=np.block([[balance[0], nothing[0]], [nothing[0], balance[1]]]),
        b_eq=np.zeros(2 * count),
        A_ub=np.vstack([np.block([[limits[0], nothing[1]], [nothing[1], limits[1]]]), work]),
        b_ub=np.concatenate([*rooms, chances.reshape(-1, 2).sum(axis=1)]),
        bounds=np.stack([np.zeros(6 * count), np.concatenate(tops)], axis=1),
    )
    return float(-found.fun)


def find_busy_chain(num_districts, switch):
    """Find the Markov chain of how many districts are busy, seen from one of them.

    Parameters:
        num_districts: D.
        switch: probability that a district turns after a step.
    Returns:
        Chances (K,) in the long run, and moves (K, K) from row to column, K = 2 (D + 1). State 2b + c means that b
        districts are busy, and this one is (c = 1) or is not (c = 0). With switch 0 the chances are those of the start.
    """
    others = np.array([[1.0]])  # (n + 1, n + 1), from how many of n other districts are busy to how many
    for _ in range(num_districts - 1):
        others = _add_district(others, switch)
    size = 2 * (num_districts + 1)
    chances, moves = np.zeros(size), np.zeros((size, size))
    binomial = np.array([1.0])
    for _ in range(num_districts - 1):
        binomial = np.convolve(binomial, [0.5, 0.5])  # (n + 1,)
    for before in (0, 1):
        from_states = 2 * (np.arange(num_districts) + before) + before
        chances[from_states] = binomial / 2
        for after in (0, 1):
            to_states = 2 * (np.arange(num_districts) + after) + after
            moves[np.ix_(from_states, to_states)] = others * (switch if before != after else 1 - switch)
    return chances, moves


def _add_district(moves, switch):
    """Add one district to the chances (n + 1, n + 1) that of n districts so many are busy after so many."""
    wider = np.zeros(np.array(moves.shape) + 1)
    # With the last of n + 1 districts quiet, b busy ones are b of n; with it busy, b - 1 of n. Either will do.
    wider[:-1, :-1] += (1 - switch) * moves
    wider[:-1, 1:] += switch * moves
    last = np.zeros(wider.shape[1])
    last[:-1] += switch * moves[-1]
    last[1:] += (1 - switch) * moves[-1]
    wider[-1] = last
    return wider
