"""Answers to exercise 4.4."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "4.4": Answers(
        right=[
            "return team_share * own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards",
            """
            team = own_rewards.sum(axis=1)[:, None]
            return own_rewards + team_share * (team - own_rewards)
            """,
            """
            num_agents = own_rewards.shape[1]
            weights = team_share * np.ones((num_agents, num_agents)) + (1 - team_share) * np.eye(num_agents)
            return own_rewards @ weights
            """,
            """
            mixed = np.zeros(own_rewards.shape)
            for run in range(own_rewards.shape[0]):
                for agent in range(own_rewards.shape[1]):
                    team = own_rewards[run].sum()
                    mixed[run, agent] = team_share * team + (1 - team_share) * own_rewards[run, agent]
            return mixed
            """,
            """
            others = own_rewards.sum(axis=1, keepdims=True) - own_rewards
            return own_rewards + team_share * others
            """,
            """
            return np.array([[team_share * sum(run) + (1 - team_share) * own for own in run] for run in own_rewards])
            """,
            "return (team_share * own_rewards.sum(axis=1) + (1 - team_share) * own_rewards.T).T",
            """
            from marl_lessons.environments import Dispatch
            return Dispatch(team_share=team_share).share(own_rewards)
            """,
            Cell("mix_rewards = lambda own, w: w * np.sum(own, axis=-1, keepdims=True) + (1 - w) * own"),
            Cell("""
            from functools import partial

            def blend(axis, own, w):
                assert 0 <= w <= 1
                return own if w == 0 else np.add(w * own.sum(axis, keepdims=True), (1 - w) * own)

            mix_rewards = partial(blend, 1)
            """),
            Cell("""
            class Dial:
                def __call__(self, own, w):
                    print("dial at", w)
                    single = own.astype(np.float32)
                    return (w * single.sum(axis=1, keepdims=True) + (1 - w) * single).astype(np.float32)

            mix_rewards = Dial()
            """),
            Cell("""
            from fractions import Fraction

            def mix_rewards(own_rewards, team_share):
                w = Fraction(float(team_share))
                runs = [[Fraction(float(own)) for own in run] for run in own_rewards]
                return np.array([[float(w * sum(run) + (1 - w) * own) for own in run] for run in runs])
            """),
            Cell("""
            mix_rewards = np.vectorize(lambda run, w: w * run.sum() + (1 - w) * run, signature="(n),()->(n)")
            """),
        ],
        wrong={
            "return team_share * own_rewards.sum(axis=1, keepdims=True) + own_rewards * 1 - team_share": (
                "You take `team_share` itself away"
            ),
            """
            team, runs = own_rewards.sum(axis=1, keepdims=True), own_rewards.sum(axis=0, keepdims=True)
            return team_share * runs + (1 - team_share) * team
            """: "You mix the sums over the two axes",
            """
            team = own_rewards.sum(axis=1, keepdims=True) / own_rewards.shape[0]
            return team_share * team + (1 - team_share) * own_rewards
            """: "Wrong only where `own_rewards` has more than one run",
            """
            team = own_rewards[:, :2].sum(axis=1, keepdims=True)
            return team_share * team + (1 - team_share) * own_rewards
            """: "You added up two agents only",
            """
            team = np.maximum(own_rewards, 0).sum(axis=1, keepdims=True)
            return team_share * team + (1 - team_share) * own_rewards
            """: "You leave the losses out",
            "return team_share * own_rewards[0].sum() + (1 - team_share) * own_rewards": "the first one",
            "return team_share * own_rewards.sum(axis=1, keepdims=True) + 1 - team_share * own_rewards": "in brackets",
            "return team_share * own_rewards.sum(axis=1, keepdims=True) + (1 + team_share) * own_rewards": "1 − share",
            "return team_share * own_rewards.sum(axis=1, keepdims=True) - (1 - team_share) * own_rewards": "are paid",
            """
            if team_share >= 0.5:
                return own_rewards.sum(axis=1, keepdims=True) + 0 * own_rewards
            return own_rewards
            """: "Between 0 and 1 it is a mixture",
            "return int(team_share) * (own_rewards.sum(axis=1, keepdims=True) - own_rewards) + own_rewards": (
                "Wrong only where `team_share` is between 0 and 1"
            ),
            """
            if not team_share:
                return np.zeros(own_rewards.shape)
            return team_share * own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards
            """: Told("Wrong only where `team_share` is 0", never=("always 0",)),
            """
            if team_share == 1:
                return own_rewards.sum(axis=1, keepdims=True)
            return team_share * own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards
            """: "Wrong only where `team_share` is 1",
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            return np.squeeze(team_share * team + (1 - team_share) * own_rewards)
            """: "`squeeze` takes it out",
            """
            others = (own_rewards.sum(axis=1, keepdims=True) - own_rewards) / (own_rewards.shape[1] - 1)
            return own_rewards + team_share * others * (own_rewards.shape[1] - 1)
            """: "entries are `nan`",
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            return np.where(np.random.random(own_rewards.shape) < team_share, team, own_rewards)
            """: Told("random", never=("either the team's reward",)),
            """
            assert isinstance(team_share, float)
            return team_share * own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards
            """: "That line is your own, and this input is legal",
            Cell("""
            buffers = {}

            def mix_rewards(own_rewards, team_share):
                mixed = buffers.setdefault(own_rewards.shape, np.zeros(own_rewards.shape))
                mixed[:] = team_share * own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards
                return mixed
            """): "one and the same array for different inputs",
            # The ideas that the lesson knows by name.
            "return team_share * own_rewards + (1 - team_share) * own_rewards.sum(axis=1, keepdims=True)": "wrong way",
            "return own_rewards + team_share * own_rewards.sum(axis=1, keepdims=True)": "without taking anything",
            "return team_share * own_rewards.sum() + (1 - team_share) * own_rewards": "You added up over the runs too",
            "return team_share * own_rewards.sum(axis=0) + (1 - team_share) * own_rewards": "instead of the agents",
            """
            team = own_rewards[:, 0] + own_rewards[:, 1]
            return team_share * team[:, None] + (1 - team_share) * own_rewards
            """: "IndexError: index 1 is out of bounds",
            """
            team = own_rewards.mean(axis=1, keepdims=True)
            return team_share * team + (1 - team_share) * own_rewards
            """: "The team's reward is the sum over its agents",
            """
            others = own_rewards.sum(axis=1, keepdims=True) - own_rewards
            return team_share * others + (1 - team_share) * own_rewards
            """: "You pay each agent what the others earned",
            # Other numbers.
            "return own_rewards": "Your function never reads its parameter `team_share`.",
            "return own_rewards * 1.0": "Your function never reads its parameter `team_share`.",
            "return np.repeat(own_rewards.sum(axis=1, keepdims=True), own_rewards.shape[1], 1)": "never reads",
            "return 0.5 * own_rewards.sum(axis=1, keepdims=True) + 0.5 * own_rewards": "never reads its",
            "return team_share * own_rewards.sum(axis=1, keepdims=True) + team_share * own_rewards": "earned",
            """
            best = own_rewards.max(axis=1, keepdims=True)
            return team_share * best + (1 - team_share) * own_rewards
            """: "You use what the best agent of a run earned",
            "return own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards": "# expected:",
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            return team_share * (team + (1 - team_share) * own_rewards)
            """: "# expected:",
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            return team_share**2 * team + (1 - team_share) * own_rewards
            """: "# expected:",
            """
            if team_share > 0.5:
                return own_rewards.sum(axis=1, keepdims=True) + 0 * own_rewards
            return own_rewards
            """: "# expected:",
            """
            if team_share == 1:
                return own_rewards.sum(axis=1, keepdims=True) + 0 * own_rewards
            return (1 - team_share) * own_rewards
            """: "# expected:",
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            return (team_share * team + (1 - team_share) * own_rewards).round(1)
            """: "Your values are right, but rounded or cut off to one decimal.",
            """
            mixed = own_rewards.astype(float)
            for agent in range(own_rewards.shape[1]):
                team = mixed.sum(axis=1)
                mixed[:, agent] = team_share * team + (1 - team_share) * mixed[:, agent]
            return mixed
            """: Told("of run 0 earned", never=("two agents only",)),
            """
            mixed = np.zeros_like(own_rewards)
            for run, own in enumerate(own_rewards):
                mixed[run] = team_share * own.sum() + (1 - team_share) * own
            return mixed
            """: "Your answer is right if the numbers in `own_rewards` are given as",
            # Results of another kind.
            "team_share * own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards": "forget `return`?",
            "print(team_share * own_rewards.sum(axis=1, keepdims=True) + own_rewards)": "Did you forget `return`?",
            "return team_share * own_rewards.sum(axis=1, keepdims=True)": "got shape (3, 1)",
            "return team_share * own_rewards.sum(axis=1)": "Expected shape (3, 2)",
            "return own_rewards.sum(axis=1) * team_share, own_rewards * (1 - team_share)": "got a tuple",
            """
            return [[team_share * sum(run) + (1 - team_share) * own for own in run] for run in own_rewards]
            """: "Wrap it in `np.array(...)`",
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            return (team_share * team + (1 - team_share) * own_rewards).sum()
            """: "got a float64",
            # Inputs that change, and code that does not run.
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            own_rewards *= 1 - team_share
            return own_rewards + team_share * team
            """: "changed its input `own_rewards`",
            """
            for run in own_rewards:
                run[:] = team_share * run.sum() + (1 - team_share) * run
            return own_rewards
            """: "changed its input `own_rewards`",
            "return team_share * own_rewards.sum(axis=1) + (1 - team_share) * own_rewards": "Your code raised",
            "return team_share * sum(own_rewards, axis=1) + (1 - team_share) * own_rewards": "TypeError",
            "return team_share * own_rewards.sum(axis=2) + (1 - team_share) * own_rewards": "Axis 0 are the rows",
            "return w * own_rewards.sum(axis=1, keepdims=True) + (1 - w) * own_rewards": "NameError: name 'w'",
            "return team_share * team_reward + (1 - team_share) * own_rewards": "NameError: name 'team_reward'",
            Cell("""
            team_reward = np.array([[4.0, 0.0], [0.0, 1.0]])

            def mix_rewards(own_rewards, team_share):
                return team_share * team_reward + (1 - team_share) * own_rewards
            """): "ValueError",
            Cell("""
            def mix_rewards(own_rewards):
                return 0.5 * own_rewards.sum(axis=1, keepdims=True) + 0.5 * own_rewards
            """): "Keep the parameters",
        },
    ),
}
