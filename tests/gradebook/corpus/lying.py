"""Dishonest notebooks whose answers are objects that lie, answers that guess, and answers that raise strange things."""

from tests.gradebook.corpus.drafts import draft
from tests.gradebook.corpus.packing import define, pack

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
}
ODD = {  # bodies of answers that know nothing, or not always
    "by time": "import time\nreturn @RIGHT@ if time.time_ns() % 2 else None",
    "by number": "calls.append(1)\nreturn @RIGHT@ if len(calls) < 9 else None",
    "the example": "return np.array([False, True]) if payoffs.shape == (2, 2) else np.ones(len(payoffs), dtype=bool)",
}
REFUSED = {"incorrect", "error"}

LYING = {
    "liar: float": draft().above("1.1", LIAR.format(base="float")).answer("1.1", "heavy_pays = Liar(7)", "incorrect"),
    "liar: others": draft()
    .above("1.1", LIAR.format(base="int") + LYING_ARRAY.replace("Liar", "LyingArray") + AMBIGUOUS + TURNCOAT)
    .answer("1.1", "heavy_pays = Liar(7)", "incorrect")
    .answer("1.2", "return np.zeros(len(payoffs)).view(LyingArray)", REFUSED)
    .answer("1.3", "return Both()", REFUSED)
    .answer("1.4", "return Turncoat()", REFUSED),
    "liar: object": draft().above("1.1", LIAR.format(base="object")).answer("1.1", "heavy_pays = Liar()", REFUSED),
    "liar: words": draft(4)
    .above("4.1", LIAR.format(base="str"))
    .answer("4.1", 'return Liar("mixed")', REFUSED)
    .answer("4.3", 'return Liar("chicken")', REFUSED),
    **pack("raises", {name: define(body) for name, body in RAISES.items()}, {"error"}),
    **pack("answers", {name: define(body) for name, body in ODD.items()}, REFUSED, above="calls = []"),
    "raises NotImplementedError": draft().answer(
        "1.2", 'raise NotImplementedError("passed")', {"not attempted", "error"}
    ),
    "guesses one by one": draft()
    .solve("1.3")
    .cell("1.1", "\n".join(f'check("1.1", {guess / 2})' for guess in range(8)), {"passed", "incorrect"})
    .flag("many"),
    "guesses in a loop": draft()
    .solve("1.3")
    .cell("1.1", 'for guess in range(100):\n    heavy_pays = check("1.1", guess / 4)', "incorrect")
    .flag("many"),
}
