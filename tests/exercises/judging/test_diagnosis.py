"""Mistakes that recur are named by what they do, and other mistakes that look alike are not taken for them."""

import itertools

import numpy as np
import pytest

from marl_lessons.exercises.judging.calling import Submission
from marl_lessons.exercises.judging.domains import NUMBERS, Domain, Parameter, is_array, is_longer_than
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.mistakes import Mistake
from tests.bank.bank import run_cell

WHOLE = [np.array([1, 4]), np.array([3, -2, 4]), np.array([[1, 2], [3, 5]])]
TABLES = [
    *(np.array(table) for table in ([2.25], [1.0, -3.5], [0.0, 0.25, 7.5], [-1.5, 2.0, 4.0, 8.5])),
    *WHOLE[:2],
    np.arange(12.0) / 4,
]
FLAT = [np.ones(3), np.arange(4.0), np.arange(3.0) + 1, np.ones(2)]
UNEVEN = [np.array([1.0, 0.0]), np.array([1.0, 2.0, 0.0]), np.arange(4.0)]
DOMAIN = Domain((Parameter("table", is_array(None), NUMBERS | {"has more than three entries": is_longer_than(3)}),))


def halve(table):
    """The definition that the answers of these tests should follow."""
    return table / 2


def diagnose(body, cases=TABLES, definition=halve, before=""):
    """Returns the first line of what somebody is told whose function has this body."""
    head = f"def {definition.__name__}(table):\n    "
    answer = run_cell(before + "\n" + head + body.replace("\n", "\n    "))
    submission = Submission(answer, definition, domain=DOMAIN)
    with pytest.raises(Mistake) as mistake:
        expect_agreement(submission, [(table,) for table in cases], definition)
    return str(mistake.value).partition("\n")[0]


def sum_all(table):
    return float(table.sum())


def count(table):
    return int(np.size(table))


def is_rising(table):
    return bool(np.all(np.diff(table) >= 0))


def pair_up(table):
    return np.add.outer(table, 2 * table)


@pytest.mark.parametrize(
    ("body", "phrase"),
    [
        ("halves = np.zeros_like(table)\nhalves[:] = table / 2\nreturn halves", "in `table` are given as decimals"),
        ("return (table / 2).astype(int)", "rounded or cut off to whole numbers"),
        ("return table // 2", "rounded or cut off to whole numbers"),
        ("return (table / 2).round(1)", "rounded or cut off to one decimal"),
        ("return np.floor(table * 5) / 10", "rounded or cut off to one decimal"),
        ("return -table / 2", "the right one with the other sign"),
        ("return 1.0 * table", "always 2 times the right one"),
        ("return 0.0 * table", "Your answer is always 0."),
        ("return table / len(table) / 2", "the right one divided by `table.shape[0]`"),
        ("return table * len(table) / 2", "the right one times `table.shape[0]`"),
        ("return table / 2 + 1", "always 1 too large"),
        ("return table / 2 - 0.25", "always 0.25 too small"),
        ("return table[::-1] / 2", "in the reverse order"),
        ("return np.ceil(table) / 2 + 0.1 * (table > 2)", "Where your result is wrong, it is too large"),
        ("return np.where(table == 4, 0.0, table / 2)", "Where your result is wrong, it is too small"),
        ("return np.abs(table / 2 + 0.125) - 0.125 * (table > -0.25)", "holds negative numbers"),
        ("return np.cumsum(table) / 2", "Each number of your result contains the ones before it."),
        ("return table / 2 + np.arange(len(table))", "Only entry 0 of your result is always right."),
        ("return np.abs(table) / 2", "right if `table` were `abs(table)`"),
        ("return table**2 / 2", "right if `table` were `table ** 2`"),
        ("return np.abs(table) / (2 + (table < -3))", "Wrong only where `table` holds negative numbers"),
        ("return table[:3] / 2 if len(table) == 3 else table / 2 * (len(table) < 4)", "has more than three entries"),
    ],
)
def test_a_mistake_that_recurs_is_named(body, phrase):
    assert phrase in diagnose(body)


@pytest.mark.parametrize(
    "body",
    [
        "return np.where(table > 2, table**2, table) / 2 - 0.1 * (table < 0)",
        "return np.sort(table)[::-1] / 2",
        "return np.where(table == 4, 0.0, np.ceil(table) / 2)",
        "return table / 2 + np.arange(len(table)) ** 2 - 1",
        "return table / (1 + len(table))",
        "return table.astype(int) / 2 + 0.25 * (table % 1 > 0.3)",
        "return (table / 2).round(0) + 0.001",
    ],
)
def test_a_mistake_of_its_own_is_only_shown(body):
    assert diagnose(body).startswith(("Right in ", "Wrong in all "))


@pytest.mark.parametrize(
    ("body", "never"),
    [
        ("return (table / 2).astype(int)", "given as decimals"),
        ("return table.astype(int) / 2", "cut off to whole numbers"),
        ("return (table / 2).round(1) + 0.01", "rounded or cut off"),
        ("return table * (len(table) + 1) / 2", "times `table.shape[0]`"),
        ("return np.abs(table) / 2 * np.where(table < -3, 1, np.sign(table))", "with the other sign"),
        ("return table / 2 + np.sign(table)", "always 1 too"),
        ("return np.roll(table, 1) / 2", "in the reverse order"),
        ("return table / 2 + np.append(0, table[:-1]) / 2", "contains the ones before it"),
        ("return np.where(table < -2, 0, table / 2)", "Wrong only where `table` has only negative numbers"),
    ],
)
def test_what_looks_alike_is_not_taken_for_it(body, never):
    assert never not in diagnose(body)


def test_the_one_way_in_which_all_wrong_answers_to_a_question_go_is_named():
    tables = [*FLAT, *UNEVEN]
    too_strict = "return bool(np.all(np.diff(table) > 0))"
    assert "it is False and should be True" in diagnose(too_strict, definition=is_rising, cases=tables)
    too_lax = "return bool(table[1] >= table[0])"
    assert "it is True and should be False" in diagnose(too_lax, definition=is_rising, cases=tables)
    both_ways = "return len(table) == 3"
    assert "Where your answer is wrong" not in diagnose(both_ways, definition=is_rising, cases=tables)


def test_a_corner_that_is_the_question_itself_is_not_named():
    domain = Domain((Parameter("table", is_array(None), {"is rising": is_rising}),))
    answer = Submission(lambda table: bool(len(table) > 2 and is_rising(table)), is_rising, domain=domain)
    with pytest.raises(Mistake) as mistake:
        expect_agreement(answer, [(table,) for table in [*FLAT, *UNEVEN, *TABLES]], is_rising)
    assert "Wrong only where `table` is rising" not in str(mistake.value)


def test_one_answer_to_every_input_is_named_with_the_variable_that_it_reads():
    told = diagnose("return float(sum(prices)) + 0 * len(table)", definition=sum_all, before="prices = [1.5, 2.0]")
    assert told.startswith("Your answer is 3.5 in all 7 cases tried, whatever the input.")
    assert "It reads the notebook's `prices`" in told


def test_a_result_that_is_often_the_same_is_not_always_the_same():
    assert "whatever the input" not in diagnose("return 1 if len(table) < 9 else 0", definition=count)


def test_a_parameter_that_is_not_read_is_named():
    told = diagnose("return halves", before="halves = np.array([1.125])", cases=TABLES[:1] * 3 + TABLES[1:2])
    assert "Your function never reads its parameter `table`. It reads the notebook's `halves`" in told


@pytest.mark.parametrize("body", ["return eval('tabel / 2')", "return [locals()['table']]", "return (lambda: table)()"])
def test_a_parameter_that_may_be_read_in_another_way_is_not_named(body):
    head = "tabel = np.ones(1)\n"
    assert "never reads" not in diagnose(body, before=head)


def test_an_array_of_whole_numbers_is_the_cause_only_where_decimals_mend_it():
    body = "halves = np.zeros_like(table)\nhalves[:] = table / 2 + 1\nreturn halves"
    assert "as decimals" not in diagnose(body)


def test_the_opposite_is_named():
    assert "the opposite of the right one" in diagnose("return not np.all(np.diff(table) >= 0)", definition=is_rising)
    assert "the opposite" not in diagnose("return bool(table[0] > table[-1])", definition=is_rising)


def test_rows_for_columns_are_named():
    assert "rows and columns swapped" in diagnose("return np.add.outer(table, 2 * table).T", definition=pair_up)
    assert "swapped" not in diagnose("return np.add.outer(table, table)", definition=pair_up)


@pytest.mark.parametrize(
    ("before", "body", "phrase"),
    [
        ("calls = []", "calls.append(1)\nreturn table / 2 + len(calls)", "changes the notebook variable `calls`"),
        (
            "import itertools\ncalls = itertools.count()",
            "return table / 2 + next(calls)",
            "the notebook variable `calls`",
        ),
        ("rng = np.random.default_rng(1)", "return table / 2 + rng.random()", "the notebook variable `rng`"),
        ("", "return table / 2 + np.random.random()", "Does it draw random numbers"),
    ],
)
def test_another_answer_to_the_same_input_is_named(before, body, phrase):
    told = diagnose(body, before=before)
    assert told.startswith("Called twice with the same input, your function gave ")
    assert phrase in told


def test_a_default_that_is_kept_is_named():
    answer = run_cell("def halve(table, seen=[]):\n    seen.append(0)\n    return table / 2 + len(seen)")
    with pytest.raises(Mistake, match="The default of `seen` is made once and kept from call to call"):
        expect_agreement(Submission(answer, halve), [(table,) for table in TABLES], halve)


def test_memory_that_shows_only_at_the_next_call_is_named():
    told = diagnose("calls.append(1)\nreturn table / 2 + (len(calls) > 7)", before="calls = []")
    assert "changes the notebook variable `calls`" in told


def test_an_array_that_is_handed_back_again_and_again_is_named():
    body = "out[: len(table)] = table / 2\nreturn out[: len(table)]"
    assert "hands back the same memory every time" in diagnose(body, before="out = np.zeros(99)")


def test_an_array_that_is_kept_for_other_inputs_is_not_said_to_be_written_over():
    body = "return cache.setdefault(len(table), table / 2)"
    told = diagnose(body, before="cache = {}", cases=[*TABLES, np.ones(3), np.zeros(3)])
    assert told.startswith("Your function gave one and the same array for different inputs.")
    assert "Your function changes the notebook variable `cache`" in told


def test_what_is_kept_without_harm_is_told_beside_the_mistake():
    told = diagnose("calls.append(1)\nreturn 1.0 * table", before="calls = []")
    assert told.startswith("Your answer is always 2 times the right one.")
    assert "Called twice" not in told


def test_a_view_of_the_input_is_no_mistake():
    answer = Submission(lambda table: table[::2], halve)
    expect_agreement(answer, [(table,) for table in TABLES], lambda table: table.tolist()[::2] * np.ones(1))


@pytest.mark.parametrize("body", ["limit = 2.25\n    return table is limit", "return table is True"])
def test_a_comparison_by_identity_is_pointed_out(body):
    answer = run_cell(f"def is_rising(table):\n    {body}")
    with pytest.raises(Mistake, match="Your code compares with `is`"):
        expect_agreement(Submission(answer, is_rising), [(table,) for table in TABLES], is_rising)


@pytest.mark.parametrize("test", ["table is None", "type(table) is int", "table is not None and False"])
def test_a_comparison_with_what_is_unique_is_not(test):
    answer = run_cell(f"def is_rising(table):\n    return bool({test}) and len(table) > 99")
    with pytest.raises(Mistake) as mistake:
        expect_agreement(Submission(answer, is_rising), [(table,) for table in TABLES], is_rising)
    assert "compares with `is`" not in str(mistake.value)


def test_the_simplest_of_the_smallest_cases_is_shown():
    tables = [np.array([0.333, 0.125]), np.array([1.0, 2.0]), *itertools.repeat(np.arange(9.0), 3)]
    with pytest.raises(Mistake, match=r"table = np.array\(\[1., 2.\]\)\n"):
        expect_agreement(Submission(lambda table: table**3, halve), [(table,) for table in tables], halve)


def test_an_error_after_a_wrong_result_leaves_the_wrong_result_to_be_shown():
    with pytest.raises(Mistake, match=r"# expected: \[1\.125\]"):
        expect_agreement(Submission(lambda table: table[1 - len(table)], halve), [(TABLES[0],), (TABLES[1],)], halve)


def test_one_entry_that_is_always_right_is_named():
    told = diagnose("return table / 2 + np.arange(len(table))")
    assert told.startswith("Only entry 0 of your result is always right.")


def test_a_result_of_half_precision_is_named():
    thirds = [np.array([1.0, 2.0]) / 3, np.array([0.1]), np.array([0.7, 0.3])]
    assert "dtype float16" in diagnose("return (table / 2).astype(np.float16)", cases=thirds)


def test_what_is_kept_from_earlier_cases_is_named():
    told = diagnose("seen.add(len(table))\nreturn table / 2 + len(seen)", before="seen = set()")
    assert "Your function changes the notebook variable `seen`" in told


def test_a_variable_that_stays_the_same_is_not_said_to_change():
    assert "changes" not in diagnose("return table / 2 + offset[0] * table.size", before="offset = [1.5]")


def test_whole_numbers_that_are_one_too_small_are_not_called_cut_off():
    told = diagnose("return len(table) - 1", definition=count)
    assert told == "Your answer is always 1 too small."
    sometimes = diagnose("return len(table) - (len(table) > 2)", definition=count)
    assert "cut off" not in sometimes


def test_a_number_above_a_whole_one_is_not_called_rounded():
    assert "rounded" not in diagnose("return table * 0 + 1.0", cases=[np.zeros(2), np.array([0.5]), np.zeros(3)])


def is_positive(table):
    return table > 0


@pytest.mark.parametrize("body", ["return table > 1", "return np.zeros(len(table), dtype=bool)", "return table <= 0"])
def test_true_and_false_are_no_numbers_that_are_rounded_or_off_by_a_factor(body):
    said = diagnose(body, TABLES[:4], is_positive)
    assert "rounded" not in said
    assert "times" not in said
    assert "too small" not in said
