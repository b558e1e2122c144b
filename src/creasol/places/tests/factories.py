"""One factory per model: the least that is valid, unique by a counter."""

import secrets
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import uuid4

from creasol.accounts.tests.factories import make_user
from creasol.places.enums import HOLDING, AccessAnswer, AccessFeature, AnnouncementKind, BookingState
from creasol.places.models import (
    AccessFact,
    AlertDismissal,
    Announcement,
    Answer,
    Booking,
    CalendarKey,
    CheckIn,
    ElectionDay,
    Move,
    Occasion,
    Offer,
    PartnerCalendar,
    PartnerEvent,
    Question,
    Registration,
    Room,
    Slot,
    Venue,
    Wish,
)
from creasol.programmes.tests.factories import make_programme
from creasol.territories.tests.factories import make_commune

_numbers = count(1)
STARTS_AT = datetime(2011, 11, 7, 17, 0, tzinfo=UTC)  # 18:00 in Lille
ENDS_AT = datetime(2011, 11, 7, 19, 0, tzinfo=UTC)
AT = datetime(2011, 10, 10, 9, 0, tzinfo=UTC)


def make_venue(**over) -> Venue:
    commune = over.pop("commune", None) or make_commune()
    return Venue.objects.create(**{"name": f"Lieu {next(_numbers)}", "commune": commune} | over)


def make_room(**over) -> Room:
    venue = over.pop("venue", None) or make_venue()
    return Room.objects.create(**{"venue": venue, "name": f"Salle {next(_numbers)}"} | over)


def make_occasion(**over) -> Occasion:
    """Make an occasion that is open to registration from AT to its start."""
    programme = over.pop("programme", None) or make_programme()
    fields = {
        "programme": programme,
        "title": f"Soirée {next(_numbers)}",
        "page": "/",
        "starts_at": STARTS_AT,
        "opens_at": AT,
    } | over
    fields.setdefault("ends_at", fields["starts_at"] + timedelta(hours=2))
    fields.setdefault("closes_at", fields["starts_at"])
    return Occasion.objects.create(**fields)


def make_move(**over) -> Move:
    occasion = over.pop("occasion", None) or make_occasion()
    fields = {"version": 1, "previous_starts_at": STARTS_AT, "previous_ends_at": ENDS_AT, "at": AT}
    return Move.objects.create(occasion=occasion, **fields | over)


def make_slot(**over) -> Slot:
    """Make a slot of twenty places; ``capacity`` sets its ceiling too."""
    occasion = over.pop("occasion", None) or make_occasion()
    fields = {"capacity": 20} | over
    fields.setdefault("ceiling", (fields["capacity"] or 0) + fields.get("overbook", 0))
    return Slot.objects.create(occasion=occasion, **fields)


def make_registration(**over) -> Registration:
    occasion = over.pop("occasion", None) or make_occasion()
    number = next(_numbers)
    fields = {
        "code": secrets.token_hex(12),
        "ticket": secrets.token_hex(12),
        "first_name": f"Prénom{number}",
        "email": f"inscrite{number}@example.org",
        "registered_at": AT,
    }
    return Registration.objects.create(occasion=occasion, **fields | over)


def make_booking(**over) -> Booking:
    """Make a booking, confirmed unless said otherwise; what it holds is counted in its slot."""
    slot = over.pop("slot", None) or make_slot(occasion=getattr(over.get("registration"), "occasion", None))
    registration = over.pop("registration", None) or make_registration(occasion=slot.occasion)
    fields = {"size": 1, "state": BookingState.CONFIRMED, "changed_at": AT} | over
    if fields["state"] == BookingState.WAITING:
        fields.setdefault("waiting_since", AT)
    booking = Booking.objects.create(registration=registration, slot=slot, **fields)
    if booking.state in HOLDING and slot.capacity is not None:
        slot.refresh_from_db(fields=["taken", "ceiling"])
        slot.taken += booking.size
        slot.ceiling = max(slot.ceiling, slot.taken)
        slot.save(update_fields=["taken", "ceiling"])
    return booking


def make_offer(**over) -> Offer:
    booking = over.pop("booking", None) or make_booking(state=BookingState.OFFERED)
    fields = {"size": booking.size, "offered_at": AT, "expires_at": AT + timedelta(hours=48)}
    return Offer.objects.create(booking=booking, **fields | over)


def make_wish(**over) -> Wish:
    slot = over.pop("slot", None) or make_slot()
    registration = over.pop("registration", None) or make_registration(occasion=slot.occasion)
    return Wish.objects.create(registration=registration, slot=slot, **{"rank": 1} | over)


def make_question(**over) -> Question:
    occasion = over.pop("occasion", None) or make_occasion()
    fields = {"label": f"Question {next(_numbers)}", "purpose": "Préparer la salle", "keep_days": 7}
    return Question.objects.create(occasion=occasion, **fields | over)


def make_answer(**over) -> Answer:
    question = over.pop("question", None) or make_question()
    registration = over.pop("registration", None) or make_registration(occasion=question.occasion)
    return Answer.objects.create(question=question, registration=registration, **{"text": "Oui"} | over)


def make_access_fact(**over) -> AccessFact:
    if "occasion" not in over:
        over.setdefault("venue", make_venue())
    fields = {
        "feature": AccessFeature.STEP_FREE,
        "answer": AccessAnswer.YES,
        "verified_on": date(2011, 10, 1),
    }
    return AccessFact.objects.create(**fields | over)


def make_alert_dismissal(**over) -> AlertDismissal:
    occasion = over.pop("occasion", None) or make_occasion()
    fields = {"key": f"alerte-{next(_numbers)}", "words": "Vacances", "reason": "C’est voulu.", "at": AT}
    return AlertDismissal.objects.create(occasion=occasion, **fields | over)


def make_announcement(**over) -> Announcement:
    occasion = over.pop("occasion", None) or make_occasion()
    return Announcement.objects.create(occasion=occasion, **{"kind": AnnouncementKind.REMINDER_DAY} | over)


def make_election_day(**over) -> ElectionDay:
    day = date(2030, 1, 6) + timedelta(days=7 * next(_numbers))
    return ElectionDay.objects.create(**{"day": day, "name": "Élections"} | over)


def make_partner_calendar(**over) -> PartnerCalendar:
    return PartnerCalendar.objects.create(**{"name": f"Agenda {next(_numbers)}", "imported_at": AT} | over)


def make_partner_event(**over) -> PartnerEvent:
    calendar = over.pop("calendar", None) or make_partner_calendar()
    number = next(_numbers)
    fields = {
        "uid": f"{number}@example.org",
        "title": f"Rendez-vous {number}",
        "starts_at": STARTS_AT,
        "ends_at": ENDS_AT,
    }
    return PartnerEvent.objects.create(calendar=calendar, **fields | over)


def make_calendar_key(**over) -> CalendarKey:
    user = over.pop("user", None) or make_user()
    return CalendarKey.objects.create(user=user, **{"key": secrets.token_hex(12), "made_at": AT} | over)


def make_check_in(**over) -> CheckIn:
    booking = over.pop("booking", None) or make_booking()
    fields = {"key": uuid4(), "arrived": booking.size, "at": STARTS_AT, "received_at": STARTS_AT}
    return CheckIn.objects.create(booking=booking, **fields | over)
