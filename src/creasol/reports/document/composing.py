"""A document made out of what the database says now: once it is made, nothing that is imported later changes it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from creasol.diagnosis import figures
from creasol.diagnosis.enums import ThinKind, Verdict
from creasol.diagnosis.figures import Diagnosis, diagnose, lines_of, quoted
from creasol.diagnosis.maps import maps_of
from creasol.diagnosis.models import Dataset
from creasol.diagnosis.models import Perimeter as StoredPerimeter
from creasol.diagnosis.queries import thin
from creasol.diagnosis.queries.choices import Choice
from creasol.diagnosis.queries.communes import CommuneLine
from creasol.diagnosis.queries.comparables import Comparables, comparables_of
from creasol.diagnosis.queries.datasets import datasets_of
from creasol.diagnosis.queries.outlines import outlines_of
from creasol.diagnosis.queries.thin import thin_list
from creasol.diagnosis.second_perimeter import Second, other_perimeter
from creasol.foundation import dates
from creasol.foundation.numbers import number

from . import method
from .drawings import drawn
from .schema import (
    Block,
    Commune,
    Comparable,
    Document,
    Feature,
    Figure,
    Perimeter,
    Place,
    Quote,
    Row,
    SecondPerimeter,
    Section,
    Source,
    Thin,
    ThinList,
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
        second = other_perimeter(found)
        likes = comparables_of(choice, without=without, with_=with_)
        lines = lines_of(found, choice.communes)
        maps = maps_of(lines, outlines_of(choice.communes)) if len(lines) <= MOST_ON_A_MAP else []
        scarce = [thin_list(choice, kind=kind, comparables=likes) for kind in ThinKind]
        origins = [one.origin for one in (*found.figures, *scarce)]
        return Document(
            language=language,
            title=title,
            place=place_of(found, lines),
            reference=reference_of(found),
            perimeter=perimeter_of(found.perimeter),
            second_perimeter=second_of(second),
            edition=edition,
            version=version,
            reason=reason,
            made_at=at.isoformat(),
            synthetic=found.synthetic or any(one.synthetic for one in scarce),
            sections=tuple(sections),
            blocks=blocks_of(found, second),
            quotes=quotes_of(found),
            comparables=comparables_among(likes),
            thin=tuple(thin_of(one) for one in scarce),
            drawings=tuple(drawn(one, f"map-{number}") for number, one in enumerate(maps, start=1)),
            sources=(
                *(source_of(dataset) for dataset in datasets_of([*origins, *likes.origins])),
                *(own_source_of(figure) for figure in found.own_figures if figure.available),
            ),
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


def second_of(second: Second | None) -> SecondPerimeter | None:
    """Return the other perimeter, with the establishments that each of the two counts alone."""
    return second and SecondPerimeter(
        perimeter=perimeter_of(second.perimeter),
        only_first=second.only_first,
        only_second=second.only_second,
    )


def blocks_of(found: Diagnosis, second: Second | None) -> tuple[Block, ...]:
    """Return the blocks that have figures, their numbers before their bars."""
    others = second.figures if second else {}
    return tuple(
        Block(
            key=block.value,
            label=str(block.label),
            figures=tuple(figure_of(figure, others.get(figure.key)) for figure in (*numbers, *bars)),
        )
        for block, numbers, bars in found.blocks
        if numbers or bars
    )


def figure_of(figure: figures.Figure, other: figures.Figure | None = None) -> Figure:
    """Return one figure: its numbers, the words that a page shows of it, the same within the second perimeter."""
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
                count_text=number(row.count),
                value=row.value,
                text=figure.shown(row.value),
                reference=row.reference,
                reference_text="" if row.reference is None else figure.shown(row.reference),
                low=row.low,
                high=row.high,
                range_text=""
                if row.low is None
                else figures.range_in_words(
                    figure.shown(row.low), None if row.high is None else figure.shown(row.high)
                ),
                ours=row.ours,
                percent=round(100 * (row.value or 0) / longest, 2),
            )
            for row in figure.rows
        ),
        other_text=other.text if other and other.text != figure.text else "",
        other_value=other.value if other else None,
    )


def comparables_among(likes: Comparables) -> tuple[Comparable, ...]:
    """Return the comparable territories, the nearest first, each with its features beside ours."""
    return tuple(
        Comparable(
            key=one.key,
            name=one.name,
            distance=one.distance,
            why=one.why,
            features=tuple(
                Feature(label=line.label, here=line.here, there=line.there) for line in one.features
            ),
        )
        for one in likes.items
    )


def thin_of(found: thin.ThinList) -> ThinList:
    """Return what is proven thin against the reference, the greatest lack first."""
    lines = [line for line in found.lines if line.verdict == Verdict.THIN]
    return ThinList(
        kind=found.kind.value,
        label=found.label,
        origin=figures.origin_in_words(found.origin) if found.origin else "",
        synthetic=found.synthetic,
        tested=found.tested,
        unsure=found.unsure,
        told="" if found.reason else told(found),
        lines=tuple(thin_line(line, found.kind) for line in lines),
        reason=found.reason,
    )


def thin_line(line: thin.ThinLine, kind: ThinKind) -> Thin:
    """Return one facility or activity with what its count proves."""
    beside = line.comparables_verdict
    return Thin(
        kind=kind.value,
        key=line.key,
        label=line.label,
        count=line.count,
        rate=line.rate,
        low=line.low,
        high=line.high,
        reference_rate=line.reference_rate,
        comparables_rate=line.comparables_rate,
        shortfall=line.shortfall,
        verdict=line.verdict.value,
        verdict_text=str(line.verdict.label),
        comparables_verdict=beside.value if beside else "",
        comparables_verdict_text=str(beside.label) if beside else "",
    )


def told(found: thin.ThinList) -> str:
    """Return how many types were held against the others, and of how many nothing can be told."""
    words = {"tested": number(found.tested), "unsure": number(found.unsure)}
    return _("Types examined: %(tested)s. Types whose numbers are too small to tell: %(unsure)s.") % words


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


def own_source_of(figure: figures.Figure) -> Source:
    """Return where an indicator that somebody added comes from."""
    return Source(
        title=figure.label,
        source=figure.source,
        vintage=figure.vintage,
        licence=figure.origin.source.licence,
        synthetic=figure.synthetic,
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
