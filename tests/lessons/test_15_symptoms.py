"""Exercise 15.2 draws its lines where the lesson says, and names the symptom of a team by what it does."""

import re

import numpy as np
import pytest

from marl_lessons import scoreboard
from marl_lessons.checks.lesson_15 import difference, pairs, partners, team
from marl_lessons.checks.lesson_15.symptoms import find_symptom
from marl_lessons.cross_play import read_population
from marl_lessons.environments import Dispatch
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.learners import HystereticQ
from marl_lessons.policies import linear_schedule
from tests.lessons.measures import listen_to

BOLD, CAREFUL = (read_population()[name][0] for name in ("bold", "careful"))  # (2, 18, 3)
LONE = np.stack([BOLD[0], CAREFUL[1]])
rng = np.random.default_rng(0)


def mix(first, count, second):
    """Return 100 teams, so many of the first kind."""
    return np.stack([first] * count + [second] * (100 - count))


def blur(share):
    """Return bold teams whose likeliest action has this probability everywhere."""
    return np.repeat((BOLD * (1.5 * share - 0.5) + (1 - share) / 2)[None], 30, axis=0)


def scatter(stuck, alright):
    """Return 100 scores: so many at 50, so many at 95, and the others at 75."""
    return np.repeat([50.0, 95.0, 75.0], [stuck, alright, 100 - stuck - alright])


@pytest.mark.parametrize(
    ("policies", "scores", "told"),
    [
        (blur(0.48), scatter(0, 0), "its likeliest action has less than a half."),
        (blur(0.52), scatter(0, 0), "It leaves much to chance."),
        (blur(0.93), scatter(0, 0), "It leaves much to chance."),
        (blur(0.97), scatter(15, 85), "There are two heaps: 15% of the runs stay below 60, 85% lie above 88."),
        (mix(LONE, 35, BOLD), scatter(5, 95), "one worker goes there alone in 35% of the cases"),
        (mix(LONE, 35, BOLD), scatter(15, 5), "one worker goes there alone in 35% of the cases"),
        (mix(BOLD, 5, CAREFUL), scatter(0, 0), "It leaves the heavy tasks alone. The best such team scores 45.9:"),
        (mix(BOLD, 20, CAREFUL), scatter(0, 0), "Both go to a waiting heavy task in 20% of the cases."),
        (0.8 * mix(BOLD, 50, CAREFUL) + 0.2 / 3, scatter(0, 0), "Both go to a waiting heavy task in"),
    ],
)
def test_a_symptom_has_its_limits(policies, scores, told):
    assert told in find_symptom(policies, scores)


def test_the_cards_name_the_lessons_that_treat_a_symptom():
    careful, meets_always = mix(CAREFUL, 100, BOLD), np.repeat(np.eye(3)[np.full((1, 2, 18), 2)], 30, axis=0)
    assert "H looked bad beside a partner who came at times only (lessons 03 and 08)." in find_symptom(
        careful, scatter(0, 0)
    )
    assert "high (lesson 09), forgiving (lesson 08), or an entropy that fades (lesson 12)" in find_symptom(
        careful, scatter(50, 50)
    )
    told = find_symptom(meets_always, scatter(0, 0))
    assert "with the rule of exercise 3.4 there" in told
    assert f"Has it explored all {len(Dispatch().states)} states enough (lesson 07)?" in told
    assert pytest.approx(45.9, abs=0.05) == scoreboard.DISPATCH_BESTS["best without heavy tasks"]


def judge(mean, spread, monkeypatch):
    """Judge 30 teams whose scores lie as far above a mean as below it; return what was told, or an empty string."""
    asked = []
    monkeypatch.setattr(
        team.scoreboard, "score", lambda joint: asked.append(joint) or mean + spread * (-1.0) ** np.arange(30)
    )
    monkeypatch.setattr(team, "find_symptom", lambda policies, scores: "Why?")
    try:
        team.scores_above_every_critic_of_values(blur(1.0) * (1 + 9e-5), rng)
    except Mistake as mistake:
        return str(mistake)
    finally:
        np.testing.assert_allclose(asked[0].sum(axis=(-2, -1)), 1, atol=1e-12)  # rounding is taken out
    return ""


def test_the_lower_end_of_the_interval_must_be_above_88(monkeypatch):
    """The interval reaches 1.96 · 10 / √29 = 3.64 to either side."""
    assert judge(88.01, 0, monkeypatch) == judge(91.7, 10, monkeypatch) == ""
    assert judge(87.99, 0, monkeypatch) == "Your team scores 88.0 ± 0.0 in 30 runs. Why?"
    assert judge(91.6, 10, monkeypatch) == (
        "Your team scores 91.6 ± 3.6 in 30 runs: on average above 88, but the lower end of the interval is not. Why?"
    )


def test_rounding_is_forgiven_and_a_row_that_is_no_policy_is_named():
    team.holds_policies(blur(1.0) * (1 + 9e-5), rng)
    policies = blur(1.0)
    policies[3, 1, 7] = 0.5, 0.2, 0.29
    policies[4, 0, 8] = 0.5, 0.2, 0.295
    with pytest.raises(Mistake, match=re.escape("In run 3 the probabilities of worker 1 in state 7 add up to 0.99,")):
        team.holds_policies(policies, rng)


def test_thirty_runs_are_enough_and_29_are_not():
    team.holds_policies(blur(1.0), rng)
    with pytest.raises(Mistake, match=r"Your team has 29 runs\. Luck is judged by 30 or more"):
        team.holds_policies(blur(1.0)[:29], rng)
    with pytest.raises(Mistake, match=r"That is one team\. Luck is judged by 30 runs or more\."):
        team.holds_policies(BOLD, rng)


def test_the_solution_that_is_shown_believes_bad_news_a_tenth_as_the_hint_says():
    exercise = find_exercise("15.2")
    scope = {"HystereticQ": HystereticQ, "linear_schedule": linear_schedule}
    exec(exercise.shown_solution.split("\n\n\n")[0], scope)
    learner = scope["make_team"](Dispatch())
    assert [learner.beta(step) for step in (0, 30_000)] == pytest.approx(
        [learner.alpha(step) / 10 for step in (0, 30_000)]
    )
    assert "β = α/10 will do, and so will first values of 27 for it" in exercise.hints[-1]
    assert listen_to("15_task_optimization")("are first values of 27 good")


def test_the_examples_of_the_docstrings_are_among_what_is_asked():
    mine, theirs = difference.draw_batches(rng, difference.ALIKE)[0]
    assert (mine.tolist(), theirs.tolist()) == ([4, 6], [1, 1])
    first, second = pairs.draw_teams(rng, ("mixed",))[0]
    assert (first.tolist(), second.tolist()) == ([[[0.5, 0.5]]], [[[1, 0]], [[0, 1]]])
    (table,) = partners.draw_tables(rng, "teams")[0]
    assert table.tolist() == [[9, 1, 2], [3, 8, 5], [4, 6, 7]]


def test_a_single_run_or_team_is_not_asked_about():
    assert (difference.is_batch(np.ones(2)), difference.is_batch(np.ones(1))) == (True, False)
    assert (partners.is_table_of_teams(np.ones((2, 2))), partners.is_table_of_teams(np.ones((1, 1)))) == (True, False)
    assert all(len(mine) != len(theirs) for mine, theirs in difference.draw_batches(rng, difference.OTHERWISE))
