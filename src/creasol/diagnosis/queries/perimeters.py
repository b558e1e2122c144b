"""Which rules say what is ESS, and which establishments only one of them counts."""

from collections.abc import Sequence

from django.db.models import Count, Q

from creasol.diagnosis.enums import PerimeterMode
from creasol.diagnosis.indicators.facts import Origin
from creasol.diagnosis.models import Establishment, Perimeter
from creasol.diagnosis.perimeters import Rule
from creasol.territories.models import Commune

from .scopes import scope_of


def current_perimeter(mode: str) -> Perimeter:
    """Return the newest version of the perimeter ``mode``, or raise ``Perimeter.DoesNotExist``."""
    return Perimeter.objects.filter(mode=mode).latest("version")


def rule_of(perimeter: Perimeter) -> Rule:
    """Return the rule that a stored perimeter writes down."""
    return Rule(
        mode=perimeter.mode,
        version=perimeter.version,
        categories=perimeter.categories,
        excluded_activities=tuple(perimeter.excluded_activities),
        with_flag=perimeter.with_flag,
    )


def counted_by_one_alone(communes: Sequence[Commune], register: Origin) -> dict[PerimeterMode, int]:
    """Return, for each perimeter, how many establishments of ``communes`` it counts and the other does not."""
    rows = scope_of(communes).rows(
        Establishment.objects.filter(dataset__source=register.source, dataset__vintage=register.vintage)
    )
    counts = rows.filter(dataset__ready=True).aggregate(
        insee=Count("pk", filter=Q(in_insee=True, in_law_2014=False)),
        law=Count("pk", filter=Q(in_insee=False, in_law_2014=True)),
    )
    return {PerimeterMode.INSEE: counts["insee"], PerimeterMode.LAW_2014: counts["law"]}
