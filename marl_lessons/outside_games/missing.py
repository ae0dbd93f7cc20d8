"""What to say where a package is missing that brings a game."""

from importlib.util import find_spec


def require(package):
    """Raise ModuleNotFoundError, with what to type, unless a package is installed."""
    if find_spec(package) is None:
        raise ModuleNotFoundError(
            f"This game cannot be played here, because {package} is not installed: run `%pip install {package}` in a "
            "cell, and then this cell again. No exercise needs it."
        )


def try_game(make_game, **options):
    """Make a game, or say in a sentence which package is missing.

    Parameters:
        make_game: `level_based_foraging`, `simple_spread`, or a function of your own that raises ModuleNotFoundError.
        options: what to call it with.
    Returns:
        MarkovGame; None where a package is missing.
    """
    try:
        return make_game(**options)
    except ModuleNotFoundError as error:
        print(error)
        return None
