"""The directory: organisations found by words, commune or activity."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.foundation.text import fold
from creasol.network.activities import SECTIONS, section_of
from creasol.network.models import Mandate, Organisation
from creasol.programmes.rules import is_staff
from creasol.territories.models import Commune, Territory

MOST_NAMED = 5


def organisations_visible_to(user: User, *, on: date) -> QuerySet[Organisation]:
    """Return what ``user`` may see: what is listed, the own organisations, everything for the staff."""
    if is_staff(user):
        return Organisation.objects.all()
    visible = Q(listed=True)
    if user.is_authenticated:
        visible |= Q(pk__in=Mandate.objects.filter(person__user=user).current(on).values("organisation"))
    return Organisation.objects.filter(visible)


def listed_organisation(slug: str) -> Organisation:
    """Return an organisation of the public directory, or the one it was merged into.

    Raise Organisation.DoesNotExist.
    """
    listed = Organisation.objects.listed().select_related("commune")
    return listed.get(slug=address_today(slug) or slug)


def address_today(slug: str) -> str | None:
    """Return the address of the entry that the one at ``slug`` was merged into; None unless it was merged."""
    entry = Organisation.everything.filter(slug=slug).select_related("merged_into").first()
    if entry is None or entry.merged_into is None:
        return None
    return address_today(entry.merged_into.slug) or entry.merged_into.slug


@dataclass(frozen=True)
class Directory:
    """What a search of the directory found, and what one can choose among."""

    organisations: QuerySet[Organisation]
    text: str
    commune: Commune | None
    section: str
    communes: tuple[Commune, ...]
    sections: tuple[tuple[str, str], ...]

    @property
    def filtered(self) -> bool:
        return bool(self.text or self.commune or self.section)


def directory(*, on: date, text: str = "", commune: str = "", section: str = "") -> Directory:
    """Return the listed organisations that hold every word of ``text``, in a commune, in a section of NAF.

    Words match from their beginning, without accents; an unknown commune or section is no filter. Each tells whether
    it was verified within the year before ``on``.
    """
    everything = Organisation.objects.listed()
    communes = tuple(Commune.objects.filter(pk__in=everything.values("commune")))
    codes = set(everything.exclude(activity_code="").values_list("activity_code", flat=True))
    by_section: dict[str, list[str]] = {}
    for code in codes:
        by_section.setdefault(section_of(code), []).append(code)
    chosen = next((item for item in communes if item.code == commune), None)
    found = holding(everything, text)
    if chosen:
        found = found.filter(commune=chosen)
    if section in by_section:
        found = found.filter(activity_code__in=by_section[section])
    return Directory(
        organisations=found.select_related("commune").with_freshness(on),
        text=text,
        commune=chosen,
        section=section if section in by_section else "",
        communes=communes,
        sections=tuple((letter, str(label)) for letter, label in SECTIONS.items() if letter in by_section),
    )


def all_organisations(text: str = "") -> QuerySet[Organisation]:
    """Return every organisation, listed or not, that holds the words, with how many people speak for it."""
    counted = Organisation.objects.select_related("commune").annotate(
        speakers=Count("mandates", filter=Q(mandates__ends_on=None))
    )
    return holding(counted, text).order_by("sort_name", "id")


def organisation_named(text: str) -> Organisation | None:
    """Return the organisation that has exactly this name, accents and capitals aside; None for none or several."""
    found = Organisation.objects.filter(sort_name=fold(text))[:2] if text else []
    return found[0] if len(found) == 1 else None


def organisation_meant(text: str) -> Organisation:
    """Return the organisation that has this name, or the only one that holds these words.

    ValidationError when there is none, or when there are several: they are named.
    """
    found = list(all_organisations(text)[: MOST_NAMED + 1])
    exact = organisation_named(text)
    if exact or len(found) == 1:
        return exact or found[0]
    if not found:
        raise ValidationError(_("No organisation of the directory has this name."))
    names = "\u202f; ".join(organisation.name for organisation in found[:MOST_NAMED])
    raise ValidationError(_("Several organisations fit. Write one of: %(names)s.") % {"names": names})


def fresh_organisation(organisation: Organisation, *, on: date) -> Organisation:
    """Return an organisation as it is stored, with when it was last verified: a form writes over the one in hand."""
    return Organisation.everything.select_related("commune").with_freshness(on).get(pk=organisation.pk)


def holding(organisations: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    """Keep the organisations that hold every word of ``text``, from its beginning, accents aside."""
    for word in fold(text).split():
        organisations = organisations.filter(words__contains=f" {word}")
    return organisations


@dataclass(frozen=True)
class OrganisationPage:
    """An organisation and the people it chose to show."""

    organisation: Organisation
    speakers: tuple[Mandate, ...]


def organisation_page(organisation: Organisation, *, on: date) -> OrganisationPage:
    """Return the page of an organisation: of its mandates, those that are current and shown."""
    mandates = organisation.mandates.current(on).filter(shown=True).select_related("person")
    return OrganisationPage(organisation, tuple(mandates.order_by("person__name")))


def organisations_in(communes: QuerySet[Commune], *, on: date) -> QuerySet[Organisation]:
    """Return the listed organisations of some communes, by name, as fresh as they are on that day."""
    found = Organisation.objects.listed().filter(commune__in=communes)
    return found.select_related("commune").with_freshness(on)


def organisations_of_territory(territory: Territory, *, on: date) -> QuerySet[Organisation]:
    """Return the listed organisations of a territory, by name, as fresh as they are on that day."""
    return organisations_in(territory.communes.all(), on=on)
