# %% [markdown]
# # 09 · Reward shaping
#
# After this lesson you can
#
# - say when an added reward changes what is best, and prove it with a few linear equations;
# - help learners with a potential, which never does, and say what it changes instead;
# - choose what to pay the agents of a crowd, so that it does well.
#
# About 60 minutes. You need [lesson 03](03_the_best_a_team_can_do.ipynb) (values, dispatch and its score) and
# [lesson 06](06_independent_q_learning.ipynb) (`IQL`).

# %%
from marl_lessons import exercise, hint, predict, scoreboard, solution, train
from marl_lessons import environments, plotting, shaping, solvers
from marl_lessons.learners import IQL
from marl_lessons.policies import deterministic_joint_policy, linear_schedule

import itertools
import numpy as np

# %% [markdown]
# ## A bonus for being different
#
# Where rewards come late, learners need help: something is added to the reward. That is **reward shaping**. The article
# of lesson 07 pays agents for doing *different* things, "without changing the optimal joint policy". Each agent gets
# the same bonus:
#
# $$b = 0.2\, \frac{u}{N} - 0.1\, (N - u)$$
#
# - $N$: the number of agents;  $u$: how many *different* actions they take.
#
# By hand, two agents: if they differ, $b$ = 0.2 · 2/2 − 0 = 0.2; if they do the same, 0.2 · 1/2 − 0.1 = 0.
#
# A tool: `len(set(row))` counts the different entries of a row.
#
# ### Exercise 9.1 · The bonus of many teams


# %%
@exercise("9.1")
def diversity_bonus(actions):
    """Return the bonus that the article pays each team.

    actions: whole numbers from 0 on, (R, N): what the N agents of each of R teams do. R and N are
    at least 1.
    Returns an array (R,).

    Example: [[0, 1], [2, 2]] gives [0.2, 0].
    """
    # BEGIN SOLUTION
    bonuses = []
    for row in actions:
        num_agents, unique = len(row), len(set(row))
        bonuses.append(0.2 * unique / num_agents - 0.1 * (num_agents - unique))
    return np.array(bonuses)
    # END SOLUTION


# %% [markdown]
# If two agents can win a prize of 0.19 by doing the *same*, together is now worth 0.19 + 0, and apart 0.2: the claim
# is false. But our games pay 1 and more.

# %% [markdown]
# ## Two worlds
#
# *Foraging* (lesson 02), on a 4 × 4 grid: two agents walk, stay, or load. If both stand beside the food and load in the
# same step, each gets 1, and the game ends. Nothing else pays; after 15 steps the loop cuts it off. Its score is the
# return in per cent of the best possible one, with γ = 0.95; 0 is earning nothing.
#
# *Dispatch* you know: light tasks pay 1, heavy ones 4, and nothing ever ends the game.
#
# Independent learners train in both, with the bonus and, at strength 0, without. (The module's `diversity_bonus` is
# yours with a column for each agent.)

# %%
predict("9.a")


# %%
def train_foragers(game):
    """Let 12 teams learn for 12,000 steps."""
    teams = IQL(game, alpha=0.2, gamma=0.95, epsilon=linear_schedule(1.0, 0.05, 12_000))
    train(game, teams, steps=12_000, runs=12, rng=np.random.default_rng(0))
    return teams


def score_workers(game):
    """Let 40 teams learn for 10,000 steps, and return their scores in dispatch itself."""
    alpha, epsilon = linear_schedule(0.2, 0.02, 10_000), linear_schedule(1.0, 0.05, 6_000)
    workers = IQL(game, alpha=alpha, gamma=0.9, epsilon=epsilon)
    train(game, workers, steps=10_000, runs=40, rng=np.random.default_rng(0))
    return scoreboard.score_learner(workers, dispatch, runs=40)


# %% tags=["nbval-check-output"]
foraging, dispatch = environments.Foraging(size=4, horizon=15), environments.Dispatch()
tables = dispatch.to_tabular()  # dispatch as tables: it plays faster
bonus, foragers, food, tasks = shaping.diversity_bonus, {}, {}, {}
for name, strength in {"no bonus": 0, "bonus": 1}.items():
    foragers[name] = train_foragers(shaping.WithBonus(foraging, bonus, strength))
    food[name] = scoreboard.score_forager(foragers[name], foraging, runs=12, gamma=0.95)
    tasks[name] = score_workers(shaping.WithBonus(tables, bonus, strength))
    print(f"{name}: foraging {food[name].mean():.0f}, dispatch {tasks[name].mean():.0f}")

# %%
predict("9.a", reveal=True)

# %% [markdown]
# Watch a team of either kind, from the same start. A ring means "loads"; "earned" counts the food alone.

# %%
plotting.watch(environments.Foraging(size=4, horizon=6), foragers, runs=12, run=1, seed=5)

# %% [markdown]
# The left team meets at the food and loads. On the right, agent 0 walks to and fro beside the food, and agent 1 stays
# in its corner: in each step they do different things. Loading is what they would have to do *together*.
#
# They have learned well what they were paid for. As in lesson 02, a bonus of 0.2 in each step, for ever, is worth
# $V = 0.2 + 0.95\,V$, so $V$ = 0.2 / (1 − 0.95) = 4, and eating pays 1 and ends it all. (A cut at 15 steps is no end
# to learners.) In dispatch nothing ends, and the bonus competes with tasks of 1 and 4 in each step. At 20 times its
# strength that score falls to about 54.

# %% [markdown]
# ## Push: a world to compute by hand
#
# Two agents, a heavy box, four cells in a row. The box starts in cell 0. It moves one cell if both push the same way,
# else it stays. At the left end each gets 0.5, at the right end 1, and there the game is over; γ = 0.9.
#
# | left end | cell 0 | cell 1 | cell 2 | cell 3 | right end |
# |---|---|---|---|---|---|
# | 0.5 | box | | | | 1 |
#
# By hand, from cell 0: both left is worth 0.5. Four times both right is worth 0.9³ · 1 = 0.729, the best. And with
# the bonus, to push *against each other* for ever is worth 0.2 / (1 − 0.9) = 2.

# %% tags=["nbval-check-output"]
push = environments.Push(cells=4)  # add_bonus writes the bonus into its table of rewards
for name, game in {"no bonus": push, "bonus": shaping.add_bonus(push, bonus)}.items():
    plan = solvers.value_iteration(game, gamma=0.9)
    first = " and ".join(push.action_names[action] for action in plan.joint_actions[0])
    print(f"{name}: in cell 0 it is best to push {first}, worth {plan.values[0]:.3f}")

# %% [markdown]
# ## Pay for coming nearer, and take it back
#
# The bonus pays for what can be done again and again. So pay for *coming nearer*, and take it back for going away. Give
# every state $s$ a number Φ(s), its **potential**, high where it is good to be (in lesson 04 Φ was a number of a joint
# action), and add to each step
#
# $$F = \gamma\, \Phi(s') - \Phi(s), \qquad \Phi(s') = 0 \text{ if the game has ended}$$
#
# - $s$, $s'$: the state before and after the step;  $\gamma$: the learners' own discount.
#
# By hand, with Φ = 0.25, 0.5, 0.75 and 1 in the four cells: from cell 0 to cell 1 it adds 0.9 · 0.5 − 0.25 = 0.2; for
# staying in cell 0 it adds 0.9 · 0.25 − 0.25 = −0.025.
#
# ### Exercise 9.2 · The gain in potential


# %%
@exercise("9.2")
def potential_shaping(potential, next_potential, terminated, gamma):
    """Return what is added to the reward of one step, in every run.

    potential, next_potential: (R,), Φ of the states before and after, whole numbers or decimals.
    terminated: (R,), True where the game has ended: there Φ of the state after counts as 0.
    gamma: the discount, from 0 to 1.
    Returns a new array (R,).

    Example: [2, 2], [10, 10], [False, True] and 0.5 give [3, -2].
    """
    # BEGIN SOLUTION
    return gamma * np.where(terminated, 0, next_potential) - potential
    # END SOLUTION


# %% [markdown]
# What do these add up to on the way from cell 0 to the right end? Write Φ₀ for Φ(cell 0). Step $t$ counts $\gamma^t$:
#
# | step | adds | counted at the start |
# |---|---|---|
# | 0 → 1 | γΦ₁ − Φ₀ | γΦ₁ − Φ₀ |
# | 1 → 2 | γΦ₂ − Φ₁ | γ²Φ₂ − γΦ₁ |
# | 2 → 3 | γΦ₃ − Φ₂ | γ³Φ₃ − γ²Φ₂ |
# | 3 → end | 0 − Φ₃ | −γ³Φ₃ |
#
# Everything comes once with plus and once with minus, but for −Φ₀. So it is on any other way; without an end, what is
# left over shrinks to nothing. **Whatever the agents do, the sum is −Φ(start)**: from there all policies lose the same.
# What was best is best, and who had no reason to change its mind has none.

# %% [markdown]
# Check it. `moves` lists every transition that can happen in push, one below the other; your function says what each
# is paid.

# %% tags=["nbval-check-output"]
moves = shaping.list_transitions(push)  # moves.states, .actions, .next_states, .terminated
phi = np.array([0.25, 0.5, 0.75, 1.0, 0.0, 0.0])  # four cells, left end, right end
added = potential_shaping(phi[moves.states], phi[moves.next_states], moves.terminated, 0.9)
print("from cell 0:", added[moves.states == 0].round(3))

# %% [markdown]
# Now *all* 256 joint policies in which each agent has one fixed push for each cell. (You need not follow how they are
# listed and evaluated.)

# %% tags=["nbval-check-output"]
shaped = push.rewards.copy()  # (agents, states, actions of agent 0, actions of agent 1)
shaped[:, moves.states, moves.actions[:, 0], moves.actions[:, 1]] += added
pushes = np.reshape(list(itertools.product((0, 1), repeat=8)), (256, 4, 2))
policies = deterministic_joint_policy(np.pad(pushes, ((0, 0), (0, 2), (0, 0))), 2)  # ends, too
games = push, push.with_rewards(shaped)
before, after = (solvers.evaluate_joint_policy(game, policies, 0.9)[:, 0, 0] for game in games)
fall = before - after
print(f"values fall by {fall.min():.3f} to {fall.max():.3f}; Φ in cell 0 is {phi[0]}")

# %% [markdown]
# Now the trap. Somebody gives the left end Φ = 5, the cells 0, and forgets that an end counts as 0. By hand: both
# left is then worth 0.5 + 0.9 · 5 = 5, far more than 0.729. After an end nothing is taken back: **an end has no
# potential**.

# %% [markdown]
# ## Is there a potential behind it?
#
# Is an added reward $F$ safe? Every transition gives an equation for Φ: γΦ(s′) − Φ(s) = F. The bonus in cell 0:
#
# - they push apart, and the box stays: 0.9 Φ₀ − Φ₀ = 0.2, so Φ₀ = −2;
# - both push left, and it ends: 0 − Φ₀ = 0, so Φ₀ = 0.
#
# Both cannot be. **No potential is behind the bonus**: that is a proof.
#
# A tool: `np.linalg.lstsq(A, y)[0]` finds the numbers x for which A x comes as near to y as it can. Where even that
# is not y, nothing is. Here are the two equations, a row each, and a column for Φ₀:

# %% tags=["nbval-check-output"]
A, y = np.array([[0.9 - 1], [-1]]), np.array([0.2, 0.0])
x = np.linalg.lstsq(A, y)[0]
print("Φ₀ =", x.round(3), "gives", (A @ x).round(3), "instead of", y)

# %% [markdown]
# ### Exercise 9.3 · The potential test
#
# Write a row for each of the T transitions: −1 in the column of its state, and γ *added* in the column of its next
# state, unless the game has ended. If the box stays, both go to the same column. Three tools: `np.zeros((T, S))`
# makes a table for S states, `np.arange(T)` numbers its rows, and `np.allclose(a, b)` compares up to rounding.


# %%
@exercise("9.3")
def is_potential_based(states, next_states, terminated, added, num_states, gamma):
    """Tell whether a potential is behind an added reward.

    states, next_states: whole numbers (T,), from 0 to num_states - 1. T is at least 1.
    terminated: (T,), True where the game has ended: there Φ of next_states counts as 0.
    added: (T,), what is added on each transition.  gamma: the discount, from 0 to 1.
    Returns True if there are numbers Φ with gamma Φ(next state) - Φ(state) = added on all T
    transitions, up to rounding, else False.

    Example: states [0, 0], next_states [0, 0], terminated [False, False], added [0.2, 0],
    num_states 1 and gamma 0.9 give False; with added [0.2, 0.2] True, by Φ(0) = -2.
    """
    # BEGIN SOLUTION
    rows = np.arange(len(states))
    equations = np.zeros((len(states), num_states))
    equations[rows, states] -= 1
    equations[rows, next_states] += gamma * ~terminated
    potential = np.linalg.lstsq(equations, added)[0]
    return np.allclose(equations @ potential, added)
    # END SOLUTION


# %% [markdown]
# Three offers for push: the article's bonus, the potential above, and 0.1 for each step from cell to cell to the
# right, taken back for each to the left.

# %% tags=["nbval-check-output"]
goes_on = ~moves.terminated
offers = {
    "the bonus": diversity_bonus(moves.actions),
    "the potential": added,
    "0.1 a cell": 0.1 * (moves.next_states - moves.states) * goes_on,
}
where = moves.states, moves.next_states, moves.terminated
for name, offer in offers.items():
    print(f"{name}: {is_potential_based(*where, offer, num_states=6, gamma=0.9)}")

# %% [markdown]
# The third one looks like a potential, and is none: one cell to the right and back brings 0.1 − 0.9 · 0.1 = 0.01,
# because what comes later counts less. That is why γ stands in the formula.
#
# ## What a potential does change
#
# What is best stays. But learners don't begin there. A Q-learner that is shaped by Φ takes the same actions as one that
# begins with action values of Φ(s) instead of 0 (Wiewiora 2003). So even a *constant* Φ, which says nothing about the
# game, should matter. How many of 100 teams end up pushing right in all cells? (You need not follow the code. Thin
# lines: 95 % intervals.)


# %%
def learn_to_push(potential):
    """Let 100 teams learn for 2,000 steps; tell which push right in all four cells, (100,)."""
    game = shaping.WithPotential(push, potential, gamma=0.9)
    teams = IQL(game, alpha=0.1, gamma=0.9, epsilon=linear_schedule(1.0, 0.0, 1_600))
    train(game, teams, steps=2_000, runs=100, rng=np.random.default_rng(0))
    return (teams.q_table.argmax(axis=3)[:, :, :4] == 1).all(axis=(1, 2))


# %%
nothing, one = np.zeros(6), np.ones(6)
offered = {"nothing added": nothing, "Φ rises to the right": phi, "Φ = 1": one, "Φ = −1": -one}
reach_right = {name: learn_to_push(potential) for name, potential in offered.items()}
words = ", ".join(f"{name}: {reached.mean():.0%}" for name, reached in reach_right.items())
plotting.plot_rates(reach_right, "share of 100 teams that push right in all cells", words)

# %% [markdown]
# Both left is an equilibrium as well: who pushes right alone moves nothing. Without help nearly all teams push left
# in cell 0: the 0.5 is so near. The equilibria are the same in all four rows; **which one is reached** is not. With
# Φ = 1, what is untried looks good, so they try it all; with Φ = −1 they grab the first thing that pays.
#
# And in foraging? Let $d$ be the number of steps that the best team still needs, 1 to 4.

# %%
distance = np.append(foraging.count_fewest_steps(), 0)  # the last state is the end
potentials = {"Φ = 0.95^d": 0.95**distance, "Φ = 0.95^d − 1": 0.95**distance - 1}
for name, potential in potentials.items():
    teams = train_foragers(shaping.WithPotential(foraging, potential, gamma=0.95))
    food[name] = scoreboard.score_forager(teams, foraging, runs=12, gamma=0.95)
plotting.plot_scores(food, "share of the best return, in per cent", exact={"best possible": 100})

# %% [markdown]
# (Each dot is a team, the bar the 95 % interval of the mean.) Both potentials rise toward the food, and differ by a
# constant. With the lower one the teams learn faster than alone, with the higher one more slowly: they try everything,
# in 840 states instead of 4. The **level** of a potential is no knowledge, and matters all the same.

# %% [markdown]
# ## Whose doing was it?
#
# In *nights*, a hundred agents choose one of seven nights to go out, all at once. With $x$ guests, a night is worth, to all of them together,
#
# $$x\, e^{-x/5}$$
#
# Five guests are best: 5 · 0.368 = 1.84. With 14 a night is worth 0.85, with 70 nearly nothing. The best crowd? Six
# nights with 5 guests, and the other 70 all on the seventh: 6 · 1.84 = 11.04.

# %% [markdown]
# Three ways to pay an agent: **global**, the worth of all nights; **local**, that of its own night; **difference**, by
# how much the worth of all nights would fall if it stayed at home, its **difference reward**. Independent learners
# choose 1,000 times, and explore a little. (The cell below the question need not be followed. A dot is a crowd.)

# %%
predict("9.b")


# %%
def learn_evenings(num_agents, reward):
    """Let 10 crowds choose 1,000 times; return what all nights are worth then, (10,)."""
    crowd = environments.Crowd(num_agents, num_nights=7, capacity=5.0, reward=reward)
    agents = IQL(crowd, alpha=0.1, gamma=0.0, epsilon=linear_schedule(0.05, 0.0, 1_000))
    train(crowd, agents, steps=1_000, runs=10, rng=np.random.default_rng(0), per_agent=False)
    nothing_seen = np.zeros((10, num_agents), dtype=int)
    nights = agents.act(nothing_seen, np.random.default_rng(0), explore=False)
    return crowd.worth(crowd.count_guests(nights)).sum(axis=1)


def draw_crowd(agents):
    kinds = ("global", "local", "difference")
    worths = {reward: learn_evenings(agents, reward) for reward in kinds}
    _, best = environments.Crowd(agents).find_best_counts()
    words = ", ".join(f"{reward} {worth.mean():.2f}" for reward, worth in worths.items())
    alt, exact = f"{agents} agents: {words}; best {best:.2f}.", {"best possible": best}
    return plotting.plot_scores(worths, "worth of all nights", alt, exact, limits=(0, 13.5))


plotting.show_live(draw_crowd, agents=(20, 200, 20, 100))

# %%
predict("9.b", reveal=True)

# %% [markdown]
# Move the slider. Up to 60 agents the first two lose on average a quarter at most, at 200 nearly everything. Difference
# rewards stay near the best, but above 100 some crowds overfill two nights.
#
# *Global*: an agent hears 99 others in it, and hardly itself. *Local* lures everybody from a full night to a good one,
# so the nights fill up alike. *Difference*: what is subtracted does not depend on me, so what gains for me gains as
# much for all.

# %% [markdown]
# ### Exercise 9.4 · The difference reward
#
# If I stay at home, only my own night changes, from $x$ guests to $x - 1$. Tools: `np.bincount(nights)` counts the
# guests of night 0, night 1, …; `numbers[nights]` looks up for each agent the number of its night.


# %%
@exercise("9.4")
def difference_rewards(nights, capacity):
    """Return by how much the worth of all nights falls if an agent stays at home, for each agent.

    nights: whole numbers from 0 on, (N,): when each agent comes. Nights may be empty; N is at
    least 1.
    capacity: a number above 0. A night with x guests is worth x exp(-x / capacity).
    Returns an array (N,).

    Example: nights [0, 0, 1] and capacity 1 give [-0.097, -0.097, 0.368].
    """
    # BEGIN SOLUTION
    guests = np.bincount(nights)
    worth = guests * np.exp(-guests / capacity)
    one_less = (guests - 1) * np.exp(-(guests - 1) / capacity)
    return (worth - one_less)[nights]
    # END SOLUTION


# %% [markdown]
# In the best crowd, one of the 70 thinks of night 0 instead:

# %% tags=["nbval-check-output"]
best = np.repeat(np.arange(7), [5, 5, 5, 5, 5, 5, 70])  # agent 99 is one of the 70
moved = np.append(best[:-1], 0)
for word, nights in {"stays": best, "moves": moved}.items():
    print(f"if it {word}, agent 99 is paid {difference_rewards(nights, 5.0)[99]:.5f}")

# %% [markdown]
# Its difference reward says: stay, and so does the worth of all nights. Local pay would lure it over: 0.00 against
# 1.81.
#
# And the workers of dispatch? Let them learn once more: with difference rewards in each step, and with a constant
# potential of 27, about what the best team earns from empty queues (γ = 0.9).

# %%
tasks["Φ = 27"] = score_workers(shaping.WithPotential(tables, np.full(18, 27.0), gamma=0.9))
tasks["difference"] = score_workers(shaping.WithDifferences(dispatch))
plotting.plot_scores(tasks, exact=scoreboard.DISPATCH_BESTS)

# %% [markdown]
# The constant adds 0.9 · 27 − 27 = −2.7 in each step, and helps, as a high beginning. Difference rewards lose some
# points. With one partner there is little to mix up, and while it explores, H looks as bad as before (lesson 08).

# %% [markdown]
# ## What we saw
#
# - A reward that can be had again and again may become the goal itself: the diverse team starved.
# - **Help without changing what is best**: γΦ(s′) − Φ(s), and 0 for an end. The sum is −Φ(start), whatever they do.
# - Whether an added reward is of that kind, linear equations decide.
# - A potential changes how fast learners find what is best, and which equilibrium they reach: it is where they begin.
# - In a crowd, pay each for the difference that it makes.
#
# Next: [policy gradients for teams](10_policy_gradients.ipynb), where agents no longer learn what actions are worth:
# they change what they do.

# %% [markdown]
# ## Sources
#
# - Ng, Harada & Russell 1999: potentials; for one learner, no other added reward is always safe.
# - Devlin & Kudenko 2011; Lu, Schwartz & Givigi 2011: several agents keep their equilibria.
# - Grześ 2017: the potential of an end. Wiewiora 2003: shaping as a beginning.
# - Wolpert & Tumer 2001; Tumer & Agogino 2007: difference rewards. Arthur 1994: the bar that is no fun when full.
# - Albrecht & Ramamoorthy 2013: foraging.
# - The bonus is that of the article "Multi-Agent Reinforcement Learning for Task Optimization: Agents That Improve
#   Together" (CallSphere).
