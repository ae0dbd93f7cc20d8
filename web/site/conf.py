"""How Sphinx builds the site; `web.site.build` prepares its source."""

import tomllib

from docutils import nodes

from web.site.links import ROOT
from web.site.mathematics import mark_display, mark_inline
from web.site.terms import add_terms, read_terms

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = "marl-lessons"
author = "the marl-lessons authors"  # "By" stands before it
version = release = PROJECT["version"]
language = "en"

extensions = ["myst_nb", "sphinx_copybutton"]
exclude_patterns = ["included", "teaching", "extra"]
smartquotes = False  # learners see the same text in their notebooks

nb_execution_mode = "off"
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 4

html_math_renderer = "drawn"

templates_path = ["templates"]
html_theme = "sphinx_book_theme"
html_title = "marl-lessons"
html_logo = "static/logo.svg"
html_favicon = "static/logo.svg"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_copy_source = html_show_sourcelink = html_use_index = False
html_context = {"default_mode": "auto"}
html_theme_options = {
    "navbar_persistent": [],
    "logo": {"text": "marl-lessons"},
    "use_download_button": False,
    "use_fullscreen_button": False,
    "show_toc_level": 2,
    "search_bar_text": "Search the course …",
    "extra_footer": (
        f"marl-lessons {release}. Code: MIT. Text and pictures: CC BY 4.0. "
        '<a href="licenses.html">Licenses and credits</a>'
    ),
}
html_sidebars = {"**": ["navbar-logo.html", "search-button-field.html", "sbt-sidebar-nav.html"]}
copybutton_selector = "div.cell_input pre, div.highlight-bash pre"


def hide_from_search(app, doctree):
    """Let the search know the words of the text, not those of code, of what it printed, and of buttons."""
    for node in doctree.findall(nodes.Element):
        is_cell = node.get("nb_element") in ("cell_code_source", "cell_code_output")
        if is_cell or isinstance(node, (nodes.raw, nodes.literal_block)):
            node["classes"] = [*node["classes"], "no-search"]


def name_folds(app, pagename, templatename, context, doctree):
    """Let a screen reader hear what a fold is called, and not "Toggle hidden content" for each."""
    if "body" in context:
        context["body"] = context["body"].replace(' aria-label="Toggle hidden content"', "")


def name_terms(terms):
    """Make a listener for Sphinx that lets the search know what a page defines."""
    return lambda app, doctree: add_terms(doctree, terms)


def write(mark):
    """Make a visitor for Sphinx of a function that writes all of a formula."""

    def visit(translator, node):
        mark(translator, node)
        raise nodes.SkipNode

    return visit


def setup(app):
    """Connect what is our own."""
    app.add_html_math_renderer("drawn", (write(mark_inline), None), (write(mark_display), None))
    app.connect("doctree-read", hide_from_search)
    app.connect("doctree-read", name_terms(read_terms()))
    app.connect("html-page-context", name_folds)
