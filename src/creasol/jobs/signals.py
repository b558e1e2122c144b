"""Facts told to the floors above."""

from django.dispatch import Signal

job_retried = Signal()
"""A person sent a failed job back to the queue: ``job``, ``by``, ``at``."""
