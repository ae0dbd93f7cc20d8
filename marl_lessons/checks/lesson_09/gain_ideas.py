"""What potential shaping adds, and the ideas that lead to another number: for exercise 9.2."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def gain_run_by_run(potential, next_potential, terminated, gamma):
    """The definition, one run after the other."""
    runs = zip(potential.tolist(), next_potential.tolist(), terminated.tolist(), strict=True)
    return np.array([(0.0 if ended else gamma * after) - before for before, after, ended in runs])


def mask(rule):
    """Return the function that adds rule(before, after, gamma) with `after` as 0 at ends."""
    return lambda potential, following, ended, gamma: rule(potential, np.where(ended, 0, following), gamma)


GAIN_MISCONCEPTIONS = (
    Misconception(
        lambda potential, following, ended, gamma: gamma * following - potential,
        "You let an end keep its potential. Where `terminated` is True, Φ of the state after counts as 0.",
    ),
    Misconception(
        lambda potential, following, ended, gamma: np.where(ended, 0.0, gamma * following - potential),
        "You add nothing where the game ends. Only Φ of the state *after* is 0 there; the one before is still taken "
        "back.",
    ),
    Misconception(
        lambda potential, following, ended, gamma: np.where(ended, gamma * following, 0) - potential,
        "You have `terminated` the wrong way round: the potential counts where the game goes *on*.",
    ),
    Misconception(
        mask(lambda before, after, gamma: after - before),
        "You forget gamma: the state after counts by the discount.",
    ),
    Misconception(
        mask(lambda before, after, gamma: after - gamma * before),
        "Gamma stands at the wrong potential. What comes later is discounted: the state *after*.",
    ),
    Misconception(
        mask(lambda before, after, gamma: gamma * (after - before)),
        "You discount both potentials. Only the one after the step comes later.",
    ),
    Misconception(
        mask(lambda before, after, gamma: before - gamma * after),
        "Your result has the wrong sign. A gain is what comes after minus what was before.",
    ),
    Misconception(
        mask(lambda before, after, gamma: gamma * after + before),
        "You add the two potentials. The one before is taken back: minus.",
    ),
    Misconception(
        mask(lambda before, after, gamma: gamma * after),
        "You pay the potential of the state after, and take nothing back. Subtract the one before.",
    ),
    Misconception(
        lambda potential, following, ended, gamma: gamma * np.where(ended, potential, following) - potential,
        "At an end you put the old potential in place of the new one. An end has none: 0.",
    ),
    Misconception(
        lambda potential, following, ended, gamma: (0 if ended.any() else gamma) * following - potential,
        "If one run has ended, you drop the next potential of all runs. Each run is on its own.",
    ),
    Misconception(
        lambda potential, following, ended, gamma: (0 if ended.all() else gamma) * following - potential,
        "You drop the next potential only where *all* runs have ended. Each run is on its own.",
    ),
    Misconception(
        lambda potential, following, ended, gamma: gamma * following - np.where(ended, 0, potential),
        "At an end you drop the potential *before*, and keep the one after. It is the other way round.",
    ),
    Misconception(
        lambda potential, following, ended, gamma: np.where(ended, following, gamma * following) - potential,
        "At an end you count the potential after in full, where it should count as 0.",
    ),
    Misconception(
        lambda potential, following, ended, gamma: gamma * following * ~ended.astype(int) - potential,
        "Your next potentials count -1 or -2 times. `~` makes -1 and -2 of the *whole numbers* 0 and 1: apply it to "
        "True and False, or use `1 - terminated`.",
    ),
)
