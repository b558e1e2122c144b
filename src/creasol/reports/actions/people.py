"""A person who asks to be forgotten: the texts stay, the name goes, in what is published too."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.reports.models import Draft, Proofreading, Report


@transaction.atomic
def forget_writer(user: User, *, pseudonym: str, at: datetime) -> None:
    """Put ``pseudonym`` in the place of the names that a person signed with.

    Publications keep their fingerprints, which do not count names of persons.
    """
    drafts = Draft.objects.filter(by=user)
    readings = Proofreading.objects.filter(by=user)
    signed: dict[int, set[str]] = {}
    for report, name in drafts.values_list("section__report", "name"):
        signed.setdefault(report, set()).add(name)
    about = set(signed) | set(readings.values_list("report", flat=True))
    drafts.update(by=None, name=pseudonym)
    readings.update(by=None, name=pseudonym)
    user_invitations = Report.objects.filter(drafters__user=user)
    about |= set(user_invitations.values_list("pk", flat=True))
    for report in Report.objects.filter(pk__in=about):
        names = signed.get(report.pk, set())
        for publication in report.publications.all() if names else ():
            publication.redact(renamed(publication.content, names, pseudonym))
        report.drafters.filter(user=user).delete()
        record("forget", report, by=None, at=at)


def renamed(part: Any, names: Collection[str], pseudonym: str) -> Any:
    """Return a part of a content with ``pseudonym`` for these writers."""
    if isinstance(part, dict):
        return {
            key: [signed(writer, names, pseudonym) for writer in value]
            if key == "writers"
            else renamed(value, names, pseudonym)
            for key, value in part.items()
        }
    if isinstance(part, list):
        return [renamed(item, names, pseudonym) for item in part]
    return part


def signed(writer: dict[str, str], names: Collection[str], pseudonym: str) -> dict[str, str]:
    """Return a writer under ``pseudonym``, if it is one of these."""
    return writer | {"name": pseudonym} if writer["name"] in names else writer
