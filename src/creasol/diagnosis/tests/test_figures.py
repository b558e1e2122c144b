from datetime import date

import pytest

from creasol.diagnosis.enums import Family, Measure, PerimeterMode, Source
from creasol.diagnosis.figures import diagnose
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import (
    make_dataset,
    make_employer_total,
    make_establishment,
    make_observation,
    make_perimeter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def perimeters():
    return make_perimeter(PerimeterMode.INSEE), make_perimeter(PerimeterMode.LAW_2014)


@pytest.fixture
def place(perimeters):
    """A metropole of three communes parted into two territories."""
    south, west, centre = make_commune(name="Sud"), make_commune(name="Ouest"), make_commune(name="Centre")
    metropole = make_territory(communes=[south, west, centre], name="Métropole")
    outskirts = make_territory(communes=[south, west], name="Couronne", reference=metropole)
    town = make_territory(communes=[centre], name="Ville", reference=metropole)
    return {
        "south": south,
        "west": west,
        "centre": centre,
        "metropole": metropole,
        "outskirts": outskirts,
        "town": town,
    }


def plain(text):
    """Return ``text`` with ordinary spaces, as one types it."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def answer(place, territory="outskirts", **over):
    asked = place[territory]
    words = {"communes": asked.communes.all(), "reference": asked.reference, "territory": asked}
    return diagnose(**{**words, **over})


def populate(place, south=1000, west=500, centre=8500, year="2023"):
    dataset = make_dataset(vintage=year)
    for name, value in (("south", south), ("west", west), ("centre", centre)):
        make_observation(dataset, place[name], value)
    return dataset


def register(place, **over):
    dataset = make_dataset(Source.SIRENE, **over)
    for name in ("south", "west", "centre"):
        make_employer_total(dataset, place[name], 10)
    return dataset


def test_without_any_source_every_figure_says_what_to_import(place):
    diagnosis = answer(place)
    assert {figure.key for figure in diagnosis.figures if figure.available} == {"communes"}
    assert (
        plain(diagnosis["population"].reason) == "non disponible : importez « Populations légales (INSEE) »"
    )
    assert diagnosis["ess_establishments"].value is None
    assert diagnosis["ess_establishments"].text == "—"


def test_population_and_its_share(place):
    populate(place)
    diagnosis = answer(place)
    assert diagnosis["population"].value == 1500
    assert diagnosis["population"].reference == 10_000
    assert diagnosis["population"].vintage == "2023"
    assert diagnosis["population_share_of_reference"].value == 0.15


def test_population_is_that_of_the_newest_year_both_have(place):
    populate(place, year="2022")
    newer = make_dataset(vintage="2023")
    make_observation(newer, place["south"], 1100)
    make_observation(newer, place["west"], 550)
    diagnosis = answer(place)
    assert diagnosis["population"].value == 1500
    assert diagnosis["population"].vintage == "2022"


def test_a_commune_that_the_vintage_does_not_know_is_named(place):
    dataset = make_dataset(Source.POPULATIONS)
    make_observation(dataset, place["south"], 1000)
    diagnosis = answer(place, reference=None)
    assert diagnosis["population"].value == 1000
    assert plain(diagnosis["population"].note) == "sans Ouest, inconnue de ce millésime"


def test_change_and_history_of_the_population(place):
    populate(place, year="2023")
    comparator = make_dataset(Source.COMPARATOR)
    for name, value in (("south", 900), ("west", 460), ("centre", 8140)):
        make_observation(comparator, place[name], value, "population_2018")
    diagnosis = answer(place)
    assert round(diagnosis["population_change"].value, 6) == round((1500 / 1360) ** (1 / 5) - 1, 6)
    rows = diagnosis["population_history"].rows
    assert [(row.key, row.count, round(row.value, 4)) for row in rows] == [
        ("2018", 1360, 0.1432),
        ("2023", 1500, 0.15),
    ]


def test_area_density_jobs_and_employers(place):
    populate(place)
    comparator = make_dataset(Source.COMPARATOR)
    for name, area in (("south", 12.5), ("west", 2.5), ("centre", 35)):
        make_observation(comparator, place[name], area, Measure.AREA)
        make_observation(comparator, place[name], 100.4, Measure.JOBS)
        make_observation(comparator, place[name], 7, Measure.EMPLOYERS)
    diagnosis = answer(place)
    assert diagnosis["area_km2"].value == 15
    assert diagnosis["area_share_of_reference"].value == 0.3
    assert diagnosis["density"].value == 100
    assert diagnosis["density"].reference == 200
    assert diagnosis["jobs"].value == 200
    assert diagnosis["employers"].value == 14


def test_the_ess_of_a_territory(place):
    populate(place)
    sirene = register(place)
    for _ in range(3):
        make_establishment(sirene, place["south"], size_band="01")
    make_establishment(
        sirene, place["west"], family=Family.COOPERATIVE, size_band="11", activity_code="47.11B"
    )
    make_establishment(sirene, place["centre"], size_band="12")
    make_establishment(sirene, place["centre"], in_insee=False, family=Family.COMPANY)
    diagnosis = answer(place)
    assert diagnosis["ess_establishments"].value == 4
    assert (diagnosis["ess_jobs"].low, diagnosis["ess_jobs"].high) == (13, 25)
    assert diagnosis["ess_share_of_reference"].value == 0.8
    assert (diagnosis["ess_jobs_share_of_reference"].low, diagnosis["ess_jobs_share_of_reference"].high) == (
        13 / (13 + 49),
        25 / (25 + 20),
    )
    assert diagnosis["ess_share_of_employers"].value == 0.2
    assert diagnosis["ess_per_1000"].value == 4 / 1.5
    rank = diagnosis["ess_rank"]
    assert (rank.value, rank.of, rank.ties) == (1, 2, 0)
    assert plain(rank.text) == "1er sur 2"
    assert [(row.label, row.count, row.ours) for row in diagnosis["ess_ranking"].rows] == [
        ("Couronne", 4, True),
        ("Ville", 1, False),
    ]
    family = diagnosis["ess_by_family"].rows
    assert [(row.key, row.count, row.value, row.reference) for row in family] == [
        ("association", 3, 0.75, 0.8),
        ("cooperative", 1, 0.25, 0.2),
    ]


def test_the_law_counts_companies_that_insee_leaves_out(place):
    sirene = register(place)
    make_establishment(sirene, place["south"])
    make_establishment(sirene, place["south"], in_insee=False, family=Family.COMPANY)
    assert answer(place)["ess_establishments"].value == 1
    assert answer(place, perimeter=PerimeterMode.LAW_2014)["ess_establishments"].value == 2


def test_equals_are_tied(place):
    sirene = register(place)
    make_establishment(sirene, place["south"])
    make_establishment(sirene, place["centre"])
    rank = answer(place)["ess_rank"]
    assert (rank.value, rank.of, rank.ties) == (1, 2, 1)
    assert plain(rank.note) == "à égalité avec 1 autre"


def test_ages_are_those_at_the_date_of_the_register(place):
    sirene = register(place, vintage="2026-01")
    make_establishment(sirene, place["south"], created_on=date(2023, 1, 2))
    make_establishment(sirene, place["south"], created_on=date(2023, 1, 1))
    make_establishment(sirene, place["south"], created_on=date(1980, 1, 1))
    make_establishment(sirene, place["south"], created_on=None)
    rows = answer(place)["ess_by_age"].rows
    assert [(row.key, row.count) for row in rows] == [("0-2", 1), ("3-9", 1), ("40-", 1), ("unknown", 1)]


def test_a_synthetic_register_counts_only_the_communes_it_names(place):
    sirene = make_dataset(Source.SIRENE, synthetic=True)
    make_employer_total(sirene, place["south"], 10)
    make_establishment(sirene, place["south"])
    diagnosis = answer(place)
    assert diagnosis["ess_establishments"].value is None
    assert (
        plain(diagnosis["ess_establishments"].reason)
        == "non disponible : le répertoire importé ne couvre pas Ouest"
    )


def test_a_register_of_another_departement_does_not_make_zeros(place):
    sirene = make_dataset(Source.SIRENE)
    make_employer_total(sirene, make_commune(code="75056", department_code="75"), 10)
    assert answer(place)["ess_establishments"].value is None


def test_a_commune_without_employer_in_a_covered_departement_has_none(place):
    sirene = make_dataset(Source.SIRENE)
    make_employer_total(sirene, place["centre"], 10)
    diagnosis = answer(place)
    assert diagnosis["ess_establishments"].value == 0
    assert (
        plain(diagnosis["ess_share_of_employers"].reason)
        == "non disponible : aucun employeur dans ce territoire"
    )
    assert diagnosis["ess_share_of_reference"].value is None


def test_a_real_register_is_preferred_to_a_synthetic_one(place):
    synthetic = register(place, synthetic=True, vintage="2026-06")
    make_establishment(synthetic, place["south"])
    assert answer(place).synthetic
    register(place, vintage="2026-01")
    diagnosis = answer(place)
    assert not diagnosis.synthetic
    assert diagnosis["ess_establishments"].value == 0


def test_a_territory_outside_its_reference_has_no_share(place):
    populate(place)
    diagnosis = answer(place, reference=place["town"])
    assert diagnosis["population_share_of_reference"].value is None
    assert (
        plain(diagnosis["population_share_of_reference"].reason)
        == "non disponible : Ville ne contient pas Ouest, Sud"
    )
    assert diagnosis["population"].value == 1500


def test_a_territory_where_nobody_lives(place):
    populate(place, south=0, west=0)
    register(place)
    facilities = make_dataset(Source.FACILITIES)
    make_observation(facilities, place["south"], 3, "A")
    diagnosis = answer(place)
    assert diagnosis["population"].value == 0
    assert diagnosis["population_share_of_reference"].value == 0
    assert plain(diagnosis["ess_per_1000"].reason) == "non disponible : personne n’y habite"
    assert plain(diagnosis["facilities_per_1000"].reason) == "non disponible : personne n’y habite"


def test_facilities_of_a_domain_that_nobody_has_are_none(place):
    populate(place)
    facilities = make_dataset(Source.FACILITIES)
    make_observation(facilities, place["south"], 3, "A")
    make_observation(facilities, place["centre"], 17, "A")
    rows = {row.key: row for row in answer(place)["facilities_per_1000"].rows}
    assert (rows["A"].count, rows["A"].value, rows["A"].reference) == (3, 2, 2)
    assert (rows["G"].count, rows["G"].value, rows["G"].reference) == (0, 0, 0)


def test_a_commune_alone_is_ranked_among_those_of_its_reference(place):
    sirene = register(place)
    make_establishment(sirene, place["west"])
    diagnosis = diagnose(communes=[place["south"]], reference=place["metropole"])
    rank = diagnosis["ess_rank"]
    assert (rank.value, rank.of, rank.ties) == (2, 3, 1)


def test_chosen_communes_that_make_a_territory_have_its_rank(place):
    sirene = register(place)
    make_establishment(sirene, place["centre"])
    diagnosis = diagnose(communes=[place["west"], place["south"]], reference=place["metropole"])
    assert (diagnosis["ess_rank"].value, diagnosis["ess_rank"].of) == (2, 2)


def test_chosen_communes_have_no_rank(place):
    register(place)
    diagnosis = diagnose(communes=[place["south"], place["centre"]], reference=place["metropole"])
    assert plain(diagnosis["ess_rank"].reason) == "non disponible : seul un territoire nommé a un rang"
    assert diagnosis.place.name == "Sud, Centre"


def test_figures_lead_to_the_rows_they_count(place):
    register(place)
    diagnosis = answer(place)
    slug, reference = place["outskirts"].slug, place["metropole"].slug
    assert diagnosis["ess_establishments"].rows_url == (
        f"/territoires/{slug}/diagnostic/etablissements/?reference={reference}&perimeter=insee"
    )
    codes = f"{place['south'].code}%2C{place['west'].code}"
    chosen = diagnose(communes=[place["south"], place["west"]], reference=None)
    assert chosen["communes"].rows_url == f"/diagnostic/?communes={codes}&perimeter=insee#communes"


def test_the_parts_of_a_reference_add_up_to_it(place):
    populate(place)
    sirene = register(place)
    for name, count in (("south", 3), ("west", 2), ("centre", 5)):
        for _ in range(count):
            make_establishment(sirene, place[name], size_band="11")
    parts = [answer(place), answer(place, "town")]
    for key in ("communes", "population", "ess_establishments"):
        assert sum(part[key].value for part in parts) == parts[0][key].reference
    for key in ("population_share_of_reference", "ess_share_of_reference"):
        assert sum(part[key].value for part in parts) == 1
    assert sum(row.count for row in parts[0]["ess_ranking"].rows) == 10


def test_specialisation_comes_with_its_interval(place):
    sirene = register(place)
    for _ in range(4):
        make_establishment(sirene, place["south"], activity_code="88.10A")
        make_establishment(sirene, place["centre"], activity_code="85.59B")
    rows = {row.key: row for row in answer(place)["ess_specialisation"].rows}
    assert (rows["Q"].count, rows["Q"].value) == (4, 2)
    assert (round(rows["Q"].low, 2), round(rows["Q"].high, 2)) == (0.8, 2)
    assert (rows["P"].count, rows["P"].value, rows["P"].low) == (0, 0, 0)


def test_specialisation_by_family_and_by_division(place):
    sirene = register(place)
    for _ in range(8):
        make_establishment(sirene, place["south"], activity_code="88.10A")
        make_establishment(sirene, place["centre"], activity_code="85.59B", family=Family.COOPERATIVE)
    make_establishment(sirene, place["centre"], activity_code="01.13Z")
    diagnosis = answer(place)
    families = {row.key: row for row in diagnosis["ess_family_specialisation"].rows}
    assert (families["association"].value, families["cooperative"].value) == (17 / 9, 0)
    divisions = diagnosis["ess_division_specialisation"]
    assert [(row.key, row.label, row.count) for row in divisions.rows] == [
        ("88", "Action sociale sans hébergement", 8),
        ("85", "Enseignement", 0),
    ]
    assert divisions.note == "1 activité laissée de côté\u00a0: trop peu nombreuse"
