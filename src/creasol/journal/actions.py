"""The one write of the journal."""

from datetime import datetime

from django.db.models import Model
from django.utils import timezone

from creasol.accounts.models import User

from .models import Entry
from .signals import recorded


def record(verb: str, subject: Model, *, by: User | None, at: datetime | None = None, **details) -> Entry:
    """Write down that ``by`` did ``verb`` to ``subject``, inside the caller's transaction.

    Every action calls it: the public site's version is read from here (``queries.site_version``).
    """
    entry = Entry.objects.create(
        at=at or timezone.now(),
        actor=by,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=str(subject)[:200],
        details=details,
    )
    recorded.send(sender=type(subject), entry=entry, subject=subject)
    return entry
