from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from creasol.accounts.actions import erase_user
from creasol.accounts.models import User
from creasol.accounts.queries import export_user
from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.network.actions.mandates import end_mandate, give_mandate, register_person
from creasol.network.actions.organisations import register_organisation, revise_organisation
from creasol.network.drafts import OrganisationDraft, draft_of
from creasol.network.models import Mandate, Organisation, Person
from creasol.territories.models import Commune
from creasol.territories.signals import commune_merged
from creasol.territories.tests.factories import make_commune

from .factories import make_mandate, make_organisation, make_person

pytestmark = pytest.mark.django_db
AT = datetime(2011, 11, 7, 18, tzinfo=UTC)
SIRET = "73282932000074"


def test_registering_makes_an_address_and_words_to_search():
    organisation = register_organisation(
        OrganisationDraft(
            name="Régie de l’Œuvre",
            acronym="RO",
            siret=SIRET,
            activity_code="88.10A",
            commune=make_commune(name="Lesquin"),
        ),
        by=None,
        at=AT,
    )
    assert organisation.slug == "regie-de-luvre"
    assert organisation.sort_name == "regie de l oeuvre"
    assert organisation.words == " regie de l oeuvre ro lesquin aide a domicile"
    assert Entry.objects.get().verb == "register"


def test_two_of_one_name_have_two_addresses():
    drafts = [OrganisationDraft(name="AMAP"), OrganisationDraft(name="AMAP", commune=make_commune())]
    drafts.append(OrganisationDraft(name="AMAP", siret=SIRET))
    slugs = [register_organisation(draft, by=None, at=AT).slug for draft in drafts]
    assert slugs == ["amap", "amap-2", "amap-3"]


def test_two_that_nothing_tells_apart_are_one():
    lesquin = make_commune(name="Lesquin")
    register_organisation(OrganisationDraft(name="Mosaïque", commune=lesquin), by=None, at=AT)
    with pytest.raises(ValidationError, match="déjà dans l’annuaire"):
        register_organisation(OrganisationDraft(name="MOSAIQUE", commune=lesquin), by=None, at=AT)


def test_a_siret_is_given_once():
    register_organisation(OrganisationDraft(name="Une", siret=SIRET), by=None, at=AT)
    with pytest.raises(ValidationError) as refused:
        register_organisation(OrganisationDraft(name="Deux", siret=SIRET), by=None, at=AT)
    assert refused.value.message_dict == {"siret": ["Une autre organisation de l’annuaire a ce SIRET."]}


@pytest.mark.parametrize(
    ("siret", "message"),
    [
        ("73282932000075", "Ce SIRET n’existe pas : l’un de ses chiffres est sans doute mal recopié."),
        ("7328293200007", "Un SIRET a 14 chiffres ; celui-ci en a 13."),
        ("7328293200007A", "Un SIRET est fait de 14 chiffres, sans lettre."),
    ],
)
def test_a_wrong_siret_is_refused_in_plain_words(siret, message):
    with pytest.raises(ValidationError) as refused:
        register_organisation(OrganisationDraft(name="Une", siret=siret), by=None, at=AT)
    words = refused.value.message_dict["siret"][0].replace("\u00a0", " ").replace("\u202f", " ")
    assert words == message


def test_an_unknown_activity_is_refused():
    with pytest.raises(ValidationError):
        register_organisation(OrganisationDraft(name="Une", activity_code="00.00Z"), by=None, at=AT)


def test_revising_keeps_the_address():
    organisation = register_organisation(OrganisationDraft(name="Avant"), by=None, at=AT)
    revise_organisation(
        organisation,
        replace(draft_of(organisation), name="Après", phone="03 20 00 00 00"),
        by=make_user(),
        at=AT,
    )
    organisation.refresh_from_db()
    assert (organisation.slug, organisation.name, organisation.words) == ("avant", "Après", " apres")


def test_a_person_is_known_by_the_address_and_meets_the_account():
    user = make_user(email="noa@example.org")
    first = register_person(name="Noa", email="Noa@example.org", by=None, at=AT)
    again = register_person(name="Noa E.", email="noa@example.org", by=None, at=AT)
    assert first == again
    assert first.user == user


def test_an_invited_person_gets_an_account():
    person = register_person(name="Noa", email="noa@example.org", with_account=True, by=None, at=AT)
    assert person.user == User.objects.get(email="noa@example.org")
    with pytest.raises(ValidationError):
        register_person(name="Noa", with_account=True, by=None, at=AT)


def test_an_unknown_address_invites_later():
    person = register_person(name="Noa", email="noa@example.org", by=None, at=AT)
    assert person.user is None
    register_person(name="Noa", email="noa@example.org", with_account=True, by=None, at=AT)
    person.refresh_from_db()
    assert person.user.email == "noa@example.org"


def test_a_mandate_is_given_once_and_ends():
    organisation, person = make_organisation(), make_person()
    mandate = give_mandate(
        organisation=organisation, person=person, starts_on=date(2011, 1, 1), by=None, at=AT
    )
    with pytest.raises(ValidationError):
        give_mandate(organisation=organisation, person=person, starts_on=date(2011, 2, 1), by=None, at=AT)
    end_mandate(mandate, on=date(2011, 6, 1), by=None, at=AT)
    assert mandate.ends_on == date(2011, 5, 31)
    give_mandate(organisation=organisation, person=person, starts_on=date(2011, 6, 1), by=None, at=AT)
    assert Mandate.objects.count() == 2


def test_what_is_kept_of_a_person_is_told():
    user = make_user()
    organisation = make_organisation(name="AMAP de Seclin")
    make_mandate(organisation=organisation, person=make_person(user=user, name="Noa", email="n@example.org"))
    assert export_user(user)["directory"] == {
        "name": "Noa",
        "email": "n@example.org",
        "phone": "",
        "mandates": [
            {
                "organisation": "AMAP de Seclin",
                "title": "",
                "since": "2011-01-01",
                "until": None,
                "shown_to_everyone": False,
            }
        ],
    }


def test_an_erased_account_leaves_an_anonymous_mandate():
    user = make_user()
    person = register_person(name="Noa", email=user.email, phone="06 00 00 00 00", by=None, at=AT)
    make_mandate(person=person, title="Présidente", shown=True)
    pseudonym = erase_user(user, by=user, at=AT)
    person = Person.objects.get(pk=person.pk)
    assert (person.name, person.email, person.phone, person.user) == (pseudonym, "", "", None)
    assert not Entry.objects.filter(subject_label__contains="Noa").exists()
    mandate = Mandate.objects.get()
    assert (mandate.title, mandate.shown, mandate.ends_on) == ("", False, date(2011, 11, 7))


def test_organisations_follow_a_merger_of_communes():
    former, today = make_commune(), make_commune()
    organisation = make_organisation(commune=former)
    commune_merged.send(Commune, former=former, commune=today)
    assert Organisation.objects.get(pk=organisation.pk).commune == today
