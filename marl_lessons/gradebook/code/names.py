"""Says of a statement which names it binds, reads and changes: when it runs, and when what it defines is called."""

import ast

from marl_lessons.gradebook.code.effects import Call, Names
from marl_lessons.gradebook.code.expressions import (
    RANDOM,
    dotted,
    find_bound_names,
    find_own_names,
    find_roots,
    is_common_random,
    list_parameters,
)

# Methods that change nothing.
_LEAVE_ALONE = {"all", "any", "argmax", "argmin", "astype", "copy", "count", "cumsum", "dot", "endswith", "flatten"}
_LEAVE_ALONE |= {"format", "get", "index", "item", "items", "join", "keys", "max", "mean", "min", "nonzero", "prod"}
_LEAVE_ALONE |= {"repeat", "reshape", "round", "split", "startswith", "std", "strip", "sum", "tolist", "transpose"}
_LEAVE_ALONE |= {"values", "var"}
_COMPOUND = ast.If | ast.For | ast.AsyncFor | ast.While | ast.Try | ast.TryStar | ast.With | ast.AsyncWith | ast.Match


def read_names(statement):
    """Return the `Names` of a statement. Raises RecursionError where it is nested too deep."""
    reader = _Reader(is_sure=not isinstance(statement, _COMPOUND))
    reader.visit(statement)
    return reader.names


class _Reader(ast.NodeVisitor):
    def __init__(self, is_sure):
        self.names, self.is_sure = Names(), is_sure
        self.scopes = []  # of each function, class and comprehension around: its own names -> what they may hold
        self.depth = 0  # how many functions are around
        self.bound = set()  # what the statement itself has bound for sure before the place that is read
        self.discarded = None

    @property
    def effects(self):
        return self.names.late if self.depth else self.names.now

    def is_own(self, name):
        return any(name in scope for scope in self.scopes)

    def bind(self, name):
        if not self.is_own(name):
            self.bound |= set() if self.depth else {name}
            (self.effects.binds if self.is_sure else self.effects.may_bind).add(name)

    def roots(self, node, through_calls=False):
        """Find the roots of an expression: for a name of a function's own what it may hold, as PARAMETER."""
        own = {name: scope[name] for scope in self.scopes for name in scope}
        return frozenset().union(*(own.get(name, {name}) for name in find_roots(node, through_calls)))

    def visit_Name(self, node):
        if not isinstance(node.ctx, ast.Load):
            self.bind(node.id)
        elif not self.is_own(node.id) and (self.depth or node.id not in self.bound):
            self.effects.reads.add(node.id)

    def visit_Attribute(self, node):
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load):
            self.effects.changes |= self.roots(node)
        elif is_common_random(dotted(node)):
            self.effects.reads.add(RANDOM)
            self.effects.touches.add(RANDOM)

    def visit_Subscript(self, node):
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load):
            self.effects.changes |= self.roots(node)

    def share(self, target, value):
        """Note what a target may hold from now on."""
        roots = self.roots(value), self.roots(value, through_calls=True)
        for name in find_roots(target):
            scope = next((scope for scope in reversed(self.scopes) if name in scope), None)
            if scope is None:
                self.names.shared.append((name, *roots))
            else:
                scope[name] |= roots[0]

    def visit_Assign(self, node):
        for target in node.targets:
            self.share(target, node.value)
        self.visit_all([node.value, *node.targets])

    def visit_AnnAssign(self, node):
        self.visit(node.annotation)
        if node.value is not None:
            self.share(node.target, node.value)
            self.visit_all([node.value, node.target])

    def visit_AugAssign(self, node):
        self.effects.changes |= self.roots(node.target)
        if isinstance(node.target, ast.Name) and not self.is_own(node.target.id):
            self.effects.reads.add(node.target.id)
            self.effects.may_bind.add(node.target.id)
        else:
            self.visit(node.target)
        self.visit(node.value)

    def visit_NamedExpr(self, node):
        self.share(node.target, node.value)
        self.visit(node.value)
        if not self.is_own(node.target.id):
            self.effects.may_bind.add(node.target.id)

    def visit_For(self, node):
        self.share(node.target, node.iter)
        self.visit(node.iter)
        self.visit_branches([node.target, *node.body], node.orelse)

    visit_AsyncFor = visit_For

    def visit_While(self, node):
        self.visit(node.test)
        self.visit_branches(node.body, node.orelse)

    visit_If = visit_While

    def visit_Try(self, node):
        self.visit_branches(node.body, *([handler] for handler in node.handlers), node.orelse, node.finalbody)

    visit_TryStar = visit_Try

    def visit_match_case(self, node):
        self.visit_branches([node.pattern, node.guard, *node.body])

    def visit_branches(self, *branches):
        """Visit what may be run or not; what is bound there is not bound for sure after it."""
        before = set(self.bound)
        for branch in branches:
            self.visit_all(branch)
            self.bound = set(before)

    def visit_With(self, node):
        self.visit_all(node.items)
        self.visit_branches(node.body)  # what it enters may swallow an error

    visit_AsyncWith = visit_With

    def visit_withitem(self, node):
        if node.optional_vars:
            self.share(node.optional_vars, node.context_expr)
        self.generic_visit(node)

    def visit_binder(self, node):
        for name in find_bound_names(node):
            self.bind(name)
        self.generic_visit(node)

    visit_Import = visit_ImportFrom = visit_ExceptHandler = visit_binder
    visit_MatchAs = visit_MatchStar = visit_MatchMapping = visit_binder

    def visit_Expr(self, node):
        self.discarded = node.value
        self.visit(node.value)

    def visit_Call(self, node):
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        is_discarded = node is self.discarded or any(keyword.arg == "out" for keyword in node.keywords)
        given, first = [frozenset().union(*map(self.roots, some)) for some in (arguments, arguments[:1])]
        self.effects.calls.append(Call(self.name_callee(node.func), given, first, is_discarded))
        if isinstance(node.func, ast.Attribute) and node.func.attr not in _LEAVE_ALONE:
            self.effects.touches |= self.roots(node.func)
        self.generic_visit(node)

    def name_callee(self, node):
        name = dotted(node)
        return "" if self.is_own(name.split(".")[0]) else name

    def visit_FunctionDef(self, node):
        self.read_function(node)
        self.bind(node.name)

    visit_AsyncFunctionDef = visit_FunctionDef

    def read_function(self, node):
        arguments = node.args
        outside = [*node.decorator_list, *arguments.defaults, *arguments.kw_defaults, node.returns]
        self.visit_all([*outside, *(parameter.annotation for parameter in list_parameters(arguments))])
        self.enter(find_own_names(node.body, arguments), node.body, is_function=True)

    def visit_Return(self, node):
        self.effects.returns |= self.roots(node.value)
        self.generic_visit(node)

    def visit_Lambda(self, node):
        self.visit_all([*node.args.defaults, *node.args.kw_defaults])
        self.enter(find_own_names([node.body], node.args), [ast.Return(node.body)], is_function=True)

    def visit_ClassDef(self, node):
        self.visit_all([*node.decorator_list, *node.bases, *node.keywords])
        stored = find_own_names(node.body)
        for statement in node.body:  # methods do not see the names of their class
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
                self.read_function(statement)
            else:
                self.enter(stored, [statement])
        self.bind(node.name)

    def visit_comprehension_of(self, node):
        first, *others = node.generators
        self.visit(first.iter)
        own = find_own_names([part.target for part in node.generators])
        elements = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self.scopes.append(own)
        for part in node.generators:
            self.share(part.target, part.iter)
        self.scopes.pop()
        self.enter(own, [first.target, *first.ifs, *others, *elements])

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_comprehension_of

    def enter(self, own, nodes, is_function=False):
        """Visit what stands inside of a function, a class or a comprehension that has names of its own."""
        self.scopes.append(own)
        self.depth += is_function
        self.visit_all(nodes)
        self.depth -= is_function
        self.scopes.pop()

    def visit_all(self, nodes):
        for node in nodes:
            if node is not None:
                self.visit(node)
