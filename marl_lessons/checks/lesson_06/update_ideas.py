"""What one step of learning makes of the tables, and the ideas that lead to other tables: for exercise 6.3."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def update_one_by_one(q_table, observations, actions, targets, alpha):
    """The definition, one run after the other."""
    tables = q_table.tolist()
    for table, observation, action, target in zip(tables, observations, actions, targets, strict=True):
        table[observation][action] = (1 - alpha) * table[observation][action] + alpha * float(target)
    return np.array(tables)


def put(rule):
    """Return the function that puts rule(old values, targets, alpha) in the place of the chosen entries."""

    def update(table, observations, actions, targets, alpha):
        runs, updated = np.arange(len(table)), table.copy()
        updated[runs, observations, actions] = rule(table[runs, observations, actions], targets, alpha)
        return updated

    return update


def put_everywhere(table, observations, actions, targets, alpha):
    """The slip of `:` for the runs: every run's entries change, and in all runs."""
    updated = table.copy()
    old = table[:, observations, actions]  # (R, R), where it should be (R,)
    updated[:, observations, actions] = old + alpha * (targets - old)
    return updated


def put_in_the_first(table, observations, actions, targets, alpha):
    """The slip of 0 for the run in a loop over the steps."""
    updated = table.copy()
    for observation, action, target in zip(observations, actions, targets, strict=True):
        updated[0, observation, action] += alpha * (target - updated[0, observation, action])
    return updated


def put_in_the_row(table, observations, actions, targets, alpha):
    """The slip of leaving out the action."""
    updated, runs = table.copy(), np.arange(len(table))
    updated[runs, observations] += alpha * (targets[:, None] - updated[runs, observations])
    return updated


def put_run_by_run_everywhere(table, observations, actions, targets, alpha):
    """The same slip in a loop over the runs."""
    updated = table.copy()
    for observation, action, target in zip(observations, actions, targets, strict=True):
        updated[:, observation, action] += alpha * (target - updated[:, observation, action])
    return updated


def put_all_pairs(table, observations, actions, targets, alpha):
    """The slip of combining every run with every observation and every action that came up."""
    updated, where = table.copy(), np.ix_(np.arange(len(table)), observations, actions)
    updated[where] += alpha * (targets[:, None, None] - updated[where])
    return updated


def put_swapped(table, observations, actions, targets, alpha):
    """The slip of taking the action for the observation."""
    return put(move)(table, actions, observations, targets, alpha)


def put_one_before(table, observations, actions, targets, alpha):
    """The slip of counting observations from 1."""
    return put(move)(table, observations - 1, actions, targets, alpha)


def compare_with_best(table, observations, actions, targets, alpha):
    """The slip of comparing the target with the best value that was seen, and not with that of the action."""
    best = table[np.arange(len(table)), observations].max(axis=1)
    return put(lambda old, targets, alpha: old + alpha * (targets - best))(table, observations, actions, targets, alpha)


def begin_with_zeros(table, observations, actions, targets, alpha):
    """The slip of moving the chosen entries in a table that holds nothing else."""
    moved = update_one_by_one(table, observations, actions, targets, alpha)
    runs, updated = np.arange(len(table)), np.zeros(table.shape)
    updated[runs, observations, actions] = moved[runs, observations, actions]
    return updated


def move(old, targets, alpha):
    """Move values a part of the way to their targets."""
    return old + alpha * (targets - old)


def add_to_zeros(table, observations, actions, targets, alpha):
    """The slip of one step in a table of zeros, whatever the old one holds."""
    return update_one_by_one(np.zeros(table.shape), observations, actions, targets, alpha)


def add_the_future(table, observations, actions, targets, alpha):
    """The slip of adding what the next state is worth once more, with MyTeam's discount."""
    best = table[np.arange(len(table)), observations].max(axis=1)
    return put(move)(table, observations, actions, targets + 0.9 * best, alpha)


ALL_RUNS = (
    "In every run you changed the entries of all runs: `:` as an index takes all of them. Give each run its own "
    "number, with `np.arange(len(q_table))`."
)
UPDATE_MISCONCEPTIONS = (
    Misconception(
        put(lambda old, targets, alpha: targets),
        "You put the target itself into the table. Move only a part of the way, alpha, toward it.",
    ),
    Misconception(
        put(lambda old, targets, alpha: old + alpha * targets),
        "You add a part of the target each time, so that values grow for ever. Add a part of the *difference* to it.",
    ),
    Misconception(
        put(lambda old, targets, alpha: alpha * old + (1 - alpha) * targets),
        "You have the step size the wrong way round: alpha is the weight of the target, 1 − alpha that of the old "
        "value.",
    ),
    Misconception(
        put(lambda old, targets, alpha: old + (1 - alpha) * targets),
        "You add 1 − alpha times the target. Add alpha times the *difference*, target minus old value.",
    ),
    Misconception(
        put(lambda old, targets, alpha: (1 - alpha) * targets),
        "You put 1 − alpha times the target in the place of the value. The new value is the old one plus alpha times "
        "the *difference*, target minus old value.",
    ),
    Misconception(
        put(lambda old, targets, alpha: (1 - alpha) * old + targets),
        "You add the whole target. Of the target, too, only a part counts: alpha times it.",
    ),
    Misconception(
        put(lambda old, targets, alpha: old - alpha * (targets - old)),
        "You move away from the target. Mind the sign of the difference: target minus old value.",
    ),
    Misconception(
        put(lambda old, targets, alpha: alpha * (targets - old)),
        "You put the correction in the place of the value. Add it to the old value.",
    ),
    Misconception(
        put(lambda old, targets, alpha: alpha * targets),
        "You put a part of the target in the place of the value. Add a part of the *difference* to the old value.",
    ),
    Misconception(
        put(lambda old, targets, alpha: np.maximum(old, move(old, targets, alpha))),
        "Your values never fall. A target below the old value counts as well: move down a part of the way.",
    ),
    Misconception(
        put(lambda old, targets, alpha: move(old, targets.mean(), alpha)),
        "You move all runs to the mean of the targets. Each run has a target of its own.",
    ),
    Misconception(
        put_in_the_first,
        "You change the table of run 0 only, once for each run. Every run has a table of its own: `q_table[r]`.",
    ),
    Misconception(
        put_in_the_row,
        "You move all the actions of what was observed. Only the action that was taken learns: index by it, too.",
    ),
    Misconception(
        put(lambda old, targets, alpha: old + alpha * np.abs(targets - old)),
        "Your values never fall. The difference has a sign: a target below the old value pulls it down.",
    ),
    Misconception(put_everywhere, ALL_RUNS),
    Misconception(put_run_by_run_everywhere, ALL_RUNS),
    Misconception(
        put_all_pairs,
        "You change more entries than one in a run: each run's table, at all the observations and actions of all runs. "
        "The three belong together: entry (observations[r], actions[r]) in run r.",
    ),
    Misconception(
        put_swapped,
        "You have the two indices the wrong way round. The axes are runs, observations, actions.",
    ),
    Misconception(
        put_one_before,
        "You change the row before the one that was observed. Observations count from 0, as indices do.",
    ),
    Misconception(
        compare_with_best,
        "You compare the target with the best value of what was observed. Compare it with the value of the action that "
        "was taken: the target is for that one.",
    ),
    Misconception(
        add_the_future,
        "You add a future value to the target. The targets are ready: exercise 6.1 put the future into them.",
    ),
    Misconception(
        put(lambda old, targets, alpha: old * (1 + alpha * (targets - old))),
        "You multiply the old value, so that a 0 never moves. Add a part of the difference to it.",
    ),
    Misconception(
        add_to_zeros,
        "You begin with a table of zeros, and what was learned before is gone. Begin with `q_table.copy()`.",
    ),
    Misconception(
        begin_with_zeros,
        "All other entries are 0 in your tables: what was learned before is gone. Begin with `q_table.copy()`.",
    ),
    Misconception(
        lambda table, seen, acted, targets, alpha: put(lambda old, targets, alpha: old + alpha * targets)(
            (1 - alpha) * table, seen, acted, targets, alpha
        ),
        "You shrink the whole table. Only the entries that were observed and played lose a part of their old value.",
    ),
    Misconception(
        lambda table, seen, acted, targets, alpha: table.copy(),
        "Your tables are the old ones, unchanged. Assign the new values to entries of the copy, and return the copy.",
    ),
)
