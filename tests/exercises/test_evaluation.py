"""`evaluate` judges whatever a learner's code does, says what happened in the learner's words, and leaves no trace."""

import dataclasses
import functools
import signal
import sys
import threading
import time
import types
import warnings

import numpy as np
import pytest
from IPython.core.compilerop import CachingCompiler

from marl_lessons.exercises import Outcome, evaluate, evaluation
from marl_lessons.exercises.judging import errors
from marl_lessons.exercises.judging.errors import STUB
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.limits import Limits
from marl_lessons.exercises.specification import Check, Exercise
from tests.bank.bank import Cell, judge, run_cell
from tests.exercises.small_course import FUNCTION_EXERCISE
from tools import lesson_source

pytestmark = pytest.mark.usefixtures("course")

RIGHT = "return 2 * rewards"


def verdicts(report):
    return [check.passed for check in report.checks]


def test_a_right_answer_passes_every_check():
    report = judge("7.1", RIGHT)
    assert report.outcome is Outcome.PASSED
    assert verdicts(report) == [True, True]
    assert report.text.splitlines() == [
        "Exercise 7.1, Double rewards: PASSED",
        "  ✓ returns one number per agent",
        "  ✓ doubles every reward",
    ]


def test_a_wrong_answer_shows_the_smallest_case_that_differs_to_be_pasted():
    report = judge("7.1", "return rewards + 1")
    assert report.outcome is Outcome.INCORRECT
    assert verdicts(report) == [True, False]
    assert report.checks[1].message.splitlines() == [
        "Wrong in all 3 cases tried.",
        "The smallest of them; work it out by hand, and print the parts of your code until one differs:",
        "```",
        "rewards = np.array([-1.])",
        "doubled(rewards)",
        "# expected: [-2.]",
        "# got:      [0.]",
        "```",
    ]


def test_a_known_misconception_is_named():
    assert "You squared the rewards." in judge("7.1", "return rewards**2").text


def test_after_a_failed_first_check_the_others_are_not_reached():
    assert verdicts(judge("7.1", "return rewards[:1]")) == [False, None]


def test_the_stub_is_not_attempted():
    report = judge("7.1", f"raise NotImplementedError({STUB!r})")
    assert report.outcome is Outcome.NOT_ATTEMPTED
    assert "Take out the line with `raise NotImplementedError`, write your code in its place" in report.text


def test_the_stub_is_the_one_that_the_notebooks_have():
    assert f'raise NotImplementedError("{STUB}")' == lesson_source.STUB


@pytest.mark.parametrize(
    "answer",
    [
        "raise NotImplementedError",
        'raise NotImplementedError("only three agents so far")',
        Cell(f"""
        def stub(rewards):
            raise NotImplementedError({STUB!r})

        def doubled(rewards):
            return stub(rewards)
        """),
        f"if len(rewards) == 3:\n    return 2 * rewards\nraise NotImplementedError({STUB!r})",
    ],
)
def test_an_error_like_the_stubs_is_an_error(answer):
    report = judge("7.1", answer)
    assert report.outcome is Outcome.ERROR
    assert "NotImplementedError" in report.text
    assert "That line is your own, and this input is legal" in report.text


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        ("pass", "The result is `None`. Did you forget `return`?"),
        ("return rewards * np.nan", "In your result 3 of 3 entries are `nan`"),
        ("return rewards * np.inf", "In your result 3 of 3 entries are infinite"),
        ("return 'doubled'", "got a str: 'doubled'"),
        ("return [2 * reward for reward in rewards]", "Wrap it in `np.array(...)`"),
        ("return (2 * reward for reward in rewards)", "got a generator: <generator object doubled.<locals>.<genexpr>>"),
        ("yield 2 * rewards", "`yield` makes your function a generator: <generator object doubled>"),
        ("return rewards > 0", "got dtype bool"),
        ("return 2j * rewards", "got complex ones (dtype complex128)"),
        ("return np.array([None] * len(rewards))", "got dtype object"),
        ("return np.zeros((1000, 1000))", "got shape (1000, 1000)"),
        ("return [[1.0, 2.0], [3.0]]", "got a list of 2 parts. Its parts differ in length"),
        ("return ['word'] * 1_000_000", "got a list of 1,000,000 parts."),
        ("return {}", "got a dict: {}"),
        ("return 10**5000", "got an int: a number of about 5,000 digits"),
        ("return doubled", "got a function (did you forget to call it with parentheses?)"),
        ("rewards *= 2\nreturn rewards", "changed its input `rewards`"),
        ("rewards[0] = np.nan\nreturn rewards", "changed its input `rewards`"),
        (
            Cell("async def doubled(rewards):\n    return 2 * rewards"),
            "calling it gives a coroutine: <coroutine object doubled>",
        ),
    ],
)
def test_a_result_of_another_kind_is_described(body, phrase):
    with warnings.catch_warnings(record=True) as caught:
        report = judge("7.1", body)
    assert report.outcome is Outcome.INCORRECT
    assert phrase in report.text
    assert len(report.text) < 1_000
    assert not caught


def test_an_object_that_fails_in_its_own_methods_is_only_named():
    report = judge(
        "7.1",
        """
        class Hostile:
            def fail(self, *others):
                raise RuntimeError("do not touch")
            __repr__ = __str__ = __eq__ = __len__ = __array__ = __bool__ = fail
        return Hostile()
        """,
    )
    assert report.outcome is Outcome.INCORRECT
    assert "got a Hostile: <Hostile instance>" in report.text


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        ("return rewardz", "NameError: name 'rewardz' is not defined"),
        ("return rewards[9]", "IndexError: index 9 is out of bounds"),
        ("return rewards + 'a'", "It happened at line 2 of the cell: `return rewards + 'a'`."),
        ("return 1 / 0", "Which case makes the divisor zero?"),
        ("return np.zeros(10**15)", "MemoryError"),
        ("class Own(BaseException): pass\nraise Own('mine')", "Your code raised `Own: mine`."),
        ("raise GeneratorExit", "Your code raised `GeneratorExit`."),
        ("return doubled(rewards)", "Your function calls itself too often"),
        ("return exit()", "Your code called `exit()`"),
        ("return quit(0)", "Your code called `exit()`"),
        ("import sys\nsys.exit('bye')", "Your code called `exit()`"),
        ("import os\nos._exit(0)", "Your code called `exit()`"),
    ],
)
def test_an_error_is_told_with_the_learners_own_line(body, phrase):
    report = judge("7.1", body)
    assert report.outcome is Outcome.ERROR
    assert phrase in report.text
    assert "of the cell: `" in report.text
    assert "marl_lessons" not in report.text
    assert "Traceback" not in report.text


def test_an_error_whose_message_fails_is_told_by_its_type():
    body = "class Mute(Exception):\n    def __str__(self):\n        return 1 / 0\nraise Mute"
    assert "Your code raised `Mute`. It happened at line 5 of the cell: `raise Mute`." in judge("7.1", body).text


@pytest.mark.parametrize(
    "members",
    [
        "def __str__(self): raise SystemExit",
        "__class__ = property(lambda self: 1 / 0)",
        "def __getattribute__(self, name): raise SystemExit",
    ],
)
def test_an_error_that_fails_when_it_is_read_is_an_error(members):
    report = judge("7.1", f"class Hostile(Exception):\n    {members}\nraise Hostile")
    assert report.outcome is Outcome.ERROR
    assert "Your code raised `Hostile`, and nothing more of it could be read." in report.text


ENDLESS = """
    def fail(self, *others):
        while True:
            pass
"""


@pytest.mark.parametrize(
    "members",
    [
        "__repr__ = fail",
        "__getattr__ = __call__ = fail",
        "__class__ = property(fail)",
        "__signature__ = property(fail)",
    ],
)
def test_an_object_whose_methods_never_end_is_an_error_or_turned_down(members, monkeypatch):
    monkeypatch.setattr(evaluation, "LIMITS", Limits(processor=0.3))
    answer = run_cell(f"class Hostile:{ENDLESS}    {members}\ndoubled = Hostile()", {})
    assert evaluate("7.1", answer).outcome in (Outcome.ERROR, Outcome.INCORRECT)


def test_an_endless_error_message_is_cut():
    assert len(judge("7.1", "raise ValueError('x' * 1_000_000)").text) < 1_000
    assert judge("7.1", "raise ValueError('x\\n' * 100)").text.count("\n") < 20


def test_the_marks_of_a_card_in_an_error_message_are_no_marks():
    message = judge("7.1", "raise ValueError('one\\n```\\ntwo')").message
    assert message.count("\n```\n") == 1  # where the block of the call begins


def test_an_error_in_a_helper_of_another_cell_is_told_with_the_helpers_line():
    namespace = {}
    run_cell("\n\ndef pick(rewards):\n    return rewards[99]", namespace)
    answer = run_cell("def doubled(rewards):\n    return 2 * pick(rewards)", namespace)
    text = evaluate("7.1", answer).text
    assert "It happened in your function `pick`, at line 4 of the cell: `return rewards[99]`" in text
    assert "`doubled` calls it at line 2 of the cell: `return 2 * pick(rewards)`." in text


def test_an_error_inside_a_library_is_told_with_the_line_that_called_it():
    report = judge("7.1", "wrong = np.ones(7)\nreturn np.linalg.solve(wrong, rewards)")
    assert "It happened at line 3 of the cell: `return np.linalg.solve(wrong, rewards)`." in report.text


def test_the_stop_button_still_stops():
    with pytest.raises(KeyboardInterrupt):
        judge("7.1", "raise KeyboardInterrupt")


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "while True:\n    try:\n        rewards.sum()\n    except:\n        pass",
        "while True:\n    try:\n        rewards.sum()\n    except: continue",
        "import time\nwhile True:\n    try:\n        time.sleep(1000)\n    except BaseException:\n        pass",
        "import time\ntime.sleep(1000)",
        "while True:\n    print('again')",
        "rewards = iter(int, 1)\nreturn list(map(lambda one: one, rewards))",
        "with np.errstate():\n    while True: pass",
        "try:\n    while True: pass\nfinally:\n    rewards.sum()",
    ],
)
def test_an_endless_loop_ends(body, monkeypatch):
    monkeypatch.setattr(evaluation, "LIMITS", Limits(processor=0.2, wall=0.5))
    handler, trace = signal.getsignal(signal.SIGINT), sys.gettrace()
    report = judge("7.1", body)
    assert report.outcome is Outcome.ERROR
    assert "and was stopped" in report.text
    assert verdicts(report) == [None, None]
    assert (signal.getsignal(signal.SIGINT), sys.gettrace()) == (handler, trace)
    assert sys.exc_info() == (None, None, None)


def test_what_the_code_prints_is_kept_short_and_off_the_screen(capsys):
    body = "import sys\nprint('line\\n' * 1_000_000)\nsys.stderr.write('more')\nreturn 2 * rewards"
    report = judge("7.1", body)
    assert report.outcome is Outcome.PASSED
    assert report.printed.startswith("line\nline")
    assert report.printed.endswith(" lines more")
    assert capsys.readouterr() == ("", "")


def test_judging_touches_neither_screen_nor_disk(capsys, progress_path):
    for body in (RIGHT, "return 3 * rewards", "raise NotImplementedError", "return 1 / 0"):
        judge("7.1", body)
    assert capsys.readouterr() == ("", "")
    assert not progress_path.parent.exists()


def test_the_same_answer_gets_the_same_report_twice():
    body = "return np.where(np.isin(rewards, [1, 2, 3, -1]), 2 * rewards, rewards)"  # wrong on random rewards only
    first, second = judge("7.1", body), judge("7.1", body)
    assert first.outcome is Outcome.INCORRECT
    assert first.text == second.text


@pytest.mark.parametrize(
    ("answer", "phrase"),
    [
        (len, "Expected a NumPy array of shape (3,) (one number for each of 3 agents), got an int: 3."),
        (dict, "asks for the function `doubled`, got the class `dict`: calling it makes an object of that class"),
        (type("doubled", (), {}), "got the class `doubled`"),
        (3, "asks for the function `doubled`, got an int: 3"),
        (None, "asks for the function `doubled`, got a NoneType: None"),
        (np.ones(2), "asks for the function `doubled`, got an array of shape (2,)"),
    ],
)
def test_what_is_not_the_function_is_turned_down(answer, phrase):
    report = evaluate("7.1", answer)
    assert report.outcome is Outcome.INCORRECT
    assert phrase in report.text


@pytest.mark.parametrize("head", ["doubled()", "doubled(rewards, factor)", "doubled(*, rewards)"])
def test_other_parameters_are_turned_down(head):
    report = judge("7.1", Cell(f"def {head}:\n    return 2"))
    assert report.outcome is Outcome.INCORRECT
    assert f"Keep the parameters `doubled(rewards)`; yours are `{head}`." in report.text


@pytest.mark.parametrize("head", ["doubled(r)", "doubled(r, factor=2)", "doubled(r, /)", "doubled(r, *others)"])
def test_parameters_that_fit_the_call_are_enough(head):
    assert judge("7.1", Cell(f"def {head}:\n    return 2 * r")).outcome is Outcome.PASSED


class Multiplier:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, rewards):
        return self.factor * rewards

    def multiply(self, rewards):
        return self.factor * rewards


class OddGlobals(Multiplier):
    __globals__ = None
    __name__ = 7

    def __getattr__(self, name):
        raise RuntimeError(name)


def make_closure():
    def inner(rewards):
        return 2 * rewards

    return inner


@pytest.mark.parametrize(
    "answer",
    [
        lambda rewards: 2 * rewards,
        functools.partial(np.multiply, 2),
        functools.partial(lambda factor, rewards: factor * rewards, 2),
        Multiplier(2),
        Multiplier(2).multiply,
        OddGlobals(2),
        make_closure(),
        functools.singledispatch(make_closure()),
        np.vectorize(lambda reward: 2 * reward),
    ],
    ids=lambda answer: type(answer).__name__,  # no addresses: two processes have to collect the same names
)
def test_whatever_can_be_called_may_be_the_answer(answer):
    assert evaluate("7.1", answer).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("answer", "phrase"),
    [
        (
            Cell('@exercise("7.1")\ndef double(rewards):\n    return 2 * rewards'),
            "yours is called `double`. Keep the name",
        ),
        (Cell("def double(rewards):\n    return 2 * rewards\n\ndoubled = double"), ""),
    ],
)
def test_only_a_decorated_function_has_to_keep_the_name(answer, phrase):
    report = judge("7.1", answer)
    assert (report.message, report.outcome is Outcome.PASSED) == ("", True) if not phrase else phrase in report.message


@pytest.mark.parametrize(
    "head", ["doubled(r, *, factor)", "doubled(r, factor=2)", "doubled(*r, factor)", "doubled(**all)"]
)
def test_a_parameter_that_the_lesson_passes_by_its_name_is_passed_so(course, head):
    def multiplied(rewards, factor):
        return factor * rewards

    check = Check("multiplies", lambda answer, rng: expect_agreement(answer, [(np.ones(2), 3)], multiplied))
    asked = Exercise("7.1", "Multiply", multiplied, (check,), ("Do.",), "So.", by_keyword=("factor",))
    course(asked)
    report = judge("7.1", Cell(f"def {head}:\n    return factor * np.array(r).reshape(-1)"))
    if "**" in head:
        assert "Keep the parameters `multiplied(rewards, factor)`" in report.message
    else:
        assert report.outcome is Outcome.PASSED, report.text
    renamed = judge("7.1", Cell("def multiplied(r, f):\n    return f * r"))
    assert "The lesson calls your function with `factor=…`, so keep that name" in renamed.message


def test_a_function_may_call_itself_while_the_notebook_holds_the_reference():
    namespace = {"np": np}
    answer = run_cell(
        "def doubled(rewards):\n"
        "    if len(rewards) == 1:\n"
        "        return rewards * 2\n"
        "    return np.concatenate([doubled(rewards[:1]), doubled(rewards[1:])])",
        namespace,
    )
    namespace["doubled"] = "the reference"
    assert evaluate("7.1", answer).outcome is Outcome.PASSED
    assert namespace["doubled"] == "the reference"


def test_a_variable_called_exit_stays_the_learners():
    assert judge("7.1", Cell("exit = 2\ndef doubled(rewards):\n    return exit * rewards")).outcome is Outcome.PASSED


def test_settings_that_the_code_changes_are_restored():
    before = np.geterr(), list(warnings.filters), sys.stdout
    body = "import sys, warnings\nnp.seterr(all='raise')\nwarnings.simplefilter('error')\nsys.stdout = None\n" + RIGHT
    assert judge("7.1", body).outcome is Outcome.PASSED
    assert (np.geterr(), list(warnings.filters), sys.stdout) == before


def test_an_answer_can_be_judged_outside_the_main_thread():
    reports = []
    thread = threading.Thread(target=lambda: reports.append(judge("7.1", RIGHT)))
    thread.start()
    thread.join()
    assert [report.outcome for report in reports] == [Outcome.PASSED]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (42, Outcome.PASSED),
        (np.float64(42), Outcome.PASSED),
        (np.array(42.0), Outcome.PASSED),
        (41, Outcome.INCORRECT),
        (None, Outcome.INCORRECT),
        (True, Outcome.INCORRECT),
        ("42", Outcome.INCORRECT),
        ([42], Outcome.INCORRECT),
        (float("nan"), Outcome.INCORRECT),
        (10**400, Outcome.INCORRECT),
        (time.sleep, Outcome.INCORRECT),
        (..., Outcome.NOT_ATTEMPTED),
    ],
)
def test_a_value_is_judged(answer, outcome):
    assert evaluate("7.2", answer).outcome is outcome


def test_the_dots_of_a_value_are_to_be_replaced():
    assert "Replace `...` by your answer and run it again." in evaluate("7.2", ...).text


def test_an_error_is_told_with_the_shapes_of_the_inputs():
    text = judge("7.1", "return rewards @ rewards[:1]").text
    assert "The check called it so:\n          rewards = np.array([1., 2., 3.])\n          doubled(rewards)" in text


def run_numbered_cell(compiler, number, source, namespace):
    """Runs a cell as IPython does, which knows its number."""
    exec(compile(source, compiler.cache(source, number), "exec"), namespace)


def test_an_error_in_a_notebook_is_told_with_the_number_of_its_cell(monkeypatch):
    compiler, namespace = CachingCompiler(), {}
    run_numbered_cell(compiler, 7, "def pick(rewards):\n    return rewards[99]", namespace)
    run_numbered_cell(compiler, 12, "\ndef doubled(rewards):\n    return 2 * pick(rewards)", namespace)
    monkeypatch.setattr(errors, "get_ipython", lambda: types.SimpleNamespace(compile=compiler))
    text = evaluate("7.1", namespace["doubled"]).text
    assert "It happened in your function `pick`, at line 2 of cell In [7]: `return rewards[99]`" in text
    assert "`doubled` calls it at line 3 of cell In [12]: `return 2 * pick(rewards)`." in text


@pytest.mark.parametrize(
    ("body", "remedy"),
    [
        ("if rewards:\n    return rewards", "Ask for all at once with `.all()`"),
        ("return rewards + np.ones(7)", "Compare the two shapes from the right"),
        ("return int('seven')", "Print the things on that line, for this input."),
        ("return rewards[0.5]", "An index has to be a whole number"),
        ("return np.array([])[0]", "Indices count from 0 to the length minus 1"),
        ("return {}['reward']", "The dictionary has no such key"),
        ("return rewards(2)", "Round brackets call a function"),
        ("first, second = rewards", "As many names on the left as there are parts on the right"),
        ("return rewards.append(1)", "A NumPy array has a fixed length."),
        ("return max([])", "There is nothing to choose from in this case"),
        ("assert len(rewards) == 2", "That line is your own, and this input is legal"),
    ],
)
def test_a_remedy_fits_the_error(body, remedy):
    assert remedy in judge("7.1", body).message


def test_a_function_that_ignores_its_parameter_is_told_so_with_its_error():
    text = judge("7.1", Cell("table = [1, 2]\n\ndef doubled(rewards):\n    return table[9]")).text
    assert "Your function never reads its parameter `rewards`. It reads the notebook's `table`" in text


def test_an_error_after_a_failed_check_is_one_more_failure(course):
    def fails(answer, rng):
        raise Mistake("Not so.")

    names = ("is a start", "is right", "goes on")
    tests = (lambda answer, rng: None, fails, lambda answer, rng: answer(np.ones(9)))
    course(dataclasses.replace(FUNCTION_EXERCISE, checks=tuple(map(Check, names, tests))))
    report = judge("7.1", "return rewards[10]")
    assert verdicts(report) == [True, False, False]
    assert "Here your code raised `IndexError:" in report.checks[2].message


def test_several_failures_show_one_block(course):
    def fail(text):
        def test(answer, rng):
            raise Mistake(text)

        return test

    tests = (lambda answer, rng: None, fail("One.\nMore."), fail("Two.\nMore."), fail("One.\nMore."))
    course(dataclasses.replace(FUNCTION_EXERCISE, checks=tuple(Check(f"check {test}", test) for test in tests)))
    messages = [check.message for check in judge("7.1", RIGHT).checks]
    assert messages == ["", "One.\nMore.", "Two.", "The same mistake."]


def test_another_seed_asks_other_questions(course):
    asked = []
    draw = Check("draws", lambda answer, rng: asked.append(rng.random()))
    course(dataclasses.replace(FUNCTION_EXERCISE, checks=(draw,)))
    for seed in (0, 0, 1):
        judge("7.1", RIGHT, seed)
    assert asked[0] == asked[1] != asked[2]


def test_a_huge_result_is_described_by_its_shape_and_its_first_entries():
    report = judge("7.1", "return 2 * rewards if len(rewards) == 3 else np.zeros(3_000_000)")
    assert "got:      an array of shape (3000000,), dtype float64, that begins 0, 0, 0, 0, …" in report.text
