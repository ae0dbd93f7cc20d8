"""Answers to exercise 2.1."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "2.1": Answers(
        right=[
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)",
            """
            team_reward = -np.abs(position)
            individual_bonus = 0.1 * (actions < num_actions // 2)
            return team_reward[:, None] + individual_bonus
            """,
            "return np.where(actions < num_actions // 2, 0.1, 0.0) - abs(position).reshape(-1, 1)",
            """
            rewards = np.zeros(actions.shape)
            for run in range(actions.shape[0]):
                for agent in range(actions.shape[1]):
                    rewards[run, agent] = -abs(position[run])
                    if actions[run, agent] < num_actions // 2:
                        rewards[run, agent] += 0.1
            return rewards
            """,
            """
            return np.array(
                [[-abs(x) + 0.1 * (action < num_actions // 2) for action in team] for x, team in zip(position, actions)]
            )
            """,
            """
            rewards = np.repeat(-np.abs(position)[:, None], actions.shape[1], axis=1)
            rewards[actions < num_actions // 2] += 0.1
            return rewards
            """,
            "return (-np.abs(position) + 0.1 * (actions.T < num_actions // 2)).T",
            "return -np.sqrt(position[:, None] ** 2) + (actions + 1 <= num_actions // 2) / 10",
            "return np.minimum(position, -position)[:, np.newaxis] + 0.1 * np.isin(actions, range(num_actions // 2))",
            "return (-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)).astype(np.float32)",
            "return np.fromfunction(lambda r, n: 0.1 * (actions[r, n] < num_actions // 2) - abs(position[r]), "
            "actions.shape, dtype=int)",
            Cell("drift_rewards = lambda x, a, n: -abs(x).reshape(len(x), 1) + (a < n // 2) / 10"),
            Cell("""
            def pay(x, action, num_actions):
                return -abs(x) + (0.1 if action < num_actions // 2 else 0)

            drift_rewards = np.vectorize(pay, signature="(),(n),()->(n)", otypes=[float])
            drift_rewards = lambda x, a, n: np.vectorize(pay, otypes=[float])(x[:, None], a, n)
            """),
        ],
        wrong={
            "return -np.abs(position)[:, None] + 0.1 * (actions > num_actions // 2)": (
                "You pay the bonus for actions above"
            ),
            # The ideas that the lesson knows by name.
            "return -np.abs(position)[:, None] + 0.1 * (actions <= num_actions // 2)": "Your bonus includes the middle",
            "return -np.abs(position)[:, None] + 0.1 * (actions >= num_actions // 2)": "the upper half of the actions",
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions / 2)": "With an odd number of actions",
            """
            low = actions < num_actions // 2
            return -np.abs(position)[:, None] + 0.1 * low.sum(axis=1, keepdims=True) + np.zeros(actions.shape)
            """: "You share the bonuses among the team",
            "return -np.abs(position)[:, None] + (actions < num_actions // 2)": "Your bonus is 1. It is 0.1.",
            "return -np.abs(position)[:, None] + np.zeros(actions.shape)": "The bonus is missing",
            "return -np.abs(position)[:, None] + 0.1 * (actions < 2)": "which is right for 4 actions only",
            "return -position[:, None] + 0.1 * (actions < num_actions // 2)": "take the absolute value",
            "return np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)": "mind the minus sign",
            "return -position[:, None] ** 2 + 0.1 * (actions < num_actions // 2)": "the square of the distance",
            """
            moved = position + 0.05 * actions.sum(axis=1)
            return -np.abs(moved)[:, None] + 0.1 * (actions < num_actions // 2)
            """: "You move `position` by the actions",
            "return -np.abs(position).mean() + 0.1 * (actions < num_actions // 2)": "You mix the runs",
            "return -abs(position[0]) + 0.1 * (actions < num_actions // 2)": "what the first one earns",
            "return -np.abs(position[:, None] + 0.1 * (actions < num_actions // 2))": "into the absolute value",
            "return -np.abs(position)[:, None] + 0.1 * (actions < (num_actions - 1) // 2)": "(num_actions - 1) // 2`",
            "return -np.abs(position)[:, None] + 0.01 * (actions < num_actions // 2)": "Your bonus is 0.01",
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2).any(axis=1, keepdims=True) "
            "+ 0 * actions": "You share the bonuses among the team",
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2).mean(axis=1, keepdims=True) "
            "+ 0 * actions": "You share the bonuses among the team",
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2).all(axis=1, keepdims=True) "
            "+ 0 * actions": "You share the bonuses among the team",
            # Others that look like them.
            "return -np.abs(np.median(position)) + 0.1 * (actions < num_actions // 2)": Told(
                "# expected:", never=("the first one", "You mix the runs")
            ),
            "return -abs(position[-1]) + 0.1 * (actions < num_actions // 2)": Told("#", never=("the first one earns",)),
            "return -np.abs(position[:, None] - 0.1 * (actions < num_actions // 2))": "into the absolute value",
            "return -np.abs(position)[:, None] + 0.1 * np.sign(position)[:, None] * (actions < num_actions // 2)": Told(
                "# expected:", never=("absolute value", "taken away")
            ),
            "return -np.abs(position)[:, None] + 0.2 * (actions < num_actions // 2)": Told(
                "# expected:", never=("Your bonus is", "share")
            ),
            "return -np.abs(position)[:, None] + 0.1 * (actions <= num_actions / 2)": Told("#", never=("odd number",)),
            "return -np.abs(position)[:, None] + 0.1 * (actions[:, :1] < num_actions // 2) + 0 * actions": Told(
                "# expected:", never=("You share",)
            ),
            "return -np.abs(position)[:, None] + 0.1 * (actions < 1)": Told(
                "never reads its parameter `num_actions`", never=("below 2", "the upper half")
            ),
            "return np.maximum(-np.abs(position), -1)[:, None] + 0.1 * (actions < num_actions // 2)": Told(
                "# expected:", never=("absolute value", "square")
            ),
            Cell("""
            first = {}

            def drift_rewards(position, actions, num_actions):
                half = first.setdefault("half", num_actions // 2)
                return -np.abs(position)[:, None] + 0.1 * (actions < half)
            """): "Your function changes the notebook variable `first`",
            "return -np.abs(position)[:, None] + 0.1 * (-(actions >= num_actions // 2))": "`~` turns True and False",
            "return -np.abs(position)[:, None], 0.1 * (actions < num_actions // 2)": "which one array is asked for?",
            "return np.round(-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2), 2)": "off to 2 decimals",
            "return -np.abs(position)[:, None] + 0.1 * (actions < int(num_actions / 2 + 0.5))": "With an odd number",
            "return -np.abs(position)[:, None] + 0.1 * (actions < round(num_actions / 2))": Told(
                "# expected:", never=("odd number of actions your", "where `position`")
            ),
            "return -np.abs(position)[:, None] + 0.1 * (actions < max(1, num_actions // 2))": "`num_actions` is 1",
            "return np.squeeze(-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2))": "got shape",
            "return (-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)).round(1)": "off to one decimal",
            "return np.round(-np.abs(position))[:, None] + 0.1 * (actions < num_actions // 2)": "# expected:",
            """
            rewards = np.zeros(actions.shape)
            for run, team in enumerate(actions):
                bonus = 0
                for agent, action in enumerate(team):
                    if action < num_actions // 2:
                        bonus = 0.1
                    rewards[run, agent] = bonus - abs(position[run])
            return rewards
            """: "# expected:",
            """
            rewards = np.empty(actions.shape)
            for agent in range(3):
                rewards[:, agent] = 0.1 * (actions[:, agent] < num_actions // 2) - abs(position)
            return rewards
            """: "IndexError",
            # Results of another kind.
            "-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)": "Did you forget `return`?",
            "print(-np.abs(position)[:, None])": "Did you forget `return`?",
            "return -np.abs(position)": "Expected shape (2, 3) (one reward for each of 2 runs and 3 agents)",
            "return -np.abs(position)[:, None]": "Axis 1 is 1 long and should be 3",
            """
            team_reward = -np.abs(position)
            bonus = 0.1 * (actions < num_actions // 2).sum(axis=1)
            return team_reward + bonus
            """: "got shape (2,)",
            "return (-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)).T": "got shape (3, 2)",
            "return (-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)).tolist()": "`np.array(...)`",
            "return [[-abs(x) + 0.1 * (a < num_actions // 2) for a in t] for x, t in zip(position, actions)]": "a list",
            "return actions < num_actions // 2": "got dtype bool",
            """
            rewards = np.zeros_like(actions)
            for run, x in enumerate(position):
                for agent, action in enumerate(actions[run]):
                    rewards[run, agent] = -abs(x) + 0.1 * (action < num_actions // 2)
            return rewards
            """: "Your answer is right if the numbers in `actions` are given as",
            # Other numbers.
            "return -np.abs(position)[:, None] - 0.1 * (actions < num_actions // 2)": "Your bonus is taken away",
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions)": "# expected:",
            "return 0.1 * (actions < num_actions // 2) + 0 * position[:, None]": Told(
                "The team's reward is missing", never=("always",)
            ),
            "return -np.abs(position)[:, None] * (actions < num_actions // 2) * 0.1": Told(
                "You multiply the team's reward by the bonus", never=("always",)
            ),
            "return -np.abs(position)[:, None] + 0.1 * (actions // 2 < num_actions)": "You pay everybody the bonus",
            "return -np.abs(position)[:, None] + np.where(actions < num_actions // 2, 0.1, -0.1)": Told(
                "You take 0.1 away for an action that is not low", never=("always 0.1 too small",)
            ),
            """
            rewards = -np.abs(position)[:, None] + np.zeros(actions.shape)
            rewards[actions < num_actions // 2] = 0.1
            return rewards
            """: "An agent that earns the bonus gets the bonus alone",
            "return -np.abs(position)[:, None] + 0.1 * (actions == 0)": "Your function never reads its parameter",
            "return -np.abs(position)[:, None] + 0.1 * (actions < actions.max() // 2 + 1)": "Your function never",
            "return np.full(actions.shape, -np.abs(position).sum()) + 0.1 * (actions < num_actions // 2)": "#",
            "return -np.abs(position)[:, None] / actions.shape[1] + 0.1 * (actions < num_actions // 2)": (
                "You divide the team's reward among the agents"
            ),
            """
            rewards = np.zeros(actions.shape)
            for run in range(len(actions)):
                for agent in range(actions.shape[1] - 1):
                    rewards[run, agent] = -abs(position[run]) + 0.1 * (actions[run, agent] < num_actions // 2)
            return rewards
            """: "# got:      [[0.]]",
            """
            bonus = 0.1 * (actions < num_actions // 2)
            return -np.stack([np.abs(position)] * 3, axis=1) + np.resize(bonus, (len(position), 3))
            """: "Expected shape (1, 1), got shape (1, 3).",
            # Inputs that change, and code that does not run.
            """
            position[position < 0] *= -1
            return -position[:, None] + 0.1 * (actions < num_actions // 2)
            """: "changed its input `position`",
            """
            actions[actions < num_actions // 2] = 1
            return -np.abs(position)[:, None] + 0.1 * (actions == 1)
            """: "changed its input `actions`",
            "return -np.abs(position) + 0.1 * (actions < num_actions // 2)": "Your code raised `ValueError:",
            "return -np.abs(x)[:, None] + 0.1 * (actions < 2)": "NameError: name 'x' is not defined",
            "return -abs(position[:, None]) + (0.1 if actions < num_actions // 2 else 0)": "is ambiguous",
        },
    ),
}
