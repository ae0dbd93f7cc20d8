"""Exercise 3.2: epsilon-greedy actions, with ties broken at random."""

import numpy as np

from marl_lessons.exercises.mistakes import Mistake
from marl_lessons.exercises.showing import describe, show_value
from marl_lessons.exercises.specification import Check, Exercise

DRAWS = 3_000
# Twenty shares are compared with what they should be. That a right answer misses one of them by more than 5 standard
# errors happens less than once in 50,000 times. The draws are seeded: the same answer always gets the same verdict.
STANDARD_ERRORS = 5


def choose_actions(q_values, epsilon, rng):
    """Draw epsilon-greedy actions, ties broken at random: (R, A) -> (R,)."""
    num_runs, num_actions = q_values.shape
    is_best = q_values == q_values.max(axis=1, keepdims=True)  # (R, A)
    greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)  # (R,)
    explores = rng.random(num_runs) < epsilon
    return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)


def _choose(answer, row, epsilon, rng, runs=DRAWS):
    """Let runs with the same row of values choose, each call with a new generator: a `Submission` draws from copies."""
    return answer(np.tile(np.array(row), (runs, 1)), epsilon, rng.spawn(1)[0])


def _choose_in_batches(answer, row, epsilon, rng):
    return np.array([_choose(answer, row, epsilon, rng, runs=100) for _ in range(10)])  # (10, 100)


def _expect_shares(actions, shares, sentence):
    for action, expected in enumerate(shares):
        share = float(np.mean(actions == action))
        error = np.sqrt(expected * (1 - expected) / len(actions))
        if abs(share - expected) > STANDARD_ERRORS * error:
            raise Mistake(f"{sentence} Action {action} should come up in a share of {expected:.3f}, got {share:.3f}.")


def returns_one_action_per_run(answer, rng):
    actions = answer(rng.normal(size=(5, 3)), 0.5, rng)
    if not isinstance(actions, np.ndarray):
        remedy = " Did you forget `return`?" if actions is None else " Build a NumPy array with one action per run."
        raise Mistake(f"Expected an array (R,) of actions, got {describe(actions)}.{remedy}")
    if actions.shape != (5,):
        raise Mistake(f"Expected shape (5,), one action for each of 5 runs, got shape {actions.shape}.")
    if not np.issubdtype(actions.dtype, np.integer):
        remedy = "`argmax` gives an action, `max` gives its value; an array for actions is made with `dtype=int`."
        raise Mistake(f"Actions are whole numbers, got dtype {actions.dtype}. {remedy}")
    if actions.min() < 0 or actions.max() > 2:
        raise Mistake(f"With 3 actions they are 0, 1 or 2, got {show_value(actions)}.")


def draws_from_the_given_generator(answer, rng):
    """A hundred runs that explore agree by chance once in 3^100 times."""
    values, (first, second) = np.tile([0.0, 1.0, 2.0], (100, 1)), rng.spawn(2)
    once, again, otherwise = (answer(values, 1.0, generator) for generator in (first, first, second))
    if not np.array_equal(once, again):
        raise Mistake(
            "The same generator led to other actions. Draw all random numbers with `rng`, as in `rng.random(...)`, and "
            "not with `np.random` or `random`: else nobody can repeat your experiment."
        )
    if np.array_equal(once, otherwise):
        raise Mistake(
            "Another generator led to the same actions, although epsilon is 1. Explore at random, and draw from `rng` "
            "as it is given: with a generator of your own every step may toss the same coins."
        )


def is_greedy_without_exploring(answer, rng):
    close = rng.permuted(np.tile([1.0, 1.001, -3.0, 0.5], (200, 1)), axis=1)
    values = np.concatenate([close, close - 5])  # (400, 4), the second half all negative
    best, actions = values.argmax(axis=1), answer(values, 0.0, rng)
    if (actions == best).all():
        return
    if (answer(values, 1.0, rng) == best).all():
        raise Mistake("You have it the wrong way round: yours explores with probability 1 − epsilon.")
    run = int(np.argmax(actions != best))
    raise Mistake(
        "With epsilon 0 only the best action is taken, however small its lead. "
        f"For the values {show_value(values[run])} that is {best[run]}, got {actions[run]}."
    )


def explores_with_all_actions(answer, rng):
    batches = _choose_in_batches(answer, [0.0, 5.0, 1.0], 1.0, rng)
    if (batches == 1).all():
        raise Mistake("With epsilon 1 every run explores, but yours always takes the best action.")
    if (batches == batches[:, :1]).all():
        raise Mistake("All your explorers take the same action. Draw one for each run, with `size=`.")
    if not (batches == 1).any():
        raise Mistake("Exploring means any action, the best one as well. Yours never takes the best one.")
    for row in ([0.0, 5.0, 1.0], [0.0, 5.0, 1.0, 2.0, 3.0]):
        sentence = f"With epsilon 1 all {len(row)} actions are equally likely."
        _expect_shares(_choose(answer, row, 1.0, rng), np.full(len(row), 1 / len(row)), sentence)


def tosses_a_coin_for_each_run(answer, rng):
    row = [0.0, 5.0, 1.0, 2.0]
    counts = (_choose_in_batches(answer, row, 0.4, rng) == 1).sum(axis=1)  # (10,)
    # About 70 of 100 runs take the best action; below 40 and above 95 are more than 5 standard deviations off.
    if counts.min() < 40 and counts.max() > 95:
        raise Mistake("Your runs explore all together or not at all. Toss a coin for each run, with `size=`.")
    alone = [_choose(answer, row, 0.4, rng, runs=1)[0] for _ in range(50)]  # all greedy: once in 50 million times
    if np.array_equal(alone, np.ones(50)):
        raise Mistake("In your code a single run never explores. Toss a coin for each run, whatever their number.")
    sentence = "With epsilon 0.4 and 4 actions, 0.6 is greedy and 0.4 is shared by all."
    _expect_shares(_choose(answer, row, 0.4, rng), [0.1, 0.7, 0.1, 0.1], sentence)


def breaks_ties_at_random(answer, rng):
    row = [2.0, 0.0, 2.0, 2.0]
    batches = _choose_in_batches(answer, row, 0.0, rng)
    if (batches == batches[0, 0]).all():
        raise Mistake(
            "Where several actions are best, yours takes the same one every time; `argmax` takes the first. A learner "
            "that knows nothing yet would look as if it had learned that action. Pick one of the best at random."
        )
    if (batches == batches[:, :1]).all():
        raise Mistake("All your runs break the tie the same way. Draw random numbers for each run of its own.")
    sentence = "With epsilon 0 and three best actions, each of the three gets a third."
    _expect_shares(_choose(answer, row, 0.0, rng), [1 / 3, 0, 1 / 3, 1 / 3], sentence)
    actions = _choose(answer, row, 0.4, rng)
    sentence = (
        "With epsilon 0.4 the three best stay equally likely. Draw fresh random numbers for the tie and the coin."
    )
    _expect_shares(actions[actions != 1], [1 / 3, 0, 1 / 3, 1 / 3], sentence)


EXERCISE = Exercise(
    id="3.2",
    title="Explore, and break ties at random",
    reference=choose_actions,
    checks=(
        Check("returns one action for each run", returns_one_action_per_run),
        Check("draws from the generator that it is given", draws_from_the_given_generator),
        Check("takes the best action if epsilon is 0", is_greedy_without_exploring),
        Check("explores with all actions if epsilon is 1", explores_with_all_actions),
        Check("tosses a coin for each run, as often as epsilon says", tosses_a_coin_for_each_run),
        Check("breaks ties at random", breaks_ties_at_random),
    ),
    hints=(
        "Which three things does each run need? A greedy action, a random action, and a coin that says which one to "
        "take. Make an array (R,) of each.",
        "The random actions are `rng.integers(num_actions, size=num_runs)`, the coins `rng.random(num_runs) < epsilon`."
        " `np.where(coins, random_actions, greedy_actions)` picks.",
        "For the ties: `is_best = q_values == q_values.max(axis=1, keepdims=True)` marks the best actions. Multiply it "
        "by random numbers of the same shape: the largest product of a row is at one of its best actions, at random.",
    ),
    explanation="`is_best` is 0 or 1, so its product with random numbers is largest at one of the best actions, each "
    "with the same chance. Then every run tosses its own coin.",
)
