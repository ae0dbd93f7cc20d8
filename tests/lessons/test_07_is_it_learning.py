"""Every number and claim that lesson 07 and its checks state is what the module computes.

Elsewhere: learners/test_article_q has the patient's long run; lessons/test_02 the -1,133 and -54.0 of the drift game.
"""

import re
from dataclasses import replace

import nbformat
import numpy as np
import pytest
from scipy import stats

from marl_lessons import environments, views
from marl_lessons.checks.lesson_07 import diagnoses
from marl_lessons.exercises import evaluate as judge
from marl_lessons.exercises.registry import find_exercise, find_prediction
from marl_lessons.learners import ArticleQ
from marl_lessons.rollout import play, train
from tests.lessons.measures import answered, solve, standard_error, take_from_lesson
from tools.build_notebooks import ROOT, read_lesson

DRIFT = environments.Drift()
RELABELED = views.Relabeled(DRIFT)
LESSON = "07_is_it_learning"
TEXT = " ".join(read_lesson(LESSON).replace("\n#", " ").split())  # one line
RANDOM, ALWAYS_0, BEST = -1_133.0, -87.4, -54.0


def read_printed():
    """Return what the cells of the solved lesson print; that they still do is what nbval tests."""
    cells = nbformat.read(ROOT / "solutions" / f"{LESSON}.ipynb", as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "\n".join(output.text for output in outputs if output.output_type == "stream")


def find_after(words, text):
    """Return the first number after some words."""
    return float(re.search(rf"{re.escape(words)}\s*([-−]?[\d,.]*\d)", text)[1].replace("−", "-").replace(",", ""))


def write(number):
    """Write a number as the text does."""
    return f"{number:,}".replace("-", "−")


def test_the_text_and_the_cells_compare_with_the_numbers_of_lesson_02():
    assert f"returns −1,133 at random, {write(BEST)} at best" in TEXT
    assert f"*always action 0* is ({write(ALWAYS_0)} on average)" in TEXT
    assert TEXT.count(f'best possible": {BEST}') == 1
    assert TEXT.count(f'random play": {RANDOM:_}') == 1
    assert f'exact["always action 0"] = {ALWAYS_0}' in TEXT
    assert f"untrained = [{RANDOM:_}, {ALWAYS_0}]" in TEXT
    assert f"gain(returns, untrained, {BEST})" in TEXT
    lesson_02 = read_lesson("02_markov_games")
    assert all(write(number) in lesson_02 for number in (-1_133, ALWAYS_0))
    assert "−1,133" in find_prediction("7.a").question


# The patient


def test_the_game_is_as_the_lesson_says():
    assert "0.05 times the sum of their actions 0 to 3, and are paid $-|x|$, with a bonus of 0.1 for an action" in TEXT
    assert "for an action below 2" in TEXT
    state = np.zeros((1, 4))
    still, _, _ = DRIFT.step(state, np.array([[0, 0, 0]]), np.random.default_rng(0))
    moved, rewards, _ = DRIFT.step(state, np.array([[3, 2, 1]]), np.random.default_rng(0))
    assert moved[0, 0] - still[0, 0] == pytest.approx(0.05 * 6)
    np.testing.assert_allclose(rewards[0], -abs(moved[0, 0]) + np.array([0, 0, 0.1]))
    assert DRIFT.horizon == 100
    assert DRIFT.num_actions == 4


def test_the_patient_learns_with_the_numbers_that_the_lesson_gives():
    patient = ArticleQ(DRIFT)
    assert f"$\\alpha = {patient.alpha}$, $\\gamma = {patient.gamma}$" in TEXT
    assert f"After every *step* ε is multiplied by {patient.decay}. An episode has {DRIFT.horizon} steps." in TEXT
    assert f"for 30 episodes of {DRIFT.horizon} steps" in TEXT
    assert f"steps={30 * DRIFT.horizon:_}, runs=10" in TEXT
    assert "the mean over ten teams" in TEXT
    assert "while it learns for 1,000 steps, in ten runs" in TEXT
    assert "zip(range(1_000), play(drift, patient, 10," in TEXT


def test_the_ten_lines_of_the_lesson_learn_and_act_as_the_module_s_patient_does():
    """Both see x and one more number in whole numbers, so that they come back to their rows."""
    (patient_class,) = take_from_lesson(LESSON, "Patient")
    game, rng = environments.Drift(num_agents=1), np.random.default_rng(50)
    module, patient, seen = ArticleQ(game), patient_class(), []
    for _, t in zip(range(300), play(game, module, 1, rng), strict=False):
        now, then = t.observations[..., :2].round(), t.next_observations[..., :2].round()
        module.update(replace(t, observations=now, next_observations=then), rng)
        patient.update(now[0, 0], t.actions[0, 0], t.rewards[0, 0], then[0, 0])
        seen.append(now[0, 0])
    assert patient.epsilon == pytest.approx(module.epsilon)
    assert len(patient.table) < 150
    patient.epsilon = 0.0
    greedy = [module.act(one[None, None], rng, explore=False)[0, 0] for one in seen]
    assert [patient.act(one, rng) for one in seen] == greedy
    learned, told = (
        sorted(row for row in map(tuple, rows) if any(row)) for rows in (patient.table.values(), module.q_table)
    )
    np.testing.assert_allclose(learned, told)


def test_the_value_of_the_first_step_by_hand():
    (patient_class,) = take_from_lesson(LESSON, "Patient")
    patient = patient_class()
    patient.update(np.array([0.71]), 2, -0.8, np.array([0.84]))
    np.testing.assert_allclose(patient.row(np.array([0.7])), [0, 0, -0.08, 0])
    assert "target is −0.8 + 0.99 · 0, and the value of its action moves from 0 to 0.1 · (−0.8) = −0.08" in TEXT


@pytest.fixture(scope="module")
def by_episode():
    """Returns (R, 20) of the first 20 episodes, as printed and relabeled."""
    games = (DRIFT, RELABELED)
    return [train(game, ArticleQ(game), 2_000, 10, np.random.default_rng(35)).returns_by_episode() for game in games]


def test_the_relabeled_game_is_the_same_if_one_calls_the_actions_by_their_new_names():
    state, actions = DRIFT.reset(5, np.random.default_rng(0)), np.array([[0, 1, 2]] * 5)
    steps = [game.step(state, a, np.random.default_rng(1)) for game, a in ((DRIFT, actions), (RELABELED, 3 - actions))]
    for plain, relabeled in zip(*steps, strict=True):
        np.testing.assert_array_equal(plain, relabeled)


def test_as_printed_the_curve_rises_from_random_play_and_is_at_its_end_within_eight_episodes(by_episode):
    printed, _ = by_episode
    late = printed[:, 8:].mean(axis=1)
    assert printed[:, 0].mean() < -500
    assert abs(late.mean() + 90) < 4 * standard_error(late)
    assert "Within eight episodes the return rises" in TEXT


def test_relabeled_it_falls_to_twice_as_bad_as_random_play_which_is_the_answer_to_prediction_7_a(by_episode):
    """Always pushing hardest returns -2,272."""
    _, relabeled = by_episode
    assert relabeled[:, 0].mean() > -1_500
    assert relabeled[:, 10:].mean() == pytest.approx(2 * -1_133, rel=0.03)
    assert answered("7.a") == "far less than random play"
    assert "does twice as badly as random play" in TEXT


def test_nearly_all_rows_that_the_patient_looks_up_are_new():
    learner, steps = ArticleQ(DRIFT), 1_000
    train(DRIFT, learner, steps, runs=5, rng=np.random.default_rng(43))
    assert learner.num_rows / (5 * 3 * steps) == pytest.approx(0.985, abs=0.015)
    assert find_after("keys seen before:", read_printed()) < 5
    assert "Nearly every row that it looks up is new" in TEXT


def test_always_0_is_the_best_and_always_3_the_worst_of_the_constant_teams():
    """The position is normal, so its distance from 0 is folded normal."""
    steps = np.arange(1, 101)
    deviation = np.sqrt(1 + 0.01 * steps)
    distances = [stats.foldnorm.mean(0.15 * action * steps / deviation, scale=deviation).sum() for action in range(4)]
    returns = np.array([10, 10, 0, 0]) - distances
    assert returns[0] == pytest.approx(ALWAYS_0, abs=0.1)
    assert (np.diff(returns) < 0).all()
    assert "the best of the four, if one always plays the same. Relabel, and it plays the worst" in TEXT


def test_epsilon_is_below_a_twentieth_in_the_sixth_of_500_episodes():
    epsilons = 0.995 ** np.arange(50_000)
    first = find_exercise("7.2").reference
    assert epsilons[first] < 0.05 <= epsilons[first - 1]
    assert -(-first // 100) == 6
    assert "it explores in the first six of 500 episodes" in TEXT
    assert round(1 - first / 50_000, 2) == 0.99
    assert np.log(0.05) / np.log(0.995) == pytest.approx(597.6, abs=0.05)
    assert epsilons[1_500] < 0.001  # the second half of the lesson's 30 episodes is played without exploring


def return_of_what_learns_nothing(epsilons):
    """Return the expected return of an episode of a team that is random with a probability, else plays 0.

    The sum of all pushes is a whole number, the rest of the position is normal. epsilons: one for each step.
    """
    total, sums = 0.0, np.ones(1)  # sums[k]: the probability that the pushes so far add up to k
    for step, epsilon in enumerate(epsilons, start=1):
        actions = epsilon / 4 + (1 - epsilon) * np.array([1, 0, 0, 0])
        for _ in range(3):
            sums = np.convolve(sums, actions)
        center, deviation = 0.05 * np.arange(len(sums)), np.sqrt(1 + 0.01 * step)
        far = center / deviation
        distance = 2 * deviation * stats.norm.pdf(far) + center * (2 * stats.norm.cdf(far) - 1)
        total += 0.1 * (actions[0] + actions[1]) - sums @ distance
    return total


def test_a_team_that_learns_nothing_but_explores_as_the_patient_does_draws_the_same_curve():
    exact = [return_of_what_learns_nothing(0.995 ** np.arange(100 * k, 100 * k + 100)) for k in range(4)]
    first, second, third, fourth = (write(round(number)) for number in exact)
    assert f"return {first}, {second}, {third} and {fourth} on average in their first four episodes" in TEXT
    assert return_of_what_learns_nothing(np.ones(100)) == pytest.approx(RANDOM, abs=0.5)
    assert return_of_what_learns_nothing(np.zeros(100)) == pytest.approx(ALWAYS_0, abs=0.05)
    assert "The means of thousands of patients come within about 15 of that" in TEXT
    returns = train(DRIFT, ArticleQ(DRIFT), 400, 300, np.random.default_rng(1)).returns_by_episode()
    for number, one in zip(exact, returns.T, strict=True):
        assert abs(one.mean() - number) < 15 + 3 * standard_error(one)


def test_the_wrong_numbers_of_exercise_7_2_come_from_where_its_messages_say():
    steps = find_exercise("7.2").reference
    wrong = {
        steps - 1: f"{0.995 ** (steps - 1):.4f}",
        round((1 - 0.05) / 0.005): "took away 0.005",
        int(np.argmax(0.95 ** np.arange(100) < 0.05)): "factor of 0.95.",
        int(np.argmax(0.995 ** np.arange(200) < 0.5)): "below 0.5.",
        -(-steps // 100): "In episodes",
    }
    for number, words in wrong.items():
        assert words in judge("7.2", number).text


# The consulting hour


def test_what_exercise_7_3_says_of_learners_b_and_c_is_so():
    assert 0.99**299 < 0.05 <= 0.99**298
    assert round(0.99**500, 3) == 0.007
    assert max(0.05, 1 - 30_000 / 30_000) == 0.05
    pairs = {(learner, word) for learner in "ABC" for word in diagnoses.WORDS}
    assert pairs - set(diagnoses.WHY_NOT) == set(zip("ABC", diagnoses.DIAGNOSES, strict=True))


def walk_to_an_exit(knows_the_end, comes_back, epsilons, steps=50_000):
    """Let learners walk the maze of exercise 7.3, (R,) each; return the share of the far exit at the end, (R,)."""
    squares, directions = np.arange(20), ((-1, 0), (1, 0), (0, -1), (0, 1))
    beside = [(squares // 5 + down, squares % 5 + right) for down, right in directions]
    fits = np.array([(row >= 0) & (row < 4) & (column >= 0) & (column < 5) for row, column in beside]).T
    following = np.where(fits, np.array([5 * row + column for row, column in beside]).T, squares[:, None])  # (20, 4)
    rng, runs, near, far = np.random.default_rng(0), np.arange(len(comes_back)), 2, 19
    q, square, exits = np.zeros((len(runs), 20, 4)), np.zeros(len(runs), dtype=int), np.zeros((2, len(runs)))
    for step in range(steps):
        best = q[runs, square] == q[runs, square].max(axis=1, keepdims=True)
        action = (best * rng.random(best.shape)).argmax(axis=1)
        action = np.where(rng.random(len(runs)) < epsilons(step), rng.integers(4, size=len(runs)), action)
        after = following[square, action]
        out = np.array([after == near, after == far])
        after[out.any(axis=0)] = 0
        goes_on = ~(out.any(axis=0) & knows_the_end)
        target = out[0] + 3 * out[1] + 0.9 * goes_on * q[runs, after].max(axis=1)
        q[runs, square, action] += 0.1 * comes_back * (target - q[runs, square, action])
        square = after
        exits += out * (step >= 0.9 * steps)
    return exits[1] / exits.sum(axis=0)


def test_in_the_maze_of_exercise_7_3_none_of_the_three_goes_to_the_far_exit_and_each_does_if_it_is_cured():
    """Learners A, B and C, ten runs each, and A without its disease; cured B and C differ from it in epsilon only."""
    kind = np.repeat(np.arange(4), 10)

    def epsilons(step):
        late, b = 1 - step / 50_000, max(0.05, 1 - step / 30_000)
        return np.array([late, b, 0.99**step, late])[kind]

    share = walk_to_an_exit(kind != 0, kind != 1, epsilons).reshape(4, 10)
    assert share[0].max() < 0.1
    assert share[1].max() < 0.35  # by lot
    assert share[2].max() < 0.1
    assert share[3].min() > 0.9
    assert 3 * 0.9**6 > 0.9  # the far exit is worth the way
    for said in (
        "maze of 4 × 5 squares",
        "one two steps from the start pays 1",
        "in the far corner, seven steps away, pays 3",
        "50,000 steps each",
        "# A key, next_key = square, next_square epsilon = 1 - step / 50_000",
        "# B key, next_key = (square, step), (next_square, step + 1) epsilon = max(0.05, 1 - step / 30_000)",
        "# C key, next_key = square, next_square epsilon = 0.99**step",
    ):
        assert said in TEXT
    assert re.findall(r"target = reward \+ (\S+ \* )(\(not terminated\) \* )?", TEXT.replace("# ", "")) == [
        ("0.99 * ", ""),  # the patient itself
        ("0.9 * ", ""),
        ("0.9 * ", "(not terminated) * "),
        ("0.9 * ", "(not terminated) * "),
    ]


# The cure


@pytest.fixture(scope="module")
def cured():
    """What the lesson's cured teams play, and their returns (R, 200)."""
    tiles = np.arange(-1.5, 6.01, 0.25)
    treat, judge_teams = take_from_lesson(
        LESSON, "treat", "judge", tiles=tiles, drift=DRIFT, long_game=views.Tiled(DRIFT, tiles)
    )
    policies = treat()
    return policies, judge_teams(policies)


def test_the_cured_teams_have_gone_half_of_the_way(cured):
    _, returns = cured
    teams = returns.mean(axis=1)
    assert teams.mean() - 4 * standard_error(teams) > ALWAYS_0
    assert solve("7.4", returns, [RANDOM, ALWAYS_0], BEST) == pytest.approx(0.5, abs=0.15)
    assert "they have gone about half of the way" in TEXT


def test_only_the_cured_teams_beat_doing_nothing_and_the_discount_does_the_most_harm():
    parts = ("as printed", "cured", "cured, but ε as printed", "cured, but episodes of 100", "cured, but discount 0.99")
    printed, whole, epsilon, episodes, discount = (find_after(f"{part}: gain", read_printed()) for part in parts)
    assert whole == pytest.approx(0.5, abs=0.15)
    assert discount < epsilon - 1 < episodes - 2
    assert discount < 3 * min(epsilon, episodes, printed)  # below the other rows by far
    assert "The last row needs a wide scale. Without it one can tell the others apart:" in TEXT
    assert 'in means.items() if name != "cured, but discount 0.99"}' in TEXT
    assert -0.4 < episodes < 0.15
    assert abs(printed) < 0.4
    assert answered("7.b") == "a discount of 0.99"
    assert "at best about where a team is that does nothing" in TEXT


def test_the_cured_teams_push_left_of_zero_and_let_go_before_they_get_there(cured):
    policies, _ = cured
    pushes = policies.argmax(axis=-1).mean(axis=(0, 1))  # (tiles,)
    assert pushes[1:5].min() > 1.3  # x from -1.5 to -0.5
    assert pushes[6:9].max() < 0.6  # x from -0.25 to 0.5


def test_the_text_says_with_which_numbers_the_patient_is_treated():
    treat = read_lesson(LESSON).split("def treat(")[1].split("\n\n")[0]
    assert "training episodes of 25 steps" in TEXT
    assert "discount of 0.5, since" in TEXT
    assert "episode=25, gamma=0.5" in treat
    assert "ε falls from 1 to 0.05 over most of the run" in TEXT
    assert "linear_schedule(1.0, 0.05, 16_000)" in treat
    assert "20,000 steps are too few" in TEXT
    assert "steps=20_000, runs=20" in treat
    assert "tiles a quarter wide" in TEXT
    assert "np.arange(-1.5, 6.01, 0.25)" in TEXT
    assert "the mean of 200 episodes of 100 steps each" in TEXT
    assert "np.repeat(policies, 200, axis=0)" in TEXT
    for called in (
        '"cured, but ε as printed": judge(treat(epsilon=exponential_schedule(1.0, 0.995)))',
        '"cured, but episodes of 100": judge(treat(episode=100))',
        '"cured, but discount 0.99": judge(treat(gamma=0.99))',
    ):
        assert called in TEXT


def test_the_gain_by_hand():
    assert "it returns −3, two that learned nothing −8 and −5, the best possible is −1" in TEXT
    assert r"\frac{-3 - (-5)}{-1 - (-5)} = \frac{2}{4} = 0.5" in TEXT
    assert solve("7.4", np.array([[0, -3]]), [-8, -5], -1) == 0.5


@pytest.mark.parametrize(
    ("number", "arguments", "example"),
    [
        ("7.1", (["a", "b", "a", "a"],), '["a", "b", "a", "a"] gives {}: the third and the fourth were seen before.'),
        ("7.4", (np.array([[-9, -9, -2, -4]]), [-8, -5], -1), "[[-9, -9, -2, -4]], [-8, -5] and -1 give {}."),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, example):
    assert example.format(solve(number, *arguments)) in TEXT


def test_the_diseases_are_those_of_the_findings():
    text = " ".join(re.findall(r"(?:First|Second|Third|Fourth) finding: (\w+)", read_lesson(LESSON)))
    assert sorted(text.split()) == sorted(diagnoses.WORDS)
    checklist = read_lesson(LESSON).split("A checklist\n")[1].split("# %%")[0]
    assert re.findall(r"\*\*(\w+)\*\*", checklist) == ["ties", "rows", "explore", "end"]
    assert checklist.count("?") == 7
    assert "with seven questions" in TEXT
