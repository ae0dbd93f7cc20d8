"""Cuts a cell into statements, each with the line on which it begins, so that a traceback names lines of the cell."""

import ast
import itertools
import warnings
from dataclasses import dataclass, field

from marl_lessons.gradebook.code.effects import Names
from marl_lessons.gradebook.code.names import read_names

BAD_SOURCE = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)  # what compiling a text may raise


@dataclass(frozen=True)
class Statement:
    """One statement at the left margin of a cell; each name of an import is a statement of its own.

    index: its number in the notebook, from 0. cell, file: 3 and "cell 3". line: where it begins in that cell, from 1.
    """

    index: int
    cell: int
    file: str
    line: int
    source: str
    node: ast.AST = field(repr=False, compare=False)
    names: Names = field(repr=False, compare=False)


def parse_cell(source):
    """Return the tree of a text that compiles as a cell does, with `await` at its top; raises what compiling does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(source)
        compile(tree, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    return tree


def cut(tree, source, cell, first_index):
    """Return the `Statement`s of a cell, numbered from `first_index`. Raises RecursionError where one is too deep."""
    lines = source.encode().split(b"\n")  # columns of a tree count bytes
    count = itertools.count(first_index)
    return tuple(
        Statement(next(count), cell, f"cell {cell}", line, text, node, read_names(node))
        for statement in tree.body
        for line, text, node in _split(statement, lines)
    )


def _split(statement, lines):
    line = min([statement.lineno, *(decorator.lineno for decorator in getattr(statement, "decorator_list", []))])
    if isinstance(statement, ast.Import | ast.ImportFrom) and len(statement.names) > 1:
        for alias in statement.names:
            node = _import_one(statement, alias)
            yield line, ast.unparse(node), node
    else:
        yield line, _text_of(statement, line, lines), statement


def _import_one(statement, alias):
    if isinstance(statement, ast.Import):
        return ast.Import([alias])
    return ast.ImportFrom(statement.module, [alias], statement.level)


def _text_of(statement, line, lines):
    picked = lines[line - 1 : statement.end_lineno]
    picked[-1] = picked[-1][: statement.end_col_offset]
    picked[0] = picked[0][statement.col_offset :]
    return b"\n".join(picked).decode()
