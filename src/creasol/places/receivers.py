"""What the places do when the floors beneath tell them something."""

from django.dispatch import receiver
from django.utils import timezone

from creasol.accounts.signals import erase_personal_data, personal_data
from creasol.network.signals import organisations_merged

from .actions.announcements import withdraw_outdated
from .actions.forgetting import erase_registrations_of
from .disclosure import registration_data
from .queries.own_calendar import calendar_key_of
from .queries.personal import kept_about, registrations_of
from .queries.registrations import registrations_for
from .signals import occasion_changed


@receiver(organisations_merged)
def tell_registrations(sender, absorbed, **kwargs):
    """Let those who registered for an entry of the directory be of the entry it is merged into."""
    return registrations_for(absorbed)


@receiver(personal_data)
def tell_registrations_of_person(sender, user, **kwargs):
    """Say what a person registered for with an address of the account."""
    now = timezone.now()
    return {"registrations": [registration_data(kept_about(one, at=now)) for one in registrations_of(user)]}


@receiver(erase_personal_data)
def forget_registrations_of_person(sender, user, at, **kwargs):
    erase_registrations_of(user, at=at)


@receiver(occasion_changed)
def withdraw_mails(sender, occasion, at, **kwargs):
    """Take the mails that a new date or a cancellation made wrong out of the outbox."""
    withdraw_outdated(occasion, at=at)


@receiver(personal_data)
def tell_calendar_address(sender, user, **kwargs):
    """Say that there is a secret address of the person's own calendar; not which."""
    key = calendar_key_of(user)
    return {"calendar_address": {"made_at": key.made_at.isoformat()}} if key else {}
