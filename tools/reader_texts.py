"""Finds the texts that learners read: in lessons, in code, in the glossary and in the script of the films.

Python does not tell which of its strings are ever shown. So this finds all that hold a word, except what is surely
code: patterns, keys, styles, the developers' docstrings and comments. What is left is sorted by kind:

    text        a paragraph of a lesson, or of the glossary
    docstring   what an exercise asks for, in a lesson's code cell
    comment     in a lesson's code cell
    sentence    a string of several words
    word        a string of one word: a label that is read, or a name that other code compares ("cooperative")
"""

import ast
import io
import re
import tokenize
from pathlib import Path
from typing import NamedTuple

from tools.build_notebooks import ROOT
from tools.lesson_source import CELL, MARKER, OTHERWISE, TEXT_KINDS

FOLDERS = {  # where learners' texts stand: what to call it, and which files
    "lessons": "lessons/[0-9][0-9]_*.py",
    "glossary": "lessons/glossary.md",
    "checks": "marl_lessons/checks/**/*.py",
    "module": "marl_lessons/**/*.py",
    "films": "marl_lessons/**/*.js",
}
PUT_IN = "{…}"  # what an f-string computes
WORD = re.compile(r"[^\W\d_]{2,}")
TAG = re.compile(r"<[^<>]*>")
STYLE = re.compile(r"[a-z-]+:[^;\s][^;]*;[\s\S]*")  # of HTML
SCRIPT_STRING = re.compile(r'(?:textContent[:=] ?|textContent = |"aria-label", )"([^"]+)"')
NEVER_READ = {"encoding", "id", "style", "dtype", "mode"}  # as arguments of calls


class Text(NamedTuple):
    """A text that a learner reads, or may read."""

    file: str  # from the project's folder on
    line: int
    kind: str
    text: str

    @property
    def words(self) -> int:
        """How many words it has, each with a letter."""
        return sum(any(map(str.isalpha, word)) for word in self.text.replace(PUT_IN, " ").split())


def find_all_texts(root: Path = ROOT) -> dict[str, list[Text]]:
    """Return the texts of every folder, in order: {"lessons": […], …}."""
    found, seen = {}, set()
    for name, pattern in FOLDERS.items():
        paths = [path for path in sorted(root.glob(pattern)) if path not in seen]
        seen.update(paths)
        found[name] = [text for path in paths for text in find_texts(path.relative_to(root), root)]
    return found


def find_texts(file: Path, root: Path = ROOT) -> list[Text]:
    """Return the texts of one file, by their lines; `file` is relative to the project's folder."""
    source = (root / file).read_text(encoding="utf-8")
    if file.suffix == ".md":
        found = find_paragraphs(source.splitlines())
    elif file.suffix == ".js":
        found = [(source.count("\n", 0, hit.start()) + 1, "sentence", hit[1]) for hit in SCRIPT_STRING.finditer(source)]
    elif file.parts[0] == "lessons":
        found = [*find_cell_texts(source), *find_strings(source, has_readers=True), *find_comments(source)]
    else:
        found = find_strings(source, has_readers=False)
    return [Text(file.as_posix(), *entry) for entry in sorted(found)]


def find_paragraphs(lines: list[str], first_line: int = 1) -> list[tuple[int, str, str]]:
    """Return (line, "text", paragraph) for each paragraph of Markdown."""
    found, start = [], 0
    for end in range(len(lines) + 1):
        if end == len(lines) or not lines[end].strip():
            text = " ".join(line.strip() for line in lines[start:end])
            found += [(first_line + start, "text", text)] * bool(WORD.search(text))
            start = end + 1
    return found


def find_cell_texts(source: str) -> list[tuple[int, str, str]]:
    """Return the paragraphs of a lesson's text cells."""
    found, lines = [], source.splitlines()
    starts = [number for number, line in enumerate(lines) if CELL.match(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        if is_text_cell(lines[start]):
            found += find_paragraphs([line[2:] for line in lines[start + 1 : end]], start + 2)
    return found


def is_text_cell(line: str) -> bool:
    """Tell whether a text cell begins with this line."""
    cell = CELL.match(line)
    return bool(cell) and (cell["kind"] or "").strip().startswith(TEXT_KINDS)


def find_comments(source: str) -> list[tuple[int, str, str]]:
    """Return the comments of a lesson's code cells."""
    found, is_text = [], True
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            if CELL.match(token.string) and token.start[1] == 0:
                is_text = is_text_cell(token.string)
            elif not (is_text or MARKER.match(token.string) or token.string == OTHERWISE):
                found.append((token.start[0], "comment", token.string.lstrip("# ")))
    return [entry for entry in found if WORD.search(entry[2])]


def find_strings(source: str, has_readers: bool) -> list[tuple[int, str, str]]:
    """Return the strings of Python code that may be shown; has_readers: docstrings are read, too."""
    tree, finder = ast.parse(source), Finder()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            finder.docstrings.add(node.body[0].value)
    finder.visit(tree)
    return [entry for entry in finder.found if has_readers or entry[1] != "docstring"]


class Finder(ast.NodeVisitor):
    """Walks through code and collects its strings: `found` holds (line, kind, text)."""

    def __init__(self):
        self.found = []
        self.docstrings = set()

    def keep(self, node, text):
        """Keep a text if a word is left of it without tags and styles."""
        read = " ".join(TAG.sub(" ", text).split())
        if WORD.search(read.replace(PUT_IN, "")) and not STYLE.fullmatch(read):
            kind = "docstring" if node in self.docstrings else "sentence" if " " in read else "word"
            self.found.append((node.lineno, kind, read))

    def visit_Constant(self, node):
        if isinstance(node.value, str):
            self.keep(node, node.value)

    def visit_JoinedStr(self, node):
        parts = [part.value if isinstance(part, ast.Constant) else PUT_IN for part in node.values]
        self.keep(node, "".join(parts))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)  # and not how it is to be written

    def visit_Subscript(self, node):
        self.visit(node.value)
        if not isinstance(node.slice, ast.Constant):  # a key
            self.visit(node.slice)

    def visit_Call(self, node):
        is_pattern = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re"
        if not is_pattern:
            self.generic_visit(node)

    def visit_keyword(self, node):
        if node.arg not in NEVER_READ:
            self.generic_visit(node)
