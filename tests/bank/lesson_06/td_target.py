"""Answers to exercise 6.1."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "6.1": Answers(
        right=[
            "return rewards + gamma * ~terminated[:, None] * next_values",
            "return rewards + gamma * next_values * (1 - terminated[:, None])",
            "return np.where(terminated[:, None], rewards, rewards + gamma * next_values)",
            """
            targets = rewards + gamma * next_values
            targets[terminated] = rewards[terminated]
            return targets
            """,
            """
            future = next_values.copy()
            future[terminated] = 0
            return rewards + gamma * future
            """,
            "return (rewards.T + gamma * next_values.T * (terminated == False)).T",
            """
            targets = []
            for reward, value, ended in zip(rewards, next_values, terminated):
                targets.append(reward if ended else reward + gamma * value)
            return np.array(targets)
            """,
            """
            targets = rewards.astype(float)
            for run in range(rewards.shape[0]):
                for agent in range(rewards.shape[1]):
                    if not terminated[run]:
                        targets[run, agent] += gamma * next_values[run, agent]
            return targets
            """,
            """
            from marl_lessons.update_rules import td_target
            return td_target(rewards, next_values, terminated[:, None], gamma)
            """,
            Cell('td_target = exercise("6.1")(lambda r, q, end, gamma: r + gamma * q * (1 - end)[:, None])'),
            Cell("""
            import functools

            def look_ahead(worth_at_the_end, rewards, next_values, terminated, gamma):
                return rewards + gamma * np.where(terminated[:, None], worth_at_the_end, next_values)

            td_target = functools.partial(look_ahead, 0)
            """),
            Cell("""
            class Target:
                def __call__(self, rewards, next_values, terminated, gamma):
                    print("asked for", rewards.shape)
                    return rewards + gamma * (~terminated).astype(int)[:, None] * next_values

            td_target = Target()
            """),
            Cell("""
            def td_target(*arrays, gamma):
                rewards, next_values, terminated = arrays
                return rewards + np.diag(gamma * (1 - terminated)) @ next_values
            """),
            Cell("""
            one = np.vectorize(lambda reward, value, ended, gamma: float(reward if ended else reward + gamma * value))

            def td_target(rewards, next_values, terminated, gamma):
                return one(rewards, next_values, terminated[:, None], gamma)
            """),
            """
            assert rewards.shape == next_values.shape and 0 <= gamma <= 1
            single = np.float32
            return rewards.astype(single) + single(gamma) * next_values.astype(single) * ~terminated[:, None]
            """,
        ],
        wrong={
            # Where the first failing check is not the only one: what is said of the others holds there too.
            "return rewards + gamma * next_values * terminated[:, None]": Told(
                "✗ adds nothing where the game has ended: The same mistake.",
                never=("You count the reward only", "You look ahead although"),
            ),
            "return np.where(terminated[:, None], 0, rewards + gamma * next_values)": Told(
                "Where the game has ended your target is 0", never=("You count the future only",)
            ),
            "return np.where(terminated[:, None], next_values, rewards + gamma * next_values)": Told(
                "Wrong only where `terminated` holds a True", never=("holds a False",)
            ),
            "return rewards + gamma * next_values.max(axis=0) * ~terminated[:, None]": Told(
                "Wrong only where ", never=("more than one agent",)
            ),
            "return rewards + gamma * next_values * (1 - terminated)": (
                "`rewards` has shape (3, 2), `next_values` (3, 2) and `terminated` (3,)"
            ),
            # The ideas that the lesson knows by name.
            "return rewards + gamma * next_values": "You look ahead although the game has ended",
            "return rewards + ~terminated[:, None] * next_values": "The future is missing its discount",
            "return rewards + gamma * terminated[:, None] * next_values": Told(
                "You have it the wrong way round", never=("You count the reward only",)
            ),
            "return gamma * (rewards + ~terminated[:, None] * next_values)": "You discount the reward as well",
            "return (rewards + gamma * next_values) * ~terminated[:, None]": "your target is 0: the reward is gone too",
            "return gamma * rewards + ~terminated[:, None] * next_values": "You discount the reward instead",
            "return rewards - gamma * ~terminated[:, None] * next_values": "You subtract the future",
            """
            best = next_values.max(axis=1, keepdims=True)
            return rewards + gamma * ~terminated[:, None] * best
            """: "no maximum is left to take",
            """
            if terminated.any():
                return rewards
            return rewards + gamma * next_values
            """: "One ended run stops all of them",
            """
            if terminated.all():
                return rewards
            return rewards + gamma * next_values
            """: "Your code stops only if all runs have ended",
            """
            if terminated[0]:
                return rewards
            return rewards + gamma * next_values
            """: "You decide by the first run alone",
            # Other numbers.
            "return rewards": "You count the reward only",
            "return gamma * ~terminated[:, None] * next_values": "You count the future only",
            "return rewards + gamma * next_values * (terminated is False)": Told(
                "Your code compares with `is`", never=()
            ),
            "return np.where(terminated[:, None], rewards, gamma * next_values)": "you count the future only",
            "return rewards * (1 - gamma) + gamma * ~terminated[:, None] * next_values": "a weighted mean",
            "return np.maximum(rewards, gamma * ~terminated[:, None] * next_values)": "You take the larger one",
            "return rewards.sum(axis=1, keepdims=True) + gamma * ~terminated[:, None] * next_values": "sum of their",
            "return rewards + gamma * ~terminated.astype(int)[:, None] * next_values": "of the *numbers* 0 and 1",
            "return rewards + gamma * ~np.roll(terminated, 1)[:, None] * next_values": "one run too early",
            "return rewards + gamma * ~np.logical_or.accumulate(terminated)[:, None] * next_values": "count as ended",
            "return (rewards + gamma * ~terminated[:, None] * next_values)[:, :2]": "You count two agents only",
            "return (rewards + gamma * ~terminated[:, None] * next_values).squeeze()": "An axis of length 1 is missing",
            "return (rewards + gamma * ~terminated[:, None] * next_values).astype(np.float16)": "the dtype float16",
            """
            targets = np.zeros_like(rewards)
            for run in range(len(rewards)):
                targets[run] = rewards[run] + gamma * next_values[run] * (not terminated[run])
            return targets
            """: Told("the numbers in `rewards` are given as decimals", never=("rounded",)),
            """
            gamma = gamma or 0.9
            return rewards + gamma * ~terminated[:, None] * next_values
            """: "Wrong only where `gamma` is 0",
            """
            discount = min(gamma, 0.99)
            return rewards + discount * ~terminated[:, None] * next_values
            """: "Wrong only where `gamma` is 1",
            """
            targets = rewards + gamma * next_values
            for run in range(1, len(targets)):
                if terminated[run]:
                    targets[run] = rewards[run]
            return targets
            """: Told("Only entry 0 of your result is wrong", never=("have it the wrong way round",)),
            """
            if len(rewards) != rewards.shape[1]:
                return rewards + gamma * ~terminated[:, None] * next_values
            return rewards + gamma * ~terminated * next_values
            """: "Wrong only where ",
            "return rewards + 0.9 * ~terminated[:, None] * next_values": "Your function never reads its parameter",
            "return rewards + gamma * ~terminated[:, None] * next_values.mean(axis=1, keepdims=True)": "the mean of",
            "return rewards + gamma**2 * ~terminated[:, None] * next_values": "You apply the discount twice",
            "return (rewards + gamma * ~terminated[:, None] * next_values).round(2)": "Your values are right, but",
            "return (rewards + gamma * ~terminated[:, None] * next_values).astype(int)": "cut off to whole numbers",
            "return np.maximum(rewards, rewards + gamma * ~terminated[:, None] * next_values)": "# expected:",
            "return rewards + gamma * ~terminated[:, None] * np.maximum(next_values, 0)": "takes a negative",
            # Results of another kind.
            "rewards + gamma * ~terminated[:, None] * next_values": "Did you forget `return`?",
            "print(rewards + gamma * ~terminated[:, None] * next_values)": "Did you forget `return`?",
            "return (rewards + gamma * next_values)[~terminated]": "Expected shape (3, 2)",
            "return (rewards + gamma * ~terminated[:, None] * next_values).sum(axis=1)": "got shape (3,)",
            "return (rewards + gamma * ~terminated[:, None] * next_values).mean()": "Expected a NumPy array",
            "return (rewards + gamma * ~terminated[:, None] * next_values).tolist()": "Wrap it in `np.array(...)`",
            "return rewards + gamma * ~terminated[:, None, None] * next_values": "Expected shape (3, 2)",
            """
            goes_on = ~terminated
            targets = [rewards[:, agent] + gamma * goes_on * next_values[:, agent] for agent in (0, 1)]
            return np.stack(targets, axis=1)
            """: "index 1 is out of bounds for axis 1 with size 1",
            """
            targets = np.zeros((3, 2))
            targets += rewards + gamma * ~terminated[:, None] * next_values
            return targets
            """: "Expected shape (1, 1), got shape (3, 2)",
            # Inputs that change, and code that does not run.
            """
            rewards += gamma * ~terminated[:, None] * next_values
            return rewards
            """: "changed its input `rewards`",
            """
            next_values[terminated] = 0
            return rewards + gamma * next_values
            """: "changed its input `next_values`",
            "return rewards + gamma * ~terminated * next_values": "Your code raised `ValueError:",
            "return rewards + gamma * (1 - terminated) * next_values": "Your code raised `ValueError:",
            "return rewards + gamma * (not terminated) * next_values": "The truth value of an array",
            """
            if terminated:
                return rewards
            return rewards + gamma * next_values
            """: "The truth value of an array",
            "return rewards + gamma * -terminated[:, None] * next_values": "`~` turns True and False round",
            "return rewards + gamma * ~done[:, None] * next_values": "name 'done' is not defined",
            Cell("""
            gamma = 0.9

            def td_target(rewards, next_values, terminated):
                return rewards + gamma * ~terminated[:, None] * next_values
            """): "Keep the parameters",
            Cell("""
            def td_target(next_values, rewards, terminated, gamma):
                return rewards + gamma * ~terminated[:, None] * next_values
            """): "Keep the order of the parameters, `td_target(rewards, next_values,",
            Cell("""
            def td_target(rewards, next_values, terminated, discount):
                return rewards + discount * ~terminated[:, None] * next_values
            """): "The lesson calls your function with `gamma=…`, so keep that name",
            """
            if terminated.all():
                return rewards
            return rewards + gamma * next_values * ~terminated[:, None]
            """: "hands back its input `rewards` itself",
        },
    ),
}
