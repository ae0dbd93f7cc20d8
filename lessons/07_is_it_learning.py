# %% [markdown]
# ## A patient
#
# The article that this course grew out of prints a learner for the drift game of lesson 01. Its curve rises. Here it
# is, written anew with all its habits, ten teams for 30 episodes of 100 steps. (The article trains one team for 500.)
#
# Is it well? A doctor does one thing first: change something that must not matter. **Relabel the actions**: what was
# called 0 is now called 3, what was called 1 is called 2, and so on. It is the same game in every respect.

# %%
predict("7.a")

# %%
drift = environments.Drift()
as_printed = train(drift, ArticleQ(drift), steps=3_000, runs=10, rng=np.random.default_rng(0))
relabeled_game = views.Relabeled(drift)
relabeled = train(relabeled_game, ArticleQ(relabeled_game), steps=3_000, runs=10, rng=np.random.default_rng(0))


# %%
def returns_by_episode(history):
    """Return the mean return over the agents, one column for each window in which episodes ended, (R, windows)."""
    ended = ~np.isnan(history.returns[:, 0, 0])
    return history.returns[ended].mean(axis=2).T, np.arange(1, ended.sum() + 1)


(printed_returns, episodes), (relabeled_returns, _) = returns_by_episode(as_printed), returns_by_episode(relabeled)
plotting.plot_curves(
    episodes,
    {"as printed": printed_returns, "actions relabeled": relabeled_returns},
    "episode",
    "return of an episode",
    "As printed the curve rises to about -90 within eight episodes; with the actions relabeled it falls to about -2,270.",
    exact={"best possible": -54.1, "always action 0": -87.4, "random play": -1_133},
)

# %%
predict("7.a", reveal=True)

# %% tags=["nbval-check-output"]
for name, values in {"as printed": printed_returns, "relabeled": relabeled_returns}.items():
    late = values[:, -20:].mean(axis=1)
    low, high = plotting.bootstrap_interval(late)
    print(f"{name}: the last 20 episodes return {late.mean():.0f} (95 % interval {low:.0f} to {high:.0f})")

# %% [markdown]
# Relabeled, the same code does twice as badly as random play (−1,133). So what rises in the first curve is not
# learning. It ends where *always action 0* is, the team that never learned anything (lesson 01).
#
# What is going on? Four findings.

# %% [markdown]
# ## First finding: it never comes back
#
# The learner keeps a row in its table for each state it has seen: four numbers, rounded to one decimal. A table is of
# use only where the learner *comes back* to a row.
#
# ### Exercise 7.1 · Does it ever come back?


# %%
@exercise("7.1")
def revisit_share(keys):
    """Return the share of entries that occurred before in the list.

    keys: a list of one string or more, in the order in which they were seen; leave it as it is.
    Returns a number from 0 to 1.

    Example: ["a", "b", "a", "a"] gives 0.5: the third and the fourth were seen before.
    """
    # BEGIN SOLUTION
    seen, revisits = set(), 0
    for key in keys:
        revisits += key in seen
        seen.add(key)
    return revisits / len(keys)
    # END SOLUTION


# %% tags=["nbval-check-output"]
state, keys = drift.reset(100, rng), []
for _ in range(100):
    state, _, _ = drift.step(state, rng.integers(4, size=(100, 3)), rng)
    keys += [str(row) for row in np.round(state, 1).tolist()]
print(f"{len(keys):,} states of random play, for example {keys[0]}: {revisit_share(keys):.1%} were seen before")

# %% [markdown]
# That was random play; with the article's own learner it is two or three in a hundred. Nearly every state is new, and
# in a row that has never been seen all values are 0. Which action does the learner take then?

# %% [markdown]
# ## Second finding: the tie-break looks like learning
#
# `np.argmax` of a row of zeros is 0: the *first* of all equal actions. So in a new state, which is nearly always, the
# learner plays action 0. And action 0 happens to be close to the best thing that one can do in this game. Relabel, and
# it plays the worst.
#
# That is why your `choose_actions` breaks ties at random.
#
# ## Third finding: it stops exploring at once
#
# After every *step* ε is multiplied by 0.995. An episode has 100 steps.
#
# ### Exercise 7.2 · How long does it explore?
#
# After how many steps is ε below 0.05, hardly any exploring, for the first time? It starts at 1.

# %%
# BEGIN SOLUTION
exploring_steps = 598
# END SOLUTION
exploring_steps = check("7.2", exploring_steps)

# %% [markdown]
# The article's training has 50,000 steps, and explores in the first six of its 500 episodes. What rises in the first
# episodes is not the learning, but the end of exploring.
#
# ## Fourth finding: it cannot see the end
#
# Its update has no word for an episode that ended. Here that does no harm, because the drift game never ends, it is
# only cut off. But the same code in a game with an exit chooses the wrong one, as *leave or stay* in lesson 01 showed:
# a disease that waits for its occasion.

# %% [markdown]
# ## Why doesn't my agent learn? A checklist
#
# | Ask | How to find out | What helps |
# |---|---|---|
# | Does it beat what learned nothing? | run random play, and each constant action | compare always |
# | Does it depend on names? | relabel the actions | break ties at random |
# | Does it come back to its rows? | count revisits | a coarser key, on what matters |
# | Does it still explore? | print ε against steps | a schedule over the whole run |
# | Does it know how episodes end? | look for *terminated* in the target | lesson 01, exercise 2.2 |
# | Is it one lucky run? | run a batch, draw the interval | 30 runs or more |
# | Is the best possible known? | solve a small version exactly | lesson 01 |

# %% [markdown]
# ## The cure
#
# The same game, the same table learner, treated:
#
# - the key is $x$ alone, in tiles a quarter wide, so that it comes back to its rows (first finding);
# - ties are broken at random, as `IQL` does (second finding), and ε and α fall over the whole run (third);
# - two things more, found by trying: training episodes of 25 steps, so that it starts over often, left and right of
#   zero; and a discount of 0.8, since a push pays off within a few steps, and what comes later is mostly noise.
#
# Does it take the last two? See for yourself.

# %%
edges = np.arange(-1.5, 6.01, 0.25)
short = views.Tiled(environments.Drift(horizon=25), edges)  # shorter episodes start over more often
steps = 30_000
alpha, epsilon = linear_schedule(0.1, 0.002, steps), linear_schedule(1.0, 0.05, int(0.8 * steps))
cured = IQL(short, alpha=alpha, gamma=0.8, epsilon=epsilon)
history = train(short, cured, steps=steps, runs=30, rng=rng)


# %%
plain = views.Tiled(drift, edges)  # the findings cured, but episodes of 100 steps and a discount of 0.99
half_cured = IQL(plain, alpha=alpha, gamma=0.99, epsilon=linear_schedule(1.0, 0.05, 4_000))
history = train(plain, half_cured, steps=5_000, runs=30, rng=rng)


# %%
def mean_returns(learner, game, episodes=50, runs=30):
    """Play 50 episodes in each run; return each run's mean return over episodes and agents, (R,)."""
    return np.mean([evaluate(game, learner, runs, rng).mean(axis=1) for _ in range(episodes)], axis=0)


outcomes = {
    "as printed": printed_returns[:, -20:].mean(axis=1),
    "always action 0": mean_returns(
        FixedPolicy(np.tile([1.0, 0, 0, 0], (3, len(edges) + 1, 1))), views.Tiled(drift, edges)
    ),
    "cured": mean_returns(cured, plain),
    "without the last two": mean_returns(half_cured, plain),
}
plotting.plot_scores(
    {name: values for name, values in outcomes.items() if name != "without the last two"},
    "mean return of a team",
    "The cured learner returns about -70, between always playing 0 and the best possible -54.",
    exact={"best possible on average": -54.1},
)

# %% tags=["nbval-check-output"]
for name, values in outcomes.items():
    low, high = plotting.bootstrap_interval(values)
    print(f"{name}: {values.mean():.0f} (95 % interval {low:.0f} to {high:.0f})")

# %% [markdown]
# Each dot is the mean over 50 episodes of a team. The dots of *always action 0* are all the same policy: they show how
# much is luck of the start. The cured teams are better than that, and on the way to the best possible.
#
# Curing the findings alone was not enough: the teams *without the last two* learn by now, but mostly noise, and do
# worse than doing nothing. A checklist finds what is broken; it does not choose a discount.

# %% tags=["nbval-check-output"]
pushes = cured.q_table.argmax(axis=-1).mean(axis=(0, 1))  # (tiles,): mean action over runs and agents
for left, push in zip(edges[:8], pushes[1:9], strict=True):
    print(f"x from {left:5.2f} to {left + 0.25:5.2f}: mean action {push:.1f}")

# %% [markdown]
# And this is what they have learned: push while $x$ is left of zero, let go before it gets there.

# %% [markdown]
# ## Learning alone can be enough
#
# Two agents on a 4 × 4 grid look for food. It is loaded only if both stand beside it and load in the same step. Every
# agent sees everything, and the fewest steps that are needed can be counted.

# %%
foraging = environments.Foraging(size=4)
steps = 20_000
foragers = IQL(foraging, alpha=0.2, gamma=0.95, epsilon=linear_schedule(1.0, 0.05, steps))
history = train(foraging, foragers, steps=steps, runs=20, rng=rng)
lengths = np.minimum(steps / len(history.steps) / np.maximum(history.episodes, 1), 25).T  # (R, K)

# %%
plotting.plot_curves(
    history.steps,
    {"independent learners": lengths},
    "steps of training",
    "steps until the food is loaded",
    "The episodes shrink from 25 steps, where they are cut off, to about 6; the fewest possible are 2.7.",
    exact={"fewest possible": foraging.count_fewest_steps().mean()},
)

# %% [markdown]
# Shaded: 95 % bootstrap interval over 20 runs; the curve shows what is played, exploring included, and an episode is
# cut off after 25 steps. Independent learners find each other here, slowly but without any help, because nothing in
# this game punishes a lone try. Is that always so?

