"""Exercise 2.3: the five games of two who may cooperate or defect."""

import itertools
import re

from marl_lessons.exercises.expect import expect_agreement
from marl_lessons.exercises.mistakes import Misconception, Mistake
from marl_lessons.exercises.showing import describe
from marl_lessons.exercises.specification import Check, Exercise

NAMES = ("harmony", "stag hunt", "prisoner's dilemma", "chicken", "deadlock")


def name_dilemma(R, S, T, P):
    """Name a symmetric game by the order of its four payoffs; R must not be below P, or else it is a deadlock."""
    greed, fear = T > R, P > S
    if greed and fear:
        return "prisoner's dilemma" if R > P else "deadlock"
    if greed:
        return "chicken"
    return "stag hunt" if fear else "harmony"


def name_by_two_questions(greed, fear):
    """The four games of the table."""
    return {
        (True, True): "prisoner's dilemma",
        (True, False): "chicken",
        (False, True): "stag hunt",
        (False, False): "harmony",
    }[greed, fear]


def look_up(R, S, T, P):
    """The definition, as the lesson states it."""
    return "deadlock" if P > R else name_by_two_questions(greed=T > R, fear=P > S)


def draw_payoffs(rng):
    """The lesson's examples, then all orders of four different payoffs that the table names."""
    examples = [(3, 0, 5, 1), (4, 0, 3, 3.5), (3, 2, 4, 1), (5, 2, 4, 1)]
    orders = itertools.permutations(rng.choice(100, size=4, replace=False).tolist())
    # With P above R, the lesson names only the games in which defecting is better in any case.
    return examples + [(R, S, T, P) for R, S, T, P in orders if R > P or (T > R and P > S)]


def returns_one_of_the_names(answer, rng):
    for case in draw_payoffs(rng):
        name = answer(*case)
        if not isinstance(name, str) or name not in NAMES:
            raise Mistake(f"Expected one of the names {', '.join(NAMES)}, got {describe(name)}.{_find_remedy(name)}")


def _find_remedy(name):
    if name is None:
        return " Did you forget `return`? Every path needs one."
    letters = [re.sub("[^a-z]", "", str(text).lower()) for text in (name, *NAMES)]
    if letters[0] in letters[1:]:
        return " Only the spelling is wrong: copy the name from the docstring, with its small letters and marks."
    return ""


def names_the_classic_games(answer, rng):
    classics = {"prisoner's dilemma": (3, 0, 5, 1), "stag hunt": (4, 0, 3, 2), "chicken": (3, 2, 4, 1)}
    for name, payoffs in classics.items():
        if answer(*payoffs) != name:
            R, S, T, P = payoffs
            raise Mistake(f"R = {R}, S = {S}, T = {T}, P = {P} is called {name}; you call it {answer(*payoffs)}.")


def names_all_orders(answer, rng):
    expect_agreement(answer, draw_payoffs(rng), look_up, DILEMMA_MISCONCEPTIONS)


def name_deadlock_first(R, S, T, P):
    """Answer like the reference, in another order of the questions."""
    return "deadlock" if P > R else name_by_two_questions(T > R, P > S)


MIXED_UP_S_AND_P = "You mixed up S and P. S is what you get when you cooperate alone, P what both get when both defect."
MIXED_UP_S_AND_T = "You mixed up S and T. T is what you get when you defect alone, S when you cooperate alone."
DILEMMA_MISCONCEPTIONS = (
    Misconception(lambda R, S, T, P: name_dilemma(R, P, T, S), MIXED_UP_S_AND_P),
    Misconception(lambda R, S, T, P: name_deadlock_first(R, P, T, S), MIXED_UP_S_AND_P),
    Misconception(lambda R, S, T, P: name_dilemma(R, T, S, P), MIXED_UP_S_AND_T),
    Misconception(lambda R, S, T, P: name_deadlock_first(R, T, S, P), MIXED_UP_S_AND_T),
    Misconception(
        lambda R, S, T, P: name_by_two_questions(T > R, P > S),
        "Where P is above R you do not say deadlock: there, both are better off defecting together. If your code has "
        "a line for it, does an earlier line answer first?",
    ),
    Misconception(
        lambda R, S, T, P: "deadlock" if P > R else name_by_two_questions(greed=P > S, fear=T > R),
        "You mixed up stag hunt and chicken. Fear alone (P > S) makes a stag hunt, greed alone (T > R) makes chicken.",
    ),
    Misconception(
        lambda R, S, T, P: "deadlock" if P > R else name_by_two_questions(greed=T > R, fear=S > P),
        "Your fear is the wrong way round: who is alone in cooperating gets S, and fears it where P is above S.",
    ),
    Misconception(
        lambda R, S, T, P: "deadlock" if P > R else name_by_two_questions(greed=R > T, fear=P > S),
        "Your greed is the wrong way round: beside a cooperator, defecting tempts you where T is above R.",
    ),
    Misconception(
        lambda R, S, T, P: "deadlock" if P > R else name_by_two_questions(greed=T > P, fear=P > S),
        "You compare T with P. Greed is about a partner who cooperates: there you get T or R.",
    ),
)

EXERCISE = Exercise(
    id="2.3",
    title="Which dilemma is it?",
    reference=name_dilemma,
    checks=(
        Check("returns one of the five names", returns_one_of_the_names),
        Check("names the three classic games", names_the_classic_games),
        Check("names every game of the table, deadlock too", names_all_orders),
    ),
    hints=(
        "Two questions decide. Does it tempt you to defect beside a cooperator (T > R)? Beside a defector (P > S)?",
        "The two questions have four answers: both yes, only the first, only the second, neither. The first "
        "is two games: which one, R and P decide.",
        "Both yes: prisoner's dilemma, or deadlock where P is above R. Only T > R (greed): chicken. Only P > S (fear): "
        "stag hunt. Neither: harmony.",
    ),
    explanation="T > R is greed: defecting beside a cooperator pays. P > S is fear: cooperating beside a defector "
    "costs. Both make the prisoner's dilemma, greed alone chicken, fear alone the stag hunt, and without either there "
    "is no dilemma: harmony. With both, and P > R as well, there is nothing to regret: deadlock.",
)
