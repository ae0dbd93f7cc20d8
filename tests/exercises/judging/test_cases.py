"""What is known of a case is found once, and nothing that an answer does changes it."""

import numpy as np
import pytest

from marl_lessons.exercises.judging import cases
from marl_lessons.exercises.judging.calling import Submission
from marl_lessons.exercises.judging.cases import Case, keep_cases
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.mistakes import Mistake


@pytest.fixture(autouse=True)
def no_drawings(monkeypatch):
    monkeypatch.setattr(cases, "DRAWINGS", {})


@keep_cases
def draw_rows(rng, times=3):
    return [(rng.random(2), [np.zeros(2)], (np.ones(2), 1)) for _ in range(times)]


def double(row, parts, pair):
    return 2 * row


def test_a_case_holds_copies_of_its_arguments():
    row, parts = np.arange(3.0), [1]
    case = Case((row, parts))
    row[0], parts[0] = 9.0, 9
    assert case[0].tolist() == [0.0, 1.0, 2.0]
    assert case[1] == [1]


def test_the_arrays_of_a_case_and_of_what_it_was_answered_are_read_only():
    case = Case((np.ones(2), (np.ones(2),)))
    assert not case[0].flags.writeable
    assert not case[1][0].flags.writeable
    assert not case.ask(lambda row, pair: row + 1).flags.writeable


def test_an_array_keeps_the_order_of_its_axes_in_memory_so_that_sums_are_rounded_the_same():
    assert Case((np.ones((2, 3)).T,))[0].flags.f_contiguous


def test_a_function_is_asked_once():
    calls = []
    case = Case((1,))
    assert [case.ask(calls.append), case.ask(calls.append)] == [None, None]
    assert calls == [1]


def test_an_error_is_raised_at_every_question():
    case = Case((0,))
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            case.ask((1).__truediv__)


def test_a_case_knows_its_size_and_its_largest_number():
    case = Case((np.array([[1, -5]]), [2, (3, 4)], 100, "word"))
    assert case.size == 7
    assert case.largest == 5


def test_a_generator_in_the_same_state_draws_the_same_cases_and_goes_on_the_same():
    first, second, other = (np.random.default_rng(seed) for seed in (0, 0, 1))
    drawn, again, different = (draw_rows(rng) for rng in (first, second, other))
    assert all(one is two for one, two in zip(drawn, again, strict=True))
    assert not any(one is two for one, two in zip(drawn, different, strict=True))
    assert first.bit_generator.state == second.bit_generator.state
    assert draw_rows(first)[0] is draw_rows(second)[0]


def test_what_else_is_asked_of_a_drawing_counts():
    assert len(draw_rows(np.random.default_rng(0))) == 3
    assert len(draw_rows(np.random.default_rng(0), 5)) == 5


def test_a_list_of_kept_cases_may_be_changed():
    draw_rows(np.random.default_rng(0)).clear()
    assert len(draw_rows(np.random.default_rng(0))) == 3


def test_only_the_latest_drawings_are_kept(monkeypatch):
    monkeypatch.setattr(cases, "KEPT", 2)
    first, _, third, again = (draw_rows(np.random.default_rng(seed))[0] for seed in (0, 1, 2, 0))
    assert len(cases.DRAWINGS) == 2
    assert draw_rows(np.random.default_rng(2))[0] is third
    assert again is not first


def spoil_row(row, parts, pair):
    row[:] = 7
    return 2 * row


def spoil_parts(row, parts, pair):
    parts[0][:] = 7
    return 2 * row


def spoil_list(row, parts, pair):
    parts.append(7)
    return 2 * row


def spoil_pair(row, parts, pair):
    pair[0][:] = 7
    return 2 * row


@pytest.mark.parametrize("spoil", [spoil_row, spoil_parts, spoil_list, spoil_pair])
def test_an_answer_that_changes_its_input_is_told_so_and_the_kept_case_stays_as_it_was(spoil):
    drawn = draw_rows(np.random.default_rng(0))
    before = repr(drawn)
    with pytest.raises(Mistake, match="changed its input"):
        expect_agreement(Submission(spoil, double), drawn, double)
    assert repr(draw_rows(np.random.default_rng(0))) == before
    expect_agreement(Submission(double, double), draw_rows(np.random.default_rng(0)), double)


def test_an_answer_that_changes_its_result_later_changes_nothing_that_is_kept():
    given = []

    def keep_and_spoil(row, parts, pair):
        for result in given:
            result[:] = 7
        given.append(2 * row)
        return given[-1]

    drawn = draw_rows(np.random.default_rng(0))
    before = [case.ask(double).tolist() for case in drawn]
    with pytest.raises(Mistake):
        expect_agreement(Submission(keep_and_spoil, double), drawn, double)
    assert [case.ask(double).tolist() for case in drawn] == before
