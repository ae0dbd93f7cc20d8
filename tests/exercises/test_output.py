"""Nothing that a learner's code prints, displays or draws reaches the screen; the card shows the first lines of it."""

import logging
import os
import subprocess
import sys
import warnings

import ipywidgets
import matplotlib.pyplot as plt
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import HTML, display
from tqdm import tqdm
from traitlets.config import Config

from marl_lessons.exercises.output import KEPT, LINE_WIDTH, LINES_SHOWN, Printed, capture_output


@pytest.fixture
def shell(monkeypatch, tmp_path):
    """A notebook's shell, which formats and publishes what is displayed."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    yield shell
    InteractiveShell.clear_instance()


def catch(write):
    with capture_output() as printed:
        write()
    return printed.text


def print_lines(count):
    for number in range(count):
        print(number)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, ""),
        (2, "0\n1"),
        (LINES_SHOWN, "0\n1\n2\n3\n4"),
        (LINES_SHOWN + 1, "0\n1\n2\n3\n4\n… and 1 line more"),
        (1_245, "0\n1\n2\n3\n4\n… and 1,240 lines more"),
    ],
)
def test_a_few_lines_are_kept_and_the_others_counted(count, text):
    assert catch(lambda: print_lines(count)) == text


def test_a_last_line_without_an_end_counts():
    assert catch(lambda: print("a\n" * LINES_SHOWN + "b", end="")).endswith("… and 1 line more")


def test_what_cannot_be_seen_is_nothing():
    assert catch(lambda: print("\n \n")) == ""


def test_a_long_line_is_cut():
    assert catch(lambda: print("x" * 10**6)) == "x" * LINE_WIDTH + " …"


def test_little_is_kept_however_much_is_written():
    printed = Printed()
    for _ in range(100):
        printed.write("line\n" * 1_000)
    assert len(printed.beginning) == KEPT
    assert printed.line_ends == 100_000


def test_of_a_bar_that_draws_over_itself_the_last_state_is_kept():
    assert catch(lambda: print("10 %\r20 %\r\n")) == "20 %"


def test_errors_and_bars_are_caught_too(capsys):
    def write():
        sys.stderr.write("an error\n")
        list(tqdm(range(3), disable=False))

    text = catch(write)
    assert text.startswith("an error\n")
    assert "3/3" in text
    assert capsys.readouterr() == ("", "")


def test_displays_become_words(shell, capsys):
    class Fruit:
        def __repr__(self):
            return "a fruit"

    text = catch(lambda: display(Fruit(), HTML("<b>bold</b>"), ipywidgets.IntSlider()))
    assert text.startswith("a fruit\n<IPython.core.display.HTML object>\nIntSlider(value=0")
    assert capsys.readouterr() == ("", "")


def test_no_picture_is_drawn_for_a_display_that_nobody_sees(shell):
    class Picture:
        def _repr_png_(self):
            raise AssertionError("drawn")

    assert "Picture" in catch(lambda: display(Picture()))


def test_the_shell_displays_as_before(shell):
    publisher, types = shell.display_pub, shell.display_formatter.active_types
    with pytest.raises(ZeroDivisionError):
        catch(lambda: 1 / 0)
    assert (shell.display_pub, shell.display_formatter.active_types) == (publisher, types)
    assert shell.display_formatter.format(HTML("<b>bold</b>"))[0]["text/html"] == "<b>bold</b>"


def test_figures_that_a_check_opens_are_closed_and_older_ones_stay():
    older = plt.figure()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        catch(lambda: [plt.plot([1, 2]), plt.figure(), plt.show()])
    assert plt.get_fignums() == [older.number]
    plt.close(older)


@pytest.mark.parametrize(
    "write", [lambda: os.write(1, b"out"), lambda: os.write(2, b"error"), lambda: os.system("echo child")]
)
def test_what_goes_past_python_is_kept_off_the_screen(capfd, write):
    print("before", end="")
    assert catch(write) == ""
    print(", after", end="")
    assert capfd.readouterr() == ("before, after", "")
    os.write(1, b"the file is back")
    assert capfd.readouterr().out == "the file is back"


def test_a_program_may_be_told_to_write_where_python_does(capfd):
    assert catch(lambda: subprocess.run([sys.executable, "-c", "print('child')"], stdout=sys.stdout, check=True)) == ""
    assert capfd.readouterr().out == ""


def test_who_keeps_the_stream_writes_to_the_screen_afterwards(capsys):
    kept = []
    assert catch(lambda: kept.append(logging.StreamHandler())) == ""
    kept[0].emit(logging.makeLogRecord({"msg": "after"}))
    assert capsys.readouterr().out == "after\n"


def test_a_process_without_files_for_its_output_is_no_problem(monkeypatch):
    def refuse(descriptor):
        raise OSError("Bad file descriptor")

    monkeypatch.setattr(os, "dup", refuse)
    monkeypatch.setattr(sys, "__stdout__", None)
    assert catch(lambda: print("said")) == "said"


def test_bytes_are_printed_and_the_stream_takes_what_a_notebooks_takes():
    with capture_output() as printed:
        sys.stdout.reconfigure(line_buffering=True)
        sys.stdout.buffer.write("½\n".encode())
        sys.stdout.buffer.flush()
        print("said")
    assert printed.text == "½\nsaid"
