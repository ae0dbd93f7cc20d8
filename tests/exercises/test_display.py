"""What is shown is text everywhere, and safe HTML where there is HTML."""

import io
import sys

import pytest

from marl_lessons.display import is_in_kernel, show, to_html


def test_outside_a_kernel_the_text_is_printed(capsys):
    show("in words", html="<b>in HTML</b>")
    assert capsys.readouterr().out == "in words\n"


@pytest.mark.parametrize(("encoding", "printed"), [("utf-8", "✓ ?"), ("ascii", "? ?")])
def test_what_a_terminal_cannot_write_becomes_a_question_mark(encoding, printed, monkeypatch):
    terminal = io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)
    monkeypatch.setattr(sys, "stdout", terminal)
    show("✓ \ud800")
    assert terminal.buffer.getvalue().decode(encoding).rstrip() == printed


def test_a_test_run_is_no_kernel():
    assert not is_in_kernel()


def test_a_process_without_ipython_is_no_kernel(monkeypatch):
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    assert not is_in_kernel()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("use `x[0]` and `y`", "use <code>x[0]</code> and <code>y</code>"),
        ("`a<b>`", "<code>a&lt;b&gt;</code>"),
        ("one\ntwo", "one<br>two"),
        ("a lone ` stays", "a lone ` stays"),
        ("a ` across\nlines `", "a ` across<br>lines `"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("", ""),
    ],
)
def test_a_sentence_becomes_html(text, html):
    assert to_html(text) == html
