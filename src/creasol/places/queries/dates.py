"""What is known of a date, gathered for the alerts; those that somebody has set aside, and why."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.db.models import Count, QuerySet
from django.utils import timezone

from creasol.foundation.dates import moment_at
from creasol.places.alert_words import words_of
from creasol.places.alerts import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST,
    Alert,
    DateFacts,
    Engagement,
    RoomUse,
    Seating,
    alerts_for,
)
from creasol.places.enums import Mode, SlotKind
from creasol.places.models import AlertDismissal, ElectionDay, Move, Occasion, PartnerEvent, Room, Slot
from creasol.territories.models import Commune

MOST_OTHERS = 500
NEXT_MORNING = time(6)


@dataclass(frozen=True, kw_only=True)
class DateAsked:
    """A date somebody thinks of, saved or being typed; ``programmes`` (ids): one's own.

    ``places``: places announced on site, None: as the occasion has them.
    """

    starts_at: datetime
    ends_at: datetime
    programmes: Collection[int]
    room: Room | None = None
    audience: str = ""
    school_zones: str = ""
    led_by: Collection[int] = ()
    places: int | None = None
    occasion: Occasion | None = None

    @property
    def is_saved(self) -> bool:
        """Whether it is the date that the occasion already has."""
        return self.occasion is not None and self.occasion.starts_at == self.starts_at


@dataclass(frozen=True)
class Ringing:
    """An alert in words, and who set it aside when somebody did."""

    alert: Alert
    words: str
    dismissal: AlertDismissal | None = None


@dataclass(frozen=True)
class DateAlerts:
    """The alerts of a date: those that ring, those set aside; ``several_days``: each says its day."""

    ringing: tuple[Ringing, ...] = ()
    dismissed: tuple[Ringing, ...] = ()
    several_days: bool = False
    asked: DateAsked | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.ringing or self.dismissed)


def alerts_of(occasion: Occasion, *, today: date) -> DateAlerts:
    """Return the alerts of an occasion as it is saved; a constant number of queries."""
    asked = DateAsked(
        starts_at=occasion.starts_at,
        ends_at=occasion.ends_at,
        programmes={occasion.programme_id},
        room=occasion.room,
        audience=occasion.audience,
        school_zones=occasion.school_zones,
        led_by=[person.pk for person in occasion.led_by.all()],
        occasion=occasion,
    )
    return alerts_asked(asked, today=today)


def alerts_asked(asked: DateAsked, *, today: date) -> DateAlerts:
    """Return the alerts of a date somebody thinks of; a constant number of queries."""
    if not FIRST_YEAR <= asked.starts_at.year <= LAST_YEAR:
        return DateAlerts(asked=asked)
    facts = date_facts(asked, today=today)
    known = {row.key: row for row in dismissals_of(asked.occasion)} if asked.occasion else {}
    lines = [Ringing(alert, words_of(alert), known.get(alert.key)) for alert in alerts_for(facts)]
    return DateAlerts(
        ringing=tuple(line for line in lines if not line.dismissal),
        dismissed=tuple(line for line in lines if line.dismissal),
        several_days=facts.starts_at.date() != facts.ends_at.date(),
        asked=asked,
    )


def dismissals_of(occasion: Occasion) -> QuerySet[AlertDismissal]:
    """Return the alerts set aside for an occasion, those of its former dates too."""
    return AlertDismissal.objects.filter(occasion=occasion).select_related("by")


def date_facts(asked: DateAsked, *, today: date) -> DateFacts:
    """Return all that is known of a date, in local time; a constant number of queries."""
    starts_at, ends_at = timezone.localtime(asked.starts_at), timezone.localtime(asked.ends_at)
    first = moment_at(starts_at.date())
    last = min(ends_at, starts_at + timedelta(days=LONGEST))
    until = moment_at(last.date() + timedelta(days=1), NEXT_MORNING)
    elections = ElectionDay.objects.filter(day__gte=first.date(), day__lte=last.date())
    slots = slots_of(asked.occasion)
    return DateFacts(
        starts_at=starts_at,
        ends_at=ends_at,
        today=today,
        announced_on=announced_on(asked, today),
        department=department_of(asked),
        zones=asked.school_zones,
        audience=asked.audience,
        persons=frozenset(asked.led_by),
        rooms=tuple(rooms_used(asked, slots)),
        seatings=tuple(seatings(asked, slots)),
        elections=dict(elections.values_list("day", "name")),
        others=tuple(others(asked, first, until)),
        partners=tuple(partners(first, until)),
    )


def announced_on(asked: DateAsked, today: date) -> date:
    """Return since when people can know of the date: of one that is not the saved one, today."""
    if not asked.is_saved:
        return today
    moves = Move.objects.filter(occasion=asked.occasion).order_by("-version")
    told = moves.values_list("at", flat=True).first() or asked.occasion.opens_at
    return min(timezone.localdate(told), today) if told else today


def department_of(asked: DateAsked) -> str:
    """Return the département of the room; without one, that of most communes of the programme."""
    if asked.room:
        return asked.room.venue.commune.department_code
    communes = Commune.objects.filter(territories__programmes__in=asked.programmes)
    counted = communes.order_by().values_list("department_code").annotate(number=Count("pk"))
    return next((code for code, _number in counted.order_by("-number", "department_code")[:1]), "")


def slots_of(occasion: Occasion | None) -> list[Slot]:
    """Return the parts of an occasion with their rooms; none of one that is not written yet."""
    if occasion is None:
        return []
    return list(Slot.objects.filter(occasion=occasion).select_related("occasion", "room__venue"))


def rooms_used(asked: DateAsked, slots: list[Slot]) -> Iterator[RoomUse]:
    """Yield when which room is needed: the parts of an occasion move along with it."""
    if asked.room:
        yield room_use(asked.room, asked.starts_at, asked.ends_at)
    for slot in slots:
        if slot.room:
            delta = asked.starts_at - slot.occasion.starts_at
            yield room_use(
                slot.room,
                slot.starts_at + delta if slot.starts_at else asked.starts_at,
                slot.ends_at + delta if slot.ends_at else asked.ends_at,
            )


def room_use(room: Room, starts_at: datetime, ends_at: datetime) -> RoomUse:
    """Return that a room is needed then; one without a name is the whole venue."""
    return RoomUse(
        room=room.pk, venue=room.venue_id, starts_at=starts_at, ends_at=ends_at, whole=not room.name
    )


def seatings(asked: DateAsked, slots: list[Slot]) -> Iterator[Seating]:
    """Yield how many people are to come into each room whose size is known; at the entry as a whole, or by part."""
    entries = [slot for slot in slots if slot.kind == SlotKind.ENTRY and slot.mode == Mode.ON_SITE]
    expected: Counter[Room] = Counter()
    for slot in slots:
        if slot.room and slot not in entries:
            expected[slot.room] = max(expected[slot.room], slot.capacity or 0)
    if asked.room:
        at_the_entry = sum(slot.capacity or 0 for slot in entries) if asked.places is None else asked.places
        expected[asked.room] = max(expected[asked.room], at_the_entry)
    for room, places in expected.items():
        if room.capacity is not None:
            yield Seating(room=room.pk, name=room.name or room.venue.name, places=places, holds=room.capacity)


def others(asked: DateAsked, first: datetime, until: datetime) -> Iterator[Engagement]:
    """Yield what else takes place then; of other programmes, what is not announced has no title."""
    found = Occasion.objects.filter(cancelled_at=None, starts_at__lt=until, ends_at__gt=first)
    if asked.occasion:
        found = found.exclude(pk=asked.occasion.pk)
    found = found.select_related("room", "programme").prefetch_related("led_by", "slots__room")
    for occasion in found.order_by("starts_at", "id")[:MOST_OTHERS]:
        is_own = occasion.programme_id in asked.programmes
        yield Engagement(
            key=str(occasion.pk),
            title=occasion.title if is_own or occasion.opens_at else "",
            starts_at=timezone.localtime(occasion.starts_at),
            ends_at=timezone.localtime(occasion.ends_at),
            of="" if is_own else occasion.programme.name,
            rooms=tuple(rooms_of(occasion)),
            persons=frozenset(person.pk for person in occasion.led_by.all()),
            audience=occasion.audience if is_own else "",
        )


def rooms_of(occasion: Occasion) -> Iterator[RoomUse]:
    """Yield when an occasion and its parts, fetched with their rooms, need which room."""
    if occasion.room:
        yield room_use(occasion.room, occasion.starts_at, occasion.ends_at)
    for slot in occasion.slots.all():
        if slot.room:
            yield room_use(slot.room, slot.starts_at or occasion.starts_at, slot.ends_at or occasion.ends_at)


def partners(first: datetime, until: datetime) -> Iterator[Engagement]:
    """Yield what takes place at partners' then, under keys that a new import of the same file keeps."""
    found = PartnerEvent.objects.filter(starts_at__lt=until, ends_at__gte=first)
    for event in found.select_related("calendar").order_by("starts_at", "id")[:MOST_OTHERS]:
        same = f"{event.calendar.name}\n{event.uid}\n{event.starts_at.isoformat()}"
        yield Engagement(
            key=sha256(same.encode()).hexdigest()[:16],
            title=event.title,
            starts_at=timezone.localtime(event.starts_at),
            ends_at=timezone.localtime(event.ends_at),
            of=event.calendar.name,
        )
