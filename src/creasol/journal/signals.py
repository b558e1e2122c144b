"""What the journal tells the floors above."""

from django.dispatch import Signal

recorded = Signal()
"""Sent by ``record`` in the writer's transaction: ``entry`` and ``subject`` (the row written about)."""
