"""Says what stopped a learner's code: which error, at which of their own lines, and what to do about it."""

import ast
import linecache
import re
import traceback

import numpy as np
from IPython import get_ipython

from marl_lessons.exercises.judging.code_reading import find_function

ERROR_LIMIT, ERROR_LINES = 400, 8  # characters and lines of an error that a card repeats
STUB = "Write your code here."  # the message of the line that a learner's copy has in place of the solution


def is_stub(error, answer):
    """Tell whether an error is the stub's own, raised at the first call: a learner may raise one like it."""
    if not isinstance(error, NotImplementedError) or error.args != (STUB,) or answer.calls > 1:
        return False
    function, frames = find_function(answer.function), list(traceback.walk_tb(error.__traceback__))
    return function is not None and frames[-1][0].f_code is function.__code__


def name_error(error):
    """Write an error's type and message, as far as the message can be had and read."""
    try:
        lines = str(error)[:ERROR_LIMIT].splitlines()[:ERROR_LINES]
    except Exception:  # a learner's error may fail in its own str
        return type(error).__name__
    message = "\n".join(lines).replace("`", "'")  # backticks, and fences made of them, are the card's own marks
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def name_type(error):
    """Write an error's type as Python knows it, without asking a learner's class."""
    return type.__dict__["__name__"].__get__(type(error))


def locate_error(error, answer):
    """Name the learner's own line at which an error happened, and the function if it is another than the answer."""
    frames = _list_own_frames(error, answer)
    if not frames:
        return ""
    (frame, number), (first_frame, first_number) = frames[-1], frames[0]
    helper = frame.f_code.co_name
    if frame is first_frame or helper.startswith("<") or helper == first_frame.f_code.co_name:
        return f" It happened at {_name_line(frame, number)}."
    return (
        f" It happened in your function `{helper}`, at {_name_line(frame, number)}; "
        f"`{first_frame.f_code.co_name}` calls it at {_name_line(first_frame, first_number)}."
    )


def find_remedy(error, answer):
    """Say what to do about an error, by its words where they tell more than its type."""
    frames = _list_own_frames(error, answer)
    if frames and _read_line(*frames[-1]).startswith(("raise ", "assert ")):
        return " That line is your own, and this input is legal: find what your function can return for it."
    if frames and type(error) is NameError and _is_defined_below(error.name, *frames[0]):
        return (
            " An exercise is checked as soon as its function is defined, and "
            f"`{error.name}` gets its value further down in this cell: move that above the exercise."
        )
    words = name_error(error)
    told = (remedy for pattern, remedy in REMEDIES_BY_WORDS.items() if re.search(pattern, words))
    return next(told, REMEDIES.get(type(error), "") if frames else "")


def _is_defined_below(name, frame, line):
    """Tell whether a cell, after the function in which a line stands, gives a name its value."""
    try:
        parts = ast.parse("".join(linecache.getlines(frame.f_code.co_filename, frame.f_globals))).body
    except SyntaxError:  # with a line for IPython alone, such as %matplotlib
        return False
    return any(name in _list_defined(part) for part in parts if part.lineno > line)


def _list_defined(part):
    """Return the names to which a statement at the left margin of a cell gives a value."""
    if isinstance(part, (ast.FunctionDef, ast.ClassDef)):
        return [part.name]
    if isinstance(part, (ast.Import, ast.ImportFrom)):
        return [alias.asname or alias.name for alias in part.names]
    return [node.id for node in ast.walk(part) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


def _list_own_frames(error, answer):
    namespace = answer.namespace if answer else None
    return [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_globals is namespace]


def _name_line(frame, number):
    source = _read_line(frame, number)
    return f"line {number} of {_name_cell(frame.f_code.co_filename)}" + (f": `{source}`" if source else "")


def _read_line(frame, number):
    return linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()


def _name_cell(file_name):
    """Name a cell by the number that stands beside it: "cell In [12]"; outside of a notebook it is just "the cell"."""
    compiler = getattr(get_ipython(), "compile", None)
    name = compiler.format_code_name(file_name) if hasattr(compiler, "format_code_name") else None
    return f"cell {name[1].replace('[', ' [')}" if name and name[1].startswith("In[") else "the cell"


REMEDIES_BY_WORDS = {
    r"truth value of an (empty )?array": " `if`, `and`, `or` and `not` need one True or False, and this is an array. "
    "Ask for all at once with `.all()` or `np.allclose`, combine with `&` and `|`, decide entry by entry with "
    "`np.where`; whether it is empty says `.size`.",
    "core dimension|not aligned": " `@` needs the last axis on its left to be as long as the first axis on its right: "
    "compare the `.shape` of the two.",
    "inhomogeneous|array element with a sequence": " The parts have different lengths. Is one of them from `np.where`?"
    " It gives a tuple: take `[0]`.",
    "remapped shapes": " In `np.einsum` the same letter has to stand for axes of the same length.",
    "unhashable": " Arrays, lists and slices cannot be keys of a dictionary, and `functools.cache` makes keys of what "
    "a function gets.",
    "math domain error": " That number has no root or no logarithm.",
    "could not be broadcast": " Compare the two shapes from the right: each pair of lengths must be the same, or one "
    "of them 1. `x[:, None]` adds an axis of length 1.",
    r"cast .* to dtype\('u?int": " The array holds whole numbers, and what comes in are decimals: make it "
    "with `dtype=float`.",
    "too many indices": " The array has fewer axes than there are indices: print its `.shape`.",
    "arrays used as indices|only integer scalar|only integers, slices": " An index has to be a whole number, or an "
    "array of them; `/` gives decimals, `//` does not.",
    "zero-size|is empty|empty (sequence|iterable)|need at least one array": " There is nothing to choose from in this "
    "case: what is left out too much?",
    "values to unpack": " As many names on the left as there are parts on the right: print what is unpacked.",
    r"boolean (negative|subtract)": " `~` turns True and False round, and so does `1 - x.astype(int)`.",
    "cannot reshape": " The number of entries has to stay the same: print the `.shape` first.",
    "has no attribute 'append'": " A NumPy array has a fixed length. Collect in a list and make an array of it at the "
    "end.",
    "not callable": " Round brackets call a function; what stands before them here is none. Square ones index, and `*` "
    "multiplies.",
    "not subscriptable": " Square brackets index; what stands before them has no parts. Functions take round ones.",
    "object is not iterable": " What is to be gone through is a single thing: `range(…)` of it?",
    "positional argument|unexpected keyword|missing .* argument": " Compare the call with the `def` line of the "
    "function.",
    r"not supported between|unsupported operand": " Print the types of both sides.",
    "Singular matrix": " The equations have no single solution: is the matrix the one that you meant?",
    "No module named": " That is not installed here, and the exercise can be solved with NumPy alone.",
}
REMEDIES = {
    NameError: " Is the name spelled as where it was defined, and was that cell run?",
    UnboundLocalError: " Give the name a value on every path before you use it.",
    IndexError: " Indices count from 0 to the length minus 1: compare with the length in this case.",
    KeyError: " Print the dictionary's keys.",
    np.exceptions.AxisError: " Axis 0 are the rows, axis 1 the columns; an array has as many axes as its `.ndim`.",
    np.linalg.LinAlgError: " Print the `.shape` of the matrix, and the matrix.",
    TypeError: " Print the types of the things on that line.",
    ValueError: " Print the things on that line, for this input.",
    AttributeError: " Print `type(...)` of the thing before the dot.",
    ZeroDivisionError: " Which case makes the divisor zero?",
    OverflowError: " A number grows too large: does a loop multiply once too often?",
    RecursionError: " A function that calls itself needs a case in which it does not; long lists need a loop.",
}
