# %% [markdown]
# # 15 · Task optimization
#
# After this lesson you can
#
# - build a team from all that you have learned, and say whether it is better or was lucky;
# - carry it over to a game that nobody tuned it on, and find out why it holds or falls;
# - judge it beside partners that it has never met.
#
# About 60 minutes. You need the lessons from [03](03_the_best_a_team_can_do.ipynb) to
# [12](12_central_critics.ipynb). Where Python runs in your browser, the cells take more than a minute in all; fewer
# `STEPS`, below, take less, and give other numbers than the text.

# %%
from marl_lessons import check, exercise, hint, keep_scores, kept_scores, predict, solution, train
from marl_lessons import cross_play, environments, plotting, scoreboard, shaping
from marl_lessons.learners import COMA, IPPO, IQL, DistributedQ, HystereticQ, RandomPolicy, SharedQ
from marl_lessons.policies import linear_schedule
from marl_lessons.tryouts import try_team
import numpy as np

STEPS = 30_000  # of training; in a browser 10_000 take a third of the time

# %% [markdown]
# ## Everything at once
#
# The course comes with a **population**: what each of its methods plays on dispatch. A hundred runs of each have trained
# for 30,000 steps, with the settings of their lessons. Kept are the policies alone, (run, worker, state, action). Their
# scores are computed here, exactly: nobody has to play.

# %%
dispatch = environments.Dispatch()
population = cross_play.read_population()
scores = {name: scoreboard.score_policies(team, dispatch) for name, team in population.items()}
full_view = {name: values for name, values in scores.items() if "own view" not in name}
plotting.plot_scoreboard(full_view, exact=scoreboard.DISPATCH_BESTS)

# %% [markdown]
# (Diamonds did not learn: they were written by hand, or computed. "One controller" chooses for both workers; everywhere
# else each chooses for itself.) That is the course in one picture: the article's learner, the optimists of lesson 08,
# first values (09), gradients (10), shared values (11), critics (12).
#
# QMIX is ahead of VDN, and local critics are a little ahead of QMIX. Is that more than luck?

# %% [markdown]
# ## Better, or lucky?
#
# Each mean could have come out otherwise. So could their difference. In 95 of 100 repetitions it is off by no more than
#
# $$1.96 \sqrt{\frac{\text{variance of mine}}{R} + \frac{\text{variance of theirs}}{K}}$$
#
# - $R$, $K$: how many runs there are of mine, and of theirs.
#
# If the interval around the difference holds 0, the lead may be luck.

# %% [markdown]
# By hand: mine score 4 and 6, theirs 1 and 1. The means differ by 5 − 1 = 4. The variance of mine is ((4 − 5)² + (6 − 5)²)
# divided by one less than there are runs, 2/1 = 2; that of theirs is 0. So the interval is 4 ± 1.96 √(2/2 + 0/2), from
# 2.04 to 5.96.
#
# ### Exercise 15.1 · Better, or lucky?
#
# A tool: `x.var(ddof=1)` is the variance that divides by one less.


# %%
@exercise("15.1")
def difference_interval(mine, theirs):
    """Return the 95 % interval of how much better one method is than another on average.

    mine: (R,) and theirs: (K,), scores of independent runs, whole numbers or decimals. R and K are
        from 2 up, and may differ.
    Returns an array (2,): the lower end and the upper end, 1.96 standard errors below and above
    the mean of mine minus the mean of theirs. Variances divide by one less than there are runs.

    Example: mine [4, 6] and theirs [1, 1] give [2.04, 5.96].
    """
    # BEGIN SOLUTION
    middle = mine.mean() - theirs.mean()
    variance = mine.var(ddof=1) / len(mine) + theirs.var(ddof=1) / len(theirs)
    reach = 1.96 * np.sqrt(variance)
    return np.array([middle - reach, middle + reach])
    # END SOLUTION


# %% tags=["nbval-check-output"]
def compare(name, mine, other, theirs):
    low, high = difference_interval(mine, theirs)
    print(f"{name} − {other}: between {low:+.1f} and {high:+.1f}")


for one, other in [("QMIX", "VDN"), ("local critics", "QMIX"), ("hysteretic", "local critics")]:
    compare(one, scores[one], other, scores[other])

# %% [markdown]
# QMIX is better than VDN here, and hysteretic teams are better than local critics. Whether those are better than QMIX, a
# hundred runs of each do not tell: 0 lies inside. (Compare long enough, and luck will show you a lead: of 20 comparisons
# of equals one shows a lead on average, either way. So say beforehand what you compare.)

# %% [markdown]
# ## Your team
#
# You have met all these parts. Put a team together; it starts as IQL.
#
# | you may change | for example | lesson |
# |---|---|---|
# | the learner | `beta = linear_schedule(0.01, 0.001, 30_000)`, `HystereticQ(game, alpha, beta, 0.9, epsilon)` | 08 |
# | | `DistributedQ(game, 0.9, epsilon)` | 08 |
# | first values | `IQL(game, alpha, 0.9, epsilon, initial=27.0)` | 09 |
# | exploring, step sizes | other ends and lengths of `linear_schedule` | 06, 07 |
# | the reward (dispatch only) | `return shaping.WithDifferences(game), IQL(…)` | 09 |
# | the critic | `COMA(game, 0.1, 0.9, entropy=linear_schedule(1.0, 0.0, 24_000), initial=27.0)` | 12 |
# | what workers see | `own = game.with_view("own")`, `return own, IQL(own, …)` | 03, 12 |
# | networks, one for both workers | `IPPO(game, 0.01, 0.9)` | 12, 13 |
#
# With `return view, team` the team trains on a view. The game itself counts.


# %%
def make_team(game):
    """Return your team for a game, untrained; or a view to train on, and the team."""
    alpha, epsilon = linear_schedule(0.1, 0.01, 30_000), linear_schedule(1.0, 0.05, 18_000)
    # BEGIN SOLUTION
    beta = linear_schedule(0.01, 0.001, 30_000)
    return HystereticQ(game, alpha, beta, gamma=0.9, epsilon=epsilon, initial=27.0)
    # OTHERWISE
    # return IQL(game, alpha, gamma=0.9, epsilon=epsilon)
    # END SOLUTION


# %%
policies = try_team(make_team, dispatch, STEPS)  # 50 runs of 30,000 steps, (50, 2, 18, 3)
mine = scoreboard.score_policies(policies, dispatch)
keep_scores("dispatch", "my team", mine)
compare("yours", mine, "IQL", scores["IQL"])

# %%
plotting.plot_scoreboard(full_view, own=kept_scores("dispatch"), exact=scoreboard.DISPATCH_BESTS)

# %% [markdown]
# Your board is kept with your progress. Give another team another name, and both stay.
#
# ### Exercise 15.2 · A team to be proud of
#
# Leave local and central critics behind: the lower end of your interval above 88. Change `make_team` and run the cells
# above again, until you like it. Then hand in `policies`. If it is not there yet, the card says what your team does
# wrong, and which lesson treats that.

# %%
# BEGIN SOLUTION
my_policies = policies
# END SOLUTION
my_policies = check("15.2", my_policies)

# %% [markdown]
# You have chosen by the score on *this* game, so it flatters you. And are first values of 27 good, or good *for
# dispatch*? **A team is proven by what it was not tuned on: another game, another partner.**
#
# ## Another game
#
# In the *rush hour* there are three light queues A, B and C, which pay 1 a task, and heavy tasks at H, which pay 6. Four
# hours come in turn: 0 and 1 are quiet, 2 and 3 are the rush, with three times as many light tasks. Worker 1 comes by car:
# what it does fails 2 times in 10, and in the rush 8 times. Where somebody stands at a heavy task and it is not served, the
# team pays 2.

# %%
rush = environments.RushHour()
plotting.watch(environments.RushHour(horizon=8), {"random": RandomPolicy(4)})

# %%
predict("15.a")


# %%
def make_distributed(game, last=0.05, initial=0.0):
    return DistributedQ(game, 0.9, linear_schedule(1.0, last, 18_000), initial=initial)


def make_hysteretic(game, initial=0.0):
    alpha, beta = linear_schedule(0.1, 0.01, 30_000), linear_schedule(0.01, 0.001, 30_000)
    return HystereticQ(game, alpha, beta, 0.9, linear_schedule(1.0, 0.05, 18_000), initial=initial)


def score_in(game, make, steps=STEPS):
    """Return the exact scores, (50,), of teams trained in a game; 100 is its best possible."""
    return scoreboard.score_policies(try_team(make, game, steps), game)


# %%
contenders = {"distributed": make_distributed, "hysteretic": make_hysteretic, "yours": make_team}
in_rush = {name: score_in(rush, make) for name, make in contenders.items()}
compare("hysteretic", in_rush["hysteretic"], "distributed", in_rush["distributed"])
plotting.plot_scores(in_rush, exact={"best possible": 100})

# %% [markdown]
# ## Why? Ask the checklist
#
# The best learner of dispatch fell from 99.7 to 72. Ask the questions of [lesson 07](07_is_it_learning.ipynb), and two
# that came later:
#
# | Ask | Here |
# |---|---|
# | What do others get who learned nothing? | 52.3 at best, without H |
# | Names? The end? | It begins at random; nothing ends |
# | One unlucky run? | All 50 fell |
# | Does it come back to its rows? `"rows"` | 216 states: try twice the steps |
# | Does it still explore? `"explore"` | Try ε = 1 throughout |
# | At which level do values start (09)? `"level"` | Try 27 |
# | May luck look like skill (08)? `"luck"` | Try a rush hour where nobody fails |
#
# Change one thing at a time. Which do you suspect? Put it in. Then try the others.

# %% tags=["nbval-check-output"]
never_fails = environments.RushHour(speeds=np.ones((4, 2)))  # 4 hours, 2 workers
one_change = {  # game, what makes the team, steps
    "rows": (rush, make_distributed, 2 * STEPS),
    "explore": (rush, lambda game: make_distributed(game, last=1.0), STEPS),
    "level": (rush, lambda game: make_distributed(game, initial=27.0), STEPS),
    "luck": (never_fails, make_distributed, STEPS),
}
# BEGIN SOLUTION
suspect = "luck"
# OTHERWISE
# suspect = "explore"  # or "rows", "level", "luck"
# END SOLUTION
changed = score_in(*one_change[suspect])
print(f"{suspect}: these teams score {changed.mean():.0f}")
compare("changed", changed, "as before", in_rush["distributed"])

# %%
predict("15.a", reveal=True)

# %% [markdown]
# Only one change helps much: where nobody fails they score 88, with the others 67 to 74. It is luck. The distributed
# learner believes the best that ever happened, so that one lucky success is praised for ever. (With `make_hysteretic` in
# the line of "luck": 65. Luck alone takes all of the distributed one's lead.)
#
# By hand: to meet at H brings 6 or −2. In quiet hours that is 0.8 · 6 − 0.2 · 2 = 4.4 on average, in the rush
# 0.2 · 6 − 0.8 · 2 = −0.4. It believes 6, always. A team that meets at *every* waiting heavy task, and is perfect
# otherwise, scores 72.0, exactly. When would you meet?

# %% [markdown]
# ### And your team?
#
# If it fell, it may be by its level. A team that earns $r$ in each step is worth
#
# $$r + \gamma r + \gamma^2 r + \dots = \frac{r}{1 - \gamma}$$
#
# - $r$: what it earns in a step;  γ = 0.9, so that this is ten times $r$.
#
# At the end of their training hysteretic teams earn 2.7 in a step of dispatch: 27. In the rush hour they earn about 1.9:
# 19. What do first values of 19 do there, for `make_hysteretic` and for yours? Say what you expect. Then change one
# line, run the contenders again, and compare by intervals, before you read on.

# %% [markdown]
# | 30,000 steps, full view | rush hour | dispatch |
# |---|---|---|
# | IQL | 55 | 78 |
# | IQL, values from 22; 27 | 56 | 85 |
# | COMA, both cures (values from 22; 27) | 58 | 92 |
# | distributed | 72 | 99.7 |
# | hysteretic | 75 | 90 |
# | one controller | 84 | 91 |
# | hysteretic, values from 19; 27 | 90 | 98 |
# | one controller, values from 22; 27 | 95 | 99 |
#
# (Means of 50 or 100 runs, ±2; another seed: up to 3.) The level need not be exact: hysteretic teams that start at 16, 19,
# 22 or 27 end at 89 or 90, from 40 at 82.
#
# What falls had suited dispatch alone: its certainty, or what a team is worth there. What carries over comes with a reason that holds here,
# too: forgive a partner who explores, believe no single stroke of luck, start near what a good team is worth. And take all
# three: a level alone does not help IQL here.

# %% [markdown]
# ## Another partner
#
# Back to dispatch. So far all teams worked with those with whom they had trained: **self-play**. Now take two IQL teams.
# Worker 0 of one goes to work with worker 1 of the other, a **stranger**: **cross-play**. Both have trained on the same
# game, by the same rule, for as long.

# %%
predict("15.b")

# %% [markdown]
# ### Exercise 15.3 · Everybody beside everybody
#
# Let worker 0 of each team meet worker 1 of each. Both draw by themselves, so probabilities are multiplied (lesson 03).
#
# A tool: `None` in brackets makes an axis of length 1, and a product repeats it as often as needed. With `x` (2, 4) and
# `y` (3, 4), `x[:, None, :] * y[None, :, :]` is (2, 3, 4).


# %%
@exercise("15.3")
def pair_everybody(first, second):
    """Let worker 0 of each team play beside worker 1 of each; return their joint policies.

    first: (R, S, A), probabilities: what worker 0 of R teams does in S states.
    second: (K, S, A), the same of worker 1 of K teams.  R, K, S and A are from 1 up.
    Returns an array (R, K, S, A, A): entry [r, k, s, a, b] is how likely, in state s, worker 0 of
    team r does a while worker 1 of team k does b.

    Example: first [[[0.5, 0.5]]] and second [[[1, 0]], [[0, 1]]] give
    [[[[[0.5, 0], [0.5, 0]]], [[[0, 0.5], [0, 0.5]]]]].
    """
    # BEGIN SOLUTION
    return first[:, None, :, :, None] * second[None, :, :, None, :]
    # END SOLUTION


# %%
def meet(one, other):
    """Return exact scores (R, K): worker 0 of each of R teams beside worker 1 of each of K."""
    return scoreboard.score(pair_everybody(one[:, 0], other[:, 1]))


iql = population["IQL"][:50]
table = meet(iql, iql)  # (50, 50)
print(table[:4, :4].round())

# %% [markdown]
# ### Exercise 15.4 · With strangers
#
# On the diagonal of this table each worker is with its own partner. All others are strangers.
#
# Tools: `np.eye(R, dtype=bool)` is True on the diagonal alone; `~` turns it around; `x[mask]` takes out all entries where
# the mask is True, row by row, and `.reshape(R, -1)` makes R rows of them again.


# %%
@exercise("15.4")
def judge_partners(scores):
    """Say of worker 0 of every team how it does with its own partner, and with strangers.

    scores: (R, R), whole numbers or decimals: scores[r, k] is what worker 0 of team r and worker 1
        of team k score together. R is from 2 up.
    Returns an array (R, 3): for each row the score with its own partner, the mean with all
    strangers, and the lowest with a stranger.

    Example: [[9, 1, 2], [3, 8, 5], [4, 6, 7]] gives [[9, 1.5, 1], [8, 4, 3], [7, 5, 4]].
    """
    # BEGIN SOLUTION
    is_own = np.eye(len(scores), dtype=bool)
    strangers = scores[~is_own].reshape(len(scores), -1)  # (R, R - 1)
    return np.stack([scores[is_own], strangers.mean(axis=1), strangers.min(axis=1)], axis=1)
    # END SOLUTION


# %% tags=["nbval-check-output"]
cured = "COMA, both cures"
names = ["IQL", "QMIX", cured, "hysteretic", "one controller", "distributed", f"{cured}, own view"]
print("mean score with: own partner, strangers, the worst stranger")
for name in names:
    few = population[name][:50]
    own, strangers, worst = judge_partners(meet(few, few)).mean(axis=0)
    print(f"{name:>26}: {own:4.0f} {strangers:4.0f} {worst:4.0f}")

# %%
predict("15.b", reveal=True)

# %% [markdown]
# The worst pairs are far below 0, worse than random play. Nothing is wrong with either team. But where a heavy task waits,
# teams have agreed on when to meet at H, and each has agreed otherwise. Mixed, one worker stands at H alone in 42 % of
# these states, at home in 7 % (all 100 runs).

# %% [markdown]
# COMA and one controller, 92 and 91 at home, part here: 20 and 84 with strangers. A hundred runs of COMA have come to 78
# different agreements on where both go to H: each team speaks a language of its own. In their own views they have all come to the same one: who
# sees less has less to agree on. Over H, controllers and most hysteretic teams differ only where they hardly ever are. And
# 75 of 100 distributed teams go to H in all the same states: what is best, if the partner comes too. A score at home tells
# nothing of that.

# %%
groups = ["careful", "IQL", "QMIX", cured, "hysteretic", "distributed"]
teams = {name: population[name][:20] for name in groups} | {"yours": policies[:20]}
pairs = [[meet(one, other).mean() for other in teams.values()] for one in teams.values()]
means = np.array(pairs)  # (7, 7)
words = f"Mean scores of worker 0 (row) beside worker 1 (column): {means.round().tolist()}"
plotting.plot_table(means, list(teams), list(teams), words, limits=(-80, 100))

# %% [markdown]
# Read along the row of *yours*: with whom would you not send your worker 0 to work? (On the diagonal, too, nearly all pairs
# are strangers: 20 runs beside 20.) Careful workers get along with each other, and with nobody who is bold.
#
# Is a worker a bad partner, or did it meet the wrong ones? Ask somebody who *knows* it: the **best partner**, the exact
# best response (lesson 05) of one who wants the same.

# %% tags=["nbval-check-output"]
everybody = np.concatenate([team[:10] for team in population.values()])
print("mean score with: a partner who knows it, everybody in the population")
for name, few in ({"random": population["random"]} | teams).items():
    known = cross_play.best_partner_scores(few[:, 0]).mean()
    among_all = cross_play.score_beside(few, everybody).mean()
    print(f"{name:>16}: {known:4.0f} {among_all:4.0f}")

worst = cross_play.worst_partners(policies[:10], population)  # the worst first
print(f"your worst partners: {'; '.join(list(worst)[:3])}")

# %% [markdown]
# IQL's workers are no bad partners: who knows them scores 79 with them, strangers 27. Yet among all, *random* play is a
# better partner than IQL: who errs at random does not stand in the way for ever. The careful worker is the worst, and who
# knows it can only be careful, too: 46. (To do well with strangers at once is called **zero-shot coordination**.)
#
# To hand a team on, keep it in a file of plain numbers, and read another one's:
#
# ```python
# cross_play.save_team("my_team.npz", policies)
# theirs = cross_play.load_team("their_team.npz")
# judge = meet(policies, theirs).mean()
# ```

# %% [markdown]
# ## Bring your own environment
#
# Games that others wrote come in through PettingZoo (lesson 14). Foraging as *lbforaging* has it is one on which many compare
# their learners; here on a small board, for two teams. An agent sees rows and columns. `Numbered` gives each different sight a
# number, so that tables can learn; each sees itself first, so that both can share one (lesson 13). Where the package is
# missing, the cell says what to type.

# %%
from marl_lessons import outside_games, views
from marl_lessons.rollout import evaluate

theirs = outside_games.try_game(outside_games.level_based_foraging, size=4, levels=1, horizon=15)
if theirs:
    game = views.Numbered(theirs, most=1_200)  # a row of the table for each different sight
    team = SharedQ(game, alpha=0.5, gamma=0.95, epsilon=linear_schedule(1.0, 0.05, 6_000))
    train(game, team, steps=6_000, runs=2, rng=np.random.default_rng(0))
    for name, player in {"random play": RandomPolicy(6), "the team": team}.items():
        shifts = [evaluate(game, player, 2, np.random.default_rng(seed)) for seed in range(50)]
        print(f"{name}: the food is eaten in {np.sum(shifts):.0f} of 100 episodes")

# %% [markdown]
# For another game change the lines that make game and team. With features go networks:
#
# ```python
# game = outside_games.simple_spread(local_ratio=0.0)
# team = IPPO(game, learning_rate=0.01, gamma=0.9, batch=250, epochs=8, normalizes=True, spread=0.1)
# ```
#
# and for one of your own, `game = pettingzoo_api.from_parallel_env(make_env, horizon=25)`. Such games step one copy after
# another, hundreds of times slower than ours in arrays. So be patient: what is learned here takes more steps, not another
# method.

# %% [markdown]
# ## Three questions
#
# The article ends with three questions. Here is what you have measured.
#
# *"Why can't I train each agent independently?"* You can. On dispatch IQL gets 78, and hysteretic and distributed teams,
# as independent, 90 and 99.7 ([08](08_coordination.ipynb)). It fails where an agent cannot see what its action brought:
# in the relay local critics end near 4, central ones near 95 ([12](12_central_critics.ipynb)), IQL near 6, QMIX near 95
# ([11](11_value_decomposition.ipynb)). "More stable"? A critic of joint actions fixes the world, not the others'
# learning.

# %% [markdown]
# *"Cooperative or competitive?"* It is not the game's nature but its pay: the same workers, paid alone, score 42, and
# paid as a team 70 ([04](04_reward_structures.ipynb)). Where interests are opposed, judge by the challenger: a policy that
# wins nearly all its games against random play won none against one who had studied it
# ([05](05_competition.ipynb)).
#
# *"Beyond 3–5 agents?"* Share one table, and give it identities or chance, so that its agents don't herd; where everybody
# matters a little, one number stands for all, and a million agents learn in a cell
# ([13](13_sharing_and_mean_fields.ipynb)). Groups with a coordinator help, a good *form* of the decision helps more
# ([14](14_hierarchies.ipynb)).

# %% [markdown]
# ## Where to go from here
#
# - Albrecht, Christianos & Schäfer, *Multi-Agent Reinforcement Learning*, 2024: the textbook, free to read; games first,
#   as here.
# - EPyMARL: QMIX, MAPPO, COMA as networks, compared fairly on foraging, particles and StarCraft.
# - BenchMARL: many methods and tasks under one protocol, with intervals.
# - JaxMARL, Mava: whole experiments on a graphics card, thousands of games at once.
# - OpenSpiel: board games and cards; equilibria, exploitability.
# - RLlib: one script, many machines (lesson 14).
# - Melting Pot: cross-play as a test, with strangers who were kept back.

# %% [markdown]
# ## What we saw
#
# - A lead is an interval. If it holds 0, it may be luck.
# - **A team is proven by what it was not tuned on.** The best learner of dispatch fell in the rush hour, because luck sat in
#   what its workers do; who forgives, and starts near what a good team is worth, held.
# - Teams that score alike at home may be worth nothing to one another: what was agreed on by chance, strangers don't know.
# - Why? One guess, one change, many runs.
#
# That was the course. `progress()` shows what you have passed.

# %% [markdown]
# ## Sources
#
# - Welch 1947: the difference of two means. Henderson et al. 2018; Agarwal et al. 2021: how luck fools comparisons.
# - Carroll et al. 2019; Hu, Lerer, Peysakhovich & Foerster 2020 ("other-play"): partners one was not trained with.
#   Leibo et al. 2021 (Melting Pot). Lanctot et al. 2017: policies that fit only each other, and a table to show it.
# - Papoudakis, Christianos, Schäfer & Albrecht 2021: methods compared on many games; EPyMARL.
# - Dispatch and the rush hour are this course's own; the three questions are those of the article "Multi-Agent
#   Reinforcement Learning for Task Optimization: Agents That Improve Together" (CallSphere).
