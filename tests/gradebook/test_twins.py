"""What the judge reads of a student's functions is made of the text of their cells, and nothing of it runs."""

import inspect
import linecache
import traceback

import pytest

from marl_lessons.gradebook.judging.twins import make_harmless, make_signature, make_traceback, make_twin, shown

CELLS = {
    "cell 1": "scale = 1\ndef double(x, *, by=2):\n    return x * by\n",
    "cell 2": "def outer():\n    y = 1\n    def inner(x):\n        return x + y\n    return inner\n",
    "cell 3": "first, second = lambda x: x, lambda y: -y\n",
    "cell 4": "def broken(:\n",
    "cell 5": "x = " + "-" * 10_000 + "1\n",
}
DOUBLE = {"file": "cell 1", "line": 2, "name": "double", "qualified": "double", "parameters": ["x", "by"]}


def test_a_twin_has_the_code_of_the_cell_and_no_builtins():
    twin = make_twin(DOUBLE, CELLS)
    assert (twin.__name__, twin.__code__.co_filename, twin.__code__.co_firstlineno) == ("double", "cell 1", 2)
    assert twin.__code__.co_varnames == ("x", "by")
    assert twin.__globals__ == {"__builtins__": {}}
    assert "locals" not in twin.__code__.co_names


def test_a_twin_of_a_function_in_a_function_is_found_too():
    inner = {"file": "cell 2", "line": 3, "name": "inner", "qualified": "outer.<locals>.inner", "parameters": ["x"]}
    twin = make_twin(inner, CELLS)
    assert (twin.__name__, twin.__qualname__, twin.__code__.co_freevars) == ("inner", "outer.<locals>.inner", ("y",))


def test_of_two_functions_in_a_line_the_one_with_the_same_parameters_is_the_twin():
    found = [
        make_twin({"file": "cell 3", "line": 1, "name": "<lambda>", "qualified": "", "parameters": [name]}, CELLS)
        for name in "xy"
    ]
    assert [twin.__code__.co_varnames for twin in found] == [("x",), ("y",)]


@pytest.mark.parametrize(
    "change",
    [
        *({"file": "cell 4"}, {"file": "cell 5"}, {"file": "cell 9"}, {"file": "/etc/passwd"}),
        *({"name": "triple"}, {"line": 3}, {"parameters": ["x"]}, {"name": "d\0"}, {"name": "d" * 10**6}),
    ],
    ids=lambda change: str(change)[:30],
)
def test_where_the_text_is_nowhere_something_stands_for_it_that_may_read_everything(change):
    twin = make_twin(DOUBLE | change, CELLS)
    assert twin.__code__.co_filename == "<string>"
    assert "locals" in twin.__code__.co_names
    assert len(twin.__name__) <= 200
    assert "\0" not in twin.__name__


@pytest.mark.parametrize("change", [{"name": 3}, {"qualified": None}])
def test_a_description_without_names_is_none(change):
    with pytest.raises(ValueError, match="no text"):
        make_twin(DOUBLE | {"line": 9} | change, CELLS)


def test_a_twin_of_a_partial_function_may_read_what_is_filled_already():
    assert "locals" in make_twin(DOUBLE, CELLS, is_partial=True).__code__.co_names


def test_a_harmless_function_has_a_name_and_does_nothing():
    made = make_harmless("other")
    assert (made.__name__, made.__qualname__, made(1, by=2), made.__globals__) == (
        *("other", "other", None),
        {"__builtins__": {}},
    )


def test_a_signature_is_written_as_it_was():
    def function(a, b: int, /, c=3.5, *rest, d, e="x", **more) -> float:
        pass

    def describe(parameter):
        default, note = parameter.default, parameter.annotation
        return {
            "name": parameter.name,
            "kind": int(parameter.kind),
            "default": None if default is inspect.Parameter.empty else repr(default),
            "note": None if note is inspect.Parameter.empty else note.__name__,
        }

    signature = inspect.signature(function)
    parameters = [describe(parameter) for parameter in signature.parameters.values()]
    assert str(make_signature({"parameters": parameters, "returns": "float"})) == str(signature)
    assert str(make_signature({"parameters": [], "returns": None})) == "()"


def test_a_traceback_has_its_files_names_and_lines_in_their_order():
    frames = [("cell 1", "<module>", 1, 1), ("cell 1", "double", 2, 3), ("/etc/passwd", "read", 1, 1)]
    made = make_traceback(frames, {"seen": 1}, CELLS)
    with shown(CELLS):
        lines = [(part.filename, part.name, part.lineno, part.line) for part in traceback.extract_tb(made)]
    assert lines == [
        ("cell 1", "<module>", 1, "scale = 1"),
        ("cell 1", "double", 3, "return x * by"),
        ("<string>", "read", 1, ""),
    ]
    assert made.tb_frame.f_globals == {"seen": 1}
    assert make_traceback([], {}, CELLS) is None


@pytest.mark.parametrize("details", [(3, 1, 1), ("f", -1, 1), ("f", 1, 2**31), ("f", 1, "1")])
def test_a_traceback_that_makes_no_sense_is_refused(details):
    with pytest.raises(ValueError, match=r"no (text|line)"):
        make_traceback([("cell 1", *details)], {}, CELLS)


def test_cells_are_shown_for_a_while_and_what_was_there_before_is_there_again():
    mine = (4, None, ["mine"], "cell 1")
    linecache.cache["cell 1"] = mine
    with shown(CELLS):
        assert linecache.getline("cell 1", 3) == "    return x * by\n"
    assert linecache.cache.pop("cell 1") == mine
    assert "cell 2" not in linecache.cache
