"""Files that are no notebooks, or only look like one, and names that mean something to a spreadsheet or a browser."""

import json

from tests.gradebook.corpus.drafts import draft

solved = draft().solve()


def cells(value):
    return draft(raw=json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": value}).encode())


BROKEN = {
    "empty": b"",
    "no JSON": b"PK\x03\x04 this is a zip",
    "half": json.dumps(solved.notebook).encode()[:5_000],
    "a list": b"[]",
    "a number": b"4",
    "deep": b"[" * 200_000,
    "wide": b'{"cells": ' + b"9" * 200_000 + b"}",
    "not in UTF-8": json.dumps(solved.notebook).encode("utf-16"),
    "page": b"<html><body>Sign in to continue</body></html>",
}
ODD_CELLS = {
    "no list": {"a": 1},
    "no dicts": [1, None, "x"],
    "numbers for text": [{"cell_type": "code", "source": 5, "metadata": {}}],
    "no text": [{"cell_type": "code"}, {"source": "x = 1"}],
    "null bytes": [{"cell_type": "code", "source": "x = 1\x00", "metadata": {}, "outputs": []}],
    "deep code": [{"cell_type": "code", "source": "(" * 5_000 + "1" + ")" * 5_000, "metadata": {}, "outputs": []}],
    "a long sum": [{"cell_type": "code", "source": "x = " + "-" * 50_000 + "1", "metadata": {}, "outputs": []}],
}
NAMES = [
    "..",
    "-rf",
    "=1+1",
    "<script>alert(1)<",
    'a"b,c;d',
    "line\nbreak",
    "..\\..\\x",
    "@SUM(A1)",
    " ",
    "ä" * 80,
]

FILES = {
    **{f"broken: {name}": draft(raw=raw).expect("missing").flag("unreadable") for name, raw in BROKEN.items()},
    **{f"cells: {name}": cells(value).expect("missing") for name, value in ODD_CELLS.items()},
    **{f"named {number}": draft(file=f"{name}.ipynb").solve("1.1") for number, name in enumerate(NAMES)},
    '=HYPERLINK("x")<script>alert(1)<': draft().solve("1.2"),
    "link to a neighbor": draft(link="../solved/01_games.ipynb").expect("missing"),
    "link to a secret": draft(link="@HOME@/canary").expect("missing"),
    "link to nowhere": draft(link="nowhere.ipynb").expect("missing"),
    "a pipe": draft(is_pipe=True).expect("missing"),
    "link to zeros": draft(link="/dev/zero").expect("missing"),
}
