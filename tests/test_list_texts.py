"""A translator is shown every text that a learner reads, and what else changes with it."""

import pytest

from tools import list_texts
from tools.build_notebooks import find_lessons
from tools.list_texts import Quotations, may_quote, read_quotations
from tools.reader_texts import Text, find_all_texts, find_paragraphs

LESSON = '''\
# %% [markdown]
# # A lesson
#
# What is asked:
#
# - a number ⟦76⟧,
#   of two.

# %%
import re  # the shapes are (R, N)


@exercise("1.1")
def add(first, second):
    """Return the sum.

    Example: two and two.
    """
    # BEGIN SOLUTION
    return first + second  # plus
    # END SOLUTION
    # OTHERWISE
    # return first - second


# %% tags=["nbval-check-output"]
print(f"the sum is {add(1, 2):.2f}", {"IQL": "alone"}["IQL"])
plotting.plot(x, title="How it grows", style="margin:0;padding:2px")
'''
CHECKS = '''\
"""Exercise 1.1: what developers read."""


def adds(answer, rng):
    """For developers, too."""
    if re.match("a b c", answer):  # and this
        raise Mistake(f"You return {answer}, the first <b>only</b>.")


EXERCISE = Exercise(id="1.1", checks=(Check("adds both numbers", adds),), hints=("Think " "twice.",))
'''
GLOSSARY = "# Terms\n\n## agent\nborn: 00 Runs\n\nOne who acts.\n"
FILM = 'const back = add("button", { textContent: "back" });\nslider.setAttribute("aria-label", "step");\n'
BANK = 'ANSWERS = {"1.1": Answers(right=[], wrong={"return 1": "the first only"})}\n'
OTHER = 'def test_it():\n    assert "the sum is" in read_lesson()\n'


@pytest.fixture
def course(tmp_path):
    """A small course of one lesson."""
    files = {
        "lessons/01_sums.py": LESSON,
        "lessons/glossary.md": GLOSSARY,
        "marl_lessons/checks/lesson_01/sums.py": CHECKS,
        "marl_lessons/plotting/player.js": FILM,
        "marl_lessons/card.py": 'WORDS = {"passed": "Hint: go on;"}\n',
        "tests/bank/lesson_01/sums.py": BANK,
        "tests/lessons/test_01_sums.py": OTHER,
        "tests/lessons/test_02_more.py": OTHER,
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def read(course):
    return {name: [tuple(text) for text in texts] for name, texts in find_all_texts(course).items()}


def test_every_text_that_a_learner_reads_is_listed(course):
    lesson, checks = "lessons/01_sums.py", "marl_lessons/checks/lesson_01/sums.py"
    assert read(course) == {
        "lessons": [
            (lesson, 2, "text", "# A lesson"),
            (lesson, 4, "text", "What is asked:"),
            (lesson, 6, "text", "- a number ⟦76⟧, of two."),
            (lesson, 10, "comment", "the shapes are (R, N)"),
            (lesson, 15, "docstring", "Return the sum. Example: two and two."),
            (lesson, 20, "comment", "plus"),
            (lesson, 23, "comment", "return first - second"),
            (lesson, 27, "sentence", "the sum is {…}"),
            (lesson, 27, "word", "IQL"),
            (lesson, 27, "word", "alone"),
            (lesson, 28, "sentence", "How it grows"),
        ],
        "glossary": [
            ("lessons/glossary.md", 1, "text", "# Terms"),
            ("lessons/glossary.md", 3, "text", "## agent born: 00 Runs"),
            ("lessons/glossary.md", 6, "text", "One who acts."),
        ],
        "checks": [
            (checks, 7, "sentence", "You return {…}, the first only ."),
            (checks, 10, "sentence", "Think twice."),
            (checks, 10, "sentence", "adds both numbers"),
        ],
        "module": [
            ("marl_lessons/card.py", 1, "sentence", "Hint: go on;"),
            ("marl_lessons/card.py", 1, "word", "passed"),
        ],
        "films": [
            ("marl_lessons/plotting/player.js", 1, "sentence", "back"),
            ("marl_lessons/plotting/player.js", 2, "sentence", "step"),
        ],
    }


def test_the_list_of_a_file_says_what_changes_with_each_text(course, capsys):
    assert list_texts.main(["--list", "lessons/01_sums.py"], course) == 0
    listed = capsys.readouterr().out
    assert "    6  text       - a number ⟦76⟧, of two.\n                  ↑ the numbers in ⟦…⟧" in listed
    assert "the sum is {…}\n                  ↑ quoted in tests/lessons/test_01_sums.py\n" in listed
    assert "quoted in \n" not in listed
    list_texts.main(["--list", "./marl_lessons/checks/lesson_01/sums.py"], course)
    assert "the first only .\n                  ↑ quoted in tests/bank/lesson_01/sums.py\n" in capsys.readouterr().out


def test_the_table_counts_words_texts_single_words_and_quoted_ones(course, capsys):
    list_texts.main([], course)
    rows = {line.split("  ")[-1]: line.split()[:4] for line in capsys.readouterr().out.splitlines() if line}
    assert rows["all of lessons"] == ["33", "11", "2", "2"]
    assert rows["lessons/01_sums.py"] == rows["all of lessons"]
    assert rows["everything"][1] == "21"


def test_a_file_without_texts_is_an_error(course):
    with pytest.raises(SystemExit, match=r"setup\.py holds no text for learners"):
        list_texts.main(["--list", "setup.py"], course)


def test_a_paragraph_of_symbols_alone_is_none():
    assert find_paragraphs(["---", "", "two words", "and more"]) == [(3, "text", "two words and more")]


@pytest.mark.parametrize(
    ("test", "file", "expected"),
    [
        ("tests/bank/lesson_04/dilemma.py", "marl_lessons/checks/lesson_04/dilemma.py", True),
        ("tests/lessons/test_04_reward_structures.py", "lessons/04_reward_structures.py", True),
        ("tests/bank/lesson_00.py", "marl_lessons/checks/lesson_00.py", True),
        ("tests/test_glossary.py", "lessons/04_reward_structures.py", True),
        ("tests/notebooks/test_prose.py", "lessons/04_reward_structures.py", True),
        ("tests/bank/lesson_05/guarantee.py", "marl_lessons/checks/lesson_04/dilemma.py", False),
        ("tests/test_plotting.py", "lessons/04_reward_structures.py", False),
        ("tests/bank/lesson_05/guarantee.py", "marl_lessons/exercises/card.py", True),
    ],
)
def test_the_texts_of_a_lesson_are_quoted_in_its_own_tests(test, file, expected):
    assert may_quote(test, file) == expected


def test_a_quotation_has_several_words_and_ends_where_something_is_put_in(tmp_path):
    (tmp_path / "tests").mkdir()
    lines = ['"""Developers read this."""', 'x = "a b"', 'y = "onewordalone"', 'z = f"{x} the sum is\\n  now {y}"']
    (tmp_path / "tests/test_x.py").write_text("\n".join(lines), encoding="utf-8")
    assert read_quotations(tmp_path) == {"the sum is now": {"tests/test_x.py"}}


def test_a_quotation_may_begin_and_end_within_a_word():
    text = Text("marl_lessons/x.py", 1, "sentence", "Some numbers of themes are large.")
    for quotation in ("umbers of them", "some numbers", "bers of"):
        found = Quotations({quotation: {"tests/test_b.py", "tests/test_a.py"}}).find(text)
        assert found == ([] if quotation == "some numbers" else ["tests/test_a.py", "tests/test_b.py"])


@pytest.fixture(scope="module")
def texts():
    return find_all_texts()


def test_every_lesson_has_texts_in_its_cells_and_its_checks(texts):
    for stem in find_lessons():
        assert [text for text in texts["lessons"] if text.file == f"lessons/{stem}.py"]
        assert [text for text in texts["checks"] if f"lesson_{stem[:2]}" in text.file]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("lessons/04_reward_structures.py", "Most practical systems mix: a reward for the team"),
        ("lessons/04_reward_structures.py", 'Returns "cooperative", "competitive" or "mixed".'),
        ("marl_lessons/checks/lesson_04/potential.py", "agent 0's gain is the difference of two rows"),
        ("marl_lessons/checks/lesson_05/predictions.py", "Two heads now pay you 2 instead of 1."),
        ("marl_lessons/exercises/card.py", "Hints: {…} of {…} open;"),
        ("marl_lessons/exercises/evaluation.py", "passed"),
        ("marl_lessons/exercises/judging/remedies.py", "Which case makes the divisor zero?"),
        ("marl_lessons/setup_check.py", "Everything is here. You can start."),
        ("marl_lessons/plotting/player.js", "forward ▶"),
        ("lessons/glossary.md", "What you can expect of an action"),
    ],
)
def test_what_a_card_a_lesson_and_a_film_say_is_found(texts, file, said):
    assert any(said in text.text for part in texts.values() for text in part if text.file == file)


def test_most_phrases_of_a_bank_are_found_in_the_texts_of_its_checks(texts):
    quotations = Quotations(read_quotations())
    misconceptions = [text for text in texts["checks"] if text.file.endswith("_ideas.py") and text.words > 8]
    assert sum(bool(quotations.find(text)) for text in misconceptions) > 0.8 * len(misconceptions)


def test_words_have_letters():
    assert Text("x", 1, "text", "a = 2 {…} of | 3,000 |").words == 2
