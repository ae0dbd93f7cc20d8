"""What a student's process tells of an answer and of its errors."""

import functools
import json

import numpy as np
import pytest

from marl_lessons.exercises.limits import LimitReached
from marl_lessons.exercises.sandbox import InputRefused
from marl_lessons.gradebook.inside.describing import StateWatch, describe, describe_error, is_stub
from marl_lessons.gradebook.wire import values
from marl_lessons.gradebook.wire.values import Writer


def define(source, **namespace):
    """Returns the `answer` that some lines define, with these names around it."""
    exec(source, namespace)
    return namespace["answer"]


def catch(answer, *arguments):
    try:
        answer(*arguments)
    except BaseException as error:
        return error


PLAIN = "def answer(x):\n    return x\n"
WRAPPED = "import functools\n@functools.wraps(len)\ndef answer(x):\n    return x\n"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (PLAIN, "answer"),
        ("answer = lambda x: x", None),
        ("def outer():\n    def inner(x):\n        return x\n    return inner\nanswer = outer()", None),
        (WRAPPED, None),
        ("class A:\n    def f(self, x):\n        return x\nanswer = A().f", None),
        ("answer = len", None),
    ],
)
def test_a_plain_function_alone_has_a_name_to_keep(source, name):
    assert describe(define(source), Writer())["name"] == name


def test_a_description_can_be_written_as_json_whatever_the_answer_holds():
    class Mute:
        def __repr__(self):
            raise ValueError

    answer = define("def answer(x: int, y=mute, *, z=1.5) -> float:\n    pass", mute=Mute())
    described = json.loads(json.dumps(describe(answer, Writer())))
    assert described["code"]["parameters"] == ["x", "y", "z"]
    assert [(part["default"], part["note"]) for part in described["signature"]["parameters"]] == [
        (None, "int"),
        ("…", None),
        ("1.5", None),
    ]
    assert described["signature"]["returns"] == "float"
    assert describe(max, Writer())["signature"] is None
    assert describe(functools.partial(answer, 1), Writer())["is_partial"]
    assert not described["is_partial"]


def test_an_object_that_fails_in_its_signature_has_none():
    class Odd:
        @property
        def __signature__(self):
            raise KeyError

        def __call__(self):
            pass

    assert describe(Odd(), Writer())["signature"] is None


def test_what_an_answer_keeps_is_told_when_it_has_changed():
    answer = define("rows = []\ndef answer(x, y=3):\n    rows.append(x)\n")
    answer.count = 1
    watch = StateWatch(answer)
    assert watch.write_news(Writer()) == {
        "variables": [["rows", ["list", []]]],
        "defaults": [[0, 3]],
        "attributes": [["count", 1]],
    }
    assert watch.write_news(Writer()) is None
    answer(5)
    assert watch.write_news(Writer())["variables"] == [["rows", ["list", [5]]]]
    del answer.count
    assert watch.write_news(Writer())["attributes"] == []


def test_a_function_in_a_wrapper_is_no_attribute_of_that():
    answer = functools.wraps(define(PLAIN))(lambda x: x)
    answer.count = 1
    assert StateWatch(answer).write_news(Writer())["attributes"] == [["count", 1]]


def test_of_an_answer_that_keeps_nothing_nothing_is_told():
    assert StateWatch(define(PLAIN)).write_news(Writer()) is None
    assert StateWatch(len).write_news(Writer()) is None
    assert StateWatch(np.vectorize(define(PLAIN))).write_news(Writer()) is None


def test_for_a_large_variable_its_words_stand(monkeypatch):
    source = "def answer():\n    return a_few, large, many\n"
    monkeypatch.setattr(values, "MOST_PARTS", 10)
    answer = define(source, large=np.zeros(2**18), many=[[] for _ in range(20)], a_few=np.zeros(2))
    told = dict(StateWatch(answer).write_news(Writer())["variables"])
    assert {name: node[0] for name, node in told.items()} == {"large": "object", "many": "object", "a_few": "array"}


def test_of_a_deep_traceback_both_ends_are_told():
    answer = define("def answer(n):\n    if n == 0:\n        1 / 0\n    answer(n - 1)\n")
    told = describe_error(catch(answer, 50), answer.__globals__)
    assert [line for *_, line in told["frames"]] == [4] * 9 + [3]
    assert (told["line"], told["words"], told["kind"]) == (3, "ZeroDivisionError: division by zero", "")


def test_no_frame_of_other_code_is_told():
    answer = define("import json\ndef answer():\n    json.loads('{')\n")
    told = describe_error(catch(answer), answer.__globals__)
    assert [name for _, name, *_ in told["frames"]] == ["answer"]
    assert describe_error(ValueError("so"), {})["line"] is None


def test_a_limit_and_a_question_are_told_apart_from_other_errors():
    assert [describe_error(error, {})["kind"] for error in (LimitReached("so"), InputRefused(), KeyError())] == [
        *("limit", "input", ""),
    ]


STUB = "raise NotImplementedError('Write your code here.')"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"def answer():\n    {STUB}", True),
        (f"def helper():\n    {STUB}\ndef answer():\n    helper()", False),
        ("def answer():\n    raise NotImplementedError('later')", False),
        ("def answer():\n    raise ValueError('Write your code here.')", False),
    ],
)
def test_the_line_of_the_untouched_copy_is_a_stub_and_nothing_else_is(source, expected):
    answer = define(source)
    assert is_stub(catch(answer), answer) is expected
