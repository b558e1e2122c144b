"""The whole of France: the figures of any set of communes, and the numbers of the official files to the unit."""

import csv
import random

import pytest
from django.db import transaction

from creasol.diagnosis.actions.imports import run_import
from creasol.diagnosis.enums import FeatureName, PerimeterMode, Source
from creasol.diagnosis.figures import diagnose, lines_of
from creasol.diagnosis.indicators import Unit
from creasol.diagnosis.queries.choices import choose
from creasol.diagnosis.queries.comparables import comparables_of
from creasol.territories.actions import load_reference_data
from creasol.territories.models import Commune, Territory
from creasol.territories.queries import territory_by_key
from creasol.territories.tests.factories import make_territory

from .factories import AT, make_dataset, make_employer_total, make_establishment
from .files import OFFICIAL, official_files

pytestmark = pytest.mark.django_db
RANDOM_SETS = 1000
JOINED_SINCE_2011 = {
    "59025", "59088", "59257", "59371", "59487", "59005", "59011", "59052", "59133", "59477",
}  # fmt: skip


@pytest.fixture(scope="module")
def france(django_db_setup, django_db_blocker):
    """Load the communes once for the tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference_data(at=AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def official(france, django_db_blocker):
    """Import the official files, and define the metropole of 2011 and its territory of 13 communes."""
    with django_db_blocker.unblock():
        for source, name in (
            (Source.COMPARATOR, "insee-comparateur-2022-01.csv"),
            (Source.FACILITIES, "bpe2024-domaines-par-commune.csv"),
        ):
            run_import(source=source, location=OFFICIAL / name, at=AT)
        with (OFFICIAL / "mel-communes.csv").open(encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["code_insee"] not in JOINED_SINCE_2011]
        codes = [row["code_insee"] for row in rows]
        thirteen = [row["code_insee"] for row in rows if row["couronne_sud_13"] == "1"]
        metropole = make_territory(communes=codes, slug="metropole-85", name="Métropole de 2011")
        return make_territory(communes=thirteen, slug="treize", name="Treize", reference=metropole)


def answer(territory, **over):
    words = {"communes": territory.communes.all(), "reference": territory.reference, "territory": territory}
    return diagnose(**{**words, **over})


def fractions(diagnosis):
    """Return every share of a diagnosis."""
    for figure in diagnosis.figures:
        if figure.indicator.unit == Unit.FRACTION and figure.available:
            yield from (value for value in (figure.value, figure.low, figure.high) if value is not None)
            yield from (row.value for row in figure.rows if row.value is not None)


@official_files
class TestOfficialFiles:
    def test_the_thirteen_communes(self, official):
        diagnosis = answer(official)
        assert diagnosis["population"].value == 118_064
        assert diagnosis["population"].vintage == "2023"
        assert diagnosis["area_km2"].value == 85.39
        assert diagnosis["jobs"].value == 57_516
        assert diagnosis["employers"].value == 3_245

    def test_the_metropole_of_today(self, official):
        diagnosis = answer(territory_by_key("200093201"))
        assert diagnosis["communes"].value == 95
        assert diagnosis["population"].value == 1_195_234
        assert diagnosis["area_km2"].value == 671.91
        assert diagnosis["jobs"].value == 527_070
        assert diagnosis["employers"].value == 32_252

    def test_what_was_printed_in_2011(self, official):
        diagnosis = answer(official)
        assert diagnosis["area_km2"].text == "85,4"
        assert diagnosis["area_share_of_reference"].text == "14,0\u202f%"
        shares = {row.key: (row.count, round(row.value, 4)) for row in diagnosis["population_history"].rows}
        assert shares["2013"] == (109_414, 0.0969)
        assert shares["2018"] == (114_615, 0.1002)

    def test_facilities_of_each_domain(self, official):
        here = {row.key: round(row.value, 2) for row in answer(official)["facilities_per_1000"].rows}
        assert here == {"A": 13.54, "B": 4.18, "C": 0.97, "D": 10.72, "E": 2.52, "F": 1.91, "G": 0.25}
        metropole = answer(territory_by_key("200093201"))["facilities_per_1000"].rows
        assert {row.key: round(row.value, 2) for row in metropole} == {
            "A": 14.11, "B": 4.99, "C": 1.08, "D": 10.89, "E": 1.23, "F": 1.69, "G": 0.29,
        }  # fmt: skip

    def test_territories_are_compared_by_the_numbers_of_their_figures(self, official):
        compared = comparables_of(choose(slug="200093201"))
        own = {line.name: line.here_value for line in compared.items[0].features}
        figures = answer(territory_by_key("200093201"))
        assert set(own) == set(FeatureName)
        assert own["population"] == 1_195_234
        assert own["density"] == pytest.approx(figures["density"].value)
        assert own["jobs"] == pytest.approx(1000 * figures["jobs"].value / 1_195_234, rel=1e-5)
        assert own["employers"] == pytest.approx(1000 * 32_252 / 1_195_234)
        assert compared.before == 2013
        # great cities and suburbs of Paris: no countryside
        assert {"Métropole Rouen Normandie", "Métropole de Lyon"} < {item.name for item in compared.items}
        assert all(line.there_value > 700 for item in compared.items for line in item.features[1:2])

    def test_the_communes_of_a_region_add_up_to_it(self, official):
        region = Territory.objects.get(slug="region-hauts-de-france")
        diagnosis = answer(region)
        lines = lines_of(diagnosis, diagnosis.place.communes)
        assert sum(line.population for line in lines) == diagnosis["population"].value
        parts = Territory.objects.filter(reference=region, kind="department")
        assert sum(answer(part)["population"].value for part in parts) == diagnosis["population"].value
        assert sum(answer(part)["employers"].value for part in parts) == diagnosis["employers"].value


def test_any_set_of_communes_has_figures(france):
    codes = list(Commune.objects.order_by("code").values_list("code", flat=True))
    draw = random.Random(2011)
    sirene = make_dataset(Source.SIRENE)
    north = list(Commune.objects.filter(department_code="59").order_by("code"))
    for commune in draw.sample(north, 300):
        make_employer_total(sirene, commune, draw.randint(1, 40))
        make_establishment(sirene, commune, size_band=draw.choice(["", "NN", "01", "12", "53"]))
    references = [territory_by_key("200093201"), territory_by_key("59"), None]
    for number in range(RANDOM_SETS):
        pool = codes if number % 2 else [commune.code for commune in north]
        size = 1 if number % 5 == 0 else draw.randint(2, 60)
        communes = list(Commune.objects.filter(pk__in=draw.sample(pool, size)))
        diagnosis = diagnose(
            communes=communes,
            reference=draw.choice(references),
            perimeter=draw.choice(PerimeterMode.values),
        )
        assert diagnosis["communes"].value == len(communes)
        assert all(0 <= share <= 1 for share in fractions(diagnosis))
        assert all(figure.available or figure.reason for figure in diagnosis.figures)


def test_any_set_of_communes_has_others_like_it_and_shares_no_commune_with_them(france):
    codes = list(Commune.objects.exclude(population=0).order_by("code").values_list("code", flat=True))
    draw = random.Random(2026)
    for number in range(100):
        chosen = draw.sample(codes, 1 if number % 2 else draw.randint(2, 40))
        compared = comparables_of(choose(communes=" ".join(chosen)))
        assert len(compared.items) == 8
        assert not {code for item in compared.items for code in item.communes} & set(chosen)
        apart = [item.distance for item in compared.items]
        assert apart == sorted(apart)
        assert all(item.why and item.href for item in compared.items)


def test_every_official_territory_has_others_like_it(france):
    for territory in Territory.objects.filter(kind__in=("epci", "department", "region")).order_by("slug")[
        ::25
    ]:
        compared = comparables_of(choose(slug=territory.slug))
        assert compared.level == territory.kind
        assert len(compared.items) == 8
        assert territory.code not in {item.key for item in compared.items}


def test_every_commune_has_its_line(france):
    communes = list(Commune.objects.all())
    whole = diagnose(communes=communes[:1], reference=None)
    lines = lines_of(whole, communes)
    assert len(lines) == len(communes)
    known = [line for line in lines if line.population is not None]
    assert len(known) > 34_000
