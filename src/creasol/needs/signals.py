"""Facts told to the floors above."""

from django.dispatch import Signal

# A need's public page is being made: receivers return a `territories.sections.PageSection`, or None; this is
# where whatever points at the need shows itself. Arguments: need, user.
need_page = Signal()
