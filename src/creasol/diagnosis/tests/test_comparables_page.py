import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from creasol.diagnosis.enums import FeatureName, Level, Measure, PerimeterMode, Source
from creasol.diagnosis.queries.choices import choose
from creasol.diagnosis.queries.comparables import comparables_of
from creasol.territories.enums import TerritoryKind
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import make_dataset, make_observation, make_perimeter

pytestmark = pytest.mark.django_db
OF_2011 = {"valid_from": date(2011, 1, 1), "valid_to": date(2013, 12, 31)}


@pytest.fixture
def communes():
    """Twelve communes far from one another, of 1,000, 2,000… inhabitants, two by two in an EPCI."""
    make_perimeter(PerimeterMode.INSEE)
    return [
        make_commune(
            code=f"5900{number:x}".upper(),
            name=f"Commune {number}",
            population=1000 * number,
            longitude=float(number),
            latitude=45.0,
            epci_code=f"20000000{(number + 1) // 2}",
        )
        for number in range(1, 13)
    ]


@pytest.fixture
def epcis(communes):
    return [
        make_territory(
            communes=communes[start : start + 2],
            kind=TerritoryKind.EPCI,
            code=communes[start].epci_code,
            slug=f"epci-{start // 2 + 1}",
            name=f"EPCI {start // 2 + 1}",
        )
        for start in range(0, 12, 2)
    ]


@pytest.fixture
def parts(communes):
    """A reference in three parts of 2011, a part of today, and a part of another kind."""
    whole = make_territory(communes=communes, slug="tout", name="Tout")
    values = {"reference": whole, "kind": TerritoryKind.METROPOLITAN_TERRITORY}
    made = [
        make_territory(communes=communes[start : start + 3], slug=slug, name=name, **values, **OF_2011)
        for start, slug, name in ((0, "nord", "Nord"), (3, "sud", "Sud"), (6, "est", "Est"))
    ]
    make_territory(
        communes=communes[9:],
        slug="aujourd-hui",
        name="Aujourd’hui",
        valid_from=date(2020, 1, 1),
        **values,
    )
    make_territory(
        communes=communes[9:11],
        slug="contrat",
        name="Contrat",
        reference=whole,
        kind=TerritoryKind.CONTRACT,
        **OF_2011,
    )
    return made


def names(compared):
    return [item.name for item in compared.items]


def page(client, url, status=200):
    """Return the text of a page with ordinary spaces."""
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_a_commune_is_compared_with_communes_by_population_alone_when_nothing_was_imported(communes):
    compared = comparables_of(choose(communes="59006"), k=3)
    assert compared.level == Level.COMMUNE
    assert names(compared) == ["Commune 7 (59)", "Commune 5 (59)", "Commune 8 (59)"]
    assert [item.communes for item in compared.items] == [("59007",), ("59005",), ("59008",)]
    # centres lie far apart: the people around are the commune's own
    assert compared.features_used == (FeatureName.POPULATION, FeatureName.SURROUNDINGS)
    assert compared.features_missing == (
        FeatureName.DENSITY,
        FeatureName.JOBS,
        FeatureName.EMPLOYERS,
        FeatureName.CHANGE,
    )
    assert compared.items[0].href == "/diagnostic/?communes=59007"


def test_what_is_imported_describes_the_communes(communes):
    comparator = make_dataset(Source.COMPARATOR)
    populations = make_dataset(Source.POPULATIONS)
    for number, commune in enumerate(communes, start=1):
        make_observation(populations, commune, 1000 * number)
        make_observation(comparator, commune, 900 * number + 5 * number * number, "population_2018")
        make_observation(comparator, commune, 10 + number % 2, Measure.AREA)
        make_observation(comparator, commune, 300 * number, Measure.JOBS)
        make_observation(comparator, commune, 20 * number + 3, Measure.EMPLOYERS)
    compared = comparables_of(choose(communes="59006"), k=2)
    assert FeatureName.DENSITY in compared.features_used
    # 300 jobs for 1,000 inhabitants everywhere: it tells nobody apart
    assert compared.features_missing == (FeatureName.JOBS,)
    assert compared.before == 2018
    assert {origin.vintage for origin in compared.origins} == {"2023", "2022-01"}
    lines = {line.name: line for line in compared.items[0].features}
    assert lines[FeatureName.DENSITY].here_value == 600
    assert lines[FeatureName.DENSITY].here == "600"


def test_a_dataset_of_one_year_that_covers_few_communes_does_not_count(communes):
    populations = make_dataset(Source.POPULATIONS)
    for commune in communes:
        make_observation(populations, commune, commune.population)
    other = make_dataset(Source.POPULATIONS, vintage="2025")
    make_observation(other, communes[0], 5)
    compared = comparables_of(choose(communes="59002"), k=1)
    assert [origin.vintage for origin in compared.origins] == ["2023"]


def test_an_epci_is_compared_with_epcis_never_with_itself(epcis):
    compared = comparables_of(choose(slug="epci-3"))
    assert compared.level == Level.EPCI
    assert names(compared)[:2] == ["EPCI 4", "EPCI 2"]
    assert sorted(names(compared)) == ["EPCI 1", "EPCI 2", "EPCI 4", "EPCI 5", "EPCI 6"]
    assert compared.items[0].communes == ("59007", "59008")
    assert compared.items[0].href == "/territoires/epci-4/diagnostic/"
    assert compared.items[0].key == "200000004"


def test_chosen_communes_are_compared_with_epcis_that_hold_none_of_them(epcis):
    compared = comparables_of(choose(communes="59004 59005 59006"))
    assert compared.level == Level.EPCI
    assert sorted(names(compared)) == ["EPCI 1", "EPCI 4", "EPCI 5", "EPCI 6"]


def test_a_territory_defined_here_is_compared_with_those_of_its_kind_reference_and_date(parts, epcis):
    compared = comparables_of(choose(slug="nord"))
    assert compared.level == Level.DEFINED
    assert names(compared) == ["Sud", "Est"]
    assert compared.items[0].communes == ("59004", "59005", "59006")


def test_a_territory_alone_of_its_kind_is_compared_with_epcis(parts, epcis):
    compared = comparables_of(choose(slug="contrat"))
    assert compared.level == Level.EPCI
    assert "EPCI 5" not in names(compared)
    assert "EPCI 4" in names(compared)


def test_one_is_left_out_and_the_next_nearest_takes_its_place(communes):
    compared = comparables_of(choose(communes="59006"), k=3, without=["59007", "nowhere"])
    assert names(compared) == ["Commune 5 (59)", "Commune 8 (59)", "Commune 4 (59)"]
    assert compared.left_out == {"59007": "Commune 7 (59)"}


def test_one_is_put_in_and_takes_the_place_of_the_farthest(communes):
    compared = comparables_of(choose(communes="59006"), k=3, with_=["59001", "59001"])
    assert [(item.name, item.chosen) for item in compared.items] == [
        ("Commune 7 (59)", False),
        ("Commune 5 (59)", False),
        ("Commune 1 (59)", True),
    ]
    assert compared.put_in == {"59001": "Commune 1 (59)"}


def test_neither_itself_nor_the_unknown_can_be_put_in(communes, epcis):
    compared = comparables_of(choose(communes="59006"), with_=["59006", "99999"])
    assert compared.refused == ("59006", "99999")
    assert "Commune 6 (59)" not in names(compared)
    compared = comparables_of(choose(communes="59005 59006 59007"), with_=["200000003"])
    assert compared.refused == ("200000003",)


def test_where_nobody_lives_there_is_nothing_to_compare(communes, in_english):
    commune = make_commune(code="55039", population=0)
    compared = comparables_of(choose(communes=commune.code))
    assert compared.items == ()
    assert compared.reason == (
        "Nobody lives there, or its inhabitants are unknown: it can be compared with no other."
    )


def test_a_commune_alone_in_the_country_has_none(in_english):
    compared = comparables_of(choose(communes=make_commune().code))
    assert (compared.items, compared.reason) == ((), "No other territory of this level is known here.")


def test_the_page_shows_why_and_what_is_missing(client, communes):
    text = page(client, "/diagnostic/comparables/?communes=59006")
    assert "Ceux qui ressemblent le plus à Commune 6, parmi les communes de France." in text
    assert "Au plus près par : habitants (7 000, ici 6 000)." in text
    assert '<a href="/diagnostic/?communes=59007">Commune 7 (59)</a>' in text
    assert "Laissés de côté, car aucun fichier importé ne les donne" in text
    assert (
        '<a href="/diagnostic/comparables/?communes=59006&amp;perimeter=insee" aria-current="page">' in text
    )


def test_a_choice_is_kept_from_page_to_page(client, communes):
    text = page(client, "/diagnostic/comparables/?communes=59006&sans=59007&avec=59001&avec=5900C")
    kept = "communes=59006&amp;perimeter=insee&amp;sans=59007&amp;avec=59001&amp;avec=5900C"
    assert f'<a href="/diagnostic/manques/?{kept}">Ce qui manque</a>' in text
    assert f'<a href="/diagnostic/?{kept}">Chiffres</a>' in text
    assert "Remettre : Commune 7 (59)" in text
    assert text.count("ajouté à la main") == 2
    assert '<input type="hidden" name="avec" value="5900C">' in text
    assert (
        'href="/diagnostic/comparables/?communes=59006&amp;perimeter=insee&amp;sans=59007&amp;avec=5900C#comparables"'
        in text
    )


def test_the_other_pages_keep_the_choice_too(client, communes):
    for page_name in ("", "etablissements/"):
        text = page(client, f"/diagnostic/{page_name}?communes=59006&sans=59007")
        kept = "communes=59006&amp;perimeter=insee&amp;sans=59007"
        assert f'<a href="/diagnostic/comparables/?{kept}">Comparables</a>' in text


def test_others_are_found_by_name_and_put_in(client, communes, epcis):
    text = page(client, "/diagnostic/comparables/?communes=59006&q=commune+6")
    assert "Aucun autre territoire ne répond à cette recherche." in text
    text = page(client, "/diagnostic/comparables/?communes=59006&sans=59007&q=commune+2")
    assert "Ajouter : Commune 2 (59)" in text
    assert "sans=59007&amp;avec=59002#comparables" in text


def test_territories_defined_here_are_offered_without_a_search(client, parts):
    text = page(client, "/territoires/nord/diagnostic/comparables/")
    assert "Ajouter : Aujourd’hui" in text
    assert "Ajouter : Tout" not in text
    assert "Il n’y en a que 2 de ce genre à la même date" in text


def test_what_cannot_be_put_in_is_said(client, communes):
    text = page(client, "/diagnostic/comparables/?communes=59006&avec=%3Cb%3E")
    assert "&lt;b&gt; ne peut pas être ajouté" in text


@pytest.mark.parametrize("question", ["avec=%00", "sans=%00", "q=%00", "avec=" + "9" * 3000])
def test_hostile_questions_break_nothing(client, communes, parts, question):
    page(client, f"/diagnostic/comparables/?communes=59006&{question}")
    page(client, f"/territoires/nord/diagnostic/comparables/?{question}")


def test_unknown_places(client, communes):
    page(client, "/territoires/nulle-part/diagnostic/comparables/", 404)
    assert "Communes inconnues" in page(client, "/diagnostic/comparables/?communes=99999", 400)


def test_the_file_holds_what_the_page_shows(client, communes):
    answer = client.get("/diagnostic/comparables.csv?communes=59006&sans=59007")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["code"] for row in rows[:3]] == ["59006", "59005", "59008"]
    assert len(rows) == 9
    assert (rows[0]["distance"], rows[0]["Habitants"], rows[1]["Habitants"]) == ("0", "6000.0", "5000.0")
    assert rows[1]["codes Insee"] == "59005"


def test_the_number_of_queries_does_not_grow_with_the_territories(
    assert_constant_queries, client, parts, epcis
):
    whole = parts[0].reference

    def add_part():
        make_territory(
            communes=[make_commune()],
            reference=whole,
            kind=TerritoryKind.METROPOLITAN_TERRITORY,
            **OF_2011,
        )

    assert_constant_queries(client, reverse("diagnosis:territory_comparables", args=["nord"]), add_part)
