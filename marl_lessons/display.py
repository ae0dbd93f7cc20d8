"""Shows one thing in three forms: a widget where widgets render, HTML where only HTML does, and text everywhere."""

import html as html_library
import re
import sys


def show(text, html=None, widget=None):
    """Display the richest form that the front end can render; `text` says the same in words.

    Parameters: text, the plain twin (a terminal, nbval, a screen reader); html, the static form, which a saved
    notebook keeps; widget, the live form, which ends with the kernel.
    Without a Jupyter kernel (a script, a plain Python prompt) the text is printed.
    """
    if not is_in_kernel():
        print(_replace_unwritable(text, sys.stdout.encoding or "utf-8"))
        return
    from IPython.display import display

    bundle = {"text/plain": _replace_unwritable(text)}
    if html is not None:
        bundle["text/html"] = _replace_unwritable(html)
    if widget is not None:
        bundle |= {key: data for key, data in widget._repr_mimebundle_().items() if "widget" in key}
    display(bundle, raw=True)


def _replace_unwritable(text, encoding="utf-8"):
    """Put ? for characters that cannot be sent: half of a pair in a learner's text, or ✓ in an old terminal."""
    return text.encode(encoding, errors="replace").decode(encoding)


def to_html(text):
    """Escape a sentence for HTML, turns `code` between backticks into <code>, and keeps its line breaks."""
    escaped = html_library.escape(text)
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escaped).replace("\n", "<br>")


def is_in_kernel():
    """Tell whether this process is the kernel of a notebook."""
    if "IPython" not in sys.modules:
        return False
    shell = sys.modules["IPython"].get_ipython()
    return shell is not None and hasattr(shell, "kernel")
