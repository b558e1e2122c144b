"""Maps drawn on the server: proportional circles, and areas shaded by class.

Pure: from degrees (WGS 84) to the numbers of an SVG, no Django. The template
`territories/components/map.html` draws a ``Map``; the page that shows one gives its table twin beside it.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

WIDTH = 720
TALLEST = 0.95  # height over width, at most
PADDING = 14
LARGEST_RADIUS = 0.075  # of the width
SMALLEST_RADIUS = 2.5
SMALLEST_SPAN = 0.02  # degrees: a single point still makes a map
MOST_CLASSES = 6
MOST_CAPTIONS = 10
MOST_SCALE_CIRCLES = 3
SCALE_GAP = 10
MOST_TAB_STOPS = 120
LETTER_WIDTH, LINE_HEIGHT = 7.6, 17  # of a caption, in units of the drawing

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A value at a point (degrees): ``text`` is the value in words with its unit; ``value`` may be None."""

    label: str
    longitude: float
    latitude: float
    value: float | None
    text: str
    href: str = ""
    here: bool = False


@dataclass(frozen=True, kw_only=True)
class Area:
    """A value over an outline (a GeoJSON Polygon or MultiPolygon, WGS 84)."""

    label: str
    geometry: dict[str, Any]
    value: float | None
    text: str
    href: str = ""
    here: bool = False


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What the template draws: a circle (``x``, ``y``, ``radius``) or a path (``d``), ready to print."""

    label: str
    text: str
    css: str
    href: str = ""
    x: str = ""
    y: str = ""
    radius: str = ""
    d: str = ""


@dataclass(frozen=True)
class Caption:
    """The name of a place written on the map."""

    text: str
    x: str
    y: str


@dataclass(frozen=True)
class LegendItem:
    """A class of shade and the values it holds."""

    text: str
    css: str


@dataclass(frozen=True, kw_only=True)
class ScaleCircle:
    """A circle of a round value, drawn under the map at the same scale, and where its words begin."""

    text: str
    x: str
    radius: str
    text_x: str


@dataclass(frozen=True, kw_only=True)
class Map:
    """A map ready to draw; ``missing`` counts the places that could not be put on it."""

    title: str
    width: int
    height: int
    shapes: tuple[Shape, ...]
    captions: tuple[Caption, ...] = ()
    legend: tuple[LegendItem, ...] = ()
    scale: tuple[ScaleCircle, ...] = ()
    missing: int = 0

    @property
    def scale_height(self) -> int:
        """Height of the drawing of the scale: its first circle is the largest."""
        return math.ceil(2 * float(self.scale[0].radius)) + 4 if self.scale else 0

    @property
    def has_links(self) -> bool:
        return any(shape.href for shape in self.shapes)

    @property
    def is_keyboard_friendly(self) -> bool:
        """Whether its links are few enough for the Tab key; the table twin has them all."""
        return len(self.shapes) <= MOST_TAB_STOPS


class Projection:
    """Degrees to units of the drawing: plate carrée true at the middle latitude, north up, one scale."""

    def __init__(self, points: Iterable[Point], *, width: int = WIDTH, padding: float = PADDING):
        points = list(points)
        if not points:
            raise ValueError("A projection needs at least one point.")
        west, east = _span([longitude for longitude, _ in points])
        south, north = _span([latitude for _, latitude in points])
        self.west, self.north = west, north
        self.shrink = max(math.cos(math.radians((south + north) / 2)), 0.01)
        across, down = (east - west) * self.shrink, north - south
        room = width - 2 * padding
        self.scale = min(room / across, room * TALLEST / down)
        self.left = padding + (room - across * self.scale) / 2
        self.top = padding
        self.width = width
        self.height = round(down * self.scale + 2 * padding)

    def __call__(self, longitude: float, latitude: float) -> Point:
        """Return the units of a point."""
        x = self.left + (longitude - self.west) * self.shrink * self.scale
        return x, self.top + (self.north - latitude) * self.scale


def circle_map(
    places: Sequence[Place],
    *,
    title: str,
    say: Callable[[float], str] = str,
    outlines: Sequence[dict[str, Any]] = (),
    captions: int = MOST_CAPTIONS,
    missing: int = 0,
) -> Map:
    """Return a map of circles whose areas are proportional to the values, small ones drawn over large ones.

    ``say`` writes a value of the legend; ``outlines`` (GeoJSON geometries) are drawn under the circles.
    Places of unknown value are drawn small and dashed; ``missing`` counts those without a known point.
    """
    points = [(place.longitude, place.latitude) for place in places]
    points += [point for outline in outlines for ring in rings(outline) for point in ring]
    if not points:
        return Map(title=title, width=WIDTH, height=0, shapes=(), missing=missing)
    largest = max((place.value or 0 for place in places), default=0)
    projection = Projection(points, padding=PADDING + LARGEST_RADIUS * WIDTH)

    def radius(value: float | None) -> float:
        return max(circle_radius(value or 0, largest), SMALLEST_RADIUS)

    under = [Shape(label="", text="", css="map-outline", d=path(outline, projection)) for outline in outlines]
    ordered = sorted(places, key=lambda place: (-(place.value or 0), place.label))
    circles = []
    for place in ordered:
        x, y = projection(place.longitude, place.latitude)
        css = (
            "map-circle"
            + (" map-missing" if place.value is None else "")
            + (" map-here" if place.here else "")
        )
        circles.append(
            Shape(
                label=place.label,
                text=place.text,
                css=css,
                href=place.href,
                x=units(x),
                y=units(y),
                radius=units(radius(place.value)),
            )
        )
    names = []  # each under its circle
    for place in ordered:
        x, y = projection(place.longitude, place.latitude)
        names.append((place.label, x, y + radius(place.value) + LINE_HEIGHT / 2))
    return Map(
        title=title,
        width=projection.width,
        height=projection.height,
        shapes=(*under, *circles),
        captions=place_captions(names, captions),
        scale=scale_circles(largest, say),
        missing=missing,
    )


def shaded_map(areas: Sequence[Area], *, title: str, say: Callable[[float], str] = str) -> Map:
    """Return a map of outlines shaded in up to six classes of as many areas; unknown values are dashed."""
    points = [point for area in areas for ring in rings(area.geometry) for point in ring]
    if not points:
        return Map(title=title, width=WIDTH, height=0, shapes=())
    projection = Projection(points)
    bounds = class_bounds([area.value for area in areas if area.value is not None])
    shapes = [
        Shape(
            label=area.label,
            text=area.text,
            css=f"map-outline {shade(area.value, bounds)}" + (" map-here" if area.here else ""),
            href=area.href,
            d=path(area.geometry, projection),
        )
        # what is outlined as "here" is drawn last, over its neighbours' edges
        for area in sorted(areas, key=lambda area: area.here)
    ]
    legend = [
        LegendItem(f"{say(low)} – {say(high)}" if low != high else say(low), shade(low, bounds))
        for low, high in pairwise(bounds)
    ]
    return Map(
        title=title,
        width=projection.width,
        height=projection.height,
        shapes=tuple(shapes),
        legend=tuple(legend),
    )


def scale_circles(largest: float, say: Callable[[float], str]) -> tuple[ScaleCircle, ...]:
    """Return the circles of a few round values side by side, at the scale of a map up to ``largest``."""
    circles = []
    for number, value in enumerate(round_values(largest)):
        radius = circle_radius(value, largest)
        left = number * WIDTH / MOST_SCALE_CIRCLES
        circles.append(
            ScaleCircle(
                text=say(value),
                x=units(left + radius + 1),
                radius=units(radius),
                text_x=units(left + 2 * radius + SCALE_GAP),
            )
        )
    return tuple(circles)


def circle_radius(value: float, largest: float, *, width: int = WIDTH) -> float:
    """Return the radius of the circle of ``value`` when ``largest`` has the largest one: area ∝ value."""
    if largest <= 0 or value <= 0:
        return 0
    return LARGEST_RADIUS * width * math.sqrt(value / largest)


def round_values(largest: float, *, count: int = MOST_SCALE_CIRCLES) -> list[float]:
    """Return up to ``count`` round values (1, 2 or 5 times a power of ten) below ``largest``.

    >>> round_values(238_246)
    [200000.0, 50000.0, 10000.0]
    """
    values: list[float] = []
    if largest <= 0:
        return values
    ceiling = largest
    while len(values) < count and ceiling >= largest / 100:
        power = 10.0 ** math.floor(math.log10(ceiling))
        values.append(next(step * power for step in (5, 2, 1) if step * power <= ceiling * (1 + 1e-9)))
        ceiling = values[-1] / 4
    return values


def class_bounds(values: Iterable[float], *, most: int = MOST_CLASSES) -> list[float]:
    """Return the n + 1 bounds of up to ``most`` classes holding as many values each; none without value.

    >>> class_bounds([1, 2, 3, 4], most=2)
    [1, 3, 4]
    """
    ordered = sorted(values)
    if not ordered:
        return []
    distinct = sorted(set(ordered))
    count = min(most, len(distinct))
    lows = {ordered[len(ordered) * number // count] for number in range(count)}
    return [*sorted(lows), ordered[-1]]


def shade(value: float | None, bounds: Sequence[float]) -> str:
    """Return the class of CSS of a value between the ``bounds`` of the classes: map-class-1 … map-class-6."""
    if value is None or not bounds:
        return "map-missing"
    count = len(bounds) - 1
    if count == 1:
        return f"map-class-{MOST_CLASSES}"
    rank = min(max(bisect_right(bounds[:-1], value), 1), count)
    # few classes spread over the whole ramp: two are pale and deep, not pale and a little less pale
    return f"map-class-{1 + round((rank - 1) * (MOST_CLASSES - 1) / (count - 1))}"


def rings(geometry: dict[str, Any]) -> list[list[Point]]:
    """Return the rings of a GeoJSON Polygon or MultiPolygon; ValueError for another geometry."""
    if geometry["type"] == "Polygon":
        polygons = [geometry["coordinates"]]
    elif geometry["type"] == "MultiPolygon":
        polygons = geometry["coordinates"]
    else:
        raise ValueError(f"An outline is a Polygon or a MultiPolygon, not a {geometry['type']}.")
    return [[(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon]


def path(geometry: dict[str, Any], projection: Projection) -> str:
    """Return the ``d`` of an SVG path of an outline; holes stay holes (fill-rule evenodd)."""
    drawn = []
    for ring in rings(geometry):
        points = (",".join(map(units, projection(*point))) for point in ring)
        # what falls on the same tenth of a unit is written once
        drawn.append(f"M{'L'.join(point for point, _ in groupby(points))}Z")
    return "".join(drawn)


def place_captions(names: Iterable[tuple[str, float, float]], most: int) -> tuple[Caption, ...]:
    """Return the first ``most`` names (centred at x, y) that can be written without covering one another."""
    taken: list[tuple[float, float, float, float]] = []
    captions = []
    for text, x, y in names:
        if len(captions) == most:
            break
        half = len(text) * LETTER_WIDTH / 2
        box = (max(x - half, 0), y - LINE_HEIGHT / 2, x + half, y + LINE_HEIGHT / 2)
        if any(
            box[0] < right and left < box[2] and box[1] < bottom and top < box[3]
            for left, top, right, bottom in taken
        ):
            continue
        taken.append(box)
        captions.append(Caption(text, units(min(max(x, half), WIDTH - half)), units(y + LINE_HEIGHT / 3)))
    return tuple(captions)


def units(number: float) -> str:
    """Return a number as SVG writes it, whatever the language of the page: a tenth is enough."""
    return f"{number:.1f}".removesuffix(".0")


def _span(values: Sequence[float]) -> Point:
    low, high = min(values), max(values)
    if high - low >= SMALLEST_SPAN:
        return low, high
    middle = (low + high) / 2
    return middle - SMALLEST_SPAN / 2, middle + SMALLEST_SPAN / 2
