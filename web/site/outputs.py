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
PICTURE = re.compile(
    r'<img style="max-width:100%" alt="(?P<alt>[^"]*)" src="(?P<source>data:image/png;base64,(?P<data>[^"]+))">'
)
HOW_TO_CHOOSE = re.compile(r"<div>To choose, run this cell again.*?</div>")
FILM = '<div class="marl-film"'
CHOOSE = "<div>Choose one before you read on.</div>"
OPEN = "Predict first. Then open the answer."
NO_CHOICE = "<div>You made no prediction this time.</div>"
MOVE = "The picture at its start. Run the lesson, and it has sliders to move."


def fit_outputs(cell, folder: Path) -> None:
    """Change, in place, the outputs of a cell into what a page can show; write their pictures into the folder."""
    cell.outputs = [output for output in cell.outputs if not is_blank(output)]
    for number, output in enumerate(cell.outputs):
        if "text/html" in output.get("data", {}):
            markup = fit_words(STYLE.sub("", output.data["text/html"]))
            # A film keeps its pictures inside, so that no step of it is waited for.
            name = "" if markup.startswith(FILM) else f"{cell.id}-{number}"
            output.data["text/html"] = fit_pictures(markup, folder, name)


def is_blank(output) -> bool:
    """Tell whether an output is what is left of a widget: an empty box."""
    data = output.get("data", {"": ""})
    return list(data) == ["text/plain"] and not data["text/plain"].strip()


def fit_words(markup: str) -> str:
    """Say nothing of cells that run again and buttons that are not there."""
    markup = HOW_TO_CHOOSE.sub(CHOOSE, markup).replace(NO_CHOICE, "")
    return markup.replace(INVITATION, OPEN).replace(TWIN_NOTE, MOVE)


def fit_pictures(markup: str, folder: Path, name: str) -> str:
    """Tell the browser how large each picture is; under a name move it into a file, loaded when it comes into sight."""
    written = []

    def fit(picture):
        data = base64.b64decode(picture["data"])
        width, height = struct.unpack(">II", data[16:24])  # the header of a PNG
        attributes = f'alt="{picture["alt"]}" width="{width}" height="{height}"'
        attributes += ' class="wide-picture"' if width > WIDE else ""
        if not name:
            return f'<img src="{picture["source"]}" {attributes}>'
        written.append(write_picture(data, folder, f"{name}-{len(written)}.png"))
        return f'<img src="{written[-1]}" {attributes} loading="lazy">'

    return PICTURE.sub(fit, markup)


def write_picture(data: bytes, folder: Path, name: str) -> str:
    """Write a picture among those of the site, and return its address there."""
    path = folder / PICTURES / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_bytes(data)
    return f"{PICTURES}/{name}"
