"""The glossary says where each term is born, and no lesson uses a term earlier or defines it twice.

The lists below name what is left as it is, each with its reason. A list may be too long, never too short.
"""

import re
from collections import Counter

import nbformat
import pytest

from tools.build_notebooks import ROOT, find_lessons, find_out_of_step, find_source, read_lesson
from tools.glossary import (
    NAME,
    Entry,
    GlossaryError,
    Passage,
    Symbol,
    defines,
    find_birth,
    find_words,
    has_word,
    mentions,
    read_glossary,
    read_passages,
    read_prose,
    shows,
    write_script,
)

PASSAGES = [passage for stem in find_lessons() for passage in read_passages(stem, read_lesson(stem))]
GLOSSARY = read_glossary(find_source(NAME).read_text(encoding="utf-8"))
ENTRIES = [*GLOSSARY.terms, *GLOSSARY.games]
WORDS = {word.replace("*", "") for entry in ENTRIES for word in (entry.term, *entry.words)}
BOLD = re.compile(r"\*\*([^*]+)\*\*")
LINK = re.compile(r"\[(\d\d) · ([^]]+)\]\((\w+)\.ipynb#cell-id=([\w-]+)\)")
SUMMARIES = {"What we saw", "Sources"}  # these use what the lesson has defined

# Terms in bold in another section than that of their birth, by the number of its lesson.
AGAIN = {
    ("exploring", "07"): "a finding, and a row of the checklist",
    ("tie", "07"): "a finding, and a row of the checklist",
    ("hysteretic Q-learning", "08"): "the ladder of optimism names all of its rungs",
    ("independent Q-learning", "08"): "the ladder of optimism names all of its rungs",
    ("independent Q-learning", "11"): "a paragraph for each of the three learners",
    ("QMIX", "11"): "a paragraph for each of the three learners",
    ("VDN", "11"): "a paragraph for each of the three learners",
    ("mean field", "14"): "one of the five kinds of tables that are compared",
    ("softmax", "14"): "one of the five kinds of tables that are compared",
    ("potential (of a game)", "09"): "the potential of a state, an entry of its own",
    ("value", "03"): "now of a joint policy",
    ("value", "05"): "the value of a game, an entry of its own",
}
# Names of the literature that the lessons use as well.
ALSO = {
    "PPO": "said in brackets, since readers will meet it",
    "proximal policy optimization": "said in brackets, since readers will meet it",
    "done": "a plain word",
    "utility": "another thing, an entry of its own",
}
# What stands in bold and is no term, by the number of the lesson; whatever ends with a full stop is a conclusion.
NO_TERMS = {
    "00": {"Shift + Enter"},
    "01": {"blue", "orange", "down the column", "along the row", "light"},
    "03": {"light"},
    "04": {"I cooperate", "I defect", "risk"},
    "07": {"rows"},
    "08": {"luck looks like skill", "intend one action, and change your mind only for something better"},
    "09": {"which one is reached", "global"},
    "10": {"92"},
    "11": {"scout", "runner"},
    "12": {"99.7", "experiment"},
    "13": {"Chance", "quiet", "busy"},
    "14": {"three kinds", "draws"},
}


def read_alone(passage):
    """Return a passage without what announces the next lesson."""
    return passage._replace(text=passage.text.split("Next:")[0])


def announces(passage, birth):
    """Say whether a passage names what is to come: the map of the course, or the first cell of the same lesson."""
    is_opening = len(passage.headings) == 1 and passage.stem == birth.stem
    return is_opening or passage.headings[-1] in {"The map", "Sources"}


def is_listed(bold, lesson):
    """Say whether bold words are an entry, a part of one, a sentence, or known as no term."""
    is_entry = any(has_word(bold, word) or has_word(word, bold) for word in WORDS)
    return is_entry or bold.endswith(".") or bold in NO_TERMS.get(lesson, ())


def find_page(folder):
    """Return the text of the page that is committed."""
    return "\n".join(cell.source for cell in nbformat.read(ROOT / folder / f"{NAME}.ipynb", as_version=4).cells)


def find_place(passage):
    """Return where a passage stands, as editors open it."""
    return f"lessons/{passage.stem}.py:{passage.line}"


def test_a_term_stands_out_where_it_is_born():
    births = {term: find_birth(term, PASSAGES) for term in GLOSSARY.terms}
    assert [(term.term, find_place(birth)) for term, birth in births.items() if not defines(birth, term)] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.term for entry in ENTRIES])
def test_no_lesson_uses_a_term_before_it_is_born(entry):
    birth = find_birth(entry, PASSAGES)
    before = [read_alone(passage) for passage in PASSAGES[: PASSAGES.index(birth)]]
    early = [p for p in before if mentions(p, entry) and not announces(p, birth)]
    assert [find_place(p) for p in early] == []


def find_repeats(entry):
    """List where a section other than that of its birth has a term in bold."""
    birth, words = find_birth(entry, PASSAGES), {word.replace("*", "").lower() for word in entry.words}
    return [
        (entry.term, p.stem[:2], find_place(p))
        for p in PASSAGES
        if (p.stem, p.headings[:2]) != (birth.stem, birth.headings[:2]) and p.headings[-1] not in SUMMARIES
        if words & {bold.lower() for bold in BOLD.findall(read_prose(p))}
    ]


def test_a_term_is_defined_once():
    repeats = [repeat for entry in ENTRIES for repeat in find_repeats(entry)]
    assert [repeat for repeat in repeats if repeat[:2] not in AGAIN] == []


def test_the_lessons_have_one_word_for_one_thing():
    prose = [p for p in PASSAGES if p.headings[-1] not in SUMMARIES]
    for entry in ENTRIES:
        names, birth = set(filter(None, entry.also.split(", "))) - set(ALSO), find_birth(entry, PASSAGES)
        used = [(name, find_place(p)) for name in names for p in prose if p != birth and has_word(read_prose(p), name)]
        assert used == [], f"the word of the course is {entry.term}"


def test_whatever_a_lesson_has_in_bold_is_in_the_glossary_or_no_term():
    bolds = [(p, bold) for p in PASSAGES if p.headings[-1] not in SUMMARIES for bold in BOLD.findall(read_prose(p))]
    unknown = [f"lessons/{p.stem}.py:{p.line}: {bold}" for p, bold in bolds if not is_listed(bold, p.stem[:2])]
    assert unknown == [], "add it to lessons/glossary.md, or to NO_TERMS here"


def test_there_is_one_entry_for_a_term_and_one_row_for_a_symbol():
    counts = Counter([entry.term.lower() for entry in ENTRIES] + [row.symbol for row in GLOSSARY.symbols])
    assert [name for name, count in counts.items() if count > 1] == []
    assert 90 <= len(GLOSSARY.terms) <= 150


def test_a_definition_is_one_or_two_short_sentences():
    assert {entry.term: entry.meaning for entry in ENTRIES if len(entry.meaning.split()) > 45} == {}
    assert [entry.term for entry in ENTRIES if not entry.meaning.endswith((".", ".)"))] == []


def test_a_symbol_stands_where_the_table_says():
    for row in GLOSSARY.symbols:
        find_birth(row, PASSAGES)
        letters = [row._replace(symbol=symbol) for symbol in (row.symbol, *re.findall(r"\$[^$]+\$", row.elsewhere))]
        for lesson in re.findall(r"\b\d\d\b", row.elsewhere):
            passages = [passage for passage in PASSAGES if passage.stem.startswith(lesson)]
            assert any(shows(passage, letter) for passage in passages for letter in letters), (row.symbol, lesson)


@pytest.mark.parametrize("folder", ["notebooks", "solutions"])
def test_every_link_of_the_page_leads_to_the_cell_that_it_names(folder):
    links = LINK.findall(find_page(folder))
    assert len(links) == len(ENTRIES) + len(GLOSSARY.symbols)
    headings = {(p.stem, p.cell, heading) for p in PASSAGES for heading in p.headings}
    for lesson, heading, stem, cell in links:
        cells = {cell.id for cell in nbformat.read(ROOT / folder / f"{stem}.ipynb", as_version=4).cells}
        assert cell in cells
        assert (stem[:2], cell[:-4]) == (lesson, stem)
        assert (stem, int(cell[-3:]), heading) in headings


def test_the_page_is_in_step_with_its_source_and_the_lessons():
    assert find_out_of_step(NAME) == [], "run `python -m tools.build_notebooks glossary`"


def test_the_page_is_alphabetical_and_ends_with_games_and_symbols():
    titles = re.findall(r"^## (.+)$", find_page("notebooks"), re.MULTILINE)
    assert titles == [*sorted(titles[:-2]), "Games", "Symbols"]


LESSON = """\
# %% [markdown]
# # 01 · Sums
# After this lesson you can take steps.

# %%
x = 1  # a step

# %% [markdown]
# ## Steps
# Not yet: `step`, $step$ and [a step](step.html).
# ```
# # no heading
# ```
# ### Exercise 1.1 · Go
# A **step
# size**, and a step.
"""
SOURCE = """\
<!-- How to. -->

# Terms

## step size
born: 01 Exercise 1.1 · Go
also: learning rate

How far a step
goes; see lesson 01.

# Games

## steps
born: 01 Steps

One walks.

# Symbols

| symbol | means | born | elsewhere |
|---|---|---|---|
| $step$ | a step | 01 Steps | nothing |
"""


def make_entry(heading="Steps", words=("step",)):
    return Entry("step", "01", heading, "", words, "One pace.")


def test_a_passage_ends_at_the_next_heading_or_cell():
    passages = read_passages("01_sums", LESSON)
    _, section, exercise = passages
    assert [(p.cell, p.line) for p in passages] == [(0, 2), (2, 9), (2, 14)]
    assert exercise.headings == ("01 · Sums", "Steps", "Exercise 1.1 · Go")
    assert "no heading" in section.text
    assert read_prose(exercise) == "### Exercise 1.1 · Go A **step size**, and a step."


def test_code_formulas_and_links_use_no_words():
    _, section, exercise = read_passages("01_sums", LESSON)
    assert not mentions(section, make_entry())
    assert mentions(exercise, make_entry())
    assert mentions(exercise, make_entry(words=("**step size**",)))
    assert not mentions(exercise, make_entry(words=("*step*",)))


def test_a_term_is_born_where_it_stands_out_or_else_where_it_stands_first():
    passages = read_passages("01_sums", LESSON)
    assert find_birth(make_entry(words=("steps", "step")), passages) == passages[1]
    assert defines(passages[1], make_entry(words=("steps",)))
    assert find_birth(make_entry("Exercise 1.1 · Go", ("a step",)), passages) == passages[2]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (make_entry("Stairs"), "step: lesson 01 has no heading “Stairs”"),
        (make_entry(words=("pace",)), "step: lesson 01 does not say it under “Steps”"),
        (Symbol("$z$", "a step", "01", "Steps", ""), "does not say it under"),
    ],
)
def test_a_term_that_is_born_nowhere_is_named(entry, message):
    with pytest.raises(GlossaryError, match=message):
        find_birth(entry, read_passages("01_sums", LESSON))


@pytest.mark.parametrize(("greek", "letter"), [("ε", "E"), ("α", "A"), ("β", "B"), ("γ", "G"), ("λ", "L")])
def test_a_greek_letter_stands_under_its_latin_one(greek, letter):
    entry = f"## {greek}-step\nborn: 01 Steps\nwords: steps\n\nOne pace.\n\n"
    source = SOURCE.replace("## step size", f"## zero\nborn: 01 Steps\nwords: steps\n\nNone.\n\n{entry}## step size")
    terms = [entry.term for entry in read_glossary(source).terms]
    assert terms[0] == f"{greek}-step"
    assert f"# ## {letter}\n\n# - **{greek}-step**" in write_script(source, {"01_sums": LESSON})


def test_a_lesson_calls_a_term_by_its_name_or_its_plural_unless_words_are_given():
    calls = {"policy": ("policy", "policies"), "step size": ("step size", "step sizes")}
    assert {term: find_words({"term": term, "words": ""}) for term in calls} == calls
    assert find_words({"term": "step", "words": "steps, *pace*"}) == ("steps", "*pace*")


def test_a_symbol_is_no_part_of_another_one():
    passage = Passage("01_sums", 0, 1, (), r"i and $\pi_j + 2k$, $\max_{all} k$")
    shown = [letter for letter in "ijklma" if shows(passage, Symbol(f"${letter}$", "", "01", "", ""))]
    assert shown == ["j", "k"]


def test_an_entry_of_another_form_is_named():
    with pytest.raises(GlossaryError, match="not of the form"):
        read_glossary(SOURCE.replace("born: 01 Steps", "from 01"))


def test_the_script_has_a_cell_for_each_letter_and_links_that_lead_to_cells():
    script = write_script(SOURCE, {"01_sums": LESSON})
    assert "# ## S\n" in script
    link = "[01 · Exercise 1.1 · Go](01_sums.ipynb#cell-id=01_sums-002)"
    meaning = "How far a step goes; see [lesson 01](01_sums.ipynb)."
    assert f"# - **step size**: {meaning} *Also: learning rate.* {link}\n" in script
    assert script.endswith("# | $step$ | a step | [01 · Steps](01_sums.ipynb#cell-id=01_sums-002) | nothing |\n")
