"""Answers to exercise 10.1."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "10.1": Answers(
        right=[
            "return np.eye(policies.shape[1])[actions] - policies",
            """
            gradient = -1.0 * policies
            gradient[np.arange(len(actions)), actions] += 1
            return gradient
            """,
            """
            rows = []
            for row, action in zip(policies, actions):
                rows.append([(1 if other == action else 0) - row[other] for other in range(len(row))])
            return np.array(rows)
            """,
            """
            from marl_lessons import policy_gradients
            return policy_gradients.log_gradient(policies, actions)
            """,
            "return (np.arange(policies.shape[1]) == actions[:, None]) - policies.astype(np.float64)",
            """
            one_hot = np.zeros(policies.shape)
            np.put_along_axis(one_hot, actions[:, None], 1, axis=1)
            return np.subtract(one_hot, policies)
            """,
            Cell("""
            log_gradient = lambda pi, a: np.identity(pi.shape[-1])[a] - pi
            """),
            """
            jacobian = np.eye(policies.shape[1]) - policies[:, None, :]
            return jacobian[np.arange(len(actions)), actions]
            """,
        ],
        wrong={
            "return np.eye(policies.shape[1])[actions]": "only the 1 of the action played",
            "return policies - np.eye(policies.shape[1])[actions]": "signs are the wrong way round",
            "return np.eye(policies.shape[1])[actions] * (1 - policies)": "the action played alone",
            """
            gradient = -1.0 * policies
            gradient[np.arange(len(actions)), actions] = 0
            return gradient
            """: "leave the action played at 0",
            """
            played = policies[np.arange(len(actions)), actions][:, None]
            return played * (np.eye(policies.shape[1])[actions] - policies)
            """: "how the *probability* changes",
            """
            played = policies[np.arange(len(actions)), actions][:, None]
            return np.eye(policies.shape[1])[actions] - played
            """: "Each action loses its own probability",
            "return np.eye(policies.shape[1])[actions] - 1 / policies.shape[1]": "the same share from every action",
            "return 1 - np.eye(policies.shape[1])[actions] - policies": "*not* played",
            "return np.eye(policies.shape[1])[actions] + policies": "You add the probabilities",
            "return np.eye(policies.shape[1])[actions[0]] - policies": "the first run's action for all runs",
            "return np.eye(policies.shape[1])[actions] - policies[0]": "the first run's policy in all runs",
            "return 2 * (np.eye(policies.shape[1])[actions] - policies)": "always 2 times",
            "return (np.eye(policies.shape[1])[actions] - policies).round(1)": "to one decimal",
            "return np.eye(2)[actions] - policies": Told("always have two entries", never=("Wrong only where",)),
            "return (np.eye(policies.shape[1])[actions] - policies).tolist()": "Wrap it in `np.array(...)`",
            "return (np.eye(policies.shape[1])[actions] - policies).T": "The axes are the other way round",
            """
            policies *= -1
            policies[np.arange(len(actions)), actions] += 1
            return policies
            """: "`policies`",
            "np.eye(policies.shape[1])[actions] - policies": "Did you forget `return`?",
            "return np.eye(policies.shape[1])[actions] - policy": "name 'policy' is not defined",
            "return 1 - policies[np.arange(len(actions)), actions]": "(3, 2)",
            """
            chance = policies[np.arange(len(actions)), actions]
            if (chance >= 0.5).all():
                return 0.5 * (np.eye(policies.shape[1])[actions] - policies)
            return np.eye(policies.shape[1])[actions] - policies
            """: "Right in",
            # More ideas that the lesson knows by name.
            """
            one_hot = np.eye(policies.shape[1])[actions]
            return policies * (one_hot - policies)
            """: "multiply each entry by its action's probability",
            """
            one_hot = np.eye(policies.shape[1])[actions]
            return one_hot / policies
            """: "which gives 1/π",
            """
            one_hot = np.eye(policies.shape[1])[actions]
            return one_hot / policies - 1
            """: "which gives 1/π",
            """
            gradient = np.zeros(policies.shape)
            for run, action in enumerate(actions):
                gradient[run, action] = 1 / policies[run, action]
            return gradient
            """: "which gives 1/π",
            """
            gradient = -np.ones(policies.shape)
            for run, action in enumerate(actions):
                gradient[run, action] += 1 / policies[run, action]
            return gradient
            """: "which gives 1/π",
            """
            one_hot = np.eye(policies.shape[1])[actions]
            return one_hot - np.log(policies)
            """: "You subtract the logarithms of the probabilities",
            "return np.log(policies)": "You return the logarithms of the probabilities",
            "return actions[:, None] - policies": "from the *number* of the action played",
            "return np.eye(policies.shape[1])[actions - 1] - policies": "one place before the action played",
            """
            from marl_lessons.policies import softmax
            return np.eye(policies.shape[1])[actions] - softmax(policies)
            """: "take the softmax of `policies`",
            """
            gradient = -1.0 * policies
            gradient[:, actions] += 1
            return gradient
            """: "for the actions of *all* runs",
            "return np.eye(actions.max() + 1)[actions] - policies": Told(
                "as long as the largest action", never=("Wrong only where",)
            ),
            """
            gradient = -1.0 * policies
            gradient[np.arange(len(actions)), actions] = 1
            return gradient
            """: "Add it there",
        },
    ),
}
