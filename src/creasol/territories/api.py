"""Communes and territories for programs: open data, read-only."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from . import queries
from .enums import TerritoryKind
from .exports import commune_point, commune_points
from .models import Commune, FormerCommune, Territory

router = Router(tags=["communes", "territories"])
MOST = 1_000
MOST_FOUND = 100


class Problem(Schema):
    """Why there is no answer."""

    detail: Any


class CommuneOut(Schema):
    """A commune of today; ``population`` is of ``population_year``, the centre in degrees (WGS 84)."""

    code: str
    name: str
    population: int | None
    population_year: int | None
    postcodes: list[str]
    longitude: float | None
    latitude: float | None
    department: str
    region: str
    epci: str

    @staticmethod
    def resolve_postcodes(commune: Commune) -> list[str]:
        return commune.postcodes.split()

    @staticmethod
    def resolve_department(commune: Commune) -> str:
        return commune.department_code

    @staticmethod
    def resolve_region(commune: Commune) -> str:
        return commune.region_code

    @staticmethod
    def resolve_epci(commune: Commune) -> str:
        return commune.epci_code


class CommunesOut(Schema):
    """Some communes, and how many there are in all."""

    total: int
    communes: list[CommuneOut]


class FormerOut(Schema):
    """A code of before, now part of the commune."""

    code: str
    name: str
    kind: str


class TerritoryOut(Schema):
    """A territory: a set of communes with a name and dates; ``reference`` is what it is compared with."""

    slug: str
    name: str
    kind: TerritoryKind
    code: str
    source: str
    valid_from: date | None
    valid_to: date | None
    reference: str | None
    communes_count: int
    population: int | None

    @staticmethod
    def resolve_reference(territory: Territory) -> str | None:
        return territory.reference.slug if territory.reference else None


class TerritoriesOut(Schema):
    """Some territories, and how many there are in all."""

    total: int
    territories: list[TerritoryOut]


class OneCommuneOut(CommuneOut):
    """A commune with the codes it absorbed and the addresses of its territories."""

    former: list[FormerOut]
    territories: list[str]

    @staticmethod
    def resolve_former(commune: Commune) -> list[FormerCommune]:
        return list(commune.former.all())

    @staticmethod
    def resolve_territories(commune: Commune) -> list[str]:
        return [territory.slug for territory in commune.territories.in_list_order()]


class PointOut(Schema):
    """A GeoJSON Feature: the centre of a commune."""

    type: str
    geometry: dict[str, Any] | None
    properties: dict[str, Any]


class PointsOut(Schema):
    """A GeoJSON FeatureCollection: the centres of communes (WGS 84)."""

    type: str
    features: list[PointOut]


@router.get("/communes", response={200: CommunesOut, 422: Problem}, summary="Search or list communes")
def list_communes(
    request: HttpRequest,
    *,
    q: str = Query("", max_length=200, description="A name, the beginning of a postcode, an INSEE code"),
    department: str = Query("", max_length=3, description="Code of a département"),
    epci: str = Query("", max_length=9, description="SIREN of an EPCI"),
    limit: int = Query(50, ge=1, le=MOST),
    offset: int = Query(0, ge=0, le=100_000),
) -> dict[str, Any]:
    """Return the communes that answer ``q``, best first (100 at most), or all of them by code."""
    if q.strip():
        found = [
            commune
            for commune in queries.search_communes(q, limit=MOST_FOUND)
            if department in ("", commune.department_code) and epci in ("", commune.epci_code)
        ]
        return {"total": len(found), "communes": found[offset : offset + limit]}
    return paged("communes", queries.all_communes(department=department, epci=epci), limit, offset)


@router.get(
    "/communes/{code}", response={200: OneCommuneOut, 404: Problem, 422: Problem}, summary="One commune"
)
def one_commune(request: HttpRequest, code: str) -> Commune:
    """Return a commune by its INSEE code; a former code answers the commune of today."""
    return commune_or_404(code)


@router.get(
    "/communes/{code}/geojson",
    response={200: PointOut, 404: Problem, 422: Problem},
    summary="The centre of a commune",
)
def one_commune_geojson(request: HttpRequest, code: str) -> dict[str, Any]:
    """Return the centre of a commune as a GeoJSON Feature."""
    return commune_point(commune_or_404(code))


@router.get(
    "/territories", response={200: TerritoriesOut, 422: Problem}, summary="Search or list territories"
)
def list_territories(
    request: HttpRequest,
    q: str = Query("", max_length=200, description="Words of the name, or the official code"),
    kind: TerritoryKind | None = Query(None, description="Only of this kind"),  # noqa: B008  declared, not called
    limit: int = Query(50, ge=1, le=MOST),
    offset: int = Query(0, ge=0, le=100_000),
) -> dict[str, Any]:
    """Return territories, those defined on this site first."""
    return paged("territories", queries.territories_listed(text=q, kind=kind or ""), limit, offset)


@router.get(
    "/territories/{key}", response={200: TerritoryOut, 404: Problem, 422: Problem}, summary="One territory"
)
def one_territory(request: HttpRequest, key: str) -> Territory:
    """Return a territory by its address (``slug``) or official code (SIREN of an EPCI, département)."""
    return territory_or_404(key)


@router.get(
    "/territories/{key}/communes",
    response={200: CommunesOut, 404: Problem, 422: Problem},
    summary="The communes of a territory",
)
def territory_communes(
    request: HttpRequest,
    key: str,
    limit: int = Query(200, ge=1, le=MOST),
    offset: int = Query(0, ge=0, le=100_000),
) -> dict[str, Any]:
    """Return the communes of a territory, by name."""
    return paged("communes", queries.communes_of(territory_or_404(key)), limit, offset)


@router.get(
    "/territories/{key}/geojson",
    response={200: PointsOut, 404: Problem, 422: Problem},
    summary="The centres of the communes of a territory",
)
def territory_geojson(request: HttpRequest, key: str) -> dict[str, Any]:
    """Return the centres of all the communes of a territory as a GeoJSON FeatureCollection."""
    return commune_points(queries.communes_of(territory_or_404(key)))


def paged(name: str, rows: QuerySet, limit: int, offset: int) -> dict[str, Any]:
    return {"total": rows.count(), name: list(rows[offset : offset + limit])}


def commune_or_404(code: str) -> Commune:
    found = queries.resolve_codes([code]).communes
    if not found:
        raise HttpError(404, f"No commune has the code {code}.")
    return found[0]


def territory_or_404(key: str) -> Territory:
    try:
        return queries.territory_by_key(key)
    except Territory.DoesNotExist:
        raise HttpError(404, f"No territory at {key}.") from None
