"""Lends the judge's objects and the course's references to a student's process: what is offered, and no more."""

import copy
from time import process_time

from marl_lessons.exercises.evaluation import LIMITS
from marl_lessons.exercises.limits import LimitReached
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.exercises.sandbox import sandbox
from marl_lessons.gradebook.wire.channel import Channel
from marl_lessons.gradebook.wire.generators import write_state
from marl_lessons.gradebook.wire.raised import write_error
from marl_lessons.gradebook.wire.reading import Reader
from marl_lessons.gradebook.wire.values import Writer

MOST_LENT = 20_000  # objects, for one answer
MOST_SECONDS = 60  # of a processor, for all that one process asks
SPACE = ("n", "start", "shape", "sample", "contains")  # of what an environment shows or takes
KINDS = ("ParallelEnv", "MarkovGame")


class LendingChannel(Channel):
    """The judge's end of the line to a student's process; whatever that asks, the `desk` answers."""

    def __init__(self, read, write, guard=None):
        self.desk = Desk()
        super().__init__(read, write, guard, {"ask": self.desk.serve, "use": self.desk.serve})


class Desk:
    """Answers what a student's process asks while it works.

    Attributes:
        handed_out: the ids of the exercises whose reference it may ask for.
    """

    def __init__(self):
        self.handed_out = set()
        self._lent = {}  # number -> object and what is offered of it
        self._judged, self._spent = None, 0.0

    def begin(self, judged=None):
        """Begin with another answer, to the exercise with this id: what was lent before is not to be had any more."""
        self._lent, self._judged = {}, judged

    def lend(self, thing, offers):
        """Write the handle of an object, with what is offered of it; None where nothing is."""
        offers = SPACE if type(thing).__module__.startswith("gymnasium.spaces") else offers
        names = [name for name in offers if hasattr(thing, name)]
        if not names or len(self._lent) >= MOST_LENT:
            return None
        number = len(self._lent)
        self._lent[number] = thing, tuple(offers)
        methods = [name for name in names if callable(getattr(thing, name))]
        attributes = [name for name in names if name not in methods]
        bases = {base.__name__ for base in type(thing).__mro__}
        kind = next((kind for kind in KINDS if kind in bases), "")
        return ["handle", number, type(thing).__name__, kind, methods, attributes]  # its `repr` may tell too much

    def serve(self, message, blob):
        """Answer one request; an error of what was asked for is the answer, too."""
        drawn_from, began = [], process_time()
        try:
            writer, reply = self._serve(message, blob, drawn_from)
        except (Exception, SystemExit, LimitReached) as error:
            if self._judged and isinstance(error, LimitReached):
                raise  # it is the answer that has reached it
            writer = Writer()
            reply = {"error": write_error(writer, error)}
        self._spent += process_time() - began
        reply["generators"] = [write_state(generator) for generator in drawn_from]
        return reply | {"sizes": list(map(len, writer.blobs))}, writer.blobs

    def _serve(self, message, blob, drawn_from):
        """Return a writer and the reply; drawn_from is filled with the generators that came along."""
        if self._spent > MOST_SECONDS:
            raise RuntimeError(f"More than {MOST_SECONDS} s of the course's own work were asked for.")
        reader, lent = Reader(blob, message["sizes"], find_handle=lambda number: self._lent[number][0]), []
        reader.generators = drawn_from
        arguments, options = reader.read_all(message["arguments"]), reader.read_pairs(message["options"])
        return self._write(self._answer(message, arguments, options, lent), lent)

    def _write(self, result, offers):
        writer = Writer(lend=lambda thing: self.lend(thing, offers[0] if offers else ()))
        return writer, {"result": writer.write(result)}

    def _answer(self, message, arguments, options, offers):
        if "ask" in message:
            return self._ask(message["ask"], arguments, options)
        thing, offered = self._lent[message["use"]]
        if "copy" in message:
            offers.append(offered)
            return (copy.deepcopy if message["copy"] else copy.copy)(thing)
        name = message.get("call", message.get("get"))
        if name not in offered:
            raise AttributeError(f"'{type(thing).__name__}' object has no attribute '{name}'")
        found = getattr(thing, name)
        return found(*arguments, **options) if "call" in message else found

    def _ask(self, exercise_id, arguments, options):
        if exercise_id not in self.handed_out or (self._judged and not _is_before(exercise_id, self._judged)):
            raise RuntimeError(f"The course's answer to exercise {exercise_id} is not to be had here.")
        reference = find_exercise(exercise_id).reference
        if self._judged:  # within the limits of the answer that asks
            return reference(*arguments, **options)
        with sandbox(LIMITS, {}, {}) as (_, inside), inside:
            return reference(*arguments, **options)


def _is_before(exercise_id, judged):
    """Tell whether an exercise comes before another one in the same lesson: a later reference may give the answer."""
    (lesson, number), (its_lesson, its_number) = (map(int, each.split(".")) for each in (exercise_id, judged))
    return lesson == its_lesson and number < its_number
