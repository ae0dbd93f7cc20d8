# %% [markdown]
# # 13 · Sharing and mean fields
#
# After this lesson you can
#
# - let many agents share one table, and say when they must know who they are;
# - put one number in the place of all the others, and say when that is exact;
# - let a million agents learn, in one cell.
#
# About 60 minutes. You need [lesson 06](06_independent_q_learning.ipynb) (`IQL`), [lesson 09](09_reward_shaping.ipynb)
# (crowds, difference rewards) and [lesson 10](10_policy_gradients.ipynb) (softmax).

# %%
from marl_lessons import exercise, hint, predict, scoreboard, solution, train
from marl_lessons import costs, environments, games, plotting
from marl_lessons.learners import IQL, MeanFieldQ, SharedQ
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import play
from marl_lessons.solvers.mean_field import critical_temperature, ising_order
from marl_lessons.views import WithIdentity
import itertools, numpy as np  # noqa: E401

# %% [markdown]
# ## What grows with the team
#
# N agents with A actions each have $A^N$ joint actions: a table of these has as many numbers. A table for each agent
# has A · N together, *one table for all* just A.
#
# And how many plays does it take until an agent sees which action is better, if all draw evenly? That depends on its
# pay (lessons 09, 10):
#
# - *all or nothing*: $A^N$, for a single one that pays.
# - the *sum* of all parts, 0 or 1: about N²: one play has variance N²/16, the mean of so many 1/16, the slope squared.
#   With a baseline, N − 1.
# - my *difference*: one.
#
# Here for two actions. (You need not follow the code.)

# %%
agents = np.array([1, 2, 4, 8, 16, 32, 64, 128])
plays = {
    "all or nothing": 2.0**agents,
    "the sum": agents**2 + agents - 1,
    "the sum, with a baseline": np.maximum(agents - 1, 1),
    "my difference": np.ones(8),
}
words = "With 16 agents: {}.".format(", ".join(f"{name} {y[4]:,.0f}" for name, y in plays.items()))
plotting.plot_curves(agents, plays, "agents", "plays", words, scale="log", limits=(0.7, 1e8))

# %% [markdown]
# ## One policy for all
#
# That is **parameter sharing**: all agents use one table, and all learn from what any of them meets. But who sees the
# same does the same, up to chance.
#
# *Desks*: N agents choose one of N desks; the team is paid 1 if all choose different ones. By hand, two agents that
# share the policy $(p, 1 - p)$ differ with probability $2p(1 - p)$: at most ½, at $p$ = ½. With a policy for each,
# (1, 0) and (0, 1), they always differ. In general
#
# $$P(\text{all differ}) = \sum_{\mathbf{a}\ \text{all different}} \pi_0(a_0)\, \pi_1(a_1) \cdots \pi_{N-1}(a_{N-1})$$
#
# - $\mathbf{a}$: a joint action;  $\pi_i(a_i)$: the probability that agent $i$ does its part of it.

# %% [markdown]
# ### Exercise 13.1 · All different
#
# A tool: `itertools.permutations(range(3), 2)` goes through (0, 1), (0, 2), (1, 0), (1, 2), (2, 0) and (2, 1): all
# pairs of different numbers below 3.


# %%
@exercise("13.1")
def chance_all_differ(policies):
    """Return how likely it is that agents, who draw their actions by themselves, all differ.

    policies: (N, A), the probabilities of each of N agents, a row each. N and A are from 1 to 5;
        with more agents than actions the chance is 0.
    Returns a number.

    Example: [[0.5, 0.5], [0.5, 0.5]] gives 0.5.
    """
    # BEGIN SOLUTION
    agents, chance = range(len(policies)), 0.0
    for actions in itertools.permutations(range(policies.shape[1]), len(policies)):
        chance += np.prod(policies[agents, actions])
    return chance
    # END SOLUTION


# %% tags=["nbval-check-output"]
even = np.full((4, 4), 0.25)
halves = np.array([[0.5, 0.5, 0, 0], [0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5], [0, 0, 0.5, 0.5]])
for name, policies in {"one policy": even, "two groups": halves, "four roles": np.eye(4)}.items():
    print(f"{name}: {chance_all_differ(policies):.3f}")

# %% [markdown]
# With one policy for all, even chances are the best there is: each of the N! good joint actions has probability
# $1/N^N$, so $N!/N^N$ together: 4!/4⁴ = ⟦0.094 after "one policy:"⟧ here.
#
# The cure is an **identity**: let everybody see, besides the rest, which of some groups it is of. `WithIdentity` does
# that. The table gets a part for each group, and the groups can take roles. With N groups of one agent it is a table for
# each again: what is saved is lost. Two groups of two raise the chance to ½ · ½ = ⟦0.25 after "two groups:"⟧.

# %% [markdown]
# ## Everybody's news
#
# In each step N agents have news for one table. The line that comes to mind is wrong:

# %% tags=["nbval-check-output"]
table = np.zeros(2)
entries, news = np.array([0, 0, 0, 1]), np.array([1.0, 2.0, 6.0, 4.0])
table[entries] += news
print(table)

# %% [markdown]
# Three agents have news for entry 0. NumPy reads the old 0 three times, adds, and writes 1, 2 and 6 to the same place:
# the last one stays. There is no error; the others' news is gone.
#
# To *add* all three is no better: a thousand agents with the same news would move the table a thousand times as far. So
# an entry moves by the **mean**:
#
# $$Q(o, a) \leftarrow Q(o, a) + \alpha \cdot \text{mean of } \big(y_i - Q(o, a)\big)$$
#
# - the mean goes over the agents $i$ that saw $o$ and did $a$ in this step;  $y_i$: agent $i$'s target.

# %% [markdown]
# ### Exercise 13.2 · A mean for each entry
#
# A tool: `np.bincount(entries, weights=values, minlength=n)` adds up the values of each of n entries; without
# `weights` it counts them (lesson 09).


# %%
@exercise("13.2")
def average_by_entry(entries, values, num_entries):
    """Return, for each entry of a table, the mean of the values that are meant for it.

    entries: whole numbers (K,), from 0 to num_entries - 1: which entry each value is meant for.
        One may come several times, or never.
    values: (K,), whole numbers or decimals.  K and num_entries are from 1 up.
    Returns a new array (num_entries,), 0 where there is no value.

    Example: entries [2, 0, 2], values [1, 4, 3] and num_entries 3 give [4, 0, 2].
    """
    # BEGIN SOLUTION
    sums = np.bincount(entries, weights=values, minlength=num_entries)
    counts = np.bincount(entries, minlength=num_entries)
    return sums / np.maximum(counts, 1)
    # END SOLUTION


# %% [markdown]
# `SharedQ` is `IQL` with one table, and learns by your function. Twenty teams of four learn at the desks, with and
# without identity. Then they no longer explore:

# %% tags=["nbval-check-output"]
desks = games.permutation(4)
for name, game in {"one table": desks, "with identity": WithIdentity(desks)}.items():
    team, rng = SharedQ(game, 0.1, 0.0, linear_schedule(1.0, 0.2, 2_000)), np.random.default_rng(0)
    team.average = average_by_entry  # of exercise 13.2
    train(game, team, steps=2_500, runs=20, rng=rng)
    learned = team.policies(game.observe(game.reset(20, rng)))  # (20, 4, 4)
    chances = [chance_all_differ(policies) for policies in learned]
    print(f"{name}: they all differ in {np.mean(chances):.0%} of the plays")

# %% [markdown]
# Without identity they do far worse than even chances (9 %): the best desk is the same for all. With identity they find
# roles.
#
# ## Two hundred workers
#
# Dispatch, grown: ten **districts** with light tasks (they pay 1) and heavy ones (4 for two workers; a lone one costs
# 2), **quiet** or **busy** for about 50 steps. A worker sees how full its district's queues are. It serves light or
# heavy tasks, or in one step *goes* to the neediest district (most to do per worker). It is paid the difference that it
# makes. The score 100 is a bound: no team earns more on average (lesson 14).
#
# Two hundred have a table each, or share one. Both explore with ε = 0.1, and learn with α = 0.05 and γ = 0.9.

# %%
predict("13.a")


# %%
def compare(teams):
    """Draw how teams, (kind, game, how it explores), learn. You need not follow it."""
    scores = {}
    for name, (kind, game, explores) in teams.items():
        team, rng = kind(game, 0.05, 0.9, **explores), np.random.default_rng(0)
        team.average = average_by_entry  # SharedQ learns by it
        scores[name] = scoreboard.train_in_districts(team, game, steps=300, runs=10, rng=rng)
    ends = [f"{name}: {s[:, 1:3].mean():.0f}, {s[:, -5:].mean():.0f}" for name, s in scores.items()]
    label = "score (0: earns nothing, 100: the bound)"
    words, steps = f"Scores at steps 10 to 30, 250 to 300. {'; '.join(ends)}", np.arange(5, 300, 10)
    return plotting.plot_curves(steps, scores, "step", label, words, limits=(0, 100))


# %%
districts, greedy = environments.Districts(200, 10, reward="difference"), {"epsilon": 0.1}
teams = {"own tables": (IQL, districts, greedy), "one table": (SharedQ, districts, greedy)}
compare(teams)

# %%
predict("13.a", reveal=True)

# %% [markdown]
# (Shaded: 95 % interval over 10 runs.) One table learns from 200 workers at once, and is soon ahead. Then it is a **herd**:
# who sees the same does the same, and when they go, they all go to the same place. By the end the fullest
# district holds about half of all workers; of those with own tables, a quarter.
#
# Two cures. **Identity**: three kinds of workers, each with its part of the table. **Chance**: draw by the softmax of
# the values, each divided by a **temperature**, here 0.3 (the lower it is, the surer is the best one). So who sees the
# same need not do the same. To be fair, own tables by softmax as well.


# %%
def draw_workers(workers):
    """Draw how teams of so many workers do, with both cures."""
    districts = environments.Districts(workers, 10, reward="difference")
    softmax = {"temperature": 0.3}
    kinds = WithIdentity(districts, np.arange(workers) % 3)
    teams = {
        "own tables": (IQL, districts, greedy),
        "one table": (SharedQ, districts, greedy),
        "one table, 3 kinds": (SharedQ, kinds, greedy),
        "one table, softmax": (SharedQ, districts, softmax),
        "own tables, softmax": (IQL, districts, softmax),
    }
    return compare(teams)


plotting.show_live(draw_workers, workers=(20, 400, 20, 200))

# %% [markdown]
# With 200 workers, one table with softmax passes 70 within 50 steps, and ends at 86 to 90. Own tables with softmax
# need about 170 steps for 70: each learns from its own steps alone. Three kinds are far better than one. With 20
# workers a district has two, and nobody does well.
#
# And the memory: own tables hold 200 · 16 · 3 = 9,600 numbers, one table 48.

# %% [markdown]
# ## One number for the crowd
#
# A new game, *spins*. An agent says 1 or −1, and has four neighbors. It is paid $\tfrac12 a S$.
#
# - $a$: what it says;  $S$: the sum of what its neighbors say.
#
# Saying 1 pays $S/2$, saying −1 $-S/2$. By the softmax with a temperature τ it says 1 with probability
# $1/(1 + e^{-S/τ})$. By hand, $S$ = 2 and τ = 1: 1/(1 + 0.135) = 0.88.
#
# Now four hundred of them. A **mean field** puts in the place of my neighbors what the crowd says on average, $m$:
# $S = 4m$. Then I say 1 with probability $P = 1/(1 + e^{-4m/τ})$, and my own mean is $P - (1 - P)$, which is

# %% [markdown]
# $$m' = \tanh\!\big(2m/τ\big)$$
#
# - $m$: the crowd's mean, from −1 to 1;  $m'$: the mean of its answers;  tanh (`np.tanh`): an S-shaped curve from −1 to
#   1.
#
# By hand, everybody says 1 at first, $m$ = 1. τ = 1: 1 with probability $1/(1 + e^{-4})$ = 0.982, so 0.982 − 0.018 =
# 0.964, and that is tanh 2. Then tanh 1.928 = 0.959, and there, nearly, it stays. τ = 4: tanh 0.5 = 0.462, then
# tanh 0.231 = 0.227, and so on down to 0.
#
# ### Exercise 13.3 · The crowd answers itself


# %%
@exercise("13.3")
def mean_after(start, temperatures, rounds):
    """Return the mean of a crowd after some rounds, at each of several temperatures.

    start: the mean before the first round, a number from -1 to 1.
    temperatures: (K,), numbers above 0; K is from 1 up.  rounds: a whole number from 0 on.
    Returns an array (K,), after 0 rounds as well: in each round the mean m becomes
        tanh(2 m / temperature).

    Example: start 1, temperatures [1, 4] and rounds 2 give [0.959, 0.227].
    """
    # BEGIN SOLUTION
    means = np.full(len(temperatures), float(start))
    for _ in range(rounds):
        means = np.tanh(2 * means / temperatures)
    return means
    # END SOLUTION


# %% tags=["nbval-check-output"]
some = np.array([1.0, 1.5, 1.9, 2.1, 4.0])
print(mean_after(1, some, 1_000).round(2))

# %% [markdown]
# In the cold the crowd keeps its opinion. A small $m$ becomes about $2m/τ$, which is larger than $m$ if τ is below 2.
# So the mean field says: **the common opinion ends at τ = 2.**
#
# ## Four hundred agents
#
# Now let 20 × 20 agents learn what to say, on a board without edges. All share one table, and see one number: how many
# of their four neighbors say 1. In each step half of them speak: one color of a chessboard. `MeanFieldQ` is
# `SharedQ` that plays by the softmax of its values. Watch two boards that have learned, from a random start: yellow
# says 1. Do patches grow, or the **order**, |mean of all|?

# %%
boards = environments.Ising(20, horizon=16)
crowds = {"τ = 0.9": MeanFieldQ(boards, 0.5, 0.0, 0.9), "τ = 4": MeanFieldQ(boards, 0.5, 0.0, 4.0)}
for crowd in crowds.values():
    train(boards, crowd, steps=200, runs=1, rng=np.random.default_rng(0), per_agent=False)
plotting.watch(boards, crowds, seed=2)

# %%
predict("13.b")


# %%
def settle(sees, temperature):
    """Let 4 boards learn for 200 steps, then 400 from all 1; return the last 200 boards of each."""
    ising, rng, seen = environments.Ising(20, sees, start_up=1.0), np.random.default_rng(0), []
    crowd = MeanFieldQ(ising, 0.5, 0.0, temperature)
    train(ising, crowd, steps=200, runs=4, rng=rng, per_agent=False)
    for step in itertools.islice(play(ising, crowd, 4, rng), 400):  # as `train` does
        crowd.update(step, rng)
        seen.append(ising.to_grid(step.next_state))
    return np.array(seen[-200:])  # (200, 4, 20, 20)


edge = critical_temperature()  # exact; where the picture has to be fine
temperatures = np.sort([0.8, 1.1, 1.4, 1.7, 2.0, 2.3, edge - 0.005, edge + 0.005])
orders = {}
for sees in ("neighbors", "everybody"):
    means = [settle(sees, temperature).mean(axis=(2, 3)) for temperature in temperatures]
    orders[f"sees {sees}"] = np.abs(means).mean(axis=1).T  # (4, 8)

# %%
field = mean_after(1, temperatures, 1_000)
curves = {"exact": ising_order(temperatures), **orders, "mean field": field}
means = {name: np.reshape(c, (-1, 8)).mean(axis=0).round(2) for name, c in curves.items()}
words = "; ".join(f"{name}: {order}" for name, order in means.items())
words = f"Order at temperatures {temperatures.round(2)}. {words}."
plotting.plot_curves(temperatures, curves, "temperature τ", "order", words, wide="exact")

# %%
predict("13.b", reveal=True)

# %% [markdown]
# (Shaded: 95 % interval over 4 boards. The wide band is exact for a board without end, where the order ends at
# 1/ln(1 + √2) = 1.135. On 400 agents much is left just above it.)
#
# For agents that see their neighbors the mean field is wrong by far. The others see instead the mean of *everybody*,
# rounded to tenths, and are paid as before. They follow the mean field: it is right *for them*.
#
# What is the difference? Are a 1's neighbors not a sample of the crowd?

# %% [markdown]
# ### Exercise 13.4 · Four neighbors
#
# A tool: `np.roll(x, 1, axis=1)` moves everything by one place along axis 1, and what falls off at the end comes in at
# the beginning.


# %%
@exercise("13.4")
def neighbor_means(actions):
    """Return the mean action of each agent's four neighbors: above, below, left and right.

    actions: 1 and -1, as whole numbers or decimals, (R, L, L): R boards with L rows and L columns.
        R is from 1 up, L from 3 up. Above the first row lies the last, left of the first column
        the last one.
    Returns an array (R, L, L).

    Example: [[[1, 1, 1], [1, -1, 1], [1, 1, 1]]] gives
    [[[1, 0.5, 1], [0.5, 1, 0.5], [1, 0.5, 1]]].
    """
    # BEGIN SOLUTION
    above_below = np.roll(actions, 1, axis=1) + np.roll(actions, -1, axis=1)
    left_right = np.roll(actions, 1, axis=2) + np.roll(actions, -1, axis=2)
    return (above_below + left_right) / 4
    # END SOLUTION


# %% tags=["nbval-check-output"]
for sees in ("neighbors", "everybody"):
    actions = settle(sees, 2.0)[-50:, 0]  # (50, 20, 20): one board at 50 times
    says_1 = (1 + neighbor_means(actions)[actions == 1].mean()) / 2
    print(f"sees {sees}: {(actions == 1).mean():.0%} say 1, beside a 1 {says_1:.0%} do")

# %% [markdown]
# τ = 2. Who sees its neighbors becomes like them: beside a 1, ⟦63 % after "beside a 1"⟧ say 1, and in the whole crowd
# ⟦49 % after "sees neighbors:"⟧. Who sees everybody has neighbors like anyone.

# %% [markdown]
# **A mean field forgets who stands beside whom.** It is good where everybody depends on everybody a little, and bad
# where few matter much. So four neighbors are no crowd, and only a crowd without end makes it exact. How
# fast does it get there? In the crowd of lesson 09, a night is worth $x\,e^{-x/b}$. Let everybody draw one of seven
# nights evenly, and let $b$ be N/20. The mean field puts in $x = N/7$.
#
# | agents | 20 | 200 | 2,000 | 20,000 |
# |---|---|---|---|---|
# | the mean field is too low by | 5.7 % | 3.3 % | 0.4 % | 0.04 % |
#
# From 200 on, ten times the agents, a tenth of the error.

# %% [markdown]
# ## A million agents
#
# In the crowd one agent need not know the others: what it is paid follows from seven numbers, the guests of each night.
# So a play takes time and memory in proportion to N, not to $7^N$. Independent learners with difference rewards, a
# table for each, ε falling from 0.2 to 0. (100 is the best that anyone can do, found exactly.)


# %%
def measure(num_agents, plays, alpha):
    """Let one crowd learn: its score, processor seconds and megabytes. You need not follow it."""
    crowd = environments.Crowd(num_agents, 7, num_agents / 20, "difference")
    rng = np.random.default_rng(0)
    agents = IQL(crowd, alpha, 0.0, linear_schedule(0.2, 0.0, plays))
    cost = costs.measure_cost(lambda: train(crowd, agents, plays, 1, rng, per_agent=False))
    nights = agents.act(crowd.observe(np.zeros(1, dtype=int)), rng, explore=False)
    worth = crowd.worth(crowd.count_guests(nights)).sum()
    return 100 * worth / crowd.find_best_counts()[1], *cost


# %% tags=["nbval-ignore-output"]
for num_agents, plays, alpha in [(10_000, 1_000, 0.1), (1_000_000, 100, 0.2)]:
    score, seconds, megabytes = measure(num_agents, plays, alpha)
    print(f"{num_agents:,} agents, {plays:,} plays: score {score:.1f}", end=", ")
    print(f"{seconds:.1f} s, {megabytes:.0f} MB")

# %% tags=["nbval-ignore-output"]
sizes = np.array([10, 100, 1_000, 10_000, 100_000])
spent = [measure(size, 100, 0.2)[1:] for size in sizes] + [(seconds, megabytes)]
sizes, spent = np.append(sizes, 1_000_000), np.array(spent).T  # (2, 6)
curves = {"seconds for 100 plays": spent[0], "megabytes": spent[1]}
words = f"With 10, 10,000 and 1,000,000 agents: {spent[:, [0, 3, 5]].round(3).tolist()}"
plotting.plot_curves(sizes, curves, "agents", "seconds, megabytes", words, scale="log")

# %% [markdown]
# (One run each; other machines, other seconds.) Up to a thousand agents Python itself costs most; from there on both
# rise with N, no faster.
#
# (Of a hundred crowds of 10,000 that learn as the million did, a few fill *two* nights instead of one, and score about
# 83.)

# %% [markdown]
# ## What we saw
#
# - One table learns from everybody, and its size does not depend on N. Its agents herd where they should differ;
#   identities or chance part them. News for one entry is averaged.
# - A mean field replaces all others by one number. It is right where everybody matters a little, and the better the
#   more there are; where few neighbors matter, it is wrong.
# - Where pay follows from counts, a million agents learn in seconds.
#
# The article of lesson 07 asks what to do "beyond 3–5 agents". Its first two answers are parameter sharing and mean
# fields. Next: [hierarchies](14_hierarchies.ipynb), the third one, and the way out.

# %% [markdown]
# ## Sources
#
# - Tan 1993; Gupta, Egorov & Kochenderfer 2017: sharing parameters. Terry et al. 2020: identities. Fu et al. 2022: what
#   one policy cannot do.
# - Yang et al. 2018: mean field Q-learning, the two games. Ours sees the mean before it acts, and has a table.
# - Ising 1925, Weiss 1907 (the mean field), Onsager 1944 (1.135).
# - Wolpert & Tumer 2001: the crowd.
# - Going further: the *Gaussian squeeze* (HolmesParker et al. 2014; `environments.Squeeze`), a game to distrust: with
#   100 agents random play gets 98 % of the best. Ask first what a team gets that learned nothing.
# - The article: "Multi-Agent Reinforcement Learning for Task Optimization: Agents That Improve Together" (CallSphere).
