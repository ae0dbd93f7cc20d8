"""Every number and claim that lesson 14 and its checks state is what the module computes.

What other tests assert already is not computed again here:

- environments/test_districts, test_groups, learners/test_teams, learners/test_rules, solvers/test_cross_entropy: the
  game, those who decide for groups, the rules and the search.
- canon/test_district_teams: the scores after 3,000 steps and the rule's at other sizes.
- notebooks/test_prose: the numbers that a cell of the lesson prints.
"""

import numpy as np
import pytest

from marl_lessons import environments, scoreboard, solvers
from marl_lessons.exercises.registry import find_prediction
from marl_lessons.groups import ByDistrict
from marl_lessons.learners import IQL, FixedPolicy, HandRule, MeanFieldQ, PatientQ, SharedQ, SharedRule
from marl_lessons.pettingzoo_api import to_parallel_env
from marl_lessons.plotting.watch import record
from marl_lessons.policies import linear_schedule
from marl_lessons.rllib.__main__ import read_arguments
from marl_lessons.rollout import evaluate, train
from marl_lessons.views import WithIdentity
from tests.lessons.measures import answered, listen_to, read_code, solve

CITY = environments.Districts(120, 10, view="map")
FLAT = environments.Districts(120, 10, reward="difference")
says = listen_to("14_hierarchies")
CODE = read_code("14_hierarchies")


def score_team(make, game, steps=2_000, runs=10, seed=3, explore=False):
    """Train a team with the lesson's schedules, and score it."""
    alpha, epsilon = linear_schedule(0.1, 0.01, steps * 0.6), linear_schedule(1.0, 0.05, steps * 0.6)
    team = make(game, alpha, epsilon, linear_schedule(3.0, 0.3, steps * 0.6))
    train(game, team, steps, runs, np.random.default_rng(seed), per_agent=False)
    return scoreboard.score_districts(team, game, runs, np.random.default_rng(seed + 10), explore=explore)


def draw_from_one_table(game, alpha, epsilon, softmax):
    return SharedQ(game, alpha, 0.9, temperature=softmax)


def lead_by_heads(game, alpha, epsilon, softmax):
    gammas = np.append(np.zeros(10), 0.9)[: game.num_agents]
    return PatientQ(game, alpha, gammas, epsilon, waiting=game.waiting)


def score_hand_rule(game=CITY, runs=40, seed=5, every=1):
    return scoreboard.score_plans(game, HandRule(game).decide, runs, np.random.default_rng(seed), every=every)


# The game and its bound


def test_the_game_is_as_the_text_tells_it():
    assert (CITY.light_arrival, CITY.heavy_arrivals.tolist(), CITY.heavy_reward) == (0.3, [0.05, 0.65], 4)
    assert CITY.lone_penalty == 2
    assert pytest.approx(50) == 1 / CITY.switch
    assert (CITY.num_agents, CITY.num_districts) == (120, 10)
    assert says("a light one takes a worker and pays 1, a heavy one takes two and pays 4 (who tries it alone loses 2).")
    assert says("0.3 light tasks arrive", "0.05 where it is quiet, 0.65 where it is busy", "Every 50 steps or so")
    assert says("A full queue turns tasks away.", "From here on: 120 workers, 10 districts.")
    assert FLAT.num_observations == 4 * 4
    assert says("in four levels for light and for heavy tasks", "or to go to the neediest district")


def test_in_the_first_film_two_of_four_districts_are_busy_and_the_workers_stay():
    small = environments.Districts(12, 4, view="map", horizon=8)
    team = HandRule(small)
    team.share_out = lambda needs, num_workers: small.sizes
    episode = record(small, team, seed=10)
    counts = [small.split(snapshot.state[None])[1] for snapshot in episode]
    assert all(part.busy.sum() == 2 and part.workers.tolist() == [[3, 3, 3, 3]] for part in counts)
    busy = counts[-1].busy[0] == 1
    assert (counts[-1].heavy[0][busy] == 3).all()  # full
    assert (counts[-1].heavy[0][~busy] == 0).all()
    told = [small.tell(snapshot) for snapshot in list(episode)[3:-1]]
    assert all("8 are at light ones" in line for line in told)
    served = [int(line.split("Served: ")[1].split()[0]) for line in told]
    assert (min(served), max(served)) == (3, 5)
    assert says("Where it is busy, tasks are turned away; where it is quiet, workers idle:")
    assert says("from step 3 on 8 stand at light tasks, and serve 3 to 5.")


def test_the_bound_by_hand():
    assert solve("14.1", 0.3, 0.35, 4) == pytest.approx(CITY.bound()) == 1.7
    assert [solve("14.1", 0.3, heavy, 4) for heavy in (0.05, 0.65)] == pytest.approx([0.5, 2.0])
    assert pytest.approx(73.5, abs=0.1) == 100 * 1.25 / 1.7
    assert says("0.3 + 2 · 0.35 = 1. There is just enough work for all", "0.3 + 4 · 0.35 = 1.7", "4 · ½ = 2")
    assert says(r"$$\max\; l + 4h \quad\text{where}\quad l \le 0.3,\quad h \le 0.35,\quad l + 2h \le 1$$")
    assert says("0.35: heavy tasks that arrive, the mean of 0.05 and 0.65")


def test_staying_at_home_brings_three_quarters_and_a_little_more():
    at_home = HandRule(CITY)
    at_home.share_out = lambda needs, num_workers: np.broadcast_to(CITY.sizes, needs.shape)
    score = scoreboard.score_plans(CITY, at_home.decide, 60, np.random.default_rng(1)).mean()
    alone = environments.Districts(12, 1)
    assert score < 100 * solvers.bound_districts(alone) / 1.7 == pytest.approx(76.8, abs=0.1)
    assert score == pytest.approx(75, abs=1.5)
    assert says("staying at home may bring a little more")
    assert says("**Up to a quarter of all that can be earned lies in moving workers.**")


def test_shares_by_hand_and_the_hand_rule():
    assert solve("14.2", np.array([2.4, 1.3, 1.3]), 5).tolist() == [3, 1, 1]
    assert says("Round down: 2, 1 and 1. One worker is left", "0.4 of the first. So 3, 1, 1")
    assert says(r"$$q_d = N\, \frac{l_d + 2 h_d}{\sum_c (l_c + 2 h_c)}$$")
    assert score_hand_rule(runs=100).mean() == pytest.approx(93, abs=1.3)
    by_hand = HandRule(CITY)  # on the learner's function
    by_hand.share_out = lambda needs, num: np.array([solve("14.2", row + 1e-9, num) for row in needs])
    mine = scoreboard.score_plans(CITY, by_hand.decide, 4, np.random.default_rng(5), steps=150)
    course = scoreboard.score_plans(CITY, HandRule(CITY).decide, 4, np.random.default_rng(5), steps=150)
    assert mine == pytest.approx(course, abs=1.5)  # ties may go to other districts


# Who decides


def test_no_team_that_learns_comes_up_to_the_hand_rule():
    drawn = score_team(draw_from_one_table, FLAT, steps=1_200, runs=8, explore=True)
    heads = score_team(lead_by_heads, ByDistrict(environments.Districts(120, 10), every=None), steps=1_200)
    assert 78 < drawn.mean() < 89
    assert heads.mean() == pytest.approx(75.5, abs=3)
    assert max(drawn.mean(), heads.mean()) + 4 < score_hand_rule().mean()
    assert answered("14.a") == "none of them"
    assert "The hand rule scores 93 or 94 of 100." in find_prediction("14.a").question
    assert says("chance takes the place of a plan.", "*Heads* move nobody; they earn what staying at home brings.")
    assert says("All learn for 2,000 steps with the same schedules, in 10 cities each.")


@pytest.mark.canon
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_who_learns_how_well_under_other_seeds(seed):
    told = WithIdentity(FLAT, np.arange(120) % 3)
    kinds = {
        "own": (lambda game, alpha, epsilon, _: IQL(game, alpha, 0.9, epsilon), FLAT),
        "one": (lambda game, alpha, epsilon, _: SharedQ(game, alpha, 0.9, epsilon), FLAT),
        "three": (lambda game, alpha, epsilon, _: SharedQ(game, alpha, 0.9, epsilon), told),
        "drawn": (draw_from_one_table, FLAT),
        "mean field": (lambda game, alpha, _, softmax: MeanFieldQ(game, alpha, 0.9, temperature=softmax), FLAT),
        "coordinator": (lead_by_heads, ByDistrict(environments.Districts(120, 10), every=5)),
    }
    scores = {
        name: score_team(make, game, runs=20, seed=seed, explore=name == "drawn")
        for name, (make, game) in kinds.items()
    }
    assert 0.15 < (scores["one"] < 6).mean() < 0.85  # one crowd that travels for ever
    assert says("Some end as one crowd of 120 that travels for ever: the dots at 0.")
    scores = {name: values.mean() for name, values in scores.items()}
    hand = score_hand_rule(seed=seed).mean()
    assert scores["one"] < scores["three"] < scores["own"] < min(scores["drawn"], scores["mean field"])
    assert scores["drawn"] == pytest.approx(scores["mean field"], abs=3)
    assert scores["coordinator"] == pytest.approx(scores["drawn"], abs=6)  # much alike
    assert max(scores.values()) < hand


@pytest.mark.canon
def test_a_coordinator_that_draws_blindly_does_as_well():
    class Blind(PatientQ):
        def act(self, observations, rng, explore=True):
            actions = super().act(observations, rng, explore)
            actions[:, -1] = rng.integers(self.num_actions, size=len(actions))
            return actions

    game = ByDistrict(environments.Districts(120, 10), every=5)
    gammas = np.append(np.zeros(10), 0.9)
    team = Blind(game, linear_schedule(0.1, 0.01, 1_200), gammas, linear_schedule(1, 0.05, 1_200), waiting=game.waiting)
    train(game, team, 2_000, 40, np.random.default_rng(2), per_agent=False)
    scores = scoreboard.score_districts(team, game, 40, np.random.default_rng(4))
    assert scores.mean() == pytest.approx(87, abs=2.5)
    assert says("A coordinator who decides by lot scores 87 (measured for you).", "but the *form* of its decisions")


def test_with_one_table_all_workers_of_a_district_do_the_same():
    team = SharedQ(FLAT, 0.1, 0.9, 0.5)
    train(FLAT, team, 600, 2, np.random.default_rng(0), per_agent=False)
    state = FLAT.reset(2, np.random.default_rng(1))
    actions = team.act(FLAT.observe(state), np.random.default_rng(2), explore=False)
    assert (np.ptp(actions.reshape(2, 10, 12), axis=2) == 0).all()
    assert says("the 12 workers of a district all take light tasks, all take heavy ones, or all leave.")


def test_in_the_second_film_a_crowd_is_on_its_way_and_one_table_earns_least():
    """With the teams of the lesson: the same schedules and seeds, 10 runs, of which the film shows the first."""
    alpha, epsilon = linear_schedule(0.1, 0.01, 1_200), linear_schedule(1.0, 0.05, 1_200)
    heads = ByDistrict(environments.Districts(120, 10), every=5)
    teams = {
        "one table": (SharedQ(FLAT, alpha, 0.9, epsilon), FLAT, environments.Districts(120, 10, horizon=8)),
        "coordinator": (
            lead_by_heads(heads, alpha, epsilon, None),
            heads,
            ByDistrict(environments.Districts(120, 10, horizon=8), every=5),
        ),
    }
    for team, game, _ in teams.values():
        train(game, team, 2_000, 10, np.random.default_rng(0), per_agent=False)
    teams["hand rule"] = (HandRule(CITY), CITY, environments.Districts(120, 10, view="map", horizon=8))
    films = {name: (game, record(game, team, seed=5, runs=10)[:-1]) for name, (team, _, game) in teams.items()}
    assert "plotting.watch(views, teams, seed=5, runs=10)" in CODE
    earned = {
        name: int(game.say_earned(episode).split()[-1].replace(",", "")) for name, (game, episode) in films.items()
    }
    assert earned["one table"] < earned["hand rule"] * 2 / 3
    assert earned["one table"] < earned["coordinator"] < earned["hand rule"]
    game, episode = films["one table"]
    travel = [int(game.tell(step).split(" on their way")[0].split()[-1]) for step in episode]
    assert travel == sorted(travel)
    assert travel[-5:] == [84] * 5  # a crowd that travels for ever
    assert all(count % 12 == 0 for count in travel)


def test_what_a_full_bar_is():
    """A full queue holds 2n light tasks and n heavy ones; the bar of workers is full at 2n."""
    assert (environments.Districts(12, 4).sizes == 3).all()
    assert says("a full bar is 6 light tasks, 3 heavy ones, 6 workers.")


def test_what_waiting_costs():
    scores = {every: score_hand_rule(every=every).mean() for every in (1, 5, 10, 20, 40)}
    assert scores[1] - scores[5] == pytest.approx(3, abs=1.5)
    assert scores[1] - scores[10] == pytest.approx(9, abs=2)
    assert scores[1] - scores[20] == pytest.approx(14, abs=2.5)
    assert scores[40] == pytest.approx(74, abs=3)
    assert says(
        "A district stays busy for about 50 steps. At 5 the hand rule loses about 3",
        "at 10 it loses 9, at 20 it loses 14",
    )
    assert says("at 40 it is no better than staying at home. **Decide some ten times as often as the world turns.**")


# The search


def score_rules(parameters, game=CITY, runs=2, steps=150, rng=None):
    rules = SharedRule(game, parameters[:, None])
    return scoreboard.score_plans(game, rules.decide, runs, rng, steps=steps, warm_up=50)


def search(seed, switched_off=()):
    """Search as the lesson does; some parameters may be switched off."""

    def judge(candidates, rng):
        candidates = candidates.copy()
        candidates[:, list(switched_off)] = -30
        return score_rules(candidates, rng=rng).mean(axis=1)

    sizes = {"rounds": 10, "num_candidates": 30, "num_best": 6}
    found = solvers.cross_entropy_search(judge, np.zeros(7), 1.5, np.random.default_rng(seed), **sizes).best
    return np.where(np.isin(np.arange(7), switched_off), -30, found)


def compare(parameters, game, runs=20, **options):
    """Return by how much rules are ahead of the hand rule on the same luck, (K, runs)."""
    ours = score_rules(parameters, game, runs, 400, np.random.default_rng(9))
    options = {"warm_up": 50, "steps": 400, "rng": np.random.default_rng(9)}
    return ours - scoreboard.score_plans(game, HandRule(game).decide, runs, **options)


@pytest.fixture(scope="module")
def found():
    return np.stack([search(seed) for seed in (10, 11)])


def test_a_search_finds_rules_that_are_a_little_better_than_the_hand_rule(found):
    start = score_rules(np.zeros((1, 7)), runs=20, steps=300, rng=np.random.default_rng(9)).mean()
    assert start == pytest.approx(65, abs=1.5)
    assert (compare(found, CITY).mean(axis=1) > 0.7).all()
    assert (np.exp(found[:, 2]) > 3).all()
    assert says("counts as if several more tasks waited there for each worker at home")
    assert CODE.count('"rounds": 10, "num_candidates": 30, "num_best": 6') == 1
    assert says("draws 30 candidates, θ, keeps the best 6, and draws the next 30 like those", "at first 0 and 1.5")


def test_the_rule_carries_over_to_larger_cities(found):
    for size in ((1_200, 10), (10_000, 20)):
        ahead = compare(found, environments.Districts(*size, view="map"), runs=10).mean(axis=1)
        assert (ahead > 0).all()
        assert (ahead < 1.5).all()
    assert answered("14.b") == "as high as the hand rule, or a little higher"
    assert find_prediction("14.b").options["a"].text.startswith("about 65,")


def test_where_busy_and_quiet_do_not_differ_the_rule_loses_ten_points(found):
    alike = environments.Districts(120, 10, view="map", heavy_arrivals=(0.35, 0.35))
    behind = -compare(found, alike).mean()
    assert 7 < behind < 14
    assert says("falls 7 to 14 points behind the hand rule")


def test_without_seeing_who_is_busy_a_search_is_half_a_point_ahead_and_not_at_all_in_a_larger_city():
    blind = search(10, switched_off=(2,))[None]
    assert compare(blind, CITY).mean() == pytest.approx(0.6, abs=0.3)
    assert -1 < compare(blind, environments.Districts(1_200, 10, view="map"), runs=10).mean() < 0.1
    assert says("because it sees who is busy")


def test_the_refit_by_hand():
    candidates, scores = np.array([[0, 1], [2, 1], [9, 9]]), np.array([5, 7, 1])
    assert solve("14.3", candidates, scores, 2).tolist() == [[1, 1], [1, 0]]
    assert says("of [0, 1], [2, 1] and [9, 9] the first two are best. Means: 1 and 1; spreads: 1 and 0.")
    assert says(r"\theta \sim \text{Normal}(\mu, \sigma^2)")


# The tables


def test_the_tables_are_those_that_were_measured():
    """Of 3,000 steps: canon/test_district_teams. Of RLlib: `make scale` measures again."""
    assert says("Scores after 3,000 steps", "| workers, districts | 12, 4 | 120, 10 | 1,200, 10 | limit |")
    assert says("| parameter sharing: one table | 14 | 19 | 53 |", "| the same, softmax | 63 | 85 | 91 |")
    assert says("| hierarchy, k = 5 | 77 | 85 | 87 |", "| hierarchy, k = 1 | 81 | 90 | 93 |")
    assert says("| by hand; found | 82; 85 | 93; 94 | 95; 95 |", "| mean field | 63 | 85 | 91 |")
    assert says("with 120 workers as much as a coordinator every 5 steps")
    assert says("Own tables: 60, 56 and 61.", "Intervals: ±4 or less; one table ±8, and ±25 with 1,200")
    assert says("hierarchies ±7 with 1,200", "November 27, 2026", "Ray 2.60.0, torch 2.13.0; 36,000 steps")
    assert says("| RLlib, mean of three runs | 69 (53 to 89) | 89 each | 1.07 GB |")
    assert says("| our IPPO, one run | 46 | 5 | 0.04 GB |", "| our IPPO, 100 runs at once | 71 ± 5 | 33 together |")
    assert says("36 points apart", "A step takes RLlib 2.5 ms of a processor, our 100 runs 0.009")


# Names and dictionaries


def test_the_best_team_by_names_earns_what_it_earns_in_the_course_s_own_loop():
    tables = environments.Dispatch().to_tabular()
    plan = solvers.value_iteration(tables, 0.9).joint_actions
    env = to_parallel_env(WithIdentity(environments.Dispatch()))
    by_name = [solve("14.4", env, np.append(plan[:, 0], plan[:, 1]), seed) for seed in range(150)]
    team = FixedPolicy(np.eye(3)[plan.T])
    expected = evaluate(tables, team, 2_000, np.random.default_rng(0)).mean()
    assert np.mean(by_name) == pytest.approx(expected, abs=3 * np.std(by_name) / np.sqrt(150))
    assert "value_iteration(environments.Dispatch().to_tabular(), gamma=0.9)" in CODE
    assert says("`env.agents` names those who still play, and is empty at the end")


def test_the_command_of_the_text_is_one_that_the_module_reads():
    words = "--address auto --runners 32 --steps 1000000"
    options = read_arguments(words.split())
    assert (options.address, options.runners, options.steps) == ("auto", 32, 1_000_000)
    assert f"python -m marl_lessons.rllib {words}" in CODE
    assert "rllib.try_it(steps=4_000)" in CODE
