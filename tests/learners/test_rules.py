"""Rules plan from counts, and play as they plan, whatever the number of workers and districts."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marl_lessons import scoreboard
from marl_lessons.environments import Districts
from marl_lessons.learners import HandRule, SharedRule
from marl_lessons.learners.rules import PARAMETERS, sigmoid
from marl_lessons.plans import Counts
from marl_lessons.rollout import play, train

FAR = 30.0  # σ(30) is 1


def make_counts(workers, light, heavy, busy=None):
    rows = (workers, light, heavy, busy or [0] * len(workers))
    return Counts(*(np.array([row]) for row in rows))


def make_map(num_agents, num_districts, **options):
    return Districts(num_agents, num_districts, view="map", **options)


def plan(rule, counts):
    targets, at_heavy = rule.decide(counts)
    return targets[0].tolist(), at_heavy[0].tolist()


def test_the_hand_rule_by_hand():
    """Work is 4 + 2 · 2 and 2: of ten workers 8 belong to the first district. Four that stay serve its heavy tasks."""
    rule = HandRule(make_map(10, 2))
    assert plan(rule, make_counts([5, 5], [4, 2], [2, 0])) == ([8, 2], [4, 0])
    assert plan(rule, make_counts([3, 7], [0, 0], [9, 1])) == ([9, 1], [2, 0])
    assert plan(rule, make_counts([6, 4], [0, 0], [0, 0])) == ([5, 5], [0, 0])
    assert plan(rule, make_counts([5, 5], [6, 0], [0, 2])) == ([6, 4], [0, 4])  # a heavy task is the work of two
    assert plan(HandRule(make_map(40, 2)), make_counts([0, 40], [0, 0], [0, 30])) == ([0, 40], [0, 40])  # all


def test_each_parameter_means_what_its_name_says():
    game = make_map(10, 2)
    off = {"here": -FAR, "busy": -FAR, "home": -FAR, "way": FAR, "heavy": -FAR, "share": FAR, "slope": 0.0}

    def targets(counts, **parameters):
        return plan(SharedRule(game, [(off | parameters)[name] for name in PARAMETERS]), counts)[0]

    def at_heavy(counts, **parameters):
        return plan(SharedRule(game, [(off | {"way": -FAR} | parameters)[name] for name in PARAMETERS]), counts)[1]

    counts = make_counts([6, 4], [8, 2], [0, 4], [0, 1])
    assert targets(counts) == [8, 2]  # light tasks alone
    assert targets(counts, heavy=np.log(1.5)) == [5, 5]  # 8 against 2 + 1.5 · 4
    assert targets(counts, here=np.log(2)) == [7, 3]  # 8 + 12 against 2 + 8 is 20 to 10
    assert targets(counts, busy=np.log(2)) == [4, 6]  # 8 against 2 + 2 · 5
    assert targets(counts, home=FAR) == [5, 5]
    assert targets(counts, way=0.0) == [7, 3]  # halfway from 6 to 8
    assert targets(counts, way=-FAR) == [6, 4]
    counts = make_counts([5, 5], [9, 0], [4, 4])
    assert at_heavy(counts) == [4, 4]
    assert at_heavy(counts, share=-FAR) == [0, 0]
    assert at_heavy(counts, share=0.0) == [2, 2]  # half of five, in pairs
    assert at_heavy(counts, share=0.0, slope=50.0) == [0, 4]  # 9/10 of heavy work against light, and 9/1
    assert at_heavy(make_counts([5, 5], [0, 0], [1, 0])) == [2, 0]  # no more than there are tasks
    assert at_heavy(make_counts([8, 2], [16, 0], [8, 0]), share=0.0, slope=1.0) == [4, 0]  # 17 to 17: half of 8
    game = make_map(9, 2)  # five live in district 0 and four in district 1
    assert targets(make_counts([0, 9], [0, 1], [0, 0]), home=0.0) == [5, 4]  # 5 against 4 + 1


def test_the_hand_rule_is_one_of_the_shared_rules():
    game = make_map(30, 4)
    shared = SharedRule(game, [np.log(2), -FAR, -FAR, -FAR, FAR, FAR, 0.0])
    scores = [
        scoreboard.score_plans(game, rule.decide, 5, np.random.default_rng(0), steps=200)
        for rule in (HandRule(game), shared)
    ]
    np.testing.assert_allclose(scores[0], scores[1], atol=0.5)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 30), st.integers(1, 30), st.integers(0, 2**32))
def test_any_rule_plays_any_number_of_workers_and_districts(workers, districts, seed):
    game = make_map(max(workers, districts), min(workers, districts))
    rng = np.random.default_rng(seed)
    rule = SharedRule(game, rng.normal(scale=5, size=7), every=int(rng.integers(1, 4)))
    for transition, _ in zip(play(game, rule, 2, rng), range(4), strict=False):
        _, counts = game.split(transition.state)
        planned = rule.decide(counts)
        assert (planned.targets.sum(axis=1) == game.num_agents).all()
        assert (planned.targets >= 0).all()
        assert (planned.at_heavy >= 0).all()
        assert (planned.at_heavy <= np.minimum(counts.workers, planned.targets)).all()


@pytest.mark.parametrize("every", [1, 5])
@pytest.mark.parametrize(("workers", "districts"), [(12, 4), (13, 5), (7, 1)])
def test_worker_by_worker_a_rule_earns_what_its_plans_earn_by_counts(every, workers, districts):
    game = make_map(workers, districts)
    for rule in (HandRule(game, every), SharedRule(game, np.linspace(-1, 1, 7), every)):
        planned = scoreboard.score_plans(game, rule.decide, 4, np.random.default_rng(0), every=every, steps=150)
        played = scoreboard.score_districts(rule, game, 4, np.random.default_rng(0), steps=150)
        assert planned.tolist() == played.tolist()


def test_many_rules_are_tried_side_by_side_on_the_same_luck():
    game = make_map(40, 4)
    parameters = np.random.default_rng(0).normal(size=(3, 7))
    rng = np.random.default_rng
    together = scoreboard.score_plans(game, SharedRule(game, parameters[:, None]).decide, 5, rng(1), steps=150)
    assert together.shape == (3, 5)
    for row, own in zip(together, parameters, strict=True):
        alone = scoreboard.score_plans(game, SharedRule(game, own).decide, 5, rng(1), steps=150)
        np.testing.assert_allclose(row, alone)


def test_workers_are_moved_every_k_steps_counted_from_the_start_of_each_episode():
    game = make_map(20, 4, horizon=7)
    for rule in (HandRule(game, every=5), SharedRule(game, [1, -FAR, -FAR, -FAR, FAR, 0, 0], every=5)):
        steps = play(game, rule, 2, np.random.default_rng(0))
        moves = [bool((transition.actions >= 2).any()) for transition, _ in zip(steps, range(14), strict=False)]
        assert [time for time, moved in enumerate(moves) if moved] == [0, 5, 7, 12]


def test_asking_a_rule_for_its_policies_does_not_move_its_clock():
    game = make_map(20, 4)
    rule, state = HandRule(game, every=2), game.reset(3, np.random.default_rng(0))
    seen = game.observe(state)
    asked = [rule.policies(seen).argmax(axis=-1) for _ in range(2)]
    assert (asked[0] == asked[1]).all()
    assert (rule.act(seen, None) == asked[0]).all()
    assert (asked[0] >= 2).any()  # in this step workers are moved
    assert (rule.policies(seen).argmax(axis=-1) < 2).all()  # in the next one they are not


def test_the_learner_s_own_way_to_share_out_is_used():
    game = make_map(10, 2)
    for rule in (HandRule(game), SharedRule(game, np.zeros(7))):
        rule.share_out = lambda needs, num_workers: np.broadcast_to([num_workers, 0], needs.shape)
        assert plan(rule, make_counts([5, 5], [4, 2], [2, 0]))[0] == [10, 0]


def test_a_rule_is_saved_with_its_parameters():
    game = make_map(12, 4)
    rule = pickle.loads(pickle.dumps(SharedRule(game, np.arange(7.0))))
    assert rule.parameters.tolist() == list(range(7))
    history = train(game, rule, 5, 2, np.random.default_rng(0))
    assert history.rewards.shape == (5, 2, 12)


def test_the_squeezed_number_never_overflows():
    np.testing.assert_allclose(sigmoid(np.array([-2_000.0, 0.0, 1.0, 2_000.0])), [0, 0.5, 1 / (1 + np.exp(-1)), 1])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: HandRule(Districts(12, 4)), r'game must be Districts\(…, view="map"\)'),
        (lambda: HandRule(make_map(12, 4), every=0), "every must be at least 1 step, got 0"),
        (
            lambda: SharedRule(make_map(12, 4), [1.0, 2.0]),
            r"parameters must be 7 finite numbers .* got an array of shape",
        ),
        (lambda: SharedRule(make_map(12, 4), [np.nan] * 7), "7 finite numbers"),
    ],
)
def test_what_makes_no_rule_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
