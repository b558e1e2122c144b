"""Up to four territories side by side: the same indicators, each against its own reference."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .enums import PerimeterMode
from .figures import Diagnosis, Figure, diagnose
from .indicators import INDICATORS, Block, Chart, Indicator, Unit
from .indicators.own import NOTHING
from .queries.choices import ChoiceError, choose, known_perimeter

MOST = 4


@dataclass(frozen=True)
class Line:
    """One indicator and its figure in each territory, with the length of its bar in percent of the longest."""

    indicator: Indicator
    figures: tuple[Figure, ...]

    @property
    def cells(self) -> list[tuple[Figure, float | None]]:
        sizes = [size(figure) for figure in self.figures]
        longest = max((value for value in sizes if value is not None), default=0)
        return [
            (figure, None if value is None or not longest else 100 * value / longest)
            for figure, value in zip(self.figures, sizes, strict=True)
        ]


@dataclass(frozen=True)
class Comparison:
    """The diagnoses compared, in the order they were asked for."""

    diagnoses: tuple[Diagnosis, ...]
    perimeter: PerimeterMode

    @property
    def lines(self) -> list[Line]:
        declared = {indicator.key: indicator for indicator in INDICATORS if indicator.chart != Chart.BARS}
        for diagnosis in self.diagnoses:
            declared |= {figure.key: figure.indicator for figure in diagnosis.own_figures}
        return [
            Line(indicator, tuple(figure_in(diagnosis, indicator) for diagnosis in self.diagnoses))
            for indicator in declared.values()
        ]

    @property
    def slugs(self) -> list[str]:
        return [diagnosis.place.territory.slug for diagnosis in self.diagnoses]

    @property
    def synthetic(self) -> bool:
        return any(diagnosis.synthetic for diagnosis in self.diagnoses)


def compare_territories(*, slugs: Sequence[str], perimeter: str = "") -> Comparison:
    """Diagnose each territory against its usual reference; raises ``ChoiceError`` for an unknown one or too many."""
    if len(slugs) > MOST:
        raise ChoiceError(_("Choose at most %(most)d territories.") % {"most": MOST})
    mode = known_perimeter(perimeter)
    choices = [choose(slug=slug, perimeter=perimeter) for slug in dict.fromkeys(slugs)]
    return Comparison(
        tuple(
            diagnose(
                communes=choice.communes,
                reference=choice.reference,
                perimeter=mode,
                territory=choice.territory,
            )
            for choice in choices
        ),
        mode,
    )


def figure_in(diagnosis: Diagnosis, indicator: Indicator) -> Figure:
    """Return the figure of an indicator; one that somebody added may say nothing of this place."""
    if indicator.block == Block.OWN and indicator.key not in diagnosis:
        return Figure(indicator, None, str(NOTHING))
    return diagnosis[indicator.key]


def size(figure: Figure) -> float | None:
    """Return what a bar shows of a figure: its number, the middle of its range; nothing for a rank or a change."""
    if not figure.available or figure.indicator.unit in (Unit.RANK, Unit.PER_YEAR):
        return None
    if figure.is_range:
        return None if figure.high is None else (figure.low + figure.high) / 2
    return figure.value
