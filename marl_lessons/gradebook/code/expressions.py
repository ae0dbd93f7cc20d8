"""What names an expression is made of, and which names belong to a function alone."""

import ast

RANDOM = " the common random numbers"  # stands for what np.random.seed(0) changes, as if it were a name
PARAMETER = " a parameter"  # stands for whatever a function is called with
_OWN_RANDOM = {"default_rng", "Generator", "Random", "SeedSequence", "PCG64"}  # they leave the common one alone
# Functions whose result may hold what they are given, or a part of it.
_HAND_ON = {
    "asarray",
    "atleast_1d",
    "atleast_2d",
    "broadcast_to",
    "copy",
    "diagonal",
    "dict",
    "enumerate",
    "expand_dims",
    "filter",
    "iter",
    "list",
    "map",
    "max",
    "min",
    "moveaxis",
    "next",
    "ravel",
    "reshape",
    "reversed",
    "sorted",
    "squeeze",
    "swapaxes",
    "transpose",
    "tuple",
    "zip",
}
_SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


def dotted(node):
    """Return "np.random.seed" for such an expression, and "" for one that does not begin with a name."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def find_roots(node, through_calls=False):
    """Return the names whose values an expression may hand on: `x` of `x[0]`, `x.y`, `x.view()`, `(x, 1)` or `x()`.

    through_calls: `y` of `x(y)` too, which is handed on if `x` returns it, as `list` does.
    """
    match node:
        case ast.Name():
            return {node.id}
        case ast.Call() if through_calls or dotted(node.func).rpartition(".")[2] in _HAND_ON:
            parts = [node.func, *node.args, *(keyword.value for keyword in node.keywords)]
        case ast.Call():
            parts = [node.func]
        case ast.Attribute() | ast.Subscript() | ast.Starred() | ast.NamedExpr() | ast.Await():
            parts = [node.value]
        case ast.IfExp():
            parts = [node.body, node.orelse]
        case ast.Tuple() | ast.List() | ast.Set():
            parts = node.elts
        case ast.Dict() | ast.BoolOp():
            parts = node.values
        case _:
            return set()
    return {name for part in parts for name in find_roots(part, through_calls)}


def is_common_random(name):
    """Tell whether a dotted name is a function that draws from, or sets, the random numbers that all have in common."""
    module, _, function = name.rpartition(".")
    return module in ("np.random", "numpy.random", "random") and function not in _OWN_RANDOM


def list_parameters(arguments):
    """Return the parameters of a function, of every kind."""
    every = [*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
    return [parameter for parameter in every if parameter is not None]


def find_own_names(nodes, arguments=None):
    """Return the names that belong to a body of code alone: name -> {PARAMETER} for a parameter, {} for others."""
    own, outer, waiting = {}, set(), list(nodes)
    while waiting:
        node = waiting.pop()
        own.update(dict.fromkeys(find_bound_names(node), frozenset()))
        if isinstance(node, ast.Global | ast.Nonlocal):
            outer.update(node.names)
        if isinstance(node, ast.comprehension):
            waiting += [node.iter, *node.ifs]  # its target belongs to it alone
        elif not isinstance(node, _SCOPES):
            waiting += ast.iter_child_nodes(node)
    if arguments:
        own.update((parameter.arg, frozenset({PARAMETER})) for parameter in list_parameters(arguments))
    return {name: held for name, held in own.items() if name not in outer}


def find_bound_names(node):
    """Return the names that a node binds by itself."""
    match node:
        case ast.Name(ctx=ast.Store() | ast.Del()):
            return [node.id]
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Import() | ast.ImportFrom():
            return [alias.asname or alias.name.split(".")[0] for alias in node.names]
        case ast.ExceptHandler() | ast.MatchAs() | ast.MatchStar() if node.name:
            return [node.name]
        case ast.MatchMapping() if node.rest:
            return [node.rest]
    return []
