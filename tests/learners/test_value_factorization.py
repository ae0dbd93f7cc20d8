"""Value decomposition: one update by hand, the published games, games never seen, and other people's mixes."""

import pickle

import numpy as np
import pytest

from marl_lessons import games, solvers
from marl_lessons.environments import Dispatch, Drift, Foraging, Relay, TwoStep
from marl_lessons.learners import QMIX, VDN, value_factorization
from marl_lessons.mixing import mix_monotonically
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import Transition, play, train
from marl_lessons.update_rules import best_values, td_target
from tests.finite_differences import differentiate

NUM_RUNS = 5
both = pytest.mark.parametrize("family", [VDN, QMIX])


def fall(alpha, steps):
    return linear_schedule(alpha, alpha / 10, steps)


def play_through(game, learner, steps=20, runs=NUM_RUNS, seed=0):
    """Train a little and return the last transition."""
    rng = np.random.default_rng(seed)
    for transition, _ in zip(play(game, learner, runs, rng), range(steps), strict=False):
        learner.update(transition, rng)
    return transition


def transition_of(game, state, actions, rewards, next_state, terminated=False, truncated=False):
    """Make a transition of one run."""
    state, next_state = np.array([state]), np.array([next_state])
    ends = np.array([terminated]), np.array([truncated])
    seen = game.observe(state), game.observe(next_state)
    return Transition(seen[0], np.array([actions]), np.array([rewards]), seen[1], *ends, state, next_state)


@pytest.mark.parametrize(("terminated", "follows"), [(False, 7.0), (True, 0.0)])
@pytest.mark.parametrize("truncated", [False, True])
def test_vdn_moves_the_utilities_of_all_agents_by_the_team_s_error(terminated, truncated, follows):
    game = TwoStep()
    learner = VDN(game, 0.1, 0.5, 0.0)
    transition = transition_of(game, 0, [0, 1], [1.0, 3.0], 2, terminated, truncated and not terminated)
    learner.policies(transition.observations)
    learner.q_table[0, :, 0] = [[1, 0], [0, 2]]  # Q_tot = 1 + 2
    learner.q_table[0, :, 2] = [[3, -1], [-5, 4]]  # best: 3 + 4
    before = learner.q_table.copy()
    learner.update(transition, np.random.default_rng(0))
    error = 2.0 + 0.5 * follows - 3.0
    before[0, 0, 0, 0] += 0.1 * error
    before[0, 1, 0, 1] += 0.1 * error
    np.testing.assert_allclose(learner.q_table, before)
    assert learner.step == 1


class FeaturesFromAbove(Dispatch):
    """Dispatch whose critic sees features."""

    view_sizes = None

    def global_view(self, state):
        return state / 2.0 - 0.5


@pytest.mark.parametrize("alpha", [1e-3, 0.3, 50.0])
@pytest.mark.parametrize("terminated", [False, True])
@pytest.mark.parametrize(
    ("game", "most_views", "rows"),
    [
        (Dispatch(view="own"), 36, 36),  # a row for each view
        (Dispatch(view="own"), 35, 12),  # a row for each value of each column
        (FeaturesFromAbove(view="own"), 36, 4),  # a row for each feature, and one more
    ],
)
def test_qmix_goes_along_the_gradient_but_not_past_half_of_the_way(
    game, most_views, rows, terminated, alpha, monkeypatch
):
    """However the weights depend on the view; and no run's step depends on what the others do."""
    monkeypatch.setattr(value_factorization, "MOST_VIEWS", most_views)
    learner = QMIX(game, 0.1, 0.5, 0.5)
    seen = play_through(game, learner, runs=2)
    transition = Transition(**(vars(seen) | {"terminated": np.full(2, terminated)}))
    q_values, table = learner.q_table.copy(), learner.mixing_table.copy()
    assert table.shape == (2, rows, 2 * 4 + 4 + 4 + 1)

    def q_tot(q_values, table, observations=transition.observations, actions=transition.actions, state=seen.state):
        learner.q_table, learner.mixing_table = q_values.copy(), table.copy()
        return learner.q_tot(observations, actions, game.global_view(state))

    learner.alpha = alpha
    best_next = learner.policies(transition.next_observations).argmax(axis=-1)
    following = q_tot(q_values, table, transition.next_observations, best_next, transition.next_state)
    errors = transition.rewards.mean(axis=1) + 0.5 * (not terminated) * following - q_tot(q_values, table)
    by_utility = differentiate(lambda changed: q_tot(changed, table).sum(), q_values)
    by_mixing = differentiate(lambda changed: q_tot(q_values, changed).sum(), table)
    squares = (by_utility**2).sum(axis=(1, 2, 3)) + (by_mixing**2).sum(axis=(1, 2))
    steps = errors * np.minimum(alpha / np.sqrt(squares), 0.5 / squares)
    q_tot(q_values, table)  # puts the tables back
    learner.update(transition, np.random.default_rng(0))
    np.testing.assert_allclose(learner.q_table, q_values + steps[:, None, None, None] * by_utility, atol=1e-7)
    np.testing.assert_allclose(learner.mixing_table, table + steps[:, None, None] * by_mixing, atol=1e-7)


def test_the_two_step_game_separates_the_two():
    """CANON row 6, with tables: VDN learns its best sum and chooses 7, QMIX learns what is true and chooses 8."""
    game, rng = TwoStep(), np.random.default_rng(0)
    states = np.repeat([0, 0, 0, 0, 2, 2, 2, 2], NUM_RUNS)
    joint_actions = np.tile(np.repeat([[0, 0], [0, 1], [1, 0], [1, 1]], NUM_RUNS, axis=0), (2, 1))

    def learn(learner, steps):
        train(game, learner, steps, NUM_RUNS, rng)
        rows = zip(np.split(states, 8), np.split(joint_actions, 8), strict=True)
        table = np.array([learner.q_tot(game.observe(s), actions, s[:, None]) for s, actions in rows])
        return table, learner.policies(game.observe(np.zeros(NUM_RUNS, dtype=int)))[:, 0]

    sums, chosen = learn(VDN(game, fall(0.1, 6_000), 0.99, 1.0), 6_000)
    exact = solvers.fitted_values(game, 0.99, solvers.additive_fit)
    np.testing.assert_allclose(sums.mean(axis=1), exact[[0, 2]].ravel(), atol=0.3)
    np.testing.assert_allclose(chosen, [[1, 0]] * NUM_RUNS)
    mixes, chosen = learn(QMIX(game, fall(0.2, 3_000), 0.99, 1.0), 3_000)
    np.testing.assert_allclose(mixes, [[6.93]] * 2 + [[7.92]] * 2 + [[0], [1], [1], [8]] + np.zeros((8, 5)), atol=0.05)
    np.testing.assert_allclose(chosen, [[0, 1]] * NUM_RUNS)


def test_a_mix_and_targets_of_somebody_else_are_learned_from():
    """Functions that say the same as ours, in plain NumPy, lead to the same tables."""

    def mix(utilities, weights, biases, last_weights, last_bias):
        hidden = np.einsum("bn,bnh->bh", utilities, np.abs(weights)) + biases
        hidden = np.where(hidden > 0, hidden, np.exp(np.minimum(hidden, 0)) - 1)
        return np.einsum("bh,bh->b", np.abs(last_weights), hidden) + last_bias

    asked = []

    def find_targets(rewards, next_q_values, next_mixing, terminated, gamma):
        asked.append([rewards.shape, next_q_values.shape, *(part.shape for part in next_mixing), terminated.shape])
        return td_target(rewards, mix(best_values(next_q_values), *next_mixing), terminated, gamma)

    learners = [QMIX(TwoStep(), 0.1, 0.9, 1.0, hidden_units=3) for _ in range(2)]
    learners[1].mix, learners[1].find_targets = mix, find_targets
    for learner in learners:
        play_through(TwoStep(), learner, steps=50)
    np.testing.assert_allclose(learners[0].q_table, learners[1].q_table, atol=1e-4)
    np.testing.assert_allclose(learners[0].mixing_table, learners[1].mixing_table, atol=1e-4)
    assert asked[0] == [(5,), (5, 2, 2), (5, 2, 3), (5, 3), (5, 3), (5,), (5,)]


def test_vdn_too_learns_with_targets_of_somebody_else():
    learner = VDN(TwoStep(), 1.0, 0.9, 1.0)
    learner.find_targets = lambda rewards, next_q_values, next_mixing, terminated, gamma: rewards * 0 + len(next_mixing)
    play_through(TwoStep(), learner)
    assert (learner.q_table == 0).all()


@both
def test_it_acts_by_its_own_utilities_whatever_the_state_is(family):
    game = Dispatch(view="own")
    learner = family(game, 0.1, 0.9, 0.1)
    transition = play_through(game, learner)
    best = learner._look_up(learner.q_table, transition.observations).argmax(axis=-1)
    np.testing.assert_array_equal(learner.policies(transition.observations).argmax(axis=-1), best)


GAMES = {
    "matrix, 3 agents": lambda: games.all_in(3),
    "matrix, 4 agents": lambda: games.permutation(4),
    "two-step": TwoStep,
    "dispatch, full": Dispatch,
    "dispatch, own": lambda: Dispatch(view="own"),
    "dispatch, tables": lambda: Dispatch().to_tabular(),
    "foraging": lambda: Foraging(4),
}


@both
@pytest.mark.parametrize("name", GAMES)
def test_it_learns_in_every_game_with_whole_numbers(family, name):
    game = GAMES[name]()
    learner = family(game, fall(0.1, 100), 0.9, 0.5, initial=1.0)
    transition = play_through(game, learner, steps=40)
    q_tot = learner.q_tot(transition.observations, transition.actions, game.global_view(transition.state))
    assert q_tot.shape == (NUM_RUNS,)
    assert np.isfinite(learner.q_table).all()
    assert (learner.q_table != 1).any()


@both
def test_runs_do_not_touch_one_another(family):
    """What one run learns does not depend on what happens in the others."""
    game = Dispatch(view="own")
    learner = family(game, 0.1, 0.9, 0.5)
    transition = play_through(game, learner)
    twin = pickle.loads(pickle.dumps(learner))
    changed = Transition(**(vars(transition) | {"rewards": transition.rewards + np.eye(NUM_RUNS)[0][:, None]}))
    learner.update(transition, np.random.default_rng(0))
    twin.update(changed, np.random.default_rng(0))
    np.testing.assert_array_equal(learner.q_table[1:], twin.q_table[1:])
    assert (learner.q_table[0] != twin.q_table[0]).any()


@both
def test_a_step_size_for_each_run(family):
    game = Dispatch(view="own")
    alpha = np.array([0.0, 0.1, 0.2, 0.0, 0.1])[:, None]
    learner = family(game, alpha, 0.9, 0.5, initial=1.0)
    play_through(game, learner)
    moved = (learner.q_table != 1).any(axis=(1, 2, 3))
    np.testing.assert_array_equal(moved, alpha[:, 0] > 0)


def test_step_sizes_for_each_agent_are_refused_where_they_have_no_meaning():
    with pytest.raises(ValueError, match=r"alpha must broadcast to \(R, 1\), got \(5, 2\)"):
        play_through(TwoStep(), QMIX(TwoStep(), np.full((5, 2), 0.1), 0.9, 0.5))


@both
def test_features_are_refused(family):
    with pytest.raises(ValueError, match="game must have integer observations"):
        family(Drift(), 0.1, 0.9, 0.1)


def test_mixing_weights_are_drawn_with_the_first_update():
    learner = QMIX(TwoStep(), 0.1, 0.9, 0.1)
    with pytest.raises(ValueError, match="mixing weights must have been drawn, got none"):
        learner.q_tot(np.zeros((2, 2), dtype=int), np.zeros((2, 2), dtype=int), np.zeros((2, 1), dtype=int))
    learner = QMIX(TwoStep(), 0.1, 0.9, 0.1)
    play_through(TwoStep(), learner, runs=200, steps=1)
    weights, biases, last_weights, last_bias = learner.mixing(np.full((200, 1), 3))
    assert weights.shape == (200, 2, 4)
    assert weights.std() == pytest.approx(1, abs=0.1)
    assert last_weights.std() == pytest.approx(0.5, abs=0.05)
    assert not biases.any()
    assert not last_bias.any()


def test_the_mix_of_ours_is_the_default():
    assert QMIX(TwoStep(), 0.1, 0.9, 0.1).mix is mix_monotonically


def test_targets_come_from_a_copy_that_is_made_anew_every_sync_steps():
    assert QMIX(TwoStep(), 0.1, 0.9, 0.1).sync == 20
    game, rng, asked = Dispatch(view="own"), np.random.default_rng(0), []
    learner = QMIX(game, 0.1, 0.9, 0.5, sync=3)

    def find_targets(rewards, next_q_values, next_mixing, terminated, gamma):
        asked.append((next_q_values, next_mixing[0]))
        return td_target(rewards, mix_monotonically(best_values(next_q_values), *next_mixing), terminated, gamma)

    learner.find_targets = find_targets
    for step, transition in zip(range(9), play(game, learner, NUM_RUNS, rng), strict=False):
        if step % 3 == 0:
            utilities, weights = learner.q_table.copy(), learner.mixing_table
            weights = None if weights is None else weights.copy()
        learner.update(transition, rng)
        np.testing.assert_array_equal(asked[-1][0], learner._look_up(utilities, transition.next_observations))
        if weights is not None:  # they are drawn in the first update
            read = learner._read(weights, *learner._locate(game.global_view(transition.next_state)))
            np.testing.assert_array_equal(asked[-1][1], learner._unpack(read)[0])


def test_a_mix_that_is_flat_leaves_everything_as_it_is():
    learner = QMIX(TwoStep(), 0.1, 0.9, 0.5, initial=1.0)
    learner.mix = lambda utilities, *mixing: 0 * utilities.sum(axis=1)
    play_through(TwoStep(), learner)
    assert (learner.q_table == 1).all()


@pytest.mark.parametrize(("sensors", "rows"), [(166, 12 * 166), (167, 2 + 3 + 2 + 167)])
def test_up_to_2_000_views_have_rows_of_their_own_and_weights_begin_at_the_same_size(sensors, rows):
    game = Relay(sensors=sensors)
    learner = QMIX(game, 0.1, 1.0, 0.5)
    transition = play_through(game, learner, steps=1, runs=100)
    assert learner.mixing_table.shape[1] == rows
    assert learner.mixing(game.global_view(transition.next_state))[0].std() == pytest.approx(1, abs=0.15)
