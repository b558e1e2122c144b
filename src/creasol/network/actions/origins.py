"""Where each field comes from, and when somebody last held it for true."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.network.enums import OriginKind
from creasol.network.fields import TRACKED, stored_value
from creasol.network.models import FieldOrigin, Organisation


@dataclass(frozen=True)
class Provenance:
    """Who says so, after which source, on which day."""

    kind: OriginKind
    on: date
    source: str = ""
    by: User | None = None

    @property
    def confirmed(self) -> bool:
        """Tell whether people said it: the register does not change it any more."""
        return self.kind in (OriginKind.STAFF, OriginKind.MEMBER)

    def of(self, organisation: Organisation, field: str) -> FieldOrigin:
        """Return the origin of one field, not stored."""
        return FieldOrigin(
            organisation=organisation,
            field=field,
            kind=self.kind,
            source=self.source,
            verified_on=self.on,
            verified_by=self.by,
            confirmed=self.confirmed,
        )


def note_origins(organisation: Organisation, fields: Iterable[str], provenance: Provenance) -> None:
    """Write down where ``fields`` now come from, in the caller's transaction."""
    store_origins(provenance.of(organisation, field) for field in fields)


def store_origins(origins: Iterable[FieldOrigin]) -> None:
    """Write origins, each in the place of the former one of its field."""
    FieldOrigin.objects.bulk_create(
        origins,
        update_conflicts=True,
        unique_fields=["organisation", "field"],
        update_fields=["kind", "source", "verified_on", "verified_by", "confirmed"],
        batch_size=2000,
    )


@transaction.atomic
def verify_organisation(
    organisation: Organisation,
    *,
    by: User,
    at: datetime,
    kind: OriginKind = OriginKind.STAFF,
    fields: Iterable[str] = TRACKED,
) -> None:
    """Hold what the entry says for true today: of ``fields``, those that say something.

    Where they come from stays written; one without an origin now has ``by``'s. ValidationError when the entry was
    merged into another.
    """
    if organisation.merged_into_id is not None:
        raise ValidationError(_("This entry was merged into another."))
    today = timezone.localtime(at).date()
    said = [field for field in fields if field in TRACKED and stored_value(organisation, field)]
    known = {origin.field: origin for origin in organisation.origins.filter(field__in=said)}
    for origin in known.values():
        origin.verified_on, origin.verified_by, origin.confirmed = today, by, True
    new = Provenance(kind, today, by=by)
    store_origins(known.get(field) or new.of(organisation, field) for field in said)
    record("verify", organisation, by=by, at=at)
