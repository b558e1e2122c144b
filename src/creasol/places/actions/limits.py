"""What may be asked with one e-mail address by people without an account: whoever types it may not be its owner.

Nobody is counted by computer: a library, a town hall or a fair has one for many people. A team that registers
somebody is not limited. Both limits are told in the same words, which say nothing of who is registered.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from creasol.foundation.floods import is_flood
from creasol.places.models import Registration
from creasol.places.queries.registrations import live_under, registrations_under

MOST_REGISTRATIONS = 6
"""Live ones for one occasion: a family that does not choose the same workshops. A group is one registration."""
MOST_MAILS = 12
DAY = timedelta(days=1)
"""Twelve mails within a day leave for an address because somebody typed it, whatever it is registered for."""


def refuse_too_many(registration: Registration) -> None:
    """Raise ValidationError when as much is registered under an address as one address may be for an occasion."""
    occasion = registration.occasion
    others = registrations_under(registration.email, occasion).exclude(pk=registration.pk)
    if others.count() < MOST_REGISTRATIONS:  # nearly always: what became of each need not be asked
        return
    if live_under(registration.email, occasion).exclude(pk=registration.pk).count() >= MOST_REGISTRATIONS:
        raise refusal()


def refuse_flood(registration: Registration) -> None:
    """Raise ValidationError when one more mail to an address would be one too many; each call is a mail."""
    if registration.email and is_flood("places.mails", registration.email, most=MOST_MAILS, within=DAY):
        raise refusal()


def refusal() -> ValidationError:
    """Return what is told, whatever the limit."""
    return ValidationError(
        {
            "email": _(
                "Nothing more can be asked with this address for now. Are you several? One registration is enough"
                " for all of you. Otherwise, tell the organisers: they can register you."
            )
        }
    )
