"""Train every method of the course on dispatch and write the population that `read_population` reads.

python -m tools.build_population
"""

import sys
from dataclasses import replace
from functools import partial

import numpy as np

from marl_lessons import solvers
from marl_lessons.environments import Dispatch
from marl_lessons.environments.dispatch import HEAVY
from marl_lessons.learners import (
    COMA,
    FMQ,
    IQL,
    QMIX,
    REINFORCE,
    VDN,
    ActorCritic,
    CentralActorCritic,
    ClippedActorCritic,
    DistributedQ,
    HystereticQ,
    JointActionLearner,
    JointQ,
    LenientQ,
    NaturalActorCritic,
)
from marl_lessons.policies import exponential_schedule, linear_schedule, uniform_policy
from marl_lessons.rollout import train
from marl_lessons.shaping import WithBonus, diversity_bonus
from marl_lessons.tables import read_policies
from marl_lessons.team_files import POPULATION, save_population

RUNS, STEPS, GAMMA = 100, 30_000, 0.9
ALPHA, BETA = linear_schedule(0.1, 0.01, STEPS), linear_schedule(0.01, 0.001, STEPS)
EPSILON = linear_schedule(1.0, 0.05, 0.6 * STEPS)
VALUE, ENTROPY = 27.0, linear_schedule(1.0, 0.0, 0.8 * STEPS)  # about what a good team earns; fades to none
# A lenient agent still forgives half after half as many times as there are steps, as in lesson 08.
FORGIVING = (np.log(2) / 50) ** (1 / (0.5 * STEPS))
OWN_VIEW = ", own view"


class FirstIndexIQL(IQL):
    """Breaks ties by the lowest index, as argmax does."""

    def choose(self, observations, rng):
        return self.preferences(observations).argmax(axis=-1)

    def policies(self, observations):
        self._prepare(observations)
        return np.eye(self.num_actions)[self.choose(observations, None)]


class ArticlesHabits(FirstIndexIQL):
    """Sees where the next shift begins and takes it for where the last one ended: it bootstraps through the reset."""

    held = None

    def update(self, transition, rng):
        if self.held is not None:
            super().update(replace(self.held, next_observations=transition.observations), rng)
        self.held = transition


def q_learner(kind, **options):
    """Make a function from a game to a learner of values with the course's schedules."""
    return lambda game: kind(game, alpha=ALPHA, gamma=GAMMA, epsilon=EPSILON, **options)


def actors(kind, alpha=0.1, **options):
    """Make a function from a game to a learner by policy gradients."""
    return lambda game: kind(game, alpha, GAMMA, **options)


CURES = {"initial": VALUE, "entropy": ENTROPY}
METHODS = {  # name -> function from a game to a learner
    "article's habits": lambda game: ArticlesHabits(game, 0.1, GAMMA, exponential_schedule(1, 0.995)),
    "IQL": q_learner(IQL),
    "IQL with a potential": q_learner(IQL, initial=VALUE),  # the same as a potential of 27 everywhere
    "hysteretic": q_learner(HystereticQ, beta=BETA),
    "lenient": q_learner(LenientQ, decay=FORGIVING),
    "distributed": lambda game: DistributedQ(game, GAMMA, EPSILON),
    "FMQ": q_learner(FMQ),
    "joint-action learner": q_learner(JointActionLearner),
    "REINFORCE": actors(REINFORCE, 0.03),
    "actor–critic": actors(ActorCritic, 0.03),
    "clipped steps": actors(ClippedActorCritic, 0.01),
    "natural steps": actors(NaturalActorCritic, 0.005),
    "VDN": q_learner(VDN),
    "QMIX": q_learner(QMIX),
    "local critics": actors(CentralActorCritic, **CURES),
    "central critics": actors(CentralActorCritic, critic="central", **CURES),
    "COMA as printed": actors(COMA),
    "COMA, both cures": actors(COMA, **CURES),
}
BONUS = "IQL with the bonus ×10"
FULL_VIEW_ALONE = {
    "one controller": q_learner(JointQ),  # its agents have to see the same
    BONUS: METHODS["IQL"],
}


def train_method(name, runs=RUNS):
    """Train a method of the population, in the view that its name says, and return policies (R, 2, 18, 3)."""
    game = Dispatch(view="own" if name.endswith(OWN_VIEW) else "full")
    method = name.removesuffix(OWN_VIEW)
    make = (METHODS | FULL_VIEW_ALONE)[method]
    played = game.to_tabular() if game.view == "full" else game  # tables are stepped faster
    if method == BONUS:
        played = WithBonus(played, diversity_bonus, 10)
    learner = make(played)
    train(played, learner, STEPS, runs, np.random.default_rng(list(name.encode())))
    return read_policies(learner, game, runs)


def list_names():
    """List the methods that are trained, as they are called in the population."""
    return [*METHODS, *FULL_VIEW_ALONE, *(name + OWN_VIEW for name in METHODS)]


def write_rules():
    """Write down the teams that never learned, name -> policies (1, 2, 18, 3)."""
    dispatch = Dispatch()
    table, light_only = dispatch.to_tabular(), np.ones((3, 3), dtype=bool)
    light_only[HEAVY] = light_only[:, HEAVY] = False
    plan = partial(solvers.value_iteration, table, GAMMA)
    actions = {"careful": plan(allowed=light_only), "best possible": plan()}
    teams = {name: np.eye(3)[optimum.joint_actions].swapaxes(0, 1)[None] for name, optimum in actions.items()}
    own_queue = np.broadcast_to([[0], [1]], (2, 18))
    bold = np.where(dispatch.states[:, HEAVY] > 0, HEAVY, own_queue)  # (2, S)
    return {"random": uniform_policy(1, 2, 18, 3), **teams, "bold": np.eye(3)[bold][None]}


def main():
    """Train all and write the file."""
    population = write_rules()
    for name in list_names():
        population[name] = train_method(name)
        print(name, file=sys.stderr, flush=True)
    save_population(POPULATION, population)


if __name__ == "__main__":
    main()
