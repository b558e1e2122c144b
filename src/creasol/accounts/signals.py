"""Facts told to the floors above, and what they are asked for."""

from django.dispatch import Signal

account_changed = Signal()
"""An account was created, changed or closed: ``user``, ``verb``, ``by``, ``at``. The journal notes it."""

user_invited = Signal()
"""Someone was given an account: ``user``, ``by``, ``at``. The outbox tells the person."""

personal_data = Signal()
"""Asks each app what it keeps about ``user``: receivers return ``{section: data}``, data fit for JSON."""

erase_personal_data = Signal()
"""Tells each app to erase, or to make anonymous under ``pseudonym``, what it keeps about ``user``: ``at``.

Sent inside the transaction that ends by deleting the user.
"""
