"""Jobs out of size bands: the register says "3 to 5 employees", so jobs are a range, never a number.

Bands of SIRENE (code: least and most employees on 31 December); the last one is open.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SIZE_BANDS: dict[str, tuple[int, int | None]] = {
    "NN": (0, 0),
    "00": (0, 0),
    "01": (1, 2),
    "02": (3, 5),
    "03": (6, 9),
    "11": (10, 19),
    "12": (20, 49),
    "21": (50, 99),
    "22": (100, 199),
    "31": (200, 249),
    "32": (250, 499),
    "41": (500, 999),
    "42": (1_000, 1_999),
    "51": (2_000, 4_999),
    "52": (5_000, 9_999),
    "53": (10_000, None),
}


@dataclass(frozen=True)
class JobRange:
    """At least ``low`` jobs, at most ``high``; ``high`` is None when a band without upper bound is among them.

    ``unknown`` establishments have no published band: they are employers whose size is not in the range.
    """

    low: int
    high: int | None
    unknown: int = 0


def job_range(establishments: Mapping[str, int]) -> JobRange:
    """Return the jobs of ``establishments`` (size band code → how many); a code that is no band counts as unknown.

    >>> job_range({"02": 2, "11": 1})
    JobRange(low=16, high=29, unknown=0)
    """
    low, high, unknown = 0, 0, 0
    for band, count in establishments.items():
        if count == 0:
            continue
        if band == "NN" or band not in SIZE_BANDS:
            unknown += count
            continue
        least, most = SIZE_BANDS[band]
        low += least * count
        high = None if most is None or high is None else high + most * count
    return JobRange(low, high, unknown)


def range_share(part: JobRange, rest: JobRange) -> tuple[float | None, float | None]:
    """Return the least and the most that ``part`` can weigh in ``part`` + ``rest``, as fractions.

    The least is reached when the part has its fewest jobs and the rest its most; None where the range is open.

    >>> range_share(JobRange(10, 20), JobRange(30, 90))
    (0.1, 0.4)
    """
    low = None if rest.high is None else _fraction(part.low, part.low + rest.high)
    high = None if part.high is None else _fraction(part.high, part.high + rest.low)
    return low, high


def _fraction(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
