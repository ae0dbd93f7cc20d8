"""The population that comes with the course is what its methods learn: some are trained again."""

import numpy as np
import pytest

from marl_lessons import scoreboard
from marl_lessons.cross_play import read_population
from marl_lessons.policies import joint_policy
from tools.build_population import list_names, train_method, write_rules

pytestmark = pytest.mark.canon


def score_mean(policies):
    """Mean score of the runs, and its margin of 95 %."""
    scores = scoreboard.score(joint_policy(policies))
    return scores.mean(), 1.96 * scores.std() / np.sqrt(len(scores))


def test_the_file_holds_every_method_and_every_rule():
    assert list(read_population()) == [*write_rules(), *list_names()]


def test_the_rules_are_as_written():
    population = read_population()
    for name, policies in write_rules().items():
        np.testing.assert_allclose(population[name], policies)


@pytest.mark.parametrize(
    "name",
    [
        "IQL",
        "VDN",
        "distributed",
        "COMA, both cures",
        "IQL, own view",
        "hysteretic, own view",
        "central critics, own view",
    ],
)
def test_a_method_that_is_trained_again_scores_the_same(name):
    """From the same random numbers; where a machine rounds otherwise, within three standard errors."""
    (mean, margin), (kept, kept_margin) = score_mean(train_method(name)), score_mean(read_population()[name])
    assert mean == pytest.approx(kept, abs=3 * np.hypot(margin, kept_margin) / 1.96)
