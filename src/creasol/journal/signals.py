"""What the journal tells the floors above."""

from django.dispatch import Signal

recorded = Signal()
"""Sent by ``record`` inside the writer's transaction, with ``entry`` and ``subject`` (the row written about)."""
