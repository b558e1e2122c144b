"""The secret in the address of a person's own calendar."""

import secrets
from datetime import datetime

from django.db import transaction

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.places.models import CalendarKey

SECRET_BYTES = 18


@transaction.atomic
def renew_calendar_key(user: User, *, at: datetime) -> CalendarKey:
    """Make a new secret address for a person's calendar; the one before, if any, opens nothing any more."""
    key, _created = CalendarKey.objects.update_or_create(
        user=user, defaults={"key": secrets.token_urlsafe(SECRET_BYTES), "made_at": at}
    )
    record("renew", key, by=user, at=at)
    return key


@transaction.atomic
def revoke_calendar_key(user: User, *, at: datetime) -> None:
    """Let the secret address of a person's calendar open nothing any more."""
    key = CalendarKey.objects.select_for_update().filter(user=user).first()
    if key is not None:
        record("revoke", key, by=user, at=at)
        key.delete()
