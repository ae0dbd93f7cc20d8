# %% [markdown]
# # 08 · Coordination
#
# After this lesson you can
#
# - show with numbers what learning beside a partner who explores does to the value of an action;
# - write the learners that believe good news more than bad, and say what they come to believe;
# - judge a success rate by the schedule behind it.
#
# About 58 minutes. You need [lesson 01](01_games.ipynb) (climbing, action values), [lesson 03](
# 03_the_best_a_team_can_do.ipynb) (dispatch) and [lesson 06](06_independent_q_learning.ipynb) (`IQL`).

# %%
from marl_lessons import exercise, hint, predict, scoreboard, solution, train
from marl_lessons import environments, games, plotting
from marl_lessons.learners import FMQ, IQL, DistributedQ, HystereticQ, LenientQ
from marl_lessons.policies import epsilon_greedy, linear_schedule

import numpy as np

# %% [markdown]
# ## Climbing once more
#
# In *climbing* both agents always receive the same payoff, and neither sees what the other one does. (a, a) pays most.
# A hundred teams of independent Q-learners play it 2,000 times. The probability ε of a random action falls from 1 to 0
# over the first 1,600 plays. No state follows, so the target is the payoff itself (γ = 0).


# %%
def train_teams(learner, game, plays=2_000):
    """Let 100 teams learn a payoff table; return the joint action at which each ends, (100, 2)."""
    rng = np.random.default_rng(0)
    train(game, learner, steps=plays, runs=100, rng=rng)
    only_state = np.zeros((100, 2), dtype=int)  # a payoff table has one state, called 0
    return learner.act(only_state, rng, explore=False)


# %%
climbing = games.climbing()
fading = linear_schedule(1.0, 0.0, 1_600)  # epsilon at each play
alone = IQL(climbing, alpha=0.1, gamma=0.0, epsilon=fading)
ends = train_teams(alone, climbing)
plotting.plot_outcomes(climbing, ends, "Nearly all of 100 teams end at (c, c), none at (a, a).")

# %% [markdown]
# None finds the 11. In lesson 01 you saw why that may be: to agent 0, beside a partner who plays at random, a is worth
# −6.33, b −5.67 and c 1.67. (To agent 1: −6.33, −7.67 and 3.67, c best as well.) Learners begin at random. So both
# learn to prefer c before they know anything about each other.
#
# An action that is best *together* looks bad beside a partner who is still trying things. This is called **relative
# overgeneralization**.
#
# But (c, c) is not even an equilibrium: beside c, agent 0 would earn 6 with b. Let them go on.

# %%
predict("8.a")

# %%
alone.epsilon = 0.1  # the same teams, with all that they have learned; run twice, they learn on
ends = train_teams(alone, climbing, plays=10_000)
same = [(ends == action).all(axis=1).sum() for action in range(3)]
plotting.plot_outcomes(climbing, ends, "Teams at (a, a), (b, b), (c, c): {}, {}, {}.".format(*same))

# %%
predict("8.a", reveal=True)

# %% [markdown]
# What is each action of agent 0 worth beside a partner who prefers c and explores with ε = 0.1? `epsilon_greedy` turns
# action values into probabilities, and `@` averages, as in exercise 1.2.

# %% tags=["nbval-check-output"]
partner = epsilon_greedy(np.array([0.0, 0.0, 1.0]), 0.1)  # it prefers c
print("the partner's policy:", partner.round(3))
print("a, b and c are worth", (climbing.payoffs[0] @ partner).round(2))

# %% [markdown]
# On average b is a little better than c. But look at how it comes: mostly 6, and once in thirty plays −30. If b is
# valued at 6, one −30 moves it by 0.1 · (−30 − 6) = −3.6. Now c looks better again, and b is tried only once in thirty
# plays. So at any time most teams are at (c, c), and a few on a visit at (b, c). (The thin lines at the bars are 95 %
# intervals.)
#
# Trying again is not enough, then, as long as the partner explores.

# %% [markdown]
# ## Other games, same learners
#
# Is climbing a special case? In *penalty*, (a, a) and (c, c) pay 10, (b, b) pays 2, and (a, c) and (c, a) pay $k$. In
# the *stag hunt* a hare pays 2 to whoever hunts it, and the stag 4 to each if both do, and
# nothing to one alone (the two boxes of lesson 06 under another name).

# %% tags=["nbval-check-output"]
questions = {
    "penalty, k = -10: reach 10": (games.penalty(-10), [(0, 0), (2, 2)]),
    "penalty, k = -100: reach 10": (games.penalty(-100), [(0, 0), (2, 2)]),
    "stag hunt: hunt the stag": (games.stag_hunt(2), [(0, 0)]),
}
for question, (game, wanted) in questions.items():
    ends = train_teams(IQL(game, alpha=0.1, gamma=0.0, epsilon=fading), game)
    share = sum((ends == cell).all(axis=1).mean() for cell in wanted)
    print(f"{question}: {share:.0%} of 100 teams")

# %% [markdown]
# (Other seeds move these shares by up to 10 points.) In penalty the price
# decides: at −10 most teams reach 10, at −100 none. But the price is not all. A stag missed costs only a hare, and yet
# most teams leave it: beside a partner who tosses a coin, the stag is worth (4 + 0)/2 = 2, no more than the hare.

# %% [markdown]
# ## Good news and bad news
#
# A −30 is no fault of action a, nor of b: the partner was exploring. So believe good news more than bad, as an
# **optimist** does:
#
# $$Q \leftarrow Q + \begin{cases} \alpha\,(y - Q) & \text{if } y > Q \\ \beta\,(y - Q) & \text{else} \end{cases} \qquad \beta < \alpha$$
#
# - $Q$: the value of the action just taken;  $y$: its target, here the payoff;  $y - Q$: the **news**;
# - $\alpha$: the step size for good news;  $\beta$: the smaller one for bad news (in lesson 04 β was a bonus).
#
# That is **hysteretic** Q-learning (Matignon et al. 2007). A tool: `np.where(news > 0, this, that)` takes `this` where
# the news is good, and `that` elsewhere, entry by entry.
#
# ### Exercise 8.1 · Good news and bad news


# %%
@exercise("8.1")
def move_hysteretically(q_values, targets, alpha, beta):
    """Return the values after one hysteretic step.

    q_values, targets: arrays of one shape, of any number of axes, of whole numbers or decimals.
    alpha: step size for good news, up to 1.  beta: for bad news, from 0 to below alpha.
    Returns a new array of that shape.

    Example: values [0, 0], targets [10, -10], alpha 0.1 and beta 0.01 give [1, -0.1].
    """
    # BEGIN SOLUTION
    news = targets - q_values
    return q_values + np.where(news > 0, alpha, beta) * news
    # END SOLUTION


# %% [markdown]
# A learner from it: the class takes everything from `IQL` but how a value moves. `chosen` picks the entries of the
# actions just taken; you need not follow how.


# %% tags=["nbval-check-output"]
class MyOptimists(IQL):
    """Independent Q-learning that moves by move_hysteretically."""

    def move(self, chosen, targets, alpha, rng):
        old = self.q_table[chosen]  # (teams, 2)
        self.q_table[chosen] = move_hysteretically(old, targets, alpha, 0.1 * alpha)


ends = train_teams(MyOptimists(climbing, alpha=0.1, gamma=0.0, epsilon=fading), climbing)
print(f"{(ends == 0).all(axis=1).mean():.0%} of 100 hysteretic teams end at (a, a)")

# %% [markdown]
# ## Why that works
#
# Follow the value of action a beside a random partner: it meets 11, −30 or 0, each with probability 1/3. How far does
# one play move it, on average?
#
# $$\text{expected move} = \sum_b \pi(b)\; \alpha_b\, \big(r(b) - Q\big), \qquad \alpha_b = \alpha \text{ if } r(b) > Q, \text{ else } \beta$$
#
# - $b$: each of the partner's actions in turn;  $\pi(b)$: its probability;
# - $r(b)$: what our action pays beside it;  $\alpha_b$: the step size of that news.
#
# By hand, from $Q = 0$ with α = 0.1: with β = α it moves by (1.1 − 3 + 0)/3 = −0.63, down. With β = 0.01 by
# (1.1 − 0.3 + 0)/3 = +0.27, up.
#
# ### Exercise 8.2 · Up or down?


# %%
@exercise("8.2")
def expected_move(value, payoffs, partner_policy, alpha, beta):
    """Return how far one play moves the value of an action, on average.

    value: a number, Q now.
    payoffs: (B,), what the action pays beside each of the partner's actions.
    partner_policy: (B,), the probability of each of these.  alpha, beta: as in 8.1.
    Returns a number.

    Example: value 0, payoffs [10, -10], policy [0.5, 0.5], alpha 0.1 and beta 0.01 give 0.45.
    """
    # BEGIN SOLUTION
    news = payoffs - value
    return partner_policy @ (np.where(news > 0, alpha, beta) * news)
    # END SOLUTION


# %% [markdown]
# Now let a value go where it is pulled, until it rests: there its expected move is zero. Double both α and β, and every
# move doubles; one of zero stays zero. So only the ratio β/α counts. We let `settle` find the place for each action and
# 40 ratios.


# %%
def settle(payoffs, ratio):
    """Return where a value rests if these payoffs are equally likely; beta is ratio times alpha."""
    value, chances = 0.0, np.full(len(payoffs), 1 / len(payoffs))
    for _ in range(150):
        value += expected_move(value, payoffs, chances, 0.5, 0.5 * ratio)
    return value


# %%
ratios, rests = np.arange(0.0, 1.0, 0.025), {}
for action in range(3):
    payoffs = climbing.payoffs[0, action]
    rests[f"action {'abc'[action]}"] = np.array([settle(payoffs, ratio) for ratio in ratios])
words = "Action a looks best of the three if β/α is below 0.2, and worst if it is above 0.25."
plotting.plot_curves(ratios, rests, "β/α", "value beside a random partner", words)

# %% [markdown]
# At the right, β = α: plain Q-learning, and to agent 0 a looks worst. At the left, bad news is ignored. **The more bad
# news an agent ignores here, the better its best joint action looks**: below β = 0.2 α (for agent 1, whose curves are
# not drawn, 0.14 α), a is on top, beside the very same partner. The hysteretic teams above had β = 0.1 α.
#
# The values themselves are too high, of course. An optimist does not know what to expect of its actions, only what they
# can bring.

# %% [markdown]
# ## A ladder of optimism
#
# There are more ways to be an optimist:
#
# - **IQL** believes everything alike;
# - **hysteretic** learners give bad news little weight;
# - **lenient** learners ignore nearly all of it at first, and less with each time they have taken the action (Panait et
#   al. 2006, Wei & Luke 2016); after a number of times with an action, which we choose, they *forgive half*: ignore half
#   of its bad news;
# - **distributed** learners believe the best that ever happened (Lauer & Riedmiller 2000);
# - **FMQ** (*frequency maximum Q*) adds a bonus for how *often* an action brought its best (Kapetanakis & Kudenko
#   2002).
#
# (Their equations are in the module: `help(LenientQ)`, `help(DistributedQ)`, `help(FMQ)`. How `make_ladder` builds the
# five need not be followed.)


# %%
def make_ladder(game, epsilon, half_after, alpha=0.1, beta=0.01, gamma=0.0):
    """Return five learners; beta is for the hysteretic, half_after (times) for the lenient ones."""
    decay = (np.log(2) / 50) ** (1 / half_after)  # of a temperature, see help(LenientQ)
    return {
        "IQL": IQL(game, alpha, gamma, epsilon),
        "hysteretic": HystereticQ(game, alpha, beta, gamma, epsilon),
        "lenient": LenientQ(game, alpha, gamma, epsilon, start_temperature=50, decay=decay),
        "distributed": DistributedQ(game, gamma, epsilon),
        "FMQ": FMQ(game, alpha, gamma, epsilon),
    }


# %% [markdown]
# All five play climbing 1,000 times; the lenient ones forgive half after 500. The slider says for which share of the
# plays ε falls from 1 to 0; after that nobody explores. Move it to 0.6, to 0.2 and to 0. Each drawing takes about a
# second. (Thin lines: 95 % intervals.)


# %%
def draw_ladder(share_explored):
    epsilon = linear_schedule(1.0, 0.0, max(1, int(1_000 * share_explored)))
    found = {}
    for name, learner in make_ladder(climbing, epsilon, half_after=500).items():
        found[name] = (train_teams(learner, climbing, plays=1_000) == 0).all(axis=1)
    words = ", ".join(f"{name} {reached.mean():.0%}" for name, reached in found.items())
    return plotting.plot_rates(found, "share of 100 teams at (a, a)", f"At (a, a): {words}.")


plotting.show_live(draw_ladder, share_explored=(0.0, 1.0, 0.1, 0.8))

# %% [markdown]
# - At 0.8 hysteretic and distributed teams and FMQ mostly find 11, and IQL never does.
# - By 0.6 lenient teams rise from few to nearly all. They take a most, so their leniency with a runs out first; now
#   exploring ends before that.
# - At 0.2 only distributed teams stay at the top.
# - At 0 nobody explores. All five find 11 in one team of four to seven, IQL too: by luck. They keep the first joint
#   action that pays.
#
# **A success rate means nothing without its schedule.** When a paper says "method X finds the optimum in 90 % of
# the runs", ask how long and how it explored.

# %% [markdown]
# ## Payoffs by lot
#
# Now chance has a hand in the payoffs. In *partially stochastic climbing* (b, b) pays 14 or 0, half of the time each.
# In *fully stochastic climbing* every cell pays one of two numbers, (b, b) again 14 or 0. All means are those of
# climbing, so (a, a) is still best.

# %%
predict("8.b")

# %% tags=["nbval-check-output"]
lots = {"one cell": games.partially_stochastic_climbing(), "all cells": games.stochastic_climbing()}
for version, game in lots.items():
    print(f"{version} by lot  (a, a)  (b, b)")
    for name, learner in make_ladder(game, fading, half_after=1_200).items():
        ends = train_teams(learner, game)
        at_a, at_b = [(ends == action).all(axis=1).mean() for action in (0, 1)]
        print(f"{name:>16}  {at_a:6.0%}  {at_b:6.0%}")

# %%
predict("8.b", reveal=True)

# %% [markdown]
# Who believes the best that ever happened falls for the 14, every time: **luck looks like skill**. FMQ asks how often
# the best came, and one lucky cell hardly fools it. Most hysteretic teams hold out there too. Where everything is by
# lot, both mostly fail. With partner and lot both averaged, no ratio β/α makes a look best: an optimism that never
# changes cannot tell a bad partner from bad luck.
#
# One that *fades* can: lenient teams forgive nearly everything while partners explore, and less as they learn. But the
# pace has to fit. Put 400 in place of 1_200 and run the cell again: few lenient teams end at (a, a), in either game.

# %% [markdown]
# ## Agree on one of two
#
# The boldest optimist, the distributed learner, needs one thing more. In penalty with $k = -100$ two joint actions pay
# 10. If both agents know that a *and* c brought 10, and each picks one of them, they miss each other half of the time.
# So the rule of Lauer and Riedmiller: **intend one action, and change your mind only for something better**, never for
# something as good.
#
# ### Exercise 8.3 · Change your mind only for something better
#
# Write it for one of the two agents, in R runs at once. `q_values.max(axis=1)` is the largest number of each row.


# %%
@exercise("8.3")
def change_mind(policy, q_values, actions, payoffs):
    """Return what each run intends to play from now on.

    policy: (R,), the action that each run has intended so far.
    q_values: (R, A), the best payoff that each action has brought so far, before this play.
    actions: (R,), what each run just played.  payoffs: (R,), what that paid.
    Returns an array (R,): the action just played where it paid more than all of that run's values,
    elsewhere the old policy.

    Example: policy [0, 0], values [[10, 2], [10, 2]], actions [1, 1], payoffs [10, 12] give [0, 1].
    """
    # BEGIN SOLUTION
    is_better = payoffs > q_values.max(axis=1)
    return np.where(is_better, actions, policy)
    # END SOLUTION


# %% tags=["nbval-check-output"]
penalty = games.penalty(-100)
bold = DistributedQ(penalty, 0.0, fading)
bold.intend = change_mind  # for both agents of a hundred teams
# With alpha 1 and beta 0 it believes the best that ever happened as well, and has no rule.
without = HystereticQ(penalty, alpha=1.0, beta=0.0, gamma=0.0, epsilon=fading)
for name, learner in {"with the rule": bold, "without": without}.items():
    ends = train_teams(learner, penalty)
    know = ((learner.q_table == 10).sum(axis=-1) == 2).mean()  # of each agent's three values
    reach = ((ends == 0).all(axis=1) | (ends == 2).all(axis=1)).mean()
    print(f"{name}: {know:.0%} of agents know two actions worth 10, {reach:.0%} of teams get 10")

# %% [markdown]
# The values are the same, and without the rule half of the teams miss each other. With it, both agents change their
# minds at the same plays, because both receive the same payoffs.

# %% [markdown]
# ## And in the dispatch game?
#
# Going to H looks bad while the partner goes there only at times: the same trap. All learners get the same 10,000
# steps, with the same ε and, but for the distributed ones, which have none, the same step size α. (The lenient ones
# forgive half after 5,000 times. That was found by trying: after 200 times, they do worse than IQL.)
#
# Where two tasks wait at A, two at B and one at H, the best team meets at H (lesson 03). Who dares to?

# %%
dispatch = environments.Dispatch()
tables = dispatch.to_tabular()  # the same game as tables: it plays faster
alpha, beta = linear_schedule(0.2, 0.02, 10_000), linear_schedule(0.02, 0.002, 10_000)
epsilon = linear_schedule(1.0, 0.05, 6_000)
workers = make_ladder(tables, epsilon, 5_000, alpha, beta, gamma=0.9)

# %% tags=["nbval-check-output"]
full = np.full((40, 2), tables.state_names.index("a=2 b=2 h=1"))  # what 40 teams see: all is full
scores = {}
for name, learner in workers.items():
    train(tables, learner, steps=10_000, runs=40, rng=np.random.default_rng(0))
    scores[name] = scoreboard.score_learner(learner, dispatch, runs=40)
    meet = (learner.policies(full).argmax(axis=2) == 2).all(axis=1).mean()  # action 2: go to H
    print(f"{name}: score {scores[name].mean():.0f}, {meet:.0%} of 40 teams meet at H")

# %%
plotting.plot_scores(scores, exact=scoreboard.DISPATCH_BESTS)

# %% [markdown]
# (Each dot is a team, each bar the 95 % interval of a mean.) New lines on our scoreboard, after 10,000 steps: IQL
# reaches about ⟦75±4 after "IQL: score"⟧ of 100, hysteretic teams about ⟦87±2 after "hysteretic: score"⟧ with one line
# changed, lenient ones as much, and who believes the best that ever happened ⟦98±1 after "distributed: score"⟧. FMQ,
# made for payoff tables, gains nothing here. To believe the best does no harm here: the luck of arrivals does not
# depend on what the workers do, so it flatters all actions alike. In climbing by lot, luck sat in one cell.
#
# Watch the first of the IQL teams beside the first of the distributed ones, on the same shift and the same luck. What
# does each do when a heavy task waits?

# %%
teams = {"IQL": workers["IQL"], "distributed": workers["distributed"]}
plotting.watch(environments.Dispatch(horizon=8), teams, runs=40, run=0)

# %% [markdown]
# The distributed team meets at H whenever a heavy task waits. This IQL team does so only while A is not full; else both
# workers go to A, which pays 2 for certain. In eight steps it earns 21, the distributed team 26. So a learner no
# heavier than IQL nearly solves our dispatch game, if it is the right kind of optimist.

# %% [markdown]
# ## What we saw
#
# - A good joint action looks bad beside a partner who explores, and trying it again does not help while that goes on.
# - Optimism repairs it, with enough exploring. It changes what an action looks like, not what the partner does.
# - An optimist who never stops takes luck for skill. Which optimist wins depends on where the luck of the game sits,
#   and on the schedules.
#
# Learning alone has found good answers here, with settings that fit the game. Lessons 11 and 12 train the team
# together, for what learning alone cannot do. Next: [reward shaping](09_reward_shaping.ipynb), which leaves the
# learners as they are and helps them by what they are paid.

# %% [markdown]
# ## Sources
#
# - Claus & Boutilier 1998: climbing and penalty.
# - Matignon, Laurent & Le Fort-Piat 2007 and 2012: hysteretic learning; the comparison of independent learners.
# - Panait, Sullivan & Luke 2006; Wei & Luke 2016; Palmer et al. 2018: leniency. Wei and Luke's learners explore by
#   their temperature, which falls from 50 by 0.995 a visit; ours explore by ε, so that all have the same schedule.
# - Lauer & Riedmiller 2000: distributed Q-learning and its rule for changing one's mind.
# - Kapetanakis & Kudenko 2002: FMQ, and climbing by lot.
# - Newey & Powell 1987: the value at which good and bad news weigh equally; they call it an *expectile*.
