"""The outputs of a solved lesson on a page, where nothing runs: no buttons, no sliders, and pictures as files."""

import base64
import re
import struct
from pathlib import Path

from marl_lessons.exercises.predictions import INVITATION
from marl_lessons.plotting.live import TWIN_NOTE

PICTURES = "pictures"
WIDE = 900  # pixels; as wide as a phone it could not be read, so there it scrolls in its box
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
PICTURE = re.compile(r'<img style="max-width:100%" alt="(?P<alt>[^"]*)" src="data:image/png;base64,(?P<data>[^"]+)">')
HOW_TO_CHOOSE = re.compile(r"<div>To choose, run this cell again.*?</div>")
FILM = '<div class="marl-film"'
CHOOSE = "<div>Choose one before you read on.</div>"
OPEN = "Predict first. Then open the answer."
NO_CHOICE = "<div>You made no prediction this time.</div>"
MOVE = "The picture at its start. In the notebook, and in your browser, it has sliders."


def fit_outputs(cell, folder: Path) -> None:
    """Change, in place, the outputs of a cell into what a page can show; write their pictures into the folder."""
    cell.outputs = [output for output in cell.outputs if not is_blank(output)]
    for number, output in enumerate(cell.outputs):
        if "text/html" in output.get("data", {}):
            markup = fit_words(STYLE.sub("", output.data["text/html"]))
            if not markup.startswith(FILM):  # a film keeps its pictures inside, so that no step of it is waited for
                markup = move_pictures(markup, folder, f"{cell.id}-{number}")
            output.data["text/html"] = markup


def is_blank(output) -> bool:
    """Tell whether an output is what is left of a widget: an empty box."""
    data = output.get("data", {"": ""})
    return list(data) == ["text/plain"] and not data["text/plain"].strip()


def fit_words(markup: str) -> str:
    """Say nothing of cells that run again and buttons that are not there."""
    markup = HOW_TO_CHOOSE.sub(CHOOSE, markup).replace(NO_CHOICE, "")
    return markup.replace(INVITATION, OPEN).replace(TWIN_NOTE, MOVE)


def move_pictures(markup: str, folder: Path, name: str) -> str:
    """Move the pictures of an output into files, which a browser loads when they come into sight."""

    def move(picture):
        data = base64.b64decode(picture["data"])
        path = folder / PICTURES / f"{name}{'-' + str(count) if (count := len(written)) else ''}.png"
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(data)
        written.append(path)
        width, height = struct.unpack(">II", data[16:24])  # the header of a PNG
        size = f'width="{width}" height="{height}"' + (' class="wide-picture"' if width > WIDE else "")
        return f'<img src="{PICTURES}/{path.name}" alt="{picture["alt"]}" {size} loading="lazy">'

    written = []
    return PICTURE.sub(move, markup)
