"""Build the glossary, a page of text alone, from its source and the lessons.

    lessons/glossary.md  ->  notebooks/glossary.ipynb and solutions/glossary.ipynb, the same

A term is *born* in the passage that defines it: the first one in its section that has it in bold, in italics or as a
heading. The page links to the cell of that passage: JupyterLab finds a cell while it opens a notebook, a heading only
later.
"""

import re
from functools import cache
from itertools import groupby
from typing import NamedTuple

from tools.lesson_source import CELL, TEXT_KINDS

NAME = "glossary"
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ENTRY = re.compile(
    r"(?P<term>.+)\nborn: (?P<lesson>\d\d) (?P<heading>.+)\n"
    r"(?:also: (?P<also>.+)\n)?(?:words: (?P<words>.+)\n)?\n(?P<meaning>[\s\S]+)"
)
ROW = re.compile(
    r"\| (?P<symbol>\S+|\$[^$]+\$) \| (?P<meaning>.+?) \| (?P<lesson>\d\d) (?P<heading>.+?) \| (?P<elsewhere>.*?) ?\|"
)
HEADING = re.compile(r"(#+) (.+)")
EMPHASIS = re.compile(r"(?<!\*)(\*{1,2})(?=[^\s*])([^*]+?)(?<=[^\s*])\1(?!\*)")
FORMULA = re.compile(r"\$+([^$]+)\$+")
NOT_PROSE = re.compile(r"\[[^]]*\]\([^)]*\)|```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
MENTION = re.compile(r"\blesson (\d\d)\b")
GREEK = str.maketrans("εαβγλ", "eabgl")  # ε-greedy stands under E
OPENING = """# Glossary

What the words of the course mean, and where a lesson defines them. *Also* says what other books and papers call them.
At the end stand the games, and the symbols. To look something up, press Ctrl + F (⌘ + F on a Mac)."""
SYMBOLS = """## Symbols

| symbol | means | from | and elsewhere |
|---|---|---|---|
"""


class GlossaryError(RuntimeError):
    """The glossary does not fit the lessons; the message says where."""


class Passage(NamedTuple):
    """What stands under one heading in one text cell of a lesson."""

    stem: str
    cell: int  # the position of the cell in the notebook
    line: int  # of the lesson's file, counted from 1
    headings: tuple[str, ...]  # the titles of the lesson, of the section and of the exercise
    text: str


class Entry(NamedTuple):
    """A term, or a game."""

    term: str
    lesson: str  # the number of the lesson in which it is born
    heading: str  # of the section
    also: str  # what the literature calls it
    words: tuple[str, ...]  # what the lessons call it; one with asterisks counts in bold or italics only
    meaning: str


class Symbol(NamedTuple):
    """A letter of the formulas."""

    symbol: str
    meaning: str
    lesson: str
    heading: str
    elsewhere: str  # what it means in other places


class Glossary(NamedTuple):
    """All that lessons/glossary.md says."""

    terms: list[Entry]
    games: list[Entry]
    symbols: list[Symbol]


def read_glossary(source: str) -> Glossary:
    """Return what the source says; raise GlossaryError at an entry that is not of its form."""
    source = COMMENT.sub("", source).strip()
    _, terms, games, symbols = re.split(r"^# (?:Terms|Games|Symbols)$", source, flags=re.MULTILINE)
    rows = [Symbol(**match(ROW, row)) for row in symbols.strip().splitlines()[2:]]
    return Glossary(read_entries(terms), read_entries(games), rows)


def read_entries(source: str) -> list[Entry]:
    """Return the entries, sorted by their terms."""
    found = [match(ENTRY, part.strip()) for part in re.split(r"^## ", source, flags=re.MULTILINE)[1:]]
    entries = [Entry(**fields | {"words": find_words(fields)}) for fields in found]
    return sorted(entries, key=lambda entry: entry.term.lower().translate(GREEK))


def match(pattern: re.Pattern, text: str) -> dict[str, str]:
    """Return the named parts of a text; raise GlossaryError if it is not of that form."""
    if found := pattern.fullmatch(text):
        return {name: " ".join((part or "").split()) for name, part in found.groupdict().items()}
    raise GlossaryError(f"this entry is not of the form that the file's first lines tell:\n{text}")


def find_words(fields: dict[str, str]) -> tuple[str, ...]:
    """Return what the lessons call a term: its `words`, or the term and its plural."""
    term = fields["term"]
    plural = f"{term[:-1]}ies" if term.endswith("y") else f"{term}s"
    return tuple(fields["words"].split(", ")) if fields["words"] else (term, plural)


def read_passages(stem: str, source: str) -> list[Passage]:
    """Return the passages of a lesson's source, in order."""
    passages, headings, cell, is_text, is_fenced = [], (), -1, False, False
    for line, content in enumerate(source.splitlines(), start=1):
        if start := CELL.match(content):
            cell, is_text = cell + 1, (start["kind"] or "").strip().startswith(TEXT_KINDS)
            passages += [Passage(stem, cell, line + 1, headings, "")] * is_text
        elif is_text:
            is_fenced ^= content.startswith("# ```")
            if (heading := HEADING.match(content[2:])) and not is_fenced:
                headings = (*headings[: len(heading[1]) - 1], heading[2])
                passages.append(Passage(stem, cell, line, headings, ""))
            passages[-1] = passages[-1]._replace(text=f"{passages[-1].text}{content[2:]}\n")
    return [passage for passage in passages if passage.text.strip()]


@cache
def read_prose(passage: Passage) -> str:
    """Return a passage in one line, without code, formulas and links; bold and italics keep their asterisks."""
    return " ".join(NOT_PROSE.sub("…", passage.text).split())


def find_emphasized(passage: Passage) -> list[str]:
    """Return what a passage has in bold, in italics or as a heading."""
    headings = [heading[2] for heading in map(HEADING.match, passage.text.splitlines()) if heading]
    return headings + [span[2] for span in EMPHASIS.finditer(read_prose(passage))]


def has_word(text: str, word: str) -> bool:
    """Tell whether a text has a word, in any case."""
    text, word = text.lower(), word.lower()
    return word in text and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def shows(passage: Passage, symbol: Symbol) -> bool:
    """Tell whether a passage has a symbol, in a formula if it is one of TeX."""
    if "$" not in symbol.symbol:
        return has_word(passage.text, symbol.symbol)
    formulas = " ".join(FORMULA.findall(passage.text))
    return re.search(rf"(?<![A-Za-z\\]){re.escape(symbol.symbol.strip('$'))}(?![A-Za-z])", formulas) is not None


def mentions(passage: Passage, entry: Entry) -> bool:
    """Tell whether a passage has one of the words of an entry."""
    prose = read_prose(passage)
    return any(has_word(prose if "*" in word else prose.replace("*", ""), word) for word in entry.words)


def defines(passage: Passage, entry: Entry) -> bool:
    """Tell whether a passage has one of the words of an entry, or a part of it, in bold, in italics or as a heading."""
    spans, words = find_emphasized(passage), [word.replace("*", "") for word in entry.words]
    pairs = [(span, word) for span in spans for word in words]
    return mentions(passage, entry) and any(has_word(span, word) or has_word(word, span) for span, word in pairs)


def find_birth(entry: Entry | Symbol, passages: list[Passage]) -> Passage:
    """Return the passage in which a term or a symbol is born; raise GlossaryError if there is none."""
    lesson = [passage for passage in passages if passage.stem[:2] == entry.lesson]
    section, name = [passage for passage in lesson if entry.heading in passage.headings], entry[0]
    if not section:
        raise GlossaryError(f"{name}: lesson {entry.lesson} has no heading “{entry.heading}”.")
    if isinstance(entry, Symbol):
        found = [passage for passage in section if shows(passage, entry)]
    else:
        mentioned = [passage for passage in section if mentions(passage, entry)]
        found = [passage for passage in mentioned if defines(passage, entry)] or mentioned
    if not found:
        raise GlossaryError(f"{name}: lesson {entry.lesson} does not say it under “{entry.heading}”.")
    return found[0]


def write_script(source: str, lessons: dict[str, str]) -> str:
    """Return the page as a jupytext percent script of text cells; `lessons` holds the sources by their names."""
    passages = [passage for stem, lesson in lessons.items() for passage in read_passages(stem, lesson)]
    glossary = read_glossary(source)
    by_letter = groupby(glossary.terms, key=lambda entry: entry.term[0].translate(GREEK).upper())
    cells = [OPENING]
    for letter, entries in by_letter:
        cells.append(f"## {letter}\n\n" + "\n".join(write_entry(entry, passages) for entry in entries))
    cells.append("## Games\n\n" + "\n".join(write_entry(game, passages) for game in glossary.games))
    cells.append(SYMBOLS + "\n".join(write_row(symbol, passages) for symbol in glossary.symbols))
    page = link_lessons("\n\n".join(f"%% [markdown]\n{cell}" for cell in cells), list(lessons))
    return "\n".join(f"# {line}".rstrip() if line else "" for line in page.split("\n")) + "\n"


def write_entry(entry: Entry, passages: list[Passage]) -> str:
    """Return an entry as an item of a list."""
    also = f" *Also: {entry.also}.*" if entry.also else ""
    return f"- **{entry.term}**: {entry.meaning}{also} {write_link(entry, passages)}"


def write_row(symbol: Symbol, passages: list[Passage]) -> str:
    """Return a symbol as a row of a table."""
    return f"| {symbol.symbol} | {symbol.meaning} | {write_link(symbol, passages)} | {symbol.elsewhere} |"


def write_link(entry: Entry | Symbol, passages: list[Passage]) -> str:
    """Return a link to the cell in which a term or a symbol is born."""
    birth = find_birth(entry, passages)
    return f"[{entry.lesson} · {entry.heading}]({birth.stem}.ipynb#cell-id={birth.stem}-{birth.cell:03d})"


def link_lessons(page: str, stems: list[str]) -> str:
    """Return the page with a link in place of each mention of a lesson, such as "lesson 04"."""
    names = {stem[:2]: stem for stem in stems}
    return MENTION.sub(lambda found: f"[{found[0]}]({names[found[1]]}.ipynb)", page)
