"""What exercise 4.3 asks by definition, and the wrong ideas of it: other questions, and other names."""

from itertools import combinations, starmap

from marl_lessons.exercises.judging.mistakes import Misconception


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
    return name_by_two_questions(greed=T > R, fear=P > S)


def name_by(greed, fear):
    """Return the function that names a game by two other questions."""

    def name(*payoffs):
        return name_by_two_questions(greed(*payoffs), fear(*payoffs))

    return name


def is_greedy(R, S, T, P):
    """Answer the first question."""
    return T > R


def is_fearful(R, S, T, P):
    """Answer the second question."""
    return P > S


def rename(names):
    """Return the function that is right but for the names of some games, as they are -> as it calls them."""

    def name(*payoffs):
        right = look_up(*payoffs)
        return names.get(right, right)

    return name


def mix_up(one, other):
    """Return the misconception that calls each of two games by the other's name."""
    (first, why_first), (second, why_second) = GAMES[one], GAMES[other]
    return Misconception(
        rename({one: other, other: one}), f"You mixed up {first} and {second}. {why_first} {why_second}"
    )


GAMES = {  # name -> what a sentence calls it, and what makes it
    "harmony": ("harmony", "With neither greed nor fear there is harmony."),
    "stag hunt": ("stag hunt", "Fear alone (P > S) makes a stag hunt."),
    "chicken": ("chicken", "Greed alone (T > R) makes chicken."),
    "prisoner's dilemma": ("the prisoner's dilemma", "Greed and fear make a prisoner's dilemma."),
}
GREED = "Greed is about a partner who cooperates: defecting pays T there, cooperating R."
FEAR = "Fear is about a partner who defects: cooperating pays S there, defecting P."
IDEAS = (
    (lambda R, S, T, P: S > R, lambda R, S, T, P: P > T, "You mixed up S and T. " + GREED),
    (lambda R, S, T, P: R > T, is_fearful, "Your greed is the wrong way round. " + GREED),
    (lambda R, S, T, P: T > P, is_fearful, "You compare T with P. " + GREED),
    (lambda R, S, T, P: T > S, is_fearful, "For greed you compare T with S. " + GREED),
    (is_greedy, lambda R, S, T, P: S > P, "Your fear is the wrong way round. " + FEAR),
    (is_greedy, lambda R, S, T, P: R > S, "You compare R with S. " + FEAR),
    (is_greedy, lambda R, S, T, P: T > S, "For fear you compare T with S. " + FEAR),
)
DILEMMA_MISCONCEPTIONS = (
    *starmap(mix_up, combinations(GAMES, 2)),
    Misconception(
        rename({"chicken": "prisoner's dilemma", "stag hunt": "prisoner's dilemma"}),
        "Greed or fear alone makes a prisoner's dilemma for you. It takes both: `and`, not `or`.",
    ),
    Misconception(
        rename({"prisoner's dilemma": "chicken"}),
        "You call a prisoner's dilemma chicken. Does a line that asks for greed alone answer first? It takes no fear, "
        "too.",
    ),
    Misconception(
        rename({"prisoner's dilemma": "stag hunt"}),
        "You call a prisoner's dilemma a stag hunt. Does a line that asks for fear alone answer first? It takes no "
        "greed, too.",
    ),
    *(Misconception(name_by(*questions), message) for *questions, message in IDEAS),
)
