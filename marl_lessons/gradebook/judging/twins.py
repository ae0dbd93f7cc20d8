"""Twins of a student's functions: compiled from the text of the cell and never run, so that the judge can read them.

What the judge's explanations look at is there: the code, the names among which it stands, and frames like those of a
traceback. Nothing of it is ever called: a twin has no builtins, and the frames belong to generators that never start.
"""

import contextlib
import inspect
import linecache
import types

NOWHERE = "<string>"  # the file of code that is in no cell; `linecache` opens no file of such a name


@contextlib.contextmanager
def shown(cells):
    """Let tracebacks find the lines of cells, {"cell 3": text}, for a while."""
    before = {name: linecache.cache.get(name) for name in cells}
    for name, text in cells.items():
        linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    try:
        yield
    finally:
        for name, entry in before.items():
            linecache.cache.pop(name, None)
            if entry is not None:
                linecache.cache[name] = entry


def make_twin(code, cells, is_partial=False):
    """Return the twin of a function that was described, or where its text is in no cell something to stand for it.

    Parameters: code, the description: file, line, name, parameters; cells, {file: text}; is_partial, whether some of
    the parameters are filled already, so that nothing can be said of those that are not read.
    """
    found = _find_code(code, cells)
    if found is None:
        found, is_partial = _stand.__code__.replace(co_name=_take_text(code["name"]), co_filename=NOWHERE), True
    if is_partial:
        found = found.replace(co_names=(*found.co_names, "locals"))  # who reads them all ignores none for certain
    cells_of = tuple(types.CellType() for _ in found.co_freevars)
    twin = types.FunctionType(found, {"__builtins__": {}}, _take_text(code["name"]), None, cells_of)
    twin.__qualname__ = _take_text(code["qualified"])
    return twin


def _stand(*arguments, **options):
    """Stand for a function whose text is in no cell."""


def make_harmless(name):
    """Return a plain function with a name, which does nothing."""
    made = types.FunctionType(_stand.__code__.replace(co_name=name, co_filename=NOWHERE), {"__builtins__": {}}, name)
    made.__qualname__ = name
    return made


def _find_code(code, cells):
    text = cells.get(code["file"])
    if text is None:
        return None
    try:
        whole = compile(text, code["file"], "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None
    fitting = [found for found in _list_codes(whole) if _fits(found, code)]
    return fitting[0] if fitting else None


def _fits(found, code):
    parameters = list(found.co_varnames[: found.co_argcount + found.co_kwonlyargcount])
    return (found.co_name, found.co_firstlineno, parameters) == (code["name"], code["line"], code["parameters"])


def _list_codes(code):
    inner = [part for part in code.co_consts if isinstance(part, types.CodeType)]
    return [code, *(found for part in inner for found in _list_codes(part))]


def make_signature(described):
    """Return the signature that was described, with defaults and notes that are written as they were."""
    parameters = [
        inspect.Parameter(
            part["name"],
            inspect._ParameterKind(part["kind"]),
            default=inspect.Parameter.empty if part["default"] is None else _Written(part["default"]),
            annotation=inspect.Parameter.empty if part["note"] is None else _Written(part["note"]),
        )
        for part in described["parameters"]
    ]
    returns = described["returns"]
    return inspect.Signature(
        parameters, return_annotation=inspect.Signature.empty if returns is None else _Written(returns)
    )


class _Written:
    def __init__(self, text):
        self.text = _take_text(text)

    def __repr__(self):
        return self.text


def make_traceback(frames, namespace, cells):
    """Return a traceback whose frames have these files, names and lines, and lie in a namespace; None without any."""
    made = None
    for file, name, first_line, line in reversed(frames):
        frame = make_frame_function(file if file in cells else NOWHERE, name, first_line, namespace)().gi_frame
        made = types.TracebackType(made, frame, -1, _take_line(line))  # -1: the line counts, not the place in the code
    return made


def make_frame_function(file, name, first_line, namespace):
    """Return a generator function of which only the frame is wanted, in a namespace; it does nothing."""
    code = _rest.__code__.replace(co_filename=file, co_name=_take_text(name), co_firstlineno=_take_line(first_line))
    return types.FunctionType(code, namespace, _take_text(name))


def _rest():
    yield


def _take_text(text):
    if type(text) is not str:
        raise ValueError("no text")
    return text[:200].replace("\0", "")


def _take_line(line):
    if type(line) is not int or not 0 <= line < 2**30:
        raise ValueError("no line")
    return line
