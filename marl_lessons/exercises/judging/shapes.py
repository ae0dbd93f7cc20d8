"""Says how to come from one shape to another."""

import numpy as np


def find_shape_remedy(got, shape):
    """Say how to come from one shape to another, where shapes alone tell."""
    if len(got) == len(shape) > 1 and got == shape[::-1]:
        return " The axes are the other way round: `.T` swaps them."
    if [size for size in got if size != 1] == [size for size in shape if size != 1]:
        if len(got) < len(shape):
            return " An axis of length 1 is missing: `squeeze` takes it out, `x[:, None]` adds one."
        return " An axis of length 1 is too many: leave out `keepdims` or `[:, None]`, or take entry 0 of that axis."
    if len(got) != len(shape) and np.prod(got, dtype=np.int64) == np.prod(shape, dtype=np.int64):
        return f" It holds as many numbers as are asked for: `.reshape{shape}` parts or merges axes, in the same order."
    if len(got) > len(shape):
        return " That is an axis too many: over which one should it add up, or which entry of it is asked for?"
    if len(got) < len(shape):
        return " An axis is missing: was too much added up, or does `return` stand inside a loop?"
    axis, *others = (axis for axis, (size, wanted) in enumerate(zip(got, shape, strict=True)) if size != wanted)
    if len(others) == 1 and (got[axis], got[others[0]]) == (shape[others[0]], shape[axis]):
        return f" Have axes {axis} and {others[0]} changed places? `.swapaxes({axis}, {others[0]})` exchanges them."
    return f" Axis {axis} is {got[axis]} long and should be {shape[axis]}: what do its entries stand for?"
