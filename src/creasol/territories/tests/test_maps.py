import math
import re

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from creasol.territories.maps import (
    WIDTH,
    Area,
    Place,
    Projection,
    circle_map,
    class_bounds,
    rings,
    round_values,
    shade,
    shaded_map,
)

LILLE = Place(
    label="Lille", longitude=3.0476, latitude=50.6344, value=238_246, text="238 246 habitants", href="/l/"
)
LOOS = Place(
    label="Loos", longitude=3.0187, latitude=50.6136, value=22_000, text="22 000 habitants", here=True
)
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[3.0, 50.6], [3.1, 50.6], [3.1, 50.7], [3.0, 50.7], [3.0, 50.6]]],
}
HOLED = {
    "type": "MultiPolygon",
    "coordinates": [
        [*SQUARE["coordinates"], [[3.04, 50.64], [3.06, 50.64], [3.06, 50.66], [3.04, 50.64]]],
        [[[3.2, 50.6], [3.3, 50.6], [3.3, 50.7], [3.2, 50.6]]],
    ],
}

longitudes = st.floats(-61, 56)
latitudes = st.floats(-22, 51)


class TestProjection:
    @given(st.lists(st.tuples(longitudes, latitudes), min_size=1, max_size=30))
    def test_every_point_falls_on_the_drawing(self, points):
        projection = Projection(points)
        for longitude, latitude in points:
            x, y = projection(longitude, latitude)
            assert 0 <= x <= projection.width
            assert 0 <= y <= projection.height + 1

    @given(st.tuples(longitudes, latitudes), st.tuples(longitudes, latitudes))
    def test_north_is_up_and_east_is_right(self, one, other):
        projection = Projection([one, other])
        (x, y), (u, v) = projection(*one), projection(*other)
        assert (x <= u + 1e-6) == (one[0] <= other[0]) or math.isclose(x, u, abs_tol=1e-6)
        assert (y >= v - 1e-6) == (one[1] <= other[1]) or math.isclose(y, v, abs_tol=1e-6)

    def test_a_kilometre_is_as_long_both_ways(self):
        projection = Projection([(3.0, 50.0), (3.2, 51.0)])
        x, y = projection(3.1, 50.5)
        east, north = projection(3.2, 50.5)[0] - x, y - projection(3.1, 50.6)[1]
        assert east / north == pytest.approx(math.cos(math.radians(50.5)), rel=1e-3)

    def test_no_point_is_an_error(self):
        with pytest.raises(ValueError, match="at least one point"):
            Projection([])


class TestCircles:
    def test_areas_are_proportional_and_small_ones_come_last(self):
        drawn = circle_map([LOOS, LILLE], title="Habitants")
        assert [shape.label for shape in drawn.shapes] == ["Lille", "Loos"]
        large, small = (float(shape.radius) for shape in drawn.shapes)
        assert (large / small) ** 2 == pytest.approx(238_246 / 22_000, rel=0.02)
        assert [shape.css for shape in drawn.shapes] == ["map-circle", "map-circle map-here"]

    def test_the_legend_has_round_values_at_the_same_scale(self):
        drawn = circle_map([LOOS, LILLE], title="Habitants", say=lambda value: f"{value:.0f}")
        assert [circle.text for circle in drawn.scale] == ["200000", "50000", "10000"]
        assert [float(circle.radius) for circle in drawn.scale] == pytest.approx([49.5, 24.7, 11.1], abs=0.1)
        assert drawn.scale_height == 103

    def test_unknown_and_null_values_are_drawn_small(self):
        unknown = Place(label="A", longitude=3, latitude=50, value=None, text="inconnu")
        nobody = Place(label="B", longitude=3, latitude=50.1, value=0, text="0")
        shapes = circle_map([unknown, nobody], title="Habitants").shapes
        assert [(shape.css, shape.radius) for shape in shapes] == [
            ("map-circle map-missing", "2.5"),
            ("map-circle", "2.5"),
        ]

    def test_a_single_place_and_none(self):
        assert len(circle_map([LILLE], title="Habitants").shapes) == 1
        assert circle_map([], title="Habitants").shapes == ()

    def test_names_never_cover_one_another(self):
        same = [Place(label=name, longitude=3, latitude=50, value=1, text="1") for name in ("Lille", "Loos")]
        assert [caption.text for caption in circle_map(same, title="Habitants").captions] == ["Lille"]

    @given(
        st.lists(st.tuples(longitudes, latitudes, st.one_of(st.none(), st.integers(0, 10**7))), max_size=40)
    )
    def test_any_places_make_a_map(self, points):
        places = [
            Place(label=str(number), longitude=x, latitude=y, value=value, text=str(value))
            for number, (x, y, value) in enumerate(points)
        ]
        drawn = circle_map(places, title="Habitants")
        assert len(drawn.shapes) == len(places)
        assert all(0 <= float(shape.x) <= WIDTH and float(shape.radius) > 0 for shape in drawn.shapes)


class TestShades:
    def test_classes_hold_as_many_values_each(self):
        values = list(range(1, 13))
        bounds = class_bounds(values)
        assert bounds == [1, 3, 5, 7, 9, 11, 12]
        assert [shade(value, bounds)[-1] for value in values] == list("112233445566")

    def test_few_values_spread_over_the_ramp(self):
        assert class_bounds([]) == []
        assert [shade(value, class_bounds([1, 2])) for value in (1, 2, None)] == [
            "map-class-1",
            "map-class-6",
            "map-missing",
        ]
        assert shade(4, class_bounds([4, 4, 4])) == "map-class-6"

    @given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
    def test_a_larger_value_is_never_paler(self, values):
        bounds = class_bounds(values)
        shades = [shade(value, bounds) for value in sorted(values)]
        assert shades == sorted(shades)
        assert len(bounds) <= 7

    def test_outlines_become_paths_with_their_holes(self):
        areas = [
            Area(label="A", geometry=HOLED, value=3, text="3 %", here=True),
            Area(label="B", geometry=SQUARE, value=None, text="inconnu"),
        ]
        drawn = shaded_map(areas, title="Part")
        assert [shape.label for shape in drawn.shapes] == ["B", "A"]
        assert [shape.d.count("M") for shape in drawn.shapes] == [1, 3]
        assert [shape.css for shape in drawn.shapes] == [
            "map-outline map-missing",
            "map-outline map-class-6 map-here",
        ]
        assert re.fullmatch(r"(M[\d.,]+(L[\d.,]+)+Z)+", drawn.shapes[1].d)
        assert [item.text for item in drawn.legend] == ["3"]

    def test_only_areas_have_an_outline(self):
        with pytest.raises(ValueError, match="not a Point"):
            rings({"type": "Point", "coordinates": [3, 50]})

    def test_no_area_makes_an_empty_map(self):
        assert shaded_map([], title="Part").shapes == ()


@pytest.mark.parametrize(
    ("largest", "expected"),
    [(0, []), (1, [1.0, 0.2, 0.05]), (999, [500.0, 100.0, 20.0]), (1000, [1000.0, 200.0, 50.0])],
)
def test_round_values(largest, expected):
    assert round_values(largest) == pytest.approx(expected)


class TestTemplate:
    def test_links_make_a_group_with_names(self):
        html = render_to_string(
            "territories/components/map.html", {"map": circle_map([LILLE, LOOS], title="Habitants")}
        )
        assert '<svg class="map" viewBox="0 0 720 ' in html
        assert 'role="group" aria-label="Habitants"' in html
        assert '<a href="/l/" aria-label="Lille : 238 246 habitants">' in html
        assert "<title>Loos · 22 000 habitants</title>" in html
        assert "style=" not in html

    def test_without_links_it_is_an_image(self):
        html = render_to_string(
            "territories/components/map.html", {"map": circle_map([LOOS], title="Habitants")}
        )
        assert 'role="img" aria-label="Habitants"' in html
        assert "<a " not in html
