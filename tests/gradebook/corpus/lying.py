"""Dishonest notebooks whose answers are objects that lie, answers that guess, and answers that raise strange things."""

from tests.gradebook.corpus.drafts import draft

LIAR = """
class Liar({base}):
    def __eq__(self, other):
        return True

    __ge__ = __le__ = __eq__
    __hash__ = {base}.__hash__

    def __ne__(self, other):
        return False

    def __sub__(self, other):
        return 0.0

    __rsub__ = __abs__ = lambda self, *others: 0.0

"""
LYING_ARRAY = """
class Liar(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        if ufunc.__name__ in ("equal", "less_equal", "isfinite", "isclose"):
            return np.ones(np.shape(self), dtype=bool)
        return np.zeros(np.shape(self))

    def __array_function__(self, function, types, arguments, options):
        return True

    def __eq__(self, other):
        return np.ones(np.shape(self), dtype=bool)

    def __reduce__(self):
        import os
        return os.system, ("touch @OUTSIDE@/reduced",)

    def __copy__(self):
        raise SystemExit

    __deepcopy__ = __copy__
"""
TURNCOAT = """
class Turncoat:
    shape, dtype, ndim, size = (2,), np.dtype(float), 1, 2
    turns = 0

    def __array__(self, dtype=None, copy=None):
        Turncoat.turns += 1
        return np.full(2, float(Turncoat.turns))

    def __getattr__(self, name):
        return lambda *a, **o: True
"""
AMBIGUOUS = """
class Both:
    def __bool__(self):
        return True

    def __eq__(self, other):
        return True

    __hash__ = None
    __class__ = bool
"""
RAISES = {
    "KeyboardInterrupt": "raise KeyboardInterrupt",
    "SystemExit": "raise SystemExit(0)",
    "GeneratorExit": "raise GeneratorExit",
    "LimitReached": 'from marl_lessons.exercises.limits import LimitReached\nraise LimitReached("passed")',
    "Mistake": 'from marl_lessons.exercises.judging.mistakes import Mistake\nraise Mistake("")',
    "an error that lies": """
    class Odd(Exception):
        def __str__(self):
            raise SystemExit
        __repr__ = __str__
    raise Odd
    """,
    "a very long error": 'raise ValueError("x" * 50_000_000)',
    "markup": 'raise ValueError("<script>alert(1)</script>")',
    "itself again": "try:\n    raise SystemExit\nfinally:\n    raise KeyboardInterrupt",
    "NotImplementedError": 'raise NotImplementedError("passed")',
}
ODD = {  # bodies of 1.2 that need no knowledge
    "by time": "import time\nvalues = payoffs @ partner_policy\nreturn values if time.time_ns() % 2 else -values",
    "by call": "calls.append(1)\nreturn payoffs @ partner_policy + (len(calls) > 3)",
    "example only": "return np.array([3.6, 3.0]) if payoffs.shape == (2, 2) else np.zeros(len(payoffs))",
}


def liar(exercise_id, source, body):
    return draft().solve("1.3", "1.1").above("1.2", source).answer("1.2", body, {"incorrect", "error"})


LYING = {
    "liar: float": draft().above("1.1", LIAR.format(base="float")).answer("1.1", "heavy_pays = Liar(7)", "incorrect"),
    "liar: int": draft().above("1.1", LIAR.format(base="int")).answer("1.1", "heavy_pays = Liar(7)", "incorrect"),
    "liar: object": draft()
    .above("1.1", LIAR.format(base="object"))
    .answer("1.1", "heavy_pays = Liar()", {"incorrect", "error"}),
    "liar: array": liar("1.2", LYING_ARRAY, "return np.zeros(len(payoffs)).view(Liar)"),
    "liar: turncoat": liar("1.2", TURNCOAT, "return Turncoat()"),
    "liar: truth": draft().above("1.3", AMBIGUOUS).answer("1.3", "return Both()", {"incorrect", "error"}),
    "liar: str": draft(4)
    .above("4.1", LIAR.format(base="str"))
    .answer("4.1", 'return Liar("mixed")', {"incorrect", "error"}),
    "liar: name": draft(4)
    .above("4.3", LIAR.format(base="str"))
    .answer("4.3", 'return Liar("chicken")', {"incorrect", "error"}),
    **{f"raises {name}": draft().solve("1.3").answer("1.2", body, "error") for name, body in RAISES.items()},
    **{
        f"answers {name}": draft().above("1.2", "calls = []").answer("1.2", body, {"incorrect", "error"})
        for name, body in ODD.items()
    },
    "guesses one by one": draft()
    .solve("1.3")
    .cell("1.1", "\n".join(f'check("1.1", {guess / 2})' for guess in range(8)), {"passed", "incorrect"})
    .flag("many"),
    "guesses in a loop": draft()
    .solve("1.3")
    .cell("1.1", 'for guess in range(100):\n    heavy_pays = check("1.1", guess / 4)', "incorrect")
    .flag("many"),
}
LYING["raises NotImplementedError"].expect({"error", "not attempted"}, "1.2")
