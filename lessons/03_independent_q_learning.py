# %% [markdown]
# # 03 · Independent Q-learning
#
# After this lesson you can
#
# - write Q-learning for one team, and for a hundred teams at once with the same lines;
# - examine a learner as a doctor would, and say whether it learned anything at all;
# - say when learning alone works in a team, when optimism helps, and when nothing of the kind does.
#
# About two hours, with good places to pause before *A patient* and before *Optimists*. You need [lesson
# 02](02_reward_structures.ipynb).

# %%
from marl_lessons import check, exercise, hint, predict, scoreboard, solution, train
from marl_lessons import environments, games, plotting, solvers, views
from marl_lessons.learners import FMQ, IQL, ArticleQ, DistributedQ, FixedPolicy, HystereticQ, LenientQ, MinimaxQ
from marl_lessons.policies import epsilon_greedy, linear_schedule, uniform_policy
from marl_lessons.rollout import evaluate
from marl_lessons.solvers import dynamics, zero_sum

import numpy as np

# %% [markdown]
# ## One team, line by line
#
# Two workers and a heavy box once more; this time the light box pays 2. Now nobody tells them the payoffs. Each keeps a
# number for each of its two actions, what the action seems to be worth, and after each play moves the number of the
# action it took a little toward what it just got:
#
# $$Q(a) \leftarrow Q(a) + \alpha\, \big(y - Q(a)\big)$$
#
# - $Q(a)$: what action $a$ seems to be worth, the **action value**;
# - $y$: the **target**, here simply the payoff of this play;
# - $\alpha$: the **step size**, between 0 and 1.

# %% tags=["nbval-check-output"]
boxes = games.stag_hunt(x=2.0)  # heavy pays 4 if both lift it, else 0; light pays 2
rng = np.random.default_rng(0)
values = [[0.0, 0.0], [0.0, 0.0]]  # for each worker: heavy, light
for play in range(500):
    epsilon = 1 - play / 500  # the probability of trying just anything falls from 1 to 0
    actions = [int(rng.integers(2)) if rng.random() < epsilon else int(np.argmax(own)) for own in values]
    for worker, action in enumerate(actions):
        payoff = boxes.payoffs[worker, actions[0], actions[1]]
        values[worker][action] += 0.1 * (payoff - values[worker][action])
for worker, own in enumerate(values):
    print(f"worker {worker}: heavy {own[0]:.2f}, light {own[1]:.2f}")

# %% [markdown]
# Both have learned to lift light, though heavy together pays 4. That is **independent Q-learning**: everybody learns
# alone, as if the others were a part of the world. One team proves nothing, though: with another seed it may end at the
# heavy box. So we go through it again, for many teams at once and for worlds that go on.

# %% [markdown]
# ## The target, when the world goes on
#
# If a next state follows, what an action brings is its reward *and* what the next state is worth. The next state is
# worth as much as the best action there seems to be:
#
# $$y = r + \gamma \max_b Q(s', b), \qquad y = r \text{ if the game has ended}$$
#
# - $r$: the reward of this step;  $s'$: what the agent sees next;
# - $\gamma$: the discount;  $\max_b Q(s', b)$: the value of the best action there.
#
# ### Exercise 3.1 · The target


# %%
@exercise("3.1")
def td_target(rewards, next_values, terminated, gamma):
    """Return the targets of all runs and agents; leave the arrays that come in as they are.

    rewards: (R, N), whole numbers or decimals.  next_values: (R, N), max Q(s', b): the maximum is taken already.
    terminated: (R,), True where the game has ended.  gamma: the discount, from 0 to 1.
    Returns a new array (R, N).

    Example: [[1, 2]], [[10, 10]], [False], 0.5 gives [[6, 7]]; with [True] it gives [[1, 2]].
    """
    # BEGIN SOLUTION
    goes_on = ~terminated[:, None]  # (R, 1)
    return rewards + gamma * goes_on * next_values
    # END SOLUTION


# %% [markdown]
# ### Exercise 3.2 · Explore, and break ties at random
#
# **Epsilon-greedy**: with probability ε any action, else the one with the highest value. Each run tosses its own coin.
# And one thing that many programs forget: if several actions are best, pick one of *them* at random. You will soon see
# what happens otherwise.
#
# Tools: `rng.random(n) < epsilon` tosses n coins, `rng.integers(A, size=n)` draws n actions, and `np.where(coins, x,
# y)` takes x where a coin is True and y elsewhere. A loop over the runs is fine too, only slower.


# %%
@exercise("3.2")
def choose_actions(q_values, epsilon, rng):
    """Choose one action in every run; the runs choose independently, in ties too.

    q_values: (R, A), of any size; a lead counts however small.  epsilon: the probability of exploring, from 0 to 1.
    rng: a NumPy random generator, from which all random numbers come.
    Returns an array of whole numbers (R,), from 0 to A - 1.

    Example: with epsilon 0, [[1, 5, 2]] gives [1]; [[5, 5, 2]] gives [0] or [1], each half of the time.
    """
    # BEGIN SOLUTION
    num_runs, num_actions = q_values.shape
    is_best = q_values == q_values.max(axis=1, keepdims=True)  # (R, A)
    greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)  # (R,)
    explores = rng.random(num_runs) < epsilon
    return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
    # END SOLUTION


# %% [markdown]
# ### Exercise 3.3 · One step of learning, in every run
#
# Now each run has a table of its own, one row for each observation and one column for each action: shape (R, O, A).
# Move one entry per run toward its target. A tool: three arrays as indices, `q_table[runs, observations, actions]`,
# pick one entry in each run.


# %%
@exercise("3.3")
def update_table(q_table, observations, actions, targets, alpha):
    """Return the tables after one step of learning; leave the old ones as they are.

    q_table: decimals (R, O, A).  observations, actions: whole numbers (R,).  targets: (R,).
    alpha: the step size, from 0 to 1.
    Returns a new array (R, O, A).

    Example: a table of zeros, observation 1, action 0, target 10 and alpha 0.1 put 1.0 at [0, 1, 0].
    """
    # BEGIN SOLUTION
    runs = np.arange(len(q_table))
    updated = q_table.copy()
    old = q_table[runs, observations, actions]  # (R,)
    updated[runs, observations, actions] = old + alpha * (targets - old)
    return updated
    # END SOLUTION


# %% [markdown]
# Three functions make a learner. The loop of lesson 01 needs two rules of it, `act` and `update`; the score asks for its
# `policies`, what it plays without exploring. Each agent has its own tables.


# %%
def look_up(tables, observations):
    """Return for each of the two agents its values (R, A) at what it sees; observations: (R, 2)."""
    runs = np.arange(len(observations))
    return [tables[agent][runs, observations[:, agent]] for agent in (0, 1)]


# %%
class MyTeam:
    """Independent Q-learning for two agents in many runs, on your three functions."""

    def __init__(self, game, runs, epsilon):
        self.tables = np.zeros((2, runs, game.num_observations, game.num_actions))  # a table per agent and run
        self.epsilon, self.step = epsilon, 0

    def act(self, observations, rng, explore=True):
        epsilon = self.epsilon(self.step) if explore else 0.0
        return np.stack([choose_actions(own, epsilon, rng) for own in look_up(self.tables, observations)], axis=1)

    def policies(self, observations):  # (R, 2, A): without exploring the best action; best ones share equally
        return np.stack([epsilon_greedy(own, 0.0) for own in look_up(self.tables, observations)], axis=1)

    def update(self, t, rng):  # t: what just happened: observations, actions, rewards, next_observations, terminated
        next_values = np.stack([own.max(axis=1) for own in look_up(self.tables, t.next_observations)], axis=1)
        targets = td_target(t.rewards, next_values, t.terminated, gamma=0.9)  # (R, 2)
        columns = zip(self.tables, t.observations.T, t.actions.T, targets.T, strict=True)
        self.tables = np.stack([update_table(*own, alpha=0.1) for own in columns])
        self.step += 1


# %% tags=["nbval-check-output"]
dispatch = environments.Dispatch()
rng = np.random.default_rng(0)
my_team = MyTeam(dispatch, runs=50, epsilon=linear_schedule(1.0, 0.05, 2_000))
history = train(dispatch, my_team, steps=3_000, runs=50, rng=rng)
my_scores = scoreboard.score_learner(my_team, dispatch, runs=50)  # 0: random play, 100: best possible
low, high = plotting.bootstrap_interval(my_scores)
print(f"50 teams after 3,000 steps: score {my_scores.mean():.0f} (95 % interval {low:.0f} to {high:.0f})")

# %% [markdown]
# The three functions have trained fifty dispatch teams. From here on we use `IQL` from the course's module: the same
# three lines, tuned for speed. Give it more time, with a step size that shrinks as well, and look at every single team.

# %%
table = dispatch.to_tabular()  # the same game, written down as tables: it plays faster

# %% tags=["nbval-check-output"]
steps = 30_000
alpha, epsilon = linear_schedule(0.1, 0.01, steps), linear_schedule(1.0, 0.05, int(0.6 * steps))
iql = IQL(table, alpha=alpha, gamma=0.9, epsilon=epsilon)
train(table, iql, steps=steps, runs=60, rng=rng)
iql_scores = scoreboard.score_learner(iql, dispatch, runs=60)
low, high = plotting.bootstrap_interval(iql_scores)
print(f"60 teams after 30,000 steps: score {iql_scores.mean():.0f} (95 % interval {low:.0f} to {high:.0f})")

# %% tags=["nbval-check-output"]
meets = (iql.q_table.argmax(axis=-1) == 2).all(axis=1)  # (R, S): do both go to H in that state?
for state in ("a=1 b=1 h=1", "a=1 b=2 h=1", "a=2 b=2 h=1"):
    print(f"{state}: {meets[:, table.state_names.index(state)].mean():.0%} of the teams meet at H")

# %%
plotting.plot_scores(
    {"50 teams, 3,000 steps": my_scores, "60 teams, 30,000 steps": iql_scores},
    "score (0: random play, 100: best possible)",
    "After 30,000 steps independent learners score about 76 on average; single teams lie in groups between 55 and 95.",
    exact={"best possible": 100, "best without heavy tasks": 45.9},
)

# %% [markdown]
# The first entry of our scoreboard: **independent Q-learning, about ⟦76±3 after "score"⟧** of 100. Well above a careful team that ignores
# the heavy tasks, well below what is possible. The teams fall into groups, by the states in which they dare to meet at
# H: nearly all do while there is little else to do, some with one fuller queue, few with full queues, where a lone try
# costs most.

# %% [markdown]
# ## The ground moves
#
# An agent that learns alone takes its partner for a part of the world. But the partner learns too, and so the world
# changes under its feet: it is **non-stationary**. Let us draw that. In climbing, what are actions b and c of agent 0
# *really* worth, against what its partner does at that moment? Once the partner is frozen, once it learns.

# %%
climbing = games.climbing()
learners = IQL(climbing, alpha=0.1, gamma=0.0, epsilon=linear_schedule(1.0, 0.0, 800))
plays, true_values = np.arange(0, 1_000, 20), []
for play in plays:
    partner = epsilon_greedy(learners.q_table[:, 1, 0], learners.epsilon(play)) if play else np.full((100, 3), 1 / 3)
    true_values.append(partner @ climbing.payoffs[0].T)  # (R, A): what each action of agent 0 is worth now
    train(climbing, learners, steps=20, runs=100, rng=rng)
true_values = np.stack(true_values, axis=1)  # (R, K, A)

# %%
plotting.plot_curves(
    plays,
    {
        "action b, partner learns": true_values[:, :, 1],
        "action c, partner learns": true_values[:, :, 2],
        "action b, partner frozen": np.full(len(plays), true_values[0, 0, 1]),
        "action c, partner frozen": np.full(len(plays), true_values[0, 0, 2]),
    },
    "plays",
    "what the action is truly worth",
    "With a frozen partner c stays better than b; with a learning one both values rise, and in the end b is better than c.",
)

# %% [markdown]
# Against a frozen partner the values are constants, and Q-learning finds them: with one learner, a world that stays put
# and enough exploring, that is proven. Against a learning partner they drift. It prefers c after a few plays, and then
# explores less and less. In the end b is truly better than c, but what was learned early says the opposite. (The 95 %
# intervals over 100 teams are too narrow to be seen.)

# %% [markdown]
# ## A patient
#
# The article that this course grew out of prints a learner for the drift game of lesson 01. Its curve rises. Here it
# is, written anew with all its habits, ten teams for 30 episodes of 100 steps. (The article trains one team for 500.)
#
# Is it well? A doctor does one thing first: change something that must not matter. **Relabel the actions**: what was
# called 0 is now called 3, what was called 1 is called 2, and so on. It is the same game in every respect.

# %%
predict("3.a")

# %%
drift = environments.Drift()
as_printed = train(drift, ArticleQ(drift), steps=3_000, runs=10, rng=np.random.default_rng(0))
relabeled_game = views.Relabeled(drift)
relabeled = train(relabeled_game, ArticleQ(relabeled_game), steps=3_000, runs=10, rng=np.random.default_rng(0))


# %%
def returns_by_episode(history):
    """Return the mean return over the agents, one column for each window in which episodes ended, (R, windows)."""
    ended = ~np.isnan(history.returns[:, 0, 0])
    return history.returns[ended].mean(axis=2).T, np.arange(1, ended.sum() + 1)


(printed_returns, episodes), (relabeled_returns, _) = returns_by_episode(as_printed), returns_by_episode(relabeled)
plotting.plot_curves(
    episodes,
    {"as printed": printed_returns, "actions relabeled": relabeled_returns},
    "episode",
    "return of an episode",
    "As printed the curve rises to about -90 within eight episodes; with the actions relabeled it falls to about -2,270.",
    exact={"best possible": -54.1, "always action 0": -87.4, "random play": -1_133},
)

# %%
predict("3.a", reveal=True)

# %% tags=["nbval-check-output"]
for name, values in {"as printed": printed_returns, "relabeled": relabeled_returns}.items():
    late = values[:, -20:].mean(axis=1)
    low, high = plotting.bootstrap_interval(late)
    print(f"{name}: the last 20 episodes return {late.mean():.0f} (95 % interval {low:.0f} to {high:.0f})")

# %% [markdown]
# Relabeled, the same code does twice as badly as random play (−1,133). So what rises in the first curve is not
# learning. It ends where *always action 0* is, the team that never learned anything (lesson 01).
#
# What is going on? Four findings.

# %% [markdown]
# ## First finding: it never comes back
#
# The learner keeps a row in its table for each state it has seen: four numbers, rounded to one decimal. A table is of
# use only where the learner *comes back* to a row.
#
# ### Exercise 3.4 · Does it ever come back?


# %%
@exercise("3.4")
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


# %% tags=["nbval-check-output"]
state, keys = drift.reset(100, rng), []
for _ in range(100):
    state, _, _ = drift.step(state, rng.integers(4, size=(100, 3)), rng)
    keys += [str(row) for row in np.round(state, 1).tolist()]
print(f"{len(keys):,} states of random play, for example {keys[0]}: {revisit_share(keys):.1%} were seen before")

# %% [markdown]
# That was random play; with the article's own learner it is two or three in a hundred. Nearly every state is new, and
# in a row that has never been seen all values are 0. Which action does the learner take then?

# %% [markdown]
# ## Second finding: the tie-break looks like learning
#
# `np.argmax` of a row of zeros is 0: the *first* of all equal actions. So in a new state, which is nearly always, the
# learner plays action 0. And action 0 happens to be close to the best thing that one can do in this game. Relabel, and
# it plays the worst.
#
# That is why your `choose_actions` breaks ties at random.
#
# ## Third finding: it stops exploring at once
#
# After every *step* ε is multiplied by 0.995. An episode has 100 steps.
#
# ### Exercise 3.5 · How long does it explore?
#
# After how many steps is ε below 0.05, hardly any exploring, for the first time? It starts at 1.

# %%
# BEGIN SOLUTION
exploring_steps = 598
# END SOLUTION
exploring_steps = check("3.5", exploring_steps)

# %% [markdown]
# The article's training has 50,000 steps, and explores in the first six of its 500 episodes. What rises in the first
# episodes is not the learning, but the end of exploring.
#
# ## Fourth finding: it cannot see the end
#
# Its update has no word for an episode that ended. Here that does no harm, because the drift game never ends, it is
# only cut off. But the same code in a game with an exit chooses the wrong one, as *leave or stay* in lesson 01 showed:
# a disease that waits for its occasion.

# %% [markdown]
# ## Why doesn't my agent learn? A checklist
#
# | Ask | How to find out | What helps |
# |---|---|---|
# | Does it beat what learned nothing? | run random play, and each constant action | compare always |
# | Does it depend on names? | relabel the actions | break ties at random |
# | Does it come back to its rows? | count revisits | a coarser key, on what matters |
# | Does it still explore? | print ε against steps | a schedule over the whole run |
# | Does it know how episodes end? | look for *terminated* in the target | lesson 01, exercise 1.5 |
# | Is it one lucky run? | run a batch, draw the interval | 30 runs or more |
# | Is the best possible known? | solve a small version exactly | lesson 01 |

# %% [markdown]
# ## The cure
#
# The same game, the same table learner, treated:
#
# - the key is $x$ alone, in tiles a quarter wide, so that it comes back to its rows (first finding);
# - ties are broken at random, as `IQL` does (second finding), and ε and α fall over the whole run (third);
# - two things more, found by trying: training episodes of 25 steps, so that it starts over often, left and right of
#   zero; and a discount of 0.8, since a push pays off within a few steps, and what comes later is mostly noise.
#
# Does it take the last two? See for yourself.

# %%
edges = np.arange(-1.5, 6.01, 0.25)
short = views.Tiled(environments.Drift(horizon=25), edges)  # shorter episodes start over more often
steps = 30_000
alpha, epsilon = linear_schedule(0.1, 0.002, steps), linear_schedule(1.0, 0.05, int(0.8 * steps))
cured = IQL(short, alpha=alpha, gamma=0.8, epsilon=epsilon)
history = train(short, cured, steps=steps, runs=30, rng=rng)


# %%
plain = views.Tiled(drift, edges)  # the findings cured, but episodes of 100 steps and a discount of 0.99
half_cured = IQL(plain, alpha=alpha, gamma=0.99, epsilon=linear_schedule(1.0, 0.05, 4_000))
history = train(plain, half_cured, steps=5_000, runs=30, rng=rng)


# %%
def mean_returns(learner, game, episodes=50, runs=30):
    """Play 50 episodes in each run; return each run's mean return over episodes and agents, (R,)."""
    return np.mean([evaluate(game, learner, runs, rng).mean(axis=1) for _ in range(episodes)], axis=0)


outcomes = {
    "as printed": printed_returns[:, -20:].mean(axis=1),
    "always action 0": mean_returns(
        FixedPolicy(np.tile([1.0, 0, 0, 0], (3, len(edges) + 1, 1))), views.Tiled(drift, edges)
    ),
    "cured": mean_returns(cured, plain),
    "without the last two": mean_returns(half_cured, plain),
}
plotting.plot_scores(
    {name: values for name, values in outcomes.items() if name != "without the last two"},
    "mean return of a team",
    "The cured learner returns about -70, between always playing 0 and the best possible -54.",
    exact={"best possible on average": -54.1},
)

# %% tags=["nbval-check-output"]
for name, values in outcomes.items():
    low, high = plotting.bootstrap_interval(values)
    print(f"{name}: {values.mean():.0f} (95 % interval {low:.0f} to {high:.0f})")

# %% [markdown]
# Each dot is the mean over 50 episodes of a team. The dots of *always action 0* are all the same policy: they show how
# much is luck of the start. The cured teams are better than that, and on the way to the best possible.
#
# Curing the findings alone was not enough: the teams *without the last two* learn by now, but mostly noise, and do
# worse than doing nothing. A checklist finds what is broken; it does not choose a discount.

# %% tags=["nbval-check-output"]
pushes = cured.q_table.argmax(axis=-1).mean(axis=(0, 1))  # (tiles,): mean action over runs and agents
for left, push in zip(edges[:8], pushes[1:9], strict=True):
    print(f"x from {left:5.2f} to {left + 0.25:5.2f}: mean action {push:.1f}")

# %% [markdown]
# And this is what they have learned: push while $x$ is left of zero, let go before it gets there.

# %% [markdown]
# ## Learning alone can be enough
#
# Two agents on a 4 × 4 grid look for food. It is loaded only if both stand beside it and load in the same step. Every
# agent sees everything, and the fewest steps that are needed can be counted.

# %%
foraging = environments.Foraging(size=4)
steps = 20_000
foragers = IQL(foraging, alpha=0.2, gamma=0.95, epsilon=linear_schedule(1.0, 0.05, steps))
history = train(foraging, foragers, steps=steps, runs=20, rng=rng)
lengths = np.minimum(steps / len(history.steps) / np.maximum(history.episodes, 1), 25).T  # (R, K)

# %%
plotting.plot_curves(
    history.steps,
    {"independent learners": lengths},
    "steps of training",
    "steps until the food is loaded",
    "The episodes shrink from 25 steps, where they are cut off, to about 6; the fewest possible are 2.7.",
    exact={"fewest possible": foraging.count_fewest_steps().mean()},
)

# %% [markdown]
# Shaded: 95 % bootstrap interval over 20 runs; the curve shows what is played, exploring included, and an episode is
# cut off after 25 steps. Independent learners find each other here, slowly but without any help, because nothing in
# this game punishes a lone try. Is that always so?

# %% [markdown]
# ## Climbing: alone into the valley
#
# With the habits cured, is learning alone enough? A hundred teams learn *climbing* from lesson 01, where (a, a) pays 11
# and −30 lies beside it.

# %%
predict("3.b")


# %%
def train_teams(learner, game, teams=100, plays=3_000):
    """Let teams learn a payoff table; return where each team ends, (teams, 2)."""
    rng = np.random.default_rng(2)
    train(game, learner, steps=plays, runs=teams, rng=rng)
    return learner.act(np.zeros((teams, 2), dtype=int), rng, explore=False)


fading = linear_schedule(1.0, 0.0, 2_400)  # epsilon falls to 0 over the first 80 % of the plays
ends = train_teams(IQL(climbing, alpha=0.1, gamma=0.0, epsilon=fading), climbing)
plotting.plot_outcomes(climbing, ends, "Of 100 independent teams none ends at (a, a); nearly all end at (c, c).")

# %%
predict("3.b", reveal=True)

# %% [markdown]
# Why not (a, a)? While the partner explores, a pays −6.33 on average, b −5.67 and c 1.67 (prediction 1.a). So both
# learn to prefer c, and sit at (c, c) when they stop exploring. That is not even an equilibrium: agent 0 would get 6
# with b. But b looked bad, and nobody tries it again. An action that is best *together* looks bad beside a partner who
# is still trying things: **relative overgeneralization**.
#
# In the dispatch game it is the same: going to H looks bad while the partner goes there only at times.

# %% [markdown]
# ## Other games, same learners
#
# Is that a special case? Try independent learners in four other games. In *penalty* two good joint actions, (a, a) and
# (c, c), pay 10 each, and mixing them up costs $k$. In the *stag hunt* the hare pays $x$ for certain.

# %%
questions = {
    "coordination: agree": (games.coordination(), [(0, 0), (1, 1)]),
    "penalty, k = -10: reach 10": (games.penalty(-10), [(0, 0), (2, 2)]),
    "penalty, k = -100: reach 10": (games.penalty(-100), [(0, 0), (2, 2)]),
    "stag hunt, x = 1: hunt the stag": (games.stag_hunt(1), [(0, 0)]),
    "stag hunt, x = 2: hunt the stag": (games.stag_hunt(2), [(0, 0)]),
    "stag hunt, x = 3: hunt the stag": (games.stag_hunt(3), [(0, 0)]),
    "prisoner's dilemma: cooperate": (games.prisoners_dilemma(), [(0, 0)]),
}

# %% tags=["nbval-check-output"]
for question, (game, wanted) in questions.items():
    ends = train_teams(IQL(game, alpha=0.1, gamma=0.0, epsilon=fading), game)
    print(f"{question}: {sum((ends == cell).all(axis=1).mean() for cell in wanted):.0%} of 100 teams")

# %% [markdown]
# (±10 % at most.) Where only agreeing counts, or a mistake is cheap, learning alone does well. Where a mistake is dear, it
# flees: from the good corners of penalty, and from the stag as soon as the hare is worth as much as the stag with a
# partner who tosses a coin ($x = 2$). And in the prisoner's dilemma it defects, as everybody who learns alone should.

# %% [markdown]
# ## Optimists
#
# The bad news about action a was no fault of the action: the partner was exploring. So believe good news more than bad:
#
# $$Q \leftarrow Q + \begin{cases} \alpha\,(y - Q) & \text{if } y > Q \\ \beta\,(y - Q) & \text{else} \end{cases} \qquad \beta < \alpha$$
#
# That is **hysteretic** Q-learning (Matignon et al. 2007).
#
# ### Exercise 3.6 · Good news and bad news


# %%
@exercise("3.6")
def move_hysteretically(q_values, targets, alpha, beta):
    """Return the values after one hysteretic step.

    q_values, targets: arrays of the same shape, of any number of axes, of whole numbers or decimals.
    alpha: step size for good news, up to 1.  beta: for bad news, from 0 to below alpha.
    Returns a new array of that shape.

    Example: values [0, 0], targets [10, -10], alpha 0.1 and beta 0.01 give [1, -0.1].
    """
    # BEGIN SOLUTION
    surprise = targets - q_values
    return q_values + np.where(surprise > 0, alpha, beta) * surprise
    # END SOLUTION


# %% [markdown]
# It is a ladder of optimism:
#
# - **IQL** believes everything alike;
# - **lenient** learners forgive bad news at first, and less and less (Wei & Luke 2016);
# - **hysteretic** learners give it little weight (Matignon et al. 2007);
# - **distributed** learners believe the best that ever happened (Lauer & Riedmiller 2000);
# - **FMQ** adds a bonus for how *often* an action gave its best (Kapetanakis & Kudenko 2002).
#
# The slider sets for which share of the 1,000 plays they explore, from 1 down to 0.


# %%
def make_ladder(game, epsilon):
    """Return the learners of the ladder."""
    return {
        "IQL": IQL(game, 0.1, 0.0, epsilon),
        "lenient": LenientQ(game, 0.1, 0.0, epsilon),
        "hysteretic": HystereticQ(game, 0.1, 0.01, 0.0, epsilon),
        "distributed": DistributedQ(game, 0.0, epsilon),
        "FMQ": FMQ(game, 0.1, 0.0, epsilon),
    }


def draw_ladder(share_explored):
    ladder = make_ladder(climbing, linear_schedule(1.0, 0.0, max(1, int(1_000 * share_explored))))
    found = {name: train_teams(learner, climbing, 100, 1_000) for name, learner in ladder.items()}
    rates = {name: (ends == 0).all(axis=1) for name, ends in found.items()}
    words = ", ".join(f"{name} {rate.mean():.0%}" for name, rate in rates.items())
    return plotting.plot_rates(rates, "share of 100 teams that end at (a, a)", f"Share that finds 11: {words}.")


plotting.show_live(draw_ladder, share_explored=(0.0, 1.0, 0.1, 0.8))

# %% [markdown]
# Optimists find 11 nearly always; IQL never does. But move the slider to the left: with little exploring only the
# distributed learners stay at the top. And at 0, without any exploring, all five find it in one of six to one of four
# teams, by luck, IQL too: they keep the first action that pays. **A success rate says little without its exploration
# schedule.** When a paper says "method X finds the optimum", ask for both.

# %% [markdown]
# ## Where luck looks like skill
#
# Now payoffs are drawn by lot. In *partially stochastic climbing* (b, b) pays 14 or 0, half of the time each; in *fully
# stochastic climbing* every cell pays one of two numbers. The means are those of before, so (a, a) is still best.

# %%
versions = {"(b, b) by lot": games.partially_stochastic_climbing(), "all by lot": games.stochastic_climbing()}
rates = {}
for version, game in versions.items():
    ladder = make_ladder(game, fading)
    rates[version] = {name: train_teams(ladder[name], game) for name in ("hysteretic", "distributed", "FMQ")}

# %% tags=["nbval-check-output"]
for version, by_learner in rates.items():
    for name, ends in by_learner.items():
        shares = [(ends == action).all(axis=1).mean() for action in (0, 1)]
        print(f"{version}, {name}: {shares[0]:.0%} end at (a, a), {shares[1]:.0%} at (b, b)")

# %% [markdown]
# Who believes the best that ever happened falls for the 14 at (b, b) every time. Where everything is by lot, all
# optimism fails: bad luck and a bad partner look alike from inside one table. Learning alone has an end here; lessons
# 05 and 06 take other ways.
#
# Shares of 100 teams: ±0.10 at most (95 %).

# %% [markdown]
# ## And in the dispatch game?
#
# Arrivals are by lot there, but what a joint action pays is not. Does optimism pay? The hysteretic teams train as long
# as IQL did, the distributed ones a third of that.

# %%
alpha, beta = linear_schedule(0.1, 0.01, 30_000), linear_schedule(0.01, 0.001, 30_000)
optimists = {
    "hysteretic": (HystereticQ(table, alpha, beta, gamma=0.9, epsilon=linear_schedule(1.0, 0.05, 18_000)), 30_000),
    "distributed": (DistributedQ(table, gamma=0.9, epsilon=linear_schedule(1.0, 0.05, 6_000)), 10_000),
}

# %%
ladder_scores = {"IQL": iql_scores}
for name, (learner, steps) in optimists.items():
    train(table, learner, steps=steps, runs=60, rng=rng)
    ladder_scores[name] = scoreboard.score_learner(learner, dispatch, runs=60)

# %% tags=["nbval-check-output"]
for name, values in ladder_scores.items():
    low, high = plotting.bootstrap_interval(values)
    print(f"{name}: score {values.mean():.1f} (95 % interval {low:.1f} to {high:.1f})")

# %%
plotting.plot_scores(
    ladder_scores,
    "score (0: random play, 100: best possible)",
    "Plain independent learners score about 76, hysteretic ones about 90, and distributed ones nearly 100.",
    exact={"best possible": 100, "best without heavy tasks": 45.9},
)

# %% [markdown]
# It does: from about ⟦76±3 after "IQL: score"⟧ to about ⟦90±1 after "hysteretic: score"⟧ of 100 with one line changed, and nearly to ⟦100±2 after "distributed: score"⟧ for the one who believes the best
# that ever happened. Here its weakness does no harm: the luck of arrivals does not depend on what the workers do, so it
# flatters all actions alike. In the climbing game by lot, luck sat in one cell, and lured it there.
#
# So a learner no heavier than IQL nearly solves our dispatch game, if it is the right kind of optimist. Keep that in
# mind when a heavier method comes along.

# %% [markdown]
# ## Against each other: going round in circles
#
# In a zero-sum game there may be no action to settle on. Let both agents of *matching pennies* change their probability
# of heads by small steps, each in the direction in which its own payoff rises (its **gradient**). Nothing is random
# here. With the same step size they swing around the solution; **WoLF** ("win or learn fast", Bowling & Veloso 2002)
# takes small steps while an agent wins, that is gets more than its minimax policy would, and large ones while it loses.

# %%
pennies = games.matching_pennies()
paths = {
    "same rate": dynamics.gradient_ascent(pennies, [0.9, 0.2], rate=0.001, steps=8_000),
    "WoLF": dynamics.gradient_ascent(pennies, [0.9, 0.2], rate=0.001, steps=8_000, losing_rate=0.004),
}
plotting.plot_curves(
    np.arange(8_001),
    {f"{name}: heads of agent 0": path[:, 0] for name, path in paths.items()},
    "step",
    "probability of heads",
    "With the same rate the probability swings for ever; with WoLF it settles at one half.",
    exact={"minimax policy": 0.5},
)

# %% [markdown]
# Q-learners prefer one action at a time, and that can always be punished. But what do they play *on average*? Their
# exploitability in rock, paper, scissors, beside that of fictitious play (lesson 02):

# %%
rps = games.rock_paper_scissors()
players = IQL(rps, alpha=0.1, gamma=0.0, epsilon=0.1)

# %%
plays, policies = np.arange(10, 2_010, 10), []
for _ in plays:
    train(rps, players, steps=10, runs=100, rng=rng)
    policies.append(epsilon_greedy(players.q_table[:, :, 0], 0.0))  # (R, 2, 3), what they prefer now
policies = np.stack(policies, axis=1)  # (R, K, 2, 3)
averages = np.cumsum(policies, axis=1) / np.arange(1, 201)[:, None, None]
rows, columns = dynamics.fictitious_play(rps, steps=2_000, first_actions=[0, 0])

# %%
plotting.plot_curves(
    plays,
    {
        "IQL, what it prefers now": zero_sum.exploitability(rps, [policies[:, :, 0], policies[:, :, 1]]),
        "IQL, on average": zero_sum.exploitability(rps, [averages[:, :, 0], averages[:, :, 1]]),
        "fictitious play, on average": zero_sum.exploitability(rps, [rows, columns])[plays - 1],
    },
    "plays",
    "exploitability",
    "What independent Q-learners prefer at any moment has exploitability 2; their averages fall, more slowly than those of "
    "fictitious play.",
    exact={"minimax": 0.0},
)

# %% [markdown]
# Shaded: 95 % bootstrap interval over 100 pairs. What they would play at any moment loses every time to an opponent
# that knows it (exploitability 2, the largest there is). Their averages get better, more slowly than those of
# fictitious play: the two chase each other around.

# %% [markdown]
# ## Soccer: winning is not the same as being good
#
# Littman's soccer (1994): two players on a small pitch, one ball, moves in random order; who carries the ball into the
# other's goal wins. The game has 760 states, so the policies below are exact; the matches are played. Take the policy
# that is best against a *random* opponent, and then let an opponent study it.

# %%
predict("3.c")

# %%
gamma = 0.9
soccer = environments.Soccer().to_tabular()
random_play = uniform_policy(2, soccer.num_states, 5)
one_hot = np.eye(5)
bully = one_hot[solvers.best_response(soccer, 0, random_play, gamma).joint_actions[:, 0]]  # best against random
challenger = one_hot[solvers.best_response(soccer, 1, [bully, None], gamma).joint_actions[:, 0]]
careful = zero_sum.shapley_iteration(soccer, gamma).policies[0]  # the minimax policy
rival = one_hot[solvers.best_response(soccer, 1, [careful, None], gamma).joint_actions[:, 0]]


# %%
def share_won(left, right, matches=5_000):
    """Play matches that end in a draw with probability 0.1 a step; return how many of the decided ones left wins."""
    match = environments.Soccer(draw=0.1, horizon=200)
    goals = evaluate(match, FixedPolicy(np.stack([left, right])), matches, np.random.default_rng(5))[:, 0]
    return (goals > 0).sum() / (goals != 0).sum()


# %% tags=["nbval-check-output"]
print(f"best against random play, against random play: {share_won(bully, random_play[1]):.1%} of decided matches won")
print(f"best against random play, against its challenger: {share_won(bully, challenger):.1%}")
print(f"minimax, against random play: {share_won(careful, random_play[1]):.1%}")
print(f"minimax, against its challenger: {share_won(careful, rival):.1%}")

# %%
predict("3.c", reveal=True)

# %% [markdown]
# A policy that wins nearly every match against random play loses every single one to an opponent that knows it. The
# minimax policy wins nearly always against random play *and* breaks even with its worst opponent. (5,000 matches each:
# ±2 % at most.) Judge a competitor by its challenger, never by a weak opponent.

# %% [markdown]
# Can it be learned by trial and error? **Minimax Q** (Littman 1994) is Q-learning with one change: a state is worth the
# *minimax value* of its table, not its maximum. In soccer that takes many more steps than we have time
# for; in rock, paper, scissors a few hundred:

# %% tags=["nbval-check-output"]
minimax_players = MinimaxQ(rps, alpha=0.2, gamma=0.0, epsilon=1.0)
history = train(rps, minimax_players, steps=500, runs=10, rng=rng)
learned = minimax_players.policy_table[:, :, 0]  # (R, 2, 3)
print("what agent 0 learned, on average over 10 runs:", learned[:, 0].mean(axis=0).round(2))
print("largest exploitability of a pair:", zero_sum.exploitability(rps, [learned[:, 0], learned[:, 1]]).max().round(2))

# %% [markdown]
# ## What we saw
#
# - Independent Q-learning is three lines: target, choice, update; the same for one team and for a hundred.
# - A learning partner makes the world **non-stationary**: true values drift while they are learned.
# - Before you trust a curve: relabel, count revisits, print ε, look for the end, run a batch, know the best possible.
# - **Relative overgeneralization** leads independent learners into the safe corner. Optimism helps, until luck looks
#   like skill; and no success rate means anything without its exploration schedule.
# - In zero-sum games they go in circles; judge them by their challenger.
# - Scoreboard of the dispatch game: random 0, IQL about ⟦76±3 after "IQL: score"⟧, hysteretic about ⟦90±1 after "hysteretic: score"⟧, distributed nearly ⟦100±2 after "distributed: score"⟧.
#
# Next: *reward shaping*.

# %% [markdown]
# ## Sources
#
# - C. Watkins, *Learning from Delayed Rewards*, 1989: Q-learning. M. Tan, ICML 1993: by independent agents.
# - C. Claus and C. Boutilier, AAAI 1998: climbing, and what independent learners make of it.
# - M. Lauer and M. Riedmiller, ICML 2000: distributed Q-learning. S. Kapetanakis and D. Kudenko, AAAI 2002: FMQ, and
#   climbing by lot. L. Matignon et al., IROS 2007 and Knowledge Engineering Review 2012: hysteretic learners, and the
#   comparison. E. Wei and S. Luke, JMLR 2016: leniency.
# - M. Littman, ICML 1994: soccer, and minimax Q. M. Bowling and M. Veloso, Artificial Intelligence 2002: WoLF.
# - The patient is the learner of the article "Multi-Agent Reinforcement Learning for Task Optimization: Agents That
#   Improve Together" (CallSphere), written anew.
