"""The writes of the journal: one adds, one makes anonymous."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from creasol.accounts.models import User

from .models import Entry
from .signals import recorded


def record(
    verb: str, subject: Model, *, by: User | None, at: datetime | None = None, **details: Any
) -> Entry:
    """Write down that ``by`` did ``verb`` to ``subject``, inside the caller's transaction.

    Every action calls it: the public site's version is read from here (``queries.site_version``).
    """
    entry = Entry.objects.create(
        at=at or timezone.now(),
        actor=by,
        verb=verb,
        subject_type=subject._meta.label_lower,  # noqa: SLF001  Django's public way to ask
        subject_id=str(subject.pk),
        subject_label=str(subject)[:200],
        details=details,
    )
    recorded.send(sender=type(subject), entry=entry, subject=subject)
    return entry


@transaction.atomic
def forget_actor(user: User, *, pseudonym: str) -> None:
    """Let the journal speak of what ``user`` did as done by ``pseudonym``."""
    Entry.objects.filter(actor=user).update(actor=None, actor_label=pseudonym)


@transaction.atomic
def relabel(subject: Model, *, label: str) -> None:
    """Let the journal name a row by ``label`` only, and drop details: what says who an erased person was."""
    subject_type = subject._meta.label_lower  # noqa: SLF001  Django's public way to ask
    about = Entry.objects.filter(subject_type=subject_type, subject_id=str(subject.pk))
    about.update(subject_label=label, details={})
