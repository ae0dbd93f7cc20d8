"""Answers to exercise 5.4."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "5.4": Answers(
        right=[
            "return np.array([(weights @ table).argmin() for table, weights in zip(values, policy)])",
            """
            answers = []
            for s in range(len(values)):
                expected = policy[s] @ values[s]
                answers.append(np.argmin(expected))
            return np.array(answers)
            """,
            "return (policy[:, :, None] * values).sum(axis=1).argmin(axis=1)",
            'return np.einsum("sa,sab->sb", policy, values).argmin(axis=-1)',
            """
            answers = np.zeros(values.shape[0], dtype=int)
            for s in range(values.shape[0]):
                least = np.inf
                for b in range(values.shape[2]):
                    total = 0
                    for a in range(values.shape[1]):
                        total += policy[s, a] * values[s, a, b]
                    if total <= least:
                        answers[s], least = b, total
            return answers
            """,
            """
            expected = (policy[:, None] @ values)[:, 0]
            last = expected.shape[1] - 1 - expected[:, ::-1].argmin(axis=1)
            return last
            """,
            Cell("""
            def answer(pair):
                expected = pair[1] @ pair[0]
                return np.random.choice(np.flatnonzero(expected <= expected.min() + 1e-9))

            challenge = lambda values, policy: np.array(list(map(answer, zip(values, policy))))
            """),
            Cell("""
            class Challenger:
                def answer(self, table, weights):
                    return max(range(table.shape[1]), key=lambda b: -(weights @ table[:, b]))

                def __call__(self, values, policy):
                    print(len(values))
                    return np.array([self.answer(*pair) for pair in zip(values, policy)])

            challenge = Challenger()
            """),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return np.array([(x @ table).argmax() for table, x in zip(values, policy)])": "what is best for you",
            "return np.array([t[x.argmax()].argmin() for t, x in zip(values, policy)])": "likeliest action only",
            "return np.array([(x[:, None] * table).min(axis=0).argmin() for table, x in zip(values, policy)])": (
                "You look for the least weighted payoff"
            ),
            "return np.array([(x @ table)[:2].argmin() for table, x in zip(values, policy)])": "first two columns only",
            "return np.full(len(values), (policy[0] @ values[0]).argmin())": "the answer of state 0 in every state",
            "return np.array([(policy[0] @ table).argmin() for table in values])": "the policy of state 0 in every",
            "return np.array([(x @ values[0]).argmin() for x in policy])": "the table of state 0 in every state",
            """
            expected = sum(x @ table for table, x in zip(values, policy))
            return np.array([expected.argmin()] * len(values))
            """: "You added up over the states as well",
            """
            answers, expected = [], 0
            for table, x in zip(values, policy):
                expected = expected + x @ table
                answers.append(expected.argmin())
            return np.array(answers)
            """: "begin where those of the state before ended",
            """
            answers = []
            for table, x in zip(values, policy):
                answer, least = 0, 0
                for b, expected in enumerate(x @ table):
                    if expected < least:
                        answer, least = b, expected
                answers.append(answer)
            return np.array(answers)
            """: "Does your search for the least begin at 0?",
            "return (policy[:, :, None] * values).sum(axis=2).argmin(axis=1)": "added up over the opponent's actions",
            # Other numbers.
            "return values.min(axis=1).argmin(axis=1)": "Your function never reads its parameter `policy`.",
            "return values.sum(axis=1).argmin(axis=1)": "Your function never reads its parameter `policy`.",
            "return policy.argmax(axis=1)": "Your function never reads its parameter `values`.",
            "return np.zeros(len(values), dtype=int)": "Your function never reads its parameter `policy`.",
            "return np.array([(x @ table).argmin() + 1 for table, x in zip(values, policy)])": "0 to 2",
            """
            expected = (policy[:, :, None] * values).sum(axis=1)
            is_best = expected <= expected.min(axis=1, keepdims=True)
            return np.where(is_best.sum(axis=1) > 1, (~is_best).argmax(axis=1), is_best.argmax(axis=1))
            """: Told("yours is none of them", never=("Wrong only where",)),
            """
            expected = (policy[:, :, None] * values).sum(axis=1)
            return np.flatnonzero(expected == expected.min(axis=1, keepdims=True)) % values.shape[2]
            """: "also where several are equally good",
            # Results of another kind.
            "return np.array([(x @ table).min() for table, x in zip(values, policy)])": "`argmin` gives the place",
            "return np.array([x @ table for table, x in zip(values, policy)])": "an axis too many",
            "return [(x @ table).argmin() for table, x in zip(values, policy)]": "Wrap it in `np.array(...)`",
            "return (policy[0] @ values[0]).argmin()": "one action of the opponent for each of 5 states",
            "np.array([(x @ table).argmin() for table, x in zip(values, policy)])": "Did you forget `return`?",
            """
            for table, x in zip(values, policy):
                return np.array([(x @ table).argmin()])
            """: "one action of the opponent for each of 5 states",
            "return np.eye(values.shape[2])[[(x @ table).argmin() for table, x in zip(values, policy)]]": "too many",
            "return (policy @ values).argmin(axis=1)": "one action of the opponent for each of 5 states",
            # Inputs that change, and code that does not run.
            """
            values *= policy[:, :, None]
            return values.sum(axis=1).argmin(axis=1)
            """: "changed its input `values`",
            "return np.array([(table @ x).argmin() for table, x in zip(values, policy)])": (
                "`@` needs the last axis on its left"
            ),
            "return np.array([(x @ table).argmin for table, x in zip(values, policy)])": "dtype object",
            "return np.array([(x @ soccer).argmin() for x in policy])": "NameError",
            Cell("""
            def challenge(policy, values):
                return np.array([(x @ table).argmin() for table, x in zip(values, policy)])
            """): "Keep the order of the parameters, `challenge(values,",
        },
    ),
}
