"""Venues with their rooms, and what is known of access: to a venue, and on one occasion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.places.enums import AccessFeature
from creasol.places.models import AccessFact, Occasion, Room, Venue
from creasol.territories.models import Commune


@dataclass(frozen=True)
class AccessDraft:
    """What somebody saw of a feature of access; ``verified_on`` None: today."""

    answer: str
    note: str = ""
    verified_on: date | None = None


Access = Mapping[str, AccessDraft | str]
"""What is known by feature, a bare answer being one seen today; of a feature that is not there nothing is known."""


@dataclass(frozen=True, kw_only=True)
class RoomDraft:
    """A room; ``pk`` of one that exists already, ``capacity`` None when nobody knows it."""

    name: str = ""
    capacity: int | None = None
    pk: int | None = None


@dataclass(frozen=True, kw_only=True)
class VenueDraft:
    """A venue as it is written down; without any room it is one as a whole. ``access`` None: as it was."""

    name: str
    commune: Commune
    address: str = ""
    directions: str = ""
    access_contact: str = ""
    rooms: Sequence[RoomDraft] = ()
    access: Access | None = None


@transaction.atomic
def open_venue(draft: VenueDraft, *, by: User | None, at: datetime) -> Venue:
    """Write a venue down with its rooms and what is known of access. ValidationError in the words of the fields."""
    venue = Venue()
    write_venue(venue, draft, by=by, at=at)
    record("create", venue, by=by, at=at)
    return venue


@transaction.atomic
def revise_venue(venue: Venue, draft: VenueDraft, *, by: User | None, at: datetime) -> None:
    """Write a venue anew: a room that the draft leaves out goes. ValidationError when something takes place in it."""
    write_venue(venue, draft, by=by, at=at)
    record("revise", venue, by=by, at=at)


@transaction.atomic
def remove_venue(venue: Venue, *, by: User, at: datetime) -> None:
    """Take out a venue in which nothing ever took place; ValidationError for another."""
    record("remove", venue, by=by, at=at)
    try:
        venue.delete()
    except ProtectedError:
        raise ValidationError(_("Something takes place there, or did: the venue stays.")) from None


@transaction.atomic
def set_access_facts(occasion: Occasion, *, access: Access, by: User | None, at: datetime) -> None:
    """Say what is known of access on one occasion, before what is known of its venue. ValidationError as it is told."""
    write_access({"occasion": occasion}, access, by=by, at=at)
    record("revise", occasion, by=by, at=at)


def write_venue(venue: Venue, draft: VenueDraft, *, by: User | None, at: datetime) -> None:
    """Write a venue with its rooms and what is known of access. ValidationError in the words of the fields."""
    for name in ("name", "address", "directions", "access_contact"):
        setattr(venue, name, getattr(draft, name).strip())
    venue.commune = draft.commune
    venue.full_clean()
    venue.save()
    write_rooms(venue, draft.rooms or (RoomDraft(),))
    if draft.access is not None:
        write_access({"venue": venue}, draft.access, by=by, at=at)


def write_rooms(venue: Venue, drafts: Sequence[RoomDraft]) -> None:
    """Give a venue these rooms and no other; the names may change places among them."""
    known = {room.pk: room for room in Room.objects.filter(venue=venue)}
    names = [draft.name.strip() for draft in drafts]
    if len({name.casefold() for name in names}) < len(names):
        raise ValidationError(_("Two rooms have the same name."))
    kept = {draft.pk for draft in drafts}
    for pk, room in known.items():
        if pk not in kept:
            remove_room(room)
    if {room.name for room in known.values()} & set(names):
        # a name on its way from one room to another is nobody's for a moment
        for pk in known.keys() & kept:
            Room.objects.filter(pk=pk).update(name=f"{pk}…")
    for draft, name in zip(drafts, names, strict=True):
        room = known.get(draft.pk) or Room(venue=venue)
        room.name, room.capacity = name, draft.capacity
        room.full_clean()
        room.save()


def remove_room(room: Room) -> None:
    """Take a room out; ValidationError when something takes place in it."""
    try:
        room.delete()
    except ProtectedError:
        message = _("Something takes place in “%(room)s”, or did: it stays.")
        raise ValidationError(message % {"room": room.name or room.venue.name}) from None


def write_access(
    of: Mapping[str, Venue | Occasion], access: Access, *, by: User | None, at: datetime
) -> None:
    """Write what is known of a venue or an occasion; what did not change keeps who verified it."""
    known = {fact.feature: fact for fact in AccessFact.objects.filter(**of)}
    today = timezone.localdate(at)
    for feature in set(known) - set(access):
        known[feature].delete()
    for feature, said in access.items():
        draft = AccessDraft(said) if isinstance(said, str) else said
        verified_on = draft.verified_on or today
        if verified_on > today:
            label = AccessFeature(feature).label
            raise ValidationError(_("%(feature)s: verified on a day to come.") % {"feature": label})
        fact = known.get(feature) or AccessFact(feature=feature, **of)
        before = (fact.answer, fact.note, fact.verified_on)
        fact.answer, fact.note, fact.verified_on = draft.answer, draft.note.strip(), verified_on
        if before != (fact.answer, fact.note, fact.verified_on):
            fact.verified_by = by
            fact.full_clean()
            fact.save()
