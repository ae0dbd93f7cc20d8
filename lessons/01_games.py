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

