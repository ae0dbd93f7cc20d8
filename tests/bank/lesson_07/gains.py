"""Answers to exercise 7.4."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "7.4": Answers(
        right=[
            """
            half = returns.shape[1] // 2
            late, nothing = returns[:, half:].mean(), max(baselines)
            return (late - nothing) / (best - nothing)
            """,
            """
            late = [row[len(row) // 2 :] for row in returns]
            return (np.mean(late) - np.max(baselines)) / (best - np.max(baselines))
            """,
            """
            total, count = 0, 0
            for row in returns:
                for episode in range(len(row) // 2, len(row)):
                    total += row[episode]
                    count += 1
            nothing = sorted(baselines)[-1]
            return (total / count - nothing) / (best - nothing)
            """,
            """
            nothing = max(baselines)
            missing = (best - returns[:, returns.shape[1] // 2 :].mean()) / (best - nothing)
            return 1 - missing
            """,
            """
            late = np.array_split(returns[:, ::-1], 2, axis=1)[0].mean()
            return (late - max(baselines)) / (best - max(baselines))
            """,
            """
            nothing = max(baselines)
            gains = (returns - nothing) / (best - nothing)
            return gains[:, len(returns[0]) // 2 :].mean()
            """,
            Cell("""
            gain = lambda r, b, top: (r[:, r.shape[1] // 2 :].mean() - max(b)) / (top - max(b))
            """),
            Cell("""
            class Gain:
                def __call__(self, returns, baselines, best):
                    means = np.float64(returns.mean(axis=0))
                    late = means[len(means) // 2 :].mean()
                    print("late", late)
                    return np.array((late - max(baselines)) / (best - max(baselines)))

            gain = Gain()
            """),
        ],
        wrong={
            # Which episodes count.
            "return (returns.mean() - max(baselines)) / (best - max(baselines))": "You count all episodes",
            "return (2 * returns.mean() - max(baselines)) / (best - max(baselines))": Told(
                "returns = np.array([[-9, -9, -2, -4]])", never=("-9.0",)
            ),
            """
            late = returns[:, : returns.shape[1] // 2].mean()
            return (late - max(baselines)) / (best - max(baselines))
            """: "You count the first half of the episodes",
            "return (returns[:, -1].mean() - max(baselines)) / (best - max(baselines))": "the last episode only",
            """
            late = returns[len(returns) // 2 :].mean()
            return (late - max(baselines)) / (best - max(baselines))
            """: Told("You count the second half of the *runs*", never=("You count all episodes",)),
            """
            late = returns[0, returns.shape[1] // 2 :].mean()
            return (late - max(baselines)) / (best - max(baselines))
            """: "You count the first run only",
            """
            late = returns[:, returns.shape[1] // 2 :].max()
            return (late - max(baselines)) / (best - max(baselines))
            """: "You count the best single episode",
            """
            late = returns[:, (returns.shape[1] + 1) // 2 :].mean()
            return (late - max(baselines)) / (best - max(baselines))
            """: "Wrong only where `returns` has an odd number of episodes",
            # What it is compared with.
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), min(baselines)
            return (late - nothing) / (best - nothing)
            """: "You compare with the *worst* of what learned nothing",
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), np.mean(baselines)
            return (late - nothing) / (best - nothing)
            """: "You compare with the mean of what learned nothing",
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), baselines[0]
            return (late - nothing) / (best - nothing)
            """: "You compare with the first of the baselines",
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), baselines[-1]
            return (late - nothing) / (best - nothing)
            """: "You compare with the last of the baselines",
            # The scale.
            """
            return returns[:, returns.shape[1] // 2 :].mean() / best
            """: "You divide by the best possible return",
            """
            return (returns[:, returns.shape[1] // 2 :].mean() - max(baselines)) / best
            """: "You divide by the best possible return",
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), max(baselines)
            return (late - nothing) / (best + nothing)
            """: "You add the baseline below the line",
            "return returns[:, returns.shape[1] // 2 :].mean() - max(baselines)": "This is the way it has come",
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), max(baselines)
            return (best - late) / (best - nothing)
            """: "the share of the way that is still missing",
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), max(baselines)
            return 100 * (late - nothing) / (best - nothing)
            """: "This is the gain in per cent",
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), max(baselines)
            return max(0, (late - nothing) / (best - nothing))
            """: "you stop at 0",
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), max(baselines)
            return late - nothing / best - nothing
            """: "put each of the two differences in brackets",
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), max(baselines)
            return (best - nothing) / (late - nothing)
            """: "Your fraction stands upside down",
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), max(baselines)
            return -nothing + late - nothing / best
            """: "put each of the two differences in brackets",
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), max(baselines)
            return min(1, (late - nothing) / (best - nothing))
            """: "you stop at 1",
            """
            late = returns[:, 3:].mean()
            return (late - max(baselines)) / (best - max(baselines))
            """: "the mean of nothing is `nan`",
            """
            late = returns[:, returns.shape[1] // 2 + 1 :].mean()
            return (late - max(baselines)) / (best - max(baselines))
            """: "Columns are the second axis: `returns[:, K // 2:]`",
            """
            late = returns[returns.shape[1] // 2 :].mean()
            return (late - max(baselines)) / (best - max(baselines))
            """: Told("nothing is left in your code", never=("no column is left", "Begin at column")),
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), max(baselines)
            return round((late - nothing) / (best - nothing), 1)
            """: "rounded",
            # Results of another kind, inputs that change, and code that does not run.
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(axis=1), max(baselines)
            return (late - nothing) / (best - nothing)
            """: "take the mean over the runs too",
            """
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), max(baselines)
            (late - nothing) / (best - nothing)
            """: "Did you forget `return`?",
            """
            baselines.sort()
            late, nothing = returns[:, returns.shape[1] // 2 :].mean(), baselines[-1]
            return (late - nothing) / (best - nothing)
            """: "changed its input `baselines`",
            """
            late = returns[:, returns.shape[1] / 2 :].mean()
            return (late - max(baselines)) / (best - max(baselines))
            """: "TypeError",
            """
            late = returns[:, returns.shape[1] // 2 :].mean()
            return (late - baselines.max()) / (best - baselines.max())
            """: Told("`baselines` is a list: `max(baselines)`.", never=("Print `type",)),
        },
    ),
}
