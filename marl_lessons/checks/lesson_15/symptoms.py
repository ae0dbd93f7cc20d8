"""What is wrong with a team for dispatch, read from what it does, and which lesson treats it."""

import numpy as np

from marl_lessons import scoreboard
from marl_lessons.checks.lesson_03.team_by_hand import STATES, choose_pair
from marl_lessons.policies import joint_policy

HEAVY = 2
WAITS = np.array(STATES)[:, HEAVY] == 1  # (S,), a heavy task waits
RANDOM, SURE = 0.5, 0.95  # mean of the likeliest action: nearly random below the first, hardly by chance above
TO_BEAT = 88  # a mean score: the best critics of values end at 87
STUCK = 60  # a run below this score and a run above the one to beat do not do the same


def find_symptom(policies, scores):
    """Say what keeps a team from the score to beat, and which lesson treats it.

    Parameters:
        policies: probabilities (R, 2, 18, 3).
        scores: (R,).
    Returns:
        A sentence or two.
    """
    if by_chance := _find_chance(policies):
        return by_chance
    stuck, good = (scores < STUCK).mean(), (scores > TO_BEAT).mean()
    if stuck > 0.1 and good > 0.1:
        return (
            f"There are two heaps: {stuck:.0%} of the runs stay below {STUCK}, {good:.0%} lie above {TO_BEAT}. Some "
            "commit before they know: try first values that are high (lesson 09), forgiving (lesson 08), or an entropy "
            "that fades (lesson 12)."
        )
    both, alone = measure_visits(policies)
    if alone > 0.25:
        return (
            f"Where a heavy task waits, one worker goes there alone in {alone:.0%} of the cases, and pays. They have "
            "to agree: who forgives (lesson 08), or a critic of joint actions (lesson 12)?"
        )
    if both < 0.1:
        return (
            "It leaves the heavy tasks alone. The best such team scores 45.9: H looked bad beside a partner who came "
            "at times only (lessons 03 and 08)."
        )
    return _compare_states(policies, both)


def _find_chance(policies):
    """Say that a team plays much by chance, where that is what keeps it low, or return an empty string."""
    sure = policies.max(axis=-1).mean()
    if sure < RANDOM:
        return (
            "It plays nearly at random: its likeliest action has less than a half. Has it learned anything, and did it "
            "learn from this game (lesson 07)?"
        )
    likeliest = np.eye(policies.shape[-1])[policies.argmax(axis=-1)]
    would_score = scoreboard.score(joint_policy(likeliest)).mean()
    if sure > SURE or would_score < TO_BEAT:
        return ""
    return (
        "It leaves much to chance. If each worker always did its likeliest action, it would score "
        f"{would_score:.0f}. Does it still explore, or does its entropy not fade (lessons 07 and 12)?"
    )


def measure_visits(policies):
    """Say in what share of the states with a heavy task, and runs, both workers go there, and one goes alone."""
    first, second = policies[:, 0, WAITS, HEAVY], policies[:, 1, WAITS, HEAVY]
    both = (first * second).mean()
    return both, (first + second).mean() - 2 * both


def _compare_states(policies, both):
    """Say where more is lost, by the rule of exercise 3.4: where a heavy task waits, or where none does."""
    with_heavy, without = (_score_with_rule(policies, where) for where in (WAITS, ~WAITS))
    if with_heavy >= without:
        return (
            f"Both go to a waiting heavy task in {both:.0%} of the cases. If they always did, the team would score "
            f"{with_heavy:.0f}. Forgiving (lesson 08) and first values that are high (lesson 09) help there."
        )
    return (
        f"It loses most where no heavy task waits: with the rule of exercise 3.4 there it would score {without:.0f}. "
        "Has it explored all 18 states enough (lesson 07)?"
    )


def _score_with_rule(policies, where):
    """Return the mean score if the team followed the rule of exercise 3.4 in some states, booleans (S,)."""
    rule = np.eye(3)[[choose_pair(*queues) for queues in STATES]].swapaxes(0, 1)  # (2, S, 3)
    return scoreboard.score(joint_policy(np.where(where[:, None], rule, policies))).mean()
