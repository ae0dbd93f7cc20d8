"""Exercise 3.3: one learning step in the tables of many runs."""

import numpy as np

from marl_lessons.exercises.expect import expect_agreement
from marl_lessons.exercises.kinds import expect_array
from marl_lessons.exercises.mistakes import Misconception, Mistake
from marl_lessons.exercises.specification import Check, Exercise


def update_table(q_table, observations, actions, targets, alpha):
    """Return the tables after one step: (R, O, A), then three times (R,) -> (R, O, A)."""
    runs = np.arange(len(q_table))
    updated = q_table.copy()
    old = q_table[runs, observations, actions]  # (R,)
    updated[runs, observations, actions] = old + alpha * (targets - old)
    return updated


def update_one_by_one(q_table, observations, actions, targets, alpha):
    """The definition, one run after the other."""
    tables = q_table.tolist()
    for table, observation, action, target in zip(tables, observations, actions, targets, strict=True):
        table[observation][action] = (1 - alpha) * table[observation][action] + alpha * float(target)
    return np.array(tables)


def draw_steps(rng):
    """A case to check by hand, then random tables."""
    cases = [(np.zeros((1, 2, 2)), np.array([1]), np.array([0]), np.array([10.0]), 0.1)]
    for _ in range(30):
        runs, num_observations, num_actions = rng.permutation(3) + 2  # never the same, so that wrong axes show
        table = rng.integers(-20, 21, size=(runs, num_observations, num_actions)) / 4
        observations, actions = rng.integers(num_observations, size=runs), rng.integers(num_actions, size=runs)
        targets = rng.integers(-20, 21, size=runs) / 4
        cases.append((table, observations, actions, targets, round(float(rng.uniform(0.05, 0.9)), 2)))
    return cases


def returns_tables_of_the_same_shape(answer, rng):
    case = (rng.normal(size=(3, 4, 2)), np.array([0, 3, 1]), np.array([1, 0, 1]), np.ones(3), 0.5)
    expect_array(answer(*case), (3, 4, 2), "runs, observations, actions")


def moves_the_chosen_entries(answer, rng):
    expect_agreement(answer, draw_steps(rng), update_one_by_one, UPDATE_MISCONCEPTIONS)


def leaves_the_others_alone(answer, rng):
    table = rng.normal(size=(4, 3, 2))
    observations, actions = np.array([0, 1, 2, 0]), np.array([0, 1, 0, 1])
    updated = answer(table, observations, actions, np.full(4, 100.0), 0.5)
    expect_array(updated, table.shape, "runs, observations, actions")
    changed = updated != table  # (R, O, A)
    if changed.sum() != 4:
        raise Mistake(
            f"In each of 4 runs one entry has to change, 4 in all; in your tables {changed.sum()} did. Which one is it "
            "in run 0, and which one in run 1?"
        )
    if not changed[np.arange(4), observations, actions].all():
        raise Mistake("Other entries changed than the ones that were observed and played.")


UPDATE_MISCONCEPTIONS = (
    Misconception(
        lambda table, seen, acted, targets, alpha: _put(table, seen, acted, lambda old: targets),
        "You put the target itself into the table. Move only a part of the way, alpha, toward it.",
    ),
    Misconception(
        lambda table, seen, acted, targets, alpha: _put(table, seen, acted, lambda old: old + alpha * targets),
        "You add a part of the target each time, so that values grow for ever. Add a part of the *difference* to it.",
    ),
    Misconception(
        lambda table, seen, acted, targets, alpha: _put(
            table, seen, acted, lambda old: alpha * old + (1 - alpha) * targets
        ),
        "You have the step size the wrong way round: alpha is the weight of the target, 1 − alpha that of the old "
        "value.",
    ),
    Misconception(
        lambda table, seen, acted, targets, alpha: _put(table, seen, acted, lambda old: old - alpha * (targets - old)),
        "You move away from the target. Mind the sign of the difference.",
    ),
    Misconception(
        lambda table, seen, acted, targets, alpha: _put(table, seen, acted, lambda old: alpha * (targets - old)),
        "You put the correction in the place of the value. Add it to the old value.",
    ),
    Misconception(
        lambda table, seen, acted, targets, alpha: _put_everywhere(table, seen, acted, targets, alpha),
        "In every run you changed the entries of all runs: `:` as an index takes all of them. Give each run its own "
        "number, with `np.arange(len(q_table))`.",
    ),
    Misconception(
        lambda table, seen, acted, targets, alpha: _put(
            (1 - alpha) * table, seen, acted, lambda old: old + alpha * targets
        ),
        "You shrink the whole table. Only the entries that were observed and played lose a part of their old value.",
    ),
    Misconception(
        lambda table, seen, acted, targets, alpha: table.copy(),
        "Your tables are the old ones, unchanged. Assign the new values to entries of the copy, and return the copy.",
    ),
)


def _put(table, observations, actions, rule):
    runs, updated = np.arange(len(table)), table.copy()
    updated[runs, observations, actions] = rule(table[runs, observations, actions])
    return updated


def _put_everywhere(table, observations, actions, targets, alpha):
    updated = table.copy()
    old = table[:, observations, actions]  # (R, R), where it should be (R,)
    updated[:, observations, actions] = old + alpha * (targets - old)
    return updated


EXERCISE = Exercise(
    id="3.3",
    title="One step of learning, in every run",
    reference=update_table,
    by_keyword=("alpha",),
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
)
