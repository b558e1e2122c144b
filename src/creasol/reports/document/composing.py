"""A document made out of what the database says now: once it is made, nothing that is imported later changes it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation

from creasol.diagnosis import figures
from creasol.diagnosis.figures import Diagnosis, diagnose, lines_of, quoted
from creasol.diagnosis.maps import maps_of
from creasol.diagnosis.models import Dataset
from creasol.diagnosis.models import Perimeter as StoredPerimeter
from creasol.diagnosis.queries.choices import Choice
from creasol.diagnosis.queries.communes import CommuneLine
from creasol.diagnosis.queries.datasets import datasets_of
from creasol.diagnosis.queries.outlines import outlines_of
from creasol.foundation import dates

from . import method
from .drawings import drawn
from .schema import (
    Block,
    Commune,
    Document,
    Figure,
    Perimeter,
    Place,
    Quote,
    Row,
    Section,
    Source,
    Writer,
)

MOST_ON_A_MAP = 200


def compose(
    choice: Choice,
    *,
    title: str,
    sections: Sequence[Section] = (),
    edition: str = "",
    version: int = 0,
    reason: str = "",
    without: Sequence[str] = (),
    with_: Sequence[str] = (),
    writers: Sequence[Writer] = (),
    at: datetime,
    language: str,
) -> Document:
    """Return everything that is known of the communes of ``choice`` at the moment ``at``, in words of ``language``.

    ``without`` and ``with_`` are the keys of comparable territories left out and put in by somebody.
    """
    with translation.override(language):
        found = diagnose(
            communes=choice.communes,
            reference=choice.reference,
            perimeter=choice.perimeter,
            territory=choice.territory,
        )
        lines = lines_of(found, choice.communes)
        maps = maps_of(lines, outlines_of(choice.communes)) if len(lines) <= MOST_ON_A_MAP else []
        sources = tuple(source_of(dataset) for dataset in datasets_of(one.origin for one in found.figures))
        return Document(
            language=language,
            title=title,
            place=place_of(found, lines),
            reference=reference_of(found),
            perimeter=perimeter_of(found.perimeter),
            edition=edition,
            version=version,
            reason=reason,
            made_at=at.isoformat(),
            synthetic=found.synthetic,
            sections=tuple(sections),
            blocks=blocks_of(found),
            quotes=quotes_of(found),
            drawings=tuple(drawn(one, f"map-{number}") for number, one in enumerate(maps, start=1)),
            sources=sources,
            methods=method.methods_of(found),
            writers=tuple(writers),
        )


def place_of(found: Diagnosis, lines: Sequence[CommuneLine]) -> Place:
    """Return the place with its communes one by one."""
    communes = tuple(
        Commune(
            code=line.code,
            name=line.name,
            population=line.population,
            area_km2=line.area_km2,
            jobs=line.jobs,
            employers=line.employers,
            ess=line.ess,
            ess_per_1000=line.ess_per_1000,
        )
        for line in lines
    )
    slug = found.place.territory.slug if found.place.territory else ""
    return Place(name=found.place.name, slug=slug, communes=communes)


def reference_of(found: Diagnosis) -> Place | None:
    """Return the territory compared with, by name alone."""
    return found.reference and Place(name=found.reference.name, slug=found.reference.slug)


def perimeter_of(perimeter: StoredPerimeter) -> Perimeter:
    """Return which rules say what is ESS."""
    return Perimeter(
        mode=perimeter.mode,
        label=perimeter.get_mode_display(),
        version=perimeter.version,
        definition=perimeter.definition,
        provisional=perimeter.provisional,
    )


def blocks_of(found: Diagnosis) -> tuple[Block, ...]:
    """Return the blocks that have figures, their numbers before their bars."""
    return tuple(
        Block(
            key=block.value,
            label=str(block.label),
            figures=tuple(figure_of(figure) for figure in (*numbers, *bars)),
        )
        for block, numbers, bars in found.blocks
        if numbers or bars
    )


def figure_of(figure: figures.Figure) -> Figure:
    """Return one figure: its numbers, and the words that a page shows of it."""
    longest = max((row.value or 0 for row in figure.rows), default=0) or 1
    return Figure(
        key=figure.key,
        label=figure.label,
        definition=figure.definition,
        unit=figure.unit,
        unit_beside=figure.unit_beside,
        text=figure.text,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        open_ended=figure.open_ended,
        of=figure.of,
        ties=figure.ties,
        reference=figure.reference,
        reference_text=figure.reference_text,
        source=figure.source,
        vintage=figure.vintage,
        origin=figure.origin_in_words,
        synthetic=figure.synthetic,
        note=figure.note,
        reason=figure.reason,
        rows=tuple(
            Row(
                key=row.key,
                label=row.label,
                count=row.count,
                value=row.value,
                text=figure.shown(row.value),
                reference=row.reference,
                reference_text="" if row.reference is None else figure.shown(row.reference),
                low=row.low,
                high=row.high,
                ours=row.ours,
                percent=round(100 * (row.value or 0) / longest, 2),
            )
            for row in figure.rows
        ),
    )


def quotes_of(found: Diagnosis) -> tuple[Quote, ...]:
    """Return the figures that studies declare, each beside the computed one."""
    return tuple(
        Quote(
            label=quote.label,
            text=quote.text,
            computed_text=quote.figure.text if quote.figure else "",
            source=quote.declared.source,
            dated=quote.declared.dated,
        )
        for quote in quoted(found)
    )


def source_of(dataset: Dataset) -> Source:
    """Return a dataset by its title, vintage and licence."""
    return Source(
        title=dataset.title,
        source=str(dataset.get_source_display()),
        vintage=dataset.vintage,
        licence=dataset.licence,
        synthetic=dataset.synthetic,
        imported_on=dates.day(dataset.imported_at, weekday=False),
    )
