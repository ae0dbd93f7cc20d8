"""Answers to the exercises of lesson 00."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "0.1": Answers(
        right=[
            "return rewards.mean(axis=1)",
            "return rewards.sum(axis=1) / rewards.shape[1]",
            "return np.average(rewards, axis=-1)",
            "return np.array([sum(run) / len(run) for run in rewards])",
            """
            num_agents = rewards.shape[1]
            return rewards @ np.full(num_agents, 1 / num_agents)
            """,
            """
            averages = np.zeros(len(rewards))
            for run, team in enumerate(rewards):
                averages[run] = team.mean()
            return averages
            """,
            "return rewards.astype(np.float32).mean(axis=1)",
            "return np.apply_along_axis(np.mean, 1, rewards)",
            "return np.asarray(np.matrix(rewards).mean(axis=1)).ravel()",
            Cell("average_over_team = lambda table: table.mean(axis=-1)"),
            Cell("""
            import functools

            average_over_team = functools.partial(np.mean, axis=1)
            """),
            Cell("""
            def report(function):
                def wrapper(*arguments):
                    print(arguments)
                    return function(*arguments)
                return wrapper

            @exercise("0.1")
            @report
            def average(rewards):
                return rewards.mean(axis=1)
            """),
            Cell("""
            class Average:
                def __init__(self, axis):
                    self.axis = axis
                def __call__(self, rewards):
                    return rewards.mean(axis=self.axis)

            average_over_team = Average(1)
            """),
            Cell("""
            class Team:
                def average(self, rewards):
                    return rewards.mean(axis=1)

            average_over_team = Team().average
            """),
            Cell('average_over_team = np.vectorize(lambda team: team.mean(), signature="(n)->()")'),
            Cell("""
            def average_over_team(rewards):
                if len(rewards) == 1:
                    return np.array([rewards[0].mean()])
                half = len(rewards) // 2
                return np.concatenate([average_over_team(rewards[:half]), average_over_team(rewards[half:])])
            """),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return rewards.mean(axis=0)": "You averaged over the runs (axis 0)",
            "return rewards.sum(axis=1)": "This is the team's sum.",
            "return rewards.sum(axis=1) / 2": "right for two agents only",
            "return rewards.sum(axis=1) / rewards.shape[0]": "You divided by the number of runs",
            "return rewards[:, :2].mean(axis=1)": "You averaged over the first two agents only",
            "return rewards.sum(axis=1) / 3": Told("You divided by 3.", never=("right for two agents only",)),
            "return rewards[:, :-1].sum(axis=1) / rewards.shape[1]": Told(
                "You left out the last agent", never=("sum.",)
            ),
            "return rewards[:, 1:].sum(axis=1) / rewards.shape[1]": Told("# expected:", never=("the last agent",)),
            "return np.sort(rewards)[:, :2].mean(axis=1)": Told("than two agents", never=("the first two agents",)),
            "return rewards.sum(axis=1) / np.sqrt(rewards.shape[1])": Told(
                "# expected:", never=("team's sum", "by 2,")
            ),
            "return rewards.sum(axis=1) / rewards.size": Told("divided by", never=("the number of runs",)),
            # Mistakes that recur in every exercise.
            "return np.cumsum(rewards.mean(axis=1))": "Each number of your result contains the ones before it.",
            "return rewards.mean(axis=1) + np.roll(rewards.mean(axis=1), 1)": Told("#", never=("the ones before it",)),
            Cell("""
            cache = {}

            def average_over_team(rewards):
                if rewards.shape not in cache:
                    cache[rewards.shape] = rewards.mean(axis=1)
                return cache[rewards.shape]
            """): Told("one and the same array for different inputs", never=("writes over it",)),
            Cell("""
            memory = {}

            def average_over_team(rewards):
                if "answer" not in memory:
                    memory["answer"] = rewards.mean(axis=1)
                return memory["answer"]
            """): Told("Your function changes the notebook variable `memory`", never=("stays the same",)),
            Cell("""
            averages = []

            def average_over_team(rewards):
                averages.extend(row.mean() for row in rewards)
                return np.array(averages)
            """): "Your function changes the notebook variable `averages`",
            Cell("""
            calls = []

            def average_over_team(rewards):
                calls.append(len(rewards))
                return 2 * rewards.mean(axis=1)
            """): Told("always 2 times the right one", never=("Called twice",)),
            Cell("""
            class Average:
                def __init__(self):
                    self.calls = 0
                def __call__(self, rewards):
                    self.calls += 1
                    return rewards.mean(axis=1) * (self.calls < 3)

            average_over_team = Average()
            """): Told("its own attribute `calls`", never=("notebook variable",)),
            """
            averages = np.zeros_like(rewards[:, 0])
            for run, team in enumerate(rewards):
                averages[run] = team.mean()
            return averages
            """: "Your answer is right if the numbers in `rewards` are given as decimals",
            "return rewards.mean(axis=1).round(2)": "rounded or cut off to 2 decimals",
            "return rewards.mean(axis=1).astype(int)": Told(
                "rounded or cut off to whole", never=("given as decimals",)
            ),
            "return -rewards.mean(axis=1)": Told("with the other sign", never=("times the right one",)),
            "return 2 * rewards.mean(axis=1)": Told("always 2 times the right one", never=("You divided by 2",)),
            "return rewards.mean(axis=1) + 1": "Your answer is always 1 too large",
            "return rewards.mean(axis=1)[::-1]": "in the reverse order",
            "return np.sort(rewards.mean(axis=1))": Told("# expected:", never=("reverse order",)),
            "return np.zeros(len(rewards))": "Your answer is always 0",
            "return np.full(len(rewards), rewards.mean())": Told("# expected:", never=("whatever the input", "axis 0")),
            "return np.maximum(rewards.mean(axis=1), 0)": "always `max(x, 0)`, with 0 for what is negative",
            "return rewards.mean(axis=1) if len(rewards) < 100 else np.zeros(len(rewards))": "has hundreds of runs",
            "return rewards.mean(axis=1).squeeze() if len(rewards) > 1 else rewards.mean()": "`rewards` has one run",
            "return rewards.mean(axis=1) + 1e-4 * np.random.random(len(rewards))": "Does it draw random numbers",
            Cell("""
            seen = []

            def average_over_team(rewards):
                seen.append(1)
                return rewards.mean(axis=1) * (len(seen) < 5)
            """): "Your function changes the notebook variable `seen`",
            Cell("""
            def average_over_team(rewards, averages=[]):
                averages.extend(rewards.mean(axis=1))
                return np.array(averages[: len(rewards)])
            """): "The default of `averages` is made once and kept from call to call",
            Cell("""
            table = np.array([[1, 3], [0, 10], [5, 5]])

            def average_over_team(rewards):
                return table.mean(axis=1)
            """): "It reads the notebook's `table`",
            Cell("""
            buffer = np.zeros(1000)

            def average_over_team(rewards):
                buffer[: len(rewards)] = rewards.mean(axis=1)
                return buffer[: len(rewards)]
            """): "hands back the same memory",
            # Results of another kind.
            """
            for row in rewards:
                return row.mean()
            """: "does `return` stand inside a loop?",
            "return {run: row.mean() for run, row in enumerate(rewards)}": "`np.array(list(x.values()))`",
            "return rewards.mean(axis=1), len(rewards)": "which one array is asked for?",
            "return str(rewards.mean(axis=1))": "Return the numbers themselves",
            "return rewards.mean(axis=1)[:-1]": "Axis 0 is 2 long and should be 3",
            "return np.sqrt(rewards.prod(axis=1))": "the root of a negative number",
            "rewards.mean(axis=1)": "Did you forget `return`?",
            "return rewards.mean()": "Expected a NumPy array of shape (3,)",
            "return rewards.mean(axis=1).tolist()": "Wrap it in `np.array(...)`",
            "return rewards.mean(axis=1, keepdims=True)": "got shape (3, 1)",
            "return rewards - rewards.mean(axis=1, keepdims=True)": "got shape (3, 2)",
            "return rewards.mean(axis=1) > 0": "got dtype bool",
            "return rewards.mean(axis=1) / (rewards.shape[0] - 3)": "are infinite (often 1/0)",
            # Other numbers.
            "return np.median(rewards, axis=1)": "# expected:",
            "return rewards.max(axis=1)": "# expected:",
            "return rewards.sum(axis=1) // rewards.shape[1]": "Your values are right, but rounded or cut off to whole",
            "return abs(rewards.mean(axis=1))": "# expected:",
            "return rewards.mean(axis=1) + 1e-5": "Your answer is always 1e-05 too large.",
            """
            rewards /= rewards.shape[1]
            return rewards.sum(axis=1)
            """: "changed its input `rewards`",
            # Code that does not run, or not as it is called.
            Cell("""
            import functools

            @functools.lru_cache
            def average_over_team(rewards):
                return rewards.mean(axis=1)
            """): Told("cannot be keys of a dictionary", never=("on that line",)),
            "return rewards.mean(axis=2)": "AxisError: axis 2 is out of bounds",
            "return reward.mean(axis=1)": "NameError: name 'reward' is not defined",
            Cell("""
            @exercise("0.1")
            def average_over_agents(rewards):
                return rewards.mean(axis=1)
            """): "yours is called `average_over_agents`. Keep the name.",
            Cell("""
            def average_over_team(rewards, num_agents):
                return rewards.sum(axis=1) / num_agents
            """): "Keep the parameters `average_over_team(rewards)`",
        },
    ),
}
