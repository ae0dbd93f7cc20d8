"""A notebook is judged on what its answers deserve, whatever else its code does."""

import json
import re

import pytest

from marl_lessons.exercises.registry import load_lessons
from marl_lessons.gradebook.jails.trust import Trust
from marl_lessons.gradebook.judging.judge import LIVES, judge_notebook
from tools.build_notebooks import ROOT

IMPORTS = "from marl_lessons import check, exercise\nimport numpy as np\nimport os"
VALUES = '@exercise("1.2")\ndef action_values(payoffs, partner_policy):\n    return {}'
RIGHT_VALUES = VALUES.format("payoffs @ partner_policy")
WRONG_VALUES = VALUES.format("payoffs.sum(axis=1)")
BEST = """@exercise("1.4")
def best_responses(payoffs, partner_policy):
    values = action_values(payoffs, partner_policy)
    return np.isclose(values, values.max())"""


def judge(folder, *cells, seed=7, seconds=20, lesson=1, jail=None):
    """Returns the record of a notebook with these code cells."""
    path = folder / "notebook.ipynb"
    parts = [{"cell_type": "code", "source": cell, "metadata": {}, "outputs": []} for cell in (IMPORTS, *cells)]
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": parts, "metadata": {}}), "utf-8")
    return judge_notebook(path, lesson, seed, jail or Trust(), seconds)


def read(record):
    """Returns the outcomes of a record, {id: outcome}, without what is missing."""
    return {entry["id"]: entry["outcome"] for entry in record["exercises"] if entry["outcome"] != "missing"}


def entry(record, exercise_id):
    return next(entry for entry in record["exercises"] if entry["id"] == exercise_id)


def kinds(record):
    return [flag["kind"] for flag in record["flags"]]


@pytest.mark.parametrize("lesson", load_lessons(), ids=lambda lesson: f"{lesson.number:02d}")
@pytest.mark.parametrize(("folder", "outcome"), [("solutions", "passed"), ("notebooks", "not attempted")])
def test_the_course_s_solutions_earn_all_points_and_the_untouched_copies_none(lesson, folder, outcome):
    (path,) = (ROOT / folder).glob(f"{lesson.number:02d}_*.ipynb")
    record = judge_notebook(path, lesson.number, 7, Trust())
    assert read(record) == {exercise.id: outcome for exercise in lesson.exercises}
    assert record["flags"] == []


def test_a_record_says_what_was_judged_and_how(tmp_path):
    record = judge(tmp_path, RIGHT_VALUES)
    assert {key: record[key] for key in ("format", "lesson", "seed", "jail")} == {
        "format": 1,
        "lesson": 1,
        "seed": 7,
        "jail": "trust",
    }
    assert set(record["checks"]) == {"1.1", "1.2", "1.3", "1.4"}
    assert re.fullmatch("[0-9a-f]{64}", record["sha256"])
    assert record["seconds"]["processor"] > 0 < record["memory"]
    assert json.loads(json.dumps(record)) == record
    found = entry(record, "1.2")
    assert (found["cell"], found["message"], {check["passed"] for check in found["checks"]}) == (2, "", {True})


def test_the_same_seed_gives_the_same_words_and_another_one_other_questions(tmp_path):
    fails_late = VALUES.format("1 / 0 if payoffs.shape == (3, 2) else payoffs @ partner_policy")
    texts = [entry(judge(tmp_path, fails_late, seed=seed), "1.2") for seed in (3, 3, 4)]
    assert texts[0] == texts[1] != texts[2]


def test_an_answer_may_call_an_earlier_one_that_is_not_solved(tmp_path):
    record = judge(tmp_path, VALUES.format("...").replace("return ...", "raise NotImplementedError"), BEST)
    assert read(record) == {"1.2": "error", "1.4": "passed"}


def test_what_failed_beside_a_wrong_answer_is_judged_beside_the_course_s_own_when_a_right_one_comes_later(tmp_path):
    record = judge(tmp_path, WRONG_VALUES, BEST, RIGHT_VALUES)
    assert read(record) == {"1.2": "passed", "1.4": "passed"}
    assert entry(record, "1.2")["cell"] == 4
    assert kinds(record) == ["many"]


def test_a_pass_is_kept_though_a_wrong_copy_comes_after_it(tmp_path):
    assert read(judge(tmp_path, RIGHT_VALUES, WRONG_VALUES)) == {"1.2": "passed"}


def test_a_statement_that_ends_its_process_costs_only_what_needs_it(tmp_path):
    record = judge(tmp_path, "offset = os._exit(3)", 'check("1.1", 2.0 + offset)', RIGHT_VALUES)
    assert read(record) == {"1.1": "error", "1.2": "passed"}
    assert entry(record, "1.1")["message"] == "Its cell raised `NameError: name 'offset' is not defined`."
    assert "killed" in kinds(record)


def test_an_answer_that_ends_its_process_costs_itself_and_is_not_asked_again(tmp_path):
    record = judge(tmp_path, RIGHT_VALUES, BEST.replace("values =", "os.kill(os.getpid(), 9); values ="))
    assert read(record) == {"1.2": "passed", "1.4": "error"}
    assert entry(record, "1.4")["message"] == "Your code ended the process in which it was run."


def test_a_statement_that_never_ends_is_stopped_and_left_out(tmp_path):
    record = judge(tmp_path, "while True:\n    payoff = 2.0", 'check("1.1", payoff)', RIGHT_VALUES, seconds=1)
    assert read(record) == {"1.1": "error", "1.2": "passed"}
    assert any("computed for more than 1 s" in flag["text"] for flag in record["flags"])


def test_code_that_no_answer_needs_is_not_run(tmp_path):
    canary = tmp_path / "canary"
    judge(tmp_path, f"open({str(canary)!r}, 'w').close()", RIGHT_VALUES)
    assert not canary.exists()


def test_what_changed_a_name_behind_the_scenes_is_found_at_a_second_try(tmp_path):
    record = judge(tmp_path, "payoff = 1.0", "exec('payoff = 2.0')", 'check("1.1", payoff)')
    assert read(record) == {"1.1": "passed"}


def test_only_the_first_of_many_guesses_counts_once_the_course_s_value_was_handed_out(tmp_path):
    record = judge(tmp_path, 'for guess in [0.0, 1.0, 2.0]:\n    check("1.1", guess)')
    assert read(record) == {"1.1": "incorrect"}
    assert kinds(record) == ["many"]


def test_the_course_s_own_value_is_no_answer(tmp_path):
    assert read(judge(tmp_path, 'value = check("1.1", 0.0)\ncheck("1.1", value)')) == {"1.1": "incorrect"}


def test_the_course_s_own_function_is_no_answer(tmp_path):
    trick = f'{WRONG_VALUES}\nown = action_values\nexercise("1.2")(lambda payoffs, policy: own(payoffs, policy))'
    assert read(judge(tmp_path, trick)) == {"1.2": "incorrect"}


def test_exercises_of_other_lessons_are_not_handed_out(tmp_path):
    trick = (
        'target = exercise("12.3")(lambda reward, next_values, my_policy, partner_policy, gamma: None)\n'
        'exercise("1.2")(lambda payoffs, policy: np.array('
        "[target(0.0, payoffs, np.eye(len(payoffs))[a], policy, 1.0) for a in range(len(payoffs))]))"
    )
    assert read(judge(tmp_path, trick)) == {"1.2": "incorrect"}


def test_a_process_cannot_go_back_to_a_statement(tmp_path):
    forge = "from marl_lessons.gradebook.inside import student\nimport gc\n"
    forge += "channel = [one for one in gc.get_objects() if type(one).__name__ == 'Channel'][0]\n"
    forge += "payoff = [2.0, channel.send({'at': 0})][0]"
    record = judge(tmp_path, forge, 'check("1.1", payoff)', RIGHT_VALUES)
    assert read(record)["1.2"] == "passed"
    assert "killed" in kinds(record)


def test_a_large_table_that_an_answer_writes_into_costs_nothing(tmp_path):
    cells = (
        "table = {number: (number,) for number in range(300_000)}",
        VALUES.format("table and payoffs @ partner_policy"),
    )
    assert read(judge(tmp_path, *cells)) == {"1.2": "passed"}


@pytest.mark.parametrize("length", [3, 5_000])
def test_a_variable_that_an_answer_changes_is_named_however_long_it_is(tmp_path, length):
    record = judge(tmp_path, f"seen = [0] * {length}", VALUES.format("seen.append(1) or payoffs[:, 0] * len(seen)"))
    told = "".join(check["message"] for check in entry(record, "1.2")["checks"])
    assert "Your function changes the notebook variable `seen`" in told


def test_an_answer_that_hands_in_another_is_told_so(tmp_path):
    record = judge(tmp_path, VALUES.format('check("1.1", 2.0)'))
    assert read(record) == {"1.2": "error"}
    assert "'check' was called inside an answer" in entry(record, "1.2")["message"]


def test_a_cell_that_does_not_compile_is_an_error_of_its_exercise_alone(tmp_path):
    record = judge(tmp_path, RIGHT_VALUES, BEST.replace("):", ")"))
    assert read(record) == {"1.2": "passed", "1.4": "error"}
    assert "SyntaxError" in entry(record, "1.4")["message"]


def test_a_notebook_that_cannot_be_read_has_no_answers_and_a_flag(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_bytes(b"\x00 no notebook")
    record = judge_notebook(path, 1, 7, Trust())
    assert read(record) == {}
    assert kinds(record) == ["unreadable"]
    assert record["notes"][0].startswith("The notebook could not be graded: it ")


def test_a_notebook_whose_statements_all_end_the_process_is_given_up(tmp_path):
    names = [f"name_{number}" for number in range(LIVES + 3)]
    cells = [f"{name} = os._exit(1)" for name in names]
    record = judge(tmp_path, *cells, f'check("1.1", {" + ".join(names)})', RIGHT_VALUES)
    assert read(record) == {"1.1": "error", "1.2": "passed"}
    assert entry(record, "1.1")["message"] == "The notebook used up its time before all of its answers were judged."
    assert "limits" in kinds(record)


class Dead(Trust):
    """A jail in which nothing starts."""

    def start(self, limits):
        return super().start(limits, argv=("true",))


def test_a_jail_in_which_nothing_starts_is_the_judge_s_failure_and_costs_no_points(tmp_path):
    with pytest.raises(RuntimeError, match="did not start"):
        judge(tmp_path, RIGHT_VALUES, jail=Dead())
