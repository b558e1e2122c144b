"""What a figure of the diagnosis says of a need."""

from django.utils.translation import gettext as _

from creasol.needs.actions import EvidenceDraft

from .enums import Source
from .queries.thin import ThinLine, ThinList


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
