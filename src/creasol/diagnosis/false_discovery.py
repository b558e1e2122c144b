"""Many tests at once: which results may be announced when a known part of them at most may be chance.

Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society
B 57, 1995.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def discoveries(chances: ArrayLike, level: float, *, tested: ArrayLike = True) -> NDArray:
    """Return which of ``chances`` (p-values) are discoveries; the tests stand along the last axis.

    Of what is announced, at most ``level`` is false on average; where nothing at all is true, something is announced
    at most with that chance. Tests where ``tested`` is false neither count nor can be announced.

    >>> discoveries([0.01, 0.02, 0.2, 0.9], 0.05).tolist()
    [True, True, False, False]
    """
    chances = np.where(tested, np.array(chances, dtype=float), np.inf)
    if not chances.shape[-1]:
        return chances < 0
    count = (chances < np.inf).sum(axis=-1, keepdims=True)
    ordered = np.sort(chances, axis=-1)
    allowed = level * np.arange(1, chances.shape[-1] + 1) / np.maximum(count, 1)
    # the greatest chance that its rank allows: that one, and all the smaller ones
    bound = np.where(ordered <= allowed, ordered, -np.inf).max(axis=-1, keepdims=True)
    return chances <= bound
