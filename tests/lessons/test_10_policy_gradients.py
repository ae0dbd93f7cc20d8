"""Every number and claim that lesson 10 and its checks state is what the module computes.

What other tests assert already is not computed again here:

- test_policy_gradients, solvers/test_policy_gradient: the formulas, beside finite differences.
- canon/test_gradients: the scoreboard of the lesson, where exact gradients get in dispatch from random starts,
  and the variances; canon/test_learning: the scores of learners of values after 30,000 steps.
- lessons/test_08_coordination: distributed learners after 10,000 steps of dispatch.
- notebooks/test_prose: the numbers that a cell of the lesson prints.
"""

import numpy as np
import pytest

from marl_lessons import environments, games, scoreboard, solvers
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.learners import REINFORCE, ActorCritic
from marl_lessons.policies import deterministic_joint_policy, joint_policy, softmax
from marl_lessons.rollout import train
from marl_lessons.solvers.policy_gradient import climb_payoffs, climb_values, payoff_gradients, spread_over_states
from tests.lessons.measures import answered, listen_to, solve, take_from_lesson

GATES = games.common_payoff([[11, -30], [-30, 7]], "two gates", "ab")
CLIMBING, DISPATCH = games.climbing(), environments.Dispatch()
TABLE = DISPATCH.to_tabular()
FULL_QUEUES = TABLE.state_names.index("a=2 b=2 h=1")
EVEN = np.array([0.5, 0.5])
says = listen_to("10_policy_gradients")
rng = np.random.default_rng(7)  # another one than the lesson's
draw_agreement, draw_variance = take_from_lesson("10_policy_gradients", "draw_agreement", "draw_variance", rng=rng)


def share_at(policies, *cells):
    """Return the share of teams, policies (R, 2, A), whose likeliest joint action is one of the cells."""
    return sum((policies.argmax(axis=-1) == cell).all(axis=-1).mean() for cell in cells)


def end_of_climb(game, starts, steps=1_000):
    return climb_payoffs(game, starts, rate=0.1, steps=steps, keep=steps)[-1]


# Policies, log-gradients and gradients by hand


def test_the_softmax_by_hand():
    assert np.e == pytest.approx(2.718, abs=0.001)
    np.testing.assert_allclose(softmax(np.array([1.0, 0.0])), [2.718 / 3.718, 1 / 3.718], atol=1e-4)
    np.testing.assert_allclose(softmax(np.array([3.0, 2.0])), softmax(np.array([1.0, 0.0])))
    assert says("for (1, 0): $e^1 = 2.718$ and $e^0 = 1$", "2.718/3.718 = 0.731$", "(3, 2) gives the same")


def test_why_the_log_gradient_is_what_it_is():
    """The logarithm of the sum grows with θ(b) by π(b)."""
    preferences, step = np.array([0.3, -1.0, 0.7]), 1e-6
    for action in range(3):
        moved = preferences + step * np.eye(3)[action]
        growth = (np.log(np.exp(moved).sum()) - np.log(np.exp(preferences).sum())) / step
        assert growth == pytest.approx(softmax(preferences)[action], abs=1e-5)
    assert says("π = (0.75, 0.25), and action 1 was played. Then (0 − 0.75, 1 − 0.25) = (−0.75, 0.75)")


def test_two_gates_are_climbing_without_c():
    np.testing.assert_array_equal(GATES.payoffs, CLIMBING.payoffs[:, :2, :2])
    assert says("gate a, the team earns 11, at gate b it earns 7.", "it loses 30.")


def test_the_gradient_at_the_gates_by_hand():
    values = GATES.payoffs[0] @ EVEN
    assert values.tolist() == [-9.5, -11.5]
    assert EVEN @ values == -10.5
    assert solve("10.2", GATES.payoffs[0], EVEN, EVEN).tolist() == [0.5, -0.5]
    assert says("(11 - 30)/2 = -9.5$, $Q(b) = (-30 + 7)/2 = -11.5$, $J = -10.5$", "(½ · 1, ½ · (−1)) = (0.5, −0.5)")


def test_the_estimate_at_the_gates_by_hand():
    joint_actions = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    payoffs = GATES.payoffs[0][*joint_actions.T]
    each = [
        solve("10.3", np.tile(EVEN, (2, 1)), one[None], payoff[None], 0)[0, 0]
        for one, payoff in zip(joint_actions, payoffs, strict=True)
    ]
    assert each == [5.5, -15, 15, -3.5]
    assert np.mean(each) == 0.5
    assert says("(a, a) gives 11 · ½, (a, b) −30 · ½, (b, a) −30 · (−½) and (b, b) 7 · (−½).")
    assert says("(5.5 − 15 + 15 − 3.5)/4 = 0.5, the exact slope", "preference for a, exactly 0.5:")


def test_from_even_chances_the_porters_come_to_gate_a():
    preferences = np.zeros((2, 2))
    for _ in range(20):
        mine, yours = softmax(preferences)
        slopes = solve("10.2", GATES.payoffs[0], mine, yours), solve("10.2", GATES.payoffs[0].T, yours, mine)
        preferences += 0.2 * np.array(slopes)
    assert softmax(preferences)[:, 0].min() > 0.98
    np.testing.assert_allclose(softmax(preferences), climb_payoffs(GATES, np.zeros((2, 2)), 0.2, 20)[-1])


# Where gradients lead


@pytest.mark.parametrize("seed", [1, 2])
def test_about_half_of_random_starts_go_to_either_gate(seed):
    ends = end_of_climb(GATES, np.random.default_rng(seed).normal(size=(400, 2, 2)))
    assert share_at(ends, (0, 0)) == pytest.approx(0.5, abs=0.12)
    assert share_at(ends, (0, 0), (1, 1)) == 1
    assert says("about half and half")


def test_the_line_between_the_valleys_of_the_gates_falls_and_even_chances_lie_just_above_it():
    """On its way from one corner to the other, a start that sums to a little more than 0.95 goes to (a, a)."""
    for first in (0.2, 0.35, 0.5):
        seconds = np.linspace(0.01, 0.99, 99)
        starts = np.array([[[first, 1 - first], [second, 1 - second]] for second in seconds])
        goes_up = (end_of_climb(GATES, np.log(starts)).argmax(axis=-1) == 0).all(axis=-1)
        switch = seconds[goes_up.argmax()]
        assert goes_up[goes_up.argmax() :].all()
        assert switch + first == pytest.approx(0.97, abs=0.08)
    assert switch < 0.5


def test_from_even_chances_climbing_waits_at_bc_and_gets_much_later_to_bb():
    paths = climb_payoffs(CLIMBING, np.zeros((2, 3)), rate=0.05, steps=4_000, keep=2_000)
    assert paths[-1].argmax(axis=-1).tolist() == [1, 2]
    assert answered("10.a") == "at (b, c), which pays 6"
    assert 1 / paths[-1, 1, 1] == pytest.approx(700, rel=0.15)
    assert says("beside c pays 6.", "7 instead of 6.", "in one of about 700 draws", "for thousands of steps")
    np.testing.assert_allclose(CLIMBING.expected_payoffs(paths[-1]), 6, atol=0.02)
    later = climb_payoffs(CLIMBING, np.log(paths[-1]), rate=0.5, steps=1_600, keep=1)  # each as far as ten small steps
    assert later[-1].argmax(axis=-1).tolist() == [1, 1]
    at_b = {steps: later[(steps - 4_000) // 10, 1, 1] for steps in (17_000, 18_000)}
    assert at_b[17_000] < 0.2 < 0.98 < at_b[18_000]
    assert says(f"after about {18_000:,} it gets to (b, b), and never to (a, a).")
    first_step = payoff_gradients(CLIMBING, np.full((2, 3), 1 / 3))
    assert first_step.argmax(axis=-1).tolist() == [2, 2]  # c looks best to both


def test_the_reasons_of_prediction_a_hold():
    values = CLIMBING.payoffs[0].mean(axis=1)
    assert values.argmin() == 0
    assert CLIMBING.payoffs[0, 1:, 2].tolist() == [6, 5]  # beside c, agent 0 prefers b
    assert CLIMBING.payoffs[1, 1, 1:].tolist() == [7, 6]  # beside b, agent 1 would prefer b


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("game", "best", "rate"),
    [
        (CLIMBING, [(0, 0)], 0.245),
        (games.penalty(-10), [(0, 0), (2, 2)], 0.86),
        (games.penalty(-100), [(0, 0), (2, 2)], 0.37),
    ],
)
def test_how_many_random_starts_get_to_the_best_and_that_even_chances_never_do(game, best, rate, seed):
    """canon/test_gradients has the rates of 1,000 starts."""
    starts = np.random.default_rng(seed).normal(size=(300, 2, 3))
    found = share_at(end_of_climb(game, starts), *best)
    assert found == pytest.approx(rate, abs=3.5 * np.sqrt(rate * (1 - rate) / 300))
    stalled = game.expected_payoffs(end_of_climb(game, np.zeros((2, 3))))[0]
    assert stalled == pytest.approx(6 if game is CLIMBING else 2, abs=0.05)
    assert says("500 random starts find the best?", "About a quarter in climbing.", "they lead to the safe 2.")


# Noise


@pytest.mark.parametrize(("plays", "wide", "sure"), [(100, True, False), (10_000, False, True)])
def test_a_hundred_plays_do_not_tell_the_sign_and_ten_thousand_do(plays, wide, sure):
    estimates = []
    for _ in range(200):
        actions = rng.integers(2, size=(plays, 2))
        payoffs = GATES.payoffs[0][*actions.T]
        estimates.append(solve("10.3", np.tile(EVEN, (2, 1)), actions, payoffs, 0.0)[0, 0])
    low, high = np.quantile(estimates, [0.025, 0.975])
    assert (low < -0.5 and high > 1.5) == wide
    assert (low > 0) == sure
    assert np.mean(estimates) == pytest.approx(0.5, abs=4 * 11.1 / np.sqrt(200 * plays))


def test_all_agree_points_uphill_by_the_exact_law_as_the_picture_says():
    assert "[0.5   0.031 0.   ]" in draw_agreement(1).alt
    assert "[1.    0.998 0.048]" in draw_agreement(200).alt
    assert answered("10.b") == "about once in 1,000"
    assert 2**10 == 1_024
    actions = rng.integers(2, size=(100_000, 2))
    payoffs = actions.all(axis=1)
    estimates = payoffs[:, None] * (actions - 0.5)
    assert (estimates.sum(axis=1) > 0).mean() == pytest.approx(0.25, abs=0.01)
    assert says("with probability $2^{-N}$, and $K$ plays do if at least one of them does: $1 - (1 - 2^{-N})^K$.")
    assert says("only (1, 1) pays, one play in four", "with 200 plays, teams of 5 are safe and teams of 12 are not")


def test_variances_with_64_agents_and_how_many_plays_bring_them_down_to_the_slope():
    assert "0.31 and 259.9" in draw_variance(0.0).alt
    assert "0.06 and 3.9" in draw_variance(0.5).alt
    assert pytest.approx(4_160, abs=5) == (64**2 + 63) / 16 / 0.0625
    assert 63 / 16 / 0.0625 == 63
    assert 0.25**2 == 1 / 16
    assert says("about N²/16,", "it is (N − 1)/16", "(a variance of 1/16)")
    assert says("slope that all this hides is π(1) · (Q(1) − J) = ½ · ½ = ¼")
    assert says("are ½ and −½, each half of the time, and have mean 0")
    assert says("64 agents need about 4,160 plays without a baseline, 63 with N/2, and one with the counterfactual")


@pytest.mark.parametrize("size", [2, 16, 64])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.5])
def test_the_exact_variance_of_the_picture_is_what_plays_show(size, share):
    actions = rng.integers(2, size=(50_000, size))
    found = ((actions.sum(axis=1) - share * size) * (actions[:, 0] - 0.5)).var()
    assert found == pytest.approx((size - 1) / 16 + (size * (0.5 - share)) ** 2 / 4, rel=0.05)


def test_with_the_counterfactual_baseline_every_play_gives_a_quarter():
    actions = rng.integers(2, size=(500, 64))
    would_pay = (actions.sum(axis=1) - actions[:, 0])[:, None] + [0, 1]
    advantages = solve("10.4", would_pay, EVEN, actions[:, 0])
    np.testing.assert_allclose(advantages * (actions[:, 0] - 0.5), 0.25)
    assert solve("10.4", np.array([[4, 2]]), EVEN, np.array([0])).tolist() == [1]
    assert says("no noise is left: every play gives ¼", "would pay (4, 2)", "took the first: 4 − 3 = 1")


# Dispatch


def test_whole_returns_do_better_than_one_step_of_a_critic_in_10000_steps_and_teams_spread():
    scores = {}
    for name, learner in {"one step": ActorCritic(TABLE, 0.03, 0.9), "returns": REINFORCE(TABLE, 0.03, 0.9)}.items():
        train(TABLE, learner, 10_000, 40, np.random.default_rng(1))
        scores[name] = scoreboard.score_learner(learner, DISPATCH, 40)
        assert np.ptp(scores[name]) > 25
    assert scores["returns"].mean() > scores["one step"].mean() + 3


@pytest.mark.parametrize("kind", [ActorCritic, REINFORCE])
def test_the_learners_of_the_lesson_run_on_the_learner_s_own_log_gradient(kind):
    """That one takes policies (K, A) only."""
    tables = []
    for own in (True, False):
        learner = kind(TABLE, 0.1, 0.9)
        if own:
            learner.log_gradient = find_exercise("10.1").reference
        train(TABLE, learner, 50, 5, np.random.default_rng(0))
        tables.append(learner.preference_table)
    np.testing.assert_array_equal(*tables)
    assert says("`ActorCritic` is that", "β = 0.1,", "(for their **entropy**, 0.01)")
    assert (learner.critic_alpha, learner.entropy) == (0.1, 0.01)


def test_the_step_of_the_actor_critic_by_hand():
    assert pytest.approx(1.4) == 1 + 0.9 * 6 - 5
    assert solve("10.1", np.array([[0.75, 0.25]]), np.array([1])).tolist() == [[-0.75, 0.75]]
    assert pytest.approx(0.14) == 0.1 * 1.4
    assert says("$V(o) = 5$, $r = 1$, γ = 0.9, $V(o') = 6$ give δ")
    assert says("give δ = 1 + 5.4 − 5 = 1.4,", "α = 0.1, θ moves by 0.14 · (−0.75, 0.75)")


def climb_dispatch(view):
    """Return the policies, (N, S, A), to which the exact gradient leads from a start that is even up to 1e-6."""
    dispatch = environments.Dispatch(view=view)
    seen = dispatch.observe(dispatch.states)
    start = 1e-6 * rng.normal(size=(1, 2, dispatch.num_observations, 3))
    return spread_over_states(climb_values(TABLE, start, seen, 0.9, rate=2.0, steps=1_200), seen)[0]


def test_the_exact_gradient_sees_all_and_misses_one_state_or_sees_its_own_and_never_goes_to_h():
    full, own = climb_dispatch("full"), climb_dispatch("own")
    assert scoreboard.score(joint_policy(full)) == pytest.approx(92.4, abs=0.1)
    assert scoreboard.score(joint_policy(own)) == pytest.approx(45.9, abs=0.05)
    assert own[:, 1::2, 2].max() < 0.01
    waiting = [state for state in range(18) if state % 2 and state != FULL_QUEUES]
    assert (full[:, waiting, 2] > 0.9).all()
    assert len(waiting) == 8
    assert (full[:, FULL_QUEUES, 2] < 0.01).all()
    assert says("the team passes hysteretic, not distributed learners")  # canon/test_gradients
    assert says("eight of the nine states in which a heavy task waits; in the ninth both queues are full.")
    assert says("stops at 45.9, the best score *without heavy tasks*: nobody ever goes to H.")
    assert says("with this view score 93 (30,000 steps, 100 runs)")  # canon/test_learning


def test_full_queues_by_hand_and_that_h_pays_less_the_less_the_partner_goes_there():
    payoffs = TABLE.rewards.mean(axis=0)[FULL_QUEUES]  # (3, 3)
    assert payoffs[2].tolist() == [-1, -1, 4]
    assert payoffs[0].tolist() == [2, 2, -1]
    assert (payoffs[2].mean(), payoffs[0].mean()) == (pytest.approx(2 / 3), 1)
    for state in payoffs, TABLE.rewards.mean(axis=0)[TABLE.state_names.index("a=1 b=1 h=1")]:
        lead = [(state[2] - state[0]) @ [(1 - heavy) / 2, (1 - heavy) / 2, heavy] for heavy in (0.4, 1 / 3, 0.2, 0)]
        assert (np.diff(lead) < 0).all()
    assert says("gets −1, −1 or 4, ⅔ on average.", "it gets 2, 2 or −1: that is 1.")


def test_with_the_own_view_a_worker_that_sees_two_light_tasks_goes_to_h_less_at_once_and_then_everybody_does():
    seen = environments.Dispatch(view="own").observe(DISPATCH.states)  # numbers: tasks in its own queue, and h
    waits = DISPATCH.states[:, 2] == 1
    own_queue = [DISPATCH.states[:, agent] for agent in (0, 1)]
    for steps, fall in ((1, [False, False, True]), (5, [True, True, True])):
        policies = climb_values(TABLE, np.zeros((1, 2, 6, 3)), seen, 0.9, rate=2.0, steps=steps)
        heavy = spread_over_states(policies, seen)[0, :, :, 2]  # (2, 18)
        falls = [(heavy[agent][waits & (own_queue[agent] == n)] < 1 / 3).all() for agent in (0, 1) for n in range(3)]
        assert falls == 2 * fall
    assert says("sees two light tasks goes to H less at once; then H pays its partner less, whatever that one sees.")


def test_45_9_is_the_best_score_without_heavy_tasks():
    allowed = np.ones((3, 3), bool)
    allowed[2, :] = allowed[:, 2] = False
    light = solvers.value_iteration(TABLE, 0.9, allowed=allowed)
    score = scoreboard.score(deterministic_joint_policy(light.joint_actions, 3))
    assert score == pytest.approx(45.9, abs=0.05)


def test_own_view_teams_from_random_starts_end_near_100_a_third_of_the_time_or_at_46_or_less():
    dispatch = environments.Dispatch(view="own")
    seen = dispatch.observe(dispatch.states)
    starts = np.random.default_rng(5).normal(size=(50, 2, 6, 3))
    policies = climb_values(TABLE, starts, seen, 0.9, rate=2.0, steps=400)
    scores = scoreboard.score(joint_policy(spread_over_states(policies, seen)))
    assert ((scores < 46.5) | (scores > 96)).all()
    assert (scores > 96).mean() == pytest.approx(1 / 3, abs=0.17)
    assert says("about a third of the teams end near 100 then, the others at 46 or less.")


# What the docstrings of the exercises say


@pytest.mark.parametrize(
    ("number", "arguments", "result"),
    [
        ("10.1", (np.array([[0.75, 0.25]]), np.array([1])), [[-0.75, 0.75]]),
        ("10.2", (GATES.payoffs[0], EVEN, EVEN), [0.5, -0.5]),
        ("10.3", (EVEN[None], np.array([[0], [1]]), np.array([3, 1]), 1), [[0.5, -0.5]]),
        ("10.4", (np.array([[4, 2], [0, 2]]), EVEN, np.array([0, 0])), [1, -1]),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, result):
    np.testing.assert_allclose(solve(number, *arguments), result)
