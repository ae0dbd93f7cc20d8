"""Every number and claim that lesson 12 and its checks state is what the module computes.

What other tests assert already is not computed again here:

- test_policy_gradients, learners/test_central_critics, learners/test_ppo, test_leaks: the formulas and the learners.
- canon/test_critics: the scores of central critics after 30,000 steps; canon/test_decomposition: those of VDN
  and QMIX; canon/test_learning: IQL and hysteretic learners.
- notebooks/test_prose: the numbers that a cell of the lesson prints.
"""

import inspect

import numpy as np
import pytest

from marl_lessons import environments, leaks, scoreboard, solvers
from marl_lessons.checks.lesson_12.leak_teams import A_LITTLE, HONEST, LEAKS, Lots, MadeTeam
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.learners import COMA, IPPO, MAPPO, CentralActorCritic
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import train
from tests.lessons.measures import answered, listen_to, read_code, solve

RELAY, OWN = environments.Relay(), environments.Dispatch(view="own")
TABLES = environments.Dispatch().to_tabular()
LONG = {"lit": (0.3, 0.3), "delay": 2}
EVEN, B = np.array([0.5, 0.5]), np.array([0.0, 1.0])
ROOM = np.array([[0, 1], [1, 8]])
says = listen_to("12_central_critics")
CODE = read_code("12_central_critics")


def score_relay(critic, trace, game=RELAY, episodes=2_500, runs=30, seed=1):
    team = CentralActorCritic(game, 0.2, 1.0, critic=critic, trace=trace, critic_alpha=0.1, entropy=0.02)
    train(game, team, episodes * (game.delay + 2), runs, np.random.default_rng(seed))
    return scoreboard.score_relay(team, game, runs)


# The relay


def test_the_relay_is_as_the_text_tells_it():
    assert tuple(RELAY.lit[-2:]) == (0.6, 0.3)
    assert RELAY.pay([0, 0, 0, 0, 0], [0, 0]) == 0.1
    assert RELAY.pay([[0, 1, 1, 0, 0], [0, 2, 1, 0, 0]], [[0, 1], [0, 1]]).tolist() == [1.6, 1.3]
    assert RELAY.pay([[0, 1, 1, 0, 0], [0, 0, 1, 0, 0]], [[0, 2], [0, 1]]).tolist() == [0.6, 1]
    assert says("(the team is paid 0.1)", "any gate pays 0.6 (flag 1) or 0.3 (flag 2) more.", "rises to 1.6")
    assert says("The 1.6 that the runner earns", "silence: δ = 0.1 + $v$ − $V(x)$; a flag: δ = 0 + $v$ − $V(x)$.")
    assert says(r"$$\delta = r + \gamma V(x') - V(x)$$", "γ: the discount, here 1;")
    assert "CentralActorCritic(game, 0.2, 1.0, critic=critic, trace=trace, **sizes)" in CODE


def test_after_the_first_step_the_scout_sees_the_same_whatever_it_did_and_the_critic_does_not():
    states = np.array([[code, flag, 1, 0, 0] for code in (0, 1) for flag in (0, 1, 2)])
    assert len(set(RELAY.observe(states)[:, 0].tolist())) == 1
    assert len({tuple(view) for view in RELAY.global_view(states).tolist()}) == 6
    assert says("It sees next only that time has passed.", "Silence is better by 0.1, always.", "All teams end silent.")


def test_without_a_trace_local_critics_keep_all_scouts_silent_and_central_ones_do_not():
    local, central = (score_relay(kind, 0.0, episodes=1_200) for kind in ("local", "central"))
    assert local == pytest.approx(3.8, abs=0.05)
    assert central.mean() == pytest.approx(94, abs=6)  # after 1,200 episodes; canon/test_critics has 2,500
    assert answered("12.a") == "local about 5, central about 95"


def test_a_local_critic_is_enough_where_one_waits_or_remembers():
    assert score_relay("local", 1.0, episodes=1_200).mean() > 90
    assert says("Without the day, a long trace is as good as sight.")
    assert score_relay("local", 0.0, environments.Relay(remembers=True), 1_200).mean() > 85
    assert says("Who remembers sees where its action led, and needs no one above it.")


@pytest.mark.canon
@pytest.mark.parametrize(
    ("trace", "day", "local", "central"), [(0.0, 0, 12.5, 91), (0.9, 0, 96, 97), (0.0, 1, 43, 81), (0.9, 1, 82, 94)]
)
def test_two_by_two(trace, day, local, central):
    game = environments.Relay(**LONG, day=day)
    for kind, mean, width in [("local", local, (7, 5)), ("central", central, (5, 1))]:
        scores = np.stack([score_relay(kind, trace, game, 1_500, runs=100, seed=seed) for seed in range(3)])
        assert scores.mean() == pytest.approx(mean, abs=2 if day else 1)
        interval = 1.96 * scores.std() / np.sqrt(100)  # of one batch
        assert interval == pytest.approx(width[trace > 0] if day else 1, abs=0.6 if day else 1)
        assert scores.min() > -45  # the picture shows them all


def test_the_tables_of_scores_are_those_that_were_measured():
    """Two by two: the test above. The scoreboard: canon/test_critics, test_decomposition and test_learning."""
    assert says("| no hidden day | local 13, central 91 | local 96, central 97 |")
    assert says("| hidden day | local 43, central 81 | local 82, central 94 |")
    assert says("±7 and ±5 for local critics, ±5 and ±1 for central ones", "Means of three times 100 teams.")
    assert says("the 95 % intervals of 100 teams are ±1 without the day,", "Dispatch, 30,000 steps, means of 100 runs")
    assert says(
        "since some teams end near 46 or below, others far above", "(The critics of values have both cures, too."
    )
    assert says("With the own view, seeing the state alone buys nothing that we could measure.")
    of_lesson_11 = "| IQL | 77 | 66 |", "| VDN | 81 | 93 |", "| QMIX | 84 | 91 |", "| hysteretic | 90 | 93 |"
    assert says(*of_lesson_11, "four rows from lesson 11")
    assert listen_to("11_value_decomposition")(*of_lesson_11)
    assert says("| critics of values, local | 87 | 74 |", "| critics of values, central | 87 | 62 |")
    assert says("| COMA as printed | 66 | 63 |", "| COMA, both cures | 93 | **99.7** |", "with the own view up to ±5")


def test_a_hidden_day_moves_returns_by_four_either_way_and_nobody_sees_it():
    game = environments.Relay(**LONG, day=1)
    days = np.array([[0, 0, 0, day, 0] for day in (0, 1)])
    assert (game.observe(days)[0] == game.observe(days)[1]).all()
    assert (game.global_view(days)[0] != game.global_view(days)[1]).any()
    assert game.delay + 2 == 4  # steps, each of them 1 more or less
    idle = np.array([[0, 1, time, 0, 0] for time in (1, 2) for _ in range(9)])
    assert np.ptp(game.pay(idle, np.argwhere(np.ones((3, 3))).repeat(2, axis=0))) == 0
    assert says("both flags add 0.3, two idle steps", "a good day adds 1 to every step's reward, a bad one takes 1.")
    assert "environments.Relay(lit=(0.3, 0.3), delay=2, day=hidden_day)" in CODE
    assert "environments.Relay(lit=(0.3, 0.3), delay=2, sensors=sensors)" in CODE
    pays = [game.step(day, np.array([[1, 0]]), np.random.default_rng(0))[1][0, 0] for day in days[:, None]]
    assert pays == [-1, 1]
    assert says("returns go up and down by 4 for no doing of the scout's")


def test_a_sensor_without_meaning_takes_the_central_critic_down_to_the_local_one():
    game = environments.Relay(**LONG, sensors=50)
    assert score_relay("central", 0.0, game, 1_500, runs=10).mean() == pytest.approx(12.5, abs=1)
    assert says("50 meaningless numbers learns everything 50 times over, each value from one fiftieth of the plays")


# Networks


def test_ippo_and_mappo_are_the_same_where_both_workers_see_everything():
    seen, policies = np.zeros((4, 2), dtype=int), []
    for kind in (IPPO, MAPPO):
        team = kind(TABLES, learning_rate=0.01, gamma=0.9)
        train(TABLES, team, steps=400, runs=4, rng=np.random.default_rng(5))
        policies.append(team.probabilities(seen))
    np.testing.assert_array_equal(*policies)
    assert np.ptp(policies[0]) > 0.01  # they have learned something
    assert says("**IPPO**'s critic is local, **MAPPO**'s central.")
    assert says("Where everybody sees everything, central and local are the same")


@pytest.mark.parametrize(("kind", "is_silent", "score"), [(IPPO, True, 3.8), (MAPPO, False, 60.4)])
def test_ippo_and_mappo_on_the_first_relay_without_a_trace(kind, is_silent, score):
    team = kind(RELAY, 0.01, 1.0, trace=0.0, entropy=0.02)
    train(RELAY, team, steps=4_000, runs=8, rng=np.random.default_rng(3))
    scores = scoreboard.score_relay(team, RELAY, 8)
    assert ((scores < 5) == is_silent).mean() > 0.8  # nearly all
    assert np.median(scores) == pytest.approx(score, abs=0.1)
    assert (team.clip, says("a fifth likelier or less likely")) == (0.2, True)
    assert team.epochs > 1
    assert says("In the first relay at λ = 0 (measured for you) they differ")
    assert says("nearly all IPPO teams end silent (4)", "raise a flag, most of them always flag 1 (60)")


def test_advantages_by_hand():
    ends = np.array([[False], [True]])
    arguments = np.array([[1], [2]]), np.array([[3], [5]]), np.array([[5], [7]]), np.zeros((2, 1), bool), ends, 1, 0.5
    assert solve("12.1", *arguments).tolist() == [[5], [4]]
    assert says(r"$$A_t = \delta_t + \gamma\lambda\, A_{t+1}$$")
    assert says("the **trace**: 0 believes the critic after one step, 1 waits for the whole return.")
    assert says("(terminated), $V(x')$ counts as 0, too; where the horizon cut (truncated), it counts (lesson 02).")
    assert says("δ = 3, then δ = 2 + 7 − 5 = 4. With γ = 1, λ = ½: $A$ = 3 + ½ · 4 = 5, then 4.")


# The counterfactual critic


@pytest.mark.canon
def test_the_counterfactual_critic_as_printed_and_mended():
    fading, scores = linear_schedule(1.0, 0.0, 12_000), {}
    for name, options in {
        "printed": {},
        "values": {"initial": 27.0},
        "entropy": {"entropy": fading},
        "both": {"initial": 27.0, "entropy": fading},
    }.items():
        team = COMA(OWN, 0.1, 0.9, critic_alpha=0.1, **options)
        train(OWN, team, 12_000, 20, np.random.default_rng(2))
        scores[name] = scoreboard.score_learner(team, OWN, 20)
    means = {name: values.mean() for name, values in scores.items()}
    assert means["printed"] < 72
    assert means["entropy"] < 78
    assert means["printed"] + 8 < means["values"]
    assert (scores["values"] < 97).mean() > 0.1  # some commit too early
    assert (scores["both"] > 95).mean() >= 0.85  # nearly all
    assert answered("12.b") == "it takes both"


def test_both_cures_together_mend_what_is_printed():
    scores = []
    for options in ({}, {"initial": 27.0, "entropy": linear_schedule(1.0, 0.0, 4_000)}):
        team = COMA(OWN, 0.1, 0.9, critic_alpha=0.1, **options)
        train(OWN, team, 5_000, 10, np.random.default_rng(2))
        scores.append(scoreboard.score_learner(team, OWN, 10).mean())
    assert scores[0] < 80
    assert scores[1] > scores[0] + 12


def test_a_good_team_s_values_are_27_to_31_and_nothing_untried_looks_as_bad_as_zero():
    values = solvers.value_iteration(TABLES, 0.9).values
    assert (round(values.min()), round(values.max())) == (27, 31)
    assert says("A good team's values are 27 to 31.", "At 0, far below 27")
    as_printed = inspect.signature(COMA.__mro__[1].__init__).parameters
    assert (as_printed["initial"].default, as_printed["entropy"].default) == (0, 0.01)
    assert says("starts with values of 0, and the reward for uncertain policies (entropy) is 0.01")
    assert 'cures = {"as printed": (0.0, 0.01), "values": (27.0, 0.01), "entropy": (0.0, fading)}' in CODE
    assert 'cures["both"] = (27.0, fading)' in CODE
    assert "STEPS = 15_000 # of training" in CODE
    assert "train(own_view, team, steps=STEPS, runs=40" in CODE


def test_the_credit_by_hand():
    table = np.array([[[4, 2], [0, 2]]])
    assert solve("12.2", table, np.full((1, 2, 2), 0.5), np.array([[0, 1]])).tolist() == [[0, -1]]
    assert says(r"A_i = Q(s, \mathbf{a}) - \sum_b \pi_i(b)\, Q(s, b, \mathbf{a}_{-i})")
    assert says("$Q$ is [[4, 2], [0, 2]], both draw evenly, agent 0 did 0, agent 1 did 1.")
    assert says("column 1: (2 + 2)/2 = 2, advantage 0.", "row 0: (4 + 2)/2 = 3, advantage −1.")


# What stands still


def test_the_value_of_b_moves_as_the_policies_do_and_passes_that_of_the_safe_room_in_the_end():
    targets = [solve("12.3", 0, ROOM, *policies, 0.99) for policies in ((EVEN, EVEN), (EVEN, B), (B, B))]
    assert targets == pytest.approx([2.475, 4.455, 7.92])
    assert pytest.approx(6.93) == 0.99 * 7
    assert targets[1] < 6.93 < targets[2]
    assert says(r"Q(s_1, B) = r + \gamma \sum_{a, b} \pi_0(a)\, \pi_1(b)\, Q(2B, a, b)")
    assert says(r"what it pays, $r(s, \mathbf{a})$ | yes |", r"all that is learned from it | no |")
    assert says("a central critic fixes the world, not the others' learning.")
    assert says("is worth 0.99 · 7 = 6.93. So B is worse, worse, better")


def test_what_follows_stands_still_given_all_actions_and_moves_given_one():
    game = environments.TwoStep()
    room_b = game.state_names.index("2B")
    leads_to_b = game.transitions[0, :, :, room_b]  # by the actions of agents 0 and 1
    assert leads_to_b.tolist() == [[0, 0], [1, 1]]
    assert (EVEN @ leads_to_b).tolist() == [0.5, 0.5]  # what agent 1 sees, whatever it does
    assert (B @ leads_to_b).tolist() == [1, 1]
    np.testing.assert_array_equal(game.rewards[0, room_b], ROOM)
    assert (game.rewards[0, game.state_names.index("2A")] == 7).all()
    assert says("now ½ of the time, later always", "room 2A pays 7, in 2B both act: [[0, 1], [1, 8]]")


# The leak test


def test_the_solution_finds_the_leaks_of_the_three_example_teams():
    for seed in range(3):
        rng = np.random.default_rng(seed)
        assert solve("12.4", leaks.HonestTeam(OWN, rng), OWN, rng).tolist() == [False, False]
        assert solve("12.4", leaks.GossipingTeam(OWN, rng), OWN, rng).tolist() == [True, True]
        assert solve("12.4", leaks.PeekingTeam(OWN, rng), OWN, rng).tolist() == [False, True]
    assert says("one remembers honestly; one has a single memory for both; in one, worker 1 watches the state.")
    assert {"other runs", "an earlier episode"} < set(leaks.SOURCES)
    assert says("(`leaks.find_leaks` also looks for what leaks from other runs and earlier episodes")


@pytest.mark.parametrize("kind", [COMA, MAPPO])
def test_actors_with_central_critics_pass_both_leak_tests_once_they_are_trained(kind):
    team, rng = kind(OWN, 0.1, 0.9), np.random.default_rng(0)
    train(OWN, team, 200, 8, rng)
    assert solve("12.4", team, OWN, rng).tolist() == [False, False]
    assert leaks.find_leaks(team, OWN, rng, runs=8, steps=10) == []
    assert says("COMA's critic saw all; its actors see their own, and act alone.")


def test_an_own_view_shows_6_things_and_the_full_view_18():
    assert (OWN.num_observations, TABLES.num_observations) == (6, 18)
    assert says("an agent sees 6 things, not 18.")


@pytest.mark.parametrize("kind", [*HONEST, *LEAKS, *(kind + A_LITTLE for kind in LEAKS)])
def test_the_teams_of_the_checks_are_as_they_say_by_both_leak_tests(kind):
    team, game = MadeTeam(["sees its own", kind, "remembers what it did"], seed=4), Lots(3)
    expected = [False, kind not in HONEST, False]
    assert team.who_leaks.tolist() == expected
    assert solve("12.4", team, game, np.random.default_rng(0)).tolist() == expected
    found = {leak.agent for leak in leaks.find_leaks(team, game, np.random.default_rng(0), runs=16, steps=12)}
    assert found == set(np.flatnonzero(expected))


# What the docstrings of the exercises say


@pytest.mark.parametrize(
    ("number", "arguments", "result"),
    [
        ("12.2", (np.array([[[4, 2], [0, 2]]]), np.full((1, 2, 2), 0.5), np.array([[0, 1]])), [[0, -1]]),
        ("12.3", (0, ROOM, EVEN, EVEN, 0.99), 2.475),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, result):
    np.testing.assert_allclose(solve(number, *arguments), result)


@pytest.mark.parametrize(
    "shown",
    [
        "rewards [[1], [2]], values [[3], [5]], next_values [[5], [7]], terminated [[False], [False]], "
        "truncated [[False], [True]], gamma 1 and trace 0.5 give [[5], [4]].",
        "joint_values [[[4, 2], [0, 2]]], policies [[[0.5, 0.5], [0.5, 0.5]]] and actions [[0, 1]] give [[0, -1]].",
        "reward 0, next_values [[0, 1], [1, 8]], both policies [0.5, 0.5] and gamma 0.99 give 2.475.",
        "for leaks.HonestTeam and two agents it returns [False, False].",
    ],
)
def test_the_docstrings_show_the_examples_that_were_worked_out(shown):
    assert shown in CODE


@pytest.mark.parametrize(("kind", "number"), [(CentralActorCritic, "12.1"), (COMA, "12.2")])
def test_the_learners_of_the_lesson_run_on_the_learner_s_own_advantages(kind, number):
    tables = []
    for own in (True, False):
        team = kind(OWN, 0.1, 0.9)
        if own:
            team.find_advantages = find_exercise(number).reference
        train(OWN, team, 60, 5, np.random.default_rng(0))
        tables.append(team.preference_table)
    np.testing.assert_allclose(*tables, atol=1e-12)
