"""Exercise 6.4: what my actions are worth against an epsilon-greedy partner."""

import numpy as np

from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    equals,
    has_length,
    is_array,
    is_discount,
    is_int,
    is_longer_than,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.exercises.specification import Check, Exercise


def worth_now(payoffs, favorite, epsilon):
    """Return what each of my actions is worth: (A, B) -> (A,)."""
    if_it_explores = payoffs.mean(axis=1)  # (A,)
    return (1 - epsilon) * payoffs[:, favorite] + epsilon * if_it_explores


def add_column_by_column(payoffs, favorite, epsilon):
    """The definition: each of the partner's actions with its probability."""
    num_columns = payoffs.shape[1]
    chances = [epsilon / num_columns + (1 - epsilon) * (column == favorite) for column in range(num_columns)]
    return sum(chance * payoffs[:, column] for column, chance in enumerate(chances))


def draw_square_games(rng):
    """The docstring's case in whole numbers and decimals, and others with as many actions for me as for my partner."""
    boxes = np.array([[4, 0], [2, 2]])
    cases = [(table, favorite, 0.5) for table in (boxes, 1.0 * boxes) for favorite in (0, 1)]
    return cases + draw_games(rng, [(2, 2), (3, 3), (2, 2), (4, 4)] * 6)


def draw_games(rng, shapes):
    """Draw a table of each shape (A, B), in turn with the first, the last and any favorite."""
    cases = []
    for index, (rows, columns) in enumerate(shapes):
        favorite = (0, columns - 1, int(rng.integers(columns)))[index % 3]
        epsilon = (0.5, 0.2, 1.0, round(float(rng.uniform(0.05, 0.95)), 2), 0.0, 0.9, 0.1)[index % 7]
        cases.append((draw_numbers(rng, (rows, columns), NUMBER_STYLES[index % 4]), favorite, epsilon))
    return cases


def returns_one_number_per_action(answer, rng):
    for size in (2, 3):
        result = answer(draw_numbers(rng, (size, size), "fractions"), 1, 0.5)
        expect_array(result, (size,), "one number for each of my actions")


def weighs_what_the_partner_may_do(answer, rng):
    """Square tables first: there, the axes the wrong way round are no error yet, and can be named."""
    expect_agreement(answer, draw_square_games(rng), add_column_by_column, WORTH_MISCONCEPTIONS)
    shapes = draw_shapes(rng, (1, 1), (4, 5), times=40)
    expect_agreement(answer, draw_games(rng, shapes), add_column_by_column, WORTH_MISCONCEPTIONS)


def holds_at_the_ends(answer, rng):
    shapes = [(2, 2), (3, 2), (2, 3), (4, 4)]
    cases = [
        (draw_numbers(rng, shape, NUMBER_STYLES[index % 4]), index % shape[1], epsilon)
        for index, shape in enumerate(shapes * 2)
        for epsilon in (0.0, 1.0)
    ]
    expect_agreement(answer, cases, add_column_by_column, WORTH_MISCONCEPTIONS)


def spare_the_favorite(payoffs, favorite, epsilon):
    """Explore with the other columns only, as if the favorite were not among "any action"."""
    others = np.delete(payoffs, favorite, axis=1).mean(axis=1)
    return (1 - epsilon) * payoffs[:, favorite] + epsilon * others


WORTH_MISCONCEPTIONS = (
    Misconception(
        spare_the_favorite,
        "In your answer a partner that explores never takes its favorite. It takes *any* action then, the favorite "
        "too: use the mean of the whole row.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: (
            (1 - epsilon - epsilon / payoffs.shape[1]) * payoffs[:, favorite] + epsilon * payoffs.mean(axis=1)
        ),
        "Your probabilities do not add up to 1: while the partner explores, the favorite is one of the any, too. It "
        "has 1 - epsilon and its share of epsilon.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: epsilon * payoffs[:, favorite] + (1 - epsilon) * payoffs.mean(axis=1),
        "You have the two probabilities the wrong way round: with probability epsilon the partner explores.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: payoffs[:, favorite],
        "You leave out that the partner explores: with probability epsilon it takes any of its actions.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: payoffs.mean(axis=1) * 1.0,
        "You leave out the favorite: with probability 1 - epsilon the partner plays it.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: (1 - epsilon) * payoffs[:, favorite],
        "What I get while the partner explores is missing: it is the mean of each row, times epsilon.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: payoffs[:, favorite] + epsilon * payoffs.mean(axis=1),
        "You count the favorite fully. It comes with probability 1 - epsilon only.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: (1 - epsilon) * payoffs[:, favorite] + payoffs.mean(axis=1),
        "You count the mean of each row fully. The partner explores with probability epsilon only.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: (1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.sum(axis=1),
        "You added up each row. A partner that explores takes each of its actions equally often: take the mean.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: (1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.max(axis=1),
        "You took the best of each row. While the partner explores, each of its actions is equally likely.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: (1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.mean(),
        "You took the mean of the whole table. My action is fixed, so take the mean of each row: `axis=1`.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: (1 - epsilon) * payoffs[favorite] + epsilon * payoffs.mean(axis=0),
        "You swapped the agents: my action is the row, my partner's the column. What it likes best is "
        "`payoffs[:, favorite]`.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: (1 - epsilon) * payoffs[favorite] + epsilon * payoffs.mean(axis=1),
        "You took a row for the favorite. My partner's action is the column: `payoffs[:, favorite]`.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: (1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.mean(axis=0),
        "You averaged over my actions. The partner is the one that explores: take the mean of each row, `axis=1`.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: (payoffs[:, favorite] + payoffs.mean(axis=1)) / 2,
        "Your answer is right for epsilon 0.5 only, as in the example. The weights are 1 - epsilon and epsilon.",
    ),
    Misconception(
        lambda payoffs, favorite, epsilon: (1 - epsilon) * payoffs.max(axis=1) + epsilon * payoffs.mean(axis=1),
        "You took the best column for me in each row. The partner plays its own favorite: `payoffs[:, favorite]`.",
    ),
)

DOMAIN = Domain(
    parameters=(
        Parameter(
            "payoffs",
            is_array(None, None),
            NUMBERS
            | {
                "has more than two columns": is_longer_than(2, axis=1),
                "has one row": has_length(0, 1),
                "has one column": has_length(1, 1),
                "has more than two rows": is_longer_than(2),
            },
        ),
        Parameter("favorite", is_int, {"is 0": equals(0), "is above 1": lambda favorite: favorite > 1}),
        Parameter("epsilon", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
    ),
    fit=lambda payoffs, favorite, epsilon: 0 <= favorite < payoffs.shape[1],
    corners={
        "there are as many rows as columns": lambda payoffs, *others: payoffs.shape[0] == payoffs.shape[1],
        "the favorite is the last column": lambda payoffs, favorite, _: favorite == payoffs.shape[1] - 1,
    },
)

EXERCISE = Exercise(
    id="6.4",
    title="What is it worth now?",
    reference=worth_now,
    checks=(
        Check("returns one number for each of my actions", returns_one_number_per_action),
        Check("weighs what the partner may do", weighs_what_the_partner_may_do),
        Check("is right for a partner that never explores, and for one that always does", holds_at_the_ends),
    ),
    hints=(
        "Two things can happen: the partner explores, or it does not. What do my actions bring in each case, and how "
        "likely is it?",
        "If it does not explore, I get column `payoffs[:, favorite]`. If it does, each column is equally likely, so I "
        "get `payoffs.mean(axis=1)`.",
        "Multiply the column by `1 - epsilon`, the means by `epsilon`, and add the two.",
    ),
    explanation="It is an action value of lesson 01 for a partner that mixes two policies: its favorite with "
    "probability 1 - epsilon, and all actions alike with probability epsilon. If the favorite or epsilon changes, so "
    "does the truth about my actions.",
    domain=DOMAIN,
)
