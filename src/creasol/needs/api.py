"""The needs for programs: what everyone may read, with the figures they rest on."""

from datetime import datetime
from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from .enums import NeedState
from .exports import signature
from .models import Need
from .queries.needs import need_list, public_need

router = Router(tags=["needs"])
MOST = 200


class FigureOut(Schema):
    """A figure that says so, as it stood the day it was noted."""

    measure: str
    label: str
    count: float | None
    value: float | None
    low: float | None
    high: float | None
    unit: str
    compared_with: str
    compared_value: float | None
    shortfall: float | None
    source: str
    vintage: str
    definition: str
    synthetic: bool
    noted_at: datetime


class NeedOut(Schema):
    """What a territory lacks, who says so and with what figures."""

    slug: str
    statement: str
    explanation: str
    state: NeedState
    territory: str
    edition: str | None
    theme: str | None
    recorded_at: datetime
    authors: list[str]
    figures: list[FigureOut]
    example: bool

    @staticmethod
    def resolve_territory(need: Need) -> str:
        return need.territory.slug

    @staticmethod
    def resolve_edition(need: Need) -> str | None:
        return need.edition.slug if need.edition else None

    @staticmethod
    def resolve_theme(need: Need) -> str | None:
        return need.theme.name if need.theme else None

    @staticmethod
    def resolve_authors(need: Need) -> list[str]:
        return [text for text in map(signature, need.authors.all()) if text]

    @staticmethod
    def resolve_figures(need: Need) -> list:
        return list(need.evidence.all())

    @staticmethod
    def resolve_example(need: Need) -> bool:
        return need.is_example


class NeedsOut(Schema):
    """Some needs, and how many there are in all."""

    total: int
    needs: list[NeedOut]


class Problem(Schema):
    """Why there is no answer."""

    detail: str | list[dict]


@router.get("/needs", response={200: NeedsOut, 422: Problem}, summary="List needs")
def list_needs(
    request: HttpRequest,
    *,
    territory: str = Query("", max_length=80, description="Address of a territory"),
    state: Annotated[NeedState | None, Query(description="State of the needs")] = None,
    limit: int = Query(50, ge=1, le=MOST),
    offset: int = Query(0, ge=0, le=1_000_000),
) -> dict:
    """Return the needs that everyone may read: those alive first."""
    found = need_list(None, territory=territory.replace("\0", ""), state=state or "")
    unknown = (territory and not found.territory) or (state and not found.state)
    needs = found.needs.none() if unknown else found.needs
    return {"total": needs.count(), "needs": list(needs[offset : offset + limit])}


@router.get("/needs/{slug}", response={200: NeedOut, 404: Problem}, summary="One need")
def one_need(request: HttpRequest, slug: str) -> Need:
    """Return a need that everyone may read."""
    try:
        return public_need(slug.replace("\0", ""))  # PostgreSQL takes no NUL in a text
    except Need.DoesNotExist as error:
        raise Http404 from error
