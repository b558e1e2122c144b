"""Facts told to the floors above, and what they are asked for."""

from dataclasses import dataclass

from django.dispatch import Signal

# A need's public page is being made: receivers return a `territories.sections.PageSection`, or None; this is
# where whatever points at the need shows itself. Arguments: need, user.
need_page = Signal()

# Contributions are about to be shown: receivers return `{id of a contribution: SaidAt}` for those of which they
# know, and may tell everyone, where they were said. Arguments: contributions (ids).
where_said = Signal()


@dataclass(frozen=True)
class SaidAt:
    """The place where something was said, in words, and its page."""

    label: str
    url: str
