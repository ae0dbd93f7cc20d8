# %% [markdown]
# # 06 · Independent Q-learning
#
# After this lesson you can
#
# - write Q-learning in three functions: a target, a choice, an update;
# - let a hundred teams learn at once with the same three functions, and watch one of them before and after;
# - say what changes for a learner whose partner learns as well.
#
# About 55 minutes. You need [lesson 03](03_the_best_a_team_can_do.ipynb): the dispatch game and its score. *Climbing*
# is from [lesson 01](01_games.ipynb), *terminated* from [lesson 02](02_markov_games.ipynb).

# %%
from marl_lessons import exercise, hint, predict, scoreboard, solution, train
from marl_lessons import environments, games, plotting
from marl_lessons.learners import IQL
from marl_lessons.policies import epsilon_greedy, linear_schedule

import numpy as np

# %% [markdown]
# ## One team, line by line
#
# Two workers and two boxes once more. Heavy pays 4 to each if both lift it, and nothing to one who tries alone; this
# time light pays 2. And now nobody tells them the payoffs: they have to try.

# %%
boxes = games.symmetric([[4, 0], [2, 2]], "two boxes", ("heavy", "light"))
plotting.plot_payoffs(boxes)

# %% [markdown]
# Each worker keeps one number for each of its two actions: what the action seems to be worth. After each play it moves
# the number of the action that it took a little toward what it just got:
#
# $$Q(a) \leftarrow Q(a) + \alpha\, \big(y - Q(a)\big)$$
#
# - $Q(a)$: what action $a$ seems to be worth, an *estimate* of its action value (lesson 01);
# - $y$: the **target**, here simply the payoff of this play;
# - $\alpha$ ("alpha"): the **step size**, between 0 and 1.
#
# By hand: it begins at 0, light pays 2 each time, and $\alpha = 0.1$. After one play the value is 0.1 · 2 = 0.2, after
# two it is 0.2 + 0.1 · 1.8 = 0.38.

# %% [markdown]
# And which action should it take? Mostly the one that seems best, or else it learns for nothing; but at times just any,
# or else it never finds out about the other one. With probability ε ("epsilon") it **explores**: it takes any action.
# Else it is *greedy*: it takes the best one so far. That is **ε-greedy**. Early on ε should be large, later small: the
# **schedule** `linear_schedule(1.0, 0.0, 500)` lets it fall from 1 to 0 within 500 plays, in a straight line.
#
# Find both in the code: the coin with probability ε, and the formula in the last line of the loop.

# %%
fading = linear_schedule(1.0, 0.0, 500)  # fading(125) is 0.75


def train_one_team(rng):
    """Let two workers learn for 500 plays; return for each its values of heavy and light."""
    values = [[0.0, 0.0], [0.0, 0.0]]
    for play in range(500):
        actions = [int(np.argmax(own)) for own in values]  # the best so far
        for worker in (0, 1):
            if rng.random() < fading(play):
                actions[worker] = int(rng.integers(2))  # just any
        for worker in (0, 1):
            payoff = boxes.payoffs[worker, actions[0], actions[1]]
            values[worker][actions[worker]] += 0.1 * (payoff - values[worker][actions[worker]])
    return values


# %% tags=["nbval-check-output"]
rng = np.random.default_rng(0)
teams = [train_one_team(rng) for _ in range(100)]
for worker, (heavy, light) in enumerate(teams[0]):
    print(f"team 0, worker {worker}: heavy {heavy:.2f}, light {light:.2f}")
prefer_heavy = sum(worker_0[0] > worker_0[1] for worker_0, _ in teams)
print(f"of 100 teams, {prefer_heavy} end with a worker 0 that prefers heavy")

# %% [markdown]
# Team 0 has learned to lift light, though heavy together pays 4. (Beside a partner who does anything, heavy is worth 2,
# no more than light.) That is **independent Q-learning** (IQL): everybody learns alone, as if the others were a part of
# the world. But one team proves nothing: some others lift heavy.
#
# So we want many teams, and all at once, each in a run of its own (lesson 00): the first axis of an array is the run.
# From here on R is the number of runs, N of agents, A of actions, O of observations (what an agent can see). An array
# (R, N) has a row for each run and a column for each agent.

# %% [markdown]
# ## The target, when the world goes on
#
# If a next state follows, an action brings its reward *and* what the best action there seems to be worth:
#
# $$y = r + \gamma \max_b Q(s', b), \qquad y = r \text{ if the game has ended}$$
#
# - $r$: the reward of this step;  $s'$: what the agent sees next;  $\gamma$: the discount;
# - $\max_b Q(s', b)$: the largest of its action values there, over all its actions $b$.
#
# By hand: $r = 1$, $\gamma = 0.5$, the largest value there is 10. Then $y = 1 + 5 = 6$; if the game has ended, $y = 1$.
#
# Tools: `~` turns True and False around, and in a product they count as 1 and 0; `[:, None]` makes a column, which
# fits to arrays (R, N).

# %% tags=["nbval-check-output"]
terminated = np.array([False, True])  # (R,): run 0 goes on, run 1 has ended
print(~terminated[:, None] * np.array([[10, 20], [30, 40]]))

# %% [markdown]
# ### Exercise 6.1 · The target
#
# In code it is `td_target`, for *temporal difference*: it looks one step ahead in time.


# %%
@exercise("6.1")
def td_target(rewards, next_values, terminated, gamma):
    """Return the targets of all runs and agents; leave the arrays that come in as they are.

    rewards: (R, N), whole numbers or decimals.
    next_values: (R, N), max Q(s', b): the maximum is taken already.
    terminated: (R,), True where the game has ended.  gamma: the discount, from 0 to 1.
    Returns a new array (R, N).

    Example: [[1, 2]], [[10, 10]], [False], 0.5 gives [[6, 7]]; with [True] it gives [[1, 2]].
    """
    # BEGIN SOLUTION
    goes_on = ~terminated[:, None]  # (R, 1)
    return rewards + gamma * goes_on * next_values
    # END SOLUTION


# %% [markdown]
# ## The choice
#
# ε-greedy in every run at once: each run tosses a coin of its own. And one thing that many programs forget, our loop
# above too: if several actions are best, a **tie**, pick one of *them* at random. `np.argmax` always takes the first.
# So mark the best, and multiply by random numbers: only the best keep theirs, and the largest product is at one of
# them.

# %% tags=["nbval-check-output"]
q_values = np.array([[1.0, 5.0, 2.0], [5.0, 5.0, 2.0]])  # (R, A): in run 1 two are best
is_best = q_values == q_values.max(axis=1, keepdims=True)  # keepdims: (R, 1), not (R,)
print(is_best)
products = is_best * rng.random(is_best.shape)
print(products.round(2))
print("greedy actions, ties broken at random:", products.argmax(axis=1))

# %% [markdown]
# ### Exercise 6.2 · Explore, and break ties at random
#
# Three tools more, with n the number of runs:
#
# - `rng.random(n) < epsilon` tosses n coins, True with probability ε;
# - `rng.integers(A, size=n)` draws n actions from 0 to A − 1;
# - `np.where(coins, x, y)` takes x where a coin is True, and y elsewhere.
#
# A loop over the runs is fine too, only slower.


# %%
@exercise("6.2")
def choose_actions(q_values, epsilon, rng):
    """Choose one action in every run; the runs choose independently, in ties too.

    q_values: (R, A), of any size; a lead counts however small.
    epsilon: the probability of exploring, from 0 to 1.
    rng: a NumPy random generator, from which all random numbers come.
    Returns an array of whole numbers (R,), from 0 to A - 1.

    Example: with epsilon 0, [[1, 5, 2]] gives [1]; [[5, 5, 2]] gives [0] or [1], equally often.
    """
    # BEGIN SOLUTION
    num_runs, num_actions = q_values.shape
    is_best = q_values == q_values.max(axis=1, keepdims=True)  # (R, A)
    greedy = (is_best * rng.random((num_runs, num_actions))).argmax(axis=1)  # (R,)
    explores = rng.random(num_runs) < epsilon
    return np.where(explores, rng.integers(num_actions, size=num_runs), greedy)
    # END SOLUTION


# %% [markdown]
# ## The update
#
# Now an agent has a table in each run: a row for each observation, a column for each action, shape (R, O, A). One step
# moves one entry in each run. A tool: three arrays as indices pick one entry for each triple of numbers. You can assign
# to these entries too.

# %% tags=["nbval-check-output"]
table = np.arange(12).reshape(2, 3, 2)  # 2 runs, 3 observations, 2 actions
print(table.tolist())
runs, observations, actions = np.array([0, 1]), np.array([0, 2]), np.array([1, 0])
print("run 0: row 0, column 1; run 1: row 2, column 0:", table[runs, observations, actions])

# %% [markdown]
# ### Exercise 6.3 · One step of learning, in every run
#
# Move one entry in each run toward its target: $Q \leftarrow Q + \alpha\,(y - Q)$, as at the top of this lesson.
# A tool: `np.arange(n)` counts from 0 to n − 1.


# %%
@exercise("6.3")
def update_table(q_table, observations, actions, targets, alpha):
    """Return the tables after one step of learning; leave the old ones as they are.

    q_table: decimals (R, O, A).  observations, actions: whole numbers (R,).  targets: (R,).
    alpha: the step size, from 0 to 1.
    Returns a new array (R, O, A).

    Example: zeros, observation 1, action 0, target 10 and alpha 0.1 give 1.0 at [0, 1, 0].
    """
    # BEGIN SOLUTION
    runs = np.arange(len(q_table))
    updated = q_table.copy()
    old = q_table[runs, observations, actions]  # (R,)
    updated[runs, observations, actions] = old + alpha * (targets - old)
    return updated
    # END SOLUTION


# %% [markdown]
# ## Three functions make a learner
#
# `train(game, team, steps, runs, rng)` is the loop of lesson 02: it plays many runs at once, and in each step asks the
# team to `act`, then tells it what happened so that it can `update` itself. The score of lesson 03 also asks for its
# `policies`: what it plays without exploring. Here are the three, made of your functions. Each agent has tables of its
# own: `tables[i]` is the array (R, O, A) of agent i.
#
# Find your three functions in the class; the other lines, and `look_up`, you need not follow.


# %%
def look_up(tables, observations):  # observations: (R, 2), what each agent sees in each run
    """Return the action values of each agent at what it sees, (R, 2, A)."""
    return tables[[0, 1], np.arange(len(observations))[:, None], observations]


# %%
class MyTeam:
    """Independent Q-learning for two agents in many runs."""

    def __init__(self, game, runs, epsilon):
        self.epsilon, self.step = epsilon, 0
        self.tables = np.zeros((2, runs, game.num_observations, game.num_actions))

    def act(self, observations, rng, explore=True):
        rows, epsilon = look_up(self.tables, observations), self.epsilon(self.step) * explore
        return np.stack([choose_actions(rows[:, i], epsilon, rng) for i in (0, 1)], axis=1)

    def policies(self, observations):  # (R, 2, A): the best action for certain; best ones share
        return epsilon_greedy(look_up(self.tables, observations), 0.0)

    def update(self, t, rng):  # t holds what just happened: observations (R, 2), actions, …
        next_values = look_up(self.tables, t.next_observations).max(axis=2)  # (R, 2)
        y = td_target(t.rewards, next_values, t.terminated, gamma=0.9)
        for i, q in enumerate(self.tables):  # q[:] = … writes into the table
            q[:] = update_table(q, t.observations[:, i], t.actions[:, i], y[:, i], alpha=0.1)
        self.step += 1


# %% [markdown]
# Fifty teams in the dispatch game, 3,000 steps each, while ε falls from 1 to 0.05 (the cell works for some seconds).
# Then we watch the first of them, *run 0*, beside itself before training, on the same luck.

# %%
dispatch = environments.Dispatch()
schedule = linear_schedule(1.0, 0.05, 2_000)
beginners, my_team = (MyTeam(dispatch, runs=50, epsilon=schedule) for _ in range(2))
train(dispatch, my_team, steps=3_000, runs=50, rng=rng)
teams = {"before training": beginners, "after 3,000 steps": my_team}
plotting.watch(dispatch, teams, runs=50, run=0)

# %% [markdown]
# Step through the shift. Before training all values are 0: every choice is a tie and falls by lot, so workers stand at
# empty queues or alone at the heavy task. After training the choices depend on what is waiting. Look for the steps
# in which this team meets at H: when does it dare to?
#
# That is one team and one shift. What are all fifty worth, on the score of lesson 03? And what do ten times as many
# steps bring? For these we use `IQL` of the course's module: the same three functions, tuned for speed. (Its step size
# shrinks as well, so not all of the difference need be due to the steps.)

# %% tags=["nbval-check-output"]
tables = dispatch.to_tabular()  # the same game, written down as tables: it plays faster
alpha, epsilon = linear_schedule(0.1, 0.01, 30_000), linear_schedule(1.0, 0.05, 18_000)
iql = IQL(tables, alpha=alpha, gamma=0.9, epsilon=epsilon)
train(tables, iql, steps=30_000, runs=100, rng=np.random.default_rng(2))
scores = {
    "3,000 steps": scoreboard.score_learner(my_team, dispatch, runs=50),  # (R,)
    "30,000 steps": scoreboard.score_learner(iql, dispatch, runs=100),
}
for name, values in scores.items():
    print(f"{name}: mean score {values.mean():.0f}")
plotting.plot_scores(scores, exact=scoreboard.DISPATCH_BESTS)

# %% [markdown]
# Each dot is a team; the bar is the 95 % interval of the mean. A new line on our scoreboard: **independent Q-learning,
# about ⟦76±3 after "30,000 steps: mean score"⟧** of 100. And the teams differ, though they had the same code and the
# same number of steps: luck alone puts some below 60 and some above 90.
#
# They differ in when they dare to meet at H. With one task in A and one in B nearly all do. With two in each, where a
# light task is certain wherever the partner goes, few do. In all other cases some teams do. The best possible team
# always meets there (lesson 03). Why don't they find that out? They learn *alone*, and something is different for a
# learner whose partner learns too.

# %% [markdown]
# ## The ground moves
#
# What an agent's action is *truly* worth depends on its partner. Say that the partner has a favorite action: with
# probability 1 − ε it plays that, else any of its actions, all equally likely. By hand, in the two boxes, with ε = 0.5
# and the favorite heavy: the partner plays heavy with probability 0.5 + 0.25 = 0.75, light with 0.25. So heavy is worth
# 0.75 · 4 = 3 to me, and light 2.
#
# A tool: `table[:, 1]` is column 1 of a table, `table.mean(axis=1)` the mean of each row.
#
# ### Exercise 6.4 · What is it worth now?


# %%
@exercise("6.4")
def worth_now(payoffs, favorite, epsilon):
    """Return what each of my actions is worth, against a partner that is epsilon-greedy.

    payoffs: (A, B), whole numbers or decimals: my action is the row, my partner's the column.
    favorite: a whole number from 0 to B - 1, the partner's best action.
    epsilon: from 0 to 1, the probability that it takes any of its B actions, the favorite too.
    Returns an array (A,).

    Example: [[4, 0], [2, 2]], favorite 0 and epsilon 0.5 give [3, 2].
    """
    # BEGIN SOLUTION
    if_it_explores = payoffs.mean(axis=1)  # (A,)
    return (1 - epsilon) * payoffs[:, favorite] + epsilon * if_it_explores
    # END SOLUTION


# %% [markdown]
# Now *climbing*, the game of lesson 01 with a deep hole beside the best action. Its actions are called a, b and c
# (names now, not the $a$ and $b$ of the formulas). At the beginning the partner knows nothing and takes any action, as
# with ε = 1:

# %% tags=["nbval-check-output"]
climbing = games.climbing()
at_first = worth_now(climbing.payoffs[0], 0, 1.0)  # with epsilon 1 the favorite does not matter
print("a, b and c are worth", at_first.round(2))
plotting.plot_payoffs(climbing)

# %% [markdown]
# For an agent with a partner that *stays* like that, these three numbers are the truth, and Q-learning finds them: with
# one learner, a world that stays put, enough exploring and a step size that shrinks, that is proven.
#
# Now both learn, a hundred teams at once. To see what learning does by itself, nobody's exploring changes: ε = 0.5 from
# the first play to the last.

# %%
predict("6.a")

# %% [markdown]
# (You need not follow the next cell. Every 20 plays it asks what the partner prefers by now, and calls your
# `worth_now`.)


# %%
def draw_true_worth(epsilon):
    """Let 100 teams learn climbing; draw what b and c are truly worth to agent 0 on the way."""
    learners, payoffs = IQL(climbing, alpha=0.1, gamma=0.0, epsilon=epsilon), climbing.payoffs[0]
    plays, worth = np.arange(0, 1_001, 20), [[worth_now(payoffs, 0, 1.0)] * 100]  # before play 1
    for play in plays[1:]:
        train(climbing, learners, steps=20, runs=100, rng=rng)
        favorites = learners.act(np.zeros((100, 2), dtype=int), rng, explore=False)[:, 1]
        worth.append([worth_now(payoffs, favorite, epsilon(play)) for favorite in favorites])
    curves = {f"action {'abc'[action]}": np.array(worth)[:, :, action].T for action in (1, 2)}
    alt = ", ".join(f"{name} ends at {curve[:, -1].mean():.2f}" for name, curve in curves.items())
    return plotting.plot_curves(plays, curves, "plays", "true worth to agent 0", alt)


# %%
draw_true_worth(linear_schedule(0.5, 0.5, 1_000))  # ε stays at 0.5

# %%
predict("6.a", reveal=True)

# %% [markdown]
# Nobody touched the payoffs, and the truth about action b moved by nearly six points within the first hundred plays,
# because the partner has learned to prefer c. For a learner the world changes under its feet: it is
# **non-stationary**. What it learned about b at the beginning is no longer true.
#
# Mostly, though, one explores less and less. What does such a schedule add?

# %%
draw_true_worth(linear_schedule(1.0, 0.0, 800))  # ε falls to 0 within 800 plays

# %% [markdown]
# Here two things move the ground. The partner soon prefers c, as before (which hardly shows here, while ε is near 1);
# and from then on it keeps to c more and more strictly, because *its ε* falls. That second part is no learning at all.
# In the end it always plays c, and b is truly better, 6 against 5. But b has its bad name from the time when everybody
# explored, and by now nobody tries b any more.
#
# (Shaded in both pictures: the 95 % interval over 100 teams.)

# %% [markdown]
# ## What we saw
#
# - Independent Q-learning is three short functions: a target, a choice, an update. With the run as first axis they
#   train a hundred teams as easily as one.
# - Teams with the same code and the same time end in different places: about ⟦76±3 after "30,000 steps: mean score"⟧ of
#   100 on average in the dispatch game, some below 60, some above 90. One team would have told us little.
# - A learning partner moves the ground, and so does a partner that explores less and less. What was true when it was
#   learned may be false later.
#
# Next: [*Is it learning at all?*](07_is_it_learning.ipynb), seven questions to ask of any learner, and one that fails
# them.

# %% [markdown]
# ## Sources
#
# - C. Watkins, *Learning from Delayed Rewards*, 1989: Q-learning. C. Watkins and P. Dayan, Machine Learning 1992: the
#   proof that it finds the true values, for one learner.
# - M. Tan, ICML 1993: Q-learning by independent agents.
# - C. Claus and C. Boutilier, AAAI 1998: climbing, and what independent learners make of it.
