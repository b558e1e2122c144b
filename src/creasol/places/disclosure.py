"""Everything kept about a registration, as its person takes it along: fit for JSON."""

from typing import Any

from .models import Booking, Registration
from .queries.personal import Kept


def registration_data(kept: Kept) -> dict[str, Any]:
    """Return everything kept about a registration, fit for JSON."""
    answers = [
        {
            "question": answer.question.label,
            "asked_because": answer.question.purpose,
            "answer": answer.text,
            "kept_until": until.isoformat(),
        }
        for answer, until in kept.answers
    ]
    return {
        "registration": registration_facts(kept.registration)
        | {
            "kept_until": kept.names_until.isoformat(),
            "access_needs_kept_until": kept.needs_until.isoformat(),
        },
        "bookings": [booking_facts(booking) for booking in kept.bookings],
        "wishes": [
            {"workshop": wish.slot.name, "rank": wish.rank}
            for wish in kept.registration.wishes.select_related("slot")
        ],
        "answers": answers,
        "mails": [
            {"to": mail.to, "subject": mail.subject, "queued_at": mail.queued_at.isoformat()}
            for mail in kept.mails
        ],
    } | kept.more


def registration_facts(registration: Registration) -> dict[str, Any]:
    """Return who a registration is and for what, fit for JSON."""
    return {
        "for": registration.occasion.title,
        "starts_at": registration.occasion.starts_at.isoformat(),
        "first_name": registration.first_name,
        "email": registration.email,
        "phone": registration.phone,
        "organisation": registration.organisation_name
        or (registration.organisation.name if registration.organisation else ""),
        "access_needs": registration.access_needs,
        "notice_needed_in_hours": registration.notice,
        "group_may_be_split": registration.may_split,
        "language": registration.language,
        "came": registration.get_origin_display(),
        "registered_at": registration.registered_at.isoformat(),
    }


def booking_facts(booking: Booking) -> dict[str, Any]:
    """Return what a booking is for and what became of it, fit for JSON."""
    return {
        "what": str(booking.slot),
        "places": booking.size,
        "state": booking.get_state_display(),
        "changed_at": booking.changed_at.isoformat(),
        "waiting_since": booking.waiting_since.isoformat() if booking.waiting_since else None,
        "came_at": booking.arrived_at.isoformat() if booking.arrived_at else None,
        "people_who_came": booking.arrived,
        "check_ins": [
            {"at": check_in.at.isoformat(), "people": check_in.arrived}
            for check_in in booking.check_ins.all()
        ],
        "offers": [
            {
                "offered_at": offer.offered_at.isoformat(),
                "until": offer.expires_at.isoformat(),
                "became": offer.get_state_display(),
            }
            for offer in booking.offers.all()
        ],
    }
