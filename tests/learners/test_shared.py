"""Agents that share a table: what they move it by, and that neither their order nor other runs matter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons import games
from marl_lessons.environments import Crowd, Dispatch, Drift, TwoStep
from marl_lessons.games import MatrixGame
from marl_lessons.learners import IQL, MeanFieldQ, SharedQ, shared
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.policies import linear_schedule, softmax
from marl_lessons.rollout import Transition, train
from marl_lessons.update_rules import average_by_entry
from marl_lessons.views import WithIdentity

RUNS, AGENTS = 2, 5  # of the transitions that are drawn; in a game of 5 agents with 3 observations and 2 actions


class Talk(MatrixGame):
    """Five agents that see one of three things; only its sizes matter here."""

    num_observations = 3

    def __init__(self):
        super().__init__(np.zeros((5, 2, 2, 2, 2, 2)))


def draw_transition(seed):
    rng = np.random.default_rng(seed)
    observations, following = rng.integers(3, size=(2, RUNS, AGENTS))
    actions = rng.integers(2, size=(RUNS, AGENTS))
    rewards = rng.normal(size=(RUNS, AGENTS))
    terminated = np.array([False, True])
    return Transition(observations, actions, rewards, following, terminated, ~terminated, actions, actions)


def update_by_loop(table, transition, alpha, gamma, value):
    """Update the tables (R, O, A) by loops over runs, entries and agents, from the definition."""
    updated = table.copy()
    for run, observation, action in np.ndindex(table.shape):
        errors = []
        for agent in range(AGENTS):
            if transition.observations[run, agent] == observation and transition.actions[run, agent] == action:
                follows = value(table[run, transition.next_observations[run, agent]])
                bootstrap = 0 if transition.terminated[run] else gamma * follows
                errors.append(transition.rewards[run, agent] + bootstrap - table[run, observation, action])
        if errors:
            updated[run, observation, action] += alpha * sum(errors) / len(errors)
    return updated


TEMPERATURE = 0.7
FAMILY = {
    "shared": (lambda: SharedQ(Talk(), 0.3, 0.9, 0.1), lambda values: values.max()),
    "mean field": (
        lambda: MeanFieldQ(Talk(), 0.3, 0.9, TEMPERATURE),
        lambda values: softmax(values, TEMPERATURE) @ values,
    ),
}
every_member = pytest.mark.parametrize(("make", "value"), FAMILY.values(), ids=FAMILY)


def learn(learner, *transitions):
    for transition in transitions:
        learner.update(transition, np.random.default_rng(0))
    return learner.q_table


@every_member
@given(seed=st.integers(0, 10_000))
def test_each_entry_moves_by_the_mean_error_of_the_agents_that_took_it(make, value, seed):
    first, second = draw_transition(seed), draw_transition(seed + 1)
    learner = make()
    before = learn(learner, first).copy()
    np.testing.assert_allclose(learn(learner, second), update_by_loop(before, second, 0.3, 0.9, value), atol=1e-12)


@every_member
@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_agents_does_not_matter(make, value, seed):
    plain, order = draw_transition(seed), np.random.default_rng(seed).permutation(AGENTS)
    fields = ("observations", "actions", "rewards", "next_observations")
    moved = {name: getattr(plain, name)[:, order] for name in fields}
    mixed = Transition(**{**vars(plain), **moved})
    np.testing.assert_allclose(learn(make(), plain), learn(make(), mixed), atol=1e-12)


@every_member
def test_a_run_learns_the_same_whatever_happens_in_the_others(make, value):
    plain = draw_transition(0)
    changed = Transition(**{**vars(plain), "rewards": plain.rewards + np.array([[0], [100]])})
    tables = learn(make(), plain), learn(make(), changed)
    np.testing.assert_array_equal(tables[0][0], tables[1][0])
    assert (tables[0][1] != tables[1][1]).any()


@pytest.mark.parametrize("how", [{"epsilon": 0.3}, {"temperature": 0.5}])
def test_one_agent_alone_learns_byte_by_byte_as_iql(how):
    rng = np.random.default_rng(0)
    game = TabularMarkovGame(rng.dirichlet(np.ones(4), size=(4, 3)), rng.normal(size=(1, 4, 3)), np.full(4, 0.25))
    learners = (
        IQL(game, linear_schedule(0.5, 0.1, 50), 0.9, **how),
        SharedQ(game, linear_schedule(0.5, 0.1, 50), 0.9, **how),
    )
    for learner in learners:
        train(game, learner, 100, 3, np.random.default_rng(1))
    assert learners[0].q_table[:, 0].tobytes() == learners[1].q_table.tobytes()


def test_with_an_identity_each_the_agents_learn_byte_by_byte_as_with_tables_of_their_own():
    game = Dispatch(view="own")
    own, shared = IQL(game, 0.1, 0.9, 0.2), SharedQ(WithIdentity(game), 0.1, 0.9, 0.2)
    train(game, own, 60, 3, np.random.default_rng(0))
    train(WithIdentity(game), shared, 60, 3, np.random.default_rng(0))
    assert own.q_table.tobytes() == shared.q_table.tobytes()


def test_agents_that_see_the_same_have_the_same_policy():
    game = TwoStep()
    learner = SharedQ(game, 0.2, 0.9, 0.5)
    train(game, learner, 50, 4, np.random.default_rng(0))
    policies = learner.policies(game.observe(np.array([0, 1, 2, 0])))
    np.testing.assert_array_equal(policies[:, 0], policies[:, 1])
    assert (policies[:, 0].max(axis=-1) == 1).any()


def test_what_a_mean_field_learner_plays_is_the_softmax_of_its_values():
    game = games.stag_hunt()
    learner = MeanFieldQ(game, 0.2, 0.0, temperature=2.0, initial=[1.0, 3.0])
    policies = learner.policies(np.zeros((5, 2), dtype=int))
    np.testing.assert_allclose(policies, np.tile(1 / (1 + np.exp([1, -1])), (5, 2, 1)))
    for explore in (False, True):
        actions = learner.act(np.zeros((5, 2), dtype=int), np.random.default_rng(0), explore)
        assert actions.shape == (5, 2)


def test_a_mean_field_learner_draws_from_its_policies_at_the_temperature_of_the_step_exploring_or_not():
    game = games.stag_hunt()
    learner = MeanFieldQ(game, 0.0, 0.0, temperature=linear_schedule(1.0, 4.0, 2), initial=[0.0, 2.0])
    seen = np.zeros((2_000, 2), dtype=int)
    nothing = Transition(seen, seen, np.zeros(seen.shape), seen, *[np.ones(2_000, dtype=bool)] * 2, None, None)
    for temperature in (1.0, 2.5, 4.0):
        chance = 1 / (1 + np.exp(-2 / temperature))  # of action 1
        np.testing.assert_allclose(learner.policies(seen)[..., 1], chance)
        for explore in (False, True):
            assert learner.act(seen, np.random.default_rng(0), explore).mean() == pytest.approx(chance, abs=0.03)
        learner.update(nothing, None)


def test_another_way_to_average_can_take_the_place_of_the_rule():
    def keep_the_last(entries, values, num_entries):
        assert entries.shape == values.shape == (RUNS * AGENTS,)
        moves = np.zeros(num_entries)
        moves[entries] = values
        return moves

    learner, transition = SharedQ(Talk(), 1.0, 0.0, 0.1), draw_transition(0)
    learner.average = keep_the_last
    chosen = np.arange(RUNS)[:, None], transition.observations, transition.actions
    expected = np.zeros((RUNS, 3, 2))
    expected[chosen] = transition.rewards
    np.testing.assert_array_equal(learn(learner, transition), expected)


@pytest.mark.parametrize("game", [Dispatch(view="own"), Crowd(9)], ids=["two workers", "a crowd"])
def test_a_large_table_changes_only_where_somebody_was_and_just_as_a_small_one(game, monkeypatch):
    def learn(sparse):
        monkeypatch.setattr(shared, "SPARSE", sparse)
        learner = SharedQ(game, alpha=0.3, gamma=0.9, epsilon=0.2)
        train(game, learner, 60, 5, np.random.default_rng(0))
        return learner.q_table.tobytes()

    assert learn(sparse=0) == learn(sparse=np.inf)


def test_the_step_does_not_grow_with_the_number_of_agents():
    """A sum would move the entry of 1,000 agents that play alike by 100 times its error."""
    game = Crowd(1_000, capacity=1_000)
    learner = SharedQ(game, 0.1, 0.0, 0.0)
    state = game.reset(1, None)
    actions = np.zeros((1, 1_000), dtype=int)
    _, rewards, terminated = game.step(state, actions, None)
    seen = game.observe(state)
    learn(learner, Transition(seen, actions, rewards, seen, terminated, ~terminated, state, state))
    assert learner.q_table[0, 0, 0] == pytest.approx(0.1 * rewards[0, 0])


def test_features_are_refused_with_the_remedy():
    with pytest.raises(ValueError, match="game must have integer observations"):
        SharedQ(Drift(), 0.1, 0.9, 0.1)
    with pytest.raises(ValueError, match="one of epsilon and temperature must be given"):
        SharedQ(TwoStep(), 0.1, 0.9)


def test_the_rule_is_the_one_of_update_rules():
    assert SharedQ(TwoStep(), 0.1, 0.9, 0.1).average is average_by_entry
