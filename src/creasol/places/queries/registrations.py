"""Registrations and bookings: who comes, who waits, what became of them."""

from django.db.models import QuerySet

from creasol.network.models import Organisation
from creasol.places.models import Registration


def registrations_for(organisation: Organisation) -> QuerySet[Registration]:
    """Return the registrations of people who come for an organisation."""
    return Registration.objects.filter(organisation=organisation)
