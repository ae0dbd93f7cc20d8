# %% [markdown]
# # 07 · Is it learning at all?
#
# After this lesson you can
#
# - examine a learner as a doctor would, with seven questions;
# - read in its code what it suffers from;
# - treat it, and test the treatment part by part.
#
# About 55 minutes. You need [lesson 06](06_independent_q_learning.ipynb), and from [lesson 02](02_markov_games.ipynb)
# the drift game and *terminated*.

# %%
from marl_lessons import check, exercise, hint, predict, solution, train
from marl_lessons import environments, plotting, views
from marl_lessons.learners import IQL, ArticleQ, FixedPolicy
from marl_lessons.policies import epsilon_greedy, exponential_schedule, linear_schedule
from marl_lessons.rollout import evaluate, play

import numpy as np

# %% [markdown]
# ## A learner from an article
#
# The drift game of lesson 02: three agents push a number $x$ to the right, by 0.05 times the sum of their actions 0 to
# 3, and are paid $-|x|$, with a bonus of 0.1 for an action below 2. An episode of 100 steps returns −1,133 at random,
# −54.0 at best. The article that this course grew out of (see Sources) prints a learner for it:
#
# $$Q(k, a) \leftarrow Q(k, a) + \alpha\, \big(r + \gamma \max_b Q(k', b) - Q(k, a)\big)$$
#
# - $k$, $k'$: the **key** of what an agent sees, now and next; it names a row of the agent's table;
# - $\alpha = 0.1$, $\gamma = 0.99$, and all else as in lesson 06.
#
# One of the three agents, with all its habits:


# %%
class Patient:
    """One agent of the article. It sees four numbers: x, and three that nobody is paid for."""

    def __init__(self):
        self.table, self.epsilon = {}, 1.0

    def row(self, seen):  # the key is the four numbers, rounded
        # setdefault gives the row of this key, and makes one of four zeros if there is none.
        return self.table.setdefault(str(np.round(seen, 1).tolist()), np.zeros(4))

    def act(self, seen, rng):
        if rng.random() < self.epsilon:
            return rng.integers(4)
        return np.argmax(self.row(seen))

    def update(self, seen, action, reward, next_seen):
        target = reward + 0.99 * self.row(next_seen).max()
        self.row(seen)[action] += 0.1 * (target - self.row(seen)[action])
        self.epsilon *= 0.995


# %% [markdown]
# Take a minute to read it. By hand: the agent sees something new, explores, and gets −0.8; what it sees next is new as
# well. Its target is −0.8 + 0.99 · 0, and the value of its action moves from 0 to 0.1 · (−0.8) = −0.08. In code:

# %% tags=["nbval-check-output"]
agent = Patient()
seen, next_seen = np.array([0.71, -0.32, 1.05, 0.2]), np.array([0.84, -0.4, 1.13, 0.11])
agent.update(seen, 2, -0.8, next_seen)
for key, row in agent.table.items():
    print(key, row.round(2).tolist())

# %% [markdown]
# `ArticleQ` in the course's module does exactly this, for three agents in many teams at once. Ten teams learn as the
# article prints it, for 30 episodes of 100 steps. (The article trains one team, for 500 episodes. You need not follow
# `draw`.)

# %%
drift = environments.Drift()


def learn(game):
    """Let ten teams learn for 30 episodes; return them, and their returns (R, episodes)."""
    teams = ArticleQ(game)
    history = train(game, teams, steps=3_000, runs=10, rng=np.random.default_rng(0))
    return teams, history.returns_by_episode()  # mean over the three agents


printed_team, printed_returns = learn(drift)

# %%
exact = {"best possible": -54.0, "random play": -1_133.0}


def draw(curves):
    """Draw returns (R, episodes) by episode, and say where they begin and end."""
    ends = (f"{name} {y[:, 0].mean():.0f}, {y[:, -20:].mean():.0f}" for name, y in curves.items())
    alt = f"Mean return in the first episode, and in the last 20: {'; '.join(ends)}."
    return plotting.plot_curves(np.arange(1, 31), curves, "episode", "return", alt, exact=exact)


draw({"as printed": printed_returns})

# %% [markdown]
# The line is the mean over ten teams, shaded its 95 % interval. Within eight episodes the return rises from near that
# of random play to near the best possible. Here most reports stop.
#
# A doctor changes one thing that must not matter, and looks again. **Relabel the actions**: the button that was called
# 0 is now called 3, 1 is called 2, 2 is called 1 and 3 is called 0. Nothing else changes: push and bonus stay with the
# button. `views.Relabeled(drift)` is that game, and `ArticleQ` learns it from the start.

# %%
predict("7.a")

# %%
relabeled_team, relabeled_returns = learn(views.Relabeled(drift))
draw({"as printed": printed_returns, "actions relabeled": relabeled_returns})

# %%
predict("7.a", reveal=True)

# %% [markdown]
# Relabeled, the same code does twice as badly as random play. So what rises in the first curve is not learning: who has
# learned does not care what a button is called. And the first curve ends where *always action 0* is (−87.4 on average),
# the team of lesson 02 that never learned anything.
#
# Watch the two for 20 steps, on the same luck, both with the names of the first game. (You need not follow the class:
# it turns the names around.)


# %%
class UnderOldNames:
    """The relabeled team in the first game: its 0 is a 3 there, its 1 a 2, and so on."""

    def __init__(self, team):
        self.team = team

    def act(self, observations, rng, explore=True):
        return 3 - self.team.act(observations, rng, explore)


teams = {"as printed": printed_team, "relabeled": UnderOldNames(relabeled_team)}
plotting.watch(environments.Drift(horizon=20), teams, runs=10, run=0)

# %% [markdown]
# One team does nothing at all. The other pushes as hard as it can, wherever $x$ is. (Arrows are longer than the push,
# to be seen.) Neither seems to look at $x$. Why? Four findings.
#
# ## First finding: rows
#
# A table is of use only where the learner *comes back* to a row. Does it?
#
# ### Exercise 7.1 · Does it ever come back?
#
# A `set` remembers what you put in: `seen = set()`, `seen.add(key)`, and `key in seen` asks.


# %%
@exercise("7.1")
def revisit_share(keys):
    """Return the share of entries that occurred before in the list.

    keys: a list of one string or more, in the order in which they were seen; leave it as it is.
    Returns a number from 0 to 1.

    Example: ["a", "b", "a", "a"] gives 0.5: the third and the fourth were seen before.
    """
    # BEGIN SOLUTION
    seen, revisits = set(), 0
    for key in keys:
        revisits += key in seen
        seen.add(key)
    return revisits / len(keys)
    # END SOLUTION


# %% [markdown]
# Now the patient's own keys, while it learns for 1,000 steps, in ten runs. (You need not follow the loop: after each
# step it notes the key of agent 0.)

# %% tags=["nbval-check-output"]
patient, keys = ArticleQ(drift), [[] for _ in range(10)]
for _, t in zip(range(1_000), play(drift, patient, 10, np.random.default_rng(0)), strict=False):
    patient.update(t, None)
    for run in range(10):
        keys[run].append(str(np.round(t.observations[run, 0], 1).tolist()))
shares = [revisit_share(keys_of_run) for keys_of_run in keys]
print(f"keys seen before: {np.mean(shares):.1%} (ten runs: {min(shares):.1%} to {max(shares):.1%})")

# %% [markdown]
# Nearly every row that it looks up is new, for the key holds four numbers, three of them of no use. So nearly
# everywhere its values are four zeros.
#
# ## Second finding: ties
#
# What does it do with four zeros? `np.argmax` takes the *first* of all equal values:

# %% tags=["nbval-check-output"]
newcomer, rng = Patient(), np.random.default_rng(0)
newcomer.epsilon = 0.0
print("actions in ten new states:", [int(newcomer.act(seen, rng)) for seen in drift.reset(10, rng)])

# %% [markdown]
# In a new state, which is nearly always, it plays action 0. In this game that happens to be the best of the four, if
# one always plays the same. Relabel, and it plays the worst. That is why your `choose_actions` of lesson 06 breaks ties
# at random.
#
# ## Third finding: exploring
#
# So what was it that rose in the curve? After every *step* ε is multiplied by 0.995. An episode has 100 steps.
#
# ### Exercise 7.2 · How long does it explore?
#
# After how many steps is ε below 0.05, hardly any exploring, for the first time? It starts at 1. (In Python `0.995**3`
# is 0.995 to the power 3.)

# %%
# BEGIN SOLUTION
exploring_steps = 598
# END SOLUTION
exploring_steps = check("7.2", exploring_steps)

# %% [markdown]
# So it explores in the first six of 500 episodes, and what rises there is the end of exploring. The proof: teams that
# learn *nothing*, random with this ε and else action 0, return −966, −584, −354 and −220 on average in their first four
# episodes. The means of thousands of patients come within about 15 of that; our ten scatter more.
#
# ## Fourth finding: end
#
# Its update has no word for an episode that has ended. Here that does no harm: the drift game is only cut off. But
# where a game goes on to a new start after an exit, such a learner counts on a future behind the exit, and may choose
# the wrong one, as in *leave or stay* (lesson 02).

# %% [markdown]
# ## Why doesn't my agent learn? A checklist
#
# | Ask | How to find out | What helps |
# |---|---|---|
# | Does it beat what learned nothing? | run random play, and each constant action | compare always |
# | Does it depend on names? | relabel the actions | break **ties** at random |
# | Does it come back to its **rows**? | count revisits | a coarser key, on what matters |
# | Does it still **explore**? | print ε against steps | a schedule over the whole run |
# | Does it know the **end**? | look for *terminated* in the target | lesson 06, exercise 6.1 |
# | Is it one lucky run? | train many at once, draw the interval | 30 runs or more |
# | Is the best possible known? | solve a small version exactly | lesson 03 |

# %% [markdown]
# ## Your consulting hour
#
# A maze of 4 × 5 squares has two exits: one two steps from the start pays 1, one in the far corner, seven steps away,
# pays 3 and is worth the way. After an exit one sees the start again. Three learners walk there, 50,000 steps each, and
# none of them learns to go to the far exit.

# %% [markdown]
# This is all in which they differ. `square` is where the learner stands, `step` counts all steps from 0, and `q[key]`
# begins as four zeros. `np.flatnonzero` lists the places where something is True, and `rng.choice` picks one of a list.
#
# ```python
# # A
# key, next_key = square, next_square
# epsilon = 1 - step / 50_000
# greedy = rng.choice(np.flatnonzero(q[key] == q[key].max()))
# target = reward + 0.9 * q[next_key].max()
#
# # B
# key, next_key = (square, step), (next_square, step + 1)
# epsilon = max(0.05, 1 - step / 30_000)
# greedy = rng.choice(np.flatnonzero(q[key] == q[key].max()))
# target = reward + 0.9 * (not terminated) * q[next_key].max()
#
# # C
# key, next_key = square, next_square
# epsilon = 0.99**step
# greedy = np.argmax((q[key] == q[key].max()) * rng.random(4))
# target = reward + 0.9 * (not terminated) * q[next_key].max()
# ```

# %% [markdown]
# ### Exercise 7.3 · Three diagnoses
#
# Each of the three has *one* of the four diseases: `"rows"`, `"ties"`, `"exploring"` or `"end"`. Which one has A, which
# one B, which one C? Give three words in this order, such as `("ties", "ties", "ties")`.

# %%
# BEGIN SOLUTION
diagnoses = ("end", "rows", "exploring")
# END SOLUTION
diagnoses = check("7.3", diagnoses)

# %% [markdown]
# ## The cure
#
# The patient again, treated:
#
# - rows: the key is $x$ alone, in tiles a quarter wide (`views.Tiled`);
# - ties at random, as `IQL` breaks them;
# - exploring: ε falls from 1 to 0.05 over most of the run, and the step size falls too;
# - found by trying: training episodes of 25 steps, so that it starts over often; and a discount of 0.5, since a push
#   pays off within a few steps.
#
# Is it the exploring, the short episodes or the discount? We leave out one of these three at a time, and keep all else
# the same. (You need not follow `treat` and `judge`.)


# %%
tiles = np.arange(-1.5, 6.01, 0.25)
long_game = views.Tiled(drift, tiles)  # episodes of 100 steps: by these all are judged


def judge(policies):
    """Let 200 copies of each team play an episode; return (R, 200). policies: (R, N, O, A)."""
    copies = FixedPolicy(np.repeat(policies, 200, axis=0))
    returns = evaluate(long_game, copies, 200 * len(policies), np.random.default_rng(0))
    return returns.mean(axis=1).reshape(-1, 200)


# %%
def treat(episode=25, gamma=0.5, epsilon=None):
    """Train 20 teams for 20,000 steps; return what they play, (R, N, O, A)."""
    game = views.Tiled(environments.Drift(horizon=episode), tiles)
    alpha, falling = linear_schedule(0.2, 0.005, 20_000), linear_schedule(1.0, 0.05, 16_000)
    team = IQL(game, alpha=alpha, gamma=gamma, epsilon=epsilon or falling)
    train(game, team, steps=20_000, runs=20, rng=np.random.default_rng(0))
    return epsilon_greedy(team.q_table, 0.0)


# %%
predict("7.b")

# %%
cured = treat()
judged = {
    "as printed": printed_returns,
    "cured": judge(cured),
    "cured, but ε as printed": judge(treat(epsilon=exponential_schedule(1.0, 0.995))),
    "cured, but episodes of 100": judge(treat(episode=100)),
    "cured, but discount 0.99": judge(treat(gamma=0.99)),
}

# %%
means = {name: returns.mean(axis=1) for name, returns in judged.items()}  # (R,)
means["as printed"] = printed_returns[:, 15:].mean(axis=1)  # when it no longer explores
exact["always action 0"] = -87.4
plotting.plot_scores(means, "mean return of a team", exact=exact)

# %%
predict("7.b", reveal=True)

# %% [markdown]
# Each dot is a team, each bar the 95 % interval of a mean. The treated ones all had the same number of steps. They are
# judged without exploring, by the mean of 200 episodes of 100 steps each; *as printed* by the second half of its
# training. The last row needs a wide scale. Without it one can tell the others apart:

# %%
near = {name: returns for name, returns in means.items() if name != "cured, but discount 0.99"}
del exact["random play"]
plotting.plot_scores(near, "mean return of a team", exact=exact)

# %% [markdown]
# ## How far has it come?
#
# The score of lesson 03 with another lower end, and from 0 to 1: the **gain** is 0 for the best of what learned
# nothing, and 1 for the best possible.
#
# $$g = \frac{\bar G - G_0}{G^* - G_0}$$
#
# - $\bar G$: the mean return over all runs and the second half of the episodes;
# - $G_0$: the return of the best team that learned nothing;  $G^*$: the best possible.
#
# By hand: it returns −3, two that learned nothing −8 and −5, the best possible is −1. Then
# $g = \frac{-3 - (-5)}{-1 - (-5)} = \frac{2}{4} = 0.5$. Below 0 it is worse than what learned nothing.
#
# ### Exercise 7.4 · The gain
#
# Tools: `returns.shape[1]` is the number of columns, and `returns[:, 3:]` are those from column 3 on.


# %%
@exercise("7.4")
def gain(returns, baselines, best):
    """Return how far a learner has come from the best of what learned nothing to the best possible.

    returns: (R, K), of K episodes (2 or more) in R runs. Those from column K // 2 on count.
    baselines: a list of one number or more: the returns of what learned nothing, in any order.
    best: a number above all of these: the best possible return.
    Returns a number; it may be negative and, by luck, above 1.

    Example: [[-9, -9, -2, -4]], [-8, -5] and -1 give 0.5.
    """
    # BEGIN SOLUTION
    late = returns[:, returns.shape[1] // 2 :].mean()
    nothing = max(baselines)
    return (late - nothing) / (best - nothing)
    # END SOLUTION


# %% tags=["nbval-check-output"]
untrained = [-1_133.0, -87.4]  # random play, and always action 0; gain takes the last half
for name, returns in judged.items():
    print(f"{name}: gain {gain(returns, untrained, -54.0):.2f}")

# %% [markdown]
# Only the cured teams clearly beat doing nothing: they have gone about half of the way. With one part left out the
# teams come back to their rows as well, and yet they are at best about where a team is that does nothing: they stop
# exploring before they know, or start over too seldom, or look so far ahead that 20,000 steps are too few. A checklist
# finds what is broken. It does not choose a discount.
#
# What do the cured teams do?

# %% tags=["nbval-check-output"]
actions = cured.argmax(axis=-1).mean(axis=(0, 1))  # (tiles,): mean over runs and agents
for left, action in zip(tiles[:8], actions[1:9], strict=True):  # entry 0: all left of -1.5
    print(f"x from {left:5.2f} to {left + 0.25:5.2f}: mean action {action:.1f}")

# %% [markdown]
# They push while $x$ is left of zero, and let go before it gets there. These teams look at $x$.

# %% [markdown]
# ## What we saw
#
# - A rising curve proves nothing: what rose was the end of exploring, and the level was that of a tie-break.
# - Relabel first. Then ask for rows, ties, exploring and the end, for many runs, for what learned nothing, and for the
#   best possible.
# - A treatment is tested by leaving out one part at a time, with all else the same.
#
# Our patient failed by faults of its own. Next: [coordination](08_coordination.ipynb), where learners without these
# faults fail together.

# %% [markdown]
# ## Sources
#
# - The patient is the learner of the article "Multi-Agent Reinforcement Learning for Task Optimization: Agents That
#   Improve Together" (CallSphere), written anew.
# - F. Pardo et al., *Time Limits in Reinforcement Learning*, ICML 2018: an end and a cut are not the same.
# - P. Henderson et al., *Deep Reinforcement Learning that Matters*, AAAI 2018: why many runs, and why baselines.
