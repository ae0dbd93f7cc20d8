"""In the relay only the scout knows the code, and only the runner can use it."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons.environments import Relay
from marl_lessons.learners import FixedPolicy
from marl_lessons.markov_games import Snapshot
from marl_lessons.policies import joint_policy
from marl_lessons.rollout import evaluate

PASS, ONE, TWO = range(3)
RNG = np.random.default_rng(0)


def state(code=1, flag=0, time=0, day=0, sensor=0):
    return np.array([[code - 1, flag, time, day, sensor]])


def pay(game, before, scout, runner):
    _, rewards, terminated = game.step(before, np.array([[scout, runner]]), RNG)
    assert rewards[0, 0] == rewards[0, 1]
    return rewards[0, 0], bool(terminated[0])


@pytest.mark.parametrize(
    ("before", "actions", "outcome"),
    [
        (state(), (PASS, TWO), (0.1, False)),
        (state(), (ONE, ONE), (0.0, False)),
        (state(code=2, flag=0, time=1), (ONE, PASS), (0.0, True)),
        (state(code=2, flag=0, time=1), (ONE, TWO), (1.0, True)),
        (state(code=2, flag=1, time=1), (ONE, ONE), (0.6, True)),
        (state(code=2, flag=2, time=1), (ONE, TWO), (1.3, True)),
        (state(code=2, flag=2, time=1), (ONE, PASS), (0.0, True)),
    ],
)
def test_what_a_step_pays(before, actions, outcome):
    assert pay(Relay(), before, *actions) == pytest.approx(outcome)


def test_the_flag_stays_up_and_time_passes():
    game = Relay(delay=2)
    moment = state(code=2)
    for time, scout in enumerate([ONE, TWO, PASS]):
        moment, rewards, terminated = game.step(moment, np.array([[scout, ONE]]), RNG)
        assert moment[0, :3].tolist() == [1, ONE, time + 1]
        assert not terminated.any()
        assert not rewards.any()


def test_a_day_is_good_or_bad_for_the_whole_episode():
    game = Relay(delay=1, day=2.0)
    assert pay(game, state(day=1), PASS, PASS) == (2.1, False)
    assert pay(game, state(day=0, time=1), PASS, PASS) == (-2.0, False)
    after, *_ = game.step(state(day=1), np.array([[PASS, PASS]]), RNG)
    assert after[0, 3] == 1


@pytest.mark.parametrize(
    "options", [{}, {"delay": 2}, {"remembers": True}, {"delay": 2, "remembers": True, "day": 1.0}]
)
def test_the_scout_sees_the_code_first_and_the_runner_the_flag_last(options):
    game = Relay(**options)
    last = game.delay + 1
    codes = [game.observe(state(code=code))[0] for code in (1, 2)]
    assert codes[0][0] != codes[1][0]
    assert codes[0][1] == codes[1][1]
    flags = np.array([game.observe(state(flag=flag, time=last))[0] for flag in range(3)])
    assert len(set(flags[:, 1])) == 3
    later = [game.observe(state(code, flag, last))[0, 0] for code in (1, 2) for flag in range(3)]
    assert len(set(later)) == (6 if game.remembers else 1)
    early = np.array([game.observe(state(flag=flag, time=time))[0, 1] for time in range(last) for flag in range(3)])
    assert len(set(early)) == last  # before the last step it sees the time alone
    assert max(early.max(), flags.max(), *later) < game.num_observations


@given(st.integers(0, 3), st.booleans(), st.booleans(), st.integers(0, 4), st.integers(0, 9))
def test_no_agent_sees_the_day_the_sensor_or_later_the_code(delay, remembers, is_last, flag, seed):
    game = Relay(delay=delay, remembers=remembers, day=1.0, sensors=5)
    time, flag = (delay + 1 if is_last else min(1, delay)), flag % 3
    seen = [game.observe(state(1, flag, time, *unseen)) for unseen in [(0, 0), (1, 0), (0, seed % 5)]]
    assert all((now == seen[0]).all() for now in seen)
    other = game.observe(state(2, flag, time))[0] == seen[0][0]
    assert other.tolist() == [time > 0 and not remembers, True]


def test_a_critic_sees_every_column_that_can_change():
    game = Relay(delay=2, day=1.0, sensors=10)
    assert game.view_sizes == (2, 3, 4, 2, 10)
    assert game.global_view(state(2, 1, 3, 1, 7)).tolist() == [[1, 1, 3, 1, 7]]
    assert Relay().view_sizes == (2, 3, 2)
    assert Relay().global_view(state(2, 1, 1)).tolist() == [[1, 1, 1]]


def joint(scout, runner):
    """Build the joint policy of a scout that answers two codes and a runner that answers three flags."""
    return joint_policy(np.eye(3)[[[*scout, 0, 0, 0, 0, 0, 0], [0, 0, *runner, *runner]]])


@pytest.mark.parametrize(
    ("scout", "runner", "earned"),
    [
        ((PASS, PASS), (ONE, ONE, ONE), 0.6),  # silence pays 0.1, the guess ½
        ((ONE, ONE), (PASS, TWO, TWO), 1.1),  # always flag 1: a guess and 0.6
        ((PASS, ONE), (ONE, TWO, PASS), 1.35),
        ((ONE, TWO), (PASS, ONE, TWO), 1.45),
    ],
)
def test_what_a_team_earns(scout, runner, earned):
    assert Relay().evaluate_policies(joint(scout, runner)) == pytest.approx(earned)
    assert Relay(delay=3, day=2.0).evaluate_policies(joint(scout, runner)) == pytest.approx(earned)


@pytest.mark.parametrize(("lit", "uniform", "best"), [((0.6, 0.3), 0.5666667, 1.45), ((0.3, 0.3), 0.5, 1.3)])
def test_the_ends_of_its_scale(lit, uniform, best):
    """Row 27."""
    game = Relay(lit)
    policies = game.list_policies()
    assert policies.shape == (243, 8, 3, 3)
    assert len(np.unique(policies.reshape(243, -1), axis=0)) == 243
    assert game.evaluate_policies(policies).max() == pytest.approx(best)
    assert game.evaluate_policies(np.full((8, 3, 3), 1 / 9)) == pytest.approx(uniform)


def test_every_listed_policy_lets_each_agent_use_what_it_sees_and_no_more():
    game = Relay()
    policies = game.list_policies()
    by_agent = policies.sum(axis=-1), policies.sum(axis=-2)  # (243, 8, A) each
    for agent, own in enumerate(by_agent):
        seen = game.observe(game.states)[:, agent]
        for one, other in zip(*np.triu_indices(8, 1), strict=True):
            if seen[one] == seen[other]:
                np.testing.assert_array_equal(own[:, one], own[:, other])


@pytest.mark.parametrize("options", [{}, {"delay": 2, "day": 1.0, "remembers": True, "sensors": 4}])
def test_the_exact_return_is_the_mean_of_many_episodes(options):
    game, rng = Relay(**options), np.random.default_rng(0)
    policies = rng.dirichlet(np.ones(3), size=(2, game.num_observations))  # (N, O, A)
    own = [policies[agent, seen] for agent, seen in enumerate(game.observe(game.states).T)]  # (8, A) each
    returns = evaluate(game, FixedPolicy(policies), 40_000, rng)[:, 0]
    tolerance = 4 * returns.std() / np.sqrt(len(returns))
    assert game.evaluate_policies(joint_policy(own)) == pytest.approx(returns.mean(), abs=tolerance)


def test_numbers_below_zero_are_refused():
    with pytest.raises(ValueError, match="delay and sensors must be at least 0, got -1 and 0"):
        Relay(delay=-1)
    with pytest.raises(ValueError, match="got 0 and -1"):
        Relay(sensors=-1)


@pytest.mark.parametrize(
    ("before", "actions", "told"),
    [
        (state(code=2), (ONE, PASS), "Code 2, no flag, step 0. The scout raises flag 1; the team earns 0."),
        (state(), (PASS, PASS), "Code 1, no flag, step 0. The scout stays silent; the team earns 0.1."),
        (state(2, 1, 1), (PASS, TWO), "Code 2, flag 1, step 1. The runner picks gate 2; the team earns 1.6."),
        (state(2, 1, 1), (PASS, PASS), "Code 2, flag 1, step 1. The runner waits; the team earns 0."),
    ],
)
def test_it_tells_itself(before, actions, told):
    game = Relay()
    after, rewards, _ = game.step(before, np.array([actions]), RNG)
    assert game.tell(Snapshot(before[0], np.array(actions), rewards[0], after[0])) == told
    assert game.tell(Snapshot(before[0])) == f"{game.name_state(before[0])}."


def test_time_and_days_are_told_too():
    game = Relay(delay=1, day=1.0)
    snapshot = Snapshot(state(1, 2, 1, 1)[0], np.array([PASS, PASS]), np.array([1.0, 1.0]), state(1, 2, 2, 1)[0])
    assert game.tell(snapshot) == "Code 1, flag 2, step 1, good day. Time passes; the team earns 1."


def test_code_day_and_sensor_are_drawn_apart_and_the_sensor_anew_in_every_step():
    game, rng = Relay(delay=1, day=1.0, sensors=4), np.random.default_rng(0)
    start = game.reset(400, rng)
    assert len(np.unique(start[:, [0, 3, 4]], axis=0)) == 2 * 2 * 4
    assert not start[:, [1, 2]].any()
    after, *_ = game.step(start, np.zeros((400, 2), int), rng)
    assert len(np.unique(np.stack([start[:, 4], after[:, 4]], axis=1), axis=0)) == 4 * 4
    np.testing.assert_array_equal(after[:, [0, 3]], start[:, [0, 3]])


@pytest.mark.parametrize("options", [{}, {"delay": 2}, {"remembers": True}, {"delay": 2, "remembers": True}])
def test_observations_are_numbered_without_gaps_at_the_top_and_the_last_view_is_one_of_the_views(options):
    game = Relay(**options)
    states = np.array([[c, f, t, 0, 0] for c in range(2) for f in range(3) for t in range(game.delay + 2)])
    assert game.observe(states).max() + 1 == game.num_observations
    after, *_ = game.step(states, np.zeros((len(states), 2), int), RNG)
    assert (game.global_view(after) < game.view_sizes).all()
    assert game.observe(after).max() < game.num_observations


@pytest.mark.parametrize("code", [1, 2])
def test_the_green_gate_is_the_right_one_and_the_arrow_leads_to_the_gate_that_is_picked(code, monkeypatch):
    arrows, (_, axes) = [], plt.subplots()
    monkeypatch.setattr("marl_lessons.environments.relay.draw_arrow", lambda axes, *place: arrows.append(place))
    before = state(code, 1, 1)[0]
    Relay().draw_on(axes, Snapshot(before, np.array([PASS, code]), np.array([1.6, 1.6]), before))
    gates = axes.collections[:2]
    (green,) = [gate.get_offsets()[0] for gate in gates if np.ptp(gate.get_facecolor()[0, :3]) > 0]
    assert green.tolist() == [3, 2 - code]
    ((_, y, _, rise, agent),) = arrows
    assert (np.sign(rise), agent) == (3 - 2 * code, 1)
    assert y + rise == pytest.approx(green[1], abs=0.1)
    plt.close()
