"""The mails to one person: what they say, in both languages, and that each leaves once."""

from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from creasol.accounts.tests.factories import make_user
from creasol.jobs.models import Job
from creasol.jobs.worker import run_waiting_jobs
from creasol.mailing.actions import queue_message
from creasol.mailing.models import Message
from creasol.places.actions.bookings import accept_offer, decline_offer, let_in, set_capacity
from creasol.places.actions.registrations import (
    RegistrationDraft,
    add_bookings,
    cancel_registration,
    refuse_registration,
    register,
)
from creasol.places.models import Registration
from creasol.places.notifications import (
    Registered,
)
from tests.mail_server import Sink, free_port

from .factories import (
    AT,
    STARTS_AT,
    make_registration,
    make_slot,
    make_wish,
)
from .mails import calendar_in, make_evening, plain

pytestmark = pytest.mark.django_db


def ask(occasion, *, places, name="Ada", **over):
    draft = RegistrationDraft(first_name=name, email=f"{name.lower()}@example.org", **over)
    return register(draft, occasion=occasion, places=places, at=AT)


def test_who_has_a_place_reads_it_with_the_calendar_file():
    occasion = make_evening()
    entry = make_slot(occasion=occasion)
    shift = make_slot(
        occasion=occasion,
        kind="shift",
        name="Accueil",
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + timedelta(hours=1),
    )
    registration = ask(occasion, places={entry.pk: 2, shift.pk: 1})

    message = Message.objects.get()
    text = plain(message.text)
    assert plain(message.subject) == "Inscription confirmée : Soirée des acteurs"
    assert "Bonjour Ada,\n\nVous êtes inscrit·e à « Soirée des acteurs ».\n" in text
    assert "Quand : lundi 7 novembre 2011, 18 h – 20 h\n" in text
    assert "Où : Maison des associations, Salle bleue, 1 rue Faidherbe, " in text
    assert "- Entrée, 2 personnes – confirmée\n" in text
    assert "- Accueil, lundi 7 novembre 2011, 18 h – 19 h – confirmée\n" in text
    assert "Tram **1**, arrêt Mairie." in text
    assert "Questions d’accessibilité : Zoé, 03 20 00 00 00" in text
    assert "est gardé jusqu’au 5 février 2012, puis effacé : seuls des nombres restent." in text
    assert f"http://127.0.0.1:8000/inscription/{registration.code}/" in text.replace(
        "127.0.0.1/", "127.0.0.1:8000/"
    )
    assert "attente" not in text
    assert "Tram <strong>1</strong>" in message.html
    content_type, method, event = calendar_in(message)
    assert (content_type, method) == ("text/calendar; method=PUBLISH", "PUBLISH")
    assert event["UID"] == f"occasion-{occasion.pk}@127.0.0.1"
    assert event.decoded("DTSTART") == STARTS_AT
    assert event["DESCRIPTION"] == "Tram **1**, arrêt Mairie."
    assert message.about == f"places.registration:{registration.pk}"


def test_who_waits_reads_other_words_and_gets_no_calendar_file():
    occasion = make_evening()
    entry = make_slot(occasion=occasion, capacity=1)
    ask(occasion, places={entry.pk: 1})
    ask(occasion, places={entry.pk: 1}, name="Eve")
    ask(occasion, places={entry.pk: 1}, name="Bob")

    message = Message.objects.get(to="bob@example.org")
    text = plain(message.text)
    assert plain(message.subject) == "En liste d’attente : Soirée des acteurs"
    assert "vous êtes sur la liste d’attente, et vous n’avez pas encore de place." in text
    assert "- Entrée – en position 2 sur la liste d’attente\n" in text
    assert "confirmée" not in text
    assert "Vous êtes inscrit·e" not in text
    assert "est gardé jusqu’au 14 novembre 2011" in text
    assert message.attachments == []


def test_a_place_and_a_workshop_that_is_full_are_told_apart_in_one_mail():
    occasion = make_evening()
    entry, workshop = (
        make_slot(occasion=occasion),
        make_slot(occasion=occasion, kind="workshop", name="Vélo", capacity=1),
    )
    ask(occasion, places={entry.pk: 1, workshop.pk: 1}, name="Eve")
    ask(occasion, places={entry.pk: 1, workshop.pk: 1}, name="Bob")

    text = plain(Message.objects.get(to="bob@example.org").text)
    assert "- Entrée – confirmée\n- Vélo – en position 1 sur la liste d’attente\n" in text


def test_wishes_are_noted_before_places_are_given():
    occasion = make_evening(wishes_until=AT + timedelta(days=9))
    workshop = make_slot(occasion=occasion, kind="workshop", name="Vélo")
    registration = make_registration(occasion=occasion)
    make_wish(registration=registration, slot=workshop)

    message = queue_message(Registered(to=registration.email, registration=registration), at=AT)

    assert plain(message.subject) == "Vos vœux sont notés : Soirée des acteurs"
    assert "Vœu n° 1 : Vélo" in plain(message.text)
    assert message.attachments == []


def test_each_choice_is_confirmed_once():
    occasion = make_evening()
    entry, shift = make_slot(occasion=occasion), make_slot(occasion=occasion, kind="shift", name="Accueil")
    registration = ask(occasion, places={entry.pk: 1})
    queue_message(Registered(to="ada@example.org", registration=registration), at=AT)
    assert Message.objects.count() == 1

    add_bookings(registration, places={shift.pk: 1}, at=AT)

    assert Message.objects.count() == 2
    assert "Accueil" in Message.objects.latest("id").text


def test_a_place_is_offered_until_an_hour_and_the_mail_serves_no_longer():
    occasion = make_evening()
    entry = make_slot(occasion=occasion, capacity=1)
    ask(occasion, places={entry.pk: 1}, name="Eve")
    ask(occasion, places={entry.pk: 1}, name="Bob")
    set_capacity(entry, capacity=2, by=None, at=AT)

    message = Message.objects.get(kind="places.place_offered")
    text = plain(message.text)
    assert plain(message.subject) == "Une place est libre pour vous : Soirée des acteurs"
    assert "Vous attendiez : 1 place est libre pour vous, pour « Soirée des acteurs »." in text
    assert "C’est gardé pour vous jusqu’au mercredi 12 octobre 2011, 11 h." in text
    assert "Dites oui ou non sur la page de votre inscription : l’ouvrir ne décide de rien." in text
    assert message.expires_at == AT + timedelta(hours=48)
    assert (
        message.html.count("href=") == 2
    )  # the page of the registration, the site: nothing that a robot could click


@pytest.mark.parametrize(
    ("answer", "subject", "files"),
    [
        (accept_offer, "Inscription confirmée : Soirée des acteurs", 1),
        (decline_offer, "Vous avez laissé la place : Soirée des acteurs", 0),
    ],
)
def test_what_is_answered_to_an_offer_is_confirmed(answer, subject, files):
    occasion = make_evening()
    ask(occasion, places={make_slot(occasion=occasion, capacity=1).pk: 1}, name="Eve")
    registration = ask(occasion, places={occasion.slots.get().pk: 1}, name="Bob")
    set_capacity(occasion.slots.get(), capacity=2, by=None, at=AT)

    answer(registration.bookings.get().offers.get(), at=AT)

    message = Message.objects.latest("id")
    assert (message.to, plain(message.subject)) == ("bob@example.org", subject)
    assert len(message.attachments) == files


def test_who_is_let_in_reads_it():
    occasion = make_evening()
    ask(occasion, places={make_slot(occasion=occasion, capacity=1).pk: 1}, name="Eve")
    registration = ask(occasion, places={occasion.slots.get().pk: 1}, name="Bob")

    let_in(registration.bookings.get(), reason="Elle anime un atelier.", by=make_user(), at=AT)

    assert plain(Message.objects.latest("id").subject) == "Inscription confirmée : Soirée des acteurs"


def test_who_cancels_gets_one_last_mail_and_none_of_those_that_waited():
    occasion = make_evening()
    entry = make_slot(occasion=occasion)
    registration = ask(occasion, places={entry.pk: 1})
    cancel_registration(registration, at=AT)
    cancel_registration(registration, at=AT)

    [message] = Message.objects.all()
    assert plain(message.subject) == "Vous avez annulé : Soirée des acteurs"
    assert "Vous ne recevrez plus rien à ce sujet." in plain(message.text)
    assert f"/inscription/{registration.code}/mes-donnees/" in message.html
    assert "accessibilité" not in message.text


def test_the_organisers_say_why_they_cancel():
    occasion = make_evening()
    entry = make_slot(occasion=occasion)
    registration = ask(occasion, places={entry.pk: 1})
    refuse_registration(
        registration, reason="Vous êtes inscrite deux fois ; c'est l'autre qui compte.", by=make_user(), at=AT
    )

    [message] = Message.objects.all()
    assert plain(message.subject) == "L’équipe a annulé votre inscription : Soirée des acteurs"
    assert "Vous êtes inscrite deux fois ; c’est l’autre qui compte." in plain(message.text)


@pytest.mark.parametrize(("mode", "shown"), [("remote", True), ("on-site", False)])
def test_who_registers_the_day_before_reads_the_link_at_once(mode, shown):
    occasion = make_evening(remote_link="https://visio.example/salle")
    entry = make_slot(occasion=occasion, mode=mode)
    draft = RegistrationDraft(first_name="Ada", email="ada@example.org")
    register(draft, occasion=occasion, places={entry.pk: 1}, at=STARTS_AT - timedelta(hours=20))

    message = Message.objects.get()
    assert ("https://visio.example/salle" in message.text) is shown
    assert ("https://visio.example/salle" in message.attachments[0]["text"]) is shown
    assert "est envoyé la veille" not in message.text


def test_who_registers_before_is_told_when_the_link_comes():
    occasion = make_evening(remote_link="https://visio.example/salle")
    ask(occasion, places={make_slot(occasion=occasion, mode="remote").pk: 1})

    message = Message.objects.get()
    assert "Le lien pour participer à distance est envoyé la veille." in message.text
    assert "visio.example" not in message.text + message.html + message.attachments[0]["text"]


def test_a_registration_stands_while_worker_and_mail_server_are_down_and_its_mail_leaves_once_after(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 10
    occasion = make_evening()
    registration = ask(occasion, places={make_slot(occasion=occasion).pk: 1}, name="Ada")
    assert Registration.objects.get().bookings.get().state == "confirmed"
    assert set(Message.objects.values_list("state", flat=True)) == {"queued"}
    run_waiting_jobs()  # the worker is back, the mail server is not
    assert Message.objects.get().attempts == 1

    sink = Sink()
    server = Controller(sink, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    try:
        for _ in range(3):
            Job.objects.filter(state="ready").update(run_after=AT)
            run_waiting_jobs()
    finally:
        server.stop()

    [(to, taken)] = sink.taken
    assert to == [registration.email]
    assert [part.get_content_type() for part in taken.iter_attachments()] == ["text/calendar"]
    assert Message.objects.get().state == "sent"
