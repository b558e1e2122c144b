"""What the journal answers."""

from django.db.models import Count, Max, QuerySet

from .models import Entry

RECENT = 200


def site_version() -> str:
    """Return a word that changes with every journalled write, so with every change of a public page.

    The highest number alone would miss a transaction that took a lower number and committed later (PostgreSQL),
    hence the count of the latest ones: any entry that appears among them changes it.
    """
    newest = Entry.objects.aggregate(newest=Max("id"))["newest"] or 0
    count = Entry.objects.filter(id__gt=newest - RECENT).aggregate(count=Count("id"))["count"]
    return f"{newest}.{count}"


def recent_entries(limit: int = 50) -> QuerySet[Entry]:
    """Return the latest entries, newest first, with their actors."""
    return Entry.objects.select_related("actor")[:limit]
