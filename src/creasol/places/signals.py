"""Facts told to the floors above, and what they are asked for."""

from django.dispatch import Signal

occasion_changed = Signal()
"""An occasion was moved, cancelled, or its places changed: ``occasion``. Sent in the writer's transaction."""

registration_kept = Signal()
"""Asks each app above what it keeps about ``registration``: receivers return ``{section: data}``, fit for JSON."""

personal_page = Signal()
"""Asks what the floors above keep about ``registration``, shown to its person: receivers return a ``PageSection``."""

registrations_forgotten = Signal()
"""Registrations lose their names: ``registrations`` (their ids), ``wanted`` (the persons asked for it), ``at``.

Sent in the writer's transaction: whoever keeps something about them keeps it without them.
"""

team_page = Signal()
"""Asks the app above where its team works on ``occasion`` as a whole; receivers return a path, or None."""

survey_address = Signal()
"""Asks the app above where somebody who came says how it was: ``registration``; receivers return a path, or None."""
