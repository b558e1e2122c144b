"""Which rules say what is ESS."""

from creasol.diagnosis.models import Perimeter
from creasol.diagnosis.perimeters import Rule


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
