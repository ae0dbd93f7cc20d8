# %% [markdown]
# # 01 · Markov games
#
# After this lesson you can
#
# - read a game as an array of payoffs, find a best response and recognize a Nash equilibrium;
# - describe a team that shares an environment as a Markov game, and say how an episode of it ended;
# - compute exactly what a team's behavior is worth, and how far it is from the best possible.
#
# About 75 minutes; a good place to pause is before *The dispatch game*. You need
# [lesson 00](00_start_here.ipynb), and slices of arrays such as `x[:, 0]`.

# %%
from marl_lessons import check, exercise, hint, predict, solution, train
from marl_lessons import environments, games, plotting, solvers
from marl_lessons.learners import FixedPolicy, RandomPolicy
from marl_lessons.policies import joint_policy, uniform_policy
from marl_lessons.rollout import evaluate

import numpy as np  # after marl_lessons, which tells it to use one thread: faster for small arrays

# %% [markdown]
# ## Two workers and a heavy box
#
# Two workers each choose what to lift: the **heavy** box or a **light** one. A light box pays 3 to whoever lifts it.
# The heavy box pays 4 to each of them if both lift it; who tries it alone gets nothing.
#
# They choose at the same time, and neither can ask the other. What should you lift? It depends on what the other one
# does. That is the heart of what makes multi-agent learning hard, and you can see it in a table of four cells.

# %%
my_table = [[4, 0], [3, 3]]  # rows: what I lift; columns: what my partner lifts
boxes = games.symmetric(my_table, "two boxes", ("heavy", "light"))
plotting.plot_payoffs(boxes)

# %% [markdown]
# Agent 0 (blue) picks the row, agent 1 (orange) picks the column. A pair of actions is a **joint action**; each cell
# shows what it pays to both. A bar marks an agent's best payoff against what the other does. Where both have a bar
# there is a frame; we name it below.
#
# In code the payoffs are one array with the axes *whose payoff, action of agent 0, action of agent 1*. Agents and
# actions count from 0, so heavy is 0 and light is 1.

# %% tags=["nbval-check-output"]
payoffs = boxes.payoffs  # (agents, actions of agent 0, actions of agent 1)
print(payoffs.shape)
print("agent 0:", payoffs[0].tolist(), " agent 1:", payoffs[1].tolist())
print("agent 0 lifts heavy, agent 1 light:", payoffs[:, 0, 1])

# %% [markdown]
# ### Exercise 1.1 · What to expect of the heavy box
#
# You are agent 0 and lift the heavy box. Your partner tosses a coin: heavy or light, with probability 1/2 each. What
# do you get on average? Work it out by hand, and write the number in place of `...`.

# %%
# BEGIN SOLUTION
heavy_pays = 0.5 * 4 + 0.5 * 0
# END SOLUTION
heavy_pays = check("1.1", heavy_pays)

# %% [markdown]
# ## What an action is worth
#
# A **policy**, written $\pi$, says how likely each action is. An action of yours is worth its payoff, averaged over what
# the partner may do:
#
# $$Q(a) = \sum_b \pi(b)\, r(a, b)$$
#
# - $r(a, b)$: your payoff when you play $a$ and your partner plays $b$;
# - $\pi(b)$: the probability that your partner plays $b$;
# - $Q(a)$: the **action value**, what you can expect of $a$.

# %% [markdown]
# ### Exercise 1.2 · What each action is worth
#
# Write the equation in NumPy, for all your actions at once. A tool that helps: `M @ v` multiplies each row of the
# matrix `M` by the vector `v`, entry by entry, and adds up. A loop is fine too. Once yours passes, the lesson runs on it.


# %%
@exercise("1.2")
def action_values(payoffs, partner_policy):
    """Return the expected payoff of each of your actions.

    payoffs: (A, B), your payoff for your action (row) and your partner's (column).
    partner_policy: (B,), the probability of each of your partner's actions.
    Returns an array (A,).

    Example: with [[4, 0], [3, 3]] and [0.9, 0.1] the values are [3.6, 3.0].
    """
    # BEGIN SOLUTION
    return payoffs @ partner_policy
    # END SOLUTION


# %% [markdown]
# Now let the partner's habit vary: it lifts the heavy box with probability 0, 0.01, …, 1. `action_values` gives the two
# values at each.

# %%
chance = np.linspace(0, 1, 101)
values = np.array([action_values(payoffs[0], np.array([p, 1 - p])) for p in chance])  # (101, 2)
plotting.plot_curves(
    chance,
    {"I lift heavy": values[:, 0], "I lift light": values[:, 1]},
    "probability that my partner lifts heavy",
    "my expected payoff",
    "Heavy pays more than light only if the partner lifts heavy with a probability above 0.75.",
)

# %% [markdown]
# The lines cross at 0.75: only a partner who is likely to help makes the heavy box worth trying.
#
# An action with the highest value is a **best response** to the partner's policy. No action is best in itself; it is
# best *against something*.

# %% [markdown]
# ## Climbing: a mountain with a cliff
#
# Here is a well-known game. In *climbing* (Claus & Boutilier 1998) both agents always receive the same payoff.

# %%
climbing = games.climbing()
plotting.plot_payoffs(climbing)

# %% [markdown]
# Before you see a result, make a guess: tick an answer and press the button. The first guess counts. It is for you
# alone, and a wrong one teaches more.

# %%
predict("1.a")

# %% tags=["nbval-check-output"]
print(action_values(climbing.payoffs[0], np.array([1, 1, 1]) / 3).round(2))

# %%
predict("1.a", reveal=True)

# %% [markdown]
# The best cell of the table is in row a, and yet row a is the worst response to a partner who plays at random: the −30
# beside it outweighs the 11. Learners begin by playing at random. Lesson 03 shows what that does to them.

# %% [markdown]
# ## When nobody wants to change: Nash equilibrium
#
# A joint action is a **Nash equilibrium** if every agent's action is a best response to the others' actions: nobody
# gains by changing *alone*. The frames in the pictures mark them.
#
# $$r_i(a_i, a_{-i}) \ge r_i(a_i', a_{-i}) \quad \text{for every agent } i \text{ and every action } a_i'$$
#
# - $a_i$: the action of agent $i$;  $a_{-i}$: the actions of all the others;
# - $a_i'$: another action that agent $i$ might take instead.

# %%
plotting.plot_payoffs(games.stag_hunt(), games.prisoners_dilemma(), games.matching_pennies())

# %% [markdown]
# - The *stag hunt* is our two boxes under another name: one good equilibrium and one safe one.
# - In the *prisoner's dilemma* each earns more by defecting, whatever the other does. The only equilibrium is worse for
#   both than (cooperate, cooperate).
# - In *matching pennies* agent 0 wins if the coins match, agent 1 if they differ. No frame means: no equilibrium in
#   fixed actions, because one of the two always wants to change. If both toss their coin, nobody gains by changing;
#   that is an equilibrium of policies.

# %% [markdown]
# ### Exercise 1.3 · Is it an equilibrium?
#
# Decide for one joint action of a game with two agents. A tie is no reason to change.


# %%
@exercise("1.3")
def is_equilibrium(payoffs, joint_action):
    """Tell whether no agent gains by changing its action alone.

    payoffs: (2, A, B): agent, action of agent 0, action of agent 1. Each agent has at least 2 actions.
    joint_action: (a, b).
    Returns True or False.

    Example: in the prisoner's dilemma (1, 1) is an equilibrium and (0, 0) is not.
    """
    # BEGIN SOLUTION
    a, b = joint_action
    return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a, :].max())
    # END SOLUTION


# %% tags=["nbval-check-output"]
for game in (boxes, games.prisoners_dilemma(), games.matching_pennies(), climbing):
    cells = np.ndindex(game.action_counts)  # (0, 0), (0, 1), …: all the joint actions
    print(f"{game.name:20}", [cell for cell in cells if is_equilibrium(game.payoffs, cell)])

# %% [markdown]
# `is_equilibrium` finds the frames of the pictures, with 0 for the first action and 1 for the second. Climbing has two
# equilibria, worth 11 and 7. Agents that sit at the second one, (b, b), are stuck there: the better place needs *both*
# to move.

# %% [markdown]
# ## From one table to a world: Markov games
#
# So far the world ended after one joint action. Mostly it goes on: what the team does now changes what it faces next.
#
# With one agent that is a *Markov decision process*. With several it is a **Markov game** (Shapley 1953):
#
# $$s' \sim P(\cdot \mid s, a_1, \dots, a_N) \qquad r_i(s, a_1, \dots, a_N)$$
#
# - $s$, $s'$: the state now and at the next step; $\sim$ reads "is drawn from";
# - $P$: the probability of each next state, given state and **joint** action;
# - $r_i$: the reward of agent $i$, which depends on everybody's action too.
#
# A payoff table is a Markov game with a single state, which ends after one step.

# %% [markdown]
# ## The drift game
#
# A first example. Three agents watch a number $x$ that should stay near zero. In every step each agent picks an action
# from 0 to 3, and
#
# $$x' = x + 0.05 \,(a_1 + a_2 + a_3) + \text{noise}, \qquad r_i = -|x'| + 0.1\,[a_i < 2]$$
#
# The first part of the reward is shared by the team; the second is a bonus for the agent itself, where $[\cdot]$ is 1
# if the condition holds and else 0. The noise has standard deviation 0.1, and $x$ starts from a standard normal
# distribution. After 100 steps the episode is cut off.

# %% [markdown]
# ### Exercise 1.4 · The rewards of the drift game
#
# We always play many runs at once, so $x$ is an array with one number per run. Two tools: `x[:, None]` turns shape
# (R,) into (R, 1), which NumPy then repeats for every agent; and a comparison such as `actions < 2` gives an array of
# True and False that counts as 1 and 0. With 4 actions low means below 2; in general it means below
# `num_actions // 2`.


# %%
@exercise("1.4")
def drift_rewards(position, actions, num_actions):
    """Return everybody's reward: minus the distance from zero, plus 0.1 for a low action.

    position: (R,) floats, the number x after the move, in each of R runs.
    actions: (R, N), integers from 0 to num_actions - 1. Low means below num_actions // 2.
    Returns an array (R, N).

    Example: position [2.0], actions [[0, 3]] and 4 actions give [[-1.9, -2.0]].
    """
    # BEGIN SOLUTION
    team_reward = -np.abs(position)  # (R,)
    individual_bonus = 0.1 * (actions < num_actions // 2)  # (R, N)
    return team_reward[:, None] + individual_bonus
    # END SOLUTION


# %% [markdown]
# In `marl_lessons` a game is a description with three functions. The state is an array that travels from one to the
# next, one row per run:
#
# - `reset(runs, rng)` gives the first states;
# - `observe(state)` gives what each agent sees;
# - `step(state, actions, rng)` gives the next states, the rewards, and which runs have ended.
#
# `rng` is a NumPy random generator: the same seed, the same numbers.

# %% tags=["nbval-check-output"]
drift = environments.Drift()
rng = np.random.default_rng(1)
state = drift.reset(runs=2, rng=rng)  # (R, 4): x first, then three numbers that only drift and that nobody is paid for
actions = np.array([[0, 1, 2], [3, 3, 3]])  # (R, N)
next_state, rewards, terminated = drift.step(state, actions, rng)
print("x before and after:", state[:, 0].round(2), next_state[:, 0].round(2))
print(rewards.round(2))
print("as drift_rewards says:", np.allclose(rewards, drift_rewards(next_state[:, 0], actions, 4)))

# %% [markdown]
# ## The loop
#
# Whoever acts needs two rules: how to act and how to learn. Here is a team that always does the same and never
# learns. `train` plays it for a number of steps in many runs at once. This one loop serves the whole course.


# %%
class Always:
    """A team whose agents all play one action, always."""

    def __init__(self, action):
        self.action = action

    def act(self, observations, rng, explore=True):  # observations: (R, N, …), what each agent sees
        return np.full(observations.shape[:2], self.action)  # (R, N), one action for each agent in each run

    def update(self, transition, rng):
        """Learn nothing from what just happened."""


# %%
predict("1.b")

# %%
random_team = train(drift, RandomPolicy(num_actions=4), steps=100, runs=100, rng=rng)
lazy_team = train(drift, Always(0), steps=100, runs=100, rng=rng)

# %%
plotting.plot_curves(
    random_team.steps,
    {
        "random actions": random_team.rewards.mean(axis=2).T,  # (steps, R, N) -> (R, steps)
        "always action 0": lazy_team.rewards.mean(axis=2).T,
    },
    "step of the episode",
    "mean reward of an agent",
    "The reward of the random team falls steadily to about -22; that of the team that always plays 0 stays above -1.2.",
)

# %%
predict("1.b", reveal=True)

# %% [markdown]
# The line is the mean over 100 runs. Shaded around it: the **95 % bootstrap interval**, which says how far the mean
# may be off by chance. (The 100 runs are redrawn many times; 95 % of the means of these redrawn batches lie in it.) Here
# it is hardly wider than the line.
#
# The random team pushes $x$ away for good. No agent can pull it back, for there is no negative action.

# %% [markdown]
# ## Two ways to stop
#
# An episode can stop in two ways:
#
# - **terminated**: the game itself is over. No reward can follow, so the future is worth 0.
# - **truncated**: somebody stopped watching, for example after 100 steps. The game would have gone on, so the future
#   is worth what we expect of it.
#
# A reward $t$ steps ahead counts $\gamma^t$. The **discount** $\gamma$ ("gamma") lies between 0 and 1: the closer to 0,
# the less the future counts, and at 1 every reward counts fully. What a stretch of $T$ steps is worth is its **return**:
#
# $$G = r_0 + \gamma r_1 + \dots + \gamma^{T-1} r_{T-1} + \gamma^T V, \qquad V = 0 \text{ if terminated}$$

# %% [markdown]
# ### Exercise 1.5 · Where a stretch of play ends
#
# $V$ is called `last_value`: an estimate of what was still to come after the last step. By hand: the rewards 1, 2 with
# $\gamma = 0.5$ give 1 + 0.5 · 2 = 2 if the game is over. If it was cut off and 10 was still to come, they give
# 2 + 0.25 · 10 = 4.5.


# %%
@exercise("1.5")
def discounted_return(rewards, last_value, terminated, gamma):
    """Return what a stretch of play is worth, counted from its first step.

    rewards: (T,), one or more, whole numbers or not.
    last_value: a number, the estimated value of the state in which the stretch stopped.
    terminated: True (Python's or NumPy's) if the game was over there; False if the stretch was only cut off.
    gamma: the discount, from 0 to 1, both included.
    Returns a number.

    Examples: [1, 2], 10, False, 0.5 gives 4.5; [1, 2], 10, True, 0.5 gives 2.
    """
    # BEGIN SOLUTION
    total = 0.0 if terminated else last_value
    for reward in rewards[::-1]:
        total = reward + gamma * total
    return total
    # END SOLUTION


# %% [markdown]
# Does it matter? Take a choice with γ = 0.95: *leave now* for a reward of 1, or *stay* one step for nothing and leave
# with 1.5. Both ways end the game. A program that forgets this believes that after leaving a new round begins, in which
# it leaves again for 1, and so on for ever: $V = 1 + 0.95\,V$, which gives $V = 20$.

# %% tags=["nbval-check-output"]
leave, stay = np.array([1.0]), np.array([0.0, 1.5])
for terminated in (True, False):
    values = [discounted_return(rewards, 20.0, terminated, 0.95) for rewards in (leave, stay)]
    print(f"terminated={terminated}:  leave {values[0]:.3f}  stay {values[1]:.3f}")

# %% [markdown]
# Computed correctly, staying is better, ⟦1.425 after "stay"⟧ against ⟦1 after "leave"⟧. With the end forgotten it looks as if leaving were better: one
# wrong line, and a program learns the wrong thing. So our loop reports *terminated* and *truncated* apart, and there
# is no `done`.

# %% [markdown]
# ## The same game for everybody else: PettingZoo
#
# Other libraries know multi-agent games through the PettingZoo interface: one game at a time, and a dictionary with
# an entry for every agent. Any game of ours can be seen that way, and our loop can play PettingZoo's parallel games in
# which all agents have the same number of actions.

# %% tags=["nbval-check-output"]
from marl_lessons.pettingzoo_api import to_parallel_env

environment = to_parallel_env(drift)
observations, infos = environment.reset(seed=0)
observations, rewards, terminations, truncations, infos = environment.step({"agent_0": 0, "agent_1": 1, "agent_2": 3})
print({agent: round(float(reward), 2) for agent, reward in rewards.items()})
print("over by its rules:", terminations["agent_0"], " cut off:", truncations["agent_0"])

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
# ### Exercise 1.6 · The exact value of a joint policy
#
# With all states at once the equation reads $V = r + \gamma P V$. There are two good ways to find $V$:
#
# - start with zeros and put the right-hand side in place of $V$, again and again, until it hardly changes (a few
#   hundred times);
# - or bring $V$ to one side, $(I - \gamma P)\,V = r$, and let `np.linalg.solve(M, r)` find the $V$ with $M V = r$.
#   `np.eye(len(rewards))` is the identity matrix $I$.


# %%
@exercise("1.6")
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


predict("1.c")

# %% tags=["nbval-check-output"]
light_only = np.zeros((18, 3, 3), dtype=bool)
light_only[:, :2, :2] = True  # neither worker may choose H
cautious = solvers.value_iteration(table, gamma=0.9, allowed=light_only)
print(f"the best team that never touches a heavy task scores {score(cautious.values.mean()):.1f}")

# %%
predict("1.c", reveal=True)

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

# %% [markdown]
# ## What we saw
#
# - What an action is worth depends on what the others do; a **best response** is best *against something*.
# - In a **Nash equilibrium** nobody gains by changing alone. It need not be good for the team.
# - A **Markov game** has states; next state and rewards depend on the **joint** action.
# - **Terminated** means nothing follows; **truncated** means that we stopped looking.
# - Once all policies are fixed, their value is the solution of a linear system; the best joint policy is found by
#   value iteration. In the dispatch game: random play ⟦8.10 after "random play is worth"⟧, the best possible ⟦29.69 after "the best possible is worth"⟧.
#
# Next: [reward structures](02_reward_structures.ipynb), and what selfish, shared and mixed rewards make of the same workers.

# %% [markdown]
# ## Sources
#
# - L. Shapley, "Stochastic games", PNAS 1953: the Markov game.
# - J. Nash, "Equilibrium points in n-person games", PNAS 1950: the equilibrium.
# - M. Littman, "Markov games as a framework for multi-agent reinforcement learning", ICML 1994: the name, and learning
#   in it.
# - C. Claus and C. Boutilier, "The dynamics of reinforcement learning in cooperative multiagent systems", AAAI 1998:
#   climbing.
# - R. Bellman, *Dynamic Programming*, 1957: the equation, and value iteration.
# - F. Pardo et al., "Time limits in reinforcement learning", ICML 2018: termination and truncation.
# - J. Terry et al., "PettingZoo: gym for multi-agent reinforcement learning", NeurIPS 2021: the interface.
# - The drift game is the environment of the article "Multi-Agent Reinforcement Learning for Task Optimization:
#   Agents That Improve Together" (CallSphere).
