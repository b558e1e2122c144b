"""Who speaks for whom."""

from datetime import date

from django.db.models import F, QuerySet

from creasol.accounts.models import User
from creasol.network.models import Mandate, Organisation, Person


def speaks_for(user: User, organisation: Organisation | None, *, on: date) -> bool:
    """Tell whether ``user`` holds a mandate on that day: of this organisation, or of any when it is None."""
    mandates = Mandate.objects.filter(person__user=user, organisation__merged_into=None).current(on)
    if organisation is not None:
        mandates = mandates.filter(organisation=organisation)
    return mandates.exists()


def organisations_of(user: User, *, on: date) -> QuerySet[Organisation]:
    """Return the organisations that ``user`` speaks for on that day, by name."""
    mandates = Mandate.objects.filter(person__user=user).current(on)
    return Organisation.objects.filter(pk__in=mandates.values("organisation")).select_related("commune")


def mandates_of(organisation: Organisation) -> QuerySet[Mandate]:
    """Return the mandates an organisation gave, those that run first, with their persons."""
    return organisation.mandates.select_related("person").order_by(
        F("ends_on").desc(nulls_first=True), "person__name"
    )


def mandates_to_end() -> QuerySet[Mandate]:
    """Return the mandates without an end, with their organisations."""
    return Mandate.objects.filter(ends_on=None, organisation__merged_into=None).select_related(
        "organisation", "person"
    )


def person_of(user: User) -> Person | None:
    """Return the person of the directory who signs in as ``user``."""
    return Person.objects.filter(user=user).prefetch_related("mandates__organisation").first()
