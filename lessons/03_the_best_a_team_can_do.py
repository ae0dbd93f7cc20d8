# %% [markdown]
# # 03 · The best a team can do
#
# After this lesson you can
#
# - compute exactly what a team's behavior is worth, without playing it once;
# - find the best that a team can do, by value iteration over joint actions;
# - place any team on a scale from 0 (random play) to 100 (the best possible).
#
# About 55 minutes. You need lessons [01](01_games.ipynb) (payoffs and policies) and [02](02_markov_games.ipynb) (states
# and the discount).

# %%
from marl_lessons import exercise, hint, predict, solution
from marl_lessons import environments, plotting, solvers
from marl_lessons.learners import FixedPolicy, RandomPolicy
from marl_lessons.policies import joint_policy
from marl_lessons.rollout import evaluate

import numpy as np

# %% [markdown]
# ## The dispatch game
#
# Two workers serve three queues:
#
# - A and B hold **light** tasks (up to 2 each). One worker serves one of them: the team earns 1.
# - H holds a **heavy** task (up to 1). It takes both workers: the team earns 4. A worker alone at a waiting heavy task
#   costs the team 2.
# - Who finds no task left earns nothing.
# - Then new tasks arrive: in A and B with probability 0.9 each, in H with 0.5. A full queue turns tasks away.
#
# *Each* worker is paid all that the team earns: 4 for a heavy task, not half of it. Here two workers choose at random:

# %%
dispatch = environments.Dispatch()
plotting.watch(environments.Dispatch(horizon=4), RandomPolicy(3))

# %% [markdown]
# Step through it with the buttons. A dark square is a task that waits, a green ring one that is served; the workers
# stand below. What a step earned shows in the next picture. Find a step in which one of them is alone at a heavy task.
#
# A shift begins with any queues, all equally likely. After 20 steps it is cut off, but the game itself never ends, so
# the future always counts. The discount is $\gamma = 0.9$.
#
# There are 3 · 3 · 2 = 18 states and 3 · 3 = 9 joint actions (in code 0 is A, 1 is B, 2 is H), few enough to write the
# whole game down as arrays:

# %% tags=["nbval-check-output"]
table = dispatch.to_tabular()
print("P:", table.transitions.shape, "(state, action of worker 0, action of worker 1, next state)")
print("r:", table.rewards.shape, "(worker, state, action of worker 0, action of worker 1)")

# %% [markdown]
# ## A policy for every state
#
# With states, a policy has a probability for each action *in each state*: $\pi_i(a_i \mid s)$ is how likely worker $i$
# takes action $a_i$ in state $s$. Neither asks the other, so the two multiply. The result is the **joint policy**:
#
# $$\pi(a \mid s) = \pi_0(a_0 \mid s)\; \pi_1(a_1 \mid s)$$
#
# - $a = (a_0, a_1)$: a joint action, what worker 0 and worker 1 do.
#
# An example, *day and night*: by day the team earns 4 if both push, else 0; then night falls. At night nothing is
# earned; then it is day. Each worker pushes with probability 1/2: "both push" has probability 1/2 · 1/2 = 1/4.

# %% [markdown]
# Once the joint policy is fixed, nothing is left to decide. Average over the joint actions:
#
# $$r_\pi(s) = \sum_a \pi(a \mid s)\, r(s, a) \qquad P_\pi(s, s') = \sum_a \pi(a \mid s)\, P(s' \mid s, a)$$
#
# - $r(s, a)$: what the team earns;  $r_\pi(s)$: the same, on average;
# - $P(s' \mid s, a)$: how likely $s'$ comes next;  $P_\pi(s, s')$: the same, on average.
#
# By day (state 0): $r_\pi = 1/4 \cdot 4 + 3/4 \cdot 0 = 1$. At night (state 1): $r_\pi = 0$. Day leads to night and
# night to day, whatever anybody does. So $r_\pi$ is `[1, 0]` and $P_\pi$ is `[[0, 1], [1, 0]]`.

# %% [markdown]
# ## What a joint policy is worth
#
# The **value** $V(s)$ of a state is what the team can expect to earn from there on, discounted: the mean reward of this
# step, plus $\gamma$ times the mean value of where it leads.
#
# $$V(s) = r_\pi(s) + \gamma \sum_{s'} P_\pi(s, s')\, V(s')$$
#
# This is the *Bellman equation*: one linear equation for each state. In day and night, with $\gamma = 1/2$:
#
# $$V(0) = 1 + \tfrac12 V(1) \qquad V(1) = 0 + \tfrac12 V(0)$$
#
# Put the second into the first: $V(0) = 1 + \tfrac14 V(0)$, so $V(0) = 4/3$ and $V(1) = 2/3$.

# %% [markdown]
# ### Exercise 3.1 · The exact value of a joint policy
#
# With all states at once the equation reads $V = r + \gamma P V$. One way to find $V$: start with `np.zeros(n)` for the
# $n$ states and put the right-hand side in place of $V$, again and again, a few hundred times. `P @ V` multiplies each
# row of `P` by `V` and adds up, as in lesson 01.
#
# (If you know linear algebra: `np.linalg.solve` does it in one line.)


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
# ## Two random workers
#
# Now dispatch, with each queue at probability 1/3. By hand in state 1 (no light task, a heavy one): (H, H) has
# probability 1/9 and earns 4. In four of the nine joint actions one worker goes to H alone, which costs 2. The other
# four earn nothing. So $r_\pi = 1/9 \cdot 4 - 4/9 \cdot 2 = -4/9$.
#
# In code, a sum over all joint actions is one over two axes: `.sum(axis=(1, 2))`. As in lesson 02, `None` adds an axis
# of length 1, here for the next state.


# %% tags=["nbval-check-output"]
def team_values(policies, gamma=0.9):
    """Return the values (S,) of policies (worker, S, action) in the dispatch game."""
    chance = joint_policy(policies)  # π(a|s): state, action of worker 0, action of worker 1
    rewards = (chance * table.rewards[0]).sum(axis=(1, 2))  # r_π; worker 1 is paid the same
    transitions = (chance[:, :, :, None] * table.transitions).sum(axis=(1, 2))  # P_π
    return policy_values(transitions, rewards, gamma)


random_workers = np.full((2, 18, 3), 1 / 3)  # for each worker, state and action
random_value = team_values(random_workers).mean()
print(f"in state 1 one step earns {team_values(random_workers, gamma=0.0)[1]:.2f}")
print(f"random play is worth {random_value:.2f}")

# %% [markdown]
# With $\gamma = 0$ only the first step counts: $-4/9$ = ⟦−0.44 after "one step earns"⟧, as by hand. With $\gamma = 0.9$
# random play that goes on for ever is worth ⟦8.10 after "is worth"⟧ on average over the 18 states in which a shift may
# begin. Nobody had to play for that. This is the lower end of our scale.

# %% [markdown]
# ## The best that a team can do
#
# $r_\pi$ and $P_\pi$ average over the joint actions. If *one* mind chose for both workers, it would take the best joint
# action instead of the average:
#
# $$V^*(s) = \max_a \Big[ r(s, a) + \gamma \sum_{s'} P(s' \mid s, a)\, V^*(s') \Big]$$
#
# - $V^*$: the value of the best that the team can do;  $\max_a$: the largest over all joint actions.

# %% [markdown]
# ### Exercise 3.2 · One sweep
#
# **Value iteration** starts with zeros and puts the right-hand side in place of $V^*$, again and again. One such round
# is a *sweep*. Write one. Two tools:
#
# - `P @ v` works on the last axis of `P`, however many there are: (S, A, B, S) times (S,) gives (S, A, B);
# - `x.max(axis=(1, 2))` takes the largest over two axes at once, as `.sum` above adds up.


# %%
@exercise("3.2")
def sweep(values, transitions, rewards, gamma):
    """Return the values after one sweep of value iteration for a team of two.

    values: (S,), the values before the sweep.
    transitions: (S, A, B, S): state, actions of worker 0 and worker 1, next state; probabilities.
    rewards: (S, A, B), what the team earns.
    gamma: the discount, from 0 to 1.
    Returns an array (S,).

    Example: values [10], rewards [[[1, 0], [0, 3]]] and gamma 0.5 give [8]: 3, plus half of 10.
    """
    # BEGIN SOLUTION
    joint_action_values = rewards + gamma * transitions @ values  # (S, A, B)
    return joint_action_values.max(axis=(1, 2))
    # END SOLUTION


# %% tags=["nbval-check-output"]
values = np.zeros(18)
for number in range(1, 101):
    values = sweep(values, table.transitions, table.rewards[0], 0.9)
    if number in (1, 10, 100):
        print(f"after sweep {number}: mean value {values.mean():.2f}")

# %% tags=["nbval-check-output"]
optimum = solvers.value_iteration(table, gamma=0.9)  # the course's own: until nothing changes
best_value = optimum.values.mean()
print(f"the best possible is worth {best_value:.2f}")

# %% [markdown]
# The values settle: each sweep leaves at most $\gamma$ times the largest error that was there before. A team that
# takes, in every state, the joint action with the largest bracket is worth just that. It is the best team.
#
# ## A scale for teams
#
# The worth of the best team is the upper end of our scale. From here on every team gets a **score**: 0 for what random
# play is worth, 100 for the best possible, and a straight line through both.
#
# ### Exercise 3.3 · The score


# %%
@exercise("3.3")
def score(value, random_value, best_value):
    """Place a team on the scale from 0 (random play) to 100 (the best possible).

    value: a number, or an array of any shape: what the team is worth, or each of several teams.
    random_value: a number, what random play is worth.
    best_value: a number above random_value, the best possible.
    Returns a number, or an array of the same shape; below 0 for teams worse than random play.

    Example: worth 15, where random play is worth 10 and the best possible 20, scores 50.
    """
    # BEGIN SOLUTION
    return 100 * (value - random_value) / (best_value - random_value)
    # END SOLUTION


# %% [markdown]
# Try it on the drift game of lesson 02. An episode of random play returns −1,133 on average, the best possible team
# about −54 (by value iteration on a fine grid). A team that plays action 0 all the time returns −87.4.

# %% tags=["nbval-check-output"]
print(f"always action 0 scores {score(-87.4, -1133.0, -54.0):.0f}")

# %% [markdown]
# A score of ⟦97⟧, for a team that has never learned anything! So when you see a learner's curve rise, ask first what a
# team gets that learned nothing, and what is possible at best.
#
# Now back to dispatch.

# %%
predict("3.a")

# %% tags=["nbval-check-output"]
light_only = np.zeros((18, 3, 3), dtype=bool)
light_only[:, :2, :2] = True  # in every state, neither worker may choose H
# the best among these joint actions only:
careful = solvers.value_iteration(table, gamma=0.9, allowed=light_only)
print(f"it scores {score(careful.values.mean(), random_value, best_value):.1f}")

# %%
predict("3.a", reveal=True)

# %% [markdown]
# Watch the random team, this *careful* one and the best one side by side. All three meet the same luck: the same first
# queues and the same arrivals. (`follow` turns joint actions into a team; you need not read it.)


# %%
def follow(joint_actions):
    """Return a team that takes one joint action in each state, integers (S, 2)."""
    return FixedPolicy(np.eye(3)[joint_actions].swapaxes(0, 1))


careful_team, best_team = follow(careful.joint_actions), follow(optimum.joint_actions)
plotting.watch(dispatch, {"random": RandomPolicy(3), "careful": careful_team, "best": best_team})

# %% [markdown]
# Go to the last step: with this luck they earn 23, 34 and 64 (not discounted). The careful team takes nearly all the
# light tasks that come. What does the best team do as soon as a heavy task waits?
#
# ## From careful to bold
#
# How might the careful team turn into the best one, step by step? Let each worker be *eager*: when a heavy task waits,
# it goes to H with probability $p$, without asking the other. Otherwise worker 0 serves A and worker 1 serves B. At
# $p = 0$ both are careful, at $p = 1$ both are bold.

# %%
predict("3.b")


# %%
def eager_workers(p):
    """Return policies (worker, S, action): to a waiting heavy task with probability p."""
    policies = np.zeros((2, 18, 3))
    policies[:, :, 2] = p * dispatch.states[:, 2]  # a state ends with its heavy queue, 0 or 1
    policies[0, :, 0] = 1 - policies[0, :, 2]
    policies[1, :, 1] = 1 - policies[1, :, 2]
    return policies


def score_policies(policies):
    """Return the exact score of the policies (worker, S, action)."""
    return score(team_values(policies).mean(), random_value, best_value)


eagerness = np.linspace(0, 1, 51)
exact_scores = np.array([score_policies(eager_workers(p)) for p in eagerness])

# %% [markdown]
# Now see. The slider sets $p$; then 300 teams *play* for 100 steps. (What comes later hardly counts:
# $0.9^{100} \approx 0.00003$.) The marker is their mean score, the bar its 95 % interval. You need not follow the code.


# %%
def draw_eagerness(eagerness_p):
    policies, rng = eager_workers(eagerness_p), np.random.default_rng(0)
    earned = evaluate(dispatch, FixedPolicy(policies), 300, rng, gamma=0.9, horizon=100)
    scores = score(earned[:, 0], random_value, best_value)  # one for each team
    line = ", ".join(f"{exact_scores[at]:.0f} at {eagerness[at]:.1f}" for at in range(0, 51, 5))
    return plotting.plot_curves(
        eagerness,
        {"exact": exact_scores},
        "probability p of going to a waiting heavy task",
        "score (0: random play, 100: best possible)",
        f"Exact scores by p: {line}. Mean of 300 teams at {eagerness_p:g}: {scores.mean():.0f}.",
        exact={"best possible": 100},
        points={"mean of 300 teams": (eagerness_p, scores)},
    )


plotting.show_live(draw_eagerness, eagerness_p=(0, 1, 0.05, 0.35))  # lowest, highest, step, start

# %%
predict("3.b", reveal=True)

# %% [markdown]
# Between the two ends lies a **valley**. For small $p$ a worker who goes to H usually stands there alone, and costs the
# team 2. Only when $p$ is large do they meet often enough. A team that improves step by step has to cross this valley.
#
# Move the slider: the played teams agree with the line that nobody played.
#
# ### Exercise 3.4 · A team by hand
#
# At $p = 0$ the eager workers score 45.1, not ⟦45.9 after "it scores"⟧, and at $p = 1$ they score 99.3, not 100. What
# is still missing? Write the rule of a team that scores 100. The card tells what yours scores.


# %%
@exercise("3.4")
def choose_pair(a, b, h):
    """Return where the two workers go, so that the team does as well as it can.

    a, b: here the number of light tasks in A and in B: 0, 1 or 2.
    h: the number of heavy tasks, 0 or 1.
    Returns two whole numbers, the actions of worker 0 and worker 1: 0 is A, 1 is B, 2 is H.
    Where several pairs are equally good, any of them will do.

    Example: 1, 1, 0 gives (0, 1): one task for each.
    """
    # BEGIN SOLUTION
    if h == 1:
        return 2, 2
    if a == 0:
        return 1, 1
    if b == 0:
        return 0, 0
    return 0, 1
    # END SOLUTION


# %% tags=["nbval-check-output"]
by_hand = np.array([choose_pair(a, b, h) for a, b, h in dispatch.states.tolist()])  # (S, 2)
policies = follow(by_hand).policy_table  # (worker, S, action)
print(f"the rule scores {score_policies(policies):.1f}")

# %% [markdown]
# ## What we saw
#
# - The value of a joint policy solves a linear system: nobody has to play.
# - **Value iteration** finds the best one, with the largest over the joint actions in place of the average.
# - **Know the ends of the scale before you learn**: in dispatch random play is worth
#   ⟦8.10 after "random play is worth"⟧ (score 0), the best possible ⟦29.69 after "possible is worth"⟧ (score 100); a
#   team that never touches a heavy task scores at most ⟦45.9 after "it scores"⟧. That opens our **scoreboard**: later
#   lessons add what teams score that had to learn.
# - Between careful and bold lies a valley, because each worker decides alone.
#
# Next: [reward structures](04_reward_structures.ipynb). What if the workers are not paid alike?

# %% [markdown]
# ## Sources
#
# - R. Bellman, *Dynamic Programming*, 1957: the equation, and value iteration.
# - R. Sutton and A. Barto, *Reinforcement Learning*, second edition, 2018, chapter 4: policy evaluation and value
#   iteration.
# - L. Shapley, "Stochastic games", PNAS 1953: the Markov game, and iteration over joint actions.
# - The dispatch game is this course's own; the drift game is the environment of the article "Multi-Agent Reinforcement
#   Learning for Task Optimization: Agents That Improve Together" (CallSphere).
