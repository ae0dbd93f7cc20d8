# %% [markdown]
# ## From one table to a world: Markov games
#
# So far the world ended after one joint action. Mostly it goes on: what the team does now changes what it faces next.
#
# With one agent that is a *Markov decision process*. With several it is a **Markov game** (Shapley 1953):
#
# $$s' \sim P(\cdot \mid s, a_1, \dots, a_N) \qquad r_i(s, a_1, \dots, a_N)$$
#
# - $s$, $s'$: the state now and at the next step; $\sim$ reads "is drawn from";
# - $P$: the probability of each next state, given state and **joint** action;
# - $r_i$: the reward of agent $i$, which depends on everybody's action too.
#
# A payoff table is a Markov game with a single state, which ends after one step.

# %% [markdown]
# ## The drift game
#
# A first example. Three agents watch a number $x$ that should stay near zero. In every step each agent picks an action
# from 0 to 3, and
#
# $$x' = x + 0.05 \,(a_1 + a_2 + a_3) + \text{noise}, \qquad r_i = -|x'| + 0.1\,[a_i < 2]$$
#
# The first part of the reward is shared by the team; the second is a bonus for the agent itself, where $[\cdot]$ is 1
# if the condition holds and else 0. The noise has standard deviation 0.1, and $x$ starts from a standard normal
# distribution. After 100 steps the episode is cut off.

# %% [markdown]
# ### Exercise 2.1 · The rewards of the drift game
#
# We always play many runs at once, so $x$ is an array with one number per run. Two tools: `x[:, None]` turns shape
# (R,) into (R, 1), which NumPy then repeats for every agent; and a comparison such as `actions < 2` gives an array of
# True and False that counts as 1 and 0. With 4 actions low means below 2; in general it means below
# `num_actions // 2`.


# %%
@exercise("2.1")
def drift_rewards(position, actions, num_actions):
    """Return everybody's reward: minus the distance from zero, plus 0.1 for a low action.

    position: (R,) floats, the number x after the move, in each of R runs.
    actions: (R, N), integers from 0 to num_actions - 1. Low means below num_actions // 2.
    Returns an array (R, N).

    Example: position [2.0], actions [[0, 3]] and 4 actions give [[-1.9, -2.0]].
    """
    # BEGIN SOLUTION
    team_reward = -np.abs(position)  # (R,)
    individual_bonus = 0.1 * (actions < num_actions // 2)  # (R, N)
    return team_reward[:, None] + individual_bonus
    # END SOLUTION


# %% [markdown]
# In `marl_lessons` a game is a description with three functions. The state is an array that travels from one to the
# next, one row per run:
#
# - `reset(runs, rng)` gives the first states;
# - `observe(state)` gives what each agent sees;
# - `step(state, actions, rng)` gives the next states, the rewards, and which runs have ended.
#
# `rng` is a NumPy random generator: the same seed, the same numbers.

# %% tags=["nbval-check-output"]
drift = environments.Drift()
rng = np.random.default_rng(1)
state = drift.reset(runs=2, rng=rng)  # (R, 4): x first, then three numbers that only drift and that nobody is paid for
actions = np.array([[0, 1, 2], [3, 3, 3]])  # (R, N)
next_state, rewards, terminated = drift.step(state, actions, rng)
print("x before and after:", state[:, 0].round(2), next_state[:, 0].round(2))
print(rewards.round(2))
print("as drift_rewards says:", np.allclose(rewards, drift_rewards(next_state[:, 0], actions, 4)))

# %% [markdown]
# ## The loop
#
# Whoever acts needs two rules: how to act and how to learn. Here is a team that always does the same and never
# learns. `train` plays it for a number of steps in many runs at once. This one loop serves the whole course.


# %%
class Always:
    """A team whose agents all play one action, always."""

    def __init__(self, action):
        self.action = action

    def act(self, observations, rng, explore=True):  # observations: (R, N, …), what each agent sees
        return np.full(observations.shape[:2], self.action)  # (R, N), one action for each agent in each run

    def update(self, transition, rng):
        """Learn nothing from what just happened."""


# %%
predict("2.a")

# %%
random_team = train(drift, RandomPolicy(num_actions=4), steps=100, runs=100, rng=rng)
lazy_team = train(drift, Always(0), steps=100, runs=100, rng=rng)

# %%
plotting.plot_curves(
    random_team.steps,
    {
        "random actions": random_team.rewards.mean(axis=2).T,  # (steps, R, N) -> (R, steps)
        "always action 0": lazy_team.rewards.mean(axis=2).T,
    },
    "step of the episode",
    "mean reward of an agent",
    "The reward of the random team falls steadily to about -22; that of the team that always plays 0 stays above -1.2.",
)

# %%
predict("2.a", reveal=True)

# %% [markdown]
# The line is the mean over 100 runs. Shaded around it: the **95 % bootstrap interval**, which says how far the mean
# may be off by chance. (The 100 runs are redrawn many times; 95 % of the means of these redrawn batches lie in it.) Here
# it is hardly wider than the line.
#
# The random team pushes $x$ away for good. No agent can pull it back, for there is no negative action.

# %% [markdown]
# ## Two ways to stop
#
# An episode can stop in two ways:
#
# - **terminated**: the game itself is over. No reward can follow, so the future is worth 0.
# - **truncated**: somebody stopped watching, for example after 100 steps. The game would have gone on, so the future
#   is worth what we expect of it.
#
# A reward $t$ steps ahead counts $\gamma^t$. The **discount** $\gamma$ ("gamma") lies between 0 and 1: the closer to 0,
# the less the future counts, and at 1 every reward counts fully. What a stretch of $T$ steps is worth is its **return**:
#
# $$G = r_0 + \gamma r_1 + \dots + \gamma^{T-1} r_{T-1} + \gamma^T V, \qquad V = 0 \text{ if terminated}$$

# %% [markdown]
# ### Exercise 2.2 · Where a stretch of play ends
#
# $V$ is called `last_value`: an estimate of what was still to come after the last step. By hand: the rewards 1, 2 with
# $\gamma = 0.5$ give 1 + 0.5 · 2 = 2 if the game is over. If it was cut off and 10 was still to come, they give
# 2 + 0.25 · 10 = 4.5.


# %%
@exercise("2.2")
def discounted_return(rewards, last_value, terminated, gamma):
    """Return what a stretch of play is worth, counted from its first step.

    rewards: (T,), one or more, whole numbers or not.
    last_value: a number, the estimated value of the state in which the stretch stopped.
    terminated: True (Python's or NumPy's) if the game was over there; False if the stretch was only cut off.
    gamma: the discount, from 0 to 1, both included.
    Returns a number.

    Examples: [1, 2], 10, False, 0.5 gives 4.5; [1, 2], 10, True, 0.5 gives 2.
    """
    # BEGIN SOLUTION
    total = 0.0 if terminated else last_value
    for reward in rewards[::-1]:
        total = reward + gamma * total
    return total
    # END SOLUTION


# %% [markdown]
# Does it matter? Take a choice with γ = 0.95: *leave now* for a reward of 1, or *stay* one step for nothing and leave
# with 1.5. Both ways end the game. A program that forgets this believes that after leaving a new round begins, in which
# it leaves again for 1, and so on for ever: $V = 1 + 0.95\,V$, which gives $V = 20$.

# %% tags=["nbval-check-output"]
leave, stay = np.array([1.0]), np.array([0.0, 1.5])
for terminated in (True, False):
    values = [discounted_return(rewards, 20.0, terminated, 0.95) for rewards in (leave, stay)]
    print(f"terminated={terminated}:  leave {values[0]:.3f}  stay {values[1]:.3f}")

# %% [markdown]
# Computed correctly, staying is better, ⟦1.425 after "stay"⟧ against ⟦1 after "leave"⟧. With the end forgotten it looks as if leaving were better: one
# wrong line, and a program learns the wrong thing. So our loop reports *terminated* and *truncated* apart, and there
# is no `done`.

# %% [markdown]
# ## The same game for everybody else: PettingZoo
#
# Other libraries know multi-agent games through the PettingZoo interface: one game at a time, and a dictionary with
# an entry for every agent. Any game of ours can be seen that way, and our loop can play PettingZoo's parallel games in
# which all agents have the same number of actions.

# %% tags=["nbval-check-output"]
from marl_lessons.pettingzoo_api import to_parallel_env

environment = to_parallel_env(drift)
observations, infos = environment.reset(seed=0)
observations, rewards, terminations, truncations, infos = environment.step({"agent_0": 0, "agent_1": 1, "agent_2": 3})
print({agent: round(float(reward), 2) for agent, reward in rewards.items()})
print("over by its rules:", terminations["agent_0"], " cut off:", truncations["agent_0"])

