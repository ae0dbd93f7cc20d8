"""The scale from random play to the best team, for every game given by tables."""

from dataclasses import dataclass
from hashlib import blake2b

from marl_lessons.arrays import TOLERANCE
from marl_lessons.policies import joint_policy, uniform_policy
from marl_lessons.solvers import evaluate_joint_policy, value_iteration

GAMMA = 0.9
_SCALES = {}  # from gamma and what is in a game's tables to its Scale


@dataclass(frozen=True)
class Scale:
    """The two ends by which a team is measured, in units of return.

    Attributes:
        uniform: what uniform play is worth; it scores 0.
        best: what the best joint policy is worth; it scores 100.
    """

    uniform: float
    best: float

    def score(self, values):
        """Score values (…) of teams: 100 (v - v(uniform)) / (v* - v(uniform)). A team can score below 0."""
        return 100 * (values - self.uniform) / (self.best - self.uniform)


def find_scale(game, gamma=GAMMA):
    """Find the ends of the scale of a game exactly; asked again about the same tables, it remembers.

    Parameters:
        game: a TabularMarkovGame.
        gamma: discount factor.
    Returns:
        Scale, of mean values over the game's agents and starts.
    Raises:
        ValueError: if uniform play is worth as much as the best, as where all that one agent gains another loses.
    """
    arrays = (game.transitions, game.rewards, game.start, game.terminal)
    key = gamma, game.rewards.shape, blake2b(b"".join(array.tobytes() for array in arrays)).digest()
    if key not in _SCALES:
        uniform = joint_policy(uniform_policy(game.num_agents, game.num_states, game.num_actions))
        optimum = value_iteration(game, gamma)
        _SCALES[key] = Scale(float(mean_value(game, uniform, gamma)), float(optimum.values @ game.start))
    scale = _SCALES[key]
    if scale.best - scale.uniform <= TOLERANCE * max(1, abs(scale.best)):
        raise ValueError(
            f"game must pay a good team more than random play, got {scale.best:.3g} for both, mean over the agents; "
            "where their interests are opposed, judge each agent by its own return, with rollout.evaluate."
        )
    return scale


def mean_value(game, joint_policies, gamma=GAMMA):
    """Compute what joint policies are worth to the team.

        v(π) = Σ_s P(start in s) · mean over the agents of V_i(s)

    Parameters:
        game: a TabularMarkovGame.
        joint_policies: probabilities (…, S, A, …, A).
        gamma: discount factor.
    Returns:
        Values (…), in units of return.
    """
    return evaluate_joint_policy(game, joint_policies, gamma).mean(axis=-2) @ game.start
