"""The words of the glossary for the search: who looks one up comes first to the place that defines it."""

import re

import nbformat
from docutils import nodes
from sphinx import addnodes

from web.site.links import CELL, LINK, ROOT, name_target

TERM = re.compile(r"^- \*\*(?P<word>[^*(]+?)(?: \([^*]*\))?\*\*: (?P<rest>.*)$", re.MULTILINE)
ALSO = re.compile(r"\*Also: (?P<words>[^*]+)\.\*")


def read_terms() -> dict[str, list[str]]:
    """Return the words of the course's glossary, as `find_terms` does."""
    cells = nbformat.read(ROOT / "solutions" / "glossary.ipynb", as_version=4).cells
    return find_terms("\n".join(cell.source for cell in cells))


def find_terms(glossary: str) -> dict[str, list[str]]:
    """Return, for each place on the site that defines a word of a glossary, its words and what others call them."""
    terms = {}
    for term in TERM.finditer(glossary):
        also = ALSO.search(term["rest"])
        words = [term["word"], *(also["words"].split(", ") if also else [])]
        cells = [found["cell"] for link in LINK.finditer(term["rest"]) if (found := CELL.match(link["anchor"] or ""))]
        for cell in cells:
            terms.setdefault(nodes.make_id(name_target(cell)), []).extend(words)
    return terms


def add_terms(doctree, terms: dict[str, list[str]]) -> None:
    """Tell the search which words a page defines, and where."""
    entries = [
        ("single", word, node["ids"][0], "main", None)
        for node in doctree.findall(nodes.Element)
        for place in node.get("ids", [])
        for word in terms.get(place, [])
    ]
    doctree.append(addnodes.index(entries=entries, inline=False))
