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
# ### Exercise 6.1 · The target


# %%
@exercise("6.1")
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
# ### Exercise 6.2 · Explore, and break ties at random
#
# **Epsilon-greedy**: with probability ε any action, else the one with the highest value. Each run tosses its own coin.
# And one thing that many programs forget: if several actions are best, pick one of *them* at random. You will soon see
# what happens otherwise.
#
# Tools: `rng.random(n) < epsilon` tosses n coins, `rng.integers(A, size=n)` draws n actions, and `np.where(coins, x,
# y)` takes x where a coin is True and y elsewhere. A loop over the runs is fine too, only slower.


# %%
@exercise("6.2")
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
# ### Exercise 6.3 · One step of learning, in every run
#
# Now each run has a table of its own, one row for each observation and one column for each action: shape (R, O, A).
# Move one entry per run toward its target. A tool: three arrays as indices, `q_table[runs, observations, actions]`,
# pick one entry in each run.


# %%
@exercise("6.3")
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

