"""What is found out about a notebook, life by life of its process, becomes its record."""

from types import SimpleNamespace

import pytest

from marl_lessons.exercises import Outcome, Report
from marl_lessons.exercises.evaluation import CheckResult
from marl_lessons.exercises.registry import load_lesson
from marl_lessons.gradebook.judging import judge
from marl_lessons.gradebook.judging.judge import LIVES, LIVES_ALONE, judge_notebook
from marl_lessons.gradebook.judging.sitting import Answer

BEST = [Outcome.PASSED, Outcome.INCORRECT, Outcome.ERROR, Outcome.NOT_ATTEMPTED]
PASSED, INCORRECT, ERROR, UNTOUCHED = BEST
IMPORTS = "from marl_lessons import check, exercise\nimport numpy as np"
FIRST = 'answer = 2.0\ncheck("1.1", answer)'
SECOND = '@exercise("1.2")\ndef action_values(payoffs, partner_policy):\n    return payoffs @ partner_policy'
LOST = "Your code ended the process in which it was run."


class Lives:
    """Sittings that go as a test says: for each life, outcomes as (cell, exercise, outcome), and other attributes."""

    def __init__(self, *lives):
        self.lives, self.plans, self.known = list(lives), [], []

    def __call__(self, notebook, plan, exercises, seed, jail, seconds, known, end):
        self.plans.append(plan)
        self.known.append(known)
        life = {"lost": "", "at": None, **(self.lives.pop(0) if len(self.lives) > 1 else self.lives[0])}
        ends = {number: cell.statements[-1].index for number, cell in enumerate(notebook.cells, 1) if cell.statements}
        answers = dict(known)
        for number, (cell, exercise_id, outcome) in enumerate(life.pop("outcomes", ())):
            checks = (CheckResult("a check", outcome is PASSED, "why"),)
            report = Report(exercises[exercise_id], outcome, checks, "words", "printed")
            answers[ends[cell], number] = Answer(exercise_id, ends[cell], report)
        life |= {"at": ends.get(life["at"]), "answers": answers}
        life["failures"] = {ends[cell]: words for cell, words in life.get("failures", {}).items()}
        usual = {"was_answering": False, "refused": set(), "withheld": set(), "processor_seconds": 1.0, "memory": 5}
        done = SimpleNamespace(**usual | life)
        done.run = lambda: done
        return done


@pytest.fixture
def hold(monkeypatch, tmp_path):
    """Returns a function that judges cells in sittings that go as a test says; returns the record and the sittings."""

    def hold(cells, *lives, lesson=1):
        sittings, path = Lives(*lives), tmp_path / "lesson.py"
        path.write_text("\n# %%\n".join(["", *cells]), "utf-8")
        monkeypatch.setattr(judge, "Sitting", sittings)
        return judge_notebook(path, lesson, 7, SimpleNamespace(name="none"), 20), sittings

    return hold


def entry(record, exercise_id):
    return next(entry for entry in record["exercises"] if entry["id"] == exercise_id)


def texts(record, kind):
    return [flag["text"] for flag in record["flags"] if flag["kind"] == kind]


@pytest.mark.parametrize("best", range(4))
@pytest.mark.parametrize("second", range(4))
def test_the_best_of_several_answers_counts_and_of_equals_the_last(hold, best, second):
    outcomes = [(2, "1.1", BEST[best]), (3, "1.1", BEST[second])]
    record, _ = hold([IMPORTS, FIRST, FIRST], {"outcomes": outcomes})
    found = entry(record, "1.1")
    assert found["outcome"] == BEST[min(best, second)].value
    assert found["cell"] == (2 if best < second else 3)
    assert texts(record, "many") == (
        ["1.1 was answered 2 times; the best answer counts."] if UNTOUCHED not in (BEST[best], BEST[second]) else []
    )


def test_an_entry_holds_all_that_a_report_says(hold):
    record, _ = hold([IMPORTS, FIRST], {"outcomes": [(2, "1.1", PASSED)]})
    assert entry(record, "1.1") == {
        "id": "1.1",
        "title": load_lesson(1).exercises[0].title,
        "outcome": "passed",
        "message": "words",
        "checks": [{"name": "a check", "passed": True, "message": "why"}],
        "printed": "printed",
        "cell": 2,
    }


def test_a_record_names_the_version_of_each_check(hold):
    record, _ = hold([IMPORTS], {}, lesson=3)
    assert record["checks"] == {exercise.id: exercise.version for exercise in load_lesson(3).exercises}
    assert max(record["checks"].values()) > 1


def test_seconds_add_up_over_all_lives_and_of_memory_the_most_counts(hold):
    lost = {"lost": LOST, "at": 2, "processor_seconds": 100.0, "memory": 9, "was_answering": True}
    record, _ = hold([IMPORTS, FIRST], lost, {"outcomes": [(2, "1.1", PASSED)], "processor_seconds": 50.0})
    assert record["seconds"]["processor"] == pytest.approx(150, abs=20)
    assert record["memory"] == 9


def test_a_statement_that_ends_its_process_is_left_out_of_the_next_life(hold):
    record, sittings = hold([IMPORTS, FIRST, SECOND], {"lost": LOST, "at": 2}, {"outcomes": [(3, "1.2", PASSED)]})
    first, second = (len(plan.statements) for plan in sittings.plans[:2])
    assert first > second
    assert (entry(record, "1.1")["outcome"], entry(record, "1.1")["message"]) == ("error", LOST)
    assert entry(record, "1.2")["outcome"] == "passed"
    assert texts(record, "killed") == [f"Cell 2 was left out: {LOST}"]


def test_what_is_known_is_not_judged_again_in_the_next_life(hold):
    lost = {"outcomes": [(2, "1.1", PASSED)], "lost": LOST, "at": 3}
    record, sittings = hold([IMPORTS, FIRST, SECOND], lost, lost, {})
    assert [len(known) for known in sittings.known] == [0, 1, 1]
    assert entry(record, "1.1")["outcome"] == "passed"
    assert texts(record, "killed") == [f"Cell 3 was left out: {LOST}"]


def test_an_answer_that_ends_its_process_is_told_of(hold):
    lost = {"outcomes": [(2, "1.1", ERROR)], "lost": LOST, "at": 2, "was_answering": True}
    record, _ = hold([IMPORTS, FIRST], lost, {})
    assert texts(record, "killed") == [f"An answer in cell 2 was given up: {LOST}"]


@pytest.mark.parametrize(("seconds", "lives"), [(0.0, LIVES + LIVES_ALONE), (101.0, 1), (40.0, 3)])
def test_a_notebook_that_uses_up_its_lives_or_its_seconds_is_given_up(hold, seconds, lives):
    lost = {"lost": LOST, "at": 2, "was_answering": True, "processor_seconds": seconds}
    record, sittings = hold([IMPORTS, FIRST], lost)
    assert len(sittings.plans) == lives
    assert texts(record, "limits") == ["The notebook used up its time before all of its answers were judged."]


@pytest.mark.parametrize(
    ("life", "sittings"),
    [
        ({"outcomes": [(3, "1.1", PASSED)]}, 1),
        ({"outcomes": [(3, "1.1", INCORRECT)]}, 1),
        ({"outcomes": [(3, "1.1", PASSED)], "failures": {2: "KeyError: 1"}}, 1),
        ({"outcomes": [(3, "1.1", UNTOUCHED)], "failures": {2: "KeyError: 1"}}, 1),
        ({"outcomes": [(3, "1.1", INCORRECT)], "failures": {2: "KeyError: 1"}}, 2),
        ({"failures": {3: "KeyError: 1"}}, 2),
    ],
)
def test_where_a_statement_failed_what_may_pass_yet_is_judged_on_all_cells_above(hold, life, sittings):
    _, held = hold([IMPORTS, "unused = 1", FIRST], life)
    assert len(held.plans) == sittings
    assert [len(plan.statements) for plan in held.plans] == sorted({len(plan.statements) for plan in held.plans})


def test_what_failed_beside_a_withheld_answer_is_judged_once_more_and_that_answer_is_known(hold):
    outcomes = [(2, "1.1", INCORRECT), (3, "1.2", INCORRECT)]
    first = {"outcomes": outcomes, "withheld": {"1.1"}}
    record, sittings = hold([IMPORTS, FIRST, SECOND], first, {"outcomes": [(3, "1.2", PASSED)]})
    assert [answer.exercise_id for answer in sittings.known[1].values()] == ["1.1"]
    assert (entry(record, "1.1")["outcome"], entry(record, "1.2")["outcome"]) == ("incorrect", "passed")


def test_a_failure_is_told_in_the_notes_and_by_the_exercise_that_it_costs(hold):
    record, _ = hold([IMPORTS, FIRST], {"failures": {2: "KeyError: 1"}}, {})
    assert record["notes"] == ["Cell 2 raised `KeyError: 1`."]
    assert entry(record, "1.1")["message"] == "Its cell raised `KeyError: 1`."


def test_of_cells_that_do_not_compile_the_first_ten_are_noted(hold):
    record, _ = hold([IMPORTS, *["1 +"] * 12], {})
    assert len(record["notes"]) == 10


def test_an_import_that_was_added_is_noted(hold):
    cells = ["from marl_lessons import check", 'check("1.1", np.float64(2))']
    record, _ = hold(cells, {"outcomes": [(2, "1.1", PASSED)]})
    assert record["notes"] == ["The notebook never imports np; it was judged with `import numpy as np`."]


def test_an_answer_when_the_course_s_own_stood_in_is_flagged(hold):
    record, _ = hold([IMPORTS, FIRST], {"outcomes": [(2, "1.1", INCORRECT)], "refused": {"1.1"}})
    assert texts(record, "many") == ["1.1 was answered again when that counted no more."]


def test_what_a_notebook_reaches_for_and_what_it_borrows_is_flagged(hold):
    spy = "from marl_lessons.checks import lesson_01"
    borrow = "from marl_lessons.matrix_games import find_nash_equilibria\nexercise('1.2')(find_nash_equilibria)"
    record, _ = hold([IMPORTS, spy, borrow], {"outcomes": [(3, "1.2", INCORRECT)]})
    assert {flag["kind"] for flag in record["flags"]} == {"hidden", "library"}
