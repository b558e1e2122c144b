"""One factory per model: the least that is valid, unique by a counter."""

from datetime import UTC, date, datetime
from itertools import count

from creasol.diagnosis.enums import Family, ImportState, Inscription, Measure, PerimeterMode, Source
from creasol.diagnosis.models import (
    Dataset,
    DeclaredFigure,
    EmployerTotal,
    Establishment,
    Import,
    Mobilisation,
    MobilisationLine,
    Observation,
    Outline,
    OwnIndicator,
    OwnValue,
    Perimeter,
)
from creasol.network.tests.factories import make_organisation
from creasol.territories.tests.factories import make_commune, make_territory

numbers = count(1)
AT = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
VINTAGES = {
    Source.POPULATIONS: "2023",
    Source.COMPARATOR: "2022-01",
    Source.FACILITIES: "2024",
    Source.SIRENE: "2026-01",
    Source.OUTLINES: "2018",
}


def make_dataset(source=None, **over):
    vintage = VINTAGES[source] if source else f"{2100 + next(numbers)}"
    source = source or Source.POPULATIONS
    values = {
        "vintage": vintage,
        "title": source.label,
        "licence": "Licence Ouverte 2.0",
        "imported_at": AT,
    }
    return Dataset.objects.create(source=source, **{**values, **over})


def make_observation(dataset=None, commune=None, value=1000, measure=Measure.POPULATION):
    return Observation.objects.create(
        dataset=dataset or make_dataset(), commune=commune or make_commune(), measure=measure, value=value
    )


def make_establishment(dataset=None, commune=None, **over):
    number = next(numbers)
    values = {
        "siret": f"{number:014}",
        "name": f"Association {number}",
        "activity_code": "88.99B",
        "activity_nomenclature": "NAFRev2",
        "legal_category": "9220",
        "family": Family.ASSOCIATION,
        "size_band": "02",
        "created_on": date(2011, 11, 7),
        "in_insee": True,
        "in_law_2014": True,
    }
    return Establishment.objects.create(
        dataset=dataset or make_dataset(), commune=commune or make_commune(), **{**values, **over}
    )


def make_employer_total(dataset=None, commune=None, count=1, **over):
    values = {"activity_code": "88.99B", "size_band": "02", "count": count}
    return EmployerTotal.objects.create(
        dataset=dataset or make_dataset(), commune=commune or make_commune(), **{**values, **over}
    )


def make_perimeter(mode=None, **over):
    version = "2026.1" if mode else f"{2100 + next(numbers)}.1"
    mode = mode or PerimeterMode.INSEE
    values = {
        "version": version,
        "categories": {"9220": Family.ASSOCIATION},
        "excluded_activities": ["84.1"],
        "with_flag": mode == PerimeterMode.LAW_2014,
        "definition": "Associations, coopératives, mutuelles et fondations.",
    }
    return Perimeter.objects.create(mode=mode, **{**values, **over})


def make_declared_figure(territory=None, **over):
    values = {
        "indicator": "population",
        "value": 109041,
        "unit": "habitants",
        "source": "Lettre",
        "dated": "2011",
    }
    return DeclaredFigure.objects.create(territory=territory or make_territory(), **{**values, **over})


def make_own_indicator(**over):
    number = next(numbers)
    values = {
        "key": f"indicateur-{number}",
        "name": f"Indicateur {number}",
        "definition": "Ce qui est compté.",
        "unit": "logements",
        "source": "Enquête",
        "added_at": AT,
    }
    return OwnIndicator.objects.create(**{**values, **over})


def make_own_value(indicator=None, commune=None, **over):
    return OwnValue.objects.create(
        indicator=indicator or make_own_indicator(),
        commune=commune or make_commune(),
        **{"year": 2023, "value": 10, **over},
    )


def make_outline(dataset=None, commune=None, **over):
    square = {
        "type": "Polygon",
        "coordinates": [[[3.0, 50.5], [3.1, 50.5], [3.1, 50.6], [3.0, 50.6], [3.0, 50.5]]],
    }
    return Outline.objects.create(
        dataset=dataset or make_dataset(), commune=commune or make_commune(), **{"geometry": square, **over}
    )


def make_import(source=Source.POPULATIONS, **over):
    values = {"location": "populations.csv", "state": ImportState.DONE, "asked_at": AT}
    return Import.objects.create(source=source, **{**values, **over})


def make_mobilisation(territory=None, **over):
    values = {"perimeter": PerimeterMode.INSEE, "vintage": "2026-01", "at": AT, "finished_at": AT}
    return Mobilisation.objects.create(territory=territory or make_territory(), **{**values, **over})


def make_mobilisation_line(mobilisation=None, organisation=None, **over):
    return MobilisationLine.objects.create(
        mobilisation=mobilisation or make_mobilisation(),
        organisation=organisation or make_organisation(),
        **{"inscription": Inscription.CREATED, **over},
    )
