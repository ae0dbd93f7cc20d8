"""The tables hold the points, and nothing in them is a formula."""

import csv
import io
import itertools

import pytest

from marl_lessons.gradebook.collecting import Submission
from marl_lessons.gradebook.reports import tables
from marl_lessons.gradebook.reports.grades import NOT_JUDGED, NOT_THERE, grade_students
from marl_lessons.gradebook.roster import Student
from tests.gradebook.small_class import IDS, LESSON, make_record


def grade(*said, student="ada", record=(), **more):
    """Return the grade of one student with a notebook for each of `said`."""
    files = [f"{number}.ipynb" for number in range(len(said))]
    records = {file: make_record(one, file=file, **dict(record)) for file, one in zip(files, said, strict=True)}
    (result,) = grade_students([Student(student, submission=Submission(student, files=files), **more)], records, LESSON)
    return result


def write_grades(tmp_path, *grades, **options):
    tables.write_grades(tmp_path / "grades.csv", grades, LESSON, **options)
    return read(tmp_path / "grades.csv")


def write_nbgrader(tmp_path, *grades, **options):
    tables.write_nbgrader(tmp_path / "nbgrader.csv", grades, LESSON, **options)
    return read(tmp_path / "nbgrader.csv", "utf-8")


def read(path, encoding="utf-8-sig"):
    return [*csv.DictReader(io.StringIO(path.read_text(encoding)))]


def test_an_exercise_is_worth_a_point_or_none(tmp_path):
    said = dict(zip(IDS, ["passed", "incorrect", "error", "not attempted"], strict=True))
    (row,) = write_grades(tmp_path, grade(said))
    assert list(row) == ["student", *IDS, "points", "out_of", "late_days", "score", "flags", "notes", "files", "page"]
    assert [row[number] for number in IDS] == ["1", "0", "0", "0"]
    assert (row["points"], row["out_of"], row["score"]) == ("1", "4", "1")


def test_a_line_says_what_was_judged_and_where_the_page_is(tmp_path):
    (row,) = write_grades(tmp_path, grade({}, {}, student="Ada L"))
    assert row["files"] == "0.ipynb; 1.ipynb"
    assert row["page"] == "students/Ada_L-7d981b26.html"


def test_the_best_of_several_answers_counts(tmp_path):
    best = grade({"1.1": "error", "1.2": "passed"}, {"1.1": "passed", "1.2": "incorrect"})
    assert best.points == 2
    assert [exercise["file"] for exercise in best.exercises[:2]] == ["1.ipynb", "0.ipynb"]


@pytest.mark.parametrize(
    ("better", "worse"), [*itertools.pairwise(["passed", "incorrect", "error", "not attempted", "missing"])]
)
def test_the_more_an_answer_shows_the_better_it_is(better, worse):
    for said in ((better, worse), (worse, better)):
        assert grade(*({"1.1": outcome} for outcome in said)).exercises[0]["outcome"] == better


def test_grading_leaves_what_was_collected_as_it_was():
    submission = Submission("ada", files=["0.ipynb"])
    records = {"0.ipynb": make_record(file="0.ipynb", flags=[{"kind": "killed", "text": "."}], notes=["A note."])}
    grade_students([Student("ada", submission=submission)], records, LESSON)
    assert submission.flags == submission.notes == []


def test_flags_and_notes_of_several_notebooks_say_which_one(tmp_path):
    said = grade({}, {}, record={"flags": [{"kind": "killed", "text": "Cell 3."}], "notes": ["Cell 3 raised."]})
    (row,) = write_grades(tmp_path, said)
    assert row["flags"] == "killed: 0.ipynb: Cell 3.; killed: 1.ipynb: Cell 3."
    assert row["notes"] == "0.ipynb: Cell 3 raised. 1.ipynb: Cell 3 raised."


def test_nothing_handed_in_is_a_row_of_zeros(tmp_path):
    (absent,) = grade_students([Student("ada", "Ada")], {}, LESSON)
    (row,) = write_grades(tmp_path, absent, has_roster=True)
    assert (row["student"], row["name"], row["points"], row["notes"]) == ("ada", "Ada", "0", "Nothing was handed in.")
    assert {exercise["message"] for exercise in absent.exercises} == {NOT_THERE}


def test_what_was_not_judged_is_not_said_to_be_missing():
    failed = grade({}, record={"exercises": [], "flags": [{"kind": "judge", "text": "It failed."}]})
    assert {exercise["message"] for exercise in failed.exercises} == {NOT_JUDGED}


@pytest.mark.parametrize(("days", "score"), [(0, "4"), (1, "3.6"), (2.5, "3"), (10, "0"), (20, "0")])
def test_a_share_of_the_points_is_lost_for_each_late_day(tmp_path, days, score):
    late = grade(dict.fromkeys(IDS, "passed"), late_days=days)
    (row,) = write_grades(tmp_path, late, late_penalty=0.1)
    assert (row["points"], row["score"]) == ("4", score)


def test_a_score_has_four_decimals(tmp_path):
    (row,) = write_grades(tmp_path, grade(dict.fromkeys(IDS, "passed"), late_days=1), late_penalty=1 / 3)
    assert row["score"] == "2.6667"


def test_late_days_cost_nothing_unless_told(tmp_path):
    (row,) = write_grades(tmp_path, grade(dict.fromkeys(IDS, "passed"), late_days=3.0))
    assert (row["late_days"], row["score"]) == ("3", "4")


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", " =1", "\n=1", "＝1", "＋1", "－1", "＠1"]
)
def test_no_cell_begins_a_formula(tmp_path, name):
    (row,) = write_grades(tmp_path, grade({}, student=name, name=name), has_roster=True)
    assert row["student"].startswith("'")
    assert row["name"].startswith("'")
    (row,) = write_nbgrader(tmp_path, grade({}, student=name, name=name, email=name))
    assert all(row[column].startswith("'") for column in ("student_id", "last_name", "email"))


def test_a_cell_keeps_to_its_line_and_column(tmp_path):
    (row,) = write_grades(tmp_path, grade({}, student='a"b,c;d\n=1', record={"notes": ["two\nlines"]}))
    assert row["student"] == 'a"b,c;d =1'
    assert row["notes"] == "two lines"


def test_half_of_a_pair_in_a_name_can_be_written(tmp_path):
    (row,) = write_grades(tmp_path, grade({}, student="a\udcff"))
    assert row["student"] == "a?"


def test_spreadsheets_see_that_grades_are_in_utf_8(tmp_path):
    write_grades(tmp_path, grade({}, student="Jürgen"))
    assert (tmp_path / "grades.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_nbgrader_s_columns_are_those_of_its_own_export(tmp_path):
    said = grade(dict.fromkeys(IDS, "passed"), late_days=1, name="Lovelace, Ada", email="a@b.org")
    (row,) = write_nbgrader(tmp_path, said, late_penalty=0.1)
    assert row == {
        "assignment": "lesson01",
        "duedate": "",
        "timestamp": "",
        "student_id": "ada",
        "last_name": "Lovelace",
        "first_name": "Ada",
        "email": "a@b.org",
        "raw_score": "4.0",
        "late_submission_penalty": "0.4",
        "score": "3.6",
        "max_score": "4.0",
    }
