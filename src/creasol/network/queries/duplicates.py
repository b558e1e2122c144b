"""Entries of the directory that may be one organisation."""

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from creasol.network.duplicates import Likeness, Pair, Profile, compare, likely_pairs
from creasol.network.enums import OriginKind
from creasol.network.models import Distinction, FieldOrigin, Merge, Organisation

LABELS = {
    "name": _("name"),
    "place": _("place"),
    "website": _("website"),
    "contact": _("telephone or e-mail"),
}


@dataclass(frozen=True)
class Part:
    """One of the things that two entries are compared by, out of 100."""

    label: str
    percent: int


@dataclass(frozen=True)
class Resemblance:
    """Two entries side by side, and how much they resemble each other."""

    first: Organisation
    second: Organisation
    pair: Pair

    @property
    def is_probable(self) -> bool:
        return self.pair.likeness == Likeness.PROBABLE

    @property
    def is_certain(self) -> bool:
        return self.pair.parts.get("number") == 1

    @property
    def percent(self) -> int:
        """The score, out of 100."""
        return round(100 * self.pair.score)

    @property
    def parts(self) -> list[Part]:
        """What the score is made of, without what one of the two does not tell."""
        told = self.pair.parts.items()
        return [Part(str(LABELS[name]), round(100 * value)) for name, value in told if name in LABELS]


def duplicate_pairs() -> list[Pair]:
    """Return the pairs of entries to look at, the likeliest first, those told apart left out: two queries."""
    distinct = frozenset(Distinction.objects.values_list("first", "second"))
    return likely_pairs(map(profile_of, profiled(Organisation.objects.all())), distinct=distinct)


def count_duplicates() -> int:
    """Return how many pairs of entries wait for somebody to look at them."""
    return len(duplicate_pairs())


def doubted(organisations: set[int]) -> dict[int, int]:
    """Return, of some organisations by number, those that may be another entry too, and which one most likely."""
    found: dict[int, int] = {}
    for pair in duplicate_pairs():
        for mine, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if mine in organisations:
                found.setdefault(mine, other)
    return found


def side_by_side(pairs: list[Pair]) -> list[Resemblance]:
    """Return pairs with their organisations: one query."""
    numbers = {number for pair in pairs for number in (pair.first, pair.second)}
    entries = Organisation.objects.select_related("commune").in_bulk(numbers)
    return [Resemblance(entries[pair.first], entries[pair.second], pair) for pair in pairs]


def resemblance(one: Organisation, other: Organisation) -> Resemblance:
    """Return how much two entries resemble each other, likely or not."""
    entries = {entry.pk: entry for entry in profiled(Organisation.objects.filter(pk__in=(one.pk, other.pk)))}
    first, second = sorted((entries[one.pk], entries[other.pk]), key=lambda entry: entry.pk)
    return Resemblance(first, second, compare(profile_of(first), profile_of(second)))


def profiled(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Add to each the edition of the register that its SIRET was read in."""
    read = FieldOrigin.objects.filter(organisation=OuterRef("pk"), field="siret", kind=OriginKind.REGISTER)
    return (
        organisations.select_related("commune").annotate(seen=Subquery(read.values("source")[:1])).order_by()
    )


def profile_of(organisation: Organisation) -> Profile:
    """Return what an entry tells about itself."""
    placed = organisation.longitude is not None and organisation.latitude is not None
    return Profile(
        key=organisation.pk,
        name=organisation.name,
        siret=organisation.siret or "",
        rna=organisation.rna or "",
        seen=organisation.seen or "",
        commune=organisation.commune_id or "",
        position=(organisation.longitude, organisation.latitude) if placed else None,
        website=organisation.website,
        email=organisation.email,
        phone=organisation.phone,
        made_up=organisation.is_example,
    )


def standing_pair(one: int, other: int) -> tuple[Organisation, Organisation]:
    """Return two entries that stand, with their communes; raise Organisation.DoesNotExist."""
    entries = Organisation.objects.select_related("commune")
    return entries.get(pk=one), entries.get(pk=other)


def merges_of(organisation: Organisation) -> QuerySet[Merge]:
    """Return the merges into an entry that are in force, the latest first: only that one can be undone."""
    standing = Merge.objects.filter(kept=organisation, undone_at=None)
    return standing.select_related("absorbed", "by").order_by("-pk")


def merges_to_undo() -> QuerySet[Merge]:
    """Return the merges in force, the latest first."""
    return Merge.objects.filter(undone_at=None).select_related("kept", "absorbed", "by").order_by("-pk")
