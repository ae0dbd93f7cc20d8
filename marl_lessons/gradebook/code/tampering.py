"""Points an instructor to code that reaches for what no exercise needs. Nothing here takes or gives a point."""

import ast

from marl_lessons.gradebook.code.expressions import dotted

MOST_FLAGS = 20
COURSE_CALLS = {
    "exercise",
    "check",
    "check_setup",
    "predict",
    "progress",
    "hint",
    "solution",
    "keep_scores",
    "kept_scores",
}
_MODULES = {"_ctypes", "builtins", "ctypes", "ftplib", "gc", "http", "mmap", "multiprocessing", "pty", "requests"}
_MODULES |= {"shutil", "signal", "socket", "subprocess", "threading", "urllib"}
_HIDDEN_ROOMS = ("marl_lessons.checks", "marl_lessons.exercises", "marl_lessons.gradebook")
_FRAMES = {"_getframe", "_current_frames", "currentframe", "stack", "getouterframes", "getinnerframes"}
_INSIDES = {"f_back", "f_locals", "f_globals", "tb_frame", "tb_next", "gi_frame", "cr_frame", "ag_frame", "__globals__"}
_INSIDES |= {"__closure__", "__code__", "__subclasses__", "__builtins__"}
_PROCESS = {"abort", "fork", "kill", "popen", "remove", "rmdir", "system", "unlink", "_exit"}
_REACHING = {f"os.{name}" for name in _PROCESS} | {
    f"{module}.{name}" for module in ("inspect", "sys") for name in _FRAMES
}
_REACHING |= {"sys.modules", "sys.setprofile", "sys.settrace", "importlib.reload"}
_TEXT_AS_CODE = {"eval", "exec", "compile"}


def find_tampering(cells):
    """Return a flag, kind "hidden", for each line that reaches for the checks, the process, frames or files."""
    statements = [statement for cell in cells for statement in cell.statements]
    imported = _find_imports(statements)
    return _write_flags("hidden", statements, lambda node: _find_reason(node, imported))


def find_borrowed(planned, exercises):
    """Return a flag, kind "library", for each line of an answer with something of the course that its solution has not.

    planned: a `Plan`. Looked at are the answer itself and the functions and classes that it needs, unless these are
    answers, too. Answers that are values are left out.
    """
    imported, flags = _find_imports(planned.statements), {}
    for exercise in exercises:
        if exercise.asks_for_function:
            own = _list_own_names(exercise.reference.__code__)
            for index, ids in planned.exercises.items():
                parts = planned.parts.get(index, ()) if exercise.id in ids else ()
                helpers = [one for one in planned.statements if one.index in parts and _belongs(one, index, planned)]
                found = _write_flags("library", helpers, lambda node, own=own: _find_loan(node, imported, own))
                flags.update((flag["text"], flag) for flag in found)
    return list(flags.values())[:MOST_FLAGS]


def _belongs(statement, answer, planned):
    is_helper = isinstance(statement.node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    return statement.index == answer or (is_helper and statement.index not in planned.exercises)


def _list_own_names(code):
    """Return every name that a function uses, in functions inside of it too."""
    inside = [_list_own_names(constant) for constant in code.co_consts if hasattr(constant, "co_names")]
    return set(code.co_names).union(*inside)


def _find_imports(statements):
    """Return name -> what it was imported as, such as "marl_lessons.games", for imports in functions too."""
    nodes = [node for statement in statements for node in ast.walk(statement.node)]
    modules = [alias for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names = [(node.module, alias) for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names]
    imported = {alias.asname or alias.name: alias.name for alias in modules}
    return imported | {alias.asname or alias.name: f"{module or ''}.{alias.name}" for module, alias in names}


def _write_flags(kind, statements, find_reason):
    """Return one flag for each line and reason, in order; what is inside of a node whose reason is None is left out."""
    found = set()
    for statement in statements:
        waiting = [statement.node]
        while waiting:
            node = waiting.pop()
            reason = find_reason(node)
            if reason:
                found.add((statement.cell, getattr(node, "lineno", statement.line), reason))
            elif reason is not None:
                waiting += ast.iter_child_nodes(node)
    texts = [f"Cell {cell}, line {line} {reason}." for cell, line, reason in sorted(found)]
    return [{"kind": kind, "text": text} for text in texts[:MOST_FLAGS]]


def _name_origin(node, imported):
    """Return what an expression is called where it comes from, such as "numpy.random.seed", or ""."""
    root, *inside = dotted(node).split(".")
    return ".".join([imported.get(root, root), *inside])


def _find_reason(node, imported):
    match node:
        case ast.Import() | ast.ImportFrom():
            return _find_import(node)
        case ast.Name() | ast.Attribute():
            return _find_name(node, imported)
        case ast.Constant(value=str(text)) if any(room in text for room in _HIDDEN_ROOMS):
            return f"names {next(room for room in _HIDDEN_ROOMS if room in text)} in a text"
        case ast.Call(func=ast.Name("open")) if _opens_to_write(node):
            return "opens a file to write"
        case ast.Call(func=ast.Name("setattr"), args=[first, *_]):
            return _find_patch(first, imported)
        case ast.Call(func=ast.Name("__import__") | ast.Attribute(attr="import_module"), args=[name, *_]):
            return _find_import_by_text(name)
    return ""


def _find_import(node):
    for alias in node.names:
        origin = alias.name if isinstance(node, ast.Import) else f"{node.module or ''}.{alias.name}"
        if origin.split(".")[0] in _MODULES or _is_hidden(origin) or origin in _REACHING:
            return f"imports {origin}"
    return ""


def _find_import_by_text(name):
    if not isinstance(name, ast.Constant):
        return "imports what it computes the name of"
    return _find_import(ast.Import([ast.alias(str(name.value))]))


def _is_hidden(origin):
    """Tell whether a name lies where the exercises are judged, and is not one that the lessons use."""
    room, _, name = origin.rpartition(".")
    return origin.startswith(_HIDDEN_ROOMS[::2]) or (
        origin.startswith(f"{_HIDDEN_ROOMS[1]}.") and not (room == _HIDDEN_ROOMS[1] and name in COURSE_CALLS)
    )


def _find_name(node, imported):
    origin = _name_origin(node, imported)
    last = node.attr if isinstance(node, ast.Attribute) else node.id
    if _is_hidden(origin) or origin in _REACHING or last in _INSIDES or origin in _TEXT_AS_CODE:
        return f"uses {origin or last}"
    if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
        return _find_patch(node.value, imported)
    return ""


def _find_patch(module, imported):
    root = dotted(module).split(".")[0]
    return f"changes {_name_origin(module, imported)}" if root in imported else ""


def _opens_to_write(call):
    modes = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
    return any(not isinstance(mode, ast.Constant) or set(str(mode.value)) & set("wax+") for mode in modes)


def _find_loan(node, imported, own):
    """Say which name of the course a node uses that is not among those of its solution."""
    if not isinstance(node, ast.Name | ast.Attribute) or not dotted(node):
        return ""
    origin = _name_origin(node, imported)
    if not origin.startswith("marl_lessons.") or origin.split(".")[-1] in own | COURSE_CALLS:
        return None
    return f"answers with {origin}, which the course's solution does not use"
