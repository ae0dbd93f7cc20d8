"""The main of a student's process: runs the statements that it is given, and hands every answer to the judge.

It is started inside the jail, as `python -m marl_lessons.gradebook.inside.student`, and talks over what were its
standard input and output. Nothing that it says is trusted outside.
"""

import ast
import asyncio
import codeop
import inspect
import linecache
import os
import sys
import types

from marl_lessons import exercises
from marl_lessons.exercises.calls import refuse_inside_answer
from marl_lessons.exercises.judging.calling import end_children
from marl_lessons.gradebook.inside.describing import describe_error
from marl_lessons.gradebook.inside.serving import serve
from marl_lessons.gradebook.wire.channel import Channel

DEEPEST = 3_000  # calls, as in a notebook
NO_ANSWERS = ("predict", "progress", "hint", "solution", "keep_scores")  # calls of the course that answer nothing


def main():
    """Take over the streams, run what comes, and end."""
    channel = Channel(*take_over_streams())
    sys.setrecursionlimit(DEEPEST)
    task = channel.receive()
    sys.modules["__main__"] = types.ModuleType("__main__")  # the notebook, for those who look names up there
    namespace = vars(sys.modules["__main__"])
    for file, text in task["cells"].items():
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    names = {**_list_notebook_names(), **_replace_course(channel)}
    compiler = codeop.Compile()  # remembers what is imported from __future__
    compiler.flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    for statement in task["statements"]:
        namespace.update(names)  # the notebook, too, puts the course's names back before each cell
        _run(statement, namespace, compiler, channel)
    channel.send({"over": True})


def take_over_streams():
    """Return what were standard input and output, as descriptors, and leave nothing in their places."""
    streams = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nothing, descriptor)
    return streams


def _run(statement, namespace, compiler, channel):
    """Run one statement; whatever it raises ends it alone."""
    channel.send({"at": statement["index"]})
    source = "\n" * (statement["line"] - 1) + statement["source"]
    try:
        code = compiler(source, statement["file"], "exec")
        with end_children():
            waiting = eval(code, namespace)
            if inspect.iscoroutine(waiting):  # the statement holds an `await`
                asyncio.run(waiting)
    except BaseException as error:
        channel.send({"failed": statement["index"], "error": describe_error(error, namespace)})


def _replace_course(channel):
    """Let `exercise` and `check` hand answers over, and other calls do nothing; returns the first two, by name."""

    def exercise(exercise_id):
        refuse_inside_answer("exercise")
        return lambda answer: serve(channel, exercise_id, answer)

    def check(exercise_id, answer):
        refuse_inside_answer("check")
        return serve(channel, exercise_id, answer)

    exercises.exercise, exercises.check = exercise, check
    for name in NO_ANSWERS:
        setattr(exercises, name, _do_nothing)
    return {"exercise": exercise, "check": check}


def _list_notebook_names():
    """The names that a notebook has without an import."""
    return {"display": _do_nothing, "get_ipython": _Shell}


class _Shell:
    """Stands in for the notebook's shell: whatever it is told, nothing happens."""

    def __getattr__(self, name):
        return _do_nothing


def _do_nothing(*arguments, **options):
    """Stand in for a call that has no effect on any answer."""


if __name__ == "__main__":
    main()
    os._exit(0)  # threads that a student has left behind do not keep it
