"""A notebook's slice: what its exercises need is run, in an order that works, and nothing else."""

import functools
import json
import random
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marl_lessons.exercises import evaluate
from marl_lessons.exercises.registry import load_lesson, load_lessons
from marl_lessons.gradebook.code import slicing
from marl_lessons.gradebook.code.notebooks import find_exercise_ids, read_notebook
from marl_lessons.gradebook.code.slicing import plan
from tools.build_notebooks import ROOT

IDS = ("1.1", "1.2", "1.3", "1.4")


@pytest.fixture
def read(tmp_path):
    """Returns a function that reads the notebook with these cells."""

    def read_cells(*cells):
        path = tmp_path / "lesson.ipynb"
        sources = [textwrap.dedent(cell).strip("\n") for cell in cells]
        path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": source} for source in sources]}))
        return read_notebook(path)

    return read_cells


def list_sources(planned):
    """Returns the statements of a plan, each as its first line that is no decorator."""
    return [next(line for line in one.source.split("\n") if line[0] != "@") for one in planned.statements]


def run(planned):
    """Returns what the answers were, as repr, and how many statements failed, when a plan is run."""
    answers, failures = [], 0

    def exercise(number):
        return lambda answer: answers.append((number, repr(answer()))) or answer

    namespace = {"exercise": exercise, "check": lambda number, value: answers.append((number, repr(value))) or value}
    for one in planned.statements:
        try:
            exec("\n" * (one.line - 1) + one.source, namespace)
        except Exception:
            failures += 1
    return answers, failures


def test_only_what_an_answer_needs_is_run(read):
    notebook = read(
        "from marl_lessons import exercise, games, train\nimport numpy as np",
        "history = train(games.climbing(), None, 10_000)",
        "scale = 2\nother = 3",
        '@exercise("1.2")\ndef double(x):\n    return scale * np.array(x)',
        "print(double(3))",
    )
    assert list_sources(plan(notebook, IDS)) == [
        "from marl_lessons import exercise",
        "import numpy as np",
        "scale = 2",
        "def double(x):",
    ]


def test_a_plan_says_which_statement_answers_what(read):
    planned = plan(read('x = 1\ny = check("1.1", x)', '@exercise("1.2")\ndef f():\n    return x'), IDS)
    assert planned.exercises == {1: ("1.1",), 2: ("1.2",)}


def test_exercises_of_other_lessons_are_left_out(read):
    assert plan(read('check("2.1", 5)', 'check("1.9", 5)'), IDS).statements == ()


@pytest.mark.parametrize(
    "cells",
    [
        ['from marl_lessons import exercise as ex\n@ex("1.2")\ndef f():\n    return 5'],
        ['import marl_lessons as ml\n@ml.exercise("1.2")\ndef f():\n    return 5'],
        ['import marl_lessons.exercises\nf = marl_lessons.exercises.exercise("1.2")(lambda: 5)'],
        ['ex = exercise\nf = ex("1.2")(lambda: 5)'],
        ['answer = exercise("1.2")', "@answer\ndef f():\n    return 5"],
        ['def hand_in(f):\n    return exercise("1.2")(f)', "hand_in(lambda: 5)"],
        ['if True:\n    @exercise("1.2")\n    def f():\n        return 5'],
        ['class Holder:\n    @exercise("1.2")\n    def f():\n        return 5'],
        ["import functools", '@exercise("1.2")\n@functools.cache\ndef f():\n    return 5'],
        ['@exercise(exercise_id="1.2")\ndef f():\n    return 5'],
        ['try:\n    f = exercise("1.2")(lambda: 5)\nexcept ValueError:\n    pass'],
        ['check("1.2", answer=5)'],
        ['hand_in = lambda f: exercise("1.2")(f)', "hand_in(lambda: 5)"],
        ['def ask(f):\n    return exercise("1.2")(f)', "def hand_in(f):\n    return ask(f)", "hand_in(lambda: 5)"],
        ['if True:\n    def hand_in(f):\n        return exercise("1.2")(f)', "hand_in(lambda: 5)"],
    ],
)
def test_an_answer_is_found_under_any_name_and_in_any_place(read, cells):
    notebook = read(*cells)
    last = notebook.cells[-1].statements[-1].index
    planned = plan(notebook, IDS)
    assert planned.exercises == {last: ("1.2",)}
    assert planned.statements[-1].index == last


@pytest.mark.parametrize(
    "cell", ["exercise()(len)", 'from tests import check as verify\nverify("1.1", 5)', 'e = exercise\nprint("1.1")']
)
def test_what_is_no_answer_is_not_taken_for_one(read, cell):
    assert plan(read(cell), IDS).exercises == {}


def test_another_name_of_a_function_answers_too(read):
    planned = plan(read('def hand_in(f):\n    return exercise("1.2")(f)', "give = hand_in", "give(lambda: 5)"), IDS)
    assert planned.exercises[2] == ("1.2",)


def test_what_came_of_an_answer_is_none(read):
    planned = plan(read('def hand_in(f):\n    return exercise("1.2")(f)', "y = hand_in(len)", "print(y)"), IDS)
    assert list(planned.exercises) == [1]


def test_a_function_that_is_defined_twice_may_answer_what_either_does(read):
    both = [f'def hand_in(f):\n    return exercise("{number}")(f)' for number in ("1.1", "1.2")]
    planned = plan(read(both[0], "hand_in(len)", both[1], "hand_in(len)"), IDS)
    assert planned.exercises == {1: ("1.1", "1.2"), 3: ("1.1", "1.2")}


def test_a_number_that_is_computed_may_be_any(read):
    planned = plan(read('for number in ("1.1", "1.2"):\n    check(number, 5)'), IDS)
    assert planned.exercises == {0: IDS}


def test_a_student_s_own_check_answers_nothing(read):
    planned = plan(read("def check(a, b):\n    print(a == b)", "x = 1\ncheck(x, 1)", 'check("1.1", 5)'), IDS)
    assert planned.exercises == {3: ("1.1",)}


def test_an_exercise_that_is_answered_in_several_cells_is_run_in_all(read):
    answer = '@exercise("1.2")\ndef f():\n    return x'
    planned = plan(read("x = 1", answer, "x = 2", answer), IDS)
    assert run(planned) == ([("1.2", "1"), ("1.2", "2")], 0)


def test_a_function_may_call_itself(read):
    answer = '@exercise("1.2")\ndef f(n=3):\n    return n and n + f(n - 1)'
    assert [one.index for one in plan(read(answer, answer), IDS).statements] == [0, 1]


@pytest.mark.parametrize(
    "change",
    [
        "x[0] = 7",
        "x += [7]",
        "x.append(7)",
        "fill(x)",
        "y = fill(x)",
        "alias[0] = 7",
        "alias += [7]",
        "for row in [x]:\n    row[0] = 7",
        "np.put(x, 0, 7)",
        "rng.shuffle(x)",
        "np.add(x, 1, out=x)",
        "y = np.add(x, 1, out=x)",
        "replace_x()",
        "setattr(x, 'y', 7)",
        "if True:\n    x = [7]",
        "with open('f') as f:\n    x = [7]",
        "del x[0]",
        "[x.append(7) for _ in range(2)]",
        "[row.append(7) for row in [x]]",
        "fill(values=x)",
        "next(x)",
        "delattr(x, 'y')",
    ],
)
def test_what_changes_a_value_that_is_needed_is_run(read, change):
    notebook = read(
        "import numpy as np\nrng = np.random.default_rng(0)",
        "def fill(values):\n    values[:] = [7]",
        "def replace_x():\n    global x\n    x = [7]",
        "x = [1, 2]\nalias = x",
        change,
        'check("1.1", x)',
    )
    assert change.split("\n")[0] in list_sources(plan(notebook, IDS))


@pytest.mark.parametrize(
    "definition",
    [
        "if True:\n    def f(values):\n        values[:] = [7]",
        "f = lambda values: values.append(7)",
        "class f:\n    def __init__(self, values):\n        values[:] = [7]",
        "def f(len):\n    fill(len)",
        "def f(values, len=fill):\n    len(values)",
        "def f(values):\n    for row in values:\n        row.append(7)",
        "def f(values):\n    for _, row in enumerate(values):\n        row[:] = [7]",
        "def f(values):\n    row = values[0]\n    row.append(7)",
        "def f(values):\n    rows = np.asarray(values)\n    for row in rows:\n        row[0] = 7",
        "def f(values):\n    return [row.append(7) for row in values]",
        "def f(values):\n    return [rows.append(7) for row in [values] for rows in row]",
        "def f(values):\n    def inner():\n        values.append(7)\n    inner()",
        "def f(values):\n    rows = x\n    rows.append([7])",
        "f = fill",
        "def f(values):\n    return g(values)\ndef g(values):\n    return h(values)\ndef h(values):\n    fill(values)",
    ],
)
def test_a_function_may_change_what_it_is_given_however_it_is_made(read, definition):
    first = "import numpy as np\ndef fill(values):\n    values[:] = [7]"
    notebook = read(first, definition, "x = [[1], [2]]", "y = f(x)", 'check("1.1", x)')
    assert run(plan(notebook, IDS)) == run(plan(notebook, IDS, wide=True))
    assert "y = f(x)" in list_sources(plan(notebook, IDS))


@pytest.mark.parametrize(
    "name",
    [
        "y = x",
        "z = y = x",
        "y: list = x",
        "y, z = x, 5",
        "y, *z = x",
        "y = [*x, 5]",
        "y = [x]",
        "y = [same(x)]",
        "y = {5: x}",
        "y = {*x}",
        "y = x or 5",
        "y = 5 if z else x",
        "y = (z := x)",
        "z = (y := x)",
        "y = await x",
        "y = x[1:]",
        "y = x.part",
        "y = x.view()",
        "y = same(x)",
        "y = same(values=x)",
        "y = wrap(x)",
        "y = twin(x)",
        "y = give()",
        "y = list(x)",
        "y = np.asarray(x)",
        "y = np.reshape(a=x)",
        "def f():\n    global y\n    y = x\nf()",
        "with x as y:\n    pass",
        "for y in x:\n    pass",
        "for z, y in enumerate(x):\n    pass",
        "for y, z in zip(x, x):\n    pass",
        "for z, y in sorted(x.items()):\n    pass",
    ],
)
def test_what_changes_a_value_under_another_name_is_run(read, name):
    notebook = read(
        "def same(values):\n    return values\ndef wrap(values):\n    return same(values)\ndef give():\n    return x",
        "twin = lambda values: values",
        "x, z = [[1]], []",
        name,
        "y[0].append(7)",
        'check("1.1", x)',
    )
    sources = list_sources(plan(notebook, IDS))
    assert sources[-2:] == ["y[0].append(7)", 'check("1.1", x)']
    assert name.split("\n")[0] in sources


@pytest.mark.parametrize(
    "names", ["y = tuple(x)\nz = tuple(w)", "y = make(x)\nz = make(w)", "y = same(x)\nz = same(w)"]
)
def test_what_the_same_function_returned_twice_are_two_values(read, names):
    notebook = read(
        "def make(values):\n    return [*values]\ndef same(values):\n    return values",
        "x, w = [1], [2]",
        names,
        "z.append(7)",
        'check("1.1", y)',
    )
    assert "z.append(7)" not in list_sources(plan(notebook, IDS))


@pytest.mark.parametrize(
    "own",
    [
        "class A:\n    a = x\nclass B:\n    a = z",
        "def f():\n    a = x\ndef g():\n    a = z",
        "y = [a for a in x]\nw = [a for a in z]",
    ],
)
def test_values_under_the_same_name_in_two_places_are_not_one(read, own):
    notebook = read("x, z = [[1]], [[1]]", own, "z.append(7)", 'check("1.1", x)')
    assert "z.append(7)" not in list_sources(plan(notebook, IDS))


@pytest.mark.parametrize(
    "statement",
    [
        "@T\ndef y():\n    pass",
        "def y(a=T):\n    pass",
        "def y(*, a=T):\n    pass",
        "def y(a: T, /):\n    pass",
        "def y(a: T):\n    pass",
        "def y(*a: T):\n    pass",
        "def y(*, a: T):\n    pass",
        "def y(**a: T):\n    pass",
        "def y() -> T:\n    pass",
        "y = lambda a=T: a",
        "y = lambda *, a=T: a",
        "y = lambda: T",
        "@T\nclass y:\n    pass",
        "class y(T):\n    pass",
        "class y(metaclass=T):\n    pass",
        "class y:\n    a = T",
        "class y:\n    def f(self, a=T):\n        pass",
        "class y:\n    T = 5\n    def f(self):\n        return T",
        "y: T = 5",
        "y = [a for a in T]",
        "y = [5 for a in [1] if T]",
        "y = [5 for a in [1] for b in T]",
        "y = {T: a for a in [1]}",
        "y = {a: T for a in [1]}",
        "try:\n    y = 1\nexcept T:\n    pass",
        "try:\n    1 / 0\nexcept Exception:\n    y = T",
        "match 5:\n    case 5 if T:\n        y = 1",
        "y = T = T + 5",
        "y = T\nT = 5",
        "T += 5\ny = T",
        "def T(a=T):\n    return a\ny = T",
        "class T(T):\n    pass\ny = T",
    ],
)
def test_whatever_a_statement_reads_is_needed(read, statement):
    sources = list_sources(plan(read("T = make()", statement, 'check("1.1", y)'), IDS))
    assert sources[0] == "T = make()"


@pytest.mark.parametrize(
    "inner",
    [
        "if False:\n    x = 2",
        "for _ in []:\n    x = 2",
        "while False:\n    x = 2",
        "try:\n    1 / 0\n    x = 2\nexcept ZeroDivisionError:\n    pass",
        "try:\n    pass\nexcept ZeroDivisionError:\n    x = 2",
        "try:\n    pass\nexcept* ZeroDivisionError:\n    x = 2",
        "with suppress(ZeroDivisionError):\n    1 / 0\n    x = 2",
        "match 5:\n    case 6:\n        x = 2",
        "match [5]:\n    case [6, *x]:\n        pass",
        "match {}:\n    case {5: 6, **x}:\n        pass",
        "def g():\n    global x\n    x = 2",
    ],
)
def test_what_is_perhaps_bound_anew_is_still_needed(read, inner):
    first = "from contextlib import suppress\nx = 1"
    indented = textwrap.indent(inner, "    ")
    for cells in ([first, inner, 'check("1.1", x)'], [first, f"if True:\n{indented}\n    y = x", 'check("1.1", y)']):
        assert "x = 1" in list_sources(plan(read(*cells), IDS))


def test_a_name_of_a_function_inside_is_not_the_outer_one_s(read):
    statement = "def y():\n    def inner():\n        T = 5\n    return T"
    assert list_sources(plan(read("T = make()", statement, 'check("1.1", y)'), IDS))[0] == "T = make()"


def test_a_function_sees_what_is_bound_after_it(read):
    notebook = read(
        "if True:\n    x = 2\n    def helper():\n        return x",
        "x = 3",
        '@exercise("1.2")\ndef f():\n    return helper()',
    )
    assert run(plan(notebook, IDS)) == ([("1.2", "3")], 0)


def test_the_names_of_a_loop_of_a_parameter_and_of_a_comprehension_are_their_own(read):
    for statement in (
        "for i in [1]:\n    y = [i]",
        "y = [i for i in [1] for i in [2]]",
        "y = lambda i, /, *j, k=5, **l: (i, j, k, l)",
        "def y(i):\n    import j\n    for k in j:\n        l = k\n    return l",
        "def y():\n    i = [j for j in [1] if (k := j)]\n    del l\n    return i, k",
        "def y(i):\n    match i:\n        case [j, *k]:\n            return j, k",
        "def y(i):\n    match i:\n        case {5: j, **k}:\n            return j, k",
        "def y(i):\n    import j.x, x as k\n    return j, k",
        "def y(i):\n    try:\n        pass\n    except OSError as j:\n        return j",
        "def y():\n    def i(j):\n        k = j\n        return k\n    class l:\n        pass\n    return i, l",
    ):
        notebook = read("i = j = k = l = make()", statement, 'check("1.1", y)')
        assert notebook.problems == ()
        assert list_sources(plan(notebook, IDS))[0] != "i = j = k = l = make()"


@pytest.mark.parametrize(
    "look",
    [
        "print(x)",
        "plotting.plot_payoffs(x)",
        "display(x)",
        "ipywidgets.interact(x)",
        "y = x.mean()",
        "y = len(x)",
        "y = np.sort(x)",
        "y = np.sort(x)\ny[0] = 7",
        "matplotlib.pyplot.plot(x)",
        "y = own(x)",
    ],
)
def test_what_only_looks_at_a_value_is_not_run(read, look):
    imports = (
        "from marl_lessons import plotting\nimport numpy as np\nimport ipywidgets\nfrom IPython.display import display"
    )
    own = "def own(values):\n    mine = [5]\n    fill(mine)\n    return len(values)\ndef fill(a):\n    a.append(5)"
    notebook = read(imports, "import matplotlib.pyplot", own, "x = [1, 2]", look, 'check("1.1", x)')
    assert list_sources(plan(notebook, IDS)) == ["x = [1, 2]", 'check("1.1", x)']


def test_what_is_changed_before_it_is_made_anew_or_after_the_answer_is_not_run(read):
    notebook = read("x = [1]", "x.append(2)", "x = [3]", 'check("1.1", x)', "x.append(4)")
    assert list_sources(plan(notebook, IDS)) == ["x = [3]", 'check("1.1", x)']
    notebook = read("x = [1]", "x.append(2)", "if False:\n    x = [3]", 'check("1.1", x)')
    assert run(plan(notebook, IDS)) == ([("1.1", "[1, 2]")], 0)


def test_a_name_that_changes_another_s_value_has_its_own(read):
    assert run(plan(read("x = [1]", "y = x", "y += [7]", 'check("1.1", x)'), IDS)) == ([("1.1", "[1, 7]")], 0)


def test_a_function_that_is_called_early_sees_what_was_bound_then(read):
    notebook = read("x = 1", "def helper():\n    return x", "y = helper()", "x = 2", 'check("1.1", y)')
    assert run(plan(notebook, IDS)) == ([("1.1", "1")], 0)


@pytest.mark.parametrize("module", ["marl_lessons", "marl_lessons.rollout"])
def test_training_is_run_where_an_answer_is_made_of_it(read, module):
    notebook = read(
        f"from {module} import train",
        "game, team, other = make_game(), make_team(), make_team()",
        "history = train(game, team, 100)",
        "train(game, rival, 100)",
        'check("1.1", team)',
    )
    assert "history = train(game, team, 100)" in list_sources(plan(notebook, IDS))
    assert "train(game, rival, 100)" not in list_sources(plan(notebook, IDS))


@pytest.mark.parametrize("random", ["np.random", "numpy.random", "random"])
def test_random_numbers_that_all_have_in_common_keep_their_order(read, random):
    notebook = read(
        "import numpy\nimport numpy as np\nimport random",
        f"{random}.seed(3)",
        "y = 5",
        "rng = np.random.default_rng(0)",
        "rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence(5)))",
        "rng = random.Random(5)",
        f"z = {random}.normal()",
        f"x = {random}.normal()",
        'check("1.1", x)',
    )
    assert list_sources(plan(notebook, IDS))[1:] == [
        f"{random}.seed(3)",
        f"z = {random}.normal()",
        f"x = {random}.normal()",
        'check("1.1", x)',
    ]


def test_what_stands_above_counts_even_if_it_is_defined_anew_below(read):
    notebook = read(
        "def helper():\n    return 1", '@exercise("1.2")\ndef f():\n    return helper()', "def helper():\n    return 2"
    )
    assert run(plan(notebook, IDS)) == ([("1.2", "1")], 0)


def test_what_stands_below_alone_is_run_first(read):
    notebook = read(
        '@exercise("1.2")\ndef f():\n    return helper()',
        "def helper():\n    return scale * 3",
        "scale = np.size(5)",
        "import numpy as np",
    )
    assert run(plan(notebook, IDS)) == ([("1.2", "3")], 0)


def test_the_answer_before_another_is_there_when_that_is_judged(read):
    notebook = read(
        '@exercise("1.4")\ndef best():\n    return values()', '@exercise("1.2")\ndef values():\n    return 5'
    )
    assert run(plan(notebook, IDS)) == ([("1.2", "5"), ("1.4", "5")], 0)


def test_where_numpy_is_never_imported_the_plan_imports_it(read):
    planned = plan(read('@exercise("1.2")\ndef f():\n    return np.size(5)'), IDS)
    assert planned.added == ("np",)
    assert run(planned) == ([("1.2", "1")], 0)


def test_each_name_of_an_import_is_a_statement_of_its_own(read):
    notebook = read("from marl_lessons import games, checks, exercise", '@exercise("1.2")\ndef f():\n    return games')
    assert list_sources(plan(notebook, IDS))[:2] == [
        "from marl_lessons import games",
        "from marl_lessons import exercise",
    ]


def test_star_imports_and_what_changes_python_itself_stay(read):
    notebook = read(
        "from __future__ import annotations\nfrom math import *", '@exercise("1.2")\ndef f():\n    return pi'
    )
    assert list_sources(plan(notebook, IDS))[:2] == ["from __future__ import annotations", "from math import *"]
    assert run(plan(notebook, IDS)) == ([("1.2", "3.141592653589793")], 0)


def test_a_statement_can_be_left_out(read):
    notebook = read("x = 1", "x[0] = 5", 'check("1.1", x)')
    assert [one.index for one in plan(notebook, IDS, without={1}).statements] == [0, 2]


def test_the_wide_plan_is_everything_down_to_the_last_answer(read):
    notebook = read("x = 1\ny = 2\nimport math", 'check("1.1", x)', "z = 3")
    assert [one.index for one in plan(notebook, IDS, wide=True).statements] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "skipped",
    [
        "exec('x[0] = 5')",
        "eval('x.append(5)')",
        "globals()['x'] = 5",
        "locals()['x'] = 5",
        "vars()['x'] = 5",
        "y = __import__(name)",
        "import importlib\nimportlib.reload(y)",
        "get_ipython().run_line_magic('run', 'other.py')",
        "def change():\n    exec('x[0] = 5')",
        "unknown(x)[0]",
        "y = [unknown(x)]",
        "%run other.py",
        "%load other.py",
        "%pylab",
    ],
)
def test_a_plan_tells_where_something_that_it_skips_may_matter(read, skipped):
    assert plan(read("x = [1]", skipped, 'check("1.1", x)', 'check("1.2", 5)'), IDS).skipped_may_matter >= {"1.1"}


@pytest.mark.parametrize(
    "harmless",
    ["y = [sorted(x)]", "y = [unknown(z)]", "y = [unknown(np)]", "y = [np.sort(x)]", "y = [own(x)]", "unknown(x)"],
)
def test_a_plan_suspects_nothing_that_is_known_or_has_other_values(read, harmless):
    first = "import numpy as np\nx, z = [np.size(5)], [2]\ndef own(values):\n    return len(values)"
    assert not plan(read(first, harmless, 'check("1.1", x)', "%run other.py"), IDS).skipped_may_matter


def test_too_many_statements_with_too_many_answers_are_all_run(read, monkeypatch):
    notebook = read("x = 1\ny = 2", 'check("1.1", x)', 'check("1.2", 5)')
    assert len(plan(notebook, IDS).statements) == 3
    monkeypatch.setattr(slicing, "MOST_WORK", 7)
    assert len(plan(notebook, IDS).statements) == 4


def test_lessons_run_no_training_but_that_of_15_2_and_skip_nothing_that_may_matter():
    for lesson in load_lessons():
        ids = tuple(exercise.id for exercise in lesson.exercises)
        for folder in ("notebooks", "solutions"):
            (path,) = (ROOT / folder).glob(f"{lesson.number:02d}_*.ipynb")
            planned = plan(read_notebook(path), ids)
            assert (
                {id_ for answered in planned.exercises.values() for id_ in answered}
                == find_exercise_ids(path)
                == set(ids)
            )
            calls = [call.callee for one in planned.statements for call in one.names.now.calls]
            assert ("try_team" in calls) == (path.parts[-2:] == ("solutions", "15_task_optimization.ipynb"))
            assert "train" not in calls
            assert planned.skipped_may_matter == frozenset()
            assert planned.added == ()


@pytest.mark.parametrize("number", [1, 11])
@pytest.mark.parametrize("rearrange", ["shuffled", "backwards", "in one cell", "answers and setup alone", "twice"])
def test_rearranged_notebooks_are_graded_as_before(read, number, rearrange):
    lesson = load_lesson(number)
    (path,) = (ROOT / "solutions").glob(f"{number:02d}_*.ipynb")
    cells = [cell.source for cell in read_notebook(path).cells]
    kept = [cell for cell in cells if "exercise(" in cell or "check(" in cell or "def elu" in cell]
    cells = {
        "shuffled": random.Random(number).sample(cells, len(cells)),
        "backwards": cells[::-1],
        "in one cell": ["\n".join(cells)],
        "answers and setup alone": [cells[0], *kept],
        "twice": cells + cells,
    }[rearrange]
    outcomes = judge(plan(read(*cells), [exercise.id for exercise in lesson.exercises]))
    assert outcomes == {exercise.id: "passed" for exercise in lesson.exercises}


def judge(planned):
    """Returns the outcome of each answer when a plan is run, as the course judges it."""
    outcomes = {}

    def check(number, answer):
        outcomes[number] = evaluate(number, answer).outcome.value
        return answer

    namespace = {}
    for one in planned.statements:
        namespace |= {"check": check, "exercise": lambda number: functools.partial(check, number)}
        exec(one.source, namespace)
    return outcomes


NAMES, FUNCTIONS = st.sampled_from("abcd"), st.sampled_from("fg")
SHAPES = [
    "{x} = [{n}]",
    "{x} = {y}",
    "{x} = {y}[:3] + {z}[:2]",
    "{x} = ({y} or {z})",
    "{x}.append({n})",
    "{x}[0] = {n}",
    "{x} += [{n}]",
    "{x} = {x}[1:] or [{n}]",
    "del {x}[1:]",
    "{x}, {y} = {z}, {x}",
    "if {x}[0] > {n}:\n    {y} = [{n}]\nelse:\n    {z}.append({n})",
    "for item in list({x})[:3]:\n    {y}.append(item)",
    "for row in [{x}, {y}]:\n    row[0] = {n}",
    "try:\n    {x}.append({n})\nfinally:\n    {y} = [{n}]",
    "def {f}(values):\n    values.append({n})\n    return values",
    "def {f}(values):\n    return values[:1] + {x}[:3]",
    "def {f}(values):\n    global {x}\n    {x} = values[:2]\n    return {y}",
    "def {f}(values):\n    {x}.append({n})\n    return [len(values)]",
    "def {f}(values):\n    return {g}(values)[:2] + [{n}]",
    "def {f}(values):\n    for _, row in enumerate([values, {x}]):\n        row.append({n})\n    return values[:2]",
    "def {f}(values):\n    rows = {x}\n    rows.append({n})\n    return values",
    "for row, other in zip([{x}], [{y}]):\n    row.append({n})",
    "{f} = lambda values: {x}[:1] + values[:1]",
    "{f} = {g}",
    "{x} = {f}({y})",
    "{f}({x})",
    "{x} = [item for item in {f}({y})[:3]]",
    'check("1.1", {x})',
    '{x} = check("1.2", {f}({y}))',
    '@exercise("1.3")\ndef {f}(values=[1]):\n    return {x} + {g}(values)',
    '@exercise("1.4")\ndef answer():\n    return {f}({x}[:1])',
]
STATEMENTS = st.builds(
    lambda shape, **parts: shape.format(**parts),
    st.sampled_from(SHAPES), x=NAMES, y=NAMES, z=NAMES, f=FUNCTIONS, g=FUNCTIONS, n=st.integers(0, 9),
)  # fmt: skip
BEGINNING = ["a = [1]", "b = [2, 3]", "c = [4]", "d = b", "def f(values):\n    return values[:1]", "g = f"]


@settings(max_examples=300, deadline=None)
@given(st.lists(STATEMENTS, max_size=25))
def test_the_answers_of_a_slice_are_those_of_the_whole(tmp_path_factory, statements):
    path = tmp_path_factory.getbasetemp() / "generated.py"
    path.write_text("\n# %%\n".join([*BEGINNING, *statements]))
    notebook = read_notebook(path)
    answers, failures = run(plan(notebook, IDS))
    assert failures or answers == run(plan(notebook, IDS, wide=True))[0]
