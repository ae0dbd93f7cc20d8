"""Shows one thing as HTML where HTML renders and as text everywhere, and widgets with a twin that outlives them."""

import atexit
import html as html_library
import re
import sys

BLOCK = re.compile(r"^```\n(.*?)^```$\n?", re.DOTALL | re.MULTILINE)
BLOCK_STYLE = "font-family:monospace;white-space:pre;overflow-x:auto;margin:4px 0"
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


def show(text, html=None):
    """Display HTML, and `text`, which says the same in words, where there is none: in a terminal, in nbval.

    Without a Jupyter kernel (a script, a plain Python prompt) the text is printed.
    """
    if not is_in_kernel():
        # A process may have no output at all, and a stream of the reader's own no encoding.
        print(_replace_unwritable(text, getattr(sys.stdout, "encoding", None) or "utf-8"))
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


def _replace_unwritable(text, encoding="utf-8"):
    """Put ? for characters that cannot be sent: half of a pair in a learner's text, or ✓ in an old terminal."""
    return text.encode(encoding, errors="replace").decode(encoding)


def to_html(text):
    """Turn a message into HTML: escaped, `code` between backticks as <code>, line breaks kept.

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
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escaped).replace("\n", "<br>")


def to_text(text):
    """Turn a message into plain text: blocks are indented and lose the lines that fence them."""
    return BLOCK.sub(lambda block: re.sub("^(?=.)", "    ", block[1], flags=re.MULTILINE), text).rstrip("\n")


def is_in_kernel():
    """Tell whether this process is the kernel of a notebook."""
    if "IPython" not in sys.modules:
        return False
    shell = sys.modules["IPython"].get_ipython()
    return shell is not None and hasattr(shell, "kernel")
