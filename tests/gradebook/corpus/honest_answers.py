"""Honest notebooks: right answers written in many ways, and wrong ones."""

from tests.gradebook.corpus.drafts import draft
from tests.gradebook.corpus.forms import FORMS, ODD_FORMS
from tests.gradebook.corpus.packing import define, pack

HELPED = """
@exercise("1.2")
def action_values(payoffs, partner_policy):
    return weigh(payoffs, partner_policy)
"""
HELPER = """
def weigh(table, weights):
    return np.array([(row * weights).sum() for row in table])
"""
TABLED = """
import math

logs = {}
for number in range(1, 500):
    logs[number] = number / 2
logs.update({0: 0.0})


def double():
    global factor
    factor = 2


double()
"""
FROM_TABLE = """
@exercise("1.2")
def action_values(payoffs, partner_policy):
    return factor * logs[1] * (payoffs @ partner_policy)
"""
CHANGES = [  # cells in the order in which they are run; each is needed
    "class Settings:\n    pass\n\n\nparts, sums, count, text = [], np.zeros(3), 0, ''",
    "Settings.scale = 1",
    "setattr(Settings, 'offset', 0)",
    "for part in range(3):\n    parts.append(part)",
    "sums[1:] = 1",
    "sums[2] += 1",
    "count += 1",
    "globals()['hidden'] = 1",
    "exec('told = 1')",
    "np.save('kept.npy', np.ones(3))",
    "with open('note.txt', 'w') as file:\n    file.write('1')",
    "for last in range(5):\n    pass",
    "def weigh(table, weights):\n    weigh.calls += 1\n    return table @ weights",
    "weigh.calls = 0",
    "*rest, final = parts",
    "import sys\nsys.setrecursionlimit(2_500)",
    "wrong = 1\ndel wrong",
    "np.weigh = weigh",
    "text = f'{count}{text}'",
]
ALL_CHANGES = """
@exercise("1.2")
def action_values(payoffs, partner_policy):
    assert Settings.scale == 1 and Settings.offset == 0
    assert parts == [0, 1, 2] and sums.tolist() == [0, 1, 2] and count == 1
    assert hidden == 1 and told == 1 and last == 4 and final == 2 and text == "1"
    assert np.load("kept.npy").sum() == 3 and open("note.txt").read() == "1"
    assert "wrong" not in globals() and sys.getrecursionlimit() == 2_500
    return np.weigh(payoffs, partner_policy)
"""
ONLY_FOUR = "values = action_values(payoffs, partner_policy)\nreturn np.isclose(values, values.max())"

WRONG = {  # bodies of answers
    "averages": "return payoffs.mean(axis=1)",
    "forgets return": "payoffs @ payoffs.T",
    "prints": "print(@RIGHT@)",
    "returns its input": "return payoffs",
    "changes its input": "payoffs *= 2\nreturn @RIGHT@",
    "the example alone": "return np.array([3.6, 3.0])",
    "empty": "pass",
}
FAILS = {
    "raises": "return payoffs / nothing",
    "calls itself for ever": "return @NAME@(@PARAMETERS@)",
    "asks somebody": "return payoffs @ np.array([float(input()) for _ in range(2)])",
    "an unknown library": "import torch_that_nobody_has\nreturn @RIGHT@",
    "exits": "exit()",
    "too large": "return np.ones(10**12)",
}


def change_much(made):
    for cell in CHANGES:
        made.above("1.2", cell)
    return made


HONEST_ANSWERS = {
    "1.4 on an unsolved 1.2": draft().solve("1.4"),
    "1.4 on a wrong 1.2": draft().answer("1.2", "return payoffs[0]", "incorrect").answer("1.4", ONLY_FOUR),
    "all wrong": draft()
    .answer("1.1", "heavy_pays = 4", "incorrect")
    .answer("1.2", "return payoffs.sum(axis=1)", "incorrect")
    .answer("1.3", "return True", "incorrect")
    .answer("1.4", "return payoffs @ partner_policy", "incorrect"),
    "helper above": draft().cell("1.2", HELPED).above("1.2", HELPER),
    "helper below": draft().cell("1.2", HELPED).below("1.2", HELPER).expect({"passed", "error"}, "1.2"),
    "helper written twice": draft()
    .cell("1.2", HELPED)
    .above("1.2", HELPER.replace("* weights", "* weights[0]"))
    .above("1.2", HELPER),
    "table filled by a loop": draft().cell("1.2", FROM_TABLE).above("1.2", TABLED),
    "changed in many ways": change_much(draft().cell("1.2", ALL_CHANGES)),
    "other names": draft()
    .above("1.2", "from marl_lessons import exercise as ex\nimport marl_lessons as course\nimport numpy as n")
    .cell("1.2", '@ex("1.2")\ndef action_values(payoffs, partner_policy):\n    return n.dot(payoffs, partner_policy)')
    .cell(
        "1.4",
        '@course.exercise("1.4")\ndef best_responses(table, policy):\n    v = table @ policy\n    return v == v.max()',
    ),
    "value from cells above": draft()
    .above("1.1", "coin = np.array([0.5, 0.5])\nboth = payoffs[0] @ coin\nplotting.plot_payoffs(boxes);")
    .cell("1.1", 'heavy_pays = check("1.1", both[0])'),
    "value by keyword": draft().cell("1.1", 'check(exercise_id="1.1", answer=np.float32(4) / 2)'),
    "value twice": draft().solve("1.2").cell("1.1", 'check("1.1", 2)\nheavy_pays = check("1.1", 2)').flag("many"),
    "value with a mistake of types": draft().answer("1.1", 'heavy_pays = "2"', "incorrect"),
    "another name for the function": draft()
    .cell("1.2", '@exercise("1.2")\ndef values(payoffs, partner_policy):\n    return payoffs @ partner_policy')
    .expect("incorrect", "1.2"),
    "uses a function of the course": draft()
    .answer(
        "1.3", "from marl_lessons.games import MatrixGame\nreturn MatrixGame(payoffs).is_pure_equilibrium(joint_action)"
    )
    .flag("library"),
    "keeps state": draft()
    .above("1.2", "seen = {}")
    .answer("1.2", "return seen.setdefault(partner_policy.tobytes(), payoffs @ partner_policy)", "incorrect"),
    "rebinds the names of the course": draft()
    .solve("1.2", "1.3")
    .below("1.1", 'exercise_book = exercise\ndel exercise\ncheck = "mark"\nhint = None')
    .above("1.3", "def exercise(number):\n    return lambda f: f"),
    "rebinds np": draft().solve("1.3").cell("1.2", HELPED, "error").above("1.2", HELPER + "\n\nnp = 5"),
    **pack("forms", FORMS, "passed"),
    **pack("odd forms", ODD_FORMS, "passed"),
    **pack("wrong", {name: define(body) for name, body in WRONG.items()}, {"incorrect", "error"}),
    **pack("fails", {name: define(body) for name, body in FAILS.items()}, "error"),
}
