"""Communes as files: rows for spreadsheets, GeoJSON for maps."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .models import Commune, Territory


def commune_header() -> list[str]:
    """Return the headings of ``commune_row``."""
    return [
        _("INSEE code"),
        _("name"),
        _("inhabitants"),
        _("year of the population"),
        _("postcodes"),
        _("département"),
        _("region"),
        _("EPCI"),
        _("longitude"),
        _("latitude"),
    ]


def commune_row(commune: Commune) -> list[Any]:
    """Return a commune as a row."""
    return [
        commune.code,
        commune.name,
        commune.population,
        commune.population_year,
        commune.postcodes,
        commune.department_code,
        commune.region_code,
        commune.epci_code,
        commune.longitude,
        commune.latitude,
    ]


def territory_header() -> list[str]:
    """Return the headings of ``territory_row``."""
    return [
        _("address"),
        _("name"),
        _("kind"),
        _("official code"),
        _("reference"),
        _("communes"),
        _("inhabitants"),
        _("valid from"),
        _("valid to"),
        _("source"),
    ]


def territory_row(territory: Territory) -> list[Any]:
    """Return a territory read with its reference and totals as a row."""
    return [
        territory.slug,
        territory.name,
        territory.get_kind_display(),
        territory.code,
        territory.reference.slug if territory.reference else None,
        territory.communes_count,
        territory.population,
        territory.valid_from,
        territory.valid_to,
        territory.source,
    ]


def commune_points(communes: Iterable[Commune]) -> dict[str, Any]:
    """Return the centres of communes as GeoJSON (WGS 84); without a known centre, no geometry."""
    return {"type": "FeatureCollection", "features": [commune_point(commune) for commune in communes]}


def commune_point(commune: Commune) -> dict[str, Any]:
    """Return the centre of a commune as a GeoJSON Feature."""
    known = commune.longitude is not None and commune.latitude is not None
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [commune.longitude, commune.latitude]}
        if known
        else None,
        "properties": {
            "code": commune.code,
            "name": commune.name,
            "population": commune.population,
            "population_year": commune.population_year,
        },
    }
