# %% [markdown]
# # 02 · Reward structures
#
# After this lesson you can
#
# - tell cooperative, competitive and mixed games apart, and name a social dilemma from four payoffs;
# - say what a policy guarantees against an opponent, and how much of it can be exploited;
# - predict what selfish, shared and mixed rewards make of the same workers.
#
# About 90 minutes; a good place to pause is before *Competition*. You need [lesson 01](01_markov_games.ipynb).

# %%
from marl_lessons import exercise, hint, predict, scoreboard, solution, train
from marl_lessons import environments, games, plotting
from marl_lessons.learners import IQL
from marl_lessons.policies import linear_schedule
from marl_lessons.solvers import dynamics, zero_sum

import numpy as np

# %% [markdown]
# ## Three structures
#
# Whoever designs a team of agents writes down what each of them is paid. That choice, the **reward structure**, decides
# what they will do, more than any algorithm does. There are three kinds:
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
# Name the structure of a game with any number of agents. One tool: `payoffs[0]` compared with `payoffs` compares agent
# 0 with every agent at once. One trap: computers round fractions, so compare numbers with `np.allclose(x, y)`, not
# `==`.


# %%
@exercise("4.1")
def name_structure(payoffs):
    """Name the reward structure of a game.

    payoffs: array (N, A_1, …, A_N): agent, then the action of each agent. Two agents or more, not all payoffs 0.
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
for game in (games.climbing(), games.rock_paper_scissors(), games.stag_hunt(), games.permutation(3)):
    print(f"{game.name}: {name_structure(game.payoffs)}")

# %% [markdown]
# ## Team reward plus individual bonus
#
# Most practical systems mix: a reward for the team, and something for each agent. A common way is to add them up:
#
# $$r_i(a) = R(a) + b_i(a_i)$$
#
# - $R(a)$: the team's reward for the joint action, the same for all;
# - $b_i(a_i)$: a bonus that depends on agent $i$'s own action only.
#
# The drift game of lesson 01 is built like that. It is one way to mix among many, and it has a property that mixed
# games need not have.

# %%
team_reward = np.array([[4.0, 0.0], [0.0, 1.0]])
bonus_0, bonus_1 = np.array([0.0, 2.0]), np.array([0.0, 5.0])  # both like their second action
with_bonus = games.MatrixGame([team_reward + bonus_0[:, None], team_reward + bonus_1], "team reward + bonus", "ab")
plotting.plot_payoffs(games.common_payoff(team_reward, "team reward", "ab"), with_bonus)

# %% [markdown]
# Agent 1's bonus of 5 outweighs what the team can gain, so the equilibrium moves to (b, b), where the team earns 1
# instead of 4. A bonus is never just a bonus.
#
# ### Exercise 4.2 · One table for everybody's gains
#
# Find *one* table Φ ("phi", the **potential**) that tells both agents' gains: when an agent changes its action alone, Φ
# changes by exactly as much as that agent's own reward.


# %%
@exercise("4.2")
def potential(team_reward, bonus_0, bonus_1):
    """Return a potential of the game r_i = team reward + own bonus.

    team_reward: array (A, B), for the row of agent 0 and the column of agent 1.
    bonus_0: array (A,), agent 0's bonus for each row.  bonus_1: array (B,), agent 1's for each column.
    Returns an array (A, B). Adding a constant to all its entries changes nothing.

    Example: for the game above, from (a, a) to (b, a), agent 0's reward falls from 4 to 2, so the table falls by 2.
    """
    # BEGIN SOLUTION
    return team_reward + bonus_0[:, None] + bonus_1
    # END SOLUTION


# %% tags=["nbval-check-output"]
print(potential(team_reward, bonus_0, bonus_1))
print("does any potential exist? here:", games.find_potential(with_bonus) is not None, end="; ")
print("in matching pennies:", games.find_potential(games.matching_pennies()) is not None)

# %% [markdown]
# ## What a potential is good for
#
# Let agents improve in turns: whoever is next picks a best response to what the other does now. In matching pennies
# that never ends. And with a team reward plus bonuses?


# %%
def improve_in_turns(payoffs, turns):
    """Let each pair improve, payoffs (G, 2, A, A); return which pairs moved at each turn, True or False (G, turns)."""
    pairs = np.arange(len(payoffs))  # (G,)
    actions = np.zeros((2, len(payoffs)), dtype=int)  # both agents of every pair begin with action 0
    moved = []
    for turn in range(turns):
        agent = turn % 2
        # For each pair, its agent's payoffs for all own actions against what the other one does now: (G, A).
        values = payoffs[pairs, 0, :, actions[1]] if agent == 0 else payoffs[pairs, 1, actions[0], :]
        improves = values.max(axis=1) > values[pairs, actions[agent]]
        actions[agent] = np.where(improves, values.argmax(axis=1), actions[agent])
        moved.append(improves)
    return np.array(moved).T  # (G, turns)


# %%
predict("4.a")

# %%
rng = np.random.default_rng(0)
pairs = 1_000
common, own_0, own_1 = rng.normal(size=(pairs, 3, 3)), rng.normal(size=(pairs, 3, 1)), rng.normal(size=(pairs, 1, 3))
team_plus_bonus = np.stack([common + own_0, common + own_1], axis=1)  # (G, 2, 3, 3)
unrelated = rng.normal(size=(pairs, 2, 3, 3))
pennies = np.stack([games.matching_pennies().payoffs] * pairs)
kinds = {"team reward + bonus": team_plus_bonus, "unrelated payoffs": unrelated, "matching pennies": pennies}
moved = {name: improve_in_turns(payoffs, turns=24) for name, payoffs in kinds.items()}

# %%
plotting.plot_curves(
    np.arange(1, 25),
    {name: still_moving.astype(float) for name, still_moving in moved.items()},
    "turn",
    "share of 1,000 pairs that move",
    "With a team reward plus bonuses all pairs come to rest; with unrelated payoffs some never do, in matching pennies all go on for ever.",
)

# %%
predict("4.a", reveal=True)

# %% tags=["nbval-check-output"]
for name, still_moving in moved.items():
    print(f"{name}: {still_moving[:, -2:].any(axis=1).mean():.3f} of the pairs still move at the end")

# %% [markdown]
# Shaded: 95 % bootstrap interval over the pairs. (In matching pennies agent 0 has nothing to improve at the first turn:
# it already wins.) Where there is a potential, every improvement raises Φ, and Φ cannot rise for ever. So everybody
# comes to rest, in an equilibrium, though not always in a good one. Without a potential some pairs chase each other for
# ever.

# %% [markdown]
# ## Social dilemmas
#
# In many games each agent can *cooperate* (C) or *defect* (D), and four numbers say it all:
#
# | | the other cooperates | the other defects |
# |---|---|---|
# | **I cooperate** | R (reward) | S (sucker) |
# | **I defect** | T (temptation) | P (punishment) |
#
# Two questions decide: is there **greed**, T > R? Is there **fear**, P > S?
#
# | | no fear: S > P | fear: P > S |
# |---|---|---|
# | **no greed: R > T** | harmony | stag hunt |
# | **greed: T > R** | chicken | prisoner's dilemma |
#
# All four want R > P. Where P > R and both answers are yes, it is a **deadlock**: both defect, and need not regret it.

# %% [markdown]
# ### Exercise 4.3 · Which dilemma is it?
#
# Write the table as code. You may assume that all four payoffs differ, and that P > R only where both answers are yes.


# %%
@exercise("4.3")
def name_dilemma(R, S, T, P):
    """Name the game by the order of its payoffs.

    R, S, T, P: plain numbers (int or float), all different.
    Returns "harmony", "stag hunt", "chicken", "prisoner's dilemma" or "deadlock".

    Example: 3, 0, 5, 1 is a prisoner's dilemma.
    """
    # BEGIN SOLUTION
    greed, fear = T > R, P > S
    if greed and fear:
        return "prisoner's dilemma" if R > P else "deadlock"
    if greed:
        return "chicken"
    return "stag hunt" if fear else "harmony"
    # END SOLUTION


# %% [markdown]
# ## A bonus for defecting
#
# Two workers who cooperate earn 1 each. If one of them slacks off, both get 0.7; if both do, 0.45. Now somebody pays a
# bonus $b$ for slacking off: $T = 0.7 + b$ and $P = 0.45 + b$. A single number turns one game into another.

# %% tags=["nbval-check-output"]
for bonus in (0.1, 0.27, 0.35, 0.6):
    (R, S), (T, P) = games.defection_bonus(bonus).payoffs[0].tolist()
    print(f"b = {bonus}: R = {R:.2f}  S = {S:.2f}  T = {T:.2f}  P = {P:.2f}  ->  {name_dilemma(R, S, T, P)}")

# %% [markdown]
# The module has a classifier too, `games.classify`, which says why. It uses the textbooks' words: *general-sum* for
# mixed, *common interest* for cooperative. And it found a potential: this dilemma is a team reward plus a bonus, too.

# %% tags=["nbval-check-output"]
for kind, reason in games.classify(games.defection_bonus(0.35)).items():
    print(f"{kind}: {reason}")

# %% [markdown]
# Learners by trial and error come in lesson 03. Here they are a black box: each agent tries its two actions, keeps
# track of what each one pays on average, and explores less and less. They know nothing of each other.

# %%
predict("4.b")


# %%
def learn_pairs(game, pairs, plays=2_000):
    """Let pairs of independent learners play a game many times; return where each pair ends, (pairs, 2)."""
    rng = np.random.default_rng(1)
    learners = IQL(game, alpha=0.1, gamma=0.0, epsilon=linear_schedule(1.0, 0.0, int(0.8 * plays)))
    train(game, learners, steps=plays, runs=pairs, rng=rng)
    return learners.act(np.zeros((pairs, 2), dtype=int), rng, explore=False)


def draw_dilemma(bonus_b):
    game = games.defection_bonus(bonus_b)
    (R, S), (T, P) = game.payoffs[0].tolist()
    game.name = f"b = {bonus_b:.2f}: {name_dilemma(R, S, T, P)}"
    ends = learn_pairs(game, pairs=200)
    cooperating = (ends == 0).all(axis=1).mean()
    return plotting.plot_outcomes(game, ends, f"{game.name}. {cooperating:.0%} of 200 pairs end by cooperating.")


plotting.show_live(draw_dilemma, bonus_b=(0.02, 0.7, 0.03, 0.35))

# %%
predict("4.b", reveal=True)

# %% [markdown]
# Move the slider slowly. Below 0.25 there is harmony, and everybody cooperates. From 0.25 to 0.30 it is a stag hunt:
# two equilibria (two frames), and most pairs still find the good one. From 0.30 to 0.55 it is a prisoner's dilemma, and
# cooperation collapses: about a third of the pairs at 0.32, hardly any at 0.35, although it pays both more. Above 0.55
# it is a deadlock.
#
# The bars carry a 95 % interval. Nothing about the learners changed, only what they are paid.

# %% [markdown]
# ## The same workers, paid differently
#
# Back to the dispatch game. Each worker earns something itself: its light task, half of a heavy task, or the whole loss
# of going to H alone. The *team's* reward is the sum. A dial $w$ mixes the two:
#
# $$r_i = w \sum_j \text{own}_j + (1 - w)\, \text{own}_i$$
#
# At $w = 0$ each worker is selfish, at $w = 1$ both get the team's whole reward (the sum, not half of it), and between
# them rewards are mixed.

# %% [markdown]
# ### Exercise 4.4 · From selfish to team


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
# Look at one step with full queues. Each worker serves its own light queue or goes to H. `mix_rewards` turns what they
# earn themselves into payoffs, for each position of the dial.


# %%
def step_game(team_share):
    """Return the payoffs of one dispatch step with full queues: light or heavy, for both workers."""
    own = np.array(
        [[1.0, 1.0], [1.0, -2.0], [-2.0, 1.0], [2.0, 2.0]]
    )  # light-light, light-heavy, heavy-light, heavy-heavy
    payoffs = mix_rewards(own, team_share).T.reshape(2, 2, 2)
    return games.MatrixGame(payoffs, f"team share {team_share}", ("light", "heavy"))


plotting.plot_payoffs(step_game(0.0), step_game(0.5), step_game(1.0))

# %% tags=["nbval-check-output"]
for team_share in (0.0, 0.5, 1.0):
    (both_light, light_alone), (heavy_alone, both_heavy) = step_game(team_share).payoffs[0]
    # where heavy and light pay the same on average, as the crossing of the lines in lesson 01
    needed = (both_light - heavy_alone) / (both_light - heavy_alone + both_heavy - light_alone)
    print(f"team share {team_share}: go to H if the other one does with a probability above {needed:.3f}")

# %% [markdown]
# All three have the same two equilibria, a good and a careful one, as a stag hunt has. But a selfish worker needs to be
# ⟦75 % after "team share 0.0:"⟧ sure of its partner; with half of the reward shared ⟦50 % after "team share 0.5:"⟧; and with all of it ⟦37.5 % after "team share 1.0:"⟧. Now let them learn.

# %%
predict("4.c")


# %%
def team_scores(team_share, steps=10_000, runs=100):
    """Train independent learners and score them by what the *team* earns: 0 is random play, 100 the best possible."""
    game = environments.Dispatch(team_share=team_share).to_tabular()  # the same game as tables, which play faster
    alpha, epsilon = linear_schedule(0.1, 0.01, steps), linear_schedule(1.0, 0.05, int(0.6 * steps))
    learners, rng = IQL(game, alpha=alpha, gamma=0.9, epsilon=epsilon), np.random.default_rng(4)
    train(game, learners, steps=steps, runs=runs, rng=rng)
    return scoreboard.score_learner(learners, environments.Dispatch(), runs)  # (R,), by what the team earns


# %%
scores = {f"team share {share}": team_scores(share) for share in (0.0, 0.5, 0.75, 1.0)}
plotting.plot_scores(
    scores,
    "score of the team (0: random play, 100: best possible)",
    "The more of the reward is shared, the better the team: from about 42 for selfish workers to about 72 for a team.",
    exact={"best possible": 100, "best without heavy tasks": 45.9},
)

# %%
predict("4.c", reveal=True)

# %% tags=["nbval-check-output"]
for name, values in scores.items():
    low, high = plotting.bootstrap_interval(values)
    print(f"{name}: {values.mean():.1f} (95 % interval {low:.1f} to {high:.1f})")

# %% [markdown]
# Each dot is a pair of workers. Paid for themselves, nearly all pairs give up the heavy tasks: no dot comes far beyond
# the best that is possible without them. The more is shared, the more of the heavy work gets done, by the same learners
# in the same world.
#
# Shared rewards do not solve everything. Even at $w = 1$ the mean is far from 100, and the pairs differ widely. Why,
# and what helps, is the subject of lesson 03.

