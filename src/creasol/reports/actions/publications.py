"""Reading a report through, and publishing it: what is published is frozen."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.diagnosis.queries.choices import ChoiceError
from creasol.journal.actions import record
from creasol.reports.enums import ReportState
from creasol.reports.fingerprint import fingerprint
from creasol.reports.models import Proofreading, Publication, Report
from creasol.reports.queries.documents import document_of_report
from creasol.reports.queries.publications import proofreadings_of_round

from .drafters import signature
from .states import bring_to, locked

LANGUAGES = ("fr", "en")


@transaction.atomic
def proofread(
    report: Report,
    *,
    agrees: bool,
    by: User | None,
    at: datetime,
    remark: str = "",
    name: str = "",
    organisation_name: str = "",
) -> Proofreading:
    """Say of the whole whether it may be published; ValidationError unless it is being proofread.

    Whoever does not agree says why. ``name`` says who reads, when it is not who is signed in.
    """
    if locked(report).state != ReportState.PROOFREADING:
        raise ValidationError(_("This diagnosis is not being proofread."))
    if not agrees and not remark.strip():
        raise ValidationError({"remark": _("Say what must change before it is published.")})
    signed, organisation = (name, organisation_name) if name else signature(report, by)
    reading = Proofreading(
        report=report,
        at=at,
        by=by,
        name=signed,
        organisation_name=organisation,
        agrees=agrees,
        remark=remark.strip(),
    )
    reading.full_clean()
    reading.save()
    record("proofread", report, by=by, at=at)
    return reading


@transaction.atomic
def publish_report(report: Report, *, by: User | None, at: datetime) -> Publication:
    """Freeze the text, the figures, their vintages, the perimeter, the maps: the next version.

    ValidationError until somebody has read it through and agreed, or when the figures cannot be computed.
    """
    locked(report)
    report.refresh_from_db()
    if report.state == ReportState.PROOFREADING and not has_agreement(report):
        raise ValidationError(_("Nobody has agreed yet that it may be published."))
    bring_to(report, ReportState.PUBLISHED)
    number = (report.publications.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    try:
        documents = [document_of_report(report, version=number, at=at, language=one) for one in LANGUAGES]
    except ChoiceError as reason:
        raise ValidationError(str(reason)) from reason
    content = {document.language: document.model_dump(mode="json") for document in documents}
    publication = Publication(
        report=report,
        number=number,
        published_at=at,
        by=by,
        reason=report.correction,
        content=content,
        digest=fingerprint(content),
    )
    publication.full_clean()
    publication.save()
    report.correction = ""
    report.save(update_fields=["state", "correction"])
    record("publish", report, by=by, at=at)
    return publication


def has_agreement(report: Report) -> bool:
    """Tell whether a reader agreed since the report was last sent to be read."""
    return proofreadings_of_round(report).filter(agrees=True).exists()
