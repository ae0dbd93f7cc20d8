# %% [markdown]
# # 10 · Policy gradients for teams
#
# After this lesson you can
#
# - turn the knobs of a policy in the direction in which it earns more, exactly and from plays;
# - say how the noise of such a step grows with the team, and subtract most of it;
# - tell where a gradient leads a team, and where it never does.
#
# About 58 minutes. You need [lesson 01](01_games.ipynb) (action values, climbing), [lesson 03](
# 03_the_best_a_team_can_do.ipynb) (dispatch) and [lesson 06](06_independent_q_learning.ipynb) (runs, shapes, targets).

# %%
from marl_lessons import check, exercise, hint, predict, scoreboard, solution, train
from marl_lessons import environments, games, plotting, solvers
from marl_lessons.learners import REINFORCE, ActorCritic, FixedPolicy
from marl_lessons.policies import joint_policy, sample_actions, softmax
from marl_lessons.solvers.policy_gradient import climb_payoffs, climb_values, payoff_flow
from marl_lessons.solvers.policy_gradient import spread_over_states

import numpy as np

# %% [markdown]
# ## Two gates
#
# Two porters meet at one of two gates, and cannot talk. If both come to gate a, the team earns 11, at gate b it earns 7.
# If they miss each other, it loses 30. (That is climbing without its action c.)

# %%
gates = games.common_payoff([[11, -30], [-30, 7]], "two gates", "ab")
plotting.plot_payoffs(gates)

# %% [markdown]
# So far agents learned what actions are worth. Now each one changes its policy itself. It keeps a **preference** for each
# action, any number, and draws its action by
#
# $$\pi(a) = \frac{e^{\theta(a)}}{\sum_b e^{\theta(b)}}$$
#
# - $\theta(a)$ ("theta"): the preference for action $a$;  $\pi(a)$: the probability of $a$; $b$ runs through all actions.
#
# That is the **softmax** of the preferences. By hand, for (1, 0): $e^1 = 2.718$ and $e^0 = 1$, so that
# $\pi(0) = 2.718/3.718 = 0.731$. Only differences count: (3, 2) gives the same.

# %% tags=["nbval-check-output"]
for preferences in ([1.0, 0.0], [3.0, 2.0], [0.0, 0.0]):
    print(preferences, "->", softmax(np.array(preferences)).round(3))

# %% [markdown]
# ## Which way to turn the knobs
#
# You played action $a$ and want to play it more often. Which preferences do you change, and how much?
#
# $$\frac{\partial \log \pi(a)}{\partial \theta(b)} = [a = b] - \pi(b)$$
#
# - the left side: how fast the logarithm of $\pi(a)$ grows if $\theta(b)$ does;
# - $[a = b]$: 1 if $b$ is the action played, else 0.
#
# (It follows from the softmax and the chain rule. Statisticians call it the *score*, no relation of our scoreboard.)
#
# By hand: π = (0.75, 0.25), and action 1 was played. Then (0 − 0.75, 1 − 0.25) = (−0.75, 0.75): raise the preference for
# 1 and lower the other. The rarer the action was, the larger the step.

# %% [markdown]
# A tool: `np.eye(A)[actions]` makes a row for each action, with a 1 at its place.

# %% tags=["nbval-check-output"]
print(np.eye(3)[np.array([2, 0])])

# %% [markdown]
# ### Exercise 10.1 · The way to more of this


# %%
@exercise("10.1")
def log_gradient(policies, actions):
    """Return how the log-probability of the action played changes with each preference.

    policies: (R, A), the probabilities of each run's actions.
    actions: whole numbers (R,), what each run just played, from 0 to A - 1.
    Returns a new array (R, A).

    Example: policies [[0.75, 0.25]] and actions [1] give [[-0.75, 0.75]].
    """
    # BEGIN SOLUTION
    return np.eye(policies.shape[1])[actions] - policies
    # END SOLUTION


# %% [markdown]
# Is the formula right? Nudge one preference by a thousandth and look.

# %% tags=["nbval-check-output"]
preferences, nudge = np.array([[0.5, -1.0, 0.2]]), np.array([[0.0, 0.001, 0.0]])
before, after = softmax(preferences), softmax(preferences + nudge)
measured = (np.log(after[0, 0]) - np.log(before[0, 0])) / 0.001
print(f"log π(0) by θ(1): measured {measured:.3f}")
print("by the formula:", log_gradient(before, np.array([0])).round(3))

# %% [markdown]
# ## The exact gradient
#
# If you know the payoffs and your partner's policy, you can compute which way is up:
#
# $$J = \sum_a \pi(a)\, q(a), \qquad \frac{\partial J}{\partial \theta(a)} = \pi(a)\,\big(q(a) - J\big)$$
#
# - $q(a)$: what your action $a$ is worth beside your partner's policy (exercise 1.2);
# - $J$: what you earn on average with your policy.
#
# Raise what is worth more than your average. All these slopes together are the **gradient**. By hand, at two gates with
# even chances for both: $q(a) = (11 - 30)/2 = -9.5$, $q(b) = (-30 + 7)/2 = -11.5$, $J = -10.5$. So the gradient is
# (½ · 1, ½ · (−1)) = (0.5, −0.5).
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
# Let both porters take small steps uphill at the same time, from even chances (all preferences 0).


# %%
def follow(payoffs, steps, rate=0.1):
    """Let two agents of a team follow their gradients from even chances; return their policies."""
    preferences = np.zeros((2, len(payoffs)))
    for _ in range(steps):
        mine, yours = softmax(preferences)
        my_gradient = payoff_gradient(payoffs, mine, yours)
        your_gradient = payoff_gradient(payoffs.T, yours, mine)  # .T: now the columns come first
        preferences = preferences + rate * np.array([my_gradient, your_gradient])
    return softmax(preferences)


# %% tags=["nbval-check-output"]
for steps in (0, 5, 10, 100):
    mine, yours = follow(gates.payoffs[0], steps)
    print(f"after {steps} steps: agent 0 {mine.round(2)}, agent 1 {yours.round(2)}")

# %% [markdown]
# They come to gate a. And from elsewhere? The arrows show which way both probabilities move. Then forty teams begin with
# random preferences (normal, standard deviation 1). For many runs at once the module has `climb_payoffs`, the same loop.


# %%
def group_by_end(paths):
    """Sort runs, (T, R, 2, A), by the joint action that is likeliest at the end."""
    ends = paths[-1].argmax(axis=-1)  # (R, 2)
    joint_actions = sorted(set(map(tuple, ends.tolist())))
    names = [f"to ({', '.join('abc'[action] for action in joint)})" for joint in joint_actions]
    runs = [paths[:, (ends == joint).all(axis=1)] for joint in joint_actions]
    return dict(zip(names, runs, strict=True))


# %%
rng = np.random.default_rng(0)
chances = np.linspace(0.04, 0.96, 14)
paths = climb_payoffs(gates, rng.normal(size=(40, 2, 2)), rate=0.01, steps=1_500, keep=2)
groups = {name: runs[..., 0] for name, runs in group_by_end(paths).items()}  # 0: action a
words = ", ".join(f"{runs.shape[1]} teams go {name}" for name, runs in groups.items())
labels = "agent 0: probability of a", "agent 1: probability of a"
plotting.plot_flow(chances, chances, payoff_flow(gates, chances), groups, *labels, f"{words}.")

# %% [markdown]
# Two valleys meet along a line from the upper left to the lower right. Whoever starts on the upper right side goes to
# (a, a), the others to (b, b), about half and half. Even chances lie just on the better side.
#
# A gradient goes up from where it stands. It never crosses over to see whether the other hill is higher.

# %% [markdown]
# ## A third gate
#
# Now a third gate opens. Meeting at c pays 5. This is all of climbing:

# %%
climbing = games.climbing()
plotting.plot_payoffs(climbing)

# %%
predict("10.a")

# %%
paths = climb_payoffs(climbing, rng.normal(size=(40, 2, 3)), rate=0.05, steps=4_000, keep=5)
groups = group_by_end(paths)
words = ", ".join(f"{runs.shape[1]} teams {name}" for name, runs in groups.items())
groups["from even chances"] = climb_payoffs(climbing, np.zeros((1, 2, 3)), 0.05, 4_000, keep=5)
bold = "from even chances"
plotting.plot_triangles(groups, "abc", f"From random starts: {words}.", bold)

# %%
predict("10.a", reveal=True)

# %% [markdown]
# A corner is an action for certain, the middle even chances; a team is one path in each triangle.
#
# From even chances c looks best to both (lesson 01), and both set off toward it. Then agent 0 sees that b beside c pays
# 6. Now agent 1 would do better with b as well, 7 instead of 6. But it plays b in one of about 700 draws, and the
# gradient has the factor π(b): what is hardly played hardly moves. The team waits there for thousands of steps; much
# later it gets to (b, b), and never to (a, a).
#
# Of many random starts? And is climbing a special case?

# %% tags=["nbval-check-output"]
contests = {"climbing": (climbing, [(0, 0)])}
for k in (-10, -50, -100):
    contests[f"penalty, k = {k}"] = (games.penalty(k), [(0, 0), (2, 2)])
for name, (game, best) in contests.items():
    starts = np.concatenate([np.zeros((1, 2, 3)), rng.normal(size=(500, 2, 3))])
    ends = climb_payoffs(game, starts, rate=0.1, steps=1_000, keep=1_000)[-1]
    pays = game.expected_payoffs(ends[0])[0]
    share = sum((ends[1:].argmax(axis=2) == cell).all(axis=1).mean() for cell in best)
    print(f"{name}: even chances lead to {pays:.1f}; of 500 random starts {share:.0%} to the best")

# %% [markdown]
# About a quarter of random starts find the 11. In penalty
# even chances always lead to the safe 2, and the dearer a mistake, the fewer starts reach 10. No noise, no exploring, no
# learning is to blame here: these gradients are exact. What an action is worth *beside the partner as it is now* is an
# average, and it leads away from (a, a), as it did in lesson 08.

# %% [markdown]
# ## Plays instead of payoffs
#
# Mostly nobody tells the payoffs. But a team can play K times, and make likelier what went well:
#
# $$\hat g_i = \frac{1}{K} \sum_k (G_k - b)\, \frac{\partial \log \pi_i(a_{i,k})}{\partial \theta_i}$$
#
# - $\hat g_i$: an estimate of agent $i$'s gradient;  $G_k$: what play $k$ paid;
# - $a_{i,k}$: what agent $i$ did in it;  $b$: the **baseline**, any number that does not depend on $a_{i,k}$.
#
# That is **REINFORCE** (Williams 1992). By hand, two gates, even chances, $b = 0$: (a, a) gives agent 0's preference for
# a 11 · ½, (a, b) −30 · ½, (b, a) −30 · (−½) and (b, b) 7 · (−½). All four are equally likely, so the mean is
# (5.5 − 15 + 15 − 3.5)/4 = 0.5: the exact gradient.

# %% [markdown]
# ### Exercise 10.3 · A gradient from plays
#
# A tool: arrays (K,) times arrays (K, N, A) need two more axes: `x[:, None, None]` has shape (K, 1, 1).


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
# Two hundred teams estimate the slope of agent 0's preference for a, exactly 0.5.

# %% tags=["nbval-check-output"]
even = np.full((2, 2), 0.5)
for plays in (1, 100, 10_000):
    estimates = []
    for _ in range(200):
        actions = rng.integers(2, size=(plays, 2))
        payoffs = gates.payoffs[0][actions[:, 0], actions[:, 1]]
        estimates.append(estimate_gradient(even, actions, payoffs, 0.0)[0, 0])
    low, high = np.quantile(estimates, [0.025, 0.975])
    print(f"{plays} plays: 95 % of the estimates lie between {low:.1f} and {high:.1f}")

# %% [markdown]
# Right on average, but so noisy that a hundred plays do not even tell the sign. How does this noise depend on the size of
# the team?

# %% [markdown]
# ## Noise grows with the team
#
# *All agree*: N agents have actions 0 and 1, and the team earns 1 if all of them play 1, else nothing. All play by even
# chances. Uphill is clear: everybody should play 1 more often. A step **points uphill** if a small move along it raises
# the expected payoff. By hand, N = 2, one play: three of four joint actions pay 0, and the estimate is 0, no step at all.
# Only (1, 1) points uphill: one in four.

# %%
predict("10.b")


# %%
def draw_agreement(plays):
    """Draw how often the estimate from so many plays points uphill, in teams of 1 to 12."""
    sizes = np.arange(1, 13)
    uphill = np.zeros((100, 12))  # a row for each estimate
    for column, size in enumerate(sizes):
        for row in range(100):
            actions = rng.integers(2, size=(plays, size))
            payoffs = 1.0 * actions.all(axis=1)
            estimate = estimate_gradient(np.full((size, 2), 0.5), actions, payoffs, 0.0)
            uphill[row, column] = estimate[:, 1].sum() > 0
    exact = 1 - (1 - 0.5**sizes) ** plays
    curves = {"100 estimates (shaded: 95 % interval)": uphill, "exact": exact}
    words = f"With {plays} plays, teams of 1, 5, 12 point uphill in "
    words += ", ".join(f"{exact[size - 1]:.1%}" for size in (1, 5, 12))
    return plotting.plot_curves(
        sizes, curves, "agents", "share that points uphill", words, wide="exact", limits=(-0.03, 1.05)
    )


plotting.show_live(draw_agreement, plays=(1, 200, 1, 1))

# %%
predict("10.b", reveal=True)

# %% [markdown]
# One play points uphill with probability $2^{-N}$ (Lowe et al. 2017), $K$ plays with $1 - (1 - 2^{-N})^K$. Move the
# slider: with 200 plays, teams of 5 are safe and teams of 12 are not.
#
# Here nearly all plays say nothing. In other games they say too much. Let the team earn the *sum* of all actions. Whether
# I play 1 matters by 1; but the other N − 1 coins fall as they like, and I am praised and blamed for them.
#
# The spread of one play's estimate, as a variance, and what the baseline does to it: the slider sets $b$ as a share of
# N. (The best of one number is the mean payoff, N/2.)


# %%
def draw_variance(baseline_by_N):
    """Draw the variance of one play's estimate for agent 0, where the team earns the sum."""
    sizes = np.array([2, 4, 8, 16, 32, 64])
    found = []
    for size in sizes:
        actions = rng.integers(2, size=(50, 400, size))  # 50 batches of 400 plays
        advantages = actions.sum(axis=2) - baseline_by_N * size
        found.append((advantages * (actions[:, :, 0] - 0.5)).var(axis=1))  # 1 - π(1) or -π(1)
    best = (sizes - 1) / 16
    exact = best + (sizes * (0.5 - baseline_by_N)) ** 2 / 4
    curves = {"50 batches of 400 plays": np.array(found).T, "exact": exact, "best b: (N − 1)/16": best}
    words = f"Exact variance with 2 and 64 agents: {exact[0]:.2f} and {exact[-1]:.1f}"
    labels = "agents", "variance of one play's gradient"
    return plotting.plot_curves(sizes, curves, *labels, words, scale="log", wide="exact", limits=(0.03, 500))


plotting.show_live(draw_variance, baseline_by_N=(0.0, 1.0, 0.1, 0.0))

# %% [markdown]
# Without a baseline the variance is about N²/16, with the best one (N − 1)/16. The slope that all this hides is ¼,
# whatever N. Baselines leave the mean as it is: the log-gradient's own mean is 0, so what is subtracted cancels out.
#
# ## Baselines are credit
#
# A baseline may depend on anything but my own action: also on *what the others just did*. What would the team have earned
# on average, had I drawn my action once more and they had done the same?
#
# $$A = Q(a, a_-) - \sum_b \pi(b)\, Q(b, a_-)$$
#
# - $a_-$: what all the others did;  $Q(b, a_-)$: what the team earns if I do $b$ beside it;
# - $A$: the **advantage** of my action; the sum is the **counterfactual baseline**.
#
# By hand: beside what the others did, my actions would pay (4, 2); I draw them evenly and took the first: 4 − 3 = 1.

# %% [markdown]
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
payoffs = actions.sum(axis=1)
mine, policy = actions[:, 0], np.array([0.5, 0.5])
would_pay = (payoffs - mine)[:, None] + np.array([0, 1])  # (20000, 2)
advantages = {
    "no baseline": payoffs,
    "mean payoff": payoffs - 32,
    "counterfactual": counterfactual_advantages(would_pay, policy, mine),
}
for name, advantage in advantages.items():
    estimates = advantage * (mine - 0.5)
    print(f"{name}: mean {estimates.mean():.2f}, variance {estimates.var():.2f}")

# %% [markdown]
# The slope is ¼. Without a baseline even 20,000 plays give it roughly at best. With the counterfactual baseline there is
# no noise left: every play gives ¼, because my action is praised for my part alone. (In the sum my part is the same whatever the others do; elsewhere less noise goes, but never the mean.)
#
# The average of K plays has 1/K of the variance. For noise as small as the slope, 1/16 as a variance, 64 agents need
# about 4,160 plays without a baseline, 63 with the mean, and one with the counterfactual. But someone has to know what
# the actions *not* taken would have paid: that critic comes in lesson 12.

# %% [markdown]
# ## The world goes on
#
# In a Markov game each agent can learn a baseline: $V(o)$, what it earns on average from what it sees. It learns it like
# Q-values, from targets, and its error is the advantage:
#
# $$\delta = r + \gamma V(o') - V(o), \qquad V(o) \leftarrow V(o) + \beta\,\delta, \qquad \theta \leftarrow \theta + \alpha\,\delta\,\frac{\partial \log \pi(a)}{\partial \theta}$$
#
# - $o$, $o'$: what it sees before and after;  $r$: the reward;  α, β: step sizes.
#
# **Actor–critic**: θ acts, V judges. By hand: $V(o) = 5$, $r = 1$, γ = 0.9, $V(o') = 6$. Then δ = 1 + 5.4 − 5 = 1.4:
# better than foretold. With π = (0.75, 0.25), action 1 and α = 0.1, θ moves by 0.14 · (−0.75, 0.75).

# %% [markdown]
# `ActorCritic` of the module is that, for all agents of all runs, with your log-gradient. A second one takes smaller
# steps. `REINFORCE` waits until the shift is over, and uses the returns from each step on, minus V. All three: 40 teams,
# 10,000 steps. They are judged by their likeliest actions.


# %%
def for_both(policies, actions):
    """Return your log-gradient for two agents: (R, 2, A) and (R, 2) -> (R, 2, A)."""
    return np.stack([log_gradient(policies[:, i], actions[:, i]) for i in (0, 1)], axis=1)


# %%
dispatch = environments.Dispatch()
table = dispatch.to_tabular()  # the same game as tables: it plays faster
learners = {
    "actor–critic, α = 0.1": ActorCritic(table, alpha=0.1, gamma=0.9),
    "actor–critic, α = 0.03": ActorCritic(table, alpha=0.03, gamma=0.9),
    "REINFORCE, α = 0.03": REINFORCE(table, alpha=0.03, gamma=0.9),
}
scores = {}
for name, learner in learners.items():
    learner.log_gradient = for_both
    train(table, learner, steps=10_000, runs=40, rng=np.random.default_rng(0))
    scores[name] = scoreboard.score_learner(learner, dispatch, runs=40)

# %%
words = ", ".join(f"{name}: {values.mean():.0f}" for name, values in scores.items())
exact = {"best possible": 100, "best without heavy tasks": 45.9}
plotting.plot_scores(scores, "score (0: random play, 100: best possible)", f"Means: {words}.", exact)

# %% [markdown]
# Whole returns do better than one step of a critic that is still learning itself. And all three spread widely: some teams
# dare to meet at H with full queues, others don't.
#
# ## The scoreboard so far
#
# With 30,000 steps, 100 runs, both agents seeing all:
#
# | team | score |
# |---|---|
# | the article's habits | 62 |
# | actor–critic, α = 0.1 | 75 |
# | independent Q-learning | 76 |
# | actor–critic, α = 0.03 | 82 |
# | clipped steps (as in PPO) | 83 |
# | natural steps | 84 |
# | REINFORCE | 85 |
# | hysteretic | 90 |
# | **exact gradient, from even chances** | **92** |
# | distributed, 10,000 steps | 98 |

# %% [markdown]
# *Clipped* steps learn several times from a batch, and stop where a probability has changed by a fifth. *Natural* steps
# count how much the probabilities change, not the preferences. The step size matters as much as the name: at 0.1 the
# plain actor–critic is no better than Q-learning.
#
# (Intervals are about ±3, hysteretic ±1. Every method has its own step sizes; learners of values explore by ε, these by
# their softmax.)
#
# And no policy gradient passes the optimists. Is it noise? Take the noise away: the exact gradient of the team's value,
# from nearly even chances, once where both workers see all, and once where each sees its own light queue and h.


# %%
def climb_dispatch(view):
    """Return the policies, (1, 2, 18, 3), to which the exact gradient leads in dispatch."""
    game = environments.Dispatch(view=view)
    seen = game.observe(game.states)  # (18, 2)
    nearly_even = 1e-6 * rng.normal(size=(1, 2, game.num_observations, 3))
    policies = climb_values(table, nearly_even, seen, gamma=0.9, rate=2.0, steps=2_000)
    return spread_over_states(policies, seen)


# %% tags=["nbval-check-output"]
ends = {view: climb_dispatch(view) for view in ("full", "own")}
full_queues = table.state_names.index("a=2 b=2 h=1")
for view, policies in ends.items():
    score = scoreboard.score(joint_policy(policies))[0]
    heavy = policies[0, :, :, 2]  # (2, 18): how likely each worker goes to H in each state
    print(f"{view} view: {score:.1f}; to H with full queues {heavy[0, full_queues]:.0%}")
    print(f"   to H wherever a heavy task waits: {heavy[:, 1::2].mean():.0%}")

# %% [markdown]
# With the own view the exact gradient stops at 45.9, the best score *without heavy tasks*: nobody ever goes to H. With
# the full view the team goes to H in eight of the nine states in which a heavy task waits; in the ninth, with full
# queues, two light tasks are certain. Watch the first beside the best team.

# %%
best = solvers.value_iteration(table, gamma=0.9).joint_actions  # (18, 2)
teams = {
    "exact gradient, own view": FixedPolicy(ends["own"][0]),
    "best possible": FixedPolicy(np.eye(3)[best].transpose(1, 0, 2)),  # (2, 18, 3)
}
plotting.watch(dispatch, teams)

# %% [markdown]
# A gradient asks what *my* change brings beside the others *as they are*. Beside a partner with even chances, H pays
# 4 · ⅓ − 2 · ⅔ = 0: any light task is worth more. An optimist asks what could be if the partner came along. That is why
# optimism is still ahead here, and noise is not the whole reason. (Random starts help: from preferences of standard
# deviation 1, own-view teams end at 46 or near 100, 70 on average.)
#
# ## What we saw
#
# - A gradient raises what is worth more than the average, in proportion to how often it is played.
# - It leads uphill beside the partner of today: to the nearest summit, or a plateau, seldom to the highest.
# - From plays it is right on average, and the noise grows with the team. Baselines take noise away and leave the mean;
#   the best of them subtracts what the others did. Baselines are credit.
#
# Next: lesson 11, sharing one value.

# %% [markdown]
# ## Sources
#
# - Williams 1992: REINFORCE and its baselines. Peshkin, Kim, Meuleau & Kaelbling 2000: the same for teams.
# - Sutton, McAllester, Singh & Mansour 2000: the policy gradient theorem.
# - Lowe et al. 2017, proposition 1: $2^{-N}$. Foerster et al. 2018 (COMA): the counterfactual baseline. Kuba et al. 2021:
#   how variance grows with the team.
# - Kakade 2001: natural gradients. Schulman et al. 2017: clipped steps (PPO).
# - Claus & Boutilier 1998: climbing and penalty.
