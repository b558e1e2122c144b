"""A report: opened, set, sent to readers and back, taken up again for a correction."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.diagnosis.enums import PerimeterMode
from creasol.journal.actions import record
from creasol.mailing.actions import queue_message
from creasol.programmes.models import Edition
from creasol.reports.enums import ReportState
from creasol.reports.models import Report
from creasol.reports.notifications import AskedToProofread
from creasol.reports.outline import SectionDraft
from creasol.reports.queries.reports import coordinators_of, drafters_of
from creasol.territories.models import Territory

from .sections import add_section
from .states import bring_to, locked, refuse_unless_drafting


@transaction.atomic
def open_report(
    *,
    title: str,
    territory: Territory,
    by: User | None,
    at: datetime,
    reference: Territory | None = None,
    edition: Edition | None = None,
    perimeter: PerimeterMode = PerimeterMode.INSEE,
    comparables: Sequence[str] = (),
    outline: Sequence[SectionDraft] = (),
    slug: str = "",
    is_example: bool = False,
) -> Report:
    """Open the written diagnosis of a territory, with the sections of ``outline``.

    Without ``reference``, the one of the territory's definition. ``comparables``: keys of territories that the
    authors hold for comparable. ValidationError when the territory has no commune or when two titles make one
    address.
    """
    report = Report(
        slug=slug or free_slug(title),
        title=title,
        territory=territory,
        reference=reference or territory.reference,
        edition=edition,
        perimeter=perimeter,
        comparables=list(comparables),
        opened_at=at,
        is_example=is_example,
    )
    report.full_clean()
    if not territory.communes.exists():
        raise ValidationError(
            {"territory": _("This territory has no commune: there is nothing to diagnose.")}
        )
    report.save()
    for draft in outline:
        add_section(report, draft, by=by, at=at)
    record("open", report, by=by, at=at)
    return report


@transaction.atomic
def revise_report(
    report: Report,
    *,
    title: str,
    reference: Territory | None,
    perimeter: PerimeterMode,
    by: User | None,
    at: datetime,
    edition: Edition | None = None,
    comparables: Sequence[str] = (),
) -> None:
    """Change what a report is about; its address stays. ValidationError unless it is being written."""
    refuse_unless_drafting(report)
    report.title = title
    report.reference = reference
    report.perimeter = perimeter
    report.edition = edition
    report.comparables = list(comparables)
    report.full_clean()
    report.save(update_fields=["title", "reference", "perimeter", "edition", "comparables"])
    record("revise", report, by=by, at=at)


@transaction.atomic
def send_to_proofreading(report: Report, *, by: User | None, at: datetime) -> None:
    """Ask everybody invited, and the coordinators, to read the whole; nobody writes in it meanwhile.

    ValidationError when no section has a text.
    """
    if not report.sections.standing().exclude(text="").exists():
        raise ValidationError(_("No section has a text yet: there is nothing to proofread."))
    bring_to(report, ReportState.PROOFREADING)
    report.proofread_since = at
    report.save(update_fields=["state", "proofread_since"])
    readers = {drafter.user.pk: drafter.user for drafter in drafters_of(report)}
    readers |= {user.pk: user for user in coordinators_of(report)}
    for reader in readers.values():
        if reader != by and reader.is_active:
            mail = AskedToProofread(
                to=reader.email, language=reader.language, report=report, reader=reader, by=by
            )
            queue_message(mail, at=at)
    record("submit", report, by=by, at=at)


@transaction.atomic
def return_to_drafting(report: Report, *, by: User | None, at: datetime) -> None:
    """Let everybody write again; what readers said stays to be read."""
    if locked(report).state == ReportState.PUBLISHED:
        raise ValidationError(_("What is published is corrected with a reason."))
    bring_to(report, ReportState.DRAFTING)
    report.save(update_fields=["state"])
    record("return", report, by=by, at=at)


@transaction.atomic
def correct_report(report: Report, *, reason: str, by: User | None, at: datetime) -> None:
    """Take a published report up again: the next version will say ``reason``; the last one stays as it is.

    ValidationError without a reason, or when it is not published.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is corrected: readers see this reason.")})
    if locked(report).state != ReportState.PUBLISHED:
        raise ValidationError(_("Only a published diagnosis is corrected."))
    bring_to(report, ReportState.DRAFTING)
    report.correction = reason.strip()
    report.full_clean()
    report.save(update_fields=["state", "correction"])
    record("correct", report, by=by, at=at)


def free_slug(title: str) -> str:
    """Return an address made from ``title`` that no report has yet."""
    wanted = slugify(title)[:90].strip("-") or "diagnostic"
    slug, number = wanted, 1
    while Report.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug
