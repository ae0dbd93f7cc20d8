"""Where the links of notebooks and Markdown files lead on the site."""

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LINK = re.compile(r"(?P<picture>!?)\[(?P<text>[^\]]*)\]\(\s*(?P<path>[^)#\s:]*)(?:#(?P<anchor>[^)\s]*))?\)")
CELL = re.compile(r"cell-id=(?P<cell>\S+)")
NAME = re.compile(r"[\w.-]+/[\w.-]+")
VARIABLE = "MARL_LESSONS_REPOSITORY"


def read_repository() -> str:
    """Return "owner/name" of the course's home on GitHub, as the environment says it, or "" where it says nothing."""
    name = os.environ.get(VARIABLE, "").strip()
    if name and not NAME.fullmatch(name):
        raise ValueError(f"{VARIABLE} must be the owner and name of a repository on GitHub, owner/name, got {name!r}.")
    return name


def find_linked_cells(text: str) -> set[str]:
    """Return the ids of all cells that a text links to."""
    return {found["cell"] for link in LINK.finditer(text) if (found := CELL.match(link["anchor"] or ""))}


def name_target(cell: str) -> str:
    """Return the name of the place on the site where a cell begins."""
    return f"cell-{cell}"


def lead_to_cells(text: str) -> str:
    """Turn JupyterLab's links to cells, 01_games.ipynb#cell-id=01_games-005, into links to places on the site."""

    def replace(link):
        found = CELL.match(link["anchor"] or "")
        return f"[{link['text']}](#{name_target(found['cell'])})" if found else link[0]

    return LINK.sub(replace, text)


def lead_to_pages(text: str, folder: str, pages: dict[str, str], repository: str) -> str:
    """Turn a file's links to other files of the project into links to pages of the site.

    Parameters:
        text: Markdown.
        folder: where the file lies in the project; its links start there.
        pages: path in the project -> what shows it on the site.
        repository: "owner/name" on GitHub, where other files can be read, or "": then only the words stay.
    """

    def replace(link):
        if not link["path"]:
            return link[0]
        path = os.path.normpath(os.path.join(folder, link["path"])).replace(os.sep, "/")
        if path not in pages and not (ROOT / path).exists():
            raise ValueError(f"a link of a file in {folder}/ leads to {path}, which is not there; mend it: {link[0]}")
        if path not in pages and not repository:
            return link["text"]
        to = pages.get(path) or f"https://github.com/{repository}/blob/main/{path}"
        return f"{link['picture']}[{link['text']}]({to})"

    return LINK.sub(replace, text)
