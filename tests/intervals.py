"""What published means and their intervals say of a mean that is measured anew."""

import numpy as np
import pytest


def published(mean, margin):
    """Return what another mean of as many runs is equal to: within three standard errors of their difference.

    mean, margin: as published, margin half of the 95 % interval, which is 1.96 standard errors of one mean.
    """
    return pytest.approx(mean, abs=3 * np.sqrt(2) * margin / 1.96)
