"""`python -m marl_lessons.rllib`: see the package's own words."""

import sys
from argparse import ArgumentParser
from functools import partial

from marl_lessons import rllib
from marl_lessons.environments import Dispatch, Drift, TwoStep

GAMES = {
    "dispatch": Dispatch,
    "dispatch-own": partial(Dispatch, view="own"),
    "two-step": TwoStep,
    "drift": Drift,
}


def read_arguments(words=None):
    """Read the command line, or the words given instead; a wrong one ends the program with a sentence."""
    parser = ArgumentParser(prog="python -m marl_lessons.rllib", description=rllib.__doc__.split("\n")[0])
    parser.add_argument("--game", choices=GAMES, default="dispatch")
    parser.add_argument("--steps", type=int, default=36_000, help="steps of the game")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--address", help="of a running Ray; auto finds it (default: a Ray of our own)")
    parser.add_argument("--runners", type=int, default=0, help="processes that play (default: this one alone)")
    parser.add_argument("--cpus-per-runner", type=float, default=1)
    parser.add_argument("--gpus-per-learner", type=float, default=0)
    return parser.parse_args(words)


def main(words=None):
    """Train by what the command line says."""
    options = vars(read_arguments(words))
    if missing := rllib.explain_missing():
        sys.exit(missing)
    try:
        rllib.try_it(GAMES[options.pop("game")](), **options)
    except KeyboardInterrupt:
        sys.exit("\nStopped; Ray's processes have ended.")
    except (ValueError, ConnectionError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
