"""Every number that lesson 02 and its checks state is what the module computes."""

import re

import numpy as np
import pytest
from scipy import stats

from marl_lessons import environments, train
from marl_lessons.exercises.registry import find_exercise, find_prediction
from marl_lessons.learners import RandomPolicy
from marl_lessons.plotting.watch import record
from marl_lessons.rollout import evaluate
from tests.lessons.measures import solve, standard_error, take_from_lesson
from tools.build_notebooks import read_lesson

DRIFT = environments.Drift()
FORAGING = environments.Foraging(size=3)
SOURCE = read_lesson("02_markov_games")
TEXT = " ".join(line.removeprefix("#").strip() for line in SOURCE.splitlines())
Repeat, Counter, count_ends = take_from_lesson(
    "02_markov_games", "Repeat", "Counter", "count_ends", find_truncated=find_exercise("2.3").reference
)
TEAMS = RandomPolicy(4), Repeat([0, 0, 0])


def says(*phrases):
    """Assert that the lesson contains these words, whatever its line breaks."""
    for phrase in phrases:
        assert phrase in TEXT, phrase


def expect_rewards(bonus, push, push_variance):
    """Return the exact mean reward of an agent at each of 100 steps: x is normal, and |x| folded normal."""
    steps = np.arange(1, 101)
    deviation = np.sqrt(1 + (0.1**2 + push_variance) * steps)
    return bonus - stats.foldnorm.mean(push * steps / deviation, scale=deviation)


RANDOM_REWARDS = expect_rewards(bonus=0.05, push=3 * 0.075, push_variance=3 * 1.25 * 0.05**2)
ZERO_REWARDS = expect_rewards(bonus=0.1, push=0, push_variance=0)


# The drift game


def test_the_drift_game_has_the_numbers_of_the_prose():
    assert (DRIFT.num_agents, DRIFT.num_actions, DRIFT.horizon) == (3, 4, 100)
    assert (DRIFT.push, DRIFT.noise, DRIFT.bonus) == (0.05, 0.1, 0.1)
    says("an action from 0 to 3", "by 0.05 times the sum of the three actions", "picks 0 or 1 earns a bonus of 0.1")
    says(r"x + 0.05\,(a_0 + a_1 + a_2)", "-|x'| + 0.1\\,[a_i < 2]", "normally distributed with standard deviation 0.1")
    says("drawn with mean 0 and standard deviation 1", "of 4 those below 2, in general those below")
    says("Our loop stops this game after 100 steps", "with the drift game after 100 steps")
    says(
        "with $x' = 2$ and the actions 0, 3, 3 the rewards are −1.9, −2 and −2.", "1 if agent $i$ picked 0 or 1, else 0"
    )
    start = DRIFT.reset(4_000, np.random.default_rng(0))
    assert start.shape == (4_000, 4)
    assert stats.kstest(start[:, 0], "norm").pvalue > 0.001


def test_all_agents_see_four_numbers_of_which_three_only_shake_and_nobody_is_paid_for_them():
    says("is four numbers that all agents see", "the other three only shake")
    start, rng = DRIFT.reset(4_000, np.random.default_rng(0)), np.random.default_rng(0)
    np.testing.assert_array_equal(DRIFT.observe(start), np.stack([start] * 3, axis=1))
    shaken = (DRIFT.step(start, np.full((4_000, 3), 3), rng)[0] - start)[:, 1:] / DRIFT.noise
    assert stats.kstest(shaken.ravel(), "norm").pvalue > 0.001
    state, actions = np.zeros((2, 4)), np.zeros((2, 3), dtype=int)
    state[1, 1:] = 100
    next_state, rewards, _ = DRIFT.step(state, actions, np.random.default_rng(0))
    np.testing.assert_allclose(rewards, 0.1 - np.abs(next_state[:, :1]) * np.ones(3))


def test_a_random_action_pushes_by_0_075_on_average_and_action_0_not_at_all():
    assert DRIFT.push * np.arange(4).mean() == pytest.approx(0.075)
    state, rng = np.zeros((4_000, 4)), np.random.default_rng(0)
    for actions, push in [(rng.integers(4, size=(4_000, 3)), 3 * 0.075), (np.zeros((4_000, 3), int), 0)]:
        moved = DRIFT.step(state, actions, rng)[0][:, 0]
        assert abs(moved.mean() - push) < 4 * standard_error(moved)


def test_the_noise_of_100_steps_has_a_standard_deviation_of_1():
    assert DRIFT.noise * np.sqrt(DRIFT.horizon) == pytest.approx(1)


def test_random_play_is_worth_minus_1133_and_always_playing_0_minus_87_4():
    random, zero = (f"{abs(rewards.sum()):,.{digits}f}" for rewards, digits in ((RANDOM_REWARDS, 0), (ZERO_REWARDS, 1)))
    says(f"random play is worth −{random} on average, and always playing 0 is worth −{zero}:")
    assert (random, zero) == ("1,133", "87.4")
    says("whenever a team reaches −90 in this game")
    assert ZERO_REWARDS.sum() > -90


@pytest.mark.parametrize("seed", range(3))
def test_the_teams_return_what_theory_says(seed):
    says(
        "So `evaluate` plays 500 runs,",
        "evaluate(drift, team, runs=500",
        "from the 500 we draw 500 anew",
        "95 % of the means",
    )
    says('{"random actions": RandomPolicy(num_actions=4), "always 0": Repeat([0, 0, 0])}')
    rng = np.random.default_rng(seed)
    for team, exact in zip(TEAMS, (RANDOM_REWARDS, ZERO_REWARDS), strict=True):
        earned = evaluate(DRIFT, team, runs=500, rng=rng).mean(axis=1)
        assert abs(earned.mean() - exact.sum()) < 4 * standard_error(earned)


def test_the_team_that_plays_0_collects_more_by_far_which_is_the_answer_to_prediction_2_a():
    assert ZERO_REWARDS.sum() > RANDOM_REWARDS.sum() + 1_000
    prediction = find_prediction("2.a")
    assert prediction.options[prediction.answer].text == "the team that always plays 0, by far"


# Two ways to stop


def test_a_stretch_of_1_and_2_is_worth_2_if_the_game_is_over_and_4_5_if_10_was_still_to_come():
    says("By hand: two rewards, 1 and then 2,", "lies between 0, where only the next reward counts, and 1,")
    says(r"with $\gamma = 0.5$. If the game is over then, they are worth 1 + 0.5 · 2 = 2.", "we expect $V = 10$")
    says("0.5² = 0.25 times as much: 2 + 0.25 · 10 = 4.5.")
    assert solve("2.2", np.array([1, 2]), 10, True, 0.5) == 1 + 0.5 * 2 == 2
    assert solve("2.2", np.array([1, 2]), 10, False, 0.5) == 2 + 0.25 * 10 == 4.5


def test_rounds_that_seem_to_follow_every_end_are_worth_20_and_a_1_for_ever_is_worth_10():
    says(
        "leaves for 1 again, and so on for ever. A 1 in every step is worth its first 1", "A game pays 1 in every step"
    )
    says(r"$V = 1 + 0.95\,V$, that is $V = 20$", r"With $\gamma = 0.9$ that is worth $V = 1 + 0.9\,V$, so $V = 10$")
    assert pytest.approx(20) == 1 + 0.95 * 20
    assert pytest.approx(10) == 1 + 0.9 * 10


def test_staying_is_worth_1_425_and_leaving_1_and_with_the_end_forgotten_leaving_looks_better():
    says("([1.0]), 20.0, terminated, 0.95)", "([0.0, 1.5]), 20.0, terminated, 0.95)")
    says(r"With $\gamma = 0.95$ you may *leave* at once for a reward of 1, or *stay* one step", "leave for 1.5")
    leave, stay = np.array([1.0]), np.array([0.0, 1.5])
    assert [solve("2.2", rewards, 20.0, True, 0.95) for rewards in (leave, stay)] == pytest.approx([1, 1.425])
    assert solve("2.2", leave, 20.0, False, 0.95) > solve("2.2", stay, 20.0, False, 0.95)


def test_20_steps_of_a_game_that_pays_1_for_ever_are_worth_less_if_the_cut_is_taken_for_an_end():
    says("We watch 20 steps:", "np.ones(20)", "(ones, 10.0, True, 0.9)", "(ones, 10.0, False, 0.9)")
    assert solve("2.2", np.ones(20), 10.0, True, 0.9) == pytest.approx(8.78, abs=0.005)


@pytest.mark.parametrize("steps", [1, 20, 100])
def test_with_the_right_value_it_does_not_matter_when_we_stop_watching(steps):
    assert solve("2.2", np.ones(steps), 10.0, False, 0.9) == pytest.approx(10)


# Foraging


def count(game, team, runs, seed):
    """Return how many of the runs the game ended, and how many were cut off, as the lesson prints them."""
    words = count_ends(game, team, runs, np.random.default_rng(seed))
    return [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", words)]


def test_the_drift_game_never_ends_by_itself():
    assert count(DRIFT, TEAMS[0], 100, 0) == [0, 100]


@pytest.mark.parametrize("seed", range(3))
def test_3_of_14_runs_of_foraging_end_if_both_always_load(seed):
    ended, cut_off = count(FORAGING, Repeat([5, 5]), 10_000, seed)
    says(r"$\frac{4}{8} \cdot \frac{3}{7} = \frac{3}{14}$", f"about {10_000 * 3 / 14:,.0f} of 10,000")
    assert ended + cut_off == 10_000
    assert abs(ended / 10_000 - 3 / 14) < 4 * np.sqrt(3 / 14 * 11 / 14 / 10_000)


def test_agents_that_load_are_done_at_once_or_never_and_start_on_8_squares_of_which_4_lie_beside_the_food():
    says("on one of 8 squares, 4 of them beside the food", "on one of the other 7, and then 3 are left")
    says("foraging = environments.Foraging(size=3)  # 3 × 3 squares, the food in the middle")
    says("agents that always load (action 5)", "count_ends(foraging, Repeat([5, 5]), 10_000, rng)")
    says("Six actions: stay, four directions, and load (number 5", "cuts them off after 25 steps", "each earns 1")
    game = FORAGING
    assert game.num_playing == 8 * 7
    assert game.horizon == 25
    assert game.action_names.index("load") == 5 == len(game.action_names) - 1
    states = np.arange(game.num_playing)
    loaded = game.outcomes[states, 5, 5]
    assert (loaded == game.num_playing).sum() == 4 * 3
    assert ((loaded == game.num_playing) | (loaded == states)).all()


def test_in_the_film_the_team_that_loads_ends_the_game_at_once_and_random_play_is_cut_off_after_6_steps():
    game = environments.Foraging(size=3, horizon=6)
    loading, random = (record(game, team, seed=1) for team in (Repeat([5, 5]), RandomPolicy(num_actions=6)))
    says("In this film it does so after 6.", "The first team started beside the food")
    assert "Foraging(size=3, horizon=6), teams, seed=1)" in SOURCE
    assert loading[0].state == random[0].state
    assert [len(loading) - 1, loading[-1].state] == [1, game.num_playing]
    assert len(random) - 1 == 6
    assert random[-1].state != game.num_playing


def share_of_random_play():
    """Return how likely random play is to end the game within its 25 steps, exactly."""
    playing = FORAGING.num_playing
    outcomes = FORAGING.outcomes[:playing].reshape(playing, 36)
    moves = np.stack([(outcomes == state).mean(axis=1) for state in range(playing)], axis=1)  # (S, S)
    return 1 - (np.ones(playing) / playing @ np.linalg.matrix_power(moves, FORAGING.horizon)).sum()


def test_about_13_of_100_episodes_of_random_foraging_end_by_the_rules():
    says(f"About {100 * share_of_random_play():.0f} of 100 episodes end by the rules, as in our own loop.")
    says("train(foraging, counter, steps=1_000, runs=400, rng=rng)", "Counter(num_actions=6)")


@pytest.mark.parametrize("seed", range(3))
def test_an_update_is_told_of_every_end_and_of_every_cut_while_train_plays_one_episode_after_another(seed):
    counter = Counter(num_actions=6)
    history = train(FORAGING, counter, steps=500, runs=400, rng=np.random.default_rng(seed))
    stopped = counter.ended + counter.cut_off
    assert stopped == history.episodes.sum() > 400
    assert counter.ended / stopped == pytest.approx(share_of_random_play(), abs=0.015)
    ended, cut_off = count(FORAGING, RandomPolicy(num_actions=6), 10_000, seed)
    assert ended / (ended + cut_off) == pytest.approx(share_of_random_play(), abs=0.015)


def test_a_transition_has_the_parts_that_the_lesson_names():
    class Listener(RandomPolicy):
        def update(self, transition, rng):
            for name in "observations", "actions", "rewards", "next_observations", "terminated", "truncated":
                says(f"`{name}`")
                assert len(getattr(transition, name)) == 2

    train(FORAGING, Listener(num_actions=6), steps=1, runs=2, rng=np.random.default_rng(0))


# What the docstrings of the exercises say


def test_the_docstrings_of_the_exercises_have_these_examples():
    says("Example: position [2.0], actions [[0, 3]] and 4 actions give [[-1.9, -2.0]].", "plus 0.1 for a low action")
    says("integers from 0 to num_actions - 1. Low means below num_actions // 2.")
    says("Examples: [1, 2], 10, False, 0.5 gives 4.5; [1, 2], 10, True, 0.5 gives 2.", "from 0 to 1, both included")
    says("Example: [True, False, False], [5, 5, 4] and horizon 5 give [False, True, False].")
    says("integers from 1 to horizon, the steps so far, this one included", "cut off, at least 1.")


@pytest.mark.parametrize(
    ("number", "arguments", "result"),
    [
        ("2.1", (np.array([2.0]), np.array([[0, 3]]), 4), [[-1.9, -2.0]]),
        ("2.1", (np.array([2.0]), np.array([[0, 3, 3]]), 4), [[-1.9, -2.0, -2.0]]),
        ("2.2", (np.array([1, 2]), 10, False, 0.5), 4.5),
        ("2.2", (np.array([1, 2]), 10, True, 0.5), 2),
        ("2.3", (np.array([True, False, False]), np.array([5, 5, 4]), 5), [False, True, False]),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, result):
    np.testing.assert_allclose(solve(number, *arguments), result)


def test_with_5_actions_action_2_earns_no_bonus():
    assert solve("2.1", np.zeros(1), np.array([[1, 2]]), 5).tolist() == [[0.1, 0]]
