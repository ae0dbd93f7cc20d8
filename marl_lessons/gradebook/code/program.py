"""Knows of a whole notebook which statement binds, reads and changes what, through functions and shared values too."""

import ast
import builtins
from collections import defaultdict

from marl_lessons.gradebook.code.effects import Effects
from marl_lessons.gradebook.code.expressions import PARAMETER

_CHANGING_BUILTINS = {"setattr", "delattr", "next"}
_ONLY_LOOK = ("marl_lessons", "matplotlib", "IPython", "ipywidgets")  # their functions change nothing they are given
_BUILTINS = frozenset(dir(builtins))
_ROUNDS = 10  # functions that call functions that call … are followed as far


class Program:
    """What the statements of a notebook do to names.

    reads[i], late[i]: the names that statement i needs when it runs, and those that the functions in it need when they
    are called. binds[i]: name -> whether it is bound for sure. binders, changers: name -> the statements that bind or
    change it, in order.
    """

    def __init__(self, statements):
        self.statements = statements
        self.imported = find_imports(statements)
        defined = {one.node.name for one in statements if isinstance(one.node, ast.FunctionDef)}
        self._hold_nothing = {*defined, *self.imported, *_BUILTINS, PARAMETER}  # values that others are made with
        self.functions = self._find_functions()
        self.groups = self._find_groups()
        self.reads = [statement.names.now.reads for statement in statements]
        self.late = [statement.names.late.reads for statement in statements]
        self.binds = [self._find_binds(statement.names.now) for statement in statements]
        self.binders, self.changers = defaultdict(list), defaultdict(list)
        for index, statement in enumerate(statements):
            for name in self.binds[index]:
                self.binders[name].append(index)
            for group in self.find_changed(statement.names.now):
                self.changers[group].append(index)

    def group(self, name):
        """Return one name for all those that may hold the same value."""
        while (other := self.groups.get(name, name)) != name:
            self.groups[name] = self.groups.get(other, other)  # the way is shorter next time
            name = other
        return name

    def _find_groups(self):
        self.groups = {}
        for statement in self.statements:
            for name, roots, given in statement.names.shared:
                returned = set().union(*(self.functions[root].returns for root in roots if root in self.functions))
                held = roots | returned | (given if PARAMETER in returned else set())
                for root in held - self._hold_nothing:
                    self.groups[self.group(root)] = self.group(name)
        return self.groups

    def _find_functions(self):
        """Return name -> what calling it does, in functions that it calls in turn too."""
        self.functions, count = defaultdict(Effects), -1
        for _ in range(_ROUNDS):
            if count == (count := self._count_effects()):
                break
            for statement in self.statements:
                self._learn_functions(statement.names)
        return self.functions

    def _learn_functions(self, names):
        late = names.late
        if late != Effects():
            returns = late.returns.union(*(self.functions[name].returns for name in late.reads & self.functions.keys()))
            changes = self._find_direct(late) - (self._hold_nothing - {PARAMETER})
            found = Effects(changes=changes, may_bind=set(self._find_binds(late)), returns=returns)
            for name in names.now.binds | names.now.may_bind:
                self._add_effects(name, found)
        for name, roots, _ in names.shared:
            for root in roots & self.functions.keys():
                self._add_effects(name, self.functions[root])

    def _add_effects(self, name, found):
        known = self.functions[name]
        known.changes |= found.changes
        known.may_bind |= found.may_bind
        known.returns |= found.returns

    def _count_effects(self):
        return sum(len(effects.changes | effects.may_bind | effects.returns) for effects in self.functions.values())

    def _find_binds(self, effects):
        called = [self.functions[name].may_bind for name in effects.reads if name in self.functions]
        return dict.fromkeys(effects.may_bind.union(*called), False) | dict.fromkeys(effects.binds, True)

    def find_changed(self, effects):
        """Return the groups of the names whose values running this code may change."""
        return {self.group(name) for name in self._find_direct(effects) - {PARAMETER}}

    def _find_direct(self, effects):
        called = [self.functions[name].changes - {PARAMETER} for name in effects.reads if name in self.functions]
        given = effects.touches.union(*map(self._find_changed_by_call, effects.calls))
        return effects.changes.union(*called) | (given - self.imported.keys())

    def is_known(self, callee):
        """Tell whether a function comes from a library, from Python or from this notebook."""
        return callee in self.functions or callee in _BUILTINS or callee.split(".")[0] in self.imported

    def _find_changed_by_call(self, call):
        """Return which of the names that go into a call it may change, as far as its own name tells."""
        root, *inside = call.callee.split(".")
        if root in self.imported:
            origin = ".".join([self.imported[root], *inside])
            if origin in ("marl_lessons.train", "marl_lessons.rollout.train"):
                return call.given - call.first  # the game stays as it is, the learner does not
            return call.given if call.is_discarded and not origin.startswith(_ONLY_LOOK) else set()
        if call.callee in self.functions:
            return call.given if PARAMETER in self.functions[call.callee].changes else set()
        if call.callee in _BUILTINS:
            return call.given if call.callee in _CHANGING_BUILTINS else set()
        return call.given if call.is_discarded else set()


def find_imports(statements):
    """Return name -> what it was imported as, such as "marl_lessons.train", for imports at the left margin."""
    imported = {}
    for statement in statements:
        match statement.node:
            case ast.Import(names=[ast.alias(name=module, asname=name)]):
                imported[name or module.split(".")[0]] = module if name else module.split(".")[0]
            case ast.ImportFrom(module=module, names=[ast.alias(name=origin, asname=name)]):
                imported[name or origin] = f"{module or ''}.{origin}"
    return imported
