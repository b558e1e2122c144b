"""Figures quoted from studies, shown beside the computed ones and never mixed with them."""

from django.db.models import QuerySet

from creasol.diagnosis.models import DeclaredFigure
from creasol.territories.models import Territory


def declared_figures(territory: Territory | None) -> QuerySet[DeclaredFigure]:
    """Return the figures quoted about a territory, none for communes that somebody chose."""
    if territory is None:
        return DeclaredFigure.objects.none()
    return territory.declared_figures.order_by("pk")
