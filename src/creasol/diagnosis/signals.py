"""Facts told to the floors above."""

from django.dispatch import Signal

# The page of a diagnosis is being made: receivers return a `territories.sections.PageSection`, or None.
# Arguments: diagnosis (diagnosis.figures.Diagnosis), user.
diagnosis_page = Signal()
