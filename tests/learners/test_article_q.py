"""The article's learner, with its habits, and what is left of it when they are cured.

The article's figures are those of one run (500 episodes of 100 steps); here several runs say how far chance goes.
"""

from collections import defaultdict

import numpy as np
import pytest

from marl_lessons import games, solvers
from marl_lessons.environments import Drift
from marl_lessons.learners import IQL, ArticleQ
from marl_lessons.policies import exponential_schedule, linear_schedule
from marl_lessons.rollout import play, train
from marl_lessons.views import Relabeled, Tiled

RUNS = 4


def train_article(game, steps, runs=RUNS, seed=0):
    learner = ArticleQ(game)
    return learner, train(game, learner, steps, runs, np.random.default_rng(seed))


def mean_returns(history):
    """Mean return of each run over all episodes of a history, (R,)."""
    weights = history.episodes / history.episodes.sum(axis=0)
    return (np.nan_to_num(history.returns.mean(axis=-1)) * weights).sum(axis=0)


def test_it_acts_in_new_states_for_as_long_as_one_likes():
    """The table is replaced by a larger one whenever it is full, at times while an action is looked up."""
    game, rng = Drift(), np.random.default_rng(1)
    learner = ArticleQ(game)
    for _ in range(5):
        actions = learner.act(game.observe(game.reset(300, rng)), rng, explore=False)
        assert (actions == 0).all()
    assert learner.num_rows == 5 * 300 * 3


def test_the_article_s_dictionary_written_plainly_learns_the_same():
    """One agent, followed step by step with a dictionary of its own."""
    game = Drift(num_agents=1)
    learner, rng = ArticleQ(game), np.random.default_rng(0)
    table = defaultdict(lambda: np.zeros(4))

    def key(observations):
        return str(np.round(observations[0, 0], 1).tolist())

    for _, seen in zip(range(300), play(game, learner, 1, rng), strict=False):
        old, action = table[key(seen.observations)], seen.actions[0, 0]
        best_next = table[key(seen.next_observations)].max()
        old[action] += 0.1 * (seen.rewards[0, 0] + 0.99 * best_next - old[action])
        learner.update(seen, rng)
    learned = learner.q_table[: learner.num_rows]
    assert learner.num_rows == len(table)
    np.testing.assert_allclose(sorted(map(tuple, learned)), sorted(map(tuple, table.values())))


def test_epsilon_shrinks_by_the_step_and_not_over_the_run():
    epsilons = 0.995 ** np.arange(5_001)
    assert np.argmax(epsilons <= 0.5) == 139
    assert np.argmax(epsilons <= 0.05) == 598
    assert epsilons[5_000] < 2e-11  # after 50 episodes
    learner, _ = train_article(Drift(), steps=139, runs=1)
    assert learner.epsilon == pytest.approx(epsilons[139])


@pytest.fixture(scope="module")
def patient():
    """450 episodes, and then the last 50."""
    game = Drift()
    learner, _ = train_article(game, steps=45_000)
    num_rows = learner.num_rows
    last = train(game, learner, 5_000, RUNS, np.random.default_rng(1))
    return num_rows, mean_returns(last)


@pytest.mark.canon
def test_nearly_every_step_leads_to_a_row_never_seen_before(patient):
    """About 44,000 rows for each agent after 45,000 steps: 98 for every 100 steps."""
    rows_of_an_agent = patient[0] / (RUNS * 3)
    assert rows_of_an_agent == pytest.approx(44_000, rel=0.01)
    assert rows_of_an_agent / 45_000 == pytest.approx(0.98, abs=0.01)


@pytest.mark.canon
def test_the_trained_team_does_about_as_well_as_always_0(patient):
    """-104 in the article's single run and about -90 on average over 30; always 0 returns -87.4.

    The mean of 50 episodes scatters from run to run with a deviation of about 8.
    """
    assert patient[1].mean() == pytest.approx(-90, abs=3 * 8 / np.sqrt(RUNS))


@pytest.mark.canon
def test_relabeled_the_same_learner_ends_twice_as_bad_as_uniform_play_and_without_a_trend():
    """-2,207 and -2,246 in the article's single run. Action 3 for all returns -0.45 · (1 + … + 100) = -2,272."""
    game = Relabeled(Drift())
    learner, first = train_article(game, steps=5_000)
    second = train(game, learner, 2_500, RUNS, np.random.default_rng(1))
    assert mean_returns(first).mean() == pytest.approx(-2_207, abs=50)
    assert mean_returns(second).mean() == pytest.approx(-2_272, abs=30)


@pytest.mark.parametrize(("noise", "revisits"), [(0.1, 0.034), (0.5, 0.0)])
def test_keys_rounded_to_one_decimal_hardly_ever_come_back(noise, revisits):
    """Four numbers that only drift by noise, 500 episodes of 100 steps."""
    rng = np.random.default_rng(0)
    walks = rng.standard_normal((500, 1, 4)) + noise * rng.standard_normal((500, 100, 4)).cumsum(axis=1)
    keys = np.round(walks, 1).reshape(-1, 4)
    share = 1 - len({key.tobytes() for key in keys}) / len(keys)  # as text and as bytes, -0.0 is not 0.0
    assert share == pytest.approx(revisits, abs=0.003)


def test_integer_observations_are_refused():
    with pytest.raises(ValueError, match="game must have features to round"):
        ArticleQ(games.climbing())


# The cure: tiles of the one number that matters, ε and α scheduled over the run, short episodes that end in a
# truncation and are bootstrapped through, and a discount factor that fits how fast a push pays.
EDGES = np.arange(-1.5, 6.01, 0.25)
STEPS = 50_000


@pytest.fixture(scope="module")
def cells():
    return Drift().discretize(low=-4, high=8, cells=400)


def exact_returns(q_table, cells):
    """Expected return over 100 steps of each run's greedy policies, on the cells of x_0, (R,)."""
    centers = [float(name.removeprefix("x=")) for name in cells.state_names]
    tiles = np.searchsorted(EDGES, centers, side="right")
    states, returns = np.arange(cells.num_states), []
    for actions in q_table.argmax(axis=-1)[:, :, tiles]:  # (N, S), for each run
        transitions = cells.transitions[(states, *actions)]  # (S, S)
        rewards = cells.rewards[(slice(None), states, *actions)].mean(axis=0)  # (S,)
        values = np.zeros(cells.num_states)
        for _ in range(100):
            values = rewards + transitions @ values
        returns.append(cells.start @ values)
    return np.array(returns)


def train_tiled(cells, horizon, gamma, alpha, epsilon, runs):
    game = Tiled(Drift(horizon=horizon), EDGES)
    learner = IQL(game, alpha, gamma, epsilon)
    train(game, learner, STEPS, runs, np.random.default_rng(0))
    return learner, exact_returns(learner.q_table, cells)


@pytest.fixture(scope="module")
def cured(cells):
    alpha, epsilon = linear_schedule(0.1, 0.002, STEPS), linear_schedule(1.0, 0.05, 0.8 * STEPS)
    return train_tiled(cells, horizon=25, gamma=0.8, alpha=alpha, epsilon=epsilon, runs=30)


@pytest.mark.canon
def test_the_cured_learner_comes_close_to_the_exact_optimum_in_every_run(cells, cured):
    """The optimum is -54.1, and always 0 returns -87.4; the cured learners return about -57.6."""
    optimum = cells.start @ solvers.value_iteration(cells, 1, horizon=100).values[0]
    returns = cured[1]
    assert optimum == pytest.approx(-54.1, abs=0.1)
    assert returns.mean() == pytest.approx(-57.6, abs=2)
    assert optimum > returns.max()
    assert returns.min() > -87.4


@pytest.mark.canon
def test_the_cured_team_pushes_right_of_where_it_is_too_far_left_and_lets_go_where_it_is_too_far_right(cured):
    actions = cured[0].q_table.argmax(axis=-1)[..., :-1]  # (R, N, tiles that have a right edge)
    left, right = actions[..., EDGES <= -0.25], actions[..., (EDGES > 0.25) & (EDGES <= 3)]  # the tiles below each edge
    assert left.mean() > 1.5
    assert right.mean() < 0.3


@pytest.mark.canon
def test_tiles_alone_do_not_cure_it(cells):
    """With the article's other habits, the team learns, but to do worse than always 0."""
    _, returns = train_tiled(cells, 100, 0.99, 0.1, exponential_schedule(1.0, 0.995), runs=10)
    assert returns.mean() < -150
