"""Answers to exercise 3.2."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "3.2": Answers(
        right=[
            "return (rewards + gamma * transitions @ values).max(axis=(1, 2))",
            """
            worth = rewards + gamma * np.einsum("sabt,t->sab", transitions, values)
            return worth.max(axis=1).max(axis=1)
            """,
            """
            future = np.tensordot(transitions, values, axes=1)
            return np.max(np.max(rewards + gamma * future, axis=-1), axis=-1)
            """,
            """
            return (rewards + gamma * (transitions * values).sum(axis=3)).reshape(len(values), -1).max(axis=1)
            """,
            """
            new = np.zeros(len(values))
            for state in range(len(values)):
                best = -np.inf
                for a in range(rewards.shape[1]):
                    for b in range(rewards.shape[2]):
                        worth = rewards[state, a, b]
                        for following, chance in enumerate(transitions[state, a, b]):
                            worth = worth + gamma * chance * values[following]
                        best = max(best, worth)
                new[state] = best
            return new
            """,
            "return np.array([(r + gamma * P @ values).max() for r, P in zip(rewards, transitions)])",
            Cell("sweep = lambda V, P, r, gamma: np.amax(r + gamma * P.dot(V), axis=(1, 2))"),
            Cell("""
            class Team:
                def __call__(self, V, P, r, gamma):
                    print("a sweep over", len(V), "states")
                    single = np.float32
                    return (r.astype(single) + single(gamma) * (P.astype(single) @ V.astype(single))).max((1, 2))

            sweep = Team()
            """),
            Cell("""
            from functools import partial

            def look_ahead(best, V, P, r, g):
                return best(r + g * P @ V)

            sweep = partial(look_ahead, lambda worth: worth.max(axis=2).max(axis=1))
            """),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return (rewards + gamma * transitions @ values).mean(axis=(1, 2))": "which is what a random team gets",
            "return (rewards + gamma * transitions @ values).sum(axis=(1, 2))": Told(
                "You add up all joint actions", never=("which is what a random team gets",)
            ),
            "return (rewards + gamma * transitions @ values).min(axis=(1, 2))": "You take the worst joint action",
            "return (rewards + gamma * transitions @ values).mean(axis=2).max(axis=1)": "let worker 0 choose",
            "return (rewards + gamma * transitions @ values).mean(axis=1).max(axis=1)": "let worker 1 choose",
            "return (rewards + gamma * transitions @ values).min(axis=2).max(axis=1)": "as an opponent would",
            """
            worth = rewards + gamma * transitions @ values
            same = min(worth.shape[1:])
            return worth[:, np.arange(same), np.arange(same)].max(axis=1)
            """: "only the joint actions in which both",
            "return (rewards + transitions @ values).max(axis=(1, 2))": "The discount is missing",
            "return (rewards + 0.9 * transitions @ values).max(axis=(1, 2))": "for a discount of 0.9, whatever",
            "return (gamma * (rewards + transitions @ values)).max(axis=(1, 2))": "You discount the reward as well",
            "return rewards.max(axis=(1, 2))": "You count the reward of this step only",
            "return (gamma * transitions @ values).max(axis=(1, 2))": "You count only what follows",
            "return rewards.max(axis=(1, 2)) + gamma * (transitions @ values).max(axis=(1, 2))": Told(
                "may belong to different joint actions", never=("mean future",)
            ),
            "return rewards.max(axis=(1, 2)) + gamma * (transitions @ values).mean(axis=(1, 2))": "the mean future of",
            "return rewards.max(axis=(1, 2)) + gamma * values": "as if the game stayed there",
            """
            hoped = np.where(transitions > 0, values, -np.inf).max(axis=-1)
            return (rewards + gamma * hoped).max(axis=(1, 2))
            """: "You hope for the best of the possible next states",
            "return values + (rewards + gamma * transitions @ values).max(axis=(1, 2))": "You add to the old values",
            "return np.maximum(values, (rewards + gamma * transitions @ values).max(axis=(1, 2)))": "keep an old value",
            """
            for _ in range(2):
                values = (rewards + gamma * transitions @ values).max(axis=(1, 2))
            return values
            """: "You sweep twice",
            """
            values = values.astype(float)
            for state in range(len(values)):
                values[state] = (rewards[state] + gamma * transitions[state] @ values).max()
            return values
            """: "new values within the same sweep",
            # Other numbers.
            """
            for _ in range(100):
                values = (rewards + gamma * transitions @ values).max(axis=(1, 2))
            return values
            """: "You sweep many times",
            "return (rewards - gamma * transitions @ values).max(axis=(1, 2))": "# expected:",
            "return np.abs(rewards + gamma * transitions @ values).max(axis=(1, 2))": "# expected:",
            "return np.maximum((rewards + gamma * transitions @ values).max(axis=(1, 2)), 0)": "# expected:",
            """
            best = np.zeros(len(values))
            for a in range(rewards.shape[1]):
                for b in range(rewards.shape[2]):
                    best = np.maximum(best, rewards[:, a, b] + gamma * transitions[:, a, b] @ values)
            return best
            """: "# expected:",
            """
            new = np.zeros_like(values)
            for state in range(len(values)):
                new[state] = (rewards[state] + gamma * transitions[state] @ values).max()
            return new
            """: "Your answer is right if the numbers in `values` are given as decimals",
            "return (rewards + gamma * transitions @ values).max(axis=(1, 2)).round(1)": "but rounded or cut off",
            """
            gamma = gamma or 0.9
            return (rewards + gamma * transitions @ values).max(axis=(1, 2))
            """: "`gamma` is 0",
            "return (rewards + gamma * transitions @ values)[:, :2, :2].max(axis=(1, 2))": "# expected:",
            # Results of another kind.
            "(rewards + gamma * transitions @ values).max(axis=(1, 2))": "Did you forget `return`?",
            "return rewards + gamma * transitions @ values": "got shape (3, 2, 2)",
            "return (rewards + gamma * transitions @ values).max()": "got a float64",
            "return (rewards + gamma * transitions @ values).max(axis=1)": "got shape (3, 2)",
            "return (rewards + gamma * transitions @ values).max(axis=(0, 1))": "got shape (2,)",
            "return [(r + gamma * P @ values).max() for r, P in zip(rewards, transitions)]": "Wrap it in",
            "return (rewards + gamma * transitions @ values).max(axis=(1, 2), keepdims=True)": "got shape (3, 1, 1)",
            "return (rewards + gamma * transitions @ values).argmax(axis=(1, 2))": "Your code raised `TypeError",
            # Inputs that change, and code that does not run.
            """
            values[:] = (rewards + gamma * transitions @ values).max(axis=(1, 2))
            return values
            """: "changed its input `values`",
            """
            rewards += gamma * transitions @ values
            return rewards.max(axis=(1, 2))
            """: "changed its input `rewards`",
            "return (rewards + gamma * values @ transitions).max(axis=(1, 2))": "Your code raised `ValueError",
            "return (rewards + gamma * transitions * values).max(axis=(1, 2))": "Your code raised `ValueError",
            "return (rewards + gamma * transitions @ V).max(axis=(1, 2))": "name 'V' is not defined",
            Cell("""
            def sweep(values, rewards, transitions, gamma):
                return (rewards + gamma * transitions @ values).max(axis=(1, 2))
            """): "Keep the order of the parameters",
        },
    ),
}
