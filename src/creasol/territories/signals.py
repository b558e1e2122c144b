"""Facts told to the floors above."""

from django.dispatch import Signal

# The communes, former codes and official territories were loaded. Arguments: at (datetime).
reference_data_loaded = Signal()

# A commune of before was merged into one of today and is about to go. Arguments: former, commune (Commune).
commune_merged = Signal()

# A territory's or a commune's public page is being made: receivers return a `sections.PageSection`, or None.
# Arguments: territory or commune, user.
territory_page = Signal()
commune_page = Signal()
