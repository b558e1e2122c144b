"""Location quotients: how much more, or less, a class weighs here than in the reference, and how sure that is."""

from dataclasses import dataclass

from . import binomial

# Fewer expected than this, and even none at all would be within the 95 % of chance.
LEAST_EXPECTED = 3.7


@dataclass(frozen=True)
class Quotient:
    """``value`` 1 means the same weight; when ``low`` to ``high`` (95 %) holds 1, the difference may be chance.

    ``expected`` is the number that would give the same weight.
    """

    value: float
    low: float
    high: float
    expected: float

    @property
    def proven(self) -> bool:
        """Whether chance alone hardly explains the difference."""
        return not self.low <= 1 <= self.high

    @property
    def tells(self) -> bool:
        """Whether there is something to read: enough are expected, or the difference is proven all the same."""
        return self.proven or self.expected >= LEAST_EXPECTED


def location_quotient(count: int, total: int, reference_count: int, reference_total: int) -> Quotient | None:
    """Return the share ``count`` / ``total`` divided by the reference's share; None when the reference has none.

    The interval is the exact one of a share (`binomial.interval`), divided by the reference's share.

    >>> location_quotient(20, 100, 100, 1000)
    Quotient(value=2.0, low=1.266..., high=2.918..., expected=10.0)
    """
    if not total or not reference_count or not reference_total:
        return None
    there = reference_count / reference_total
    low, high = (float(bound) / there for bound in binomial.interval(count, total))
    return Quotient(count / total / there, low, high, total * there)
