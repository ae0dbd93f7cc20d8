"""The pages that are no lessons: the start, the instructors', the licenses' and what else lies in pages/.

They include, by MyST's `{include}`, what README.md, teaching/ and the licenses say, so that nothing is said twice.
"""

import re
import shutil
from pathlib import Path

from web.site.links import ROOT, lead_to_pages

PAGES = Path(__file__).resolve().parent / "pages"
INCLUDED = ("README.md", "LICENSE-TEXT.md", *(f"teaching/{path.name}" for path in (ROOT / "teaching").glob("*.md")))
HEADING = re.compile(r"^# (?P<words>.+)$", re.MULTILINE)
ONLY_WITH_REPOSITORY = re.compile(r"^% WITH REPOSITORY\n(?P<inside>.*?)^% END\n", re.MULTILINE | re.DOTALL)
ONLY_WITHOUT = re.compile(r"^% WITHOUT REPOSITORY\n(?P<inside>.*?)^% END\n", re.MULTILINE | re.DOTALL)


def write_pages(source: Path, repository: str) -> None:
    """Write the pages, and beside them what they include and show."""
    for page in PAGES.glob("*.md"):
        text = fit_to_repository(page.read_text(encoding="utf-8"), repository)
        (source / page.name).write_text(text, encoding="utf-8")
    pages = map_files_to_pages()
    for name in INCLUDED:
        included = source / "included" / name
        included.parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / name).read_text(encoding="utf-8")
        included.write_text(lead_to_pages(text, str(Path(name).parent), pages, repository), encoding="utf-8")
    shutil.copy(ROOT / "LICENSE", source / "included")
    shutil.copytree(ROOT / "images", source / "images")
    shutil.copytree(ROOT / "teaching", source / "teaching", ignore=shutil.ignore_patterns("*.md", "__pycache__"))


def fit_to_repository(text: str, repository: str) -> str:
    """Keep what a page says with, or without, a known address of the course, and put the address in its places."""
    keep, drop = (ONLY_WITH_REPOSITORY, ONLY_WITHOUT) if repository else (ONLY_WITHOUT, ONLY_WITH_REPOSITORY)
    text = drop.sub("", keep.sub(lambda part: part["inside"], text))
    return text.replace("OWNER/NAME", repository).replace("NAME_ALONE", repository.partition("/")[2])


def map_files_to_pages() -> dict[str, str]:
    """Return, for files of the project, what shows them on the site."""
    notebooks = {f"notebooks/{path.name}": path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    pictures = {f"images/{path.name}": f"images/{path.name}" for path in (ROOT / "images").iterdir()}
    teaching = {f"teaching/{path.name}": f"teaching/{path.name}" for path in (ROOT / "teaching").iterdir()}
    for path in (ROOT / "teaching").glob("*.md"):
        teaching[f"teaching/{path.name}"] = f"#{find_anchor(path)}"
    licenses = {"LICENSE": "licenses.md", "LICENSE-TEXT.md": "licenses.md"}
    return notebooks | pictures | teaching | licenses | {"teaching/README.md": "instructors.md#pages-and-files"}


def find_anchor(path: Path) -> str:
    """Return the anchor of a file's title on the page that includes it."""
    words = HEADING.search(path.read_text(encoding="utf-8"))["words"].lower()
    return re.sub(r"[^\w\s-]", "", words).replace(" ", "-")
