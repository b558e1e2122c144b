"""Needs that the figures suggest, and that a person raises."""

from datetime import datetime

from django.db import transaction

from creasol.accounts.models import User
from creasol.diagnosis.evidence import evidence_of
from creasol.diagnosis.queries.thin import ThinLine, ThinList
from creasol.needs.actions import NeedDraft, record_need
from creasol.needs.models import Need


@transaction.atomic
def raise_need(
    draft: NeedDraft, *, listed: ThinList, line: ThinLine, address: str, by: User | None, at: datetime
) -> Need:
    """Record the need that ``line`` of a list suggests, with its figures as they stand; ``address`` is where they are.

    ValidationError when the territory has a need about the same thing already: it is named.
    """
    return record_need(draft, evidence=[evidence_of(listed, line, address)], by=by, at=at)
