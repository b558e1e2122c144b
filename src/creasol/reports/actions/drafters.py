"""The people who write a report: invited, for an organisation, and let go."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.actions import invite_user
from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.mailing.actions import queue_message
from creasol.network.models import Organisation
from creasol.reports.models import Drafter, Report
from creasol.reports.notifications import InvitedToWrite


@transaction.atomic
def invite_drafter(
    report: Report,
    *,
    email: str,
    by: User | None,
    at: datetime,
    name: str = "",
    organisation: Organisation | None = None,
) -> Drafter:
    """Let whoever signs in with this address write in a report, and say so by mail; unknown, the person is invited.

    ValidationError when the person is invited already.
    """
    user = invite_user(email=email, name=name, by=by, at=at)
    if report.drafters.filter(user=user).exists():
        raise ValidationError({"email": _("%(person)s is already invited to write.") % {"person": user}})
    drafter = Drafter(report=report, user=user, organisation=organisation, since=at)
    drafter.full_clean()
    drafter.save()
    if user != by:
        queue_message(InvitedToWrite(to=user.email, language=user.language, drafter=drafter, by=by), at=at)
    record("invite", report, by=by, at=at)
    return drafter


@transaction.atomic
def remove_drafter(drafter: Drafter, *, by: User | None, at: datetime) -> None:
    """Let a person write no more; what this person wrote stays, signed."""
    record("remove", drafter.report, by=by, at=at)
    drafter.delete()


def signature(report: Report, user: User | None) -> tuple[str, str]:
    """Return the names of a person and of whom this person writes for: an organisation, or the programme.

    An address never stands for a name: readers see both.
    """
    if user is None:
        return "", ""
    name = user.name or _("someone")
    drafter = report.drafters.filter(user=user).select_related("organisation").first()
    if drafter is not None:
        return name, drafter.organisation.name if drafter.organisation else ""
    return name, report.edition.programme.name if report.edition else ""
