"""What an answer in another process can reach: the limits it meets, what is lent to it, and what it never gets."""

import sys
from types import SimpleNamespace

import pytest

from marl_lessons.exercises import Outcome
from marl_lessons.exercises.limits import Limits
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.gradebook.judging import lending, twins
from marl_lessons.gradebook.judging.remote import judge_answer
from marl_lessons.gradebook.wire.channel import ENDED, GARBLED, Gone
from tests.bank.bank import Cell, load_answers
from tests.gradebook.distant import Student

FORGE = """
import gc
from marl_lessons.gradebook.wire.channel import Channel

def speak(message):
    next(thing for thing in gc.get_objects() if isinstance(thing, Channel)).send(message)
"""


@pytest.fixture(scope="module")
def student():
    student = Student()
    yield student
    student.end()


@pytest.fixture
def lost_student():
    """One that a test may lose."""
    student = Student()
    yield student
    student.end()


def write(body, before="", number="0.1", head="average_over_team(rewards)"):
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return Cell(f"{before}\n@exercise({number!r})\ndef {head}:\n{lines}\n")


def limit(**limits):
    """Writes a line with which an answer lowers its own limits, so that a test is quick."""
    return f"from marl_lessons.gradebook.inside import serving\nserving.LIMITS = serving.Limits(**{limits})\n"


@pytest.fixture
def usual_limits(student):
    yield
    student.judge("0.1", write("pass", limit(wall=45)))


@pytest.mark.usefixtures("usual_limits")
@pytest.mark.parametrize(
    ("limits", "body", "words"),
    [
        ({"processor": 0.2}, "while True:\n    pass", "computed for more than 0.2 s"),
        ({"wall": 0.2}, "import time\ntime.sleep(300)", "most of them waiting"),
        ({"memory": 2**26}, "rows = []\nwhile True:\n    rows.append(bytes(2**20))", "memory"),
        (
            {"processor": 0.2},
            "class Slow:\n    def __repr__(self):\n        while True:\n            pass\nreturn Slow()",
            "computed",
        ),
    ],
)
def test_a_limit_ends_an_answer_in_the_words_of_the_notebook(student, limits, body, words):
    report = student.judge("0.1", write(body, limit(**limits)))
    assert report.outcome is Outcome.ERROR
    assert words in report.message
    assert not student.channel.is_gone
    assert student.judge("0.1", write("return rewards.mean(axis=1)")).outcome is Outcome.PASSED


def test_an_interrupt_that_code_raises_is_not_the_stop_button_of_the_judge(student):
    report = student.judge("0.1", write("raise KeyboardInterrupt('mine')"))
    assert report.outcome is Outcome.ERROR
    assert "Your code raised `KeyboardInterrupt: mine`. It happened at line 4" in report.message


@pytest.mark.parametrize("body", ["import os\nos.kill(os.getpid(), 9)", "import ctypes\nctypes.string_at(0)"])
def test_an_answer_that_ends_its_process_is_told_so(lost_student, body):
    report = lost_student.judge("0.1", write(body))
    assert (report.outcome, report.message) == (Outcome.ERROR, ENDED)
    assert lost_student.channel.is_gone


def test_an_answer_that_the_guard_stops_is_told_why():
    def guard():
        if is_judging:
            raise Gone("Your code did not come back within 3 s and was stopped.")

    is_judging = []
    student = Student(guard)
    student.judge("0.1", write("return rewards.mean(axis=1)"))
    is_judging.append(True)
    report = student.judge("0.1", write("return sum(range(10**15))"))
    student.end()
    assert (report.outcome, report.message) == (
        Outcome.ERROR,
        "Your code did not come back within 3 s and was stopped.",
    )


@pytest.mark.parametrize(
    "message",
    [
        {"result": 1},
        {"result": ["same", 99], "forgotten": [], "sizes": [], "changes": []},
        {"result": None, "forgotten": [99], "sizes": [], "changes": []},
        {"result": None, "forgotten": [], "sizes": [7], "changes": []},
        {"result": None, "forgotten": [], "sizes": [], "changes": [["dict", [], 0]]},
        {"result": None, "forgotten": [], "sizes": [], "changes": [["array", "<f8", [10**9], 0, 0]]},
        {"error": {"is": "Exception"}, "forgotten": [], "sizes": []},
        {"error": {"is": "exec", "type": "x", "text": "", "own": False, "kind": "", "frames": []}, "forgotten": []},
        {"result": None, "forgotten": [], "sizes": [], "changes": [], "state": {"variables": [["x", {}]]}},
        {"result": None, "forgotten": [], "sizes": [], "changes": [], "printed": [1, 2, 3]},
        {"verdict": "own"},
        {"passed": True},
    ],
)
def test_a_forged_reply_that_makes_no_sense_ends_the_process_and_nothing_else(lost_student, message):
    report = lost_student.judge("0.1", write(f"speak({message!r})\nimport time\ntime.sleep(30)", FORGE))
    assert (report.outcome, report.message) == (Outcome.ERROR, GARBLED)


def test_a_garbled_description_ends_the_process(lost_student):
    for submitted in [{}, {"sizes": [], "kind": "function"}, {"sizes": [], "kind": "no such"}, {"kind": 3}]:
        report = judge_answer(lost_student.channel, find_exercise("0.1"), (submitted, b""))
        assert (report.outcome, report.message) == (Outcome.ERROR, GARBLED)


def test_no_line_of_an_answer_is_ever_run_by_the_judge(student):
    ran = []

    def note(frame, event, argument):
        is_own = frame.f_code.co_filename.startswith("<cell")
        if event == "call" and is_own and frame.f_code.co_code != twins._rest.__code__.co_code:  # of made tracebacks
            ran.append(frame.f_code)

    texts = ["return rewards.mean(axis=0)", "return nothing", "return rewards * scale", "yield 1", "return rewards[9]"]
    sys.setprofile(note)
    try:
        for text in texts:
            student.judge("0.1", write(text, "scale = 2"))
    finally:
        sys.setprofile(None)
    assert ran == []


def test_a_file_that_an_answer_names_is_not_read_by_the_judge(student, tmp_path):
    secret = tmp_path / "secret.py"
    secret.write_text("this_is_secret = 1\n")
    cell = f"exec(compile('def average_over_team(rewards):  return 1 / 0', {str(secret)!r}, 'exec'))"
    report = student.judge("0.1", Cell(cell))
    assert "ZeroDivisionError" in report.message
    assert "secret" not in report.text


LEAK = {"number": "12.4", "head": "find_leaks(team, game, rng)"}


@pytest.mark.parametrize("name", ["who_leaks", "kinds", "knows", "__dict__['kinds']", "table", "_lent"])
def test_what_tells_who_leaks_is_out_of_reach(student, name):
    report = student.judge("12.4", write(f"return team.{name}", **LEAK))
    assert report.outcome is Outcome.ERROR
    assert "AttributeError" in report.message or "KeyError" in report.message


def test_a_handle_that_is_asked_for_more_than_is_offered_gets_an_error(student):
    forged = "return team._asker.ask({'use': team._number, 'get': 'who_leaks'}, (), {})"
    report = student.judge("12.4", write(forged, **LEAK))
    assert "'MadeTeam' object has no attribute 'who_leaks'" in report.message


def test_a_handle_of_another_answer_is_not_to_be_had(student):
    student.judge("12.4", write("old.append(team)\nreturn 1", "import builtins\nold = builtins.old = []", **LEAK))
    report = student.judge("0.1", write("import builtins\nreturn builtins.old[0].policies(rewards)"))
    assert report.outcome is Outcome.ERROR


def test_handles_are_what_a_learner_takes_them_for(student):
    body = """
from marl_lessons.markov_games import MarkovGame
assert isinstance(game, MarkovGame) and hasattr(team, "begin") and not hasattr(team, "update")
assert not isinstance(team, MarkovGame) and repr(team) == "<MadeTeam>"
state = game.reset(3, rng)
assert game.observe(state).shape == (3, game.num_agents) and rng.random() != np.random.default_rng(0).random()
raise ValueError("all is well")
"""
    assert "`ValueError: all is well`" in student.judge("12.4", write(body, **LEAK)).message


def test_an_environment_is_what_a_learner_takes_it_for(student):
    body = """
import copy
from pettingzoo import ParallelEnv
assert isinstance(env, ParallelEnv) and env.action_space(env.possible_agents[0]).n == 3
seen, infos = env.reset(seed=seed)
twin = copy.deepcopy(env)
twin.step(dict.fromkeys(twin.agents, 0))
assert env.step(dict.fromkeys(env.agents, 0))[0] == twin._asker and False
"""
    report = student.judge("14.4", write(body, number="14.4", head="play_by_name(env, policy, seed)"))
    assert "`AssertionError`" in report.message
    assert "twin._asker and False" in report.message


def test_a_generator_that_a_team_draws_from_goes_on_as_in_the_notebook(student):
    right = load_answers()["12.4"].right[0]
    assert student.judge("12.4", right).outcome is Outcome.PASSED


def hand_out(student, exercise_id="1.2", then="result = held(np.eye(2), np.array([0.25, 0.75])).tolist()"):
    wrong = write("return payoffs", number="1.2", head="action_values(payoffs, partner_policy)")
    student.submit("1.2", wrong, then="import numpy as np\n" + then)
    student.channel.desk.handed_out.add(exercise_id)
    return student.tell({"verdict": "reference", "name": "action_values"})


def test_the_name_holds_the_courses_answer_where_the_learners_is_wrong(student):
    assert hand_out(student) == {"holds": "another", "gives": "[0.25, 0.75]"}


def test_a_reference_that_was_not_handed_out_is_not_to_be_had(lost_student):
    then = "try:\n    result = held(np.eye(2), np.ones(2))\nexcept RuntimeError as error:\n    result = str(error)"
    gives = hand_out(lost_student, "1.1", then)["gives"]
    assert gives == "The course's answer to exercise 1.2 is not to be had here."


ASK = "from marl_lessons.gradebook.inside.handles import Asker\nimport gc\n"
FIND = "asker = next(thing for thing in gc.get_objects() if isinstance(thing, Asker))\n"


@pytest.mark.parametrize(
    ("judged", "asked", "is_had"), [("1.4", "1.2", True), ("1.2", "1.2", False), ("1.2", "1.4", False)]
)
def test_only_earlier_references_are_lent_while_an_answer_is_judged(student, judged, asked, is_had):
    student.channel.desk.handed_out.update(["1.2", "1.4"])
    values = "payoffs @ partner_policy"
    own = values if judged == "1.2" else f"{values} == ({values}).max()"
    lent = f"asker.make_reference({asked!r}, 'x')(payoffs, partner_policy)"
    name = find_exercise(judged).reference.__name__
    cell = write(f"{FIND}{lent}\nreturn {own}", ASK, judged, f"{name}(payoffs, partner_policy)")
    report = student.judge(judged, cell)
    student.channel.desk.handed_out.clear()
    assert (report.outcome is Outcome.PASSED) == is_had, report.text


def test_the_limit_of_a_reference_is_an_error_of_who_asks_for_it(student, monkeypatch):
    monkeypatch.setattr(lending, "LIMITS", Limits(processor=0.2))
    monkeypatch.setattr(lending, "find_exercise", lambda exercise_id: SimpleNamespace(reference=wait_for_ever))
    then = "try:\n    result = held(1, 2)\nexcept BaseException as error:\n    result = str(error)"
    assert "computed for more than 0.2 s" in hand_out(student, then=then)["gives"]


def wait_for_ever(*arguments):
    while True:
        pass


def test_who_asks_too_much_is_refused(lost_student, monkeypatch):
    monkeypatch.setattr(lending, "MOST_SECONDS", 0)
    ask = "held(np.eye(2), np.ones(2))"
    then = f"{ask}\ntry:\n    result = {ask}\nexcept RuntimeError as error:\n    result = str(error)"
    assert "of the course's own work were asked for" in hand_out(lost_student, then=then)["gives"]


def test_a_process_never_learns_the_seed(student):
    body = "print(random.random())\nreturn rewards.mean(axis=1)"
    printed = {student.judge("0.1", write(body, "import random"), seed).printed for seed in (3, 4)}
    assert len(printed) == 1


def test_a_request_that_makes_no_sense_gets_an_error(lost_student):
    for message in ({"ask": []}, {"ask": "0.1", "sizes": [3]}, {"use": 5, "sizes": [], "arguments": [], "options": []}):
        reply, _ = lost_student.channel.desk.serve(message, b"")
        assert "error" in reply
