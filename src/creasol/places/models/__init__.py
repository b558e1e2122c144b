"""The tables of what has a capacity, noun by noun."""

from .calendars import CalendarKey, ElectionDay, PartnerCalendar, PartnerEvent
from .check_ins import CheckIn
from .occasions import AlertDismissal, Announcement, Move, Occasion
from .questions import Answer, Question
from .registrations import Booking, Offer, Registration, Wish
from .slots import Slot
from .venues import AccessFact, Room, Venue

__all__ = [
    "AccessFact",
    "AlertDismissal",
    "Announcement",
    "Answer",
    "Booking",
    "CalendarKey",
    "CheckIn",
    "ElectionDay",
    "Move",
    "Occasion",
    "Offer",
    "PartnerCalendar",
    "PartnerEvent",
    "Question",
    "Registration",
    "Room",
    "Slot",
    "Venue",
    "Wish",
]
