"""Answers to exercise 3.4."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "3.4": Answers(
        right=[
            """
            if h:
                return 2, 2
            if not a:
                return 1, 1
            if not b:
                return 0, 0
            return 0, 1
            """,
            """
            if h == 1:
                return (2, 2)
            if a >= 1 and b >= 1:
                return (1, 0)
            return (0, 0) if a > 0 else (1, 1)
            """,
            """
            if h:
                return np.array([2, 2])
            if a == b:
                return np.array([0, 1])
            return np.array([0, 0]) if a > b else np.array([1, 1])
            """,
            """
            if h > 0:
                return [2, 2]
            if a == 2 and b == 0:
                return [0, 0]
            if a == 0 and b == 2:
                return [1, 1]
            return [0, 1]
            """,
            """
            if h == 1:
                pair = 2.0, 2.0
            elif a + b == 0:
                pair = 2, 2
            else:
                first = 0 if a else 1
                left = (a, b)[1 - first]
                pair = first, 1 - first if left else first
            return pair
            """,
            # Other ties: where one task or none is left, the second worker may go anywhere.
            """
            if h:
                return 2, 2
            if a > b:
                return 0, 0
            if b > a:
                return 1, 1
            return 0, 1
            """,
            """
            if h:
                return 2, 2
            if a > b:
                return 0, 1 if b else 0
            if b > a:
                return 0 if a else 1, 1
            return 1, 0
            """,
            """
            if h == 1:
                return 2, 2
            if a == 0 and b == 0:
                return 0, 0
            if a == 0:
                return (1, 1) if b == 2 else (2, 1)
            if b == 0:
                return (0, 0) if a == 2 else (0, 2)
            return 1, 0
            """,
            """
            if h == 1:
                return 2, 2
            if a + b == 1:
                return (0, 1)
            return (0, 0) if b == 0 else (1, 1) if a == 0 else (1, 0)
            """,
            Cell("choose_pair = lambda a, b, h: (2, 2) if h else (0 if a else 1, 1 if b else 0)"),
            Cell("""
            from marl_lessons import environments, solvers

            game = environments.Dispatch()
            plan = solvers.value_iteration(game.to_tabular(), 0.9).joint_actions

            class Plan:
                def __call__(self, a, b, h):
                    return plan[game.states.tolist().index([a, b, h])]

            choose_pair = Plan()
            """),
            Cell("""
            rule = {(0, 0): (0, 1), (0, 1): (2, 1), (1, 0): (0, 2), (0, 2): (1, 1), (2, 0): (0, 0)}

            def choose_pair(a, b, h):
                print(a, b, h)
                return (2, 2) if h else rule.get((a, b), (1, 0))
            """),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return 2, 2": "Both go to H although nothing waits there",
            "return 0, 1": Told("You leave the heavy task alone", never=("careful team",)),
            """
            if h == 1:
                return 2, 2
            return 1, 0
            """: "Worker 0 always serves B and worker 1 always A",
            """
            if h == 1:
                return 2, 0 if a else 1
            return (0, 1) if a and b else (0, 0) if a else (1, 1)
            """: Told("Worker 0 goes to a heavy task alone", never=("Worker 1 goes",)),
            """
            if h == 1:
                return 0 if a else 1, 2
            return (0, 1) if a and b else (0, 0) if a else (1, 1)
            """: "Worker 1 goes to a heavy task alone",
            """
            if h == 1:
                return 2, 0
            return 0, 1
            """: Told("One worker goes to H alone, which costs 2. A heavy task takes both.", never=("never reads",)),
            """
            if h == 1:
                return 0, 2
            return (0, 1) if a and b else (0, 0) if a else (1, 1)
            """: "One worker goes to H alone, which costs 2",
            """
            if h == 1:
                return 2, 1
            return (0, 1) if a and b else (0, 0) if a else (1, 1)
            """: "One worker goes to H alone, which costs 2",
            """
            if h == 1:
                return 1, 2
            return (0, 1) if a and b else (0, 0) if a else (1, 1)
            """: Told("One worker goes to H alone", never=("Worker 1 goes",)),
            "return (0, 0) if a >= b else (1, 1)": "Both always serve the longer queue.",
            "return (0, 1) if a and b else (0, 0) if a else (1, 1)": "Your team scores 45.9. This is a careful team",
            """
            if h and a + b < 2:
                return 2, 2
            return (0, 1) if a and b else (0, 0) if a else (1, 1)
            """: "two light tasks pay 2, a heavy one",
            """
            if h and a + b == 0:
                return 2, 2
            return (0, 1) if a and b else (0, 0) if a else (1, 1)
            """: Told("only if no light task waits", never=("were `h - 1`",)),
            """
            if h:
                return 2, 2
            return (0, 0) if a else (1, 1)
            """: Told("send one to each", never=("too small",)),
            """
            if h:
                return 2, 2
            return (1, 1) if b else (0, 0)
            """: Told("send one to each", never=("too large",)),
            # An action is a name: its size means nothing.
            """
            if h == 1:
                return 1, 1
            return (0, 1) if a and b else (0, 0) if a else (1, 1)
            """: Told("In this step your pair earns", never=("too small", "times the right one", "np.clip", "x.max()")),
            """
            if h == 1:
                return 2, 2
            return (0, 0) if a + b < 4 else (0, 1)
            """: Told("In this step your pair earns", never=("too small", "too large")),
            # Teams that are nearly there, and others.
            """
            if h == 1:
                return 2, 2
            if a == 2:
                return 0, 0
            return (0 if a else 1), (1 if b else 0)
            """: Told(
                "Both pairs earn 2 now. But if both serve A, B stays full and turns new tasks away: you lose later.",
                never=("the expected one 2",),
            ),
            """
            if h == 1:
                return 2, 2
            if b == 2:
                return 1, 1
            return (0 if a else 1), (1 if b else 0)
            """: "if both serve B, A stays full",
            """
            if h == 1:
                return 2, 2
            return 0, 1
            """: Told("Your team scores 99.3. Each worker keeps to its own queue", never=("heavy task alone",)),
            """
            if h == 1:
                return 2, 2
            return (0, 0) if a >= b else (1, 1)
            """: "Both always serve the longer queue",
            """
            if h == 1:
                return 2, 2
            return (1, 1) if a >= b else (0, 0)
            """: "# expected:",
            """
            if h == 0:
                return 2, 2
            return (0, 1) if a and b else (0, 0) if a else (1, 1)
            """: "# expected:",
            """
            if h == 1:
                return (0, 1) if a == b == 2 else (2, 2)
            return (0, 1) if a and b else (0, 0) if a else (1, 1)
            """: "both light queues are full",
            """
            if h == 1:
                return (0, 1) if a + b == 0 else (2, 2)
            return (0, 1) if a and b else (0, 0) if a else (1, 1)
            """: "In this step your pair earns 0, the expected one 4.",
            """
            if h == 1:
                return 2, 2
            return (0, 1) if a and b else (1, 1) if a else (0, 0)
            """: "In this step your pair earns 0",
            "return 0, 0": "Your team scores",
            """
            pairs = [(0, 1), (0, 0), (1, 1), (2, 2)]
            return pairs[np.random.randint(4)]
            """: "#",
            # Results of another kind.
            """
            if h == 1:
                return 2, 2
            """: "Did you forget `return`?",
            """
            if h == 1:
                2, 2
            """: "Did you forget `return`?",
            "return 2 if h else 0": "Expected two whole numbers from 0 to 2",
            """
            if h == 1:
                return "H", "H"
            return "A", "B"
            """: "Expected two whole numbers from 0 to 2",
            """
            if h == 1:
                return 3, 3
            return (1, 2) if a and b else (1, 1) if a else (2, 2)
            """: "Expected two whole numbers from 0 to 2",
            "return a, b, h": "Expected two whole numbers from 0 to 2",
            """
            chances = np.zeros((2, 3))
            chances[:, 2] = 1
            return chances
            """: "Expected two whole numbers from 0 to 2",
            "return 0.5, 1.5": "Expected two whole numbers from 0 to 2",
            # Code that does not run.
            """
            if h == 1:
                return H, H
            return A, B
            """: "is not defined",
            "return (2, 2) if h[0] else (0, 1)": "Your code raised `TypeError",
            Cell("""
            def choose_pair(state):
                a, b, h = state
                return (2, 2) if h else (0, 1)
            """): "Keep the parameters",
        },
    ),
}
