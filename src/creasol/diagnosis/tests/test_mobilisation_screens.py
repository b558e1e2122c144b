"""The staff's screens of mobilisation: who may, what they say, what is taken along."""

from datetime import date

import pytest
from django.conf import settings

from creasol.accounts.tests.factories import make_user
from creasol.diagnosis.enums import Source
from creasol.diagnosis.models import Mobilisation, MobilisationLine
from creasol.diagnosis.tasks import mobilise
from creasol.jobs.models import Job
from creasol.journal.models import Entry
from creasol.network.models import Organisation
from creasol.network.tests.factories import make_mandate, make_organisation, make_person
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_edition, make_membership
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import (
    make_dataset,
    make_establishment,
    make_mobilisation,
    make_mobilisation_line,
    make_perimeter,
)

pytestmark = pytest.mark.django_db
SIRET = "73282932000074"
NEW = "/bureau/mobilisation/nouvelle/couronne-sud-2011/"


def sign_in(client, role):
    user = make_membership(role=role).user
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return user


@pytest.fixture
def coordinator(client):
    return sign_in(client, Role.COORDINATOR)


@pytest.fixture
def territory():
    seclin = make_commune(code="59560", name="Seclin")
    found = make_territory(slug="couronne-sud-2011", name="Couronne Sud", communes=[seclin])
    make_edition(territory=found, name="Couronne Sud 2011")
    register = make_dataset(Source.SIRENE)
    make_establishment(register, seclin, siret=SIRET, name="LES POTES EN CIEL")
    make_establishment(register, seclin, name="MOSAIQUE")
    for mode in ("insee", "law-2014"):
        make_perimeter(mode)
    return found


def page(client, url, **options):
    response = client.get(url, **options)
    assert response.status_code == 200
    return response.content.decode()


def test_the_act_is_announced_then_done(client, coordinator, territory):
    make_organisation(siret=SIRET)
    html = page(client, NEW)
    assert "Établissements du répertoire" in html
    assert "<dt>Déjà dans l’annuaire</dt><dd>1</dd>" in html
    response = client.post(NEW, {"edition": str(territory.editions.get().pk), "listed": "on"})
    made = Mobilisation.objects.get()
    assert response.headers["Location"] == f"/bureau/mobilisation/{made.pk}/"
    assert (made.edition.name, made.by, made.lines.count()) == ("Couronne Sud 2011", coordinator, 2)
    assert "MOSAIQUE" in page(client, f"/bureau/mobilisation/{made.pk}/")
    assert "Couronne Sud 2011" in page(client, "/bureau/mobilisation/")


def test_many_are_brought_in_by_a_job(client, coordinator, territory, monkeypatch):
    monkeypatch.setattr("creasol.diagnosis.views.mobilisation.AT_ONCE", 1)
    client.post(NEW, {"listed": "on"})
    made = Mobilisation.objects.get()
    address = f"/bureau/mobilisation/{made.pk}/"
    assert "0 sur 2 établissements" in page(client, address)
    assert "<html" not in page(client, address, headers={"hx-request": "true"})
    job = Job.objects.get()
    assert job.arguments["args"] == [made.pk]
    mobilise.func(made.pk)
    assert client.get(address, headers={"hx-request": "true"}).headers["HX-Refresh"] == "true"
    assert "LES POTES EN CIEL" in page(client, address)


def test_without_a_register_nothing_can_be_done(client, coordinator):
    make_territory(slug="couronne-sud-2011", communes=[make_commune()])
    assert "Aucun répertoire d’établissements n’est encore importé." in page(client, NEW)
    assert client.get("/bureau/mobilisation/nouvelle/inconnu/").status_code == 404
    assert "Pas encore de liste" in page(client, "/bureau/mobilisation/")


def test_whom_to_invite_is_ticked(client, coordinator):
    made = make_mobilisation()
    one, other = (
        make_mobilisation_line(made, make_organisation(name=name, words=f" {name.lower()}"))
        for name in ("Une", "Autre")
    )
    address = f"/bureau/mobilisation/{made.pk}/"
    response = client.post(f"{address}?q=un", {f"invited_{one.pk}": "", f"remark_{one.pk}": "A dit non"})
    assert response.headers["Location"] == f"{address}?q=un"
    assert list(MobilisationLine.objects.order_by("pk").values_list("invited", "remark")) == [
        (False, "A dit non"),
        (True, ""),
    ]
    assert 'value="A dit non"' in page(client, f"{address}?voir=others")
    assert "Autre" not in page(client, f"{address}?voir=others")
    assert "Une</a>" not in page(client, f"{address}?voir=invited")
    assert other.organisation.name in page(client, f"{address}?voir=invited&q=autre")
    too_long = client.post(address, {f"remark_{one.pk}": "a" * 201}).content.decode()
    assert "200 lettres au plus" in too_long


def test_a_possible_duplicate_is_shown_on_its_line(client, coordinator):
    known = make_organisation(name="Les Potes en Ciel")
    line = make_mobilisation_line(organisation=make_organisation(name="LES POTES EN CIEL", siret=SIRET))
    html = page(client, f"/bureau/mobilisation/{line.mobilisation.pk}/")
    assert f"/bureau/annuaire/doublons/{line.organisation.pk}/{known.pk}/" in html


def test_the_invited_are_taken_along_with_their_contacts(client, coordinator):
    made = make_mobilisation(make_territory(slug="couronne-sud-2011"))
    seclin = make_commune(code="59560", name="Seclin")
    invited = make_organisation(
        name="=Potes",
        siret=SIRET,
        commune=seclin,
        activity_code="88.10A",
        email="potes@example.org",
        phone="03",
    )
    make_mandate(organisation=invited, person=make_person(name="Noa", email="noa@example.org", phone="06"))
    gone = make_person(name="Partie", email="partie@example.org")
    make_mandate(organisation=invited, person=gone, ends_on=date(2011, 2, 1))
    make_mobilisation_line(made, invited, remark="Appeler avant")
    make_mobilisation_line(made, make_organisation(name="Refus"), invited=False)
    address = f"/bureau/mobilisation/{made.pk}/exporter/"
    response = client.post(address, {"format": "csv"})
    assert (
        response.headers["Content-Disposition"] == 'attachment; filename="invitations-couronne-sud-2011.csv"'
    )
    assert response.content.decode("utf-8-sig").splitlines() == [
        (
            "organisation,SIRET,activité,code Insee,commune,adresse,courriel de l’organisation,"
            "téléphone de l’organisation,site web,personnes mandatées,courriel de ces personnes,"
            "téléphone de ces personnes,remarque,exemple inventé"
        ),
        (
            "'=Potes,73282932000074,Aide à domicile,59560,Seclin,,potes@example.org,03,,Noa,noa@example.org,06,"
            "Appeler avant,non"
        ),
    ]
    ods = client.post(address, {"format": "ods"})
    assert ods.headers["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"
    assert list(Entry.objects.filter(verb="export").order_by("pk").values_list("actor", "details")) == [
        (coordinator.pk, {"file": "csv", "lines": 1}),
        (coordinator.pk, {"file": "ods", "lines": 1}),
    ]
    assert client.get(address).status_code == 405


def test_only_the_staff_sees_lists_and_only_coordinators_make_them(client, territory):
    made = make_mobilisation(territory)
    addresses = ["/bureau/mobilisation/", f"/bureau/mobilisation/{made.pk}/", NEW]
    answers = {}
    for role in (Role.COORDINATOR, Role.ADVISER, Role.ELECTED_OFFICIAL, Role.FUNDER):
        sign_in(client, role)
        answers[role] = [client.get(address).status_code for address in addresses]
        answers[role].append(client.post(f"{addresses[1]}exporter/").status_code)
    assert answers == {
        Role.COORDINATOR: [200, 200, 200, 200],
        Role.ADVISER: [200, 200, 403, 200],
        Role.ELECTED_OFFICIAL: [403, 403, 403, 403],
        Role.FUNDER: [403, 403, 403, 403],
    }
    client.force_login(make_user(), backend=settings.AUTHENTICATION_BACKENDS[-1])
    assert [client.get(address).status_code for address in addresses] == [403, 403, 403]


def test_the_diagnosis_leads_coordinators_there(client, coordinator, territory):
    for address in ("", "etablissements/"):
        html = page(client, f"/territoires/couronne-sud-2011/diagnostic/{address}?perimeter=law-2014")
        assert f'href="{NEW}?perimeter=law-2014"' in html
        assert NEW not in page(client, f"/diagnostic/{address}?communes=59560")
    client.logout()
    assert NEW not in page(client, "/territoires/couronne-sud-2011/diagnostic/")


def test_lists_take_the_same_number_of_queries_for_more_rows(client, coordinator, assert_constant_queries):
    made = make_mobilisation()
    assert_constant_queries(client, "/bureau/mobilisation/", make_mobilisation)
    assert_constant_queries(
        client,
        f"/bureau/mobilisation/{made.pk}/",
        lambda: make_mobilisation_line(made, make_organisation(name="Une")),
    )
    assert Organisation.objects.count() == 3
