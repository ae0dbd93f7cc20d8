"""Honest notebooks with cells that fail, never end, take all memory or kill the process: these cost only themselves."""

from tests.gradebook.corpus.drafts import draft
from tests.gradebook.corpus.packing import define, pack

TRAINS = """
import time

best, start = 0, time.time()
while time.time() - start < 600:  # ten minutes of training
    best += np.random.rand(100, 100).sum()
print("trained:", best)
"""
NEVER_ENDS = "count = 0\nwhile True:\n    count += 1"
PRINTS = 'for _ in range(100):\n    print("x" * 1_000_000)'
KILLS = {
    "os._exit": "import os\nos._exit(1)",
    "kill": "import os\nimport signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "crash": "import ctypes\nctypes.string_at(0)",
}
RIGHT = """
@exercise("@ID@")
def @NAME@(@PARAMETERS@):
    return @RIGHT@
"""
USED = """
@exercise("1.2")
def action_values(payoffs, partner_policy):
    return payoffs @ partner_policy + count
"""

HONEST_TROUBLES = {
    "syntax error in one exercise": draft()
    .solve()
    .answer("1.3", "", "error")
    .cell("1.3", '@exercise("1.3")\ndef is_equilibrium(payoffs, joint_action)\n    return True', "error"),
    "cells that nobody needs": draft()
    .solve()
    .above("1.2", "print(1 / 0)\nundefined_name")
    .above("1.2", "this is my note: ask about (1.2")
    .above("1.2", TRAINS)
    .above("1.3", NEVER_ENDS)
    .above("1.3", PRINTS)
    .above("1.4", 'name = input("Your name? ")')
    .above("1.4", "\n".join(KILLS.values())),
    "fails below the answer": draft().solve("1.2", "1.3").below("1.2", "assert False"),
    "fails in the cell, below the answer": draft().cell(
        "1.3",
        """
        @exercise("1.3")
        def is_equilibrium(payoffs, joint_action):
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())

        print(is_equilibrium(payoffs))
        """,
    ),
    "fails in the cell, above the answer": draft().cell(
        "1.2",
        """
        print(1 / 0)

        @exercise("1.2")
        def action_values(payoffs, partner_policy):
            return payoffs @ partner_policy
        """,
        {"passed", "error"},  # the notebook stops there
    ),
    "value fails": draft().solve("1.3").cell("1.1", 'heavy_pays = check("1.1", 1 / 0)', "error"),
    "value never computed": draft().solve("1.3").cell("1.1", 'heavy_pays = check("1.1", my_number)', "error"),
    "loops that never end": draft()
    .solve("1.1", "1.3")
    .answer("1.4", NEVER_ENDS, "error")
    .above("1.2", NEVER_ENDS)
    .cell("1.2", USED, {"error", "passed"})  # without the loop, `count` is 0
    .flag("killed"),
    "answer sleeps": draft().solve("1.3").answer("1.2", "import time\ntime.sleep(10_000)", "error").flag("killed"),
    "list that never ends": draft()
    .solve("1.1")
    .answer("1.2", "many = []\nwhile True:\n    many.append(bytearray(10**7))", "error"),
    "prints 100 MB in the exercise's cell": draft()
    .solve("1.3")
    .cell("1.2", f"{PRINTS}\n\n{USED}")
    .above("1.2", "count = 0"),
    "asks in the exercise's cell": draft()
    .solve("1.3")
    .cell("1.2", f'name = input("Name? ")\n{USED}')
    .above("1.2", "count = 0"),
    **pack("kills in a cell", {name: f"{text}\n\n{RIGHT}" for name, text in KILLS.items()}, {"error", "passed"}),
    **pack("kills in answers", {name: define(text) for name, text in KILLS.items()}, "error"),
}
