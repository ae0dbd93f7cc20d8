"""Picks the statements of a notebook that its exercises need, and puts them in the order in which they are to run."""

import ast
from dataclasses import dataclass, field

from marl_lessons.gradebook.code.answering import find_answering
from marl_lessons.gradebook.code.program import Program
from marl_lessons.gradebook.code.statements import Statement, parse_cell

MOST_WORK = 20_000  # statements times answers; who has more gets the whole notebook run
USUAL_IMPORTS = {"np": "import numpy as np"}  # what every lesson begins with, and somebody may have deleted
_REACH_ANYTHING = {"eval", "exec", "globals", "locals", "vars", "__import__", "importlib", "get_ipython", "setattr"}
_RUN_OTHER_CODE = {"run", "load", "pylab"}


@dataclass(frozen=True)
class Plan:
    """What is to be run, in this order, and which exercises each statement may answer: its index -> their ids.

    skipped_may_matter: the exercises whose value a statement that was left out might have changed. added: the names
    that the notebook never defines and that every lesson imports; a statement of "added" imports them. parts: the index
    of each statement that answers -> those of all that it needs.
    """

    statements: tuple[Statement, ...]
    exercises: dict[int, tuple[str, ...]]
    skipped_may_matter: frozenset[str] = frozenset()
    added: tuple[str, ...] = ()
    parts: dict[int, frozenset[int]] = field(default_factory=dict)


def plan(notebook, exercise_ids, without=frozenset(), wide=False):
    """Return the `Plan` for the exercises of a lesson.

    It holds what their statements need: what stands above them, or where nothing does, the first thing that stands
    below. without: the indices of statements that are left out. wide: take everything down to the last answer.
    """
    statements = [statement for cell in notebook.cells for statement in cell.statements]
    answering = find_answering(statements, exercise_ids)
    program = Program(statements)
    is_too_much = len(statements) * len(answering) > MOST_WORK
    slices = [] if is_too_much else [_Slice(program, index) for index in sorted(answering)]
    picked = {index for one in slices for index in one.picked} | answering.keys() | _find_general(statements)
    if wide or is_too_much:
        picked |= set(range(max(answering, default=-1) + 1))
    early = set().union(*(one.early for one in slices))
    order = [statements[index] for index in _put_in_order(picked, early) if index not in without]
    missing = {name for one in slices for name in one.undefined}
    parts = {one.answer: frozenset(one.picked) for one in slices}
    added = tuple(name for name in USUAL_IMPORTS if name in missing)
    may_matter = _find_doubtful(notebook, slices, answering, picked)
    return Plan((*map(_import_usual, added), *order), answering, frozenset(may_matter), added, parts)


class _Slice:
    """The statements that one answer needs.

    picked: their indices. early: pairs of one that stands below whoever needs it, and who that is. data: the names of
    values, other than imports, that are needed. undefined: names that nothing binds.
    """

    def __init__(self, program, answer):
        self.program, self.answer = program, answer
        self.picked, self.early, self.data, self.undefined = {answer}, set(), set(), set()
        self._seen, self._waiting = set(), [(answer, answer)]
        while self._waiting:
            index, position = self._waiting.pop()
            for name in program.reads[index]:
                self._need(name, index, position, is_late=False)
            for name in program.late[index]:
                self._need(name, answer, answer, is_late=True)

    def _need(self, name, needer, position, is_late):
        """Add who makes a name right at a position; late: when functions are called, while the answer is judged."""
        binders = self._find_above(name, position, is_late)
        is_fresh = binders and not is_late and self.program.binds[binders[-1]][name]
        begin = binders[-1] if is_fresh else -1
        changers = self.program.changers.get(self.program.group(name), ())
        for index in [*binders, *(index for index in changers if begin < index < position)]:
            self._pick(index, index)
        is_own = is_late and name in self.program.binds[self.answer]  # a function that calls itself
        if not binders and not is_own:
            self._need_from_below(name, needer, position)
        if name not in self.program.imported:
            self.data.add(name)

    def _find_above(self, name, position, is_late):
        """Return who binds a name above: from the last back to one that does so for sure, or all for a function."""
        found = []
        for index in reversed(self.program.binders.get(name, ())):
            if index < position:
                found.append(index)
                if self.program.binds[index].get(name) and not is_late:
                    break
        return found

    def _need_from_below(self, name, needer, position):
        below = [index for index in self.program.binders.get(name, ()) if index > position]
        if below:
            self.early.add((below[0], needer))
            self._pick(below[0], position)
        else:
            self.undefined.add(name)

    def _pick(self, index, position):
        self.picked.add(index)
        if (index, position) not in self._seen:
            self._seen.add((index, position))
            self._waiting.append((index, position))


def _put_in_order(picked, early):
    """Return the indices in order, where pairs in `early` say that the first is to come before the second."""
    before = {}
    for index, needer in sorted(early):
        before.setdefault(needer, []).append(index)
    ordered, done = [], set()
    waiting = [(index, False) for index in sorted(picked, reverse=True)]
    while waiting:
        index, is_ready = waiting.pop()
        if is_ready:
            ordered.append(index)
        elif index not in done:
            done.add(index)
            waiting.append((index, True))
            waiting += [(earlier, False) for earlier in reversed(before.get(index, ()))]
    return ordered


def _find_general(statements):
    """Return who binds names that cannot be told, or tells Python how to read what follows."""
    imports = [one for one in statements if isinstance(one.node, ast.ImportFrom)]
    return {one.index for one in imports if one.node.module == "__future__" or one.node.names[0].name == "*"}


def _import_usual(name):
    source = USUAL_IMPORTS[name]
    (node,) = parse_cell(source).body
    return Statement(-1, 0, "added", 1, source, node, None)


def _find_doubtful(notebook, slices, answering, picked):
    """Return the exercises whose value a statement that is skipped might have changed."""
    runs_more = [cell.number for cell in notebook.cells if _RUN_OTHER_CODE & set(cell.magics)]
    return {
        exercise_id
        for one in slices
        if any(number <= one.program.statements[one.answer].cell for number in runs_more)
        or any(_may_matter(one, index) for index in range(one.answer) if index not in picked)
        for exercise_id in answering[one.answer]
    }


def _may_matter(one, index):
    """Tell whether a statement reaches for names by their text, or hands what the answer needs to who knows whom."""
    names, program = one.program.statements[index].names, one.program
    if _REACH_ANYTHING & (names.now.reads | names.late.reads):
        return True
    return any(call.given & one.data for call in names.now.calls if not program.is_known(call.callee))
