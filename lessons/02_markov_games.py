# %% [markdown]
# # 02 · Markov games
#
# After this lesson you can
#
# - describe a team that shares a world as a Markov game, and play many runs of it at once;
# - say how an episode of it stopped, and what that means for its worth;
# - follow the loop that plays all our games.
#
# About 55 minutes. You need [lesson 01](01_games.ipynb).

# %%
from marl_lessons import exercise, hint, predict, solution, train
from marl_lessons import environments, plotting
from marl_lessons.learners import RandomPolicy
from marl_lessons.rollout import evaluate

import numpy as np

# %% [markdown]
# ## The drift game
#
# In lesson 01 the world ended after one joint action. Mostly it goes on: what a team does now changes what it faces next.
#
# In the *drift game*, three agents watch a number $x$ that should stay near zero. In every step each agent picks an action
# from 0 to 3. Then $x$ moves to the right, by 0.05 times the sum of the three actions, and noise shakes it a little.
# Everybody pays for the distance of $x$ from zero, and an agent that picks 0 or 1 earns a bonus of 0.1.
#
# Watch two steps of a team. The buttons go forth and back; the harder an agent pushes, the longer its arrow.

# %%
plotting.watch(environments.Drift(horizon=2), RandomPolicy(num_actions=4), seed=0)

# %% [markdown]
# With one agent such a world is called a *Markov decision process*. With several it is a **Markov game** (Shapley 1953).
# It is described by two things:
#
# $$P(s' \mid s, a_0, \dots, a_{N-1}) \qquad\text{and}\qquad r_i(s, a_0, \dots, a_{N-1}, s')$$
#
# - $s$: the **state**, all that matters now;  $s'$: the state one step later;
# - $a_0, \dots, a_{N-1}$: the actions of the $N$ agents, counted from 0 as in the code; together, the joint action;
# - $P$: how likely each next state is; the bar reads "given";
# - $r_i$: the reward of agent $i$ for this step.
#
# Both depend on *everybody's* action. A payoff table is the simplest Markov game: it stops after one step, and the
# payoffs are its rewards.

# %% [markdown]
# In the drift game, with $x'$ for the number after the move, the two are
#
# $$x' = x + 0.05\,(a_0 + a_1 + a_2) + \text{noise} \qquad\text{and}\qquad r_i = -|x'| + 0.1\,[a_i < 2]$$
#
# - $|x'|$: the distance from zero, by which the *whole team* is paid;
# - $[a_i < 2]$: 1 if agent $i$ picked 0 or 1, else 0: a bonus for *this agent* alone;
# - noise: normally distributed with standard deviation 0.1. At the start $x$ is drawn with mean 0 and standard deviation 1.
#
# Check one by hand: with $x' = 2$ and the actions 0, 3, 3 the rewards are −1.9, −2 and −2.

# %% [markdown]
# ### Exercise 2.1 · The rewards of the drift game
#
# We play many runs at once, so `position` holds one $x'$ for each run. *Low* actions earn the bonus: of 4 those
# below 2, in general those below `num_actions // 2` (`//` rounds down). Two more tools:

# %% tags=["nbval-check-output"]
x = np.array([2.0, -0.5])  # (R,): one number for each of 2 runs
print("x[:, None] stands x up as a column, (R, 1):", x[:, None].tolist())
print("a column + a table:", (x[:, None] + np.array([[0, 1, 2], [0, 0, 0]])).tolist())
print("a comparison counts as 1 and 0:", 0.1 * (np.array([0, 3, 1]) < 2))


# %%
@exercise("2.1")
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
# ## A game in three functions
#
# In `marl_lessons` a game is a description, and the state is an array with one row for each run that you carry from one
# function to the next:
#
# - `reset(runs, rng)` gives the first states;
# - `observe(state)` gives what each agent sees, its **observation**;
# - `step(state, actions, rng)` gives the next states, the rewards, and in which runs the game is over.
#
# `rng` is NumPy's random generator: the same seed, the same numbers.
#
# The state of the drift game is four numbers that all agents see. The first one is our $x$; the other three only shake,
# and nobody is paid for them.

# %% tags=["nbval-check-output"]
drift = environments.Drift()
rng = np.random.default_rng(0)
state = drift.reset(runs=2, rng=rng)  # (R, 4): a row for each run; column 0 is x
actions = np.array([[0, 1, 2], [3, 3, 3]])  # (R, N)
next_state, rewards, terminated = drift.step(state, actions, rng)
print("x before:", state[:, 0].round(2), " x after:", next_state[:, 0].round(2))
print(rewards.round(2))
print("as drift_rewards says:", np.allclose(rewards, drift_rewards(next_state[:, 0], actions, 4)))

# %% [markdown]
# ## A team in two functions
#
# Whoever plays needs two rules: how to `act`, and how to `update` itself, that is to learn. Here is a team that repeats
# its actions for ever and never learns. It ignores what the agents see, `observations`, and whether it may try things
# out, `explore`. (You need not follow `np.tile`: it copies the row of actions for each run.)


# %%
class Repeat:
    """A team that never learns: agent i plays actions[i], in every step of every run."""

    def __init__(self, actions):
        self.actions = np.array(actions)  # (N,)

    def act(self, observations, rng, explore=True):  # observations: (R, N, …)
        return np.tile(self.actions, (len(observations), 1))  # (R, N)

    def update(self, transition, rng):
        """Learn nothing from what just happened."""


# %%
predict("2.a")

# %% [markdown]
# Our loop stops this game after 100 steps. How much does either team collect in them? (In **random play** all actions
# are equally likely, in each step.) One play says little, because the noise plays along. So `evaluate` plays 500 runs,
# and adds up the rewards of each.
#
# We print their mean, and the **95 % bootstrap interval**, which says how far the mean may be off by chance: from the
# 500 we draw 500 anew, with repeats, many times over, and 95 % of the means of these draws lie in it. In the pictures
# to come, the bar through a marker and the band around a curve are such intervals.

# %% tags=["nbval-check-output"]
teams = {"random actions": RandomPolicy(num_actions=4), "always 0": Repeat([0, 0, 0])}
rng = np.random.default_rng(0)
for name, team in teams.items():
    total = evaluate(drift, team, runs=500, rng=rng).mean(axis=1)  # (R,): the mean over agents
    low, high = plotting.bootstrap_interval(total)
    print(f"{name}: {total.mean():.0f} (95 % interval {low:.0f} to {high:.0f})")

# %%
predict("2.a", reveal=True)

# %% [markdown]
# Exactly, random play is worth −1,133 on average, and always playing 0 is worth −87.4: only the noise moves the number,
# and everybody earns the bonus.
#
# This team has learned nothing, and it does not even look at $x$. So whenever a team reaches −90 in this game, ask
# first: *what does a team get that learned nothing?*

# %% [markdown]
# ## Two ways to stop
#
# One play from start to stop is an **episode**. (A run may play many, one after the other.) It can stop in two ways:
#
# - **terminated**: the game itself is over, by its own rules. Nothing can follow, so what was still to come is worth 0.
# - **truncated**: somebody stopped watching, as our loop does with the drift game after 100 steps. The game would have
#   gone on, and what it would still have paid is missing in our records.
#
# For the missing part we put an estimate: the **value** $V$ of the state in which we stopped, that is, what we expect
# to collect from there on.

# %% [markdown]
# ## What a stretch of play is worth
#
# A reward that comes later counts less: $t$ steps ahead it counts $\gamma^t$ times as much. The **discount** $\gamma$
# ("gamma") lies between 0, where only the next reward counts, and 1, where all count fully.
#
# By hand: two rewards, 1 and then 2, with $\gamma = 0.5$. If the game is over then, they are worth
# 1 + 0.5 · 2 = 2. If it was cut off there and we expect $V = 10$ to come, that lies two steps ahead and counts
# 0.5² = 0.25 times as much: 2 + 0.25 · 10 = 4.5.

# %% [markdown]
# As an equation, for $T$ steps:
#
# $$G = r_0 + \gamma\, r_1 + \dots + \gamma^{T-1}\, r_{T-1} + \gamma^T V, \qquad\text{with } V = 0 \text{ if terminated}$$
#
# - $G$: the **return**;
# - $r_t$: here the reward of step $t$, of one agent;
# - $V$: the value of the state in which the stretch stopped.

# %% [markdown]
# ### Exercise 2.2 · Where a stretch of play ends
#
# Write the return. $V$ is called `last_value`. Tools: `gamma**t` is $\gamma^t$; `rewards[::-1]` is the array from its last
# entry to its first, in case you prefer to work backwards.


# %%
@exercise("2.2")
def discounted_return(rewards, last_value, terminated, gamma):
    """Return what a stretch of play is worth, counted from its first step.

    rewards: (T,), one or more, whole numbers or not.
    last_value: a number, the estimated value of the state in which the stretch stopped.
    terminated: True (Python's or NumPy's) if the game was over there;
        False if the stretch was only cut off.
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
# ## Two mistakes
#
# **An end that is forgotten.** With $\gamma = 0.95$ you may *leave* at once for a reward of 1, or *stay* one step for
# nothing and then leave for 1.5. Leaving ends the game either way. A program that forgets this believes that a new round
# follows, in which it leaves for 1 again, and so on for ever. A 1 in every step is worth its first 1 and then the same
# again, one step later: $V = 1 + 0.95\,V$, that is $V = 20$. That is what it expects after the end:

# %% tags=["nbval-check-output"]
for terminated in (True, False):
    leave = discounted_return(np.array([1.0]), 20.0, terminated, 0.95)
    stay = discounted_return(np.array([0.0, 1.5]), 20.0, terminated, 0.95)
    print(f"terminated={terminated}: leave {leave:.3f}, stay {stay:.3f}")

# %% [markdown]
# In truth staying is better, ⟦1.425 after "stay"⟧ against ⟦1 after "leave"⟧. With the end forgotten, leaving looks
# better.
#
# **An end that is none.** A game pays 1 in every step, and really goes on for ever. With $\gamma = 0.9$ that is worth
# $V = 1 + 0.9\,V$, so $V = 10$. We watch 20 steps:

# %% tags=["nbval-check-output"]
ones = np.ones(20)  # 20 rewards of 1
print(f"cut off, and taken for an end: {discounted_return(ones, 10.0, True, 0.9):.2f}")
print(f"cut off, and taken for a cut:  {discounted_return(ones, 10.0, False, 0.9):.2f}")

# %% [markdown]
# To put an estimate where the records stop is called **bootstrapping** (and has nothing to do with the bootstrap interval).
#
# - After a cut it is right: with the right $V$ it doesn't matter, on average, when we stop watching. But it is only as
#   good as its $V$, and a learner's $V$ is a guess.
# - It is wrong for a limit that belongs to the game. A football match is over after 90 minutes: that is an end. Then the
#   clock is part of the state, and the players should see it.

# %% [markdown]
# ## A game that may end
#
# In *foraging*, two agents on a small grid look for a food. Six actions: stay, four directions, and load (number 5; a
# ring in the picture). If both stand beside the food, that is above, below, left or right of it, and load in the same
# step, each earns 1 and the game is over. If they don't, the loop cuts them off after 25 steps.
#
# In this film it does so after 6. Both teams start from the same squares.

# %%
foraging = environments.Foraging(size=3)  # 3 × 3 squares, the food in the middle
teams = {"always load": Repeat([5, 5]), "random actions": RandomPolicy(num_actions=6)}
plotting.watch(environments.Foraging(size=3, horizon=6), teams, seed=1)

# %% [markdown]
# The first team started beside the food, so its game was over after one step: terminated. The second one's was truncated.

# %% [markdown]
# ### Exercise 2.3 · Which runs were cut off?
#
# A game says in which runs it is over: `terminated`. Whoever plays it counts the steps, and says which runs are cut
# off. Those are the runs that have reached the **horizon**, the number of steps after which an episode is cut off,
# *and* are not over by the rules. Two tools for arrays of True and False (put brackets around a comparison: Python
# takes `&` before `==`):

# %% tags=["nbval-check-output"]
first, second = np.array([True, True, False]), np.array([True, False, False])
print("and:", first & second)
print("not:", ~first)
print("brackets first:", (np.array([5, 4, 5]) == 5) & first)


# %%
@exercise("2.3")
def find_truncated(terminated, steps_played, horizon):
    """Tell in which runs the episode is cut off after this step.

    terminated: (R,) booleans, True where the game has just ended by its own rules.
    steps_played: (R,) integers from 1 to horizon, the steps so far, this one included.
    horizon: the number of steps after which an episode is cut off, at least 1.
    Returns an array (R,) of True and False.

    Example: [True, False, False], [5, 5, 4] and horizon 5 give [False, True, False].
    """
    # BEGIN SOLUTION
    return ~terminated & (steps_played >= horizon)
    # END SOLUTION


# %% [markdown]
# Now you have all parts of the loop: act, step, see who has stopped, go on with the others. Here it plays one episode in
# each run. (`state[goes_on]` keeps the rows of the runs in which `goes_on` is True; `_` is a name for what we don't need,
# here the rewards.)


# %%
def count_ends(game, team, runs, rng):
    """Play one episode in each run; count those that the game ended and those that were cut off."""
    state = game.reset(runs, rng)
    steps_played = np.zeros(runs, dtype=int)
    ended, cut_off = 0, 0
    while len(state) > 0:  # as long as a run goes on
        actions = team.act(game.observe(state), rng)
        state, _, terminated = game.step(state, actions, rng)
        steps_played = steps_played + 1
        truncated = find_truncated(terminated, steps_played, game.horizon)
        ended = ended + terminated.sum()
        cut_off = cut_off + truncated.sum()
        goes_on = ~terminated & ~truncated
        state, steps_played = state[goes_on], steps_played[goes_on]
    return f"{ended:,} ended, {cut_off:,} cut off"


# %% tags=["nbval-check-output"]
rng = np.random.default_rng(0)
print("drift, random actions:   ", count_ends(drift, RandomPolicy(num_actions=4), 10_000, rng))
print("foraging, random actions:", count_ends(foraging, RandomPolicy(num_actions=6), 10_000, rng))
print("foraging, always load:   ", count_ends(foraging, Repeat([5, 5]), 10_000, rng))

# %% [markdown]
# The drift game never ends by itself. In foraging, agents that always load (action 5) never move: they are done at once
# if both happen to start beside the food, and otherwise never. You can check that by hand. The first agent starts on one
# of 8 squares, 4 of them beside the food; the second on one of the other 7, and then 3 are left beside it:
# $\frac{4}{8} \cdot \frac{3}{7} = \frac{3}{14}$, or about 2,143 of 10,000.

# %% [markdown]
# ## The loop that lets teams learn
#
# `train(game, team, steps, runs, rng)` is this loop with two additions. Where an episode has stopped, the next one
# starts. And after each step it calls the team's `update`, with a **transition**, which is all that just happened:
# `observations`, `actions`, `rewards`, `next_observations`, `terminated` and `truncated`, each with a row for each run.
#
# Here is a team that acts at random, as `RandomPolicy` does, and whose `update` only counts:


# %% tags=["nbval-check-output"]
class Counter(RandomPolicy):
    ended, cut_off = 0, 0

    def update(self, transition, rng):
        self.ended = self.ended + transition.terminated.sum()
        self.cut_off = self.cut_off + transition.truncated.sum()


counter = Counter(num_actions=6)
train(foraging, counter, steps=1_000, runs=400, rng=rng)
print(f"foraging, random actions: {counter.ended:,} ended, {counter.cut_off:,} cut off")

# %% [markdown]
# About 13 of 100 episodes end by the rules, as in our own loop. From lesson 04 on teams learn in `update`.

# %% [markdown]
# ## The same game for other libraries
#
# Many libraries know games for several agents through **PettingZoo**: one run at a time, and dictionaries with an entry
# for each agent. It tells the two ways to stop apart, too. Here both agents load beside the food, in a 3 × 3 world:

# %% tags=["nbval-check-output"]
from marl_lessons.pettingzoo_api import to_parallel_env

env = to_parallel_env(foraging)
env.reset(seed=1)
observations, rewards, terminations, truncations, infos = env.step({"agent_0": 5, "agent_1": 5})
print(rewards, terminations, truncations, sep="\n")

# %% [markdown]
# ## What we saw
#
# - **The world goes on.** A Markov game has states; next state and rewards depend on the joint action.
# - **It stops in two ways.** Terminated means that nothing follows; truncated means that we stopped watching, and an
#   estimate $V$ stands for the rest. Who mixes them up gets wrong what things are worth. So in this course there is no
#   `done`, other libraries' single word for both.
# - We play many runs at once, and ask of every result what a team gets that learned nothing.
#
# A team that learned nothing is one end of a scale. Next: [the best a team can do](03_the_best_a_team_can_do.ipynb),
# the other end.

# %% [markdown]
# ## Sources
#
# - L. Shapley, "Stochastic games", PNAS 1953: the Markov game.
# - M. Littman, "Markov games as a framework for multi-agent reinforcement learning", ICML 1994: the name.
# - F. Pardo et al., "Time limits in reinforcement learning", ICML 2018: when to bootstrap through a time limit, and when
#   to put the clock into the state.
# - S. Albrecht and S. Ramamoorthy, AAMAS 2013; G. Papoudakis et al., NeurIPS 2021: foraging.
# - J. Terry et al., "PettingZoo: gym for multi-agent reinforcement learning", NeurIPS 2021: the interface of other
#   libraries.
# - The drift game is the environment of the article "Multi-Agent Reinforcement Learning for Task Optimization:
#   Agents That Improve Together" (CallSphere).
