"""What may be wrong with an answer: the `Mistake` that a check raises, and the `Misconception` that it looks for."""

from collections.abc import Callable
from dataclasses import dataclass


class Mistake(Exception):
    """What is wrong with an answer, in a sentence for the learner."""


@dataclass(frozen=True)
class Misconception:
    """A wrong idea: the function that somebody with this idea writes, and the sentence that helps them."""

    function: Callable
    message: str
