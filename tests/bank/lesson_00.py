"""Answers to the exercises of lesson 00."""

from tests.bank.bank import Answers, Cell

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
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return rewards.mean(axis=0)": "You averaged over the runs (axis 0)",
            "return rewards.sum(axis=1)": "This is the team's sum.",
            "return rewards.sum(axis=1) / 2": "right for two agents only",
            "return rewards.sum(axis=1) / rewards.shape[0]": "You divided by the number of runs",
            # Results of another kind.
            "rewards.mean(axis=1)": "Did you forget `return`?",
            "return rewards.mean()": "Expected a NumPy array of shape (3,)",
            "return rewards.mean(axis=1).tolist()": "Wrap it in `np.array(...)`",
            "return rewards.mean(axis=1, keepdims=True)": "got shape (3, 1)",
            "return rewards - rewards.mean(axis=1, keepdims=True)": "got shape (3, 2)",
            "return rewards.mean(axis=1) > 0": "got dtype bool",
            "return rewards.mean(axis=1) / (rewards.shape[0] - 3)": "The result is infinite",
            # Other numbers.
            "return np.median(rewards, axis=1)": "the result should be",
            "return rewards.max(axis=1)": "the result should be [2., 5., 5.], got [ 3., 10.,  5.]",
            "return rewards.sum(axis=1) // rewards.shape[1]": "the result should be",
            "return abs(rewards.mean(axis=1))": "the result should be",
            "return rewards.mean(axis=1) + 1e-5": "differs only in digits that are not shown",
            """
            rewards /= rewards.shape[1]
            return rewards.sum(axis=1)
            """: "changed its input `rewards`",
            # Code that does not run, or not as it is called.
            "return rewards.mean(axis=2)": "AxisError: axis 2 is out of bounds",
            "return reward.mean(axis=1)": "NameError: name 'reward' is not defined",
            Cell("""
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
