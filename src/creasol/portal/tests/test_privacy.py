"""The whole life of a gathering, and where its people are then found: nowhere but with the team and behind links."""

import json
import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from django.utils import timezone

from creasol.accounts.tests.factories import make_user
from creasol.gatherings.models import Gathering, SurveyAnswer
from creasol.gatherings.tests.factories import make_gathering
from creasol.jobs.models import Job
from creasol.journal.actions import record
from creasol.journal.models import Entry
from creasol.mailing.actions import deliver_message
from creasol.mailing.models import Message
from creasol.needs.actions import anonymise_contributions
from creasol.needs.models import Contribution
from creasol.places.actions.announcements import send_announcement
from creasol.places.actions.bookings import accept_offer
from creasol.places.actions.calendar_keys import renew_calendar_key
from creasol.places.actions.forgetting import erase_registration, forget_occasions
from creasol.places.actions.registrations import (
    RegistrationDraft,
    refuse_registration,
    register,
    resize_booking,
)
from creasol.places.models import Offer, Registration
from creasol.places.tests.factories import make_question, make_slot
from creasol.places.tickets import token_of
from creasol.portal.models import SearchEntry, SearchToken
from creasol.portal.page_cache import ASKED, PLAIN
from creasol.programmes.tests.factories import make_edition, make_programme
from tests.roles import client_of, people_of

pytestmark = pytest.mark.django_db
WHO = (
    "Zoélinde",
    "zoelinde@secret.example",
    "06 12 34 56 78",
    "Assoc secrète",
    "une rampe secrète",
    "réponse secrète",
)
OTHERS = (
    "Yvonig",
    "Wilfrid",
    "Vivette",
    "yvonig@secret.example",
    "wilfrid@secret.example",
    "vivette@secret.example",
)
SAID = ("paroles tues", "Nom tu", "nomtu@secret.example", "03 99 99 99 99")
ALL = (*WHO, *OTHERS, *SAID)
READ = """
/ /recherche/?q=soiree /sitemap.xml /besoins/ /programmes/ /api/gatherings /api/needs /api/search?q=soiree
/rencontres/ /rencontres/?quand=passees /rencontres/rencontres.csv /rencontres/calendrier/ /rencontres/agenda.ics
/rencontres/agenda.atom /rencontres/vecue/ /rencontres/vecue/agenda.ics /rencontres/vecue/programme/
/rencontres/vecue/benevoles/ /api/gatherings/vecue /api/gatherings?past=true /donnees-effacees/
/s-inscrire/{occasion}/ /editions/{edition}/ /territoires/{territory}/ /rencontres/vecue/dire/{key}/
/rencontres/vecue/dire/{key}/merci/ /e/{token}
"""


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def people(programme):
    return people_of(programme)


@pytest.fixture
def life(programme, people, caplog):
    """Live an evening from its first registration to its last mail; return the gathering."""
    caplog.set_level(logging.DEBUG)
    now = timezone.now()
    yesterday = now - timedelta(days=1)
    edition = make_edition(programme=programme)
    hours = {"starts_at": now - timedelta(hours=3), "ends_at": now - timedelta(hours=1)}
    window = {"opens_at": now - timedelta(days=9), "closes_at": now + timedelta(hours=1)}
    gathering = make_gathering(edition=edition, slug="vecue", title="Soirée vécue", **hours, **window)
    occasion = gathering.occasion
    slot = make_slot(occasion=occasion, capacity=3)
    question = make_question(occasion=occasion, label="Quoi d’autre ?")
    team = people["coordinator"]

    def comes(name, email, size=1, **more):
        draft = RegistrationDraft(first_name=name, email=email, **more)
        return register(draft, occasion=occasion, places={slot.pk: size}, at=yesterday)

    zoelinde = comes(
        WHO[0],
        WHO[1],
        3,
        phone=WHO[2],
        organisation_name=WHO[3],
        access_needs=WHO[4],
        answers={question.pk: WHO[5]},
    )
    comes("Yvonig", OTHERS[3])
    wilfrid, vivette = comes("Wilfrid", OTHERS[4]), comes("Vivette", OTHERS[5])
    resize_booking(zoelinde.bookings.get(), size=2, at=yesterday)
    accept_offer(Offer.objects.get(), at=yesterday)
    refuse_registration(wilfrid, reason="La salle est petite.", by=team, at=yesterday)
    erase_registration(vivette, at=yesterday)

    stranger, coordinator = Client(), client_of(team)
    word = {"kind": "arrive", "key": str(uuid4()), "slot": slot.pk, "ticket": token_of(zoelinde.ticket)}
    door = coordinator.post(
        f"/bureau/inscriptions/{occasion.pk}/accueil/envoi/", {"words": json.dumps([word])}
    )
    assert door.json()["answers"][0]["outcome"] == "welcome"
    said = {
        "kind": "need",
        "words": SAID[0],
        "name": SAID[1],
        "email": SAID[2],
        "phone": SAID[3],
        "may_be_contacted": "on",
        "request_key": uuid4().hex,
    }
    assert stranger.post(f"/rencontres/vecue/dire/{gathering.say_key}/", said).status_code == 302
    contribution = Contribution.objects.get()
    statement = {"statement": "Une garde le soir", "explanation": ""}
    coordinator.post(f"/bureau/contributions/{contribution.pk}/nouveau-besoin/", statement)
    answer = {"score": "4", "words": "Encore"}
    assert stranger.post(f"/rencontres/vecue/avis/{zoelinde.code}/", answer).status_code == 302
    stranger.post(
        f"/inscription/{zoelinde.code}/modifier/", {"first_name": WHO[0], "email": WHO[1], "phone": WHO[2]}
    )
    send_announcement(occasion, kind="survey", by=team, at=now)
    coordinator.post(f"/bureau/inscriptions/{occasion.pk}/participants.csv")
    for message in Message.objects.filter(state="queued"):
        deliver_message(message.pk, at=now)
    assert len(mail.outbox) >= 4
    assert SurveyAnswer.objects.count() == 1
    return gathering


def public_addresses(gathering):
    parts = {
        "occasion": gathering.occasion_id,
        "edition": gathering.edition.slug,
        "territory": gathering.edition.territory.slug,
        "key": gathering.say_key,
        "token": token_of(gathering.occasion.registrations.first().ticket),
    }
    return READ.format(**parts).split()


def found_in(texts, secrets=ALL):
    """Return which secrets are in which of some named texts."""
    return [
        (name, secret)
        for name, text in texts.items()
        for secret in secrets
        if secret.casefold() in text.casefold()
    ]


def rows_of(model):
    """Return the rows of a table as texts, by their names."""
    rows = model._base_manager.values()
    return {f"{model._meta.label} {number}": str(row) for number, row in enumerate(rows)}


def test_nobody_is_named_where_everyone_reads(life):
    stranger = Client()
    answers = {address: stranger.get(address) for address in public_addresses(life)}
    assert {address: one.status_code for address, one in answers.items() if one.status_code != 200} == {}
    assert found_in({address: one.content.decode() for address, one in answers.items()}) == []


def test_nobody_is_named_in_what_is_kept_for_long_or_for_work(life, caplog):
    assert Entry.objects.filter(subject_type="places.registration").count() >= 6
    assert Job.objects.exists()
    for model in (Entry, Job, SearchEntry, SearchToken):
        assert found_in(rows_of(model)) == []
    folded = ("zoelinde", "yvonig", "wilfrid", "secret")
    assert found_in(rows_of(SearchToken), folded) == []
    assert found_in({"log": caplog.text}) == []


def test_addresses_are_on_screens_of_the_team_alone(life, people):
    occasion = life.occasion_id
    desk = f"/bureau/inscriptions/{occasion}/"
    pages = [
        desk,
        f"{desk}attente/",
        f"{desk}accueil/?tous",
        f"{desk}accueil/liste.json",
        f"{desk}questions/",
    ]
    pages += [
        "/bureau/",
        "/bureau/rencontres/vecue/",
        "/bureau/rencontres/vecue/recolte/",
        "/bureau/rencontres/vecue/avis/",
    ]
    seen = {}
    for who in ("signed-in", "member", "elected", "funder", "elsewhere"):
        client = client_of(people[who])
        for address in [*pages, *public_addresses(life)]:
            seen[f"{who} {address}"] = client.get(address).content.decode()
    assert found_in(seen) == []
    team = client_of(people["coordinator"])
    door = {address: team.get(address).content.decode() for address in pages if "accueil" in address}
    assert found_in(door, (*WHO[1:3], *WHO[4:], *OTHERS[3:])) == []
    assert (
        found_in({"file": team.post(f"{desk}participants.csv").content.decode()}, (*WHO[1:3], WHO[4])) == []
    )


def test_when_the_delay_has_passed_nothing_leads_to_a_person(life):
    forget_occasions(at=timezone.now() + timedelta(days=400))
    anonymise_contributions(at=timezone.now() + timedelta(days=800))
    own = [model for model in apps.get_models() if model.__module__.startswith("creasol.")]
    left = {name: text for model in own for name, text in rows_of(model).items()}
    assert Message.objects.filter(kind__startswith="places.").count() == 0
    # what was said stays, as its author agreed: without a name
    assert found_in(left) == [("needs.Contribution 0", SAID[0])]
    assert Registration.objects.filter(forgotten_at=None).count() == 0


def test_codes_cannot_be_guessed(life):
    secrets = [word for one in Registration.objects.all() for word in (one.code, one.ticket)]
    secrets += [renew_calendar_key(make_user(), at=timezone.now()).key]
    assert len(set(secrets)) == len(secrets)
    assert min(map(len, secrets)) >= 16  # letters of 64: 96 bits


def test_the_sheet_of_a_gathering_cannot_be_guessed(people, programme):
    edition = make_edition(programme=programme)
    said = {
        "title": "Manger", "kind": "evening", "day": "2027-05-10", "starts": "18:30", "ends": "20:30", "on_site": "on",
        "on_site_places": "40", "audience": "public", "met_in": f"edition:{edition.pk}",
    }  # fmt: skip
    client_of(people["coordinator"]).post("/bureau/rencontres/nouvelle/", said)
    assert len(Gathering.objects.get().say_key) >= 16


@pytest.fixture
def cache(settings):
    settings.PAGE_CACHE = True
    PLAIN.clear()
    ASKED.clear()
    yield
    PLAIN.clear()
    ASKED.clear()


def test_no_page_of_a_person_is_kept_for_others(life, cache):
    record("revise", life, by=None, at=timezone.now())
    zoelinde = Registration.objects.get(first_name=WHO[0])
    secret = [f"/inscription/{zoelinde.code}/{page}" for page in (
        "", "modifier/", "agenda.ics", "mes-donnees/", "mes-donnees.json", "effacer/", "?langue=en", "agenda.ics?a=1",
    )]  # fmt: skip
    secret += [f"/rencontres/vecue/avis/{zoelinde.code}/", f"/rencontres/vecue/avis/{zoelinde.code}/merci/"]
    secret += [f"/rencontres/vecue/dire/{life.say_key}/", f"/rencontres/vecue/dire/{life.say_key}/merci/"]
    for address in [*secret, f"/e/{token_of(zoelinde.ticket)}", *public_addresses(life)]:
        answer = Client().get(address)
        assert answer.status_code == 200, address
        if address in secret:
            assert answer["Cache-Control"] == "private, no-store"
            assert answer["X-Robots-Tag"] == "noindex, nofollow"
            assert answer["Referrer-Policy"] == "same-origin"
    kept = {
        f"{address[2]}?{address[3]}": page.body.decode()
        for shelf in (PLAIN, ASKED)
        for address, (_version, page) in shelf.pages.items()
    }
    assert "/rencontres/vecue/?" in kept
    assert [
        address
        for address in kept
        if address.startswith(
            (
                "/inscription/",
                "/e/",
                "/rencontres/vecue/dire",
                "/rencontres/vecue/avis",
                "/s-inscrire",
                "/bureau",
                "/agenda",
            )
        )
    ] == []
    assert found_in(kept) == []
    assert found_in(kept, (zoelinde.code, zoelinde.ticket, life.say_key)) == []


def test_what_is_personal_is_not_kept_either_when_it_is_gone(cache):
    for address in ("/inscription/nulle/", "/agenda/nulle.ics", "/e/nul"):
        Client().get(address)
    assert [address[2] for shelf in (PLAIN, ASKED) for address in shelf.pages] == []
