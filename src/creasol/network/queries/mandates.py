"""Who speaks for whom."""

from datetime import date

from django.db.models import QuerySet

from creasol.accounts.models import User
from creasol.network.models import Mandate, Organisation


def speaks_for(user: User, organisation: Organisation | None, *, on: date) -> bool:
    """Tell whether ``user`` holds a mandate on that day: of this organisation, or of any when it is None."""
    mandates = Mandate.objects.filter(person__user=user).current(on)
    if organisation is not None:
        mandates = mandates.filter(organisation=organisation)
    return mandates.exists()


def organisations_of(user: User, *, on: date) -> QuerySet[Organisation]:
    """Return the organisations that ``user`` speaks for on that day, by name."""
    mandates = Mandate.objects.filter(person__user=user).current(on)
    return Organisation.objects.filter(mandates__in=mandates).select_related("commune").distinct()
