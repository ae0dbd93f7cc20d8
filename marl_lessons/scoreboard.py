"""The one place that turns what a team is worth into a score; the scoreboards of the course's games."""

from functools import cache
from itertools import islice

import numpy as np

from marl_lessons.environments import Dispatch
from marl_lessons.groups import carry_out
from marl_lessons.policies import joint_policy
from marl_lessons.rollout import play
from marl_lessons.scales import GAMMA, Scale, find_scale, mean_value
from marl_lessons.tables import ask_policies, read_policies, write_down
from marl_lessons.views import OneHot, WithIdentity

__all__ = [
    "DISPATCH_BESTS",
    "GAMMA",
    "Scale",
    "dispatch_scale",
    "find_scale",
    "mean_value",
    "read_policies",
    "score",
    "score_districts",
    "score_forager",
    "score_learner",
    "score_plans",
    "score_policies",
    "score_relay",
    "train_in_districts",
]

DISPATCH_BESTS = {"best possible": 100, "best without heavy tasks": 45.9}  # exact, as lines in pictures


def score(joint_policies):
    """Score joint policies of the dispatch game: 0 is uniform play, 100 the exact joint optimum.

        100 (v(π) - v(uniform)) / (v* - v(uniform)),   v = mean value over the 18 start states, γ = 0.9

    Parameters:
        joint_policies: probabilities (…, S, A, A) over the states of `Dispatch.states`.
    Returns:
        Scores (…).
    """
    return dispatch_scale().score(mean_value(_dispatch_tables(), joint_policies))


def score_learner(learner, game, runs, gamma=GAMMA):
    """Score what each run of a learner plays without exploring, exactly, as `score` does for dispatch.

    Parameters:
        learner, game, runs: as in `read_policies`. What counts is the game behind all views, whatever else the agents
            were paid.
        gamma: discount factor by which the team is judged.
    Returns:
        Scores (R,).
    Raises:
        ValueError: as `read_policies` and `find_scale` do.
    """
    return score_policies(read_policies(learner, game, runs), game, gamma)


def score_policies(policies, game, gamma=GAMMA):
    """Score policies of any game that can be written down as tables, exactly, as `score` does for dispatch.

    Parameters:
        policies: probabilities (…, N, S, A) in the order of the game's states, such as `read_policies` returns.
        game, gamma: as in `score_learner`.
    Returns:
        Scores (…).
    Raises:
        ValueError: if the policies do not fit the game; and as `find_scale` does.
    """
    tables, _ = write_down(game)
    expected, got = (tables.num_agents, tables.num_states, tables.num_actions), np.shape(policies)
    if got[-3:] != expected:
        raise ValueError(
            f"policies must have shape (…, {', '.join(map(str, expected))}) in this game, got {got}; "
            "give the game that they were made for."
        )
    return find_scale(tables, gamma).score(mean_value(tables, joint_policy(policies), gamma))


def score_forager(learner, game, runs, gamma):
    """Score what each run of a learner plays in foraging without exploring, in per cent of the best possible.

        100 · mean of V(s) / mean of V*(s) over the start states s,   V*(s) = γ^(n(s) - 1), n(s) the fewest steps

    Parameters:
        learner: a Learner, after training on this game or a view of it.
        game: the Foraging game itself, whose rewards count, whatever else the learner was paid.
        runs: R, as in training.
        gamma: discount factor of the return.
    Returns:
        Scores (R,); a team that never eats scores 0.
    """
    policies = joint_policy(ask_policies(learner, game.observe(np.arange(game.num_playing)), runs))
    best = gamma ** (game.count_fewest_steps() - 1)  # (S,)
    return 100 * game.evaluate_policies(policies, gamma).mean(axis=1) / best.mean()


def score_relay(learner, game, runs):
    """Score what each run of a learner plays in the relay without exploring: 0 is uniform play, 100 the best team.

        100 (J(π) - J(uniform)) / (J* - J(uniform)),   J* by trying all teams of which each agent uses what it sees

    Parameters:
        learner: a Learner, after training.
        game: the Relay game that it was trained on.
        runs: R, as in training.
    Returns:
        Scores (R,).
    """
    uniform = game.evaluate_policies(np.full((len(game.states), 3, 3), 1 / 9))
    scale = Scale(float(uniform), float(game.evaluate_policies(game.list_policies()).max()))
    policies = joint_policy(ask_policies(learner, game.observe(game.states), runs))
    return scale.score(game.evaluate_policies(policies))


def score_districts(learner, game, runs, rng, *, steps=500, warm_up=100, bound=None, explore=False):
    """Score what each run of a learner earns in the districts, by playing: 0 is no reward, 100 the bound.

        100 · (what the team earns in a step) / (N · bound),   mean over the steps after the warm-up

    Parameters:
        learner: a Learner, after training.
        game: a Districts game, `ByDistrict`, or a view of them (OneHot, WithIdentity). What the team truly earns
            counts, whatever its agents were paid.
        runs: R, as in training.
        rng: numpy random Generator.
        steps, warm_up: how many steps are played, and how many of these do not count.
        bound: what scores 100, in reward for each worker and step; default is the game's own, 1.7. For a single
            district `solvers.bound_districts(game)` is much closer.
        explore: whether the team plays as in training.
    Returns:
        Scores (R,).
    Raises:
        ValueError: if no step counts.
    """
    transitions = islice(play(game, learner, runs, rng, explore), warm_up, steps)
    game = game.game if isinstance(game, (OneHot, WithIdentity)) else game
    earned = sum(game.earn(transition.state, transition.actions).sum(axis=1) for transition in transitions)
    return _scale_districts(earned, game, steps, warm_up, bound)


def train_in_districts(learner, game, steps, runs, rng, window=10):
    """Let a learner play and learn in the districts, and score it all the while, as `score_districts` does.

    Parameters:
        learner, game, runs, rng: as in `score_districts`; the learner explores and learns.
        steps: steps in each run.
        window: how many of them make a score; it divides `steps`.
    Returns:
        Scores (R, steps / window).
    Raises:
        ValueError: if `window` does not divide `steps`.
    """
    if steps % window:
        raise ValueError(f"window must divide steps, got {window} and {steps}; choose another number of steps.")
    districts = game.game if isinstance(game, (OneHot, WithIdentity)) else game
    earned = np.zeros((steps, runs))
    for step, transition in enumerate(islice(play(game, learner, runs, rng), steps)):
        learner.update(transition, rng)
        earned[step] = districts.earn(transition.state, transition.actions).sum(axis=1)
    return _scale_districts(earned.reshape(-1, window, runs).sum(axis=1).T, districts, window, 0, None)


def score_plans(game, decide, runs, rng, *, every=1, steps=500, warm_up=100, bound=None):
    """Score rules that plan for districts, from counts alone, many rules at once and on the same luck.

    Parameters:
        game, rng, steps, warm_up, bound: as in `score_districts`.
        decide: a function of Counts (…, D) and whether workers may be moved that returns a Plan (…, D), such as
            `HandRule(game).decide`. Where rules are tried side by side, it adds their axes in front.
        runs: R.
        every: k, workers are moved in every k-th step only.
    Returns:
        Scores (…, R).
    """
    _, counts = game.split(game.reset(runs, rng))  # (R, D) each
    earned = 0
    for step in range(steps):
        plan = decide(counts, step % every == 0)
        counts, in_step = carry_out(game, counts, plan, rng)
        earned = earned + (step >= warm_up) * in_step.sum(axis=-1)
    return _scale_districts(earned, game, steps, warm_up, bound)


def _scale_districts(earned, game, steps, warm_up, bound):
    if not 0 <= warm_up < steps:
        raise ValueError(f"warm_up must lie in 0 … steps - 1, got {warm_up} of {steps} steps; play longer.")
    return 100 * earned / ((steps - warm_up) * game.sizes.sum() * (game.bound() if bound is None else bound))


@cache
def dispatch_scale():
    """Find the ends of the scale of the dispatch game, in which a light task pays 1."""
    return find_scale(_dispatch_tables())


@cache
def _dispatch_tables():
    return Dispatch().to_tabular()
