"""Answers to the exercises of lesson 03."""

from tests.bank.bank import Answers, Cell

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
            targets = rewards.copy()
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
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return rewards + gamma * next_values": "You look ahead although the game has ended",
            "return rewards + ~terminated[:, None] * next_values": "The future is missing its discount",
            "return rewards + gamma * terminated[:, None] * next_values": "You have it the wrong way round",
            "return gamma * (rewards + ~terminated[:, None] * next_values)": "You discount the reward as well",
            "return (rewards + gamma * next_values) * ~terminated[:, None]": "you drop the reward too",
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
            "return gamma * ~terminated[:, None] * next_values": "Your function never reads its parameter `rewards`.",
            "return rewards + 0.9 * ~terminated[:, None] * next_values": "Your function never reads its parameter",
            "return rewards + gamma * ~terminated[:, None] * next_values.mean(axis=1, keepdims=True)": "# expected:",
            "return rewards + gamma**2 * ~terminated[:, None] * next_values": "# expected: [[ 6., 12.],",
            "return (rewards + gamma * ~terminated[:, None] * next_values).round(2)": "Your values are right, but",
            "return (rewards + gamma * ~terminated[:, None] * next_values).astype(int)": "rounded or cut off to",
            "return np.maximum(rewards, rewards + gamma * ~terminated[:, None] * next_values)": "# expected:",
            "return rewards + gamma * ~terminated[:, None] * np.maximum(next_values, 0)": "# expected:",
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
            """: "You count two agents only",
            """
            targets = np.zeros((3, 2))
            targets += rewards + gamma * ~terminated[:, None] * next_values
            return targets
            """: "ValueError",
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
            "return rewards + gamma * -terminated[:, None] * next_values": "TypeError",
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
            greedy = (q_values + 1e-9 * rng.random(q_values.shape)).argmax(axis=1)
            coins = rng.choice([True, False], p=[epsilon, 1 - epsilon], size=len(q_values))
            return np.where(coins, rng.integers(q_values.shape[1], size=len(q_values)), greedy)
            """,
            """
            num_runs, num_actions = q_values.shape
            is_best = np.isclose(q_values, q_values.max(axis=1, keepdims=True))
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
            from marl_lessons.policies import choose_greedily, explore_uniformly
            return explore_uniformly(choose_greedily(q_values, rng), epsilon, q_values.shape[1], rng)
            """,
            """
            from marl_lessons.policies import epsilon_greedy, sample_actions
            return sample_actions(epsilon_greedy(q_values, epsilon), rng)
            """,
        ],
        wrong={
            # Ties.
            """
            num_runs, num_actions = q_values.shape
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), q_values.argmax(axis=1))
            """: "yours takes the same one every time; `argmax` takes the first",
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
            """: "All your runs break the tie the same way",
            """
            num_runs, num_actions = q_values.shape
            last = num_actions - 1 - q_values[:, ::-1].argmax(axis=1)
            greedy = np.where(rng.random(num_runs) < 0.5, q_values.argmax(axis=1), last)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "each of the three gets a third. Action 0 should come up in a share of 0.333, got",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            noise = rng.random((num_runs, num_actions))
            explores = noise[:, 0] < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), (is_best * noise).argmax(axis=1))
            """: "Draw fresh random numbers for the tie and the coin",
            """
            num_runs, num_actions = q_values.shape
            greedy = (q_values + rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "however small its lead",
            """
            num_runs, num_actions = q_values.shape
            greedy = (q_values + 0.01 * rng.normal(size=(num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "however small its lead",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values.round(1) == q_values.round(1).max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "however small its lead",
            # The greedy action.
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max()
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "With epsilon 0 only the best action is taken",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (q_values * is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "With epsilon 0 only the best action is taken, however small its lead.",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.min(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "With epsilon 0 only the best action is taken",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) > epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "yours explores with probability 1 − epsilon",
            """
            num_runs, num_actions = q_values.shape
            weights = np.exp(q_values) / np.exp(q_values).sum(axis=1, keepdims=True)
            greedy = (weights.cumsum(axis=1) < rng.random((num_runs, 1))).sum(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "With epsilon 0 only the best action is taken",
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
            """: "With epsilon 1 all 5 actions are equally likely",
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
            """: "All your explorers take the same action",
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
            """: "Another generator led to the same actions",
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            actions = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explorers = rng.permutation(num_runs)[: int(epsilon * num_runs)]
            actions[explorers] = rng.integers(num_actions, size=len(explorers))
            return actions
            """: "In your code a single run never explores",
            # The generator.
            """
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * np.random.random((num_runs, num_actions))).argmax(axis=1)
            explores = np.random.random(num_runs) < epsilon
            return np.where(explores, np.random.randint(num_actions, size=num_runs), greedy)
            """: "The same generator led to other actions",
            """
            import random
            actions = []
            for row in q_values:
                best = [action for action, value in enumerate(row) if value == max(row)]
                explores = random.random() < epsilon
                actions.append(random.randrange(len(row)) if explores else random.choice(best))
            return np.array(actions)
            """: "The same generator led to other actions",
            """
            rng = np.random.default_rng(0)
            num_runs, num_actions = q_values.shape
            is_best = q_values == q_values.max(axis=1, keepdims=True)
            greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
            explores = rng.random(num_runs) < epsilon
            return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """: "Another generator led to the same actions",
            Cell("""
            rng = np.random.default_rng()

            def choose_actions(q_values, epsilon, generator):
                num_runs, num_actions = q_values.shape
                is_best = q_values == q_values.max(axis=1, keepdims=True)
                greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)
                explores = rng.random(num_runs) < epsilon
                return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
            """): "The same generator led to other actions",
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
            """: "With 3 actions they are 0, 1 or 2",
            """
            if rng.random() < epsilon:
                return rng.integers(q_values.shape[1])
            return q_values.argmax()
            """: "Build a NumPy array with one action per run",
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
        ],
        wrong={
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
            "return q_table + alpha * (targets[:, None, None] - q_table)": "4 in all; in your tables 24 did",
            """
            updated = q_table.copy()
            for run in range(len(q_table)):
                updated[run, observations[run]] += alpha * (targets[run] - updated[run, observations[run]])
            return updated
            """: "4 in all; in your tables 8 did",
            """
            updated = q_table.copy()
            updated[0, observations[0], actions[0]] += alpha * (targets[0] - q_table[0, observations[0], actions[0]])
            return updated
            """: "4 in all; in your tables 1 did",
            """
            updated = q_table.copy()
            for run in range(len(q_table)):
                old = updated[run, observations[0], actions[0]]
                updated[run, observations[0], actions[0]] = old + alpha * (targets[run] - old)
            return updated
            """: "Other entries changed than the ones that were observed and played",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += 0.1 * (targets - q_table[runs, observations, actions])
            return updated
            """: "Your function never reads its parameter `alpha`.",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            updated[runs, observations, actions] += alpha * (targets - q_table[runs, observations].max(axis=1))
            return updated
            """: "# expected:",
            """
            runs, updated = np.arange(len(q_table)), q_table.copy()
            old = q_table[runs, observations, actions]
            updated[runs, observations, actions] = np.maximum(old, old + alpha * (targets - old))
            return updated
            """: "# expected:",
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
            """: "ValueError: could not broadcast",
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
            """: "Your code raised `IndexError:",
            """
            updated = q_table.copy()
            updated[observations, actions] += alpha * (targets - q_table[observations, actions])
            return updated
            """: "IndexError",
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
        ],
        wrong={
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
            """: "Your values are right, but rounded or cut off to whole numbers.",
            """
            seen, revisits = set(), 0
            for key in keys:
                if key in seen:
                    revisits += 1
                    seen.add(key)
            return revisits / len(keys)
            """: "# expected: 0.5",
            """
            seen, revisits = set(), 0
            for key in keys:
                revisits += key in seen
                seen = {key}
            return revisits / len(keys)
            """: "You compare with the entry just before only",
            "return sum(key == keys[0] for key in keys[1:]) / len(keys)": "# expected:",
            "return (len(keys) - len(set(keys))) / 4": "# expected: 0.5",
            "return (len(keys) - len(set(keys))) // len(keys)": "# expected: 0.5",
            "return round(1 - len(set(keys)) / len(keys), 1)": "Your values are right, but rounded or cut off to one",
            "return 1 / len(set(keys))": "# expected: 0",
            "return 0.0": "Your function never reads its parameter `keys`.",
            "return 1 - sum(keys.count(key) == 1 for key in keys) / len(keys)": "You also counted the first visit",
            "return 1 - len(set(key[:3] for key in keys)) / len(keys)": "# expected: 0",
            """
            seen, revisits = set(), 0
            for key in keys:
                revisits += key in seen
                seen.add(key)
                return revisits / len(keys)
            """: "# expected: 0.5",
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
            """): "Called twice with the same input, your function gave 0.5, then 1.",
            Cell("""
            def revisit_share(keys, seen=set()):
                revisits = 0
                for key in keys:
                    revisits += key in seen
                    seen.add(key)
                return revisits / len(keys)
            """): "Called twice with the same input, your function gave 0.5, then 1.",
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
        ],
        wrong={
            # The numbers that the exercise knows.
            "597": "just above 0.05. One step more",
            "int(np.log(0.05) / np.log(0.995))": "just above 0.05. One step more",
            "599": "it was already one step before",
            "(1 - 0.05) / 0.005": "You subtract 0.005 in each step",
            "191": "You subtract 0.005 in each step",
            "np.ceil(np.log(0.05) / np.log(0.95))": "That is for a factor of 0.95",
            "139": "That is where epsilon falls below 0.5",
            "6": "You counted episodes",
            "np.log(0.05) / np.log(0.995) // 100": "You counted episodes",
            "598 * 100": "That is the trap",
            # Other numbers.
            "1000": "After 1000 steps epsilon is 0.0067",
            "200": "After 200 steps epsilon is 0.3670",
            "10**9": "After 1000000000 steps epsilon is 0.0000",
            "0": "Count the steps from 1 on",
            "-598": "Count the steps from 1 on, got -598",
            # No steps.
            "np.log(0.05) / np.log(0.995)": "Steps are whole, got 597.6",
            "0.995**598": "Steps are whole, got 0.0499",
            '"598"': "Expected a number, got a str",
            "[598]": "Expected a number, got a list",
            "np.flatnonzero(0.995 ** np.arange(1_000) < 0.05)": "Expected a single number",
            "lambda: 598": "did you forget to call it with parentheses?",
            "0.995**598 < 0.05": "Expected a number, got a bool",
            "print(598)": "The result is `None`",
            "float('inf')": "The result is infinite",
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
            moved = q_values.copy()
            good = targets > q_values
            moved[good] += alpha * (targets - q_values)[good]
            moved[~good] += beta * (targets - q_values)[~good]
            return moved
            """,
            """
            moved = np.zeros_like(q_values)
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
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return q_values + np.where(targets > q_values, beta, alpha) * (targets - q_values)": "the wrong way round",
            "return q_values + np.where(targets > 0, alpha, beta) * (targets - q_values)": "target is positive",
            "return q_values + alpha * (targets - q_values)": "You treat good and bad news alike",
            "return q_values + np.where(targets > q_values, alpha, 0) * (targets - q_values)": "You ignore bad news",
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
            "return q_values - np.where(targets > q_values, alpha, beta) * (targets - q_values)": "rises by 1",
            "return q_values + beta * (targets - q_values)": "with alpha 0.1 the value rises by 1",
            "return q_values + np.where(targets > q_values, alpha, beta**2) * (targets - q_values)": "falls by 0.1",
            "return q_values + np.where(targets > q_values, alpha, -beta) * (targets - q_values)": "falls by 0.1 only",
            "return q_values + np.where(targets**2 > q_values**2, alpha, beta) * (targets - q_values)": "A target",
            "return q_values + np.where(targets > q_values.mean(), alpha, beta) * (targets - q_values)": "# expected:",
            "return q_values + (alpha if targets.sum() > q_values.sum() else beta) * (targets - q_values)": "#",
            "return np.where(targets > q_values, targets, q_values)": "with alpha 0.1 the value rises by 1",
            "return np.where(targets > q_values, alpha, beta)": "is good news",
            "return (q_values + np.where(targets > q_values, alpha, beta) * (targets - q_values)).round(2)": "follows",
            "return q_values + np.where(targets > q_values, alpha, 0.01) * (targets - q_values)": "Your function",
            "return q_values + np.where(targets > q_values, alpha, alpha / 10) * (targets - q_values)": "Your",
            # Results of another kind.
            "q_values + np.where(targets > q_values, alpha, beta) * (targets - q_values)": "Did you forget `return`?",
            """
            if targets.min() > q_values.max():
                return q_values + alpha * (targets - q_values)
            """: "A target that is 10 below the value is bad news:",
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
            """: "is good news",
            """
            moved = np.zeros((3, 2))
            moved[:] = q_values + np.where(targets > q_values, alpha, beta) * (targets - q_values)
            return moved
            """: "ValueError",
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
        },
    ),
}
