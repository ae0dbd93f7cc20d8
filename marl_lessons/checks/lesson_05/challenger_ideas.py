"""The wrong ideas of exercise 5.4: what the challenger looks at, and what it wants."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def in_each_state(answer):
    """Turn an answer to one state's table and policy into an answer to all states."""
    return lambda values, policy: np.array([answer(*pair) for pair in zip(values, policy, strict=True)])


CHALLENGER_MISCONCEPTIONS = (
    Misconception(
        in_each_state(lambda table, weights: (weights @ table).argmax()),
        "You let the opponent choose what is best for you. The table says what *you* can expect: it wants the least.",
    ),
    Misconception(
        in_each_state(lambda table, weights: table[weights.argmax()].argmin()),
        "You answer the likeliest action only. The others happen too: average over all rows, then choose.",
    ),
    Misconception(
        in_each_state(lambda table, weights: (weights[:, None] * table).min(axis=0).argmin()),
        "You look for the least weighted payoff. Add up each column first, then choose the column.",
    ),
    Misconception(
        in_each_state(lambda table, weights: (weights * table.sum(axis=1)).argmin()),
        "You added up over the opponent's actions. Add up over your own: one number is left for each column.",
    ),
    Misconception(
        in_each_state(lambda table, weights: (weights @ table)[:2].argmin()),
        "You tried the opponent's first two columns only. There may be more.",
    ),
    Misconception(
        lambda values, policy: np.full(len(values), (policy[0] @ values[0]).argmin()),
        "You give the answer of state 0 in every state. Each state has its own table and its own policy.",
    ),
    Misconception(
        lambda values, policy: np.array([(policy[0] @ table).argmin() for table in values]),
        "You use the policy of state 0 in every state. Each state has its own row of `policy`.",
    ),
    Misconception(
        lambda values, policy: np.array([(weights @ values[0]).argmin() for weights in policy]),
        "You use the table of state 0 in every state. Each state has its own: `values[s]`.",
    ),
    Misconception(
        lambda values, policy: np.full(len(values), np.einsum("sa,sab->b", policy, values).argmin()),
        "You added up over the states as well. The opponent sees the state: choose in each one anew.",
    ),
    Misconception(
        lambda values, policy: np.cumsum(np.einsum("sa,sab->sb", policy, values), axis=0).argmin(axis=1),
        "Each state's sums begin where those of the state before ended. Begin anew in each state.",
    ),
    Misconception(
        in_each_state(
            lambda table, weights: np.append(0, weights @ table).argmin() - 1 if min(weights @ table) < 0 else 0
        ),
        "Does your search for the least begin at 0? All columns may pay more. Begin with one of them.",
    ),
)
