"""The crowd: many agents choose one night each, and a night is worth less the fuller it is."""

import numpy as np

from marl_lessons.markov_games import MarkovGame

REWARDS = ("global", "local", "difference")


class Crowd(MarkovGame):
    """N agents choose one of K nights to go out, all at the same time and once; then the next play begins.

        G = Σ_k g(x_k),   g(x) = x · exp(-x / capacity)

    x_k is the number of agents that come on night k. Each of x guests has a pleasure of exp(-x / capacity), so that a
    night is worth most with as many guests as its capacity. What an agent is paid is for its learning; what the crowd
    is judged by is G.

        "global": G        "local": g(x_k) of its own night        "difference": G - G without it = g(x_k) - g(x_k - 1)

    All is computed from the K counts, so that 10,000 agents are no harder than 100.

    Parameters:
        num_agents: N.
        num_nights: K.
        capacity: number of guests with which a night is worth most.
        reward: "global", "local" or "difference".
    Raises:
        ValueError: if `reward` is none of the three, or capacity is not above 0.
    Source: Arthur 1994 (El Farol); Wolpert & Tumer 2001 (the worth of a night, and the difference reward).
    """

    horizon = 1
    num_observations = 1

    def __init__(self, num_agents=100, num_nights=7, capacity=5.0, reward="global"):
        self.num_agents, self.num_actions = num_agents, num_nights
        self.capacity, self.reward = capacity, reward
        self.action_names = tuple(f"night {night}" for night in range(num_nights))
        if reward not in REWARDS:
            raise ValueError(f"reward must be one of {REWARDS}, got {reward!r}; choose one of them.")
        if capacity <= 0:
            raise ValueError(f"capacity must be above 0, got {capacity}; give a number of guests.")

    def reset(self, runs, rng):
        """Return the only state there is, (R,) zeros."""
        return np.zeros(runs, dtype=np.int64)

    def observe(self, state):
        """Show every agent the same nothing: (R, N) zeros."""
        return np.zeros((len(state), self.num_agents), dtype=np.int64)

    def step(self, state, actions, rng):
        """Count the guests of each night, pay everybody, and end the episode."""
        counts = self.count_guests(actions)  # (R, K)
        return state.copy(), self.pay(counts, actions), np.ones(len(state), dtype=bool)

    def count_guests(self, actions):
        """Count how many come on each night: integers (R, N) -> (R, K)."""
        runs = len(actions)
        return np.bincount(self._number(actions).ravel(), minlength=runs * self.num_actions).reshape(runs, -1)

    def worth(self, counts):
        """Compute what nights with so many guests are worth, g(x), of any shape."""
        return counts * np.exp(-counts / self.capacity)

    def pay(self, counts, actions):
        """Compute the agents' rewards.

        Parameters:
            counts: guests of each night (R, K).
            actions: the agents' nights (R, N), with those counts.
        Returns:
            Rewards (R, N).
        """
        if self.reward == "global":
            return np.repeat(self.worth(counts).sum(axis=1, keepdims=True), self.num_agents, axis=1)
        by_night = self.worth(counts)  # (R, K)
        if self.reward == "difference":
            by_night = by_night - self.worth(counts - 1)  # where nobody comes, nobody is paid
        return by_night.take(self._number(actions).astype(np.intp, copy=False))

    def find_best_counts(self):
        """Find how the agents should spread over the nights.

            G = max_m [g(N - m) + m spread as evenly as possible over the other K - 1 nights]

        g bends down as far as coth(1 / 2c), for capacity c, and up beyond. Of two nights beyond, the fuller one should
        take guests from the other, so that one night at most is that full; of two nights below, the emptier one should,
        until they differ by no more than one guest. So trying every m finds the best of all spreads.

        Returns:
            Guests of each night, integers (K,), the fullest or emptiest last, and the G that they make. It takes time
            and memory in proportion to N.
        """
        others = self.num_actions - 1
        on_others = np.arange(self.num_agents + 1 if others else 1)  # m
        evenly, fuller = np.divmod(on_others, max(others, 1))  # so many on each, and on so many one more
        totals = (others - fuller) * self.worth(evenly) + fuller * self.worth(evenly + 1)
        totals = totals + self.worth(self.num_agents - on_others)
        best = totals.argmax()
        counts = evenly[best] + (np.arange(others) < fuller[best])  # (K - 1,)
        return np.append(counts, self.num_agents - on_others[best]), totals[best]

    def draw_on(self, axes, snapshot):
        """Draw the guests of each night as bars, and a line at the capacity."""
        counts = np.zeros(self.num_actions) if snapshot.actions is None else self._count(snapshot)
        axes.bar(range(self.num_actions), counts, color="C0")
        axes.axhline(self.capacity, color="black", linestyle=(0, (6, 3)))
        axes.set(xticks=range(self.num_actions), ylim=(0, self.num_agents), xlabel="night", ylabel="guests")

    def tell(self, snapshot):
        """Say how many come on each night, and what the crowd's evening is worth."""
        if snapshot.actions is None:
            return "Nobody has chosen yet."
        counts = self._count(snapshot)
        return f"Guests by night: {', '.join(map(str, counts))}; worth {self.worth(counts).sum():.3g} together."

    def _number(self, actions):
        """Number the nights of all runs one after another, (R, N) in 0 … R K - 1."""
        return actions + self.num_actions * np.arange(len(actions), dtype=np.int64)[:, None]

    def _count(self, snapshot):
        return self.count_guests(np.asarray(snapshot.actions)[None])[0]
