"""The Markov games of the course, one short file each."""

from marl_lessons.environments.crowd import Crowd
from marl_lessons.environments.dispatch import Dispatch
from marl_lessons.environments.districts import Districts
from marl_lessons.environments.drift import Drift
from marl_lessons.environments.foraging import Foraging
from marl_lessons.environments.ising import Ising
from marl_lessons.environments.push import Push
from marl_lessons.environments.relay import Relay
from marl_lessons.environments.rush_hour import RushHour
from marl_lessons.environments.soccer import Soccer
from marl_lessons.environments.squeeze import Squeeze
from marl_lessons.environments.two_step import TwoStep

__all__ = [
    "Crowd",
    "Dispatch",
    "Districts",
    "Drift",
    "Foraging",
    "Ising",
    "Push",
    "Relay",
    "RushHour",
    "Soccer",
    "Squeeze",
    "TwoStep",
]
