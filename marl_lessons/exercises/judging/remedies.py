"""Says what to do about an error: by its words, where they tell more than its type, and by the shapes of the call."""

import ast
import itertools
import linecache
import re

import numpy as np

from marl_lessons.exercises.judging.code_reading import find_unread
from marl_lessons.exercises.judging.errors import list_own_frames, name_error, read_line


def find_remedy(error, answer):
    """Say what to do about an error, by its words where they tell more than its type."""
    frames = list_own_frames(error, answer)
    if frames and read_line(*frames[-1]).startswith(("raise ", "assert ")):
        return " That line is your own, and this input is legal: find what your function can return for it."
    if frames and type(error) is NameError and _is_defined_below(error.name, *frames[0]):
        return (
            " An exercise is checked as soon as its function is defined, and "
            f"`{error.name}` gets its value further down: move that above the exercise."
        )
    words = name_error(error)
    own_way = _find_way_for_list(error, words, read_line(*frames[-1])) if frames else ""
    if own_way:
        return own_way
    told = (remedy for pattern, remedy in REMEDIES_BY_WORDS.items() if re.search(pattern, words))
    remedy = next(told, REMEDIES.get(type(error), "") if frames else "")
    is_about_shapes = frames and re.search(ABOUT_SHAPES, words)
    lines = [read_line(*frame) for frame in (frames[-1], frames[0])] if frames else []
    return remedy + (_name_shapes(answer, *lines) if is_about_shapes else "")


def _name_shapes(answer, line, first_line):
    """Name the shapes that the arrays of the call have, and how two of them would fit."""
    named = dict(zip(answer.parameters, answer.arguments, strict=False))
    shapes = {name: value.shape for name, value in named.items() if isinstance(value, np.ndarray)}
    if not shapes:
        return ""
    (first, shape), *others = shapes.items()
    listed = [f"`{first}` has shape {shape}", *(f"`{name}` {shape}" for name, shape in others)]
    unread = [name for name in find_unread(answer.function, answer.parameters) if name in shapes]
    return f" Here {_join(listed)}.{_find_order(shapes, line, unread) or _find_turned(shapes, first_line)}"


def _join(parts):
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _find_order(shapes, line, unread):
    """Say how a product on a line would fit: without `.T`, with a parameter never read, or in the other order."""
    for left, right in itertools.permutations(shapes, 2):
        is_turned = re.search(rf"\b{left}\.T ?@ ?{right}\b(?![\[.(])", line)
        if is_turned and len(shapes[left]) == 2 and shapes[left][1:] == shapes[right]:
            return f" Without `.T` they would fit: `{left} @ {right}`, with an entry for each row of `{left}`."
        is_product = re.search(rf"\b{left} ?@ ?{right}\b(?![\[.(])|dot\({left}, ?{right}\)", line)
        fitting = [name for name in unread if is_product and shapes[left][1:] == shapes[name]]
        if fitting:
            return f" `{left} @ {fitting[0]}` would fit."
        if is_product and shapes[right][-1] == shapes[left][-2:][0]:
            return f" They would fit the other way round, `{right} @ {left}`."
    return ""


def _find_turned(shapes, line):
    """Say whether a line hands on a table and a vector that would fit, were the table turned over."""
    for table, vector in itertools.permutations(shapes, 2):
        is_call = re.search(rf"\w\(-?{table}, ?{vector}\)", line)
        if is_call and len(shapes[table]) == 2 and shapes[vector] == shapes[table][1:] != shapes[table][:1]:
            return f" `{table}.T`, with rows and columns swapped, has a row for each entry of `{vector}`."
    return ""


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


def _find_way_for_list(error, words, line):
    """Say what to write where a list was taken for one of its entries, or for an array."""
    if words == "TypeError: unhashable type: 'list'":
        return " A list or an array cannot be in a set, nor be a key of a dictionary. Did you mean one entry of it?"
    if type(error) is not AttributeError or type(error.obj) is not list or not hasattr(np, error.name):
        return ""
    found = re.search(rf"\b(\w+)\.{error.name}\b(\(\))?", line)
    if not found:
        return ""
    name, without_arguments = found.groups()
    module = "" if error.name in ("max", "min", "sum") and without_arguments else "np."
    return f" `{name}` is a list: `{module}{error.name}({name})`."


ABOUT_SHAPES = (
    "could not be broadcast|core dimension|not aligned|cannot reshape|out of bounds|too many indices|boolean index|"
    "remapped shapes|non-broadcastable|could not broadcast|shape mismatch|must match exactly|"
    "of a and weights|of weights (not|must)|only length-1|only 0-dimensional|must be square|"
    "number of dimensions|have the same shape"
)
REMEDIES_BY_WORDS = {
    r"truth value of an (empty )?array": " `if`, `and`, `or` and `not` need one True or False, and this is an array. "
    "Ask for all at once with `.all()` or `np.allclose`, combine with `&` and `|`, decide entry by entry with "
    "`np.where`; whether it is empty says `.size`.",
    "for [&|]: ": " `&` and `|` come before `<`, `>` and `==`: put each comparison in brackets, or write `and`, `or`.",
    "solve.*core dimension": " `np.linalg.solve(M, b)` needs as many numbers in b as M has rows.",
    "core dimension|not aligned": " `@` needs the last axis on its left to be as long as the first axis on its right: "
    "compare the `.shape` of the two.",
    "inhomogeneous": " The parts have different lengths. Is one of them from `np.where` or `np.linalg.lstsq`? They "
    "give a tuple: take `[0]`.",
    "array element with a sequence|only 0-dimensional|only length-1": " One number belongs there, and this is an array:"
    " which entry of it, or what is to be added up?",
    "requested shape": " `np.broadcast_to` repeats axes of length 1 and adds axes on the left, no more.",
    "remapped shapes": " In `np.einsum` the same letter has to stand for axes of the same length.",
    "unhashable": " Arrays, lists and slices cannot be keys of a dictionary or members of a `set`. The rows of a table "
    "are arrays: ask for `set(row)`. And `functools.cache` makes keys of what a function gets.",
    r"cannot convert float (infinity|NaN) to integer": " A whole number cannot be infinite or `nan`, and an array of "
    "whole numbers cannot hold that: make decimals of it first, `x.astype(float)`.",
    "math domain error": " That number has no root or no logarithm.",
    "boolean index": " A mask picks entries of an array of its own length: compare the two.",
    "of a and weights|of weights (not|must)": " Say with `axis=` to which axis of the array the weights belong: both "
    "have to be as long.",
    "input array from shape|shape mismatch: value": " Give as many numbers as there are places, or one for all.",
    r"shapes \((\d+),\) \(\1,\d+\)|shapes \((\d+),\d+\) \(\2,\)": " Compare the two shapes from the right: each pair "
    "of lengths must be the same, or one of them 1. Has one of the two an axis too many? Then add it up first, "
    "`.sum(axis=1)`; else `x[:, None]` gives the other one an axis of length 1.",
    "non-broadcastable|could not be broadcast|must match exactly|shape mismatch": " Compare the two shapes from the "
    "right: each pair of lengths must be the same, or one of them 1. `x[:, None]` adds an axis of length 1.",
    r"cast .* to dtype\('u?int": " The array holds whole numbers, and what comes in are decimals: make it "
    "with `dtype=float`; of a copy, `x.astype(float)` does so.",
    "number of dimensions|have the same shape": " They need as many axes each, and the same lengths but along the axis "
    "that joins them: `x[:, None]` adds an axis.",
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
    "missing .* positional argument": " Compare the call with the `def` line of the function. If "
    "what is handed on is a tuple of several things, `*` before it hands them on one by one.",
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
    KeyError: " The dictionary has no such key: which case did it leave out? Print its keys.",
    np.exceptions.AxisError: " Axis 0 are the rows, axis 1 the columns; an array has as many axes as its `.ndim`.",
    np.linalg.LinAlgError: " Print the `.shape` of the matrix, and the matrix.",
    TypeError: " Print the types of the things on that line.",
    ValueError: " Print the things on that line, for this input.",
    AttributeError: " Print `type(...)` of the thing before the dot.",
    ZeroDivisionError: " Which case makes the divisor zero?",
    OverflowError: " A number grows too large: does a loop multiply once too often?",
    RecursionError: " A function that calls itself needs a case in which it does not; long lists need a loop.",
}
