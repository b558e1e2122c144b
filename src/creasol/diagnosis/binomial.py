"""Parts of a known total: the exact interval of a share, and the tails of a count.

Everything takes numbers or arrays of any shape that broadcast together, and gives arrays (0-dimensional for numbers).
Source of the interval: C. Clopper and E. Pearson, "The use of confidence or fiducial limits", Biometrika 26, 1934.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincinv

CONFIDENCE = 0.95


def interval(count: ArrayLike, total: ArrayLike, confidence: float = CONFIDENCE) -> tuple[NDArray, NDArray]:
    """Return the least and the greatest share that ``count`` out of ``total`` agrees with.

    >>> [round(float(bound), 4) for bound in interval(2, 10)]
    [0.0252, 0.5561]
    """
    count, total = np.asarray(count, dtype=float), np.asarray(total, dtype=float)
    error = (1 - confidence) / 2
    some, rest = np.where(count > 0, count, 1), np.where(count < total, total - count, 1)
    low = np.where(count > 0, betaincinv(some, total - count + 1, error), 0.0)
    high = np.where(count < total, betaincinv(count + 1, rest, 1 - error), 1.0)
    return low, high


def at_most(count: ArrayLike, total: ArrayLike, share: ArrayLike) -> NDArray:
    """Return the chance of ``count`` or fewer out of ``total``, each falling here with the chance ``share``.

    >>> round(float(at_most(0, 10, 0.25)), 4)
    0.0563
    """
    count, total, share = (np.asarray(each, dtype=float) for each in (count, total, share))
    fewer = count < total
    return np.where(fewer, betainc(np.where(fewer, total - count, 1), count + 1, 1 - share), 1.0)


def at_least(count: ArrayLike, total: ArrayLike, share: ArrayLike) -> NDArray:
    """Return the chance of ``count`` or more out of ``total``, each falling here with the chance ``share``.

    >>> round(float(at_least(1, 10, 0.25)), 4)
    0.9437
    """
    count, total, share = (np.asarray(each, dtype=float) for each in (count, total, share))
    return np.where(count > 0, betainc(np.where(count > 0, count, 1), total - count + 1, share), 1.0)
