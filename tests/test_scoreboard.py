"""The scoreboard puts every team on one exact scale."""

import numpy as np
import pytest

from marl_lessons import scales, scoreboard, solvers
from marl_lessons.environments import Dispatch, Districts, Drift, Foraging, Relay, RushHour, Soccer, TwoStep
from marl_lessons.learners import PHC, ArticleQ, FixedPolicy, JointQ, RandomPolicy, SharedQ
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.plans import Plan
from marl_lessons.policies import deterministic_joint_policy, joint_policy, uniform_policy
from marl_lessons.rollout import evaluate, train
from marl_lessons.views import OneHot, Relabeled, WithIdentity

VIEWS = pytest.mark.parametrize("game", [Dispatch(), Dispatch(view="own")], ids=["full view", "own view"])


def serve_own_queue(num_observations):
    policies = np.zeros((2, num_observations, 3))
    policies[0, :, 0] = policies[1, :, 1] = 1
    return policies


def score_exactly(policies, game):
    """Score policies (N, O, A) by hand: as tables over the states, between 8.1049 and 29.6890."""
    of_each = policies[[[0], [1]], game.observe(game.states).T]  # (N, S, A)
    tables = Dispatch().to_tabular()
    value = solvers.evaluate_joint_policy(tables, np.einsum("sa,sb->sab", *of_each), 0.9)[0].mean()
    return 100 * (value - 8.104886) / (29.688979 - 8.104886)


def test_uniform_play_scores_0_and_the_joint_optimum_100():
    best = solvers.value_iteration(Dispatch().to_tabular(), 0.9).joint_actions
    assert scoreboard.score(joint_policy(uniform_policy(2, 18, 3))) == pytest.approx(0)
    assert scoreboard.score(deterministic_joint_policy(best, 3)) == pytest.approx(100)


def test_many_runs_are_scored_at_once():
    policies = np.stack([uniform_policy(2, 18, 3), serve_own_queue(18)])  # (R, N, S, A)
    scores = scoreboard.score(joint_policy(policies))
    assert scores[0] == pytest.approx(0)
    assert scores[1] == pytest.approx(scoreboard.score(joint_policy(serve_own_queue(18))))


@VIEWS
def test_a_learner_that_plays_at_random_scores_0(game):
    assert scoreboard.score_learner(RandomPolicy(3), game, runs=3) == pytest.approx([0] * 3)


@VIEWS
def test_a_learner_is_scored_by_what_it_does_at_what_it_sees(game):
    table = serve_own_queue(game.num_observations)
    scores = scoreboard.score_learner(FixedPolicy(table), game, runs=2)
    assert scores == pytest.approx([score_exactly(table, game)] * 2, abs=1e-4)


@VIEWS
def test_a_mixture_has_its_exact_score_in_each_run(game):
    tables = np.random.default_rng(0).dirichlet(np.ones(3), size=(4, 2, game.num_observations))  # (R, N, O, A)
    scores = scoreboard.score_learner(FixedPolicy(tables), game, runs=4)
    assert scores == pytest.approx([score_exactly(table, game) for table in tables], abs=1e-4)


def test_a_team_that_plays_its_best_four_times_of_five_and_else_at_random_scores_71_4():
    """Were one action drawn in each state and played ever after, it would score about 53."""
    best = solvers.value_iteration(Dispatch().to_tabular(), 0.9).joint_actions  # (S, N)
    table = 0.8 * np.eye(3)[best.T] + 0.2 * uniform_policy(2, 18, 3)  # (N, S, A)
    score = scoreboard.score_learner(FixedPolicy(table), Dispatch(), runs=1)[0]
    assert score == pytest.approx(71.4, abs=0.05)


@VIEWS
def test_a_learner_of_mixed_policies_is_scored_by_them(game):
    learner = PHC(game, alpha=0.1, gamma=0.9, delta=0.002, epsilon=0.2)
    train(game, learner, 400, 5, np.random.default_rng(0))
    scores = scoreboard.score_learner(learner, game, runs=5)
    assert (learner.policy_table.max(axis=-1) < 1).any()
    assert scores == pytest.approx([score_exactly(table, game) for table in learner.policy_table], abs=1e-4)


def test_an_untrained_controller_is_scored_by_the_first_joint_action():
    always_a = np.tile([1.0, 0, 0], (2, 18, 1))
    scores = scoreboard.score_learner(JointQ(Dispatch(), 0.1, 0.9, epsilon=0.1), Dispatch(), runs=2)
    assert scores == pytest.approx([score_exactly(always_a, Dispatch())] * 2, abs=1e-4)


def test_a_learner_of_features_is_scored_too():
    game, always_a = OneHot(Dispatch(view="own")), np.tile([1.0, 0, 0], (2, 18, 1))
    scores = scoreboard.score_learner(ArticleQ(game), game, runs=2)  # untrained, it takes the first action
    assert scores == pytest.approx([score_exactly(always_a, Dispatch())] * 2, abs=1e-4)


def test_a_learner_whose_actions_have_other_names_is_refused():
    with pytest.raises(ValueError, match=r"game must name its actions \('A', 'B', 'H'\), got \('H', 'B', 'A'\)"):
        scoreboard.score_learner(RandomPolicy(3), Relabeled(Dispatch()), runs=1)


VARIANT = {"arrivals": [[0.2, 0.4, 0.1, 0.3], [0.5, 0.9, 0.3, 0.6]], "speeds": [[0.7, 0.9], [0.4, 1.0]]}
OTHER_GAMES = {
    "dispatch, otherwise paid": Dispatch(heavy_reward=5.0, light_arrival=0.6),
    "to each its own": Dispatch(team_share=0.0),
    "rush hour": RushHour(),
    "a variant": RushHour(waste_penalty=3.0, **VARIANT),
}
other_games = pytest.mark.parametrize("game", OTHER_GAMES.values(), ids=OTHER_GAMES)


@other_games
def test_in_every_game_with_tables_random_play_scores_0_and_the_best_100(game):
    tables = game.to_tabular()
    best = np.eye(game.num_actions)[solvers.value_iteration(tables, 0.9).joint_actions.T]  # (N, S, A)
    random = scoreboard.score_learner(RandomPolicy(game.num_actions), game, 2)
    assert random == pytest.approx([0, 0])
    for shown in (game, Relabeled(Relabeled(game)), OneHot(game)):
        team = FixedPolicy(best) if shown.num_observations else ReadOneHot(best)
        assert scoreboard.score_learner(team, shown, 2) == pytest.approx([100, 100])
    assert scoreboard.score_learner(FixedPolicy(best), tables, 2) == pytest.approx([100, 100])


class ReadOneHot(FixedPolicy):
    """Plays a table by what the ones among zeros stand for."""

    def policies(self, observations):
        return super().policies(observations.argmax(axis=-1))


@pytest.mark.parametrize("parameters", [{}, VARIANT], ids=["rush hour", "a variant"])
def test_a_table_of_the_own_view_of_the_rush_hour_is_scored_as_it_plays(parameters):
    game = RushHour(view="own", **parameters)
    table = np.random.default_rng(0).dirichlet(np.ones(4), size=(2, game.num_observations))
    team = FixedPolicy(table)
    returns = evaluate(game, team, 4_000, np.random.default_rng(1), gamma=0.9, horizon=100)[:, 0]
    earned = scoreboard.find_scale(game.to_tabular()).score(returns)
    error = earned.std() / np.sqrt(len(earned))
    assert scoreboard.score_learner(team, game, 1)[0] == pytest.approx(earned.mean(), abs=4 * error)


def test_a_scale_is_found_once_for_games_with_the_same_tables(monkeypatch):
    asked = []
    monkeypatch.setattr(scales, "_SCALES", {})
    monkeypatch.setattr(scales, "value_iteration", lambda *game: asked.append(game) or solvers.value_iteration(*game))
    for game in (RushHour(**VARIANT), RushHour("own", **VARIANT), RushHour(heavy_reward=5.0, **VARIANT)):
        scoreboard.score_learner(RandomPolicy(4), game, 1)
    assert len(asked) == 2
    assert scoreboard.find_scale(game.to_tabular(), 0.5) != scoreboard.find_scale(game.to_tabular())


def test_games_that_differ_in_one_table_have_scales_of_their_own():
    rewards = np.zeros((1, 3, 2))
    rewards[0, :, 1] = 1, 3, 5
    move_on = np.broadcast_to(np.eye(3)[[1, 2, 2]][:, None], (3, 2, 3))
    plain = {"transitions": move_on, "rewards": rewards, "start": [1, 0, 0], "terminal": [False] * 3}
    changes = {
        "transitions": np.broadcast_to(np.eye(3)[[2, 2, 2]][:, None], (3, 2, 3)),
        "rewards": 2 * rewards,
        "start": [0, 1, 0],
        "terminal": [False, False, True],
    }
    games = [TabularMarkovGame(**plain | {name: tables}) for name, tables in [("start", [1, 0, 0]), *changes.items()]]
    bests = [scoreboard.find_scale(game, 0.5).best for game in games]  # 1 + 3/2 + 5/4 + 5/8 + …, and so on
    np.testing.assert_allclose(bests, [5, 6, 10, 8, 2.5])


def test_games_whose_tables_hold_the_same_bytes_in_another_shape_have_scales_of_their_own():
    one = TabularMarkovGame(np.ones((1, 6, 1)), np.arange(6.0).reshape(1, 1, 6), [1])
    two = TabularMarkovGame(np.ones((1, 2, 2, 1)), np.array([1.0, 1, *range(6)]).reshape(2, 1, 2, 2), [1])
    assert [scoreboard.find_scale(game, 0).best for game in (one, two)] == [5, 3]  # 5, and the mean of 1 and 5


@VIEWS
def test_policies_are_read_in_every_state_by_what_is_seen_there(game):
    tables = np.random.default_rng(0).dirichlet(np.ones(3), size=(4, 2, game.num_observations))  # (R, N, O, A)
    policies = scoreboard.read_policies(FixedPolicy(tables), game, 4)
    assert policies.shape == (4, 2, 18, 3)
    seen = game.observe(game.states)  # (S, N)
    for worker in range(2):
        np.testing.assert_array_equal(policies[:, worker], tables[:, worker, seen[:, worker]])


@pytest.mark.parametrize("game", [Drift(), Relay(), Soccer()], ids=["neither", "states alone", "a list of states"])
def test_a_game_that_is_no_table_is_refused(game):
    message = f"game must have to_tabular and an array of its states, got {type(game).__name__}; use rollout.evaluate"
    with pytest.raises(ValueError, match=message):
        scoreboard.score_learner(RandomPolicy(game.num_actions), game, 1)


def test_a_score_is_what_play_earns_on_the_scale():
    team = FixedPolicy(serve_own_queue(18))
    returns = evaluate(Dispatch(), team, 4_000, np.random.default_rng(1), gamma=0.9, horizon=100)[:, 0]
    earned = scoreboard.dispatch_scale().score(returns)
    error = earned.std() / np.sqrt(len(earned))
    assert earned.mean() == pytest.approx(scoreboard.score(joint_policy(serve_own_queue(18))), abs=4 * error)


def test_the_scale_of_another_game_has_its_own_ends():
    """Uniform play earns 4.75 in the two-step game, the best team 8."""
    assert scoreboard.find_scale(TwoStep(), gamma=1) == scoreboard.Scale(uniform=4.75, best=8)


def test_the_scale_counts_each_start_as_often_as_it_happens_and_the_mean_of_the_agents():
    rewards = np.zeros((2, 3, 2, 2))
    rewards[:, 0, 1, 1], rewards[0, 1] = 4, 6  # in state 0 both earn 4 by (1, 1); in state 1 agent 0 earns 6 anyway
    transitions = np.zeros((3, 2, 2, 3))
    transitions[..., 2] = 1
    game = TabularMarkovGame(transitions, rewards, start=[0.25, 0.75, 0], terminal=[False, False, True])
    scale = scoreboard.find_scale(game, gamma=0.9)
    assert scale.uniform == pytest.approx(0.25 * 1 + 0.75 * 3)
    assert scale.best == pytest.approx(0.25 * 4 + 0.75 * 3)


def test_the_lines_for_the_best_teams_of_dispatch_are_exact():
    table = Dispatch().to_tabular()
    light_only = np.zeros((18, 3, 3), dtype=bool)
    light_only[:, :2, :2] = True  # nobody may go to H
    for name, allowed in {"best possible": True, "best without heavy tasks": light_only}.items():
        value = solvers.value_iteration(table, 0.9, allowed=allowed).values.mean()
        assert scoreboard.DISPATCH_BESTS[name] == pytest.approx(scoreboard.dispatch_scale().score(value), abs=0.05)


def test_a_score_is_linear_in_the_value():
    scale = scoreboard.Scale(uniform=10, best=30)
    assert scale.score(np.array([10, 30, 20, 5])).tolist() == [0, 100, 50, -25]


def test_foragers_are_scored_by_the_share_of_the_best_return_whatever_they_were_paid():
    game, gamma = Foraging(size=3), 0.9
    steps = np.append(game.count_fewest_steps(), 0)
    joint_actions = steps[game.outcomes].reshape(game.num_playing, -1).argmin(axis=1)
    shortest = np.eye(6)[np.stack(np.unravel_index(np.append(joint_actions, 0), (6, 6)))]  # (N, O, A)
    never_load = np.eye(6)[np.zeros((2, game.num_observations), dtype=int)]
    both = FixedPolicy(np.stack([shortest, never_load]))
    assert scoreboard.score_forager(both, game, 2, gamma).tolist() == pytest.approx([100, 0])


def test_relay_teams_are_scored_between_uniform_play_and_the_best_team():
    """Row 27."""
    answers = {"silent": [[0, 0], [1, 0, 0]], "one flag": [[1, 1], [0, 2, 0]], "both flags": [[1, 2], [0, 1, 2]]}
    scout, runner = (np.array([[*row, 0, 0, 0, 0][:4] for row in rows]) for rows in zip(*answers.values(), strict=True))
    teams = FixedPolicy(np.eye(3)[np.stack([scout, runner], axis=1)])  # (R, N, O, A)
    scores = scoreboard.score_relay(teams, Relay(), 3)
    assert scores.tolist() == pytest.approx([3.77, 60.4, 100], abs=0.05)
    random = RandomPolicy(3)
    assert scoreboard.score_relay(random, Relay(delay=2), 2).tolist() == pytest.approx([0, 0])


class StayAtLightTasks:
    """Everybody serves light tasks."""

    def act(self, observations, rng, explore=True):
        return np.zeros(observations.shape[:2], dtype=np.int64)


def test_districts_are_scored_by_what_they_earn_whatever_the_workers_were_paid():
    """Light tasks alone: .3 of them for each worker, of a bound of 1.7."""
    rng = np.random.default_rng(0)
    games = [Districts(60, 5, reward=reward) for reward in ("team", "difference")]
    scores = [scoreboard.score_districts(StayAtLightTasks(), game, 10, np.random.default_rng(0)) for game in games]
    assert scores[0].tolist() == scores[1].tolist()
    assert scores[0].mean() == pytest.approx(100 * 0.3 / 1.7, abs=0.5)
    depot = Districts(60, 1)
    bound = solvers.bound_districts(depot)
    scores = scoreboard.score_districts(StayAtLightTasks(), depot, 10, rng, bound=bound)
    assert scores.mean() == pytest.approx(100 * 0.3 / 1.305, abs=0.5)


def test_districts_in_which_no_step_counts_are_refused():
    with pytest.raises(ValueError, match=r"warm_up must lie in 0 … steps - 1, got 50 of 50 steps"):
        scoreboard.score_districts(RandomPolicy(3), Districts(), 1, np.random.default_rng(0), steps=50, warm_up=50)


def test_a_learner_is_scored_while_it_learns_as_training_goes():
    """The same draws as `train` makes: what the first window scores is what its steps earned."""
    game = WithIdentity(Districts(20, 2), np.arange(20) % 2)
    learners = [SharedQ(game, 0.1, 0.9, 0.1) for _ in range(2)]
    scores = scoreboard.train_in_districts(learners[0], game, 40, 3, np.random.default_rng(1), window=20)
    history = train(game, learners[1], 40, 3, np.random.default_rng(1))  # team reward: everybody's is the team's
    earned = history.rewards[..., 0].reshape(2, 20, 3).mean(axis=1).T  # (R, 2)
    np.testing.assert_allclose(scores, 100 * earned / (20 * 1.7))
    np.testing.assert_array_equal(learners[0].q_table, learners[1].q_table)


def test_windows_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="window must divide steps, got 10 and 25"):
        scoreboard.train_in_districts(RandomPolicy(3), Districts(), 25, 1, np.random.default_rng(0))


def test_districts_are_scored_over_four_hundred_steps_after_a_hundred_and_without_exploring():
    explored = []

    class Watched(StayAtLightTasks):
        def act(self, observations, rng, explore=True):
            explored.append(explore)
            return super().act(observations, rng)

    game, rng = Districts(12, 3), np.random.default_rng
    score = scoreboard.score_districts(Watched(), game, 2, rng(0))
    assert explored[:500] == [False] * 500
    scoreboard.score_districts(Watched(), game, 2, rng(0), steps=5, warm_up=1, explore=True)
    assert explored[-5:] == [True] * 5
    assert score.tolist() == scoreboard.score_districts(Watched(), game, 2, rng(0), steps=500, warm_up=100).tolist()


def test_districts_are_scored_by_the_bound_of_their_own_game_unless_another_is_given():
    game = Districts(12, 3, light_arrival=0.1)
    options = [{}, {"bound": game.bound()}, {"bound": 1.7}]
    own, same, other = (
        scoreboard.score_districts(StayAtLightTasks(), game, 2, np.random.default_rng(0), steps=9, warm_up=1, **option)
        for option in options
    )
    assert game.bound() == pytest.approx(1.5)
    assert own.tolist() == same.tolist()
    np.testing.assert_allclose(own * 1.5, other * 1.7)


def test_plans_are_scored_over_four_hundred_steps_after_a_hundred_by_the_bound_that_is_given():
    game, may_move, rng = Districts(12, 3), [], np.random.default_rng

    def stay(counts, may):
        may_move.append(may)
        return Plan(counts.workers, np.zeros_like(counts.workers))

    score = scoreboard.score_plans(game, stay, 2, rng(0))
    assert may_move == [True] * 500
    assert score.tolist() == scoreboard.score_districts(StayAtLightTasks(), game, 2, rng(0)).tolist()
    twice = scoreboard.score_plans(game, stay, 2, rng(0), steps=500, warm_up=100, bound=game.bound() / 2)
    np.testing.assert_allclose(twice, 2 * score)


def test_plans_may_move_workers_at_once_and_then_in_every_kth_step():
    may_move = []

    def stay(counts, may):
        may_move.append(may)
        return Plan(counts.workers, np.zeros_like(counts.workers))

    scoreboard.score_plans(Districts(12, 3), stay, 2, np.random.default_rng(0), every=3, steps=7, warm_up=1)
    assert may_move == [True, False, False, True, False, False, True]


def draw_game(num_agents=2):
    """Draw a game of 4 states and 3 actions that pays all agents the same."""
    luck, cells = np.random.default_rng(0), (4, *(3,) * num_agents)
    rewards = np.broadcast_to(luck.normal(size=cells), (num_agents, *cells))
    return TabularMarkovGame(luck.dirichlet(np.ones(4), size=cells), rewards, np.full(4, 0.25))


@pytest.mark.parametrize("num_agents", [2, 3])
@pytest.mark.parametrize("gamma", [0.0, 0.5, 0.95])
def test_a_team_is_judged_by_the_discount_factor_that_is_asked_for(num_agents, gamma):
    game, team = draw_game(num_agents), np.eye(3)[np.random.default_rng(1).integers(3, size=(2, num_agents, 4))]

    def solve(joint):  # (S, joint actions): values by solving the Bellman equation
        chances = np.einsum("sj,sjt->st", joint, game.transitions.reshape(4, -1, 4))
        return np.linalg.solve(np.eye(4) - gamma * chances, (joint * game.rewards[0].reshape(4, -1)).sum(axis=1)).mean()

    size = 3**num_agents
    chosen = [np.ravel_multi_index(tuple(one.argmax(axis=-1)), (3,) * num_agents) for one in team]
    best = solve(np.eye(size)[find_best_plan(game, gamma, size)])
    uniform = solve(np.full((4, size), 1 / size))
    expected = [100 * (solve(np.eye(size)[plan]) - uniform) / (best - uniform) for plan in chosen]
    np.testing.assert_allclose(scoreboard.score_policies(team, game, gamma), expected, atol=1e-6)
    learner = FixedPolicy(team[0])
    np.testing.assert_allclose(scoreboard.score_learner(learner, game, 1, gamma), expected[:1], atol=1e-6)


def find_best_plan(game, gamma, size):
    """Find the best joint action in each state, (S,), after many sweeps."""
    values = np.zeros(4)
    for _ in range(1_000):
        q_values = game.rewards[0].reshape(4, size) + gamma * game.transitions.reshape(4, size, 4) @ values
        values = q_values.max(axis=1)
    return q_values.argmax(axis=1)


def test_where_one_gains_what_the_other_loses_there_is_no_scale():
    game = draw_game()
    opposed = game.with_rewards(game.rewards * np.array([1, -1])[:, None, None, None])
    with pytest.raises(ValueError, match="game must pay a good team more than random play, got 0 for both"):
        scoreboard.score_policies(uniform_policy(2, 4, 3), opposed)


def test_where_play_matters_less_than_rounding_there_is_no_scale():
    """The best is worth -1e7 + 1e-3, random play -1e7 and a quarter of that: far below one part in 1e9."""
    rewards = np.full((2, 1, 2, 2), -1e6)
    rewards[:, 0, 1, 1] += 1e-4
    with pytest.raises(ValueError, match=r"more than random play, got -1e\+07 for both"):
        scoreboard.find_scale(TabularMarkovGame(np.ones((1, 2, 2, 1)), rewards, start=[1]))


def test_names_of_actions_may_stand_in_a_list():
    game = Dispatch()
    game.action_names = list(game.action_names)
    assert scoreboard.score_learner(RandomPolicy(3), game, 1).tolist() == pytest.approx([0])


def test_actions_with_other_numbers_and_no_names_are_refused():
    game = draw_game()
    with pytest.raises(ValueError, match="game must number its actions as the game behind it does, got Relabeled"):
        scoreboard.score_learner(RandomPolicy(3), WithIdentity(Relabeled(game)), 1)


@pytest.mark.parametrize("shape", [(2, 18, 3), (5, 2, 162, 4), (5, 1, 216, 4), (4,)])
def test_policies_of_another_game_are_refused(shape):
    with pytest.raises(
        ValueError, match=r"policies must have shape \(…, 2, 216, 4\) in this game, got .*; give the game"
    ):
        scoreboard.score_policies(np.ones(shape) / shape[-1], RushHour())
