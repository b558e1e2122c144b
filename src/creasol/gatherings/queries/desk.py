"""Gatherings as the team works on them: what waits for a decision, and what a form offers to choose among."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from creasol.accounts.models import User
from creasol.foundation.dates import moment_at
from creasol.gatherings.enums import GATHERING_TRANSITIONS, OPEN, GatheringState
from creasol.gatherings.models import Gathering
from creasol.journal.models import Entry
from creasol.network.models import Person
from creasol.places.enums import HOLDING, BookingState, SlotKind
from creasol.places.models import Room
from creasol.places.queries.announcements import Untold, untold
from creasol.programmes.enums import EditionState
from creasol.programmes.models import Edition, Theme
from creasol.programmes.rules import is_staff, staffed_programmes

from .gatherings import (
    GatheringPage,
    gathering_page,
    gatherings_visible_to,
    neighbours_of,
    with_places,
)

MADE_BY_A_SERIES = {"plan", "propose", "withdraw"}
OF_THE_OCCASION = {"plan", "resize"}


def gatherings_to_manage(user: User) -> QuerySet[Gathering]:
    """Return the gatherings of the programmes whose staff ``user`` is, drafts included."""
    return gatherings_visible_to(user).filter(occasion__programme__in=staffed_programmes(user))


@dataclass(frozen=True)
class DeskList:
    """The gatherings of the team: what waits for a decision, by what it waits for, then the rest."""

    to_close: Sequence[Gathering]
    to_confirm: Sequence[Gathering]
    drafts: Sequence[Gathering]
    to_come: Sequence[Gathering]
    over: QuerySet[Gathering]

    def __bool__(self) -> bool:
        return bool(self.to_close or self.to_confirm or self.drafts or self.to_come or self.over.exists())


def desk_gatherings(user: User, *, at: datetime) -> DeskList:
    """Return the gatherings that ``user`` works on, as of a moment; what is over last, the latest first."""
    mine = with_places(gatherings_to_manage(user))
    alive = list(
        mine.exclude(state__in=(GatheringState.HELD, GatheringState.CANCELLED)).order_by(
            "occasion__starts_at", "id"
        )
    )

    def of(test) -> list[Gathering]:
        return [gathering for gathering in alive if test(gathering)]

    return DeskList(
        to_close=of(lambda each: each.state in OPEN and each.occasion.ends_at <= at),
        to_confirm=of(lambda each: each.state == GatheringState.PROPOSED),
        drafts=of(lambda each: each.state == GatheringState.DRAFT),
        to_come=of(lambda each: each.state in OPEN and each.occasion.ends_at > at),
        over=mine.filter(state__in=(GatheringState.HELD, GatheringState.CANCELLED)).order_by(
            "-occasion__starts_at", "-id"
        ),
    )


def gatherings_to_close(user: User, *, before: date) -> QuerySet[Gathering]:
    """Return ``user``'s gatherings that ended before a day and that nobody has closed yet, the oldest first."""
    late = gatherings_to_manage(user).filter(state__in=OPEN, occasion__ends_at__lt=moment_at(before))
    return late.order_by("occasion__starts_at", "id")


def gatherings_to_confirm(user: User) -> QuerySet[Gathering]:
    """Return ``user``'s gatherings that are proposed and neither confirmed nor cancelled, the next first."""
    proposed = gatherings_to_manage(user).filter(state=GatheringState.PROPOSED)
    return proposed.order_by("occasion__starts_at", "id")


def gatherings_to_tell_of(user: User, *, on: date) -> list[tuple[Gathering, Untold]]:
    """Return ``user``'s gatherings from a day on, moved or cancelled without people being told, the next first."""
    at, changed = moment_at(on), (GatheringState.MOVED, GatheringState.CANCELLED)
    ahead = gatherings_to_manage(user).filter(state__in=changed, occasion__starts_at__gt=at)
    found = [(each, untold(each.occasion, at=at)) for each in ahead.order_by("occasion__starts_at", "id")]
    return [(gathering, mail) for gathering, mail in found if mail]


@dataclass(frozen=True)
class DeskPage:
    """A gathering as the team sees it: its page, who comes, where it can go from here, its series."""

    page: GatheringPage
    coming: int
    waiting: int
    states: tuple[GatheringState, ...]
    series: Sequence[Gathering]

    @property
    def gathering(self) -> Gathering:
        return self.page.gathering


def desk_gathering(slug: str, user: User, *, at: datetime) -> DeskPage:
    """Return the page of a gathering of ``user``'s programmes for the team; raise Gathering.DoesNotExist."""
    page = gathering_page(slug, user, at=at)
    gathering = page.gathering
    if not is_staff(user, gathering):
        raise Gathering.DoesNotExist
    coming = waiting = 0
    entries = gathering.occasion.slots.filter(kind=SlotKind.ENTRY, bookings__isnull=False)
    for state, size in entries.values_list("bookings__state", "bookings__size"):
        coming += size if state in HOLDING else 0
        waiting += size if state == BookingState.WAITING else 0
    return DeskPage(
        page=page,
        coming=coming,
        waiting=waiting,
        states=tuple(
            state
            for state in GatheringState
            if state in GATHERING_TRANSITIONS[GatheringState(gathering.state)]
        ),
        series=neighbours_of(gathering, user) if gathering.series_id else (),
    )


def is_untouched(gathering: Gathering) -> bool:
    """Tell whether a gathering is still as its series made it: not announced as certain, revised or used."""
    occasion = gathering.occasion
    return (
        gathering.state in {GatheringState.DRAFT, GatheringState.PROPOSED}
        and not occasion.registrations.exists()
        and not gathering.harvest.exists()
        and not gathering.workshops.exists()
        and deeds(gathering) <= MADE_BY_A_SERIES
        and deeds(occasion) <= OF_THE_OCCASION
    )


def deeds(row: Gathering | object) -> set[str]:
    """Return what was done to a row, as the journal has it."""
    about = Entry.objects.filter(subject_type=row._meta.label_lower, subject_id=str(row.pk))  # noqa: SLF001  Django's public way to ask
    return set(about.values_list("verb", flat=True))


def editions_to_gather(user: User, *, also: int | None = None) -> QuerySet[Edition]:
    """Return the editions that ``user`` may plan gatherings of, the latest first, with their themes; and ``also``."""
    themes = Prefetch("themes", Theme.objects.select_related("edition"))
    alive = Edition.objects.exclude(state=EditionState.CANCELLED).filter(
        programme__in=staffed_programmes(user)
    )
    editions = alive | Edition.objects.filter(pk=also)
    return editions.select_related("programme", "territory").prefetch_related(themes)


def rooms_by_venue() -> list[tuple[str, list[Room]]]:
    """Return the rooms to choose among, venue by venue, with their communes."""
    rooms = Room.objects.select_related("venue__commune").order_by(
        "venue__commune__sort_name", "venue__name", "name"
    )
    found: dict[str, list[Room]] = {}
    for room in rooms:
        found.setdefault(f"{room.venue.commune}, {room.venue}", []).append(room)
    return list(found.items())


def persons_to_lead(*, also: Gathering | None = None) -> QuerySet[Person]:
    """Return the persons with a role in a programme, advisers and trainers, and those who lead ``also`` already."""
    leads = Q(occasions=also.occasion_id) if also else Q()
    return Person.objects.filter(Q(user__memberships__isnull=False) | leads).distinct().order_by("name", "id")
