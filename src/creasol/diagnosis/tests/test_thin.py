import pytest

from creasol.diagnosis.enums import Level, Source, ThinKind, Verdict
from creasol.diagnosis.models import Dataset
from creasol.diagnosis.queries.choices import choose
from creasol.diagnosis.queries.comparables import Comparable, Comparables
from creasol.diagnosis.queries.thin import thin_list
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import make_dataset, make_employer_total, make_establishment, make_observation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

CHILD_CARE, PHARMACY, PORT = "D502", "D307", "E108"


@pytest.fixture
def place():
    """A metropole of 100,000 people, a territory of two communes in it, two others of the same kind."""
    south, west = (
        make_commune(code="59001", department_code="59"),
        make_commune(code="59002", department_code="59"),
    )
    north, east = (
        make_commune(code="59003", department_code="59"),
        make_commune(code="59004", department_code="59"),
    )
    whole = make_territory(communes=[south, west, north, east], slug="metropole", name="Métropole")
    make_territory(communes=[south, west], slug="sud", name="Sud", reference=whole)
    populations = make_dataset(Source.POPULATIONS)
    for commune, people in ((south, 12_000), (west, 8_000), (north, 30_000), (east, 50_000)):
        make_observation(populations, commune, people)
    return {"south": south, "west": west, "north": north, "east": east, "whole": whole}


@pytest.fixture
def facilities(place):
    """Child care lacks in the territory, pharmacies do not; one port somewhere."""
    labels = {CHILD_CARE: "Crèche", PHARMACY: "Pharmacie"}
    dataset = make_dataset(Source.FACILITIES, labels=labels)
    for name, child_care, pharmacies in (("south", 2, 3), ("west", 1, 3), ("north", 30, 9), ("east", 67, 15)):
        make_observation(dataset, place[name], child_care, CHILD_CARE)
        make_observation(dataset, place[name], pharmacies, PHARMACY)
        make_observation(dataset, place[name], child_care + pharmacies, "D")
    make_observation(dataset, place["east"], 1, PORT)
    return dataset


def comparables(*names_and_communes):
    items = tuple(
        Comparable(name, name, 1.0, (), tuple(commune.code for commune in communes), "")
        for name, communes in names_and_communes
    )
    return Comparables(Level.DEFINED, items)


def test_facilities_against_the_reference(place, facilities):
    found = thin_list(choose(slug="sud"), kind="facilities", comparables=None)
    assert (found.kind, found.label, found.reason) == (ThinKind.FACILITIES, "Facilities by type", "")
    assert (found.reference, found.inhabitants) == ("Métropole", 20_000)
    assert (found.origin.vintage, found.people.vintage) == ("2024", "2023")
    assert (found.tested, found.unsure) == (2, 1)
    line = found.lines[0]
    assert (line.key, line.label, line.family) == (CHILD_CARE, "Crèche", "Health and social action")
    assert (line.count, line.rate, line.reference_rate) == (3, 0.15, 1.0)
    # exact interval of a count of 3: 0.619 to 8.767
    assert (round(line.low, 4), round(line.high, 4)) == (0.0309, 0.4384)
    assert (line.expected, line.shortfall, line.verdict) == (20, 17, Verdict.THIN)
    assert (line.comparables_rate, line.comparables_verdict) == (None, None)
    assert [(line.key, line.verdict, round(line.shortfall, 6)) for line in found.lines[1:]] == [
        (PORT, Verdict.UNSURE, 0.2),
        (PHARMACY, Verdict.ALIKE, 0),
    ]
    assert found.thin == (line,)
    assert [line.label for line in found.unproven] == ["E108 (Transport and travel)"]


def test_facilities_against_the_comparables(place, facilities):
    others = comparables(("Nord", [place["north"]]), ("Est", [place["east"]]))
    found = thin_list(choose(slug="sud"), kind="facilities", comparables=others)
    assert found.comparables == ("Nord", "Est")
    assert found.left_out == ()
    assert [(line.key, line.comparables_rate, line.comparables_verdict) for line in found.lines] == [
        (CHILD_CARE, 1000 * 97 / 80_000, Verdict.THIN),
        (PORT, 1000 / 80_000, Verdict.UNSURE),
        (PHARMACY, 0.3, Verdict.ALIKE),
    ]


def test_inhabitants_of_a_comparator_alone(place, facilities):
    """The year of the population is in the measure, the vintage of the comparator is another."""
    Dataset.objects.get(source=Source.POPULATIONS).delete()
    comparator = make_dataset(Source.COMPARATOR)
    for name, people in (("south", 12_000), ("west", 8_000), ("north", 30_000), ("east", 50_000)):
        make_observation(comparator, place[name], people, "population_2018")
        make_observation(comparator, place[name], people - 500, "population_2013")
    others = comparables(("Nord", [place["north"]]))
    line = thin_list(choose(slug="sud"), kind="facilities", comparables=others).lines[0]
    assert (line.rate, line.reference_rate, line.comparables_rate) == (0.15, 1.0, 1.0)


def test_communes_of_the_territory_itself_never_count_among_the_comparables(place, facilities):
    others = comparables(("Nord", [place["north"], place["south"]]))
    line = thin_list(choose(slug="sud"), kind="facilities", comparables=others).lines[0]
    assert line.comparables_rate == 1.0


def test_comparables_that_the_file_does_not_cover_are_named_and_left_out(place, facilities):
    far = make_commune(code="13001", department_code="13")
    others = comparables(("Nord", [place["north"]]), ("Loin", [far]))
    found = thin_list(choose(slug="sud"), kind="facilities", comparables=others)
    assert (found.comparables, found.left_out) == (("Nord",), ("Loin",))
    assert found.lines[0].comparables_rate == 1.0
    nowhere = thin_list(choose(slug="sud"), kind="facilities", comparables=comparables(("Loin", [far])))
    assert (nowhere.comparables, nowhere.left_out) == ((), ("Loin",))
    assert nowhere.lines[0].comparables_verdict is None


def test_a_file_of_domains_is_judged_by_domain(place):
    dataset = make_dataset(Source.FACILITIES)
    for name, number in (("south", 1), ("west", 2), ("north", 30), ("east", 67)):
        make_observation(dataset, place[name], number, "D")
    found = thin_list(choose(slug="sud"), kind="facilities", comparables=None)
    assert found.label == "Facilities by domain"
    assert [(line.key, line.label, line.count) for line in found.lines] == [
        ("D", "Health and social action", 3)
    ]


def test_activities_of_all_employers_and_of_the_ess(place):
    sirene = make_dataset(Source.SIRENE)
    for name, number in (("south", 4), ("north", 40), ("east", 56)):
        make_employer_total(sirene, place[name], number, activity_code="88.91A")
        make_employer_total(sirene, place[name], number, activity_code="88.91A", size_band="11")
        make_employer_total(sirene, place[name], 5, activity_code="")
    make_establishment(sirene, place["south"], activity_code="88.91A", in_insee=False)
    make_establishment(sirene, place["south"], activity_code="94.99Z")
    for _ in range(30):
        make_establishment(sirene, place["east"], activity_code="88.91A")
    found = thin_list(choose(slug="sud"), kind="activities", comparables=None)
    (line,) = found.lines
    assert (found.label, line.label) == ("Employers by activity", "Accueil de jeunes enfants")
    assert (line.family, line.measure) == ("Health and social work", "88.91A")
    assert (line.count, line.expected, line.shortfall) == (8, 40, 32)
    found = thin_list(choose(slug="sud"), kind="activities", comparables=None, mode_only_ess=True)
    assert found.label == "ESS employers by activity"
    assert [(line.measure, line.count, line.expected) for line in found.lines] == [
        ("ess:88.91A", 0, 6),
        ("ess:94.99Z", 1, 0.2),
    ]
    found = thin_list(
        choose(slug="sud", perimeter="law-2014"), kind="activities", comparables=None, mode_only_ess=True
    )
    assert [line.count for line in found.lines] == [1, 1]


@pytest.mark.parametrize("kind", ["facilities", "activities"])
def test_without_the_source_the_list_says_what_to_import(place, kind):
    found = thin_list(choose(slug="sud"), kind=kind, comparables=None)
    assert found.lines == ()
    assert found.reason.startswith("not available: import “")


def test_why_a_list_cannot_be_made(place, facilities):
    def reason(**question):
        return thin_list(choose(**question), kind="facilities", comparables=None).reason

    far = make_commune(code="13001", name="Loin", department_code="13")
    near = make_commune(code="59005", name="Proche", department_code="59")
    make_territory(communes=[far, place["south"]], slug="france", name="France")
    make_territory(communes=[near], slug="proche", reference=place["whole"])
    assert reason(communes="13001") == "not available: the file imported leaves out Loin"
    assert reason(communes="59001") == "not available: no reference territory"
    assert (
        reason(communes="59001", reference="france")
        == "not available: the file imported covers only a part of France"
    )
    assert reason(slug="proche") == "not available: Métropole does not hold Proche"


def test_where_nobody_lives_there_is_no_rate(place, facilities):
    empty = make_commune(code="59006", department_code="59")
    place["whole"].communes.add(empty)
    make_observation(Dataset.objects.get(source=Source.POPULATIONS), empty, 0)
    found = thin_list(choose(communes="59006", reference="metropole"), kind="facilities", comparables=None)
    assert found.reason == "not available: nobody lives there"


def test_the_number_of_queries_does_not_grow(place, facilities, django_assert_max_num_queries):
    with django_assert_max_num_queries(26):
        thin_list(choose(slug="sud"), kind="facilities", comparables=comparables(("Nord", [place["north"]])))


def test_example_data_say_so(place, facilities):
    facilities.synthetic = True
    facilities.save()
    assert thin_list(choose(slug="sud"), kind="facilities", comparables=None).synthetic is True
    assert thin_list(choose(slug="sud"), kind="activities", comparables=None).synthetic is False
