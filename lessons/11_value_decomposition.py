# %% [markdown]
# # 11 · Value decomposition
#
# After this lesson you can
#
# - train a team on one shared value, and let each agent act on its own part of it;
# - build a mix that only rises, and test on your own code that everybody's own best is the team's best;
# - tell what a sum, or any such mix, cannot say, and what only training fails to find.
#
# About 60 minutes. You need [lesson 01](01_games.ipynb) (payoff tables, best responses), [lesson
# 03](03_the_best_a_team_can_do.ipynb) (dispatch) and [lesson 06](06_independent_q_learning.ipynb) (targets, `IQL`).

# %%
from marl_lessons import environments, exercise, games, hint, plotting, predict
from marl_lessons import scoreboard, solution, solvers, train
from marl_lessons.learners import IQL, QMIX, VDN
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import evaluate

import numpy as np

# %% [markdown]
# ## Who sees what
#
# So far each agent learned alone and knew nothing of the others, or one mind chose for all and had to see everything
# (lesson 03).
#
# There is a way between. In training, on our computer, nothing has to be hidden. Only later, when the team acts, must
# each agent choose by itself. So give each agent a table of **utilities** for its own actions, put them together into
# *one* value for the team, and learn that. In the picture a box called *mix* does it.

# %%
plotting.plot_shared_value()

# %% [markdown]
# This is called *training together, acting alone* (centralized training, decentralized execution). But who acts on its
# own utility must get right what is best *for the team*. That depends on the mix.
#
# ## The two-step game
#
# In room s1 agent 0 chooses: A opens room 2A, B opens room 2B. (Agent 1's first action changes nothing.) In the room
# both act once more, are paid, and the game is over. Everybody sees which room it is (in code s1 is 0, 2A is 1 and 2B
# is 2).

# %%
rooms = {"2A": [[7, 7], [7, 7]], "2B": [[0, 1], [1, 8]]}
plotting.plot_payoffs(*[games.common_payoff(table, name, "AB") for name, table in rooms.items()])

# %% [markdown]
# The best is 8: B, then B both. The simplest mix is a sum:
#
# $$Q_{tot}(a) = Q_0(o_0, a_0) + Q_1(o_1, a_1), \qquad Q_i \leftarrow Q_i + \alpha\,(y - Q_{tot}) \text{ for both}$$
#
# - $Q_{tot}$: the team's value of the joint action $a$;  $Q_i(o_i, a_i)$: agent $i$'s utility of its action $a_i$,
#   where it sees $o_i$;
# - $y$: the target, the reward plus what the team's next best actions are worth;  α: step size.

# %% [markdown]
# That is **VDN** (value decomposition network). By hand: utilities 1 and 2, a target of 8: the error is 8 − 3 = 5, and
# with α = 0.1 both utilities rise by 0.5. Both learn from the team's error. Twenty teams play at random (ε = 1), so
# that all joint actions come up equally often, without discount (γ = 1).

# %%
predict("11.a")

# %% tags=["nbval-check-output"]
two_step, rng = environments.TwoStep(), np.random.default_rng(0)
cooling = linear_schedule(0.2, 0.0, 4_000)  # alpha: large at first, 0 in the end
vdn = VDN(two_step, alpha=cooling, gamma=1.0, epsilon=1.0)
train(two_step, vdn, steps=4_000, runs=20, rng=rng)
returns = evaluate(two_step, vdn, runs=20, rng=rng)[:, 0]  # what each team gets, (20,)
print(f"returns from {returns.min():.0f} to {returns.max():.0f}")

# %%
predict("11.a", reveal=True)

# %% [markdown]
# ## The sum that comes closest
#
# What did they learn of 2B? `q_table` is (20, 2, 4, 2): teams, agents, rooms (the last is the end), actions. The sum of
# both utilities is the team's value of each joint action (mean over 20 teams).

# %% tags=["nbval-check-output"]
mine, yours = vdn.q_table[:, :, 2].mean(axis=0)  # (2,) each
print((mine[:, None] + yours).round(1))

# %% [markdown]
# Where 8 is paid the sum says 6.5, less than the 7 of 2A. It can't do better: each number is one of the row plus one of
# the column. Of all such tables, the one with the smallest squared errors is
#
# $$\text{mean of the row} + \text{mean of the column} - \text{mean of all}$$
#
# By hand, for (B, B) in 2B: the row has mean 4.5, the column too, and all four numbers 2.5: 4.5 + 4.5 − 2.5 = 6.5.
#
# ### Exercise 11.1 · The sum that comes closest
#
# A tool: `x.mean(axis=1, keepdims=True)` has the means of the rows below each other, (A, 1).


# %%
@exercise("11.1")
def additive_fit(payoffs):
    """Return the table of sums, a number of the row plus one of the column, closest to the payoffs.

    payoffs: (A, B), whole numbers or decimals; A and B from 1 up.
    Returns an array (A, B): the mean of the row plus the mean of the column minus the mean of all.

    Example: [[0, 0], [0, 4]] gives [[-1, 1], [1, 3]].
    """
    # BEGIN SOLUTION
    rows = payoffs.mean(axis=1, keepdims=True)  # (A, 1)
    columns = payoffs.mean(axis=0)  # (B,)
    return rows + columns - payoffs.mean()
    # END SOLUTION


# %% tags=["nbval-check-output"]
print(additive_fit(np.array([[0.0, 1.0], [1.0, 8.0]])))

# %% [markdown]
# Learned and exact table agree. No training can help: no sum can give the right table. That is a failure of
# **representation**.
#
# ## A mix that only rises
#
# Why sums? The team's best is then everybody's own best. But so it is with any mix
# that never falls where a utility rises! **QMIX** takes such a mix, another one in each state:
#
# $$Q_{tot} = c + \sum_h |v_h|\; \mathrm{elu}\Big(b_h + \sum_i |w_{ih}|\, Q_i\Big)$$
#
# - $Q_i$: the utility of agent $i$'s action;  $h$: each of $H$ **hidden units**, which adds up what comes in,
#   and bends it by `elu`, below;
# - $w, v$: weights, which never count below 0;  $b, c$: biases. Each state has its own, all learned.


# %% tags=["nbval-check-output"]
def elu(x):
    """Return x where it is above 0, and e^x - 1 elsewhere: a bend that only rises."""
    return np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1)  # minimum: e^x can't grow too large


print(elu(np.array([-5.0, -1.0, 0.0, 2.0])).round(2))

# %% [markdown]
# By hand, one hidden unit: utilities (1, 2), weights (1, −1), $b$ = 0, $v$ = −2, $c$ = 1. To the unit come 1 · 1 +
# |−1| · 2 = 3; elu(3) = 3; the value is 1 + |−2| · 3 = 7.
#
# ### Exercise 11.2 · A mix that only rises
#
# A tool: `utilities[:, :, None]` is (B, N, 1), and times `weights` (B, N, H) it multiplies each agent's utility by all
# its H weights.


# %%
@exercise("11.2")
def mix(utilities, weights, biases, last_weights, last_bias):
    """Return the team's value of each play, by the equation above.

    utilities: (B, N), the utility of each agent's action, in each of B plays.
    weights: w (B, N, H), of any sign; only absolute values count.  biases: b (B, H), of any sign.
    last_weights: v (B, H), like weights.  last_bias: c (B,), of any sign.
    All are whole numbers or decimals from -9 to 9; B, N and H from 1 up.
    Returns an array (B,).

    Example: utilities [[1, 2]], weights [[[1], [-1]]], biases [[0]], last_weights [[-2]] and
    last_bias [1] give [7].
    """
    # BEGIN SOLUTION
    hidden = elu((utilities[:, :, None] * np.abs(weights)).sum(axis=1) + biases)  # (B, H)
    return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias
    # END SOLUTION


# %% [markdown]
# Now test your mix: ten thousand teams, with weights and utilities of any sign. Is everybody's own best action the best
# of all nine joint actions?

# %% tags=["nbval-check-output"]
shapes = (10_000, 2, 4), (10_000, 4), (10_000, 4), (10_000,)
mixing = [rng.normal(size=shape) for shape in shapes]  # weights, biases, and the last ones
utilities = rng.normal(size=(10_000, 2, 3))  # of two agents with three actions each
# [0, 1], [a, b] picks agent 0's utility of action a and agent 1's of action b.
joint = [mix(utilities[:, [0, 1], [a, b]], *mixing) for a in range(3) for b in range(3)]
own = mix(utilities.max(axis=2), *mixing)  # everybody takes its own best
missed = own < np.max(joint, axis=0) - 1e-9
print(f"{missed.sum()} of {len(missed)} teams miss their best by choosing alone")

# %% [markdown]
# ## What a team learns from
#
# The target looks ahead to everybody's own best next action, with the mix of the next state:
#
# $$y = r + \gamma\, Q_{tot}\big(s'; \; \max_a Q_0(o_0', a),\; \max_a Q_1(o_1', a)\big), \qquad y = r \text{ if the game has ended}$$
#
# - $r$: the team's reward;  $s'$, $o_i'$: the next state, and what agent $i$ sees of it.
#
# By hand: $r = 1$, γ = 0.5, next utilities (0, 1) and (2, −3): own bests 1 and 2 mix to 7, and $y$ = 1 + 0.5 ·
# 7 = 4.5.
#
# ### Exercise 11.3 · The target of a team
#
# A tool: `mix(x, *parts)` hands `mix` the parts of a tuple, one by one, behind `x`.


# %%
@exercise("11.3")
def team_targets(rewards, next_q_values, next_mixing, terminated, gamma):
    """Return what joint actions have turned out to be worth.

    rewards: (B,), what the team got in each of B plays.
    next_q_values: (B, N, A), each agent's utilities of its next actions.
    next_mixing: what `mix` takes after the utilities, a tuple of four arrays for the next state:
        (weights, biases, last_weights, last_bias), as in exercise 11.2.
    terminated: booleans (B,), True where the game has ended.  gamma: a number from 0 to 1.
    Numbers as in 11.2.  Returns an array (B,). You may call `mix`.

    Example: rewards [1], next_q_values [[[0, 1], [2, -3]]], next_mixing as in the example of 11.2,
    and gamma 0.5 give [4.5] where terminated is [False], and [1] where it is [True].
    """
    # BEGIN SOLUTION
    best = next_q_values.max(axis=2)  # (B, N), everybody's own best utility
    return rewards + gamma * (1 - terminated) * mix(best, *next_mixing)
    # END SOLUTION


# %% [markdown]
# That is all QMIX needs, but for one thing: it looks ahead with a copy of itself, made anew every 20 steps, or else
# its values might chase themselves. It moves utilities, weights and biases a small step toward the target, downhill
# on the squared error (a gradient, as in lesson 10). Here it finds the slope by nudging each number a little and
# asking *your* `mix`: 390 plays in each step. (If your `mix` goes through them in a loop, that takes up to half a
# minute instead of a second.)

# %% tags=["nbval-check-output"]
qmix = QMIX(two_step, alpha=linear_schedule(0.2, 0.0, 2_500), gamma=1.0, epsilon=1.0)
qmix.mix, qmix.find_targets = mix, team_targets  # of exercises 11.2 and 11.3
train(two_step, qmix, steps=2_500, runs=10, rng=rng)
returns = evaluate(two_step, qmix, runs=10, rng=rng)[:, 0]
print(f"returns from {returns.min():.0f} to {returns.max():.0f}")

# %% tags=["nbval-check-output"]
in_2b, state = np.full((10, 2), 2), np.full((10, 1), 2)  # what ten teams see there, and the state
pairs = [np.full((10, 2), pair) for pair in [(0, 0), (0, 1), (1, 0), (1, 1)]]
values = [qmix.q_tot(in_2b, pair, state).mean() for pair in pairs]
print("2B, row by row:", np.round(values, 1) + 0.0)  # + 0.0: no -0.0

# %% [markdown]
# That is the table of 2B, exactly.
#
# ## The relay
#
# A **scout** sees a code, 1 or 2. It raises flag 1 or 2, or stays silent, which pays the team 0.1. Then it forgets
# all that, and in a second step a **runner**, who sees the flag but not the code, waits or picks a gate. The gate
# with the number of the code pays 1, the other nothing. But a flag is also a lamp: *any* gate that is picked pays 0.6
# more under flag 1, and 0.3 more under flag 2.
#
# There are 9 ways for a scout to answer two codes, and 27 for a runner to answer what it sees: 243 teams.

# %% tags=["nbval-check-output"]
relay = environments.Relay(lit=(0.6, 0.3))
returns = relay.evaluate_policies(relay.list_policies())
print(f"{len(returns)} teams, the best gets {returns.max():.2f}, the mean is {returns.mean():.3f}")

# %% [markdown]
# The best has a flag for each code (either way round: flag 1 may mean code 2), and the runner goes where the flag
# says: (1 + 0.6)/2 + (1 + 0.3)/2 = 1.45. That is score 100. Random play gets the mean of all teams, score 0.

# %%
predict("11.b")

# %%
alpha, epsilon = linear_schedule(0.1, 0.01, 5_000), linear_schedule(1.0, 0.05, 3_000)
teams = {kind.__name__: kind(relay, alpha, 1.0, epsilon) for kind in (IQL, VDN, QMIX)}  # γ = 1
scores = {}
for name, learner in teams.items():
    train(relay, learner, steps=5_000, runs=100, rng=np.random.default_rng(0))
    scores[name] = scoreboard.score_relay(learner, relay, runs=100)
plotting.plot_scores(scores, exact={"best possible": 100})

# %%
predict("11.b", reveal=True)

# %% [markdown]
# (A dot is a team, a bar the 95 % interval of the mean; 2,500 episodes.) By hand: always flag 1 gets 0.6 + ½ = 1.1,
# score 60. Flag 1 for one code and silence for the other gets (1.6 + 1.1)/2 = 1.35, score 89; silence and any gate
# 0.1 + ½, score 4. Watch a team of each kind, on the same code; the green gate is the right one.

# %%
chosen = int(scores["QMIX"].argmax())
plotting.watch(relay, teams, seed=0, runs=100, run=chosen)

# %% [markdown]
# (One episode proves little: without a telling flag a runner is right for one code.)
#
# **IQL**, mostly, **is silent.** In the second step, the runner's, all the scout sees is the time: it expects one
# number $V$, whatever it raised. So silence is worth 0.1 + $V$ to it and a flag 0 + $V$.
#
# **VDN** shares the value. Its target after a flag is the scout's next utility plus the *runner's*, and the runner sees
# the flag. **QMIX** does the same, with a mix that also knows the state, and so the code. What do both expect after
# each flag? (VDN: mean over 100 teams. QMIX: the team of the film. You need not follow the code.)


# %% tags=["nbval-check-output"]
def foresee(learner, code, flag):
    """Return what 100 teams expect of the last step, (100,), each agent at its own best."""
    seen, view = np.tile([2, flag], (100, 1)), np.tile([code, flag, 1], (100, 1))  # 2: "last step"
    return learner.q_tot(seen, learner.act(seen, rng, explore=False), view)


for code in (0, 1):
    by_sum = [foresee(teams["VDN"], code, flag).mean() for flag in (1, 2)]
    by_mix = [foresee(teams["QMIX"], code, flag)[chosen] for flag in (1, 2)]
    print(f"code {code + 1}, after flag 1 and flag 2:", end=" ")
    print(f"VDN {np.round(by_sum, 1)}, QMIX {np.round(by_mix, 1)}")

# %% [markdown]
# VDN expects ½ for the gate plus 0.6 or 0.3 for the lamp. Whether a gate *fits* depends on code and gate together, and
# a sum has no place for that. **VDN values the flag, not the match.** QMIX's runner, too, has one favorite gate behind
# each flag; but the mix of each state says what that is worth there.
#
# If α starts at 0.05 or at 0.2 and falls alike, the order is the same: IQL 4 and 39, VDN 60 and 62, QMIX 92 and 96 (±3
# for QMIX, up to ±8 for IQL). And if both flags are equally bright, about half of the VDN teams find the best: nothing
# speaks against it then.

# %% [markdown]
# ## What no such mix can say
#
# A mix that rises keeps each agent's order of actions, whatever the others do. So in a table of such a mix one of any
# two rows is nowhere below the other, and so it is with any two columns. If not, they *clash*: in [[1, 0], [0, 1]] the
# first row is better in the first column, the second row in the second.
#
# ### Exercise 11.4 · Could a mix that rises say this?
#
# Two tools: `(x > y).any()` is True if x is larger anywhere, and `payoffs.T` has the columns as rows.


# %%
@exercise("11.4")
def is_monotone(payoffs):
    """Say whether a mix that only rises could give exactly this table.

    payoffs: (A, B), whole numbers or decimals, A and B from 1 up.
    Returns True if of any two rows one is nowhere below the other, and of any two columns as well;
    else False.

    Example: [[0, 1], [1, 8]] gives True, [[1, 0], [0, 1]] gives False.
    """
    # BEGIN SOLUTION
    for rows in (payoffs, payoffs.T):
        for one in rows:
            for other in rows:
                if (one > other).any() and (one < other).any():
                    return False
    return True
    # END SOLUTION


# %% tags=["nbval-check-output"]
puzzle = np.array([[8, -12, -12], [-12, 0, 0], [-12, 0, 0]])
tables = {"2B": np.array(rooms["2B"]), "puzzle": puzzle, "climbing": games.climbing().payoffs[0]}
for name, table in tables.items():
    fit = solvers.monotone_fit(table)  # the closest table that rises, by trying all orders
    error, found = ((fit - table) ** 2).sum(), table.flat[fit.argmax()]
    print(f"{name}: rises {is_monotone(table)}; closest: error {error:.0f}, leads to {found:.0f}")

game = games.common_payoff(puzzle, "puzzle", "abc")
players = QMIX(game, linear_schedule(0.2, 0.0, 5_000), 0.0, epsilon=1.0)
train(game, players, steps=5_000, runs=50, rng=np.random.default_rng(0))
ends = players.policies(np.zeros((50, 2), dtype=int)).argmax(axis=2)  # in the only state, (50, 2)
print(f"{(ends == 0).all(axis=1).sum()} of 50 teams end at (a, a)")

# %% [markdown]
# Climbing clashes, and so does the *puzzle*. Of all tables that rise, the closest to climbing is largest at (c, c),
# which pays 5, not 11: representation again. The closest to the puzzle is largest at (a, a), where the 8 is. Yet few
# teams of QMIX find it. Beside a random partner a looks worst, so its utility sinks lowest, and from there any small
# step makes the error larger. That is a failure of **optimization**: that closest table can be said, and is not found.
#
# (The mix of exercise 11.2 says less still: `elu` bends upward only. [[0, 1], [1, 1]], "one of us is enough", rises,
# and yet that mix comes no closer than a sum.)

# %% [markdown]
# ## And in the dispatch game?
#
# In how many of its 18 states do the exact values of joint actions rise?

# %% tags=["nbval-check-output"]
dispatch = environments.Dispatch()
optimum = solvers.value_iteration(dispatch.to_tabular(), gamma=0.9)
exact = optimum.joint_action_values.round(6)  # (18, 3, 3)
for heavy, name in enumerate(["no heavy task", "a heavy task"]):
    states = exact[dispatch.states[:, 2] == heavy]  # (9, 3, 3)
    print(f"{name}: {sum(map(is_monotone, states))} of {len(states)} states")

# %% [markdown]
# With a heavy task, H (the heavy queue, no hidden unit) is the best answer to H and the worst to anything else: the
# rows clash, in every state. But the mix need not be right everywhere. It is learned from what the team plays, and
# needs to be right near that.
#
# Let each worker see its own light queue and the heavy tasks only (the *own view* of lesson 10). Forty teams each,
# 10,000 steps.

# %%
own_view = environments.Dispatch(view="own")
schedules = linear_schedule(0.1, 0.01, 10_000), 0.9, linear_schedule(1.0, 0.05, 6_000)
scores = {}
for kind in (IQL, VDN, QMIX):
    workers = kind(own_view, *schedules)
    train(own_view, workers, steps=10_000, runs=40, rng=np.random.default_rng(0))
    scores[kind.__name__] = scoreboard.score_learner(workers, own_view, runs=40)
plotting.plot_scores(scores, exact=scoreboard.DISPATCH_BESTS)

# %% [markdown]
# Nearly all scores of IQL are near 45; most of QMIX are above 85, and of VDN more still. Why? A worker that takes a
# light task from its *partner's* queue is paid 1, and does not see that the partner finds one fewer next time. To IQL
# such a task looks better than it is. In VDN's target the partner's next utility counts, too. Is that the reason? Let
# IQL learn from the target of a VDN that learns beside it, and change nothing else: in longer training (the table
# below; 66 there, not 46) its mean rises from 66 to 91.

# %% [markdown]
# Our scoreboard, with 30,000 steps, α = 0.1 and 100 runs (±2 with the full view, up to ±5 with the own view; other runs
# than in lesson 10, where IQL has 76):
#
# | team | full view | own view |
# |---|---|---|
# | IQL | 77 | 66 |
# | VDN | 81 | 93 |
# | QMIX | 84 | 91 |
# | IQL, VDN's target | | 91 |
# | hysteretic | 90 | 93 |
#
# Where both see all, less is hidden, and less is won. None of the three passes the hysteretic team, the optimists of
# lesson 08: a shared value does not cure the fear of a partner who explores.

# %% [markdown]
# ## What we saw
#
# - A team can share a value in training, and choose alone later: if the mix only rises, everybody's own best is best.
# - A sum (VDN) cannot value a match; a mix by state (QMIX) can. Neither can say a table whose rows clash; and what can
#   be said is not always found.
# - Sharing the value pays where one agent's view hides what its action brings, and another one's shows it.
#
# Next: [central critics](12_central_critics.ipynb), which see more than the actors.

# %% [markdown]
# ## Sources
#
# - Sunehag et al. 2018: VDN. Rashid et al. 2018: QMIX and the two-step game. Theirs are networks that remember
#   batches of episodes; ours are tables, and learn from each step once.
# - Son et al. 2019 (QTRAN): the puzzle. Claus & Boutilier 1998: climbing.
# - Oliehoek & Amato 2016: training together, acting alone.
