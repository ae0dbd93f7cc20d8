"""The self-check framework: `exercise`, `check`, `predict`, `progress`, `hint`, `solution`, `keep_scores`, and so on.

What is asked (specification), how it is judged (evaluation, and judging/), how it is shown (card) and how it is kept
(progress_file) are four things. Nothing here knows any game, solver or learner.
"""

from marl_lessons.exercises.dashboard import progress
from marl_lessons.exercises.evaluation import Outcome, Report, evaluate
from marl_lessons.exercises.kept_scores import KeptScores, keep_scores, kept_scores
from marl_lessons.exercises.predictions import predict
from marl_lessons.exercises.submission import check, exercise, hint, solution

__all__ = [
    "KeptScores",
    "Outcome",
    "Report",
    "check",
    "evaluate",
    "exercise",
    "hint",
    "keep_scores",
    "kept_scores",
    "predict",
    "progress",
    "solution",
]
