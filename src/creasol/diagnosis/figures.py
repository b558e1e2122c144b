"""The diagnosis of a territory: every indicator computed out of the facts, with all that a reader must know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from creasol.foundation import numbers
from creasol.foundation.text import NO_BREAK
from creasol.territories.models import Commune, Territory

from .enums import PerimeterMode
from .indicators import (
    INDICATORS,
    Block,
    Chart,
    Counted,
    Indicator,
    Row,
    UnavailableError,
    Unit,
    own_indicator,
)
from .indicators.declaration import Answer
from .indicators.facts import Facts, Origin, OwnNumber
from .models import Dataset, DeclaredFigure, Perimeter
from .queries.communes import CommuneLine, commune_lines
from .queries.declared import declared_figures
from .queries.facts import Subject, facts_of
from .queries.perimeters import current_perimeter

NAMED = 3


@dataclass(frozen=True)
class Place:
    """What is diagnosed: a named territory, or communes somebody chose."""

    name: str
    communes: tuple[Commune, ...]
    territory: Territory | None = None

    @property
    def address(self) -> str:
        """Return the path of its diagnosis."""
        if self.territory is not None:
            return reverse("diagnosis:territory", args=[self.territory.slug])
        return reverse("diagnosis:ad_hoc")

    @property
    def choice(self) -> dict[str, str]:
        """Return the words of the address that name the communes, none for a named territory."""
        if self.territory is not None:
            return {}
        return {"communes": ",".join(commune.code for commune in self.communes)}


@dataclass(frozen=True)
class Figure:
    """One figure as pages, files and the API show it; ``reason`` says why ``value`` is not there."""

    indicator: Indicator
    answer: Answer | None
    reason: str = ""
    rows_url: str = ""

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def label(self) -> str:
        return str(self.indicator.name)

    @property
    def definition(self) -> str:
        return str(self.indicator.definition)

    @property
    def available(self) -> bool:
        return self.answer is not None

    @property
    def is_bars(self) -> bool:
        return self.indicator.chart == Chart.BARS

    @property
    def is_range(self) -> bool:
        return self.indicator.chart == Chart.RANGE

    @property
    def origin(self) -> Origin | None:
        return None if self.answer is None else self.answer.origin

    @property
    def value(self) -> float | None:
        return None if self.answer is None else self.answer.value

    @property
    def low(self) -> float | None:
        return None if self.answer is None else self.answer.low

    @property
    def high(self) -> float | None:
        return None if self.answer is None else self.answer.high

    @property
    def open_ended(self) -> bool:
        return self.answer is not None and self.answer.open_ended

    @property
    def of(self) -> int | None:
        return None if self.answer is None else self.answer.of

    @property
    def ties(self) -> int | None:
        return None if self.answer is None else self.answer.ties

    @property
    def reference(self) -> float | None:
        return None if self.answer is None else self.answer.reference

    @property
    def note(self) -> str:
        return "" if self.answer is None else self.answer.note

    @property
    def rows(self) -> tuple[Row, ...]:
        return () if self.answer is None else self.answer.rows

    @property
    def unit(self) -> str:
        return str(self.indicator.unit.label)

    @property
    def source(self) -> str:
        """Return the source in words; where there is no number, the source that would give it."""
        source = self.origin.source if self.origin else self.indicator.source
        return str(source.label) if source else _("Definition of the territory")

    @property
    def vintage(self) -> str:
        return self.origin.vintage if self.origin else ""

    @property
    def synthetic(self) -> bool:
        return self.origin is not None and self.origin.synthetic

    @property
    def text(self) -> str:
        """Return the figure as people read it: « 4 120 », « 1 877 – 4 203 », « 6,5 % », « 6ᵉ sur 8 »."""
        if self.answer is None:
            return "—"
        if self.of is not None:
            return rank_in_words(int(self.value), self.of)
        if self.is_range:
            return range_in_words(self.shown(self.low), None if self.high is None else self.shown(self.high))
        return self.shown(self.value)

    @property
    def reference_text(self) -> str:
        """Return the same number for the reference territory, or nothing."""
        return "" if self.reference is None else self.shown(self.reference)

    @property
    def origin_in_words(self) -> str:
        """Return the source, its vintage in words, and that its rows are made up when they are."""
        return origin_in_words(self.origin) if self.origin else self.source

    @property
    def remark(self) -> str:
        """Return what to read under the number: the same for the reference, and what must be said with it."""
        compared = (
            _("in the reference: %(value)s") % {"value": self.reference_text} if self.reference_text else ""
        )
        return " · ".join(words for words in (compared, self.note) if words)

    @property
    def unit_beside(self) -> str:
        """Return the unit to write after the number, unless the label or the number itself says it."""
        if self.answer is None or self.indicator.unit in (Unit.FRACTION, Unit.RANK):
            return ""
        return "" if self.unit.casefold() in self.label.casefold() else self.unit

    def shown(self, value: float | None) -> str:
        """Return a number of this figure in the language of the page."""
        if self.indicator.unit in (Unit.FRACTION, Unit.PER_YEAR):
            return numbers.percent(value, self.indicator.decimals)
        return numbers.number(value, self.indicator.decimals)


@dataclass(frozen=True)
class Diagnosis:
    """The figures of one place, the reference they are compared with and the perimeter they use."""

    place: Place
    reference: Territory | None
    perimeter: Perimeter
    figures: tuple[Figure, ...]
    outside: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Figure:
        return self._by_key[key]

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    @cached_property
    def _by_key(self) -> dict[str, Figure]:
        return {figure.key: figure for figure in self.figures}

    @property
    def blocks(self) -> list[tuple[Block, list[Figure], list[Figure]]]:
        """Return each block that has figures, with its numbers and its bars."""
        held = {figure.indicator.block for figure in self.figures}
        return [
            (
                block,
                [figure for figure in self.figures if figure.indicator.block == block and not figure.is_bars],
                [figure for figure in self.figures if figure.indicator.block == block and figure.is_bars],
            )
            for block in Block
            if block in held
        ]

    @property
    def own_figures(self) -> list[Figure]:
        """Return the figures of the indicators that people added."""
        return [figure for figure in self.figures if figure.indicator.block == Block.OWN]

    @property
    def synthetic(self) -> bool:
        """Return whether a figure comes from example data."""
        return any(figure.synthetic for figure in self.figures)

    @property
    def choice(self) -> dict[str, str]:
        """Return the words of an address that lead to this very diagnosis."""
        reference = {} if self.reference is None else {"reference": self.reference.slug}
        return {**self.place.choice, **reference, "perimeter": self.perimeter.mode}

    def address(self, name: str = "", **more: str | Sequence[str]) -> str:
        """Return the path of this diagnosis, or of its page ``name`` (etablissements/, figures.csv…)."""
        return f"{self.place.address}{name}?{urlencode({**self.choice, **more}, doseq=True)}"


def diagnose(
    *,
    communes: Sequence[Commune],
    reference: Territory | None,
    perimeter: PerimeterMode = PerimeterMode.INSEE,
    territory: Territory | None = None,
    name: str = "",
    datasets: Sequence[Dataset] | None = None,
) -> Diagnosis:
    """Compute every indicator of ``communes``, those of ``territory`` when it is a named one.

    Shares and ranks are of ``reference``; without one, or when it does not hold every commune, they say why they
    are not there. The newest of ``datasets`` is read, of all that are imported by default. Raises
    ``Perimeter.DoesNotExist`` when the perimeters were never loaded.
    """
    communes = tuple(communes)
    place = Place(name or named(communes, territory), communes, territory)
    rules = current_perimeter(perimeter)
    facts = facts_of(Subject(communes, reference, PerimeterMode(perimeter), territory), datasets)
    empty = Diagnosis(place, reference, rules, ())
    urls = {
        Counted.COMMUNES: empty.address() + "#communes",
        Counted.ESTABLISHMENTS: empty.address("etablissements/"),
    }
    figures = [figure_of(declared, facts, urls[declared.counted]) for declared in INDICATORS]
    figures += [own_figure(number, facts) for number in facts.own]
    return Diagnosis(place, reference, rules, tuple(figures), facts.outside)


def own_figure(number: OwnNumber, facts: Facts) -> Figure:
    """Return what an indicator that somebody added says; its rows are its table."""
    return figure_of(own_indicator(number), facts, reverse("diagnosis:own_values", args=[number.key]))


def figure_of(declared: Indicator, facts: Facts, rows_url: str) -> Figure:
    """Compute one indicator, or say why it is not there."""
    try:
        return Figure(declared, declared.compute(facts), rows_url=rows_url)
    except UnavailableError as reason:
        return Figure(declared, None, str(reason))


def named(communes: tuple[Commune, ...], territory: Territory | None) -> str:
    """Return what to call the place."""
    if territory is not None:
        return territory.name
    if len(communes) <= NAMED:
        return ", ".join(commune.name for commune in communes)
    return _("%(first)s and %(more)d other communes") % {"first": communes[0].name, "more": len(communes) - 1}


def rank_in_words(value: int, of: int) -> str:
    """Return a rank in words."""
    if value == 1:
        return _("1st of %(of)d") % {"of": of}
    return _("no. %(value)d of %(of)d") % {"value": value, "of": of}


def rank_alone(value: int) -> str:
    """Return a rank whose number of territories is not said."""
    return _("1st") if value == 1 else _("no. %(value)d") % {"value": value}


def range_in_words(low: str, high: str | None) -> str:
    """Return a range in words; without a most, it is open."""
    return _("%(low)s or more") % {"low": low} if high is None else f"{low}{NO_BREAK}– {high}"


@dataclass(frozen=True)
class Quoted:
    """A figure quoted from a study, and the computed one of the same indicator, never mixed with it."""

    declared: DeclaredFigure
    figure: Figure | None

    @property
    def label(self) -> str:
        return self.figure.label if self.figure else self.declared.indicator

    @property
    def text(self) -> str:
        """Return the quoted value as people read it."""
        value = self.declared.value
        if self.figure is None:
            return numbers.number(value, 0 if value == int(value) else 1)
        if self.figure.indicator.unit == Unit.RANK:
            return rank_alone(int(value))
        return self.figure.shown(value)


def lines_of(diagnosis: Diagnosis, communes: Sequence[Commune]) -> list[CommuneLine]:
    """Return the lines of ``communes`` out of the datasets of the diagnosis' own figures."""
    return commune_lines(
        communes,
        PerimeterMode(diagnosis.perimeter.mode),
        population=diagnosis["population"].origin,
        register=diagnosis["ess_establishments"].origin,
    )


def quoted(diagnosis: Diagnosis) -> list[Quoted]:
    """Return the figures that studies declare about the territory, each beside the computed one."""
    known = {figure.key: figure for figure in diagnosis.figures}
    return [
        Quoted(declared, known.get(declared.indicator))
        for declared in declared_figures(diagnosis.place.territory)
    ]


def origin_in_words(origin: Origin) -> str:
    """Return a source, its vintage, and that its rows are made up when they are."""
    words = f"{origin.source.label}, {vintage_in_words(origin.vintage)}"
    return _("%(source)s (example data, synthetic)") % {"source": words} if origin.synthetic else words


def vintage_in_words(vintage: str) -> str:
    """Return « 2023 » or « janvier 2026 »."""
    year, _dash, month = vintage.partition("-")
    return date_format(date(int(year), int(month), 1), "F Y") if month else year
