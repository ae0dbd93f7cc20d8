"""Learners: an action rule and an update rule each, one family a file."""

from marl_lessons.learners.article_q import ArticleQ
from marl_lessons.learners.fixed import FixedPolicy, RandomPolicy
from marl_lessons.learners.independent_q import FMQ, IQL, DistributedQ, HystereticQ, LenientQ
from marl_lessons.learners.joint_q import JointActionLearner, JointQ
from marl_lessons.learners.minimax_q import MinimaxQ
from marl_lessons.learners.policy_hill_climbing import PHC, WoLFPHC

__all__ = [
    "FMQ",
    "IQL",
    "PHC",
    "ArticleQ",
    "DistributedQ",
    "FixedPolicy",
    "HystereticQ",
    "JointActionLearner",
    "JointQ",
    "LenientQ",
    "MinimaxQ",
    "RandomPolicy",
    "WoLFPHC",
]
