"""Many organisations of the official register brought into the directory at once; done again, nothing comes twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.network.activities import activity_label
from creasol.network.enums import OriginKind
from creasol.network.fields import OF_REGISTER, set_stored, stored_value
from creasol.network.models import FieldOrigin, Organisation
from creasol.network.queries.registered import organisations_by_siret
from creasol.network.signals import organisations_registered
from creasol.territories.models import Commune

from .organisations import next_slug, write_words
from .origins import Provenance, store_origins

PASSES = 3  # a name taken by somebody else in the same second is numbered anew
WRITTEN = ("name", "sort_name", "words", "legal_category", "activity_code", "commune")


@dataclass(frozen=True)
class Enrolled:
    """What the register says of one establishment; ``commune`` is a code of today."""

    siret: str
    name: str
    commune: str = ""
    activity_code: str = ""
    legal_category: str = ""


@dataclass(frozen=True)
class Enrolment:
    """What became of a batch: the organisations registered now, and those that the directory knew."""

    created: tuple[Organisation, ...]
    known: tuple[Organisation, ...]


@transaction.atomic
def enrol(
    entries: Sequence[Enrolled],
    *,
    provenance: Provenance,
    occasion: Model,
    listed: bool,
    is_example: bool,
    by: User | None,
    at: datetime,
) -> Enrolment:
    """Register the establishments that the directory does not know by their SIRET; bring the others up to date.

    What people changed or verified stays as it is. ``occasion`` is what the journal names. Callers that run at the
    same time should hold one and the same row: the database would refuse a second SIRET, and work would be lost.
    """
    entries = [tidied(entry) for entry in {entry.siret: entry for entry in entries}.values()]
    communes = Commune.objects.in_bulk({entry.commune for entry in entries if entry.commune})
    before = organisations_by_siret([entry.siret for entry in entries])
    new = [entry for entry in entries if entry.siret not in before]
    created = register_new(new, communes, listed=listed, is_example=is_example)
    store_origins(
        provenance.of(organisation, field)
        for organisation in created
        for field in OF_REGISTER
        if stored_value(organisation, field)
    )
    revised = follow_register(entries, before, communes, provenance)
    organisations_registered.send(sender=Organisation, organisations=[*created, *revised])
    record("register", occasion, by=by, at=at, created=len(created), known=len(entries) - len(created))
    known = {organisation.pk: organisation for organisation in before.values()}
    return Enrolment(tuple(created), tuple(known.values()))


def tidied(entry: Enrolled) -> Enrolled:
    """Return an entry as the directory writes it: a name of a fair length, an activity that NAF rév. 2 knows."""
    activity = entry.activity_code if activity_label(entry.activity_code) else ""
    return replace(entry, name=entry.name[:160], activity_code=activity)


def register_new(
    entries: Sequence[Enrolled], communes: dict[str, Commune], *, listed: bool, is_example: bool
) -> list[Organisation]:
    """Write organisations of the register, each under an address of its own; return them as stored."""
    numbers = [entry.siret for entry in entries]
    stored: dict[str, Organisation] = {}
    for _pass in range(PASSES):
        missing = [entry for entry in entries if entry.siret not in stored]
        if not missing:
            break
        taken = set(Organisation.everything.values_list("slug", flat=True))
        rows = []
        for entry in missing:
            organisation = Organisation(listed=listed, is_example=is_example)
            write_entry(organisation, entry, communes)
            organisation.slug = next_slug(slugify(entry.name)[:110] or "organisation", taken)
            taken.add(organisation.slug)
            rows.append(organisation)
        Organisation.everything.bulk_create(rows, ignore_conflicts=True)
        stored = organisations_by_siret(numbers)
    return [stored[number] for number in numbers]


def write_entry(organisation: Organisation, entry: Enrolled, communes: dict[str, Commune]) -> None:
    """Set what the register says."""
    for field in fields(entry):
        value = getattr(entry, field.name)
        setattr(organisation, field.name, communes.get(value) if field.name == "commune" else value)
    write_words(organisation)


def follow_register(
    entries: Sequence[Enrolled],
    known: dict[str, Organisation],
    communes: dict[str, Commune],
    provenance: Provenance,
) -> list[Organisation]:
    """Bring known organisations up to date, field by field; return those that changed.

    An entry that is known by the number of another it absorbed is left alone.
    """
    pairs = [(known[entry.siret], entry) for entry in entries if entry.siret in known]
    pairs = [(organisation, entry) for organisation, entry in pairs if organisation.siret == entry.siret]
    origins = origins_of(organisation for organisation, _entry in pairs)
    noted, changed = [], {}
    for organisation, entry in pairs:
        for field in OF_REGISTER:
            said, stands = getattr(entry, field), stored_value(organisation, field)
            origin = origins.get((organisation.pk, field))
            if not said or not register_speaks(
                field, origin, provenance, agrees=not stands or said == stands
            ):
                continue
            noted.append(provenance.of(organisation, field))
            if said != stands:
                set_stored(organisation, field, said)
                changed[organisation.pk] = organisation
    for organisation in changed.values():
        write_words(organisation)
    Organisation.everything.bulk_update(changed.values(), WRITTEN, batch_size=500)
    store_origins(noted)
    return list(changed.values())


def register_speaks(field: str, origin: FieldOrigin | None, provenance: Provenance, *, agrees: bool) -> bool:
    """Tell whether the register may say where a field comes from, and change it.

    Its own number always. Else never against a person, and never against a later word of its own; a field without
    origin only when it is empty or says the same.
    """
    if field == "siret":
        return True
    if origin is None or origin.kind == OriginKind.MERGE:
        return agrees
    return not origin.confirmed and origin.verified_on <= provenance.on


def origins_of(organisations: Iterable[Organisation]) -> dict[tuple[int, str], FieldOrigin]:
    """Return the origins of the fields that the register fills, by organisation and field."""
    pks = {organisation.pk for organisation in organisations}
    found = FieldOrigin.objects.filter(organisation__in=pks, field__in=OF_REGISTER)
    return {(origin.organisation_id, origin.field): origin for origin in found}
