"""What is shown is text everywhere, and safe HTML where there is HTML."""

import io
import sys

import pytest

from marl_lessons.display import is_in_kernel, show, to_html, to_text


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


PRE = '<pre style="font-family:monospace;white-space:pre;overflow-x:auto;margin:4px 0" tabindex="0">'


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
        ("See:\n```\n[[1, 2],\n [3, `4`]]\n```\nnow.", f"See:{PRE}[[1, 2],\n [3, `4`]]</pre>now."),
        ("```\na < b\n```\n```\n\nc\n```", f"{PRE}a &lt; b</pre>{PRE}\nc</pre>"),
        ("```\nis never closed", "```<br>is never closed"),
        ("not at the ``` start", "not at the ``` start"),
    ],
)
def test_a_message_becomes_html(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("use `x[0]`", "use `x[0]`"),
        ("See:\n```\n[[1, 2],\n\n [3, 4]]\n```\nnow.", "See:\n    [[1, 2],\n\n     [3, 4]]\nnow."),
        ("```\na\n```", "    a"),
        ("```\nis never closed", "```\nis never closed"),
    ],
)
def test_a_message_becomes_plain_text(text, plain):
    assert to_text(text) == plain


@pytest.mark.parametrize("stream", [None, io.StringIO()])
def test_a_process_without_an_output_or_an_encoding_is_no_problem(stream, monkeypatch):
    monkeypatch.setattr(sys, "stdout", stream)
    show("✓")
