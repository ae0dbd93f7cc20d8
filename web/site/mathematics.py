"""The mathematics of the pages, drawn by MathJax when the site is built: readers load no script of 2 MB for it."""

import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from web.site.links import ROOT

SCRIPT = Path(__file__).resolve().parent / "draw_mathematics.cjs"
MATHJAX = ROOT / "web" / "node_modules" / "mathjax"
FORMULA = re.compile(r'<(?P<tag>span|div) class="math">(?P<tex>.*?)</(?P=tag)>', re.DOTALL)
STYLE = "_static/mathematics.css"


def check_tools(mathjax: Path = MATHJAX) -> None:
    """Raise SystemExit with the remedy where formulas cannot be drawn."""
    if not shutil.which("node"):
        sys.exit(
            "Node.js, which draws the mathematics, was not found; install it (Debian, Ubuntu: apt install nodejs npm)"
        )
    if not mathjax.exists():
        sys.exit(f"{mathjax} is missing; run `npm ci` in web/, which `make site` does.")


def mark_inline(translator, node):
    """Write a formula for `draw_mathematics`, within a line."""
    translator.body.append(f'<span class="math">{html.escape(node.astext())}</span>')


def mark_display(translator, node):
    """Write a formula for `draw_mathematics`, on lines of its own."""
    translator.body.append(f'<div class="math">{html.escape(node.astext())}</div>')


def draw_mathematics(folder: Path) -> None:
    """Draw all formulas of the pages in a folder."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}
    asked = {name: [read_formula(found) for found in FORMULA.finditer(text)] for name, text in texts.items()}
    drawn = ask_mathjax({name: formulas for name, formulas in asked.items() if formulas})
    for name, page in drawn["pages"].items():
        (folder / name).write_text(put_formulas(texts[name], page), encoding="utf-8")
    (folder / STYLE).write_text(drawn["css"], encoding="utf-8")


def read_formula(found) -> tuple[str, bool]:
    """Return a marked formula, and whether it stands on lines of its own."""
    return html.unescape(found["tex"]), found["tag"] == "div"


def ask_mathjax(formulas: dict[str, list[tuple[str, bool]]]) -> dict:
    """Let MathJax draw the formulas of each page; raise SystemExit with the one that it cannot read."""
    command = ["node", str(SCRIPT)]
    process = subprocess.run(command, input=json.dumps(formulas), capture_output=True, text=True, encoding="utf-8")
    if process.returncode:
        sys.exit(f"The mathematics was not drawn. {process.stderr.strip()}")
    return json.loads(process.stdout)


def put_formulas(text: str, page: dict) -> str:
    """Put the drawn formulas into a page, and before them the glyphs that they share."""
    drawn = iter(page["formulas"])
    text = FORMULA.sub(lambda found: f'<{found["tag"]} class="math">{next(drawn)}</{found["tag"]}>', text)
    return text.replace("<main", f'<svg style="display:none">{page["glyphs"]}</svg>\n<main', 1)
