"""What every mail says: in one language, with its own subject, with nothing that people could break."""

import re

import pytest

from creasol.mailing.actions import queue_message
from creasol.places.notifications import Moved, ReminderDay

from .factories import AT, make_booking, make_move, make_registration, make_slot
from .mails import calendar_in, every_mail, make_evening, plain

pytestmark = pytest.mark.django_db


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
    assert len(set(subjects)) == len(subjects) == 12
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
