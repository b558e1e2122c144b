"""The mails to those registered: whole sentences, each at most once per person and version of the date."""

from .announcements import (
    ANNOUNCED,
    Cancelled,
    Moved,
    ReminderDay,
    ReminderWeek,
    Survey,
    announcement_mail,
    key_patterns,
    message_key,
)
from .frame import AboutRegistration
from .registrations import (
    NoWishMet,
    OfferOver,
    PlaceOffered,
    Registered,
    RegistrationCancelled,
    RegistrationRefused,
)

__all__ = [
    "ANNOUNCED",
    "AboutRegistration",
    "Cancelled",
    "Moved",
    "NoWishMet",
    "OfferOver",
    "PlaceOffered",
    "Registered",
    "RegistrationCancelled",
    "RegistrationRefused",
    "ReminderDay",
    "ReminderWeek",
    "Survey",
    "announcement_mail",
    "key_patterns",
    "message_key",
]
