"""The mobilisation list: the ESS establishments of a territory become organisations of the directory, in one act."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.diagnosis.enums import Inscription, Source
from creasol.diagnosis.models import Dataset, Establishment, Mobilisation, MobilisationLine
from creasol.diagnosis.queries.choices import Choice
from creasol.diagnosis.queries.datasets import current_dataset
from creasol.diagnosis.queries.mobilisation import (
    all_establishments,
    establishments_to_mobilise,
    register_of,
)
from creasol.journal.actions import record
from creasol.network.actions.enrolment import Enrolled, enrol
from creasol.network.actions.origins import Provenance
from creasol.network.enums import OriginKind
from creasol.programmes.models import Edition

NOMENCLATURE = "NAFRev2"
AT_ONCE = 500  # establishments in one transaction: others may write in between


def mobilise(
    choice: Choice,
    *,
    edition: Edition | None = None,
    listed: bool = True,
    by: User | None,
    at: datetime,
    progress: Callable[[float], None] | None = None,
) -> Mobilisation:
    """Bring the ESS establishments of a territory into the directory now; return the list of them.

    Doing it again, at once or at the same time, registers nothing twice and completes the same list.
    ``progress`` is told the share done. ValidationError as for `ask_mobilisation`.
    """
    mobilisation = ask_mobilisation(choice, edition=edition, listed=listed, by=by, at=at)
    carry_out_mobilisation(mobilisation, at=at, progress=progress)
    return mobilisation


@transaction.atomic
def ask_mobilisation(
    choice: Choice, *, edition: Edition | None = None, listed: bool = True, by: User | None, at: datetime
) -> Mobilisation:
    """Write down that the establishments of a territory are to be brought in, and return the list to be filled.

    The same territory, edition, perimeter and vintage of the register make the same list. ValidationError for
    communes without a name, without a register, or an edition of another territory.
    """
    register = current_dataset(Source.SIRENE)
    if choice.territory is None:
        raise ValidationError(_("Give these communes a name first: a list is that of a territory."))
    if register is None:
        raise ValidationError(_("No register of establishments is imported yet."))
    if edition is not None and edition.territory_id != choice.territory.pk:
        raise ValidationError(_("This edition is held on another territory."))
    mobilisation, _created = Mobilisation.objects.get_or_create(
        territory=choice.territory,
        edition=edition,
        perimeter=choice.perimeter,
        vintage=register.vintage,
        synthetic=register.synthetic,
        defaults={"listed": listed, "at": at, "by": by},
    )
    mobilisation.listed = listed
    mobilisation.total = establishments_to_mobilise(mobilisation).count()
    mobilisation.done, mobilisation.finished_at = 0, None
    mobilisation.full_clean()
    mobilisation.save()
    record("mobilise", mobilisation, by=by, at=at)
    return mobilisation


def carry_out_mobilisation(
    mobilisation: Mobilisation, *, at: datetime, progress: Callable[[float], None] | None = None
) -> None:
    """Fill a list that was asked for; one cut short by a dead worker is taken up again from its beginning."""
    tell = progress or (lambda share: None)
    entries = [enrolled(row) for row in establishments_to_mobilise(mobilisation)]
    mobilisation.done, mobilisation.total = 0, len(entries)
    mobilisation.left_out = all_establishments(mobilisation).count() - len(entries)
    for start in range(0, len(entries), AT_ONCE):
        bring_in(mobilisation, entries[start : start + AT_ONCE], at=at)
        tell(mobilisation.done / mobilisation.total)
    finish(mobilisation, at=at)


@transaction.atomic
def bring_in(mobilisation: Mobilisation, batch: list[Enrolled], *, at: datetime) -> None:
    """Register one batch and write its lines; those who bring in at the same time wait for each other."""
    register = Dataset.objects.select_for_update().get(pk=register_of(mobilisation).pk)
    enrolment = enrol(
        batch,
        provenance=Provenance(
            OriginKind.REGISTER, first_day(register.vintage), source=f"SIRENE {register.vintage}"
        ),
        occasion=mobilisation,
        listed=mobilisation.listed,
        is_example=mobilisation.synthetic,
        by=mobilisation.by,
        at=at,
    )
    lines = [
        MobilisationLine(mobilisation=mobilisation, organisation=organisation, inscription=inscription)
        for inscription, organisations in (
            (Inscription.CREATED, enrolment.created),
            (Inscription.KNOWN, enrolment.known),
        )
        for organisation in organisations
    ]
    MobilisationLine.objects.bulk_create(lines, ignore_conflicts=True)
    mobilisation.done += len(batch)
    mobilisation.save(update_fields=["done"])


@transaction.atomic
def finish(mobilisation: Mobilisation, *, at: datetime) -> None:
    """Note that a list is whole."""
    mobilisation.finished_at = at
    mobilisation.full_clean()
    mobilisation.save()
    record("complete", mobilisation, by=mobilisation.by, at=at)


@transaction.atomic
def revise_lines(
    mobilisation: Mobilisation,
    *,
    invited: Mapping[int, bool],
    remarks: Mapping[int, str],
    by: User,
    at: datetime,
) -> int:
    """Note whom to invite, and what is to be known of each; return how many lines changed.

    Both are told by the number of the line; lines of another list are left alone.
    """
    changed = []
    for line in mobilisation.lines.select_for_update().filter(pk__in={*invited, *remarks}):
        before = (line.invited, line.remark)
        line.invited = invited.get(line.pk, line.invited)
        line.remark = remarks.get(line.pk, line.remark)
        if before != (line.invited, line.remark):
            line.full_clean()
            changed.append(line)
    if changed:
        MobilisationLine.objects.bulk_update(changed, ["invited", "remark"])
        record("revise", mobilisation, by=by, at=at, lines=len(changed))
    return len(changed)


@transaction.atomic
def note_export(mobilisation: Mobilisation, *, kind: str, lines: int, by: User, at: datetime) -> None:
    """Write down that somebody took the contacts of a list along."""
    record("export", mobilisation, by=by, at=at, file=kind, lines=lines)


def first_day(vintage: str) -> date:
    """Return the first day of a vintage, a year or a month: what it says was true then."""
    year, _dash, month = vintage.partition("-")
    return date(int(year), int(month or 1), 1)


def enrolled(row: Establishment) -> Enrolled:
    """Return an establishment as the directory registers it; its activity in the nomenclature we speak."""
    activity = row.activity_code if row.activity_nomenclature in ("", NOMENCLATURE) else ""
    return Enrolled(
        siret=row.siret,
        name=row.name,
        commune=row.commune_id,
        activity_code=activity,
        legal_category=row.legal_category,
    )
