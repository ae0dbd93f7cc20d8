"""Where there are no threads, the code that is limited looks at the clock itself."""

import contextlib
import itertools
import sys

import pytest

from marl_lessons.exercises import clocks
from marl_lessons.exercises.limits import LimitReached, Limits
from marl_lessons.exercises.watch import watch

has_steps = pytest.mark.skipif(not hasattr(sys, "monitoring"), reason="Python 3.11 has none; a browser's is newer")


@pytest.fixture
def browser(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")


@contextlib.contextmanager
def watched(limits):
    with watch(limits) as inside, inside:
        yield


def loop_for_ever():
    while True:
        pass


def recur_for_ever():
    while True:
        with contextlib.suppress(RecursionError):
            recur_deeper()


def recur_deeper():
    recur_deeper()


def iterate_for_ever():
    for number in iter(int, 1):
        number + 1


def comprehend_for_ever():
    return [number for number in iter(int, 1) if number]


def swallow_all_in_a_loop():
    while True:
        try:
            loop_for_ever()
        except BaseException:
            continue


def swallow_all_at_the_end_of_a_with():
    while True:
        with contextlib.suppress(BaseException):
            loop_for_ever()


ENDLESS = [loop_for_ever, recur_for_ever, iterate_for_ever, comprehend_for_ever]
STUBBORN = [swallow_all_in_a_loop, swallow_all_at_the_end_of_a_with]


@has_steps
@pytest.mark.parametrize("code", [*ENDLESS, *STUBBORN])
def test_what_never_ends_is_interrupted_and_leaves_nothing_behind(browser, code):
    before = sys.gettrace()
    with pytest.raises(LimitReached, match=r"computed for more than 0\.1 s"), watched(Limits(processor=0.1)):
        code()
    assert sys.exc_info() == (None, None, None)
    assert sys.gettrace() is before
    assert sys.monitoring.get_tool(sys.monitoring.DEBUGGER_ID) is None


@has_steps
def test_whoever_stands_between_the_limits_and_the_code_cleans_up_in_peace(browser):
    cleaned = []

    @contextlib.contextmanager
    def clean_up():
        try:
            yield
        finally:
            cleaned.extend(number for number in range(10 * clocks.STEPS))

    with pytest.raises(LimitReached), watch(Limits(processor=0.1)) as inside, clean_up(), inside:
        loop_for_ever()
    assert len(cleaned) == 10 * clocks.STEPS


@has_steps
def test_code_within_its_limits_is_left_alone(browser):
    with watched(Limits()):
        assert sum(number for number in range(10 * clocks.STEPS)) > 0


class Interrupts:
    """Stands for what answers an interrupt, and counts."""

    def __init__(self):
        self.count = 0

    def __call__(self, number, frame):
        self.count += 1


@pytest.mark.parametrize(("steps", "interrupts"), [(clocks.STEPS - 1, 0), (clocks.STEPS, 1)])
def test_the_clock_is_looked_at_every_so_many_steps(steps, interrupts):
    ending, interrupt = [], Interrupts()
    step = clocks._make_step(Limits(processor=-1.0), ending, interrupt)
    for _ in range(steps):
        step(None, 0)
    assert interrupt.count == len(ending) == interrupts


def test_before_the_limit_nothing_is_interrupted():
    ending, interrupt = [], Interrupts()
    step = clocks._make_step(Limits(processor=600.0), ending, interrupt)
    for _ in range(3 * clocks.STEPS):
        step(None, 0)
    assert (ending, interrupt.count) == ([], 0)


def test_where_code_goes_on_the_interrupt_comes_again(monkeypatch):
    monkeypatch.setattr(clocks, "ROUND", -1.0)
    ending, interrupt = [], Interrupts()
    step = clocks._make_step(Limits(processor=-1.0), ending, interrupt)
    for _ in range(3 * clocks.STEPS):
        step(None, 0)
    assert interrupt.count > 1
    assert len(ending) == 1


@pytest.mark.parametrize(("looks", "interrupts"), [(10, 0), (11, 1)])
def test_of_the_hours_that_a_computer_sleeps_a_second_counts(monkeypatch, looks, interrupts):
    hours = itertools.count()
    monkeypatch.setattr(clocks, "monotonic", lambda: 3600.0 * next(hours))
    interrupt = Interrupts()
    step = clocks._make_step(Limits(processor=10 * clocks.STANDSTILL), [], interrupt)
    for _ in range(looks * clocks.STEPS):
        step(None, 0)
    assert interrupt.count == interrupts
