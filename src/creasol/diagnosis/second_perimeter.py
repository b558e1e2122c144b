"""The figures under the other perimeter, beside those of the first, where the two differ."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .enums import PerimeterMode
from .figures import Diagnosis, Figure, diagnose
from .models import Perimeter
from .queries.perimeters import counted_by_one_alone

NAMES = {PerimeterMode.INSEE: "INSEE", PerimeterMode.LAW_2014: _("Law of 2014")}


@dataclass(frozen=True)
class Second:
    """The other perimeter: how many establishments only one of the two counts, and the figures that differ.

    ``figures`` holds numbers, ranges and ranks by key of indicator; the addresses lead to the lists of those
    establishments.
    """

    first: PerimeterMode
    perimeter: Perimeter
    only_first: int
    only_second: int
    figures: Mapping[str, Figure]
    only_first_address: str
    only_second_address: str
    origin_in_words: str

    @property
    def alone(self) -> tuple[tuple[str, int, str], ...]:
        """Return, for each perimeter, its short name, how many establishments it alone counts and their address."""
        return (
            (str(NAMES[self.first]), self.only_first, self.only_first_address),
            (str(NAMES[self.perimeter.mode]), self.only_second, self.only_second_address),
        )


def other_perimeter(diagnosis: Diagnosis) -> Second | None:
    """Return what the perimeter that ``diagnosis`` does not use would say of the same communes.

    None when no register covers these communes, or when the other perimeter was never loaded.
    """
    register = diagnosis["ess_establishments"].origin
    if register is None:
        return None
    place, first = diagnosis.place, PerimeterMode(diagnosis.perimeter.mode)
    other = next(mode for mode in PerimeterMode if mode != first)
    try:
        second = diagnose(
            communes=place.communes,
            reference=diagnosis.reference,
            perimeter=other,
            territory=place.territory,
            name=place.name,
        )
    except Perimeter.DoesNotExist:
        return None
    alone = counted_by_one_alone(place.communes, register)
    return Second(
        first,
        second.perimeter,
        alone[first],
        alone[other],
        {figure.key: figure for figure in second.figures if differs(diagnosis[figure.key], figure)},
        diagnosis.address("etablissements/", only="1"),
        second.address("etablissements/", only="1"),
        second["ess_establishments"].origin_in_words,
    )


def differs(first: Figure, second: Figure) -> bool:
    """Tell whether a number, a range or a rank is not the same."""
    if first.is_bars:
        return False
    return (first.value, first.low, first.high) != (second.value, second.low, second.high)
