"""A period parted into consecutive ones."""

from datetime import date
from itertools import pairwise


def spread(starts_on: date, ends_on: date, weights: tuple[int, ...]) -> list[tuple[date, date]]:
    """Part a period into consecutive ones, as long as their weights say; a day at least each.

    >>> [first.day for first, last in spread(date(2012, 1, 1), date(2012, 1, 10), (2, 1, 2))]
    [1, 5, 7]
    """
    days = (ends_on - starts_on).days + 1
    if days < len(weights):
        raise ValueError("The period has fewer days than parts.")
    bounds = [0]
    for number in range(1, len(weights) + 1):
        share = round(days * sum(weights[:number]) / sum(weights))
        bounds.append(min(max(share, bounds[-1] + 1), days - (len(weights) - number)))
    first = starts_on.toordinal()
    return [
        (date.fromordinal(first + begin), date.fromordinal(first + end - 1))
        for begin, end in pairwise(bounds)
    ]
