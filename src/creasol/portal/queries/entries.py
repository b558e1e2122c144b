"""What the search keeps of each page: a line to show, and the words that find it."""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.db.models import Model, QuerySet, Sum
from django.utils.translation import override

from creasol.foundation.dates import day
from creasol.foundation.text import fold
from creasol.gatherings.models import Gathering
from creasol.needs.models import Need
from creasol.network.models import Organisation
from creasol.portal.enums import EntryKind
from creasol.portal.words import EMPTY_WORDS, names, prose
from creasol.programmes.models import Edition, Programme
from creasol.reports.models import Report
from creasol.reports.queries.publications import published_reports
from creasol.territories.models import Commune, FormerCommune, Territory

POSTCODES_SHOWN = 3


class Line(NamedTuple):
    """A row of the index, its fields in the order of ``SearchEntry``."""

    id: str
    kind: str
    page: str
    title: str
    folded: str
    detail: str
    weight: int


class Source(NamedTuple):
    """A kind of page: the rows that have one, and what is written of a row: its line and its words."""

    kind: EntryKind
    rows: Callable[[], QuerySet]
    write: Callable[[Model], tuple[Line, set[str]]]


def commune(row: Commune) -> tuple[Line, set[str]]:
    """Write without a call that 35,000 rows would feel."""
    postcodes = row.postcodes.split()
    detail = " ".join(postcodes[:POSTCODES_SHOWN]) + ("…" if len(postcodes) > POSTCODES_SHOWN else "")
    line = Line(
        f"commune:{row.code}", "commune", row.code, row.name, row.sort_name, detail, row.population or 0
    )
    return line, {*row.sort_name.split(), *postcodes, row.code.lower()} - EMPTY_WORDS


def former_commune(row: FormerCommune) -> tuple[Line, set[str]]:
    """Write of a former commune, under today's page."""
    return line(EntryKind.FORMER_COMMUNE, row, page=row.commune_id, detail=row.commune.name), names(
        row.name, row.code
    )


def territory(row: Territory) -> tuple[Line, set[str]]:
    """Write of a territory, the more inhabitants the heavier."""
    return (
        line(EntryKind.TERRITORY, row, page=row.slug, detail=row.kind, weight=row.population or 0),
        names(row.name, row.code),
    )


def organisation(row: Organisation) -> tuple[Line, set[str]]:
    """Write of an organisation: its names, what it does, where it is."""
    place = row.commune.name if row.commune else ""
    return (
        line(EntryKind.ORGANISATION, row, page=row.slug, detail=place),
        prose(row.name, row.acronym, row.description, place),
    )


def programme(row: Programme) -> tuple[Line, set[str]]:
    """Write of a programme."""
    return line(EntryKind.PROGRAMME, row, page=row.slug, detail=row.tagline), prose(row.name, row.tagline)


def edition(row: Edition) -> tuple[Line, set[str]]:
    """Write of an edition: its territory and its themes find it too."""
    themes = (theme.name for theme in row.themes.all())
    return (
        line(EntryKind.EDITION, row, page=row.slug, detail=row.territory.name),
        prose(row.name, row.programme.name, row.territory.name, *themes),
    )


def gathering(row: Gathering) -> tuple[Line, set[str]]:
    """Write of a gathering: its title, its theme, where and on which day."""
    occasion = row.occasion
    place = occasion.room.venue.commune.name if occasion.room else ""
    with override(settings.LANGUAGE_CODE):
        detail = ", ".join(filter(None, (day(occasion.starts_at, weekday=False), place)))
    theme = row.theme.name if row.theme else ""
    return (
        line(EntryKind.GATHERING, row, page=row.slug, detail=detail),
        prose(occasion.title, row.summary, theme, place, row.edition.territory.name),
    )


def need(row: Need) -> tuple[Line, set[str]]:
    """Write of a need: what it says, its territory, its theme."""
    theme = row.theme.name if row.theme else ""
    return (
        line(EntryKind.NEED, row, page=row.slug, detail=row.territory.name),
        prose(row.statement, theme, row.territory.name),
    )


def report(row: Report) -> tuple[Line, set[str]]:
    """Write of a published diagnosis: its title, its territory and its edition."""
    edition = row.edition.name if row.edition else ""
    return (
        line(EntryKind.REPORT, row, page=row.slug, detail=row.territory.name, title=row.published_title),
        prose(row.published_title, row.territory.name, edition),
    )


def line(kind: EntryKind, row: Model, *, page: str, detail: str, weight: int = 0, title: str = "") -> Line:
    """Return the line of a row that has a page of its own; its title is its name, or what it says, unless given."""
    title = title or str(row)
    return Line(f"{kind.value}:{row.pk}", kind.value, page, title, fold(title), detail, weight)


SOURCES: dict[type[Model], Source] = {
    Commune: Source(EntryKind.COMMUNE, Commune.objects.order_by, commune),
    FormerCommune: Source(
        EntryKind.FORMER_COMMUNE,
        lambda: FormerCommune.objects.exclude(name="").select_related("commune"),
        former_commune,
    ),
    Territory: Source(
        EntryKind.TERRITORY,
        lambda: Territory.objects.annotate(population=Sum("communes__population")),
        territory,
    ),
    Organisation: Source(
        EntryKind.ORGANISATION,
        lambda: Organisation.objects.filter(listed=True).select_related("commune"),
        organisation,
    ),
    Programme: Source(EntryKind.PROGRAMME, Programme.objects.all, programme),
    Edition: Source(
        EntryKind.EDITION,
        lambda: Edition.objects.select_related("programme", "territory").prefetch_related("themes"),
        edition,
    ),
    Gathering: Source(
        EntryKind.GATHERING,
        lambda: Gathering.objects.public().select_related(
            "occasion__room__venue__commune", "theme", "edition__territory"
        ),
        gathering,
    ),
    Need: Source(EntryKind.NEED, lambda: Need.objects.public().select_related("territory", "theme"), need),
    Report: Source(EntryKind.REPORT, published_reports, report),
}
