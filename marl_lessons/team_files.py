"""Teams as arrays of probabilities, kept in files, and a population of them that comes with the course."""

from pathlib import Path

import numpy as np

from marl_lessons.arrays import check_distribution
from marl_lessons.environments import Dispatch
from marl_lessons.tables import write_down

POPULATION = Path(__file__).with_name("population.npz")
ROUNDING = 1e-5  # of probabilities that were kept in single precision


def find_tables(game=None):
    """Write a game down as tables, whatever view of it is given; by default it is `Dispatch()`."""
    return write_down(Dispatch() if game is None else game)[0]


def check_team(name, policies, game=None):
    """Check that policies fit a game, and return them with sums of 1 to the last digit.

    Parameters:
        name: of the policies, for the message.
        policies: probabilities (R, N, S, A); their sums may be off by the rounding of single precision.
        game: as in `find_tables`.
    Returns:
        The policies, (R, N, S, A).
    Raises:
        ValueError: if the shape is another one, R is 0, or a row is no distribution.
    """
    tables = find_tables(game)
    expected = (tables.num_agents, tables.num_states, tables.num_actions)
    policies = np.asarray(policies)
    if policies.shape[1:] != expected or not len(policies):
        raise ValueError(
            f"{name} must have shape (runs, {', '.join(map(str, expected))}), got {policies.shape}; "
            "give the game that they were made for, or policies of this one (scoreboard.read_policies makes them)."
        )
    return check_probabilities(name, policies)


def check_probabilities(name, policies):
    """Check that policies (…, A) of any shape are distributions, and return them with sums of 1 to the last digit."""
    if policies.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold probabilities, got {policies.dtype}; give an array of numbers.")
    policies = policies.astype(float)
    sums = policies.sum(axis=-1, keepdims=True)
    policies = np.where(np.abs(sums - 1) < ROUNDING, policies / np.where(sums == 0, 1, sums), policies)
    check_distribution(name, policies)
    return policies


def save_team(path, policies, game=None):
    """Keep a team in a file, to hand it on: numbers and nothing else, which `load_team` reads without running any code.

    Parameters:
        path: of the file; ".npz" is added where it is missing.
        policies: probabilities (R, N, S, A) over the game's states, such as `scoreboard.read_policies` returns.
        game: as in `find_tables`.
    Returns:
        The path of the file.
    Raises:
        ValueError: if the policies do not fit the game, or are no distributions.
    """
    policies = check_team("policies", policies, game)
    path = Path(path) if Path(path).suffix == ".npz" else Path(f"{path}.npz")
    np.savez_compressed(path, policies=policies)
    return path


def load_team(path, game=None):
    """Read a team that `save_team` kept. Whatever stands in the file, no code of it runs.

    Parameters:
        path: of the file; where there is none of this name, ".npz" is added, as `save_team` does.
        game: the game that the team has to fit, as in `find_tables`: only shapes are compared, so that of two games of
            one size it cannot tell which the team was made for.
    Returns:
        Policies (R, N, S, A).
    Raises:
        FileNotFoundError: if there is no file.
        ValueError: if it is not a file of `save_team`, or the team does not fit the game.
    """
    if not Path(path).exists() and Path(f"{path}.npz").is_file():
        path = Path(f"{path}.npz")
    if not Path(path).is_file():
        raise FileNotFoundError(f"{path} is not there, or is no file; write it with save_team, or mend the path.")
    try:
        with Path(path).open("rb") as file, np.load(file, allow_pickle=False) as content:
            policies = content["policies"]
    except Exception as error:  # a broken file fails in many ways
        raise ValueError(f"{path} must hold the numbers of a team; write it with save_team. ({error})") from None
    return check_team(f"policies in {Path(path).name}", policies, game)


def read_population():
    """Read what each method of the course plays on dispatch: teams of 100 runs, and four teams that never learned.

    All have the protocol of the lessons' tables: 30,000 steps, and ε, step sizes and cures as there. A name says where
    a method was trained with the own view; its policies are written down for the 18 states as well.

    Returns:
        Name -> policies (R, 2, 18, 3); a team that never learned has R = 1.
    Source: `python -m tools.build_population`.
    """
    with np.load(POPULATION, allow_pickle=False) as content:
        return {name: _unpack(content[name]) for name in content.files}


def save_population(path, population):
    """Write a population in a byte for each choice: which actions it lies between, all of them equally likely.

    Parameters:
        path: of the .npz file.
        population: name -> policies (R, 2, S, 3). Each row shares its probability equally among some actions, as what
            learns values does where some are equally good.
    Raises:
        ValueError: if a row does anything else.
    """
    packed = {
        name: ((policies > 0) << np.arange(3)).sum(axis=-1).astype(np.uint8) for name, policies in population.items()
    }
    for name, policies in population.items():
        if not np.allclose(_unpack(packed[name]), policies, atol=1e-12):
            raise ValueError(f"{name} must share probability equally among some actions; keep it with save_team.")
    np.savez_compressed(path, **packed)


def _unpack(sets):
    """Turn sets of actions (…), a bit for each, into the policies (…, 3) that share equally among them."""
    is_in = sets[..., None] >> np.arange(3) & 1  # (…, 3)
    return is_in / is_in.sum(axis=-1, keepdims=True)
