"""What is wrong with a team for dispatch, read from what it does, and which lesson treats it."""

from marl_lessons.environments import Dispatch

HEAVY = 2
WAITS = Dispatch().states[:, HEAVY] == 1  # (S,), a heavy task waits
STUCK, ALRIGHT = 60, 88  # a run below the first and a run above the second do not do the same


def find_symptom(policies, scores):
    """Say what keeps a team below 88, and which lesson treats it.

    Parameters:
        policies: probabilities (R, 2, 18, 3).
        scores: (R,).
    Returns:
        A sentence or two.
    """
    both, alone, wasted = measure_visits(policies)  # (R,) each
    if policies.max(axis=-1).mean() < 0.5:
        return (
            "It plays nearly at random: its likeliest action has less than a half. Has it learned anything, and did it "
            "learn from this game (lesson 07)?"
        )
    stuck, alright = (scores < STUCK).mean(), (scores > ALRIGHT).mean()
    if stuck > 0.1 and alright > 0.1:
        return (
            f"There are two heaps: {stuck:.0%} of the runs stay below {STUCK}, {alright:.0%} lie above {ALRIGHT}. Some "
            "commit before they know: try more exploring, or an entropy that fades (lesson 12)."
        )
    if alone.mean() > 0.25:
        return (
            f"Where a heavy task waits, one worker goes there alone in {alone.mean():.0%} of the cases, and pays. "
            "They have to agree: who forgives (lesson 08), or a critic of joint actions (lesson 12)?"
        )
    if wasted.mean() > 0.1:
        return (
            f"Where no heavy task waits, {wasted.mean():.0%} of the workers go to H all the same. Does the team "
            "see the queue (lesson 03), and has it explored enough (lesson 07)?"
        )
    if both.mean() < 0.1 and alone.mean() < 0.1:
        return (
            "It leaves the heavy tasks alone. The best such team scores 45.9: H looked bad beside a partner who "
            "came at times only (lessons 03 and 08)."
        )
    return (
        f"Both go to a waiting heavy task in {both.mean():.0%} of the cases; the best team always does. Which states "
        "make it hesitate? Forgiving (lesson 08) and first values that are high (lesson 09) help there."
    )


def measure_visits(policies):
    """Say how often, over the states, both workers are at a waiting heavy task, one is alone, or one waits for none.

    Parameters:
        policies: probabilities (R, 2, 18, 3).
    Returns:
        Three arrays (R,): both, alone, and the share of workers at H where nothing waits.
    """
    at_heavy = policies[..., HEAVY]  # (R, 2, S)
    first, second = at_heavy[:, 0, WAITS], at_heavy[:, 1, WAITS]
    both = first * second
    return both.mean(axis=1), (first + second - 2 * both).mean(axis=1), at_heavy[..., ~WAITS].mean(axis=(1, 2))
