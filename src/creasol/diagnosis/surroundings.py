"""How many people live around each place: a measure of town or country that needs centres and populations alone."""

import numpy as np
from scipy.spatial import cKDTree

EARTH_RADIUS = 6371.0088  # km, mean radius (IUGG)


def people_within(
    longitudes: np.ndarray, latitudes: np.ndarray, inhabitants: np.ndarray, *, kilometres: float
) -> np.ndarray:
    """Return, for each place, the inhabitants of all the places whose centre is at most ``kilometres`` away.

    A place counts itself. Centres in degrees (WGS 84), distances along the great circle; a place without a centre
    has nan, one without inhabitants known adds nothing to its neighbours.

    >>> people_within(np.array([3.06, 3.03, 5.37]), np.array([50.63, 50.55, 43.3]), np.array([236, 13, 873]),
    ...               kilometres=15)
    array([249., 249., 873.])
    """
    people = np.nan_to_num(np.asarray(inhabitants, dtype=float))
    known = np.flatnonzero(np.isfinite(longitudes) & np.isfinite(latitudes))
    around = np.full(len(people), np.nan)
    if not len(known):
        return around
    tree = cKDTree(on_unit_sphere(longitudes[known], latitudes[known]))
    chord = 2 * np.sin(kilometres / EARTH_RADIUS / 2)
    one, other = tree.query_pairs(chord, output_type="ndarray").T
    near = people[known]
    found = near.copy()
    found += np.bincount(one, weights=near[other], minlength=len(near))
    found += np.bincount(other, weights=near[one], minlength=len(near))
    around[known] = found
    return around


def on_unit_sphere(longitudes: np.ndarray, latitudes: np.ndarray) -> np.ndarray:
    """Return points of the unit sphere (n × 3), where a straight line orders distances as the great circle does."""
    east, north = np.radians(longitudes), np.radians(latitudes)
    return np.column_stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
