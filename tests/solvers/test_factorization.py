"""The best additive fit of values of joint actions."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marl_lessons import solvers


@given(arrays(float, (2, 3, 4), elements=st.integers(-9, 9)))
def test_the_additive_fit_is_the_least_squares_solution(payoffs):
    joint_actions = np.indices(payoffs.shape).reshape(3, -1)
    features = np.hstack([np.eye(count)[a] for count, a in zip(payoffs.shape, joint_actions, strict=True)])
    solution = np.linalg.lstsq(features, payoffs.ravel())[0]
    np.testing.assert_allclose(solvers.additive_fit(payoffs).ravel(), features @ solution, atol=1e-9)
