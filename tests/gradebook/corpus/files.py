"""Files that are no notebooks, or only look like one, and names that mean something to a spreadsheet or a browser."""

import json

from tests.gradebook.corpus.drafts import code, draft

solved = draft().solve()


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
ODD_CELLS = [  # that cannot be run, for all kinds of reasons
    *(1, None, "x", [], {}),
    *({"cell_type": "code", "source": 5}, {"cell_type": "code", "source": [1, None]}, {"cell_type": 7, "source": {}}),
    *({"cell_type": "code"}, {"source": "x = 1"}, code("x = 1\x00"), code("y = '\ud800'")),
    *(code("(" * 5_000 + "1" + ")" * 5_000), code("x" + "[0]" * 9_000), code("x" + ".y" * 9_000)),
    *(code("x = " + "-" * 50_000 + "1"), code("+".join("1" * 30_000)), code("not " * 9_000 + "x")),
    *(code("\n".join(" " * depth + "if x:" for depth in range(99))), code("lambda: " * 9_000 + "0")),
    *(code("x = 10 ** 10 ** 10"), code("y = 'x' * 10 ** 12"), code("z = 9" + "9" * 5_000)),
]
DEEP = """
@exercise("1.2")
def action_values(payoffs, partner_policy):
    return payoffs @ partner_policy + 0 * (DEEP)
"""
NAMES = ["=1+1", "<script>alert(1)<", 'a"b,c;d', "line\nbreak", "ä" * 80]

ANYHOW = {"passed", "error"}

FILES = {
    **{f"broken: {name}": draft(raw=raw).expect("missing").flag("unreadable") for name, raw in BROKEN.items()},
    "in UTF-16": draft(raw=json.dumps(solved.notebook).encode("utf-16")).expect({"passed", "missing"}),
    "broken: cells in no list": draft(raw=b'{"nbformat": 4, "cells": {"a": 1}}').expect("missing").flag("unreadable"),
    "odd cells": draft().solve("1.1").edit(lambda notebook: notebook.update(cells=ODD_CELLS + notebook["cells"])),
    "long sums in answers": draft()
    .solve("1.1")
    .cell("1.2", DEEP.replace("DEEP", "+".join("1" * 500)), ANYHOW)
    .below("1.4", DEEP.replace("DEEP", "-" * 50_000 + "1")),
    **{f"named {number}": draft(file=f"{name}.ipynb").solve("1.1") for number, name in enumerate(NAMES)},
    '=HYPERLINK("x")<script>alert(1)<': draft().solve("1.2"),
    "link to a neighbor": draft(link="../solved/01_games.ipynb").expect("missing"),
    "link to a secret": draft(link="@HOME@/canary").expect("missing"),
    "link to nowhere": draft(link="nowhere.ipynb").expect("missing"),
    "a pipe": draft(is_pipe=True).expect("missing"),
    "link to zeros": draft(link="/dev/zero").expect("missing"),
}
