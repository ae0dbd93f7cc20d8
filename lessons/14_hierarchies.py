# %% [markdown]
# # 14 · Hierarchies, and the way out
#
# After this lesson you can
#
# - bound what a large team can earn, by hand and by a small program;
# - let a group decide what its members do, by a rule of your own, and by one that is found by search;
# - take a game of this course to the tools with which large teams are trained elsewhere.
#
# About 60 minutes. You need [lesson 03](03_the_best_a_team_can_do.ipynb) (dispatch), [lesson
# 09](09_reward_shaping.ipynb) (difference rewards) and [lesson 13](13_sharing_and_mean_fields.ipynb) (shared tables,
# districts).

# %%
from marl_lessons import exercise, hint, predict, scoreboard, solution, train
from marl_lessons import environments, pettingzoo_api, plotting, rllib, solvers
from marl_lessons.groups import ByDistrict
from marl_lessons.learners import IQL, HandRule, MeanFieldQ, PatientQ, SharedQ, SharedRule
from marl_lessons.policies import linear_schedule
from marl_lessons.views import WithIdentity

import numpy as np

# %% [markdown]
# ## A city of districts
#
# In the districts of lesson 13 workers live and tasks wait: a light one takes a worker and pays 1, a heavy one takes
# two and pays 4 (who tries it alone loses 2). In each step 0.3 light tasks arrive for each worker at home in a
# district, and heavy ones: 0.05 where it is quiet, 0.65 where it is busy. Every 50 steps or so a district turns from
# one to the other.
#
# A full queue turns tasks away. A worker may go to another district; that costs the step.
#
# Watch 12 workers who stay at home, and serve heavy tasks first. The number counts the workers of a district;
# a full bar is 6 light tasks, 3 heavy ones, 6 workers.

# %%
small = environments.Districts(12, 4, view="map", horizon=8)
at_home = HandRule(small)  # a team that follows a rule; more of it below
at_home.share_out = lambda needs, num_workers: small.sizes  # everybody stays
plotting.watch(small, at_home, seed=10)

# %% [markdown]
# Where it is busy, tasks are turned away; where it is quiet, workers idle: from step 3 on 8 stand at light tasks, and
# serve 3 to 5. From here on: 120 workers, 10 districts.

# %% [markdown]
# ## The most that can be earned
#
# Nobody can serve more than arrives, nor work more than one step in a step. For each worker and step, let $l$ light and
# $h$ heavy tasks be served:
#
# $$\max\; l + 4h \quad\text{where}\quad l \le 0.3,\quad h \le 0.35,\quad l + 2h \le 1$$
#
# - 0.35: heavy tasks that arrive, the mean of 0.05 and 0.65;
# - $l + 2h$: worker-steps that this takes.
#
# A sum to be made large, under limits that are sums: a **linear program**. By hand: 0.3 + 2 · 0.35 = 1. There is just
# enough work for all, so serve everything: 0.3 + 4 · 0.35 = 1.7. That shall be a score of 100, and earning nothing one
# of 0.

# %% [markdown]
# If there is more work than workers? Take 0.65 heavy tasks. Two workers earn 4 at a heavy task, 2 each, and 1 each at
# light ones. So heavy ones first, as many as one worker-step can do, ½; nobody is left for light ones: 4 · ½ = 2.
#
# ### Exercise 14.1 · The most that can be earned


# %%
@exercise("14.1")
def most_per_step(light_rate, heavy_rate, heavy_pay):
    """Return the most that one worker of a large team can earn in a step.

    light_rate, heavy_rate: numbers from 0 up, the tasks that arrive for each worker and step.
    heavy_pay: a number from 2 up, what a heavy task pays two workers together. A light one pays 1.
    Returns a number: the largest l + heavy_pay * h with l <= light_rate, h <= heavy_rate and
    l + 2 * h <= 1, where l and h are from 0 up, and need not be whole.

    Example: 0.3, 0.35 and 4 give 1.7; with a heavy_rate of 0.65 they give 2.
    """
    # BEGIN SOLUTION
    heavy = min(heavy_rate, 1 / 2)
    light = min(light_rate, 1 - 2 * heavy)
    return light + heavy_pay * heavy
    # END SOLUTION


# %% tags=["nbval-check-output"]
best = most_per_step(0.3, 0.35, 4)
quiet, busy = most_per_step(0.3, 0.05, 4), most_per_step(0.3, 0.65, 4)
print(f"together {best:.2f}; alone where it is quiet {quiet:.2f}, where it is busy {busy:.2f}")
print(f"if everybody stays at home: {100 * (quiet + busy) / 2 / best:.0f} of 100")

# %% [markdown]
# (Queues keep a few tasks of busy times for quiet ones: staying at home may bring a little more.) **Up to a quarter
# of all that can be earned lies in moving workers.**
#
# ## A rule by hand
#
# Who looks at the map can do it by a rule. A district **needs** $l + 2h$ workers, for its $l$ light and $h$ heavy
# tasks. Let each have its part of all workers:
#
# $$q_d = N\, \frac{l_d + 2 h_d}{\sum_c (l_c + 2 h_c)}$$
#
# - $N$: all workers;  $q_d$: the **quota** of district $d$;  the sum goes over all districts $c$.

# %% [markdown]
# By hand, needs 2.4, 1.3, 1.3 and 5 workers: the needs sum to 5, so these are the quotas. Round down: 2, 1 and 1. One
# worker is left, and goes where the most was cut off: 0.4 of the first. So 3, 1, 1: the **largest remainder**, by which
# seats in parliaments are shared out.
#
# ### Exercise 14.2 · Whole workers by need
#
# Two tools: `np.floor(x).astype(int)` rounds down to whole numbers; `np.argsort(x)` lists where the numbers of `x`
# stand, the smallest first.


# %%
@exercise("14.2")
def share_out(needs, num_workers):
    """Return how many workers each district gets, in proportion to its need.

    needs: (D,), whole numbers or decimals from 0 up, not all 0. D is from 1 up.
    num_workers: a whole number from 1 up.
    Returns whole numbers (D,) that sum to num_workers: the quotas rounded down, and the workers
    that are left go, one each, where the most was cut off. Where that ties, to any of these.

    Example: needs [2.4, 1.3, 1.3] and 5 workers give [3, 1, 1].
    """
    # BEGIN SOLUTION
    quotas = num_workers * needs / needs.sum()
    workers = np.floor(quotas).astype(int)
    left = num_workers - workers.sum()
    workers[np.argsort(workers - quotas)[:left]] += 1
    return workers
    # END SOLUTION


# %% [markdown]
# In the **hand rule** those above their number leave for those below it, in every step. Who stays serves heavy tasks
# first. It runs on your function, called for each of 20 cities. (The bound is a mean: a city with more busy districts
# than usual may come above 100 for a while.)

# %% tags=["nbval-check-output"]
city = environments.Districts(120, 10, view="map")
by_hand = HandRule(city)
# + 1e-9: no city is without need
by_hand.share_out = lambda needs, num: np.array([share_out(row + 1e-9, num) for row in needs])
score = scoreboard.score_plans(city, by_hand.decide, runs=20, rng=np.random.default_rng(0))
print(f"hand rule: {score.mean():.0f} of 100")

# %% [markdown]
# ## Who decides?
#
# Now let teams *learn*. First each worker for itself. It sees how much waits in its own district, for each worker there,
# in four levels for light and for heavy tasks. It chooses light, heavy, or to go to the neediest district, and is paid
# the difference that it makes (lesson 09). Its values stand in
#
# - a table of its **own**;
# - **one** table for all 120 (lesson 13);
# - one table for all, told which of **three kinds** it is;
# - one table, and it **draws** by **softmax** instead of taking the best;
# - the same, with the values of **mean-field** Q-learning.

# %% [markdown]
# Then those who decide for a group. The **head** of a district chooses which share of its workers goes to heavy tasks:
# 0, ¼, ½, ¾ or 1. It is paid what its district earns, and looks no further than the step (γ = 0). Above the heads a
# **coordinator** may decide every 5 steps how far to move all workers toward their quotas: 0, ¼, ½, ¾ or all the way.
# It is paid what the team earns. Workers, heads and a coordinator are a **hierarchy**.
#
# All learn for 2,000 steps with the same schedules, in 10 cities each. (A dot is a team, a bar the 95 % interval of a
# mean.)

# %%
predict("14.a")


# %%
alpha, epsilon = linear_schedule(0.1, 0.01, 1_200), linear_schedule(1.0, 0.05, 1_200)
softmax = linear_schedule(3.0, 0.3, 1_200)  # the temperature


def train_and_score(game, team, explore=False):
    """Let 10 teams learn for 2,000 steps; return their scores, (10,)."""
    train(game, team, steps=2_000, runs=10, rng=np.random.default_rng(0), per_agent=False)
    rng = np.random.default_rng(1)
    return scoreboard.score_districts(team, game, runs=10, rng=rng, explore=explore)


# %%
flat = environments.Districts(120, 10, reward="difference")
told = WithIdentity(flat, np.arange(120) % 3)
table = SharedQ(flat, alpha, 0.9, epsilon)
drawing = SharedQ(flat, alpha, 0.9, temperature=softmax)
scores = {
    "own tables": train_and_score(flat, IQL(flat, alpha, 0.9, epsilon)),
    "one table": train_and_score(flat, table),
    "one table, 3 kinds": train_and_score(told, SharedQ(told, alpha, 0.9, epsilon)),
    "one table, softmax": train_and_score(flat, drawing, explore=True),
    "mean field": train_and_score(flat, MeanFieldQ(flat, alpha, 0.9, temperature=softmax)),
}

# %%
label = "score (0: earns nothing, 100: the bound)"
lines = {"bound": 100, "at home, by hand": 100 * (quiet + busy) / 2 / best}
plotting.plot_scores(scores, label, exact=lines, limits=(-5, 105))


# %%
def train_heads(every):
    """Let heads learn, with a coordinator who decides every so many steps, or none."""
    game = ByDistrict(environments.Districts(120, 10), every=every)
    gammas = np.append(np.zeros(10), 0.9)[: game.num_agents]  # heads look at this step alone
    team = PatientQ(game, alpha, gammas, epsilon, waiting=game.waiting)
    return train_and_score(game, team), team


# %%
coordinated, with_coordinator = train_heads(every=5)
groups = {"heads": train_heads(None)[0], "and a coordinator": coordinated, "hand rule": score}
plotting.plot_scores(groups, label, exact=lines, limits=(-5, 105))

# %%
predict("14.a", reveal=True)

# %% [markdown]
# - *One table*: who sees the same does the same. In the film below the 12 workers of a district all take light tasks,
#   all take heavy ones, or all leave. Some end as one crowd of 120 that travels for ever: the dots at 0.
# - *Softmax*: chance takes the place of a plan.
# - *Heads* move nobody; they earn what staying at home brings.
# - *Coordinators* differ widely, on average like workers who draw.
#
# A coordinator who decides by lot scores 87 (measured for you). So what helps is not what it has learned, but the
# *form* of its decisions: workers in proportion to need. The hand rule is just that, and ahead of them all. **Where you
# know a good rule, use it.**

# %%
views = {"one table": "local", "hand rule": "map"}  # what a worker sees, and what the map shows
views = {who: environments.Districts(120, 10, view=what, horizon=8) for who, what in views.items()}
views["coordinator"] = ByDistrict(environments.Districts(120, 10, horizon=8), every=5)
teams = {"one table": table, "hand rule": by_hand, "coordinator": with_coordinator}
plotting.watch(views, teams, seed=5, runs=10)

# %% [markdown]
# ## What waiting costs
#
# A coordinator that decides in every step has to hear from everywhere, all the time. How rarely may it decide? Move the
# slider: $k$ is the number of steps from one decision to the next. (Each drawing trains anew, and takes some seconds.)


# %%
def draw_waiting(k):
    """Draw how heads with a coordinator and the hand rule do if workers move every k steps."""
    slow = scoreboard.score_plans(city, by_hand.decide, 20, np.random.default_rng(0), every=k)
    found = {"heads and coordinator": train_heads(k)[0], "hand rule": slow}
    return plotting.plot_scores(found, label, exact=lines, limits=(50, 105))


plotting.show_live(draw_waiting, k=(1, 40, 1, 5))

# %% [markdown]
# A district stays busy for about 50 steps. At 5 the hand rule loses about 3, at 10 it loses 9, at 20 it loses 14, and at 40
# it is no better than staying at home. **Decide some ten times as often as the world turns.**

# %% [markdown]
# ## Let a search find the rule
#
# The hand rule was a guess. Give it seven numbers that all districts share, and let the computer find them. The first
# four make up the need:
#
# | parameter | what it weighs (the first four as $e$ to it) |
# |---|---|
# | heavy | a heavy task in the need; a light one counts 1 |
# | here | each worker who is there already |
# | busy | each worker at home, in a busy district |
# | home | each worker at home, in any district |
# | way | how much of the way to the quotas workers go |
# | share, slope | which share serves heavy tasks, and how far queues change it |

# %% [markdown]
# No gradient leads through whole workers and queues. But a *score* is quickly had: play, and count. The **cross-entropy
# search** draws 30 candidates, θ, keeps the best 6, and draws the next 30 like those:
#
# $$\theta \sim \text{Normal}(\mu, \sigma^2), \qquad \mu, \sigma \leftarrow \text{mean and spread of the best}$$
#
# - μ ("mu"), σ ("sigma"): a mean and a spread for each parameter, at first 0 and 1.5.
#
# By hand, two parameters: of [0, 1], [2, 1] and [9, 9] the first two are best. Means: 1 and 1; spreads: 1 and 0.
#
# ### Exercise 14.3 · Look closer where it is good
#
# Tools: `x[rows]` takes rows of an array; `x.std(axis=0)` is the standard deviation of each column.


# %%
@exercise("14.3")
def refit(candidates, scores, num_best):
    """Return where to look next: mean and spread of the best candidates.

    candidates: (K, P), whole numbers or decimals, P parameters of K candidates; both from 1 up.
    scores: (K,), whole numbers or decimals, the higher the better.
    num_best: a whole number from 1 to K. Where scores tie, any of these count as better.
    Returns an array (2, P): means over the num_best best candidates, and below them standard
    deviations (as by np.std).

    Example: candidates [[0, 1], [2, 1], [9, 9]], scores [5, 7, 1] and num_best 2 give
    [[1, 1], [1, 0]].
    """
    # BEGIN SOLUTION
    best = candidates[np.argsort(scores)[-num_best:]]
    return np.stack([best.mean(axis=0), best.std(axis=0)])
    # END SOLUTION


# %%
# Six searches run on your function. You need not follow how, here and in the next cell.
def score_rules(parameters, game, runs, steps, rng):
    """Score rules (K, 7) side by side and on the same luck, (K, runs)."""
    rules = SharedRule(game, parameters[:, None])
    return scoreboard.score_plans(game, rules.decide, runs, rng, steps=steps, warm_up=50)


def search(seed):
    def judge(candidates, rng):
        return score_rules(candidates, city, runs=2, steps=150, rng=rng).mean(axis=1)

    sizes = {"rounds": 10, "num_candidates": 30, "num_best": 6, "refit": refit}
    start = np.zeros(7), 1.5, np.random.default_rng(seed)
    return solvers.cross_entropy_search(judge, *start, **sizes)


searches = [search(seed) for seed in range(6)]

# %%
luck = {"runs": 10, "steps": 400}
learned = [score_rules(one.means, city, rng=np.random.default_rng(9), **luck) for one in searches]
curves = {"mean of 6 searches": np.mean(learned, axis=2)}  # (6, rounds + 1), over cities
words = "From {:.0f} to {:.0f} in ten rounds.".format(*np.mean(learned, axis=(0, 2))[[0, -1]])
plotting.plot_curves(np.arange(11), curves, "round", label, words, {"bound": 100})

# %% [markdown]
# (Shaded: 95 % interval over the searches.) Two seconds for all six. Take the rule that the first search has found with
# 120 workers, and let it play with 1,200, and with 10,000 in 20 districts, beside the hand rule.

# %%
predict("14.b")

# %% tags=["nbval-check-output"]
for size in ((120, 10), (1_200, 10), (10_000, 20)):
    game = environments.Districts(*size, view="map")
    found, hand = (
        scoreboard.score_plans(game, rule.decide, 20, np.random.default_rng(9)).mean()  # same luck
        for rule in (SharedRule(game, searches[0].best), HandRule(game))
    )
    print(f"{size[0]} workers: found {found:.1f}, by hand {hand:.1f}")

# %%
predict("14.b", reveal=True)

# %% [markdown]
# What has it found that we had not? Mostly *busy*: a busy district counts as if several more tasks waited there for
# each worker at home, so that workers are on their way before the tasks are there. Few numbers, shared by all: that is
# learning, too, and the kind that grows.
#
# Its limit: in a city where busy and quiet districts do *not* differ it believes in "busy" all the same, and falls 7 to
# 14 points behind the hand rule.

# %% [markdown]
# ## Beyond five agents
#
# The article of lesson 07 names three techniques for more than "3-5 agents". Scores after 3,000 steps:
#
# | workers, districts | 12, 4 | 120, 10 | 1,200, 10 | limit |
# |---|---|---|---|---|
# | parameter sharing: one table | 14 | 19 | 53 | who sees the same does the same |
# | the same, softmax | 63 | 85 | 91 | chance in place of a plan |
# | mean field | 63 | 85 | 91 | a mean does not say who shall go |
# | hierarchy, k = 5 | 77 | 85 | 87 | somebody must see it all |
# | hierarchy, k = 1 | 81 | 90 | 93 | and in every step |
# | by hand; found | 82; 85 | 93; 94 | 95; 95 | somebody must think of the form |
#
# (Means of 40 cities, 10 with 1,200 workers. Intervals: ±4 or less; one table ±8, and ±25 with 1,200; hierarchies ±7
# with 1,200. Own tables: 60, 56 and 61.)

# %% [markdown]
# ## The way out: names and dictionaries
#
# Elsewhere large teams are trained by libraries that spread the work over many machines. They don't know our games, but
# they know PettingZoo (lesson 02): agents have names, and everything travels in dictionaries. Here is dispatch, with a
# number in what each worker sees that tells who it is:

# %% tags=["nbval-check-output"]
env = pettingzoo_api.to_parallel_env(WithIdentity(environments.Dispatch()))
observations, _ = env.reset(seed=0)
print({agent: int(seen) for agent, seen in observations.items()})
observations, rewards, *_ = env.step({"agent_0": 0, "agent_1": 2})  # *_ takes what is left
print({agent: int(seen) for agent, seen in observations.items()}, rewards)

# %% [markdown]
# ### Exercise 14.4 · One policy, many names
#
# Both agents can follow one policy, a table from what is seen to what is done. Some environments let agents leave:
# `env.agents` names those who still play, and is empty at the end; `env.possible_agents` names all.
#
# Tools: `{name: f(name) for name in names}` makes a dictionary; `sum(rewards.values())` adds up what stands in one.


# %%
@exercise("14.4")
def play_by_name(env, policy, seed):
    """Play an episode in which all agents follow one policy; return what each earns on average.

    env: a PettingZoo ParallelEnv of one agent or more, who see whole numbers from 0 to O - 1.
        Agents may leave before the others, or be cut off.
    policy: whole numbers (O,), what to do at each observation.
    seed: a whole number from 0 up, for env.reset.
    Returns a number: all rewards of all agents, divided by the number of possible agents.

    Example: two agents who earn 1 and 2 in a first step, and 3 and 0 in the last one, give 3.
    """
    # BEGIN SOLUTION
    observations, _ = env.reset(seed=seed)
    earned = 0.0
    while env.agents:
        actions = {agent: policy[observations[agent]] for agent in env.agents}
        observations, rewards, *_ = env.step(actions)
        earned += sum(rewards.values())
    return earned / len(env.possible_agents)
    # END SOLUTION


# %% tags=["nbval-check-output"]
# The plan is the best team of lesson 03, (18, 2).
plan = solvers.value_iteration(environments.Dispatch().to_tabular(), gamma=0.9).joint_actions
both = np.append(plan[:, 0], plan[:, 1])  # (36,): what worker 0 sees, and then worker 1
for name, policy in {"the best team": both, "always heavy": np.full(36, 2)}.items():
    earned = [play_by_name(env, policy, seed) for seed in range(100)]
    print(f"{name}: {np.mean(earned):.1f} in a shift of 20 steps")

# %% [markdown]
# ## Ray RLlib
#
# RLlib trains a network by PPO (lesson 10) on any such environment. Where it is installed, the next cell trains one
# policy for both workers of dispatch; elsewhere it says what is missing.

# %%
policy = rllib.try_it(steps=4_000)

# %% [markdown]
# Measured on November 27, 2026, on two slow cores without a graphics card; Ray 2.60.0, torch 2.13.0; 36,000 steps:
#
# | | score | processor seconds | memory |
# |---|---|---|---|
# | RLlib, mean of three runs | 69 (53 to 89) | 89 each | 1.07 GB |
# | our IPPO, one run | 46 | 5 | 0.04 GB |
# | our IPPO, 100 runs at once | 71 ± 5 | 33 together | 0.09 GB |
#
# Three runs that lie 36 points apart say little. A step takes RLlib 2.5 ms of a processor, our 100 runs 0.009.

# %% [markdown]
# That is no fault: it is made for games that don't fit into a notebook, and for the same script on many machines, by
# `python -m marl_lessons.rllib --address auto --runners 32 --steps 1000000`, where `--runners` counts the processes that
# play, each on a core of its own. What a laptop cannot show is whether that pays: measure on your own game before you
# rent machines.

# %% [markdown]
# ## What we saw
#
# - A bound first. Here it said where the reward lies: in moving workers.
# - Who decides alone does not know who else will go. Chance helps a good deal, with 120 workers as much as a coordinator
#   every 5 steps. What helps most is a good form of the decision.
# - With 120 workers, sharing them out by need beats all that learned in its place. A search over seven numbers beats it by
#   a little, because it sees who is busy, and what it finds holds for other sizes.
# - PettingZoo's dictionaries lead to other tools, for games that a notebook cannot hold.
#
# Next: [lesson 15](15_task_optimization.ipynb), everything at once.

# %% [markdown]
# ## Sources
#
# - Hamilton 1792 (largest remainders, for seats). Dantzig 1947: linear programs.
# - Dayan & Hinton 1993 (managers and workers); Sutton, Precup & Singh 1999 (decisions that last).
# - Rubinstein 1999; de Boer et al. 2005: the cross-entropy method. Szita & Lőrincz 2006: some noise keeps it awake.
# - Tan 1993, Gupta, Egorov & Kochenderfer 2017: one table for all. Yang et al. 2018: mean field.
# - Liang et al. 2018 (RLlib); Terry et al. 2021 (PettingZoo). Schulman et al. 2017 (PPO).
# - The districts are of this course. "3-5 agents": the article "Multi-Agent Reinforcement Learning for Task
#   Optimization: Agents That Improve Together" (CallSphere).
