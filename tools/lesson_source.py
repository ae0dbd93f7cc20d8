"""The rules for the source of a lesson: its cells, its text and its solution markers.

jupytext merges text into code, and code into text, without a word where a `# %%` is forgotten; these
functions read the source itself, so that the author hears of it with the line and the remedy.
"""

import ast
import re
import textwrap
from collections.abc import Callable

CELL = re.compile(r"# %%(?P<kind>\s.*)?$")
TEXT_KINDS = ("[markdown]", "[md]", "[raw]")
TEXT_IN_CODE = re.compile(r"# +(#+ |\$\$|\*\*|[-*] |\d+\. )")  # a heading, a formula, bold or a list
MARKER = re.compile(r"(?P<indent>\s*)# (?P<side>BEGIN|END) SOLUTION$")
LIKE_A_MARKER = re.compile(r"(BEGIN|END) SOLUTION")
OTHERWISE = "# OTHERWISE"  # below it, as comments, what the learner finds in place of a solution and may change
STUB = 'raise NotImplementedError("Write your code here.")'
# A number in the text that a cell above has printed: ⟦76⟧, ⟦90±1⟧ for "about 90", ⟦8.10 after "is worth"⟧.
MARKED_NUMBER = re.compile(r'⟦(?P<shown>[^⟧"±]+?)(?:±(?P<margin>[\d.]+))?(?: after "(?P<label>[^"⟧]+)")?⟧')


class LessonError(ValueError):
    """A line of a lesson breaks a rule; the message says what to do."""

    def __init__(self, line: int, message: str):
        super().__init__(message)
        self.line = line


def require(condition: bool, line: int, message: str) -> None:
    """Raise LessonError unless the condition holds."""
    if not condition:
        raise LessonError(line, message)


def find_cells(source: str) -> list[int]:
    """Return the line, counted from 1, at which every cell begins."""
    return [number for number, line in enumerate(source.splitlines(), start=1) if CELL.match(line)]


def check_source(source: str) -> None:
    """Raise LessonError at the first empty cell, line of text in a code cell or code in a text cell."""
    lines, starts = source.splitlines(), find_cells(source)
    require(bool(starts), 1, "the lesson has no cells; begin each with '# %%' or '# %% [markdown]'.")
    check_text(lines[: starts[0] - 1], first_line=1)
    for start, end in zip(starts, [*starts[1:], len(lines) + 1], strict=True):
        kind, body = (CELL.match(lines[start - 1])["kind"] or "").strip(), lines[start : end - 1]
        require(any(line.strip() for line in body), start, "the cell is empty; fill it or remove it.")
        check = check_text if kind.startswith(TEXT_KINDS) else check_code
        check(body, first_line=start + 1)


def check_text(lines: list[str], first_line: int) -> None:
    """Raise LessonError if a line of a text cell is code or a solution marker."""
    for number, line in enumerate(lines, start=first_line):
        is_comment = not line.strip() or line.startswith("#")
        require(is_comment, number, "code in a text cell; put '# %%' above it, or begin the line with '# '.")
        is_marker = LIKE_A_MARKER.search(line)
        require(not is_marker, number, "a solution marker in a text cell; put '# %%' above the code.")


def check_code(lines: list[str], first_line: int) -> None:
    """Raise LessonError if a code cell holds text: nothing but comments, or a comment in Markdown."""
    has_code = any(line.strip() and not line.startswith("#") for line in lines)
    require(has_code, first_line, "a code cell of comments only; write '# %% [markdown]' above it.")
    for number, line in enumerate(lines, start=first_line):
        require(not TEXT_IN_CODE.match(line), number, "text in a code cell; put '# %% [markdown]' above it.")


def show_marked_numbers(source: str) -> str:
    """Return the source as readers see it: of each marked number the number alone."""
    shown = MARKED_NUMBER.sub(lambda mark: mark["shown"], source)
    for number, line in enumerate(shown.splitlines(), start=1):
        is_clear = not set("⟦⟧") & set(line)
        require(is_clear, number, 'a marked number is written ⟦76⟧, ⟦90±1⟧ or ⟦8.10 after "is worth"⟧, on one line.')
    return shown


def replace_solutions(source: str, replace: Callable[[list[str], int], list[str]]) -> str:
    """Return the source with the lines of every solution, markers included, replaced by `replace`."""
    lines = source.splitlines()
    for begin, end in reversed(find_solutions(lines)):  # from the bottom up, so that line numbers stay right
        lines[begin - 1 : end] = replace(lines[begin - 1 : end], begin)
    return "\n".join(lines) + "\n"


def find_solutions(lines: list[str]) -> list[tuple[int, int]]:
    """Return the lines of the two markers of every solution; raise LessonError if they do not pair up."""
    found, begin = [], None
    for number, line in enumerate(lines, start=1):
        side = read_marker(line, number)
        if side == "BEGIN":
            require(begin is None, number, f"a solution inside the one of line {begin}; end that one first.")
            begin = number
        elif side == "END":
            require(begin is not None, number, "an end without a beginning; add '# BEGIN SOLUTION' above it.")
            found.append((begin, number))
            begin = None
        is_inside = begin is None or not CELL.match(line)
        require(is_inside, begin, "the solution does not end in its cell; add '# END SOLUTION'.")
    require(begin is None, begin, "the solution does not end; add '# END SOLUTION'.")
    return found


def read_marker(line: str, number: int) -> str | None:
    """Return "BEGIN", "END" or, for any other line, None."""
    marker = MARKER.match(line)
    is_clear = marker or not LIKE_A_MARKER.search(line)
    require(is_clear, number, "a marker stands alone on its line, as '# BEGIN SOLUTION' or '# END SOLUTION'.")
    return marker["side"] if marker else None


def keep_solution(lines: list[str], first_line: int) -> list[str]:
    """Return the lines between the markers, without what the learner finds in their place."""
    return _split_solution(lines)[0]


def _split_solution(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines of a solution, given with its markers, and the commented ones that stand in for it."""
    inside = lines[1:-1]
    at = next((place for place, line in enumerate(inside) if line.strip() == OTHERWISE), len(inside))
    return inside[:at], inside[at + 1 :]


def write_stub(lines: list[str], first_line: int) -> list[str]:
    """Return what the learner sees in place of a solution, given with its markers."""
    indent = MARKER.match(lines[0])["indent"]
    is_aligned = indent == MARKER.match(lines[-1])["indent"]
    require(is_aligned, first_line, "the two markers of the solution differ in indentation; align them.")
    statements = parse_block(lines[1:-1], first_line)
    require(bool(statements), first_line, "the solution is empty; write it between the markers.")
    if instead := _split_solution(lines)[1]:
        are_comments = all(line.startswith(f"{indent}# ") for line in instead)
        require(are_comments, first_line, f"a line below '{OTHERWISE}' is no comment; begin each with '# '.")
        return [indent + line.removeprefix(f"{indent}# ") for line in instead]
    if indent:
        return [indent + STUB]
    names = [find_assigned_name(statement) for statement in statements]
    message = "a solution at the left margin may only assign to single names; put other code into a function."
    require(None not in names, first_line, message)
    return [f"{name} = ...  # your answer" for name in dict.fromkeys(names)]


def parse_block(lines: list[str], first_line: int) -> list[ast.stmt]:
    """Return the statements of a solution; raise LessonError if it is no valid Python by itself."""
    try:
        return ast.parse(textwrap.dedent("\n".join(lines))).body
    except SyntaxError as error:
        raise LessonError(first_line, f"the solution is not valid Python by itself: {error.msg}.") from error


def find_assigned_name(statement: ast.stmt) -> str | None:
    """Return "x" for the statement `x = …`, and None for any other."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return None
