"""The rotation on a map: a circle per commune, shaded by where its territory stands."""

from statistics import fmean

from django.utils.translation import gettext as _

from creasol.territories.maps import LegendItem, Map, Projection, Shape, circle_radius, place_captions, units

from .enums import Turn
from .queries.rotation import Rotation

SHADES = {
    Turn.COMPLETED: "map-class-6",
    Turn.RUNNING: "map-class-4",
    Turn.PLANNED: "map-class-3",
    Turn.NEXT: "map-class-2",
    Turn.WAITING: "map-class-1",
}
SMALLEST_RADIUS = 4


def rotation_map(rotation: Rotation) -> Map | None:
    """Return the map of a rotation; None when no commune of it has a known place."""
    placed = [
        (stop, commune)
        for stop in rotation.stops
        for commune in stop.communes
        if commune.longitude is not None and commune.latitude is not None
    ]
    if not placed:
        return None
    projection = Projection([(commune.longitude, commune.latitude) for _stop, commune in placed], padding=40)
    largest = max(commune.population or 0 for _stop, commune in placed)
    shapes = []
    for stop, commune in sorted(placed, key=lambda pair: -(pair[1].population or 0)):
        x, y = projection(commune.longitude, commune.latitude)
        radius = max(circle_radius(commune.population or 0, largest), SMALLEST_RADIUS)
        shapes.append(
            Shape(
                label=commune.name,
                text=f"{stop.territory.name}, {stop.turn.label}",
                css=f"map-circle {SHADES[stop.turn]}",
                x=units(x),
                y=units(y),
                radius=units(radius),
            )
        )
    turns = {stop.turn for stop in rotation.stops}
    return Map(
        title=_("The communes, shaded by the turn of their territory; the table says the same"),
        width=projection.width,
        height=projection.height,
        shapes=tuple(shapes),
        captions=place_captions(names(placed, projection), len(rotation.stops)),
        legend=tuple(
            LegendItem(text=turn.label, css=shade) for turn, shade in SHADES.items() if turn in turns
        ),
        missing=sum(len(stop.communes) for stop in rotation.stops) - len(placed),
    )


def names(placed: list, projection: Projection) -> list[tuple[str, float, float]]:
    """Return the name of each territory and the middle of its communes."""
    points: dict[str, list[tuple[float, float]]] = {}
    for stop, commune in placed:
        points.setdefault(stop.territory.name, []).append(projection(commune.longitude, commune.latitude))
    return [
        (name, fmean(x for x, _y in found), fmean(y for _x, y in found)) for name, found in points.items()
    ]
