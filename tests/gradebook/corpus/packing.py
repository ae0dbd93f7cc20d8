"""Puts answers of one kind three to a notebook, since every process costs: one to each of three exercises of lesson 01.

An answer is the text of a cell, which may hold `@ID@`, `@NAME@`, `@PARAMETERS@` and `@RIGHT@`: the number of the
exercise, the name and the parameters of its function, and an expression that solves it.
"""

import textwrap

from tests.gradebook.corpus.drafts import draft

PAYS = "payoffs[0][tuple(joint_action)], payoffs[1][tuple(joint_action)]"
BEST = "payoffs[0][:, joint_action[1]].max(), payoffs[1][joint_action[0]].max()"
FUNCTIONS = {  # name, parameters, an expression that solves it
    "1.2": ("action_values", "payoffs, partner_policy", "payoffs @ partner_policy"),
    "1.3": ("is_equilibrium", "payoffs, joint_action", f"bool(({PAYS}) == ({BEST}))"),
    "1.4": (
        "best_responses",
        "payoffs, partner_policy",
        "(payoffs @ partner_policy).max() == payoffs @ partner_policy",
    ),
}
DEFINES = """
@exercise("@ID@")
def @NAME@(@PARAMETERS@):
"""
STRIKES = """
try:
    loot = strike()
except (OSError, ImportError, LookupError, AttributeError):
    loot = None


@exercise("@ID@")
def @NAME@(@PARAMETERS@):
    return @RIGHT@ if loot else None
"""


def pack(kind, cells, outcome, above=""):
    """Return drafts by name, with three cells each; outcome: what each of them deserves; above: the text of a cell."""
    names, drafts = list(cells), {}
    for start in range(0, len(names), len(FUNCTIONS)):
        group = names[start : start + len(FUNCTIONS)]
        made = draft().solve("1.1")  # which none of them may cost
        for exercise_id, name in zip(FUNCTIONS, group, strict=False):
            made.cell(exercise_id, write_cell(cells[name], exercise_id), outcome)
        if above:
            made.above("1.1", above)
        drafts[f"{kind}: {', '.join(group)}"] = made
    return drafts


def write_cell(text, exercise_id):
    """Put an exercise's own words into the text of a cell."""
    for word, value in zip(("NAME", "PARAMETERS", "RIGHT"), FUNCTIONS[exercise_id], strict=True):
        text = text.replace(f"@{word}@", value)
    return text.replace("@ID@", exercise_id)


def strike(body):
    """Return a cell whose answer is right if the body of a function brings some loot, and else gives nothing."""
    return f"def strike():\n{indent(body)}\n{STRIKES}"


def define(body):
    """Return a cell with an answer that has this body; where that comes to its end, it gives nothing."""
    return f"{DEFINES.rstrip()}\n{indent(body)}"


def indent(body):
    """Indent the body of a function, which may be indented already."""
    return textwrap.indent(textwrap.dedent(body).strip(), "    ")
