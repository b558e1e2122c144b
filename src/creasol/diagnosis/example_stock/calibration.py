"""How many establishments go where, so that the study quoted in 2011 comes out of the ordinary import.

Couronne Sud: 216 ESS employer establishments of 3,320 (6.5 %), sixth of eight; its size bands hold between
1,652 and 3,310 jobs, around the 2,632 quoted. The perimeter of the law adds the same share everywhere (230 of
3,535), so share and rank hold there too. What the study does not tell (the other territories, the bands) is
made up.
"""

from collections.abc import Mapping

ESS = {
    "lillois-2011": 1224,
    "roubaisien-2011": 615,
    "tourquennois-2011": 402,
    "est-2011": 338,
    "couronne-nord-2011": 284,
    "couronne-sud-2011": 216,
    "lys-2011": 148,
    "weppes-2011": 93,
}
ONLY_BY_LAW = {
    "lillois-2011": 79,
    "roubaisien-2011": 40,
    "tourquennois-2011": 26,
    "est-2011": 22,
    "couronne-nord-2011": 18,
    "couronne-sud-2011": 14,
    "lys-2011": 10,
    "weppes-2011": 6,
}
ESS_JOINED_LATER, ONLY_BY_LAW_JOINED_LATER = 46, 3
SIZE_BANDS = {"00": 14, "01": 68, "02": 48, "03": 30, "11": 26, "12": 20, "21": 8, "22": 2}
OTHER_EMPLOYERS_PER_THOUSAND = 25.6
OTHER_SIZE_BANDS = {
    "00": 60, "01": 460, "02": 215, "03": 105, "11": 80, "12": 50, "21": 17, "22": 9,
    "31": 2, "32": 1.5, "41": 0.5,
}  # fmt: skip


def shared_out(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Share ``total`` out in whole numbers, as ``weights`` are, by largest remainder (ties: first key).

    >>> shared_out(10, {"a": 1, "b": 1, "c": 2})
    {'a': 3, 'b': 2, 'c': 5}
    """
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    shares = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(weights, key=lambda key: (shares[key] - exact[key], key))
    for key in by_remainder[: total - sum(shares.values())]:
        shares[key] += 1
    return shares
