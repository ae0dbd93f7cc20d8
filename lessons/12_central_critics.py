# %% [markdown]
# # 12 · Central critics
#
# After this lesson you can
#
# - say when a critic that sees more than the actors helps, and when it does not;
# - give each agent its own credit by one critic of joint actions;
# - test whether a team uses what it must not see.
#
# About 58 minutes. You need [lesson 03](03_the_best_a_team_can_do.ipynb) (dispatch), [lesson
# 06](06_independent_q_learning.ipynb) (targets), [lesson 10](10_policy_gradients.ipynb) (actor–critic, baselines) and
# [lesson 11](11_value_decomposition.ipynb) (relay, two-step game). Where Python runs in your browser, the cells take more
# than a minute in all; fewer `STEPS`, below, take less, and give other numbers than the text.

# %%
from marl_lessons import exercise, hint, predict, scoreboard, solution, train
from marl_lessons import environments, leaks, plotting
from marl_lessons.learners import COMA, IPPO, MAPPO, CentralActorCritic
from marl_lessons.policies import linear_schedule
from marl_lessons.replays import record, replay
import numpy as np

STEPS = 15_000  # of training with cures; in a browser 5_000 take a third of the time

# %% [markdown]
# ## The relay once more
#
# In the *relay* of lesson 11 a scout sees one of two codes, and stays silent (the team is paid 0.1) or raises flag 1 or
# 2. The runner sees the flag, and waits (which pays nothing) or picks a gate. A gate pays 1 if it is the code. If a
# flag is up, any gate pays 0.6 (flag 1) or 0.3 (flag 2) more.
#
# An actor needs a critic in training only (lesson 10). So the critic may see what nobody will see when the team plays:
# the state.

# %%
plotting.plot_central_critic()

# %% [markdown]
# Each agent has preferences for what *it* sees, as before, and moves them by the error of a critic,
#
# $$\delta = r + \gamma V(x') - V(x)$$
#
# - $r$: the reward;  γ: the discount, here 1;  $x$, $x'$: what the critic sees before and after the step.
#
# A **local** critic sees what its agent sees, a **central** one the state. The two differ in nothing else.

# %%
predict("12.a")


# %%
def score_relay(critic, trace, game, episodes, advantages=None):
    """Train 100 teams on a relay by one kind of critic, and score them. You need not follow it."""
    sizes = {"critic_alpha": 0.1, "entropy": 0.02}  # the critic's step; reward for uncertainty
    team = CentralActorCritic(game, 0.2, 1.0, critic=critic, trace=trace, **sizes)
    if advantages:  # later: your own, from exercise 12.1
        team.find_advantages = advantages
    steps = episodes * (game.delay + 2)  # of an episode
    train(game, team, steps=steps, runs=100, rng=np.random.default_rng(0))
    return scoreboard.score_relay(team, game, runs=100)


# %%
relay = environments.Relay()
kinds = ("local", "central")
scores = {kind: score_relay(kind, 0.0, relay, episodes=2_500) for kind in kinds}

# %%
plotting.plot_scores(scores, exact={"best possible": 100})

# %%
predict("12.a", reveal=True)

# %% [markdown]
# (Each dot is a team, each bar the 95 % interval of a mean.) By hand, for the scout. It sees next only that time has
# passed. So the local critic's $V(x')$ is one number, call it $v$:
#
# - silence: δ = 0.1 + $v$ − $V(x)$;  a flag: δ = 0 + $v$ − $V(x)$.
#
# Silence is better by 0.1, always. The 1.6 that the runner earns behind the right flag reaches $v$, but all of the
# scout's choices share it. All teams end silent.
#
# A central critic sees code and flag: $V$(code 1, flag 1) rises to 1.6 when the runner knows its gate, and the scout is
# told so at once. **A critic that cannot see where the action led cannot say what it was worth.**

# %% [markdown]
# ## Waiting for the news
#
# Must the critic see more? The scout could also wait until the episode is over, as REINFORCE does. In between lies
#
# $$A_t = \delta_t + \gamma\lambda\, A_{t+1}$$
#
# - $A_t$: an estimate of the advantage (lesson 10) of the action at step $t$, which takes the place of δ;
# - $\lambda$ ("lambda"), the **trace**: 0 believes the critic after one step, 1 waits for the whole return.
#
# Where an episode is over, $A_{t+1}$ counts as 0: the next step belongs to another episode. Where the *game* ended
# (terminated), $V(x')$ counts as 0, too; where the horizon cut (truncated), it counts (lesson 02).

# %% [markdown]
# By hand, one step before a cut: δ = 3, then δ = 2 + 7 − 5 = 4. With γ = 1, λ = ½: $A$ = 3 + ½ · 4 = 5, then 4.
#
# ### Exercise 12.1 · Surprises, passed back
#
# Two tools: `~x` turns True and False around; `reversed(range(T))` counts from T − 1 down to 0.


# %%
@exercise("12.1")
def generalized_advantages(rewards, values, next_values, terminated, truncated, gamma, trace):
    """Return how much better each step of a batch went than its critic foretold.

    rewards: (T, R), whole numbers or decimals: T steps in a row of each of R runs, both from 1 up.
    values, next_values: (T, R), what the critic says of what it saw before and after each step.
    terminated, truncated: booleans (T, R), the game ends after the step, or is cut; never both.
    gamma: discount, from 0 to 1.  trace: lambda, from 0 to 1.
    Returns an array (T, R). After the last step of the batch no advantage is added.

    Example: rewards [[1], [2]], values [[3], [5]], next_values [[5], [7]], terminated [[False],
    [False]], truncated [[False], [True]], gamma 1 and trace 0.5 give [[5], [4]].
    """
    # BEGIN SOLUTION
    errors = rewards + gamma * ~terminated * next_values - values
    goes_on = ~(terminated | truncated)
    advantages, later = np.zeros(errors.shape), 0.0
    for step in reversed(range(len(errors))):
        later = errors[step] + gamma * trace * goes_on[step] * later
        advantages[step] = later
    return advantages
    # END SOLUTION


# %% [markdown]
# ## Two by two
#
# Now both flags add 0.3, two idle steps lie between the scout's and the runner's, and at will there is a **hidden day**:
# a good day adds 1 to every step's reward, a bad one takes 1. It is part of the state, and no agent sees it. The
# critics run on your advantages. Move both sliders (0 or 1 for the day); each drawing takes three seconds or more.


# %%
def draw_critics(trace, hidden_day):
    """Draw how both kinds of critic do with this trace, with a hidden day or without."""
    long_relay = environments.Relay(lit=(0.3, 0.3), delay=2, day=hidden_day)
    found = {}
    for kind in kinds:  # on your advantages
        found[kind] = score_relay(kind, trace, long_relay, 1_500, generalized_advantages)
    return plotting.plot_scores(found, exact={"best possible": 100}, limits=(-45, 110))


plotting.show_live(draw_critics, trace=(0.0, 0.9, 0.9, 0.9), hidden_day=(0, 1, 1, 0))

# %% [markdown]
# | score | λ = 0 | λ = 0.9 |
# |---|---|---|
# | no hidden day | local 13, central 91 | local 96, central 97 |
# | hidden day | local 43, central 81 | local 82, central 94 |
#
# (Means of three times 100 teams. Yours are one of the three; the 95 % intervals of 100 teams are ±1 without the day,
# and with it, for λ = 0 and 0.9, ±7 and ±5 for local critics, ±5 and ±1 for central ones.)

# %% [markdown]
# Without the day, a long trace is as good as sight. With it, returns go up and down by 4 for no doing of the scout's;
# only who sees the day can take that off. **Long returns bring noise, and a central critic takes away what it can see
# of it.** (At λ = 0 the same noise shakes some local teams out of their silence.)

# %% [markdown]
# ## Sight and information
#
# Two controls at λ = 0. First, let the scout *remember* code and flag, with a local critic, in the first relay. Then, in
# the longer one without the day, give the state a **sensor**: a number without meaning, drawn anew at each step. The
# central critic sees it.

# %% tags=["nbval-check-output"]
remembers = environments.Relay(remembers=True)
found = score_relay("local", 0.0, remembers, episodes=2_500)
print(f"local critic, the scout remembers: {found.mean():.0f}")

# %% tags=["nbval-check-output"]
for sensors in (0, 50):
    game = environments.Relay(lit=(0.3, 0.3), delay=2, sensors=sensors)
    found = score_relay("central", 0.0, game, episodes=1_500)
    print(f"central critic, a sensor of {sensors} numbers: {found.mean():.0f}")

# %% [markdown]
# Who remembers sees where its action led, and needs no one above it. And a critic that sees 50 meaningless numbers
# learns everything 50 times over, each value from one fiftieth of the plays: by the end it is as silent as the local
# one (⟦13±1 after "50 numbers:"⟧). **What helps is information about what the action brings, not sight as such.**

# %% [markdown]
# ## IPPO and MAPPO
#
# Two names that you will meet: independent and multi-agent PPO (*proximal policy optimization*). Both use **networks**
# instead of tables, functions with many numbers to learn; the mix of lesson 11 is a small one. There is one for all
# agents, told for which of them it acts (more of this in lesson 13). Their advantages are those of 12.1, and their
# steps *clipped*: they learn several times from a batch of plays, and stop where an action has become a fifth likelier
# or less likely than it was when it was played (lesson 10).
#
# **IPPO**'s critic is local, **MAPPO**'s central. In dispatch both workers see the state, and are paid alike. Do the
# two differ then?

# %% tags=["nbval-check-output"]
tables = environments.Dispatch().to_tabular()
policies = []
for kind in (IPPO, MAPPO):
    team = kind(tables, learning_rate=0.01, gamma=0.9)
    train(tables, team, steps=1_000, runs=4, rng=np.random.default_rng(0))
    both_see = [np.full((4, 2), state) for state in range(18)]  # in 4 runs, each of 18 states
    policies.append([team.probabilities(seen) for seen in both_see])
of_ippo, of_mappo = np.array(policies)
print("largest difference:", np.abs(of_ippo - of_mappo).max())

# %% [markdown]
# Not in a single digit. Where everybody sees everything, "central" is a name. In the first relay at λ = 0 (measured for
# you) they differ, the same step for step but for what the critic sees: nearly all IPPO teams end silent (4), nearly
# all of MAPPO's raise a flag, most of them always flag 1 (60).

# %% [markdown]
# ## A critic of joint actions
#
# In lesson 10 the best baseline asked what the team would have earned had I acted otherwise. Somebody had to know. A
# critic can learn it, if it values *joint* actions in each state:
#
# $$A_i = Q(s, \mathbf{a}) - \sum_b \pi_i(b)\, Q(s, b, \mathbf{a}_{-i})$$
#
# - $Q(s, \mathbf{a})$: what the joint action $\mathbf{a}$ (bold, since it is of all agents) is worth in state $s$;
# - $b$: each action of agent $i$ in turn;  $\mathbf{a}_{-i}$: what the others did.
#
# That is **COMA** (counterfactual multi-agent policy gradients).

# %% [markdown]
# By hand: $Q$ is [[4, 2], [0, 2]], both draw evenly, agent 0 did 0, agent 1 did 1. $Q(s, \mathbf{a})$ is 2. Agent 0
# looks down column 1: (2 + 2)/2 = 2, advantage 0. Agent 1 looks along row 0: (4 + 2)/2 = 3, advantage −1.
#
# ### Exercise 12.2 · Whose doing was it?
#
# A tool: with `plays = np.arange(K)`, `joint_values[plays, :, actions[:, 1]]` takes from each play's table the column
# that agent 1's action names, (K, A). `np.stack([x, y], axis=1)` puts two (K,) side by side, (K, 2).


# %%
@exercise("12.2")
def joint_advantages(joint_values, policies, actions):
    """Return how much more each of two agents brought than on average beside what the other did.

    joint_values: (K, A, A), whole numbers or decimals: what the critic says of every joint action,
        a table for each of K plays; agent 0's action is the row, agent 1's the column.
    policies: (K, 2, A), the probabilities of both agents in each play.
    actions: whole numbers (K, 2), what they did, from 0 to A - 1.  K and A are from 1 up.
    Returns an array (K, 2).

    Example: joint_values [[[4, 2], [0, 2]]], policies [[[0.5, 0.5], [0.5, 0.5]]] and actions
    [[0, 1]] give [[0, -1]].
    """
    # BEGIN SOLUTION
    plays = np.arange(len(actions))
    mine, yours = actions[:, 0], actions[:, 1]
    column, row = joint_values[plays, :, yours], joint_values[plays, mine]
    paid = joint_values[plays, mine, yours]
    averages = [(policies[:, 0] * column).sum(axis=1), (policies[:, 1] * row).sum(axis=1)]
    return np.stack([paid - average for average in averages], axis=1)
    # END SOLUTION


# %% [markdown]
# On to dispatch, with the *own view*: a worker sees its own light queue and whether a heavy task waits. As usual,
# the critic starts with values of 0, and the reward for uncertain policies (entropy) is 0.01. Let us call that COMA *as
# printed*. A good team's values are 27 to 31.

# %%
predict("12.b")

# %%
own_view = environments.Dispatch(view="own")
fading = linear_schedule(1.0, 0.0, 12_000)  # entropy: 1 at first, none at the end
cures = {"as printed": (0.0, 0.01), "values": (27.0, 0.01), "entropy": (0.0, fading)}
cures["both"] = (27.0, fading)

# %%
scores = {}
for name, (initial, entropy) in cures.items():
    team = COMA(own_view, 0.1, 0.9, critic_alpha=0.1, entropy=entropy, initial=initial)
    team.find_advantages = joint_advantages  # of exercise 12.2
    train(own_view, team, steps=STEPS, runs=40, rng=np.random.default_rng(0))
    scores[name] = scoreboard.score_learner(team, own_view, runs=40)

# %%
plotting.plot_scores(scores, exact=scoreboard.DISPATCH_BESTS)

# %%
predict("12.b", reveal=True)

# %% [markdown]
# Why? What was never played keeps its first value. At 0, far below 27, every joint action that was not tried yet looks
# terrible: "I could have gone to H, and it would have been a disaster." The counterfactual praises whatever was done
# first. At 27, what was not tried looks fair. But a policy that is nearly certain tries nothing, and its critic stays
# ignorant: entropy keeps it trying until the critic knows.
#
# A baseline of what might have been is as good as the critic's knowledge of it.

# %% [markdown]
# ## Scoreboard
#
# Dispatch, 30,000 steps, means of 100 runs, four rows from lesson 11 (±3 with the full view; with the own view up to
# ±5, since some teams end near 46 or below, others far above):
#
# | team | full view | own view |
# |---|---|---|
# | IQL | 77 | 66 |
# | VDN | 81 | 93 |
# | QMIX | 84 | 91 |
# | critics of values, local | 87 | 74 |
# | critics of values, central | 87 | 62 |
# | COMA as printed | 66 | 63 |
# | COMA, both cures | 93 | **99.7** |
# | hysteretic | 90 | 93 |

# %% [markdown]
# (The critics of values have both cures, too. With the own view there is less to learn: an agent sees 6 things, not 18.)
# With the full view local and central are the same, as they must be. With the own view, seeing the state alone buys
# nothing that we could measure. A critic of *joint actions* does: it values "both at H" by itself, and does not blame H
# for the times when nobody came.

# %% [markdown]
# ## Does it stand still now?
#
# The article of lesson 07 says that to each agent the world is non-stationary, and that training with a critic that
# sees all observations and actions "fixes this". What exactly stands still? In the two-step game (lesson 11) agent 0
# chooses a room in state $s_1$: room 2A pays 7, in 2B both act: [[0, 1], [1, 8]].
#
# What agent 1 sees of $s_1$: whatever it does, it comes to 2B as often as agent 0 chooses B, now ½ of the time, later
# always. Its world moves. A critic that is told *both* actions sees: B leads to 2B, always. That is fixed, and so is
# what it pays.
#
# But what is B *worth*?

# %% [markdown]
# ### Exercise 12.3 · A target that moves
#
# What B is worth is its reward, and γ times what both earn in 2B, as they play it:
#
# $$Q(s_1, B) = r + \gamma \sum_{a, b} \pi_0(a)\, \pi_1(b)\, Q(2B, a, b)$$
#
# - $\pi_0(a)$, $\pi_1(b)$: how likely agent 0 plays $a$ there, and agent 1 $b$.


# %%
@exercise("12.3")
def joint_target(reward, next_values, my_policy, partner_policy, gamma):
    """Return what a critic of joint actions expects of a step, as both agents play now.

    reward: a number.  next_values: (A, B), whole numbers or decimals, what each joint action is
        worth in the next state; my action is the row. A and B are from 1 up.
    my_policy: (A,) and partner_policy: (B,), probabilities.  gamma: discount, from 0 to 1.
    Returns a number.

    Example: reward 0, next_values [[0, 1], [1, 8]], both policies [0.5, 0.5] and gamma 0.99 give
    2.475.
    """
    # BEGIN SOLUTION
    return reward + gamma * my_policy @ next_values @ partner_policy
    # END SOLUTION


# %% tags=["nbval-check-output"]
room, even, greedy = np.array([[0, 1], [1, 8]]), np.array([0.5, 0.5]), np.array([0.0, 1.0])
for names, mine, partner in [
    ("both even", even, even),
    ("partner greedy", even, greedy),
    ("both greedy", greedy, greedy),
]:
    print(f"{names}: B is worth {joint_target(0, room, mine, partner, gamma=0.99):.3f}")

# %% [markdown]
# The safe room is worth 0.99 · 7 = 6.93. So B is worse, worse, better: the *target* moves with both policies, whatever
# the critic sees.
#
# | given all actions | stands still? |
# |---|---|
# | what follows, $P(s' \mid s, \mathbf{a})$, and what it pays, $r(s, \mathbf{a})$ | yes |
# | what it is worth, $Q(s, \mathbf{a})$, and all that is learned from it | no |
#
# So "fixes" is too strong: a central critic fixes the world, not the others' learning.

# %% [markdown]
# ## Who has peeked?
#
# "Acting alone" is soon broken by a slip of code: a memory that all agents share, a column too many, a look at the
# state. Scores then look wonderful. So do not read the code: **experiment**. Change what an agent may not know, and
# what it does must not move. That is a *leak test*.

# %% [markdown]
# A *team* here has `policies(observations)` and `act(…)`; it may keep a memory and watch the state. Two tools use
# copies of it:
#
# - `record(team, game, rng)` returns three arrays: `observations` (T, R, N), `states` (T, R, …), and `started` (T, R),
#   True where an episode starts;
# - `replay(team, observations, states, started)` shows the team that, and returns its probabilities (T, R, N, A): always
#   with the same luck.
#
# ### Exercise 12.4 · The leak test
#
# For each agent: a replay in which what it sees and where episodes start is the same, and the state and what the others
# see are another run's. `np.roll(x, 1, axis=1)` gives each run the one before it, in a new array.


# %%
@exercise("12.4")
def find_leaks(team, game, rng):
    """Say of each agent of a team whether it knows more than it has seen itself.

    team: as above.  rng: for `record`.  game: of N agents, 2 or more, that see whole numbers.
    Returns booleans (N,), True where the agent's probabilities move at any step (by more than
    rounding: `np.allclose` is exact enough), if the state and what the others see are changed, and
    what it sees is not. (To remember that, or what it did, is honest.)

    Example: for leaks.HonestTeam and two agents it returns [False, False].
    """
    # BEGIN SOLUTION
    observations, states, started = record(team, game, rng)
    before = replay(team, observations, states, started)
    leaks = np.zeros(game.num_agents, dtype=bool)
    for agent in range(game.num_agents):
        changed = np.roll(observations, 1, axis=1)
        changed[:, :, agent] = observations[:, :, agent]
        after = replay(team, changed, np.roll(states, 1, axis=1), started)
        leaks[agent] = not np.allclose(after[:, :, agent], before[:, :, agent])
    return leaks
    # END SOLUTION


# %% [markdown]
# First the team that you trained last, COMA with both cures. Then three other teams with the own view: one remembers
# honestly; one has a single memory for both; in one, worker 1 watches the state.

# %% tags=["nbval-check-output"]
rng = np.random.default_rng(0)
print(f"COMA: {find_leaks(team, own_view, rng)}")
for kind in (leaks.HonestTeam, leaks.GossipingTeam, leaks.PeekingTeam):
    print(f"{kind.__name__}: {find_leaks(kind(own_view, rng), own_view, rng)}")

# %% [markdown]
# COMA's critic saw all; its actors see their own, and act alone. Keep this test: it works for any team, networks too.
# (`leaks.find_leaks` also looks for what leaks from other runs and earlier episodes, and names the source.) A passed
# test proves nothing about what was never shown; a failed one proves a leak.

# %% [markdown]
# ## What we saw
#
# - A critic must see where an action led; else one must wait, and waiting brings noise. A central critic sees, and takes
#   away the noise that it sees. What carries no information makes it slower.
# - Where everybody sees everything, central and local are the same.
# - A critic of joint actions gives each agent its own credit, once it knows what was *not* done: start it fair, and keep
#   trying.
# - It fixes the world, not the others' learning. And whether a team acts alone can be tested.
#
# Next: [sharing and mean fields](13_sharing_and_mean_fields.ipynb), for teams of many agents.

# %% [markdown]
# ## Sources
#
# - Lowe et al. 2017 (MADDPG): central critics, and what becomes stationary. Lyu, Xiao, Daley & Amato 2021, Lyu et al.
#   2023: when they help and when not.
# - Foerster et al. 2018 (COMA): the counterfactual critic. Theirs is a network with traces; ours a table.
# - Schulman et al. 2016: generalized advantages; 2017: clipped steps. De Witt et al. 2020 (IPPO), Yu et al. 2022
#   (MAPPO).
# - Rashid et al. 2018: the two-step game. Chen, Cheung & Yiu 1998: testing by what must not change.
