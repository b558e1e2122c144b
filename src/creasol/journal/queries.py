"""What the journal answers."""

from django.db.models import Count, Max, Q, QuerySet, Subquery

from creasol.accounts.models import User
from creasol.foundation.text import fold

from .models import USER, Entry

RECENT = 200


def site_version() -> str:
    """Return a word that changes with every journalled write, so with every change of a public page.

    The highest number alone would miss a transaction that took a lower one and committed later (PostgreSQL),
    hence the count of the latest ones: any entry that appears among them changes it.
    """
    newest = Subquery(Entry.objects.order_by("-id").values("id")[:1])
    found = Entry.objects.filter(id__gt=newest - RECENT).aggregate(newest=Max("id"), count=Count("id"))
    return f"{found['newest'] or 0}.{found['count']}"


def entries(
    *, verb: str = "", subject_type: str = "", actor: User | None = None, words: str = ""
) -> QuerySet[Entry]:
    """Return the entries that fit every given wish, newest first, with their actors."""
    found = Entry.objects.select_related("actor")
    if verb:
        found = found.filter(verb=verb)
    if subject_type:
        found = found.filter(subject_type=subject_type)
    if actor:
        found = found.filter(actor=actor)
    if words:
        found = found.filter(subject_label__icontains=words)
    return found


def verbs() -> list[tuple[str, str]]:
    """Return the verbs met so far, as choices with the words people know them by."""
    met = Entry.objects.order_by("verb").values_list("verb", flat=True).distinct()
    return sorted(((verb, Entry(verb=verb).deed) for verb in met), key=lambda choice: fold(choice[1]))


def subject_types() -> list[tuple[str, str]]:
    """Return the kinds of things written about so far, as choices with the names people know them by."""
    labels = Entry.objects.order_by("subject_type").values_list("subject_type", flat=True).distinct()
    return sorted(
        ((label, Entry(subject_type=label).kind) for label in labels), key=lambda choice: fold(choice[1])
    )


def actors() -> QuerySet[User]:
    """Return the people who did something that is written down."""
    return User.objects.filter(pk__in=Entry.objects.exclude(actor=None).values("actor"))


def deeds_of(user: User) -> list[dict[str, str]]:
    """Return what is written down of a person's deeds and of what was done to the account, oldest first."""
    own = Entry.objects.filter(Q(actor=user) | Q(subject_type=USER, subject_id=str(user.pk)))
    return [
        {
            "at": entry.at.isoformat(),
            "verb": entry.verb,
            "subject": f"{entry.subject_type} {entry.subject_label}",
        }
        for entry in own.order_by("id")
    ]
