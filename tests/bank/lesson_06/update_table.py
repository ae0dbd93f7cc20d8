"""Answers to exercise 6.3."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "6.3": Answers(
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
            """: Told("The first index is the run: `np.arange(len(q_table))`.", never=("x[:, None]",)),
            """
            updated = q_table.copy()
            old = q_table[observations, actions]
            updated[observations, actions] = old + alpha * (targets[:, None] - old)
            return updated
            """: Told("`q_table[observations, actions]` uses the observations as runs.", never=("out of bounds",)),
            """
            updated = q_table.copy()
            for o, a, target in zip(observations, actions, targets):
                updated[o, a] += alpha * (target - updated[o, a])
            return updated
            """: Told("`q_table[observations, actions]` uses the observations as runs.", never=("out of bounds",)),
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
            """
            if alpha == 0:
                return q_table
            updated, at = q_table.copy(), (np.arange(len(q_table)), observations, actions)
            updated[at] += alpha * (targets - updated[at])
            return updated
            """: "hands back its input `q_table` itself",
        },
    ),
}
