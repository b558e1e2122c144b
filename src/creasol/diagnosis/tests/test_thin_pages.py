import csv
import io

import pytest
from django.conf import settings

from creasol.accounts.tests.factories import make_user
from creasol.diagnosis.enums import PerimeterMode, Source
from creasol.needs.enums import NeedState
from creasol.needs.models import Need
from creasol.needs.tests.factories import make_evidence, make_need
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_edition, make_membership, make_theme
from creasol.territories.models import Territory
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import (
    make_dataset,
    make_employer_total,
    make_establishment,
    make_observation,
    make_perimeter,
)

pytestmark = pytest.mark.django_db
URL = "/territoires/sud/diagnostic/manques/"
FORM = "/territoires/sud/diagnostic/manques/besoin/"
CHILD_CARE, PHARMACY, PORT = "D502", "D307", "E108"


@pytest.fixture
def place():
    """Two territories that part a metropole; child care lacks in the smaller one."""
    make_perimeter(PerimeterMode.INSEE)
    south = make_commune(code="59560", name="Seclin", department_code="59")
    centre = make_commune(code="59350", name="Lille", department_code="59")
    whole = make_territory(communes=[south, centre], slug="metropole", name="Métropole")
    make_territory(communes=[south], slug="sud", name="Couronne Sud", reference=whole)
    make_territory(communes=[centre], slug="ville", name="Ville", reference=whole)
    populations = make_dataset(Source.POPULATIONS)
    for commune, people in ((south, 20_000), (centre, 80_000)):
        make_observation(populations, commune, people)
    return {"south": south, "centre": centre, "whole": whole, "populations": populations}


@pytest.fixture
def facilities(place):
    dataset = make_dataset(Source.FACILITIES, labels={CHILD_CARE: "Crèche", PHARMACY: "Pharmacie"})
    for name, child_care, pharmacies in (("south", 3, 6), ("centre", 97, 24)):
        make_observation(dataset, place[name], child_care, CHILD_CARE)
        make_observation(dataset, place[name], pharmacies, PHARMACY)
        make_observation(dataset, place[name], child_care + pharmacies, "D")
    make_observation(dataset, place["centre"], 1, PORT)
    return dataset


@pytest.fixture
def adviser(client):
    user = make_membership(role=Role.ADVISER, user=make_user(name="Camille")).user
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return user


def page(client, url, status=200):
    """Return the text of a page with ordinary spaces."""
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def sheet(client, url):
    return list(csv.DictReader(io.StringIO(client.get(url).content.decode("utf-8-sig"))))


def test_what_is_rarer_than_in_the_reference(client, facilities):
    text = page(client, URL)
    assert "Un type est plus rare ici que dans la référence (Métropole)" in text
    assert "Crèche</h3>" in text
    assert "3 ici ; il en faudrait 20 pour atteindre le taux de la référence." in text
    assert (
        "Pour 1 000 habitants : 0,15 ici (0,031 – 0,44), 1,00 dans la référence (Métropole), 1,21 dans les territoires "
        "comparables." in text
    )
    assert "Territoires comparables : plus rare, c’est prouvé" in text
    assert "2 types ont pu être jugés ; impossible à dire pour les autres (1)." in text
    assert "E108 (Transports et déplacements)" in text
    assert "données d’exemple" not in text.lower()
    assert "En faire un besoin" not in text


def test_nothing_is_rarer(client, facilities):
    text = page(client, "/territoires/ville/diagnostic/manques/")
    assert "Rien n’est plus rare ici, de façon prouvée, que dans la référence (Métropole)" in text


def test_employers_of_all_kinds_and_of_the_ess(client, place):
    sirene = make_dataset(Source.SIRENE, synthetic=True)
    for name, number in (("south", 4), ("centre", 96)):
        make_employer_total(sirene, place[name], number, activity_code="88.91A")
    for _ in range(25):
        make_establishment(sirene, place["centre"], activity_code="88.91A")
    text = page(client, f"{URL}?liste=employeurs")
    assert "Accueil de jeunes enfants</h3>" in text
    assert "4 ici ; il en faudrait 20 " in text
    assert "Données d’exemple, synthétiques" in text
    assert "0 ici ; il en faudrait 5 " in page(client, f"{URL}?liste=ess")


def test_without_the_file_the_page_says_what_to_import(client, place):
    text = page(client, URL)
    assert "Cette liste ne peut pas être établie" in text
    assert "non disponible : importez « Base permanente des équipements, BPE (INSEE) »" in text
    assert sheet(client, "/territoires/sud/diagnostic/manques.csv") == []


def test_communes_that_somebody_chose(client, adviser, facilities):
    text = page(client, "/diagnostic/manques/?communes=59560&reference=metropole")
    assert "Crèche</h3>" in text
    assert "En faire un besoin" not in text
    rows = sheet(client, "/diagnostic/manques.csv?communes=59560&reference=metropole")
    assert [row["code"] for row in rows] == [CHILD_CARE, PORT, PHARMACY]


def test_comparable_territories_are_those_of_the_address(client, facilities):
    assert "Ville</li>" in page(client, URL)
    text = page(client, f"{URL}?sans=ville")
    assert "Ville</li>" not in text
    assert "dans les territoires comparables." not in text
    assert "manques.csv?reference=metropole&amp;perimeter=insee&amp;sans=ville" in text


def test_the_file_holds_every_type(client, facilities):
    rows = sheet(client, "/territoires/sud/diagnostic/manques.csv")
    assert [(row["code"], row["libellé"], row["verdict"]) for row in rows] == [
        (CHILD_CARE, "Crèche", "thin"),
        (PORT, "E108 (Transports et déplacements)", "unsure"),
        (PHARMACY, "Pharmacie", "alike"),
    ]
    first = rows[0]
    assert (first["nombre"], first["taux pour 1\u202f000 habitants"], first["attendu"]) == (
        "3",
        "0.15",
        "20.0",
    )
    assert (first["manque"], first["verdict face aux comparables"]) == ("17.0", "thin")
    assert (first["référence"], first["comparables"], first["millésime"]) == ("Métropole", "Ville", "2024")


@pytest.mark.parametrize(
    "question", ["liste=%00", "liste=x", "sans=%00", "avec=%00", "reference=%00", "type=%00&liste=ess"]
)
def test_hostile_questions_break_nothing(client, facilities, question):
    for url in (
        URL,
        "/territoires/sud/diagnostic/manques.csv",
        "/diagnostic/manques/",
        "/diagnostic/manques.csv",
    ):
        assert client.get(f"{url}?{question}").status_code in {200, 400, 404}


def test_unknown_territories(client, facilities):
    page(client, "/territoires/nulle-part/diagnostic/manques/", 404)
    page(client, f"{URL}?reference=ailleurs", 400)
    page(client, "/territoires/nulle-part/diagnostic/manques.csv", 400)


def test_a_label_that_a_browser_would_run_is_plain_text(client, adviser, facilities):
    facilities.labels = {CHILD_CARE: "<script>alert(1)</script>"}
    facilities.save()
    for url in (URL, f"{FORM}?type={CHILD_CARE}"):
        assert "<script>alert" not in page(client, url)


def test_pages_speak_english(client, facilities):
    client.cookies["django_language"] = "en"
    text = page(client, URL)
    assert "One type is rarer here than in Métropole" in text
    assert "3 here; 20 would reach the rate of the reference." in text


def test_the_number_of_queries_does_not_grow(client, assert_constant_queries, place, facilities):
    def add_commune():
        commune = make_commune(department_code="59")
        Territory.objects.get(slug="metropole").communes.add(commune)
        Territory.objects.get(slug="sud").communes.add(commune)
        make_observation(place["populations"], commune, 1000)
        make_observation(facilities, commune, 2, CHILD_CARE)
        make_observation(facilities, commune, 2, "D")
        make_observation(facilities, commune, 3, f"D4{commune.code[-2:]}")

    assert_constant_queries(client, URL, add_commune)


# From a figure to a need


def test_a_stranger_raises_no_need(client, facilities):
    assert client.get(f"{FORM}?type={CHILD_CARE}").status_code == 302
    assert Need.objects.count() == 0


def test_someone_without_a_role_raises_no_need(client, facilities):
    client.force_login(make_user(), backend=settings.AUTHENTICATION_BACKENDS[-1])
    page(client, f"{FORM}?type={CHILD_CARE}", 403)


def test_the_staff_makes_a_need_of_a_line(client, adviser, facilities):
    text = page(client, URL)
    address = f"{FORM}?reference=metropole&amp;perimeter=insee&amp;liste=equipements&amp;type={CHILD_CARE}"
    assert address in text
    address = address.replace("&amp;", "&")
    theme = make_theme(
        name="Petite enfance", edition=make_edition(territory=Territory.objects.get(slug="sud"))
    )
    make_theme(name="Ailleurs")
    text = page(client, address)
    assert 'value="Couronne Sud : il en manque environ 17 (Crèche)"' in text
    assert "Petite enfance" in text
    assert "Ailleurs" not in text
    said = {
        "statement": "Des places de crèche pour les familles de Seclin",
        "explanation": "Les parents vont à Lille.",
        "met_in": f"{theme.edition.slug}:{theme.pk}",
    }
    answer = client.post(address, said)
    need = Need.objects.get()
    assert answer.headers["Location"] == f"/bureau/besoins/{need.slug}/"
    assert (need.statement, need.explanation) == (said["statement"], said["explanation"])
    assert (need.territory.slug, need.edition, need.theme) == ("sud", theme.edition, theme)
    assert need.state == NeedState.CANDIDATE
    assert need.authors.get().user == adviser
    figure = need.evidence.get()
    assert (figure.measure, figure.label, figure.count, figure.value) == (CHILD_CARE, "Crèche", 3, 0.15)
    assert (round(figure.low, 4), round(figure.high, 4)) == (0.0309, 0.4384)
    assert (figure.unit, figure.compared_with, figure.compared_value) == (
        "pour 1\u202f000 habitants",
        "Métropole",
        1.0,
    )
    assert (figure.shortfall, figure.vintage, figure.synthetic) == (17, "2024", False)
    assert figure.source == "Base permanente des équipements, BPE (INSEE)"
    assert figure.address == f"{URL}?reference=metropole&perimeter=insee&liste=equipements"
    assert client.get(figure.address).status_code == 200


def test_a_line_has_one_need_at_most(client, adviser, facilities):
    said = {"statement": "Des places de crèche", "explanation": "", "met_in": ""}
    client.post(f"{FORM}?type={CHILD_CARE}", said)
    text = page(client, URL)
    assert "Des places de crèche</a>" in text
    assert "En faire un besoin" not in text
    again = client.post(f"{FORM}?type={CHILD_CARE}", {**said, "statement": "Encore des places"})
    assert "Des places de crèche" in again.content.decode()
    assert Need.objects.count() == 1
    assert "Un besoin de ce territoire repose déjà sur ce chiffre" in page(
        client, f"{FORM}?type={CHILD_CARE}"
    )


def test_a_candidate_is_shown_to_the_staff_and_a_shared_need_to_everyone(client, facilities):
    need = make_need(
        statement="Des places de crèche",
        territory=Territory.objects.get(slug="sud"),
        state=NeedState.CANDIDATE,
    )
    make_evidence(need=need, measure=CHILD_CARE)
    assert "Des places de crèche" not in page(client, URL)
    need.state = NeedState.SHARED
    need.save()
    client.cookies["django_language"] = "en"
    assert "Des places de crèche</a>" in page(client, URL)


def test_what_is_no_line_becomes_no_need(client, adviser, facilities):
    page(client, f"{FORM}?type=Z999", 404)
    page(client, FORM, 404)
    answer = client.post(f"{FORM}?type={CHILD_CARE}", {"statement": "", "met_in": "ailleurs"})
    assert answer.status_code == 200
    assert Need.objects.count() == 0
