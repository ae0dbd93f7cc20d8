"""The same game for learners, with something added to the rewards of each step."""

import numpy as np

from marl_lessons.arrays import check_shape
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.shaping.added import potential_shaping
from marl_lessons.views import View


class WithBonus(View):
    """The same game with a bonus for joint actions; see `add_bonus` for games given by tables.

        r_i' = r_i + strength · b_i(a)

    Parameters:
        game: a MarkovGame.
        bonus: function from joint actions, integers (R, N), to bonuses (R, N), such as `diversity_bonus`.
        strength: factor of the bonus.
    """

    def __init__(self, game, bonus, strength=1.0):
        super().__init__(game)
        self.bonus, self.strength = bonus, strength

    def step(self, state, actions, rng):
        next_state, rewards, terminated = self.game.step(state, actions, rng)
        return next_state, rewards + self.strength * self.bonus(actions), terminated


class WithPotential(View):
    """The same game with potential shaping; see `add_potential` for games given by tables.

        r_i' = r_i + γ Φ(s') - Φ(s),   with Φ(s') = 0 if s' ends the game

    Parameters:
        game: a MarkovGame whose states are integers (R,), such as Foraging or any that is given by tables.
        potential: Φ (S,), or with an entry for each state that can be stepped from or to, in units of reward.
        gamma: discount factor with which the agents learn.
        zero_at_end: count the potential of terminal states as 0. False shows what goes wrong otherwise.
    Raises:
        ValueError: if a game given by tables has another number of states; in `step`, if states are no whole numbers.
    Source: see `potential_shaping`.
    """

    def __init__(self, game, potential, gamma, zero_at_end=True):
        super().__init__(game)
        self.potential = np.asarray(potential, dtype=float)
        self.gamma, self.zero_at_end = gamma, zero_at_end
        if isinstance(game, TabularMarkovGame):
            check_shape("potential", self.potential, (game.num_states,))

    def step(self, state, actions, rng):
        if state.ndim != 1 or state.dtype.kind not in "iu":
            raise ValueError(
                f"game must have a whole number as its state, got {state.dtype} of shape {state.shape[1:]}; train on "
                "its tables, game.to_tabular(), if it has them."
            )
        next_state, rewards, terminated = self.game.step(state, actions, rng)
        ended = terminated & self.zero_at_end
        shaping = potential_shaping(self.potential[state], self.potential[next_state], ended, self.gamma)  # (R,)
        return next_state, rewards + shaping[:, None], terminated


class WithDifferences(View):
    """The same team game, in which each agent is paid what the team would have missed without it.

        D_i = G(s, a) - G(s, a without i)

    What is taken away depends on the others' actions alone. So an agent that gains by another action gains as much
    for the team, and the equilibria of a single step stay as they are.

    Parameters:
        game: a MarkovGame that pays all agents the same, and that has a method
            `reward_without(state, actions)`: what the team would earn without agent i, for each i, (R, N).
    Raises:
        ValueError: if the game has no such method.
    Source: Wolpert & Tumer 2001 ("wonderful life utility"); Tumer & Agogino 2007 (difference rewards).
    """

    def __init__(self, game):
        super().__init__(game)
        if not hasattr(game, "reward_without"):
            raise ValueError(
                f"game must have a method reward_without(state, actions), got {type(game).__name__}; "
                "write one, or train on the game's own rewards."
            )

    def step(self, state, actions, rng):
        next_state, rewards, terminated = self.game.step(state, actions, rng)
        return next_state, rewards - self.game.reward_without(state, actions), terminated
