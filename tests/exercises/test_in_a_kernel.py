"""In a real kernel: the cards and their buttons, and code that would end or block the notebook."""

import ast
import threading
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from marl_lessons.exercises.progress_file import VARIABLE

ROOT = Path(__file__).parents[2]
OUTPUTS = {"stream": "text", "display_data": "data", "error": "ename"}  # kind of message -> the part of interest
WIDGET = "application/vnd.jupyter.widget-view+json"
SETUP = """
import os
from ipywidgets import HTML, Button, RadioButtons
from ipywidgets.widgets.widget import _instances
from marl_lessons import check, exercise, hint, predict
from marl_lessons.exercises import evaluation
os.environ[{variable!r}] = {path!r}
evaluation.TIME_LIMIT = {limit}

def find(kind):
    return [widget for widget in _instances.values() if isinstance(widget, kind)]
"""
ANSWER = """
@exercise("0.1")
def average_over_team(rewards):
    {body}
"""
RIGHT, WRONG = "return rewards.mean(axis=1)", "return rewards.mean(axis=0)"


class Notebook:
    """A kernel and the cells that run in it."""

    def __init__(self, manager, client):
        self.manager, self.client = manager, client

    def run(self, source):
        """Runs a cell and returns what it displayed: printed text, bundles by type, or the name of its error."""
        messages = []
        self.client.execute_interactive(source, timeout=30, allow_stdin=False, output_hook=messages.append)
        shown = [(OUTPUTS.get(message["msg_type"]), message["content"]) for message in messages]
        return [content[part] for part, content in shown if part]

    def answer(self, body):
        return self.run(ANSWER.format(body=body))

    def value(self, expression):
        return ast.literal_eval(self.run(f"print(repr({expression}))")[0])

    def open(self, path, limit=10):
        self.run(SETUP.format(variable=VARIABLE, path=str(path), limit=limit))


@pytest.fixture(scope="module")
def kernel():
    manager, client = start_new_kernel(cwd=str(ROOT))
    yield Notebook(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.fixture
def notebook(kernel, progress_path):
    """The kernel with a new progress file."""
    kernel.open(progress_path)
    return kernel


def press(notebook, button):
    """Clicks one of the two buttons of the last card and returns what the card then says below them."""
    notebook.run(f"find(Button)[{button}].click()")
    return notebook.value("[html.value for html in find(HTML)[-2:]]")


HINT, SOLUTION = -2, -1  # the buttons of the last card


def test_a_card_is_text_and_html_and_then_a_widget(notebook):
    card, controls = notebook.answer(WRONG)
    assert set(card) == {"text/plain", "text/html"}
    assert "INCORRECT" in card["text/plain"]
    assert "INCORRECT" in card["text/html"]
    assert WIDGET in controls


def test_the_hint_button_opens_one_level_at_a_time(notebook):
    notebook.answer(WRONG)
    assert notebook.value(f"find(Button)[{HINT}].description") == "Hint 1 of 3"
    assert "Hint 1 of 3" in press(notebook, HINT)[0]
    second, _ = press(notebook, HINT)
    assert "Hint 2 of 3" in second
    assert "Hint 3 of 3" not in second
    press(notebook, HINT)
    assert notebook.value(f"find(Button)[{HINT}].disabled")


def test_the_solution_button_opens_after_three_attempts(notebook):
    for is_locked in (True, True, False):
        notebook.answer(WRONG)
        assert notebook.value(f"find(Button)[{SOLUTION}].disabled") is is_locked
    _, solution = press(notebook, SOLUTION)
    assert "return rewards.mean(axis=1)" in solution
    assert "Averaging over an axis removes it" in solution


def test_after_a_restart_the_card_has_the_hints_that_were_open(notebook, progress_path):
    notebook.answer(WRONG)
    press(notebook, HINT)
    notebook.manager.restart_kernel(now=True)
    notebook.client.wait_for_ready(timeout=30)
    notebook.open(progress_path)
    notebook.answer(WRONG)
    assert notebook.value("find(HTML)[-2].value").startswith("Hint 1 of 3")
    assert notebook.value(f"find(Button)[{HINT}].description") == "Hint 2 of 3"


def test_a_prediction_is_made_once_with_the_mouse(notebook):
    (question,) = notebook.run('predict("1.a")')
    assert {"text/plain", "text/html", WIDGET} <= set(question)
    assert notebook.value("find(Button)[-1].disabled")
    notebook.run("find(RadioButtons)[-1].index = 1\nfind(Button)[-1].click()")
    assert notebook.value("find(RadioButtons)[-1].disabled and find(Button)[-1].disabled")
    (again,) = notebook.run('predict("1.a", "a")')
    assert "You predicted b;" in again["text/plain"]
    assert WIDGET not in again


def test_a_redefined_name_is_repaired_before_the_next_cell(notebook):
    notebook.answer(RIGHT)
    notebook.run("check = 5\nexercise = None")
    outputs = notebook.answer(RIGHT)
    notices = [output["text/plain"] for output in outputs if "A cell gave" in output["text/plain"]]
    assert [notice.split("`")[1] for notice in notices] == ["exercise", "check"]
    assert any("PASSED" in output["text/plain"] for output in outputs)
    assert notebook.value("my_check") == 5


@pytest.mark.parametrize("body", ["exit()", "quit()", "import os; os._exit(0)", "raise SystemExit"])
def test_ending_the_kernel_ends_only_the_answer(notebook, body):
    card, _ = notebook.answer(body)
    assert "Your code called `exit()`" in card["text/plain"]
    assert notebook.client.is_alive()
    assert notebook.value("type(exit).__name__") == "ZMQExitAutocall"


@pytest.mark.parametrize("body", ["while True: pass", "import time; time.sleep(1000)"])
def test_an_endless_loop_ends(notebook, progress_path, body):
    notebook.open(progress_path, limit=0.3)
    card, _ = notebook.answer(body)
    assert "Your code ran for more than 0.3 s and was stopped" in card["text/plain"]
    assert body in card["text/plain"]
    assert notebook.value("1 + 1") == 2


def test_the_stop_button_stops_an_answer(notebook):
    threading.Timer(0.5, notebook.manager.interrupt_kernel).start()
    assert notebook.answer("while True: pass") == ["KeyboardInterrupt"]
    assert notebook.value("1 + 1") == 2


def test_the_notebook_goes_on_with_the_reference_until_the_answer_passes(notebook):
    notebook.answer(WRONG)
    assert notebook.value("average_over_team.__module__") == "marl_lessons.checks.lesson_00"
    notebook.answer(RIGHT)
    assert notebook.value("average_over_team.__module__") == "__main__"


def test_text_that_cannot_be_sent_is_no_error(notebook):
    card, _ = notebook.answer('raise ValueError("half a character: \\ud800")')
    assert "Your code raised `ValueError: half a character" in card["text/plain"]
