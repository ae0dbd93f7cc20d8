"""What exercise 4.3 asks by definition, and the wrong ideas of it: other questions, and other names."""

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


def rename(**names):
    """Return the function that is right but for the names of some games; a blank is written as _."""
    swapped = {key.replace("_", " "): name for key, name in names.items()}

    def name(*payoffs):
        right = look_up(*payoffs)
        return swapped.get(right.replace("'s", ""), right)

    return name


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
    Misconception(
        rename(chicken="stag hunt", stag_hunt="chicken"),
        "You mixed up stag hunt and chicken. Fear alone (P > S) makes a stag hunt, greed alone (T > R) makes chicken.",
    ),
    Misconception(
        rename(harmony="prisoner's dilemma", prisoner_dilemma="harmony"),
        "You mixed up harmony and the prisoner's dilemma. Greed and fear make a prisoner's dilemma; without both there "
        "is harmony.",
    ),
    Misconception(
        rename(harmony="stag hunt", stag_hunt="harmony"),
        "You mixed up harmony and stag hunt. Fear alone (P > S) makes a stag hunt; with neither fear nor greed there "
        "is harmony.",
    ),
    Misconception(
        rename(harmony="chicken", chicken="harmony"),
        "You mixed up harmony and chicken. Greed alone (T > R) makes chicken; with neither fear nor greed there is "
        "harmony.",
    ),
    Misconception(
        rename(chicken="prisoner's dilemma", prisoner_dilemma="chicken"),
        "You mixed up chicken and the prisoner's dilemma. Greed alone makes chicken; greed and fear make a prisoner's "
        "dilemma.",
    ),
    Misconception(
        rename(stag_hunt="prisoner's dilemma", prisoner_dilemma="stag hunt"),
        "You mixed up stag hunt and the prisoner's dilemma. Fear alone makes a stag hunt; greed and fear make a "
        "prisoner's dilemma.",
    ),
    Misconception(
        rename(chicken="prisoner's dilemma", stag_hunt="prisoner's dilemma"),
        "Greed or fear alone makes a prisoner's dilemma for you. It takes both: `and`, not `or`.",
    ),
    Misconception(
        rename(prisoner_dilemma="chicken"),
        "You call a prisoner's dilemma chicken. Does a line that asks for greed alone answer first? It takes no fear, "
        "too.",
    ),
    Misconception(
        rename(prisoner_dilemma="stag hunt"),
        "You call a prisoner's dilemma a stag hunt. Does a line that asks for fear alone answer first? It takes no "
        "greed, too.",
    ),
    *(Misconception(name_by(*questions), message) for *questions, message in IDEAS),
)
