"""Every way in which a class hands in ends in the same list of students and notebooks."""

import os
import unicodedata

import pytest

from marl_lessons.gradebook.collecting import FolderError, clean, collect
from marl_lessons.gradebook.roster import RosterError, match, read_roster
from tests.gradebook.small_class import LESSON, write_notebook


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "submissions"


def collected(folder):
    return {submission.student: submission for submission in collect(folder, LESSON)}


def files(folder):
    return {student: submission.files for student, submission in collected(folder).items()}


def flags(submission):
    return [flag["kind"] for flag in submission.flags]


def write_roster(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode(encoding))
    return path


def match_names(folder, tmp_path, roster):
    students = match(collect(folder, LESSON), read_roster(write_roster(tmp_path, roster)))
    return {student.student: student.submission and student.submission.student for student in students}


@pytest.mark.parametrize(
    ("file", "student"),
    [
        ("ada.ipynb", "ada"),
        ("ada.l.ipynb", "ada.l"),
        ("Ada Lovelace.IPYNB", "Ada Lovelace"),
        ("Untitled (1).ipynb", "Untitled (1)"),
        ("Jürgen Groß.ipynb", "Jürgen Groß"),
        ("ada/01_games.ipynb", "ada"),
        ("ada/Untitled (1).ipynb", "ada"),
        ("ada/marl/week 1/x.ipynb", "ada"),
        ("submitted/ada/lesson01/01_games.ipynb", "ada"),
        ("Ada Lovelace_12345_assignsubmission_file_/x.ipynb", "Ada Lovelace_12345"),
        ("Ada Lovelace_12345_assignsubmission_file/x.ipynb", "Ada Lovelace_12345"),
        ("Ada Lovelace_12345_assignsubmission_file_x.ipynb", "Ada Lovelace_12345"),
        ("lovelaceada_4711_90210_01_games-2.ipynb", "lovelaceada_4711"),
        ("lovelaceada_LATE_4711_90210_01_games.ipynb", "lovelaceada_4711"),
        ("ada.l/x.ipynb", "ada.l"),
        ("lab_101_2026_a/x.ipynb", "lab_101_2026_a"),  # Canvas names files only
        ("ada_1_2_final.ipynb", "ada_1_2_final"),
        ("ada_101_2_final.ipynb", "ada_101_2_final"),
    ],
)
def test_a_student_is_known_by_where_the_notebook_lies(folder, file, student):
    write_notebook(folder / file)
    assert files(folder) == {student: [file]}


def test_nbgrader_s_other_folders_are_not_students(folder):
    for file in ("source/lesson01/x.ipynb", "release/lesson01/x.ipynb", "submitted/ada/lesson01/x.ipynb"):
        write_notebook(folder / file)
    assert files(folder) == {"ada": ["submitted/ada/lesson01/x.ipynb"]}


def test_a_name_is_the_same_however_a_system_writes_its_umlauts(folder):
    write_notebook(folder / unicodedata.normalize("NFD", "Jürgen.ipynb"))
    assert list(files(folder)) == ["Jürgen"]


def test_a_name_is_one_line_that_can_be_shown():
    assert clean("Ada\n\x07\u202e  Lovelace\t") == "Ada Lovelace"
    assert clean("\n") == "?"


def test_files_that_canvas_names_after_one_student_belong_together(folder):
    names = ["lovelaceada_4711_90210_a.ipynb", "lovelaceada_LATE_4711_90211_b.ipynb"]
    for name in names:
        write_notebook(folder / name)
    assert files(folder) == {"lovelaceada_4711": names}


def test_a_name_that_is_no_unicode_is_collected(folder):
    write_notebook(folder / "ok.ipynb")
    try:
        os.rename(folder / "ok.ipynb", os.path.join(os.fsencode(folder), b"\xffada.ipynb"))
    except OSError:
        pytest.skip("this file system takes Unicode only")
    assert list(files(folder)) == ["\ufffdada"]


@pytest.mark.parametrize(
    "file",
    [".ipynb_checkpoints/a-checkpoint.ipynb", "ada/.ipynb_checkpoints/a.ipynb", "__MACOSX/ada/a.ipynb", ".a.ipynb"],
)
def test_what_systems_and_editors_hide_is_not_handed_in(folder, file):
    write_notebook(folder / "ada/a.ipynb")
    write_notebook(folder / file)
    assert files(folder) == {"ada": ["ada/a.ipynb"]}


def test_notebooks_are_chosen_by_what_is_in_them(folder):
    write_notebook(folder / "ada/02_markov_games.ipynb", ids=("1.3", "1.4"))
    write_notebook(folder / "ada/01_games.ipynb", ids=("2.1",))
    ada = collected(folder)["ada"]
    assert ada.files == ["ada/02_markov_games.ipynb"]
    assert ada.others == ["ada/01_games.ipynb"]
    assert ada.flags == []
    assert ada.notes == []


def test_two_notebooks_of_one_student_are_both_taken_and_flagged(folder):
    write_notebook(folder / "ada/a.ipynb")
    write_notebook(folder / "ada/b.ipynb")
    ada = collected(folder)["ada"]
    assert ada.files == ["ada/a.ipynb", "ada/b.ipynb"]
    assert flags(ada) == ["notebooks"]


def test_more_than_ten_notebooks_of_one_student_are_not_all_judged(folder):
    for number in range(10):
        write_notebook(folder / f"ada/{number:02d}.ipynb")
    assert flags(collected(folder)["ada"]) == ["notebooks"]
    write_notebook(folder / "ada/10.ipynb")
    ada = collected(folder)["ada"]
    assert len(ada.files) == 10
    assert flags(ada) == ["notebooks", "limits"]
    assert "ada/04.ipynb and 6 more; " in ada.flags[0]["text"]
    assert "05" not in ada.flags[0]["text"]


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="root opens every folder")
def test_a_folder_that_cannot_be_opened_costs_nobody_else(folder):
    write_notebook(folder / "bob.ipynb")
    (folder / "ada").mkdir(mode=0)
    found = collected(folder)
    assert flags(found["ada"]) == ["unreadable"]
    assert found["bob"].files == ["bob.ipynb"]


@pytest.mark.skipif(os.name == "nt", reason="paths are limited otherwise")
def test_a_path_that_is_too_long_costs_nobody_else(folder, monkeypatch):
    write_notebook(folder / "ada/x.ipynb")
    write_notebook(folder / "bob.ipynb")
    monkeypatch.chdir(folder / "ada")
    for _ in range(20):
        os.mkdir("y" * 250)
        os.chdir("y" * 250)
    found = collected(folder)
    assert flags(found["ada"]) == ["unreadable"]
    assert len(found["ada"].flags[0]["text"]) == 500
    assert (found["ada"].files, found["bob"].files) == (["ada/x.ipynb"], ["bob.ipynb"])


def test_the_solutions_in_a_copy_of_the_course_are_not_the_student_s(folder):
    write_notebook(folder / "ada/marl/notebooks/01_games.ipynb")
    write_notebook(folder / "ada/marl/solutions/01_games.ipynb")
    assert files(folder) == {"ada": ["ada/marl/notebooks/01_games.ipynb"]}


def test_a_folder_of_one_s_own_may_be_called_solutions(folder):
    write_notebook(folder / "ada/solutions/01_games.ipynb")
    assert files(folder) == {"ada": ["ada/solutions/01_games.ipynb"]}


def test_a_student_without_a_notebook_of_the_lesson_is_kept_and_told_so(folder):
    write_notebook(folder / "ada/the\nother.ipynb", ids=("2.1",))
    (folder / "bob").mkdir()
    ada, bob = collect(folder, LESSON)
    assert ada.files == bob.files == []
    assert ada.notes == ["No notebook with an exercise of lesson 01 was handed in. Found: ada/the other.ipynb."]
    assert bob.notes == ["No notebook with an exercise of lesson 01 was handed in."]


@pytest.mark.parametrize("name", ["work.zip", "work.tar.gz", "work.tgz", "work.7z", "work.RAR"])
def test_a_packed_file_is_not_opened_and_flagged(folder, name):
    (folder / "ada").mkdir(parents=True)
    (folder / "ada" / name).write_bytes(b"PK")
    (folder / "bob.tar").write_bytes(b"")
    ada, bob = collect(folder, LESSON)
    assert flags(ada) == flags(bob) == ["unreadable"]
    assert "unpack" in ada.flags[0]["text"]
    assert ada.notes[-1] == f"Packed files are not opened: ada/{name}."


def test_a_student_is_told_which_file_could_not_be_read(folder):
    folder.mkdir(exist_ok=True)
    (folder / "ada.ipynb").write_text("no notebook")
    (ada,) = collect(folder, LESSON)
    assert ada.notes[0] == "ada.ipynb could not be graded: it is no notebook: it is not JSON."


def test_a_packed_file_beside_a_notebook_is_no_matter(folder):
    write_notebook(folder / "ada/a.ipynb")
    (folder / "ada/data.zip").write_bytes(b"PK")
    assert collected(folder)["ada"].flags == []


@pytest.mark.parametrize("content", [b"", b"no JSON", b"[]", b"\xff\xfe\x00", b"{}", b"[" * 10**6, b"9" * 10**5])
def test_a_notebook_that_cannot_be_read_leaves_the_student_in_the_list(folder, content):
    (folder / "ada").mkdir(parents=True)
    (folder / "ada/a.ipynb").write_bytes(content)
    (ada,) = collect(folder, LESSON)
    assert ada.files == []
    assert flags(ada) == ["unreadable"]
    assert ada.notes


@pytest.mark.parametrize("name", ["a.ipynb", "folder"])
def test_a_link_is_flagged_and_not_followed(folder, name):
    write_notebook(folder / "ada/own.ipynb")
    write_notebook(folder / "bob/secret/x.ipynb")
    target = folder / "bob/secret" / ("x.ipynb" if name.endswith("ipynb") else "")
    (folder / "ada" / name).symlink_to(target)
    ada = collected(folder)["ada"]
    assert ada.files == ["ada/own.ipynb"]
    assert flags(ada) == ["link"]


def test_a_link_beside_the_others_is_not_followed_either(folder, tmp_path):
    write_notebook(tmp_path / "outside/x.ipynb")
    write_notebook(folder / "bob.ipynb")
    (folder / "ada").symlink_to(tmp_path / "outside")
    (folder / "eve.ipynb").symlink_to(tmp_path / "outside/x.ipynb")
    found = collected(folder)
    assert found["ada"].files == found["eve"].files == []
    assert flags(found["ada"]) == flags(found["eve"]) == ["link"]


def test_a_link_to_something_else_is_no_matter(folder):
    write_notebook(folder / "ada/own.ipynb")
    (folder / "ada/data.csv").symlink_to("/nowhere")
    assert collected(folder)["ada"].flags == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_that_is_called_a_notebook_stops_nobody(folder):
    write_notebook(folder / "ada/a.ipynb")
    os.mkfifo(folder / "ada/b.ipynb")
    ada = collected(folder)["ada"]
    assert ada.files == ["ada/a.ipynb"]
    assert flags(ada) == ["unreadable"]


def test_other_files_among_the_folders_are_no_students(folder):
    write_notebook(folder / "ada/a.ipynb")
    (folder / "roster.csv").write_text("student\nada\n")
    assert list(files(folder)) == ["ada"]


def test_no_folder_and_an_empty_one_are_said_to_be_so(tmp_path):
    (tmp_path / "all.zip").write_bytes(b"PK")
    for name, words in (("missing", "is not a folder"), ("all.zip", "unpack it"), (".", "holds no notebook")):
        path = tmp_path / name
        (tmp_path / "all.zip").unlink() if name == "." else None
        with pytest.raises(FolderError, match=words):
            collect(path, LESSON)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_a_roster_is_read_whatever_separates_its_cells(tmp_path, comma, encoding):
    lines = ["Student,Name,Late days,E-mail,Email", "ada,Ada Groß,2,x,a@b.org", ",,,,", "bob,Bob,,y,"]
    path = write_roster(tmp_path, "\r\n".join(lines).replace(",", comma), encoding)
    ada, bob = read_roster(path)
    assert (ada.student, ada.name, ada.email, ada.late_days) == ("ada", "Ada Groß", "a@b.org", 2.0)
    assert (bob.student, bob.late_days) == ("bob", 0.0)


def test_a_line_may_end_early_and_a_cell_may_have_two_lines(tmp_path):
    path = write_roster(tmp_path, 'student,"Late\ndays",name\r\nada,1,"Ada\nLovelace"\r\nbob\r\n')
    ada, bob = read_roster(path)
    assert (ada.name, ada.late_days) == ("Ada Lovelace", 1.0)
    assert (bob.student, bob.name, bob.late_days) == ("bob", "", 0.0)


def test_half_a_day_may_be_written_with_a_comma(tmp_path):
    (ada,) = read_roster(write_roster(tmp_path, "student;late_days\nada;0,5\n"))
    assert ada.late_days == 0.5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "needs a column `student`"),
        ("name,email\nAda,a@b\n", "needs a column `student` in its first line, got name, email"),
        ("student\nada\nbob\nada\n", "line 4: ada stands in line 2 already"),
        ("student,name\n,Ada\n", "line 2: `student` is empty"),
        ("student,late_days\nada,two\n", "line 2: `late_days` must be a number from 0 up, got 'two'"),
        ("student,late_days\nada,-1\n", "from 0 up"),
        ("student,late_days\nada,nan\n", "from 0 up"),
        ("student,late_days\nada,inf\n", "from 0 up"),
        ('student,name\nada,"Ada\n' + "x" * 200_000, "is a quotation mark never closed"),
    ],
)
def test_a_roster_that_cannot_be_used_says_where_and_why(tmp_path, text, words):
    with pytest.raises(RosterError, match=words):
        read_roster(write_roster(tmp_path, text))


def test_a_roster_in_another_encoding_or_nowhere_says_so(tmp_path):
    with pytest.raises(RosterError, match="UTF-8"):
        read_roster(write_roster(tmp_path, "student\nJürgen\n", "latin-1"))
    with pytest.raises(RosterError, match="cannot be read"):
        read_roster(tmp_path / "none.csv")


def test_who_handed_nothing_in_and_who_is_unknown_are_both_listed(folder, tmp_path):
    write_notebook(folder / "ada.ipynb")
    write_notebook(folder / "eve.ipynb")
    submissions = collect(folder, LESSON)
    ada, bob, eve = match(submissions, read_roster(write_roster(tmp_path, "student\nbob\nada\n")))
    assert [ada.student, bob.student, eve.student] == ["ada", "bob", "eve"]
    assert bob.submission is None
    assert flags(ada.submission) == []
    assert flags(eve.submission) == ["roster"]


@pytest.mark.parametrize(
    ("file", "roster"),
    [
        ("Ada Lovelace_12345_assignsubmission_file_/x.ipynb", "student\nAda Lovelace\n"),
        ("Ada Lovelace_12345_assignsubmission_file_/x.ipynb", "student\n12345\n"),
        ("Ada Lovelace_12345_assignsubmission_file_/x.ipynb", "student,name\nal1815,Ada Lovelace\n"),
        ("lovelaceada_4711_90210_x.ipynb", "student\n4711\n"),
        ("Ada Lovelace/x.ipynb", "student,name\nal1815,Ada Lovelace\n"),
        ("Ada Lovelace_12345_assignsubmission_file/x.ipynb", 'student,name\nal1815,"Lovelace, Ada"\n'),
    ],
)
def test_a_student_is_found_by_what_the_platform_calls_them(folder, tmp_path, file, roster):
    write_notebook(folder / file)
    (found,) = match_names(folder, tmp_path, roster).values()
    assert found is not None


def test_what_the_roster_calls_a_student_counts_before_anyone_s_name(folder, tmp_path):
    write_notebook(folder / "ada.ipynb")
    assert match_names(folder, tmp_path, "student,name\nada,Bob\nx1,ada\n") == {"ada": "ada", "x1": None}


def test_a_line_of_the_roster_is_one_student_s(folder, tmp_path):
    for file in ("al1815/x.ipynb", "Lovelace/x.ipynb"):
        write_notebook(folder / file)
    found = match_names(folder, tmp_path, "student,name\nLovelace,al1815\n")
    assert found == {"al1815": "al1815", "Lovelace": "Lovelace"}
    found = match(collect(folder, LESSON), read_roster(tmp_path / "roster.csv"))
    assert [student.student for student in found] == ["al1815", "Lovelace"]  # capitals sort with the others


def test_two_who_share_a_name_are_not_taken_for_one_another(folder, tmp_path):
    for number in (1, 2):
        write_notebook(folder / f"Ada Lovelace_{number}_assignsubmission_file_/x.ipynb")
    found = match_names(folder, tmp_path, "student,name\nal1815,Ada Lovelace\n")
    assert found == {"al1815": None, "Ada Lovelace_1": "Ada Lovelace_1", "Ada Lovelace_2": "Ada Lovelace_2"}


def test_two_in_the_roster_who_share_a_name_need_more_than_it(folder, tmp_path):
    write_notebook(folder / "Ada Lovelace_1_assignsubmission_file_/x.ipynb")
    found = match_names(folder, tmp_path, "student,name\na1,Ada Lovelace\na2,Ada Lovelace\n")
    assert found == {"a1": None, "a2": None, "Ada Lovelace_1": "Ada Lovelace_1"}


def test_two_who_share_a_name_written_either_way_need_more_than_it(folder, tmp_path):
    write_notebook(folder / "Ada Lovelace_1_assignsubmission_file_/x.ipynb")
    found = match_names(folder, tmp_path, 'student,name\na1,Ada Lovelace\na2,"Lovelace, Ada"\n')
    assert found == {"a1": None, "a2": None, "Ada Lovelace_1": "Ada Lovelace_1"}


def test_the_name_that_github_classroom_puts_before_everyone_s_is_taken_off(folder, tmp_path):
    write_notebook(folder / "lesson-01-ada/x.ipynb")
    write_notebook(folder / "lesson-01-abel-x/x.ipynb")
    found = match_names(folder, tmp_path, "student\nada\nabel-x\n")
    assert found == {"ada": "lesson-01-ada", "abel-x": "lesson-01-abel-x"}
    found = match_names(folder, tmp_path, "student\nada\nabel-x\nlesson-01-ada\n")
    assert found == {"ada": None, "abel-x": "lesson-01-abel-x", "lesson-01-ada": "lesson-01-ada"}
