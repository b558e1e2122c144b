"""What was said at a gathering and what became of it; who may still say something, and where a word was said."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from secrets import compare_digest

from django.db.models import QuerySet
from django.urls import reverse

from creasol.gatherings.enums import PUBLIC, GatheringState
from creasol.gatherings.models import Gathering, Harvest, Workshop
from creasol.needs.enums import ContributionKind, ContributionState
from creasol.needs.queries.contributions import Told, told
from creasol.needs.signals import SaidAt

OPEN_AFTER = timedelta(days=14)
"""How long after its end people may still say what came to them at a gathering."""


@dataclass(frozen=True)
class GatheringHarvest:
    """What was said at a gathering, as everyone may read it.

    ``kinds`` and ``others``: pairs (words, number); ``shown``: what may be shown, in the order it was said;
    ``others`` counts by what became of it what may not, ``hidden`` of them in all.
    """

    total: int
    kinds: tuple[tuple[str, int], ...]
    shown: tuple[Told, ...]
    others: tuple[tuple[str, int], ...]
    hidden: int


def harvest_of(gathering: Gathering) -> GatheringHarvest | None:
    """Return what was said at a gathering and what became of each of it; None when nothing was.

    For its public page: ``{% include "gatherings/sections/harvest.html" with harvest=harvest only %}``.
    """
    rows = Harvest.objects.filter(gathering=gathering).order_by("contribution__noted_at", "id")
    rows = list(rows.select_related("contribution__need", "contribution__organisation", "workshop__slot"))
    if not rows:
        return None
    said = [row.contribution for row in rows]
    kinds = Counter(contribution.kind for contribution in said)
    hidden = Counter(contribution.state for contribution in said if not contribution.may_be_shown)
    return GatheringHarvest(
        total=len(said),
        kinds=tuple((str(kind.label), kinds[kind]) for kind in ContributionKind if kinds[kind]),
        shown=tuple(
            told(row.contribution, within(row.workshop)) for row in rows if row.contribution.may_be_shown
        ),
        others=tuple((str(state.label), hidden[state]) for state in ContributionState if hidden[state]),
        hidden=hidden.total(),
    )


def within(workshop: Workshop | None) -> SaidAt | None:
    """Return the workshop in which something was said, on the page that shows them all."""
    return SaidAt(label=str(workshop), url="") if workshop else None


def noted_at(gathering: Gathering) -> QuerySet[Harvest]:
    """Return what was noted at a gathering, for whoever notes it: the latest first."""
    rows = Harvest.objects.filter(gathering=gathering).order_by("-id")
    return rows.select_related("contribution__need", "workshop__slot")


def gathering_to_note(slug: str) -> Gathering:
    """Return a gathering with the edition whose territory its contributions are of; raise Gathering.DoesNotExist."""
    return Gathering.objects.select_related("occasion__room__venue", "edition__territory", "theme").get(
        slug=slug
    )


def gathering_with_key(slug: str, key: str) -> Gathering:
    """Return the gathering at which the holder of ``key`` may speak; raise Gathering.DoesNotExist.

    The keys are compared in constant time: the answer does not tell how much of a wrong one is right.
    """
    gathering = gathering_to_note(slug)
    if not compare_digest(gathering.say_key.encode(), key.encode()):
        raise Gathering.DoesNotExist
    return gathering


class Door(StrEnum):
    """Whether people may say something at a gathering now."""

    SHUT = "shut"
    EARLY = "early"
    OPEN = "open"
    OVER = "over"


def door_of(gathering: Gathering, *, at: datetime) -> Door:
    """Return whether people may say something: from its start until two weeks after its end, when it is public."""
    if not gathering.is_public or gathering.state == GatheringState.CANCELLED:
        return Door.SHUT
    if at < gathering.occasion.starts_at:
        return Door.EARLY
    return Door.OPEN if at <= gathering.occasion.ends_at + OPEN_AFTER else Door.OVER


def said_without_account(gathering: Gathering, *, since: datetime) -> int:
    """Return how many things participants said at a gathering since a moment."""
    rows = Harvest.objects.filter(gathering=gathering, contribution__noted_by=None)
    return rows.filter(contribution__noted_at__gte=since).count()


def places_said(contributions: Iterable[int]) -> dict[int, SaidAt]:
    """Return where contributions were said, by their ids, when it was at gatherings that everyone may know of."""
    rows = Harvest.objects.filter(contribution__in=contributions, gathering__state__in=PUBLIC)
    return {
        row.contribution_id: SaidAt(
            label=row.gathering.occasion.title, url=reverse("gatherings:gathering", args=[row.gathering.slug])
        )
        for row in rows.select_related("gathering__occasion")
    }
