"""Shows one thing as HTML where HTML renders and as text everywhere, and widgets with a twin that outlives them."""

import atexit
import html as html_library
import re
import shutil
import sys
import textwrap

BLOCK = re.compile(r"^```\n(.*?)^```$\n?", re.DOTALL | re.MULTILINE)
BLOCK_INDENT = " " * 6  # of a block among words; no sentence stands so far to the right
BLOCK_STYLE = "font-family:monospace;white-space:pre;overflow-x:auto;margin:4px 0"
# `Code`, or *words* that are stressed; the stars of a product or of `**` have a space or a letter on the wrong side.
MARKUP = re.compile(r"`([^`\n]+)`|(?<![\w*])\*(?![\s*])([^*`\n]+)(?<!\s)\*(?![\w*])")
LINE_START = re.compile(r" *(?:[✓✗–] |\w\) )?")  # lines that continue an item stand below its words
# A widget is alive while its view is in the page and a kernel behind it. A reader sees the widget while it is alive and
# its twin otherwise, never both, and never "Error displaying widget": that output alone has no data-mime-type.
# Where the kernel ended without a farewell, only the mark beside its name tells: no view is told of it.
ENDED = ".jp-NotebookPanel:has(.jp-Notebook-ExecutionIndicator:is([data-status=unknown], [data-status=dead]))"
TWIN_STYLE = f"""<style>
.jp-OutputArea-child:has(.marl-twin):has(+ .jp-OutputArea-child .marl-widget:not(.jupyter-widgets-disconnected)):not(
  {ENDED} *
),
.jp-OutputArea-child:has(.marl-twin) + .jp-OutputArea-child:not(
  :has([data-mime-type], .marl-widget:not(.jupyter-widgets-disconnected))
),
{ENDED} .jp-OutputArea-child:has(.marl-twin) + .jp-OutputArea-child {{ display: none; }}
</style>"""


class OneSentence:
    """An error that a notebook shows as its sentence alone: none of our lines helps a learner."""

    def _render_traceback_(self):  # IPython's way to ask an error for its own form
        return [str(self)]


class Misuse(OneSentence, ValueError):
    """The course was called as it cannot be called, in a sentence with the remedy."""


def show(text, html=None, is_code=False):
    """Display HTML, and `text`, which says the same in words, where there is none: in a terminal, in nbval.

    Without a Jupyter kernel (a script, a plain Python prompt) the text is printed, code as it is.
    """
    if not is_in_kernel():
        fitting = text if is_code else fit_to_terminal(text)
        # A process may have no output at all, and a stream of the reader's own no encoding.
        print(_replace_unwritable(fitting, getattr(sys.stdout, "encoding", None) or "utf-8"))
        return
    from IPython.display import display

    display(_bundle(text, html), raw=True)


def show_widget(text, html, widget):
    """Display a widget, and before it a twin in HTML that is seen where the widget is dead.

    Parameters: text and html, as for `show`, of what a reader without a kernel is to see; widget, a Box of ipywidgets.
    Returns a function of a new text and html: it changes the twin, once there is something new to keep.
    """
    from IPython.display import DisplayHandle, display

    twin = DisplayHandle()
    twin.display(_bundle(text, _mark_twin(html)), raw=True)
    widget.add_class("marl-widget")
    views = {kind: data for kind, data in widget._repr_mimebundle_().items() if "widget" in kind}
    display({"text/plain": "", **views}, raw=True)
    atexit.register(widget.close)  # takes the view off the page when the kernel is shut down
    return lambda text, html: twin.update(_bundle(text, _mark_twin(html)), raw=True)


def _mark_twin(html):
    return f'{TWIN_STYLE}<div class="marl-twin">{html}</div>'


def _bundle(text, html):
    bundle = {"text/plain": _replace_unwritable(text)}
    if html is not None:
        bundle["text/html"] = _replace_unwritable(html)
    return bundle


def fit_to_terminal(text):
    """Break lines between words where a terminal would break them anywhere; a file or a pipe takes them whole."""
    is_terminal = getattr(sys.stdout, "isatty", bool)
    if not is_terminal():
        return text
    width = shutil.get_terminal_size().columns
    return "\n".join(_wrap(line, width) for line in text.split("\n"))


def _wrap(line, width):
    if len(line) <= width or line.startswith(BLOCK_INDENT):
        return line
    indent = " " * LINE_START.match(line).end()
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _replace_unwritable(text, encoding="utf-8"):
    """Put ? for characters that cannot be sent: half of a pair in a learner's text, or ✓ in an old terminal."""
    return text.encode(encoding, errors="replace").decode(encoding)


def to_html(text):
    """Turn a message into HTML: escaped, `code` between backticks as <code>, *words* as <em>, line breaks kept.

    Lines between a line ``` and a line ``` are a block: monospace, never broken, scrolled sideways where it is wide.
    """
    parts = BLOCK.split(text)  # sentences and blocks by turns
    parts[::2] = [_sentence_to_html(sentence.strip("\n")) for sentence in parts[::2]]
    parts[1::2] = [block_to_html(block) for block in parts[1::2]]
    return "".join(parts)


def block_to_html(block):
    """Turn lines whose columns matter, such as an array or code, into HTML."""
    # Reachable by the Tab key, so that the arrow keys scroll it.
    return f'<pre style="{BLOCK_STYLE}" tabindex="0">{html_library.escape(block.rstrip())}</pre>'


def _sentence_to_html(sentence):
    escaped = html_library.escape(sentence)
    marked = MARKUP.sub(lambda mark: f"<code>{mark[1]}</code>" if mark[1] else f"<em>{mark[2]}</em>", escaped)
    return marked.replace("\n", "<br>")


def to_text(text):
    """Turn a message into plain text: *words* lose their stars, blocks are indented and lose their fences."""
    parts = BLOCK.split(text)  # sentences and blocks by turns
    parts[::2] = [MARKUP.sub(lambda mark: mark[2] or mark[0], sentence) for sentence in parts[::2]]
    parts[1::2] = [textwrap.indent(block, BLOCK_INDENT) for block in parts[1::2]]
    return "".join(parts).rstrip("\n")


def is_in_kernel():
    """Tell whether this process is the kernel of a notebook."""
    if "IPython" not in sys.modules:
        return False
    shell = sys.modules["IPython"].get_ipython()
    return shell is not None and hasattr(shell, "kernel")
