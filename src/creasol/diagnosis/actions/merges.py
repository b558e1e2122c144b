"""When a commune is merged into another, what was imported about it counts there."""

from django.db import transaction
from django.db.models import F

from creasol.diagnosis.enums import Aggregation
from creasol.diagnosis.models import EmployerTotal, Establishment, Observation, OwnValue
from creasol.journal.actions import record
from creasol.territories.models import Commune


@transaction.atomic
def fold_commune(former: Commune, *, into: Commune) -> None:
    """Move the rows of ``former`` to ``into``, adding numbers up; its outline goes. Means are not added."""
    Establishment.objects.filter(commune=former).update(commune=into)
    EmployerTotal.objects.filter(commune=former).update(commune=into)
    for observation in Observation.objects.filter(commune=former):
        same = Observation.objects.filter(
            commune=into, dataset_id=observation.dataset_id, measure=observation.measure
        )
        if not same.update(value=F("value") + observation.value):
            Observation.objects.filter(pk=observation.pk).update(commune=into)
    for own in OwnValue.objects.filter(commune=former).select_related("indicator"):
        added = 0 if own.indicator.aggregation == Aggregation.MEAN else own.value
        same = OwnValue.objects.filter(commune=into, indicator_id=own.indicator_id, year=own.year)
        if not same.update(value=F("value") + added):
            OwnValue.objects.filter(pk=own.pk).update(commune=into)
    record("fold", into, by=None, former=former.code)
