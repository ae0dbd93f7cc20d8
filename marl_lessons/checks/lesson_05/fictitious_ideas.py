"""The wrong ideas of exercise 5.3: whom an agent answers, with what, and when."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception

LIKELIEST = "answers the other's most frequent action only. The others were played too: weigh all of them."
START = "Does your search for the best begin at 0? All payoffs may be below, or above. Begin with one of them."


def best_row(payoffs, column_counts):
    """Return the row agent's answer."""
    return int((payoffs @ column_counts).argmax())


def best_column(payoffs, row_counts):
    """Return the column agent's answer."""
    return int((row_counts @ payoffs).argmin())


def search_from_zero(values):
    """Return the place of the largest value above 0, or 0."""
    return int(np.append(0, values).argmax() - 1) if max(values) > 0 else 0


def last_best(values):
    """Return the last place of the largest value."""
    return len(values) - 1 - int(np.asarray(values)[::-1].argmax())


def add_play(counts, action):
    """Return the counts after one more play of an action."""
    return counts + np.eye(len(counts), dtype=int)[action]


FICTITIOUS_MISCONCEPTIONS = (
    Misconception(
        lambda payoffs, rows, columns: (best_row(payoffs, columns), int((rows @ payoffs).argmax())),
        "You let the column agent look for a large payoff. What the row agent wins, it loses: it looks for the least.",
    ),
    Misconception(
        lambda payoffs, rows, columns: (int((payoffs @ columns).argmin()), int((rows @ payoffs).argmax())),
        "You have the two goals the wrong way round: the row agent looks for a large payoff, the column agent for a "
        "small one.",
    ),
    Misconception(
        lambda payoffs, rows, columns: (int((payoffs @ columns).argmin()), best_column(payoffs, rows)),
        "You let the row agent look for a small payoff. The table says what it wins: it looks for the largest.",
    ),
    Misconception(
        lambda payoffs, rows, columns: (best_column(payoffs, rows), best_row(payoffs, columns)),
        "You return the two actions in the other order: the row is asked for first, then the column.",
    ),
    Misconception(
        lambda payoffs, rows, columns: (
            best_row(payoffs, columns),
            best_column(payoffs, add_play(rows, best_row(payoffs, columns))),
        ),
        "Your column agent knows already what the row agent plays next. Both answer at the same time: the past only.",
    ),
    Misconception(
        lambda payoffs, rows, columns: (
            best_row(payoffs, columns),
            int(payoffs[best_row(payoffs, columns)].argmin()),
        ),
        "Your column agent answers the row that comes next. Both answer at the same time, and all of the past.",
    ),
    Misconception(
        lambda payoffs, rows, columns: (
            int(payoffs[:, columns.argmax()].argmax()),
            int(payoffs[rows.argmax()].argmin()),
        ),
        f"Each of your agents {LIKELIEST}",
    ),
    Misconception(
        lambda payoffs, rows, columns: (
            int((payoffs * columns).max(axis=1).argmax()),
            int((payoffs * rows[:, None]).min(axis=0).argmin()),
        ),
        "You compare single weighted payoffs. Add up each row, or each column, first.",
    ),
    Misconception(
        lambda payoffs, rows, columns: (last_best(payoffs @ columns), last_best(-(rows @ payoffs))),
        "Of several equally good ones you take the last. The first is asked for: does your comparison say `>=`, where "
        "`>` would keep it?",
    ),
    Misconception(
        lambda payoffs, rows, columns: (search_from_zero(payoffs @ columns), search_from_zero(-(rows @ payoffs))),
        START,
    ),
    Misconception(
        lambda payoffs, rows, columns: (int((rows @ payoffs).argmax()), int((payoffs @ columns).argmin())),
        "Each of your agents answers its own past. `row_counts @ payoffs` has one number for each *column*: it is what "
        "the column agent chooses from, and the row agent chooses from `payoffs @ column_counts`.",
    ),
    Misconception(
        lambda payoffs, rows, columns: (int(rows.argmax()), int(columns.argmax())),
        "Your agents repeat what they have played most. What is the best answer to what the *other* has played?",
    ),
    Misconception(
        lambda payoffs, rows, columns: (
            int(np.where(rows > 0, payoffs @ columns, -np.inf).argmax()),
            int(np.where(columns > 0, rows @ payoffs, np.inf).argmin()),
        ),
        "You try only the actions that an agent has played before. The best answer may be one that it never played.",
    ),
)
