"""Answers to exercise 13.1."""

from tests.bank.bank import Answers, Cell, Told


def loop(listing="itertools.permutations(range(num_actions), num_agents)", line="", end="return chance"):
    """Write the usual loop, with other lines in it."""
    line = line or "chance += np.prod(policies[np.arange(num_agents), actions])"
    return f"""
            import itertools
            num_agents, num_actions = policies.shape
            chance = 0.0
            for actions in {listing}:
                {line}
            {end}
            """


ALL = "itertools.product(range(num_actions), repeat=num_agents)"

ANSWERS = {
    "13.1": Answers(
        right=[
            loop(),
            loop(ALL, "chance += np.prod(policies[range(num_agents), actions]) * (len(set(actions)) == num_agents)"),
            """
            def go_on(agent, taken):
                if agent == len(policies):
                    return 1.0
                free = [action for action in range(policies.shape[1]) if action not in taken]
                return float(sum(policies[agent, action] * go_on(agent + 1, taken | {action}) for action in free))
            return go_on(0, frozenset())
            """,
            """
            from itertools import permutations
            N, A = policies.shape
            return sum(np.prod([policies[i, a] for i, a in enumerate(way)]) for way in permutations(range(A), N)) + 0.0
            """,
            """
            chances = {frozenset(): 1.0}  # of the set of actions that are taken so far
            for row in policies:
                following = {}
                for taken, chance in chances.items():
                    for action, likely in enumerate(row):
                        if action not in taken:
                            now = taken | {action}
                            following[now] = following.get(now, 0.0) + chance * likely
                chances = following
            return sum(chances.values(), 0.0)
            """,
            """
            from marl_lessons.policies import joint_policy
            joint = joint_policy(policies[:, None])[0]
            index = np.indices(joint.shape).reshape(len(policies), -1)
            differ = [len(set(column)) == len(column) for column in index.T]
            return (joint.ravel() * differ).sum()
            """,
            """
            import itertools
            N, A = policies.shape
            ways = np.array(list(itertools.permutations(range(A), N)), dtype=int).reshape(-1, N)
            return policies[np.arange(N), ways].prod(axis=1).sum()
            """,
            Cell("""
            import itertools

            def chance_all_differ(p):
                \"\"\"By inclusion and exclusion over the actions: a permanent.\"\"\"
                n, a = p.shape
                if n > a:
                    return 0.0
                total = 0.0
                for size in range(a + 1):
                    for kept in itertools.combinations(range(a), size):
                        rest = a - n
                        weight = (-1) ** (n - size) * np.prod([(a - size - i) / (i + 1) for i in range(rest)])
                        total += weight * p[:, list(kept)].sum(axis=1).prod()
                return total
            """),
        ],
        wrong={
            loop(ALL): "also those in which agents do the same",
            "return policies.sum(axis=1).prod()": "also those in which agents do the same",
            loop("itertools.combinations(range(num_actions), num_agents)"): "in one order only",
            loop(line="chance += np.prod(policies[0, list(actions)])"): "agent 0's row for everybody",
            loop(line="chance += np.prod(policies.mean(axis=0)[list(actions)])"): "the mean of the rows",
            "return 1 - policies.prod(axis=0).sum()": "do not *all* do the same",
            """
            chance = 1.0
            for i in range(len(policies)):
                for j in range(i):
                    chance *= 1 - policies[i] @ policies[j]
            return chance
            """: "as if pairs differed independently",
            """
            chance = 1.0
            for mine, yours in zip(policies[:-1], policies[1:]):
                chance *= 1 - mine @ yours
            return chance
            """: "with the one before it only",
            "return float(len(set(policies.argmax(axis=1))) == len(policies))": "They draw",
            """
            import math
            N, A = policies.shape
            return math.perm(A, N) / A**N
            """: "agents that draw evenly",
            """
            import math
            N, A = policies.shape
            return math.factorial(N) / N**N
            """: Told("N!/Nᴺ is right for", never=("`policies` were",)),
            loop(
                line="chance.append(np.prod(policies[np.arange(num_agents), actions]))",
                end="return np.mean(chance) if chance else 0.0",
            ).replace("chance = 0.0", "chance = []"): "You take the *mean* over the joint actions",
            loop(line="chance = max(chance, np.prod(policies[np.arange(num_agents), actions]))"): (
                "the likeliest joint action in which all differ"
            ),
            loop(line="chance = np.prod(policies[np.arange(num_agents), actions])"): "of the last joint action",
            loop(
                line="chance += np.prod(policies[range(num_agents), actions])\n                return chance",
                end="",
            ): "of one joint action only, the first",
            "return np.prod([policies[i, i] for i in range(len(policies))])": Told(
                "of one joint action only, the first. Add up all", never=("`return`",)
            ),
            """
            import itertools
            total = 0
            for actions in itertools.permutations(range(len(policies[0])), 2):
                total += np.prod([row[action] for row, action in zip(policies, actions)])
            return total
            """: "You give out two actions whatever the number of agents is: N at a time.",
            loop("itertools.permutations(range(num_actions), 2)"): "You give out two actions",
            """
            import itertools
            N, A = policies.shape
            total, chance = 0.0, 1.0
            for way in itertools.permutations(range(A), N):
                for agent, action in enumerate(way):
                    chance *= policies[agent, action]
                total += chance
            return total
            """: Told("goes on from one joint action to the next", never=("too small",)),
            """
            same = 0.0
            for i in range(len(policies)):
                for j in range(i):
                    same += policies[i] @ policies[j]
            return 1 - same
            """: "it is subtracted three times",
            loop(end="return 1.0 if chance > 0 else 0.0"): Told("whether they *can*", never=("rounded",)),
            loop(line="chance += np.sum(policies[np.arange(num_agents), actions])"): "multiply them",
            loop(line="chance += np.mean(policies[np.arange(num_agents), actions])"): "multiply them",
            loop("itertools.permutations(range(num_agents))"): "gives out the numbers below N",
            loop(
                "itertools.permutations(range(num_agents), num_actions)",
                "chance += np.prod([policies[agent, action] for agent, action in enumerate(actions)])",
            ): "gives out the numbers below N",
            """
            import itertools
            N, A = policies.shape
            wide = np.pad(policies, ((0, 0), (0, max(N - A, 0))))
            return sum(np.prod(wide[np.arange(N), way]) for way in itertools.permutations(range(N)))
            """: "the first N actions only",
            loop(
                "itertools.permutations(range(num_actions))",
                "chance += np.prod([row[action] for row, action in zip(policies, actions)])",
            ): "You list orders of *all* actions",
            loop("itertools.permutations(range(num_actions))"): "broadcast",
            """
            import itertools, math
            N, A = policies.shape
            ways = itertools.permutations(range(A), N)
            return sum(np.prod(policies[np.arange(N), way]) for way in ways) / math.factorial(N)
            """: "You divide by the number of orders",
            loop(end="chance"): "Did you forget `return`?",
            loop(end="return round(chance, 2)"): "2 decimals",
            loop(end="return 1 - chance"): "1 - x",
            loop(end="return np.array([chance])"): "Expected a single number",
            loop(end="return f'{chance:.2f}'"): "Expected a number",
            loop(line="chance += np.prod(policies[actions, np.arange(num_agents)])"): "index",
            loop(line="chance += np.prod(policies[:, actions])"): "takes *all* rows",
            loop(line="chance += math.prod(policies[np.arange(num_agents), actions])"): "name 'math' is not defined",
            """
            policies /= policies.sum(axis=1, keepdims=True)
            policies[policies < 0.5] = 0
            return policies.max(axis=0).prod()
            """: "`policies`",
            "return 0.5": "never reads its parameter `policies`",
            loop(end="return chance * (num_agents > 1)"): "Wrong only where `policies` has one agent",
        },
    ),
}
