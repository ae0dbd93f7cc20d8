"""In a real kernel: cards, predictions and live figures, and code that would end, block or flood the notebook."""

import ast
import sys
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from marl_lessons.exercises.progress_file import VARIABLE

ROOT = Path(__file__).parents[2]
OUTPUTS = {  # kind of message -> the part of interest
    "stream": "text",
    "display_data": "data",
    "update_display_data": "data",
    "error": "traceback",
}
HANG = 120  # seconds: nothing here takes long, however busy the machine is
WIDGET = "application/vnd.jupyter.widget-view+json"
SETUP = """
import os
from ipywidgets import Button, RadioButtons
from ipywidgets.widgets.widget import _instances
from marl_lessons import check, exercise, hint, predict
from marl_lessons.exercises import evaluation
from marl_lessons.exercises.limits import Limits
os.environ[{variable!r}] = {path!r}
evaluation.LIMITS = Limits({limits})

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
        """Runs a cell and returns what it displayed: printed text, bundles by type, or the lines of its traceback."""
        messages = []
        self.client.execute_interactive(source, timeout=HANG, allow_stdin=False, output_hook=messages.append)
        shown = [(OUTPUTS.get(message["msg_type"]), message["content"]) for message in messages]
        return [content[part] for part, content in shown if part]

    def answer(self, body):
        return self.run(ANSWER.format(body=body))

    def value(self, expression):
        return ast.literal_eval(self.run(f"print(repr({expression}))")[0])

    def open(self, path, limits=""):
        self.run(SETUP.format(variable=VARIABLE, path=str(path), limits=limits))


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


def test_a_card_is_text_and_html_and_nothing_else(notebook):
    (card,) = notebook.answer(WRONG)
    assert set(card) == {"text/plain", "text/html"}
    assert all("INCORRECT" in form for form in card.values())


def test_the_card_holds_the_solution_from_the_third_attempt(notebook):
    for is_open in (False, False, True):
        (card,) = notebook.answer(WRONG)
        assert ("return rewards.mean(axis=1)" in card["text/html"]) is is_open


def test_after_a_restart_the_card_has_the_hints_that_were_open(notebook, progress_path):
    notebook.run('hint("0.1")')
    notebook.manager.restart_kernel(now=True)
    notebook.client.wait_for_ready(timeout=HANG)
    notebook.open(progress_path)
    (card,) = notebook.answer(WRONG)
    assert card["text/html"].count("<details open>") == 1


def test_a_widget_comes_after_its_twin_and_alone(notebook):
    twin, widget = notebook.run('predict("1.a")')
    assert set(twin) == {"text/plain", "text/html"}
    assert set(widget) == {"text/plain", WIDGET}
    assert widget["text/plain"] == ""


def test_a_prediction_is_made_once_with_the_mouse(notebook):
    notebook.run('predict("1.a")')
    assert notebook.value("find(Button)[-1].disabled")
    (kept,) = notebook.run("find(RadioButtons)[-1].index = 1\nfind(Button)[-1].click()")
    assert all("You predicted b;" in form for form in kept.values())  # the twin, which a saved notebook keeps
    assert notebook.value("find(RadioButtons)[-1].disabled and find(Button)[-1].disabled")
    (again,) = notebook.run('predict("1.a", "a")')
    assert "You predicted b;" in again["text/plain"]
    assert WIDGET not in again


def test_scores_are_kept_in_a_notebook_and_a_misuse_is_one_sentence(notebook):
    (kept,) = notebook.run('from marl_lessons import keep_scores, kept_scores\nkeep_scores("board", "<b>", [49, 51])')
    assert kept["text/plain"] == 'Kept on "board": <b>, 50.0 (95 % interval 49.0 to 51.0, 2 runs).'
    assert "&lt;b&gt;, 50.0" in kept["text/html"]
    assert notebook.value('kept_scores("board")["<b>"].runs') == 2
    (refusal,) = notebook.run('keep_scores("board", "<b>", [50])')
    assert refusal == ["`scores` must hold at least 2 runs, got 1: a single run proves nothing."]


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
    (card,) = notebook.answer(body)
    assert "Your code called `exit()`" in card["text/plain"]
    assert notebook.client.is_alive()
    assert notebook.value("type(exit).__name__") == "ZMQExitAutocall"


ENDING = """
class Ending(Exception):
    def __repr__(self):
        exit()
    __str__ = __repr__
    def act(self, *arguments):
        exit()
    __signature__ = property(act)
    def __call__(self, rewards):
        leave()
leave = exit
"""


@pytest.mark.parametrize("answer", ["Ending()", "exit", "lambda rewards: leave()"])
def test_ending_the_kernel_by_a_way_round_ends_only_the_answer(notebook, answer):
    notebook.run(ENDING)
    (card,) = notebook.run(f'check("0.1", {answer});')
    assert "ERROR" in card["text/plain"] or "INCORRECT" in card["text/plain"]
    (card,) = notebook.answer("raise Ending")
    assert "ERROR" in card["text/plain"]
    assert notebook.value("1 + 1") == 2


def test_a_slider_that_calls_exit_leaves_the_kernel_alive(notebook):
    notebook.run(
        "from marl_lessons import plotting\nfrom ipywidgets import BoundedIntText\n"
        "picture = plotting.Picture(b'', 'drawn')\n"
        "plotting.show_live(lambda slope: exit() if slope else picture, slope=(0, 1, 1, 0))"
    )
    notebook.run("find(BoundedIntText)[-1].value = 1")
    assert notebook.value("1 + 1") == 2


@pytest.mark.parametrize("body", ["while True: pass", "import time; time.sleep(1000)"])
def test_an_endless_loop_ends(notebook, progress_path, body):
    notebook.open(progress_path, limits="processor=0.3, wall=0.5")
    (card,) = notebook.answer(body)
    assert "and was stopped" in card["text/plain"]
    assert body in card["text/plain"]
    assert notebook.value("1 + 1") == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
@pytest.mark.parametrize(
    ("less", "body", "words"),
    [
        (", memory=2**26", "return list(product(range(4), repeat=20))", "asked for too much memory (`MemoryError`)"),
        (
            ", memory=2**26",
            "kept = []; kept.extend(product(range(4), repeat=20))",
            "asked for too much memory (`MemoryError`)",
        ),
        ("", "kept = [[]]; [kept.append([0] * 10_000) for one in kept]", "took more than 1 GiB of memory"),
    ],
)
def test_a_list_without_end_ends_before_the_memory_does(notebook, progress_path, less, body, words):
    limits = f"processor=600, wall=600{less}"  # memory alone is to end it, however slow it grows
    notebook.open(progress_path, limits=limits)
    (card,) = notebook.answer(f"from itertools import product; {body}")
    assert words in card["text/plain"]
    assert notebook.value("len(bytearray(2**30))") == 2**30


def test_the_stop_button_stops_an_answer_and_shows_one_sentence(notebook):
    press_stop = "import signal; signal.raise_signal(signal.SIGINT)"
    assert notebook.answer(press_stop) == [["Exercise 0.1 was stopped before it was judged. Run the cell again."]]
    assert notebook.value("1 + 1") == 2
    (card,) = notebook.answer(WRONG)
    assert "opens after 3 attempts (1 so far)" in card["text/plain"]


def test_an_answer_that_calls_itself_through_the_course_is_told_so(notebook):
    (card,) = notebook.answer('return exercise("0.1")(lambda rewards: rewards)(rewards)')
    assert "was called inside an answer" in card["text/plain"]
    (card,) = notebook.answer(RIGHT)
    assert "PASSED" in card["text/plain"]


def test_the_stop_button_during_a_hint_shows_one_sentence(notebook):
    notebook.run("from marl_lessons.exercises import progress_file\nkept = progress_file.locate")
    notebook.run("def press(): import signal; signal.raise_signal(signal.SIGINT)\nprogress_file.locate = press")
    outputs = notebook.run('hint("0.1")')
    notebook.run("progress_file.locate = kept")
    assert outputs == [["`hint` was stopped before it was done; call it again."]]


SHOWS = {
    "display": "from IPython.display import display; display(rewards)",
    "plot": "import matplotlib.pyplot as plt; plt.plot(rewards); plt.show()",
    "forgotten plot": "import matplotlib.pyplot as plt; plt.plot(rewards)",
    "bar": "from tqdm.auto import tqdm; list(tqdm([1, 2]))",
    "widget": "import ipywidgets; from IPython.display import display; display(ipywidgets.IntSlider())",
    "print": "print(rewards)",
    "output": "import ipywidgets\n    with ipywidgets.Output(): print(rewards)\n    1",
}


@pytest.mark.parametrize("what", SHOWS)
def test_what_an_answer_shows_does_not_flood_the_notebook(notebook, what):
    notebook.run("%matplotlib inline")
    (card,) = notebook.answer(f"{SHOWS[what]}; {RIGHT}")
    assert "PASSED" in card["text/plain"]
    (shown,) = notebook.run("from IPython.display import HTML, display; display(HTML('<b>after</b>'))")
    assert "text/html" in shown


def test_nobody_is_asked(notebook):
    (card,) = notebook.answer("return input()")
    assert "A check cannot answer `input()`" in card["text/plain"]


def test_the_notebook_goes_on_with_the_reference_until_the_answer_passes(notebook):
    notebook.answer(WRONG)
    assert notebook.value("average_over_team.__module__") == "marl_lessons.checks.lesson_00"
    notebook.answer(RIGHT)
    assert notebook.value("average_over_team.__module__") == "__main__"


def test_text_that_cannot_be_sent_is_no_error(notebook):
    (card,) = notebook.answer('raise ValueError("half a character: \\ud800")')
    assert "Your code raised `ValueError: half a character" in card["text/plain"]
