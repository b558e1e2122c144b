"""The staff's screens of what people said."""

import csv
import io

import pytest
from django.conf import settings
from django.test import Client

from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.needs.enums import ContributionState, NeedState
from creasol.needs.models import Contribution, Need
from creasol.network.tests.factories import make_organisation
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_edition, make_membership, make_programme, make_theme

from .factories import make_contribution, make_need

pytestmark = pytest.mark.django_db
SECRET = {"name": "Yasmina Benali", "email": "yasmina@exemple.fr", "phone": "06 01 02 03 04"}
PERSONAL = ("Yasmina", "yasmina@exemple.fr", "06 01 02 03 04")
LIST = "/bureau/contributions/"


@pytest.fixture
def programme():
    return make_programme()


def signed_in(user):
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def holder(role, programme):
    return signed_in(make_membership(role=role, programme=programme).user)


@pytest.fixture
def adviser(programme):
    return holder(Role.ADVISER, programme)


@pytest.fixture
def said(programme):
    """Something said in an edition of the programme, by somebody who may be called back."""
    theme = make_theme(edition=make_edition(programme=programme))
    return make_contribution(
        territory=theme.edition.territory,
        edition=theme.edition,
        theme=theme,
        words="Rien pour se garder le soir",
        **SECRET,
        may_be_contacted=True,
    )


def page(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_what_somebody_said_on_the_telephone_is_noted(adviser, programme):
    assert "Rien n’est encore noté" in page(adviser, LIST)
    theme = make_theme(edition=make_edition(programme=programme))
    make_organisation(name="AMAP de Seclin", words=" amap de seclin")
    written = {
        "kind": "offer",
        "words": "Je peux prêter un local",
        "territory": theme.edition.territory_id,
        "met_in": f"theme:{theme.pk}",
        "organisation": "amap",
        "name": "Yasmina",
        "may_be_contacted": "on",
    }
    here = f"{LIST}nouvelle/"
    assert 'type="radio"' in page(adviser, here)
    refused = adviser.post(here, written).content.decode()
    assert "Laissez une adresse électronique ou un numéro de téléphone" in refused
    response = adviser.post(here, written | {"phone": "06"})
    noted = Contribution.objects.get()
    assert response.headers["Location"] == f"{LIST}{noted.pk}/"
    assert (noted.edition, noted.theme, noted.organisation.name) == (theme.edition, theme, "AMAP de Seclin")
    html = page(adviser, f"{LIST}{noted.pk}/")
    assert "tel:06" in html
    assert 'value="AMAP de Seclin"' in html


def test_the_page_of_a_contribution_leads_on(adviser, said):
    html = page(adviser, f"{LIST}{said.pk}/")
    for words in ("Rien pour se garder le soir", "yasmina@exemple.fr", "Un nouveau besoin en naît"):
        assert words in html
    assert "le premier peut naître ici" in html
    need = make_need(territory=said.territory, statement="Garder le soir")
    make_need(statement="Ailleurs")
    html = page(adviser, f"{LIST}{said.pk}/")
    assert "Garder le soir" in html
    assert "Ailleurs" not in html
    adviser.post(f"{LIST}{said.pk}/besoin/", {"need": need.pk})
    said.refresh_from_db()
    assert (said.state, said.need) == ("supports", need)
    html = page(adviser, f"{LIST}{said.pk}/")
    assert f'href="/bureau/besoins/{need.slug}/"' in html
    assert "Décider à nouveau" in html
    assert "Dit à l’appui" in page(adviser, f"/bureau/besoins/{need.slug}/")
    adviser.post(f"{LIST}{said.pk}/etat/", {"state": "noted"})
    said.refresh_from_db()
    assert (said.state, said.need) == ("noted", None)


def test_a_need_of_another_territory_cannot_be_chosen(adviser, said):
    make_need(territory=said.territory)
    html = adviser.post(f"{LIST}{said.pk}/besoin/", {"need": make_need().pk}).content.decode()
    assert "Sélectionnez un choix valide" in html
    said.refresh_from_db()
    assert said.state == ContributionState.NOTED


def test_a_need_begins_with_a_contribution(adviser, said, client):
    there = f"{LIST}{said.pk}/nouveau-besoin/"
    assert 'name="statement" value="Rien pour se garder le soir"' in page(adviser, f"{LIST}{said.pk}/")
    refused = adviser.post(there, {"statement": ""}).content.decode()
    assert "Un nouveau besoin en naît" in refused
    response = adviser.post(there, {"statement": "Une garde le soir"})
    need = Need.objects.get()
    assert response.headers["Location"] == "/bureau/besoins/une-garde-le-soir/"
    assert (need.edition, need.theme, need.territory) == (said.edition, said.theme, said.territory)
    again = adviser.post(there, {"statement": "Une autre"}).content.decode()
    assert "C’est déjà réglé" in again
    assert Need.objects.count() == 1
    assert client.get("/besoins/une-garde-le-soir/").status_code == 404
    need.state = NeedState.SHARED
    need.save()
    html = page(client, "/besoins/une-garde-le-soir/")
    assert "D’où il vient" in html
    assert "Né de ces mots" in html
    assert "Rien pour se garder" not in html


def test_it_is_answered_or_set_aside(adviser, said):
    there = f"{LIST}{said.pk}/etat/"
    assert "Dites pourquoi" in adviser.post(there, {"state": "set-aside"}).content.decode()
    adviser.post(there, {"state": "followed", "reason": "La crèche ouvre plus tard"})
    said.refresh_from_db()
    assert (said.state, said.reason) == ("followed", "La crèche ouvre plus tard")
    assert "C’est déjà réglé" in adviser.post(there, {"state": "set-aside", "reason": "x"}).content.decode()
    for state in ("founded", "gone", "\0"):
        assert adviser.post(there, {"state": state}).status_code == 404
    assert adviser.get(there).status_code == 405


def test_what_the_author_agrees_to_is_corrected(adviser, said):
    written = {
        "kind": "need",
        "words": "Rien le soir",
        "territory": said.territory_id,
        "met_in": f"edition:{said.edition_id}",
        "name": "Yasmina",
        "email": "yasmina@exemple.fr",
    }
    adviser.post(f"{LIST}{said.pk}/", written)
    said.refresh_from_db()
    assert (said.words, said.name, said.email, said.theme) == ("Rien le soir", "", "", None)
    refused = adviser.post(f"{LIST}{said.pk}/", written | {"words": "x" * 1_000_000}).content.decode()
    assert "2000" in refused
    assert "caractère nul" in adviser.post(f"{LIST}{said.pk}/", written | {"words": "a\0"}).content.decode()


def test_the_screens_are_for_the_staff_of_the_programme(programme, said):
    clients = {
        "stranger": Client(),
        "member": signed_in(make_user()),
        "elected": holder(Role.ELECTED_OFFICIAL, programme),
        "funder": holder(Role.FUNDER, programme),
        "elsewhere": holder(Role.COORDINATOR, make_programme()),
        "adviser": holder(Role.ADVISER, programme),
        "coordinator": holder(Role.COORDINATOR, programme),
    }
    own = f"{LIST}{said.pk}/"

    def answers(address, method="get", **data):
        return {who: getattr(client, method)(address, data).status_code for who, client in clients.items()}

    closed = {"stranger": 302, "member": 403, "elected": 403, "funder": 403}
    assert answers(own) == closed | {"elsewhere": 404, "adviser": 200, "coordinator": 200}
    for deed in ("besoin/", "nouveau-besoin/", "etat/"):
        found = answers(f"{own}{deed}", "post", state="gone")
        assert found["elsewhere"] == 404
        assert {who: found[who] for who in closed} == closed
    assert answers(LIST) == closed | {"elsewhere": 200, "adviser": 200, "coordinator": 200}
    assert "se garder" not in page(clients["elsewhere"], LIST)
    contacts = answers(f"{LIST}avec-contacts.csv", "post", territoire=said.territory.slug)
    assert contacts == closed | {"elsewhere": 404, "adviser": 403, "coordinator": 200}
    assert answers(f"{LIST}avec-contacts.csv")["coordinator"] == 405


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_has_no_names_or_contacts_unless_permitted(adviser, programme, said):
    response = adviser.get(f"{LIST}contributions.csv")
    (row,) = rows_of(response)
    assert (
        row["ce qui a été dit"] if "ce qui a été dit" in row else row["mots"]
    ) == "Rien pour se garder le soir"
    assert not any(word in response.content.decode() for word in PERSONAL)
    assert not any(word in page(adviser, LIST) for word in PERSONAL)
    coordinator = holder(Role.COORDINATOR, programme)
    assert "avec-contacts" not in page(coordinator, LIST)
    assert "avec-contacts" in page(coordinator, f"{LIST}?territoire={said.territory.slug}")
    response = coordinator.post(f"{LIST}avec-contacts.csv", {"territoire": said.territory.slug})
    (row,) = rows_of(response)
    assert (row["nom"], row["adresse électronique"]) == ("Yasmina Benali", "yasmina@exemple.fr")
    entry = Entry.objects.get(verb="export")
    assert (entry.subject_id, entry.details) == (
        str(said.territory_id),
        {"file": "contributions", "lines": 1},
    )
    assert coordinator.post(f"{LIST}avec-contacts.csv").status_code == 404


@pytest.mark.parametrize("text", ["\0", "%", "<script>", "x" * 3000])
def test_hostile_questions_get_an_answer(adviser, said, text):
    response = adviser.get(LIST, {"territoire": text, "nature": text, "etat": text, "page": text})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().replace("<script src", "")
    assert adviser.get(f"{LIST}9223372036854775808/").status_code == 404


@pytest.mark.parametrize("address", [LIST, f"{LIST}contributions.csv"])
def test_more_rows_cost_no_more_queries(adviser, assert_constant_queries, programme, address):
    edition = make_edition(programme=programme)

    def say():
        need = make_need(territory=edition.territory)
        make_contribution(
            territory=edition.territory, edition=edition, need=need, organisation=make_organisation()
        )

    assert_constant_queries(adviser, address, say)


def test_words_and_formulas_harm_nothing(adviser, said):
    said.words = "=1+1 <script>alert(1)</script>"
    said.save()
    for address in (LIST, f"{LIST}{said.pk}/"):
        assert "<script>alert" not in page(adviser, address)
    assert "'=1+1" in adviser.get(f"{LIST}contributions.csv").content.decode()
