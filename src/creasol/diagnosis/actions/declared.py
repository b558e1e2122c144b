"""Figures quoted from studies."""

from datetime import datetime

from django.db import transaction

from creasol.accounts.models import User
from creasol.diagnosis.models import DeclaredFigure
from creasol.journal.actions import record
from creasol.territories.models import Territory


@transaction.atomic
def declare_figure(
    *,
    territory: Territory,
    indicator: str,
    value: float,
    unit: str,
    source: str,
    dated: str,
    by: User | None,
    at: datetime,
) -> DeclaredFigure:
    """Quote a figure about a territory: shares are fractions, ``dated`` is the date as the source says it.

    ValidationError when this source already says something of this indicator there.
    """
    figure = DeclaredFigure(
        territory=territory, indicator=indicator, value=value, unit=unit, source=source, dated=dated
    )
    figure.full_clean()
    figure.save()
    record("declare", figure, by=by, at=at)
    return figure
