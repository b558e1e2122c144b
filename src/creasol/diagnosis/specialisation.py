"""Location quotients: how much more, or less, an activity weighs here than in the reference, and how sure that is."""

from dataclasses import dataclass

from .poisson import interval


@dataclass(frozen=True)
class Quotient:
    """``value`` 1 means the same weight; when ``low`` to ``high`` (95 %) holds 1, the difference may be chance."""

    value: float
    low: float
    high: float


def location_quotient(count: int, total: int, reference_count: int, reference_total: int) -> Quotient | None:
    """Return the share ``count`` / ``total`` divided by the reference's share; None when the reference has none.

    The interval is that of a Poisson count over what the reference's share would give.

    >>> location_quotient(20, 100, 100, 1000)
    Quotient(value=2.0, low=1.221..., high=3.089...)
    """
    if not total or not reference_count or not reference_total:
        return None
    expected = total * reference_count / reference_total
    low, high = (float(bound) for bound in interval(count))
    return Quotient(count / expected, low / expected, high / expected)
