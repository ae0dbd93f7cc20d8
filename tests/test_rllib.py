"""RLlib trains our games: what can be said without Ray runs always, `make scale` trains for real.

Ray, torch and RLlib's networks are stand-ins here, except where a test is marked `scale`.
"""

import logging
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from types import SimpleNamespace
from unittest.mock import Mock

import numpy as np
import psutil
import pytest
from pettingzoo.test import parallel_api_test

from marl_lessons import games, rllib, scoreboard
from marl_lessons.environments import Dispatch, Drift
from marl_lessons.pettingzoo_api import from_parallel_env, to_parallel_env
from marl_lessons.rllib import SharedPolicy, explain_missing, ray_process, show_network, train, training, trial, try_it
from marl_lessons.rllib.__main__ import main, read_arguments
from marl_lessons.rllib.numbered_agents import NumberedAgents
from marl_lessons.rllib.ray_process import STARTS, run_ray
from marl_lessons.rllib.shared_policy import read_module
from marl_lessons.rollout import evaluate
from marl_lessons.solvers import value_iteration

ROOT = os.path.dirname(os.path.dirname(__file__))
COMMAND = [sys.executable, "-m", "marl_lessons.rllib"]


@pytest.fixture
def nothing_installed(monkeypatch):
    """Hide Ray and torch, should they be installed."""
    for name in ("ray", "tree", "torch"):
        monkeypatch.setitem(sys.modules, name, None)


@pytest.fixture
def fake_ray(monkeypatch):
    """Stand in for Ray on two processors; `failures` says how often it will not start."""
    ray = SimpleNamespace(failures=0, calls=[])

    def init(*address, **options):
        ray.calls.append(address)
        ray.options = options
        ray.failures -= 1
        if ray.failures >= 0:
            raise Exception("The current node timed out during startup.")  # this is what Ray raises

    ray.init, ray.shutdown = init, lambda: ray.calls.append("shutdown")
    ray.cluster_resources = lambda: {"CPU": 2.0}
    monkeypatch.setitem(sys.modules, "ray", ray)
    return ray


def compute_best_logits(features):
    """Logits (B, A) of the best policy of dispatch, read off the states (B, 18) and agents (B, 2) that are shown."""
    best = value_iteration(Dispatch().to_tabular(), 0.9).joint_actions  # (S, N)
    return np.eye(3)[best[features[:, :18].argmax(axis=1), features[:, 18:].argmax(axis=1)]]


def test_without_ray_a_sentence_says_what_is_missing_and_that_no_lesson_needs_it(nothing_installed, capsys):
    sentence = (
        "RLlib cannot train here, because ray[rllib] and torch are not installed: `make scale` or "
        "pip install '.[scale]' brings what is missing, and no lesson needs it."
    )
    assert explain_missing() == sentence
    assert try_it() is None
    assert capsys.readouterr().out == f"{sentence}\n"
    with pytest.raises(ModuleNotFoundError, match=re.escape(sentence)):
        train(Dispatch(), 1_000)
    with pytest.raises(SystemExit, match=re.escape(sentence)):
        main([])


def test_what_is_installed_is_not_said_to_be_missing(nothing_installed, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(__spec__="here"))
    assert "because ray[rllib] is not installed:" in explain_missing()
    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(__spec__="here"))  # Ray alone, without RLlib's share
    assert "because ray[rllib] is not installed:" in explain_missing()
    monkeypatch.setitem(sys.modules, "tree", SimpleNamespace(__spec__="here"))
    assert explain_missing() == ""


def test_the_command_line_says_how_much_and_where(capsys):
    options = vars(read_arguments([]))
    assert (options["game"], options["steps"], options["seed"]) == ("dispatch", 36_000, 0)
    assert (options["address"], options["runners"], options["gpus_per_learner"]) == (None, 0, 0)
    assert options["cpus_per_runner"] == 1
    words = ["--address", "auto", "--runners", "8", "--cpus-per-runner", "2", "--gpus-per-learner", "1"]
    options = vars(read_arguments(words))
    assert (options["address"], options["runners"]) == ("auto", 8)
    assert (options["cpus_per_runner"], options["gpus_per_learner"]) == (2, 1)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (KeyboardInterrupt(), "Stopped; Ray's processes have ended."),
        (ValueError("Ray has 2 CPU."), "Ray has 2 CPU."),
        (ConnectionError("Nobody answers."), "Nobody answers."),
    ],
)
def test_what_ends_a_training_is_said_in_a_sentence(monkeypatch, error, sentence):
    asked = []

    def fail(game, **options):
        asked.append((game.view, options["seed"]))
        raise error

    monkeypatch.setattr(rllib, "explain_missing", lambda: "")
    monkeypatch.setattr(rllib, "try_it", fail)
    with pytest.raises(SystemExit, match=sentence):
        main(["--game", "dispatch-own", "--seed", "3"])
    assert asked == [("own", 3)]


@pytest.mark.parametrize("words", [["--game", "chess"], ["--steps", "many"]])
def test_a_command_that_makes_no_sense_is_refused_in_a_sentence(words, capsys):
    with pytest.raises(SystemExit):
        read_arguments(words)
    assert f"invalid {'choice' if words[1] == 'chess' else 'int value'}: '{words[1]}'" in capsys.readouterr().err


@pytest.mark.parametrize("game", [Dispatch(), Dispatch(view="own"), Drift(), games.rock_paper_scissors()])
def test_the_network_sees_numbers_in_a_row_and_who_acts(game):
    shown, rng = show_network(game), np.random.default_rng(0)
    seen = shown.observe(shown.reset(5, rng))
    assert seen.shape == (5, game.num_agents, *shown.observation_shape)
    assert (seen[..., -game.num_agents :] == np.eye(game.num_agents)).all()
    parallel_api_test(NumberedAgents(to_parallel_env(shown)), num_cycles=30)


def test_agents_with_numbers_for_names_play_the_same():
    """RLlib's sets would shuffle names with each start of Python, but not small numbers."""
    named, numbered = to_parallel_env(Dispatch()), NumberedAgents(to_parallel_env(Dispatch()))
    named.reset(seed=3)
    numbered.reset(seed=3)
    by_name, by_number = named.step({"agent_0": 0, "agent_1": 2}), numbered.step({1: 2, 0: 0})
    assert [list(told) for told in by_number] == [[0, 1]] * 5
    assert [list(told.values()) for told in by_name] == [list(told.values()) for told in by_number]
    assert numbered.agents == [0, 1]


def test_each_number_stands_for_the_name_at_its_place():
    env = SimpleNamespace(
        possible_agents=["worker", "boss"],
        agents=["boss"],
        metadata={"name": "office"},
        observation_space=lambda name: f"what the {name} sees",
        action_space=lambda name: f"what the {name} does",
        reset=lambda seed, options: ({"worker": seed, "boss": 7}, {"worker": options, "boss": {}}),
    )
    numbered = NumberedAgents(env)
    assert (numbered.possible_agents, numbered.agents, numbered.metadata) == ([0, 1], [1], {"name": "office"})
    assert numbered.observation_space(1) == "what the boss sees"
    assert numbered.action_space(1) == "what the boss does"
    assert numbered.reset(seed=3, options={"hard": True}) == ({0: 3, 1: 7}, {0: {"hard": True}, 1: {}})


def test_an_environment_of_pettingzoo_s_own_can_be_shown_too():
    game = from_parallel_env(lambda: to_parallel_env(Dispatch()), horizon=20)
    assert show_network(game).observation_shape == (20,)


def test_what_is_no_game_of_ours_is_refused():
    with pytest.raises(ValueError, match="must be a MarkovGame, got GameEnv; wrap an environment of PettingZoo"):
        train(to_parallel_env(Dispatch()), 1_000)


def test_a_game_that_shows_a_picture_is_refused():
    game = Drift()
    game.observation_shape = (4, 4)
    with pytest.raises(ValueError, match=r"features in a row, got \(4, 4\); flatten them"):
        show_network(game)


def test_the_scoreboard_judges_a_shared_policy_greedy_and_drawn():
    shown = show_network(Dispatch())
    greedy = SharedPolicy(compute_best_logits)
    assert scoreboard.score_learner(greedy, shown, runs=1) == pytest.approx([100])
    drawn = SharedPolicy(lambda features: 3 * compute_best_logits(features), greedy=False)
    chances = np.exp([3, 0, 0]) / np.exp([3, 0, 0]).sum()
    asked = drawn.policies(shown.observe(shown.reset(4, np.random.default_rng(0))))
    np.testing.assert_allclose(np.sort(asked)[..., ::-1], np.broadcast_to(chances, (4, 2, 3)))
    assert 0 < scoreboard.score_learner(drawn, shown, runs=1)[0] < 100


def test_even_logits_score_0_and_a_shared_policy_plays_any_number_of_runs():
    shown = show_network(Dispatch())
    drawn = SharedPolicy(lambda features: np.zeros((len(features), 3), dtype=np.float32), greedy=False)
    assert scoreboard.score_learner(drawn, shown, runs=3) == pytest.approx([0, 0, 0])
    assert evaluate(shown, drawn, 7, np.random.default_rng(0)).shape == (7, 2)


@pytest.mark.parametrize("greedy", [True, False])
def test_each_agent_of_each_run_gets_the_logits_of_its_own_row(greedy):
    features = np.arange(3 * 2)[::-1].reshape(3, 2, 1)  # three runs, two agents
    policy = SharedPolicy(lambda rows: np.eye(6)[rows[:, 0]], greedy)
    assert (policy.policies(features).argmax(axis=-1) == features[..., 0]).all()


def test_both_workers_acting_alike_score_98_at_best():
    """CANON row 37: over all policies by which both do the same for sure, by value iteration over 18 states."""
    game = Dispatch().to_tabular()
    alike = np.arange(3)
    chances, rewards = game.transitions[:, alike, alike], game.rewards[0][:, alike, alike]  # (S, A, S) and (S, A)
    values = np.zeros(18)
    for _ in range(300):
        values = (rewards + 0.9 * chances @ values).max(axis=1)
    chosen = np.eye(3)[(rewards + 0.9 * chances @ values).argmax(axis=1)]  # (S, A)
    joint = chosen[:, :, None] * chosen[:, None, :]
    assert scoreboard.score(joint) == pytest.approx(98.3, abs=0.005)


def test_a_network_of_rllib_s_is_read_as_it_was_then(monkeypatch):
    """A stand-in for torch, and a network that adds its weights to the features and goes on learning."""
    tensor = lambda numbers, dtype: np.array(numbers, dtype)  # noqa: E731
    monkeypatch.setitem(
        sys.modules, "torch", SimpleNamespace(tensor=tensor, float32=np.float32, no_grad=lambda: nullcontext())
    )

    class Module:
        weights = np.zeros(1)

        def forward_inference(self, batch):
            assert batch["obs"].dtype == np.float32
            logits = SimpleNamespace(numpy=lambda: batch["obs"] + self.weights)
            return {"action_dist_inputs": logits}

    module = Module()
    module.weights = np.array([0.0, 1.0, 3.0])
    policy = SharedPolicy(read_module(module), greedy=True)
    module.weights += [9, 0, 0]
    features = np.array([[[0, 0, 0], [5, 0, 0]]])  # (1, 2, 3)
    assert policy.policies(features).tolist() == [[[0, 0, 1], [1, 0, 0]]]


def test_ray_is_tried_again_on_a_busy_machine(fake_ray, capsys):
    fake_ray.failures = STARTS - 1
    with run_ray(None, 0, 0):
        assert fake_ray.calls.count(("local",)) == STARTS
    assert fake_ray.calls[-1] == "shutdown"
    assert capsys.readouterr().err.count("trying again") == STARTS - 1


def test_ray_is_not_tried_for_ever(fake_ray):
    fake_ray.failures = 99
    with pytest.raises(Exception, match="timed out during startup"), run_ray(None, 0, 0):
        pytest.fail("it never started")
    assert fake_ray.calls.count(("local",)) == STARTS
    assert fake_ray.calls[-1] == "shutdown"


def test_a_ray_that_did_not_start_is_ended_with_what_it_started_before_the_next_try(fake_ray, monkeypatch):
    def end_twice():
        raise psutil.NoSuchProcess(1)

    killed = []
    ours, left, gone = Mock(), Mock(), Mock()
    ours.kill, left.kill, gone.kill = lambda: killed.append("ours"), lambda: killed.append("left"), end_twice

    def list_children(process, recursive):
        assert recursive
        return [ours, left, gone] if fake_ray.calls else [ours]

    monkeypatch.setattr(psutil.Process, "children", list_children)
    fake_ray.failures = 1
    with run_ray(None, 0, 0):
        assert fake_ray.calls == [("local",), "shutdown", ("local",)]
    assert killed == ["left"]


def test_a_ray_of_our_own_has_all_processors_or_as_many_as_are_asked_for(fake_ray, monkeypatch):
    monkeypatch.delenv("RAY_USAGE_STATS_ENABLED", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    fake_ray.cluster_resources = lambda: {"CPU": 8.0}
    for asked, given in [(0, 4), (4.5, 5), (8, 8)]:
        with run_ray(None, asked, 0):
            assert fake_ray.options["num_cpus"] == given
            assert not fake_ray.options["include_dashboard"]
            assert not fake_ray.options["log_to_driver"]
    assert logging.getLogger("ray.rllib").level == logging.ERROR
    assert os.environ.pop("RAY_USAGE_STATS_ENABLED") == "0"


def test_who_lets_ray_count_its_users_goes_on_letting_it(fake_ray, monkeypatch):
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "1")
    with run_ray(None, 0, 0):
        assert os.environ["RAY_USAGE_STATS_ENABLED"] == "1"


def test_what_a_failed_start_left_is_ended_even_if_its_parent_has_died(fake_ray, monkeypatch):
    """As Ray's agents do, which outlive a raylet that gave up: a child that starts a child and ends."""
    sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
    parent = (
        f"import subprocess; print(subprocess.Popen({sleeper}, stdout=subprocess.DEVNULL).pid, flush=True); input()"
    )
    orphans, looks, list_children = [], [], psutil.Process.children

    def count_looks(process, recursive=False):
        looks.append(list_children(process, recursive))
        return looks[-1]

    def init(*address, **options):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen([sys.executable, "-c", parent], **pipes) as child:
            orphans.append(psutil.Process(int(child.stdout.readline())))
            while orphans[0] not in looks[-1]:
                time.sleep(0.05)
            child.stdin.close()
        raise Exception("The current node timed out during startup.")

    fake_ray.init = init
    monkeypatch.setattr(ray_process, "STARTS", 1)
    monkeypatch.setattr(psutil.Process, "children", count_looks)
    with pytest.raises(Exception, match="timed out"), run_ray(None, 0, 0):
        pytest.fail("it never started")
    psutil.wait_procs(orphans, timeout=60)
    assert not orphans[0].is_running()


def test_a_ray_that_is_there_already_is_asked_by_its_address(fake_ray):
    with run_ray("auto", 2, 0):
        assert fake_ray.calls == [("auto",)]
        # No processors, which Ray refuses for one that runs already.
        assert fake_ray.options == {"log_to_driver": False, "logging_level": "ERROR"}
    assert fake_ray.calls[-1] == "shutdown"


@pytest.mark.parametrize(("cpus", "gpus", "message"), [(8, 0, "Ray has 2 CPU, and 8"), (1, 1, "Ray has 0 GPU, and 1")])
def test_more_than_the_cluster_has_is_refused_rather_than_waited_for(fake_ray, cpus, gpus, message):
    with pytest.raises(ValueError, match=message), run_ray("auto", cpus, gpus):
        pytest.fail("it would wait for ever")
    assert fake_ray.calls[-1] == "shutdown"


def test_whoever_stops_the_training_stops_ray(fake_ray):
    with pytest.raises(KeyboardInterrupt), run_ray(None, 0, 0):
        raise KeyboardInterrupt
    assert fake_ray.calls[-1] == "shutdown"


@pytest.fixture
def fake_ppo(monkeypatch):
    """Stand in for RLlib's settings of PPO, all of whose steps return the same Mock."""
    parts = ["algorithms.ppo", "core.rl_module.multi_rl_module", "core.rl_module.rl_module"]
    parts += ["env.wrappers.pettingzoo_env"]
    for name in [*(f"ray.rllib.{part}" for part in parts), "ray.tune.registry"]:
        monkeypatch.setitem(sys.modules, name, Mock())
    config = sys.modules["ray.rllib.algorithms.ppo"].PPOConfig.return_value
    for step in ("environment", "multi_agent", "rl_module", "env_runners", "learners", "debugging", "training"):
        setattr(config, step, Mock(return_value=config))
    return config


def test_ppo_is_set_up_as_it_was_measured_with_the_seed_and_the_processors_asked_for(fake_ppo):
    assert training._configure(show_network(Dispatch()), 5, 3, 2, 1) is fake_ppo
    assert fake_ppo.training.call_args.kwargs == {
        **{"gamma": 0.9, "lambda_": 0.9, "lr": 0.003, "train_batch_size_per_learner": 1_000, "minibatch_size": 256},
        **{"num_epochs": 10, "entropy_coeff": 0.01, "use_kl_loss": False, "vf_clip_param": np.inf},
    }
    network = sys.modules["ray.rllib.core.rl_module.rl_module"].RLModuleSpec
    network.assert_called_once_with(model_config={"fcnet_hiddens": [64, 64]})
    fake_ppo.debugging.assert_called_once_with(seed=5, log_level="ERROR")
    fake_ppo.env_runners.assert_called_once_with(num_env_runners=3, num_cpus_per_env_runner=2)
    fake_ppo.learners.assert_called_once_with(num_gpus_per_learner=1)


def test_all_agents_have_one_policy_and_numbers_for_names(fake_ppo):
    training._configure(show_network(Dispatch()), 0, 0, 1, 0)
    name, make = sys.modules["ray.tune.registry"].register_env.call_args.args
    fake_ppo.environment.assert_called_once_with(name)
    make({})
    env = sys.modules["ray.rllib.env.wrappers.pettingzoo_env"].ParallelPettingZooEnv.call_args.args[0]
    assert env.possible_agents == [0, 1]
    options = fake_ppo.multi_agent.call_args.kwargs
    assert {options["policy_mapping_fn"](agent, None, worker=None) for agent in (0, 1)} == options["policies"]


class FakeAlgorithm:
    """Stands in for RLlib's PPO: it counts what is asked of it."""

    def __init__(self):
        self.calls = []
        self.train, self.stop = lambda: self.calls.append("train"), lambda: self.calls.append("stop")
        self.build_algo = lambda: self
        self.get_module = lambda name: {"shared": len(self.calls)}[name]


@pytest.fixture
def algorithm(monkeypatch):
    """Let `train` drive a stand-in; `asked` lists what it wants of Ray, `settings` what of PPO."""
    algorithm = FakeAlgorithm()
    algorithm.asked, algorithm.settings = [], []

    def run(*resources):
        algorithm.asked.append(resources)
        return nullcontext()

    monkeypatch.setattr(training, "explain_missing", lambda: "")
    monkeypatch.setattr(training, "run_ray", run)
    monkeypatch.setattr(training, "_configure", lambda *settings: algorithm.settings.append(settings) or algorithm)
    monkeypatch.setattr(training, "read_module", lambda module: lambda features: np.full((len(features), 3), module))
    return algorithm


@pytest.mark.parametrize(("steps", "batches"), [(1, 1), (1_000, 1), (1_001, 2), (3_000, 3)])
def test_steps_are_rounded_up_to_whole_batches(algorithm, steps, batches):
    seen = []
    policy = train(Dispatch(), steps, watch=lambda step, policy: seen.append(step), runners=3, cpus_per_runner=2)
    assert seen == [1_000 * batch for batch in range(1, batches + 1)]
    assert algorithm.calls == ["train"] * batches + ["stop"]
    assert algorithm.asked == [(None, 6, 0)]
    assert policy.greedy
    assert policy.compute_logits(np.zeros((1, 20))).tolist() == [[batches] * 3]  # what it was after the last batch


def test_ppo_trains_on_what_the_network_sees_with_everything_that_was_asked_for(algorithm, monkeypatch):
    monkeypatch.setattr(trial, "explain_missing", lambda: "")
    monkeypatch.setattr(trial, "score_learner", lambda policy, game, runs: [0.0])
    try_it(Dispatch(), 1_000, 7, address="auto", runners=3, cpus_per_runner=2, gpus_per_learner=1)
    (game, *settings), *others = algorithm.settings
    assert not others
    assert game.observation_shape == (20,)  # 18 states and two agents
    assert settings == [7, 3, 2, 1]
    assert algorithm.asked == [("auto", 6, 1)]


def test_a_training_that_is_stopped_stops_its_algorithm(algorithm):
    def stop(step, policy):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(Dispatch(), 3_000, watch=stop)
    assert algorithm.calls == ["train", "stop"]


@pytest.mark.parametrize("numbers", [{"steps": 0}, {"steps": 1_000, "runners": -1}])
def test_no_steps_and_fewer_than_no_runners_are_refused(algorithm, numbers):
    with pytest.raises(ValueError, match="steps must be at least 1 and runners at least 0"):
        train(Dispatch(), **numbers)


def test_after_each_batch_the_score_of_the_greedy_and_of_the_drawn_policy_is_printed(algorithm, monkeypatch, capsys):
    monkeypatch.setattr(trial, "explain_missing", lambda: "")
    monkeypatch.setattr(trial, "Meter", lambda: nullcontext(costs))
    costs = SimpleNamespace(seconds=5, processor_seconds=7, peak_memory=2.5e9)

    def score(policy, game, runs):
        assert game.observation_shape == (20,)  # 18 states and two agents
        return [90.0 if policy.greedy else 60.0] * runs

    monkeypatch.setattr(trial, "score_learner", score)
    try_it()
    steps, greedy, drawn, *rest = read_table(capsys.readouterr().out).T
    assert steps.tolist() == [1_000, 2_000, 3_000, 4_000]
    assert greedy.tolist() == [90] * 4
    assert drawn.tolist() == [60] * 4
    assert np.stack(rest, axis=1).tolist() == [[5, 7, 2.5]] * 4  # seconds, on processors, GB


def test_a_game_without_a_score_is_judged_by_its_mean_return(algorithm, monkeypatch, capsys):
    monkeypatch.setattr(trial, "explain_missing", lambda: "")
    lengths = []

    def fake(game, policy, runs, rng, horizon):
        assert game.observation_shape == (4 + 3,)
        lengths.append((runs, horizon))
        return np.array([[1.0, 3.0]] * runs)

    monkeypatch.setattr(trial, "evaluate", fake)
    try_it(Drift(horizon=None), 1_000)
    try_it(Drift(horizon=7), 1_000)
    assert lengths == [(200, 100)] * 2 + [(200, 7)] * 2
    assert [row.split()[1:3] for row in capsys.readouterr().out.splitlines() if " 2.0" in row] == [["2.0", "2.0"]] * 2


def read_table(printed):
    """The numbers that a training prints, a row for each batch."""
    return np.array([row.split() for row in printed.splitlines() if row.split()[0].isdigit()], dtype=float)


def find_rays():
    """All processes of Ray's on this machine."""
    names = ("raylet", "gcs_server", "ray::", "default_worker.py", "ray/dashboard", "ray/_private")
    lines = {process.pid: " ".join(process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"])}
    return {pid for pid, line in lines.items() if any(name in line for name in names)}


@pytest.mark.scale
def test_rllib_learns_dispatch_and_leaves_nothing_behind():
    pytest.importorskip("ray")
    before = find_rays()
    finished = subprocess.run([*COMMAND, "--steps", "6000"], capture_output=True, text=True, cwd=ROOT, timeout=900)
    assert finished.returncode == 0, finished.stderr
    steps, greedy, drawn, seconds, processor_seconds, memory = read_table(finished.stdout).T
    assert steps.tolist() == [1_000, 2_000, 3_000, 4_000, 5_000, 6_000]
    assert greedy[-1] > 30
    assert drawn[-1] > drawn[0]
    assert (greedy <= 100).all()
    assert (np.diff(processor_seconds) >= 0).all()
    assert seconds[0] > 0
    assert 0.3 < memory[-1] < 4
    assert find_rays() <= before


@pytest.mark.scale
def test_who_interrupts_the_training_finds_no_process_left():
    pytest.importorskip("ray")
    before = find_rays()
    training = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True)
    while not training.stdout.readline().split()[0].isdigit():
        pass
    assert find_rays() > before
    os.killpg(training.pid, signal.SIGINT)  # as a terminal does, to the whole group
    assert training.wait(timeout=300) == 1
    assert find_rays() <= before


@pytest.mark.scale
def test_two_processes_play_a_game_of_features_for_a_third_one_that_learns():
    pytest.importorskip("ray")
    seen = []
    policy = train(Drift(), 2_000, watch=lambda step, policy: seen.append(step), runners=2, cpus_per_runner=0.5)
    assert seen == [1_000, 2_000]
    shown = show_network(Drift())
    assert np.isfinite(evaluate(shown, policy, 10, np.random.default_rng(0))).all()
