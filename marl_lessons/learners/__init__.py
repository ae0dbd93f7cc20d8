"""Learners: an action rule and an update rule each, one family a file."""

from marl_lessons.learners.fixed import FixedPolicy, RandomPolicy

__all__ = ["FixedPolicy", "RandomPolicy"]
