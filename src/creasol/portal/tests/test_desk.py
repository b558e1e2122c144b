from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from creasol.accounts.tests.factories import make_user
from creasol.diagnosis.enums import ImportState, Source
from creasol.diagnosis.tests.factories import make_dataset, make_import
from creasol.gatherings.tests.factories import make_gathering
from creasol.jobs.enums import JobState
from creasol.jobs.tests.factories import make_job
from creasol.mailing.enums import MessageState
from creasol.mailing.tests.factories import make_message
from creasol.needs.enums import ContributionState
from creasol.needs.tests.factories import make_contribution, make_need
from creasol.network.models import Mandate, Organisation, Person
from creasol.network.tests.factories import make_organisation
from creasol.places.tests.factories import (
    make_announcement,
    make_booking,
    make_move,
    make_registration,
    make_slot,
)
from creasol.portal.queries.desk import desk
from creasol.portal.queries.waiting import NEEDED, waiting_for
from creasol.programmes.enums import EditionState, PhaseKind, Role
from creasol.programmes.tests.factories import make_edition, make_membership, make_phase, make_programme
from creasol.reports.tests.factories import make_proofreading, make_report
from creasol.territories.tests.factories import make_commune, make_territory

pytestmark = pytest.mark.django_db
TODAY = date(2011, 11, 7)
AT = datetime(2011, 11, 6, 12, tzinfo=UTC)


@pytest.fixture
def administrator():
    return make_user(is_administrator=True)


@pytest.fixture
def quiet():
    """Nothing waits: a real edition, the official files."""
    edition = make_edition(state=EditionState.RUNNING, ends_on=date(2099, 12, 31))
    make_phase(edition=edition, ends_on=date(2099, 12, 31))
    for source in NEEDED:
        make_dataset(source)


def waits(user, on=TODAY):
    return [(item.title, item.urgent) for item in waiting_for(user, on=on)]


def test_a_quiet_day(quiet, administrator, client):
    assert waits(administrator) == []
    client.force_login(administrator)
    assert "Rien n’attend" in client.get("/bureau/").content.decode()


def test_what_is_broken_comes_first(quiet, administrator):
    make_message(state=MessageState.FAILED)
    make_job(state=JobState.FAILED)
    make_import(Source.SIRENE, state=ImportState.FAILED, message="Colonne absente")
    make_import(Source.FACILITIES, state=ImportState.FAILED)
    make_import(Source.FACILITIES, state=ImportState.DONE)
    edition = make_edition(name="Weppes", starts_on=date(2011, 11, 1), ends_on=date(2012, 3, 1))
    assert waits(administrator) == [
        ("1 courriel n’a pas pu partir", True),
        ("1 tâche de fond a échoué", True),
        ("Le dernier import a échoué\u00a0: " + str(Source.SIRENE.label), True),
        ("Lancer l’édition Weppes", True),
        ("L’édition Weppes n’a pas de phases", False),
    ]
    edition.delete()


def test_what_ends_soon(quiet, administrator):
    phase = make_phase(edition=make_edition(state=EditionState.RUNNING), ends_on=TODAY + timedelta(30))
    make_phase(edition=phase.edition, kind=PhaseKind.SUPPORT, starts_on=TODAY, ends_on=TODAY + timedelta(31))
    member = make_user(name="Anne")
    make_membership(user=member, role=Role.ADVISER, until=TODAY + timedelta(30))
    make_membership(user=member, role=Role.FUNDER, until=TODAY + timedelta(31))
    assert [title for title, _ in waits(administrator)] == [
        f"Une phase se termine bientôt\u00a0: {phase.get_kind_display()}",
        f"Un rôle se termine bientôt\u00a0: Anne, {Role.ADVISER.label}",
    ]


def test_needs_diagnoses_and_duplicates_wait(quiet, administrator):
    make_need(state="candidate")
    make_need(state="shared")
    unread = make_report(title="Weppes", state="proofreading", proofread_since=AT)
    agreed = make_report(title="Lys", state="proofreading", proofread_since=AT)
    make_proofreading(report=unread, at=AT, agrees=False, remark="Plus court.")
    make_proofreading(report=unread, at=AT - timedelta(1))
    make_proofreading(report=agreed, at=AT)
    seclin = make_commune()
    for name in ("Le Panier de Seclin", "Le panier de Séclin"):
        make_organisation(name=name, commune=seclin)
    assert [title for title, _ in waits(administrator)] == [
        "1 besoin à partager ou à écarter",
        "Relire le diagnostic\u00a0: Weppes",
        "Publier le diagnostic\u00a0: Lys",
        "1 doublon possible dans l’annuaire",
    ]
    assert [item.url for item in waiting_for(administrator, on=TODAY)] == [
        "/bureau/besoins/?etat=candidate",
        f"/bureau/diagnostics/{unread.slug}/relire/",
        f"/bureau/diagnostics/{agreed.slug}/",
        "/bureau/annuaire/doublons/",
    ]


def test_a_site_without_an_edition_of_its_own_is_told_where_to_go_on(administrator):
    edition = make_edition(is_example=True, state=EditionState.COMPLETED)
    for source in NEEDED:
        make_dataset(source, synthetic=source == Source.SIRENE)
    (first, missing) = waiting_for(administrator, on=TODAY)
    assert (first.title, first.url) == (
        "Préparer la prochaine édition",
        f"/bureau/programmes/{edition.programme.slug}/nouvelle-edition/",
    )
    assert (missing.title, missing.detail) == (
        "Il manque au diagnostic un fichier officiel",
        str(Source.SIRENE.label),
    )


@pytest.mark.parametrize(
    ("role", "work", "results"),
    [
        (Role.COORDINATOR, True, True),
        (Role.ADVISER, True, True),
        (Role.ELECTED_OFFICIAL, False, True),
        (Role.FUNDER, False, True),
    ],
)
def test_each_role_sees_its_part(role, work, results, client):
    user = make_membership(role=role).user
    shown = desk(user, on=TODAY)
    assert (shown.sees_work, shown.results is not None) == (work, results)
    client.force_login(user)
    page = client.get("/bureau/").content.decode()
    assert ('id="waiting"' in page) == work
    assert ('id="results"' in page) == results


def test_who_follows_the_programme_sees_no_work():
    user = make_membership(role=Role.FUNDER).user
    make_message(state=MessageState.FAILED)
    assert waiting_for(user, on=TODAY) == ()


def test_a_member_sees_the_own_organisations(client):
    user = make_user()
    organisation = Organisation.objects.create(slug="panier", name="Le Panier")
    Organisation.objects.create(slug="autre", name="Autre")
    person = Person.objects.create(user=user, name="Anne")
    Mandate.objects.create(organisation=organisation, person=person, starts_on=date(2010, 1, 1))
    client.force_login(user)
    page = client.get("/bureau/").content.decode()
    assert "Le Panier" in page
    assert "Autre" not in page


def test_without_a_role_one_learns_what_one_can_do(client):
    client.force_login(make_user())
    assert "Ce que vous pouvez faire ici" in client.get("/bureau/").content.decode()


def test_results_are_counted_without_examples():
    user = make_membership(role=Role.FUNDER).user
    programme = make_programme()
    territory = make_territory(communes=[make_commune(), make_commune()])
    make_edition(programme=programme, state=EditionState.COMPLETED, territory=territory)
    make_edition(programme=programme, state=EditionState.RUNNING, territory=territory)
    make_edition(programme=programme, territory=make_territory(communes=[make_commune()]))
    make_edition(programme=programme, state=EditionState.COMPLETED, is_example=True)
    Organisation.objects.create(slug="a", name="A")
    Organisation.objects.create(slug="b", name="B", is_example=True)
    shown = desk(user, on=TODAY).results
    assert (shown.running, shown.planned, shown.completed, shown.communes, shown.organisations) == (
        1,
        1,
        1,
        2,
        1,
    )


def test_strangers_are_sent_to_the_sign_in(client):
    answer = client.get("/bureau/")
    assert (answer.status_code, answer["Location"]) == (302, "/compte/connexion/?next=/bureau/")


def test_the_number_of_queries_does_not_grow(quiet, administrator):
    def one_more():
        make_message(state=MessageState.FAILED)
        make_import(Source.SIRENE, state=ImportState.FAILED)
        make_phase(edition=make_edition(state=EditionState.RUNNING), ends_on=TODAY)
        make_membership(until=TODAY)
        make_need()
        make_report(state="proofreading", proofread_since=AT)

    def queries():
        client = Client()
        client.force_login(administrator)
        with CaptureQueriesContext(connection) as asked:
            client.get("/bureau/")
        return len(asked)

    one_more()
    first = queries()
    one_more()
    one_more()
    assert queries() == first


def test_gatherings_wait_for_the_staff_of_their_programme(quiet):
    edition = make_edition()
    over = make_gathering(
        edition=edition, title="Manger d’ici", starts_at=datetime(2011, 9, 1, 16, tzinfo=UTC)
    )
    soon = make_gathering(edition=edition, title="Bouger", state="proposed", starts_at=AT + timedelta(days=5))
    later = make_gathering(
        edition=edition, title="Loger", state="proposed", starts_at=AT + timedelta(days=90)
    )
    make_gathering(edition=edition, state="held", starts_at=datetime(2011, 9, 1, 16, tzinfo=UTC))
    adviser = make_membership(programme=edition.programme, role=Role.ADVISER).user
    found = [item for item in waiting_for(adviser, on=TODAY) if "/rencontres/" in item.url]
    assert [(item.title, item.url, item.urgent) for item in found] == [
        ("Confirmer la rencontre, ou non\u00a0: Bouger", f"/bureau/rencontres/{soon.slug}/", True),
        ("Combien de personnes sont venues\u202f? Manger d’ici", f"/bureau/rencontres/{over.slug}/", False),
        ("Confirmer la rencontre, ou non\u00a0: Loger", f"/bureau/rencontres/{later.slug}/", False),
    ]
    elsewhere = make_membership(role=Role.COORDINATOR).user
    assert not [item for item in waiting_for(elsewhere, on=TODAY) if "/rencontres/" in item.url]


def test_those_registered_wait_to_be_told_of_a_new_date(quiet):
    gathering = make_gathering(title="Bouger", state="moved", starts_at=AT + timedelta(days=9), version=1)
    make_move(occasion=gathering.occasion, version=1, at=AT)
    make_gathering(edition=gathering.edition, state="moved", starts_at=AT + timedelta(days=9), version=1)
    adviser = make_membership(programme=gathering.edition.programme, role=Role.ADVISER).user

    def found():
        return [item for item in waiting_for(adviser, on=TODAY) if "/mails/" in item.url]

    assert not found()
    registration = make_registration(occasion=gathering.occasion, registered_at=AT - timedelta(days=3))
    make_booking(registration=registration, slot=make_slot(occasion=gathering.occasion))
    (item,) = found()
    assert (item.title, item.detail, item.urgent) == (
        "Prévenir les personnes inscrites\u00a0: Bouger",
        "1 personne n’a pas été prévenue du report ou de l’annulation.",
        True,
    )
    assert item.url == f"/bureau/inscriptions/{gathering.occasion_id}/mails/moved/"
    make_announcement(occasion=gathering.occasion, kind="moved", version=1, sent_at=AT)
    assert not found()


def test_what_people_said_waits_for_the_staff_of_its_programme(quiet):
    edition, other = make_edition(), make_edition()
    where = {"territory": edition.territory, "edition": edition}
    make_contribution(**where, noted_at=datetime(2011, 10, 1, 12, tzinfo=UTC))
    make_contribution(**where, noted_at=AT)
    make_contribution(**where, state=ContributionState.FOLLOWED)
    adviser = make_membership(programme=edition.programme, role=Role.ADVISER).user
    (item,) = [item for item in waiting_for(adviser, on=TODAY) if "paroles" in item.title]
    assert (item.title, item.detail, item.url) == (
        "2 paroles attendent une suite",
        "La plus ancienne a été notée le 1 octobre 2011.",
        "/bureau/contributions/?etat=noted",
    )
    elsewhere = make_membership(programme=other.programme, role=Role.COORDINATOR).user
    assert not [title for title, _urgent in waits(elsewhere) if "parole" in title]
