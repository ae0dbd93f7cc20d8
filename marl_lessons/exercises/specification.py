"""What an exercise is: what is asked and how it is judged. Nothing here runs, shows or stores anything."""

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marl_lessons.exercises.judging.domains import Domain


@dataclass(frozen=True)
class Check:
    """One statement about an answer, and the test of it.

    name: the statement as the card shows it, such as "returns one number for each action".
    test: called as `test(answer, rng)`; returns quietly, or raises `Mistake` with a sentence for the learner. The first
    check of an exercise tests type, shape and dtype: where it fails, the others are not reached.
    """

    name: str
    test: Callable[[Any, Any], None]


@dataclass(frozen=True)
class Exercise:
    """One exercise: prompt, reference, checks, hints from vague to plain, and why the solution is right.

    id: lesson and number, "1.2". reference: the course's own function or value; it stands in until the learner passes.
    version: raise it when the checks change, or when the id had another meaning, so that an older pass is not taken for
    a new one. earlier: keys under which a pass was kept before that; who has one reads that it is asked again.
    domain: what a function may be called with. by_keyword: the parameters that the lesson passes by their names.
    returns_new: the docstring promises a new array, so that an input must not come back itself. shown_solution: what
    the card shows in place of the reference, where that is too long to be read.
    """

    id: str
    title: str
    reference: Any
    checks: tuple[Check, ...]
    hints: tuple[str, ...]
    explanation: str
    version: int = 1
    earlier: tuple[str, ...] = ()
    domain: Domain | None = None
    by_keyword: tuple[str, ...] = ()
    returns_new: bool = False
    shown_solution: str = ""

    @property
    def key(self):
        """The name under which progress is kept: the id and the version of the checks."""
        return f"{self.id}@{self.version}"

    @property
    def lesson(self):
        """The number of the lesson that the exercise belongs to."""
        return int(self.id.split(".")[0])

    @property
    def asks_for_function(self):
        """Tell whether the answer is a function (`@exercise`) or a value (`check`)."""
        return callable(self.reference)

    @property
    def solution(self):
        """The reference as text, unless another is to be shown: a function without its docstring, or a value."""
        if self.shown_solution:
            return self.shown_solution
        if not self.asks_for_function:
            return repr(self.reference)
        source = textwrap.dedent(inspect.getsource(self.reference))
        return source.replace(f'    """{self.reference.__doc__}"""\n', "") if self.reference.__doc__ else source


@dataclass(frozen=True)
class Option:
    """One choice of a prediction, and the reason why it is, or is not, what happens."""

    text: str
    reason: str


@dataclass(frozen=True)
class Prediction:
    """A question put before a picture: one choice, a reason for every option, and the option that comes true."""

    id: str
    question: str
    options: dict[str, Option]
    answer: str
    version: int = 1

    @property
    def key(self):
        """The name under which the choice is kept."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True)
class Lesson:
    """The exercises and predictions of one lesson, in the order in which they come."""

    number: int
    title: str
    exercises: tuple[Exercise, ...]
    predictions: tuple[Prediction, ...] = ()
