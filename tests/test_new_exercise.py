"""A new exercise is made in all its places at once, and the tests fail until they are filled."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tools import new_exercise
from tools.build_notebooks import ROOT
from tools.new_exercise import NewExerciseError, fill, insert_cells, list_places, make_exercise, read_request

COPIED = ("marl_lessons", "tests", "tools", "lessons")
TESTS = [
    "tests/test_bank.py",
    "tests/test_domains.py",
    "tests/test_misconceptions.py",
    "tests/lessons/test_solutions.py",
]


def test_nothing_in_the_course_is_left_to_fill():
    assert list_places(ROOT) == []


@pytest.fixture
def course(tmp_path):
    """A copy of the course's sources."""
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / file, tmp_path)
    return tmp_path


def ask(course, number, *options):
    return new_exercise.main([number, *options], course)


def run(course, *command):
    """Runs a module of Python in the copy; returns its exit code and what it printed."""
    environment = os.environ | {"PYTHONPATH": str(course), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run([sys.executable, "-m", *command], cwd=course, env=environment, capture_output=True, text=True)
    return ran.returncode, ran.stdout


def run_tests(course, chosen):
    """Returns how many of the tests pass and fail that concern the chosen exercises."""
    left = "tests/test_new_exercise.py::test_nothing_in_the_course_is_left_to_fill"
    _, printed = run(course, "pytest", "-q", "-p", "no:cacheprovider", "-k", f"{chosen} or left_to_fill", *TESTS, left)
    counts = {word: int(count) for count, word in re.findall(r"(\d+) (passed|failed|error)", printed)}
    return counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0), printed


def fill_in(course, made, known, changes=()):
    """Fills both files of a new exercise with what a known exercise has, and the solution into the lesson."""
    (lesson, checks), (number, name) = known, made
    text = (ROOT / f"marl_lessons/checks/{checks}.py").read_text(encoding="utf-8")
    for old, new in changes:
        text = re.sub(old, new, text, flags=re.DOTALL)
    files = {
        f"marl_lessons/checks/lesson_{number[0]:0>2}/{name}.py": text,
        f"tests/bank/lesson_{number[0]:0>2}/{name}.py": (ROOT / f"tests/bank/{checks}.py").read_text(encoding="utf-8"),
    }
    for path, content in files.items():
        assert "FILL IN" in (course / path).read_text(encoding="utf-8")
        (course / path).write_text(content.replace(f'"{lesson}"', f'"{number}"'), encoding="utf-8")


def fill_in_the_lesson(course, file, solution):
    path = course / "lessons" / file
    text = path.read_text(encoding="utf-8")
    text = text.replace('raise NotImplementedError("FILL IN: the solution, as the lesson marks it.")', solution)
    path.write_text(text.replace('"FILL IN: the value"', solution).replace("FILL IN", "Filled"), encoding="utf-8")


ONE_FILE = (
    (r"LESSON = Lesson\(.*exercises=\(\s*Exercise\(", "EXERCISE = Exercise("),
    (r",\s*\),\s*\),\s*\)\s*$", ",\n)\n"),
)


@pytest.mark.canon
def test_the_tests_of_a_new_exercise_fail_until_it_is_filled_and_then_pass(course):
    ask(course, "4.5", "--function", "average_over_team(rewards)")
    ask(course, "5.5", "--value", "most_votes")
    passed, failed, printed = run_tests(course, "4.5 or 5.5")
    assert failed > 10
    assert "tests/bank" in printed
    fill_in(course, ("4.5", "average_over_team"), ("0.1", "lesson_00"), ONE_FILE)
    fill_in(course, ("5.5", "most_votes"), ("1.1", "lesson_01/heavy_box"))
    fill_in_the_lesson(course, "04_reward_structures.py", "return rewards.mean(axis=1)")
    fill_in_the_lesson(course, "05_competition.py", "2.0")
    passed, failed, printed = run_tests(course, "4.5 or 5.5")
    assert failed == 0, printed
    assert passed > 50


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--function", "share(needs)"),
        ("--function", "share_whole_workers(needs, num_workers, gamma)"),
        ("--value", "most_votes"),
    ],
)
@pytest.mark.parametrize("number", ["4.5", "14.5"])
def test_what_is_made_has_the_style_of_the_course(course, number, options):
    ask(course, number, *options)
    for command in ("check", "format --check"):
        code, printed = run(course, "ruff", *command.split(), "marl_lessons/checks", "tests/bank", "lessons")
        assert code == 0, printed


def test_the_stub_stands_above_what_we_saw_and_the_lesson_imports_what_it_calls(course):
    before = (course / "lessons/05_competition.py").read_text(encoding="utf-8")
    ask(course, "5.5", "--value", "most_votes")
    after = (course / "lessons/05_competition.py").read_text(encoding="utf-8")
    assert "from marl_lessons import check, exercise" in after
    above, below = after.split('most_votes = check("5.5", most_votes)\n\n# %% [markdown]\n')
    assert below.startswith("# ## What we saw")
    assert "### Exercise 5.5 · FILL IN" in above
    assert before.split("# ## What we saw")[1] == below.split("# ## What we saw")[1]


def test_the_author_is_told_the_files_and_the_test_that_fails(course, capsys):
    ask(course, "4.5")
    told = capsys.readouterr().out
    for path in (
        "lessons/04_reward_structures.py",
        "checks/lesson_04/exercise_4_5.py",
        "bank/lesson_04/exercise_4_5.py",
    ):
        assert path in told
    assert "-k '4.5 or left_to_fill'" in told


def test_every_place_that_waits_is_listed_with_its_line(course):
    ask(course, "4.5")
    places = [place.split(":", 2) for place in list_places(course)]
    assert {path for path, _, _ in places} == {
        "lessons/04_reward_structures.py",
        "marl_lessons/checks/lesson_04/exercise_4_5.py",
        "tests/bank/lesson_04/exercise_4_5.py",
    }
    for path, line, text in places:
        assert (course / path).read_text(encoding="utf-8").splitlines()[int(line) - 1].strip() == text.strip()


def test_what_is_asked_for_stands_in_what_is_to_be_filled():
    request = read_request("4.5", "share(needs, num_workers)", None)
    checks, bank = fill("function_checks", request), fill("bank", request)
    for part in ("def share(needs, num_workers):", "lambda needs, num_workers: needs,", "for _ in range(2))"):
        assert part in checks
    assert all(f'Parameter("{name}", ' in checks for name in ("needs", "num_workers"))
    assert 'id="4.5"' in checks
    assert '"4.5": Answers(' in bank


def test_a_lesson_that_ends_with_its_sources_alone_takes_an_exercise_above_them():
    above, below = "# %%\nfrom marl_lessons import check, exercise\n\n", "# %% [markdown]\n# ## Sources\n"
    made = insert_cells(above + below, read_request("0.2", None, "most_votes"))
    assert made.startswith(above)
    assert made.endswith('check("0.2", most_votes)\n\n' + below)


def test_a_lesson_s_first_answers_get_a_folder(course):
    shutil.rmtree(course / "tests/bank/lesson_04")
    ask(course, "4.5")
    assert (course / "tests/bank/lesson_04/exercise_4_5.py").exists()


def test_answers_that_exist_are_not_written_over(course):
    bank = course / "tests/bank/lesson_04/share.py"
    bank.write_text("# Somebody's.", encoding="utf-8")
    before = take_picture(course)
    with pytest.raises(SystemExit, match=r"bank/lesson_04/share.py exists; give the exercise another name."):
        ask(course, "4.5", "--function", "share(needs)")
    assert take_picture(course) == before


def take_picture(course):
    return {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("4.3",), "There is an exercise 4.3 already; the next one is 4.5."),
        (("4.7",), "The next exercise of lesson 04 is 4.5."),
        (("44.1",), "There is no lesson 44; the lessons are 00, 01,"),
        (("four",), "An exercise has a number such as 4.5"),
        (("04.5",), "An exercise has a number such as 4.5"),
        (("4.05",), "An exercise has a number such as 4.5"),
        (("4.5", "--function", "share(\x00)"), 'A function is given as "share(needs, num_workers)"'),
        (("4.5", "--function", "share(*needs)"), "with one parameter or more"),
        (("0.2",), "make it a folder"),
        (("4.5", "--function", "share(needs=1)"), 'A function is given as "share(needs, num_workers)"'),
        (("4.5", "--function", "share()"), "with one parameter or more"),
        (("4.5", "--function", "share"), "with one parameter or more"),
        (("4.5", "--value", "most votes"), "A value needs the name of a variable"),
        (("4.5", "--value", "class"), "A value needs the name of a variable"),
        (
            ("4.5", "--function", "potential(x)"),
            "checks/lesson_04/potential.py exists; give the exercise another name.",
        ),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(course, arguments, said):
    before = take_picture(course)
    with pytest.raises(SystemExit, match=re.escape(said)):
        ask(course, *arguments)
    assert take_picture(course) == before


def test_a_lesson_without_an_end_is_an_error(course):
    (course / "lessons/04_reward_structures.py").write_text("# %%\nx = 1\n", encoding="utf-8")
    with pytest.raises(NewExerciseError, match="no cell that begins with '## What we saw'"):
        make_exercise(read_request("4.5", None, None), course)
