"""Derivatives without calculus: central finite differences."""

import numpy as np


def differentiate(function, preferences, width=1e-5):
    """Differentiate a function of an array (…), which returns a number, by each entry of it, (…)."""
    gradient = np.empty(preferences.shape)
    for index in np.ndindex(preferences.shape):
        step = np.zeros(preferences.shape)
        step[index] = width
        gradient[index] = (function(preferences + step) - function(preferences - step)) / (2 * width)
    return gradient
