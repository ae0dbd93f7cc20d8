"""Many zero-sum matrix games solved at once, beside each alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marl_lessons.solvers import zero_sum
from marl_lessons.solvers.simplex import solve_matrix_games

seeds = st.integers(0, 10_000)


@settings(max_examples=40)
@given(st.tuples(st.integers(1, 4), st.integers(1, 4), seeds))
def test_many_games_at_once_have_the_values_of_each_alone(case):
    rows, columns, seed = case
    tables = np.random.default_rng(seed).integers(-2, 3, size=(3, 2, rows, columns))  # small integers tie often
    solution = solve_matrix_games(tables)
    alone = np.array([[zero_sum.minimax(table).value for table in pair] for pair in tables])
    np.testing.assert_allclose(solution.value, alone, atol=1e-7)
    assert solution.row_policy.shape == (3, 2, rows)
    assert solution.column_policy.shape == (3, 2, columns)


@given(seeds, st.sampled_from([1e-9, 1, 1e9]))
def test_policies_of_many_games_guarantee_the_values(seed, unit):
    tables = unit * np.random.default_rng(seed).normal(size=(20, 5, 4))
    solution = solve_matrix_games(tables)
    guaranteed = np.einsum("ga,gab->gb", solution.row_policy, tables).min(axis=1)
    conceded = np.einsum("gab,gb->ga", tables, solution.column_policy).max(axis=1)
    np.testing.assert_allclose(guaranteed, solution.value, atol=1e-9 * unit)
    np.testing.assert_allclose(conceded, solution.value, atol=1e-9 * unit)


def test_games_with_infinite_payoffs_are_refused():
    with pytest.raises(ValueError, match="payoffs must be finite"):
        solve_matrix_games([[1, np.inf]])
