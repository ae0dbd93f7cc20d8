"""The population that comes with the course: a small file, teams of every method, scores as in the lessons' tables."""

import numpy as np
import pytest

from marl_lessons import scoreboard
from marl_lessons.cross_play import read_population
from marl_lessons.environments import Dispatch
from marl_lessons.policies import joint_policy
from marl_lessons.team_files import POPULATION

TEAMS = read_population()
RULES = ("random", "careful", "best possible", "bold")
LARGEST = 200_000  # bytes


def score_team(name):
    return scoreboard.score(joint_policy(TEAMS[name]))


def test_the_file_is_small_and_read_without_running_code():
    assert POPULATION.stat().st_size < LARGEST
    with np.load(POPULATION, allow_pickle=False) as content:
        assert all(content[name].dtype == np.uint8 for name in content.files)


@pytest.mark.parametrize("name", TEAMS)
def test_every_team_is_one_of_dispatch(name):
    runs = 1 if name in RULES else 100
    assert TEAMS[name].shape == (runs, 2, 18, 3)
    np.testing.assert_allclose(TEAMS[name].sum(axis=-1), 1)


@pytest.mark.parametrize("name", [name for name in TEAMS if name.endswith(", own view")])
def test_with_the_own_view_a_worker_does_the_same_wherever_it_sees_the_same(name):
    seen = Dispatch(view="own").observe(Dispatch().states)  # (S, N)
    for worker in (0, 1):
        for observation in range(6):
            rows = TEAMS[name][:, worker, seen[:, worker] == observation]  # (R, 3, A)
            np.testing.assert_array_equal(rows, np.broadcast_to(rows[:, :1], rows.shape))


@pytest.mark.parametrize(("name", "score"), [("random", 0), ("careful", 45.9), ("best possible", 100), ("bold", 99.3)])
def test_the_rules_score_as_they_do_in_lesson_3(name, score):
    assert score_team(name)[0] == pytest.approx(score, abs=0.05)


@pytest.mark.parametrize(
    ("name", "mean"),
    [  # the tables of lessons 10, 11 and 12
        ("article's habits", 62),
        ("IQL", 77),
        ("hysteretic", 90),
        ("REINFORCE", 85),
        ("actor–critic", 82),
        ("clipped steps", 83),
        ("natural steps", 85),
        ("VDN", 81),
        ("QMIX", 84),
        ("local critics", 87),
        ("central critics", 87),
        ("COMA as printed", 66),
        ("COMA, both cures", 93),
        ("IQL, own view", 66),
        ("hysteretic, own view", 93),
        ("VDN, own view", 93),
        ("QMIX, own view", 91),
        ("local critics, own view", 74),
        ("central critics, own view", 62),
        ("COMA as printed, own view", 63),
        ("COMA, both cures, own view", 99.7),
    ],
)
def test_a_method_scores_as_in_the_tables_of_the_lessons(name, mean):
    """Two means of 100 runs each: three standard errors of their difference, and the rounding of the table."""
    scores = score_team(name)
    error = scores.std() / np.sqrt(len(scores))
    assert scores.mean() == pytest.approx(mean, abs=3 * np.sqrt(2) * error + 0.5)
