"""Says what stopped a learner's code: which error, and at which of their own lines."""

import linecache
import os
import traceback

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
    frames = list_own_frames(error, answer)
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


def list_own_frames(error, answer):
    """Return the frames of a traceback that belong to the learner's own code, each with its line number."""
    namespace = answer.namespace if answer else None
    return [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_globals is namespace]


def _name_line(frame, number):
    source = read_line(frame, number)
    return f"line {number} of {_name_cell(frame.f_code.co_filename)}" + (f": `{source}`" if source else "")


def read_line(frame, number):
    """Return the text of a line of code."""
    return linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()


def _name_cell(file_name):
    """Name a cell by the number that stands beside it, "cell In [12]", and what is no cell by its file."""
    compiler = getattr(get_ipython(), "compile", None)
    name = compiler.format_code_name(file_name) if hasattr(compiler, "format_code_name") else None
    if name and name[1].startswith("In["):
        return f"cell {name[1].replace('[', ' [')}"
    if file_name.startswith(("<stdin>", "<python-input")):
        return "what you typed"
    return "the cell" if file_name.startswith("<") else os.path.basename(file_name)


def say_again():
    """Say how an answer is given once more: in a cell, or at a prompt and in a file, where there are none."""
    return "run the cell again" if get_ipython() else "run it again"
