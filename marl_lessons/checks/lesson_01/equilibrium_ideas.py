"""Exercise 1.3: the definition of an equilibrium, and the functions of those who have another idea of it."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def tries_every_deviation(payoffs, joint_action):
    """The definition: every other action of one agent, the other agent's action held fixed."""
    a, b = joint_action
    gains = [payoffs[0, other, b] - payoffs[0, a, b] for other in range(payoffs.shape[1])]
    gains += [payoffs[1, a, other] - payoffs[1, a, b] for other in range(payoffs.shape[2])]
    return max(gains) <= 0


def is_content(payoffs, joint_action):
    """Tell of each agent whether it gains nothing by changing alone."""
    a, b = joint_action
    return [bool(payoffs[0, a, b] >= payoffs[0, :, b].max()), bool(payoffs[1, a, b] >= payoffs[1, a].max())]


def tries_some_deviations(payoffs, joint_action, tried):
    """The slip of a loop that ends too early; tried: a slice of the actions."""
    a, b = joint_action
    return bool(payoffs[0, a, b] >= payoffs[0, tried, b].max() and payoffs[1, a, b] >= payoffs[1, a, tried].max())


def is_best_for_the_team(payoffs, joint_action):
    """The wrong idea that an equilibrium is what is best for everybody together."""
    total = payoffs.sum(axis=0)
    return bool(total[joint_action] == total.max())


def overlooks_small_gains(payoffs, joint_action):
    """The slip of comparing payoffs up to rounding, where rounding is 1e-5 of the number for NumPy."""
    a, b = joint_action
    return bool(
        np.isclose(payoffs[0, a, b], payoffs[0, :, b].max()) and np.isclose(payoffs[1, a, b], payoffs[1, a].max())
    )


def is_strictly_stable(payoffs, joint_action):
    """The wrong idea that an equal alternative breaks an equilibrium."""
    a, b = joint_action
    mine, yours = np.delete(payoffs[0, :, b], a), np.delete(payoffs[1, a, :], b)
    return bool(payoffs[0, a, b] > mine.max() and payoffs[1, a, b] > yours.max())


def is_everybodys_dream(payoffs, joint_action):
    """The wrong idea that each agent must have its best payoff of the whole table."""
    return all(bool(table[joint_action] == table.max()) for table in payoffs)


def is_stable_along(payoffs, joint_action, axes):
    """Tell whether each agent's payoff is the highest along an axis: (0, 1) is right, each agent varies its own."""
    lines = [
        table[(*joint_action[:axis], slice(None), *joint_action[axis + 1 :])]
        for table, axis in zip(payoffs, axes, strict=True)
    ]
    return all(bool(table[joint_action] >= line.max()) for table, line in zip(payoffs, lines, strict=True))


def is_not_worst_for_all(payoffs, joint_action):
    """The wrong idea that both agents change together: no other cell pays both of them more."""
    return not (payoffs > payoffs[(slice(None), *joint_action)][:, None, None]).all(axis=0).any()


def compares_with_the_next_action(payoffs, joint_action):
    """The slip of trying only the action `1 - a`, which is all the others for two actions only."""
    a, b = joint_action
    return bool(payoffs[0, a, b] >= payoffs[0, 1 - a, b] and payoffs[1, a, b] >= payoffs[1, a, 1 - b])


def takes_the_first_of_the_best(payoffs, joint_action):
    """The slip of comparing with `argmax`, which names one action where several are best."""
    a, b = joint_action
    return bool(payoffs[0, :, b].argmax() == a and payoffs[1, a].argmax() == b)


def reads_own_action_first(payoffs, joint_action):
    """The slip of reading agent 1's table as if its own action came first."""
    a, b = joint_action
    return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, b, a] >= payoffs[1, :, a].max())


def takes_the_game_for_symmetric(payoffs, joint_action):
    """The wrong idea that agent 1's payoffs are those of agent 0 with the actions exchanged."""
    a, b = joint_action
    return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[0, b, a] >= payoffs[0, :, a].max())


def reads_a_for_b(payoffs, joint_action, columns, rows, at_once):
    """The slip of `payoffs[0, :, a]` or `payoffs[1, b, :]`.

    columns, rows: which part of the joint action picks agent 0's column and agent 1's row; (1, 0) is right.
    at_once: whether both are looked up before the first one is compared, or `and` spares the second.
    """
    a, b = joint_action
    tests = (
        lambda: bool(payoffs[0, a, b] >= payoffs[0, :, joint_action[columns]].max()),
        lambda: bool(payoffs[1, a, b] >= payoffs[1, joint_action[rows], :].max()),
    )
    return all([test() for test in tests] if at_once else (test() for test in tests))


def searches_from_zero(payoffs, joint_action):
    """The slip of beginning the search for the best payoff at 0."""
    a, b = joint_action
    return bool(payoffs[0, a, b] >= max(0, *payoffs[0, :, b]) and payoffs[1, a, b] >= max(0, *payoffs[1, a, :]))


EQUILIBRIUM_MISCONCEPTIONS = (
    Misconception(
        is_best_for_the_team,
        "You tested whether the joint action is best for the team. An equilibrium asks something else: can one agent "
        "gain by changing its action alone?",
    ),
    Misconception(
        is_strictly_stable,
        "You ask that every other action is strictly worse. An equally good one is no reason to change, so allow ties.",
    ),
    Misconception(
        is_everybodys_dream,
        "You compare with the best payoff of the whole table. An agent moves along its own axis only, while the "
        "partner's action stays: compare within one column for agent 0 and within one row for agent 1.",
    ),
    Misconception(
        lambda payoffs, joint: is_stable_along(payoffs, joint, (1, 0)),
        "You varied the partner's action. Agent 0 picks the row, so vary the first index of `payoffs[0]`; "
        "agent 1 picks the column.",
    ),
    Misconception(
        lambda payoffs, joint: bool(payoffs[0][joint] >= payoffs[0, :, joint[1]].max()),
        "You tested agent 0 only. Agent 1 must have no reason to change either.",
    ),
    Misconception(
        lambda payoffs, joint: bool(payoffs[1][joint] >= payoffs[1, joint[0], :].max()),
        "You tested agent 1 only. Agent 0 must have no reason to change either.",
    ),
    Misconception(
        lambda payoffs, joint: any(is_content(payoffs, joint)),
        "In your answer it is enough that one of the two gains nothing. Both must have no reason to change: `and`.",
    ),
    Misconception(
        takes_the_first_of_the_best,
        "Where several actions are equally good, your answer accepts only the first of them, as `argmax` does. A tie "
        "is no reason to change: compare the payoffs.",
    ),
    Misconception(
        lambda payoffs, joint: tries_every_deviation(-payoffs, joint),
        "You look for the lowest payoffs. Agents want the highest.",
    ),
    Misconception(
        lambda payoffs, joint: tries_every_deviation(payoffs.sum(axis=0)[None].repeat(2, axis=0), joint),
        "You let each agent look at the sum of both payoffs. Each looks at its own: `payoffs[0]` and `payoffs[1]`.",
    ),
    Misconception(
        lambda payoffs, joint: tries_some_deviations(payoffs, joint, slice(2)),
        "You try the first two actions of each agent only. How many there are say `payoffs.shape[1]` and "
        "`payoffs.shape[2]`.",
    ),
    Misconception(
        lambda payoffs, joint: tries_some_deviations(payoffs, joint, slice(-1)),
        "You never try the last action of an agent. `range(n)` goes from 0 to n - 1, and so do the actions.",
    ),
    Misconception(
        reads_own_action_first,
        "You read agent 1's table with its own action first. In `payoffs[1, a, b]`, too, agent 0's action comes first.",
    ),
    Misconception(
        takes_the_game_for_symmetric,
        "You take agent 1's payoffs from agent 0's table, with the actions exchanged. They stand in `payoffs[1]`.",
    ),
    Misconception(
        compares_with_the_next_action,
        "You try one other action only, such as `1 - a`. An agent may have more than two: compare with all of them.",
    ),
    *(
        Misconception(
            lambda payoffs, joint, places=places, at_once=at_once: reads_a_for_b(payoffs, joint, *places, at_once),
            "You have `a` where `b` belongs, or `b` for `a`. Agent 0 moves within column b, `payoffs[0, :, b]`, and "
            "agent 1 within row a, `payoffs[1, a, :]`.",
        )
        for places in ((0, 0), (1, 1), (0, 1))
        for at_once in (False, True)
    ),
    Misconception(
        searches_from_zero,
        "Your answer is as if a payoff of 0 could always be had. Payoffs may all be negative: if you search for the "
        "best one, begin with one of them and not with 0.",
    ),
    Misconception(
        lambda payoffs, joint: tries_every_deviation(payoffs[[0, 0]], joint),
        "You judge both agents by agent 0's payoffs. Agent 1 receives `payoffs[1]`.",
    ),
    Misconception(
        lambda payoffs, joint: tries_every_deviation(payoffs[[1, 1]], joint),
        "You judge both agents by agent 1's payoffs. Agent 0 receives `payoffs[0]`.",
    ),
    Misconception(
        lambda payoffs, joint: is_stable_along(payoffs, joint, (0, 0)),
        "You vary the row for both agents. Agent 1 picks the column: its own alternatives are the entries of "
        "`payoffs[1, a, :]`, and the row stays.",
    ),
    Misconception(
        lambda payoffs, joint: is_stable_along(payoffs, joint, (1, 1)),
        "You vary the column for both agents. Agent 0 picks the row: its own alternatives are the entries of "
        "`payoffs[0, :, b]`, and the column stays.",
    ),
    Misconception(
        lambda payoffs, joint: False,
        "Your answer is False for every joint action. Does it compare an agent's payoff with all entries of its row or "
        "column? The agent's own action is one of them, and no payoff is above itself: an equilibrium asks for `>=`, "
        "and only `>` is a gain.",
    ),
    Misconception(
        lambda payoffs, joint: tries_every_deviation(payoffs, joint[::-1]),
        "You have the two actions the wrong way round: `a, b = joint_action`, agent 0's action first.",
    ),
    Misconception(
        overlooks_small_gains,
        "You take payoffs that are close for the same, as `np.isclose` does with 1,000,001 and 1,000,000. The smallest "
        "gain is a gain: compare with `>=`.",
    ),
    Misconception(
        lambda payoffs, joint: is_not_worst_for_all(payoffs, joint),
        "You let both agents change together. An equilibrium asks what one agent gains *alone*, while the other stays.",
    ),
)
