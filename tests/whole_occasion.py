"""One of everything that there is about an occasion, and each address of places that leads to it."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from creasol.places.enums import AccessFeature, BookingState, SlotKind
from creasol.places.tests.factories import (
    make_access_fact,
    make_alert_dismissal,
    make_announcement,
    make_answer,
    make_booking,
    make_calendar_key,
    make_check_in,
    make_election_day,
    make_move,
    make_occasion,
    make_offer,
    make_partner_event,
    make_question,
    make_registration,
    make_room,
    make_slot,
    make_venue,
    make_wish,
)
from creasol.places.tickets import token_of
from creasol.programmes.models import Programme

PUBLIC = """
/s-inscrire/{occasion}/
/donnees-effacees/
"""
TICKET = "/e/{token}"
BY_LINK = """
/inscription/{code}/
/inscription/{code}/modifier/
/inscription/{code}/agenda.ics
/inscription/{code}/mes-donnees/
/inscription/{code}/mes-donnees.json
/inscription/{code}/effacer/
/agenda/{key}.ics
"""
BY_LINK_ACT = """
/inscription/{code}/annuler/
/inscription/{code}/{booking}/annuler/
/inscription/{code}/offre/{offer}/
"""
ADD = "/inscription/{code}/ajouter/"
OWN = "/mon-agenda/"
OF_THE_OCCASION = """
/bureau/inscriptions/{occasion}/
/bureau/inscriptions/{occasion}/ajouter/
/bureau/inscriptions/{occasion}/attente/
/bureau/inscriptions/{occasion}/accueil/
/bureau/inscriptions/{occasion}/accueil/liste.json
/bureau/inscriptions/{occasion}/accueil/hors-ligne.js
/bureau/inscriptions/{occasion}/accueil/compte/
/bureau/inscriptions/{occasion}/emargement.pdf
/bureau/inscriptions/{occasion}/mails/
/bureau/inscriptions/{occasion}/mails/reminder-day/
/bureau/inscriptions/{occasion}/mails/reminder-day/apercu-fr/
/bureau/inscriptions/{occasion}/questions/
/bureau/inscriptions/{occasion}/questions/{question}/
/bureau/inscriptions/{occasion}/date/
/bureau/inscriptions/{occasion}/accessibilite/
"""
OF_THE_OCCASION_ACT = """
/bureau/inscriptions/{occasion}/places/{slot}/
/bureau/inscriptions/{occasion}/inscription/{registration}/refuser/
/bureau/inscriptions/{occasion}/reservation/{waiting}/
/bureau/inscriptions/{occasion}/accueil/cloture/
/bureau/inscriptions/{occasion}/mails/reminder-day/envoyer/
/bureau/inscriptions/{occasion}/mails/reminder-day/retenir/
/bureau/inscriptions/{occasion}/questions/{question}/deplacer/
/bureau/inscriptions/{occasion}/questions/{question}/retirer/
/bureau/inscriptions/{occasion}/date/{dismissal}/reprendre/
"""
DOOR = "/bureau/inscriptions/{occasion}/accueil/envoi/"
FILE = "/bureau/inscriptions/{occasion}/participants.csv"
SHARED = """
/bureau/dates/alertes/
/bureau/lieux/
/bureau/lieux/nouveau/
/bureau/lieux/{venue}/
/bureau/lieux/calendriers/
"""
SHARED_ACT = """
/bureau/lieux/{spare_venue}/retirer/
/bureau/lieux/calendriers/{calendar}/retirer/
/bureau/lieux/elections/{election}/retirer/
"""
ELECTION = "/bureau/lieux/elections/"
EVERY = (
    PUBLIC,
    TICKET,
    BY_LINK,
    BY_LINK_ACT,
    ADD,
    OWN,
    OF_THE_OCCASION,
    OF_THE_OCCASION_ACT,
    DOOR,
    FILE,
    SHARED,
    SHARED_ACT,
    ELECTION,
)


def make_whole(programme: Programme | None = None, **over) -> SimpleNamespace:
    """Make an occasion in a month with one of everything; its fields name the parts of the addresses above."""
    now = timezone.now()
    venue = make_venue()
    fields = {
        "starts_at": now + timedelta(days=30),
        "opens_at": now - timedelta(days=1),
        "room": make_room(venue=venue),
        "remote_link": "https://visio.example/salle",
        "version": 1,
    }
    fields |= {"programme": programme} if programme else {}
    occasion = over.get("occasion") or make_occasion(**fields | over)
    slot = make_slot(occasion=occasion, capacity=4)
    hours = {"starts_at": occasion.starts_at, "ends_at": occasion.starts_at + timedelta(hours=1)}
    shift = make_slot(occasion=occasion, kind=SlotKind.SHIFT, name="Accueil", capacity=2, **hours)
    registration = make_registration(occasion=occasion)
    booking = make_booking(registration=registration, slot=slot, size=2)
    check_in = make_check_in(booking=booking)
    offer = make_offer(
        booking=make_booking(registration=registration, slot=shift, state=BookingState.OFFERED)
    )
    waiting = make_booking(slot=slot, state=BookingState.WAITING, size=3)
    workshop = make_slot(occasion=occasion, kind=SlotKind.WORKSHOP, name="Vélo")
    make_wish(slot=workshop, registration=registration)
    question = make_question(occasion=occasion)
    make_answer(question=question, registration=registration)
    make_move(occasion=occasion)
    make_announcement(occasion=occasion)
    make_access_fact(venue=venue)
    make_access_fact(occasion=occasion, feature=AccessFeature.SIGN_LANGUAGE)
    event = make_partner_event(starts_at=occasion.starts_at, ends_at=occasion.ends_at)
    key = make_calendar_key()
    return SimpleNamespace(
        at=occasion,
        occasion=occasion.pk,
        slot=slot.pk,
        code=registration.code,
        token=token_of(registration.ticket),
        registration=registration.pk,
        booking=booking.pk,
        check_in=check_in.pk,
        offer=offer.pk,
        waiting=waiting.pk,
        part=workshop.pk,
        question=question.pk,
        dismissal=make_alert_dismissal(occasion=occasion).pk,
        venue=venue.pk,
        spare_venue=make_venue().pk,
        calendar=event.calendar.pk,
        election=make_election_day().pk,
        key=key.key,
    )


def addresses(patterns: str, whole: SimpleNamespace) -> list[str]:
    """Return the addresses of some patterns, filled with the parts of an occasion."""
    return [pattern.format(**vars(whole)) for pattern in patterns.split()]


def filled(table: dict[str, str], whole: SimpleNamespace) -> dict[str, str]:
    """Return a table of groups of patterns as one of addresses."""
    return {address: given for group, given in table.items() for address in addresses(group, whole)}
