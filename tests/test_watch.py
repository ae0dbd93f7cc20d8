"""A watched episode: its pictures, its sentences, and the same luck for all who play it."""

import importlib
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from marl_lessons import games, views
from marl_lessons.display import Misuse
from marl_lessons.environments import (
    Crowd,
    Dispatch,
    Districts,
    Drift,
    Foraging,
    Ising,
    Push,
    RushHour,
    Soccer,
    Squeeze,
    TwoStep,
)
from marl_lessons.groups import ByDistrict
from marl_lessons.learners import FixedPolicy, RandomPolicy
from marl_lessons.markov_games import Snapshot
from marl_lessons.notebook import Stopped
from marl_lessons.plotting import watch
from marl_lessons.plotting.watch import _draw, _say_earned, record

GAMES = {
    "crowd": Crowd(20),
    "dispatch": Dispatch(horizon=3),
    "dispatch as tables": Dispatch(horizon=3).to_tabular(),
    "districts": Districts(12, 4, horizon=3),
    "districts, with the map": Districts(50, 20, view="map", horizon=3),
    "a single district": Districts(5, 1, horizon=3),
    "heads of districts": ByDistrict(Districts(12, 4, horizon=3), 2),
    "drift": Drift(horizon=3),
    "foraging": Foraging(size=3, horizon=3),
    "Ising": Ising(4, horizon=3),
    "push": Push(4, horizon=3),
    "push, against a wall": Push(1, prizes=(None, 1.0), horizon=3),
    "rush hour": RushHour(horizon=3),
    "soccer": Soccer(horizon=3),
    "squeeze": Squeeze(20),
    "two-step": TwoStep(),
    "climbing": games.climbing(),
    "three agents": games.MatrixGame(np.zeros((3, 2, 2, 2))),
    "relabeled": views.Relabeled(Dispatch(horizon=3)),
    "tiled": views.Tiled(Drift(horizon=3), edges=[0.0]),
}
every_game = pytest.mark.parametrize("game", GAMES.values(), ids=GAMES)


@every_game
@pytest.mark.parametrize("teams", [1, 2, 3])
def test_no_label_is_cut_off(game, teams):
    snapshots = record(game, RandomPolicy(game.num_actions))[:1] * teams
    figure = _draw([game] * teams, snapshots, ["a name\nearned so far: 0"] * teams)
    for axes in figure.axes:
        box = axes.get_tightbbox(FigureCanvasAgg(figure).get_renderer())
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= figure.bbox.width
        assert box.y1 <= figure.bbox.height


def test_one_number_stands_for_everybody_where_all_have_earned_the_same():
    alike, apart = (Snapshot(0, np.zeros(2), np.array(rewards), 0) for rewards in ([0.5, 0.5], [0.5, 1.0]))
    assert _say_earned([alike, alike]) == "earned so far: 1 each"
    assert _say_earned([alike, apart]) == "earned so far: 1 and 1.5"
    many = Snapshot(0, np.zeros(20), np.arange(20.0), 0)
    assert _say_earned([many, many]) == "earned so far: 19 each on average"
    for number, said in [(6, "0 and 1 and 2 and 3 and 4 and 5"), (7, "3 each on average")]:
        assert _say_earned([Snapshot(0, None, np.arange(float(number)), 0)]) == f"earned so far: {said}"
    assert _say_earned([]) == "earned so far: 0"


def test_the_axis_of_the_drift_game_stays_during_twelve_steps_of_random_play():
    game = Drift(horizon=12)
    ends = {_draw([game], [step], [""]).axes[0].get_xlim() for step in record(game, RandomPolicy(4))}
    assert len(ends) == 1


def always(game, action):
    """A team in which everybody always plays one action."""
    policy = np.zeros((game.num_agents, game.num_observations, game.num_actions))
    policy[..., action] = 1
    return FixedPolicy(policy)


@every_game
def test_every_game_can_be_watched(game):
    film = watch(game, RandomPolicy(game.num_actions))
    episode = record(game, RandomPolicy(game.num_actions))
    assert len(film.pictures) == len(episode) >= 2
    assert len(set(film.pictures)) == len(film.pictures)
    assert all(picture.png.startswith(b"\x89PNG") for picture in film.pictures)
    assert game.tell(episode[0]) in film.pictures[0].alt


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_film():
    game, team = Dispatch(horizon=2), RandomPolicy(3)
    films = [watch(game, team, seed=seed).html for seed in (1, 1, 2)]
    assert films[0] == films[1] != films[2]


def test_an_episode_is_what_the_loop_plays():
    game = Dispatch()
    *steps, last = record(game, RandomPolicy(3), seed=3)
    assert len(steps) == game.horizon
    assert last.actions is last.rewards is last.next_state is None
    for step, following in zip(steps, [*steps[1:], last], strict=True):
        assert np.array_equal(step.next_state, following.state)
        arrivals = step.next_state - game.outcome(step.state, step.actions, np.zeros(3, dtype=int))[0]
        assert set(arrivals) <= {0, 1}
        assert np.array_equal(step.rewards, game.share(game.outcome(step.state, step.actions, arrivals)[1]))


def test_teams_that_play_side_by_side_meet_the_same_luck():
    game = Dispatch(light_arrival=0.5)
    arrivals = []
    for action in (0, 1):
        steps = record(game, always(game, action), seed=5)[:-1]
        served = [step.state - game.outcome(step.state, step.actions, np.zeros(3, dtype=int))[0] for step in steps]
        full = [step.state - gone + 1 > game.caps for step, gone in zip(steps, served, strict=True)]
        came = [step.next_state - step.state + gone for step, gone in zip(steps, served, strict=True)]
        arrivals.append(np.ma.array(came, mask=full))  # a full queue turns tasks away
    assert np.array_equal(steps[0].state, record(game, RandomPolicy(3), seed=5)[0].state)
    assert (arrivals[0] == arrivals[1]).all()
    assert arrivals[0].count() > 10


def test_teams_draw_from_a_luck_of_their_own():
    drawn = []

    class Game(games.MatrixGame):
        """Lists what chance would decide."""

        horizon = 3

        def step(self, state, actions, rng):
            drawn.append(rng.random())
            return state, np.zeros((1, 2)), np.zeros(1, dtype=bool)

    class Team(RandomPolicy):
        """Lists what it would draw."""

        def act(self, observations, rng, explore=True):
            drawn.append(rng.random())
            return np.zeros(observations.shape[:2], dtype=np.int64)

    record(Game(np.zeros((2, 2, 2))), Team(2))
    assert len(set(drawn)) == 6


def test_an_episode_that_is_over_stands_still_beside_one_that_goes_on():
    game = Foraging(size=3, horizon=6)
    seeds = [seed for seed in range(300) if len(record(game, RandomPolicy(6), seed)) < 6]
    stay = always(views.Relabeled(game, range(6)), 0)
    film = watch(game, {"random": RandomPolicy(6), "staying": stay}, seed=seeds[0])
    assert len(film.pictures) == game.horizon + 1
    assert "random: The food is loaded" in film.pictures[-1].alt
    assert "staying: Agent 0 at" in film.pictures[-1].alt


def test_a_learner_of_many_runs_plays_as_the_run_that_is_asked_for():
    game = games.climbing()
    tables = np.eye(3)[:, None, None].repeat(2, axis=1)  # in run r both always play action r
    for run in range(3):
        episode = record(game, FixedPolicy(tables), runs=3, run=run)
        assert episode[0].actions.tolist() == [run, run]


def test_a_memory_is_told_that_the_episode_begins_and_nobody_explores():
    class Forgetful(RandomPolicy):
        began = ()

        def begin(self, started):
            self.began = started.tolist()

        def act(self, observations, rng, explore=True):
            assert not explore
            return super().act(observations, rng, explore)

    team = Forgetful(3)
    record(Dispatch(), team, runs=2)
    assert team.began == [True, True]


def test_a_game_without_end_is_refused_with_the_remedy():
    game = Drift(horizon=None)
    with pytest.raises(ValueError, match="game must end within 200 steps to be watched; give it a horizon"):
        watch(game, RandomPolicy(4))


SENTENCES = [
    (
        Dispatch(), [2, 1, 1], [0, 2], [-1, -1],
        "a=2 b=1 h=1: worker 0 to A and worker 1 to H. Served: 1 light, 0 heavy, one alone at a heavy task; the team "
        "earns -1.",
    ),
    (
        Dispatch(), [2, 1, 1], [2, 2], [4, 4],
        "a=2 b=1 h=1: worker 0 to H and worker 1 to H. Served: 0 light, 1 heavy; the team earns 4.",
    ),
    (
        Drift(), [0.5, 0, 0, 0], [0, 1, 3], [-0.5, -0.5, -0.6],
        "x is 0.50; 0 + 1 + 3 push it by 0.20, and with the noise it comes to 0.60. Rewards: -0.50, -0.50, -0.60.",
    ),
    (games.climbing(), 0, [0, 1], [-30, -30], "agent 0: a, agent 1: b; rewards -30, -30."),
]  # fmt: skip


@pytest.mark.parametrize(("game", "state", "actions", "rewards", "sentence"), SENTENCES)
def test_a_step_is_told_in_a_sentence(game, state, actions, rewards, sentence):
    snapshot = Snapshot(np.array(state), np.array(actions), np.array(rewards), np.array([0.6]))
    assert game.tell(snapshot) == sentence


def test_soccer_tells_who_gets_the_ball_and_who_scores():
    game = Soccer()
    state = game.number((1, 3), (1, 4), 0)
    tackled = game.number((1, 3), (1, 4), 1)
    play = Snapshot(state, np.array([2, 4]), np.zeros(2), tackled)
    assert game.tell(play) == "0 east and 1 stand: 1 gets the ball."
    scored = Snapshot(game.number((1, 4), (0, 0), 0), np.array([2, 4]), np.array([1.0, -1.0]), game.num_playing)
    assert game.tell(scored) == "0 east and 1 stand: 0 scores."
    assert game.tell(Snapshot(state)) == "0 at (1, 3), 1 at (1, 4), 0 has the ball."


def test_foraging_tells_why_nobody_earns():
    game = Foraging(size=3)
    state = 0
    did = "agent 0 load, agent 1 stay"
    assert game.tell(Snapshot(state, np.array([5, 0]), np.zeros(2), state)) == f"{did}: it takes two, so nobody earns."
    in_vain = game.tell(Snapshot(state, np.array([5, 5]), np.zeros(2), state))
    assert in_vain == "agent 0 load, agent 1 load: not both stand beside the food, so nobody earns."
    both = Snapshot(state, np.array([5, 5]), np.ones(2), game.num_playing)
    assert game.tell(both) == "agent 0 load, agent 1 load: both load beside the food, and each earns 1."


def test_a_relabeled_game_tells_what_the_actions_do():
    game, actions = Dispatch(), np.array([0, 2])
    relabeled = views.Relabeled(game)
    queues, rewards = np.array([1, 1, 1]), np.zeros(2)
    told = relabeled.tell(Snapshot(queues, actions, rewards, queues))
    assert told == game.tell(Snapshot(queues, 2 - actions, rewards, queues))


def test_a_film_is_html_with_a_text_twin_and_loads_nothing():
    film = watch(games.climbing(), {"<first>": RandomPolicy(3), "second": RandomPolicy(3)})
    bundle = film._repr_mimebundle_()
    assert bundle["text/plain"].splitlines()[0] == "MatrixGame: <first>, second"
    assert (
        bundle["text/plain"].count("Step ")
        == bundle["text/html"].count('<figcaption style="white-space:pre-line">Step ')
        == 2
    )
    assert "&lt;first&gt;" in bundle["text/html"]
    assert not re.search(r"https?://|<link|@import", bundle["text/html"])


@settings(max_examples=20)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_recorded_episode_ends_where_the_game_ends_and_only_there(seed):
    game = Soccer(draw=0.3, horizon=10)
    *steps, last = record(game, RandomPolicy(5), seed)
    ends = [bool(step.next_state >= game.num_playing) for step in steps]
    assert not any(ends[:-1])
    assert ends[-1] or len(steps) == game.horizon
    assert last.state == steps[-1].next_state


def test_no_environment_loads_matplotlib():
    code = "import sys; from marl_lessons import environments, games; assert 'matplotlib' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"game": None}, "game must be a MarkovGame"),
        ({"teams": None}, "teams must be a Learner, or several by name"),
        ({"teams": [RandomPolicy(3)]}, "got an object of type list"),
        ({"teams": RandomPolicy}, "got the class RandomPolicy"),
        ({"teams": {}}, "got no team"),
        ({"seed": -1}, "seed must be 0 or more, got -1"),
        ({"seed": "3"}, "must be whole numbers"),
        ({"run": 5}, "run must be one of the 1 runs"),
        ({"run": 1}, "run must be one of the 1 runs"),
    ],
)
def test_arguments_that_cannot_be_meant_are_answered_with_the_remedy(arguments, words):
    with pytest.raises(Misuse, match=words):
        watch(**{"game": games.climbing(), "teams": RandomPolicy(3)} | arguments)


def test_the_stop_button_is_answered_with_one_sentence():
    class Pressing(RandomPolicy):
        def act(self, observations, rng, explore=True):
            raise KeyboardInterrupt

    with pytest.raises(Stopped, match="`watch` was stopped before it was done; call it again"):
        watch(games.climbing(), Pressing(3))


def test_teams_may_play_the_same_in_different_roles_and_meet_the_same_luck():
    workers = Districts(12, 3, horizon=2)
    roles = {"workers": workers, "heads": ByDistrict(workers, None)}
    film = watch(roles, {"workers": RandomPolicy(3), "heads": RandomPolicy(5)})
    first = [line.split(": ")[1].split(".")[0] for line in film.pictures[0].alt.splitlines()[1:]]
    assert first[0] == first[1]
    assert film.title == "Districts: workers, heads"


@pytest.mark.parametrize(("roles", "names"), [("a", "b"), ("ab", "b"), ("a", "ab")])
def test_roles_without_a_team_and_teams_without_a_role_are_refused(roles, names):
    with pytest.raises(Misuse, match=re.escape(f"one by each of the names {list(names)}, got {list(roles)}")):
        watch(dict.fromkeys(roles, Dispatch()), dict.fromkeys(names, RandomPolicy(3)))


def test_each_role_is_drawn_told_and_paid_by_its_own_game(monkeypatch):
    drawn = []

    class Other(games.MatrixGame):
        """Tells, earns and draws something of its own."""

        def tell(self, snapshot):
            return "the other one"

        def say_earned(self, snapshots):
            return f"{len(snapshots)} paid"

        def draw_on(self, axes, snapshot):
            drawn.append(self)

    plain, other = games.climbing(), Other(np.zeros((2, 2, 2)))
    titles, module = [], importlib.import_module("marl_lessons.plotting.watch")  # the package names a function so too
    monkeypatch.setattr(module, "_draw", lambda *them: titles.append(them[2]) or _draw(*them))
    pictures = watch({"one": plain, "two": other}, {"one": RandomPolicy(3), "two": RandomPolicy(2)}).pictures
    assert [picture.alt.splitlines()[2] for picture in pictures] == ["two: the other one"] * 2
    assert [picture.alt.splitlines()[0] for picture in pictures] == ["Step 0 of 1.", "Step 1 of 1."]
    assert drawn == [other] * 2
    assert [names[1] for names in titles] == ["two\n0 paid", "two\n1 paid"]
    assert titles[0][0] == "one\nearned so far: 0"


def test_a_team_that_is_for_another_game_is_refused():
    with pytest.raises(Misuse, match="teams must choose for 2 agents among 3 actions, 0 … 2, got"):
        record(Dispatch(), RandomPolicy(400))


@pytest.mark.parametrize("actions", [[0, 3], [0, -1], [0, 1, 2], [1]])
def test_what_a_team_for_another_game_chooses_is_told(actions):
    class Fixed(RandomPolicy):
        def act(self, observations, rng, explore=True):
            return np.array([actions])

    with pytest.raises(Misuse, match=re.escape(f"among 3 actions, 0 … 2, got {actions}; watch the game that")):
        record(Dispatch(), Fixed(3))
