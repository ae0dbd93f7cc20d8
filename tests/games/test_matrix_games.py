"""Matrix games: expected payoffs, best responses and equilibria, beside nashpy's."""

import itertools

import nashpy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marl_lessons import games
from marl_lessons.games import MatrixGame

NAMED_GAMES = [
    games.climbing(),
    games.penalty(),
    games.prisoners_dilemma(),
    games.stag_hunt(),
    games.chicken(),
    games.matching_pennies(),
    games.rock_paper_scissors(),
    games.coordination(),
    games.battle_of_sexes(),
    games.qtran(),
    games.all_agree(3),
    games.permutation(3),
    games.defection_bonus(0.4),
    games.all_in(3),
]

payoff_tables = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda counts: arrays(float, (3, *counts), elements=st.integers(-3, 3))
)


def random_policies(action_counts, seed):
    rng = np.random.default_rng(seed)
    return [rng.dirichlet(np.ones(count)) for count in action_counts]


def test_expected_payoffs_of_a_mixed_pair_by_hand():
    game = MatrixGame([[[4, 0], [2, 2]], [[1, 3], [0, 8]]])
    # (½·¼, ½·¾, ½·¼, ½·¾) over (4, 0, 2, 2) and (1, 3, 0, 8)
    assert game.expected_payoffs([[0.5, 0.5], [0.25, 0.75]]).tolist() == [1.5, 4.25]


@given(payoff_tables, st.integers(0, 10_000))
def test_expected_payoffs_equal_the_sum_over_all_joint_actions(payoffs, seed):
    game = MatrixGame(payoffs)
    policies = random_policies(game.action_counts, seed)
    total = np.zeros(3)
    for joint_action in itertools.product(*map(range, game.action_counts)):
        chance = np.prod([policy[action] for policy, action in zip(policies, joint_action, strict=True)])
        total += chance * payoffs[(slice(None), *joint_action)]
    np.testing.assert_allclose(game.expected_payoffs(policies), total, atol=1e-12)


@given(payoff_tables, st.integers(0, 10_000), st.integers(0, 2))
def test_an_agents_expected_payoff_is_the_average_of_its_action_values(payoffs, seed, agent):
    game = MatrixGame(payoffs)
    policies = random_policies(game.action_counts, seed)
    average = policies[agent] @ game.action_values(agent, policies)
    assert average == pytest.approx(game.expected_payoffs(policies)[agent], abs=1e-12)


def test_best_responses_list_every_tied_action():
    partner_hunts_with_half = [None, [0.5, 0.5]]
    assert games.stag_hunt(x=2).best_responses(0, partner_hunts_with_half).tolist() == [0, 1]
    assert games.stag_hunt(x=1).best_responses(0, partner_hunts_with_half).tolist() == [0]


@given(arrays(float, (2, 3, 4), elements=st.integers(-3, 3)))
def test_nashpy_agrees_which_joint_actions_are_equilibria(payoffs):
    game, oracle = MatrixGame(payoffs), nashpy.Game(*payoffs)
    for row, column in itertools.product(range(3), range(4)):
        is_stable = all(oracle.is_best_response(np.eye(3)[row], np.eye(4)[column]))
        assert game.is_pure_equilibrium((row, column)) == is_stable


def test_agents_may_have_different_numbers_of_actions():
    game = MatrixGame(np.arange(12).reshape(2, 2, 3))
    assert game.action_counts == (2, 3)
    assert game.pure_equilibria() == [(1, 2)]
    with pytest.raises(ValueError, match=r"num_actions must be one number for all agents, got \(2, 3\)"):
        _ = game.num_actions


@pytest.mark.parametrize("game", NAMED_GAMES, ids=lambda game: game.name)
def test_a_step_pays_each_agent_its_entry_and_ends_the_episode(game):
    rng = np.random.default_rng(0)
    state = game.reset(20, rng)
    actions = rng.integers(game.num_actions, size=(20, game.num_agents))
    _, rewards, terminated = game.step(state, actions, rng)
    for run, joint_action in enumerate(actions.tolist()):
        assert rewards[run].tolist() == [payoff[tuple(joint_action)] for payoff in game.payoffs]
    assert terminated.all()
    assert not game.observe(state).any()


@pytest.mark.parametrize(
    ("payoffs", "message"),
    [
        (np.zeros((3, 2, 2)), r"payoffs must have shape \(N, A_1, …, A_N\), got \(3, 2, 2\)"),
        ([[[0, np.nan]], [[0, 0]]], "payoffs must be finite"),
    ],
)
def test_wrong_payoffs_are_refused(payoffs, message):
    with pytest.raises(ValueError, match=message):
        MatrixGame(payoffs)


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        ([0.5, 0.43], r"policies\[1\] must sum to 1, got 0.93; divide it by its sum"),
        ([1.0], r"policies\[1\] must have shape \(2,\), got \(1,\)"),
    ],
)
def test_a_wrong_policy_is_named(policy, message):
    with pytest.raises(ValueError, match=message):
        games.chicken().expected_payoffs([[0.5, 0.5], policy])
