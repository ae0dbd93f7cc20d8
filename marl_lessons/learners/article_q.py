"""The article's independent Q-learner with all its habits: the patient of lesson 07."""

import numpy as np


class ArticleQ:
    """Every agent keeps a dictionary from rounded features to action values, and explores less after every step.

        Q(k, a) ← Q(k, a) + α (r + γ max_b Q(k', b) - Q(k, a)),   k = features rounded to one decimal
        ε ← decay · ε   after every update

    Its habits, each of which lesson 07 examines: the key holds every feature, whether it matters or not; ε shrinks
    by the step, not over the run; unseen rows are 0 and ties go to the first action; it always bootstraps.

    Parameters:
        game: a MarkovGame whose observations are features.
        alpha, gamma: step size and discount factor.
        epsilon: first probability of exploring.
        decay: factor of epsilon for each step.
    Attributes:
        num_rows: rows in the tables of all runs and agents together.
        epsilon: current probability of exploring.
    Raises:
        ValueError: if the game's observations are integers.
    Source: the article's `IndependentQLearner`. Differs: many runs at once. As there, keys tell -0.0 from 0.0.
    """

    def __init__(self, game, alpha=0.1, gamma=0.99, epsilon=1.0, decay=0.995):
        if game.num_observations is not None:
            raise ValueError("game must have features to round, got integer observations; use IQL.")
        self.num_actions = game.num_actions
        self.alpha, self.gamma = alpha, gamma
        self.epsilon, self.decay = epsilon, decay
        self.row_of = {}  # from a key to its row in the table
        self.q_table = np.zeros((1024, self.num_actions))  # doubled whenever it is full

    @property
    def num_rows(self):
        return len(self.row_of)

    def act(self, observations, rng, explore=True):
        """Choose the first best action (R, N), or explore."""
        greedy = self._choose_greedily(observations)  # (R, N)
        if not explore:
            return greedy
        explores = rng.random(greedy.shape) < self.epsilon
        return np.where(explores, rng.integers(self.num_actions, size=greedy.shape), greedy)

    def policies(self, observations):
        """Give the first of the best actions probability 1, (R, N, A)."""
        return np.eye(self.num_actions)[self._choose_greedily(observations)]

    def update(self, transition, rng):
        """Learn from one transition in every run, as if no episode ever ended."""
        rows, next_rows = self._look_up(transition.observations), self._look_up(transition.next_observations)
        targets = transition.rewards + self.gamma * self.q_table[next_rows].max(axis=-1)  # (R, N)
        chosen = rows, transition.actions
        self.q_table[chosen] += self.alpha * (targets - self.q_table[chosen])
        self.epsilon *= self.decay

    def _choose_greedily(self, observations):
        rows = self._look_up(observations)  # first, since it may replace the table by a larger one
        return self.q_table[rows].argmax(axis=-1)  # (R, N)

    def _look_up(self, observations):
        """Find the rows (R, N) of features (R, N, F), making those that are new."""
        runs, num_agents, _ = observations.shape
        owners = np.indices((runs, num_agents)).transpose(1, 2, 0)  # (R, N, 2): each run and agent has its own
        fields = np.concatenate([owners, np.round(observations, 1)], axis=-1)  # (R, N, 2 + F)
        keys = fields.view(f"V{fields.shape[-1] * fields.itemsize}").ravel().tolist()  # bytes, one for each owner
        rows = [self.row_of.setdefault(key, len(self.row_of)) for key in keys]
        while self.num_rows > len(self.q_table):
            self.q_table = np.concatenate([self.q_table, np.zeros_like(self.q_table)])
        return np.reshape(rows, (runs, num_agents))
