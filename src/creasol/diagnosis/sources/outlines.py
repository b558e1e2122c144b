"""Outlines of communes: any GeoJSON FeatureCollection whose features carry the INSEE code as a property."""

import json

from django.utils.translation import gettext as _

from .extract import Extract, Stream
from .files import Found
from .geojson import features, polygons
from .refusals import BadInputError
from .report import Example, Report
from .vintages import year_of_names
from .workspace import Progress, Workspace

CODES = (
    "code",
    "codgeo",
    "insee",
    "insee_com",
    "code_insee",
    "codeinsee",
    "com",
    "code_commune",
    "codecommune",
    "depcom",
    "id",
)
PARTS = {"associated", "district"}


def read(space: Workspace, found: list[Found], *, vintage: str | None) -> Extract:
    """Return one simplified geometry per commune; former communes lend theirs to today's.

    Raises `BadInputError` when no feature carries a code, or nothing can be drawn.
    """
    files = [file for file in found if file.kind == "json"]
    if not files:
        names = ", ".join(file.name for file in found)
        raise BadInputError(_("%(file)s: expected a GeoJSON FeatureCollection") % {"file": names})
    report = Report(files=[file.name for file in files])
    vintage = vintage or year_of_names(report.files)
    places = {
        code: (commune, kind) for code, commune, kind in space.rows("SELECT code, commune, kind FROM places")
    }
    shapes: dict[str, list] = {}
    for file in files:
        _read_file(space, file, places, shapes, report)
    if not shapes:
        raise BadInputError(
            _("%(file)s: no feature is a polygon in degrees with the code of a commune among its properties")
            % {"file": ", ".join(report.files)}
        )
    whole = set(shapes)
    drawn: dict[str, list] = {}
    for code, parts in shapes.items():
        commune, kind = places[code]
        if kind in PARTS and commune in whole:
            report.leave_aside("part-of-commune", 1)
            continue
        report.rows_used += 1
        report.note("folded", int(kind != ""))
        drawn.setdefault(commune, []).extend(parts)
    space.fill(
        "outlines",
        "commune VARCHAR, geometry VARCHAR",
        [(code, _geometry(parts)) for code, parts in drawn.items()],
    )
    stream = Stream("outlines", ("commune_id", "geometry"), "outlines", len(drawn))
    return Extract(vintage, report, (stream,))


def _read_file(space, file: Found, places: dict, shapes: dict, report: Report) -> None:
    for number, feature in enumerate(features(file.path, file.name), start=1):
        report.rows_read += 1
        code = code_of(feature.get("properties"))
        parts = polygons(feature.get("geometry"))
        verdicts = {
            "no-code": not code,
            "unknown-commune": code not in places,
            "bad-geometry": parts is None,
            "twice": code in shapes,
        }
        reason = next((reason for reason, holds in verdicts.items() if holds), "")
        if reason:
            report.refuse(reason, 1, [Example(file.name, number, reason, code or "–")])
        else:
            shapes[code] = parts
        if number % 500 == 0:
            space.listener(Progress("read", 0.5, number))


def code_of(properties: object) -> str:
    """Return the code of commune among the properties of a feature, "" when there is none."""
    if not isinstance(properties, dict):
        return ""
    known = {str(name).lower(): value for name, value in properties.items()}
    return next((str(known[name]) for name in CODES if isinstance(known.get(name), (str, int))), "")


def _geometry(parts: list) -> str:
    shape = (
        {"type": "Polygon", "coordinates": parts[0]}
        if len(parts) == 1
        else {"type": "MultiPolygon", "coordinates": parts}
    )
    return json.dumps(shape, separators=(",", ":"))
