"""Shares, rates and changes; None where they mean nothing (nobody lives there, nothing to divide by)."""


def share(part: float, whole: float) -> float | None:
    """Return ``part`` of ``whole`` as a fraction between 0 and 1.

    >>> share(85.39, 611.52).__round__(4)
    0.1396
    """
    return part / whole if whole else None


def per_thousand(count: float, inhabitants: float) -> float | None:
    """Return how many there are for 1,000 inhabitants."""
    return 1000 * count / inhabitants if inhabitants else None


def density(inhabitants: float, area_km2: float) -> float | None:
    """Return inhabitants per km²."""
    return inhabitants / area_km2 if area_km2 else None


def yearly_change(before: float, after: float, years: int) -> float | None:
    """Return the constant yearly change, a fraction, that leads from ``before`` to ``after`` in ``years`` years.

    >>> yearly_change(100, 121, 2).__round__(3)
    0.1
    """
    if not before or not after or years <= 0:
        return None
    return (after / before) ** (1 / years) - 1
