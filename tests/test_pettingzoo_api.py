"""Our games pass PettingZoo's own tests, and PettingZoo's environments learn in our loop."""

import re
import warnings

import numpy as np
import pytest
from gymnasium import spaces
from pettingzoo import ParallelEnv
from pettingzoo.classic.rps.rps import parallel_env as rock_paper_scissors_env
from pettingzoo.sisl.pursuit.pursuit import parallel_env as pursuit_env
from pettingzoo.test import parallel_api_test, parallel_seed_test, render_test
from pettingzoo.utils import parallel_to_aec

from marl_lessons import games
from marl_lessons.environments import Dispatch, Drift, TwoStep
from marl_lessons.learners import FixedPolicy, RandomPolicy
from marl_lessons.markov_games import Snapshot
from marl_lessons.pettingzoo_api import from_parallel_env, to_parallel_env
from marl_lessons.rollout import evaluate, train

OUR_GAMES = {
    "dispatch": Dispatch(),
    "dispatch, own view": Dispatch(view="own"),
    "drift": Drift(),
    "two-step": TwoStep(),
    "matrix game": games.rock_paper_scissors(),
}
every_game = pytest.mark.parametrize("game", OUR_GAMES.values(), ids=OUR_GAMES)


class ForeignEnv(ParallelEnv):
    """Written as other people write: agent "a" stops after 2 steps, "b" after `length`; numbering starts at 5."""

    metadata = {"name": "foreign"}  # noqa: RUF012
    possible_agents = ["a", "b"]  # noqa: RUF012

    def __init__(self, length=4, truncates=False, action_space=None, observation_space=None):
        self.length, self.truncates = length, truncates
        self.action_spaces = {"a": spaces.Discrete(3, start=5), "b": action_space or spaces.Discrete(3, start=5)}
        self.observation_spaces = dict.fromkeys("ab", observation_space or spaces.Discrete(9, start=5))

    def observation_space(self, agent):
        return self.observation_spaces[agent]

    def action_space(self, agent):
        return self.action_spaces[agent]

    def reset(self, seed=None, options=None):
        self.agents, self.time = ["a", "b"], 0
        return {"a": 5, "b": 5}, {"a": {}, "b": {}}

    def step(self, actions):
        assert set(actions) == set(self.agents)
        assert all(action in self.action_space(agent) for agent, action in actions.items())
        self.time += 1
        live, is_last = self.agents, self.time == self.length
        ended = {agent: is_last or (agent == "a" and self.time == 2) for agent in live}
        truncated = dict.fromkeys(live, is_last and self.truncates)
        terminated = {agent: ended[agent] and not truncated[agent] for agent in live}
        self.agents = [agent for agent in live if not ended[agent]]
        rewards = {agent: float(actions[agent]) for agent in live}
        infos = {agent: {} for agent in live}
        return dict.fromkeys(live, 5 + self.time), rewards, terminated, truncated, infos


def play(env, seed, steps=50):
    """All observations and rewards of a random play, as one flat list."""
    observations, _ = env.reset(seed=seed)
    actions = np.random.default_rng(0)
    seen = [*map(np.ravel, observations.values())]
    for _ in range(steps):
        if not env.agents:
            observations, _ = env.reset()
        chosen = {agent: actions.integers(env.action_space(agent).n) for agent in env.agents}
        observations, rewards, *_ = env.step(chosen)
        seen += [*map(np.ravel, observations.values()), *map(np.ravel, rewards.values())]
    return np.concatenate(seen)


@every_game
def test_games_pass_pettingzoo_s_render_test(game):
    render_test(lambda render_mode: parallel_to_aec(to_parallel_env(game, render_mode)))


def test_what_is_rendered_is_the_latest_step():
    game = Dispatch()
    env = to_parallel_env(game, render_mode="ansi")
    env.reset(seed=0)
    queues = env._state[0]
    assert env.render() == f"Waiting: {game.name_state(queues)}."
    env.step({"agent_0": 0, "agent_1": 1})
    assert env.render().startswith(f"{game.name_state(queues)}: worker 0 to A and worker 1 to B.")
    assert to_parallel_env(game).render() is None


@every_game
def test_our_games_pass_the_api_test_of_pettingzoo(game):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        parallel_api_test(to_parallel_env(game), num_cycles=60)


@every_game
def test_our_games_pass_the_seed_test_of_pettingzoo(game):
    parallel_seed_test(lambda: to_parallel_env(game))


@every_game
def test_the_same_seed_gives_the_same_play_over_several_episodes(game):
    """PettingZoo's own seed test stops after one step."""
    first = play(to_parallel_env(game), seed=3)
    np.testing.assert_array_equal(first, play(to_parallel_env(game), seed=3))


def test_another_seed_gives_another_play():
    assert not np.array_equal(play(to_parallel_env(Dispatch()), 3), play(to_parallel_env(Dispatch()), 4))


@every_game
def test_observations_lie_in_their_space(game):
    env = to_parallel_env(game)
    observations, _ = env.reset(seed=0)
    assert all(observations[agent] in env.observation_space(agent) for agent in env.agents)


def test_the_horizon_truncates_and_the_end_of_the_game_terminates():
    env = to_parallel_env(Dispatch(horizon=2))
    env.reset(seed=0)
    for is_over in [False, True]:
        *_, terminations, truncations, _ = env.step({"agent_0": 0, "agent_1": 1})
        assert terminations == {"agent_0": False, "agent_1": False}
        assert truncations == {"agent_0": is_over, "agent_1": is_over}
    env = to_parallel_env(games.chicken())
    env.reset(seed=0)
    _, rewards, terminations, truncations, _ = env.step({"agent_0": 1, "agent_1": 0})
    assert rewards == {"agent_0": 4, "agent_1": 2}
    assert all(terminations.values())
    assert not any(truncations.values())
    assert env.agents == []


def test_the_global_view_is_there_for_centralized_training():
    env = to_parallel_env(Drift())
    observations, _ = env.reset(seed=0)
    np.testing.assert_array_equal(env.state(), np.concatenate(list(observations.values())))
    assert env.state_space.contains(env.state())


@pytest.mark.parametrize("game", [Dispatch(view="own"), Drift()], ids=["integers", "features"])
def test_there_and_back_the_global_view_stays(game):
    back = from_parallel_env(lambda: to_parallel_env(game), horizon=game.horizon)
    rng = np.random.default_rng(0)
    state = back.reset(5, rng)
    following, _, _ = back.step(state, np.zeros((5, game.num_agents), dtype=int), rng)
    for moment in (state, following):
        side_by_side = np.reshape(back.observe(moment), (5, -1))
        np.testing.assert_array_equal(back.global_view(moment), side_by_side)


def test_an_environment_that_has_a_state_shows_it_to_a_critic():
    class WithState(ForeignEnv):
        state_space = spaces.Box(0, 99, (1, 2))

        def state(self):
            return np.array([[self.time, self.length]])

    game, rng = from_parallel_env(WithState), np.random.default_rng(0)
    state = game.reset(3, rng)
    following, _, _ = game.step(state, np.zeros((3, 2), dtype=int), rng)
    assert game.global_view(state).tolist() == [[0, 4]] * 3
    assert game.global_view(following).tolist() == [[1, 4]] * 3


def test_of_an_environment_without_a_state_a_critic_sees_all_observations():
    game = from_parallel_env(ForeignEnv)
    assert game.global_view(game.reset(3, np.random.default_rng(0))).tolist() == [[0, 0]] * 3


def test_stepping_before_a_reset_is_refused():
    with pytest.raises(RuntimeError, match=r"step needs a running episode, got none; call reset\(\) first"):
        to_parallel_env(Dispatch()).step({})


def test_a_step_needs_an_action_of_every_agent():
    env = to_parallel_env(Dispatch())
    env.reset()
    with pytest.raises(ValueError, match=r"actions must have the keys .*, got \['agent_0'\]; give one each"):
        env.step({"agent_0": 1})


@pytest.mark.parametrize("game", [Dispatch(), TwoStep()], ids=["dispatch", "two-step"])
def test_there_and_back_a_game_has_the_same_mean_return(game):
    policies = np.random.default_rng(0).dirichlet(np.ones(game.num_actions), size=(2, game.num_observations))
    back = from_parallel_env(lambda: to_parallel_env(game), horizon=game.horizon)
    direct = evaluate(game, FixedPolicy(policies), 2_000, np.random.default_rng(1))[:, 0]
    returned = evaluate(back, FixedPolicy(policies), 300, np.random.default_rng(2))[:, 0]
    error = np.hypot(direct.std() / np.sqrt(2_000), returned.std() / np.sqrt(300))
    assert abs(direct.mean() - returned.mean()) < 4 * error


def test_there_and_back_features_stay_features():
    game = from_parallel_env(lambda: to_parallel_env(Drift()), horizon=100)
    assert game.num_observations is None
    assert game.observation_shape == (4,)
    assert game.observe(game.reset(3, np.random.default_rng(0))).shape == (3, 3, 4)


def test_there_and_back_the_same_seed_gives_the_same_bytes():
    def run(seed):
        game = from_parallel_env(lambda: to_parallel_env(Dispatch()), horizon=20)
        return train(game, RandomPolicy(3), 50, 4, np.random.default_rng(seed)).rewards.tobytes()

    assert run(0) == run(0)
    assert run(0) != run(1)


def test_agents_that_finish_earlier_get_nothing_and_keep_their_last_observation():
    game, rng = from_parallel_env(ForeignEnv), np.random.default_rng(0)
    state, seen = game.reset(2, rng), []
    for _ in range(4):
        state, rewards, terminated = game.step(state, np.array([[0, 1], [2, 0]]), rng)
        seen.append((game.observe(state)[0].tolist(), rewards.tolist(), terminated.tolist()))
    assert seen == [
        ([1, 1], [[5, 6], [7, 5]], [False, False]),
        ([2, 2], [[5, 6], [7, 5]], [False, False]),
        ([2, 3], [[0, 6], [0, 5]], [False, False]),
        ([2, 4], [[0, 6], [0, 5]], [True, True]),
    ]


def test_a_state_of_a_foreign_environment_is_told_by_what_agents_see():
    game = from_parallel_env(ForeignEnv)
    assert game.tell(Snapshot(game.reset(1, np.random.default_rng(0))[0])) == "State: a sees 0; b sees 0."
    game = from_parallel_env(lambda: to_parallel_env(Drift()), horizon=100)
    told = game.tell(Snapshot(game.reset(1, np.random.default_rng(0))[0]))
    assert re.fullmatch(r"State:( agent_\d sees \[( *-?\d+\.\d{0,2}){4}\][;.]){3}", told)  # two digits are enough


def test_finished_copies_serve_again():
    built = []

    def make_env():
        built.append(ForeignEnv())
        return built[-1]

    train(from_parallel_env(make_env), RandomPolicy(3), 40, 3, np.random.default_rng(0))
    assert len(built) == 3


def test_a_state_cannot_be_stepped_twice():
    game, rng = from_parallel_env(ForeignEnv), np.random.default_rng(0)
    state, actions = game.reset(1, rng), np.zeros((1, 2), int)
    game.step(state, actions, rng)
    with pytest.raises(ValueError, match=r"state must be the newest one.*a foreign environment cannot go back"):
        game.step(state, actions, rng)


@pytest.mark.parametrize("horizon", [None, 9])
def test_an_environment_that_truncates_itself_says_which_horizon_to_give(horizon):
    game = from_parallel_env(lambda: ForeignEnv(length=6, truncates=True), horizon=horizon)
    with pytest.raises(ValueError, match=rf"horizon must be 6, got {horizon}.*horizon=6\)"):
        train(game, RandomPolicy(3), 20, 2, np.random.default_rng(0))


def test_with_its_horizon_a_truncation_is_reported_as_one():
    game = from_parallel_env(lambda: ForeignEnv(length=6, truncates=True), horizon=6)
    history = train(game, RandomPolicy(3), 12, 2, np.random.default_rng(0))
    assert history.episodes.sum(axis=0).tolist() == [2, 2]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"action_space": spaces.Discrete(4)}, r"action spaces must have one size for all agents, got \[3, 4\]"),
        ({"action_space": spaces.Box(0, 1)}, "action spaces must be Discrete"),
    ],
)
def test_action_spaces_that_do_not_fit_are_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        from_parallel_env(lambda: ForeignEnv(**changes))


def test_observations_of_different_sizes_are_refused():
    def make_env():
        env = ForeignEnv(observation_space=spaces.Box(0, 1, (2, 2)))
        env.observation_spaces["b"] = spaces.Box(0, 1, (5,))
        return env

    with pytest.raises(ValueError, match=r"observation spaces must have one size for all agents, got \[4, 5\]"):
        from_parallel_env(make_env)


def test_rock_paper_scissors_of_pettingzoo_plays_in_our_loop():
    game = from_parallel_env(lambda: rock_paper_scissors_env(max_cycles=5), horizon=5)
    assert (game.num_agents, game.num_actions, game.num_observations) == (2, 3, 4)
    paper_against_rock = np.zeros((2, 4, 3))
    paper_against_rock[0, :, 1] = paper_against_rock[1, :, 0] = 1
    history = train(game, FixedPolicy(paper_against_rock), 10, 3, np.random.default_rng(0))
    assert (history.rewards == [1, -1]).all()
    assert history.episodes.sum(axis=0).tolist() == [2, 2, 2]


def test_pursuit_of_pettingzoo_plays_in_our_loop():
    game = from_parallel_env(lambda: pursuit_env(n_pursuers=2, n_evaders=2, max_cycles=12), horizon=12)
    assert (game.num_agents, game.num_actions, game.observation_shape) == (2, 5, (7 * 7 * 3,))
    history = train(game, RandomPolicy(5), 24, 2, np.random.default_rng(0))
    assert np.isfinite(history.rewards).all()
    assert history.episodes.sum() >= 4


def test_an_environment_in_place_of_its_maker_is_refused():
    with pytest.raises(
        ValueError, match="make_env must be a function that makes an environment, got none; put lambda:"
    ):
        from_parallel_env(to_parallel_env(Dispatch()))
