"""Actors with a critic that may see more move as their equations say, each beside a plain loop."""

import numpy as np
import pytest

from marl_lessons import games
from marl_lessons.environments import Dispatch, Drift, Foraging, TwoStep
from marl_lessons.learners import COMA, REINFORCE, CentralActorCritic
from marl_lessons.policies import joint_policy, softmax
from marl_lessons.policy_gradients import (
    counterfactual_advantages,
    generalized_advantages,
    joint_counterfactual_advantages,
    log_gradient,
)
from marl_lessons.rollout import play, train
from marl_lessons.views import OneHot

OPTIONS = {"critic_alpha": 0.5, "entropy": 0.0}
SHORT = Foraging(size=3, horizon=4)  # some episodes are over sooner than others
GAMES = {"terminates": TwoStep(), "is truncated": Dispatch("own", horizon=5), "both": SHORT}
every_game = pytest.mark.parametrize("game", GAMES.values(), ids=GAMES)


def record_play(game, learner, steps, runs=3, seed=0):
    """Let the learner learn, and return what happened in each run, episode by episode."""
    rng, transitions = np.random.default_rng(seed), []
    for transition, _ in zip(play(game, learner, runs, rng), range(steps), strict=False):
        learner.update(transition, rng)
        transitions.append(transition)
    return [split_into_episodes(transitions, run) for run in range(runs)]


def split_into_episodes(transitions, run):
    episodes = [[]]
    for step in transitions:
        episodes[-1].append(step)
        if step.terminated[run] or step.truncated[run]:
            episodes.append([])
    return episodes[:-1]  # the last one has not ended


def draw_preferences(game):
    shape = (game.num_agents, game.num_observations, game.num_actions)
    return np.random.default_rng(1).normal(size=shape)


def view_of(game, state, run):
    return np.ravel_multi_index(tuple(game.global_view(state)[run]), game.view_sizes)


@every_game
@pytest.mark.parametrize("critic", ["local", "central"])
@pytest.mark.parametrize("trace", [0.0, 0.7])
def test_actors_and_critics_move_at_the_end_of_their_own_run_s_episode(game, critic, trace):
    start = draw_preferences(game)
    learner = CentralActorCritic(game, 0.1, 0.9, critic=critic, trace=trace, preferences=start, **OPTIONS)
    episodes = record_play(game, learner, 11)
    for run, agent in np.ndindex(3, game.num_agents):
        preferences, values = start[agent].copy(), np.zeros(learner.value_table.shape[-1])
        for episode in episodes[run]:
            learn_by_hand(game, episode, run, agent, critic, trace, preferences, values)
        np.testing.assert_allclose(learner.preference_table[run, agent], preferences)
        np.testing.assert_allclose(learner.value_table[run, agent], values)


def learn_by_hand(game, episode, run, agent, critic, trace, preferences, values):
    """Move one agent's preferences (O, A) and values by one episode."""

    def see(observations, state):
        return observations[run, agent] if critic == "local" else view_of(game, state, run)

    seen = [see(step.observations, step.state) for step in episode]
    next_seen = [see(step.next_observations, step.next_state) for step in episode]
    rewards = np.array([step.rewards[run, agent] for step in episode])
    ends = [np.array([getattr(step, name)[run] for step in episode]) for name in ("terminated", "truncated")]
    before, old = values.copy(), preferences.copy()
    better = generalized_advantages(rewards, before[seen], before[next_seen], *ends, 0.9, trace)
    for step, x, advantage in zip(episode, seen, better, strict=True):
        own, action = step.observations[run, agent], step.actions[run, agent]
        preferences[own] += 0.1 * advantage * log_gradient(softmax(old[own]), action)
        values[x] += 0.5 * (before[x] + advantage - values[x])


@every_game
@pytest.mark.parametrize("trace", [0.0, 0.7])
def test_the_counterfactual_critic_learns_joint_actions_and_each_actor_its_own_part(game, trace):
    start = draw_preferences(game)
    shape = np.prod(game.view_sizes), *[game.num_actions] * game.num_agents
    initial = np.random.default_rng(2).normal(size=shape)
    learner = COMA(game, 0.1, 0.9, trace=trace, preferences=start, initial=initial, **OPTIONS)
    for run, episodes in enumerate(record_play(game, learner, 11)):
        preferences, values = start.copy(), initial.copy()
        for episode in episodes:
            learn_together_by_hand(game, episode, run, trace, preferences, values)
        np.testing.assert_allclose(learner.preference_table[run], preferences)
        np.testing.assert_allclose(learner.q_table[run], values)


def look_ahead_by_hand(game, episode, run, trace, preferences, values):
    """Work out the targets of the joint values, step by step from the last one."""
    targets, agents = [], np.arange(game.num_agents)
    for step, following in reversed(list(zip(episode, [*episode[1:], None], strict=True))):
        next_view = view_of(game, step.next_state, run)
        if following is None:
            policies = softmax(preferences[agents, step.next_observations[run]])  # (N, A)
            worth = (joint_policy(policies[:, None])[0] * values[next_view]).sum()
        else:
            worth = (1 - trace) * values[(next_view, *following.actions[run])] + trace * targets[-1]
        targets.append(step.rewards[run].mean() + 0.9 * ~step.terminated[run] * worth)
    return targets[::-1]


def learn_together_by_hand(game, episode, run, trace, preferences, values):
    """Move everybody's preferences (N, O, A) and the values (views, A, …, A) by one episode."""
    old, before = preferences.copy(), values.copy()
    agents = np.arange(game.num_agents)
    for step, target in zip(episode, look_ahead_by_hand(game, episode, run, trace, old, before), strict=True):
        actions, view = step.actions[run], view_of(game, step.state, run)
        values[(view, *actions)] += 0.5 * (target - values[(view, *actions)])
        for agent, own in enumerate(step.observations[run]):
            might = [before[(view, *np.where(agents == agent, b, actions))] for b in range(game.num_actions)]
            policy = softmax(old[agent, own])
            advantage = might[actions[agent]] - policy @ might
            preferences[agent, own] += 0.1 * advantage * log_gradient(policy, actions[agent])


def test_counterfactual_advantages_of_a_team_are_those_of_its_agents():
    rng = np.random.default_rng(0)
    joint_values, policies = rng.normal(size=(5, 3, 3, 3)), softmax(rng.normal(size=(5, 3, 3)))
    actions = rng.integers(3, size=(5, 3))
    found = joint_counterfactual_advantages(joint_values, policies, actions)
    for play_, (a, b, c) in enumerate(actions):
        rows = joint_values[play_, :, b, c], joint_values[play_, a, :, c], joint_values[play_, a, b]
        expected = [counterfactual_advantages(*one) for one in zip(rows, policies[play_], (a, b, c), strict=True)]
        np.testing.assert_allclose(found[play_], expected)


def test_with_the_full_view_and_a_common_reward_both_critics_learn_the_same_to_the_last_bit():
    tables = []
    for critic in ("local", "central"):
        learner = CentralActorCritic(Dispatch(), 0.1, 0.9, critic=critic, trace=0.5)
        train(Dispatch(), learner, 400, 5, np.random.default_rng(0))
        tables.append(learner.preference_table)
    np.testing.assert_array_equal(*tables)


def test_with_the_whole_return_and_a_local_critic_it_is_reinforce():
    tables = []
    for learner in (CentralActorCritic(TwoStep(), 0.1, 0.9, trace=1.0), REINFORCE(TwoStep(), 0.1, 0.9)):
        train(TwoStep(), learner, 200, 5, np.random.default_rng(0))
        tables.append((learner.preference_table, learner.value_table))
    np.testing.assert_allclose(tables[0][0], tables[1][0])
    np.testing.assert_allclose(tables[0][1], tables[1][1])


@pytest.mark.parametrize("make", [CentralActorCritic, COMA])
def test_a_second_training_forgets_the_episode_that_was_cut_short(make):
    game = Dispatch("own", horizon=5)
    learner = make(game, 0.1, 0.9)
    train(game, learner, 3, 4, np.random.default_rng(0))
    assert (learner.preference_table == 0).all()
    start, fresh = np.random.default_rng(1), make(game, 0.1, 0.9)
    train(game, learner, 5, 4, start)
    train(game, fresh, 5, 4, np.random.default_rng(1))
    np.testing.assert_array_equal(learner.preference_table, fresh.preference_table)


def test_a_critic_of_your_own_may_say_what_was_better():
    asked = []

    def generalized(rewards, values, next_values, terminated, truncated, gamma, trace):
        asked.append((rewards.shape, values.shape, terminated.shape, gamma, trace))
        return generalized_advantages(rewards, values, next_values, terminated, truncated, gamma, trace)

    def counterfactual(joint_values, policies, actions):
        asked.append((joint_values.shape, policies.shape, actions.shape))
        return joint_counterfactual_advantages(joint_values, policies, actions)

    central, coma = CentralActorCritic(TwoStep(), 0.1, 0.9, trace=0.5), COMA(TwoStep(), 0.1, 0.9)
    central.find_advantages, coma.find_advantages = generalized, counterfactual
    for learner in (central, coma):
        train(TwoStep(), learner, 2, 3, np.random.default_rng(0))
    assert asked == [((2, 6), (2, 6), (2, 6), 0.9, 0.5), ((6, 2, 2), (6, 2, 2), (6, 2))]


@pytest.mark.parametrize("make", [CentralActorCritic, COMA])
@pytest.mark.parametrize("num_agents", [2, 3, 4])
def test_a_team_of_any_size_learns_a_plain_game(make, num_agents):
    game = games.common_payoff(-np.indices((2,) * num_agents).sum(axis=0))
    learner = make(game, 0.2, 0.0)
    train(game, learner, 1_000, 20, np.random.default_rng(0))
    assert (learner.preference_table.argmax(axis=-1) == 0).mean() > 0.97


def test_step_sizes_may_differ_between_runs_and_agents():
    alpha = np.array([[0.0, 0.1], [0.1, 0.0]])
    for make in (CentralActorCritic, COMA):
        learner = make(SHORT, alpha, 0.9)
        train(SHORT, learner, 30, 2, np.random.default_rng(0))
        assert ((learner.preference_table != 0).any(axis=(-2, -1)) == (alpha > 0)).all()


def test_what_does_not_fit_into_tables_is_refused():
    many = games.all_agree(14)
    with pytest.raises(ValueError, match=r"at most 10,000 joint actions, got 16,384"):
        COMA(many, 0.1, 0.9)
    with pytest.raises(ValueError, match="integer observations"):
        CentralActorCritic(Drift(), 0.1, 0.9)
    with pytest.raises(ValueError, match='critic must be "local" or "central"'):
        CentralActorCritic(TwoStep(), 0.1, 0.9, critic="global")


def test_only_a_critic_that_needs_it_asks_for_a_global_view_of_integers():
    class Blurred(Dispatch):
        view_sizes = None

    CentralActorCritic(Blurred(), 0.1, 0.9, critic="local")
    for make in (COMA, lambda *options: CentralActorCritic(*options, critic="central")):
        with pytest.raises(ValueError, match="global view of integers"):
            make(Blurred(), 0.1, 0.9)
    with pytest.raises(ValueError, match="integer observations"):
        COMA(OneHot(Dispatch()), 0.1, 0.9)


@pytest.mark.parametrize("make", [CentralActorCritic, COMA])
def test_an_episode_without_an_end_is_learned_from_in_parts_of_a_thousand_steps(make):
    game = Dispatch("own", horizon=None)
    moved = {}
    for steps in (999, 1_000):
        learner = make(game, 0.1, 0.9)
        train(game, learner, steps, runs=2, rng=np.random.default_rng(0))
        moved[steps] = (learner.preference_table != 0).any(axis=(1, 2, 3)).tolist()
        assert len(learner._steps) == steps % 1_000
    assert moved == {999: [False, False], 1_000: [True, True]}


class Crowded(Dispatch):
    """A game with more global views than a table can hold."""

    view_sizes = (1_000, 1_000)


def test_a_table_of_too_many_global_views_is_refused():
    with pytest.raises(ValueError, match="at most 100,000 global views for a table, got 1,000,000"):
        COMA(Crowded(), 0.1, 0.9)


def test_what_is_asked_for_where_nothing_is_said():
    assert CentralActorCritic(TwoStep(), 0.1, 0.9).critic == "local"
    assert COMA(games.common_payoff(np.zeros((10,) * 4)), 0.1, 0.0).trace == 0  # 10,000 joint actions are not too many
