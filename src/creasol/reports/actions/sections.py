"""A section: added, written by several, moved, taken out and put back."""

from datetime import datetime

from django.db import transaction

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.reports.models import Draft, Report, Section
from creasol.reports.outline import SectionDraft

from .drafters import signature
from .states import refuse_unless_drafting


class WrittenMeanwhileError(Exception):
    """Somebody else wrote in the section since it was read: ``latest`` is what stands there now."""

    def __init__(self, latest: Draft):
        super().__init__(latest)
        self.latest = latest


@transaction.atomic
def add_section(
    report: Report,
    draft: SectionDraft,
    *,
    by: User | None,
    at: datetime,
    name: str = "",
    organisation_name: str = "",
) -> Section:
    """Add a section at the end; ValidationError unless the report is being written, or without a title.

    ``name`` and ``organisation_name`` say who writes, when it is not who is signed in.
    """
    refuse_unless_drafting(report)
    last = report.sections.standing().order_by("position").last()
    section = Section(report=report, position=last.position + 1 if last else 1)
    save_section(section, draft, by=by, at=at, name=name, organisation_name=organisation_name)
    record("create", section, by=by, at=at)
    return section


@transaction.atomic
def write_section(
    section: Section,
    draft: SectionDraft,
    *,
    seen: int,
    by: User | None,
    at: datetime,
    name: str = "",
    organisation_name: str = "",
) -> Section:
    """Write what a section says; ``seen`` is the number of changes (``edits``) that the writer had read.

    ``WrittenMeanwhileError`` when there are more by now: nothing is written, and both texts are there to be
    made one. ValidationError unless the report is being written.
    """
    refuse_unless_drafting(section.report)
    section = Section.objects.select_for_update().select_related("report").get(pk=section.pk)
    if says(section, draft):
        return section
    if section.edits != seen:
        raise WrittenMeanwhileError(section.drafts.get(number=section.edits))
    save_section(section, draft, by=by, at=at, name=name, organisation_name=organisation_name)
    record("write", section, by=by, at=at)
    return section


@transaction.atomic
def move_section(section: Section, *, up: bool, by: User | None, at: datetime) -> None:
    """Let a section change places with the one before it, or after it.

    Nothing happens at the ends, nor to a section that was taken out meanwhile.
    """
    refuse_unless_drafting(section.report)
    order = list(section.report.sections.standing())
    if section not in order:
        return
    here = order.index(section)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, one in enumerate(order, start=1):
        one.position = position
    Section.objects.bulk_update(order, ["position"])
    record("move", section, by=by, at=at)


@transaction.atomic
def remove_section(section: Section, *, by: User | None, at: datetime) -> None:
    """Take a section out; everything that was written in it is kept, and it may be put back."""
    refuse_unless_drafting(section.report)
    section.removed_at = at
    section.save(update_fields=["removed_at"])
    record("remove", section, by=by, at=at)


@transaction.atomic
def restore_section(section: Section, *, by: User | None, at: datetime) -> None:
    """Put a section back, at the end."""
    refuse_unless_drafting(section.report)
    last = section.report.sections.standing().order_by("position").last()
    section.position = last.position + 1 if last else 1
    section.removed_at = None
    section.save(update_fields=["removed_at", "position"])
    record("restore", section, by=by, at=at)


def says(section: Section, draft: SectionDraft) -> bool:
    """Tell whether a section says this already."""
    return (section.title, section.text, section.indicators) == (
        str(draft.title),
        draft.text,
        list(draft.indicators),
    )


def save_section(
    section: Section, draft: SectionDraft, *, by: User | None, at: datetime, name: str, organisation_name: str
) -> None:
    """Write a section, and keep what it says now as a draft of its writer."""
    section.title = str(draft.title)
    section.text = draft.text
    section.indicators = list(draft.indicators)
    section.edits += 1
    section.full_clean()
    section.save()
    signed, organisation = (name, organisation_name) if name else signature(section.report, by)
    written = Draft(
        section=section,
        number=section.edits,
        title=section.title,
        text=section.text,
        indicators=section.indicators,
        at=at,
        by=by,
        name=signed,
        organisation_name=organisation,
    )
    written.full_clean()
    written.save()
