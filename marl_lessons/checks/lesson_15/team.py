"""Exercise 15.2: a team of the learner's own for dispatch, better than every critic of values."""

import numbers

import numpy as np

from marl_lessons import scoreboard
from marl_lessons.checks.lesson_15.symptoms import TO_BEAT, find_symptom
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.specification import Check, Exercise
from marl_lessons.policies import joint_policy
from marl_lessons.team_files import read_population

FEWEST_RUNS = 30
SHAPE = "(runs, 2 workers, 18 states, 3 actions)"
REMEDY = "`try_team(make_team, dispatch)` returns them."
SOLUTION = '''
def make_team(game):
    """Believe good news at once, and bad news slowly (lesson 08)."""
    alpha, beta = linear_schedule(0.2, 0.02, 30_000), linear_schedule(0.02, 0.002, 30_000)
    return HystereticQ(game, alpha, beta, gamma=0.9, epsilon=linear_schedule(1.0, 0.05, 18_000))


my_policies = try_team(make_team, dispatch)
'''.strip()


def holds_policies(answer, rng):
    if hasattr(answer, "policies") and hasattr(answer, "act"):
        raise Mistake(f"Expected policies, got the learner itself. {REMEDY}")
    if isinstance(answer, dict):
        raise Mistake("Expected the policies of one team, got a dict. Take one out of it, by its name in brackets.")
    if isinstance(answer, (numbers.Number, np.number)):
        raise Mistake(f"Expected policies, got a number. Is it a score? It is computed from the policies. {REMEDY}")
    if callable(answer):
        raise Mistake(f"Expected policies, got a function. {REMEDY}")
    if isinstance(answer, np.ndarray) and answer.shape[1:] != (2, 18, 3):
        raise Mistake(f"Expected shape {SHAPE}, got {answer.shape}.{_read_shape(answer.shape)}")
    runs = len(answer) if isinstance(answer, (np.ndarray, list, tuple)) else FEWEST_RUNS
    if isinstance(answer, np.ndarray) and runs < FEWEST_RUNS:
        raise Mistake(
            f"Your team has {runs} run{'s' * (runs != 1)}. Luck is judged by {FEWEST_RUNS} or more: train it in 50."
        )
    expect_array(answer, (runs, 2, 18, 3), SHAPE[1:-1])
    _expect_probabilities(answer)


def _read_shape(shape):
    if len(shape) == 1:
        return " Are these scores? Hand in the policies: the scores are computed from them."
    if shape == (2, 18, 3):
        return f" That is one team. Luck is judged by {FEWEST_RUNS} runs or more."
    if shape[1:] == (18, 3, 3):
        return " These are *joint* policies. Give each worker's own."
    if shape[1:] == (18, 3):
        return " An axis is missing, that of the two workers."
    if shape[1:] == (2, 18):
        return " Are these actions? Give probabilities: `np.eye(3)[actions]` makes them."
    if len(shape) == 4 and (shape[0], *shape[2:]) == (2, 18, 3):
        return " Runs and workers have changed places."
    if shape[1:] == (2, 6, 3):
        return f" With the own view a worker sees 6 things, but it acts in all 18 states. {REMEDY}"
    if len(shape) == 4 and shape[1] == 2 and shape[2] != 18:
        return " Is that a team for another game? Dispatch has 18 states and 3 actions."
    if shape[1:] == (18, 2, 3):
        return " States and workers have changed places: `.swapaxes(1, 2)`."
    return f" {REMEDY}"


def _expect_probabilities(policies):
    if policies.min() < 0:
        raise Mistake(
            f"A probability is {policies.min():.3g}. Are these values? A policy says how likely an action is."
        )
    sums = policies.sum(axis=-1)
    if not np.allclose(sums, 1, atol=1e-4):
        run, worker, state = np.unravel_index(np.abs(sums - 1).argmax(), sums.shape)
        raise Mistake(
            f"In run {run} the probabilities of worker {worker} in state {state} add up to "
            f"{sums[run, worker, state]:.3g}, not to 1."
        )


def scores_above_every_critic_of_values(answer, rng):
    policies = answer / answer.sum(axis=-1, keepdims=True)
    scores = scoreboard.score(joint_policy(policies))  # (R,)
    reach = 1.96 * scores.std(ddof=1) / np.sqrt(len(scores))
    if scores.mean() - reach <= TO_BEAT:
        said = f"Your team scores {scores.mean():.1f} ± {reach:.1f} in {len(scores)} runs"
        if scores.mean() > TO_BEAT:
            said += f": on average above {TO_BEAT}, but the lower end of the interval is not"
        raise Mistake(f"{said}. {find_symptom(policies, scores)}")


EXERCISE = Exercise(
    id="15.2",
    title="A team to be proud of",
    reference=read_population()["hysteretic"],
    shown_solution=SOLUTION,
    checks=(
        Check("holds the policies of two workers in 18 states, in 30 runs or more", holds_policies),
        Check("scores above 88 on average, whatever luck does", scores_above_every_critic_of_values),
    ),
    hints=(
        "What does your team do wrong? The card names a symptom, and the lesson that treats it.",
        "IQL blames H for the times when nobody else came. Who forgives that? Look at the scoreboards of lessons 08, "
        "09 and 12.",
        "A hysteretic team with β = α/10 will do, and so will first values of 27 for it, a distributed team, or COMA "
        "with both cures.",
    ),
    explanation="More than one road leads there: forgive (08), start high and keep trying (09, 12), or value joint "
    "actions (12). Which of them holds elsewhere is the question of the rest of this lesson.",
)
