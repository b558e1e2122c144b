"""The nearest territories, held against a few lines of plain Python and against one another."""

import math
import random

import numpy as np
import pytest

from creasol.diagnosis.comparables import (
    FEATURES,
    Sums,
    all_nearest,
    distances,
    features_of,
    nearest,
    standardised,
    usable,
)

COLUMNS = {feature.key: place for place, feature in enumerate(FEATURES)}


def sums(**over):
    """Three places: a city, a town, a village."""
    values = {
        "inhabitants": [200_000, 10_000, 500],
        "area_km2": [50, 20, 10],
        "jobs": [150_000, 4_000, 50],
        "employers": [12_000, 500, 10],
        "before": [190_000, 10_000, 550],
        "around": [200_000 * 210_500, 10_000 * 210_500, 500 * 10_500],
        "largest": [200_000, 10_000, 500],
    }
    return Sums(**{name: np.array(column, dtype=float) for name, column in (values | over).items()}, years=5)


def test_features_are_the_numbers_that_people_read():
    features = features_of(sums())
    assert features[0].tolist() == pytest.approx([200_000, 4000, 210_500, 1, 750, 60, (20 / 19) ** 0.2 - 1])
    assert features[2].tolist() == pytest.approx([500, 50, 10_500, 1, 100, 20, (10 / 11) ** 0.2 - 1])


def test_what_is_unknown_stays_unknown():
    features = features_of(sums(area_km2=[np.nan, 20, 10], before=[190_000, 0, 550]))
    assert math.isnan(features[0, COLUMNS["density"]])
    assert math.isnan(features[1, COLUMNS["change"]])
    assert np.isfinite(features[2]).all()


def test_a_place_where_nobody_lives_has_no_feature():
    assert np.isnan(features_of(sums(inhabitants=[0, 10_000, 500]))[0]).all()


def test_communes_add_up_into_territories():
    grouped = sums().grouped(np.array([0, 1, 2]), np.array([0, 0, 1]), 2)
    features = features_of(grouped)
    assert features[0, COLUMNS["population"]] == 210_000
    assert features[0, COLUMNS["density"]] == 3000
    assert features[0, COLUMNS["surroundings"]] == 210_500
    assert features[0, COLUMNS["concentration"]] == pytest.approx(20 / 21)
    assert features[1].tolist() == features_of(sums())[2].tolist()


def test_a_number_unknown_of_few_inhabitants_is_made_up_to_the_whole():
    everything = np.array([0, 0, 0])
    grouped = sums(jobs=[150_000, 4_000, np.nan]).grouped(np.arange(3), everything, 1)
    assert grouped.jobs.tolist() == pytest.approx([154_000 * 210_500 / 210_000])
    # the town has nearly 5 % of the inhabitants
    assert np.isnan(sums(jobs=[150_000, np.nan, 50]).grouped(np.arange(3), everything, 1).jobs).all()


def test_a_feature_that_few_have_or_that_is_the_same_for_all_is_left_out():
    features = features_of(sums(area_km2=[50, np.nan, np.nan]))
    assert [FEATURES[column].key for column in usable(features)] == [
        "population",
        "surroundings",
        "jobs",
        "employers",
        "change",
    ]


def places(count, seed=1):
    """Places drawn at random, some of them identical, some with a number missing."""
    draw = random.Random(seed)
    people = [round(draw.lognormvariate(7, 1.3)) + 1 for _ in range(count)]
    people[1] = people[0]
    columns = {
        "inhabitants": people,
        "area_km2": [draw.uniform(2, 60) for _ in people],
        "jobs": [number * draw.uniform(0, 0.8) for number in people],
        "employers": [number * draw.uniform(0, 0.06) for number in people],
        "before": [number * draw.uniform(0.9, 1.1) for number in people],
        "around": [number * draw.uniform(1_000, 900_000) for number in people],
        "largest": people,
    }
    for column in columns.values():
        column[1] = column[0]
    columns["jobs"][5] = math.nan
    return Sums(**{name: np.array(column, dtype=float) for name, column in columns.items()}, years=6)


def by_hand(features, row, k):
    """Return the nearest rows as the words of the method say it, without arrays."""
    columns = [place for place in range(len(FEATURES)) if FEATURES[place].key != "concentration"]
    scaled = {}
    for column in columns:
        values = [
            math.log1p(line[column]) if FEATURES[column].log else line[column] for line in features.tolist()
        ]
        known = [value for value in values if not math.isnan(value)]
        mean = sum(known) / len(known)
        deviation = math.sqrt(sum((value - mean) ** 2 for value in known) / len(known))
        scaled[column] = [(value - mean) / deviation for value in values]
    apart = []
    for other in range(len(features)):
        squares = [(scaled[column][other] - scaled[column][row]) ** 2 for column in columns]
        distance = math.sqrt(sum(squares) / len(squares))
        if other != row and not math.isnan(distance):
            apart.append((distance, other))
    return sorted(apart)[:k]


def test_the_nearest_are_those_of_the_written_method():
    features = features_of(places(60))
    scaled = standardised(features, usable(features))
    for row in (0, 7, 33, 59):
        expected = by_hand(features, row, 8)
        assert nearest(scaled, row).tolist() == [other for _, other in expected]
        found = distances(scaled, row)
        assert [found[other] for _, other in expected] == pytest.approx([apart for apart, _ in expected])


def test_all_at_once_answers_as_one_by_one():
    scaled = standardised(features := features_of(places(300, seed=2)), usable(features))
    together = all_nearest(scaled)
    assert together.shape == (300, 8)
    # the sixth has a number missing: it is compared by the others
    assert np.isnan(scaled[5]).any()
    assert together[5].tolist() == nearest(scaled, 5).tolist()
    for row in range(300):
        assert together[row].tolist() == nearest(scaled, row).tolist()
        assert 5 not in together[row]


@pytest.mark.parametrize("seed", range(5))
def test_nobody_is_comparable_with_itself_even_among_identical_ones(seed):
    draw = np.random.default_rng(seed)
    scaled = draw.integers(0, 2, size=(40, 2)).astype(float)
    together = all_nearest(scaled, k=3)
    assert not (together == np.arange(40)[:, None]).any()
    for row in range(40):
        alone = nearest(scaled, row, k=3)
        assert row not in alone
        assert np.allclose(
            np.sort(distances(scaled, row)[alone]), np.sort(distances(scaled, row)[together[row]])
        )


def test_fewer_others_than_asked_are_all_given():
    scaled = np.array([[0.0], [2.0], [3.0]])
    assert nearest(scaled, 0).tolist() == [1, 2]
    assert all_nearest(scaled, k=4).tolist() == [[1, 2, -1, -1], [2, 0, -1, -1], [1, 0, -1, -1]]
    assert all_nearest(scaled[:1], k=2).tolist() == [[-1, -1]]


def test_a_place_without_any_feature_has_nobody():
    scaled = np.array([[np.nan, np.nan], [0.0, 1.0], [1.0, 1.0]])
    assert nearest(scaled, 0).tolist() == []
    assert all_nearest(scaled, k=1).tolist() == [[-1], [2], [1]]


def test_only_those_offered_are_chosen():
    scaled = np.array([[0.0], [1.0], [2.0], [3.0]])
    assert nearest(scaled, 0, among=np.array([True, False, True, True]), k=2).tolist() == [2, 3]


def test_the_unit_of_a_feature_does_not_matter():
    features = features_of(places(50, seed=3))
    columns = usable(features)
    linear = features.copy()
    linear[:, COLUMNS["change"]] *= 1000
    assert standardised(features, columns) == pytest.approx(standardised(linear, columns), nan_ok=True)
