"""Exact answers: values and optima here; competition in `zero_sum`, play that keeps improving in `dynamics`, and very
many agents in `mean_field`.
"""

from marl_lessons.solvers.cross_entropy import cross_entropy_search
from marl_lessons.solvers.district_bounds import bound_districts
from marl_lessons.solvers.factorization import additive_fit, fitted_values, is_monotone, monotone_fit
from marl_lessons.solvers.markov_games import (
    TeamOptimum,
    best_response,
    evaluate_joint_policy,
    fix_others,
    value_iteration,
)

__all__ = [
    "TeamOptimum",
    "additive_fit",
    "best_response",
    "bound_districts",
    "cross_entropy_search",
    "evaluate_joint_policy",
    "fitted_values",
    "fix_others",
    "is_monotone",
    "monotone_fit",
    "value_iteration",
]
