"""List what a translator must touch: `python -m tools.list_texts`, and `--list FILE` for the texts of one file.

A table counts, file by file, the texts that learners read, their words, and those of one word, of which somebody has
to decide whether they are read or are names in code. The last column counts the texts that tests quote: who translates
them changes the tests' words too. `--list` says which, and prints every text with its line.

How far texts live apart from logic: they do not. A lesson's text is in its cells, a sentence about an answer stands
beside the check that says it, and no catalog of messages exists. A translation is a branch in which the same files say
the same things in another language; the tests hold there as well, and prove what they prove here: a marked number
(⟦76⟧) is what the cell prints, and an answer of the bank is told the phrase that its entry asks for.

What it does not see: a quotation that runs across a number that the code puts in, and words that NumPy, matplotlib or
Python itself say. The words of the project's own pages (README.md, CONTRIBUTING.md, teaching/) are not counted.
"""

import argparse
import re
import sys
from collections import defaultdict
from itertools import chain
from pathlib import Path

from tools.build_notebooks import ROOT
from tools.reader_texts import PUT_IN, Text, find_all_texts, find_strings

MARKED = "⟦"
SHORTEST = 10  # characters: shorter quotations are found by chance
LESSON = re.compile(r"(?:lesson_|test_|lessons/)(\d\d)(?!\d)")
READS_ALL_LESSONS = ("tests/notebooks/", "tests/test_glossary.py")
HEADER = f"{'words':>9}{'texts':>8}{'one word':>10}{'quoted':>8}  file"


def read_quotations(root: Path = ROOT) -> dict[str, set[str]]:
    """Return the strings of several words of all tests, each with the files that hold it."""
    quotations = defaultdict(set)
    for path in sorted((root / "tests").rglob("*.py")):
        for _, _, text in find_strings(path.read_text(encoding="utf-8"), has_readers=False):
            for part in text.split(PUT_IN):
                if len(part.strip()) >= SHORTEST and " " in part.strip():
                    quotations[" ".join(part.split())].add(path.relative_to(root).as_posix())
    return quotations


def find_lesson(file: str) -> str:
    """Return the number of the lesson that a file belongs to, in two digits, or an empty string."""
    found = LESSON.search(file)
    return found[1] if found else ""


def may_quote(test: str, file: str) -> bool:
    """Tell whether a test's file is about a file with texts: what belongs to a lesson is quoted in its own tests."""
    lesson = find_lesson(file)
    return not lesson or find_lesson(test) == lesson or test.startswith(READS_ALL_LESSONS)


class Quotations:
    """Which tests quote a text: looked up by the words that a quotation must share with it."""

    def __init__(self, quotations: dict[str, set[str]]):
        self.files = quotations
        self.by_word = defaultdict(set)
        for quotation in quotations:
            self.by_word[max(find_whole_words(quotation), key=len, default="")].add(quotation)

    def find(self, text: Text) -> list[str]:
        """Return the files that quote a text, or one of the parts between what it puts in."""
        said = " ".join(text.text.split())
        known = set().union(*(self.by_word.get(word, ()) for word in {"", *said.split()}))
        quoting = {quotation for quotation in known if quotation in said}
        files = set().union(*(self.files[quotation] for quotation in quoting))
        return sorted(file for file in files if may_quote(file, text.file))


def find_whole_words(quotation: str) -> list[str]:
    """Return the words that are whole in whatever holds the quotation: all but the first and the last."""
    return quotation.split()[1:-1]


def depends(text: Text, quotations: Quotations) -> bool:
    """Tell whether something else has to change with a text."""
    return MARKED in text.text or bool(quotations.find(text))


def count(texts: list[Text], quotations: Quotations) -> tuple[int, ...]:
    """Return how many words, texts, texts of one word and quoted texts there are."""
    single = sum(text.kind == "word" for text in texts)
    return sum(text.words for text in texts), len(texts), single, sum(depends(text, quotations) for text in texts)


def write_row(counts: tuple[int, ...], name: str) -> str:
    """Return a line of the table."""
    return "".join(f"{number:>{width},}" for number, width in zip(counts, (9, 8, 10, 8), strict=True)) + f"  {name}"


def write_table(folders: dict[str, list[Text]], quotations: Quotations) -> str:
    """Return the counts of all files, those of each folder below them, and of everything."""
    lines = []
    for name, texts in folders.items():
        files = dict.fromkeys(text.file for text in texts)
        lines += [HEADER] + [write_row(count([t for t in texts if t.file == f], quotations), f) for f in files]
        lines += [write_row(count(texts, quotations), f"all of {name}"), ""]
    return "\n".join([*lines, write_row(count([*chain(*folders.values())], quotations), "everything")])


def write_list(texts: list[Text], quotations: Quotations) -> str:
    """Return every text with its line and its kind, and what changes with it."""
    lines = []
    for text in texts:
        lines.append(f"{text.line:>5}  {text.kind:<9}  {text.text}")
        quoted = ", ".join(quotations.find(text))
        lines += [f"{'':18}↑ the numbers in ⟦…⟧ are what cells print"] * (MARKED in text.text)
        lines += [f"{'':18}↑ quoted in {quoted}"] * bool(quoted)
    return "\n".join(lines)


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Print the table, or the texts of one file; return the exit code."""
    parser = argparse.ArgumentParser("python -m tools.list_texts", description=__doc__.split("\n")[0])
    parser.add_argument("--list", metavar="FILE", help="print the texts of a file, such as lessons/01_games.py")
    options = parser.parse_args(arguments)
    folders, quotations = find_all_texts(root), Quotations(read_quotations(root))
    if options.list is None:
        print(write_table(folders, quotations))
        return 0
    texts = [text for text in chain(*folders.values()) if text.file == Path(options.list).as_posix()]
    if not texts:
        sys.exit(f"{options.list} holds no text for learners; without --list, a table names the files that do.")
    print(write_list(texts, quotations))
    return 0


if __name__ == "__main__":
    sys.exit(main())
