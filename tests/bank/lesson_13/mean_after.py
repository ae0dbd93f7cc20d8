"""Answers to exercise 13.3."""

from tests.bank.bank import Answers, Cell, Told


def loop(line="means = np.tanh(2 * means / temperatures)", end="return means", rounds="range(rounds)", first=""):
    """Write the usual loop, with other lines in it."""
    first = first or "means = np.full(len(temperatures), float(start))"
    return f"""
            {first}
            for _ in {rounds}:
                {line}
            {end}
            """


ANSWERS = {
    "13.3": Answers(
        right=[
            loop(),
            """
            import math
            result = []
            for t in temperatures:
                m = float(start)
                for _ in range(rounds):
                    m = math.tanh(2 * m / t)
                result.append(m)
            return np.array(result)
            """,
            loop("up = 1 / (1 + np.exp(-4 * means / temperatures)); means = 2 * up - 1"),
            """
            go = lambda means, left: go(np.tanh(means * 2 / temperatures), left - 1) if left else means
            means = np.full(len(temperatures), 1.0 * start)
            while rounds > 0:  # in pieces that are not too deep
                means, rounds = go(means, min(rounds, 50)), rounds - 50
            return means
            """,
            """
            means, left = start + 0.0 * temperatures, rounds
            while left > 0:
                ratio = np.exp(4 * means / temperatures)
                means = (ratio - 1) / (ratio + 1)
                left -= 1
            return means
            """.replace("np.exp(4 * means / temperatures)", "np.exp(np.clip(4 * means / temperatures, -40, 40))"),
            """
            history = np.zeros((rounds + 1, len(temperatures)))
            history[0] = start
            for t in range(rounds):
                history[t + 1] = np.tanh(2 * history[t] / temperatures)
            return history[-1]
            """,
            Cell("""
            from functools import reduce
            go = lambda means, tau: np.tanh(2 * means / tau)
            mean_after = lambda m, tau, n: reduce(lambda x, _: go(x, tau), range(n), np.full(len(tau), 1.0 * m))
            """),
            Cell("""
            class Crowd:
                def __call__(self, start, temperatures, rounds):
                    self.means = np.repeat(np.float64(start), len(temperatures))
                    for _ in range(rounds):
                        self.answer(temperatures)
                    return self.means

                def answer(self, temperatures):
                    self.means = np.tanh(self.means / (temperatures / 2))

            mean_after = lambda *crowd: Crowd()(*crowd)
            """),
        ],
        wrong={
            loop("means = np.tanh(2 * start / temperatures)"): "answers the *start*",
            "return np.tanh(2 * np.full(len(temperatures), float(start)) / temperatures)": "one round, whatever",
            loop("means = np.tanh(2 * means / temperatures)\n                return means", end=""): (
                "does `return` stand inside"
            ),
            loop("means = np.tanh(2 * means / temperatures)\n                return means"): "a `return` stands inside",
            loop(first="means = start"): Told("you return `start`, one number", never=("squeeze",)),
            loop(first="means = np.tanh(2 * start / temperatures)", rounds="range(1, rounds)"): (
                "Wrong only where `rounds` is 0"
            ),
            loop("means = means * np.tanh(2 / temperatures)"): "outside of tanh",
            loop("means = np.tan(2 * means / temperatures)"): "the tangent",
            loop(end="return np.where(temperatures < 2, means, 0.0)"): "You put 0 at temperatures from 2 up",
            loop(rounds="range(1)"): "You take one round, whatever `rounds` is",
            loop(rounds="range(rounds + 1)"): "one round more",
            loop(rounds="range(1, rounds)"): "one round less",
            """
            m, result = float(start), []
            for t in temperatures:
                for _ in range(rounds):
                    m = np.tanh(2 * m / t)
                result.append(m)
            return np.array(result)
            """: "goes on where the one before has ended",
            loop(
                "means = np.full(len(temperatures), np.tanh(2 * means / temperatures).mean())"
            ): "You mix the temperatures",
            loop("means = np.tanh(means / temperatures)"): "lacks the 2",
            loop("means = np.tanh(means / 2 * temperatures)"): "Right in",
            loop("means = np.tanh(means / (2 * temperatures))"): "You divide by 2τ",
            loop("means = np.tanh(2 * means * temperatures)"): "You multiply by the temperature",
            loop("means = np.tanh(2 * means) / temperatures"): "*after* tanh",
            loop("means = 2 * np.tanh(means / temperatures)"): "stands before tanh",
            loop("means = np.tanh(4 * means / temperatures)"): "differ by 4m",
            loop("means = 1 / (1 + np.exp(-4 * means / temperatures))"): "how *likely* 1 is",
            loop("means = (means + np.tanh(2 * means / temperatures)) / 2"): "You go half way",
            loop("means += np.tanh(2 * means / temperatures)"): "You add the answer",
            loop("means = abs(np.tanh(2 * means / temperatures))"): "lose their sign",
            loop("means = 2 * means / temperatures"): "lack tanh",
            loop("means = np.clip(2 * means / temperatures, -1, 1)"): "bends towards 1",
            loop("means = np.tanh(2 * means / temperatures).round(3)"): "You round the mean in every round",
            loop("means[:] = np.tanh(2 * means / temperatures)", first="means = np.full(len(temperatures), start)"): (
                "Right in"
            ),
            loop(end="return means.mean()"): "Expected a NumPy array",
            loop(end="return list(means)"): "np.array",
            loop(end="means"): "Did you forget `return`?",
            loop(end="return means.round(2)"): "2 decimals",
            loop(end="return -means"): "sign",
            loop(
                "means.append(np.tanh(2 * means[-1] / temperatures))", first="means = [start + 0 * temperatures]"
            ).replace("return means", "return np.array(means)"): "Expected shape (3,)",
            """
            temperatures /= 2
            means = np.full(len(temperatures), float(start))
            for _ in range(rounds):
                means = np.tanh(means / temperatures)
            return means
            """: "`temperatures`",
            loop("means = np.tanh(2 * means / temperature)"): "name 'temperature' is not defined",
            loop(rounds="rounds"): "not iterable",
            """
            go = lambda means, left: go(np.tanh(means * 2 / temperatures), left - 1) if left else means
            return go(np.full(len(temperatures), 1.0 * start), rounds)
            """: "`RecursionError`",
            loop(rounds="range(90)"): "never reads its parameter `rounds`",
            loop(rounds="range(min(rounds, 100))"): "Wrong only where `rounds` is large",
            loop(end="return means if rounds else np.zeros(len(temperatures))"): "Wrong only where `rounds` is 0",
        },
    ),
}
