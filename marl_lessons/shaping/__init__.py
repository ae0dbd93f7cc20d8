"""What is added to rewards, whether it leaves the best joint policies as they are, and whose doing a reward was."""

from marl_lessons.shaping.added import add_bonus, add_potential, diversity_bonus, potential_shaping
from marl_lessons.shaping.potential_test import (
    PotentialTest,
    Transitions,
    find_shaping_potential,
    list_transitions,
)
from marl_lessons.shaping.shaped import WithBonus, WithDifferences, WithPotential

__all__ = [
    "PotentialTest",
    "Transitions",
    "WithBonus",
    "WithDifferences",
    "WithPotential",
    "add_bonus",
    "add_potential",
    "diversity_bonus",
    "find_shaping_potential",
    "list_transitions",
    "potential_shaping",
]
