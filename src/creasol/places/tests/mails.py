"""What the tests of mails share: an evening, a mail of each kind, what is read in them."""

import re
from datetime import timedelta

from icalendar import Calendar

from creasol.places.enums import BookingState
from creasol.places.notifications import (
    Cancelled,
    Moved,
    NoWishMet,
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
    STARTS_AT,
    make_booking,
    make_move,
    make_occasion,
    make_offer,
    make_registration,
    make_room,
    make_slot,
    make_venue,
)


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


def calendar_in(message):
    [file] = message.attachments
    calendar = Calendar.from_ical(file["text"])
    [event] = calendar.walk("VEVENT")
    return file["content_type"], calendar["METHOD"], event


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
        about(NoWishMet),
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
