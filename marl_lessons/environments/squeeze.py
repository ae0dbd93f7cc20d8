"""The Gaussian squeeze: many agents together must supply a certain amount, neither less nor more."""

import numpy as np

from marl_lessons.markov_games import MarkovGame

REWARDS = ("global", "difference")


class Squeeze(MarkovGame):
    """N agents choose an amount of 0 … 9 each, all at the same time and once; then the next play begins.

        G = x · exp(-((x - mean) / spread)²),   x = Σ_i a_i

    A little more than the mean is best. What an agent is paid is for its learning; what all are judged by is G.

        "global": G        "difference": G(x) - G(x - a_i), what the agent's amount changes

    Parameters:
        num_agents: N.
        mean, spread: where the bell stands and how wide it is, in units of amount. The usual 400 and 200 do not grow
            with N: 100 agents that play uniformly supply 450 and earn 98 % of the best, and from 500 agents on they
            earn nothing at all, nor ever learn what would. With 4 N and 2 N uniform play is good enough for any N;
            with 2 N and N it earns about 1 %, whatever N is.
        reward: "global" or "difference".
    Raises:
        ValueError: if `reward` is neither, or `spread` is not above 0.
    Source: HolmesParker, Taylor, Zhan & Tumer 2014; for many agents Yang et al. 2018.
    """

    horizon = 1
    num_observations = 1
    num_actions = 10

    def __init__(self, num_agents=100, mean=400.0, spread=200.0, reward="global"):
        if reward not in REWARDS:
            raise ValueError(f"reward must be one of {REWARDS}, got {reward!r}; choose one of them.")
        if spread <= 0:
            raise ValueError(f"spread must be above 0, got {spread}; give a width in units of amount.")
        self.num_agents, self.mean, self.spread, self.reward = num_agents, mean, spread, reward

    def reset(self, runs, rng):
        """Return the only state there is, (R,) zeros."""
        return np.zeros(runs, dtype=np.int64)

    def observe(self, state):
        """Show every agent the same nothing: (R, N) zeros."""
        return np.zeros((len(state), self.num_agents), dtype=np.int64)

    def step(self, state, actions, rng):
        """Add up the amounts, pay everybody, and end the episode."""
        total = actions.sum(axis=1, keepdims=True)  # (R, 1)
        rewards = np.repeat(self.worth(total), self.num_agents, axis=1)  # (R, N)
        if self.reward == "difference":
            rewards -= self.worth(total - actions)
        return state.copy(), rewards, np.ones(len(state), dtype=bool)

    def worth(self, total):
        """Compute what amounts x are worth together, G(x), of any shape."""
        return total * np.exp(-(((total - self.mean) / self.spread) ** 2))

    def find_best_total(self):
        """Find the amount that is worth most, by trying all that the agents can supply.

        Returns:
            The amount x and its G.
        """
        worth = self.worth(np.arange(9 * self.num_agents + 1))
        return int(worth.argmax()), worth.max()

    def draw_on(self, axes, snapshot):
        """Draw what each amount is worth, and a point where the agents are."""
        amounts = np.linspace(0, 9 * self.num_agents, 200)
        axes.plot(amounts, self.worth(amounts), color="C0")
        if snapshot.actions is not None:
            total = np.sum(snapshot.actions)
            axes.scatter(total, self.worth(total), 120, color="black", zorder=3)
        axes.set(xlabel="amount", ylabel="G")

    def tell(self, snapshot):
        """Say how much the agents supply, and what it is worth."""
        if snapshot.actions is None:
            return "Nobody has chosen yet."
        total = np.sum(snapshot.actions)
        return f"Together the agents supply {total}, worth {self.worth(total):.3g}."
