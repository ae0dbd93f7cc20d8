"""Games that other people wrote play by our loop, and our learners learn them."""

import subprocess
import sys
import warnings
from itertools import islice
from types import SimpleNamespace

import gymnasium
import numpy as np
import pytest
from matplotlib.figure import Figure
from pettingzoo.test import parallel_api_test, parallel_seed_test

from marl_lessons import outside_games, plotting
from marl_lessons.learners import IPPO, IQL, FixedPolicy, RandomPolicy
from marl_lessons.markov_games import Snapshot
from marl_lessons.outside_games import SpreadByHand, level_based_foraging, simple_spread, try_game
from marl_lessons.outside_games.spread import PUSH, RADIUS, SLIDE, find_nearest
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import evaluate, play, train
from marl_lessons.scoreboard import score_forager
from marl_lessons.views import Numbered
from tests.foraging_twins import OURS, SeenFromOutside

GAMES = {
    "foraging": lambda: level_based_foraging(size=4, levels=1),
    "foraging, three, two foods, near sight": lambda: level_based_foraging(6, 3, 2, sight=1, together=False),
    "spread": simple_spread,
    "spread of three": lambda: simple_spread(3, local_ratio=0.0),
}
every_game = pytest.mark.parametrize("make_game", GAMES.values(), ids=GAMES)


class BestForagers:
    """The team that needs the fewest steps, by our tables; it reads the state from what agent 0 sees."""

    def __init__(self):
        steps = np.append(OURS.count_fewest_steps(), 0)
        following = steps[OURS.outcomes].reshape(OURS.num_playing, -1)
        self.actions = np.stack(np.divmod(following.argmin(axis=-1), 6), axis=-1)  # (S, N)

    def act(self, observations, rng, explore=True):
        return self.actions[read_states(observations)]


def rng(seed=0):
    return np.random.default_rng(seed)


def read_states(observations):
    """The numbers that our foraging gives to states, (R,), from what agents see in lbforaging's, (R, N, 9)."""
    food, own, other = (observations[:, 0, start : start + 2] for start in (0, 3, 6))
    sought = np.stack([own, other, food], axis=1)  # (R, 3, 2)
    return (OURS.squares == sought[:, None]).all(axis=(-2, -1)).argmax(axis=-1)


def transitions(game, learner, steps, runs=4, seed=0):
    return list(islice(play(game, learner, runs, rng(seed)), steps))


@every_game
def test_outside_games_pass_the_api_test_of_pettingzoo(make_game):
    env = make_game().make_env()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=UserWarning)  # bounds, and names, are the authors' business
        parallel_api_test(env, num_cycles=60)


@every_game
def test_outside_games_pass_the_seed_test_of_pettingzoo(make_game):
    parallel_seed_test(make_game().make_env)


@every_game
def test_the_same_seed_gives_the_same_bytes(make_game):
    def run(seed):
        game = make_game()
        return train(game, RandomPolicy(game.num_actions), 60, 3, rng(seed)).rewards.tobytes()

    assert run(0) == run(0)
    assert run(0) != run(1)


@every_game
def test_observations_and_states_lie_in_their_spaces(make_game):
    env = make_game().make_env()
    observations, _ = env.reset(seed=0)
    assert all(observations[agent] in env.observation_space(agent) for agent in env.agents)
    assert env.state_space.contains(env.state().astype(env.state_space.dtype))


@pytest.mark.parametrize("make_game", [level_based_foraging, simple_spread])
def test_outside_games_can_be_watched(make_game):
    game = make_game(horizon=2)
    film = plotting.watch(game, RandomPolicy(game.num_actions), seed=0)
    assert len(film.pictures) == 3
    assert type(game).__name__ in film.title


@pytest.mark.parametrize(("make_team", "meals"), [(lambda: RandomPolicy(6), 0), (BestForagers, 30)])
def test_lbforaging_s_foraging_and_ours_are_the_same_game(make_team, meals):
    game, eaten = level_based_foraging(size=4, levels=1, horizon=15), 0
    assert game.action_names == OURS.action_names
    for step in transitions(game, make_team(), 100, runs=10):
        states = read_states(step.observations)
        np.testing.assert_array_equal(SeenFromOutside().observe(states), step.observations)
        following, rewards, terminated = OURS.step(states, step.actions, None)
        np.testing.assert_array_equal(terminated, step.terminated)
        np.testing.assert_array_equal(rewards / 2, step.rewards)  # the team's 1 is shared there
        np.testing.assert_array_equal(read_states(step.next_observations)[~terminated], following[~terminated])
        eaten += terminated.sum()
    assert eaten >= meals


def test_the_fewest_steps_by_our_tables_are_enough_in_lbforaging_too():
    game = level_based_foraging(size=4, levels=1, horizon=15)
    start = game.reset(30, rng())
    needed = OURS.count_fewest_steps()[read_states(game.observe(start))]
    returns = evaluate(game, BestForagers(), 30, rng(), gamma=0.5).sum(axis=1)
    np.testing.assert_allclose(returns, 0.5 ** (needed - 1))


def test_food_that_is_loaded_in_the_last_step_ends_the_episode_and_one_step_less_cuts_it_off():
    long = level_based_foraging(size=4, levels=1, horizon=15)
    state = long.reset(1, rng(3))
    needed = int(OURS.count_fewest_steps()[read_states(long.observe(state))][0])
    for horizon in (needed - 1, needed):
        step = transitions(level_based_foraging(size=4, levels=1, horizon=horizon), BestForagers(), horizon, 1, 3)[-1]
        assert step.terminated.tolist() == [horizon == needed]
        assert step.truncated.tolist() == [horizon < needed]


@pytest.mark.parametrize("is_eaten", [True, False])
def test_an_episode_is_either_terminated_or_truncated_for_everybody(is_eaten):
    env = level_based_foraging(size=4, levels=1, horizon=15).make_env()
    seen, _ = env.reset(seed=3)
    agents, team, steps = set(env.agents), BestForagers(), 0
    while env.agents:
        actions = team.act(np.stack(list(seen.values()))[None], None)[0] * is_eaten
        seen, _, terminations, truncations, _ = env.step(dict(zip(env.agents, actions, strict=True)))
        steps += 1
    assert terminations == dict.fromkeys(agents, is_eaten)
    assert truncations == dict.fromkeys(agents, not is_eaten)
    assert (steps < 15) == is_eaten


def test_who_loads_shares_the_food_by_level():
    game, paid = level_based_foraging(size=4, levels=2, horizon=15), []
    for step in transitions(game, BestForagers(), 60, runs=10):
        done = step.terminated
        levels = step.observations[done][:, :, 5]  # its own, for each agent
        np.testing.assert_allclose(step.rewards[done], levels / levels.sum(axis=1, keepdims=True))
        assert (step.rewards[~done] == 0).all()
        paid += step.rewards[done].tolist()
    assert np.isclose(paid, [1 / 3, 2 / 3]).all(axis=1).any()


def test_who_sees_not_far_sees_less_than_the_state():
    game = level_based_foraging(size=6, levels=1, sight=1)
    state = game.reset(20, rng())
    assert (game.observe(state)[..., :3] == [-1, -1, 0]).all(axis=-1).any()  # no food in sight
    assert (game.global_view(state)[:, :36] > 0).sum() == 20


def test_the_default_foraging_is_the_published_one_but_for_its_horizon():
    game = level_based_foraging()
    published = vars(gymnasium.make("Foraging-5x5-2p-1f-coop-v3", disable_env_checker=True).unwrapped)
    ours = vars(game.make_env()._env)
    differ = {name for name in ours if str(ours[name]) != str(published[name])}
    assert differ - {"players", "logger"} == {"_max_episode_steps"}  # players stand nowhere yet
    assert (game.horizon, ours["_max_episode_steps"], published["_max_episode_steps"]) == (25, 25, 50)


def find_arrows(axes):
    """Where the arrows of a picture lead along its axes, as signs."""
    arrows = [text for text in axes.texts if hasattr(text, "arrow_patch")]
    return [tuple(np.sign(np.subtract(text.xy, text.xyann)).tolist()) for text in arrows]


def find_marks(axes, size):
    """Where the marks of a size stand."""
    marks = [mark for mark in axes.collections if size in getattr(mark, "get_sizes", list)()]
    return [tuple(place) for mark in marks for place in mark.get_offsets().tolist()]


@pytest.mark.parametrize("action", range(6))
def test_foraging_is_drawn_as_it_is_played(action):
    """An arrow goes where a step leads, the x-axis being the columns; who loads has a ring."""
    game, moves = level_based_foraging(size=4, levels=1), set()
    for seed in range(4):
        axes, state = Figure().subplots(), game.reset(1, rng(seed))
        game.draw_on(axes, Snapshot(state[0], np.array([action, 0])))
        before, food = state[0].global_view[16:].reshape(2, 3), np.argwhere(state[0].global_view[:16].reshape(4, 4))
        following, _, _ = game.step(state, np.array([[action, 0]]), None)
        down, right, _ = following[0].global_view[16:].reshape(2, 3)[0] - before[0]
        moves |= {(right, down)}
        arrows = find_arrows(axes)
        assert arrows == ([(right, down)] if down or right else arrows[:1])  # one that is held up shows an arrow too
        places = [tuple(place) for place in before[:, 1::-1].tolist()]
        assert find_marks(axes, 420) == places
        assert find_marks(axes, 500) == [tuple(place) for place in food[:, ::-1].tolist()]
        assert find_marks(axes, 900) == places[:1] * (game.action_names[action] == "load")
    assert (moves == {(0, 0)}) == (action in (0, 5))


def test_where_no_food_is_left_that_is_told():
    state = SimpleNamespace(global_view=np.array([0.0] * 16 + [1, 2, 1, 3, 0, 2]))
    said = level_based_foraging(size=4).name_state(state)
    assert said == "agent 0 of level 1 at (1, 2), agent 1 of level 2 at (3, 0), no food left"


def test_a_grid_that_agents_can_fill_is_refused():
    with pytest.raises(ValueError, match="size must be at least 4, so that food finds a place, got 3"):
        level_based_foraging(size=3)


@pytest.mark.parametrize("agents", [2, 3])
@pytest.mark.parametrize("local_ratio", [0.0, 0.5])
def test_spread_pays_by_distances_and_touches(agents, local_ratio):
    touched = 0
    for step in transitions(simple_spread(agents, local_ratio=local_ratio), RandomPolicy(5), 60, runs=6):
        seen = step.next_observations
        others = seen[..., 4 + 2 * agents : 2 + 4 * agents].reshape(6, agents, agents - 1, 2)
        touches = (np.linalg.norm(others, axis=-1) < 2 * RADIUS).sum(axis=-1)  # (R, N)
        distances = find_nearest(seen).sum(axis=-1, keepdims=True)
        np.testing.assert_allclose(step.rewards, -(1 - local_ratio) * distances - local_ratio * touches, atol=1e-5)
        touched += touches.sum()
    assert touched > 0


def test_by_default_two_particles_share_half_of_the_pay_and_cover_landmarks_for_25_steps():
    game = simple_spread()
    env = game.make_env().unwrapped
    assert (game.num_agents, game.horizon, env.max_cycles, env.local_ratio) == (2, 25, 25, 0.5)
    longer = simple_spread(horizon=30)
    assert [step.truncated.all() for step in transitions(longer, RandomPolicy(5), 30, 1)] == [False] * 29 + [True]


@pytest.mark.parametrize("action", range(5))
def test_spread_is_drawn_as_it_is_played(action):
    """An arrow goes where a push leads; the crosses are where each agent sees the landmarks."""
    game, axes = simple_spread(), Figure().subplots()
    state = game.reset(1, rng())
    game.draw_on(axes, Snapshot(state[0], np.array([action, 0])))
    seen = state[0].observations
    following, _, _ = game.step(state, np.array([[action, 0]]), None)
    speeds = tuple(np.sign(following[0].observations[0, :2]).tolist())
    assert find_arrows(axes) == [speeds] * (action > 0)
    for agent in range(2):
        np.testing.assert_allclose(find_marks(axes, 160), seen[agent, 2:4] + seen[agent, 4:8].reshape(2, 2), atol=1e-6)
        assert np.allclose(find_marks(axes, 420)[agent], seen[agent, 2:4])


def test_a_push_moves_a_particle_as_far_as_the_rule_by_hand_believes():
    game = simple_spread()
    state = game.reset(8, rng())
    before = game.observe(state)[:, 0]
    for step in range(25):
        state, _, _ = game.step(state, np.full((8, 2), 0 if step else 2), None)
    moved = game.observe(state)[:, 0, 2:4] - before[:, 2:4]
    is_free = np.abs(moved[:, 1]) < 1e-6  # nobody pushed it off its way
    assert is_free.sum() >= 4
    np.testing.assert_allclose(moved[is_free, 0], PUSH, atol=1e-3)
    assert pytest.approx(SLIDE * 0.5) == PUSH


def test_the_rule_by_hand_covers_the_landmarks():
    game = simple_spread(local_ratio=0.0)
    last = transitions(game, SpreadByHand(game), 24, runs=30)[-1]
    assert np.median(find_nearest(last.next_observations)) < PUSH / 2
    chosen = SpreadByHand(game).policies(last.observations)
    np.testing.assert_array_equal(chosen.argmax(axis=-1), last.actions)
    assert chosen.sum() == 60


def test_iql_learns_lbforaging_by_numbers():
    """It is judged by our tables; random play earns less than 4 % of the best."""
    game = Numbered(level_based_foraging(size=4, levels=1, horizon=15), most=1_200)
    team = IQL(game, alpha=0.5, gamma=0.95, epsilon=linear_schedule(1.0, 0.05, 7_200))
    train(game, team, steps=8_000, runs=2, rng=rng())
    uniform = FixedPolicy(np.full((2, 1_200, 6), 1 / 6))
    blind, learned = (score_forager(player, SeenFromOutside(game), 2, gamma=0.95) for player in (uniform, team))
    assert (blind < 4).all()
    assert learned.mean() > 12


def test_ippo_learns_spread():
    game = simple_spread(local_ratio=0.0)
    options = {"batch": 250, "epochs": 8, "normalizes": True, "spread": 0.1}
    team = IPPO(game, learning_rate=0.01, gamma=0.9, **options)
    train(game, team, steps=2_500, runs=2, rng=rng())
    learned, blind, by_hand = (
        np.mean([evaluate(game, player, 2, rng(seed)).mean() for seed in range(20)])
        for player in (team, RandomPolicy(5), SpreadByHand(game))
    )
    assert blind + 4 < learned < by_hand


@pytest.mark.parametrize(
    ("make_game", "package"),
    [(level_based_foraging, "lbforaging"), (simple_spread, "mpe2")],
    ids=["foraging", "spread"],
)
def test_a_missing_package_is_named_with_what_to_type(make_game, package, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, package, None)
    sentence = (
        f"This game cannot be played here, because {package} is not installed: run `%pip install {package}` in a cell, "
        "and then this cell again. No exercise needs it."
    )
    with pytest.raises(ModuleNotFoundError) as caught:
        make_game()
    assert str(caught.value) == sentence
    assert try_game(make_game) is None
    assert capsys.readouterr().out == sentence + "\n"


def test_a_game_that_can_be_made_is_handed_on_without_a_word(capsys):
    assert try_game(simple_spread, agents=3).num_agents == 3
    assert capsys.readouterr().out == ""


def test_importing_the_makers_loads_no_game():
    code = (
        "import sys; from marl_lessons import outside_games; print({'mpe2', 'lbforaging', 'pygame'} & {*sys.modules})"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout == "set()\n"
    assert set(outside_games.__all__) == {"SpreadByHand", "level_based_foraging", "simple_spread", "try_game"}


def test_states_are_told_in_words():
    game = level_based_foraging(size=4, levels=1, horizon=15)
    start = game.reset(1, rng())[0]
    field, agents = np.argwhere(start.global_view[:16].reshape(4, 4))[0], start.global_view[16:].reshape(2, 3)
    places = [f"({row:.0f}, {column:.0f})" for row, column in [*agents[:, :2], field]]
    assert game.tell(Snapshot(start)) == (
        "State: agent 0 of level 1 at {}, agent 1 of level 1 at {}, food of level 2 at {}.".format(*places)
    )
    spread = simple_spread()
    start = spread.reset(1, rng())[0]
    near = find_nearest(start.observations)
    assert spread.tell(Snapshot(start)) == (
        f"State: the nearest agent is {near[0]:.2f} and {near[1]:.2f} from the landmarks."
    )
