"""The same game seen or labeled otherwise, to find out what a learner lives on, or to suit another kind of learner."""

from dataclasses import replace

import numpy as np

from marl_lessons.markov_games import MarkovGame


class View(MarkovGame):
    """A game seen through another one: whatever a view does not change is handed through to the game behind it.

    Parameters:
        game: the MarkovGame behind the view.
    """

    def __init__(self, game):
        self.game = game
        self.num_agents, self.num_actions, self.horizon = game.num_agents, game.num_actions, game.horizon
        self.num_observations, self.observation_shape = game.num_observations, game.observation_shape
        self.view_sizes, self.action_names = game.view_sizes, game.action_names

    def reset(self, runs, rng):
        return self.game.reset(runs, rng)

    def observe(self, state):
        return self.game.observe(state)

    def step(self, state, actions, rng):
        return self.game.step(state, actions, rng)

    def global_view(self, state):
        return self.game.global_view(state)

    def draw_on(self, axes, snapshot):
        self.game.draw_on(axes, snapshot)

    def tell(self, snapshot):
        return self.game.tell(snapshot)

    def name_state(self, state):
        return self.game.name_state(state)


class Relabeled(View):
    """The same game with its actions numbered otherwise: what was action `labels[a]` is now called a.

    A learner that lives on what is in the game learns as before; one that lives on the numbers does not.

    Parameters:
        game: a MarkovGame.
        labels: a permutation of 0 … A - 1; default is the reverse, a → A - 1 - a.
    Raises:
        ValueError: if `labels` is no permutation.
    """

    def __init__(self, game, labels=None):
        super().__init__(game)
        self.labels = np.arange(game.num_actions)[::-1] if labels is None else np.asarray(labels)
        if sorted(self.labels) != list(range(game.num_actions)):
            raise ValueError(
                f"labels must be a permutation of 0 … {game.num_actions - 1}, got {self.labels}; name each once."
            )
        self.action_names = tuple(game.action_names[label] for label in self.labels) if game.action_names else ()

    def step(self, state, actions, rng):
        return self.game.step(state, self.labels[actions], rng)

    def draw_on(self, axes, snapshot):
        self.game.draw_on(axes, self._translate(snapshot))

    def tell(self, snapshot):
        return self.game.tell(self._translate(snapshot))

    def _translate(self, snapshot):
        return snapshot if snapshot.actions is None else replace(snapshot, actions=self.labels[snapshot.actions])


class Tiled(View):
    """The same game, of whose features the agents see only in which tile one of them lies.

        o_i = number of edges ≤ feature

    Parameters:
        game: a MarkovGame whose observations are features (R, N, F).
        edges: increasing, K edges between K + 1 tiles, in units of the feature.
        feature: which one, in 0 … F - 1.
    Raises:
        ValueError: if the game's observations are integers, or the edges do not increase.
    """

    def __init__(self, game, edges, feature=0):
        super().__init__(game)
        self.edges = np.asarray(edges, dtype=float)
        self.feature = feature
        self.num_observations, self.observation_shape = len(self.edges) + 1, ()
        if game.num_observations is not None:
            raise ValueError("game must have features to tile, got integer observations; use it as it is.")
        if (np.diff(self.edges) <= 0).any():
            raise ValueError(f"edges must increase, got {self.edges}; sort them and drop repeated ones.")

    def observe(self, state):
        return np.searchsorted(self.edges, self.game.observe(state)[..., self.feature], side="right")


class Numbered(View):
    """The same game, of whose features the agents see only a number: each different observation has its own.

        o_i = 0 for what was seen first, by whoever in whichever run, 1 for the next new thing, and so on

    Learners with tables can then play a game of features, as long as these take few values, as squares of a board do.
    A learner that is saved needs `numbers` too.

    Parameters:
        game: a MarkovGame whose observations are features.
        most: how many different observations there may be; tables have as many rows.
    Attributes:
        numbers: the number of each observation so far, by its features as bytes.
    Raises:
        ValueError: if the game's observations are integers; in `observe`, and in `global_view`, whose rows are numbered
            by themselves, if more than `most` different ones turn up.
    """

    def __init__(self, game, most=10_000):
        super().__init__(game)
        if game.num_observations is not None:
            raise ValueError("game must have features to number, got integer observations; use it as it is.")
        self.most, self.numbers, self._view_numbers = most, {}, {}
        self.num_observations, self.observation_shape, self.view_sizes = most, (), (most,)

    def observe(self, state):
        return self.number(self.game.observe(state))

    def number(self, features):
        """Look up the numbers (R, N) of features (R, N, …)."""
        runs, agents = features.shape[:2]
        return self._number(features.reshape(runs * agents, -1), self.numbers).reshape(runs, agents)

    def global_view(self, state):
        return self._number(self.game.global_view(state), self._view_numbers)[:, None]  # (R, 1)

    def _number(self, rows, numbers):
        """Look up the numbers (B,) of rows (B, F), and give new ones to what was never seen."""
        rows = np.asarray(rows, dtype=float) + 0.0  # -0 and 0 are the same number, and become the same bytes
        found = np.array([numbers.setdefault(row.tobytes(), len(numbers)) for row in rows], dtype=np.int64)
        if len(numbers) > self.most:
            raise ValueError(
                f"observations must take at most {self.most:,} different values, got one more; raise `most`, or if "
                "the features are no whole numbers, choose a learner with networks."
            )
        return found


class OneHot(View):
    """The same game, of whose integer observations the agents see one feature each: 1 for what it is, 0 for the rest.

        o_i = (0, …, 0, 1, 0, …, 0), the 1 at position o_i

    Learners of features, such as networks, can play it. A global view of integers turns into features too, column by
    column.

    Parameters:
        game: a MarkovGame whose observations are integers.
    Raises:
        ValueError: if the game's observations are features already.
    """

    def __init__(self, game):
        super().__init__(game)
        if game.num_observations is None:
            raise ValueError("game must have integer observations, got features; use it as it is.")
        self.num_observations, self.observation_shape = None, (game.num_observations,)
        self.view_sizes = None

    def observe(self, state):
        return one_hot(self.game.observe(state)[..., None], (self.game.num_observations,))  # (R, N, O)

    def global_view(self, state):
        seen, sizes = self.game.global_view(state), self.game.view_sizes
        return seen if sizes is None else one_hot(seen, sizes)


class WithIdentity(View):
    """The same game, in which agents see besides who they are, or which group they belong to.

        o_i' = g_i · O + o_i   where observations are integers,   (o_i, one-hot g_i)   where they are features

    Agents that share one table or one network can then still learn to act differently.

    Parameters:
        game: a MarkovGame.
        groups: g, the group of each agent, integers (N,) in 0 … G - 1; default is a group for each agent.
            `np.arange(N) % 3` makes three groups.
    Attributes:
        num_groups: G, one more than the highest group.
    Raises:
        ValueError: if `groups` does not hold a whole number from 0 up for each agent.
    Source: Gupta, Egorov & Kochenderfer 2017 (the agent's index as an input of a shared policy).
    """

    def __init__(self, game, groups=None):
        super().__init__(game)
        self.groups = np.arange(game.num_agents) if groups is None else np.asarray(groups)
        if self.groups.shape != (game.num_agents,) or self.groups.dtype.kind not in "iu" or self.groups.min() < 0:
            raise ValueError(
                f"groups must be {game.num_agents} whole numbers from 0 up, got {self.groups.dtype} of shape "
                f"{self.groups.shape}; give each agent the number of its group."
            )
        self.num_groups = int(self.groups.max()) + 1
        if game.num_observations is None:
            self.observation_shape = (game.observation_shape[0] + self.num_groups,)
        else:
            self.num_observations = self.num_groups * game.num_observations

    def observe(self, state):
        seen = self.game.observe(state)  # (R, N, …)
        if self.game.num_observations is not None:
            return self.groups.astype(np.int64) * self.game.num_observations + seen
        identities = one_hot(self.groups[:, None], (self.num_groups,))  # (N, G)
        return np.concatenate([seen, np.broadcast_to(identities, (len(seen), *identities.shape))], axis=-1)


def one_hot(columns, sizes):
    """Turn each column of whole numbers into as many features: 1 for what it is, 0 for the rest.

    Parameters:
        columns: integers (…, D).
        sizes: how many values each column takes, D whole numbers K.
    Returns:
        Features (…, sum of K), 0.0 or 1.0.

    >>> one_hot(np.array([2, 0]), (3, 2))
    array([0., 0., 1., 1., 0.])
    """
    blocks = [columns[..., [which]] == np.arange(size) for which, size in enumerate(sizes)]
    return np.concatenate(blocks, axis=-1).astype(float)
