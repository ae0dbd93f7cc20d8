# %% [markdown]
# # 00 · Start here
#
# After this lesson you can
#
# - check that your computer has what the course needs;
# - solve an exercise, read its card, and get help from it;
# - see your progress, and where the course leads.
#
# About 15 minutes. You need Python and a little NumPy: arrays, their shapes, slices such as `x[:, 0]`, and `mean`.

# %% [markdown]
# ## How to work with a notebook
#
# Click into a cell with code and press **Shift + Enter**: it runs, its result appears below it, and the next cell is
# selected. Run the cells from top to bottom. One that waits or works shows `[*]`; where Python itself runs in your
# browser, the first cell of each lesson waits up to a minute for it.
#
# If a cell hangs, press ■ in the toolbar. Where that does not help (with Python in the browser, or in a single call such
# as `sum(range(10**15))`), take out what hangs and choose *Kernel → Restart Kernel and Run All Cells*. Do the same if
# something is odd: it never breaks anything, and never loses your progress.

# %%
try:
    from marl_lessons import check_setup, exercise, hint, progress, solution
except ModuleNotFoundError as missing:
    remedy = "Run  %pip install -e ..  in a cell, restart the kernel and try again."
    raise SystemExit(f"{missing}. {remedy}") from None

check_setup()

# %% [markdown]
# If every line has a ✓, you are ready. If one has a ✗, do what it says, restart the kernel, and run the cell again.
#
# Now a picture that you can move: what is the average of some dice? Each small dot is the average of one throw. You need
# not follow the code.

# %%
import numpy as np

from marl_lessons import plotting


def draw_dice(number_of_dice):
    """Draw how the average of a number of dice is distributed, over 1,000 throws."""
    dice = np.random.default_rng(number_of_dice).integers(1, 7, size=(1_000, number_of_dice))
    return plotting.plot_scores(
        {f"{number_of_dice} dice": dice.mean(axis=1)},
        "average of the dice (points)",
        f"The averages of {number_of_dice} dice lie around 3.5; the more dice, the closer.",
        exact={"exact mean 3.5": 3.5},
        limits=(0.8, 6.2),
    )


plotting.show_live(draw_dice, number_of_dice=(2, 50, 1, 10))

# %% [markdown]
# Move the slider to the right: the small dots gather around the dashed line, which is the exact answer. The big marker
# is the mean of all the throws, and the bar inside it says how far that mean may be off by chance. Most pictures in
# this course are made like this: many tries instead of one, and the exact answer beside them where there is one. Colors
# and shapes only tell the rows of one picture apart; in the next picture they may stand for something else.
#
# If there was no slider, stop JupyterLab, start it again as the README says, and open this lesson anew; where Python
# runs in your browser, reload the page.

# %% [markdown]
# ## Runs and agents
#
# An **agent** is one who acts, and a **reward** is what it gets for that. One habit goes through the whole course: we
# never play a game once, we let it be played many times side by side, each time with luck of its own. Each of these
# repetitions is a **run**. So the rewards are an array, with one row per run and one column per agent. We write its
# shape as (R, N).

# %% tags=["nbval-check-output"]
rewards = np.array([[1.0, 3.0], [0.0, 10.0], [5.0, 5.0]])  # (R, N): 3 runs of a team of 2 agents
print(rewards.shape)

# %% [markdown]
# ### Exercise 0.1 · The average over a team
#
# Write the function below: take out the line with `raise` and write your own. Then run the cell. A **card** appears
# and tells you how it went.
#
# Try a wrong answer first, if you like. A card shows each check with ✓ or ✗ and a sentence. Below them, open one *Hint*
# after the other; the *Solution* is there once you pass, or after three attempts.


# %%
@exercise("0.1")
def average_over_team(rewards):
    """Return each run's reward, averaged over its agents.

    rewards: (R, N), one row per run and one column per agent, whole numbers or not.
    Returns an array (R,).

    Example: [[1, 3], [0, 10], [5, 5]] gives [2, 5, 5].
    """
    # BEGIN SOLUTION
    return rewards.mean(axis=1)
    # END SOLUTION


# %% [markdown]
# Until your function passes, the notebook goes on with the course's own, so nothing ever blocks your way. From the
# moment it passes, the notebook uses yours.

# %% tags=["nbval-check-output"]
print(average_over_team(rewards))

# %% [markdown]
# ## Your progress
#
# What you have passed is kept on your computer, in a small file outside this folder. You can close everything and
# come back. If Python runs in your browser, the file is `progress.json` in the list on the left, so let it stand there;
# that browser keeps it, until you clear its data for this site.

# %%
progress()

# %% [markdown]
# ## The map
#
# | Lesson | What it is about |
# |---|---|
# | [01 Games](01_games.ipynb) | what an action is worth beside a partner |
# | [02 Markov games](02_markov_games.ipynb) | worlds that go on, and two ways to stop |
# | [03 The best a team can do](03_the_best_a_team_can_do.ipynb) | exact values, and a score |
# | [04 Reward structures](04_reward_structures.ipynb) | what you pay decides what you get |
# | [05 Competition](05_competition.ipynb) | judge by the challenger |
# | [06 Independent Q-learning](06_independent_q_learning.ipynb) | everybody learns alone |
# | [07 Is it learning at all?](07_is_it_learning.ipynb) | a rising curve, and a checklist |
# | [08 Coordination](08_coordination.ipynb) | optimism and luck |

# %% [markdown]
# | Lesson | What it is about |
# |---|---|
# | [09 Reward shaping](09_reward_shaping.ipynb) | help that never misleads |
# | [10 Policy gradients for teams](10_policy_gradients.ipynb) | noise, baselines and credit |
# | [11 Value decomposition](11_value_decomposition.ipynb) | sharing the value, keeping the choice local |
# | [12 Central critics](12_central_critics.ipynb) | critics that see more |
# | [13 Sharing and mean fields](13_sharing_and_mean_fields.ipynb) | one policy for all, one number for the crowd |
# | [14 Hierarchies, and the way out](14_hierarchies.ipynb) | deciding for the group |
# | [15 Task optimization](15_task_optimization.ipynb) | another game, another partner |
#
# Each takes an hour at most. The [glossary](glossary.ipynb) says what a word means, and which lesson defines it. Go on
# with [lesson 01](01_games.ipynb).
