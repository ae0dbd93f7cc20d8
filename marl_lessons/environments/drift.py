"""The article's shared environment: a team pushes a drifting number, which it should keep near zero."""

import numpy as np

from marl_lessons.markov_games import MarkovGame, TabularMarkovGame
from marl_lessons.sketches import draw_arrow

ARROW = 0.3  # length of an arrow in a picture for each unit of push; to scale it could hardly be seen
FILMED = 20  # steps of random play for which a picture leaves room


class Drift(MarkovGame):
    """Three agents push the first of four drifting numbers to the right, by the sum of their actions.

        x' = x + noise · N(0, 1) in every coordinate,   x_0' = x_0' + push · Σ_j a_j
        r_i = -|x_0'| + 0.1 · [a_i < ⌊A/2⌋]

    All agents see all numbers. The start is standard normal, and the game never ends by itself.

    Parameters:
        num_agents, num_actions: N and A.
        horizon: steps until the loop truncates the episode.
    Source: the article's `MultiAgentEnvironment`. Differs: the time limit is a truncation, not an end.
    """

    state_size = 4
    noise = 0.1
    push = 0.05
    bonus = 0.1

    def __init__(self, num_agents=3, num_actions=4, horizon=100):
        self.num_agents = num_agents
        self.num_actions = num_actions
        self.horizon = horizon
        self.observation_shape = (self.state_size,)

    def reset(self, runs, rng):
        """Draw states (R, 4) from the standard normal distribution."""
        return rng.standard_normal((runs, self.state_size))

    def observe(self, state):
        """Show the state to every agent: (R, N, 4)."""
        return np.repeat(state[:, None], self.num_agents, axis=1)

    def step(self, state, actions, rng):
        """Add noise and the team's push, then pay by where the first number has come to."""
        next_state = state + self.noise * rng.standard_normal(state.shape)  # (R, 4)
        next_state[:, 0] += self.push * actions.sum(axis=1)
        rewards = -np.abs(next_state[:, :1]) + self._individual_bonus(actions)  # (R, N)
        return next_state, rewards, np.zeros(len(state), dtype=bool)

    def discretize(self, low=-4.0, high=5.0, cells=300):
        """Write the game down as tables over cells of x_0, the only number that anybody's reward depends on.

            P(cell | x, a) = Φ((right edge - m)/noise) - Φ((left edge - m)/noise),   m = x + push · Σ_j a_j

        A cell stands for its center x; the outermost cells absorb the tails.

        Parameters:
            low, high: range of x_0.
            cells: S. With the defaults, the return of "always 0" over 100 steps is off by less than 0.1.
        Returns:
            TabularMarkovGame; its start is the standard normal distribution over the cells.
        Raises:
            ValueError: if the range is empty or there are no cells.
        """
        if not (low < high and cells > 0):
            raise ValueError(
                f"low must lie below high and cells above 0, got {low}, {high} and {cells}; correct the range."
            )
        edges = np.linspace(low, high, cells + 1)
        centers = (edges[:-1] + edges[1:]) / 2  # (S,)
        joint_actions = np.indices((self.num_actions,) * self.num_agents)  # (N, A, …, A)
        total = joint_actions.sum(axis=0)  # (A, …, A)
        # The joint action matters only through its sum, so the Gaussians are worked out once for each sum.
        means = centers[:, None] + self.push * np.arange(total.max() + 1)  # (S, sums)
        by_sum = _cell_probabilities(edges, means, self.noise)  # (S, sums, S)
        distance = (by_sum @ np.abs(centers))[:, total]  # (S, A, …, A), expected |x_0'|
        return TabularMarkovGame(
            transitions=by_sum[:, total],
            rewards=-distance + self._individual_bonus(joint_actions)[:, None],
            start=_cell_probabilities(edges, np.zeros(()), 1.0),
            horizon=self.horizon,
            state_names=[f"x={center:.3f}" for center in centers],
        )

    def draw_on(self, axes, snapshot):
        """Draw the first number on a line with its target 0, and above it how hard each agent pushes."""
        x = snapshot.state[0]
        room = self.push * self.num_agents * (self.num_actions - 1) / 2 * min(self.horizon or FILMED, FILMED)
        axes.axvline(0, color="0.3", linestyle="--")
        axes.scatter(x, 0, 260, color="0.3")
        for agent, action in enumerate(() if snapshot.actions is None else snapshot.actions):
            height = 0.35 + 0.2 * agent
            name = axes.text(x - 0.1, height, f"agent {agent}: {action}", color=f"C{agent}", ha="right", va="center")
            name.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})  # the target's line may lie behind it
            if action:
                draw_arrow(axes, x, height, ARROW * action, 0, agent)
        axes.set(
            xlim=(min(-2.5, x - 1.5), max(2.5 + room, x + 1.5)), ylim=(-0.3, 0.5 + 0.2 * self.num_agents), yticks=[]
        )
        axes.set_xlabel("x (dashed: 0, where it should be)")
        axes.spines[["top", "left", "right"]].set_visible(False)

    def tell(self, snapshot):
        """Say where the number is, how the team pushes it, where it comes to and what that pays."""
        if snapshot.actions is None:
            return f"x is {snapshot.state[0]:.2f}."
        pushes = " + ".join(map(str, snapshot.actions))
        rewards = ", ".join(f"{reward:.2f}" for reward in snapshot.rewards)
        return (
            f"x is {snapshot.state[0]:.2f}; {pushes} push it by {self.push * snapshot.actions.sum():.2f}, and with the "
            f"noise it comes to {snapshot.next_state[0]:.2f}. Rewards: {rewards}."
        )

    def _individual_bonus(self, actions):
        return self.bonus * (actions < self.num_actions // 2)


def _cell_probabilities(edges, means, deviation):
    """Integrate normal distributions with means (…) over the cells between edges (S + 1,): (…, S)."""
    from scipy.special import ndtr  # imported here, because scipy is slow to load and only this needs it

    inner = ndtr((edges[1:-1] - means[..., None]) / deviation)  # (…, S - 1)
    return np.diff(inner, prepend=0.0, append=1.0)
