"""The mails to one person: what they say, in both languages, and that each leaves once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from icalendar import Calendar

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
from creasol.places.enums import BookingState
from creasol.places.models import Registration
from creasol.places.notifications import (
    Cancelled,
    Moved,
    OfferOver,
    PlaceOffered,
    Registered,
    RegistrationCancelled,
    RegistrationRefused,
    ReminderDay,
    ReminderWeek,
    Survey,
)

from .factories import (
    AT,
    STARTS_AT,
    make_booking,
    make_move,
    make_occasion,
    make_offer,
    make_registration,
    make_room,
    make_slot,
    make_venue,
    make_wish,
)

pytestmark = pytest.mark.django_db


def plain(text):
    """Return a text with plain spaces."""
    return re.sub("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", text)


def make_evening(**over):
    venue = make_venue(
        name="Maison des associations", address="1 rue Faidherbe", access_contact="Zoé, 03 20 00 00 00"
    )
    room = make_room(venue=venue, name="Salle bleue")
    fields = {"title": "Soirée des acteurs", "room": room, "practical": "Tram **1**, arrêt Mairie."}
    return make_occasion(**fields | over)


def ask(occasion, *, places, name="Ada", **over):
    draft = RegistrationDraft(first_name=name, email=f"{name.lower()}@example.org", **over)
    return register(draft, occasion=occasion, places=places, at=AT)


def calendar_in(message):
    [file] = message.attachments
    calendar = Calendar.from_ical(file["text"])
    [event] = calendar.walk("VEVENT")
    return file["content_type"], calendar["METHOD"], event


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

    assert plain(message.subject) == "Vos souhaits sont notés : Soirée des acteurs"
    assert "Souhait n° 1 : Vélo" in plain(message.text)
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


def every_mail(language):
    """Return one mail of each kind, as they leave."""
    occasion = make_evening(remote_link="https://visio.example/salle", version=1, cancelled_at=None)
    before = make_move(
        occasion=occasion,
        previous_starts_at=STARTS_AT - timedelta(days=7),
        previous_ends_at=STARTS_AT - timedelta(days=7, hours=-2),
        reason="La salle était prise.",
    )
    entry = make_slot(occasion=occasion, capacity=2)
    registration = make_registration(occasion=occasion, first_name="Ada", language=language)
    make_booking(registration=registration, slot=entry, size=2)
    make_booking(
        registration=registration,
        slot=make_slot(occasion=occasion, kind="workshop", name="Vélo"),
        state="waiting",
    )
    offered = make_booking(
        registration=registration,
        slot=make_slot(occasion=occasion, kind="workshop", name="Pain"),
        state="offered",
    )
    waiting = make_registration(occasion=occasion, first_name="Eve", language=language)
    make_booking(registration=waiting, slot=entry, state=BookingState.WAITING)
    offer = make_offer(booking=offered)

    def about(kind, registration=registration, **facts):
        return kind(to=registration.email, language=language, registration=registration, **facts)

    return [
        about(Registered),
        about(Registered, waiting),
        about(PlaceOffered, offer=offer),
        about(OfferOver, offer=offer),
        about(RegistrationCancelled),
        about(RegistrationRefused, reason="Deux fois la même personne."),
        about(Moved, before=before, words="À très vite !"),
        about(Cancelled),
        about(ReminderWeek, at=STARTS_AT - timedelta(days=7)),
        about(ReminderDay, at=STARTS_AT - timedelta(days=1), words="Venez à vélo.\n\nIl y a des arceaux."),
        about(Survey, path="/rencontres/soiree/questions/x/"),
    ]


FRENCH_ONLY = {
    "Soirée des acteurs", "Maison des associations, Salle bleue", "Tram", "arrêt Mairie", "Vélo", "Pain", "À très vite",
    "Venez à vélo", "Il y a des arceaux", "Deux fois la même personne", "La salle était prise", "Création solidaire",
    "Zoé", "rue Faidherbe", "Lieu", "Commune",
}  # fmt: skip
FRENCH_WORDS = re.compile(
    r"\b(vous|votre|nous|est|une|des|Bonjour|jusqu|inscription|place libre|novembre)\b", re.IGNORECASE
)
ENGLISH_WORDS = re.compile(
    r"\b(you|your|the|is|registered|Hello|until|November|waiting|people)\b", re.IGNORECASE
)


@pytest.mark.parametrize(("language", "foreign"), [("fr", ENGLISH_WORDS), ("en", FRENCH_WORDS)])
def test_every_mail_speaks_one_language(language, foreign):
    for notification in every_mail(language):
        rendered = notification.render()
        text = re.sub(r"https?://\S+", "", f"{rendered.subject}\n{rendered.text}")
        for words in FRENCH_ONLY:
            text = text.replace(words, "")
        assert foreign.findall(text) == [], (notification.kind, text)
        assert "\n\n\n" not in rendered.text
        assert rendered.text.startswith("Bonjour " if language == "fr" else "Hello ")
        assert f'lang="{language}"' in rendered.html


def test_every_mail_has_its_own_subject():
    subjects = [notification.render().subject for notification in every_mail("en")]
    assert len(set(subjects)) == len(subjects) == 11
    assert subjects[0] == "You are registered: Soirée des acteurs"
    assert subjects[1] == "On the waiting list: Soirée des acteurs"


def test_who_has_a_place_is_sent_the_new_date_for_the_calendar_and_its_end():
    moved, cancelled = [one for one in every_mail("fr") if one.kind in {"places.moved", "places.cancelled"}]
    text = plain(moved.render().text)
    assert "C’était prévu : lundi 31 octobre 2011, 18 h – 20 h." in text
    assert "C’est maintenant : lundi 7 novembre 2011, 18 h – 20 h." in text
    assert "Pourquoi : La salle était prise." in text
    assert "Venez-vous toujours ? Alors il n’y a rien à faire" in text
    for notification, method, sequence in ((moved, "PUBLISH", 1), (cancelled, "CANCEL", 1)):
        message = queue_message(notification, at=AT)
        _type, told, event = calendar_in(message)
        assert (told, event["SEQUENCE"]) == (method, sequence)
    assert event["STATUS"] == "CANCELLED"


def test_another_room_is_not_another_date():
    occasion = make_evening(version=1)
    registration = make_registration(occasion=occasion)
    make_booking(registration=registration, slot=make_slot(occasion=occasion))
    before = make_move(
        occasion=occasion, previous_starts_at=occasion.starts_at, previous_ends_at=occasion.ends_at
    )
    rendered = Moved(to=registration.email, registration=registration, before=before).render()

    assert plain(rendered.subject) == "Nouveau lieu : Soirée des acteurs"
    assert "C’était prévu" not in rendered.text


def test_what_people_write_cannot_break_a_mail():
    occasion = make_evening(title="<b>Soirée</b></mj-text>", practical="<script>x</script>")
    registration = make_registration(occasion=occasion, first_name="<i>Ada</i>")
    make_booking(registration=registration, slot=make_slot(occasion=occasion))
    notification = ReminderDay(
        to=registration.email,
        registration=registration,
        at=AT,
        words="<script>y</script>\n</mj-text><h1>z</h1>",
    )
    html = notification.render().html

    assert "<script>" not in html
    assert "<b>Soirée" not in html
    assert "<i>Ada" not in html
    assert html.count("<h1") == 1


def test_a_registration_stands_while_worker_and_mail_server_are_down_and_its_mail_leaves_once_after(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    occasion = make_evening()
    registration = ask(occasion, places={make_slot(occasion=occasion).pk: 1}, name="Ada")
    assert Registration.objects.get().bookings.get().state == "confirmed"
    assert set(Message.objects.values_list("state", flat=True)) == {"queued"}
    run_waiting_jobs()  # the worker is back, the mail server is not
    assert Message.objects.get().attempts == 1

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for _ in range(3):
        Job.objects.filter(state="ready").update(run_after=datetime(2011, 1, 1, tzinfo=UTC))
        run_waiting_jobs()

    [sent] = mail.outbox
    assert sent.to == [registration.email]
    assert Message.objects.get().state == "sent"
