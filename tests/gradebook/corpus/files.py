"""Files that are no notebooks, or only look like one, and names that mean something to a spreadsheet or a browser."""

import json

from tests.gradebook.corpus.drafts import code, draft

solved = draft().solve()


def insert(*cells):
    """Put cells in front of all others."""
    return lambda notebook: notebook.update(cells=[*cells, *notebook["cells"]])


BROKEN = {
    "empty": b"",
    "no JSON": b"PK\x03\x04 this is a zip",
    "half": json.dumps(solved.notebook).encode()[:5_000],
    "a list": b"[]",
    "a number": b"4",
    "deep": b"[" * 200_000,
    "wide": b'{"cells": ' + b"9" * 200_000 + b"}",
    "page": b"<html><body>Sign in to continue</body></html>",
}
ODD_CELLS = {
    "no dictionaries": (1, None, "x", []),
    "numbers for text": ({"cell_type": "code", "source": 5}, {"cell_type": "code", "source": [1, None]}),
    "no text": ({"cell_type": "code"}, {"source": "x = 1"}, {"cell_type": 7, "source": {}}, {}),
    "null bytes": (code("x = 1\x00"), code("y = '\ud800'")),
    "deep code": (code("(" * 5_000 + "1" + ")" * 5_000), code("x" + "[0]" * 50_000), code("x" + ".y" * 50_000)),
    "long sums": (code("x = " + "-" * 50_000 + "1"), code("+".join("1" * 30_000)), code("not " * 20_000 + "x")),
    "long blocks": (code("\n".join(" " * depth + "if x:" for depth in range(99))), code("lambda: " * 20_000 + "0")),
    "large numbers": (code("x = 10 ** 10 ** 10"), code("y = 'x' * 10 ** 12"), code("z = 9" + "9" * 5_000)),
}
DEEP = """
@exercise("1.2")
def action_values(payoffs, partner_policy):
    return payoffs @ partner_policy + 0 * (DEEP)
"""
NAMES = ["-rf", "=1+1", "<script>alert(1)<", 'a"b,c;d', "line\nbreak", "@SUM(A1)", "ä" * 80]

ANYHOW = {"passed", "error"}

FILES = {
    **{f"broken: {name}": draft(raw=raw).expect("missing").flag("unreadable") for name, raw in BROKEN.items()},
    "in UTF-16": draft(raw=json.dumps(solved.notebook).encode("utf-16")).expect({"passed", "missing"}),
    "broken: cells in no list": draft(raw=b'{"nbformat": 4, "cells": {"a": 1}}').expect("missing").flag("unreadable"),
    **{f"cells: {name}": draft().solve("1.1").edit(insert(*cells)) for name, cells in ODD_CELLS.items()},
    "a long sum in an answer": draft().solve("1.1").cell("1.2", DEEP.replace("DEEP", "-" * 50_000 + "1"), ANYHOW),
    "a sum of 500 in an answer": draft().solve("1.1").cell("1.2", DEEP.replace("DEEP", "+".join("1" * 500)), ANYHOW),
    **{f"named {number}": draft(file=f"{name}.ipynb").solve("1.1") for number, name in enumerate(NAMES)},
    '=HYPERLINK("x")<script>alert(1)<': draft().solve("1.2"),
    "link to a neighbor": draft(link="../solved/01_games.ipynb").expect("missing"),
    "link to a secret": draft(link="@HOME@/canary").expect("missing"),
    "link to nowhere": draft(link="nowhere.ipynb").expect("missing"),
    "a pipe": draft(is_pipe=True).expect("missing"),
    "link to zeros": draft(link="/dev/zero").expect("missing"),
}
