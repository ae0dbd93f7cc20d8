"""Exercise 6.3: one learning step in the tables of many runs."""

import numpy as np

from marl_lessons.checks.lesson_06.update_ideas import UPDATE_MISCONCEPTIONS, update_one_by_one
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    Domain,
    Parameter,
    equals,
    has_fractions,
    has_length,
    has_negatives,
    has_zeros,
    is_array,
    is_discount,
    is_longer_than,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.specification import Check, Exercise


def update_table(q_table, observations, actions, targets, alpha):
    """Return the tables after one step: (R, O, A), then three times (R,) -> (R, O, A)."""
    runs = np.arange(len(q_table))
    updated = q_table.copy()
    old = q_table[runs, observations, actions]  # (R,)
    updated[runs, observations, actions] = old + alpha * (targets - old)
    return updated


@keep_cases
def draw_square_steps(rng):
    """The docstring's case, one like it in two runs, and tables with as many observations as actions."""
    two = np.array([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]])
    cases = [(np.zeros((1, 2, 2)), np.array([1]), np.array([0]), np.array([target]), 0.1) for target in (10, 10.0)]
    cases += [(two, np.array([0, 1]), np.array([1, 0]), np.array([10.0, -10.0]), 0.5)]
    shapes = [(runs, size, size) for size in (2, 3, 1) for runs in (2, 1, 4, 3)] * 3
    return cases + [draw_step(rng, shape, index) for index, shape in enumerate(shapes)]


@keep_cases
def draw_steps(rng):
    """Tables of all sizes."""
    shapes = draw_shapes(rng, (1, 1, 1), (4, 4, 3), times=50)
    return [draw_step(rng, shape, index) for index, shape in enumerate(shapes)]


def draw_step(rng, shape, index):
    """Draw tables of a shape (R, O, A), what was seen and done, and targets of every kind."""
    runs, num_observations, num_actions = shape
    table = draw_numbers(rng, shape, NUMBER_STYLES[index % 4]).astype(float)
    observations, actions = rng.integers(num_observations, size=runs), rng.integers(num_actions, size=runs)
    targets = draw_numbers(rng, runs, NUMBER_STYLES[index // 4 % 4])
    alpha = (0.5, 0.1, round(float(rng.uniform(0.05, 0.95)), 2), 1.0, 0.2, 0.0, 0.9)[index % 7]
    return table, observations, actions, targets, alpha


def returns_tables_of_the_same_shape(answer, rng):
    table = draw_numbers(rng, (3, 4, 2), "fractions")
    case = (table, np.array([0, 1, 1]), np.array([1, 0, 1]), np.array([1.0, 2.0, 3.0]), 0.5)
    try:
        expect_array(answer(*case), (3, 4, 2), "runs, observations, actions")
    except (ValueError, IndexError):  # a run that is forgotten is an error where the three axes differ in length
        _expect_the_run_as_first_index(answer)
        raise
    _expect_the_run_as_first_index(answer)


def _expect_the_run_as_first_index(answer):
    """Expect other changes than at [observations, actions]: in tables of three equal axes that is no error."""
    table, observations, actions = np.zeros((3, 3, 3)), np.array([1, 2, 0]), np.array([0, 1, 2])
    try:
        changed = np.asarray(answer(table, observations, actions, np.full(3, 100.0), 0.5)) != 0
    except Exception:  # told where it is asked for
        return
    forgets_run = np.zeros(table.shape, dtype=bool)
    forgets_run[observations, actions] = True
    if np.array_equal(changed, forgets_run):
        raise Mistake(
            "`q_table[observations, actions]` uses the observations as runs. The first index is the run: "
            "`np.arange(len(q_table))`."
        )


def moves_the_chosen_entries(answer, rng):
    """Square tables first: there, indices the wrong way round are no error yet, and can be named."""
    expect_agreement(
        answer,
        draw_square_steps(rng),
        update_one_by_one,
        UPDATE_MISCONCEPTIONS,
        evidence=lambda: draw_steps(rng),
    )
    expect_agreement(answer, draw_steps(rng), update_one_by_one, UPDATE_MISCONCEPTIONS)


def leaves_the_others_alone(answer, rng):
    table = draw_numbers(rng, (4, 3, 2), "fractions")
    observations, actions = np.array([0, 1, 2, 0]), np.array([0, 1, 0, 1])
    updated = answer(table, observations, actions, np.full(4, 100.0), 0.5)
    expect_array(updated, table.shape, "runs, observations, actions")
    changed = ~np.isclose(updated, table, rtol=1e-4, atol=1e-4)  # (R, O, A); float32 is no change
    is_chosen = np.zeros(table.shape, dtype=bool)
    is_chosen[np.arange(4), observations, actions] = True
    found, others = int((changed & is_chosen).sum()), int((changed & ~is_chosen).sum())
    if found < 4 or others:
        raise Mistake(
            f"In each of 4 runs one entry has to change, 4 in all. In your tables {found} of these 4 changed, and "
            f"{others} others. Which entry is it in run 0, and which one in run 1?\n" + answer.show_call(got=(updated,))
        )


DOMAIN = Domain(
    parameters=(
        Parameter(
            "q_table",
            lambda table: is_array(None, None, None)(table) and table.dtype == float,
            {
                "holds fractions": has_fractions,
                "holds negative numbers": has_negatives,
                "holds a 0": has_zeros,
                "has one run": has_length(0, 1),
                "has two runs": has_length(0, 2),
                "has more than two runs": is_longer_than(2),
                "has one observation": has_length(1, 1),
                "has more than two observations": is_longer_than(2, axis=1),
                "has one action": has_length(2, 1),
                "has more than two actions": is_longer_than(2, axis=2),
            },
        ),
        Parameter("observations", lambda observations: is_array(None)(observations) and is_whole(observations)),
        Parameter("actions", lambda actions: is_array(None)(actions) and is_whole(actions)),
        Parameter(
            "targets",
            is_array(None),
            {
                "is an array of whole numbers": is_whole,
                "holds fractions": has_fractions,
                "holds negative numbers": has_negatives,
                "holds a 0": has_zeros,
            },
        ),
        Parameter("alpha", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
    ),
    fit=lambda table, observations, actions, targets, alpha: (
        len(table) == len(observations) == len(actions) == len(targets)
        and 0 <= observations.min() <= observations.max() < table.shape[1]
        and 0 <= actions.min() <= actions.max() < table.shape[2]
    ),
    corners={
        "there are more observations than actions": lambda table, *others: table.shape[1] > table.shape[2],
        "there are more actions than observations": lambda table, *others: table.shape[1] < table.shape[2],
        "there are more runs than observations": lambda table, *others: table.shape[0] > table.shape[1],
        "there are more observations than runs": lambda table, *others: table.shape[0] < table.shape[1],
        "all runs see and do the same": lambda table, observations, actions, *others: (
            np.ptp(observations) == 0 and np.ptp(actions) == 0
        ),
    },
)

EXERCISE = Exercise(
    id="6.3",
    title="One step of learning, in every run",
    reference=update_table,
    checks=(
        Check("returns tables of the same shape", returns_tables_of_the_same_shape),
        Check("moves the chosen entries a part of the way to their targets", moves_the_chosen_entries),
        Check("leaves all other entries alone", leaves_the_others_alone),
    ),
    hints=(
        "For one run it would be `q[o, a] = q[o, a] + alpha * (target - q[o, a])`. What changes if each run has a "
        "table, an observation, an action and a target of its own?",
        "Three arrays of shape (R,) as indices pick one entry in each run: `q_table[runs, observations, actions]`, "
        "where `runs = np.arange(len(q_table))`.",
        "Work on `updated = q_table.copy()`, assign to its chosen entries, and return it.",
    ),
    explanation="`q_table[runs, observations, actions]` takes entry (o, a) of each run's own table: one line, whether "
    "it is one run or a thousand.",
    domain=DOMAIN,
    returns_new=True,
    by_keyword=("alpha",),
    earlier=("3.3@1",),
)
