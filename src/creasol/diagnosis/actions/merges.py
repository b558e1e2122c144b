"""When a commune is merged into another, what was imported about it counts there."""

from django.db import transaction
from django.db.models import F

from creasol.diagnosis.models import EmployerTotal, Establishment, Observation
from creasol.journal.actions import record
from creasol.territories.models import Commune


@transaction.atomic
def fold_commune(former: Commune, *, into: Commune) -> None:
    """Move the rows of ``former`` to ``into``, adding numbers up; its outline goes."""
    Establishment.objects.filter(commune=former).update(commune=into)
    EmployerTotal.objects.filter(commune=former).update(commune=into)
    for observation in Observation.objects.filter(commune=former):
        same = Observation.objects.filter(
            commune=into, dataset_id=observation.dataset_id, measure=observation.measure
        )
        if not same.update(value=F("value") + observation.value):
            Observation.objects.filter(pk=observation.pk).update(commune=into)
    record("fold", into, by=None, former=former.code)
