"""What is shown is text everywhere, and safe HTML where there is HTML."""

import io
import sys

import pytest

from marl_lessons.display import BLOCK_INDENT, is_in_kernel, show, to_html, to_text


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
        ("the *difference*, not *all of it*.", "the <em>difference</em>, not <em>all of it</em>."),
        ('(*into*) "*a<b*"', "(<em>into</em>) &quot;<em>a&lt;b</em>&quot;"),
        ("`a *b* c` *d*", "<code>a *b* c</code> <em>d</em>"),
        ("2 * 3 * 4 and 2*3*4", "2 * 3 * 4 and 2*3*4"),
        ("f(*args) or g(*args, **options) and a lone *", "f(*args) or g(*args, **options) and a lone *"),
        ("```\n*a* * b\n```", f"{PRE}*a* * b</pre>"),
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
        ("the *difference*, not `*this*`", "the difference, not `*this*`"),
        ("2 * 3 * 4 of (*args, **options)", "2 * 3 * 4 of (*args, **options)"),
        ("See:\n```\n[[1, 2],\n\n [3, 4]]\n```\nnow.", "See:\n      [[1, 2],\n\n       [3, 4]]\nnow."),
        ("```\n*a*\n```", "      *a*"),
        ("```\nis never closed", "```\nis never closed"),
    ],
)
def test_a_message_becomes_plain_text(text, plain):
    assert to_text(text) == plain


class Terminal(io.StringIO):
    """A terminal that is 30 characters wide."""

    def isatty(self):
        return True


def read_terminal(monkeypatch, text, **options):
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setattr(sys, "stdout", Terminal())
    show(text, **options)
    return sys.stdout.getvalue().split("\n")[:-1]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("It fits.", ["It fits."]),
        ("Each of these words stays whole, always.", ["Each of these words stays", "whole, always."]),
        ("  ✗ an item goes on below its own words", ["  ✗ an item goes on below its", "    own words"]),
        ("  a) an option goes on in the same way", ["  a) an option goes on in the", "     same way"]),
        ("    what stands here goes on here", ["    what stands here goes on", "    here"]),
        ("one line\n\nand another one", ["one line", "", "and another one"]),
        ("see /a/path/that-is-longer/than/the/terminal", ["see", "/a/path/that-is-longer/than/the/terminal"]),
        (f"{BLOCK_INDENT}a = np.array([1,  2, 3, 4, 5])", [f"{BLOCK_INDENT}a = np.array([1,  2, 3, 4, 5])"]),
    ],
)
def test_a_terminal_breaks_sentences_between_words_and_blocks_never(text, lines, monkeypatch):
    assert read_terminal(monkeypatch, text) == lines


def test_a_terminal_never_breaks_code(monkeypatch):
    code = "def a_function_with_a_long_name(first, second):"
    assert read_terminal(monkeypatch, code, is_code=True) == [code]


def test_a_pipe_takes_lines_whole(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "30")
    show("Each of these words stays whole, always.")
    assert capsys.readouterr().out == "Each of these words stays whole, always.\n"


class Writer:
    """All that `print` needs, and no more."""

    def write(self, text):
        pass


@pytest.mark.parametrize("stream", [None, io.StringIO(), Writer()])
def test_a_process_without_an_output_or_an_encoding_is_no_problem(stream, monkeypatch):
    monkeypatch.setattr(sys, "stdout", stream)
    show("✓")
