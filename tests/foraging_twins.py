"""Our foraging game as the twin of lbforaging's: the same rules, so that our tables judge what is learned there."""

import numpy as np

from marl_lessons.environments import Foraging

OURS = Foraging(size=4, horizon=15)  # the same rules as lbforaging's, written by us


class SeenFromOutside(Foraging):
    """Our foraging, of which agents see what they would see in lbforaging's; by its number, if there are numbers."""

    def __init__(self, numbered=None):
        super().__init__(OURS.size, OURS.horizon)
        self.numbered = numbered

    def observe(self, state):
        first, second, food = np.moveaxis(self.squares[state], -2, 0)  # (R, 2) each
        seen = [join(food, 2, own, 1, other, 1) for own, other in [(first, second), (second, first)]]
        features = np.stack(seen, axis=1)  # (R, N, 9)
        return self.numbered.number(features) if self.numbered else features


def join(*things):
    """Write squares (R, 2) and levels side by side: (R, 9)."""
    pairs = zip(things[::2], things[1::2], strict=True)
    return np.concatenate([np.pad(squares, ((0, 0), (0, 1)), constant_values=level) for squares, level in pairs], 1)
