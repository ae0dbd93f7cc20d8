"""Every number and claim that lesson 11 and its checks state is what the module computes.

What other tests assert already is not computed again here:

- canon/test_decomposition: the scores on the relay over step sizes and with equal lamps, and those on dispatch in both
  views; that IQL with the target of the sum scores as the sum does; how seldom QMIX solves the puzzle.
- solvers/test_factorization: the closest table that rises; test_mixing: what a mix is, and its gradients.
- canon/test_learning: hysteretic learners on dispatch, with both views.
- notebooks/test_prose: the numbers that a cell of the lesson prints.
"""

import itertools
import re

import nbformat
import numpy as np
import pytest

from marl_lessons import environments, games, mixing, plotting, scoreboard, solvers
from marl_lessons.exercises.registry import find_prediction
from marl_lessons.learners import IQL, QMIX, VDN
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import evaluate, train
from tests.lessons.measures import answered, listen_to, read_code, read_text, solve
from tools.build_notebooks import ROOT, read_lesson

LESSON = "11_value_decomposition"
TEXT, SOURCE = read_text(LESSON), read_lesson(LESSON)
says = listen_to(LESSON)
CODE = read_code(LESSON)
TWO_STEP, RELAY, DISPATCH = environments.TwoStep(), environments.Relay(), environments.Dispatch()
ROOM_2B = np.array([[0, 1], [1, 8]])
MIXING = np.array([[[1], [-1]]]), np.array([[0]]), np.array([[-2]]), np.array([1])
cooling = linear_schedule(0.2, 0.0, 4_000)


# The two-step game


def test_the_rooms_of_the_picture_are_those_of_the_game():
    names = TWO_STEP.state_names
    np.testing.assert_array_equal(TWO_STEP.rewards[0, names.index("2B")], ROOM_2B)
    assert (TWO_STEP.rewards[0, names.index("2A")] == 7).all()
    assert 'rooms = {"2A": [[7, 7], [7, 7]], "2B": [[0, 1], [1, 8]]}' in SOURCE
    assert (names[0], names[2]) == ("s1", "2B")  # the numbers by which cells of the lesson look up rooms
    assert TWO_STEP.transitions[0, 0, :, 1].all()
    assert TWO_STEP.transitions[0, 1, :, 2].all()
    assert says("A opens room 2A, B opens room 2B. (Agent 1's first action changes nothing.)")
    assert (ROOM_2B.max(), ROOM_2B.argmax()) == (8, 3)
    assert says("The best is 8: B, then B both.", "without discount (γ = 1)")
    assert "vdn = VDN(two_step, alpha=cooling, gamma=1.0, epsilon=1.0)" in SOURCE


@pytest.mark.parametrize("seed", [1, 2])
def test_teams_that_add_up_all_get_7_and_learn_the_closest_sum(seed):
    learner = VDN(TWO_STEP, cooling, 1.0, 1.0)
    train(TWO_STEP, learner, 4_000, 20, np.random.default_rng(seed))
    assert (evaluate(TWO_STEP, learner, 20, np.random.default_rng(0)) == 7).all()
    mine, yours = learner.q_table[:, :, 2].mean(axis=0)
    np.testing.assert_allclose(mine[:, None] + yours, solve("11.1", ROOM_2B), atol=0.2)
    assert answered("11.a") == "7: agent 0 goes to 2A"
    assert says(
        "Twenty teams play at random (ε = 1)",
        "`q_table` is (20, 2, 4, 2): teams, agents, rooms (the last is the end), actions.",
    )
    assert learner.q_table.shape == (20, 2, 4, 2)
    assert says("(mean over 20 teams)")
    assert says("in code s1 is 0, 2A is 1 and 2B is 2")


def test_the_step_of_a_sum_by_hand():
    game = games.common_payoff([[8, 8], [8, 8]])
    learner = VDN(game, 0.1, 1.0, 1.0, initial=[[[1.0, 1.0]], [[2.0, 2.0]]])
    train(game, learner, 1, 1, np.random.default_rng(0))
    assert sorted(learner.q_table.ravel()) == [1, 1.5, 2, 2.5]
    assert (8 - (1 + 2), 0.1 * 5) == (5, 0.5)
    assert says(r"Q_i \leftarrow Q_i + \alpha\,(y - Q_{tot}) \text{ for both}")
    assert says("utilities 1 and 2, a target of 8: the error is 8 − 3 = 5, and with α = 0.1 both utilities rise by 0.5")


def test_the_closest_sum_by_hand():
    assert ROOM_2B[1].mean() == ROOM_2B[:, 1].mean() == 4.5
    assert ROOM_2B.mean() == 2.5
    assert solve("11.1", ROOM_2B)[1, 1] == 6.5 < 7
    np.testing.assert_allclose(solve("11.1", ROOM_2B), solvers.additive_fit(ROOM_2B))
    assert says(r"\text{mean of the row} + \text{mean of the column} - \text{mean of all}")
    assert says("the row has mean 4.5, the column too, and all four numbers 2.5: 4.5 + 4.5 − 2.5 = 6.5")
    assert says("no sum can give the right table. That is a failure of **representation**.")
    assert says("Where 8 is paid the sum says 6.5, less than the 7 of 2A.")
    assert "The nearest one has 6.5 where 8 should be" in find_prediction("11.a").options["b"].reason


# The mix


def test_the_mix_and_the_target_by_hand():
    assert solve("11.2", np.array([[1, 2]]), *MIXING).tolist() == [7]
    assert solve("11.3", np.array([1]), np.array([[[0, 1], [2, -3]]]), MIXING, np.array([False]), 0.5) == [4.5]
    assert says("utilities (1, 2), weights (1, −1), $b$ = 0, $v$ = −2, $c$ = 1")
    assert says(r"Q_{tot} = c + \sum_h |v_h|\; \mathrm{elu}\Big(b_h + \sum_i |w_{ih}|\, Q_i\Big)")
    assert says(r"y = r + \gamma\, Q_{tot}\big(s';", r"y = r \text{ if the game has ended}")
    assert says("$r = 1$, γ = 0.5, next utilities (0, 1) and (2, −3): own bests 1 and 2 mix to 7")
    assert says(
        "To the unit come 1 · 1 + |−1| · 2 = 3; elu(3) = 3; the value is 1 + |−2| · 3 = 7.", "1 + 0.5 · 7 = 4.5"
    )


@pytest.mark.parametrize("absolute", [True, False])
def test_own_bests_are_the_team_s_best_because_no_weight_counts_below_0(absolute):
    rng = np.random.default_rng(4)
    parts = [rng.normal(size=shape) for shape in ((2_000, 2, 4), (2_000, 4), (2_000, 4), (2_000,))]
    utilities = rng.normal(size=(2_000, 2, 3))

    def value(chosen):
        if absolute:
            return solve("11.2", chosen, *parts)
        hidden = mixing.elu((chosen[:, :, None] * parts[0]).sum(axis=1) + parts[1])
        return (hidden * parts[2]).sum(axis=1) + parts[3]

    joint = [value(utilities[:, [0, 1], pair]) for pair in itertools.product(range(3), repeat=2)]
    is_better = np.max(joint, axis=0) > value(utilities.max(axis=2)) + 1e-9
    falls = value(utilities[:, :, 0] + 0.5) < value(utilities[:, :, 0]) - 1e-9
    assert (is_better.any() or falls.any()) != absolute
    assert says("ten thousand teams, with weights and utilities of any sign", "the best of all nine joint actions")
    assert "shapes = (10_000, 2, 4), (10_000, 4), (10_000, 4), (10_000,)" in SOURCE
    assert len(joint) == 9


def test_the_exercises_are_the_module_s_own_mix_and_target():
    rng = np.random.default_rng(5)
    parts = [rng.normal(size=shape) for shape in ((50, 3, 4), (50, 4), (50, 4), (50,))]
    utilities = rng.normal(size=(50, 3))
    np.testing.assert_allclose(solve("11.2", utilities, *parts), mixing.mix_monotonically(utilities, *parts))


@pytest.mark.parametrize("seed", [1])
def test_teams_that_mix_all_get_8_and_learn_the_table_of_2b(seed):
    learner = QMIX(TWO_STEP, linear_schedule(0.2, 0.0, 2_500), 1.0, 1.0)
    train(TWO_STEP, learner, 2_500, 10, np.random.default_rng(seed))
    assert (evaluate(TWO_STEP, learner, 10, np.random.default_rng(0)) == 8).all()
    seen, state = np.full((10, 2), 2), np.full((10, 1), 2)
    for pair, payoff in np.ndenumerate(ROOM_2B):
        np.testing.assert_allclose(learner.q_tot(seen, np.full((10, 2), pair), state).mean(), payoff, atol=0.05)
    assert says("That is the table of 2B, exactly.")


def test_qmix_learns_on_the_learner_s_own_mix_and_target_what_it_learns_on_its_own():
    asked, tables, sizes = set(), [], set()

    def own_mix(*arguments):
        asked.add("mix")
        sizes.add(len(arguments[0]))
        return solve("11.2", *arguments)

    def own_targets(*arguments):
        asked.add("targets")
        return solve("11.3", *arguments)

    for is_own in (False, True):
        learner = QMIX(TWO_STEP, 0.2, 1.0, 1.0)
        if is_own:
            learner.mix, learner.find_targets = own_mix, own_targets
        train(TWO_STEP, learner, 200, 10, np.random.default_rng(0))
        tables.append(learner.q_table)
    assert asked == {"mix", "targets"}
    assert max(sizes) == 390
    assert says("390 plays in each step")
    assert learner.sync == 20
    assert says("it looks ahead with a copy of itself, made anew every 20 steps")
    np.testing.assert_allclose(*tables, atol=1e-3)


# The relay


def test_the_relay_as_the_text_tells_it():
    returns = RELAY.evaluate_policies(RELAY.list_policies())
    assert len(returns) == 243 == 9 * 27
    assert returns.max() == pytest.approx((1 + 0.6) / 2 + (1 + 0.3) / 2)
    assert returns.max() == pytest.approx(1.45)
    assert RELAY.evaluate_policies(np.full((8, 3, 3), 1 / 9)) == pytest.approx(returns.mean())
    assert RELAY.lit == (0.0, 0.6, 0.3)
    assert np.isclose(returns, 1.45).sum() == 2 * 3  # two codes of flags, and any answer to silence
    assert says("(either way round: flag 1 may mean code 2)", "Random play gets the mean of all teams, score 0.")
    paid = RELAY.pay([[0, 0, 1, 0, 0], [0, 0, 1, 0, 0], [0, 0, 1, 0, 0]], [[0, 1], [0, 2], [0, 0]])
    assert paid.tolist() == [1, 0, 0]
    assert says("The gate with the number of the code pays 1, the other nothing.")

    def score(value):
        return 100 * (value - returns.mean()) / (returns.max() - returns.mean())

    assert score(0.6 + 1 / 2) == pytest.approx(60.4, abs=0.05)
    assert score((1.6 + 1.1) / 2) == pytest.approx(88.7, abs=0.05)
    assert score(0.1 + 1 / 2) == pytest.approx(4, abs=0.5)
    for value in (1.1, 1.35, 0.6):
        assert np.isclose(returns, value).any()
    assert says("0.6 + ½ = 1.1, score 60.", "(1.6 + 1.1)/2 = 1.35, score 89;", "0.1 + ½, score 4.")
    assert says(
        "or stays silent, which pays the team 0.1.", "*any* gate that is picked pays 0.6 more under flag 1, and 0.3"
    )
    assert says("9 ways for a scout to answer two codes, and 27 for a runner to answer what it sees: 243 teams.")
    assert says("(1 + 0.6)/2 + (1 + 0.3)/2 = 1.45.", "2,500 episodes")  # of two steps each


@pytest.mark.parametrize("seed", [5])
def test_on_the_relay_iql_is_silent_vdn_raises_flag_1_and_qmix_comes_near_the_best(seed):
    """canon/test_decomposition asks three more seeds, and all the step sizes of the text."""
    scores = {}
    for kind in (IQL, VDN, QMIX):
        learner = kind(RELAY, linear_schedule(0.1, 0.01, 5_000), 1.0, linear_schedule(1.0, 0.05, 3_000))
        train(RELAY, learner, 5_000, 30, np.random.default_rng(seed), per_agent=False)
        scores[kind] = scoreboard.score_relay(learner, RELAY, 30)
        if kind is VDN:
            seen = np.tile([2, 1], (30, 1))
            expected = learner.q_tot(seen, learner.act(seen, np.random.default_rng(0), explore=False))
            assert expected.mean() == pytest.approx(0.5 + 0.6, abs=0.1)
    assert np.median(scores[IQL]) == pytest.approx(3.8, abs=0.1)
    np.testing.assert_allclose(scores[VDN], 60.4, atol=0.1)
    assert scores[QMIX].mean() > 80
    assert says("**IQL**, mostly, **is silent.**", "**VDN values the flag, not the match.**")
    assert answered("11.b") == "IQL worst, VDN in between, QMIX best"
    assert "alpha, epsilon = linear_schedule(0.1, 0.01, 5_000), linear_schedule(1.0, 0.05, 3_000)" in SOURCE
    assert "train(relay, learner, steps=5_000, runs=100" in SOURCE


def test_what_a_scout_sees_after_its_step_is_the_same_whatever_it_raised_and_what_the_runner_sees_is_not():
    states = RELAY.states[RELAY.states[:, 2] == 1]
    seen = RELAY.observe(states)
    assert set(seen[:, 0]) == {2}
    assert set(seen[:, 1]) == {0, 1, 2}
    assert says("So silence is worth 0.1 + $V$ to it and a flag 0 + $V$.")


def read_outputs(part):
    """Return what the cell of the solution whose source has this part has shown, as text."""
    cells = nbformat.read(ROOT / "solutions" / f"{LESSON}.ipynb", as_version=4).cells
    (cell,) = [cell for cell in cells if cell.cell_type == "code" and part in cell.source]
    return "\n".join(
        output.text if output.output_type == "stream" else output.data["text/plain"] for output in cell.outputs
    )


def test_the_film_shows_a_silent_scout_a_flag_that_says_nothing_and_one_that_says_the_code():
    film = read_outputs("plotting.watch(")
    assert "IQL: Code 2, no flag, step 0. The scout stays silent" in film
    assert says("without a telling flag a runner is right for one code.")
    assert "VDN: Code 2, no flag, step 0. The scout raises flag 1" in film
    for flag, earned in [(1, "1.6"), (2, "1.3")]:  # its flag for code 2, whichever it is, leads to gate 2
        raised = f"QMIX: Code 2, no flag, step 0. The scout raises flag {flag}" in film
        used = f"QMIX: Code 2, flag {flag}, step 1. The runner picks gate 2; the team earns {earned}." in film
        assert raised == used
    assert "QMIX: Code 2, no flag, step 1" not in film


def test_the_team_of_the_film_expects_of_each_flag_what_it_brings_for_a_code():
    shown = read_outputs("def foresee")
    assert shown.count("after flag 1 and flag 2: VDN [1.1 0.8], QMIX [") == 2
    first, second = ([float(number) for number in pair.split()] for pair in re.findall(r"QMIX \[(.+?)\]", shown))
    flag = int(np.argmax(first))  # what the team raises for code 1; for code 2 it raises the other one
    assert first[flag] == pytest.approx((1.6, 1.3)[flag], abs=0.11)
    assert second[1 - flag] == pytest.approx((1.6, 1.3)[1 - flag], abs=0.11)
    assert first[1 - flag] < 0.7 > second[flag]  # where the gate does not fit
    assert says("VDN expects ½ for the gate plus 0.6 or 0.3 for the lamp.")


def test_the_scores_with_other_step_sizes_are_those_of_the_canon():
    """canon/test_decomposition: test_what_the_teams_score_in_the_relay."""
    assert says(
        "If α starts at 0.05 or at 0.2 and falls alike, the order is "
        "the same: IQL 4 and 39, VDN 60 and 62, QMIX 92 and 96 (±3 for QMIX, up to "
        "±8 for IQL)."
    )


@pytest.mark.canon
def test_with_lamps_alike_about_half_of_the_sums_find_the_best():
    game = environments.Relay(lit=(0.6, 0.6))
    learner = VDN(game, linear_schedule(0.1, 0.01, 5_000), 1.0, linear_schedule(1.0, 0.05, 3_000))
    train(game, learner, 5_000, 100, np.random.default_rng(6), per_agent=False)
    assert 0.35 < (scoreboard.score_relay(learner, game, 100) > 99).mean() < 0.65


def test_the_text_on_lamps_and_on_scores_of_the_own_view():
    assert says("if both flags are equally bright, about half of the VDN teams find the best")  # measured above
    assert says("Nearly all scores of IQL are near 45; most of QMIX are above 85, and of VDN more still.")  # below
    assert "linear_schedule(0.1, 0.01, 10_000), 0.9, linear_schedule(1.0, 0.05, 6_000)" in SOURCE
    assert "steps=10_000, runs=40" in SOURCE
    assert says("Forty teams each, 10,000 steps.")


# What no such mix can say


def test_which_tables_rise_and_where_the_closest_ones_lead():
    for game, rises, error, leads in (
        (games.common_payoff(ROOM_2B), True, 0, 8),
        (games.qtran(), False, 288, 8),
        (games.climbing(), False, 997, 5),
    ):
        table = game.payoffs[0]
        fit = solvers.monotone_fit(table)
        assert solve("11.4", table) == rises == solvers.is_monotone(table)
        assert ((fit - table) ** 2).sum() == pytest.approx(error, abs=0.5)
        assert table.flat[fit.argmax()] == leads
    assert "puzzle = np.array([[8, -12, -12], [-12, 0, 0], [-12, 0, 0]])" in SOURCE
    np.testing.assert_array_equal(games.qtran().payoffs[0], [[8, -12, -12], [-12, 0, 0], [-12, 0, 0]])
    assert says("largest at (c, c), which pays 5, not 11")
    assert says("Climbing clashes, and so does the *puzzle*.", "The closest to the puzzle is largest at (a, a)")
    assert says("one of any two rows is nowhere below the other", "Neither can say a table whose rows clash")
    assert says("in [[1, 0], [0, 1]] the first row is better in the first column, the second row in the second.")


def test_few_teams_solve_the_puzzle():
    game = games.qtran()
    players = QMIX(game, linear_schedule(0.2, 0.0, 3_000), 0.0, epsilon=1.0)
    train(game, players, 3_000, 40, np.random.default_rng(7), per_agent=False)
    ends = players.policies(np.zeros((40, 2), dtype=int)).argmax(axis=2)
    assert (ends == 0).all(axis=1).mean() < 0.35
    assert says("Beside a random partner a looks worst", "That is a failure of **optimization**")
    assert (game.payoffs[0].mean(axis=1).argmin(), says("Yet few teams of QMIX find it.")) == (0, True)


def test_where_a_is_the_lowest_the_closest_table_to_the_puzzle_has_a_larger_error():
    """With a lowest no entry of its row or column may be above another one there than the 8 pulls all of them to."""
    table = games.qtran().payoffs[0]
    lowest = np.linspace(-12, 0, 25)
    fits = np.zeros((25, 3, 3))
    fits[:, 0] = fits[:, :, 0] = lowest[:, None]
    errors = ((fits - table) ** 2).sum(axis=(1, 2))
    assert (lowest[errors.argmin()], errors.min()) == (-8, 320)  # canon: where most teams of QMIX end
    assert errors.min() > ((solvers.monotone_fit(table) - table) ** 2).sum()
    assert says("from there any small step makes the error larger")


def test_the_mix_of_the_exercise_comes_no_closer_to_one_of_us_is_enough_than_a_sum():
    rng = np.random.default_rng(9)
    parts = [3 * rng.normal(size=shape) for shape in ((2_000, 2, 4), (2_000, 4), (2_000, 4), (2_000,))]
    low = rng.normal(size=(2_000, 2))
    high = low + rng.random((2_000, 2))
    corners = [low, np.stack([low[:, 0], high[:, 1]], axis=1), np.stack([high[:, 0], low[:, 1]], axis=1), high]
    neither, second, first, both = (solve("11.2", corner, *parts) for corner in corners)
    assert (neither + both - first - second > -1e-9).all()
    assert says("`elu` bends upward only")
    table = np.array([[0, 1], [1, 1]])
    missing = table[0, 1] + table[1, 0] - table[0, 0] - table[1, 1]  # the four numbers have to share it
    assert ((solve("11.1", table) - table) ** 2).sum() == pytest.approx(missing**2 / 4)
    assert solve("11.4", table)
    assert says('[[0, 1], [1, 1]], "one of us is enough", rises, and yet that mix comes no closer than a sum.')


# Dispatch


def test_with_a_heavy_task_h_is_the_best_answer_to_h_and_the_worst_to_anything_else():
    exact = solvers.value_iteration(DISPATCH.to_tabular(), 0.9).joint_action_values.round(6)
    is_heavy = DISPATCH.states[:, 2] == 1
    rising = np.array([solve("11.4", table) for table in exact])
    assert (rising[is_heavy].sum(), rising[~is_heavy].sum()) == (0, 7)
    for table in exact[is_heavy]:
        assert table[:, 2].argmax() == table[2].argmax() == 2
        for light in (0, 1):
            assert table[:, light].argmin() == table[light].argmin() == 2
    assert len(exact) == 18
    assert says("In how many of its 18 states")
    assert says("is the best answer to H and the worst to anything else: the rows clash, in every state.")


@pytest.mark.canon
def test_with_the_own_view_teams_end_near_45_or_above_85_and_sums_above_85_most_often():
    game, shares = environments.Dispatch(view="own"), {}
    for kind in (IQL, QMIX, VDN):
        learner = kind(game, linear_schedule(0.1, 0.01, 10_000), 0.9, linear_schedule(1.0, 0.05, 6_000))
        train(game, learner, 10_000, 60, np.random.default_rng(8), per_agent=False)
        scores = scoreboard.score_learner(learner, game, 60)
        assert ((scores < 48) | (scores > 85)).mean() > 0.85
        shares[kind] = (scores > 85).mean()
    assert shares[IQL] < 0.2
    assert 0.5 < shares[QMIX] < shares[VDN]


def test_the_scoreboard_is_that_of_the_canon():
    """canon/test_decomposition: test_what_the_teams_score_in_dispatch; canon/test_learning: hysteretic."""
    rows = "| IQL | 77 | 66 |", "| VDN | 81 | 93 |", "| QMIX | 84 | 91 |", "| hysteretic | 90 | 93 |"
    assert says(*rows, "| IQL, VDN's target | | 91 |", "its mean rises from 66 to 91")
    assert says("with 30,000 steps, α = 0.1 and 100 runs", "66 there, not 46")
    assert says("other runs than in lesson 10, where IQL has 76")
    assert "| independent Q-learning | 76 |" in read_text("10_policy_gradients")
    assert says("±2 with the full view, up to ±5 with the own view", "None of the three passes the hysteretic team")


# What the docstrings of the exercises say


@pytest.mark.parametrize(
    ("number", "arguments", "result"),
    [
        ("11.1", (np.array([[0, 0], [0, 4]]),), [[-1, 1], [1, 3]]),
        ("11.2", (np.array([[1, 2]]), *MIXING), [7]),
        ("11.3", (np.array([1]), np.array([[[0, 1], [2, -3]]]), MIXING, np.array([False]), 0.5), [4.5]),
        ("11.3", (np.array([1]), np.array([[[0, 1], [2, -3]]]), MIXING, np.array([True]), 0.5), [1]),
        ("11.4", (np.array([[0, 1], [1, 8]]),), True),
        ("11.4", (np.array([[1, 0], [0, 1]]),), False),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, result):
    np.testing.assert_allclose(solve(number, *arguments), result)


def test_the_docstrings_show_what_was_worked_out():
    """The examples are those of the test above."""
    for shown in (
        "Example: [[0, 0], [0, 4]] gives [[-1, 1], [1, 3]].",
        "utilities [[1, 2]], weights [[[1], [-1]]], biases [[0]], last_weights [[-2]] and last_bias [1] give [7].",
        "rewards [1], next_q_values [[[0, 1], [2, -3]]]",
        "and gamma 0.5 give [4.5] where terminated is [False], and [1] where it is [True].",
        "Example: [[0, 1], [1, 8]] gives True, [[1, 0], [0, 1]] gives False.",
    ):
        assert shown in CODE


def test_the_bar_of_a_picture_and_what_a_light_task_pays_are_as_the_text_says():
    assert "95 % bootstrap interval" in plotting.plot_scores.__doc__
    assert says("(A dot is a team, a bar the 95 % interval of the mean;")
    state = np.array([[0, 1, 0]])  # the one light task waits in the queue of worker 1, and worker 0 takes it
    own = environments.Dispatch(view="own", light_arrival=0.0, heavy_arrival=0.0)
    after, rewards, _ = own.step(state, np.array([[1, 0]]), np.random.default_rng(0))
    assert (after.tolist(), rewards.tolist()) == ([[0, 0, 0]], [[1, 1]])
    assert says("A worker that takes a light task from its *partner's* queue is paid 1")


def test_how_many_numbers_own_bests_save():
    assert (10 * 5, 5**10) == (50, 9_765_625)  # of the explanation of 11.3
