"""Counts of things that come one by one: the exact interval of their mean, and their tails.

Everything takes numbers or arrays of any shape that broadcast together, and gives arrays (0-dimensional for numbers).
Source of the interval: F. Garwood, "Fiducial limits for the Poisson distribution", Biometrika 28, 1936.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc, gammaincc, gammainccinv, gammaincinv

CONFIDENCE = 0.95


def interval(count: ArrayLike, confidence: float = CONFIDENCE) -> tuple[NDArray, NDArray]:
    """Return the least and the greatest mean that a count agrees with, each side erring ``(1 - confidence) / 2``.

    The mean under test lies above the interval just when `at_most` of it is not more than that error, and below it
    just when `at_least` is not.

    >>> [round(float(bound), 2) for bound in interval(10)]
    [4.8, 18.39]
    """
    count = np.asarray(count, dtype=float)
    error = (1 - confidence) / 2
    low = np.where(count > 0, gammaincinv(np.where(count > 0, count, 1), error), 0.0)
    return low, gammainccinv(count + 1, error)


def at_most(count: ArrayLike, mean: ArrayLike) -> NDArray:
    """Return the chance of ``count`` or fewer when ``mean`` are expected.

    >>> round(float(at_most(0, 3)), 4)
    0.0498
    """
    return gammaincc(np.asarray(count, dtype=float) + 1, mean)


def at_least(count: ArrayLike, mean: ArrayLike) -> NDArray:
    """Return the chance of ``count`` or more when ``mean`` are expected.

    >>> round(float(at_least(1, 3)), 4)
    0.9502
    """
    count = np.asarray(count, dtype=float)
    return np.where(count > 0, gammainc(np.where(count > 0, count, 1), mean), 1.0)
