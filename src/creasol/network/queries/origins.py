"""Where the fields of an organisation come from, and how old that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from creasol.network.fields import TRACKED, field_label, shown_value, stored_value
from creasol.network.freshness import stale_before
from creasol.network.models import FieldOrigin, Organisation


@dataclass(frozen=True)
class FieldLine:
    """A field of an entry: what it says, where from, and whether that was verified within the year."""

    field: str
    label: str
    value: str
    origin: FieldOrigin | None
    stale: bool


def field_lines(
    organisation: Organisation, *, on: date, fields: Iterable[str] = TRACKED
) -> tuple[FieldLine, ...]:
    """Return the fields of an entry that say something, or that somebody emptied: one query."""
    origins = {
        origin.field: origin
        for origin in FieldOrigin.objects.filter(organisation=organisation).select_related("verified_by")
    }
    limit = stale_before(on)
    return tuple(
        FieldLine(
            field=field,
            label=field_label(field),
            value=shown_value(organisation, field),
            origin=origins.get(field),
            stale=field in origins and origins[field].verified_on < limit,
        )
        for field in fields
        if stored_value(organisation, field) or field in origins
    )
