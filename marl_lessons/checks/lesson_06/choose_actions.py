"""Exercise 6.2: epsilon-greedy actions, with ties broken at random."""

import numpy as np

from marl_lessons.checks.lesson_06.action_shares import (
    blame_the_first,
    choose,
    choose_in_batches,
    count_shares,
    expect_shares,
    raise_mistake,
    remember,
    show_shares,
)
from marl_lessons.checks.lesson_06.greedy_choice import is_greedy_without_exploring
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    equals,
    has_length,
    is_array,
    is_discount,
    is_longer_than,
)
from marl_lessons.exercises.judging.drawing import draw_numbers
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise


def choose_actions(q_values, epsilon, rng):
    """Draw epsilon-greedy actions, ties broken at random: (R, A) -> (R,)."""
    num_runs, num_actions = q_values.shape
    is_best = q_values == q_values.max(axis=1, keepdims=True)  # (R, A)
    greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)  # (R,)
    explores = rng.random(num_runs) < epsilon
    return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)


def returns_one_action_per_run(answer, rng):
    for shape in ((5, 3), (3, 5), (1, 4), (60, 2)):
        for epsilon in (0.5, 1.0, 0.0):
            _expect_actions(answer(draw_numbers(rng, shape, "fractions"), epsilon, rng.spawn(1)[0]), *shape)


def _expect_actions(actions, num_runs, num_actions):
    expect_array(actions, (num_runs,), f"one action for each of {num_runs} runs")
    if actions.dtype.kind not in "iu":
        remedy = "`argmax` gives an action, `max` gives its value; an array for actions is made with `dtype=int`."
        raise Mistake(
            f"Actions are whole numbers, got dtype {actions.dtype}, such as {show_value(actions[0])}. {remedy}"
        )
    if actions.min() < 0 or actions.max() >= num_actions:
        wrong = actions[(actions < 0) | (actions >= num_actions)][0]
        raise Mistake(
            f"With {num_runs} runs and {num_actions} actions each action is from 0 to {num_actions - 1}, got {wrong}. "
            "Is it an action of more actions than there are, or a place in another array? `rng.integers(high)` gives 0 "
            "to `high - 1`."
        )


def draws_from_the_given_generator(answer, rng):
    """That forty runs of which half explore agree by chance happens less than once in 10^9 times."""
    tied, clear = np.array([[0.0, 2.0, 2.0, 1.0]] * 40), np.array([[0.0, 1.0, 2.0, 5.0]] * 40)
    questions = [(values, epsilon) for epsilon in (0.0, 0.5, 1.0) for values in (tied, clear)] * 3
    seeds = [int(seed) for seed in rng.integers(10**6, size=len(questions))]
    first, second, other = (_ask(answer, questions, seeds, shift) for shift in (0, 0, 1))
    if any(not np.array_equal(once, again) for once, again in zip(first, second, strict=True)):
        sentence = (
            "The same input and the same generator led to other actions. Draw all random numbers with `rng`, those for "
            "ties too, not with `np.random` or `random`, and keep nothing from call to call: else nobody can repeat "
            "your experiment."
        )
        raise_mistake(answer, sentence)
    looks_random = any(np.ptp(actions) > 0 for actions in first)
    if looks_random and all(np.array_equal(once, again) for once, again in zip(first, other, strict=True)):
        sentence = (
            "Whatever generator comes in, your actions are the same, and yet they differ from run to run. Draw them "
            "from `rng` as it is given: with a generator of your own every call tosses the same coins."
        )
        raise_mistake(answer, sentence)


def _ask(answer, questions, seeds, shift):
    """Ask all the questions, each with a new generator."""
    pairs = zip(questions, seeds, strict=True)
    return [answer(values, epsilon, np.random.default_rng(seed + shift)) for (values, epsilon), seed in pairs]


@remember
def explores_with_all_actions(answer, rng):
    row = [0.0, 5.0, 1.0]
    batches = choose_in_batches(answer, row, 1.0, rng)
    block = show_shares(row, 1.0, batches, [1 / 3] * 3)
    if (batches == 1).all():
        raise_mistake(answer, "With epsilon 1 every run explores, but yours always takes the best action.", block)
    if (batches == batches[:, :1]).all():
        raise_mistake(answer, "All the runs of a call explore with the same action. Draw one for each, with `size=`.")
    if not (batches == 1).any():
        sentence = "Exploring means any action, the best one as well. Yours never takes the best one."
        raise_mistake(answer, sentence, block)
    for row in ([0.0, 5.0, 1.0], [0, 5, 1, 2, 3], [-1.0, -2.0]):
        sentence = f"With epsilon 1 all {len(row)} actions are equally likely."
        actions = choose(answer, row, 1.0, rng)
        expect_shares(answer, row, 1.0, actions, np.full(len(row), 1 / len(row)), sentence)


@remember
def tosses_a_coin_for_each_run(answer, rng):
    row = [0.0, 5.0, 1.0, 2.0]
    batches = choose_in_batches(answer, row, 0.4, rng)  # (10, 100)
    _expect_separate_coins(answer, batches == 1)
    if all(choose(answer, row, 0.4, rng, runs=1)[0] == 1 for _ in range(50)):  # by chance once in 50 million times
        sentence = "Called with a single run and epsilon 0.4, your code never explores. Toss a coin for it too."
        raise_mistake(answer, sentence)
    with blame_the_first(answer):
        sentence = "With epsilon 0.4 and 4 actions, 0.6 is greedy and 0.4 is shared by all: 0.1 each."
        expect_shares(answer, row, 0.4, batches, [0.1, 0.7, 0.1, 0.1], sentence)
        sentence = "With epsilon 0.1 and 2 actions, 0.9 is greedy and 0.1 is shared by both: 0.05 each."
        row = [2.0, -2.0]
        expect_shares(answer, row, 0.1, choose(answer, row, 0.1, rng), [0.95, 0.05], sentence)
    for runs in (4, 1):
        _expect_actions(choose(answer, [3.0], 0.4, rng, runs), runs, num_actions=1)


def _expect_separate_coins(answer, is_best):
    """Expect neither whole batches nor parts of them to explore together; is_best: (10, 100), with epsilon 0.4."""
    # About 70 of 100 runs take the best action; below 40 and above 95 are more than 5 standard deviations off.
    if is_best.sum(axis=1).min() < 40 and is_best.sum(axis=1).max() > 95:
        raise_mistake(answer, "Your runs explore all together or not at all. Toss a coin for each, with `size=`.")
    first, second = is_best[:, :50].mean(), is_best[:, 50:].mean()
    if abs(first - second) > 0.15:  # more than 5 standard errors
        sentence = (
            "Of a hundred runs with the same values and epsilon 0.4, the first half take the best action in a share "
            f"of {first:.2f}, the second half in {second:.2f}. Who explores is up to chance, not to the run's number."
        )
        raise_mistake(answer, sentence)


TIES = ([5.0, 5.0, 2.0], [0, 0, 0, 0], [-2.0, -3.0, -2.0, -2.0], [-1.0, 0.0, 0.0], [1e9, 1e9, 2.0])


def breaks_ties_at_random(answer, rng):
    for row in TIES:
        is_best = np.array(row) == max(row)
        _expect_a_fair_tie(answer, row, choose_in_batches(answer, row, 0.0, rng), is_best / is_best.sum())
    row, shares = [2.0, 0.0, 2.0, 2.0], [0.3, 0.1, 0.3, 0.3]
    sentence = "With epsilon 0.4 the three best actions stay equally likely."
    with blame_the_first(answer):
        expect_shares(answer, row, 0.4, choose(answer, row, 0.4, rng), shares, sentence)


def _expect_a_fair_tie(answer, row, batches, shares):
    if (batches == batches[0, 0]).all():
        large = " Random numbers that are tiny vanish beside values as large as these." if max(row) > 1e6 else ""
        sentence = (
            f"Of the best actions of {row} yours takes the same one every time, {batches[0, 0]}; `argmax` takes the "
            "first of equal ones. A learner that knows nothing yet would look as if it had learned that action. Pick "
            f"one of the best at random.{large}"
        )
        raise_mistake(answer, sentence, show_shares(row, 0.0, batches, shares))
    if (batches == batches[:, :1]).all():
        sentence = "All the runs of a call break the tie the same way. Draw random numbers for each run of its own."
        raise_mistake(answer, sentence)
    if (batches == batches[0]).all():
        sentence = (
            "In each of ten calls run 0 broke the tie the same way, run 1 too, and so on. Draw the tie anew in each "
            "call; it must not hang on the run's number, or on what an earlier call has drawn."
        )
        raise_mistake(answer, sentence)
    sentence = f"With epsilon 0 and {np.count_nonzero(shares)} best actions, only these come up, each equally often."
    with blame_the_first(answer, where=np.ptp(count_shares(row, batches)[shares > 0]) < 0.15):  # the ties are fair
        expect_shares(answer, row, 0.0, batches, shares, sentence)
    _expect_separate_ties(answer, batches, shares)


def _expect_separate_ties(answer, batches, shares):
    """Expect neighboring runs to agree as often as chance lets them; more than 5 standard errors off is no chance."""
    expected = float(np.square(shares).sum())
    agreeing = [np.mean(batches[:, shift::2][:, :49] == batches[:, shift + 1 :: 2][:, :49]) for shift in (0, 1)]
    if any(abs(share - expected) > 5 * np.sqrt(expected * (1 - expected) / 490) for share in agreeing):
        sentence = (
            f"Of two neighboring runs the same action should come up about {expected:.2f} of the time, and does so "
            f"{agreeing[0]:.2f} of the time. Draw random numbers for each run of its own."
        )
        raise_mistake(answer, sentence)


def has_lead(smallest, largest):
    """Return a test whether in some run the best action leads by at least the one and less than the other number."""

    def test(q_values):
        ordered = np.sort(q_values, axis=1)
        leads = ordered[:, -1] - ordered[:, -2] if q_values.shape[1] > 1 else np.array([np.inf])
        return bool(((smallest <= leads) & (leads < largest)).any())

    return test


DOMAIN = Domain(
    parameters=(
        Parameter(
            "q_values",
            is_array(None, None),
            NUMBERS
            | {
                "holds a run without a positive number": lambda q_values: bool((q_values.max(axis=1) <= 0).any()),
                "holds numbers above 1,000,000": lambda q_values: q_values.max() > 1e6,
                "holds a tie for the best action": has_lead(0, 1e-12),
                "holds a best action that leads by less than 1": has_lead(1e-12, 0.99),
                "has one run": has_length(0, 1),
                "has more than one run": is_longer_than(1),
                "has one action": has_length(1, 1),
                "has two actions": has_length(1, 2),
                "has more than four actions": is_longer_than(4, axis=1),
            },
        ),
        Parameter("epsilon", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
        Parameter("rng", lambda rng: isinstance(rng, np.random.Generator)),
    ),
    corners={"there are as many runs as actions": lambda q_values, *others: q_values.shape[0] == q_values.shape[1]},
)

EXERCISE = Exercise(
    id="6.2",
    title="Explore, and break ties at random",
    reference=choose_actions,
    checks=(
        Check("returns one action for each run", returns_one_action_per_run),
        Check("draws from the generator that it is given", draws_from_the_given_generator),
        Check("takes the best action of each run if epsilon is 0", is_greedy_without_exploring),
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
    domain=DOMAIN,
    earlier=("3.2@1",),
)
