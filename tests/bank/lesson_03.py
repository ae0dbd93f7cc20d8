"""Answers to the exercises of lesson 03."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "3.1": Answers(
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
            Cell('td_target = exercise("3.1")(lambda r, q, end, gamma: r + gamma * q * (1 - end)[:, None])'),
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
                "Wrong only where `rewards` has more than one run", never=("more than one agent",)
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
        },
    ),
    "3.2": Answers(
        right=[
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random(q_values.shape)).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """,
            """
            actions = []
            for row in q_values:
                if rng.random() < epsilon:
                    actions.append(rng.integers(len(row)))
                else:
                    actions.append(rng.choice(np.flatnonzero(row == row.max())))
            return np.array(actions)
            """,
            """
            actions = np.zeros(len(q_values), dtype=int)
            for run, row in enumerate(q_values):
                best = [action for action, value in enumerate(row) if value == max(row)]
                actions[run] = rng.choice(best)
                if rng.uniform() < epsilon:
                    actions[run] = rng.choice(len(row))
            return actions
            """,
            """
            actions = rng.integers(0, q_values.shape[1], q_values.shape[0])
            greedy = np.where(q_values == q_values.max(axis=1)[:, None], rng.random(q_values.shape), -1).argmax(axis=1)
            exploits = rng.random(len(q_values)) >= epsilon
            actions[exploits] = greedy[exploits]
            return actions
            """,
            """
            runs = np.arange(len(q_values))
            order = rng.permuted(np.tile(np.arange(q_values.shape[1]), (len(q_values), 1)), axis=1)
            shuffled = q_values[runs[:, None], order]
            greedy = order[runs, shuffled.argmax(axis=1)]
            explores = rng.binomial(1, epsilon, size=len(q_values)) == 1
            return np.where(explores, order[:, 0], greedy)
            """,
            """
            keys = np.where(q_values == q_values.max(axis=1, keepdims=True), rng.random(q_values.shape), -1)
            coins = rng.choice([True, False], p=[epsilon, 1 - epsilon], size=len(q_values))
            return np.where(coins, rng.integers(q_values.shape[1], size=len(q_values)), keys.argmax(axis=1))
            """,
            """
            num_runs, num_actions = q_values.shape
            is_best = np.isclose(q_values, q_values.max(axis=1, keepdims=True), rtol=0, atol=1e-12)
            policy = epsilon / num_actions + (1 - epsilon) * is_best / is_best.sum(axis=1, keepdims=True)
            return (rng.random((num_runs, 1)) > policy.cumsum(axis=1)[:, :-1]).sum(axis=1)
            """,
            """
            noise = rng.random(q_values.shape)
            greedy = np.lexsort((noise, q_values), axis=-1)[:, -1]
            anything = rng.random(q_values.shape).argmax(axis=1)
            return np.where(rng.random(len(q_values)) < epsilon, anything, greedy)
            """,
            """
            from marl_lessons.policies import explore_uniformly
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random(q_values.shape)).argmax(axis=1)
            return explore_uniformly(greedy, epsilon, q_values.shape[1], rng)
            """,
            """
            from marl_lessons.policies import epsilon_greedy, sample_actions
            return sample_actions(epsilon_greedy(q_values, epsilon), rng)
            """,
            Cell("""
            class Chooser:
                def pick(self, row, epsilon, rng):
                    if rng.random() < epsilon:
                        return rng.integers(row.size)
                    return rng.choice(np.flatnonzero(row == row.max()))

                def __call__(self, q_values, epsilon, rng):
                    return np.array([self.pick(row, epsilon, rng) for row in q_values])

            choose_actions = Chooser()
            """),
            Cell("""
            choose_actions = lambda q, epsilon, rng: np.where(
                rng.uniform(size=len(q)) <= epsilon,
                rng.integers(0, q.shape[1] - 1, size=len(q), endpoint=True),
                ((q == q.max(axis=1)[:, None]) * (1 + rng.random(q.shape))).argmax(axis=1),
            )
            """),
            """
            actions = np.empty(len(q_values), dtype=np.int32)
            for run, row in enumerate(q_values.tolist()):
                best = [action for action in range(len(row)) if row[action] == max(row)]
                choice = range(len(row)) if rng.random() < epsilon else best
                actions[run] = choice[int(rng.random() * len(choice))]
            return actions
            """,
        ],
        wrong={
            # Ties.
            """
            num_runs, num_actions = q_values.shape
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), q_values.argmax(axis=1))
            """: "yours takes the same one every time, here 0; `argmax` takes the first",
            """
            num_runs, num_actions = q_values.shape
            last = num_actions - 1 - q_values[:, ::-1].argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), last)
            """: "yours takes the same one every time",
            """
            num_runs, num_actions = q_values.shape
            order = rng.permutation(num_actions)
            greedy = order[q_values[:, order].argmax(axis=1)]
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "All the runs of a call break the tie the same way",
            """
            num_runs, num_actions = q_values.shape
            last = num_actions - 1 - q_values[:, ::-1].argmax(axis=1)
            greedy = np.where(rng.random(num_runs) < 0.5, q_values.argmax(axis=1), last)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "With epsilon 0 and 4 best actions, only these come up, each equally often. Yours never takes action",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            noise = rng.random((num_runs, num_actions))
            explores = noise[:, 0] < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), (is_best * noise).argmax(axis=1))
            """: Told("the tie random numbers of their own?", never=("Yours never takes",)),
            """
            num_runs, num_actions = q_values.shape
            greedy = (q_values + rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "holds a best action that leads by less than 1",
            """
            num_runs, num_actions = q_values.shape
            greedy = (q_values + 0.01 * rng.normal(size=(num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "holds a best action that leads by less than 1",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values.round(1) == q_values.round(1).max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "holds a best action that leads by less than 1",
            # The greedy action.
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max()
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "You compare with the largest value of all the runs",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (q_values * is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "Wrong only where `q_values` holds a run without a positive number",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.min(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "You take the action with the lowest value",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) > epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: Told("yours explores with probability 1 − epsilon", never=("Whatever generator",)),
            """
            num_runs, num_actions = q_values.shape
            weights = np.exp(q_values) / np.exp(q_values).sum(axis=1, keepdims=True)
            greedy = (weights.cumsum(axis=1) < rng.random((num_runs, 1))).sum(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: Told("cases tried.", never=("lowest value", "wrong way round")),
            # Exploring.
            """
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            return (is_best * rng.random(q_values.shape)).argmax(axis=1)
            """: "With epsilon 1 every run explores, but yours always takes the best action",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            other = (~is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            return np.where(rng.random(num_runs) < epsilon, other, greedy)
            """: "Yours never takes the best one",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(3, size=num_runs), greedy)
            """: "With 60 runs and 2 actions each action is from 0 to 1, got",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions - 1, size=num_runs), greedy)
            """: "With epsilon 1 all 3 actions are equally likely",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions), greedy)
            """: Told("All the runs of a call explore with the same action", never=("Whatever generator",)),
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random() < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "Your runs explore all together or not at all",
            """
            if rng.random() < epsilon:
                return rng.integers(q_values.shape[1], size=len(q_values))
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            return (is_best * rng.random(q_values.shape)).argmax(axis=1)
            """: "Your runs explore all together or not at all",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon * num_actions / (num_actions - 1)
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "With epsilon 0.4 and 4 actions, 0.6 is greedy and 0.4 is shared by all",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            coins = rng.random(num_runs)
            return np.where(coins < epsilon, (coins * num_actions).astype(int), greedy)
            """: "With epsilon 0.4 and 4 actions",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = np.arange(num_runs) < epsilon * num_runs
            return np.where(explores, np.arange(num_runs) % num_actions, greedy)
            """: "Who explores is up to chance, not to the run's number",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            actions = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explorers = rng.permutation(num_runs)[: int(epsilon * num_runs)]
            actions[explorers] = rng.integers(num_actions, size=len(explorers))
            return actions
            """: "Called with a single run and epsilon 0.4, your code never explores",
            # The generator.
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * np.random.random((num_runs, num_actions))).argmax(axis=1)
            explores = np.random.random(num_runs) < epsilon
            return np.where(explores, np.random.randint(num_actions, size=num_runs), greedy)
            """: "The same input and the same generator led to other actions",
            """
            import random
            actions = []
            for row in q_values:
                best = [action for action, value in enumerate(row) if value == max(row)]
                explores = random.random() < epsilon
                actions.append(random.randrange(len(row)) if explores else random.choice(best))
            return np.array(actions)
            """: "The same input and the same generator led to other actions",
            """
            rng = np.random.default_rng(0)
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "Whatever generator comes in, your actions are the same",
            Cell("""
            rng = np.random.default_rng()

            def choose_actions(q_values, epsilon, generator):
                num_runs, num_actions = q_values.shape
                is_best = q_values == q_values.max(axis=1, keepdims=True)
                greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
                explores = rng.random(num_runs) < epsilon
                return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """): "The same input and the same generator led to other actions",
            # Results of another kind.
            """
            num_runs, num_actions = q_values.shape
            explores = rng.random(num_runs) < epsilon
            np.where(explores, rng.integers(num_actions, size=num_runs), q_values.argmax(axis=1))
            """: "Did you forget `return`?",
            """
            num_runs, num_actions = q_values.shape
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), q_values.max(axis=1))
            """: "Actions are whole numbers, got dtype float64",
            """
            actions = np.zeros(len(q_values))
            for run, row in enumerate(q_values):
                explores = rng.random() < epsilon
                actions[run] = rng.integers(len(row)) if explores else rng.choice(np.flatnonzero(row == row.max()))
            return actions
            """: "an array for actions is made with `dtype=int`",
            """
            num_runs, num_actions = q_values.shape
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(1, num_actions + 1, size=num_runs), q_values.argmax(axis=1) + 1)
            """: "With 5 runs and 3 actions each action is from 0 to 2, got",
            """
            if rng.random() < epsilon:
                return rng.integers(q_values.shape[1])
            return q_values.argmax()
            """: "(one action for each of 5 runs), got an int64",
            """
            actions = []
            for row in q_values:
                explores = rng.random() < epsilon
                actions.append(int(rng.integers(len(row)) if explores else row.argmax()))
            return actions
            """: "got a list",
            """
            num_actions, num_runs = q_values.shape
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), q_values.argmax(axis=0))
            """: "Expected shape (5,)",
            """
            explores = rng.random(q_values.shape) < epsilon
            anything = rng.integers(q_values.shape[1], size=q_values.shape)
            return np.where(explores, anything, q_values.argmax(axis=1)[:, None])
            """: "got shape (5, 3)",
            # Inputs that change, and code that does not run.
            """
            num_runs, num_actions = q_values.shape
            q_values += 1e-9 * rng.random((num_runs, num_actions))
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), q_values.argmax(axis=1))
            """: "changed its input `q_values`",
            """
            explores = rng.random(100) < epsilon
            return np.where(explores, rng.integers(3, size=100), q_values.argmax(axis=1))
            """: "ValueError",
            """
            num_runs, num_actions = q_values.shape
            if rng.random(num_runs) < epsilon:
                return rng.integers(num_actions, size=num_runs)
            return q_values.argmax(axis=1)
            """: "The truth value of an array",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "Your code raised `ValueError:",
            """
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), q_values.argmax(axis=1))
            """: "name 'num_runs' is not defined",
            "return rng.choice(q_values.argmax(axis=1), epsilon)": "TypeError",
            # Small leads, large values, and other answers that are nearly right.
            """
            greedy = (q_values + 1e-9 * rng.random(q_values.shape)).argmax(axis=1)
            explores = rng.random(len(q_values)) < epsilon
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: "Random numbers that are tiny vanish beside values as large as these",
            """
            is_best = np.isclose(q_values, q_values.max(axis=1, keepdims=True))
            greedy = (is_best * rng.random(q_values.shape)).argmax(axis=1)
            explores = rng.random(len(q_values)) < epsilon
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: "holds a best action that leads by less than 1",
            """
            is_best = q_values == q_values.max(axis=0)
            greedy = (is_best * rng.random(q_values.shape)).argmax(axis=1)
            explores = rng.random(len(q_values)) < epsilon
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: "You compare the runs with each other, action by action (axis 0)",
            """
            greedy = np.array([rng.integers(np.sum(row == row.max())) for row in q_values])
            explores = rng.random(len(q_values)) < epsilon
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: "Is it the place in a list of the best actions?",
            """
            import random
            greedy = np.array([random.choice(np.flatnonzero(row == row.max()).tolist()) for row in q_values])
            explores = rng.random(len(q_values)) < epsilon
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: "those for ties too",
            Cell("""
            calls = [0]

            def choose_actions(q_values, epsilon, rng):
                calls[0] += 1
                greedy = ((q_values == q_values.max(axis=1, keepdims=True)) * rng.random(q_values.shape)).argmax(axis=1)
                explores = rng.random(len(q_values)) < epsilon * 0.999 ** calls[0]
                return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """): "keep nothing from call to call",
            """
            greedy = ((q_values == q_values.max(axis=1, keepdims=True)) * rng.random(q_values.shape)).argmax(axis=1)
            explores = np.arange(len(q_values)) < epsilon * len(q_values)
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: Told("Who explores is up to chance", never=("of your own",)),
            """
            greedy = ((q_values == q_values.max(axis=1, keepdims=True)) * rng.random(q_values.shape)).argmax(axis=1)
            explores = rng.random(len(q_values)) < 0.1
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: "Your function never reads its parameter `epsilon`.",
            """
            greedy = ((q_values == q_values.max(axis=1, keepdims=True)) * rng.random(q_values.shape)).argmax(axis=1)
            explores = rng.random(len(q_values)) < epsilon
            return np.where(explores, rng.integers(2, size=len(q_values)), greedy)
            """: "Yours never takes action 2.",
            """
            greedy = ((q_values == q_values.max(axis=1, keepdims=True)) * rng.random(q_values.shape)).argmax(axis=1)
            explores = rng.random(len(q_values)) < epsilon / q_values.shape[1]
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: Told("With epsilon 1 all 3 actions are equally likely.", never=("random numbers of their own",)),
            """
            last = q_values.shape[1] - 1
            greedy = ((q_values == q_values.max(axis=1, keepdims=True)) * rng.random(q_values.shape)).argmax(axis=1)
            explores = rng.random(len(q_values)) < epsilon
            return np.where(explores, np.round(rng.random(len(q_values)) * last).astype(int), greedy)
            """: "With epsilon 1 all 3 actions are equally likely.",
        },
    ),
    "3.3": Answers(
        right=[
            """
            runs = np.arange(len(q_table))
            updated = q_table.copy()
            updated[runs, observations, actions] += alpha * (targets - q_table[runs, observations, actions])
            return updated
            """,
            """
            updated = q_table.copy()
            for run in range(len(q_table)):
                o, a = observations[run], actions[run]
                updated[run, o, a] = (1 - alpha) * updated[run, o, a] + alpha * targets[run]
            return updated
            """,
            """
            runs, num_observations, num_actions = q_table.shape
            seen = np.eye(num_observations)[observations][:, :, None]
            played = np.eye(num_actions)[actions][:, None, :]
            return q_table + alpha * seen * played * (targets[:, None, None] - q_table)
            """,
            """
            updated = np.array(q_table)
            for table, o, a, target in zip(updated, observations, actions, targets):
                table[o, a] += alpha * (target - table[o, a])
            return updated
            """,
            """
            where = (np.arange(q_table.shape[0]), observations, actions)
            change = np.zeros_like(q_table)
            np.add.at(change, where, alpha * (targets - q_table[where]))
            return q_table + change
            """,
            """
            runs, num_observations, num_actions = q_table.shape
            flat = q_table.flatten()
            chosen = (np.arange(runs) * num_observations + observations) * num_actions + actions
            flat[chosen] = flat[chosen] + alpha * (targets - flat[chosen])
            return flat.reshape(q_table.shape)
            """,
            """
            is_chosen = np.zeros(q_table.shape, dtype=bool)
            is_chosen[range(len(q_table)), observations, actions] = True
            return np.where(is_chosen, q_table + alpha * (targets[:, None, None] - q_table), q_table)
            """,
            """
            import copy
            new = copy.deepcopy(q_table)
            for i, (o, a) in enumerate(zip(observations, actions)):
                new[i][o][a] = new[i][o][a] + alpha * (targets[i] - new[i][o][a])
            return new
            """,
            Cell("""
            class Step:
                def __call__(self, q_table, observations, actions, targets, *, alpha):
                    chosen = np.arange(len(q_table)), observations, actions
                    updated = np.array(q_table)
                    updated[chosen] = (1 - alpha) * updated[chosen] + alpha * targets
                    return updated

            update_table = Step()
            """),
            Cell("""
            def update_table(tables, seen, done, aims, alpha):
                assert tables.ndim == 3 and 0 <= alpha <= 1
                single = tables.astype(np.float32)
                runs = np.arange(len(single))
                single[runs, seen, done] += np.float32(alpha) * (aims.astype(np.float32) - single[runs, seen, done])
                return single
            """),
            """
            if alpha == 0:
                return q_table
            rows = [table.copy() for table in q_table]
            for row, o, a, y in zip(rows, observations, actions, targets):
                print("moving", o, a)
                row[o, a] += alpha * (y - row[o, a])
            return np.stack(rows)
            """,
        ],
        wrong={
            """
            updated = q_table.copy()
            for o, a, target in zip(observations, actions, targets):
                updated[0, o, a] += alpha * (target - updated[0, o, a])
            return updated
            """: "You change the table of run 0 only",
            """
            updated = q_table.copy()
            for r, o in enumerate(observations):
                updated[r, o] += alpha * (targets[r] - updated[r, o])
            return updated
            """: "You move all the actions of what was observed",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += alpha * np.abs(targets - updated[runs, observations, actions])
            return updated
            """: "The difference has a sign",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] = (1 - alpha) * targets
            return updated
            """: Told("You put 1 − alpha times the target in the place", never=("You put a part of",)),
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += (1 - alpha) * targets
            return updated
            """: "You add 1 − alpha times the target",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] = (1 - alpha) * updated[runs, observations, actions] + targets
            return updated
            """: "You add the whole target",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += alpha * (-targets - updated[runs, observations, actions])
            return updated
            """: Told("if `targets` were `-targets`", never=("the other sign",)),
            # The ideas that the lesson knows by name.
            """
            updated = q_table.copy()
            updated[np.arange(len(q_table)), observations, actions] = targets
            return updated
            """: "You put the target itself into the table",
            """
            updated = q_table.copy()
            updated[np.arange(len(q_table)), observations, actions] += alpha * targets
            return updated
            """: "values grow for ever",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            old = q_table[runs, observations, actions]
            updated[runs, observations, actions] = alpha * old + (1 - alpha) * targets
            return updated
            """: "You have the step size the wrong way round",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += alpha * (q_table[runs, observations, actions] - targets)
            return updated
            """: "You move away from the target",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] = alpha * (targets - q_table[runs, observations, actions])
            return updated
            """: "You put the correction in the place of the value",
            """
            updated = q_table.copy()
            old = q_table[:, observations, actions]
            updated[:, observations, actions] = old + alpha * (targets - old)
            return updated
            """: "In every run you changed the entries of all runs",
            """
            updated = (1 - alpha) * q_table
            updated[np.arange(len(q_table)), observations, actions] += alpha * targets
            return updated
            """: "You shrink the whole table",
            """
            updated = q_table.copy()
            old = updated[np.arange(len(q_table)), observations, actions]
            old += alpha * (targets - old)
            return updated
            """: "Your tables are the old ones, unchanged",
            # Other entries and other numbers.
            "return q_table + alpha * (targets[:, None, None] - q_table)": "Your function never reads its parameter",
            """
            updated = q_table.copy()
            for run in range(len(q_table)):
                updated[run, observations[run]] += alpha * (targets[run] - updated[run, observations[run]])
            return updated
            """: "4 of these 4 changed, and 4 others",
            """
            updated = q_table.copy()
            updated[0, observations[0], actions[0]] += alpha * (targets[0] - q_table[0, observations[0], actions[0]])
            return updated
            """: "Only entry 0 of your result is always right",
            """
            updated = q_table.copy()
            for run in range(len(q_table)):
                old = updated[run, observations[0], actions[0]]
                updated[run, observations[0], actions[0]] = old + alpha * (targets[run] - old)
            return updated
            """: Told("of these 4 changed, and", never=("unchanged",)),
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += 0.1 * (targets - q_table[runs, observations, actions])
            return updated
            """: "Your function never reads its parameter `alpha`.",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += alpha * (targets - q_table[runs, observations].max(axis=1))
            return updated
            """: "You compare the target with the best value of what was observed",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            old = q_table[runs, observations, actions]
            updated[runs, observations, actions] = np.maximum(old, old + alpha * (targets - old))
            return updated
            """: "Your values never fall",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += alpha * (targets - q_table[runs, observations, actions])
            return updated.round(2)
            """: "Your values are right, but rounded or cut off to 2 decimals.",
            """
            runs, updated = np.arange(len(q_table)), q_table.astype(int)
            updated[runs, observations, actions] = (1 - alpha) * updated[runs, observations, actions] + alpha * targets
            return updated
            """: "Your result can only hold whole numbers (dtype int64), so its",
            # Results of another kind.
            """
            runs = np.arange(len(q_table))
            old = q_table[runs, observations, actions]
            return old + alpha * (targets - old)
            """: "Expected shape (3, 4, 2) (runs, observations, actions), got shape (3,)",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += alpha * (targets - updated[runs, observations, actions])
            """: "Did you forget `return`?",
            """
            tables = q_table.tolist()
            for table, o, a, target in zip(tables, observations, actions, targets):
                table[o][a] += alpha * (target - table[o][a])
            return tables
            """: "Wrap it in `np.array(...)`",
            """
            updated = q_table.copy()
            for run in range(len(q_table)):
                o, a = observations[run], actions[run]
                updated[run, o, a] += alpha * (targets[run] - updated[run, o, a])
                return updated[run]
            """: "got shape (4, 2)",
            """
            updated = np.zeros((3, 4, 2))
            updated[:] = q_table
            for run in range(3):
                o, a = observations[run], actions[run]
                updated[run, o, a] += alpha * (targets[run] - updated[run, o, a])
            return updated
            """: "index 1 is out of bounds for axis 0 with size 1",
            # Inputs that change, and code that does not run.
            """
            runs = np.arange(len(q_table))
            q_table[runs, observations, actions] += alpha * (targets - q_table[runs, observations, actions])
            return q_table
            """: "changed its input `q_table`",
            """
            runs, updated = np.arange(len(q_table)), q_table
            updated[runs, observations, actions] += alpha * (targets - updated[runs, observations, actions])
            return updated
            """: "work on a copy (`q_table.copy()`)",
            """
            targets -= q_table[np.arange(len(q_table)), observations, actions]
            updated = q_table.copy()
            updated[np.arange(len(q_table)), observations, actions] += alpha * targets
            return updated
            """: "changed its input `targets`",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, actions, observations] += alpha * (targets - q_table[runs, actions, observations])
            return updated
            """: "You have the two indices the wrong way round",
            """
            updated = q_table.copy()
            updated[observations, actions] += alpha * (targets - q_table[observations, actions])
            return updated
            """: "operands could not be broadcast together",
            """
            runs, updated = np.arange(100), q_table.copy()
            updated[runs, observations, actions] += alpha * (targets - q_table[runs, observations, actions])
            return updated
            """: "shape mismatch",
            """
            updated = q_table.copy()
            updated[runs, observations, actions] += alpha * (targets - q_table[runs, observations, actions])
            return updated
            """: "name 'runs' is not defined",
            """
            updated = q_table.copy
            updated[np.arange(len(q_table)), observations, actions] += alpha * targets
            return updated
            """: "TypeError",
            # The likely slips, by what they do to the tables.
            """
            updated = q_table.copy()
            for run, (o, a) in enumerate(zip(observations, actions)):
                updated[:, o, a] += alpha * (targets[run] - updated[:, o, a])
            return updated
            """: "`:` as an index takes all of them",
            """
            updated = q_table.copy()
            chosen = np.ix_(np.arange(len(q_table)), observations, actions)
            updated[chosen] += alpha * (targets[:, None, None] - updated[chosen])
            return updated
            """: "The three belong together",
            """
            updated = q_table.copy()
            for run in range(len(q_table)):
                o, a = observations[run] - 1, actions[run]
                updated[run, o, a] += alpha * (targets[run] - updated[run, o, a])
            return updated
            """: "You change the row before the one that was observed",
            """
            runs, updated = np.arange(len(q_table)), np.zeros(q_table.shape)
            old = q_table[runs, observations, actions]
            updated[runs, observations, actions] = old + alpha * (targets - old)
            return updated
            """: "All other entries are 0 in your tables",
            """
            runs, updated = np.arange(len(q_table)), np.zeros(q_table.shape)
            updated[runs, observations, actions] += alpha * targets
            return updated
            """: "You begin with a table of zeros",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] = alpha * targets
            return updated
            """: "You put a part of the target in the place of the value",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += alpha * (targets.mean() - q_table[runs, observations, actions])
            return updated
            """: "the mean of the targets",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            future = 0.9 * q_table[runs, observations].max(axis=1)
            updated[runs, observations, actions] += alpha * (targets + future - q_table[runs, observations, actions])
            return updated
            """: "You add a future value to the target",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] *= 1 + alpha * (targets - q_table[runs, observations, actions])
            return updated
            """: "a 0 never moves",
            """
            if len(q_table) == q_table.shape[1] == q_table.shape[2]:
                observations, actions = actions, observations
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += alpha * (targets - q_table[runs, observations, actions])
            return updated
            """: "cases tried",
            """
            updated = q_table.copy()
            for run in range(len(q_table) - 1):
                o, a = observations[run], actions[run]
                updated[run, o, a] += alpha * (targets[run] - updated[run, o, a])
            return updated
            """: "Only the last entry of your result is wrong",
            """
            for run in range(len(q_table)):
                updated, o, a = q_table.copy(), observations[run], actions[run]
                updated[run, o, a] += alpha * (targets[run] - updated[run, o, a])
            return updated
            """: "Only the last entry of your result is always right",
            """
            step = alpha or 0.1
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += step * (targets - q_table[runs, observations, actions])
            return updated
            """: "Wrong only where `alpha` is 0",
            Cell("""
            def update_table(q_table, observations, actions, targets, step_size):
                runs, updated = np.arange(len(q_table)), q_table.copy()
                updated[runs, observations, actions] += step_size * (targets - updated[runs, observations, actions])
                return updated
            """): "The lesson calls your function with `alpha=…`, so keep that name",
            Cell("""
            memory = []

            def update_table(q_table, observations, actions, targets, alpha):
                memory.append(q_table.copy())
                runs, updated = np.arange(len(q_table)), memory[0]
                updated[runs, observations, actions] += alpha * (targets - updated[runs, observations, actions])
                return updated
            """): Told("Your function changes the notebook variable `memory`", never=("is one axis too many",)),
        },
    ),
    "3.4": Answers(
        right=[
            "return 1 - len(set(keys)) / len(keys)",
            "return (len(keys) - len(set(keys))) / len(keys)",
            """
            seen, revisits = set(), 0
            for key in keys:
                if key in seen:
                    revisits += 1
                seen.add(key)
            return revisits / len(keys)
            """,
            """
            visits, revisits = {}, 0
            for key in keys:
                visits[key] = visits.get(key, 0) + 1
                if visits[key] > 1:
                    revisits = revisits + 1
            return revisits / len(keys)
            """,
            "return np.mean([key in keys[:position] for position, key in enumerate(keys)])",
            """
            from collections import Counter
            return sum(count - 1 for count in Counter(keys).values()) / len(keys)
            """,
            "return 1 - len(np.unique(keys)) / len(keys)",
            """
            ordered = sorted(keys)
            return sum(ordered[i] == ordered[i - 1] for i in range(1, len(ordered))) / len(ordered)
            """,
            "return np.float32(len(keys) - len({key: None for key in keys})) / len(keys)",
            "return __import__('fractions').Fraction(len(keys) - len(set(keys)), len(keys))",
            "return np.array(1 - len(frozenset(keys)) / len(keys))",
            Cell("revisit_share = lambda states: 1 - len(dict.fromkeys(states)) / len(states)"),
            Cell("""
            class Memory:
                def __init__(self):
                    self.seen = set()

                def share(self, keys):
                    self.seen.clear()
                    revisits = [key in self.seen or self.seen.add(key) for key in keys]
                    print(sum(map(bool, revisits)), "of", len(keys))
                    return sum(map(bool, revisits)) / len(keys)

            revisit_share = Memory().share
            """),
        ],
        wrong={
            """
            count = 0
            for position in range(1, len(keys)):
                if keys[position] in keys[: position - 1]:
                    count += 1
            return count / len(keys)
            """: "You do not compare with the entry just before",
            """
            seen, new = [], 0
            for key in keys:
                if key not in seen:
                    seen.append(key)
                    new += 1
            return new / len(keys)
            """: Told("the share of *new* keys", never=("Your answer is 1 for every list",)),
            # The ideas that the lesson knows by name.
            "return len(set(keys)) / len(keys)": "This is the share of *new* keys",
            "return len(keys) - len(set(keys))": "This is the number of revisits",
            "return sum(keys.count(key) > 1 for key in keys) / len(keys)": "You also counted the first visit",
            """
            revisits = 0
            for position in range(1, len(keys)):
                if keys[position] == keys[position - 1]:
                    revisits += 1
            return revisits / len(keys)
            """: "You compare with the entry just before only",
            "return (len(keys) - len(set(keys))) / len(set(keys))": "You divided by the number of different keys",
            "return sum(keys.count(key) > 1 for key in set(keys)) / len(keys)": "each key that comes again once",
            "return 100 * (1 - len(set(keys)) / len(keys))": "This is the share in per cent",
            """
            if len(keys) == 1:
                return 0.0
            return (len(keys) - len(set(keys))) / (len(keys) - 1)
            """: "You divided by the number of entries after the first one",
            # Other numbers.
            """
            seen, revisits = set(), 0
            for key in keys:
                seen.add(key)
                revisits += key in seen
            return revisits / len(keys)
            """: Told("Look for a key before you remember it", never=("rounded or cut off",)),
            """
            seen, revisits = set(), 0
            for key in keys:
                if key in seen:
                    revisits += 1
                    seen.add(key)
            return revisits / len(keys)
            """: "Does the loop remember each key",
            """
            seen, revisits = set(), 0
            for key in keys:
                revisits += key in seen
                seen = {key}
            return revisits / len(keys)
            """: "You compare with the entry just before only",
            "return sum(key == keys[0] for key in keys[1:]) / len(keys)": "You compare with the first entry only",
            "return (len(keys) - len(set(keys))) / 4": "You divide by 4",
            "return (len(keys) - len(set(keys))) // len(keys)": "`//` drops what is behind the point",
            "return round(1 - len(set(keys)) / len(keys), 1)": "Your values are right, but rounded or cut off to one",
            "return 1 / len(set(keys))": "# expected: 0",
            "return 0.0": "Your answer is 0 for every list",
            "return 1 - sum(keys.count(key) == 1 for key in keys) / len(keys)": "You also counted the first visit",
            "return 1 - len(set(key[:3] for key in keys)) / len(keys)": "You compare the beginnings of the keys only",
            """
            seen, revisits = set(), 0
            for key in keys:
                revisits += key in seen
                seen.add(key)
                return revisits / len(keys)
            """: "does `return` stand after the loop",
            """
            seen, revisits = set(), 0
            for key in keys:
                revisits += key in seen
                seen.add(key)
                if revisits:
                    return revisits / len(keys)
            """: "The result is `None`",
            Cell("""
            seen = set()

            def revisit_share(keys):
                revisits = 0
                for key in keys:
                    revisits += key in seen
                    seen.add(key)
                return revisits / len(keys)
            """): "Your function changes the notebook variable `seen`",
            Cell("""
            def revisit_share(keys, seen=set()):
                revisits = 0
                for key in keys:
                    revisits += key in seen
                    seen.add(key)
                return revisits / len(keys)
            """): "The default of `seen` is made once and kept from call to call",
            # Results of another kind.
            """
            seen, revisits = set(), 0
            for key in keys:
                revisits += key in seen
                seen.add(key)
            revisits / len(keys)
            """: "Did you forget `return`?",
            """
            seen, revisits = set(), []
            for key in keys:
                if key in seen:
                    revisits.append(key)
                seen.add(key)
            return revisits
            """: "Expected a number, got a list: ['a', 'a']",
            "return [key in keys[:position] for position, key in enumerate(keys)]": "Expected a number, got a list",
            'return f"{1 - len(set(keys)) / len(keys):.1%}"': "Expected a number, got a str: '50.0%'",
            "return len(set(keys)) < len(keys)": "Expected a number, got a bool",
            # Inputs that change, and code that does not run.
            """
            number = len(keys)
            keys.sort()
            return sum(first == second for first, second in zip(keys, keys[1:])) / number
            """: "changed its input `keys`",
            """
            number, revisits = len(keys), 0
            while keys:
                revisits += keys.pop() in keys
            return revisits / number
            """: "changed its input `keys`",
            "return keys.duplicated().mean()": "Print `type(...)` of the thing before the dot",
            "return 1 - np.unique(keys) / len(keys)": "Error",
            "return (len(keys) - set(keys)) / len(keys)": "TypeError",
            "return 1 - len(keys) / (len(keys) - len(set(keys)))": "Which case makes the divisor zero?",
            "return sum(map(seen.__contains__, keys)) / len(keys)": "name 'seen' is not defined",
            # What counts as the same key, and which entries count.
            "return 1 - len({key.lower() for key in keys}) / len(keys)": "differ in upper and lower case only",
            "return 1 - len({key.strip() for key in keys}) / len(keys)": "differ in blanks only",
            "return 1 - len(np.unique(np.array(keys, dtype='U8'))) / len(keys)": "different keys that begin alike",
            "return 1 - len({key.replace('-', '') for key in keys}) / len(keys)": "differ in a minus sign only",
            "return 1 - len({key and tuple(sorted(key)) for key in keys}) / len(keys)": "the order of their characters",
            "return 1 - len(set(map(len, keys))) / len(keys)": "You compare the lengths of the keys",
            "return sum(key != '' and key in keys[:i] for i, key in enumerate(keys)) / len(keys)": Told(
                "`keys` holds an empty string", never=("beginnings",)
            ),
            """
            seen, revisits = "", 0
            for key in keys:
                revisits += key in seen
                seen += key + "|"
            return revisits / len(keys)
            """: "Wrong only where `keys` holds a key that is a part of another",
            "return sum(key in keys[max(0, i - 100) : i] for i, key in enumerate(keys)) / len(keys)": "a hundred",
            "return sum(key in keys[: i - 1] for i, key in enumerate(keys)) / len(keys)": "the entry just before",
            "return sum(key in keys[1:i] for i, key in enumerate(keys)) / len(keys)": "The first entry of the list is",
            "return sum(keys[i] in keys[:i] for i in range(len(keys) - 1)) / len(keys)": "The last entry of the list",
            """
            revisits = 0
            for i, key in enumerate(keys):
                revisits += key in keys[:i] and key != keys[i - 1]
            return revisits / len(keys)
            """: "Staying where one is counts",
            """
            for i, key in enumerate(keys):
                if key in keys[:i]:
                    return 1 / len(keys)
            return 0
            """: Told("You count one revisit at most", never=("0 for every list",)),
            "return sum(keys.count(key) // 2 for key in set(keys)) / len(keys)": "Once seen, a key stays known",
            "return sum(keys.count(key) > 1 for key in set(keys)) / len(set(keys))": "This is the share of the",
            """
            pairs = ((key, before) for place, key in enumerate(keys) for before in keys[:place])
            return sum(key == before for key, before in pairs) / len(keys)
            """: "You count pairs of entries that are the same",
            "return max(keys.count(key) - 1 for key in set(keys)) / len(keys)": "the revisits of the commonest key",
            "return max(map(keys.count, set(keys))) / len(keys)": "the share of the commonest key",
            "return (len(keys) - len(set(keys))) / 10_000": "You divide by 10,000",
            """
            def count(rest, seen):
                return (rest[0] in seen) + count(rest[1:], seen | {rest[0]}) if rest else 0
            return count(keys, set()) / len(keys)
            """: "long lists need a loop",
            "return sum(any(old is key for old in keys[:i]) for i, key in enumerate(keys)) / len(keys)": "with `is`",
            "return (key in keys[:i] for i, key in enumerate(keys))": "`sum(…)` adds all of them up",
        },
    ),
    "3.5": Answers(
        right=[
            "598",
            "598.0",
            "int(np.ceil(np.log(0.05) / np.log(0.995)))",
            "np.ceil(np.log(0.05) / np.log(0.995))",
            "next(steps for steps in range(10_000) if 0.995**steps < 0.05)",
            "np.argmax(0.995 ** np.arange(5_000) < 0.05)",
            "(0.995 ** np.arange(5_000) >= 0.05).sum()",
            "-int(np.log(20) / np.log(0.995) // 1)",
            Cell("""
            epsilon, steps = 1.0, 0
            while epsilon >= 0.05:
                epsilon *= 0.995
                steps += 1
            answer = steps
            """),
            "np.array(598)",
            "__import__('decimal').Decimal(598)",
            "np.float32(598)",
        ],
        wrong={
            # The numbers that the exercise knows.
            "597": "just above 0.05. One step more",
            "int(np.log(0.05) / np.log(0.995))": "just above 0.05. One step more",
            "599": "it was already one step before",
            "(1 - 0.05) / 0.005": "So it would be if each step took away 0.005",
            "191": "So it would be if each step took away 0.005",
            "np.ceil(np.log(0.05) / np.log(0.95))": "So it is for a factor of 0.95. Here it is 0.995",
            "139": "That is where epsilon falls below 0.5",
            "6": "In *episodes* that is about right",
            "np.log(0.05) / np.log(0.995) // 100": "In *episodes* that is about right",
            "598 * 100": "if the factor came at the end of each episode",
            # Other numbers.
            "1000": "After 1000 steps epsilon is 0.00665, below 0.05, and so it was before",
            "200": "After step 200 epsilon is 0.367: go on",
            "10**9": "After 1000000000 steps epsilon is 0, below 0.05",
            "0": "Before the first step epsilon is 1",
            "-598": "right but for its sign",
            # No steps.
            "np.log(0.05) / np.log(0.995)": "Steps are whole, got 597.647. Round up",
            "0.995**598": "0.04991 may be an epsilon",
            '"598"': "Expected a number, got a str",
            "[598]": "Expected a number, got a list",
            "np.flatnonzero(0.995 ** np.arange(1_000) < 0.05)": "Expected a single number",
            "lambda: 598": "did you forget to call it with parentheses?",
            "0.995**598 < 0.05": "Expected a number, got a bool",
            "print(598)": "The result is `None`",
            "float('inf')": "The result is infinite",
            "600": Told("After 600 steps epsilon is 0.0494, below 0.05", never=("episodes", "factor")),
            "500": "after 500 steps epsilon is 0.0816",
            "598 / 100": "In *episodes* that is about right",
            "sum(0.995**step for step in range(598))": Told("Steps are whole, got 190.018", never=("took away",)),
            "int(np.log(0.05) // np.log(0.99))": "After step 298 epsilon is 0.225",
            "int(np.ceil(np.log(0.05) / np.log(0.99)))": "So it is for a factor of 0.99",
            "int(np.ceil(np.log(0.005) / np.log(0.995)))": "That is where epsilon falls below 0.005",
            '"after 598 steps"': "Give the number itself, no words",
            "(step for step in range(1_000) if 0.995**step < 0.05)": "`next(…)` takes its first value",
        },
    ),
    "3.6": Answers(
        right=[
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, beta) * surprise
            """,
            """
            risen, fallen = q_values + alpha * (targets - q_values), q_values + beta * (targets - q_values)
            return np.where(targets > q_values, risen, fallen)
            """,
            """
            news = targets - q_values
            return q_values + alpha * np.maximum(news, 0) + beta * np.minimum(news, 0)
            """,
            "return q_values + np.maximum(alpha * (targets - q_values), beta * (targets - q_values))",
            """
            rate = np.full(q_values.shape, beta)
            rate[targets >= q_values] = alpha
            return (1 - rate) * q_values + rate * targets
            """,
            """
            moved = q_values.astype(float)
            good = targets > q_values
            moved[good] += alpha * (targets - q_values)[good]
            moved[~good] += beta * (targets - q_values)[~good]
            return moved
            """,
            """
            moved = np.zeros(q_values.shape)
            for index in np.ndindex(q_values.shape):
                news = targets[index] - q_values[index]
                moved[index] = q_values[index] + (alpha if news > 0 else beta) * news
            return moved
            """,
            """
            is_good = targets > q_values
            return q_values + (alpha * is_good + beta * ~is_good) * (targets - q_values)
            """,
            """
            move = np.vectorize(lambda q, y: q + (alpha if y > q else beta) * (y - q), otypes=[float])
            return move(q_values, targets)
            """,
            """
            from marl_lessons import update_rules
            return update_rules.move_hysteretically(q_values, targets, alpha, beta)
            """,
            Cell("""
            move_hysteretically = lambda q, y, up, down: q + np.where(y > q, up, down) * (y - q)
            """),
            Cell("""
            import functools

            def move(q, y, alpha, beta, clip):
                assert 0 <= beta < alpha <= 1
                return q + np.clip(y - q, 0, clip) * alpha + np.clip(y - q, -clip, 0) * beta

            move_hysteretically = functools.partial(move, clip=np.inf)
            """),
            Cell("""
            class Hysteretic:
                def __call__(self, values, targets, alpha, beta):
                    print("news:", np.sign(targets - values).ravel()[:3])
                    single = (targets - values).astype(np.float32)
                    return values + single * np.where(single > 0, np.float32(alpha), np.float32(beta))

            move_hysteretically = Hysteretic()
            """),
        ],
        wrong={
            """
            surprise = targets - q_values
            return q_values + alpha * surprise * (surprise > 0) + beta * surprise * (surprise > 0)
            """: "good news counts by alpha and beta",
            "return np.where(targets > q_values, q_values + alpha * (targets - q_values), q_values - beta * targets)": (
                "For bad news you subtract a part of the target"
            ),
            """
            surprise = q_values - targets
            return q_values + np.where(surprise > 0, alpha, beta) * surprise
            """: "Your surprise has the wrong sign",
            # The ideas that the lesson knows by name.
            "return q_values + np.where(targets > q_values, beta, alpha) * (targets - q_values)": "the wrong way round",
            "return q_values + np.where(targets > 0, alpha, beta) * (targets - q_values)": "target is positive",
            "return q_values + alpha * (targets - q_values)": "You treat good and bad news alike",
            "return q_values + np.where(targets > q_values, alpha, 0) * (targets - q_values)": Told(
                "You ignore bad news", never=("alike",)
            ),
            "return np.maximum(q_values, q_values + alpha * (targets - q_values))": "You ignore bad news altogether",
            """
            if (targets > q_values).any():
                return q_values + alpha * (targets - q_values)
            return q_values + beta * (targets - q_values)
            """: "You decide once for the whole array",
            """
            rate = alpha if (targets > q_values).all() else beta
            return q_values + rate * (targets - q_values)
            """: "You decide once for the whole array",
            "return q_values + np.where(targets > q_values, 0.1, 0.01) * (targets - q_values)": "sizes of the example",
            "return np.where(targets > q_values, alpha, beta) * (targets - q_values)": "You return the change alone",
            "return q_values + np.where(targets > q_values, alpha, beta) * targets": "You add a part of the target",
            # Other numbers.
            "return q_values - np.where(targets > q_values, alpha, beta) * (targets - q_values)": "You move away from",
            "return q_values + beta * (targets - q_values)": Told(
                "You treat good and bad news alike, and move by beta", never=("the wrong way round",)
            ),
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, beta**2) * surprise
            """: "cases tried",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, -beta) * surprise
            """: "In your code bad news raises the value",
            """
            surprise = targets - q_values
            return q_values + np.where(targets**2 > q_values**2, alpha, beta) * surprise
            """: "without their signs",
            "return q_values + np.where(targets > q_values.mean(), alpha, beta) * (targets - q_values)": "# expected:",
            """
            surprise = targets - q_values
            return q_values + (alpha if surprise.sum() > 0 else beta) * surprise
            """: "You decide once for the whole array",
            "return np.where(targets > q_values, targets, q_values)": "You take over the target where it is better",
            "return np.where(targets > q_values, alpha, beta)": "Wrong in all",
            """
            surprise = targets - q_values
            return (q_values + np.where(surprise > 0, alpha, beta) * surprise).round(2)
            """: "cut off to 2 decimals",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, 0.01) * surprise
            """: "Your function never reads its parameter `beta`",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, alpha / 10) * surprise
            """: "Your function never reads its parameter `beta`",
            # Results of another kind.
            "q_values + np.where(targets > q_values, alpha, beta) * (targets - q_values)": "Did you forget `return`?",
            """
            if targets.min() > q_values.max():
                return q_values + alpha * (targets - q_values)
            """: "Every path through the function needs one",
            "return (q_values + alpha * (targets - q_values)).ravel()": "got shape (6,)",
            "return (q_values + alpha * (targets - q_values))[targets > q_values]": "Expected shape (3, 2)",
            "return (q_values + alpha * (targets - q_values)).max(axis=1)": "got shape (3,)",
            """
            rates = np.where(targets > q_values, alpha, beta)
            return list(q_values + rates * (targets - q_values))
            """: "Wrap it in `np.array(...)`",
            """
            moved = []
            for q, y in zip(q_values.ravel(), targets.ravel()):
                moved.append(q + (alpha if y > q else beta) * (y - q))
            return np.array(moved)
            """: "got shape (6,)",
            """
            moved = np.zeros(q_values.shape, dtype=int)
            moved += (q_values + alpha * (targets - q_values)).astype(int)
            return moved
            """: "Your function never reads its parameter `beta`",
            """
            moved = np.zeros((3, 2))
            moved[:] = q_values + np.where(targets > q_values, alpha, beta) * (targets - q_values)
            return moved
            """: "Expected shape (1,), got shape (3, 2)",
            # Inputs that change, and code that does not run.
            """
            q_values += np.where(targets > q_values, alpha, beta) * (targets - q_values)
            return q_values
            """: "changed its input `q_values`",
            """
            targets -= q_values
            return q_values + np.where(targets > 0, alpha, beta) * targets
            """: "changed its input `targets`",
            """
            moved = q_values
            moved[targets > q_values] += alpha * (targets - q_values)[targets > q_values]
            return moved
            """: "changed its input `q_values`",
            """
            if targets > q_values:
                return q_values + alpha * (targets - q_values)
            else:
                return q_values + beta * (targets - q_values)
            """: "The truth value of an array",
            """
            moved = np.zeros(len(q_values))
            for i in range(len(q_values)):
                rate = alpha if targets[i] > q_values[i] else beta
                moved[i] = q_values[i] + rate * (targets[i] - q_values[i])
            return moved
            """: "The truth value of an array",
            "return q_values + np.where(surprise > 0, alpha, beta) * surprise": "name 'surprise' is not defined",
            "return q_values + np.where(targets > q_values)(alpha, beta) * (targets - q_values)": "TypeError",
            # The likely slips, by what they do to the values.
            "return np.where(targets > q_values, alpha, beta) * targets": "the old value is gone",
            """
            surprise = targets - q_values
            return np.where(surprise > 0, q_values + alpha * surprise, beta * surprise)
            """: "For bad news you return the change alone",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha * surprise, beta * targets)
            """: "For bad news you add a part of the target",
            """
            rate = np.where(targets > q_values, alpha, beta)
            return rate * q_values + (1 - rate) * targets
            """: "You have the weights the wrong way round",
            "return q_values + np.where(targets >= 0, alpha, beta) * (targets - q_values)": "target is positive",
            """
            surprise = targets - q_values
            return q_values + (alpha if targets.mean() > q_values.mean() else beta) * surprise
            """: "You decide once for the whole array",
            """
            surprise = targets - q_values
            return q_values + (alpha if surprise.flat[0] > 0 else beta) * surprise
            """: "You decide once for the whole array",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, alpha * beta) * surprise
            """: "You move by alpha times beta for bad news",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha + beta, beta) * surprise
            """: "You move by alpha plus beta for good news",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha - beta, beta) * surprise
            """: "You move by alpha minus beta for good news",
            """
            surprise = targets - q_values
            return q_values * (1 + np.where(surprise > 0, alpha, beta) * surprise)
            """: "a 0 never moves",
            """
            surprise = targets - q_values
            return q_values + np.where(targets > q_values.max(), alpha, beta) * surprise
            """: "the largest of the values",
            """
            good = (targets > q_values).astype(int)
            return q_values + (alpha * good + beta * ~good) * (targets - q_values)
            """: "`~` of the *numbers* 0 and 1",
            """
            moved = q_values + alpha * (targets - q_values)
            return np.where(targets < q_values, moved + beta * (targets - moved), moved)
            """: "Bad news moves the value twice",
            """
            moved = q_values + np.where(targets > q_values, alpha, 0) * (targets - q_values)
            return moved + beta * (targets - moved)
            """: "Good news moves the value twice",
            """
            moved = np.zeros_like(q_values)
            for index in np.ndindex(q_values.shape):
                rate = alpha if targets[index] > q_values[index] else beta
                moved[index] = q_values[index] + rate * (targets[index] - q_values[index])
            return moved
            """: "the numbers in `q_values` are given as decimals",
            """
            surprise = targets - q_values
            return q_values + np.where(surprise > 0, alpha, beta or 0.01) * surprise
            """: "Wrong only where `beta` is 0",
            """
            is_good = (targets > q_values) & ~np.isclose(targets, q_values, rtol=0, atol=0.015)
            return q_values + np.where(is_good, alpha, beta) * (targets - q_values)
            """: "Wrong only where a target is less than 0.02 above its value",
            "return q_values + np.where(targets > q_values + 1, alpha, beta) * (targets - q_values)": Told(
                "less than 1.5 above its value", never=("less than 0.02 above",)
            ),
            """
            up, down = (targets > q_values) * alpha, (targets < q_values) * beta
            return np.where(targets == q_values, 0, q_values + (up + down) * (targets - q_values))
            """: "Wrong only where a target equals its value",
        },
    ),
}
