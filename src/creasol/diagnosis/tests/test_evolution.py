import csv
import io

import pytest
from django.urls import reverse

from creasol.diagnosis.enums import Change, Family, Measure, PerimeterMode, Source
from creasol.diagnosis.evolution import evolution_of
from creasol.diagnosis.queries.choices import ChoiceError, choose
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
def place():
    """A territory of two communes in a metropole, and its register at two dates.

    One association stays, one closes, one leaves for the town, one comes from it, one moves within; one appears; a
    society is counted by INSEE at the newer date alone.
    """
    make_perimeter(PerimeterMode.INSEE)
    make_perimeter(PerimeterMode.LAW_2014)
    seclin, loos = make_commune(code="59560", name="Seclin"), make_commune(code="59360", name="Loos")
    lille = make_commune(code="59350", name="Lille")
    whole = make_territory(communes=[seclin, loos, lille], slug="metropole", name="Métropole")
    make_territory(communes=[seclin, loos], slug="sud", name="Sud", reference=whole)
    make_territory(communes=[lille], slug="ville", name="Ville", reference=whole)
    former = make_dataset(Source.SIRENE, vintage="2024-01")
    newer = make_dataset(Source.SIRENE, vintage="2026-01")
    for dataset in (former, newer):
        for commune in (seclin, loos, lille):
            make_employer_total(dataset, commune, 20)
        establish(dataset, seclin, 1, "Reste")
        establish(dataset, seclin, 6, "Société", in_insee=dataset == newer, family=Family.COMPANY)
    establish(former, seclin, 2, "Ferme")
    establish(former, seclin, 3, "Part")
    establish(newer, lille, 3, "Part", 2)
    establish(former, lille, 4, "Vient")
    establish(newer, loos, 4, "Vient", 2, activity_code="01.13Z", family=Family.COOPERATIVE)
    establish(former, seclin, 5, "Tourne")
    establish(newer, loos, 5, "Tourne", 2)
    establish(newer, loos, 7, "Naît")
    return {"seclin": seclin, "loos": loos, "lille": lille, "former": former, "newer": newer, "whole": whole}


def establish(dataset, commune, unit, name, place=1, **over):
    return make_establishment(dataset, commune, siret=f"{unit:09}{place:05}", name=name, **over)


def evolution(**words):
    return evolution_of(choose(slug="sud"), **words)


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def sheet(client, url):
    return list(csv.DictReader(io.StringIO(client.get(url).content.decode("utf-8-sig"))))


def test_what_came_and_went(place):
    found = evolution()
    assert (found.source, found.vintages) == (Source.SIRENE, ("2024-01", "2026-01"))
    both = found.establishments
    assert both.totals == (4, 5)
    assert [(event.change.value, event.last.name) for event in both.events] == [
        ("disappeared", "Ferme"),
        ("appeared", "Naît"),
        ("moved-out", "Part"),
        ("counted", "Société"),
        ("moved-within", "Tourne"),
        ("moved-in", "Vient"),
    ]
    assert [
        (one.key, one.before, one.appeared, one.moved_in, one.otherwise, one.after) for one in both.by_family
    ] == [
        ("association", 4, 1, 0, 0, 3),
        ("cooperative", 0, 0, 1, 0, 1),
        ("entreprise", 0, 0, 0, 1, 1),
    ]
    assert [(one.key, one.before, one.after) for one in both.by_section] == [("Q", 4, 4), ("A", 0, 1)]


def test_the_other_perimeter_tells_its_own_story(place):
    found = evolution_of(choose(slug="sud", perimeter="law-2014"))
    assert found.establishments.totals == (5, 5)
    assert Change.COUNTED not in found.establishments.counts


def test_figures_at_both_dates(place):
    lines = {line.after.key: line for line in evolution().lines}
    assert "ess_by_family" not in lines
    assert lines["ess_establishments"].texts == ("4", "5")
    assert plain(lines["ess_establishments"].difference_in_words) == "+1 (+25,0 %)"
    assert plain(lines["ess_share_of_employers"].difference_in_words) == "+2,5 pt"
    assert lines["ess_rank"].difference_in_words == "="
    assert lines["ess_jobs"].difference_in_words == "—"
    assert [plain(text) for text in lines["ess_jobs"].texts] == ["12 – 20", "15 – 25"]
    assert lines["ess_per_1000"].difference_in_words == "—"


def plain(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_place_gained_or_lost(place):
    for unit in range(10, 14):
        establish(place["former"], place["lille"], unit, "Ville")
    lines = {line.after.key: line for line in evolution().lines}
    assert lines["ess_rank"].difference_in_words == "1 place gagnée"
    found = evolution_of(choose(slug="ville"))
    lines = {line.after.key: line for line in found.lines}
    assert lines["ess_rank"].difference_in_words == "1 place perdue"


def test_vintages_are_chosen_whatever_their_order(place):
    older = make_dataset(Source.SIRENE, vintage="2020-01")
    for commune in (place["seclin"], place["loos"], place["lille"]):
        make_employer_total(older, commune, 20)
    assert evolution().vintages == ("2024-01", "2026-01")
    assert evolution(former="2020-01").vintages == ("2020-01", "2026-01")
    assert evolution(former="2026-01", newer="2020-01").vintages == ("2020-01", "2026-01")
    with pytest.raises(ChoiceError, match=r"2019 \(connus\W: 2020-01, 2024-01, 2026-01\)"):
        evolution(former="2019")
    with pytest.raises(ChoiceError, match="Choisissez deux millésimes différents"):
        evolution(former="2026-01")
    with pytest.raises(ChoiceError, match="Il n’y a pas deux millésimes de bpe à comparer"):
        evolution(source="bpe")


def test_made_up_vintages_are_never_held_against_real_ones(place):
    make_dataset(Source.SIRENE, vintage="2028-01", synthetic=True)
    assert evolution().vintages == ("2024-01", "2026-01")
    make_dataset(Source.FACILITIES, vintage="2020", synthetic=True)
    make_dataset(Source.FACILITIES, vintage="2021")
    assert list(evolution().offered) == [Source.SIRENE]
    make_dataset(Source.FACILITIES, vintage="2022")
    assert [one.vintage for one in evolution().offered[Source.FACILITIES]] == ["2021", "2022"]


def test_a_vintage_that_knows_none_of_the_communes_is_not_offered(place):
    for year in ("2018", "2023"):
        make_observation(make_dataset(Source.POPULATIONS, vintage=year), place["loos"])
    make_observation(make_dataset(Source.POPULATIONS, vintage="2025"), make_commune())
    assert [one.vintage for one in evolution().offered[Source.POPULATIONS]] == ["2018", "2023"]
    assert Source.POPULATIONS not in evolution_of(choose(communes="59560")).offered


def test_a_vintage_that_does_not_cover_the_place_says_so(place, client):
    make_dataset(Source.SIRENE, vintage="2020-01")
    found = evolution(former="2020-01")
    assert found.establishments is None
    assert "le répertoire importé ne couvre pas" in found.reason
    assert "le répertoire importé ne couvre pas" in page(
        client, "/territoires/sud/diagnostic/evolution/?from=2020-01"
    )


def test_populations_and_facilities_at_two_dates(place, client):
    for year, people in (("2018", 1000), ("2023", 1100)):
        populations = make_dataset(Source.POPULATIONS, vintage=year)
        comparator = make_dataset(Source.COMPARATOR, vintage=f"{year}-01")
        facilities = make_dataset(Source.FACILITIES, vintage=year)
        for commune in (place["seclin"], place["loos"], place["lille"]):
            make_observation(populations, commune, people)
            make_observation(comparator, commune, 5000, "population_2030")
            make_observation(comparator, commune, people / 2, Measure.JOBS)
            make_observation(facilities, commune, people / 100, "D")
    lines = {line.after.key: line for line in evolution(source="populations").lines}
    assert plain(lines["population"].texts[1]) == "2 200"
    assert plain(lines["population"].difference_in_words) == "+200 (+10,0 %)"
    assert "population_change" not in lines
    lines = {line.after.key: line for line in evolution(source="comparateur").lines}
    assert plain(lines["jobs"].difference_in_words) == "+100 (+10,0 %)"
    (health,) = [line for line in evolution(source="bpe").lines if line.difference]
    assert health.label == "Équipements pour 1 000 habitants : Santé et action sociale".replace(
        "1 000", "1\u202f000"
    )
    assert health.texts == ("20 (2,00)", "22 (2,20)")
    assert plain(health.difference_in_words) == "+2 (+10,0 %)"
    text = page(client, "/territoires/sud/diagnostic/evolution/?source=bpe")
    assert "20 (2,00)" in text
    assert "une petite différence peut venir de la méthode" in text
    assert "Un par un" not in text


def test_the_page_tells_people_what_changed(place, client):
    text = page(client, "/territoires/sud/diagnostic/evolution/")
    assert "De janvier 2024 à janvier 2026, selon une même source" in text
    assert "4 en janvier 2024, 5 en janvier 2026." in text
    assert "Seclin → Lille" in text
    assert "000 000 003 00001 → 000 000 003 00002" in text
    assert "Arrivés d’ailleurs" in text
    text = page(client, "/territoires/sud/diagnostic/evolution/?change=moved-in")
    assert [name in text for name in ("Vient", "Naît", "Ferme")] == [True, False, False]
    assert "Aucun établissement ne répond à ce choix." in page(
        client, "/territoires/sud/diagnostic/evolution/?change=x"
    )


def test_communes_that_somebody_chose(place, client):
    assert "4 en janvier 2024, 2 en janvier 2026." in page(client, "/diagnostic/evolution/?communes=59560")


def test_nothing_changed(place, client):
    quiet = make_commune(code="59437", name="Noyelles")
    for dataset in (place["former"], place["newer"]):
        make_employer_total(dataset, quiet, 20)
        establish(dataset, quiet, 8, "Fidèle")
    text = page(client, "/diagnostic/evolution/?communes=59437")
    assert "Les mêmes établissements en janvier 2024 et en janvier 2026 (1)" in text
    assert "Un par un" not in text


def test_without_two_vintages_the_page_says_what_is_needed(client):
    make_perimeter(PerimeterMode.INSEE)
    make_territory(communes=[make_commune()], slug="seul")
    make_dataset(Source.SIRENE)
    assert "Rien à comparer pour l’instant" in page(client, "/territoires/seul/diagnostic/evolution/")
    assert sheet(client, "/territoires/seul/diagnostic/evolution.csv") == []
    assert sheet(client, "/territoires/seul/diagnostic/evolution-etablissements.csv") == []
    document = client.get("/territoires/seul/diagnostic/evolution.json").json()
    assert (document["source"], document["figures"], document["establishments"]) == (None, [], None)


def test_unknown_words_are_refused_in_one_line(place, client):
    assert "Millésime inconnu : 1999" in page(client, "/territoires/sud/diagnostic/evolution/?from=1999", 400)
    page(client, "/territoires/sud/diagnostic/evolution/?source=%00", 400)
    page(client, "/territoires/nulle-part/diagnostic/evolution/", 404)
    page(client, "/territoires/sud/diagnostic/evolution.csv?from=1999", 400)


def test_the_files_hold_it_all(place, client):
    rows = sheet(client, "/territoires/sud/diagnostic/evolution.csv")
    figures = {(row["indicator"], row["class"]): row for row in rows}
    total = figures["ess_establishments", ""]
    assert [total[key] for key in ("avant", "après", "différence")] == ["4", "5", "1"]
    jobs = figures["ess_jobs", ""]
    assert [jobs[key] for key in ("avant, bas", "avant, haut", "après, bas", "après, haut")] == [
        "12",
        "20",
        "15",
        "25",
    ]
    associations = figures["ess_by_family", "association"]
    keys = ("avant", "apparus", "arrivés", "disparus", "partis", "autres changements", "après")
    assert [associations[key] for key in keys] == ["4", "1", "0", "1", "1", "0", "3"]
    events = {
        row["nom"]: row for row in sheet(client, "/territoires/sud/diagnostic/evolution-etablissements.csv")
    }
    assert events["Part"]["changement"] == "moved-out"
    assert (events["Part"]["commune avant"], events["Part"]["commune après"]) == ("Seclin", "Lille")
    assert events["Ferme"]["siret_after"] == ""
    document = client.get("/territoires/sud/diagnostic/evolution.json").json()
    assert (document["from"], document["to"], document["territory"]["slug"]) == ("2024-01", "2026-01", "sud")
    assert document["establishments"]["changes"]["moved-within"] == 1
    assert document["establishments"]["events"][0]["before"]["siret"] == "00000000200001"
    assert document["establishments"]["events"][0]["after"] is None


def test_synthetic_vintages_are_said_to_be(place, client):
    for dataset in (place["former"], place["newer"]):
        dataset.synthetic = True
        dataset.save()
    assert "Données d’exemple, synthétiques" in page(client, "/territoires/sud/diagnostic/evolution/")
    assert sheet(client, "/territoires/sud/diagnostic/evolution.csv")[0]["synthétique"] == "1"


def test_the_number_of_queries_does_not_grow(assert_constant_queries, client, place):
    units = iter(range(100, 200))

    def add():
        establish(place["former"], place["seclin"], next(units), "Ferme")
        moving = next(units)
        establish(place["former"], place["seclin"], moving, "Part")
        establish(place["newer"], place["lille"], moving, "Part", 2)

    assert_constant_queries(client, reverse("diagnosis:territory_changes", args=["sud"]), add)
