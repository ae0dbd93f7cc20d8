"""Learners: an action rule and an update rule each, one family a file.

A learner can be saved in the middle of training, together with the generator that it draws from, and goes on as if
nothing had happened (open only files that you trust: a pickle can run any code):

>>> import pickle
>>> from marl_lessons import games, train
>>> learner, rng = IQL(games.climbing(), alpha=0.1, gamma=0.0, epsilon=0.1), np.random.default_rng(0)
>>> history = train(games.climbing(), learner, steps=100, runs=3, rng=rng)
>>> saved = pickle.dumps((learner, rng))  # bytes, which Path("team.pickle").write_bytes(saved) puts into a file
>>> learner, rng = pickle.loads(saved)
>>> learner.step
100
"""

import importlib

from marl_lessons.learners.actor_critic import REINFORCE, ActorCritic, ClippedActorCritic, NaturalActorCritic
from marl_lessons.learners.article_q import ArticleQ
from marl_lessons.learners.central_critics import COMA, CentralActorCritic
from marl_lessons.learners.fixed import FixedPolicy, RandomPolicy
from marl_lessons.learners.independent_q import FMQ, IQL, DistributedQ, HystereticQ, LenientQ
from marl_lessons.learners.joint_q import JointActionLearner, JointQ
from marl_lessons.learners.minimax_q import MinimaxQ
from marl_lessons.learners.policy_hill_climbing import PHC, WoLFPHC
from marl_lessons.learners.rules import HandRule, SharedRule
from marl_lessons.learners.shared import MeanFieldQ, SharedQ
from marl_lessons.learners.teams import PatientQ
from marl_lessons.learners.value_factorization import QMIX, VDN

_HOMES = {"IPPO": "ppo", "MAPPO": "ppo"}  # they load autograd, and so are imported when somebody asks for them
__all__ = [
    "COMA",
    "FMQ",
    "IPPO",
    "IQL",
    "MAPPO",
    "PHC",
    "QMIX",
    "REINFORCE",
    "VDN",
    "ActorCritic",
    "ArticleQ",
    "CentralActorCritic",
    "ClippedActorCritic",
    "DistributedQ",
    "FixedPolicy",
    "HandRule",
    "HystereticQ",
    "JointActionLearner",
    "JointQ",
    "LenientQ",
    "MeanFieldQ",
    "MinimaxQ",
    "NaturalActorCritic",
    "PatientQ",
    "RandomPolicy",
    "SharedQ",
    "SharedRule",
    "WoLFPHC",
]


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module 'marl_lessons.learners' has no attribute {name!r}")
    return getattr(importlib.import_module(f"marl_lessons.learners.{_HOMES[name]}"), name)
