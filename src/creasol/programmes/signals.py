"""Facts told to the floors above."""

from django.dispatch import Signal

# An edition's public page is being made: receivers return a `territories.sections.PageSection`, or None.
# Arguments: edition, user.
edition_page = Signal()
