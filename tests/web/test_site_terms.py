"""Who searches for a word of the glossary is led to the place that defines it."""

import json
import re

import pytest

pytest.importorskip("docutils", reason="Sphinx, which builds the site, is not installed here: make webtest")

from web.site.terms import find_terms, read_terms

GLOSSARY = """\
- **potential (of a game)**: One table. *Also: potential function, exact potential.* [4](04_a.ipynb#cell-id=04_a-010)
- **run**: One of many. [00](00_start.ipynb#cell-id=00_start-006)
- **agent**: One who acts. [00](00_start.ipynb#cell-id=00_start-006)
"""


def test_a_place_has_the_words_it_defines_and_what_others_call_them():
    assert find_terms(GLOSSARY) == {
        "cell-04-a-010": ["potential", "potential function", "exact potential"],
        "cell-00-start-006": ["run", "agent"],
    }


@pytest.mark.web
def test_the_search_knows_every_word_of_the_glossary_and_its_place(site, pages):
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(re.fullmatch(r"Search\.setIndex\((.*)\)\s*", text, re.DOTALL)[1])
    terms = read_terms()
    assert sum(map(len, terms.values())) > 100
    assert {word.lower() for words in terms.values() for word in words} == set(index["indexentries"])
    for word, places in index["indexentries"].items():
        for page, anchor, leads in places:
            assert leads, word
            assert pages[f"{index['docnames'][page]}.html"].find(id=anchor), word
