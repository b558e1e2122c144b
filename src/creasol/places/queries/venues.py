"""Venues, and what is known of access to them and on occasions; that nothing is known is said, never a no."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from creasol.places.enums import AccessAnswer, AccessFeature
from creasol.places.models import AccessFact, Occasion, Room, Venue

OF_THE_OCCASION = (AccessFeature.SIGN_LANGUAGE, AccessFeature.LIVE_SUBTITLES, AccessFeature.EASY_READ)
"""What is arranged for one occasion, whatever the venue."""
OF_THE_VENUE = tuple(feature for feature in AccessFeature if feature not in OF_THE_OCCASION)
BROUGHT_ALONG = (AccessFeature.INDUCTION_LOOP, AccessFeature.QUIET_ROOM)
"""What a venue may have, or what is brought for one occasion."""


@dataclass(frozen=True)
class AccessLine:
    """A feature, and what is known of it: ``fact`` None when nobody knows."""

    feature: AccessFeature
    fact: AccessFact | None

    @property
    def answer(self) -> str:
        return self.fact.answer if self.fact else ""


@dataclass(frozen=True)
class AccessReport:
    """All features with what is known of each, and who answers questions of access."""

    lines: tuple[AccessLine, ...]
    contact: str = ""

    @property
    def known(self) -> tuple[AccessLine, ...]:
        return tuple(line for line in self.lines if line.fact)

    @property
    def unknown(self) -> tuple[AccessLine, ...]:
        return tuple(line for line in self.lines if not line.fact)

    @property
    def verified_on(self) -> date | None:
        """The day since when everything known was looked at again: the oldest."""
        return min((line.fact.verified_on for line in self.lines if line.fact), default=None)


def all_venues() -> QuerySet[Venue]:
    """Return the venues by commune and name, each with its rooms and how much takes place there."""
    found = Venue.objects.select_related("commune").prefetch_related("rooms", "access")
    counted = found.annotate(occasions_count=Count("rooms__occasions", distinct=True))
    return counted.order_by("commune__sort_name", "name", "id")


def venue_of(pk: int) -> Venue:
    """Return a venue with its commune; raise Venue.DoesNotExist."""
    return Venue.objects.select_related("commune").get(pk=pk)


def rooms_of_venue(venue: Venue) -> QuerySet[Room]:
    """Return the rooms of a venue by name, the venue as a whole first."""
    return Room.objects.filter(venue=venue).order_by("name")


def room_with_venue(pk: int) -> Room:
    """Return a room with its venue and commune; raise Room.DoesNotExist."""
    return Room.objects.select_related("venue__commune").get(pk=pk)


def access_of_occasion(occasion: Occasion) -> AccessReport:
    """Return what is known of access on an occasion, what is said of it before what is said of its venue; one query."""
    venue = occasion.room.venue if occasion.room else None
    of_either = Q(occasion=occasion) | Q(venue=venue) if venue else Q(occasion=occasion)
    facts: dict[str, AccessFact] = {}
    for fact in AccessFact.objects.filter(of_either):
        if fact.occasion_id or fact.feature not in facts:
            facts[fact.feature] = fact
    # somewhere else than in a venue there is no lift
    asked = AccessFeature if venue else [*OF_THE_OCCASION, *(set(facts) - set(OF_THE_OCCASION))]
    lines = tuple(
        AccessLine(AccessFeature(feature), facts.get(feature))
        for feature in AccessFeature
        if feature in asked
    )
    return AccessReport(lines, venue.access_contact if venue else "")


def access_facts(of: Venue | Occasion) -> dict[str, AccessFact]:
    """Return what is written down of a venue or an occasion itself, by feature."""
    key = {"venue": of} if isinstance(of, Venue) else {"occasion": of}
    return {fact.feature: fact for fact in AccessFact.objects.filter(**key)}


def occasions_with_access(occasions: QuerySet[Occasion], features: Iterable[str]) -> QuerySet[Occasion]:
    """Keep the occasions of which it is known that they have all these features (a feature in part is not one).

    What is said of an occasion stands before what is said of its venue; words that are no feature are left aside.
    """
    for feature in set(features) & set(AccessFeature.values):
        facts = AccessFact.objects.filter(feature=feature)
        own = facts.filter(occasion=OuterRef("pk"))
        of_venue = facts.filter(venue=OuterRef("room__venue"), answer=AccessAnswer.YES)
        occasions = occasions.filter(
            Exists(own.filter(answer=AccessAnswer.YES)) | (~Exists(own) & Exists(of_venue))
        )
    return occasions
