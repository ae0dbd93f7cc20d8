"""What a student and an instructor read: everything that was found, and nothing that runs."""

import html
import os
import platform
from html.parser import HTMLParser
from pathlib import Path

import pytest

from marl_lessons.exercises import Outcome
from marl_lessons.exercises.card import COLORS
from marl_lessons.exercises.registry import load_lesson
from marl_lessons.gradebook.collecting import Submission
from marl_lessons.gradebook.files import name_file, write_text
from marl_lessons.gradebook.reports import pages, summary
from marl_lessons.gradebook.reports.grades import NOT_THERE, grade_students
from marl_lessons.gradebook.roster import Student
from tests.gradebook.small_class import IDS, LESSON, make_record

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>`<b>`\"'&"
FLAG = {"kind": "killed", "text": "Cell 3 was ended."}


class Tags(HTMLParser):
    """The tags of a page, its words, and whether every tag that opens is closed."""

    VOID = ("meta", "br")

    def __init__(self, page):
        super().__init__()
        self.tags, self.open, self.words, self.links = set(), [], "", []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def grade(said, student="ada", file="ada.ipynb", name="", late_days=0.0, **record):
    submission = Submission(student, files=[file])
    records = {file: make_record(said, file=file, **record)}
    (result,) = grade_students([Student(student, name, "", late_days, submission)], records, LESSON)
    return result


def wrong(message, **more):
    checks = [{"name": "is a number", "passed": True, "message": ""}]
    checks += [{"name": "is right", "passed": False, "message": message}]
    checks += [{"name": "is quick", "passed": None, "message": ""}]
    return {"outcome": "incorrect", "checks": checks, **more}


def test_a_student_reads_each_check_its_message_and_what_was_printed():
    said = {"1.1": wrong("You took the *largest*.", printed="I was here", cell=7)}
    words = Tags(pages.write_page(grade(said, notes=["Cell 2 raised an error."]), LESSON)).words
    for part in ("INCORRECT 1.1", "✓ is a number", "✗ is right", "You took the largest.", "– is quick (not reached)"):
        assert part in words.replace("\xa0", " ")
    for part in ("I was here", "Cell 7", "Cell 2 raised an error.", "0 of 4 exercises passed."):
        assert part in words


def test_a_student_reads_neither_solutions_nor_hints_nor_the_instructor_s_flags():
    page = pages.write_page(grade({"1.1": wrong("No.")}, flags=[FLAG]), LESSON)
    for exercise in LESSON.exercises:
        assert exercise.explanation not in page
        assert not [hint for hint in exercise.hints if hint in page]
    assert "Cell 3 was ended" not in page
    assert "Seed" not in page


def test_a_page_and_its_title_call_students_by_their_names_where_a_roster_says_them():
    for name, called in (("Ada Lovelace", "Ada Lovelace"), ("", "al1815")):
        page = pages.write_page(grade({}, student="al1815", name=name), LESSON)
        assert f"{LESSON.title}: {called}</title>" in page
        assert f"<strong>{called}</strong>" in page


def test_the_page_of_a_student_lies_among_the_others_whatever_they_call_themselves():
    assert pages.locate(grade({}, student="ada")) == "students/ada.html"
    assert pages.locate(grade({}, student="../ada")).count("/") == 1


def test_a_page_says_where_an_answer_stands_as_far_as_there_are_several_places():
    files = ["a/x.ipynb", f"{EVIL}.ipynb"]
    said = [{"1.1": {"outcome": "error", "cell": 7}}, {"1.2": {"outcome": "passed"}}]
    records = {file: make_record(one, file=file) for file, one in zip(files, said, strict=True)}
    (both,) = grade_students([Student("ada", submission=Submission("ada", files=files))], records, LESSON)
    page = pages.write_page(both, LESSON)
    assert "<small>Cell 7, a/x.ipynb</small>" in page
    assert f"<small>{html.escape(EVIL)}.ipynb</small>" in page
    assert "None" not in page
    assert "<small>Cell 7</small>" in pages.write_page(grade(said[0], file="a/x.ipynb"), LESSON)


def test_a_card_has_the_color_of_its_outcome():
    for outcome in (Outcome.PASSED, Outcome.INCORRECT):
        page = pages.write_page(grade({"1.1": {"outcome": outcome.value}}), LESSON)
        assert COLORS[outcome] in page.partition("<section>")[2].partition("<h2>")[0]


def test_what_is_missing_is_said_to_be_so():
    assert NOT_THERE in Tags(pages.write_page(grade({}, ids=[], exercises=[]), LESSON)).words


def test_lateness_is_said_with_what_it_costs():
    assert pages.write_points(grade({}, late_days=1)) == "0 of 4 exercises passed; 1 day late."
    assert pages.write_points(grade({}, late_days=0.5)) == "0 of 4 exercises passed; 0.5 days late."
    late = grade(dict.fromkeys(IDS, "passed"), late_days=2)
    assert pages.write_points(late) == "4 of 4 exercises passed; 2 days late."
    assert pages.write_points(late, 0.1) == "4 of 4 exercises passed; 2 days late, which leaves 3.2 points."


def test_nothing_of_a_student_s_becomes_a_tag():
    said = {"1.1": {**wrong(EVIL), "message": EVIL, "printed": EVIL}}
    flags = [{"kind": EVIL, "text": EVIL}]
    evil = grade(said, student=EVIL, name=EVIL, file=f"{EVIL}.ipynb", notes=[EVIL], flags=flags)
    for page in (pages.write_page(evil, LESSON), summary.write_summary([evil], LESSON)):
        tags = Tags(page)
        assert not tags.tags & {"script", "img", "b", "iframe", "link", "form"}
        assert "<script>alert(1)</script>" in tags.words
        assert all(link.startswith("students/") for link in tags.links)


def test_what_nobody_sees_leaves_a_mark_and_lines_and_columns_stay():
    turned = {**wrong("Here: a\u202eb."), "message": "Here: c\x1bd.", "printed": "e\u200bf\n\tg"}
    words = Tags(pages.write_page(grade({"1.1": turned}), LESSON)).words
    for part in ("Here: a\ufffdb.", "Here: c\ufffdd.", "e\ufffdf\n\tg"):
        assert part in words
    blank = {"outcome": "not attempted", "message": "", "printed": "h\u202ei"}
    assert "h\ufffdi" in Tags(pages.write_page(grade({"1.1": blank}), LESSON)).words


def test_a_page_says_its_language_its_width_and_both_color_schemes():
    for page in (pages.write_page(grade({}), LESSON), summary.write_summary([grade({})], LESSON)):
        assert '<html lang="en">' in page
        assert "width=device-width" in page
        assert "color-scheme: light dark" in page
        assert "default-src 'none'; style-src 'unsafe-inline'" in page  # the page's own style, and nothing else
        assert page.count("<h1>") == 1


@pytest.mark.parametrize("number", [1, 6, 15])
def test_every_exercise_of_a_lesson_is_a_section(number):
    lesson = load_lesson(number)
    (absent,) = grade_students([Student("ada")], {}, lesson)
    page = pages.write_page(absent, lesson)
    assert page.count("<section>") == len(lesson.exercises)
    assert page.count("NOT ATTEMPTED") == len(lesson.exercises)


@pytest.mark.parametrize("name", ["ada", "al1815", "ada.l", "ada@x.org", "a-b_c"])
def test_a_plain_name_is_kept(name):
    assert name_file(name) == name


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "..", ".", "", "a\0b", "a" * 500, "con:", "<b>", "\udcff"])
def test_no_name_leads_elsewhere(name):
    named = name_file(name)
    assert len(named) < 80
    assert set(named) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@+-")


def test_names_that_look_alike_get_files_of_their_own():
    names = ["ada", "Ada", "ADA", "ada!", "ada?", "a da", "a/da", "ädä"]
    names += [name_file(name) for name in names[1:]]  # somebody may call themselves so
    assert len({name_file(name).lower() for name in names}) == len(names)


def test_many_names_of_which_no_letter_is_kept_get_files_of_their_own():
    assert len({name_file(chr(letter)) for letter in range(0x4E00, 0x4E00 + 2000)}) == 2000


def test_an_instructor_recognizes_the_name_and_a_shell_takes_it_for_no_option():
    assert name_file("Jürgen Groß").startswith("Jurgen_Gro-")
    assert name_file("-rf Ada").startswith("rf_Ada-")


def test_machines_that_write_one_file_at_a_time_do_not_meet(tmp_path, monkeypatch):
    names = []
    monkeypatch.setattr(os, "replace", lambda temporary, path: names.append(Path(temporary).name))
    for node, pid in (("one", 1), ("one", 2), ("two", 1)):
        monkeypatch.setattr(platform, "node", lambda node=node: node)
        monkeypatch.setattr(os, "getpid", lambda pid=pid: pid)
        write_text(tmp_path / "a.json", "{}")
    assert len(set(names)) == 3
    assert all(name.startswith(".") for name in names)  # nobody takes it for a record


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device")

    write_text(tmp_path / "a.txt", "one")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_text(tmp_path / "a.txt", "two")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "one")]


def test_a_file_is_there_whole_or_not_at_all(tmp_path):
    write_text(tmp_path / "new/a.txt", "one")
    write_text(tmp_path / "new/a.txt", "two")
    with pytest.raises(TypeError):
        write_text(tmp_path / "new/a.txt", 3)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["a.txt"]
    assert (tmp_path / "new/a.txt").read_text() == "two"


def entries(*messages):
    """Return what became of 1.1 for a student for each message."""
    grades = [grade({"1.1": wrong(message)}, file=f"{number}.ipynb") for number, message in enumerate(messages)]
    return [one.exercises[0] for one in grades]


def test_an_idea_is_the_first_sentence_of_a_message_counted_once_for_each_student():
    told = entries("You took the largest. Weigh them.", "You took the largest.\nRight in 3 of 7 cases.", "Else.")
    assert summary.count_ideas(told) == [("You took the largest.", 2), ("Else.", 1)]


def test_sentences_that_differ_in_numbers_alone_are_one_idea():
    told = entries("It is 2.5 times too large.", "It is 3 times too large.", "It is -1e-05 times too large.")
    assert summary.count_ideas(told) == [("It is … times too large.", 3)]
    told = entries("It is 1,000 times too large.", "It is 2 times too large.")
    assert summary.count_ideas(told) == [("It is … times too large.", 2)]


def test_what_only_has_a_number_in_its_name_is_an_idea_of_its_own():
    assert len(summary.count_ideas(entries("Here `q1` is lost.", "Here `q2` is lost."))) == 2
    assert len(summary.count_ideas(entries("The 2nd row is lost.", "The 3rd row is lost."))) == 2


def test_ideas_as_frequent_as_each_other_stand_in_the_order_of_their_letters():
    assert summary.count_ideas(entries("B.", "A.", "C.", "C.")) == [("C.", 2), ("A.", 1), ("B.", 1)]


def test_who_reads_a_sentence_twice_counts_once():
    (told,) = entries("No.")
    told["checks"].append({"name": "x", "passed": False, "message": "No."})
    assert summary.count_ideas([told]) == [("No.", 1)]


def test_only_what_went_wrong_is_an_idea():
    (told,) = entries("No.")
    told["checks"].append({"name": "x", "passed": None, "message": "It was not reached."})
    told["checks"].append({"name": "x", "passed": True, "message": "Well done."})
    assert summary.count_ideas([told | {"message": "It takes too long."}]) == [("It takes too long.", 1), ("No.", 1)]


def test_a_sentence_ends_with_a_mark_or_with_its_line():
    assert summary.shorten("Is it `x`? No.") == "Is it `x`?"
    assert summary.shorten("Never! No.") == "Never!"
    assert summary.shorten("It is 2.5 of them\nor more") == "It is 2.5 of them"


def test_rare_ideas_wait_for_a_click():
    messages = [f"Idea {letter}." for letter in "ABCDEFGH"]
    grades = [grade({"1.1": wrong(message)}) for message in messages]
    few, many = (Tags(summary.write_summary(some, LESSON)).words for some in (grades[:6], grades))
    assert [many.count(message) for message in messages] == [1] * 8
    assert many.index("Idea F.") < many.index("2 more") < many.index("Idea G.")
    assert " more" not in few


def test_an_exercise_without_a_mistake_has_no_heading_there():
    assert summary.write_summary([grade({"1.1": wrong("No.")})], LESSON).count("<h3>") == 1
    assert "What went wrong" not in summary.write_summary([grade({"1.1": {"outcome": "passed"}})], LESSON)


def test_a_bar_is_as_long_as_its_share():
    grades = [grade({"1.1": {"outcome": outcome}}, student=outcome) for outcome in ("passed", "error", "missing")]
    row = summary.write_summary(grades, LESSON).partition("<tbody>")[2].partition("</tr>")[0]
    assert row.count("width:33.3%") == 3


def test_what_went_wrong_is_drawn_as_its_share_of_the_class():
    grades = [grade({"1.1": wrong("No.")}), *(grade({}, student=name) for name in ("bob", "eve", "zed"))]
    ideas = summary.write_summary(grades, LESSON).partition("What went wrong")[2].partition("Everyone")[0]
    assert "width:25.0%" in ideas


def test_everyone_stands_there_with_their_points():
    grades = [grade(dict.fromkeys(IDS[:count], "passed"), student=f"s{count}") for count in (3, 0)]
    everyone = summary.write_summary(grades, LESSON).partition("Everyone</h2>")[2].partition("<h2>")[0]
    assert Tags(everyone.strip()).words == "2 pagesStudentPointss33s00"


def test_all_jails_and_seeds_with_which_a_class_was_judged_are_named():
    grades = [grade({}, jail=jail, seed=seed) for jail, seed in (("podman", 8), ("bubblewrap", 9), ("podman", 9))]
    words = Tags(summary.write_summary(grades, LESSON)).words
    assert "Seed: 8, 9; version" in words
    assert "jail: bubblewrap, podman." in words


def test_a_record_of_a_failure_says_nothing_of_how_it_was_judged():
    failed = grade({}, exercises=[], flags=[{"kind": "judge", "text": "It died."}])
    failed.records[0].pop("seconds")
    assert "How it was judged" not in summary.write_summary([failed], LESSON)


def test_the_longest_and_the_largest_notebook_are_named():
    quick, slow = (
        grade({}, file=f"\u202e{name}.ipynb", seconds={"processor": seconds, "wall": 1.0}, memory=memory)
        for name, seconds, memory in (("quick", 60, 9_000_000), ("slow", 120, 5_000_000))
    )
    words = Tags(summary.write_summary([quick, slow], LESSON)).words
    assert "2 notebooks: 3.0 processor minutes, median 90.0 s." in words
    assert "The longest took 120.0 s (slow.ipynb), the largest 9 MB (quick.ipynb)." in words
    assert "Seed: 7; version" in words


def test_one_is_not_many():
    words = Tags(summary.write_summary([grade({})], LESSON)).words
    assert "1 student, 1 of them" in words
    assert "1 notebook: " in words


def test_what_lateness_leaves_stands_beside_the_points_where_it_takes_any():
    late = grade({"1.1": {"outcome": "passed"}}, late_days=2.0)
    assert "StudentPointsScoreada10.8" in Tags(summary.write_summary([late], LESSON, 0.1)).words
    assert "StudentPointsada1" in Tags(summary.write_summary([late], LESSON)).words


def test_what_was_not_attempted_is_told_from_what_is_missing():
    words = " ".join(Tags(summary.write_summary([grade({})], LESSON)).words.split())
    assert "Missing: there is no such cell, or no notebook of this lesson." in words


def test_who_handed_in_something_else_handed_in_no_notebook_of_the_lesson():
    (other,) = grade_students([Student("zed", submission=Submission("zed"))], {}, LESSON)
    words = Tags(summary.write_summary([other], LESSON)).words
    assert "1 student, 0 of them with a notebook of this lesson" in words
    assert "No notebook of this lesson (1): zed." in words


def test_numbers_that_are_the_same_for_all_stay():
    assert summary.count_ideas(entries("You try `1 - a`. So.", "You try `1 - a`.")) == [("You try `1 - a`.", 2)]


def test_a_point_inside_of_code_ends_no_sentence():
    assert summary.shorten("Your code raised `ValueError: no. Never! `. It is line 3.").endswith("`.")


def test_the_same_mistake_is_no_idea_of_its_own():
    (told,) = entries("You took the largest.")
    told["checks"].append({"name": "x", "passed": False, "message": summary.SAME})
    assert summary.count_ideas([told]) == [("You took the largest.", 1)]


def test_an_error_is_an_idea_and_an_untouched_exercise_is_none():
    told = [{**entry, "outcome": "error", "message": "Your code raised `E`."} for entry in entries("")]
    blank = [{**entry, "outcome": "not attempted", "message": "Replace it."} for entry in entries("")]
    assert summary.count_ideas([*told, *blank]) == [("Your code raised `E`.", 1)]


def test_an_instructor_reads_who_passed_who_needs_a_look_and_how_it_was_judged():
    ada = grade(dict.fromkeys(IDS, "passed"), student="ada", file="ada.ipynb")
    bob = grade({"1.1": wrong("You took the largest.")}, student="bob", file="bob.ipynb", flags=[FLAG])
    (absent,) = grade_students([Student("zed")], {}, LESSON)
    words = " ".join(Tags(summary.write_summary([ada, bob, absent], LESSON)).words.split())
    for part in (
        "3 students, 2 of them with a notebook of this lesson; 1.3 of 4 points on average, median 0.",
        "1 passed 1 incorrect 1 missing",
        "killed: Cell 3 was ended.",
        "You took the largest.",
        "Seed: 7; version of the course: ",
        "jail: bubblewrap.",
        "median 0.5 s.",
        "The longest took 0.5 s (ada.ipynb), the largest 80 MB (ada.ipynb).",
    ):
        assert part in words


def test_who_may_have_lost_points_by_no_fault_of_theirs_comes_first():
    kinds = ["roster", "many", "limits", "killed", "judge", "hidden", "unreadable"]
    grades = [grade({}, student=kind, file=kind, flags=[{"kind": kind, "text": "."}]) for kind in kinds]
    words = Tags(summary.write_summary(grades, LESSON)).words
    places = [words.index(f"{kind}: .") for kind in ("judge", "unreadable", "hidden", "killed", "limits", "many")]
    places.append(words.index("Not in the roster (1): roster."))
    assert places == sorted(places)
    assert "roster: ." not in words  # said once


def test_the_first_reason_for_a_look_is_the_most_urgent_one():
    flags = [{"kind": kind, "text": "."} for kind in ("roster", "hidden", "unreadable")]
    words = Tags(summary.write_summary([grade({}, flags=flags)], LESSON)).words
    assert words.index("unreadable: .") < words.index("hidden: .") < words.index("roster: .")


def test_on_paper_an_outcome_keeps_its_ground_and_no_line_is_cut():
    page = pages.write_page(grade({"1.1": wrong("No.")}), LESSON)
    assert "h2 span { print-color-adjust: exact; }" in page
    assert "pre { white-space: pre-wrap !important; }" in page


def test_a_class_of_which_nobody_handed_in_has_a_summary_too():
    (absent,) = grade_students([Student("zed")], {}, LESSON)
    assert "No notebook of this lesson (1): zed." in Tags(summary.write_summary([absent], LESSON)).words


def test_a_class_in_which_nothing_is_odd_needs_no_look():
    assert "Who needs a lookNobody." in Tags(summary.write_summary([grade({})], LESSON)).words


def test_a_mistake_that_nothing_explains_is_named_by_what_it_fails():
    (entry,) = [{"file": "ada.ipynb", "message": "", **wrong("Right in 3 of 7 cases tried.\nWork it out by hand.")}]
    assert summary.count_ideas([entry]) == [("✗ is right: no known mistake was recognized.", 1)]


def test_what_was_not_answered_is_not_asked_for_again():
    said = {"1.1": {"outcome": "not attempted", "message": "Replace `...` by your answer and run it again.", "cell": 4}}
    words = Tags(pages.write_page(grade(said), LESSON)).words
    assert "No answer was written here." in words
    assert "again" not in words


def test_a_student_reads_how_cells_are_counted_where_there_is_one():
    assert "counted from the top" in pages.write_page(grade({}), LESSON)
    (absent,) = grade_students([Student("zed")], {}, LESSON)
    assert "counted from the top" not in pages.write_page(absent, LESSON)
