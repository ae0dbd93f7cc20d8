"""Answers to exercise 6.2."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "6.2": Answers(
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
            for run, row in enumerate(q_values.tolist()):
                highest = max(row)
                best = [action for action, value in enumerate(row) if value == highest]
                actions[run] = best[rng.integers(len(best))]
                if rng.uniform() < epsilon:
                    actions[run] = rng.integers(len(row))
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
                def take_best(self, q_values, rng):
                    is_best = q_values == q_values.max(axis=1, keepdims=True)
                    return (is_best * rng.random(q_values.shape)).argmax(axis=1)

                def __call__(self, q_values, epsilon, rng):
                    explored = rng.integers(q_values.shape[1], size=len(q_values))
                    return np.where(rng.random(len(q_values)) < epsilon, explored, self.take_best(q_values, rng))

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
            """: "yours takes the same one every time, 0; `argmax` takes the first",
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
            """: Told("Your random numbers change the order of values that are close", never=("Wrong only",)),
            """
            num_runs, num_actions = q_values.shape
            greedy = (q_values + 0.01 * rng.normal(size=(num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: Told("Your random numbers change the order of values that are close", never=("Wrong only",)),
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values.round(1) == q_values.round(1).max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "holds a best action that leads by less than 1",
            """
            greedy = (q_values + 0.001 * rng.random(q_values.shape)).argmax(axis=1)
            explores = rng.random(len(q_values)) < epsilon
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: Told("Your random numbers change the order of values that are close", never=("Wrong only",)),
            """
            greedy = (q_values * rng.random(q_values.shape)).argmax(axis=1)
            explores = rng.random(len(q_values)) < epsilon
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: Told(
                "You multiply the values by random numbers. Multiply the marks (`q_values == …max`) instead.",
                never=("random numbers of their own?", "only these come up"),
            ),
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
            """: Told(
                "With epsilon 1 every run explores, but yours always takes the best action", never=("three best",)
            ),
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
            """: Told(
                "With epsilon 1 all 3 actions are equally likely", never=("random numbers of their own", "three best")
            ),
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
            """: Told("Your runs explore all together or not at all", never=("three best",)),
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
            for row in q_values.tolist():
                highest = max(row)
                best = [action for action, value in enumerate(row) if value == highest]
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
            greedy = rng.integers(np.sum(q_values == q_values.max(axis=1, keepdims=True), axis=1))
            explores = rng.random(len(q_values)) < epsilon
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: Told("Is it the place in a list of the best actions?", never=("lowest value",)),
            """
            import random
            noise = np.array([[random.random() for _ in row] for row in q_values.tolist()])
            greedy = ((q_values == q_values.max(axis=1, keepdims=True)) * noise).argmax(axis=1)
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
            """: Told("Your function never reads its parameter `epsilon`.", never=("best actions",)),
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
            """
            noise = 1e-6 * rng.random(q_values.shape)
            greedy = (q_values + noise).argmax(axis=1)
            explores = rng.random(len(q_values)) < epsilon
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: "A lead counts however small it is",
            """
            single = q_values.astype(np.float32)
            is_best = single == single.max(axis=1, keepdims=True)
            greedy = np.where(is_best, rng.random(q_values.shape), -1).argmax(axis=1)
            explores = rng.random(len(q_values)) < epsilon
            return np.where(explores, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """: "A lead counts however small it is",
            """
            actions = []
            for row in q_values.tolist():
                best, ties = -1e9, []
                for action, value in enumerate(row):
                    if value > best:
                        best, ties = value, [action]
                    elif value == best:
                        ties.append(action)
                choice = range(len(row)) if rng.random() < epsilon or not ties else ties
                actions.append(choice[rng.integers(len(choice))])
            return np.array(actions)
            """: "a number that should be below all values",
            """
            actions = []
            for run, row in enumerate(q_values):
                ties = np.flatnonzero(row == row.max())
                actions.append(rng.integers(len(row)) if rng.random() < epsilon else ties[run % len(ties)])
            return np.array(actions)
            """: "it must not hang on the run's number",
            """
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            chances = epsilon / q_values.shape[1] + (1 - epsilon) * is_best / is_best.sum(axis=1, keepdims=True)
            drawn = np.repeat(rng.random((len(q_values) + 1) // 2), 2)[: len(q_values)]
            drawn[1::2] = 1 - drawn[1::2]
            return np.minimum((drawn[:, None] >= chances.cumsum(axis=1)).sum(axis=1), q_values.shape[1] - 1)
            """: "Of two neighboring runs the same action should come up",
        },
    ),
}
