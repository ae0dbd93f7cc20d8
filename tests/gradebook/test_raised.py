"""An error that travels is of the type that it was, as far as both sides know that, and says the same."""

import json

import numpy as np
import pytest

from marl_lessons.gradebook.wire.raised import make_error, write_error
from marl_lessons.gradebook.wire.reading import Reader
from marl_lessons.gradebook.wire.values import Writer

LINES = r"""
1 / 0
{}["key"]
{}[3]
[].nothing
nothing
int("x")
exit(3)
assert 0, "no"
open("nowhere.txt")
b"\xff".decode()
"\udc80".encode()
compile("(", "", "exec")
import nowhere
np.linalg.inv(np.zeros((2, 2)))
np.zeros(2).sum(axis=7)
np.zeros(2) @ np.zeros(3)
raise StopIteration(1)
raise BaseException("all")
raise UserWarning("so")
raise ValueError
raise KeyError("a", 2)
"""


def carry(error):
    return make_error(Reader(), json.loads(json.dumps(write_error(Writer(), error))))


def catch(source):
    """Returns what a line raises."""
    try:
        exec(source, {"np": np, "Own": Own, "Mute": Mute})
    except BaseException as error:
        return error


class Own(ValueError):
    """An error of a learner's own."""


class Mute(Exception):
    """One that fails in its own words."""

    def __str__(self):
        raise KeyError


@pytest.mark.parametrize("source", LINES.strip().splitlines())
def test_an_error_of_python_s_or_numpy_s_is_the_same_on_the_other_side(source):
    error = catch(source)
    carried = carry(error)
    assert (type(carried).__name__, str(carried)) == (type(error).__name__, str(error))
    assert isinstance(carried, type(error).__mro__[1])


def test_an_error_tells_which_name_is_missing_and_whether_it_was_looked_for_in_a_list():
    assert carry(catch("nothing")).name == "nothing"
    assert carry(catch("[].nothing")).obj == []
    assert carry(catch("(3).nothing")).obj is None
    assert carry(AttributeError("made by hand", name=object())).name is None
    assert make_error(Reader(), write_error(Writer(), NameError("x")) | {"name": 3}).name is None


def test_an_error_that_both_sides_know_is_of_that_very_type():
    assert type(carry(catch("{}['key']"))) is KeyError
    assert carry(catch("{}['key']")).args == ("key",)
    assert type(carry(catch("np.linalg.inv(np.zeros((2, 2)))"))) is np.linalg.LinAlgError


@pytest.mark.parametrize("source", ["raise Own('so')", "raise ExceptionGroup('several', [ValueError(1)])"])
def test_an_error_of_a_learner_s_own_has_its_name_and_its_nearest_ancestor(source):
    error = catch(source)
    carried = carry(error)
    assert (type(carried).__name__, str(carried)) == (type(error).__name__, str(error))
    assert isinstance(carried, ValueError if type(error) is Own else Exception)


def test_a_learner_s_own_metaclass_is_not_asked():
    class Meta(type):
        @property
        def __mro__(self):
            raise KeyError

    class Odd(ValueError, metaclass=Meta):
        pass

    assert type(carry(Odd("so"))).__name__ == "Odd"


def test_an_error_that_fails_in_its_words_fails_in_them_again():
    with pytest.raises(TypeError, match="no words"):
        str(carry(Mute()))


def test_an_interrupt_is_none_on_the_other_side():
    carried = carry(KeyboardInterrupt("mine"))
    assert not isinstance(carried, KeyboardInterrupt)
    assert (type(carried).__name__, str(carried)) == ("KeyboardInterrupt", "mine")


def test_of_very_long_words_the_beginning_travels():
    assert str(carry(ValueError("x" * 10**6))) == "x" * 2_000
    assert str(carry(KeyError("x" * 10**6))) == "'" + "x" * 1_999
    node = write_error(Writer(), ValueError(*["x" * 10**6] * 10))
    assert len(json.dumps(node)) < 20_000


def test_what_an_error_holds_travels_only_where_it_is_plain():
    assert str(carry(ValueError([1], object))) == str(ValueError([1], object))
    assert write_error(Writer(), ValueError([1], object))["arguments"] == []


@pytest.mark.parametrize(
    "change", [{"is": "exec"}, {"type": 3}, {"text": 3}, {"own": True, "type": 3}, {"own": True, "type": "a\0b"}]
)
def test_an_error_that_makes_no_sense_is_refused(change):
    with pytest.raises((ValueError, KeyError)):
        make_error(Reader(), write_error(Writer(), ValueError("x")) | change)
