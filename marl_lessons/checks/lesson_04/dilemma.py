"""Exercise 4.3: the four games of two who may cooperate or defect, and would both rather cooperate."""

import itertools

import numpy as np

from marl_lessons.checks.lesson_04.dilemma_ideas import DILEMMA_MISCONCEPTIONS, look_up
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import Domain, Parameter, equals
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_word
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.specification import Check, Exercise

CLASSICS = {"prisoner's dilemma": (3, 0, 5, 1), "stag hunt": (4, 0, 3, 2), "chicken": (3, 2, 4, 1)}
NAMES = ("harmony", "stag hunt", "prisoner's dilemma", "chicken")


def name_dilemma(R, S, T, P):
    """Name a symmetric game by the order of its four payoffs, R above P."""
    greed, fear = T > R, P > S
    if greed:
        return "prisoner's dilemma" if fear else "chicken"
    return "stag hunt" if fear else "harmony"


LEGAL_ORDERS = [(R, S, T, P) for R, S, T, P in itertools.permutations(range(4)) if R > P]


@keep_cases
def draw_payoffs(rng):
    """Examples to check by hand, then all orders of four payoffs that the table names, with numbers of every kind."""
    cases = [*CLASSICS.values(), (4, 0, 3, 3.5), (5, 2, 4, 1), (4, 3, 2, 1), (3, 0, 10, 1)]
    cases += [(2, -1, 3, 0), (0, -2, 1, -1), (1, -1, 0, -2)]
    for index, ranks in enumerate(LEGAL_ORDERS * 6):
        numbers = draw_different(rng, index + index // len(LEGAL_ORDERS))  # each order with numbers of each kind
        cases.append(tuple(numbers[rank] for rank in ranks))
    return cases


def draw_different(rng, index):
    """Draw four different numbers in rising order, in turn: whole, tenths, negative, a hair apart, around 0, large."""
    steps, ranks = np.sort(rng.choice(np.arange(1, 100), size=4, replace=False)), np.arange(4)
    zero = ranks - rng.integers(4)
    numbers = (steps, steps / 10, steps - 100, 3 + ranks / 100_000, zero * steps[0], 2_000 + ranks * 0.4)[index % 6]
    return (numbers * (1 if index % 4 else 1.0)).tolist()


def returns_one_of_the_names(answer, rng):
    for position, case in enumerate(draw_payoffs(rng)):
        if position and answer(*case) is None:  # others got a name, so `return` is there
            raise Mistake(
                "The result is `None` for these payoffs, though others get a name. Which line of yours returns one "
                f"here? {_tell_greed_and_fear(case)}\nThis was asked:\n{answer.show_call(case, got=(None,))}"
            )
        expect_word(answer, case, NAMES)


def names_the_classic_games(answer, rng):
    if any(answer(*case) != name for name, case in CLASSICS.items()):
        _expect_names(answer, draw_payoffs(rng))


def names_all_orders(answer, rng):
    _expect_names(answer, draw_payoffs(rng))


def _expect_names(answer, cases):
    expect_agreement(answer, cases, look_up, DILEMMA_MISCONCEPTIONS, explain=_explain_name)


def _explain_name(trial):
    return _tell_greed_and_fear(trial.case)


def _tell_greed_and_fear(payoffs):
    R, S, T, P = payoffs
    greed = f"greed (T > R: {T:.6g} > {R:.6g})" if T > R else f"greed (R > T: {R:.6g} > {T:.6g})"
    fear = f"fear (P > S: {P:.6g} > {S:.6g})" if P > S else f"fear (S > P: {S:.6g} > {P:.6g})"
    if (T > R) == (P > S):
        return f"Here is {greed} and {fear}." if T > R else f"Here is neither {greed} nor {fear}."
    found, missing = (greed, fear) if T > R else (fear, greed)
    return f"Here is {found}, but no {missing}."


def is_plain_number(value):
    """Tell whether a value is a number of Python's, as `tolist()` gives them."""
    return type(value) in (int, float)


def is_called(name):
    """Return a test whether four payoffs make the game of this name."""
    return lambda *payoffs: look_up(*payoffs) == name


DOMAIN = Domain(
    parameters=tuple(
        Parameter(
            name,
            is_plain_number,
            {
                "is negative": lambda value: value < 0,
                "is 0": equals(0),
                "is a fraction": lambda value: value % 1 != 0,
                "is a whole number by its type": lambda value: type(value) is int,
            },
        )
        for name in "RSTP"
    ),
    fit=lambda R, S, T, P: len({R, S, T, P}) == 4 and R > P,
    corners={f"it is {name}": is_called(name) for name in NAMES}
    | {
        "two payoffs are only 0.00001 apart": lambda *payoffs: min(np.diff(sorted(payoffs))) < 0.0001,
        "a payoff is above 1,000": lambda *payoffs: max(payoffs) > 1000,
        "a payoff is a fraction": lambda *payoffs: any(payoff % 1 != 0 for payoff in payoffs),
        "a payoff is negative": lambda *payoffs: min(payoffs) < 0,
        "a payoff is 0": lambda *payoffs: 0 in payoffs,
        "T is above R": lambda R, S, T, P: T > R,
        "P is above S": lambda R, S, T, P: P > S,
        "S is above R": lambda R, S, T, P: S > R,
        "P is above T": lambda R, S, T, P: P > T,
        "S is above T": lambda R, S, T, P: S > T,
    },
)

EXERCISE = Exercise(
    id="4.3",
    title="Which dilemma is it?",
    reference=name_dilemma,
    checks=(
        Check("returns one of the four names", returns_one_of_the_names),
        Check("names the three classic games", names_the_classic_games),
        Check("names every game of the table", names_all_orders),
    ),
    hints=(
        "Two questions decide. Does it tempt you to defect beside a cooperator (T > R)? Beside a defector (P > S)?",
        "The two questions have four answers: both yes, only the first, only the second, neither. Each of them is one "
        "cell of the table.",
        "Both yes: prisoner's dilemma. Only T > R (greed): chicken. Only P > S (fear): stag hunt. Neither: harmony.",
    ),
    explanation="T > R is greed: defecting beside a cooperator pays. P > S is fear: cooperating beside a defector "
    "costs. Both make the prisoner's dilemma, greed alone chicken, fear alone the stag hunt, and without either there "
    "is no dilemma: harmony.",
    domain=DOMAIN,
    earlier=("2.3@1",),
)
