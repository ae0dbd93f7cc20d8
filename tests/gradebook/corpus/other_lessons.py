"""Honest notebooks of other lessons, whose answers get environments, teams and generators, or take training."""

from tests.gradebook.corpus.drafts import draft

TRAINED = """
def make_team(game):
    alpha, beta = linear_schedule(0.2, 0.02, 30_000), linear_schedule(0.02, 0.002, 30_000)
    return HystereticQ(game, alpha, beta, gamma=0.9, epsilon=linear_schedule(1.0, 0.05, 18_000))
"""
NAMED = """
if np.allclose(payoffs, payoffs[0]):
    return "cooperative"
return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
"""
PLAYED = """
seen, infos = env.reset(seed=seed)
total = 0
while len(env.agents) > 0:
    seen, rewards, ended, cut, infos = env.step({name: int(policy[seen[name]]) for name in env.agents})
    for name in rewards:
        total = total + rewards[name]
return total / env.max_num_agents
"""
LEAKS = """
seen, states, begins = record(team, game, rng)
was = replay(team, seen, states, begins)
found = []
for agent in range(game.num_agents):
    other = np.roll(seen, 1, axis=1)
    other[..., agent] = seen[..., agent]
    becomes = replay(team, other, np.roll(states, 1, axis=1), begins)
    found.append(not np.allclose(was[:, :, agent], becomes[:, :, agent]))
return np.array(found)
"""
DRAWN = """
best = q_values == q_values.max(axis=1, keepdims=True)
share = best / best.sum(axis=1, keepdims=True)
chances = epsilon / q_values.shape[1] + (1 - epsilon) * share
return (rng.random((len(q_values), 1)) > chances.cumsum(axis=1)).sum(axis=1).clip(max=q_values.shape[1] - 1)
"""

OTHER_LESSONS = {
    "04 untouched": draft(4),
    "04 solved": draft(4).solve(),
    "04 words": draft(4).answer("4.1", NAMED).answer("4.3", 'return "mixed"', "incorrect"),
    "06 solved": draft(6).solve(),
    "06 own generator": draft(6).answer("6.2", "rng = np.random.default_rng()\n" + DRAWN, "incorrect"),
    "06 given generator": draft(6).answer("6.2", DRAWN),
    "06 writes into the table": draft(6).answer(
        "6.3",
        "runs = np.arange(len(q_table))\nq_table[runs, observations, actions] *= 1 - alpha\nreturn q_table",
        "incorrect",
    ),
    "07 solved": draft(7).solve(),
    "07 some": draft(7)
    .answer("7.1", "return 1 - len(set(keys)) / len(keys)")
    .cell(
        "7.2",
        'steps = np.log(0.05) / np.log(0.995)\nexploring_steps = check("7.2", int(np.ceil(steps)))',
        {"passed", "incorrect"},
    )
    .cell("7.3", 'diagnoses = check("7.3", ["end", "rows", "exploring"])', {"passed", "incorrect"}),
    "12 solved": draft(12).solve(),
    "12 leaks": draft(12).answer("12.4", LEAKS),
    "12 suspects all": draft(12).answer("12.4", "return np.ones(game.num_agents, dtype=bool)", "incorrect"),
    "14 solved": draft(14).solve(),
    "14 by name": draft(14).answer("14.4", PLAYED),
    "14 first step": draft(14).answer(
        "14.4",
        "seen, _ = env.reset(seed=seed)\n_, rewards, *_ = env.step({a: policy[seen[a]] for a in env.agents})\n"
        "return sum(rewards.values()) / len(rewards)",
        "incorrect",
    ),
    "15 trained": draft(15)
    .solve()
    .cell("15.2", 'my_policies = check("15.2", try_team(make_team, dispatch))')
    .above("15.2", TRAINED),
    "15 untrained": draft(15).cell("15.2", 'my_policies = check("15.2", np.full((50, 2, 18, 3), 1 / 3))', "incorrect"),
}
