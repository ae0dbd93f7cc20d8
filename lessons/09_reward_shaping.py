# %% [markdown]
# # 09 · Reward shaping
#
# After this lesson you can
#
# - say when an added reward changes what is best, and prove it with a few linear equations;
# - help learners with a potential, which never does, and say what it changes instead;
# - choose what to pay the agents of a crowd, so that it does well.
#
# About 55 minutes. You need [lesson 03](03_the_best_a_team_can_do.ipynb) (values, dispatch and its score) and
# [lesson 06](06_independent_q_learning.ipynb) (`IQL`).

# %%
from marl_lessons import check, exercise, hint, predict, scoreboard, solution, train
from marl_lessons import environments, plotting, shaping, solvers
from marl_lessons.learners import IQL
from marl_lessons.policies import joint_policy, linear_schedule

import itertools
import numpy as np

# %% [markdown]
# ## A bonus for being different
#
# Where rewards come late, learners need help: something is added to the reward. That is **reward shaping**. One article
# on teams pays agents for doing *different* things, "without changing the optimal joint policy". Its bonus is the same
# for all agents:
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
# Now let two agents win a prize if they do the *same*, and nothing else.

# %% tags=["nbval-check-output"]
together, apart = diversity_bonus(np.array([[0, 0], [0, 1]]))
for prize in (0.19, 0.21, 1.0):
    print(f"prize {prize}: {prize + together:.2f} together, {apart:.2f} apart")

# %% [markdown]
# With a prize of 0.19 it is now best to differ. The claim is false, but only just: our games pay 1 and more.
#
# ## Two worlds
#
# *Foraging*: two agents walk on a 4 × 4 grid, or load. If both stand beside the food and load in the same step, each gets
# 1, and the episode ends. Nothing else pays; after 15 steps the loop cuts it off; γ = 0.95. The score is the return in
# per cent of the best possible one: 0 for who never eats.
#
# *Dispatch* you know: light tasks pay 1, heavy ones 4, and nothing ever ends the game.
#
# Independent learners train in both, with and without the bonus. (`shaping.WithBonus` pays it in each step;
# `shaping.diversity_bonus` is your function for any shape.)

# %%
predict("9.a")


# %%
def train_foragers(game):
    """Let 12 teams learn for 12,000 steps."""
    foragers = IQL(game, alpha=0.2, gamma=0.95, epsilon=linear_schedule(1.0, 0.05, 12_000))
    train(game, foragers, steps=12_000, runs=12, rng=np.random.default_rng(0))
    return foragers


def score_workers(game):
    """Let 40 teams learn for 10,000 steps, and return their scores in dispatch itself."""
    alpha, epsilon = linear_schedule(0.2, 0.02, 10_000), linear_schedule(1.0, 0.05, 6_000)
    workers = IQL(game, alpha=alpha, gamma=0.9, epsilon=epsilon)
    train(game, workers, steps=10_000, runs=40, rng=np.random.default_rng(0))
    return scoreboard.score_learner(workers, dispatch, runs=40)


# %% tags=["nbval-check-output"]
foraging, dispatch = environments.Foraging(size=4, horizon=15), environments.Dispatch()
tables = dispatch.to_tabular()  # dispatch as tables: it plays faster
bonus = shaping.diversity_bonus
plain, diverse = train_foragers(foraging), train_foragers(shaping.WithBonus(foraging, bonus))
food = {
    "no bonus": scoreboard.score_forager(plain, foraging, runs=12, gamma=0.95),
    "bonus": scoreboard.score_forager(diverse, foraging, runs=12, gamma=0.95),
}
tasks = {"no bonus": score_workers(tables)}
tasks["bonus"] = score_workers(shaping.WithBonus(tables, bonus))
for name in food:
    print(f"{name}: foraging {food[name].mean():.0f}, dispatch {tasks[name].mean():.0f}")

# %%
predict("9.a", reveal=True)

# %% [markdown]
# Watch the first team of either kind, from the same start. "Earned" counts the food alone.

# %%
plotting.watch(foraging, {"no bonus": plain, "bonus": diverse}, runs=12, run=0, seed=3)

# %% [markdown]
# The left team meets at the food and loads. The right team takes its bonus, to and fro: in each step the two do different
# things. And loading is the one thing that they would have to do *together*.
#
# They have learned well what they were paid for. A bonus of 0.2 in each step, for ever, is worth
#
# $$0.2 + 0.95 \cdot 0.2 + 0.95^2 \cdot 0.2 + \dots = \frac{0.2}{1 - 0.95} = 4$$
#
# and eating pays 1 and ends it all. In dispatch nothing ends. There the bonus competes in each step with tasks of 1 and
# 4; only at 20 times its strength does the score fall, to about 55.

# %% [markdown]
# ## Push: a world to compute by hand
#
# Two agents, a heavy box, four cells in a row. The box moves one cell if both push the same way, else it stays. It starts
# in cell 0. Left of cell 0 is an end that pays 0.5 to each, right of cell 3 an end that pays 1; γ = 0.9.
#
# | left end | cell 0 | cell 1 | cell 2 | cell 3 | right end |
# |---|---|---|---|---|---|
# | 0.5 | box | | | | 1 |
#
# By hand, from cell 0: both left is worth 0.5. Four times both right is worth 0.9³ · 1 = 0.729, the best. And with the
# bonus, to push *against each other* for ever is worth 0.2 / (1 − 0.9) = 2.

# %% tags=["nbval-check-output"]
push = environments.Push(cells=4)
for name, game in {"no bonus": push, "bonus": shaping.add_bonus(push, bonus)}.items():
    plan = solvers.value_iteration(game, gamma=0.9)
    first = " and ".join(push.action_names[action] for action in plan.joint_actions[0])
    print(f"{name}: in cell 0 it is best to push {first}, worth {plan.values[0]:.3f}")

# %% [markdown]
# ## Pay for coming nearer, and take it back
#
# Where does that go wrong? The bonus pays for something that can be done again and again. So pay for *coming nearer*,
# and take as much back for going away. Give every state $s$ a number Φ(s), its **potential** (a capital "phi"), high
# where it is good to be, and add to each step
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
# What do these add up to on the way from cell 0 to the right end? Write Φ₀ for Φ(cell 0), and so on. The step at time
# $t$ counts $\gamma^t$:
#
# | step | adds | counted at the start |
# |---|---|---|
# | 0 → 1 | γΦ₁ − Φ₀ | γΦ₁ − Φ₀ |
# | 1 → 2 | γΦ₂ − Φ₁ | γ²Φ₂ − γΦ₁ |
# | 2 → 3 | γΦ₃ − Φ₂ | γ³Φ₃ − γ²Φ₂ |
# | 3 → end | 0 − Φ₃ | −γ³Φ₃ |
#
# Everything comes once with plus and once with minus, but for −Φ₀. On any other way too; without an end, what is left
# over shrinks to nothing. **Whatever the agents do, the sum is −Φ(start)**: all values fall by the same number. What was
# best is best, and no agent gains or loses a reason to change its mind.

# %% [markdown]
# Check it on *all* 256 joint policies of push in which each agent has one fixed push for each cell. (You need not follow
# how they are listed.) `moves` lists every transition that can happen, one below the other.

# %%
moves = shaping.list_transitions(push)  # moves.states, .actions, .next_states, .terminated
choices = np.array(list(itertools.product((0, 1), repeat=8))).reshape(256, 2, 4)
at_cells_and_ends = np.pad(choices, ((0, 0), (0, 0), (0, 2)))
all_policies = joint_policy(np.eye(2)[at_cells_and_ends])


def values_with(added):
    """Return what all joint policies are worth in cell 0 if that is added on each transition."""
    rewards = push.rewards.copy()  # (agents, states, actions of agent 0, actions of agent 1)
    rewards[:, moves.states, moves.actions[:, 0], moves.actions[:, 1]] += added
    return solvers.evaluate_joint_policy(push.with_rewards(rewards), all_policies, 0.9)[:, 0, 0]


# %% tags=["nbval-check-output"]
phi = np.array([0.25, 0.5, 0.75, 1.0, 0.0, 0.0])  # four cells, left end, right end
before, after = phi[moves.states], phi[moves.next_states]
added = potential_shaping(before, after, moves.terminated, 0.9)
fall = values_with(0) - values_with(added)
print(f"values fall by {fall.min():.3f} to {fall.max():.3f}; Φ in cell 0 is {phi[0]}")

# %% [markdown]
# Now the trap. Somebody thinks well of the left end, gives it Φ = 5, and forgets that an end counts as 0. By hand: both
# left is then worth 0.5 + 0.9 · 5 = 5, far more than 0.729. After an end nothing is taken back any more: **an end has no
# potential**.

# %% [markdown]
# ## Is there a potential behind it?
#
# Is an added reward $F$ safe? Every transition is an equation for the unknown numbers Φ: γΦ(s′) − Φ(s) = F. By hand, the
# bonus in cell 0 of push:
#
# - they push apart, and the box stays: 0.9 Φ₀ − Φ₀ = 0.2, so Φ₀ = −2;
# - both push left, and it ends: 0 − Φ₀ = 0, so Φ₀ = 0.
#
# Both cannot be. **No potential is behind the bonus**: that is a proof.
#
# A tool: `np.linalg.lstsq(A, y)[0]` finds the numbers x for which A x comes as near to y as it can. If it does not get
# there, nothing does. Here are the two equations, a row each and a column for Φ₀:

# %% tags=["nbval-check-output"]
A, y = np.array([[0.9 - 1], [-1]]), np.array([0.2, 0.0])
x = np.linalg.lstsq(A, y)[0]
print("Φ₀ =", x.round(3), "gives", (A @ x).round(3), "instead of", y)

# %% [markdown]
# ### Exercise 9.3 · The potential test
#
# Write a row for each transition: −1 in the column of `states`, and γ *added* in the column of `next_states`, unless
# the game has ended. If the box stays, both go to the same column. Three tools: `np.zeros((T, S))` makes a table,
# `np.arange(T)` numbers its rows, and `np.allclose(a, b)` compares up to rounding.


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
# Three offers for push: the article's bonus, the potential above, and 0.1 for each step from cell to cell to the right,
# taken back for each to the left.

# %% tags=["nbval-check-output"]
goes_on = ~moves.terminated
offers = {
    "the bonus": bonus(moves.actions)[:, 0],
    "the potential": added,
    "0.1 a cell": 0.1 * (moves.next_states - moves.states) * goes_on,
}
where = moves.states, moves.next_states, moves.terminated
for name, offer in offers.items():
    print(f"{name}: {is_potential_based(*where, offer, num_states=6, gamma=0.9)}")

# %% [markdown]
# The third one looks like a potential, and is none. One cell to the right and back brings 0.1 − 0.9 · 0.1 = 0.01, because what comes
# later counts less. That is why γ stands in the formula. (`shaping.find_shaping_potential` of the module also returns
# Φ, or a proof that there is none.)
#
# ## What a potential does change
#
# What is best stays. But learners don't begin there. For Q-learners, shaping by Φ is the same as beginning with action
# values of Φ(s) instead of 0 (Wiewiora 2003). A hundred teams learn in both ways, with the same luck:


# %%
def learn_to_push(game, initial=0.0):
    """Let 100 teams learn for 2,000 steps, from these action values on."""
    teams = IQL(game, 0.1, 0.9, linear_schedule(1.0, 0.0, 1_600), initial=initial)
    train(game, teams, steps=2_000, runs=100, rng=np.random.default_rng(0))
    return teams


# %% tags=["nbval-check-output"]
shaped = learn_to_push(shaping.WithPotential(push, phi, gamma=0.9))
begun = learn_to_push(push, initial=phi[:, None])  # a row for each state
gap = (shaped.q_table + phi[:, None] - begun.q_table)[:, :, :4]  # in the four cells
print(f"largest difference after 2,000 steps: {abs(gap).max():.6f}")

# %% [markdown]
# So the *level* of Φ should matter too, though a constant says nothing about the game. How many teams end up pushing
# right in all cells?

# %%
ones, reach_right = np.ones(6), {}
offered = {"nothing added": 0 * phi, "Φ rises to the right": phi, "Φ = 1": ones, "Φ = −1": -ones}
for name, potential in offered.items():
    teams = learn_to_push(shaping.WithPotential(push, potential, gamma=0.9))
    reach_right[name] = (teams.q_table.argmax(axis=3)[:, :, :4] == 1).all(axis=(1, 2))
words = ", ".join(f"{name}: {reached.mean():.0%}" for name, reached in reach_right.items())
plotting.plot_rates(reach_right, "share of 100 teams that push right in all cells", words)

# %% [markdown]
# Both left is an equilibrium as well: who pushes right alone moves nothing. Without help nearly all teams end there, the
# 0.5 is so near. The equilibria are the same in all four rows; **which one is reached** is not. With Φ = 1, what is
# untried looks good, so they try it all; with Φ = −1 they grab the first thing that pays.
#
# And in foraging? The distance $d$ is the number of steps that the best team still needs.

# %%
distance = np.append(foraging.count_fewest_steps(), 0)  # the last state is the end
potentials = {"Φ = 0.95^d": 0.95**distance, "Φ = 0.95^d − 1": 0.95**distance - 1}
for name, potential in potentials.items():
    foragers = train_foragers(shaping.WithPotential(foraging, potential, gamma=0.95))
    food[name] = scoreboard.score_forager(foragers, foraging, runs=12, gamma=0.95)
words = ", ".join(f"{name}: {scores.mean():.0f}" for name, scores in food.items())
plotting.plot_scores(food, "share of the best return, in per cent", words, {"best possible": 100})

# %% [markdown]
# Each dot is a team. Both potentials rise toward the food, and differ by a constant. With the lower one the teams learn
# faster than alone, with the higher one more slowly: 12,000 steps are not enough for it. In push a high level helped,
# here a low one. The **level** of a potential is no knowledge, and matters all the same.

# %% [markdown]
# ## Whose doing was it?
#
# A team reward does not say *who* earned it. A hundred agents choose one of seven nights to go out, all at once. With
# $x$ guests, a night is worth, to all of them together,
#
# $$g(x) = x\, e^{-x/5}$$
#
# Five guests are best: 5 · 0.368 = 1.84. With 14 a night is worth 0.85, with 70 nearly nothing. The best crowd? Six nights
# with 5 guests, and the other 70 all on the seventh: 6 · 1.84 = 11.04.
#
# Three ways to pay an agent: **global**, the worth of all nights; **local**, that of its own night; **difference**, by
# how much the worth of all nights would fall if it stayed at home. Independent learners meet on 1,000 evenings, and
# explore a little.

# %%
predict("9.b")


# %%
def learn_evenings(num_agents, reward):
    """Let 10 crowds learn on 1,000 evenings; return what an evening is worth then, (10,)."""
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
    return plotting.plot_scores(worths, "worth of an evening", alt, exact, limits=(0, 13.5))


plotting.show_live(draw_crowd, agents=(20, 200, 20, 100))

# %%
predict("9.b", reveal=True)

# %% [markdown]
# Move the slider. Up to 60 agents the first two lose a fifth at most, at 200 nearly everything. Difference pay stays near
# the best; beyond 150 some crowds fill two nights.
#
# *Global*: an agent hears 99 others in it, and hardly itself. *Local* calls all from a full night to a good one, so the
# nights fill up alike. *Difference* is clear, and honest: what is subtracted does not depend on what I do, so what gains
# for me gains as much for all.
#
# ### Exercise 9.4 · The difference reward
#
# If an agent stays at home, only its own night changes, from $x$ guests to $x - 1$. Tools: `np.bincount(nights)` counts the
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
# In the best crowd, let one of the 70 think of night 0 instead.

# %% tags=["nbval-check-output"]
nights = np.repeat(np.arange(7), [5, 5, 5, 5, 5, 5, 70])
stays = difference_rewards(nights, 5.0)[99]  # agent 99 is one of the 70
nights[99] = 0
moves_over = difference_rewards(nights, 5.0)[99]
print(f"difference reward: {stays:.5f} if it stays, {moves_over:.5f} if it moves")

# %% [markdown]
# Difference pay says: stay, and so does the sum of all nights. Local pay would call it over: 0.00 against 1.81.
#
# And the workers of dispatch? `shaping.WithDifferences` pays each what the team would have missed in this step without
# it.

# %%
tasks["Φ = 27"] = score_workers(shaping.WithPotential(tables, np.full(18, 27.0), gamma=0.9))
tasks["difference"] = score_workers(shaping.WithDifferences(dispatch))
words = ", ".join(f"{name}: {scores.mean():.0f}" for name, scores in tasks.items())
exact = {"best possible": 100, "best without heavy tasks": 45.9}
plotting.plot_scores(tasks, "score (0: random play, 100: best possible)", words, exact)

# %% [markdown]
# A constant potential helps here: with γ = 0.9, Φ = 27 is a fine of 2.7 in each step, and so a high beginning. Difference
# rewards don't help; on average they lose some points. With one partner there is not much to mistake for one's own
# doing. And beside a partner who explores, H looks as bad as before (lesson 08): what is subtracted is the same whatever
# I do.

# %% [markdown]
# ## What we saw
#
# - A reward that can be had again and again may become the goal itself: the diverse team starved.
# - **Help without changing what is best**: γΦ(s′) − Φ(s), and 0 for an end. The sum is −Φ(start), whatever the team does.
# - Whether an added reward is of that kind, linear equations decide.
# - A potential changes how fast learners find what is best, and which equilibrium they reach. It is no more, and no less,
#   than where they begin.
# - In a crowd, pay each for the difference that it makes.
#
# Next: [policy gradients for teams](10_policy_gradients.ipynb).

# %% [markdown]
# ## Sources
#
# - A. Ng, D. Harada, S. Russell, ICML 1999: potentials; for one learner, no other added reward is always safe.
# - S. Devlin and D. Kudenko, AAMAS 2011; X. Lu, H. Schwartz and S. Givigi, JAIR 2011: several agents keep their
#   equilibria.
# - M. Grześ, AAMAS 2017: the potential of an end. E. Wiewiora, JAIR 2003: shaping as a beginning.
# - D. Wolpert and K. Tumer, 2001; K. Tumer and A. Agogino, AAMAS 2007: difference rewards. W. B. Arthur 1994: the bar
#   that is no fun when it is full.
# - S. Albrecht and S. Ramamoorthy 2013: foraging.
# - The bonus is that of the article "Multi-Agent Reinforcement Learning for Task Optimization: Agents That Improve
#   Together" (CallSphere).
