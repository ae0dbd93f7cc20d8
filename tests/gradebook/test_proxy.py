"""An answer that is judged from another process is told what it is told in the notebook."""

import pytest

from tests.bank.bank import Cell, judge
from tests.gradebook.distant import Student


@pytest.fixture(scope="module")
def student():
    student = Student()
    yield student
    student.end()


def write(body, before="", signature="rewards"):
    """Writes a cell that answers exercise 0.1, the mean over each run's agents."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return Cell(f"{before}\n@exercise('0.1')\ndef average_over_team({signature}):\n{lines}\n")


ERRORS = {
    "a name that nothing has": write("return rewardz.mean()"),
    "a name that is defined below": Cell(write("return scale * rewards.mean(1)") + "\nscale = 1.0"),
    "a list for an array": write("rows = rewards.tolist()\nreturn rows.mean()"),
    "another attribute": write("return rewards.average(axis=1)"),
    "shapes that do not fit": write("return rewards @ np.ones(rewards.shape[1] + 1)"),
    "an axis that is not there": write("return rewards.mean(axis=7)"),
    "a singular matrix": write("return np.linalg.inv(np.zeros((2, 2)))"),
    "a type that a ufunc refuses": write("total = np.zeros(3, dtype=int)\ntotal += 0.5\nreturn total"),
    "a key": write("return {1: 2}['key']"),
    "no such file": write("return open('nowhere.txt').read()"),
    "a text that is no text": write("return b'\\xff'.decode()"),
    "an error of one's own": write("raise Strange('so it is')", "class Strange(ValueError):\n    pass"),
    "an error that fails in its words": write(
        "raise Mute()", "class Mute(Exception):\n    def __str__(self):\n        raise KeyError"
    ),
    "a group of errors": write("raise ExceptionGroup('several', [ValueError('one')])"),
    "an assertion": write("assert rewards.ndim == 7, 'so many axes'"),
    "a helper's error": write("return halve(rewards)", "def halve(x):\n    y = 1\n    return x / {}"),
    "the error of a comprehension": write("return np.array([row['a'] for row in rewards])"),
    "code that is made of text": write("return made(rewards)", "exec('def made(x):\\n    return x.nothing')"),
    "an answer that is made of text": Cell("exec('def average_over_team(rewards):\\n    return rewards.nothing')"),
    "recursion without end": write("return average_over_team(rewards)"),
    "too much memory": write("return np.zeros(10**15)"),
    "an exit": write("exit()"),
    "a hard exit": write("import os\nos._exit(3)"),
    "a question": write("return float(input('how much?'))"),
    "a bare exception": write("raise BaseException('all')"),
    "a stub": write("raise NotImplementedError('Write your code here.')"),
    "a stub's words later on": write(
        "calls.append(1)\nif len(calls) > 1:\n    raise NotImplementedError('Write your code here.')\n"
        "return rewards.mean(1)",
        "calls = []",
    ),
    "a stub in a helper": write("return help()", "def help():\n    raise NotImplementedError('Write your code here.')"),
    "an error of the second check": write("return rewards.mean(1) if len(rewards) == 2 else 1 / 0"),
}
KEPT = {
    "an input that is changed": write("rewards -= 1\nreturn rewards.mean(axis=1)"),
    "an input that gets another shape": write("rewards.shape = (-1,)\nreturn rewards"),
    "an input that grows": write("rewards.resize((9, 9), refcheck=False)\nreturn rewards.mean(axis=1)"),
    "one array for all results": write(
        "out[: len(rewards)] = rewards.mean(axis=1)\nreturn out[: len(rewards)]", "out = np.zeros(100)"
    ),
    "one array that is not changed": write("return out[: len(rewards)]", "out = np.zeros(100)"),
    "a list that is a default": write(
        "seen.append(len(seen))\nreturn rewards.mean(axis=1) + seen[-1]", signature="rewards, seen=[]"
    ),
    "a variable that counts": write("global count\ncount += 1\nreturn rewards.mean(axis=1) + count", "count = 0"),
    "a list that grows": write("seen.append(rewards)\nreturn rewards.mean(axis=1) * len(seen)", "seen = []"),
    "an attribute that counts": Cell("""
        class Average:
            def __init__(self):
                self.count = 0

            def __call__(self, rewards):
                self.count += 1
                return rewards.mean(axis=1) * self.count

        average_over_team = Average()
    """),
    "results that are kept": write(
        "key = rewards.shape\nif key not in kept:\n    kept[key] = rewards.mean(axis=1)\nreturn kept[key]", "kept = {}"
    ),
    "inputs that are kept and handed out later": write(
        "old.append(rewards)\nreturn old[0].mean(axis=1) if len(old) < 3 else old[0][:, 0]", "old = []"
    ),
    "chance": write("return rewards.mean(axis=1) + rng.normal()", "rng = np.random.default_rng(3)"),
    "a variable of the notebook": write("return scale * rewards.sum(axis=1)", "scale = 0.1\ntable = np.eye(3)"),
}
KINDS = {
    "another name": Cell("@exercise('0.1')\ndef average(rewards):\n    return rewards.mean(axis=1)"),
    "a class": Cell("class average_over_team:\n    pass"),
    "a number": Cell("average_over_team = 3.5"),
    "nothing": Cell("average_over_team = None"),
    "an object": Cell("class Thing:\n    def __repr__(self):\n        return 'a thing'\n\nthing = Thing()"),
    "other parameters": Cell("def average_over_team(a, b: int, *, c=np.pi) -> float:\n    return 1"),
    "a lambda": Cell("average_over_team = lambda rewards: rewards.mean(axis=0)"),
    "NumPy's own": Cell("average_over_team = np.negative"),
    "a method": Cell(
        "class A:\n    def f(self, rewards):\n        return rewards.sum(axis=1)\n\naverage_over_team = A().f"
    ),
    "a decorated function": write(
        "return rewards.sum(axis=1)",
        "import functools\ndef loud(f):\n    return functools.wraps(f)(lambda *a, **k: f(*a, **k))\n",
    ).replace("@exercise('0.1')", "@loud"),
    "an object that fails when it is looked at": Cell("""
        class Odd:
            @property
            def __signature__(self):
                raise SystemExit

            def __call__(self, rewards):
                return rewards

        average_over_team = Odd()
    """),
}
RESULTS = [
    "yield 1",
    "return (row.mean() for row in rewards)",
    "return rewards.mean",
    "return print",
    "return np.ma.array(rewards.mean(axis=1))",
    "return np.asmatrix(rewards.mean(axis=1))",
    "return rewards.mean(axis=1).astype(complex)",
    "return rewards.mean(axis=1).astype(object)",
    "return rewards.mean(axis=1).astype(str)",
    "return rewards.mean(axis=1).tolist()",
    "return tuple(rewards.mean(axis=1))",
    "return dict(enumerate(rewards.mean(axis=1)))",
    "return set(rewards.mean(axis=1))",
    "return str(rewards.mean(axis=1))",
    "return rewards.mean(axis=1) > 0",
    "return rewards.mean(axis=1) * np.nan",
    "return rewards.mean(axis=1) / 0",
    "return range(len(rewards))",
    "return np.zeros((10_000, 10_000))",
    "return [0] * 10**6",
    "return ...",
    "return Exception('no')",
    "a = [1]\na.append(a)\nreturn a",
    "import collections\nreturn collections.deque([1, 2])",
    "import collections\nreturn collections.Counter('aab')",
    "import fractions\nreturn [fractions.Fraction(1, 3)] * len(rewards)",
    "print('one\\ntwo')\nreturn rewards.mean(axis=1)",
    "for i in range(30):\n    print(i, 'x' * 200)\nreturn rewards.mean(axis=0)",
    "import sys\nsys.stderr.write('no end')\nreturn rewards",
    "return average_over_team(rewards[:-1]) if len(rewards) > 1 else rewards.mean(axis=1)",
]


def expect_the_same(student, cell):
    here, there = judge("0.1", cell), student.judge("0.1", cell)
    assert there.text == here.text
    assert there.outcome is here.outcome


@pytest.mark.parametrize("cell", ERRORS.values(), ids=ERRORS.keys())
def test_an_error_is_explained_as_in_the_notebook(student, cell):
    expect_the_same(student, cell)


@pytest.mark.parametrize("cell", KEPT.values(), ids=KEPT.keys())
def test_what_is_changed_shared_or_kept_is_seen_as_in_the_notebook(student, cell):
    expect_the_same(student, cell)


@pytest.mark.parametrize("cell", KINDS.values(), ids=KINDS.keys())
def test_any_kind_of_answer_is_seen_as_in_the_notebook(student, cell):
    expect_the_same(student, cell)


@pytest.mark.parametrize("body", RESULTS)
def test_any_kind_of_result_is_seen_as_in_the_notebook(student, body):
    expect_the_same(student, write(body))
