"""Answers to exercise 15.2."""

from tests.bank.bank import Answers, Cell

TOOLS = """
            from marl_lessons.cross_play import read_population
            from marl_lessons.environments import Dispatch
            states = Dispatch().states
            def team(choose):
                actions = np.array([choose(*queues) for queues in states.tolist()])  # (S, 2)
                return np.eye(3)[actions].swapaxes(0, 1)  # (2, S, 3)
            def light(a, b):
                return (1, 1) if a == 0 else (0, 0) if b == 0 else (0, 1)
            bold = team(lambda a, b, h: (2, 2) if h else light(a, b))
            careful = team(lambda a, b, h: light(a, b))"""


def cell(answer):
    """Write a cell that has teams by hand and the population, and answers with something of them."""
    return Cell(f"{TOOLS}\n            answer = {answer}\n            ")


ANSWERS = {
    "15.2": Answers(
        right=[
            cell("np.repeat(bold[None], 30, axis=0)"),
            cell("np.repeat(bold[None], 50, axis=0).astype(np.float32)"),
            cell("np.broadcast_to(0.99 * bold + 0.01 / 3, (40, 2, 18, 3))"),
            cell("np.stack([bold] * 47 + [careful] * 1)"),
            cell("np.repeat(bold[None], 30, axis=0).astype(int)"),
            Cell("""
            from marl_lessons.environments import Dispatch
            queues = Dispatch().states
            answer = np.zeros((60, 2, 18, 3))
            answer[:, 0, queues[:, 2] == 0, 0] = 1  # worker 0 to A, worker 1 to B
            answer[:, 1, queues[:, 2] == 0, 1] = 1
            answer[:, :, queues[:, 2] == 1, 2] = 1  # or both to H
            """),
            cell('read_population()["COMA, both cures, own view"]'),
            cell('read_population()["one controller"][:40]'),
        ],
        wrong={
            cell('read_population()["IQL"]'): "If they always did, the team would score 96",
            cell('read_population()["IQL, own view"]'): "There are two heaps",
            cell('read_population()["careful"]'): "Your team has 1 run.",
            cell("np.repeat(careful[None], 50, axis=0)"): "It leaves the heavy tasks alone",
            cell("np.full((50, 2, 18, 3), 1 / 3)"): "It plays nearly at random",
            cell(
                "np.repeat(0.8 * bold[None] + 0.2 / 3, 50, axis=0)"
            ): "It leaves much to chance. If each worker always did its likeliest action",
            cell("np.repeat(np.stack([bold[0], careful[1]])[None], 50, axis=0)"): "one worker goes there alone in 100%",
            cell("np.stack([bold] * 35 + [careful] * 15)"): "There are two heaps",
            cell("np.stack([bold] * 24 + [careful] * 6)"): "but the lower end of the interval is not",
            cell(
                "np.repeat(np.eye(3)[np.full((2, 18), 2)][None], 50, axis=0)"
            ): "It loses most where no heavy task waits",
            cell("np.repeat(bold[None, :, ::-1], 50, axis=0)"): "It leaves the heavy tasks alone",
            cell("np.repeat(team(lambda a, b, h: (2, 2) if h and a < 2 else light(a, b))[None], 50, axis=0)"): (
                "If they always did, the team would score 100"
            ),
            cell("bold"): "That is one team",
            cell("np.repeat(bold[None], 20, axis=0)"): "Your team has 20 runs",
            cell("np.repeat(bold.argmax(axis=2)[None], 50, axis=0)"): "Are these actions?",
            cell("np.repeat((bold[0, :, :, None] * bold[1, :, None, :])[None], 50, axis=0)"): "*joint* policies",
            cell("np.repeat(bold[None, :, :6], 50, axis=0)"): "With the own view a worker sees 6 things",
            cell("np.repeat(bold[None], 50, axis=0).swapaxes(0, 1)"): "Runs and workers have changed places",
            cell("np.repeat(bold[None], 50, axis=0).swapaxes(1, 2)"): "States and workers have changed places",
            cell("np.full((50, 2, 36, 4), 1 / 4)"): "a team for another game",
            cell("100 * np.ones(50)"): "Are these scores?",
            cell("30 * np.repeat(bold[None], 50, axis=0)"): "add up to 30",
            cell("np.repeat(bold[None], 50, axis=0) - np.repeat(careful[None], 50, axis=0)"): "Are these values?",
            cell("np.repeat(bold[None], 50, axis=0).tolist()"): "Wrap it in `np.array(...)`",
            cell("np.full((50, 2, 18, 3), np.nan)"): "nan",
            cell("np.repeat(0.9 * careful[None] + 0.1 / 3, 50, axis=0)"): "It leaves the heavy tasks alone",
            cell("np.repeat(bold[None, 0], 50, axis=0)"): "An axis is missing, that of the two workers",
            cell('read_population()["QMIX"]'): "Both go to a waiting heavy task in 51%",
            cell("{'mine': bold}"): "got a dict. Take one out of it",
            cell("lambda game: bold"): "got a function",
            Cell("""
            from marl_lessons.learners import RandomPolicy
            answer = RandomPolicy(3)
            """): "got the learner itself",
            "97": "Expected policies, got a number. Is it a score?",
            "'my team'": "Expected a NumPy array",
        },
    ),
}
