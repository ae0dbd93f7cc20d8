"""Writes values for learners: in a sentence briefly, in a block as code that can be pasted."""

import math
import re
import reprlib
import types

import numpy as np

FENCE = "```"  # a line of its own, before and after a block of code
ENTRIES_LIMIT = 200  # a block writes arrays and lists up to this length whole
LINE_WIDTH = 88
NESTED = (list, tuple, dict, np.ndarray)  # parts of which a sentence only says how many they are
_brief = reprlib.Repr()
_brief.maxlist = _brief.maxtuple = _brief.maxset = _brief.maxdict = 8
_brief.maxstring = _brief.maxother = _brief.maxlong = 120


def is_array(value):
    """Tell whether a value is an array with axes, which no sentence should hold."""
    return isinstance(value, np.ndarray) and value.ndim > 0


def describe(value):
    """Name a value for a sentence: its type, its shape if it has one, and what it is."""
    if isinstance(value, np.ndarray):
        return f"{_name_array(value)} of shape {value.shape}"
    if isinstance(value, type):
        return f"the class `{value.__name__}`"
    if callable(value):
        return "a function (did you forget to call it with parentheses?)"
    if isinstance(value, (list, tuple)) and (len(value) > 3 or any(isinstance(part, NESTED) for part in value)):
        return f"a {type(value).__name__} of {len(value):,} parts"
    article = "an" if type(value).__name__[0] in "aeiou" else "a"
    return f"{article} {type(value).__name__}: {show_value(value)}"


def show_value(value, limit=240):
    """Write a value briefly and on one line, numbers with four digits or three decimals."""
    text = re.sub(r"\s*\n\s*", " ", _try(_show, value))  # a learner's `repr` may have many lines
    return text if len(text) <= limit else text[:limit] + " …"


def show_case(parameters, case, call=None, expected=None, got=None, notes=()):
    """Write an input as a block that can be pasted, and below it the call and two lines: what was expected, and got.

    parameters: the names; case: their values; call: the line that is run, such as "f(x)".
    expected, got: values, in one-element tuples, because any value can be a result. notes: further lines, as comments.
    """
    lines = [_write_assignment(name, value) for name, value in zip(parameters, case, strict=False)]
    lines += [call] if call else []
    lines += _write_comment("expected:", expected) + _write_comment("got:     ", got)
    if expected and got and lines[-1].removeprefix("# got:     ") == lines[-2].removeprefix("# expected:"):
        lines.append(f"# the difference is behind the shown digits: {_show_gap(expected[0], got[0])}")
    return "\n".join([FENCE, *lines, *(f"# {note}" for note in notes), FENCE])


def show_change(name, before, after):
    """Say what a call has made of an input, in one line: of an array, the first of the entries that it changed."""
    if not isinstance(before, np.ndarray) or before.shape != after.shape:
        return f"after the call {name} is {show_value(after)}"
    place = np.argwhere(before != after)[0].tolist()
    entry = f"{name}[{', '.join(map(str, place))}]"
    count = np.count_nonzero(before != after) - 1
    others = f"; {count} more entries have changed" if count else ""
    now, old = _show(after[*place]), _show(before[*place])
    if now == old:  # the difference is behind the shown digits
        now, old = after[*place].item(), before[*place].item()
    return f"after the call {entry} is {now}, it was {old}{others}"


def write_code(value, prefix=""):
    """Write a value as Python code; where it is too long for that, as a comment that says what it is.

    prefix: what stands before it on its line, so that the rows of a matrix stand below each other.
    """
    return _try(lambda value: _write(value, prefix), value)


def _write_assignment(name, value):
    prefix = f"{name} = "
    return prefix + write_code(value, prefix)


def _write_comment(label, wrapped):
    if not wrapped:
        return []
    prefix = f"# {label} "
    with np.printoptions(precision=6, suppress=True, floatmode="maxprec"):
        lines = _try(lambda value: _write_result(value, prefix), wrapped[0]).splitlines() or [""]
    return ["\n".join([prefix + lines[0], *(f"#{line[1:]}" for line in lines[1:])])]


def _write_result(value, prefix):
    if isinstance(value, np.ndarray) and value.ndim and 0 < value.size <= ENTRIES_LIMIT:
        rounded = value + 0.0 if value.dtype.kind == "f" else value  # + 0.0 turns -0 into 0
        return np.array2string(rounded, separator=", ", prefix=prefix, max_line_width=LINE_WIDTH)
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.6g}"
    return show_value(value)


def _write(value, prefix):
    if isinstance(value, np.ndarray):
        return _write_array(value, prefix)
    if isinstance(value, (list, tuple)) and len(value) <= ENTRIES_LIMIT:
        opening, closing = "[]" if isinstance(value, list) else ("(", ",)" if len(value) == 1 else ")")
        return opening + ", ".join(_write(part, "") for part in value) + closing
    if isinstance(value, dict) and len(value) <= ENTRIES_LIMIT:
        return "{" + ", ".join(f"{key!r}: {_write(part, '')}" for key, part in value.items()) + "}"
    if isinstance(value, float) and not np.isfinite(value):
        return f"float({str(value)!r})"
    if isinstance(value, (bool, int, float, str, np.generic)):
        return repr(value)
    if isinstance(value, np.random.Generator):
        return "np.random.default_rng(0)  # or with any other seed"
    return f"...  # {describe(value)}"


def _write_array(array, prefix):
    if array.size == 0:
        return f"np.empty({array.shape})"
    if array.size > ENTRIES_LIMIT:
        return f"...  # {_show(array)}"
    if _is_shared_evenly(array):
        return f"np.full({array.size if array.ndim == 1 else array.shape}, 1 / {array.shape[-1]})"
    natural = array.dtype in (np.dtype(float), np.dtype(int), np.dtype(bool))
    with np.printoptions(nanstr="np.nan", infstr="np.inf", floatmode="unique", suppress=True, threshold=array.size + 1):
        text = np.array2string(array, separator=", ", prefix=f"{prefix}np.array(", max_line_width=LINE_WIDTH)
    return f"np.array({text}{'' if natural else f', dtype=np.{array.dtype}'})"


def _is_shared_evenly(array):
    """Tell whether all entries are 1 divided by the length of a row, which decimals write with 16 digits, as 1/3."""
    share = 1 / array.shape[-1] if array.ndim else 0
    return array.dtype == float and array.size > 1 and len(repr(share)) > 6 and bool((array == share).all())


def _try(write, value):
    try:
        return write(value)
    except Exception:  # a learner's object may fail in its own repr
        return f"a {type(value).__name__}"


def _show(value):
    if isinstance(value, np.ndarray):
        return _show_array(value)
    if isinstance(value, (float, np.floating)):
        return f"{float(value):.4g}"
    if isinstance(value, np.generic):
        return str(value)
    if isinstance(value, int) and abs(value) >= 10**120:  # Python refuses to write it from 4,300 digits on
        return f"a number of about {math.log10(abs(value)):,.0f} digits"
    text = repr(value) if isinstance(value, types.GeneratorType | types.CoroutineType) else _brief.repr(value)
    text = re.sub(r"\d+\.\d{5,}(?:e-?\d+)?", lambda number: f"{float(number[0]):.4g}", text)  # floats in a list
    text = re.sub(r"(?: at )?0x[0-9a-fA-F]+|np\.\w+\(([^()]*)\)", r"\1", text)
    return re.sub(r"\s*\n\s*", " ", text)


def _show_array(array):
    if array.size > ENTRIES_LIMIT:
        first = ", ".join(_show(part) for part in array.flat[:4])
        return f"an array of shape {array.shape}, dtype {array.dtype}, that begins {first}, …"
    rounded = np.round(array, 3) + 0.0 if array.dtype.kind == "f" else array  # + 0.0 turns -0 into 0
    text = np.array2string(rounded, precision=3, suppress_small=True, separator=", ", threshold=40)
    return re.sub(r"\s*\n\s*", " ", text)


def _show_gap(expected, got):
    gap = _try(lambda pair: f"{np.max(np.abs(np.subtract(*pair, dtype=float))):.1g}", (expected, got))
    return f"up to {gap}" if gap[0].isdigit() else "of another type"


def _name_array(array):
    if isinstance(array, np.ma.MaskedArray):
        return "a masked array"
    return "a matrix" if isinstance(array, np.matrix) else "an array"
