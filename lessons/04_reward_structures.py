# %% [markdown]
# # 04 · Reward structures
#
# After this lesson you can
#
# - tell cooperative, competitive and mixed games apart, and name a social dilemma from four payoffs;
# - say when agents who keep improving come to rest, and why;
# - predict what selfish, shared and mixed rewards make of the same workers.
#
# About 55 minutes. You need lessons [01](01_games.ipynb) (payoff tables, best responses, equilibria) and
# [03](03_the_best_a_team_can_do.ipynb) (the dispatch game and its score).

# %%
from marl_lessons import exercise, hint, predict, solution, train
from marl_lessons import environments, games, plotting, scoreboard, solvers
from marl_lessons.learners import IQL, FixedPolicy
from marl_lessons.policies import deterministic_joint_policy, linear_schedule
from marl_lessons.solvers import dynamics

import numpy as np

# %% [markdown]
# ## Three structures
#
# Whoever designs a team of agents writes down what each of them is paid. That choice, the **reward structure**, decides
# what they will want. There are three kinds:
#
# - **cooperative**: in every joint action all agents get the same;
# - **competitive**: in every joint action the payoffs add up to 0 (*zero-sum*): what one wins, the others lose;
# - **mixed**: all the rest, and that is most of life.

# %%
plotting.plot_payoffs(games.coordination(), games.matching_pennies(), games.chicken())

# %% [markdown]
# *Coordination* is cooperative: blue and orange agree in every cell. In *matching pennies* they cancel in every cell.
# In *chicken* the two share one interest, not to crash into (dare, dare), and fight over another, who yields.

# %% [markdown]
# ### Exercise 4.1 · Cooperative, competitive or mixed
#
# Name the structure of a game with any number of agents. Computers round fractions, so compare numbers with
# `np.allclose(x, y)`, not with `==`: it tells whether *all* of them agree. Two tools:
#
# - `np.allclose(payoffs, payoffs[0])` compares every agent with agent 0, in all cells at once;
# - `payoffs.sum(axis=0)` adds over the agents, cell by cell.


# %%
@exercise("4.1")
def name_structure(payoffs):
    """Name the reward structure of a game of two agents or more.

    payoffs: array (N, A_1, …, A_N): agent, then the action of each agent; not all of them 0.
    Returns "cooperative", "competitive" or "mixed".

    Examples: coordination is cooperative, matching pennies competitive, chicken mixed.
    """
    # BEGIN SOLUTION
    if np.allclose(payoffs, payoffs[0]):
        return "cooperative"
    if np.allclose(payoffs.sum(axis=0), 0):
        return "competitive"
    return "mixed"
    # END SOLUTION


# %% tags=["nbval-check-output"]
for game in (games.climbing(), games.rock_paper_scissors(), games.stag_hunt()):
    print(f"{game.name}: {name_structure(game.payoffs)}")

# %% [markdown]
# ## Team reward plus individual bonus
#
# Most practical systems mix: a reward for the team, and something for each agent. A common way is to add them up, as
# in the drift game of lesson 02:
#
# $$r_i(a) = r_{\text{team}}(a) + b_i(a_i)$$
#
# - $r_{\text{team}}(a)$: the team's reward for the joint action $a$, the same for all;
# - $b_i(a_i)$: a bonus that depends on agent $i$'s own action only.

# %%
team_reward = np.array([[4.0, 0.0], [0.0, 1.0]])
bonus_0, bonus_1 = np.array([0.0, 2.0]), np.array([0.0, 5.0])  # both like action y
payoffs_0 = team_reward + bonus_0[:, None]  # [:, None]: one number for each row
payoffs_1 = team_reward + bonus_1  # one number for each column
with_bonus = games.MatrixGame([payoffs_0, payoffs_1], "team reward + bonus", "xy")
plotting.plot_payoffs(games.common_payoff(team_reward, "team reward", "xy"), with_bonus)

# %% [markdown]
# The team alone has two equilibria, and (x, x) pays 4. With the bonuses (x, x) is one no longer: if agent 1 changes to
# y, the team's reward falls by 4, but its own bonus is 5. Only (y, y) is left, where the team earns 1.
#
# ### Exercise 4.2 · One table for everybody's gains
#
# Find *one* table Φ ("phi", the **potential**) that tells both agents' gains. When agent 0 alone changes its row, Φ
# changes by as much as agent 0's reward. When agent 1 alone changes its column, Φ changes by as much as agent 1's.
#
# Which of the three arrays below change with the row, and which with the column? What does not change cancels.


# %%
@exercise("4.2")
def potential(team_reward, bonus_0, bonus_1):
    """Return a potential of the game r_i = team reward + own bonus.

    team_reward: array (A, B), for the row of agent 0 and the column of agent 1.
    bonus_0: array (A,), agent 0's bonus for each row.  bonus_1: array (B,), agent 1's by column.
    Returns an array (A, B). Adding a constant to all its entries changes nothing.

    Example: for the game above, from (x, x) to (y, x), agent 0's reward falls from 4 to 2,
    so the table falls by 2.
    """
    # BEGIN SOLUTION
    return team_reward + bonus_0[:, None] + bonus_1
    # END SOLUTION


# %% tags=["nbval-check-output"]
print(potential(team_reward, bonus_0, bonus_1))

# %% [markdown]
# ## What a potential is good for
#
# Begin at (x, x) and let the agents improve in turns, agent 1 first. Beside x, it gains by y (5 instead of 4): now they
# are at (x, y). Then agent 0 gains by y (3 instead of 0): (y, y). There nobody gains. In the table above, Φ rose with
# every move, by the mover's gain: from 4 to 5, then to 8.
#
# The same for 1,000 pairs with random payoffs, who take turns 24 times: whoever is next picks a best response. Beside
# them are two controls without a potential: unrelated payoffs, and matching pennies. (You need not follow the code.)

# %% tags=["nbval-check-output"]
rng = np.random.default_rng(0)
common, own_0, own_1 = (rng.normal(size=(1_000, *shape)) for shape in ((3, 3), (3, 1), (1, 3)))
kinds = {
    "team reward + bonus": np.stack([common + own_0, common + own_1], axis=1),  # (pairs, 2, 3, 3)
    "unrelated payoffs": rng.normal(size=(1_000, 2, 3, 3)),
    "matching pennies": np.stack([games.matching_pennies().payoffs] * 1_000),
}
for name, payoffs in kinds.items():
    moves = dynamics.improve_in_turns(payoffs, turns=24)  # True where a pair moved, (pairs, turns)
    print(f"{name}: {moves[:, -2:].any(axis=1).mean():.3f} of the pairs still move at the end")

# %% [markdown]
# Where there is a potential, every improvement raises Φ. With finitely many entries that cannot go on for ever, so
# everybody comes to rest, in an equilibrium, though not always in a good one. Without a potential about
# ⟦23 % after "unrelated payoffs:"⟧ of the random pairs chase each other for ever, and in matching pennies all do.

# %% [markdown]
# ## Social dilemmas
#
# In many games each of two agents can *cooperate* or *defect*, and four numbers say it all: what *I* get. Their letters
# are those of the textbooks, and mean nothing else in this section:
#
# | | the other cooperates | the other defects |
# |---|---|---|
# | **I cooperate** | R (reward) | S (sucker) |
# | **I defect** | T (temptation) | P (punishment) |
#
# Two questions decide. Is there **greed**: T > R, does it pay to defect beside a cooperator? Is there **fear**: P > S,
# does it pay to defect beside a defector?

# %% [markdown]
# | | no fear: S > P | fear: P > S |
# |---|---|---|
# | **no greed: R > T** | harmony | stag hunt |
# | **greed: T > R** | chicken | prisoner's dilemma |
#
# In all four R > P: both are better off if both cooperate. A **social dilemma** is such a game with a reason to defect
# all the same: greed, fear or both. **Harmony** has none, so it is no dilemma.

# %% [markdown]
# ### Exercise 4.3 · Which dilemma is it?
#
# Write the table as code. You may assume that all four payoffs differ, and that R > P.


# %%
@exercise("4.3")
def name_dilemma(R, S, T, P):
    """Name the game by the order of its payoffs.

    R, S, T, P: plain numbers (int or float), all different, R above P.
    Returns "harmony", "stag hunt", "chicken" or "prisoner's dilemma".

    Example: 3, 0, 5, 1 is a prisoner's dilemma.
    """
    # BEGIN SOLUTION
    greed, fear = T > R, P > S
    if greed:
        return "prisoner's dilemma" if fear else "chicken"
    return "stag hunt" if fear else "harmony"
    # END SOLUTION


# %% [markdown]
# ## A bonus for defecting
#
# Two workers who cooperate earn 1 each. If one of them slacks off, both get 0.7; if both do, 0.45. Now somebody pays a
# bonus $\beta$ for slacking off: $T = 0.7 + \beta$ and $P = 0.45 + \beta$. A single number turns one game into another.

# %% tags=["nbval-check-output"]
for bonus in (0.1, 0.27, 0.35):
    (R, S), (T, P) = games.defection_bonus(bonus).payoffs[0].tolist()
    print(f"β = {bonus}: R {R:.2f}, S {S:.2f}, T {T:.2f}, P {P:.2f}: {name_dilemma(R, S, T, P)}")

# %% [markdown]
# Learners by trial and error come in lesson 06. Here they are a black box: each agent tries its two actions, keeps
# track of what each one pays on average (recent plays count most), and tries things out less and less. They know
# nothing of each other.

# %%
predict("4.a")

# %% [markdown]
# (You need not follow the code. `train` lets 200 pairs play 2,000 times, and tells the learners of every play; then we
# count where the pairs end. The thin lines at the bars of the picture are 95 % intervals.)


# %%
def learn_pairs(game, pairs=200):
    """Let pairs learn, each for itself; return their last actions, (pairs, 2)."""
    rng, explore = np.random.default_rng(0), linear_schedule(1.0, 0.0, 1_600)  # always to never
    learners = IQL(game, alpha=0.1, gamma=0.0, epsilon=explore)
    train(game, learners, steps=2_000, runs=pairs, rng=rng)
    return learners.act(np.zeros((pairs, 2), dtype=int), rng, explore=False)


def draw_dilemma(bonus):
    game = games.defection_bonus(bonus)
    (R, S), (T, P) = game.payoffs[0].tolist()
    game.name = f"β = {bonus:.2f}: {name_dilemma(R, S, T, P)}"
    ends = learn_pairs(game)  # 0: cooperate, 1: defect
    alt = f"{game.name}. {(ends == 0).all(axis=1).mean():.0%} of the pairs end by cooperating."
    return plotting.plot_outcomes(game, ends, alt, unit="pairs")


plotting.show_live(draw_dilemma, bonus=(0.02, 0.53, 0.03, 0.35))

# %%
predict("4.a", reveal=True)

# %% [markdown]
# Move the slider. Below 0.25 there is harmony, and everybody cooperates. From 0.25 to 0.30 it is a stag hunt: two
# equilibria (two frames), and most pairs find the good one. Above 0.30 it is a prisoner's dilemma, and from about 0.35
# nearly nobody cooperates, although it pays both more. Nothing about the learners changed, only what they are paid. (At
# 0.32 about a third still do: they last tried defecting when the partner often defected, too.)

# %% [markdown]
# ## The same workers, paid differently
#
# Back to dispatch. Each worker earns something itself: its light task, half of a heavy task, or the whole loss
# of going to H alone. The *team's* reward is the sum: a heavy task gives each an own reward of 2, so the team 4. A dial
# $w$ mixes the two:
#
# $$r_i = w \sum_j \text{own}_j + (1 - w)\, \text{own}_i$$
#
# - $\text{own}_i$: what worker $i$ earned itself; the sum runs over both workers;
# - $w$: the **team share**, from 0 to 1.
#
# At $w = 0$ each is paid for itself; at $w = 1$ both get the team's whole reward, as in lesson 03, and only there is
# the game cooperative.

# %% [markdown]
# ### Exercise 4.4 · From selfish to team
#
# As always there are many runs at once. A tool: `x.sum(axis=1, keepdims=True)` adds up each row of `x`, and keeps
# shape (R, 1), so that NumPy can repeat it for every agent.


# %%
@exercise("4.4")
def mix_rewards(own_rewards, team_share):
    """Return everybody's reward at a position of the dial.

    own_rewards: array (R, N), what each agent earned itself, in each run.
    team_share: w, a number from 0 (selfish) to 1 (all shared).
    Returns an array (R, N).

    Example: own rewards [[1, -2]] and 0.5 give [[0, -1.5]].
    """
    # BEGIN SOLUTION
    team_reward = own_rewards.sum(axis=1, keepdims=True)  # (R, 1)
    return team_share * team_reward + (1 - team_share) * own_rewards
    # END SOLUTION


# %% [markdown]
# Look at one step with full queues. Each worker serves a light queue of its own or goes to H, which makes four joint
# actions. `mix_rewards` takes them as four runs. (You need not follow `reshape`: it puts them back into a table.)


# %%
def step_game(team_share):
    """Return the game of one dispatch step with full queues: light or heavy."""
    own = np.array([[1, 1], [1, -2], [-2, 1], [2, 2]])  # light-light, light-heavy, …
    payoffs = mix_rewards(own, team_share).T.reshape(2, 2, 2)
    return games.MatrixGame(payoffs, f"team share {team_share}", ("light", "heavy"))


plotting.plot_payoffs(step_game(0.0), step_game(0.5), step_game(1.0))

# %% [markdown]
# All three are stag hunts: two equilibria, a good one and a careful one. How sure must a worker be of its partner?
#
# On the left, each for itself, let the partner go to H with probability $q$. Light pays 1 for certain, heavy
# $2q - 2(1 - q) = 4q - 2$. So heavy is better if $q$ is above 3/4. In the middle it is enough that $q$ is above 1/2, on
# the right 3/8 (by the same sum): the more is shared, the less a worker risks at H.
#
# Now let the black box learn the real game.

# %%
predict("4.b")

# %% [markdown]
# (You need not follow the next two cells: they train 100 pairs at each of four positions of the dial, for 10,000 steps.
# Then every pair is scored by what the *team* earns, whatever it was paid.)


# %%
def train_workers(team_share):
    game = environments.Dispatch(team_share=team_share).to_tabular()  # as tables it plays faster
    alpha, explore = linear_schedule(0.1, 0.01, 10_000), linear_schedule(1.0, 0.05, 6_000)
    workers = IQL(game, alpha=alpha, gamma=0.9, epsilon=explore)
    train(game, workers, steps=10_000, runs=100, rng=np.random.default_rng(0))
    return workers


# %%
trained = {f"team share {share}": train_workers(share) for share in (0.0, 0.5, 0.75, 1.0)}
dispatch = environments.Dispatch()
scores = {name: scoreboard.score_learner(pair, dispatch, 100) for name, pair in trained.items()}

# %%
plotting.plot_scores(scores, exact=scoreboard.DISPATCH_BESTS)

# %%
predict("4.b", reveal=True)

# %% [markdown]
# Each dot is a pair of workers, each bar the 95 % interval of a mean. Paid for themselves, nearly all pairs give up the
# heavy tasks: hardly a dot lies beyond the best that is possible without them. The more is shared, the better the team:
# from a mean score of about 42 to about 70.
#
# Watch two of these pairs on the same luck: the middle one of the hundred that were paid for themselves, and the middle
# one of those who were paid as a team. Both films count what the team earns. (You need not follow the function, which
# takes that pair out.)


# %%
def middle_pair(name):
    """Return the pair with the median score, which tries nothing out any more."""
    best_actions = trained[name].q_table[scores[name].argsort()[50]].argmax(axis=-1)  # (N, S)
    return FixedPolicy(np.eye(3)[best_actions])


paid_alone, paid_as_team = middle_pair("team share 0.0"), middle_pair("team share 1.0")
plotting.watch(dispatch, {"each for itself": paid_alone, "as a team": paid_as_team})

# %% [markdown]
# The left pair leaves the heavy tasks alone. Are their interests opposed? Compute, exactly, what each would earn *for
# itself* under the best policy of lesson 03, and under the best without heavy tasks. (`evaluate_joint_policy` does what
# `team_values` did there, for each worker's own reward.)

# %% tags=["nbval-check-output"]
for_team, for_itself = dispatch.to_tabular(), environments.Dispatch(team_share=0.0).to_tabular()
light_only = np.zeros((18, 3, 3), dtype=bool)
light_only[:, :2, :2] = True
for name, allowed in {"best policy": True, "without heavy tasks": light_only}.items():
    plan = solvers.value_iteration(for_team, gamma=0.9, allowed=allowed)  # as in lesson 03
    policy = deterministic_joint_policy(plan.joint_actions, 3)
    own_values = solvers.evaluate_joint_policy(for_itself, policy, gamma=0.9)  # (N, S)
    print(f"{name}: each earns for itself", own_values.mean(axis=1).round(1))

# %% [markdown]
# *Each* of them would earn much more by going to H together. So it is not that their interests are opposed: it is the
# **risk** of standing there alone, which a selfish worker pays for itself.
#
# Sharing does not solve everything. Even at $w = 1$ the mean is far from 100, and the pairs differ widely. Why, and what
# helps, is the subject of lessons 06 to 08.

# %% [markdown]
# ## What we saw
#
# - **What you pay decides what you get**: the same workers are selfish or a team, depending on what they are paid.
# - Cooperative, competitive, mixed: look at every cell. In a mixed game, ask for greed (T > R) and fear (P > S).
# - A team reward plus bonuses for own actions has a **potential**: improving in turns always comes to rest, not always
#   in a good place.
# - Selfish workers failed by risk, not by opposed interests.
#
# Next: [competition](05_competition.ipynb), where interests really are opposed.

# %% [markdown]
# ## Sources
#
# - D. Monderer and L. Shapley, "Potential games", Games and Economic Behavior 1996: the potential.
# - M. Macy and A. Flache, "Learning dynamics in social dilemmas", PNAS 2002: R, S, T, P, fear and greed.
# - J. Leibo et al., "Multi-agent reinforcement learning in sequential social dilemmas", AAMAS 2017: dilemmas of
#   learners.
# - I. Conjeaud, "Spontaneous coupling of Q-learning algorithms in equilibrium", 2023, after M. Banchio and G.
#   Mantegazza: learners who cooperate because they learn only from what they play.
# - The team reward with a bonus is that of the article "Multi-Agent Reinforcement Learning for Task Optimization:
#   Agents That Improve Together" (CallSphere).
