"""Rules that decide for groups of workers: one thought out by hand, and one of seven parameters that can be learned.

They play `Districts(…, view="map")`, in which everybody sees the state. Both plan from counts, and then say what each
worker does, so that they need no training again for another number of workers or districts.
"""

import numpy as np

from marl_lessons.plans import Plan, deal, pair_up, share_out, stay_and_leave

PARAMETERS = ("heavy", "here", "busy", "home", "way", "share", "slope")


class HandRule:
    """Workers go where the work is, and heavy tasks are served first.

        targets = N (l + 2h) / Σ (l + 2h), rounded by `share_out`;      workers at heavy tasks = min(2h, all that stay)

    Parameters:
        game: a Districts game with the view of the map.
        every: k, workers are moved in every k-th step only, counted from the start of an episode.
    Attributes:
        share_out: how workers are shared out in proportion to needs, a function as `plans.share_out`.
    Raises:
        ValueError: if `game` has not the view of the map, or `every` is below 1.
    Source: this course.
    """

    def __init__(self, game, every=1):
        if getattr(game, "view", None) != "map":
            raise ValueError('game must be Districts(…, view="map"), so that rules see the map; make that one.')
        if every < 1:
            raise ValueError(f"every must be at least 1 step, got {every}; 1 moves workers in each.")
        self.game, self.every, self.share_out = game, every, share_out
        self._age = None

    def decide(self, counts, may_move=True):
        """Make a Plan from Counts (…, D); may_move: whether workers may be moved, booleans that broadcast to (…, 1)."""
        targets = self.share_out(counts.light + 2 * counts.heavy, self.game.num_agents)
        return self._plan(counts, np.where(may_move, targets, counts.workers), share=1.0)

    def _plan(self, counts, targets, share):
        staying, _, _ = stay_and_leave(counts.workers, targets)
        return Plan(targets, np.minimum(pair_up(share, staying), 2 * counts.heavy))

    def begin(self, started):
        """Count steps anew in the runs in which an episode starts, booleans (R,)."""
        self._age = np.zeros(len(started), dtype=np.int64) if self._age is None else np.where(started, 0, self._age)

    def act(self, observations, rng, explore=True):
        """Say what each worker does, (R, N); exploring or not makes no difference."""
        actions = self._choose(observations)
        self._age = self._age + 1
        return actions

    def _choose(self, observations):
        if self._age is None:
            self.begin(np.ones(len(observations), dtype=bool))
        places, counts = self.game.split(observations[:, 0])
        may_move = (self._age % self.every == 0)[:, None]  # (R, 1)
        return deal(places, counts.workers, self.decide(counts, may_move))

    def update(self, transition, rng):
        """Learn nothing."""

    def policies(self, observations):
        """Give what each worker does probability 1, (R, N, A)."""
        return (self._choose(observations)[..., None] == np.arange(self.game.num_actions)).astype(float)


class SharedRule(HandRule):
    """A rule of seven parameters that all districts share, whatever their number and that of the workers.

        need = e^heavy · h + l + e^here · workers + (e^busy · [is busy] + e^home) · n
        targets = (1 - σ(way)) · workers + σ(way) · N · need / Σ need
        share at heavy tasks = σ(share + slope · log((2h + 1)/(l + 1))),   in whole pairs, at most h

    with σ(x) = 1/(1 + e^-x). All 0 is a rule that nobody would write by hand; `solvers.cross_entropy_search` finds
    better ones.

    Parameters:
        game, every: as for `HandRule`.
        parameters: the seven, in the order of `learners.rules.PARAMETERS`; (7,), or (…, 1, 7) for many rules in
            `decide`, whose Plan then has these axes in front of those of the runs.
    Attributes:
        parameters, share_out.
    Raises:
        ValueError: if the parameters are not seven finite numbers; and as for `HandRule`.
    Source: this course.
    """

    def __init__(self, game, parameters, every=1):
        super().__init__(game, every)
        self.parameters = np.asarray(parameters, dtype=float)
        if self.parameters.shape[-1:] != (len(PARAMETERS),) or not np.isfinite(self.parameters).all():
            raise ValueError(
                f"parameters must be {len(PARAMETERS)} finite numbers {PARAMETERS}, got an array of shape "
                f"{self.parameters.shape}; give one for each."
            )

    def decide(self, counts, may_move=True):
        heavy, here, busy, home, way, share, slope = np.moveaxis(self.parameters, -1, 0)[..., None]
        weights = np.exp(busy) * counts.busy + np.exp(home)  # (…, D), of each worker at home
        need = np.exp(heavy) * counts.heavy + counts.light + np.exp(here) * counts.workers + weights * self.game.sizes
        goal = self.game.num_agents * need / need.sum(axis=-1, keepdims=True)
        wanted = (1 - sigmoid(way)) * counts.workers + sigmoid(way) * goal
        targets = np.where(may_move, self.share_out(wanted, self.game.num_agents), counts.workers)
        odds = share + slope * np.log((2 * counts.heavy + 1) / (counts.light + 1))
        return self._plan(counts, targets, sigmoid(odds))


def sigmoid(odds):
    """Squeeze numbers into 0 … 1: 1/(1 + e^-x)."""
    return 0.5 + 0.5 * np.tanh(odds / 2)  # which, unlike exp(-x), never overflows
