"""What an answer keeps between its calls is named, however large it is."""

import pytest

from marl_lessons.exercises.judging.calling import Submission
from marl_lessons.exercises.judging.memory import name_kept


class Huge:
    """Stands for more than can be copied."""


kept = []


def append_to_variable(rewards):
    kept.append(Huge())


def append_to_default(rewards, collected=[]):  # noqa: B006
    collected.append(Huge())


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (append_to_variable, "changes the notebook variable `kept`"),
        (append_to_default, "The default of `collected` is made once"),
    ],
)
def test_what_grows_is_named_without_a_copy(function, words, monkeypatch):
    copied = []
    monkeypatch.setattr(Huge, "__deepcopy__", lambda self, memo: copied.append(self) or self, raising=False)
    answer = Submission(function, append_to_variable)
    answer(1)
    assert words in name_kept(answer)
    assert not copied
