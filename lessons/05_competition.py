# %% [markdown]
# # 05 · Competition
#
# After this lesson you can
#
# - say what a policy guarantees against an opponent who knows it, and which policy guarantees most;
# - measure how much of a pair of policies can be exploited, and see which ways of learning lower that number;
# - build the opponent that a policy has to fear most, and judge the policy by it.
#
# About 60 minutes. You need action values and best responses from [lesson 01](01_games.ipynb), discounting from
# [lesson 02](02_markov_games.ipynb) and value iteration from [lesson 03](03_the_best_a_team_can_do.ipynb).

# %%
from marl_lessons import exercise, hint, predict, solution
from marl_lessons import environments, games, plotting, solvers
from marl_lessons.learners import FixedPolicy, MinimaxQ
from marl_lessons.policies import uniform_policy
from marl_lessons.rollout import evaluate, train
from marl_lessons.solvers import zero_sum

import numpy as np

# %% [markdown]
# ## Two coins
#
# You and an opponent each lay down a coin, at the same time. If the coins match, you win 1 from the opponent; if they
# differ, it wins 1 from you. That is *matching pennies*, of which you saw the table in lesson 01. You are agent 0, who
# picks the row.

# %%
pennies = games.matching_pennies()
plotting.plot_payoffs(pennies)

# %% [markdown]
# What one wins the other loses: the game is zero-sum, or competitive (lesson 04). So one table is enough: $r(a, b)$ is
# what *you* win when you play row $a$ and the opponent column $b$.
#
# No cell has a frame. Whatever the coins show, one of the two would rather have turned its own. So no single action is
# safe, and you will have to mix: play heads with some probability.

# %% [markdown]
# ## What can you guarantee?
#
# Suppose the opponent has studied you. It knows your *policy*, but not which side you will show. Say you play heads
# with probability 0.75.
#
# - If it plays heads, you expect 0.75 · 1 + 0.25 · (−1) = 0.5.
# - If it plays tails, you expect 0.75 · (−1) + 0.25 · 1 = −0.5.
#
# It will play tails. All that your policy **guarantees** is −0.5.

# %% [markdown]
# The same as an equation:
#
# $$g(x) = \min_b \sum_a x(a)\, r(a, b)$$
#
# - $x(a)$: the probability with which you play $a$; $x$ is your policy here ($\pi$ in lesson 01), not a place as in 02;
# - $\min_b$: the opponent picks the column $b$ in which you expect least;
# - $g(x)$: what $x$ guarantees.
#
# An opponent who knows a policy and gives the best answer to it is the policy's **challenger**.

# %% [markdown]
# ### Exercise 5.1 · What a policy guarantees
#
# Write the equation in NumPy. A tool: `w @ M` weighs the rows of `M` with `w` and adds them up, which leaves one number
# for each *column*. (`M @ w` leaves one for each row.)

# %% tags=["nbval-check-output"]
M = np.array([[10, 20, 60], [30, 40, 0]])
print(np.array([0.5, 0.5]) @ M)


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
# ## One number changed
#
# In pennies a fair coin guarantees 0, and nothing guarantees more. Now change one number: if both coins show heads, you
# win 2. All else stays as it was.

# %%
predict("5.a")

# %%
lopsided = np.array([[2.0, -1.0], [-1.0, 1.0]])
heads = np.linspace(0, 1, 101)
my_policies = np.stack([heads, 1 - heads], axis=1)  # (101, 2), a policy in each row
guarantees = np.array([guaranteed_payoff(lopsided, policy) for policy in my_policies])
expected = my_policies @ lopsided  # (101, 2): w @ M for each row w at once
lines = {"against heads": expected[:, 0], "against tails": expected[:, 1], "guaranteed": guarantees}
alt = f"Two lines cross at {heads[guarantees.argmax()]:.2f}; the guarantee is the lower of the two."
x_label, y_label = "probability that I play heads", "my expected payoff"
plotting.plot_curves(heads, lines, x_label, y_label, alt, wide="guaranteed")

# %%
predict("5.a", reveal=True)

# %% [markdown]
# Your guarantee (wide) is the lower of the two lines, and highest where they cross. Check it by hand: with heads at 0.4
# you expect 0.4 · 2 − 0.6 · 1 = 0.2 against heads, and −0.4 · 1 + 0.6 · 1 = 0.2 against tails. It makes no difference
# what the opponent does. Lean to either side, and one of its answers hurts you: tails, if you play heads more often.
#
# And the opponent: what is the least that it can hold you to?

# %% tags=["nbval-check-output"]
best = zero_sum.minimax(lopsided)  # by a linear program, a standard method that you need not follow
mine = guaranteed_payoff(lopsided, best.row_policy)
its = guaranteed_payoff(-lopsided.T, best.column_policy)  # roles swapped (.T), signs turned (-)
print(f"best guarantee: {mine:.2f}, with heads at {best.row_policy[0]:.2f}")
print(f"the opponent can hold me to: {-its:.2f}, with heads at {best.column_policy[0]:.2f}")

# %% [markdown]
# The most that you can guarantee, ⟦0.20 after "best guarantee:"⟧, is exactly the least that the opponent can hold you
# to, ⟦0.20 after "hold me to:"⟧: its own guarantee is the same number with the other sign. That is the **minimax
# theorem** (von Neumann 1928): a zero-sum game has one **value**, a number for the whole game, and both sides can
# secure it. A policy that does so is a *minimax policy*.

# %% [markdown]
# ### Exercise 5.2 · How much can be exploited
#
# How good is a *pair* of policies, $x$ for the row and $y$ for the column? Let a challenger take each side in turn, and add
# up what the two would gain:
#
# $$e(x, y) = \Big[\max_a \sum_b r(a, b)\, y(b) - u\Big] + \Big[u - \min_b \sum_a x(a)\, r(a, b)\Big]$$
#
# - $u$: what the row agent gets now, if both keep to their policies; in the sum it cancels;
# - first bracket: what a better row could add; second: what a better column could take away;
# - $e$: the **exploitability**, 0 only if both policies are minimax.

# %% [markdown]
# In pennies, $x = (0.75, 0.25)$ against a fair coin gets $u = 0$. No row does better; tails would take away 0.5. So
# $e = 0 + 0.5$. (You can also write it with your `guaranteed_payoff`, as above.)


# %%
@exercise("5.2")
def exploitability(payoffs, row_policy, column_policy):
    """Return the sum of both agents' gains by best responses, in a zero-sum game.

    payoffs: array (A, B), what the row agent wins and the column agent loses.
    row_policy: array (A,).  column_policy: array (B,).
    Returns a number, 0 or more.

    Example: [[1, -1], [-1, 1]] with [0.75, 0.25] and [0.5, 0.5] gives 0.5.
    """
    # BEGIN SOLUTION
    return (payoffs @ column_policy).max() - (row_policy @ payoffs).min()
    # END SOLUTION


# %% [markdown]
# ## Answering the past
#
# Can two agents find minimax policies by playing? **Fictitious play** (Brown 1951) is a very old rule: in each play,
# give the best answer to what the other has done so far, on average. Both answer at the same time.
#
# Say both began with heads in pennies. You want to match, so you answer heads. The opponent wants to differ and answers
# tails. After these two plays you have played heads twice; the opponent heads once and tails once.

# %% [markdown]
# ### Exercise 5.3 · One step of fictitious play
#
# A tool: `w.argmax()` is the place of the largest entry of `w`, and the first such place if there are several. For
# `np.array([3, 7, 7])` it is 1. `w.argmin()` is the place of the smallest.


# %%
@exercise("5.3")
def answer_the_past(payoffs, row_counts, column_counts):
    """Return what both agents play next: each the best answer to the other's past.

    payoffs: array (A, B), what the row agent wins and the column agent loses.
    row_counts: array (A,), how often each row has been played, in whole numbers.
    column_counts: array (B,), the same of the columns. Both count the same plays, one at least.
    Returns two whole numbers: the next row and the next column.
    Of several equally good ones, the first.

    Example: [[1, -1], [-1, 1]] with [1, 0] and [1, 0] gives 0 and 1.
    """
    # BEGIN SOLUTION
    row = (payoffs @ column_counts).argmax()
    column = (row_counts @ payoffs).argmin()
    return row, column
    # END SOLUTION


# %% [markdown]
# Let two agents play 10,000 times, and after each play let `exploitability` judge their averages so far: the counts,
# divided by the number of plays. On both axes of the picture each labeled tick is ten times the one before.


# %%
def play_fictitiously(payoffs, plays=10_000):
    """Begin with row 0 and column 0; return the exploitability of the averages after each play."""
    row_counts, column_counts = [np.zeros(size, dtype=int) for size in payoffs.shape]
    row, column, gaps = 0, 0, []
    for play in range(1, plays + 1):
        row_counts[row] += 1
        column_counts[column] += 1
        gaps.append(exploitability(payoffs, row_counts / play, column_counts / play))
        row, column = answer_the_past(payoffs, row_counts, column_counts)
    return np.array(gaps)


# %% tags=["nbval-check-output"]
both_games = (pennies, games.rock_paper_scissors())
gaps = {game.name: play_fictitiously(game.payoffs[0]) for game in both_games}
for name, gap in gaps.items():
    print(f"{name}: after 100 plays {gap[99]:.2f}, after 10,000 {gap[9_999]:.3f}")

# %%
plays, y_label = np.arange(1, 10_001), "exploitability of the averages"
alt = "Both curves fall along jagged lines, tenfold for a hundred times as many plays."
dashed, ends = {"of a single action each": 2.0}, (0.01, 3)
plotting.plot_curves(plays, gaps, "plays", y_label, alt, exact=dashed, scale="log", limits=ends)

# %% [markdown]
# It works, slowly: for one more digit you need about a hundred times as many plays. Nothing is random here, so there is
# no interval.
#
# In every zero-sum game the *averages* get there (Robinson 1951); in other games even they may go round in circles
# (Shapley 1964). In these two games what is played *at the moment* never does: it is one action each, and a challenger
# who knew it would win every time. That is exploitability 2 (dashed).

# %% [markdown]
# ## Without the table
#
# Fictitious play was handed the table of payoffs. **Minimax Q** (Littman 1994) finds it out. For each pair of actions it
# keeps an estimate of the payoff, 0 at first, and after each play moves the estimate of that pair a tenth of the way to
# the payoff that came. It plays the minimax policy of its estimates. So that no pair is forgotten, either side takes a
# random action in 20 % of its plays.
#
# Let it play both sides of the lopsided pennies, in 100 runs. (You need not follow the code. Lesson 06 shows how such
# tables are learned.)

# %% tags=["nbval-check-output"]
lopsided_pennies = games.MatrixGame([lopsided, -lopsided])
for steps in (100, 1_000):
    learner = MinimaxQ(lopsided_pennies, alpha=0.1, gamma=0.0, epsilon=0.2)
    train(lopsided_pennies, learner, steps=steps, runs=100, rng=np.random.default_rng(0))
    learned = learner.policy_table[:, 0, 0, 0]  # in each run: how often agent 0 plays heads
    print(f"after {steps:,} plays: heads at {learned.min():.2f} to {learned.max():.2f}")

# %% [markdown]
# After 1,000 plays all 100 runs have found ⟦0.40 after "1,000 plays: heads at"⟧, as `minimax` did from the table.
# Random actions apart, that is what they play *at the moment*; no average is needed. The price: minimax Q has to see
# what the opponent plays. In a game with several states it keeps a table for each.

# %% [markdown]
# ## Teams against teams
#
# Two attackers and two defenders each choose the north (N) or the south (S) gate. A gate falls if both attackers come to
# it, unless both defenders stand there. The attackers win 1 each if a gate falls, and else lose 1 each. The defenders
# get the opposite.
#
# Let each side count as one agent with four joint actions. NS means: the first goes north, the second south.

# %%
gates = games.merge_teams(games.team_contest(), [[0, 1], [2, 3]]).payoffs  # (side, 4, 4)
named = games.MatrixGame(gates, "gates", ["NN", "NS", "SN", "SS"])
plotting.plot_payoffs(named, agents=("attackers", "defenders"))

# %% tags=["nbval-check-output"]
one_coin = np.array([0.5, 0, 0, 0.5])  # one coin for the team: both north, or both south
a_coin_each = np.array([0.25, 0.25, 0.25, 0.25])
print("one coin for the team:", guaranteed_payoff(gates[0], one_coin))
print("a coin each:", guaranteed_payoff(gates[0], a_coin_each))

# %% [markdown]
# With *one* coin the attackers break even: ⟦0.0 after "one coin for the team:"⟧. With *a coin each* they miss each other
# half of the time and guarantee only ⟦−0.5 after "a coin each:"⟧. No two separate coins, fair or not, do better. (The
# challenger is both defenders, who act as one.)
#
# To surprise the opponent and not the partner, both partners need one random number that both see, drawn anew for each
# game and kept secret.

# %% [markdown]
# ## Soccer
#
# Now a game with 760 states (Littman 1994). Two players on a pitch of 4 × 5 squares each choose a direction, or stand;
# then they move in random order. Who runs into the other leaves the ball to it. Who carries the ball into the goal that
# it attacks wins 1, and the other loses 1. (A goal has the color of who attacks it.)
#
# Player 0 (blue, attacks to the right) is the **bully**: its policy is the best response to *random play*, found by value
# iteration. Press *play* to see the two. (You need not follow the code.)

# %%
gamma, one_hot = 0.9, np.eye(5)  # row a of one_hot is the policy that always plays a
soccer = environments.Soccer().to_tabular()
random_play = uniform_policy(soccer.num_states, 5)  # (S, A)
response = solvers.best_response(soccer, 0, [None, random_play], gamma)  # of agent 0; exact
bully = one_hot[response.joint_actions[:, 0]]  # (S, A)
plotting.watch(environments.Soccer(horizon=25), FixedPolicy(np.stack([bully, random_play])), seed=2)

# %%
predict("5.b")

# %% [markdown]
# ## Building the challenger
#
# A challenger who knows your policy $x$ can solve soccer state by state, as in lesson 03:
#
# $$V(s) = \min_b \sum_a x(a|s)\, \Big[ r(s, a, b) + \gamma \sum_{s'} P(s'|s, a, b)\, V(s') \Big]$$
#
# - $s$, $s'$: the state now and the next one; $x(a|s)$: how likely you play $a$ in $s$;
# - $P(s'|s, a, b)$: how likely $s'$ follows; $\gamma = 0.9$: the discount;
# - $V(s)$: what your policy guarantees from $s$ on.
#
# The bracket is a table with a row for each $a$ and a column for each $b$. So in each state this is exercise 5.1 again!

# %% [markdown]
# ### Exercise 5.4 · The challenger's answers
#
# Given the table of each state, which action does the challenger take there? A tool: if `values` has the shape (S, A, B),
# then `values[s]` is the table of state `s`.


# %%
@exercise("5.4")
def challenge(values, policy):
    """Return the opponent's best answer to a policy, in each state.

    values: array (S, A, B), a table for each state: what you can expect after your action
        (row) and the opponent's (column). The opponent expects the opposite.
    policy: array (S, A), the probability of each of your actions in each state.
    Returns an array (S,) of whole numbers, the opponent's actions.
    Where several are equally good, any of them.

    Example: values [[[1, -1], [-1, 1]]] with policy [[0.75, 0.25]] gives [1].
    """
    # BEGIN SOLUTION
    return np.array([(policy[s] @ values[s]).argmin() for s in range(len(values))])
    # END SOLUTION


# %%
def build_challenger(policy, sweeps=50):
    """Return the challenger's policy (S, A), and what `policy` guarantees from the kick-off on."""
    worth = np.zeros(soccer.num_states)
    for _ in range(sweeps):  # as in value iteration; what lies further ahead counts less than 0.01
        after = soccer.rewards[0] + gamma * soccer.transitions @ worth  # (S, A, A), the brackets
        worth = np.array([guaranteed_payoff(after[s], policy[s]) for s in range(len(policy))])
    return one_hot[challenge(after, policy)], soccer.start @ worth  # the mean over both kick-offs


# %% [markdown]
# For comparison we also compute the minimax policy of soccer, by value iteration that solves each state's table by minimax
# (Shapley 1953). Both policies play 20,000 matches against random play and 20,000 against their own challengers. Before
# each further step a match is called off with probability 0.1, as a draw: so late goals count less, as with
# $\gamma = 0.9$. A match that ends with a goal is *decided*.
#
# You need not follow the code: look at the numbers.


# %% tags=["nbval-check-output"]
def play_matches(players, matches=20_000):
    """Return how often player 0 wins and loses, and its share of these."""
    game, rng = environments.Soccer(draw=0.1), np.random.default_rng(0)
    goals = evaluate(game, players, matches, rng)[:, 0]
    won, lost = (goals > 0).sum(), (goals < 0).sum()
    return f"won {won}, lost {lost}: {won / (won + lost):.1%}"


minimax = zero_sum.shapley_iteration(soccer, gamma).policies[0]
print(f"random play guarantees {build_challenger(random_play)[1]:.2f}")
duels = {}
for name, policy in {"bully": bully, "minimax": minimax}.items():
    challenger, guarantee = build_challenger(policy)
    duels[name] = FixedPolicy(np.stack([policy, challenger]))
    print(f"{name} guarantees {round(guarantee, 2) + 0:.2f}")  # + 0 turns −0 into 0
    print("   against random play:", play_matches(FixedPolicy(np.stack([policy, random_play]))))
    print("   against its challenger:", play_matches(duels[name]))

# %%
predict("5.b", reveal=True)

# %% [markdown]
# Being best against a weak opponent says little about a strong one. The bully wins nearly every decided match against
# random play, and none against its challenger. It *guarantees* ⟦−0.49 after "bully guarantees"⟧ a match; won minus lost,
# divided by 20,000, is about that. Random play guarantees hardly less: ⟦−0.54 after "random play guarantees"⟧.
#
# The minimax policy guarantees 0: of the decided matches against its challenger it wins about half (chance moves that
# share by about ±1.1 points). It wins nearly all its decided matches against random play too, but has
# fewer of them. Exactly it earns 0.40 a match there, and the bully 0.54: the price of safety.
#
# Watch one match of each with its challenger.

# %%
plotting.watch(environments.Soccer(horizon=25), duels, seed=13)

# %% [markdown]
# In the left film the bully (blue) always does the same in the same place, so its challenger (orange) knows where it
# goes. The minimax policy (right) tosses coins: in steps 3 to 6 it stands three times, then goes north. It wins this
# match, and in the long run half of the decided ones.

# %% [markdown]
# ## What we saw
#
# - Against an opponent, ask what a policy **guarantees**: what it gets against the challenger who knows it.
# - In a zero-sum game the best guarantee of one side is the least that the other can hold it to. **Exploitability** says
#   how far a pair of policies is from that.
# - The averages of fictitious play get there, what is played at the moment need not. Minimax Q needs no table.
# - A team that must surprise its opponent needs one random number that all its members see.
# - **Judge by the challenger**: who beats a weak opponent may lose every match to one that has studied it.
#
# Next: [independent Q-learning](06_independent_q_learning.ipynb), where agents learn by trial and error.

# %% [markdown]
# ## Sources
#
# - J. von Neumann, "Zur Theorie der Gesellschaftsspiele", Mathematische Annalen 1928: the minimax theorem.
# - G. Brown, "Iterative solution of games by fictitious play", 1951; J. Robinson, "An iterative method of solving a
#   game", Annals of Mathematics 1951: the rule, and that its averages converge in zero-sum games. L. Shapley, "Some
#   topics in two-person games", 1964: that they need not in others.
# - B. von Stengel and D. Koller, "Team-maxmin equilibria", Games and Economic Behavior 1997: teams without one coin.
# - L. Shapley, "Stochastic games", PNAS 1953: minimax in every state.
# - M. Littman, "Markov games as a framework for multi-agent reinforcement learning", ICML 1994: soccer, minimax Q,
#   judging by the challenger.
# - Going further: M. Bowling and M. Veloso, Artificial Intelligence 2002: "win or learn fast"
#   (`marl_lessons.learners.WoLFPHC`), by which play settles.
