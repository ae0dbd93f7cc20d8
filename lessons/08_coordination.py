# %% [markdown]
# ## Climbing: alone into the valley
#
# With the habits cured, is learning alone enough? A hundred teams learn *climbing* from lesson 01, where (a, a) pays 11
# and −30 lies beside it.

# %%
predict("8.a")


# %%
def train_teams(learner, game, teams=100, plays=3_000):
    """Let teams learn a payoff table; return where each team ends, (teams, 2)."""
    rng = np.random.default_rng(2)
    train(game, learner, steps=plays, runs=teams, rng=rng)
    return learner.act(np.zeros((teams, 2), dtype=int), rng, explore=False)


fading = linear_schedule(1.0, 0.0, 2_400)  # epsilon falls to 0 over the first 80 % of the plays
ends = train_teams(IQL(climbing, alpha=0.1, gamma=0.0, epsilon=fading), climbing)
plotting.plot_outcomes(climbing, ends, "Of 100 independent teams none ends at (a, a); nearly all end at (c, c).")

# %%
predict("8.a", reveal=True)

# %% [markdown]
# Why not (a, a)? While the partner explores, a pays −6.33 on average, b −5.67 and c 1.67 (prediction 1.a). So both
# learn to prefer c, and sit at (c, c) when they stop exploring. That is not even an equilibrium: agent 0 would get 6
# with b. But b looked bad, and nobody tries it again. An action that is best *together* looks bad beside a partner who
# is still trying things: **relative overgeneralization**.
#
# In the dispatch game it is the same: going to H looks bad while the partner goes there only at times.

# %% [markdown]
# ## Other games, same learners
#
# Is that a special case? Try independent learners in four other games. In *penalty* two good joint actions, (a, a) and
# (c, c), pay 10 each, and mixing them up costs $k$. In the *stag hunt* the hare pays $x$ for certain.

# %%
questions = {
    "coordination: agree": (games.coordination(), [(0, 0), (1, 1)]),
    "penalty, k = -10: reach 10": (games.penalty(-10), [(0, 0), (2, 2)]),
    "penalty, k = -100: reach 10": (games.penalty(-100), [(0, 0), (2, 2)]),
    "stag hunt, x = 1: hunt the stag": (games.stag_hunt(1), [(0, 0)]),
    "stag hunt, x = 2: hunt the stag": (games.stag_hunt(2), [(0, 0)]),
    "stag hunt, x = 3: hunt the stag": (games.stag_hunt(3), [(0, 0)]),
    "prisoner's dilemma: cooperate": (games.prisoners_dilemma(), [(0, 0)]),
}

# %% tags=["nbval-check-output"]
for question, (game, wanted) in questions.items():
    ends = train_teams(IQL(game, alpha=0.1, gamma=0.0, epsilon=fading), game)
    print(f"{question}: {sum((ends == cell).all(axis=1).mean() for cell in wanted):.0%} of 100 teams")

# %% [markdown]
# (±10 % at most.) Where only agreeing counts, or a mistake is cheap, learning alone does well. Where a mistake is dear, it
# flees: from the good corners of penalty, and from the stag as soon as the hare is worth as much as the stag with a
# partner who tosses a coin ($x = 2$). And in the prisoner's dilemma it defects, as everybody who learns alone should.

# %% [markdown]
# ## Optimists
#
# The bad news about action a was no fault of the action: the partner was exploring. So believe good news more than bad:
#
# $$Q \leftarrow Q + \begin{cases} \alpha\,(y - Q) & \text{if } y > Q \\ \beta\,(y - Q) & \text{else} \end{cases} \qquad \beta < \alpha$$
#
# That is **hysteretic** Q-learning (Matignon et al. 2007).
#
# ### Exercise 8.1 · Good news and bad news


# %%
@exercise("8.1")
def move_hysteretically(q_values, targets, alpha, beta):
    """Return the values after one hysteretic step.

    q_values, targets: arrays of the same shape, of any number of axes, of whole numbers or decimals.
    alpha: step size for good news, up to 1.  beta: for bad news, from 0 to below alpha.
    Returns a new array of that shape.

    Example: values [0, 0], targets [10, -10], alpha 0.1 and beta 0.01 give [1, -0.1].
    """
    # BEGIN SOLUTION
    surprise = targets - q_values
    return q_values + np.where(surprise > 0, alpha, beta) * surprise
    # END SOLUTION


# %% [markdown]
# It is a ladder of optimism:
#
# - **IQL** believes everything alike;
# - **lenient** learners forgive bad news at first, and less and less (Wei & Luke 2016);
# - **hysteretic** learners give it little weight (Matignon et al. 2007);
# - **distributed** learners believe the best that ever happened (Lauer & Riedmiller 2000);
# - **FMQ** adds a bonus for how *often* an action gave its best (Kapetanakis & Kudenko 2002).
#
# The slider sets for which share of the 1,000 plays they explore, from 1 down to 0.


# %%
def make_ladder(game, epsilon):
    """Return the learners of the ladder."""
    return {
        "IQL": IQL(game, 0.1, 0.0, epsilon),
        "lenient": LenientQ(game, 0.1, 0.0, epsilon),
        "hysteretic": HystereticQ(game, 0.1, 0.01, 0.0, epsilon),
        "distributed": DistributedQ(game, 0.0, epsilon),
        "FMQ": FMQ(game, 0.1, 0.0, epsilon),
    }


def draw_ladder(share_explored):
    ladder = make_ladder(climbing, linear_schedule(1.0, 0.0, max(1, int(1_000 * share_explored))))
    found = {name: train_teams(learner, climbing, 100, 1_000) for name, learner in ladder.items()}
    rates = {name: (ends == 0).all(axis=1) for name, ends in found.items()}
    words = ", ".join(f"{name} {rate.mean():.0%}" for name, rate in rates.items())
    return plotting.plot_rates(rates, "share of 100 teams that end at (a, a)", f"Share that finds 11: {words}.")


plotting.show_live(draw_ladder, share_explored=(0.0, 1.0, 0.1, 0.8))

# %% [markdown]
# Optimists find 11 nearly always; IQL never does. But move the slider to the left: with little exploring only the
# distributed learners stay at the top. And at 0, without any exploring, all five find it in one of six to one of four
# teams, by luck, IQL too: they keep the first action that pays. **A success rate says little without its exploration
# schedule.** When a paper says "method X finds the optimum", ask for both.

# %% [markdown]
# ## Where luck looks like skill
#
# Now payoffs are drawn by lot. In *partially stochastic climbing* (b, b) pays 14 or 0, half of the time each; in *fully
# stochastic climbing* every cell pays one of two numbers. The means are those of before, so (a, a) is still best.

# %%
versions = {"(b, b) by lot": games.partially_stochastic_climbing(), "all by lot": games.stochastic_climbing()}
rates = {}
for version, game in versions.items():
    ladder = make_ladder(game, fading)
    rates[version] = {name: train_teams(ladder[name], game) for name in ("hysteretic", "distributed", "FMQ")}

# %% tags=["nbval-check-output"]
for version, by_learner in rates.items():
    for name, ends in by_learner.items():
        shares = [(ends == action).all(axis=1).mean() for action in (0, 1)]
        print(f"{version}, {name}: {shares[0]:.0%} end at (a, a), {shares[1]:.0%} at (b, b)")

# %% [markdown]
# Who believes the best that ever happened falls for the 14 at (b, b) every time. Where everything is by lot, all
# optimism fails: bad luck and a bad partner look alike from inside one table. Learning alone has an end here; lessons
# 05 and 06 take other ways.
#
# Shares of 100 teams: ±0.10 at most (95 %).

# %% [markdown]
# ## And in the dispatch game?
#
# Arrivals are by lot there, but what a joint action pays is not. Does optimism pay? The hysteretic teams train as long
# as IQL did, the distributed ones a third of that.

# %%
alpha, beta = linear_schedule(0.1, 0.01, 30_000), linear_schedule(0.01, 0.001, 30_000)
optimists = {
    "hysteretic": (HystereticQ(table, alpha, beta, gamma=0.9, epsilon=linear_schedule(1.0, 0.05, 18_000)), 30_000),
    "distributed": (DistributedQ(table, gamma=0.9, epsilon=linear_schedule(1.0, 0.05, 6_000)), 10_000),
}

# %%
ladder_scores = {"IQL": iql_scores}
for name, (learner, steps) in optimists.items():
    train(table, learner, steps=steps, runs=60, rng=rng)
    ladder_scores[name] = scoreboard.score_learner(learner, dispatch, runs=60)

# %% tags=["nbval-check-output"]
for name, values in ladder_scores.items():
    low, high = plotting.bootstrap_interval(values)
    print(f"{name}: score {values.mean():.1f} (95 % interval {low:.1f} to {high:.1f})")

# %%
plotting.plot_scores(
    ladder_scores,
    "score (0: random play, 100: best possible)",
    "Plain independent learners score about 76, hysteretic ones about 90, and distributed ones nearly 100.",
    exact={"best possible": 100, "best without heavy tasks": 45.9},
)

# %% [markdown]
# It does: from about ⟦76±3 after "IQL: score"⟧ to about ⟦90±1 after "hysteretic: score"⟧ of 100 with one line changed, and nearly to ⟦100±2 after "distributed: score"⟧ for the one who believes the best
# that ever happened. Here its weakness does no harm: the luck of arrivals does not depend on what the workers do, so it
# flatters all actions alike. In the climbing game by lot, luck sat in one cell, and lured it there.
#
# So a learner no heavier than IQL nearly solves our dispatch game, if it is the right kind of optimist. Keep that in
# mind when a heavier method comes along.

