"""Answers to exercise 3.1."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "3.1": Answers(
        right=[
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)",
            "return np.linalg.inv(np.identity(len(rewards)) - gamma * transitions) @ rewards",
            "return np.linalg.lstsq(np.eye(len(rewards)) - gamma * transitions, rewards, rcond=None)[0]",
            "return np.linalg.solve((np.eye(len(rewards)) - gamma * transitions).astype(np.float32), rewards)",
            """
            matrix = (np.eye(len(rewards)) - gamma * transitions).astype(np.float32)
            return np.linalg.solve(matrix, rewards.astype(np.float32))
            """,
            Cell("policy_values = lambda P, r, g: np.linalg.solve(np.eye(len(r)) - g * P, r)"),
            Cell("""
            class Chain:
                def __init__(self, rounds):
                    self.rounds = rounds
                def __call__(self, P, r, gamma):
                    values = np.zeros_like(r, dtype=float)
                    for _ in range(self.rounds):
                        values = r + gamma * P.dot(values)
                    return values

            policy_values = Chain(250)
            """),
            Cell("""
            def improve(values, P, r, gamma, rounds):
                return values if rounds == 0 else improve(r + gamma * P @ values, P, r, gamma, rounds - 1)

            def policy_values(P, r, gamma):
                return improve(0.0 * r, P, r, gamma, 250)
            """),
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = rewards + gamma * transitions @ values
            return values
            """,
            """
            values, change = np.zeros(len(rewards)), 1
            while change > 1e-4:
                before = values
                values = rewards + gamma * (transitions @ before)
                change = abs(values - before).max()
            return values
            """,
            """
            values = rewards
            while True:
                new_values = rewards + gamma * transitions @ values
                if np.allclose(new_values, values):
                    return new_values
                values = new_values
            """,
            """
            num_states = len(rewards)
            values = [0.0] * num_states
            for _ in range(150):
                for s in range(num_states):
                    values[s] = rewards[s] + gamma * sum(transitions[s, t] * values[t] for t in range(num_states))
            return np.array(values)
            """,
            """
            values, chance = np.zeros(len(rewards)), np.eye(len(rewards))
            for step in range(250):
                values = values + gamma**step * chance @ rewards
                chance = chance @ transitions
            return values
            """,
            """
            values, moves = np.array(rewards, dtype=float), gamma * transitions
            for _ in range(12):
                values, moves = values + moves @ values, moves @ moves
            return values
            """,
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = rewards + gamma * np.einsum("st,t->s", transitions, values)
            return values
            """,
        ],
        wrong={
            """
            moves = gamma * transitions
            return np.linalg.solve(np.eye(len(rewards)) - moves, transitions @ rewards)
            """: "You begin with the reward of the next state",
            "return np.linalg.solve(np.eye(2) - gamma * transitions[:2, :2], rewards[:2])": "got shape (2,)",
            "return rewards / (1 - gamma) @ transitions": "# expected: [1.333333, 0.666667]",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards).round(3)": "but rounded",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards).astype(int)": "but rounded",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)[::-1]": "in the reverse order",
            "return -np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)": "with the other sign",
            """
            values = np.zeros(len(rewards))
            for _ in range(300):
                values = rewards + gamma * transitions @ values
                return values
            """: Told("does `return` stand inside it", never=("what the next states are worth: ",)),
            """
            values = np.zeros(len(rewards))
            for _ in range(100):
                values = np.maximum(rewards + gamma * transitions @ values, 0)
            return values
            """: "# expected:",
            """
            values = np.zeros(len(rewards))
            for _ in range(int(1 / (1 - gamma))):
                values = rewards + gamma * transitions @ values
            return values
            """: Told("rounds, by the case, and not there yet", never=("rounded",)),
            """
            values = np.zeros(len(rewards))
            while True:
                new = rewards + gamma * transitions @ values
                if abs(new - values).max() < 0.1:
                    return new
                values = new
            """: "rounds, by the case, and not there yet",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions.round(), rewards)": "# expected:",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * (transitions > 0), rewards)": "# expected:",
            Cell("""
            gamma = 0.9

            def policy_values(P, r, discount):
                return np.linalg.solve(np.eye(len(r)) - gamma * P, r)
            """): "Your answer is that for a discount of 0.9",
            # The ideas that the lesson knows by name.
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions.T, rewards)": "You add up the states",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = rewards + gamma * values @ transitions
            return values
            """: "You add up the states that lead *into* a state.",
            "return rewards + gamma * transitions @ rewards": "You looked two rewards ahead",
            "return rewards.astype(float)": "This is the first reward only",
            "return rewards / (1 - gamma)": "as if it led back to itself",
            "return np.linalg.solve(np.eye(len(rewards)) + gamma * transitions, rewards)": "Mind the sign",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = gamma * (rewards + transitions @ values)
            return values
            """: "You discount the first reward already",
            """
            values = np.zeros(len(rewards))
            for _ in range(120):
                values = rewards + gamma * (gamma * transitions) @ values
            return values
            """: "You apply gamma twice",
            "return np.linalg.solve(np.eye(len(rewards)) - 0.9 * transitions, rewards)": "Your answer is that for a",
            """
            values = np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)
            return values - rewards
            """: "The reward of the state itself is missing",
            """
            values = np.zeros(len(rewards))
            for _ in range(250):
                values = rewards + gamma * np.where(transitions > 0, values, -np.inf).max(axis=1)
            return values
            """: "You go on with the best of the next states",
            """
            values = np.zeros(len(rewards))
            while True:
                new = rewards + gamma * transitions @ values
                if np.isclose(new, values).any():
                    return new
                values = new
            """: "not there yet",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards).round(5)": "but rounded",
            # Others that look like them.
            """
            values = np.zeros(len(rewards))
            for _ in range(100):
                values = rewards + gamma * np.where(transitions > 0, values, np.inf).min(axis=1)
            return values
            """: Told("# expected:", never=("the best of the next", "the likeliest")),
            """
            values = np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)
            return values - gamma * rewards
            """: Told("# expected:", never=("of the state itself",)),
            """
            values = np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)
            return 0.99 * values
            """: Told("0.99 times the right one", never=("rounds", "averages over time")),
            """
            values = np.ones(len(rewards))
            for _ in range(20):
                values = rewards + gamma * transitions @ values
            return values
            """: Told("# expected:", never=("rounds, and not there", "rounded")),
            """
            return np.linalg.solve(np.eye(len(rewards)) - gamma * (transitions + transitions.T) / 2, rewards)
            """: Told("#", never=("lead *into* a state",)),
            """
            moves = transitions * (1 - np.eye(len(rewards)))
            return np.linalg.solve(np.eye(len(rewards)) - gamma * moves, rewards)
            """: "# expected:",
            Cell("""
            inverse = {}

            def policy_values(transitions, rewards, gamma):
                n = len(rewards)
                if n not in inverse:
                    inverse[n] = np.linalg.inv(np.eye(n) - gamma * transitions)
                return inverse[n] @ rewards
            """): "Your function changes the notebook variable `inverse`",
            "return np.linalg.lstsq(np.eye(len(rewards)) - gamma * transitions, rewards, rcond=None)": "which one",
            "return np.linalg.lstsq(1 - gamma * transitions, rewards, rcond=None)[0]": "# expected: [1.333333",
            """
            values = np.zeros(len(rewards))
            for _ in range(150):
                values = rewards + gamma * (transitions * values).mean(axis=1)
            return values
            """: "as `mean` does",
            """
            values = np.zeros(len(rewards))
            for _ in range(300):
                values = rewards + gamma * transitions[:, :-1] @ values[:-1]
            return values
            """: "You leave out the last of the next states",
            """
            values = np.zeros(len(rewards))
            for _ in range(100):
                values = rewards + gamma * transitions[:, 1:] @ values[1:]
            return values
            """: Told("# expected:", never=("the last of the next states",)),
            # Values without a bound.
            "return np.linalg.solve(np.eye(len(rewards)) - transitions, rewards)": "`LinAlgError: Singular matrix`",
            """
            values = np.zeros(len(rewards))
            for _ in range(300):
                values = rewards + transitions @ values
            return values
            """: "no value can be above 3/(1 − 0.9) = 30",
            """
            values = np.zeros(len(rewards))
            for _ in range(100):
                values += rewards + gamma * transitions @ values
            return values
            """: "Is `gamma` missing",
            # Values that are near.
            """
            values = np.zeros(len(rewards))
            for _ in range(25):
                values = rewards + gamma * transitions @ values
            return values
            """: "Your values are those after 25 rounds, and not there yet.",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards).round(1)": "Your values are",
            # Other numbers.
            """
            values = np.zeros(len(rewards))
            for _ in range(5):
                values = rewards + gamma * transitions @ values
            return values
            """: "Your values are those after 5 rounds",
            "return rewards + gamma * transitions.mean(axis=1) @ rewards": "# expected: [1.333333, 0.666667]",
            "return np.linalg.solve(np.eye(len(rewards)) - transitions, rewards / gamma)": "Your code raised",
            "return (1 - gamma) * np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)": "Your values",
            "return np.linalg.solve(1 - gamma * transitions, rewards)": "`1 - gamma * transitions` takes every entry",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma, rewards)": "LinAlgError: Singular matrix",
            """
            values = np.zeros(len(rewards))
            for _ in range(60):
                values = np.max(rewards + gamma * transitions * values, axis=1)
            return values
            """: "# expected: [1.333333, 0.666667]",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = rewards + gamma * values[transitions.argmax(axis=1)]
            return values
            """: "You go on with the likeliest next state only",
            """
            mean = rewards.mean() / (1 - gamma)
            return rewards + gamma * mean
            """: "Your function never reads its parameter `transitions`.",
            # Results of another kind.
            "np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)": "Did you forget `return`?",
            "print(np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards))": "The result is `None`.",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards).mean()": "got a float64",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards[:, None])": "got shape (3, 1)",
            "return np.linalg.inv(np.eye(len(rewards)) - gamma * transitions) * rewards": "got shape (3, 3)",
            "return list(np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards))": "Wrap it in",
            "return rewards + gamma * transitions * rewards": "got shape (3, 3)",
            "return np.full(len(rewards), np.inf)": "are infinite (often 1/0)",
            """
            values = np.zeros_like(rewards)
            for _ in range(150):
                for s in range(len(rewards)):
                    values[s] = rewards[s] + gamma * transitions[s] @ values
            return values
            """: "Your answer is right if the numbers in `rewards` are given as",
            """
            values = np.zeros_like(rewards)
            for _ in range(60):
                new = np.zeros_like(rewards)
                for s in range(len(rewards)):
                    new[s] = rewards[s] + gamma * transitions[s] @ values
                values = new
            return values
            """: "If the numbers in `rewards` are whole, your result can hold only whole ones, too",
            # Inputs that change, and code that does not run.
            """
            rewards = rewards.astype(float)
            transitions *= gamma
            return np.linalg.solve(np.eye(len(rewards)) - transitions, rewards)
            """: "changed its input `transitions`",
            "return np.linalg.solve(np.eye(2) - gamma * transitions, rewards)": "ValueError",
            "return np.linalg.solve(np.eye(18) - gamma * transitions, rewards)": "Your code raised `ValueError:",
            "return np.linalg.solve(rewards, np.eye(len(rewards)) - gamma * transitions)": "LinAlgError",
            "return np.solve(np.eye(len(rewards)) - gamma * transitions, rewards)": "AttributeError",
            "return rewards + gamma * transitions @ values": "NameError: name 'values' is not defined",
            "return rewards + gamma * transitions @ policy_values(transitions, rewards, gamma)": "RecursionError",
            Cell("""
            def policy_values(rewards, transitions, gamma):
                return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)
            """): "Keep the order of the parameters, `policy_values(transitions,",
        },
    ),
}
