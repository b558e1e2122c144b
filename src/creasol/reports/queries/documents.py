"""The document that a report makes: its texts, and what the diagnosis says at that moment."""

from datetime import datetime

from creasol.reports.document.composing import compose
from creasol.reports.document.schema import Document, Writer
from creasol.reports.document.schema import Section as WrittenSection
from creasol.reports.models import Report

from .reports import choice_of
from .sections import sections_of, writers_of


def document_of_report(report: Report, *, at: datetime, language: str, version: int = 0) -> Document:
    """Return the document that a report makes now: its texts, and the figures as they stand.

    A section that says and shows nothing is left out.
    ``ChoiceError`` when the territory has no commune any more.
    """
    writers = writers_of(report)
    sections = [
        WrittenSection(
            title=section.title,
            text=section.text,
            writers=writers.get(section.pk, ()),
            indicators=tuple(section.indicators),
        )
        for section in sections_of(report)
        if section.text or section.indicators
    ]
    everybody: dict[Writer, None] = dict.fromkeys(one for section in sections for one in section.writers)
    return compose(
        choice_of(report),
        title=report.title,
        sections=sections,
        edition=report.edition.name if report.edition else "",
        version=version,
        reason=report.correction,
        with_=tuple(report.comparables),
        writers=tuple(everybody),
        at=at,
        language=language,
    )
