"""What holds for every learner: it says what it plays, and it can be saved in the middle of training."""

import pickle

import numpy as np
import pytest

from marl_lessons import games
from marl_lessons.environments import Districts, Drift, TwoStep
from marl_lessons.groups import ByDistrict
from marl_lessons.learners import (
    COMA,
    FMQ,
    IPPO,
    IQL,
    MAPPO,
    PHC,
    QMIX,
    REINFORCE,
    VDN,
    ActorCritic,
    ArticleQ,
    CentralActorCritic,
    ClippedActorCritic,
    DistributedQ,
    FixedPolicy,
    HandRule,
    HystereticQ,
    JointActionLearner,
    JointQ,
    LenientQ,
    MeanFieldQ,
    MinimaxQ,
    NaturalActorCritic,
    PatientQ,
    RandomPolicy,
    SharedQ,
    SharedRule,
    WoLFPHC,
)
from marl_lessons.policies import exponential_schedule, linear_schedule, uniform_policy
from marl_lessons.rollout import play, train

ALPHA, EPSILON = exponential_schedule(0.5, 0.99, floor=0.1), linear_schedule(1.0, 0.1, 50)
LEARNERS = {
    "random": lambda game: RandomPolicy(2),
    "fixed": lambda game: FixedPolicy(np.array([0.2, 0.8]) * np.ones((2, 4, 1))),
    "fixed, by run": lambda game: FixedPolicy(uniform_policy(6, 2, 4, 2)),
    "IQL": lambda game: IQL(game, ALPHA, 0.9, EPSILON),
    "IQL, softmax": lambda game: IQL(game, ALPHA, 0.9, temperature=exponential_schedule(5.0, 0.9, floor=0.5)),
    "hysteretic": lambda game: HystereticQ(game, ALPHA, linear_schedule(0.1, 0.01, 99), 0.9, EPSILON),
    "distributed": lambda game: DistributedQ(game, 0.9, EPSILON),
    "lenient": lambda game: LenientQ(game, ALPHA, 0.9, EPSILON),
    "FMQ": lambda game: FMQ(game, ALPHA, 0.9, EPSILON),
    "shared": lambda game: SharedQ(game, ALPHA, 0.9, EPSILON),
    "shared, softmax": lambda game: SharedQ(game, ALPHA, 0.9, temperature=exponential_schedule(5.0, 0.9, floor=0.5)),
    "mean field": lambda game: MeanFieldQ(game, ALPHA, 0.9, exponential_schedule(5.0, 0.9, floor=0.5)),
    "joint": lambda game: JointQ(game, ALPHA, 0.9, EPSILON),
    "joint actions": lambda game: JointActionLearner(game, ALPHA, 0.9, EPSILON),
    "minimax": lambda game: MinimaxQ(game, ALPHA, 0.9, EPSILON),
    "PHC": lambda game: PHC(game, ALPHA, 0.9, linear_schedule(0.1, 0.01, 99), EPSILON),
    "WoLF": lambda game: WoLFPHC(game, ALPHA, 0.9, 0.01, linear_schedule(0.1, 0.04, 99), EPSILON),
    "VDN": lambda game: VDN(game, ALPHA, 0.9, EPSILON),
    "QMIX": lambda game: QMIX(game, ALPHA, 0.9, EPSILON),
    "actor-critic": lambda game: ActorCritic(game, ALPHA, 0.9, entropy=linear_schedule(1.0, 0.1, 50)),
    "natural": lambda game: NaturalActorCritic(game, ALPHA, 0.9),
    "REINFORCE": lambda game: REINFORCE(game, ALPHA, 0.9),
    "clipped": lambda game: ClippedActorCritic(game, ALPHA, 0.9, batch=7),
    "local critic": lambda game: CentralActorCritic(game, ALPHA, 0.9, trace=0.5),
    "central critic": lambda game: CentralActorCritic(game, ALPHA, 0.9, critic="central", entropy=ALPHA),
    "COMA": lambda game: COMA(game, ALPHA, 0.9, critic_alpha=ALPHA),
    "IPPO": lambda game: IPPO(game, ALPHA, 0.9, batch=7, entropy=ALPHA),
    "MAPPO": lambda game: MAPPO(game, 0.01, 0.9, batch=7, shared=False),
    "article": lambda game: ArticleQ(game),
    "patient": lambda game: PatientQ(game, ALPHA, 0.9, EPSILON, waiting=game.waiting),
    "hand rule": lambda game: HandRule(game),
    "shared rule": lambda game: SharedRule(game, np.linspace(-1, 1, 7)),
}
MAP = Districts(7, 3, view="map")
GAMES = {"article": Drift(), "patient": ByDistrict(MAP, 3), "hand rule": MAP, "shared rule": MAP}
every_learner = pytest.mark.parametrize("name", LEARNERS)


def make(name):
    """Return a game that the learner can play, and the learner."""
    game = GAMES.get(name, TwoStep())
    return game, LEARNERS[name](game)


def see_everything(game, learner, rng):
    """Return observations (R, N, …) of 6 runs as they occur in play."""
    return next(play(game, learner, 6, rng)).observations


@every_learner
def test_what_it_plays_without_exploring_are_draws_from_its_policies(name):
    game, learner = make(name)
    rng = np.random.default_rng(0)
    train(game, learner, 20, 6, rng)
    observations = see_everything(game, learner, rng)
    policies = learner.policies(observations)
    assert policies.shape == (6, game.num_agents, game.num_actions)
    np.testing.assert_allclose(policies.sum(axis=-1), 1)
    draws = np.stack([learner.act(observations, rng, explore=False) for _ in range(2_000)])  # (2000, R, N)
    shares = (draws[..., None] == np.arange(game.num_actions)).mean(axis=0)
    np.testing.assert_allclose(shares, policies, atol=5 * np.sqrt(0.25 / 2_000))
    assert (shares[policies == 0] == 0).all()


@every_learner
def test_before_it_has_learned_anything_it_says_what_it_plays(name):
    game, learner = make(name)
    observations = game.observe(game.reset(6, np.random.default_rng(0)))
    np.testing.assert_allclose(learner.policies(observations).sum(axis=-1), 1)


@every_learner
def test_asking_for_its_policies_changes_nothing_that_it_does_later(name):
    def learn(asks):
        game, learner = make(name)
        rng = np.random.default_rng(0)
        for transition, _ in zip(play(game, learner, 6, rng), range(30), strict=False):
            if asks:
                learner.policies(transition.next_observations)
            learner.update(transition, rng)
        return learner.act(see_everything(game, learner, rng), rng)

    np.testing.assert_array_equal(learn(asks=True), learn(asks=False))


@every_learner
def test_policies_once_given_stay_what_they_are_while_it_goes_on_learning(name):
    if name in ("fixed", "fixed, by run", *GAMES):
        pytest.skip("does not play games of one state")
    game = games.stag_hunt()
    learner, rng = LEARNERS[name](game), np.random.default_rng(0)
    observations = np.zeros((6, 2), dtype=np.int64)
    given = learner.policies(observations)
    kept = given.copy()
    train(game, learner, 20, 6, rng)
    np.testing.assert_array_equal(given, kept)


@every_learner
def test_saved_in_the_middle_of_training_it_goes_on_byte_by_byte(name):
    game, learner = make(name)
    rng = np.random.default_rng(0)
    train(game, learner, 30, 6, rng)
    copies = [(learner, rng), pickle.loads(pickle.dumps((learner, rng)))]
    histories = [train(game, one, 40, 6, its_rng) for one, its_rng in copies]
    assert histories[0].rewards.tobytes() == histories[1].rewards.tobytes()
    assert pickle.dumps(copies[0][1].bit_generator.state) == pickle.dumps(copies[1][1].bit_generator.state)
    first, second = (vars(one) for one, _ in copies)
    assert first.keys() == second.keys()
    for attribute, value in first.items():
        if isinstance(value, np.ndarray):
            assert value.tobytes() == second[attribute].tobytes(), attribute


def test_saving_covers_every_learner():
    from marl_lessons import learners

    tried = {type(make(name)[1]).__name__ for name in LEARNERS}
    assert tried == set(learners.__all__)
