"""Features of a GeoJSON file one by one, whatever its size, and geometries fit to be drawn.

RFC 7946. Coordinates are rounded to 0.0001 degree (about ten metres) and points that change nothing at that
scale dropped: a map of a territory shows thirty metres in a pixel.
"""

import json
import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from django.utils.translation import gettext as _

from .refusals import BadInputError

BLOCK = 1 << 18
LARGEST_FEATURE = 64 << 20
DECIMALS = 4
TOLERANCE = 0.0001
LEAST_POINTS = 4


def features(path: Path, name: str) -> Iterator[dict]:
    """Yield the features of a FeatureCollection, holding one at a time; raises `BadInputError`."""
    decoder = json.JSONDecoder()
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = _from_features(file, name)
            while True:
                text = text.lstrip(" \t\r\n,")
                if not text:
                    text = file.read(BLOCK)
                    if not text:
                        raise BadInputError(
                            _("%(file)s ends in the middle (download cut short?)") % {"file": name}
                        )
                    continue
                if text[0] == "]":
                    return
                feature, text = _next(decoder, file, text, name)
                if isinstance(feature, dict):
                    yield feature
    except UnicodeDecodeError as error:
        raise BadInputError(
            _("%(file)s is not GeoJSON in UTF-8: %(error)s") % {"file": name, "error": error.reason}
        ) from error
    except RecursionError as error:
        raise BadInputError(_("%(file)s is nested too deeply") % {"file": name}) from error


def _from_features(file, name: str) -> str:
    """Return the text that follows the opening of the features."""
    text = file.read(BLOCK)
    place = text.find('"features"')
    opening = text.find("[", place)
    if place < 0 or opening < 0 or text[place + 10 : opening].strip() != ":":
        raise BadInputError(_("%(file)s: expected a GeoJSON FeatureCollection") % {"file": name})
    return text[opening + 1 :]


def _next(decoder: json.JSONDecoder, file, text: str, name: str) -> tuple[object, str]:
    """Return one value and the text that follows, reading on as long as the value is cut."""
    while True:
        try:
            value, end = decoder.raw_decode(text)
        except json.JSONDecodeError as error:
            more = file.read(max(BLOCK, len(text)))
            if not more or len(text) > LARGEST_FEATURE:
                raise BadInputError(
                    _("%(file)s is not whole GeoJSON: %(error)s near “%(text)s”")
                    % {"file": name, "error": error.msg, "text": text[:40]}
                ) from error
            text += more
        else:
            return value, text[end:]


def polygons(geometry: object) -> list[list] | None:
    """Return the simplified polygons of a Polygon or MultiPolygon, None when it cannot be drawn.

    Each polygon is a list of closed rings of (longitude, latitude).
    """
    if not isinstance(geometry, dict) or not isinstance(geometry.get("coordinates"), list):
        return None
    parts = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}.get(
        geometry.get("type")
    )
    if not parts:
        return None
    simplified = []
    for part in parts:
        if not isinstance(part, list) or not part:
            return None
        rings = [_ring(ring) for ring in part]
        if rings[0] is None:
            return None
        simplified.append([rings[0], *(ring for ring in rings[1:] if ring)])
    return simplified


def _ring(points: object) -> list | None:
    """Return a closed ring of rounded points that encloses something, None otherwise."""
    if not isinstance(points, list) or not all(_is_position(point) for point in points):
        return None
    rounded = [(round(point[0], DECIMALS), round(point[1], DECIMALS)) for point in points]
    distinct = [point for place, point in enumerate(rounded) if place == 0 or point != rounded[place - 1]]
    if distinct and distinct[0] != distinct[-1]:
        distinct.append(distinct[0])
    if len(distinct) < LEAST_POINTS or _double_area(distinct) == 0:
        return None
    simple = _simplified(distinct)
    return [list(point) for point in (simple if len(simple) >= LEAST_POINTS else distinct)]


def _is_position(point: object) -> bool:
    return (
        isinstance(point, list)
        and len(point) >= 2  # noqa: PLR2004 longitude and latitude
        and all(type(value) in (int, float) and math.isfinite(value) for value in point[:2])
        and abs(point[0]) <= 180  # noqa: PLR2004 degrees
        and abs(point[1]) <= 90  # noqa: PLR2004 degrees
    )


def _double_area(ring: list[tuple[float, float]]) -> float:
    return round(
        sum(one[0] * other[1] - other[0] * one[1] for one, other in pairwise(ring)),
        2 * DECIMALS,
    )


def _simplified(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Drop points nearer to the line of their neighbours than the tolerance (Douglas and Peucker, 1973)."""
    kept = {0, len(ring) - 1, far := max(range(len(ring)), key=lambda place: math.dist(ring[place], ring[0]))}
    pending = [(0, far), (far, len(ring) - 1)]
    while pending:
        first, last = pending.pop()
        if last - first < 2:  # noqa: PLR2004 no point between
            continue
        distances = [_distance(ring[place], ring[first], ring[last]) for place in range(first + 1, last)]
        furthest = max(range(len(distances)), key=distances.__getitem__)
        if distances[furthest] > TOLERANCE:
            middle = first + 1 + furthest
            kept.add(middle)
            pending += [(first, middle), (middle, last)]
    return [ring[place] for place in sorted(kept)]


def _distance(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    length = math.dist(start, end)
    if length == 0:
        return math.dist(point, start)
    return (
        abs((end[0] - start[0]) * (start[1] - point[1]) - (start[0] - point[0]) * (end[1] - start[1]))
        / length
    )
