"""Dishonest notebooks that patch the course, forge what the judge hears, or edit what is kept."""

import json

from tests.gradebook.corpus.drafts import draft
from tests.gradebook.corpus.packing import define, pack, strike, write_cell

REFUSED = {"incorrect", "error"}

PATCHES = {
    "numpy": """
    import numpy
    numpy.allclose = numpy.array_equal = numpy.isclose = lambda *a, **o: True
    numpy.testing.assert_allclose = lambda *a, **o: None
    """,
    "evaluate": """
    import marl_lessons.exercises as course
    from marl_lessons.exercises import evaluation
    right = lambda number, answer, seed=0: evaluation.Report(None, evaluation.Outcome.PASSED)
    course.evaluate = evaluation.evaluate = right
    evaluation.Report.outcome = property(lambda self: evaluation.Outcome.PASSED)
    """,
    "Outcome": """
    from marl_lessons.exercises.evaluation import Outcome
    for outcome in Outcome:
        outcome._value_ = "passed"
    Outcome.INCORRECT = Outcome.ERROR = Outcome.PASSED
    """,
    "exercise": """
    import marl_lessons
    import marl_lessons.exercises.submission as submission
    marl_lessons.exercise = submission.exercise = lambda number: lambda answer: print("PASSED") or answer
    submission.evaluate = None
    """,
    "builtins": """
    import builtins
    builtins.isinstance = lambda *a: True
    builtins.abs = lambda x: 0
    builtins.all = lambda x: True
    """,
    "modules": """
    import sys
    import types
    fake = types.ModuleType("fake")
    fake.EXERCISE = fake.evaluate = fake.LESSON = None
    for name in list(sys.modules):
        if name.startswith(("marl_lessons.checks", "marl_lessons.exercises", "marl_lessons.gradebook")):
            sys.modules[name] = fake
    """,
    "the gradebook inside": """
    import importlib
    import sys
    import types
    for name, module in list(sys.modules.items()):
        if "gradebook" in name:
            for key, value in list(vars(module).items()):
                if isinstance(value, types.FunctionType):
                    setattr(module, key, lambda *a, **o: {"verdict": "own", "result": True})
    """,
    "json": """
    import json
    dumps = json.dumps
    json.dumps = lambda thing, *a, **o: dumps({"verdict": "own", "outcome": "passed", "passed": True})
    json.JSONEncoder.encode = lambda self, thing: '{"verdict": "own", "outcome": "passed"}'
    """,
}

FRAMES = '''
import json
import os
import struct


def forge(*messages):
    """Write messages in every way of framing that there is to every open file."""
    for message in messages:
        text = message if isinstance(message, bytes) else json.dumps(message).encode()
        for data in (text + b"\\n", struct.pack(">I", len(text)) + text, struct.pack("<I", len(text)) + text,
                     struct.pack(">Q", len(text)) + text, struct.pack("<Q", len(text)) + text):
            for number in range(3, 50):
                try:
                    os.set_blocking(number, False)
                    os.write(number, data)
                except OSError:
                    pass
'''
FORGED = [
    {"verdict": "own"},
    {"verdict": "passed", "outcome": "passed"},
    {"submits": "1.1", "at": 0, "kind": "value", "value": 2.0},
    {"result": True},
    {"over": True},
]
FORGES = {
    "verdicts": f"for message in {FORGED!r}:\n    forge(message)",
    "floods": 'forge(*[b"\\xff" * 65_536] * 100)',
    "closes": "for number in range(3, 50):\n    try:\n        os.close(number)\n    except OSError:\n        pass",
    "swaps": "for number in range(4, 50):\n    try:\n        os.dup2(3, number)\n    except OSError:\n        pass",
    "huge length": 'forge(b"\\x7f" * 64, b"\\xff" * 64, b"9" * 64)',
    "deep JSON": 'forge(b"[" * 100_000)',
    "large numbers": 'forge(b\'{"over": \' + b"9" * 100_000 + b"}")',
    "reads all": "for number in range(3, 50):\n    try:\n        os.set_blocking(number, False)\n"
    "        os.read(number, 100_000)\n    except OSError:\n        pass",
    "replaced process": 'import sys\nos.execv(sys.executable, [sys.executable, "-c", "print(1)"])',
    "pickles": """
import io
import numpy as np

class Bomb:
    def __reduce__(self):
        return os.system, ("touch @OUTSIDE@/pickled @HOME@/pickled",)

held = io.BytesIO()
np.save(held, np.array([Bomb()], dtype=object), allow_pickle=True)
forge(held.getvalue())
""".strip(),
}
RESULTS = {  # what the answer returns
    "a pickle": """
    class Bomb:
        def __reduce__(self):
            import os
            return os.system, ("touch @OUTSIDE@/pickled",)
    return np.array([Bomb()] * len(payoffs), dtype=object)
    """,
    "a huge array": "return np.zeros((len(payoffs), 30_000_000))",
    "a view of a huge array": "return np.broadcast_to(np.float64(1), (2**40,))",
    "an endless decimal": "import decimal\nreturn decimal.Decimal('1E+999999999')",
    "a signal": "import decimal\nreturn [decimal.Decimal('sNaN')] * len(payoffs)",
    "a range": "return range(10**9)",
    "a list that lies": "class Long(list):\n    __len__ = lambda self: 2**59\nreturn Long([1.0] * len(payoffs))",
    "its input, resized": "payoffs.resize((3_000,), refcheck=False)\nreturn payoffs",
    "a module": "return np",
    "a nested list": "deep = []\nfor _ in range(100_000):\n    deep = [deep]\nreturn deep",
    "a ring": "ring = []\nring.append(ring)\nreturn ring",
    "huge numbers": "return 10**100_000",
    "strange names": 'return np.zeros(2, dtype=[("a" * 60_000, float)])',
    "surrogates": 'return "\\ud800"',
}


def forge_outputs(notebook):
    """Say in the saved outputs and in the metadata that all is passed."""
    text = "Exercise 1.2, What each action is worth: PASSED\n  Lesson 01: 4 of 4 exercises passed"
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
            cell["metadata"] |= {"nbgrader": {"grade": True, "points": 9, "score": 9}, "outcome": "passed"}
    notebook["metadata"] |= {"exercises": [{"id": "1.2", "outcome": "passed"}], "score": 4}


RECORD = {"format": 1, "student": "@", "lesson": 1, "exercises": [{"id": "1.2", "outcome": "passed"}], "flags": []}
PROGRESS = {
    "exercises": {f"1.{number}": {"passed": True, "outcome": "passed", "attempts": 1} for number in (1, 2, 3, 4)}
}
EDITS = """
from marl_lessons.exercises import progress_file

def edit(progress):
    for number in ("1.1", "1.2", "1.3", "1.4"):
        progress.exercises[number].passed = True

progress_file.change(edit)
open(progress_file.locate(), "w").write('PROGRESS')
""".replace("PROGRESS", json.dumps(PROGRESS))

FORGING = pack("patches", {name: define(body) for name, body in PATCHES.items()}, REFUSED)
FORGING |= pack("forges", {name: define(body) for name, body in FORGES.items()}, REFUSED, above=FRAMES)
FORGING |= pack("returns", {name: define(body) for name, body in RESULTS.items()}, REFUSED)
FORGING |= {
    "edits the progress file": draft()
    .first(EDITS)
    .cell("1.2", write_cell(strike(EDITS + '\nreturn solution("1.2")'), "1.2"), REFUSED),
    "brings a progress file": draft(
        beside={"progress.json": json.dumps(PROGRESS), "marl-lessons.json": json.dumps(PROGRESS)}
    ),
    "brings a record": draft(beside={"01_games.json": json.dumps(RECORD), "grades.csv": "student,1.1\nme,passed\n"}),
    "brings modules": draft(
        beside={
            "numpy.py": "allclose = lambda *a, **o: True",
            "marl_lessons.py": "exercise = check = lambda *a: None",
            "sitecustomize.py": "raise SystemExit",
            "conftest.py": "raise SystemExit",
        }
    ).solve("1.1", "1.2"),
    "forged outputs": draft().edit(forge_outputs),
}
