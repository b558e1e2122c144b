"""Facts told to the floors above, and what they are asked for."""

from django.dispatch import Signal

occasion_changed = Signal()
"""An occasion was moved, cancelled, or its places changed: ``occasion``. Sent in the writer's transaction."""
