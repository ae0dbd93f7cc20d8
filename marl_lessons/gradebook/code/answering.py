"""Finds the statements that answer exercises, under whatever name `exercise` and `check` go there."""

import ast

ASKERS = ("exercise", "check")


def find_answering(statements, exercise_ids):
    """Return the exercises that each statement may answer: index -> ids, where there are any.

    A statement that computes the number of an exercise may answer any of them. One that defines a function in which
    `exercise("1.2")` is called, or gives `exercise("1.2")` a name, does not answer; the statement that calls this does.
    """
    askers = _find_askers(statements)
    own = {one.node.name for one in statements if isinstance(one.node, ast.FunctionDef)}  # a student's own `check`
    spoken = [_find_spoken(statement, askers, own, exercise_ids) for statement in statements]
    by_name = _follow_names(statements, spoken)
    found = {}
    for statement, (at_once, _) in zip(statements, spoken, strict=True):
        mentioned = [by_name[name] for name in statement.names.now.reads if name in by_name]
        ids = at_once.union(*mentioned)
        if ids:
            found[statement.index] = tuple(id_ for id_ in exercise_ids if id_ in ids)
    return found


def _find_askers(statements):
    """Return all names of `exercise` and `check`, such as `ex` after `from marl_lessons import exercise as ex`."""
    askers = set(ASKERS)
    for statement in statements:
        match statement.node:
            case ast.ImportFrom(module=str(module), names=[ast.alias(name="exercise" | "check", asname=str(name))]):
                askers |= {name} if module.startswith("marl_lessons") else set()
            case ast.Assign(targets=[ast.Name(name)], value=ast.Name() | ast.Attribute() as value):
                askers |= {name} if _is_asker(value, askers) else set()
    return askers


def _is_asker(node, askers):
    match node:
        case ast.Name(name):
            return name in askers
        case ast.Attribute(attr=name):
            return name in ASKERS
    return False


def _find_spoken(statement, askers, own, exercise_ids):
    """Return the ids that a statement answers when it runs, and those that what it defines answers when called."""
    at_once, later = set(), set()
    if not any(asker in statement.source for asker in askers):
        return at_once, later
    for call, is_inside, is_answered in _find_calls(statement.node, askers):
        is_own = isinstance(call.func, ast.Name) and call.func.id in own
        ids = _read_ids(call, exercise_ids, computed=() if is_own else exercise_ids)
        (later if is_inside or not is_answered else at_once).update(ids)
    return at_once, later


def _find_calls(statement, askers):
    """Yield each call of an asker, whether a function stands around it, and whether an answer is handed in at once."""
    waiting = [(statement, False, False)]  # nodes, whether inside of a function, and whether called or a decorator
    while waiting:
        node, is_inside, is_called = waiting.pop()
        if isinstance(node, ast.Call) and _is_asker(node.func, askers):
            yield node, is_inside, is_called or len(node.args) + len(node.keywords) > 1
        decorators = getattr(node, "decorator_list", [])
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            is_outside = child in decorators or not is_function
            is_asked = child in decorators or (isinstance(node, ast.Call) and child is node.func)
            waiting.append((child, is_inside or not is_outside, is_asked))


def _read_ids(call, exercise_ids, computed):
    """Return the ids that a call of an asker speaks of, or those in `computed` where its number is no constant."""
    first = call.args[0] if call.args else call.keywords[0].value if call.keywords else None
    match first:
        case ast.Constant(value):
            return {value} & set(exercise_ids)
        case None:
            return set()
    return set(computed)


def _follow_names(statements, spoken):
    """Return name -> ids for names that hold what answers exercises: functions, and what `exercise("1.2")` returned."""
    by_name = {}
    for statement, (_, later) in zip(statements, spoken, strict=True):
        now, late = statement.names.now, statement.names.late
        held = statement.names.shared if _is_alias(statement.node) else []
        mentioned = late.reads.union(*(roots for _, roots, _ in held))
        ids = set(later).union(*(by_name[name] for name in mentioned if name in by_name))
        for name in (now.binds | now.may_bind) if ids else ():
            by_name[name] = by_name.get(name, set()) | ids
    return by_name


def _is_alias(node):
    return isinstance(node, ast.Assign) and isinstance(node.value, ast.Name | ast.Attribute)
