import json

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creasol.accounts.tests.factories import make_user
from creasol.network.models import Mandate, Organisation
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import make_mandate, make_organisation, make_person

pytestmark = pytest.mark.django_db
SIRET = "732 829 320 00074"


def sign_in(client, user):
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return user


@pytest.fixture
def adviser(client):
    return sign_in(client, make_membership(role=Role.ADVISER).user)


def page(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def names(client, url):
    return [organisation.name for organisation in client.get(url).context["page"].object_list]


def test_the_directory_finds_by_words_commune_and_activity(client):
    seclin = make_commune(code="59560", name="Seclin")
    make_organisation(name="AMAP de Seclin", commune=seclin, activity_code="88.10A", words=" amap de seclin")
    make_organisation(name="Vélos", commune=make_commune(), activity_code="95.29Z", words=" velos")
    make_organisation(name="Cachée", listed=False, words=" cachee seclin")
    assert names(client, "/annuaire/") == ["AMAP de Seclin", "Vélos"]
    assert names(client, "/annuaire/?q=S%C3%89C") == ["AMAP de Seclin"]
    assert names(client, "/annuaire/?q=eclin") == []
    assert names(client, "/annuaire/?commune=59560") == ["AMAP de Seclin"]
    assert names(client, "/annuaire/?activite=S") == ["Vélos"]
    assert names(client, "/annuaire/?activite=Z&commune=nulle&page=9") == ["AMAP de Seclin", "Vélos"]


def test_what_was_found_is_a_file_too(client):
    seclin = make_commune(code="59560", name="Seclin")
    make_organisation(name="AMAP", commune=seclin, activity_code="88.10A", siret="73282932000074")
    make_organisation(name="Vélos", is_example=True)
    make_mandate(organisation=make_organisation(name="Cachée", listed=False))
    assert "annuaire.csv?commune=59560" in page(client, "/annuaire/?commune=59560")
    lines = client.get("/annuaire/annuaire.csv").content.decode("utf-8-sig").splitlines()
    assert lines == [
        "nom,sigle,SIRET,activité (NAF),activité,code Insee,commune,site web,exemple inventé",
        "AMAP,,73282932000074,88.10A,Aide à domicile,59560,Seclin,,non",
        "Vélos,,,,,,,,oui",
    ]
    assert len(client.get("/annuaire/annuaire.csv?commune=59560").content.splitlines()) == 2


@pytest.mark.parametrize("text", ['"', "'; --", "%", "_", "\x00", "a" * 500, "é" * 300, "🌱", "<script>"])
def test_hostile_questions_get_an_answer(client, text):
    assert client.get("/annuaire/", {"q": text, "commune": text, "activite": text}).status_code == 200


def test_the_directory_takes_the_same_number_of_queries_for_more_rows(client):
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            make_organisation(commune=make_commune(), activity_code="88.10A")
        with CaptureQueriesContext(connection) as counted:
            client.get(f"/annuaire/?q=association&fresh={rows}")
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_an_empty_directory_says_so(client):
    assert "encore vide" in page(client, "/annuaire/")


def test_a_page_shows_only_the_persons_who_chose_it(client):
    organisation = make_organisation(slug="amap", description="Des **paniers**")
    make_mandate(organisation=organisation, person=make_person(name="Noa Montrée"), shown=True)
    make_mandate(
        organisation=organisation,
        person=make_person(name="Lou Discret", email="lou@example.org"),
        title="Trésorier",
    )
    html = page(client, "/annuaire/amap/")
    assert "<strong>paniers</strong>" in html
    assert "Noa Montrée" in html
    for secret in ("Lou Discret", "lou@example.org", "Trésorier"):
        assert secret not in html


def test_what_is_not_listed_is_not_found_by_others(client):
    organisation = make_organisation(slug="cachee", listed=False)
    assert client.get("/annuaire/cachee/").status_code == 404
    user = sign_in(client, make_user())
    assert client.get("/annuaire/cachee/").status_code == 404
    make_mandate(organisation=organisation, person=make_person(user=user))
    assert "n’est pas dans l’annuaire public" in page(client, "/annuaire/cachee/")


def test_a_member_keeps_the_page_up_to_date(client):
    user = sign_in(client, make_user())
    assert "aucune organisation" in page(client, "/mon-organisation/")
    organisation = make_organisation(slug="amap", name="AMAP", siret="73282932000074")
    make_mandate(organisation=organisation, person=make_person(user=user))
    make_commune(code="59560", name="Seclin")
    assert client.get("/mon-organisation/").headers["Location"] == "/mon-organisation/amap/"
    written = {"description": "Des paniers", "commune": "seclin", "name": "Autre", "website": "amap.example"}
    assert client.post("/mon-organisation/amap/", written).headers["Location"] == "/annuaire/amap/"
    organisation.refresh_from_db()
    assert (organisation.name, organisation.description, organisation.commune.name, organisation.website) == (
        "AMAP",
        "Des paniers",
        "Seclin",
        "https://amap.example",
    )
    assert organisation.siret == "73282932000074"


def test_a_member_does_not_touch_another_organisation(client):
    sign_in(client, make_mandate(person=make_person(user=make_user())).person.user)
    make_organisation(slug="autre")
    assert client.get("/mon-organisation/autre/").status_code == 404
    assert client.post("/mon-organisation/autre/", {}).status_code == 404
    assert client.get("/bureau/annuaire/").status_code == 403


def test_the_staff_registers_and_revises(client, adviser):
    make_commune(code="59560", name="Seclin")
    assert "encore vide" in page(client, "/bureau/annuaire/")
    page(client, "/bureau/annuaire/nouvelle-organisation/")
    written = {"name": "AMAP", "siret": SIRET, "activity_code": "88.10a", "commune": "59560", "listed": "on"}
    response = client.post("/bureau/annuaire/nouvelle-organisation/", written)
    assert response.headers["Location"] == "/bureau/annuaire/amap/"
    organisation = Organisation.objects.get()
    assert (organisation.siret, organisation.activity_code, organisation.listed) == (
        "73282932000074",
        "88.10A",
        True,
    )
    assert "Seclin (59560)" in page(client, "/bureau/annuaire/amap/")
    assert client.post("/bureau/annuaire/amap/", written | {"name": "AMAP de Seclin"}).status_code == 302
    assert "AMAP de Seclin" in page(client, "/bureau/annuaire/?q=seclin")


def test_sent_twice_an_organisation_is_registered_once(client, adviser):
    written = {"name": "AMAP", "listed": "on"}
    client.post("/bureau/annuaire/nouvelle-organisation/", written)
    html = client.post("/bureau/annuaire/nouvelle-organisation/", written).content.decode()
    assert "Une organisation de ce nom est déjà dans l’annuaire pour cette commune." in html
    assert Organisation.objects.count() == 1


def test_nothing_written_is_lost_when_it_is_refused(client, adviser):
    make_commune(code="01386", name="Saint-Sulpice")
    make_commune(code="46294", name="Saint-Sulpice")
    written = {"name": "AMAP", "siret": "123", "activity_code": "x", "commune": "Saint-Sulpice"}
    html = client.post("/bureau/annuaire/nouvelle-organisation/", written).content.decode()
    for words in ("AMAP", "Un SIRET a 14 chiffres", "code d’activité est inconnu", "Saint-Sulpice (01386)"):
        assert words in html
    html = client.post(
        "/bureau/annuaire/nouvelle-organisation/", written | {"commune": "Ys"}
    ).content.decode()
    assert "Aucune commune" in html
    assert Organisation.objects.count() == 0


def test_the_staff_gives_and_ends_mandates(client, adviser):
    organisation = make_organisation(slug="amap")
    given = {
        "mandate-name": "Noa",
        "mandate-email": "noa@example.org",
        "mandate-starts_on": "2011-01-01",
        "mandate-with_account": "on",
    }
    assert client.post("/bureau/annuaire/amap/mandats/", given).status_code == 302
    mandate = Mandate.objects.get()
    assert (mandate.person.user.email, mandate.shown) == ("noa@example.org", False)
    html = client.post("/bureau/annuaire/amap/mandats/", given).content.decode()
    assert "a déjà un mandat" in html
    assert "noa@example.org" in html
    assert client.post(f"/bureau/annuaire/mandats/{mandate.pk}/fin/").status_code == 302
    assert organisation.mandates.get().ends_on is not None


def test_territories_and_communes_name_their_organisations(client):
    commune = make_commune(code="59560")
    territory = make_territory(communes=[commune])
    make_organisation(name="AMAP de Seclin", commune=commune)
    assert "AMAP de Seclin" in page(client, f"/territoires/{territory.slug}/")
    assert "AMAP de Seclin" in page(client, "/communes/59560/")


def test_the_interface_gives_public_fields_only(client):
    make_organisation(slug="cachee", listed=False)
    organisation = make_organisation(
        slug="amap",
        name="AMAP",
        words=" amap",
        email="a@example.org",
        commune=make_commune(code="59560", name="Seclin"),
    )
    make_mandate(organisation=organisation, person=make_person(name="Noa Montrée"), shown=True)
    answer = client.get("/api/organisations?q=ama").json()
    assert answer == {
        "total": 1,
        "organisations": [
            {
                "slug": "amap",
                "name": "AMAP",
                "acronym": "",
                "siret": None,
                "activity_code": "",
                "activity": "",
                "commune_code": "59560",
                "commune": "Seclin",
                "website": "",
                "description": "",
                "example": False,
            }
        ],
    }
    assert client.get("/api/organisations/amap").json() == answer["organisations"][0]
    assert client.get("/api/organisations/cachee").status_code == 404
    assert client.get("/api/organisations/%00").status_code == 404
    assert client.get("/api/organisations?limit=0").status_code == 422
    assert "Noa" not in json.dumps(answer)
