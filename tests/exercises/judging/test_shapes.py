"""What is said about a wrong shape names its axes in their order."""

import pytest

from marl_lessons.exercises.judging.shapes import find_shape_remedy


@pytest.mark.parametrize(
    ("got", "shape", "told"),
    [
        ((2, 3), (3, 2), "`.T` swaps them"),
        ((3, 1), (3,), "of length 1 is too many"),
        ((3,), (1, 3), "of length 1 is missing"),
        ((2, 6), (12,), "`.reshape(12,)` parts or merges axes, in the same order."),
        ((2, 6), (3, 4), "Axis 0 is 2 long and should be 3: what do its entries stand for?"),
        ((5, 2, 6), (5,), "an axis too many"),
        ((5,), (5, 2, 6), "An axis is missing"),
        ((2, 4, 3, 5), (2, 5, 3, 4), "Have axes 1 and 3 changed places? `.swapaxes(1, 3)` exchanges them."),
        ((2, 4, 5), (2, 5, 3), "Axis 1 is 4 long and should be 5"),
        ((3, 4, 2, 5), (4, 3, 9, 5), "Axis 0 is 3 long and should be 4"),
    ],
)
def test_the_way_from_one_shape_to_another_is_told(got, shape, told):
    assert told in find_shape_remedy(got, shape)
