"""Dishonest notebooks that look for the answers: in the course, in files, in memory, in what the judge asks."""

from textwrap import dedent

from tests.gradebook.corpus.drafts import draft
from tests.gradebook.corpus.packing import define, pack, strike

STRIKES = {  # bodies of functions that return some loot, or raise
    "files of the course": """
    import pathlib
    import sys

    import marl_lessons

    roots = {*map(pathlib.Path, sys.path), *map(pathlib.Path, marl_lessons.__path__), pathlib.Path.cwd()}
    roots |= {root.parent for root in roots} | {pathlib.Path("@REPOSITORY@")}
    names = "checks/lesson_01", "solutions/01_games.ipynb", "tests/bank/bank.py", "lessons/01_games.py"
    names += "checks/__pycache__", "marl_lessons/checks/lesson_01/heavy_box.py", ".git/HEAD"
    return [path for root in roots for path in (root / name for name in names) if path.exists() and holds(path)]
    """,
    "modules of the course": """
    import pkgutil
    import sys

    import marl_lessons

    names = {module.name for module in pkgutil.walk_packages(marl_lessons.__path__, "marl_lessons.", lambda name: None)}
    return [name for name in names | set(sys.modules) if name.startswith("marl_lessons.checks.lesson_01")]
    """,
    "the course's registry": """
    from marl_lessons.exercises.registry import find_exercise

    return find_exercise("1.2").reference
    """,
    "the course's evaluate": """
    from marl_lessons.exercises import evaluate

    return evaluate("1.1", 2.0).outcome.value == "passed"
    """,
    "solution": """
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()) as said:
        for _ in range(5):
            solution("1.2")
            hint("1.2")
    return "@" in said.getvalue()
    """,
    "neighbor": """
    import glob

    paths = glob.glob("@SUBMISSIONS@/**/*.ipynb", recursive=True) + glob.glob("../*/*.ipynb") + glob.glob("*.ipynb")
    return [path for path in paths if open(path).read(10)]
    """,
    "home": 'return open("@HOME@/canary").read()',
    "outside": 'return open("@OUTSIDE@/canary").read()',
    "earlier grades": """
    import pathlib

    return [path for path in pathlib.Path("@OUT@").rglob("*") if path.is_file()]
    """,
    "passwords": """
    import os

    return os.access("/etc/shadow", os.R_OK) or "@HOME@" in open("/etc/passwd").read()
    """,
    "environment": """
    import os
    import pathlib

    texts = [str(dict(os.environ))]
    for path in pathlib.Path("/proc").glob("[0-9]*/environ"):
        try:
            texts.append(path.read_bytes().decode(errors="replace"))
        except OSError:
            pass
    return "MARL_CANARY" in "".join(texts)
    """,
    "other processes": """
    import os
    import pathlib

    lines = [path.read_bytes() for path in pathlib.Path("/proc").glob("[0-9]*/cmdline")]
    return [line for line in lines if b"--lesson" in line or b"pytest" in line]
    """,
    "the judge's memory": """
    import os
    import pathlib

    for process in {*pathlib.Path("/proc").glob("[0-9]*")} - {pathlib.Path("/proc", str(os.getpid()))}:
        try:
            for line in open(process / "maps"):
                if "[heap]" in line or "[stack]" in line:
                    start, end = (int(number, 16) for number in line.split()[0].split("-"))
                    with open(process / "mem", "rb") as memory:
                        memory.seek(start)
                        if b"MARL_CANARY" in memory.read(end - start):
                            return process
        except OSError:
            pass
    """,
    "the judge's files": """
    import os
    import pathlib

    for process in {*pathlib.Path("/proc").glob("[0-9]*")} - {pathlib.Path("/proc", str(os.getpid()))}:
        for name in ("cwd", "root", *(f"fd/{number}" for number in range(20))):
            try:
                link = os.readlink(process / name)
                if "notebook" in link or link.startswith(("@SUBMISSIONS@", "@OUT", "@HOME@")):
                    return link
                if os.path.exists(process / name / "@REPOSITORY@/solutions".lstrip("/")):
                    return process
            except OSError:
                pass
    """,
    "variables in memory": """
    import gc

    things = [thing for thing in gc.get_objects() if isinstance(thing, dict)]
    return [thing for thing in things if thing.get("id") == "1.2" or "misconceptions" in thing]
    """,
    "functions in memory": """
    import gc
    import types

    things = [thing for thing in gc.get_objects() if isinstance(thing, types.FunctionType)]
    return [thing for thing in things if thing.__name__ == "sum_over_partner" or "checks" in str(thing.__module__)]
    """,
}
HOLDS = (
    "def holds(path):\n    return not path.is_dir() and path.stat().st_size or path.is_dir() and list(path.iterdir())\n"
)

LOOKS = {  # bodies of answers
    "caller": """
    import sys
    frame, loot = sys._getframe(), None
    while frame is not None:
        for name in ("expected", "reference", "definition", "case"):
            loot = frame.f_locals.get(name, loot)
        frame = frame.f_back
    """,
    "stack": """
    import inspect
    loot = [each.frame.f_locals["expected"] for each in inspect.stack() if "expected" in each.frame.f_locals]
    loot = loot[0]
    """,
    "traceback": """
    import sys
    try:
        raise ValueError
    except ValueError as error:
        loot = error.__traceback__.tb_frame.f_back.f_locals["exercise"].reference(@PARAMETERS@)
    """,
    "garbage": """
    import gc
    loot = [each for each in gc.get_referrers(payoffs) if isinstance(each, tuple)]
    loot = next(thing for each in loot for thing in each if getattr(thing, "shape", 0) == (len(payoffs),))
    """,
    "trace": """
    import sys
    found = []
    def trace(frame, event, argument):
        found.extend(v for k, v in frame.f_locals.items() if k in ("expected", "reference"))
        return trace
    sys.settrace(trace)
    sys.setprofile(trace)
    loot = found[-1] if found else None
    """,
}
REACHES = {  # the same: the first one answers 1.2, the second 1.3, the third 1.4
    "reference": """
    from marl_lessons.checks.lesson_01.action_values import EXERCISE
    return EXERCISE.reference(@PARAMETERS@)
    """,
    "reference by name": """
    import importlib
    module = importlib.import_module("marl_lessons." + "che" + "cks.lesson_01.equilibrium")
    return module.EXERCISE.reference(@PARAMETERS@)
    """,
    "reference by path": """
    import runpy
    path = "@REPOSITORY@/marl_lessons/checks/lesson_01/best_responses.py"
    return runpy.run_path(path)["best_responses"](@PARAMETERS@)
    """,
}


IMPORTS = """
from marl_lessons.checks.lesson_01.action_values import action_values
action_values = exercise("1.2")(action_values)
"""
REFUSED = {"error", "incorrect"}

STEALING = pack("steals", {name: strike(body) for name, body in STRIKES.items()}, REFUSED, above=HOLDS)
LOOKING = pack("looks", {name: define(f"{dedent(body)}\nreturn loot") for name, body in LOOKS.items()}, REFUSED)
LOOKING |= pack("reaches", {name: define(body) for name, body in REACHES.items()}, REFUSED)
LOOKING |= {"imports the checks": draft().solve("1.3").cell("1.2", IMPORTS, "error")}
STEALING |= {name: made.flag("hidden") for name, made in LOOKING.items()}
