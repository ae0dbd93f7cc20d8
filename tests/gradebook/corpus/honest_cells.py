"""Honest notebooks whose cells were deleted, copied, moved or written by another program."""

import json

from tests.gradebook.corpus.drafts import code, draft, read


def asks(kind, text):
    return kind == "code" and ("@exercise(" in text or "check(" in text)


def reverse(notebook):
    notebook["cells"].reverse()


def forget_ids(notebook):
    """As another program writes it: an older format, cells without names, text in one piece."""
    notebook["nbformat_minor"] = 4
    notebook["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3", "display_name": "Python"}}
    for cell in notebook["cells"]:
        del cell["id"]
        cell["source"] = read(cell)
        cell["metadata"]["id"] = "Xy12"


def rename_cells(notebook):
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"cell{number}"


def add_outputs(notebook):
    """Four pictures of 2 MB, and text."""
    picture = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo" * 200_000}, "metadata": {}}
    for cell in notebook["cells"][:8]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [picture, {"output_type": "stream", "name": "stdout", "text": ["fine\n"] * 1_000}]
            cell["execution_count"] = 3


def strip_outputs(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            del cell["outputs"], cell["execution_count"], cell["metadata"]


def turn_into_text(exercise_id):
    def change(notebook):
        for cell in notebook["cells"]:
            if f'"{exercise_id}"' in read(cell) and cell["cell_type"] == "code":
                cell |= {"cell_type": "markdown"}

    return change


def move_to_top(exercise_id):
    def change(notebook):
        place = next(k for k, cell in enumerate(notebook["cells"]) if f'@exercise("{exercise_id}")' in read(cell))
        notebook["cells"].insert(0, notebook["cells"].pop(place))

    return change


def merge_into_one_cell(notebook):
    """One cell that holds all the code."""
    texts = [read(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    notebook["cells"] = [code("\n\n".join(texts))]


def indent_all(notebook):
    """As pasted cells may be: IPython takes the common indentation away."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = ["    " + line if line.strip() else line for line in cell["source"]]


def without(exercise_id):
    return lambda kind, text: not (asks(kind, text) and f'"{exercise_id}"' in text)


WRONG_VALUES = """
@exercise("1.2")
def action_values(payoffs, partner_policy):
    return payoffs.mean(axis=1)
"""
RIGHT_VALUES = WRONG_VALUES.replace("payoffs.mean(axis=1)", "payoffs @ partner_policy")
solved = draft().solve("1.1", "1.2")

NUMBERS = "measured = [" + ", ".join(["0.12345678"] * 40_000) + "]"  # half a megabyte, pasted

HONEST_CELLS = {
    "untouched": draft(),
    "solved": draft().solve(),
    "text deleted": draft().solve("1.1", "1.2").keep(lambda kind, text: kind == "code"),
    "imports deleted": draft().solve("1.1", "1.2").keep(lambda kind, text: "import numpy" not in text),
    "only the exercises": draft().solve().keep(asks),
    "one exercise deleted": draft().solve("1.1", "1.2").keep(without("1.3")).expect("missing", "1.3"),
    "all deleted": draft().keep(lambda kind, text: False).expect("missing"),
    "an exercise turned into text": draft().solve("1.1", "1.2").edit(turn_into_text("1.4")).expect("missing", "1.4"),
    "a wrong copy below": draft().solve("1.1", "1.2").below("1.2", WRONG_VALUES).flag("many"),
    "a right copy below": draft().solve("1.1", "1.2").cell("1.2", WRONG_VALUES).below("1.2", RIGHT_VALUES).flag("many"),
    "a right copy at the end": draft().solve().cell("1.2", WRONG_VALUES).below("1.4", RIGHT_VALUES),
    "the untouched cell kept above": draft().solve("1.1", "1.2").above("1.2", draft().text("1.2")),
    "above the imports": draft().solve().edit(move_to_top("1.2")),
    "from bottom to top": draft().solve("1.1", "1.2", "1.3").edit(reverse),
    "all in one cell": draft().solve("1.1", "1.2").edit(merge_into_one_cell),
    "renamed": draft(file="Homework final (2) ü.ipynb").solve("1.1", "1.2"),
    "another format": draft().solve("1.1", "1.2").edit(forget_ids),
    "large outputs": draft().solve("1.1", "1.2").edit(add_outputs),
    "a large table in a cell": draft().solve("1.1", "1.2").above("1.2", NUMBERS),
    "other ids, no outputs": draft().solve("1.1", "1.2").edit(rename_cells).edit(strip_outputs),
    "of Windows": draft(raw=b"\xef\xbb\xbf" + json.dumps(solved.notebook).replace("\\n", "\\r\\n").encode()).expect(
        "passed", "1.1", "1.2"
    ),
    "an indented cell": draft().solve("1.1", "1.2").edit(indent_all),
}
