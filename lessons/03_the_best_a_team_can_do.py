# %% [markdown]
# ## The dispatch game
#
# This is the team that you will meet in every lesson. Two workers serve three queues:
#
# - A and B hold **light** tasks (up to 2 each). One worker serves one of them: the team earns 1.
# - H holds a **heavy** task (up to 1). It takes both workers: the team earns 4. A worker alone at a waiting heavy task
#   wastes the step and costs the team 2.
# - A worker who finds no task, or no task left, earns nothing.
# - Then new tasks arrive: in A and B with probability 0.9 each, in H with probability 0.5. A full queue turns tasks
#   away.

# %% [markdown]
# Both workers get the team's reward. A shift starts with any queues, all equally likely; after 20 steps it is cut off. So
# let us see what one step brings with two tasks in A, one in B and one in H:

# %% tags=["nbval-check-output"]
dispatch = environments.Dispatch()
queues, nothing_new = np.array([2, 1, 1]), np.zeros(3, dtype=int)  # two tasks in A, one in B, one in H
for name, joint_action in (("A and B", [0, 1]), ("H and H", [2, 2]), ("A and H", [0, 2])):
    next_queues, own_rewards = dispatch.outcome(queues, np.array(joint_action), nothing_new)
    print(f"{name}: queues {queues} -> {next_queues}, the team earns {own_rewards.sum():+.0f}")

# %% [markdown]
# It resembles the two boxes: together at H is best, two light tasks come second, and one worker alone at H is worst. One
# thing is different: the reward is the team's, so who goes to H alone also costs the one who served A.
#
# There are 3 · 3 · 2 = 18 states and 3 · 3 = 9 joint actions, few enough to write the whole game down as arrays.

# %% tags=["nbval-check-output"]
table = dispatch.to_tabular()
print("P:", table.transitions.shape, "(state, action of worker 0, action of worker 1, next state)")
print("r:", table.rewards.shape, "(worker, state, action of worker 0, action of worker 1)")
print("states 0, 1 and 17:", table.state_names[0], "|", table.state_names[1], "|", table.state_names[17])

# %% [markdown]
# ## What a joint policy is worth, exactly
#
# Once everybody's policy is fixed, nothing is left to decide: from state $s$ the game moves to $s'$ with probability
# $P_\pi(s, s')$ and pays $r_\pi(s)$ on average. The **value** of a state, all discounted rewards to come, is today's
# reward plus $\gamma$ times the value of tomorrow:
#
# $$V(s) = r_\pi(s) + \gamma \sum_{s'} P_\pi(s, s')\, V(s')$$
#
# That is one linear equation for every state: 18 equations with 18 unknowns. This is the *Bellman equation*.

# %% [markdown]
# ### Exercise 3.1 · The exact value of a joint policy
#
# With all states at once the equation reads $V = r + \gamma P V$. There are two good ways to find $V$:
#
# - start with zeros and put the right-hand side in place of $V$, again and again, until it hardly changes (a few
#   hundred times);
# - or bring $V$ to one side, $(I - \gamma P)\,V = r$, and let `np.linalg.solve(M, r)` find the $V$ with $M V = r$.
#   `np.eye(len(rewards))` is the identity matrix $I$.


# %%
@exercise("3.1")
def policy_values(transitions, rewards, gamma):
    """Return the value of every state.

    transitions: (S, S), the probability of going from state (row) to state (column).
    rewards: (S,), the mean reward in each state.
    gamma: the discount, from 0 up to 0.95.
    Returns an array (S,).

    Example: two states that lead to each other, rewards [1, 0] and gamma 0.5 give [4/3, 2/3].
    """
    # BEGIN SOLUTION
    return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)
    # END SOLUTION


# %% [markdown]
# Now the real thing: two workers who choose at random. Their policies are one row of three probabilities per worker and
# state. Averaging over the joint actions gives $P_\pi$ and $r_\pi$. `np.einsum` does that in one line: for each `s` and
# `t`, it adds up `chance[s, a, b] * P[s, a, b, t]` over all `a` and `b`.


# %% tags=["nbval-check-output"]
def team_values(policies, gamma=0.9):
    """Return the values (S,) of the team's policies (2, S, 3) in the dispatch game."""
    chance = joint_policy(policies)  # (S, 3, 3): the probability of each joint action
    transitions = np.einsum("sab,sabt->st", chance, table.transitions)
    rewards = np.einsum("sab,sab->s", chance, table.rewards[0])  # both workers get the same reward
    return policy_values(transitions, rewards, gamma)


random_value = team_values(uniform_policy(2, 18, 3)).mean()  # mean over the 18 states in which a shift may start
print(f"random play is worth {random_value:.2f}")

# %% [markdown]
# Is that so? Let a thousand random teams work, and see. A shift is cut off after 20 steps, but a cut is no end: the
# value counts what would have followed. So these teams go on for 100 steps; what comes later counts less than
# $0.9^{100} \approx 0.00003$.

# %% tags=["nbval-check-output"]
rng = np.random.default_rng(2)
returns = evaluate(dispatch, RandomPolicy(3), runs=1_000, rng=rng, gamma=0.9, horizon=100)[:, 0]  # (R,)
low, high = plotting.bootstrap_interval(returns)
print(f"1,000 random teams earned {returns.mean():.2f} on average (95 % interval {low:.2f} to {high:.2f})")

# %% [markdown]
# ## The best that a team can do
#
# If one mind chose for both workers, it would pick the best joint action in every state. Put a maximum in place of
# the average over actions:
#
# $$V^*(s) = \max_{a} \Big[ r(s, a) + \gamma \sum_{s'} P(s' \mid s, a)\, V^*(s') \Big]$$
#
# where $a$ runs over all joint actions. Repeating this equation until nothing changes is **value iteration**. With 18
# states it takes a blink, and its answer is exact.

# %% tags=["nbval-check-output"]
optimum = solvers.value_iteration(table, gamma=0.9)
best_value = optimum.values.mean()
print(f"the best possible is worth {best_value:.2f}")
for state in (1, 11, 17, 16, 4):
    workers = [table.action_names[action] for action in optimum.joint_actions[state]]
    print(f"{table.state_names[state]}: {' and '.join(workers)}")

# %% [markdown]
# In all nine states with a heavy task both should go for it (try the others). Without one they take light tasks, both
# from the same queue if the other one is empty.
#
# From here on we measure every team on one scale: **0 is random play, 100 is the best possible**. Before you use it:


# %%
def score(value):
    """Return a team's value on the scale from 0 (random play) to 100 (the best possible)."""
    return 100 * (value - random_value) / (best_value - random_value)


predict("3.a")

# %% tags=["nbval-check-output"]
light_only = np.zeros((18, 3, 3), dtype=bool)
light_only[:, :2, :2] = True  # neither worker may choose H
cautious = solvers.value_iteration(table, gamma=0.9, allowed=light_only)
print(f"the best team that never touches a heavy task scores {score(cautious.values.mean()):.1f}")

# %%
predict("3.a", reveal=True)

# %% [markdown]
# ## Back to the drift game
#
# On a fine grid of positions the drift game has finitely many states too, and value iteration finds the best joint
# policy, almost exactly. An episode has 100 steps, and we count every reward fully ($\gamma = 1$), so the return is the
# plain sum of the rewards.

# %% tags=["nbval-check-output"]
grid = drift.discretize()  # positions from -4 to 5, in 300 cells
plan = solvers.value_iteration(grid, gamma=1.0, horizon=100)
best_return = grid.start @ plan.values[0]  # the value of each start, times how likely it is
print(f"best possible: {best_return:.1f}")

# %% tags=["nbval-check-output"]
teams = {"random actions": RandomPolicy(4), "always action 0": Always(0)}
returns = {name: evaluate(drift, team, runs=500, rng=rng).mean(axis=1) for name, team in teams.items()}  # (R,) each
for name, earned in returns.items():
    low, high = plotting.bootstrap_interval(earned)
    print(f"{name}: {earned.mean():.1f} (95 % interval {low:.1f} to {high:.1f})")

# %%
plotting.plot_scores(
    returns,
    "return of an episode (sum of 100 rewards, mean over the agents)",
    "A team that always plays 0 comes most of the way from random play to the best possible mean return, about -54.",
    exact={"best possible on average": best_return},
)

# %% [markdown]
# Each small dot is one run, the big marker their mean. The dashed line is the best possible *on average*; a single run
# can be luckier, if its $x$ happens to stay near zero.
#
# Doing nothing at all gets most of the way from random play to the best. Remember this when you see a curve that rises:
# ask first what a team gets that learned nothing, and what the best possible is. Without both numbers you cannot tell
# what was learned. Lesson 03 comes back to this game with a learner.

# %% [markdown]
# ## The valley between
#
# How does a cautious team become a bold one? Let both workers be *eager* with probability $p$: when a heavy task
# waits, each goes to H with probability $p$, without asking the other. Otherwise worker 0 serves A and worker 1
# serves B.


# %%
def eager_policies(p):
    """Return the policies (2, 18, 3) of two workers who go to a waiting heavy task with probability p."""
    policies = np.zeros((2, 18, 3))
    policies[:, :, 2] = p * dispatch.states[:, 2]  # the third number of a state is its heavy queue
    policies[0, :, 0] = 1 - policies[0, :, 2]
    policies[1, :, 1] = 1 - policies[1, :, 2]
    return policies


eagerness = np.linspace(0, 1, 51)
exact_scores = np.array([score(team_values(eager_policies(p)).mean()) for p in eagerness])

# %% [markdown]
# Move the sliders. At each position, teams of its own work for 100 steps; the marker is their mean score, the bar its
# 95 % interval. About one bar in twenty misses the exact line. With more teams the bars get shorter.


# %%
def draw_valley(eagerness_p, number_of_teams):
    team = FixedPolicy(eager_policies(eagerness_p))
    rng = np.random.default_rng([round(100 * eagerness_p), number_of_teams])
    earned = evaluate(dispatch, team, runs=number_of_teams, rng=rng, gamma=0.9, horizon=100)[:, 0]  # (R,)
    return plotting.plot_curves(
        eagerness,
        {"exact": exact_scores},
        "probability p of going to a waiting heavy task",
        "score",
        f"The score falls from 45 at p = 0 to 8 near p = 1/3 and climbs to 99 at p = 1. At p = {eagerness_p:g} the mean "
        f"of {number_of_teams} teams is {score(earned).mean():.0f}.",
        exact={"best possible": 100},
        points={f"mean of {number_of_teams} teams": (eagerness_p, score(earned))},
    )


plotting.show_live(draw_valley, eagerness_p=(0, 1, 0.05, 0.5), number_of_teams=(20, 1000, 20, 300))

# %% [markdown]
# Two good ends, and a valley between them. At $p = 0$ the workers are careful and score 45. At $p = 1$ both always go,
# and they score 99; the last point is missing because worker 0 never helps at B, nor worker 1 at A. For small $p$ a
# worker who goes to H usually stands there alone, and costs the team 2. Only when $p$ is large do they meet often
# enough.
#
# A team that improves step by step has to cross this valley. How it can is what the learners of this course have to
# show.

