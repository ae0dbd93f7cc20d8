# %% [markdown]
# # 10 · Policy gradients for teams
#
# After this lesson you can
#
# - turn the knobs of a policy in the direction in which it earns more, exactly and from plays;
# - say how the noise of such a step grows with the team, and subtract most of it;
# - tell where a gradient leads a team, and where it never does.
#
# About 60 minutes. You need [lesson 01](01_games.ipynb) (action values, climbing), [lesson
# 03](03_the_best_a_team_can_do.ipynb) (dispatch), [lesson 06](06_independent_q_learning.ipynb) (runs, targets) and
# [lesson 08](08_coordination.ipynb) (penalty, optimists).

# %%
from marl_lessons import exercise, hint, predict, scoreboard, solution, train
from marl_lessons import environments, games, plotting
from marl_lessons.learners import REINFORCE, ActorCritic
from marl_lessons.policies import joint_policy, softmax
from marl_lessons.solvers.policy_gradient import climb_payoffs, climb_values, group_by_end
from marl_lessons.solvers.policy_gradient import payoff_flow, spread_over_states

import numpy as np

# %% [markdown]
# ## Two gates
#
# Two porters have to meet at one of two gates, and cannot talk. If both come to gate a, the team earns 11, at gate b it
# earns 7. If they miss each other, it loses 30. (That is climbing without its action c.)

# %%
table = np.array([[11, -30], [-30, 7]])
gates = games.common_payoff(table, "two gates", "ab")
plotting.plot_payoffs(gates)

# %% [markdown]
# So far agents learned what actions are worth. Now each one changes its policy itself. It keeps a **preference** for
# each action, any number (its knobs), and draws its action by
#
# $$\pi(a) = \frac{e^{\theta(a)}}{\sum_b e^{\theta(b)}}$$
#
# - $\theta(a)$ ("theta"): the preference for action $a$;  $\pi(a)$: its probability;  $b$: each action in turn.
#
# That is the **softmax** of the preferences. By hand, for (1, 0): $e^1 = 2.718$ and $e^0 = 1$, so that
# $\pi(0) = 2.718/3.718 = 0.731$. Only differences count: (3, 2) gives the same.

# %% tags=["nbval-check-output"]
print(softmax(np.array([1.0, 0.0])).round(3), softmax(np.array([3.0, 2.0])).round(3))

# %% [markdown]
# ## Which way to turn the knobs
#
# You played action $a$ and want to play it more often. Which preferences do you change? The logarithm of π(a) rises
# when π(a) does, and is simpler: θ(a) minus the log of the sum. That log of the sum grows with θ(b) at the rate π(b).
# So
#
# $$\frac{\partial \log \pi(a)}{\partial \theta(b)} = [a = b] - \pi(b)$$
#
# - left: how fast the logarithm grows with $\theta(b)$, for all $b$ the *log-gradient*;  $[a = b]$: 1 if $b$ is the
#   action played, else 0.
#
# By hand: π = (0.75, 0.25), and action 1 was played. Then (0 − 0.75, 1 − 0.25) = (−0.75, 0.75): 1 goes up, the other
# down.
#
# ### Exercise 10.1 · The way to more of this
#
# A tool: `np.eye(3)[np.array([2, 0])]` is [[0, 0, 1], [1, 0, 0]], a row for each action with a 1 at its place.


# %%
@exercise("10.1")
def log_gradient(policies, actions):
    """Return how the log-probability of the action played changes with each preference.

    policies: (R, A), the probabilities of each run's actions.
    actions: whole numbers (R,), what each run played, from 0 to A - 1; its probability may be 0.
    Returns a new array (R, A).

    Example: policies [[0.75, 0.25]] and actions [1] give [[-0.75, 0.75]].
    """
    # BEGIN SOLUTION
    return np.eye(policies.shape[1])[actions] - policies
    # END SOLUTION


# %% [markdown]
# ## The exact gradient
#
# If you know the payoffs and your partner's policy, you can compute which way is up:
#
# $$J = \sum_a \pi(a)\, Q(a), \qquad \frac{\partial J}{\partial \theta(a)} = \pi(a)\,\big(Q(a) - J\big)$$
#
# - $Q(a)$: what your action $a$ is worth beside your partner's policy (exercise 1.2);
# - $J$: what you earn on average;  $\partial J / \partial \theta(a)$: how fast it grows with $\theta(a)$, a **slope**.
#
# Raise what is worth more than your average. All these slopes together are the **gradient**: of a policy, so a **policy
# gradient**. By hand, even chances for both: $Q(a) = (11 - 30)/2 = -9.5$, $Q(b) = (-30 + 7)/2 = -11.5$, $J = -10.5$.
# The gradient is (½ · 1, ½ · (−1)) = (0.5, −0.5).
#
# ### Exercise 10.2 · Which way is up?


# %%
@exercise("10.2")
def payoff_gradient(payoffs, policy, partner_policy):
    """Return how my expected payoff changes with each of my preferences.

    payoffs: (A, B), whole numbers or decimals: my action is the row, my partner's the column.
    policy: (A,), my probabilities.  partner_policy: (B,), my partner's.
    Returns an array (A,).

    Example: [[11, -30], [-30, 7]], [0.5, 0.5] and [0.5, 0.5] give [0.5, -0.5].
    """
    # BEGIN SOLUTION
    values = payoffs @ partner_policy  # (A,)
    return policy * (values - policy @ values)
    # END SOLUTION


# %% [markdown]
# Let both porters take small steps uphill at the same time. Preferences of 0 are even chances.

# %% tags=["nbval-check-output"]
preferences = np.zeros((2, 2))  # a row for each porter
for step in range(6):
    mine, yours = softmax(preferences)
    print(f"step {step}: {mine.round(2)} and {yours.round(2)}")
    preferences[0] += 0.2 * payoff_gradient(table, mine, yours)
    preferences[1] += 0.2 * payoff_gradient(table.T, yours, mine)  # .T: its actions are rows now

# %% [markdown]
# They come to gate a. And from elsewhere? The arrows show which way both probabilities move; a small dot is a start, a
# large mark an end. Forty teams begin with random preferences (normal, standard deviation 1); `climb_payoffs` is the
# same loop for many runs. (The code of the pictures you need not follow.)

# %%
rng = np.random.default_rng(0)
chances = np.linspace(0.04, 0.96, 14)
paths = climb_payoffs(gates, rng.normal(size=(40, 2, 2)), rate=0.01, steps=1_500, keep=2)
groups = {name: runs[..., 0] for name, runs in group_by_end(paths, "ab").items()}  # 0: action a
words = ", ".join(f"{runs.shape[1]} teams go {name}" for name, runs in groups.items())
plotting.plot_flow(chances, payoff_flow(gates, chances), groups, "a", f"{words}.")

# %% [markdown]
# Whoever starts above a line from upper left to lower right goes to (a, a), the others to (b, b), about half and half.
# Even chances lie just on the better side. A gradient goes up from where it stands. It never crosses over to see
# whether the other hill is higher.
#
# ## A third gate
#
# Now a third gate opens, and the game is all of climbing. In the picture to come each agent has a triangle: a corner is
# an action for certain, the middle even chances. A team is one path in each.

# %%
climbing = games.climbing()
plotting.plot_payoffs(climbing)

# %%
predict("10.a")


# %%
def draw_climb(game):
    """Draw where exact gradients lead 40 teams from random starts, and one from even chances."""
    starts = np.random.default_rng(1).normal(size=(40, 2, 3))
    groups = group_by_end(climb_payoffs(game, starts, rate=0.05, steps=4_000, keep=5), "abc")
    counts = {name: runs.shape[1] for name, runs in groups.items()}
    words = ", ".join(f"{count} team{'s' * (count > 1)} {name}" for name, count in counts.items())
    groups["from even chances"] = climb_payoffs(game, np.zeros((1, 2, 3)), 0.05, 4_000, keep=5)
    alt = f"From random starts: {words}."
    return plotting.plot_triangles(groups, "abc", alt, bold="from even chances")


draw_climb(climbing)

# %%
predict("10.a", reveal=True)

# %% [markdown]
# From even chances c looks best to both (lesson 01), and both set off toward it. Then agent 0 sees that b beside c pays
# 6. Now agent 1 would do better with b as well, 7 instead of 6. But it plays b in one of about 700 draws, and the
# gradient has the factor π(b): what is hardly played hardly moves. The team waits there for thousands of steps; after
# about 18,000 it gets to (b, b), and never to (a, a).
#
# How many of 500 random starts find the best? And in penalty (lesson 08), where (a, a) and (c, c) pay 10, (b, b) pays
# 2, and a beside c costs?

# %% tags=["nbval-check-output"]
starts = rng.normal(size=(500, 2, 3))
for game in (climbing, games.penalty(-10), games.penalty(-100)):
    ends = climb_payoffs(game, starts, rate=0.1, steps=1_000, keep=1_000)[-1].argmax(axis=-1)
    pays = game.payoffs[0, ends[:, 0], ends[:, 1]]  # what 500 teams earn in the end
    name, share = f"{game.name} with {game.payoffs.min():.0f}", (pays == pays.max()).mean()
    print(f"{name}: {share:.0%} of the teams come to {pays.max():.0f}")

# %%
draw_climb(games.penalty(-100))

# %% [markdown]
# About a quarter in climbing. In penalty, the dearer a mistake, the fewer get to 10, and from even chances nobody does:
# they lead to the safe 2. No noise, no exploring is to blame: these gradients are exact. But what an action is worth
# *beside the partner as it is now* can lead away from the best, as in lesson 08.

# %% [markdown]
# ## Plays instead of payoffs
#
# Where nobody tells payoffs, a team can play K times:
#
# $$\hat g_i = \frac{1}{K} \sum_k (G_k - \text{baseline})\, \frac{\partial \log \pi_i(a_{i,k})}{\partial \theta_i}$$
#
# - $\hat g_i$: an estimate of agent $i$'s gradient;  $G_k$: what play $k$ paid;  $a_{i,k}$: what agent $i$ did in it;
# - the **baseline**: any number that does not depend on $a_{i,k}$.
#
# That is **REINFORCE**. By hand, even chances, baseline 0: to agent 0's preference for a, (a, a) gives 11 · ½, (a, b)
# −30 · ½, (b, a) −30 · (−½) and (b, b) 7 · (−½). All are equally likely: (5.5 − 15 + 15 − 3.5)/4 = 0.5, the exact
# slope.
#
# ### Exercise 10.3 · A gradient from plays
#
# Two tools: `np.eye(A)[actions]` works for actions (K, N), too, and gives (K, N, A). To multiply it by numbers (K,),
# give these two more axes: `x[:, None, None]` is (K, 1, 1).


# %%
@exercise("10.3")
def estimate_gradient(policies, actions, payoffs, baseline):
    """Return the gradient that a batch of plays suggests to each agent of a team.

    policies: (N, A), the probabilities of each agent, the same in all plays.
    actions: whole numbers (K, N), what each agent did in each of K plays.
    payoffs: (K,), what each play paid the team.  baseline: a number.
    Returns an array (N, A), the mean over the plays of (payoff - baseline) times the log-gradient.

    Example: policies [[0.5, 0.5]], actions [[0], [1]], payoffs [3, 1] and baseline 1 give
    [[0.5, -0.5]].
    """
    # BEGIN SOLUTION
    log_gradients = np.eye(policies.shape[1])[actions] - policies  # (K, N, A)
    return ((payoffs - baseline)[:, None, None] * log_gradients).mean(axis=0)
    # END SOLUTION


# %% [markdown]
# Two hundred teams estimate the slope of agent 0's preference for a, exactly 0.5:

# %% tags=["nbval-check-output"]
even = np.full((2, 2), 0.5)
for plays in (1, 100, 10_000):
    actions = rng.integers(2, size=(200, plays, 2))
    slopes = [estimate_gradient(even, a, table[a[:, 0], a[:, 1]], 0.0)[0, 0] for a in actions]
    low, high = np.quantile(slopes, [0.025, 0.975])
    print(f"{plays} plays: 95 % of the estimates lie between {low:.1f} and {high:.1f}")

# %% [markdown]
# Right on average, but a hundred plays do not even tell the sign. How does this noise depend on the size of the team?
#
# ## Noise grows with the team
#
# *All agree*: N agents play 0 or 1, by even chances. The team earns 1 if all play 1, else nothing. Everybody should
# play 1 more often. An estimate **points uphill** if a small move along it raises the expected payoff. (You need not
# follow the code of the two sliders.)

# %%
predict("10.b")


# %%
def draw_agreement(plays):
    """Draw how often the estimate from so many plays points uphill, in teams of 1 to 12."""
    sizes, uphill = np.arange(1, 13), []
    for size in sizes:
        actions = rng.integers(2, size=(100, plays, size))  # for 100 estimates
        payoffs = actions.all(axis=2)[..., None]  # (100, plays, 1)
        estimates = (payoffs * (actions - 0.5)).mean(axis=1)  # (100, size), of preferences for 1
        uphill.append(estimates.sum(axis=1) > 0)  # the exact slopes are all alike
    exact = 1 - (1 - 0.5**sizes) ** plays
    curves = {"100 estimates (shaded: 95 % interval)": np.array(uphill).T, "exact": exact}
    words = f"Exact, plays: {plays}, for 1, 5, 12 agents: {exact[[0, 4, 11]].round(3)}"
    labels, limits = ("agents", "share that points uphill"), (-0.03, 1.05)
    return plotting.plot_curves(sizes, curves, *labels, words, wide="exact", limits=limits)


plotting.show_live(draw_agreement, plays=(1, 200, 1, 1))

# %%
predict("10.b", reveal=True)

# %% [markdown]
# By hand, two agents: only (1, 1) pays, one play in four. If anybody plays 0, the estimate of one play is 0: no step at
# all. So one play of $N$ agents points uphill with probability $2^{-N}$, and $K$ plays do if at least one of them does:
# $1 - (1 - 2^{-N})^K$. Move the slider: with 200 plays, teams of 5 are safe and teams of 12 are not.
#
# Other games always pay. Let the team earn the *sum* of all actions. Mine matters by 1; but the other N − 1 coins
# fall as they like, and I am praised and blamed for them. How large is the **variance** (the standard deviation
# squared) of agent 0's estimate from one play? The slider sets the baseline, as a share of N.


# %%
def draw_variance(baseline_by_N):
    """Draw the variance of one play's estimate for agent 0, where the team earns the sum."""
    sizes, found = np.array([2, 4, 8, 16, 32, 64]), []
    for size in sizes:
        actions = rng.integers(2, size=(50, 400, size))  # 50 batches of 400 plays
        better = actions.sum(axis=2) - baseline_by_N * size
        found.append((better * (actions[:, :, 0] - 0.5)).var(axis=1))
    best = (sizes - 1) / 16
    exact = best + (sizes * (0.5 - baseline_by_N)) ** 2 / 4
    curves = {"50 batches": np.array(found).T, "exact": exact}
    curves["exact, baseline N/2"] = best
    words = f"Exact variance with 2 and 64 agents: {exact[0]:.2f} and {exact[-1]:.1f}"
    options = {"scale": "log", "wide": "exact", "limits": (0.03, 500)}
    return plotting.plot_curves(sizes, curves, "agents", "variance", words, **options)


plotting.show_live(draw_variance, baseline_by_N=(0.0, 1.0, 0.1, 0.0))

# %% [markdown]
# Without a baseline the variance is about N²/16, with the best number, the mean payoff N/2, it is (N − 1)/16. The slope
# that all this hides is π(1) · (Q(1) − J) = ½ · ½ = ¼, whatever N. A baseline leaves the mean as it is: the
# log-gradients that it multiplies are ½ and −½, each half of the time, and have mean 0.

# %% [markdown]
# ## Baselines are credit
#
# A baseline may depend on all but my own action: also on *what the others just did*. What would the team have earned on
# average, had they done the same and I drawn once more?
#
# $$\text{advantage} = Q(a, \mathbf{a}_{-i}) - \sum_b \pi(b)\, Q(b, \mathbf{a}_{-i})$$
#
# - **advantage** of my action $a$: how much more it brought;  $\mathbf{a}_{-i}$: what all but me, agent $i$, did;
# - $Q(b, \mathbf{a}_{-i})$: what the team earns if I do $b$ beside it;  the sum: the **counterfactual baseline**.
#
# By hand: my actions would pay (4, 2), I draw them evenly and took the first: 4 − 3 = 1.
#
# ### Exercise 10.4 · What was my part?
#
# A tool: `table[np.arange(K), actions]` takes the entry of each row that its action names.


# %%
@exercise("10.4")
def counterfactual_advantages(would_pay, policy, actions):
    """Return how much more each play paid than I bring on average beside the same partners.

    would_pay: (K, A), what each of my actions would have paid in each of K plays, had the others
        done what they did.
    policy: (A,), my probabilities.
    actions: whole numbers (K,), what I did.
    Returns an array (K,).

    Example: would_pay [[4, 2], [0, 2]], policy [0.5, 0.5] and actions [0, 0] give [1, -1].
    """
    # BEGIN SOLUTION
    paid = would_pay[np.arange(len(actions)), actions]  # (K,)
    return paid - would_pay @ policy
    # END SOLUTION


# %% tags=["nbval-check-output"]
actions = rng.integers(2, size=(20_000, 64))  # 64 agents
payoffs, mine = actions.sum(axis=1), actions[:, 0]
would_pay = (payoffs - mine)[:, None] + np.array([0, 1])  # (20000, 2): if I play 0, or 1
mine_alone = counterfactual_advantages(would_pay, np.array([0.5, 0.5]), mine)
advantages = {"no baseline": payoffs, "N/2": payoffs - 32, "counterfactual": mine_alone}
for name, advantage in advantages.items():
    estimates = advantage * (mine - 0.5)
    error = 2 * estimates.std() / 20_000**0.5  # for a 95 % interval of the mean
    print(f"{name}: mean {estimates.mean():.2f} ± {error:.2f}, variance {estimates.var():.2f}")

# %% [markdown]
# With the counterfactual baseline no noise is left: every play gives ¼, since I am praised for my part alone. (In a sum
# my part is always the same. In other games some noise stays.)
#
# The mean of K plays has 1/K of the variance. To bring the standard deviation down to the slope, ¼ (a variance of
# 1/16), 64 agents need about 4,160 plays without a baseline, 63 with N/2, and one with the counterfactual. But somebody
# has to know what actions *not* taken would have paid. A judge that learns this, a **critic**, comes in lesson 12.

# %% [markdown]
# ## The world goes on
#
# In a Markov game each agent keeps preferences for each thing $o$ that it can see, and learns a baseline $V(o)$: what
# it earns on average from there on. The error of $V$, its news (lesson 08), stands in for the advantage:
#
# $$\delta = r + \gamma V(o') - V(o), \qquad V(o) \leftarrow V(o) + \beta\,\delta, \qquad \theta \leftarrow \theta + \alpha\,\delta\,\frac{\partial \log \pi(a)}{\partial \theta}$$
#
# - $o$, $o'$: what it sees before and after ($s$, $s'$ in lesson 06);  $r$: the reward;  α, β: step sizes of θ and of
#   V.
#
# **Actor–critic**: θ acts, V judges. By hand: $V(o) = 5$, $r = 1$, γ = 0.9, $V(o') = 6$ give δ = 1 + 5.4 − 5 = 1.4,
# better than foretold. With π = (0.75, 0.25), action 1 and α = 0.1, θ moves by 0.14 · (−0.75, 0.75).

# %% [markdown]
# `ActorCritic` is that, for all agents and runs, with the log-gradient of exercise 10.1, β = 0.1, and a small reward
# for keeping policies uncertain (for their **entropy**, 0.01). `REINFORCE` waits until the shift is over, and uses the
# whole returns, minus V. Forty teams each, 10,000 steps, judged by their likeliest actions. (A dot is a team, a bar the
# 95 % interval of the mean.)

# %%
dispatch = environments.Dispatch()
tables = dispatch.to_tabular()  # the same game as tables: it plays faster
learners = {
    "actor–critic, α = 0.03": ActorCritic(tables, alpha=0.03, gamma=0.9),
    "REINFORCE, α = 0.03": REINFORCE(tables, alpha=0.03, gamma=0.9),
}
scores = {}
for name, learner in learners.items():
    learner.log_gradient = log_gradient  # of exercise 10.1
    train(tables, learner, steps=10_000, runs=40, rng=np.random.default_rng(0))
    scores[name] = scoreboard.score_learner(learner, dispatch, runs=40)

# %%
plotting.plot_scores(scores, exact=scoreboard.DISPATCH_BESTS)

# %% [markdown]
# With the same α REINFORCE does better here than the actor–critic, and both spread widely. Our scoreboard, with 30,000
# steps and 100 runs, both workers seeing all:
#
# | team | score |
# |---|---|
# | the article's learner (lesson 07) | 62 |
# | actor–critic, α = 0.1 | 75 |
# | independent Q-learning | 76 |
# | actor–critic, α = 0.03 | 82 |
# | clipped steps (as in PPO) | 83 |
# | natural steps | 85 |
# | REINFORCE, α = 0.03 | 85 |
# | hysteretic | 90 |
# | **exact gradient (next cell)** | **92** |
# | distributed, 10,000 steps | 98 |
#
# (Intervals: ±2 to ±3, hysteretic ±1. Learners of values explore by ε, the others by their softmax; each has its own
# step size. *Clipped* steps learn several times from a batch, and stop where a probability has changed by a fifth;
# *natural* ones measure how much probabilities change, not preferences.)

# %% [markdown]
# No gradient from plays in this table passes the optimists, hysteretic and distributed. Is that noise? Take it away:
# the exact gradient of the team's value, once where both workers see all, and once where each sees only one light queue
# (worker 0 A, worker 1 B) and whether a heavy task waits, the *own view*. (A hair of noise in the even start lets the
# two part. You need not follow the code.)

# %% tags=["nbval-check-output"]
for view in ("full", "own"):
    game = environments.Dispatch(view=view)
    seen = game.observe(game.states)  # (18, 2)
    nearly_even = 1e-6 * rng.normal(size=(1, 2, game.num_observations, 3))
    policies = climb_values(tables, nearly_even, seen, gamma=0.9, rate=2.0, steps=2_000)
    by_state = spread_over_states(policies, seen)  # (1, 2, 18, 3)
    score = scoreboard.score(joint_policy(by_state))[0]
    heavy = by_state[0, :, :, 2]  # (2, 18): how likely each worker goes to H in each state
    print(f"{view} view: score {score:.1f}, to H if a task waits: {heavy[:, 1::2].mean():.0%}")

# %% [markdown]
# From this start, and where both see all, the team passes hysteretic, not distributed learners. It goes to H in eight
# of the nine states in which a heavy task waits; in the ninth both queues are full. With the own view it stops at 45.9,
# the best score *without heavy tasks*: nobody ever goes to H. Hysteretic learners with this view score 93 (30,000
# steps, 100 runs).

# %% [markdown]
# A gradient asks what *my* change brings beside the others *as they are*. By hand: full queues, a heavy task, a partner
# with even chances for A, B and H. If I go to H, the team gets −1, −1 or 4, ⅔ on average. If I go to A, it gets 2, 2 or
# −1: that is 1. So I go to H less often; and the less I go there, the less H pays my partner.

# %% [markdown]
# With the own view, a worker that sees two light tasks goes to H less at once; then H pays its partner less, whatever
# that one sees. An optimist asks what could be if the partner came along. So with the own view optimism is ahead, and
# noise is not to blame. (Random starts change that: about a third of the teams end near 100 then, the others at 46 or
# less. With the full view they score about 82 on average.)

# %% [markdown]
# ## What we saw
#
# - A gradient raises what is worth more than the average, in proportion to how often it is played.
# - It leads uphill beside the partner of today: to a summit or a plateau near by, which need not be the highest.
# - From plays it is right on average, and the noise grows with the team. Baselines take noise away and leave the mean;
#   the best of them subtracts what the others did. Baselines are credit.
#
# Next: [value decomposition](11_value_decomposition.ipynb), sharing one value.

# %% [markdown]
# ## Sources
#
# - Williams 1992: REINFORCE and its baselines. Peshkin, Kim, Meuleau & Kaelbling 2000: the same for teams.
# - Sutton, McAllester, Singh & Mansour 2000: the policy gradient theorem.
# - Lowe et al. 2017, proposition 1: $2^{-N}$. Foerster et al. 2018 (COMA): the counterfactual baseline. Kuba et al.
#   2021: how variance grows with the team.
# - Schulman et al. 2017: clipped steps (PPO). Kakade 2001: natural gradients.
# - Claus & Boutilier 1998: climbing and penalty.
