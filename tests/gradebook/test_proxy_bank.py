"""The whole bank, judged from another process: the same verdict and the same words as when judged directly."""

import pytest

from tests.bank.bank import judge, load_answers
from tests.gradebook.distant import Student

ANSWERS = [
    (exercise_id, text) for exercise_id, answers in load_answers().items() for text in [*answers.right, *answers.wrong]
]
SHARE = 12  # of so many answers one is judged in each run of the tests, and all of them in `make canon`
# Why the words, not the verdict, may be others for answers that hold these lines.
OTHER_WORDS = {
    "any(old is key for old in keys[:i])": "texts that travel are objects of their own, so `is` tells others apart",
    "env.reset(seed=seed or None)": "without a seed, what comes depends on how often the environment was asked before",
}


@pytest.fixture(scope="module")
def student():
    student = Student()
    yield student
    student.end()


def expect_the_same(student, exercise_id, text):
    here, there = judge(exercise_id, text), student.judge(exercise_id, text)
    assert there.outcome is here.outcome, there.text
    if not any(line in text for line in OTHER_WORDS):
        assert there.text == here.text


@pytest.mark.parametrize(("exercise_id", "text"), ANSWERS[::SHARE])
def test_an_answer_is_told_the_same_from_another_process(student, exercise_id, text):
    expect_the_same(student, exercise_id, text)


@pytest.mark.canon
@pytest.mark.parametrize(("exercise_id", "text"), ANSWERS)
def test_every_answer_is_told_the_same_from_another_process(student, exercise_id, text):
    expect_the_same(student, exercise_id, text)


def test_every_exception_is_met_by_an_answer():
    for line in OTHER_WORDS:
        assert any(line in text for _, text in ANSWERS)
