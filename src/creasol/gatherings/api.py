"""The gatherings: what everyone may read of them, and how many places are left."""

import re
from datetime import date, datetime
from typing import Annotated

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import BeforeValidator

from .enums import GatheringKind, GatheringState
from .models import Gathering
from .queries.gatherings import Question, gathering_list, gathering_page, with_hosts

router = Router(tags=["gatherings"])
MOST = 200


def written_as_a_day(text: str) -> str:
    """Return a day as it is written, 2011-11-07; ValueError for anything else (a number would be so many seconds)."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError("write a day as 2011-11-07")
    return text


Day = Annotated[date, BeforeValidator(written_as_a_day)]


class PlaceOut(Schema):
    """Where people meet."""

    room: str
    venue: str
    address: str
    commune: str
    commune_code: str


class FormerDateOut(Schema):
    """A date that was announced and is no more."""

    starts_at: datetime
    ends_at: datetime
    reason: str


class GatheringOut(Schema):
    """A gathering; capacity and places_left are null where nobody has to register."""

    slug: str
    url: str
    title: str
    summary: str
    kind: GatheringKind
    state: GatheringState
    starts_at: datetime
    ends_at: datetime
    date_to_be_confirmed: bool
    former_dates: list[FormerDateOut]
    place: PlaceOut | None
    mode: str
    capacity: int | None
    places_left: int | None
    full: bool
    edition: str
    theme: str | None
    series: str | None
    holders: list[str]
    came: int | None
    cancel_reason: str
    example: bool

    @staticmethod
    def resolve_url(gathering: Gathering) -> str:
        return f"{settings.SITE_URL}{gathering.occasion.page}"

    @staticmethod
    def resolve_title(gathering: Gathering) -> str:
        return gathering.occasion.title

    @staticmethod
    def resolve_starts_at(gathering: Gathering) -> datetime:
        return timezone.localtime(gathering.occasion.starts_at)

    @staticmethod
    def resolve_ends_at(gathering: Gathering) -> datetime:
        return timezone.localtime(gathering.occasion.ends_at)

    @staticmethod
    def resolve_date_to_be_confirmed(gathering: Gathering) -> bool:
        return gathering.occasion.is_tentative

    @staticmethod
    def resolve_former_dates(gathering: Gathering) -> list[dict]:
        return [
            {
                "starts_at": timezone.localtime(move.previous_starts_at),
                "ends_at": timezone.localtime(move.previous_ends_at),
                "reason": move.reason,
            }
            for move in gathering.occasion.moves.all()
        ]

    @staticmethod
    def resolve_place(gathering: Gathering) -> dict | None:
        room = gathering.occasion.room
        return room and {
            "room": room.name,
            "venue": room.venue.name,
            "address": room.venue.address,
            "commune": room.venue.commune.name,
            "commune_code": room.venue.commune.code,
        }

    @staticmethod
    def resolve_mode(gathering: Gathering) -> str:
        return gathering.attendance.mode

    @staticmethod
    def resolve_capacity(gathering: Gathering) -> int | None:
        return gathering.attendance.capacity

    @staticmethod
    def resolve_places_left(gathering: Gathering) -> int | None:
        return gathering.attendance.left

    @staticmethod
    def resolve_full(gathering: Gathering) -> bool:
        return gathering.attendance.is_full

    @staticmethod
    def resolve_edition(gathering: Gathering) -> str:
        return gathering.edition.slug

    @staticmethod
    def resolve_theme(gathering: Gathering) -> str | None:
        return gathering.theme.name if gathering.theme else None

    @staticmethod
    def resolve_series(gathering: Gathering) -> str | None:
        return gathering.series.name if gathering.series else None

    @staticmethod
    def resolve_holders(gathering: Gathering) -> list[str]:
        return [host.organisation.name for host in gathering.holders]

    @staticmethod
    def resolve_example(gathering: Gathering) -> bool:
        return gathering.occasion.is_example


class GatheringsOut(Schema):
    """Some gatherings, and how many there are in all."""

    total: int
    gatherings: list[GatheringOut]


class Problem(Schema):
    """Why there is no answer."""

    detail: str | list[dict]


@router.get("/gatherings", response={200: GatheringsOut, 422: Problem}, summary="List gatherings")
def list_gatherings(
    request: HttpRequest,
    *,
    commune: str = Query("", max_length=10, description="Code of a commune"),
    territory: str = Query("", max_length=80, description="Address of a territory"),
    kind: Annotated[GatheringKind | None, Query(description="Kind of the gatherings")] = None,
    since: Annotated[Day | None, Query(description="First day")] = None,
    until: Annotated[Day | None, Query(description="Last day")] = None,
    past: bool = Query(default=False, description="Those that are over, instead of those to come"),
    limit: int = Query(50, ge=1, le=MOST),
    offset: int = Query(0, ge=0, le=1_000_000),
) -> dict:
    """Return the gatherings that everyone may read: the next first, or the last first when they are past."""
    question = Question(commune=commune, territory=territory, kind=kind or "", since=since, until=until)
    found = gathering_list(None, question, on=timezone.localdate())
    asked = {"commune": commune, "territory": territory, "kind": kind, "since": since, "until": until}
    unknown = any(value and not getattr(found.question, name) for name, value in asked.items())
    shown = found.past if past else found.to_come
    gatherings = with_hosts(shown.none() if unknown else shown)
    return {"total": gatherings.count(), "gatherings": list(gatherings[offset : offset + limit])}


@router.get("/gatherings/{slug}", response={200: GatheringOut, 404: Problem}, summary="One gathering")
def one_gathering(request: HttpRequest, slug: str) -> Gathering:
    """Return a gathering that everyone may read."""
    try:
        return gathering_page(slug.replace("\0", ""), None, at=timezone.now()).gathering
    except Gathering.DoesNotExist as error:
        raise Http404 from error
