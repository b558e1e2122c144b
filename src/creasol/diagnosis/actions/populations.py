"""The populations that ship with the communes become a dataset like any other."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from creasol.diagnosis.enums import Measure, Source
from creasol.diagnosis.models import Dataset, Observation
from creasol.journal.actions import record
from creasol.territories.models import Commune

TITLE = "Populations légales (INSEE), livrées avec les communes"
LICENCE = "Licence Ouverte 2.0"
INSERT = """
INSERT INTO diagnosis_observation (dataset_id, commune_id, measure, value)
SELECT %s, code, %s, population FROM territories_commune WHERE population IS NOT NULL AND population_year = %s
"""


@transaction.atomic
def load_reference_populations(*, at: datetime) -> list[Dataset]:
    """Store the populations carried by the communes, one dataset for each year (Mayotte has its own).

    A year whose official file was imported is left alone. Return the datasets that were written.
    """
    years = (
        Commune.objects.exclude(population=None).order_by("population_year").values_list("population_year")
    )
    known = {dataset.vintage: dataset for dataset in Dataset.objects.filter(source=Source.POPULATIONS)}
    written = []
    for (year,) in years.distinct():
        dataset = known.get(str(year)) or Dataset(source=Source.POPULATIONS, vintage=str(year))
        if dataset.pk and (dataset.imports.exists() or is_up_to_date(dataset)):
            continue
        dataset.title, dataset.licence, dataset.imported_at = TITLE, LICENCE, at
        dataset.rows_used = Commune.objects.filter(population_year=year).exclude(population=None).count()
        dataset.full_clean()
        dataset.save()
        Observation.objects.filter(dataset=dataset).delete()
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [dataset.pk, Measure.POPULATION, year])
        record("load", dataset, by=None, at=at)
        written.append(dataset)
    return written


def is_up_to_date(dataset: Dataset) -> bool:
    """Tell whether every commune's population is what the dataset says."""
    same = Observation.objects.filter(
        dataset=dataset, measure=Measure.POPULATION, value=F("commune__population")
    ).count()
    return (
        same
        == dataset.rows_used
        == Commune.objects.filter(population_year=int(dataset.vintage)).exclude(population=None).count()
    )
