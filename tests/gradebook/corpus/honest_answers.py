"""Honest notebooks: right answers written in many ways, and wrong ones."""

from tests.gradebook.corpus.drafts import draft

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
ONLY_FOUR = "values = action_values(payoffs, partner_policy)\nreturn np.isclose(values, values.max())"

FORMS = {
    "lambda": 'action_values = exercise("1.2")(lambda payoffs, partner_policy: payoffs @ partner_policy)',
    "class": """
    class Weigher:
        def __call__(self, payoffs, partner_policy):
            return payoffs @ partner_policy


    action_values = Weigher()
    action_values = exercise("1.2")(action_values)
    """,
    "partial": """
    import functools

    action_values = functools.partial(np.einsum, "ab,b->a")
    action_values = exercise("1.2")(action_values)
    """,
    "decorated": """
    import functools
    import time


    def timed(function):
        @functools.wraps(function)
        def wrapper(*arguments):
            start = time.perf_counter()
            result = function(*arguments)
            wrapper.seconds = time.perf_counter() - start
            return result

        return wrapper


    @exercise("1.2")
    @timed
    def action_values(payoffs, partner_policy):
        return payoffs @ partner_policy
    """,
    "under main": """
    if __name__ == "__main__":

        @exercise("1.2")
        def action_values(payoffs, partner_policy):
            return payoffs @ partner_policy
    """,
    "in a function": """
    def main():
        @exercise("1.2")
        def action_values(payoffs, partner_policy):
            return payoffs @ partner_policy

        return action_values


    action_values = main()
    """,
    "number in a variable": """
    which = "1.2"


    @exercise(which)
    def action_values(payoffs, partner_policy):
        return payoffs @ partner_policy
    """,
    "decorator kept": """
    mark = exercise("1.2")


    @mark
    def action_values(payoffs, partner_policy):
        return payoffs @ partner_policy
    """,
    "annotated from the future": """
    from __future__ import annotations

    @exercise("1.2")
    def action_values(payoffs: ndarray, partner_policy: ndarray) -> ndarray:
        return payoffs @ partner_policy
    """,
    "recursion": """
    @exercise("1.2")
    def action_values(payoffs, partner_policy):
        if len(payoffs) == 1:
            return payoffs[0] @ partner_policy[:, None]
        half = len(payoffs) // 2
        return np.append(action_values(payoffs[:half], partner_policy), action_values(payoffs[half:], partner_policy))
    """,
    "awaits": """
    import asyncio

    await asyncio.sleep(0)


    @exercise("1.2")
    def action_values(payoffs, partner_policy):
        return payoffs @ partner_policy
    """,
    "star import": """
    from numpy import *

    @exercise("1.2")
    def action_values(payoffs, partner_policy):
        return einsum("ab,b->a", payoffs, partner_policy)
    """,
    "try import": """
    try:
        import torch_that_nobody_has as backend
    except ImportError:
        backend = np

    @exercise("1.2")
    def action_values(payoffs, partner_policy):
        return backend.matmul(payoffs, partner_policy)
    """,
    "random order": """
    @exercise("1.2")
    def action_values(payoffs, partner_policy):
        order = np.random.permutation(len(partner_policy))
        return payoffs[:, order] @ partner_policy[order]
    """,
    "plots and prints": """
    import matplotlib.pyplot as plt

    @exercise("1.2")
    def action_values(payoffs, partner_policy):
        plt.plot(partner_policy)
        plt.show()
        plt.close("all")
        print(payoffs)
        return payoffs @ partner_policy
    """,
    "prints a megabyte": """
    @exercise("1.2")
    def action_values(payoffs, partner_policy):
        print("x" * 1_000_000)
        return payoffs @ partner_policy
    """,
    "magic": """
    %matplotlib inline
    !ls
    files = !ls
    np.einsum?

    @exercise("1.2")
    def action_values(payoffs, partner_policy):
        return payoffs @ partner_policy
    """,
    "timed cell": """
    %%time
    @exercise("1.2")
    def action_values(payoffs, partner_policy):
        return payoffs @ partner_policy
    """,
    "nearly": '@exercise("1.2")\ndef action_values(payoffs, policy):\n    return (payoffs @ policy) + 1e-13',
}
WRONG = {  # the answer to 1.2, and what it comes to
    "averages": ("return payoffs.mean(axis=1)", "incorrect"),
    "forgets return": ("payoffs @ partner_policy", "incorrect"),
    "prints": ("print(payoffs @ partner_policy)", "incorrect"),
    "returns its input": ("return payoffs", "incorrect"),
    "changes its input": ("payoffs *= partner_policy\nreturn payoffs.sum(axis=1)", {"incorrect", "error"}),
    "docstring's example": ("return np.array([3.6, 3.0])", "incorrect"),
    "raises": ("return payoffs / nothing", "error"),
    "calls itself for ever": ("return action_values(payoffs, partner_policy)", "error"),
    "asks somebody": ("return payoffs @ np.array([float(input()) for _ in partner_policy])", "error"),
    "an unknown library": ("import torch_that_nobody_has\nreturn payoffs @ partner_policy", "error"),
    "exits": ("exit()", "error"),
}

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
    **{f"form: {name}": draft().cell("1.2", text) for name, text in FORMS.items()},
    **{f"wrong: {name}": draft().solve("1.3").answer("1.2", *wrong) for name, wrong in WRONG.items()},
}
