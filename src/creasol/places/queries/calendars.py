"""The calendars that a date is held against."""

from datetime import date

from django.db.models import Count, Max, QuerySet

from creasol.places.models import ElectionDay, PartnerCalendar


def partner_calendars() -> QuerySet[PartnerCalendar]:
    """Return the calendars of partners by name, with how many events each holds and the last of them."""
    counted = PartnerCalendar.objects.select_related("imported_by")
    return counted.annotate(events_count=Count("events"), last_at=Max("events__starts_at")).order_by("name")


def election_days_from(day: date) -> QuerySet[ElectionDay]:
    """Return the days of elections from a day on, the next first."""
    return ElectionDay.objects.filter(day__gte=day).order_by("day")


def election_days_before(day: date) -> QuerySet[ElectionDay]:
    """Return the days of elections that are past, the last first."""
    return ElectionDay.objects.filter(day__lt=day).order_by("-day")


def all_election_days() -> QuerySet[ElectionDay]:
    """Return every day of elections."""
    return ElectionDay.objects.all()
