"""Makes a cell plain Python: what only a notebook understands (`%`, `!`, `?`) does nothing, on the same line."""

import re

KEEP_THEIR_BODY = {"capture", "memit", "prun", "time", "timeit"}  # cell magics whose body is Python, run here
LONGEST = 30_000  # characters of a cell in which magics are looked for

_CELL_MAGIC = re.compile(r"\s*%%(\w+)[^\n]*")
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""' r"|'''(?:\\.|[^\\])*?'''"  # long strings
    r'|"(?:\\.|[^"\\\n])*"' r"|'(?:\\.|[^'\\\n])*'"
    r"|\#[^\n]*|\\\n|[()\[\]{}]|\n",
    re.DOTALL,
)  # fmt: skip
_LINE = re.compile(r"(?:[^\\\n]|\\\n|\\)*")  # up to its end; a backslash goes on
_TIMED = re.compile(r"([ \t]*)%time[ \t]+(?!-)(.+)", re.DOTALL)
_ASSIGNED = re.compile(r"([ \t]*[\w.,*\[\] ]+?=[ \t]*)(%|!)(\w*)[ \t]*(.*)", re.DOTALL)
_ESCAPED = re.compile(r"([ \t]*)(?:%+(\w+)|[!?])")
_ASKED = re.compile(r"""([ \t]*)[%\w.*\[\]'"]+\?{1,2}[ \t]*$""")


def clear_magics(source):
    """Return the cell as plain Python with the same number of lines, and the names of the magics that were in it.

    The text is empty where the cell is not Python at all, such as one that begins with `%%bash`.
    """
    magics = []
    while found := _CELL_MAGIC.match(source):
        magics.append(found[1])
        if found[1] not in KEEP_THEIR_BODY:
            return "", tuple(magics)
        source = "\n" * found[0].count("\n") + source[found.end() :]
    return _clear_lines(_shift_left(source), magics), tuple(magics)


def blank_strings(source):
    """Return the text without comments and long strings: what is left is looked through for calls."""
    return _TOKEN.sub(lambda found: "" if found[0].startswith(("#", '"""', "'''")) else found[0], source)


def _shift_left(source):
    """Take the first line's indentation away from all, as a notebook does."""
    indentation = re.match(r"(?:[ \t]*\n)*([ \t]*)", source)[1]
    return re.sub(f"^{indentation}", "", source, flags=re.MULTILINE) if indentation else source


def _clear_lines(source, magics):
    lines, start = [], 0
    while start < len(source):
        end = _LINE.match(source, start).end()
        plain = _clear_line(source[start:end], magics)
        if plain is None:
            end = _end_of_statement(source, start)
            plain = source[start:end]
        lines.append(plain)
        start = end + 1
    return "\n".join(lines)


def _end_of_statement(source, start):
    """Find the end of the line on which all brackets and strings that were opened are closed again."""
    depth = 0
    for token in _TOKEN.finditer(source, start):
        if token[0] in "([{":
            depth += 1
        elif token[0] in ")]}":
            depth -= 1
        elif token[0] == "\n" and depth <= 0:
            return token.start()
    return len(source)


def _clear_line(line, magics):
    """Return what stands for a line with a magic, on as many lines, or None where there is none."""
    room = "\n" * line.count("\n")
    if found := _TIMED.fullmatch(line):
        return found[1] + found[2]
    if found := _ASSIGNED.fullmatch(line):
        magics.append(found[3])
        kept = found[4] if (found[2], found[3]) == ("%", "time") else {"%": "None", "!": "[]"}[found[2]] + room
        return found[1] + kept
    if (found := _ESCAPED.match(line)) or (found := _ASKED.match(line)):
        magics.append(found.group(2) or "" if found.re is _ESCAPED else "")
        return found[1] + "pass" + room
    return None
