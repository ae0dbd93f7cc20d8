"""Independent Q-learning and its relatives: their tables, what they explore, and that they find exact values."""

import numpy as np
import pytest

from marl_lessons import games, solvers
from marl_lessons.environments import Drift, TwoStep
from marl_lessons.learners import FMQ, IQL, DistributedQ, HystereticQ, LenientQ
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.rollout import Transition, train

FAMILY = {
    "IQL": lambda game, **options: IQL(game, 0.2, 0.9, **options),
    "hysteretic": lambda game, **options: HystereticQ(game, 0.2, 0.02, 0.9, **options),
    "distributed": lambda game, **options: DistributedQ(game, 0.9, **options),
    "lenient": lambda game, **options: LenientQ(game, 0.2, 0.9, **options),
    "FMQ": lambda game, **options: FMQ(game, 0.2, 0.9, **options),
}
every_member = pytest.mark.parametrize("make", FAMILY.values(), ids=FAMILY)


def rng():
    return np.random.default_rng(0)


def transition(actions, rewards, *, observations=0, next_observations=0, terminated=False):
    """Build one transition of R runs and N agents from actions and rewards (R, N)."""
    actions = np.array(actions)
    runs = len(actions)
    return Transition(
        observations=np.broadcast_to(observations, actions.shape),
        actions=actions,
        rewards=np.array(rewards, dtype=float),
        next_observations=np.broadcast_to(next_observations, actions.shape),
        terminated=np.full(runs, terminated),
        truncated=np.full(runs, not terminated),
        state=np.zeros(runs, int),
        next_state=np.zeros(runs, int),
    )


@pytest.fixture
def chain():
    """One agent walks left or right over four states; arriving at the right end pays 1 and ends the episode."""
    transitions = np.zeros((4, 2, 4))
    for state in range(4):
        transitions[state, 0, max(state - 1, 0)] = transitions[state, 1, min(state + 1, 3)] = 1
    rewards = transitions[None, :, :, 3] * (np.arange(4) < 3)[:, None]
    return TabularMarkovGame(transitions, rewards, start=[1, 0, 0, 0], terminal=[False] * 3 + [True], horizon=10)


def test_one_update_by_hand():
    learner = IQL(TwoStep(), alpha=0.5, gamma=0.9, epsilon=0, initial=np.arange(8.0).reshape(4, 2))
    learner.update(transition([[0, 1]], [[2, 4]], observations=1, next_observations=2), rng())
    # Next values are max(4, 5) = 5: targets 2 + .9·5 = 6.5 and 4 + 4.5 = 8.5.
    assert learner.q_table[0, 0].tolist() == [[0, 1], [(2 + 6.5) / 2, 3], [4, 5], [6, 7]]
    assert learner.q_table[0, 1].tolist() == [[0, 1], [2, (3 + 8.5) / 2], [4, 5], [6, 7]]


def test_only_a_termination_stops_the_bootstrap():
    learner = IQL(TwoStep(), alpha=1, gamma=0.5, epsilon=0, initial=10)
    learner.update(transition([[0, 1]], [[1, 1]], terminated=True), rng())
    assert learner.q_table[0, :, 0].tolist() == [[1, 10], [10, 1]]
    learner.update(transition([[0, 1]], [[1, 1]], terminated=False), rng())
    assert learner.q_table[0, :, 0].tolist() == [[6, 10], [10, 6]]


@every_member
def test_a_lone_learner_finds_the_exact_values_of_a_chain(make, chain):
    learner = make(chain, epsilon=1.0)
    train(chain, learner, 4_000, 3, rng())
    exact = solvers.value_iteration(chain, 0.9).joint_action_values
    np.testing.assert_allclose(learner.q_table[:, 0, :3], [exact[:3]] * 3, atol=1e-3)


@every_member
def test_the_runs_of_a_batch_do_not_touch_one_another(make):
    """Two runs with the same news end with the same table, whatever happens in the run between them."""
    learner = make(games.climbing(), epsilon=0.5)
    chance = rng()
    for _ in range(30):
        learner.act(np.zeros((3, 2), int), chance)
        if isinstance(learner, LenientQ):
            learner.temperatures[:] = 0
        actions, other = chance.integers(3, size=(2, 2))
        news, other_news = chance.normal(size=(2, 2))
        learner.update(transition([actions, other, actions], [news, other_news, news]), rng())
    np.testing.assert_array_equal(learner.q_table[0], learner.q_table[2])
    assert (learner.q_table[0] != learner.q_table[1]).any()


@every_member
def test_the_same_seed_gives_the_same_bytes(make):
    def run(seed):
        learner = make(games.climbing(), epsilon=0.3)
        train(games.climbing(), learner, 50, 4, np.random.default_rng(seed))
        return learner.q_table.tobytes()

    assert run(1) == run(1)
    assert run(1) != run(2)


@every_member
def test_an_untrained_learner_prefers_no_action(make):
    actions = make(games.climbing(), epsilon=0.0).act(np.zeros((6_000, 2), int), rng())
    np.testing.assert_allclose(np.bincount(actions.ravel()) / actions.size, 1 / 3, atol=0.02)


@every_member
def test_exploring_takes_every_action_and_not_exploring_the_best(make):
    learner = make(games.climbing(), epsilon=0.6)
    learner.act(np.zeros((4_000, 2), int), rng())
    learner.update(transition([[1, 2]] * 4_000, [[5, 5]] * 4_000, terminated=True), rng())
    greedy = learner.act(np.zeros((4_000, 2), int), rng(), explore=False)
    assert (greedy == [1, 2]).all()
    explored = learner.act(np.zeros((4_000, 2), int), rng())
    frequencies = [np.bincount(own, minlength=3) / 4_000 for own in explored.T]
    np.testing.assert_allclose(frequencies, [[0.2, 0.6, 0.2], [0.2, 0.2, 0.6]], atol=0.03)


def test_epsilon_follows_its_schedule_step_by_step():
    learner = IQL(games.climbing(), 0.1, 0.0, epsilon=lambda step: 1.0 if step == 0 else 0.0)
    observations = np.zeros((300, 2), int)
    assert len(np.unique(learner.act(observations, rng()))) == 3
    learner.update(transition([[2, 2]] * 300, [[1, 1]] * 300), rng())
    assert (learner.act(observations, rng()) == 2).all()


def test_alpha_follows_its_schedule_and_may_differ_between_agents():
    learner = IQL(games.climbing(), lambda step: np.array([0.0, 1 / (step + 1)]), 0.0, epsilon=0)
    for reward in [4, 10]:
        learner.update(transition([[0, 0]], [[reward, reward]]), rng())
    assert learner.q_table[0, :, 0, 0].tolist() == [0, 7]


def test_softmax_exploration_prefers_by_value_and_temperature():
    learner = IQL(games.climbing(), 0.1, 0.0, temperature=2.0, initial=[0, np.log(4), np.log(9)])
    actions = learner.act(np.zeros((20_000, 2), int), rng())
    np.testing.assert_allclose(np.bincount(actions.ravel()) / actions.size, [1 / 6, 2 / 6, 3 / 6], atol=0.01)


def test_a_subclass_may_break_ties_by_the_first_index():
    class FirstIndex(IQL):
        def choose(self, observations, rng):
            return self.preferences(observations).argmax(axis=-1)

    learner = FirstIndex(games.climbing(), 0.1, 0.0, epsilon=0.0)
    assert (learner.act(np.zeros((50, 2), int), rng()) == 0).all()


def test_distributed_q_keeps_the_first_of_two_best_actions():
    learner = DistributedQ(games.penalty(), gamma=0.0, epsilon=0.0)
    for action, reward in [(2, 10), (0, 10), (1, 2), (2, -10)]:
        learner.update(transition([[action, action]], [[reward, reward]]), rng())
    assert learner.q_table[0, 0, 0].tolist() == [10, 2, 10]
    assert learner.policy[0, :, 0].tolist() == [2, 2]


def test_distributed_q_intends_what_another_rule_says():
    learner = DistributedQ(games.penalty(), gamma=0.0, epsilon=0.0)
    learner.intend = lambda policy, q_values, actions, targets: actions
    learner.update(transition([[2, 2], [1, 0]], [[10, 10], [-10, -10]]), rng())
    assert learner.policy[:, :, 0].tolist() == [[2, 2], [1, 0]]


def test_each_run_of_lenient_agents_may_cool_at_its_own_rate():
    learner = LenientQ(games.climbing(), 0.1, 0.0, 0.0, start_temperature=2.0, decay=np.array([[0.5], [0.25]]))
    learner.update(transition([[0, 2], [0, 2]], [[1, 1], [1, 1]]), rng())
    assert learner.temperatures[:, 0, 0, 0].tolist() == [1, 0.5]


def test_leniency_ends_after_as_many_visits_as_its_docstring_says():
    visits = np.log(np.log(2) / 50) / np.log([0.99, 0.995, 0.999])
    assert np.ceil(visits).tolist() == [426, 854, 4277]


def test_a_lenient_agent_cools_only_the_pair_that_it_visits():
    learner = LenientQ(games.climbing(), 0.1, 0.0, epsilon=0.0, start_temperature=2.0, decay=0.5)
    for _ in range(2):
        learner.update(transition([[0, 2]], [[1, 1]]), rng())
    assert learner.temperatures[0, :, 0].tolist() == [[0.5, 2, 2], [2, 2, 0.5]]


def test_fmq_prefers_by_value_plus_weighted_frequency_of_the_best():
    learner = FMQ(games.climbing(), alpha=0.5, gamma=0.0, epsilon=0.0, weight=10)
    for reward in [4, 8, 8, 0]:
        learner.update(transition([[1, 1]], [[reward, reward]]), rng())
    value = (((4 / 2 + 8) / 2 + 8) / 2 + 0) / 2
    preferences = learner.preferences(np.zeros((1, 2), int))
    np.testing.assert_allclose(preferences, [[[0, value + 10 * 2 / 4 * 8, 0]] * 2])


@every_member
def test_another_number_of_runs_is_refused(make):
    learner = make(games.climbing(), epsilon=0.0)
    learner.act(np.zeros((3, 2), int), rng())
    with pytest.raises(ValueError, match="observations must be of 3 runs, as at first, got 5; make a new learner"):
        learner.act(np.zeros((5, 2), int), rng())


def test_an_observation_that_the_game_did_not_announce_is_refused():
    with pytest.raises(ValueError, match="observations must lie in 0 … 3, got 4; correct the game's num_observations"):
        IQL(TwoStep(), 0.1, 0.9, 0.1).act(np.array([[0, 4]]), rng())


def test_a_game_of_features_is_refused():
    with pytest.raises(ValueError, match="game must have integer observations, got features; discretize"):
        IQL(Drift(), 0.1, 0.9, 0.1)


@pytest.mark.parametrize("options", [{}, {"epsilon": 0.1, "temperature": 1.0}])
def test_exactly_one_way_to_explore_is_required(options):
    with pytest.raises(ValueError, match="one of epsilon and temperature must be given, got"):
        IQL(games.climbing(), 0.1, 0.0, **options)
