"""Date alerts set aside with a reason, and taken up again; they inform, so nothing waits for it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.places.models import AlertDismissal, Occasion
from creasol.places.queries.dates import alerts_of


@transaction.atomic
def dismiss_alert(occasion: Occasion, *, key: str, reason: str, by: User, at: datetime) -> AlertDismissal:
    """Set an alert of an occasion's date aside, and keep why; for this date only, another one rings again.

    ValidationError without a reason, and for an alert that does not ring (any more).
    """
    found = alerts_of(occasion, today=timezone.localdate(at))
    words = {line.alert.key: line.words for line in found.ringing}.get(key)
    if words is None:
        raise ValidationError(
            _("This alert is not there any more: the date or what surrounds it has changed.")
        )
    dismissal = AlertDismissal(occasion=occasion, key=key, words=words, reason=reason.strip(), at=at, by=by)
    dismissal.full_clean()
    dismissal.save()
    record("dismiss", occasion, by=by, at=at, alert=key)
    return dismissal


@transaction.atomic
def take_up_alert(dismissal: AlertDismissal, *, by: User, at: datetime) -> None:
    """Let an alert that was set aside ring again."""
    occasion, key = dismissal.occasion, dismissal.key
    dismissal.delete()
    record("ring", occasion, by=by, at=at, alert=key)
