"""Needs that the figures suggest, and that a person raises."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.diagnosis.enums import Source
from creasol.diagnosis.queries.thin import ThinLine, ThinList
from creasol.needs.actions import EvidenceDraft, NeedDraft, record_need
from creasol.needs.models import Need


@transaction.atomic
def raise_need(
    draft: NeedDraft, *, listed: ThinList, line: ThinLine, address: str, by: User | None, at: datetime
) -> Need:
    """Record the need that ``line`` of a list suggests, with its figures as they stand; ``address`` is where they are.

    ValidationError when the territory has a need about the same thing already: it is named.
    """
    return record_need(draft, evidence=[evidence_of(listed, line, address)], by=by, at=at)


def evidence_of(listed: ThinList, line: ThinLine, address: str) -> EvidenceDraft:
    """Return the figures of a line as a need keeps them: rates are per 1,000 inhabitants."""
    return EvidenceDraft(
        measure=line.measure,
        label=line.label,
        count=line.count,
        value=line.rate,
        low=line.low,
        high=line.high,
        unit=_("per 1,000 inhabitants"),
        compared_with=listed.reference,
        compared_value=line.reference_rate,
        shortfall=line.shortfall,
        source=str(Source(listed.origin.source).label),
        vintage=listed.origin.vintage,
        definition=_(
            "Number for 1,000 inhabitants, with its exact 95% interval; what is missing is what would bring the "
            "territory to the rate it is compared with."
        ),
        synthetic=listed.synthetic,
        address=address,
    )
