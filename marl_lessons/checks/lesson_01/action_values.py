"""Exercise 1.2: the expected payoff of each own action."""

import numpy as np

from marl_lessons.exercises.expect import (
    Misconception,
    Mistake,
    expect_agreement,
    expect_array,
    is_same,
    show_value,
)
from marl_lessons.exercises.specification import Check, Exercise


def action_values(payoffs, partner_policy):
    """Return the expected payoff of each own action: (A, B) and (B,) -> (A,)."""
    return payoffs @ partner_policy


def sum_over_partner(payoffs, partner_policy):
    """The definition, term by term."""
    num_actions, num_partner_actions = payoffs.shape
    return np.array(
        [sum(partner_policy[b] * payoffs[a, b] for b in range(num_partner_actions)) for a in range(num_actions)]
    )


def draw_payoffs_and_policies(rng):
    """A case to check by hand, then random ones, wide and tall."""
    cases = [(np.array([[4.0, 0.0], [3.0, 3.0]]), np.array([0.9, 0.1]))]
    for _ in range(50):
        num_actions, num_partner_actions = rng.integers(2, 5, size=2)
        payoffs = rng.normal(size=(num_actions, num_partner_actions)).round(2)
        cases.append((payoffs, rng.dirichlet(np.ones(num_partner_actions))))
    return cases


WRONG_SHAPES = {
    (): "This is a single number. Keep one number for each of your own actions, the rows; "
    "choosing the best one comes later.",
    (3,): "This is one number for each of the partner's 3 actions. Add up over the partner's actions, the columns, "
    "and keep your own 2, the rows.",
    (2, 3): "This is one number for each of the 2 × 3 cells. Add up each row, so that one number for each of your 2 "
    "actions is left.",
}


def returns_one_value_per_action(answer, rng):
    payoffs, partner_policy = np.arange(6).reshape(2, 3), np.array([0.5, 0.25, 0.25])
    result = answer(payoffs.astype(float), partner_policy)
    shape = getattr(result, "shape", None)
    if shape in WRONG_SHAPES:
        raise Mistake(WRONG_SHAPES[shape])
    expect_array(result, (2,), "one value for each of your 2 actions; the partner has 3")
    if not is_same(answer(payoffs, partner_policy), result):
        raise Mistake(
            "If the payoffs are whole numbers, your values lose their decimals. `np.zeros_like(...)` copies the type "
            "of the payoffs: give `np.zeros` a length instead."
        )


def weighs_payoffs(answer, rng):
    expect_agreement(answer, draw_payoffs_and_policies(rng), sum_over_partner, ACTION_VALUE_MISCONCEPTIONS)


def believes_a_certain_partner(answer, rng):
    payoffs = rng.integers(-9, 10, size=(3, 4)).astype(float)
    for b in range(4):
        values = answer(payoffs, np.eye(4)[b])
        if not is_same(values, payoffs[:, b]):
            raise Mistake(
                f"If the partner plays action {b} for certain, the values are column {b} of the payoffs, "
                f"{show_value(payoffs[:, b])}; got {show_value(values)}."
            )


ACTION_VALUE_MISCONCEPTIONS = (
    Misconception(
        lambda payoffs, policy: payoffs.mean(axis=1),
        "You gave every partner action the same weight. Weigh each column by its probability in `partner_policy`.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs.sum(axis=1),
        "You added the payoffs without weighing them. Multiply each column by its probability first.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs.max(axis=1),
        "You took the best case of each row. The partner does not play to please you: average with its probabilities.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs.min(axis=1),
        "You took the worst case of each row. The partner does not play to hurt you: average with its probabilities.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs[:, np.argmax(policy)],
        "You used the partner's likeliest action only. The others happen too: average over all of them.",
    ),
    Misconception(
        lambda payoffs, policy: (payoffs * policy).mean(axis=1),
        "You multiplied by the probabilities and then took the mean, which divides once more. Use the sum.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs[:, 0] * policy[0] + payoffs[:, 1] * policy[1],
        "You used the first two columns only. A partner may have more than two actions: "
        "their number is `len(partner_policy)`.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs[:2] @ policy,
        "You returned two values only. You may have more than two actions: their number is `payoffs.shape[0]`.",
    ),
)

EXERCISE = Exercise(
    id="1.2",
    title="What each action is worth",
    reference=action_values,
    checks=(
        Check("returns one number for each of your actions", returns_one_value_per_action),
        Check("weighs each payoff by the partner's probability", weighs_payoffs),
        Check("against a partner that always does the same, reads one column", believes_a_certain_partner),
    ),
    hints=(
        "Exercise 1.1 did this for one row. Now do it for every row.",
        "In each row: multiply the payoffs by `partner_policy` and add up. The rows stay, the columns go.",
        "That is a matrix times a vector, and NumPy writes it with `@`. Which of the two stands on the left?",
    ),
    explanation="A matrix times a vector takes each row, multiplies it by the vector and adds up: exactly the "
    "sum over the partner's actions.",
)
