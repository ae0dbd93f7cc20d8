# %% [markdown]
# # 01 · Games
#
# After this lesson you can
#
# - read a game as an array of payoffs;
# - compute what each action is worth against a partner, and find the best response;
# - recognize a Nash equilibrium.
#
# About 50 minutes. You need [lesson 00](00_start_here.ipynb), and slices of arrays such as `x[:, 0]`.

# %%
from marl_lessons import check, exercise, hint, predict, solution
from marl_lessons import games, plotting

import numpy as np

# %% [markdown]
# ## Two workers and a heavy box
#
# Two workers each choose what to lift: the **heavy** box or a **light** one. A light box pays 3 to whoever lifts it.
# The heavy box pays 4 to each of them if both lift it; who tries it alone gets nothing.
#
# They choose at the same time, and neither can ask the other. What should you lift? It depends on what the other one
# does. You can see that in a table of four cells.

# %%
my_table = [[4, 0], [3, 3]]  # rows: what I lift; columns: what my partner lifts
boxes = games.symmetric(my_table, "two boxes", ("heavy", "light"))
plotting.plot_payoffs(boxes)

# %% [markdown]
# Agent 0 (blue, the left number) picks the row, agent 1 (orange, the right number) picks the column. A pair of actions is
# a **joint action**; its cell shows what it pays to both.
#
# A bar under a number says: against what the other does here, this agent can't do better. For a **blue** bar, compare the
# blue numbers **down the column**: 4 beats 3, and 3 beats 0. For an **orange** one, compare the orange numbers **along
# the row**. Where both have a bar there is a frame; we come to that.

# %% [markdown]
# In code the **payoffs**, what each cell pays, are one array. Its first axis says whose payoff it is; then come the
# action of agent 0 and the action of agent 1, always in this order. Agents and actions count from 0, so heavy is 0 and
# light is 1.

# %% tags=["nbval-check-output"]
payoffs = boxes.payoffs  # (whose payoff, action of agent 0, action of agent 1)
print("shape:", payoffs.shape)
print("agent 0:", payoffs[0].tolist(), " agent 1:", payoffs[1].tolist())
print("agent 0 lifts heavy, agent 1 light:", payoffs[0, 0, 1], "and", payoffs[1, 0, 1])

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
# A **policy**, written $\pi$ ("pi"), says how likely each action is; the coin was one. An action of yours is worth its
# payoff, averaged over what the partner may do:
#
# $$Q(a) = \sum_b \pi(b)\, r(a, b)$$
#
# - $a$: your action;  $b$: your partner's action;
# - $r(a, b)$: your payoff when you play $a$ and your partner plays $b$;
# - $\pi(b)$: the probability that your partner plays $b$;
# - $\sum_b$: add this up over all actions $b$ of your partner;
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
chance = np.linspace(0, 1, 101)  # 0, 0.01, …, 1
values = np.array([action_values(payoffs[0], np.array([p, 1 - p])) for p in chance])  # (101, 2)
plotting.plot_curves(
    chance,
    {"I lift heavy": values[:, 0], "I lift light": values[:, 1]},
    "probability that my partner lifts heavy",
    "my expected payoff",
    "Heavy pays more than light only if the partner lifts heavy with a probability above 0.75.",
)

# %% [markdown]
# The lines cross at 0.75, where 4 · 0.75 = 3. Left of it light is worth more, right of it heavy.
#
# An action with the highest value is a **best response** to the partner's policy.

# %% [markdown]
# ## Climbing
#
# Here is a well-known game. In *climbing* (Claus & Boutilier 1998) both agents always receive the same payoff. Its three
# actions are called a, b and c; these are names, not the $a$ and $b$ of the equation.

# %%
climbing = games.climbing()
plotting.plot_payoffs(climbing)

# %% [markdown]
# Before you see a result, make a guess: tick an answer and press the button. (With the keyboard: Tab goes to an answer,
# Space ticks it.) The first guess counts. It is for you alone, and a wrong one teaches more.

# %%
predict("1.a")

# %% tags=["nbval-check-output"]
at_random = np.array([1, 1, 1]) / 3
print(action_values(climbing.payoffs[0], at_random).round(2))

# %%
predict("1.a", reveal=True)

# %% [markdown]
# ## When nobody wants to change: Nash equilibrium
#
# A joint action is a **Nash equilibrium** if each agent's action is a best response to the other's: nobody gains by
# changing *alone*. The frames mark them. In the two boxes (light, light) is one: who changes alone gets 0 instead of 3.
# For a joint action $(a, b)$:
#
# $$r_0(a, b) \ge r_0(a', b) \;\text{ for every row } a'$$
#
# $$r_1(a, b) \ge r_1(a, b') \;\text{ for every column } b'$$
#
# - $r_0$, $r_1$: the payoffs of agent 0 and agent 1, in code `payoffs[0, a, b]` and `payoffs[1, a, b]`;
# - $a'$: another row for agent 0, while agent 1 stays in column $b$;
# - $b'$: another column for agent 1, while agent 0 stays in row $a$.

# %%
plotting.plot_payoffs(games.stag_hunt(), games.prisoners_dilemma(), games.matching_pennies())

# %% [markdown]
# - The *stag hunt* is our two boxes under another name: one good equilibrium and one safe one.
# - In the *prisoner's dilemma* each always earns more by letting the other down (*defect*). The only equilibrium is
#   worse for both than (cooperate, cooperate).
# - In *matching pennies* agent 0 wins if the coins match, agent 1 if they differ. No frame means: no equilibrium in
#   fixed actions, because one of the two always wants to change.

# %% [markdown]
# ### Exercise 1.3 · Is it an equilibrium?
#
# Decide for one joint action of a game with two agents. A tie is no reason to change. The tools are slices and `.max()`;
# here they look at (b, c) of climbing, which is (1, 2) in code and pays 6 to both:

# %% tags=["nbval-check-output"]
column, row = climbing.payoffs[0, :, 2], climbing.payoffs[1, 1, :]
print("agent 0 can pick a row of column 2:", column, " at best", column.max())
print("agent 1 can pick a column of row 1:", row, " at best", row.max())


# %%
@exercise("1.3")
def is_equilibrium(payoffs, joint_action):
    """Tell whether no agent gains by changing its action alone.

    payoffs: (2, A, B): agent, action of agent 0, action of agent 1.
        Each agent has at least 2 actions.
    joint_action: (a, b).
    Returns True or False.

    Example: in the prisoner's dilemma (1, 1) is an equilibrium and (0, 0) is not.
    """
    # BEGIN SOLUTION
    a, b = joint_action
    return bool(
        payoffs[0, a, b] >= payoffs[0, :, b].max()  # agent 0 may pick another row
        and payoffs[1, a, b] >= payoffs[1, a, :].max()  # agent 1 may pick another column
    )
    # END SOLUTION


# %% tags=["nbval-check-output"]
for game in (boxes, games.prisoners_dilemma(), games.matching_pennies(), climbing):
    cells = np.ndindex(game.action_counts)  # (0, 0), (0, 1), …: all the joint actions
    print(f"{game.name:20}", [cell for cell in cells if is_equilibrium(game.payoffs, cell)])

# %% [markdown]
# `is_equilibrium` finds the frames of the pictures, with 0 for the first action and 1 for the second. Climbing has two
# equilibria, worth 11 and 7. At the second one, (b, b), nobody can improve alone: the better place needs *both* to move.

# %% [markdown]
# ## Best against whom?
#
# A partner need not play one fixed action. In matching pennies, what are heads and tails worth to agent 0 if agent 1
# tosses its coin? And if it shows heads three times in four?

# %% tags=["nbval-check-output"]
pennies = games.matching_pennies()
print("against a coin:    ", action_values(pennies.payoffs[0], np.array([0.5, 0.5])))
print("against 3/4 heads: ", action_values(pennies.payoffs[0], np.array([0.75, 0.25])))

# %% [markdown]
# Against the coin both actions are worth the same, so *both* are best responses. The same holds for agent 1. So if both
# toss their coins, nobody gains by changing: that is an equilibrium of policies, in a game that has none in fixed actions.
#
# ### Exercise 1.4 · All the best responses
#
# Say of each action whether it is a best response to the partner's policy. Call `action_values`, and compare. The tool: a
# comparison of an array gives True or False for each entry.

# %% tags=["nbval-check-output"]
print(np.array([2, 5, 4, 5]) >= 4)


# %%
@exercise("1.4")
def best_responses(payoffs, partner_policy):
    """Tell of each of your actions whether it is a best response.

    payoffs: (A, B), your payoff for your action (row) and your partner's (column).
    partner_policy: (B,), the probability of each of your partner's actions.
    Returns an array (A,) of True and False; where several actions are best, all of them are True.

    Example: with [[4, 0], [3, 3]] and [0.75, 0.25] it gives [True, True];
        with [0.5, 0.5] it gives [False, True].
    """
    # BEGIN SOLUTION
    values = action_values(payoffs, partner_policy)
    return values == values.max()
    # END SOLUTION


# %% [markdown]
# Back to climbing. How sure of your partner must you be to play a? Say that it plays a with probability $p$, and b and c
# with half of the rest each. The picture asks `best_responses` at 101 such partners; the legend says against how many of
# them each action is best; where two tie, both count. The slider changes the penalty for playing a and b together,
# which was −30. (From `labels` on the function only draws.)


# %%
def draw_climbing(penalty):
    """Draw what each action is worth against partners who play a with probability p."""
    table = np.array([[11, penalty, 0], [penalty, 7, 6], [0, 0, 5]])
    partners = [np.array([p, (1 - p) / 2, (1 - p) / 2]) for p in chance]
    values = np.array([action_values(table, partner) for partner in partners])  # (101, 3)
    is_best = np.array([best_responses(table, partner) for partner in partners])  # (101, 3)
    times_best = is_best.sum(axis=0)  # (3,), True counts as 1
    labels = [f"{'abc'[a]}: best against {times_best[a]} of 101" for a in range(3)]
    return plotting.plot_curves(
        chance,
        {labels[a]: values[:, a] for a in range(3)},
        "probability p that my partner plays a",
        "my expected payoff",
        f"With a penalty of {penalty}: {'; '.join(labels)}.",
        limits=(-31, 12),
    )


plotting.show_live(draw_climbing, penalty=(-30, 0, 1, -30))

# %% [markdown]
# With the penalty at −30, each of the three actions is best against somebody: b against partners who hardly ever play a,
# c in the middle, and a only against those who play it with a probability above about 0.61.
#
# Move the slider. At −15 it takes about 0.48 to dare a, and from −7 on c is never best. The best cell of the table has
# been (a, a) all along.

# %% [markdown]
# ## What we saw
#
# - **No action is best in itself.** It is best *against something*: a best response to what the others do.
# - The **action value** averages the payoffs over what the partner may do. Several actions may share the highest one.
# - In a **Nash equilibrium** nobody gains by changing alone. There may be one, several or, in fixed actions, none; and it
#   need not be good for the team.
#
# If you have forgotten a word, the [glossary](glossary.ipynb) leads you to its lesson.
#
# Next: [Markov games](02_markov_games.ipynb), in which the world goes on after the first joint action.

# %% [markdown]
# ## Sources
#
# - J. Nash, "Equilibrium points in n-person games", PNAS 1950: the equilibrium.
# - C. Claus and C. Boutilier, "The dynamics of reinforcement learning in cooperative multiagent systems", AAAI 1998:
#   climbing.
# - J. Harsanyi and R. Selten, *A General Theory of Equilibrium Selection in Games*, 1988: the good equilibrium and the
#   safe one.
