# %% [markdown]
# ## Competition: what can you guarantee?
#
# Against an opponent with the opposite interest, hoping is no plan. Ask instead what your policy *guarantees*: its
# expected payoff if the opponent knows the policy and answers in the worst way.
#
# $$g(x) = \min_b \sum_a x(a)\, r(a, b)$$
#
# - $x(a)$: the probability with which you play $a$;
# - $r(a, b)$: what you win, and the opponent loses.
#
# In matching pennies, heads for certain guarantees only −1: the opponent plays tails. A fair coin guarantees 0.

# %% [markdown]
# ### Exercise 5.1 · What a policy guarantees


# %%
@exercise("5.1")
def guaranteed_payoff(payoffs, policy):
    """Return what a policy is sure to get on average, whatever the opponent does.

    payoffs: array (A, B), what you win for your row and the opponent's column.
    policy: array (A,), the probability of each of your rows.
    Returns a number.

    Example: [[1, -1], [-1, 1]] with [0.75, 0.25] gives -0.5.
    """
    # BEGIN SOLUTION
    return (policy @ payoffs).min()
    # END SOLUTION


# %% [markdown]
# A lopsided game of pennies: heads–heads pays 2, all else as before. How often should you play heads?

# %%
lopsided = np.array([[2.0, -1.0], [-1.0, 1.0]])
heads = np.linspace(0, 1, 101)
guarantees = np.array([guaranteed_payoff(lopsided, np.array([p, 1 - p])) for p in heads])
best = zero_sum.minimax(lopsided)
plotting.plot_curves(
    heads,
    {"what my policy guarantees": guarantees},
    "probability of heads",
    "guaranteed payoff",
    "The guarantee rises to 0.2 where heads has probability 0.4, and falls again.",
    exact={"best guarantee": best.value},
)

# %% tags=["nbval-check-output"]
print(f"best guarantee {best.value:.2f}, with heads at {best.row_policy[0]:.2f}")
print(f"the opponent can hold me to {best.value:.2f}, with heads at {best.column_policy[0]:.2f}")

# %% [markdown]
# You play heads *less* often than tails, although heads can win more, because the opponent avoids heads. The best
# guarantee of one side is exactly the least that the other can hold it to. That is the **minimax theorem** (von Neumann
# 1928): a zero-sum game has one **value**. `zero_sum.minimax` finds it with a *linear program*, a standard method for
# making something as large as possible under linear conditions.

# %% [markdown]
# ### Exercise 5.2 · How much can be exploited
#
# How good is a *pair* of policies? Add up what each agent could gain by a best response to the other: the row agent
# looks for the largest payoff, the column agent, who has to pay it, for the smallest. At the minimax solution nobody
# can gain, and this **exploitability** is 0.


# %%
@exercise("5.2")
def exploitability(payoffs, row_policy, column_policy):
    """Return the sum of both agents' gains by best responses, in a zero-sum game.

    payoffs: array (A, B), what the row agent wins and the column agent loses.
    row_policy: array (A,).  column_policy: array (B,).
    Returns a number, 0 or more.

    Example: [[1, -1], [-1, 1]] with [0.75, 0.25] and [0.5, 0.5] gives 0.5: only the column agent can gain.
    """
    # BEGIN SOLUTION
    return (payoffs @ column_policy).max() - (row_policy @ payoffs).min()
    # END SOLUTION


# %% [markdown]
# ## Learning by answering the past
#
# **Fictitious play** (Brown 1951) is the oldest learning rule for games: answer best to what the other has done so far
# on average. What each agent plays jumps about for ever, but their averages settle.

# %%
plays = np.unique(np.geomspace(1, 10_000, 61).astype(int))  # 1, …, 1,000, …, 10,000
curves = {}
for game in (games.matching_pennies(), games.rock_paper_scissors()):
    rows, columns = dynamics.fictitious_play(game, steps=10_000, first_actions=[0, 0])  # (T, A) each
    curves[game.name] = [exploitability(game.payoffs[0], rows[t - 1], columns[t - 1]) for t in plays]
plotting.plot_curves(
    plays,
    curves,
    "plays",
    "exploitability of the averages",
    "On logarithmic axes the exploitability of both games falls along a jagged line, by about ten for a hundred times "
    "as many plays.",
    scale="log",
)

# %% tags=["nbval-check-output"]
for name, values in curves.items():
    print(f"{name}: after 1,000 plays {values[list(plays).index(1_000)]:.3f}, after 10,000 {values[-1]:.3f}")

# %% [markdown]
# It works, slowly: for one more digit you need a hundred times as many plays. Nothing here is random, so there is no
# interval; the exact answer is 0.

# %% [markdown]
# ## Teams against teams
#
# Many games are both: cooperation inside a team, competition between teams. A small one, solved exactly: two attackers
# and two defenders each choose the *north* or the *south* gate. A gate falls if both attackers come to it, unless both
# defenders stand there. The attackers win 1 each if a gate falls, and lose 1 each if none does; the defenders get the
# opposite.
#
# Let each team act as one: then it is a zero-sum game of two, with four joint actions on each side.

# %% tags=["nbval-check-output"]
contest = games.team_contest()  # payoffs: (4 agents, 2, 2, 2, 2)
as_one = games.merge_teams(contest, [[0, 1], [2, 3]])  # two teams with the joint actions NN, NS, SN, SS
together = zero_sum.minimax(as_one.payoffs[0])
print(
    "attackers who act as one: (NN, NS, SN, SS) =", together.row_policy.round(2), "guarantee", round(together.value, 2)
)

# %% tags=["nbval-check-output"]
alone, first, second = zero_sum.maximin_without_correlation(contest.payoffs[0].reshape(2, 2, 4))
print("attackers with a coin each: (N, S) =", first.round(2), second.round(2), "guarantee", round(alone, 2))

# %% [markdown]
# With *one* coin for the team (both north, or both south) the attackers break even: ⟦0 after "[0.5 0.  0.  0.5] guarantee"⟧. With *a coin each* they miss
# each other half of the time, and can guarantee only ⟦−0.5 after "guarantee"⟧. Being unpredictable to the opponent and predictable to the
# partner needs something in common: a signal, a plan, or training together. That is one more reason why a later lesson
# trains centrally.

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
predict("5.a")

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
predict("5.a", reveal=True)

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

