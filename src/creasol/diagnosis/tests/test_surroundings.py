import math

import numpy as np
import pytest

from creasol.diagnosis.surroundings import EARTH_RADIUS, people_within


def kilometres(one, other):
    """Return the distance of two points (longitude, latitude) by the haversine formula."""
    (east, north), (east_2, north_2) = (map(math.radians, point) for point in (one, other))
    half = math.sin((north_2 - north) / 2) ** 2
    half += math.cos(north) * math.cos(north_2) * math.sin((east_2 - east) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(half))


def test_people_around_are_those_that_the_haversine_formula_finds():
    draw = np.random.default_rng(7)
    longitudes, latitudes = draw.uniform(2.5, 3.6, 80), draw.uniform(50.2, 50.9, 80)
    people = draw.integers(100, 90_000, 80)
    points = list(zip(longitudes, latitudes, strict=True))
    expected = [
        sum(number for number, other in zip(people, points, strict=True) if kilometres(point, other) <= 15)
        for point in points
    ]
    assert people_within(longitudes, latitudes, people, kilometres=15).tolist() == expected


def test_the_meridian_of_180_degrees_is_no_wall():
    found = people_within(np.array([179.99, -179.99]), np.array([-17, -17]), np.array([3, 4]), kilometres=15)
    assert found.tolist() == [7, 7]


def test_a_place_without_centre_or_inhabitants():
    longitudes = np.array([3.06, np.nan, 3.06])
    found = people_within(longitudes, np.array([50.6, 50.6, 50.6]), np.array([10, 20, np.nan]), kilometres=15)
    assert found == pytest.approx([10, np.nan, 10], nan_ok=True)
    assert np.isnan(people_within(np.array([np.nan]), np.array([1.0]), np.array([1]), kilometres=1)).all()
