"""What the writing desk shows: a report with its parts, its people, its readers and its versions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from creasol.accounts.models import User
from creasol.diagnosis.figures import Diagnosis, diagnose
from creasol.reports.document.schema import Writer
from creasol.reports.enums import ReportState
from creasol.reports.models import Drafter, Proofreading, Publication, Report, Section

from .publications import proofreadings_of_round, versions_of
from .reports import choice_of, drafters_of, reports_to_write
from .sections import removed_sections, sections_of, writers_among


@dataclass(frozen=True)
class SectionLine:
    """A part of a report as the desk lists it."""

    section: Section
    writers: tuple[Writer, ...]
    words: int

    @property
    def latest(self):
        """Its latest draft, if it has one."""
        return next(iter(self.section.drafts.all()), None)


@dataclass(frozen=True)
class DeskPage:
    """Everything about a report that is being written."""

    report: Report
    lines: tuple[SectionLine, ...]
    removed: tuple[Section, ...]
    drafters: tuple[Drafter, ...]
    readings: tuple[Proofreading, ...]
    versions: tuple[Publication, ...]

    @property
    def is_open(self) -> bool:
        """Whether people may write in it now."""
        return self.report.state == ReportState.DRAFTING

    @property
    def agreed(self) -> bool:
        return any(reading.agrees for reading in self.readings)

    @property
    def is_written(self) -> bool:
        return any(line.words for line in self.lines)


@dataclass(frozen=True)
class Choosable:
    """A figure that a section may show: its key, its name, its value today, where it comes from."""

    key: str
    label: str
    text: str
    origin: str


@dataclass(frozen=True)
class ChoosableBlock:
    """The figures of one block, and how many of them are chosen."""

    key: str
    label: str
    figures: tuple[Choosable, ...]
    chosen: int


def report_to_write(user: User, slug: str) -> Report:
    """Return a report that ``user`` may work on; raise Report.DoesNotExist."""
    return reports_to_write(user).get(slug=slug)


def section_to_write(user: User, slug: str, pk: int) -> Section:
    """Return a section of a report that ``user`` may work on; raise Report.DoesNotExist or Section.DoesNotExist."""
    report = report_to_write(user, slug)
    section = report.sections.get(pk=pk)
    section.report = report
    return section


def desk_page(report: Report) -> DeskPage:
    """Return what the desk shows of a report, in a fixed number of queries."""
    return DeskPage(
        report,
        lines=tuple(section_line(section) for section in sections_of(report)),
        removed=tuple(removed_sections(report)),
        drafters=tuple(drafters_of(report)),
        readings=tuple(proofreadings_of_round(report)),
        versions=tuple(versions_of(report)),
    )


def section_line(section: Section) -> SectionLine:
    """Return a section with who wrote in it and how many words it has."""
    drafts = reversed(section.drafts.all())
    return SectionLine(section, writers_among(drafts), len(section.text.split()))


def diagnosis_of(report: Report) -> Diagnosis:
    """Return the figures of a report's territory as they stand; ``ChoiceError`` without a commune."""
    choice = choice_of(report)
    return diagnose(
        communes=choice.communes,
        reference=choice.reference,
        perimeter=choice.perimeter,
        territory=choice.territory,
    )


def choosable(found: Diagnosis, chosen: Collection[str] = ()) -> list[ChoosableBlock]:
    """Return the figures that the sections of a report may show, block by block; ``chosen`` are their keys."""
    blocks = ((block, [*numbers, *bars]) for block, numbers, bars in found.blocks)
    return [
        ChoosableBlock(
            block.value, str(block.label), lines(figures), sum(figure.key in chosen for figure in figures)
        )
        for block, figures in blocks
        if figures
    ]


def lines(figures: Iterable) -> tuple[Choosable, ...]:
    """Return figures by their names, with their values when they are one number."""
    return tuple(
        Choosable(
            figure.key,
            figure.label,
            figure.reason or ("" if figure.is_bars else f"{figure.text} {figure.unit_beside}".strip()),
            figure.origin_in_words,
        )
        for figure in figures
    )
