"""How an indicator is declared: once, with its words, its unit, its source and the function that computes it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from creasol.diagnosis.enums import Source

from .facts import Facts, Origin, OwnSource


class Block(models.TextChoices):
    PLACE = "place", _("The place")
    ESS = "ess", _("The social and solidarity economy")
    MAKE_UP = "make-up", _("Its make-up")
    FACILITIES = "facilities", _("Jobs and facilities")
    OWN = "own", _("Indicators added here")


class Unit(models.TextChoices):
    COMMUNES = "communes", _("communes")
    INHABITANTS = "inhabitants", _("inhabitants")
    KM2 = "km2", _("km²")
    PER_KM2 = "per-km2", _("inhabitants per km²")
    FRACTION = "fraction", _("share")
    PER_YEAR = "per-year", _("a year")
    ESTABLISHMENTS = "establishments", _("establishments")
    JOBS = "jobs", _("jobs")
    RANK = "rank", _("rank")
    PER_THOUSAND = "per-thousand", _("per 1,000 inhabitants")
    QUOTIENT = "quotient", _("times the reference’s share")


class Chart(models.TextChoices):
    """How a page shows it; every bar has its table."""

    NUMBER = "number", _("number")
    RANGE = "range", _("range")
    BARS = "bars", _("bars")


class Counted(models.TextChoices):
    """Which rows a figure counts, so that a page can lead to them."""

    COMMUNES = "communes", _("communes")
    ESTABLISHMENTS = "establishments", _("establishments")
    OWN_VALUES = "own-values", _("values of an own indicator")


class UnavailableError(Exception):
    """The figure cannot be given; the message says why, to the reader."""


@dataclass(frozen=True)
class Row:
    """One line of a figure that has several: a class, its count, and its weight here and in the reference.

    ``value`` and ``reference`` are in the unit of the indicator; ``ours`` marks the diagnosed territory among others.
    """

    key: str
    label: str
    count: float | None
    value: float | None
    reference: float | None = None
    low: float | None = None
    high: float | None = None
    ours: bool = False


@dataclass(frozen=True)
class Answer:
    """What an indicator computes: a number, a range, a rank or rows; and what must be said with it."""

    origin: Origin | None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    open_ended: bool = False
    of: int | None = None
    ties: int | None = None
    reference: float | None = None
    rows: tuple[Row, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class OwnUnit:
    """The unit of an indicator that somebody added, in that person's words."""

    label: str

    @property
    def value(self) -> str:
        """Return the unit as files write it."""
        return self.label


@dataclass(frozen=True)
class Indicator:
    key: str
    name: str
    definition: str
    unit: Unit | OwnUnit
    block: Block
    source: Source | OwnSource | None
    counted: Counted
    chart: Chart
    decimals: int
    compute: Callable[[Facts], Answer]


REGISTRY: dict[str, Indicator] = {}


def indicator(
    key: str,
    *,
    name: str,
    definition: str,
    unit: Unit,
    block: Block,
    source: Source | None,
    counted: Counted = Counted.COMMUNES,
    chart: Chart = Chart.NUMBER,
    decimals: int = 0,
) -> Callable[[Callable[[Facts], Answer]], Callable[[Facts], Answer]]:
    """Declare the indicator that the decorated function computes out of the facts."""

    def declare(compute: Callable[[Facts], Answer]) -> Callable[[Facts], Answer]:
        if key in REGISTRY:
            raise ValueError(f"Two indicators are called {key}.")
        REGISTRY[key] = Indicator(
            key, name, definition, unit, block, source, counted, chart, decimals, compute
        )
        return compute

    return declare
