"""The information-leak test: change what an agent may not know, and what it does must not move."""

from marl_lessons.leaks.search import SOURCES, Leak, find_leaks
from marl_lessons.leaks.teams import GossipingTeam, HonestTeam, PeekingTeam

__all__ = ["SOURCES", "GossipingTeam", "HonestTeam", "Leak", "PeekingTeam", "find_leaks"]
