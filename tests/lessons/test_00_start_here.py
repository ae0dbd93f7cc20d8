"""What lesson 00 says is what it shows, and what the exercises do."""

import ast
import re

import numpy as np
import pytest

from marl_lessons.exercises.card import ATTEMPTS_BEFORE_SOLUTION
from marl_lessons.exercises.registry import find_exercise
from tests.lessons.measures import read_text, solve
from tools.build_notebooks import find_lessons, read_lesson

TEXT = read_text("00_start_here")


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_the_more_dice_the_closer_their_average_is_to_three_and_a_half(seed):
    throws = np.random.default_rng(seed).integers(1, 7, size=(1_000, 50))
    spreads = [throws[:, :dice].mean(axis=1).std() for dice in (2, 10, 50)]
    assert spreads == sorted(spreads, reverse=True)
    np.testing.assert_allclose(throws.mean(), np.arange(1, 7).mean(), atol=0.05)
    exact = re.findall(r"around ([\d.]+);|exact mean ([\d.]+)\": ([\d.]+)", read_lesson("00_start_here"))
    assert {float(number) for found in exact for number in found if number} == {np.arange(1, 7).mean()}
    assert len(exact) == 2


def test_the_rewards_of_the_lesson_average_to_what_the_docstring_says():
    rewards, averages = re.search(r"Example: (\S.*\]\]) gives (.*)\.", read_lesson("00_start_here")).groups()
    np.testing.assert_array_equal(solve("0.1", np.array(ast.literal_eval(rewards))), ast.literal_eval(averages))


def test_the_solution_opens_after_as_many_attempts_as_the_text_says():
    assert re.search(r"or after (\w+) attempts", TEXT)[1] == {3: "three"}[ATTEMPTS_BEFORE_SOLUTION]
    assert len(find_exercise("0.1").hints) > 1  # "open one *Hint* after the other"


def test_the_map_leads_to_every_lesson():
    assert re.findall(r"\| \[\d\d [^]]+\]\((\w+)\.ipynb\)", TEXT) == list(find_lessons())[1:]
