"""Sections: as they stand, and as each writer left them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from creasol.reports.differences import KEPT, Piece, pieces
from creasol.reports.document.schema import Writer
from creasol.reports.models import Draft, Report, Section


def sections_of(report: Report) -> QuerySet[Section]:
    """Return the sections of a report in order, with their drafts, the latest first."""
    drafts = Prefetch("drafts", Draft.objects.order_by("-number"))
    return report.sections.standing().prefetch_related(drafts)


def removed_sections(report: Report) -> QuerySet[Section]:
    """Return the sections taken out of a report, the latest first."""
    return report.sections.exclude(removed_at=None).order_by("-removed_at")


def writers_of(report: Report) -> dict[int, tuple[Writer, ...]]:
    """Return who wrote in each standing section, in the order in which they came; by the section's id.

    Whoever changed a title or chose a figure alone has written nothing.
    """
    drafts = Draft.objects.filter(section__report=report, section__removed_at=None)
    by_section: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts.order_by("section", "number"):
        by_section[draft.section_id].append(draft)
    return {section: writers_among(written) for section, written in by_section.items()}


def writers_among(drafts: Iterable[Draft]) -> tuple[Writer, ...]:
    """Return the writers of these drafts of one section, the oldest first, each once."""
    found: dict[Writer, None] = {}
    before = ""
    for draft in drafts:
        if draft.text != before and draft.name:
            found[Writer(name=draft.name, organisation=draft.organisation_name)] = None
        before = draft.text
    return tuple(found)


@dataclass(frozen=True)
class Change:
    """A draft, and what it changed of the one before, word by word."""

    draft: Draft
    text: tuple[Piece, ...]
    title: tuple[Piece, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def has_title(self) -> bool:
        return any(piece.kind != KEPT for piece in self.title)

    @property
    def has_text(self) -> bool:
        return any(piece.kind != KEPT for piece in self.text)


def history(section: Section) -> list[Change]:
    """Return every change of a section, the latest first; what was added and removed are keys of figures."""
    changes = []
    title, text, indicators = "", "", ()
    for draft in section.drafts.order_by("number"):
        changes.append(
            Change(
                draft,
                text=pieces(text, draft.text),
                title=pieces(title, draft.title),
                added=tuple(key for key in draft.indicators if key not in indicators),
                removed=tuple(key for key in indicators if key not in draft.indicators),
            )
        )
        title, text, indicators = draft.title, draft.text, draft.indicators
    return changes[::-1]
