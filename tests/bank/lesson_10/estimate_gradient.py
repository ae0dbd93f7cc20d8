"""Answers to exercise 10.3."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "10.3": Answers(
        right=[
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return ((payoffs - baseline)[:, None, None] * log_gradients).mean(axis=0)
            """,
            """
            total = np.zeros(policies.shape)
            for play in range(len(payoffs)):
                for agent in range(len(policies)):
                    step = -1.0 * policies[agent]
                    step[actions[play, agent]] += 1
                    total[agent] += (payoffs[play] - baseline) * step
            return total / len(payoffs)
            """,
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return np.einsum("k,kna->na", payoffs - baseline, log_gradients) / len(payoffs)
            """,
            """
            from marl_lessons import policy_gradients
            return policy_gradients.estimate_gradient(policies, actions, payoffs, baseline)
            """,
            """
            log_gradients = (actions[:, :, None] == np.arange(policies.shape[1])) - 1.0 * policies
            return np.tensordot(payoffs - baseline, log_gradients, axes=1) / len(actions)
            """,
            """
            better = payoffs - baseline
            one_hot = np.eye(policies.shape[1])[actions]
            return np.mean([b * (h - policies) for b, h in zip(better, one_hot)], axis=0)
            """,
            Cell("""
            def estimate_gradient(pi, a, r, b):
                steps = np.eye(pi.shape[1])[a] - pi
                return np.average((r - b).reshape(-1, 1, 1) * steps, axis=0)
            """),
            """
            mean = np.zeros(policies.shape)
            for play, (chosen, paid) in enumerate(zip(actions, payoffs), 1):
                step = (paid - baseline) * (np.eye(policies.shape[1])[chosen] - policies)
                mean += (step - mean) / play
            return mean
            """,
            """
            estimate = np.zeros(policies.shape)
            weights = (payoffs - baseline) / len(payoffs)
            np.add.at(estimate, (np.arange(len(policies))[None], actions), weights[:, None])
            return estimate - policies * weights.sum()
            """,
        ],
        wrong={
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return (payoffs[:, None, None] * log_gradients).mean(axis=0)
            """: "Subtract the baseline from each of them",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return ((payoffs - baseline)[:, None, None] * log_gradients).sum(axis=0)
            """: "You add up the plays",
            """
            one_hot = np.eye(policies.shape[1])[actions]
            return ((payoffs - baseline)[:, None, None] * one_hot).mean(axis=0)
            """: "never lower anything",
            """
            log_gradients = policies - np.eye(policies.shape[1])[actions]
            return ((payoffs - baseline)[:, None, None] * log_gradients).mean(axis=0)
            """: "signs are the wrong way round",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return ((payoffs + baseline)[:, None, None] * log_gradients).mean(axis=0)
            """: "You add the baseline",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return (payoffs[:, None, None] * log_gradients).mean(axis=0) - baseline
            """: "subtract the baseline from the gradient",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return (payoffs.mean() - baseline) * log_gradients.mean(axis=0)
            """: "no product of means",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return ((payoffs - payoffs.mean())[:, None, None] * log_gradients).mean(axis=0)
            """: "the mean payoff of the batch",
            "return (np.eye(policies.shape[1])[actions] - policies).mean(axis=0)": "The payoffs do not matter",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return ((payoffs - baseline)[:, None, None] * log_gradients).mean(axis=0) / len(policies)
            """: "divide by the number of agents",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies[0]
            return ((payoffs - baseline)[:, None, None] * log_gradients).mean(axis=0)
            """: "agent 0's policy for all agents",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return ((payoffs - baseline)[:, None, None] * log_gradients).mean(axis=1)
            """: "(3, 2)",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return (payoffs - baseline)[:, None, None] * log_gradients
            """: "(3, 2)",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return ((payoffs - baseline) * log_gradients).mean(axis=0)
            """: "broadcast",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return 3 * ((payoffs - baseline)[:, None, None] * log_gradients).mean(axis=0)
            """: "always 3 times",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            ((payoffs - baseline)[:, None, None] * log_gradients).mean(axis=0)
            """: "Did you forget `return`?",
            """
            payoffs -= baseline
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return (payoffs[:, None, None] * log_gradients).mean(axis=0)
            """: "payoffs",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return ((payoffs - (baseline or 1))[:, None, None] * log_gradients).mean(axis=0)
            """: "Wrong only where `baseline` is 0",
            # More ideas that the lesson knows by name.
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return ((payoffs - baseline)[:, None, None] * log_gradients).sum(axis=0) / len(policies)
            """: "The mean is over the plays",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return ((payoffs - baseline)[:, None, None] * policies * log_gradients).mean(axis=0)
            """: "You multiply by the probabilities as well",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            return (np.maximum(payoffs - baseline, 0)[:, None, None] * log_gradients).mean(axis=0)
            """: "Plays that paid less than the baseline",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            for better, steps in zip(payoffs - baseline, log_gradients):
                return better * steps
            """: "Only the first play counts",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            for better, steps in zip(payoffs - baseline, log_gradients):
                return better * steps / len(payoffs)
            """: "Only the first play counts",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            for better, steps in zip(payoffs - baseline, log_gradients):
                estimate = better * steps
            return estimate
            """: "Only the last play counts",
            """
            log_gradients = np.eye(policies.shape[1])[actions] - policies
            for better, steps in zip(payoffs - baseline, log_gradients):
                estimate = better * steps
            return estimate / len(payoffs)
            """: "Only the last play counts",
            """
            log_gradients = np.eye(2)[actions] - policies
            return ((payoffs - baseline)[:, None, None] * log_gradients).mean(axis=0)
            """: Told("always have two entries", never=("Wrong only where",)),
            """
            one_hot = np.eye(policies.shape[1])[actions]
            return ((payoffs - baseline)[:, None, None] * one_hot * (1 - policies)).mean(axis=0)
            """: "the action played alone in each play",
        },
    ),
}
