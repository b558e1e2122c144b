import pytest

from creasol.diagnosis.enums import Source
from creasol.diagnosis.models import EmployerTotal, Establishment, Observation
from creasol.territories.models import Commune
from creasol.territories.signals import commune_merged
from creasol.territories.tests.factories import make_commune

from .factories import make_dataset, make_employer_total, make_establishment, make_observation

pytestmark = pytest.mark.django_db


def test_what_was_imported_about_a_merged_commune_counts_in_todays():
    today, former = make_commune(code="59193"), make_commune(code="59001")
    comparator, register = make_dataset(Source.COMPARATOR), make_dataset(Source.SIRENE)
    make_observation(comparator, today, 100.0, measure="jobs")
    make_observation(comparator, former, 20.5, measure="jobs")
    make_observation(comparator, former, 3.5, measure="area_km2")
    make_establishment(register, former)
    make_employer_total(register, today, 2)
    make_employer_total(register, former, 3)

    commune_merged.send(Commune, former=former, commune=today)
    former.delete()

    assert sorted(Observation.objects.values_list("commune_id", "measure", "value")) == [
        ("59193", "area_km2", 3.5),
        ("59193", "jobs", 120.5),
    ]
    assert [row.commune_id for row in Establishment.objects.all()] == ["59193"]
    assert sorted(EmployerTotal.objects.values_list("commune_id", "count")) == [("59193", 2), ("59193", 3)]
