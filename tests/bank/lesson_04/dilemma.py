"""Answers to exercise 4.3."""

from tests.bank.bank import Answers, Cell, Told

NAMES = ("prisoner's dilemma", "chicken", "stag hunt", "harmony")


def two_questions(greed="T > R", fear="P > S", names=NAMES, before=""):
    """Write the answer that asks two questions, below a line; names: for both, greed, fear and neither."""
    both, greed_alone, fear_alone, neither = names
    return f"""
            {before}
            if {greed}:
                return "{both}" if {fear} else "{greed_alone}"
            return "{fear_alone}" if {fear} else "{neither}"
            """


ANSWERS = {
    "4.3": Answers(
        right=[
            """
            if T > R:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """,
            """
            if T > R and P > S:
                return "prisoner's dilemma"
            elif T > R and S > P:
                return "chicken"
            elif R > T and P > S:
                return "stag hunt"
            else:
                return "harmony"
            """,
            """
            if R > T:
                name = "harmony" if S > P else "stag hunt"
            else:
                name = "chicken" if S > P else "prisoner's dilemma"
            return name
            """,
            """
            names = [["harmony", "stag hunt"], ["chicken", "prisoner's dilemma"]]
            return names[T > R][P > S]
            """,
            """
            match T > R, P > S:
                case True, True:
                    return "prisoner's dilemma"
                case True, False:
                    return "chicken"
                case False, True:
                    return "stag hunt"
            return "harmony"
            """,
            """
            greed, fear = max(T, R) == T, max(P, S) == P
            if greed:
                return ("chicken", "prisoner's dilemma")[int(fear)]
            return ("harmony", "stag hunt")[int(fear)]
            """,
            """
            order = sorted("RSTP", key=dict(R=R, S=S, T=T, P=P).get, reverse=True)
            place = {letter: order.index(letter) for letter in order}
            if place["T"] < place["R"]:
                return "prisoner's dilemma" if place["P"] < place["S"] else "chicken"
            return "stag hunt" if place["P"] < place["S"] else "harmony"
            """,
            Cell("""
            name_dilemma = lambda r, s, t, p: (
                (("harmony", "stag hunt"), ("chicken", "prisoner's dilemma"))[t > r][p > s]
            )
            """),
            Cell("""
            from enum import StrEnum

            class Game(StrEnum):
                HARMONY = "harmony"
                STAG_HUNT = "stag hunt"
                CHICKEN = "chicken"
                DILEMMA = "prisoner's dilemma"

            class Namer:
                def __call__(self, *payoffs):
                    R, S, T, P = payoffs
                    print(payoffs)
                    return list(Game)[2 * (T > R) + (P > S)]

            name_dilemma = Namer()
            """),
            Cell("""
            name_dilemma = np.vectorize(
                lambda r, s, t, p: ["harmony", "stag hunt", "chicken", "prisoner's dilemma"][2 * (t > r) + (p > s)],
                otypes=[object],
            )
            """),
            Cell("""
            import functools

            def name(names, R, S, T, P, /):
                assert len({R, S, T, P}) == 4
                return str(names[2 * int(T > R) + int(P > S)])

            names = np.array(["harmony", "stag hunt", "chicken", "prisoner's dilemma"])
            name_dilemma = functools.partial(name, names)
            """),
        ],
        wrong={
            # Other questions, and other names.
            two_questions(greed="T > S"): "For greed you compare T with S.",
            two_questions(fear="R > S"): "You compare R with S.",
            two_questions(fear="T > S"): "For fear you compare T with S.",
            """
            greed, fear = T > R, P > S
            if greed and fear:
                return "harmony"
            return "chicken" if greed else "stag hunt" if fear else "prisoner's dilemma"
            """: "You mixed up harmony and the prisoner's dilemma",
            """
            if T > R:
                return "chicken"
            if T > R and P > S:
                return "prisoner's dilemma"
            return "stag hunt" if P > S else "harmony"
            """: "You call a prisoner's dilemma chicken.",
            """
            if P > S:
                return "stag hunt"
            if T > R:
                return "prisoner's dilemma" if P > S else "chicken"
            return "harmony"
            """: "You call a prisoner's dilemma a stag hunt.",
            two_questions(
                names=("prisoner's dilemma", "chicken", "harmony", "stag hunt")
            ): "You mixed up harmony and stag hunt.",
            two_questions(
                names=("prisoner's dilemma", "harmony", "stag hunt", "chicken")
            ): "You mixed up harmony and chicken.",
            two_questions(
                names=("stag hunt", "chicken", "prisoner's dilemma", "harmony")
            ): "You mixed up stag hunt and the prisoner's dilemma.",
            # Right for some numbers only.
            two_questions(before="R, S, T, P = (round(x, 1) for x in (R, S, T, P))"): Told(
                "two payoffs are only 0.00001 apart", never=("You mixed up",)
            ),
            two_questions(before="R, S, T, P = map(abs, (R, S, T, P))"): "Wrong only where a payoff is negative",
            two_questions(before='if not (R and S and T and P): return "harmony"'): "Wrong only where a payoff is 0",
            two_questions(greed="T > R and not np.isclose(T, R)"): "# expected:",
            """
            if T > R > P > S and 2 * R > T + S:
                return "prisoner's dilemma"
            if T > R:
                return "stag hunt" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: "Here is greed (T > R: 10 > 3) and fear",
            two_questions(greed="T / R > 1"): "ZeroDivisionError",
            'return ["chicken"]': Told("Return one of these words, in quotes.", never=("as the docstring",)),
            # The ideas that the lesson knows by name.
            two_questions(greed="S > R", fear="P > T"): "You mixed up S and T",
            two_questions(
                names=("prisoner's dilemma", "stag hunt", "chicken", "harmony")
            ): "You mixed up stag hunt and chicken",
            two_questions(fear="S > P"): "Your fear is the wrong way round",
            two_questions(greed="R > T"): "Your greed is the wrong way round",
            two_questions(greed="T > P"): "You compare T with P",
            # Right for some games only.
            'return "prisoner\'s dilemma"': "Your function never reads its parameter `R`.",
            """
            if T > R > P > S:
                return "prisoner's dilemma"
            if R > T > P > S:
                return "stag hunt"
            if T > R > S > P:
                return "chicken"
            return "harmony"
            """: "# expected: 'stag hunt'",
            """
            if T > R or P > S:
                return "prisoner's dilemma"
            return "chicken" if T > R else "harmony"
            """: "It takes both: `and`, not `or`.",
            two_questions(before='if P > T: return "harmony"'): "# expected: 'stag hunt'",
            """
            if T > R:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt"
            """: "Here is neither greed (R > T",
            """
            if T > R and P > S:
                return "chicken"
            if T > R:
                return "prisoner's dilemma"
            return "stag hunt" if P > S else "harmony"
            """: "You mixed up chicken and the prisoner's dilemma.",
            """
            known = {(3, 0, 5, 1): "prisoner's dilemma", (4, 0, 3, 2): "stag hunt", (3, 2, 4, 1): "chicken"}
            return known.get((R, S, T, P), "harmony")
            """: Told("# expected: ", never=("You mixed up",)),
            # Results of another kind.
            """
            if T > R and P > S:
                return "prisoner's dilemma"
            if T > R:
                return "chicken"
            if P > S:
                return "stag hunt"
            """: Told("Here is neither greed (R > T", never=("Did you forget `return`",)),
            """
            if T > R > P > S:
                return "prisoner's dilemma"
            if R > T > P > S:
                return "stag hunt"
            if T > R > S > P:
                return "chicken"
            if R > T > S > P:
                return "harmony"
            """: Told("Which line of yours returns one here?", never=("Did you forget `return`",)),
            """
            if T > R and P > S:
                return "prisoner's dilemma"
            elif T > R:
                "chicken"
            elif P > S:
                "stag hunt"
            else:
                "harmony"
            """: "Which line of yours returns one here?",
            """
            if T > R:
                "prisoner's dilemma" if P > S else "chicken"
            else:
                "stag hunt" if P > S else "harmony"
            """: "Did you forget `return`?",
            two_questions(
                names=("Prisoner's Dilemma", "Chicken", "Stag Hunt", "Harmony")
            ): """Write it as the docstring does: "prisoner's dilemma".""",
            two_questions(
                names=("prisoners dilemma", "chicken", "stag_hunt", "harmony")
            ): """Write it as the docstring does: "prisoner's dilemma".""",
            two_questions(
                names=("prisoner’s dilemma", "chicken", "stag hunt", "harmony")
            ): """Write it as the docstring does: "prisoner's dilemma".""",
            'return "coordination"': "got a str: 'coordination'.",
            "return T > R, P > S": "got a tuple: (True, True)",
            "return T > R and P > S": "got a bool: True",
            # Code that does not run.
            """
            greed = T > R
            if greed and fear:
                return "prisoner's dilemma"
            return "harmony"
            """: "NameError: name 'fear' is not defined",
            """
            if T > R and P > S:
                name = "prisoner's dilemma"
            elif T > R:
                name = "chicken"
            elif R > T and P > S:
                name = "stag hunt"
            return name
            """: "Give the name a value on every path",
            """
            (R, S), (T, P) = R
            return "harmony"
            """: "TypeError",
            """
            if payoffs[1, 1] > payoffs[0, 0]:
                return "deadlock"
            return "harmony"
            """: "NameError: name 'payoffs' is not defined",
            Cell("""
            R, S, T, P = 3, 0, 5, 1

            def name_dilemma(R, T, S, P):
                return "prisoner's dilemma"
            """): "Keep the order of the parameters, `name_dilemma(R, S, T, P)`;",
            Cell("""
            bonus = 0.35

            def name_dilemma(R, S, T, P):
                if bonus > 0.3:
                    return "prisoner's dilemma"
                return "stag hunt" if bonus > 0.25 else "harmony"
            """): "It reads the notebook's `bonus`, which stays the same",
        },
    ),
}
