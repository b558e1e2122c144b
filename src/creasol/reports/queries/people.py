"""What is kept of a person, or of an organisation, beside written diagnoses."""

from typing import Any

from django.db.models import QuerySet

from creasol.accounts.models import User
from creasol.network.models import Organisation
from creasol.reports.models import Draft, Drafter, Proofreading


def drafters_for(organisation: Organisation) -> QuerySet[Drafter]:
    """Return who writes for an organisation."""
    return Drafter.objects.filter(organisation=organisation)


def written_by(user: User) -> dict[str, list[dict[str, Any]]]:
    """Return what a person wrote and read through, and where the person is invited, fit for JSON."""
    invitations = Drafter.objects.filter(user=user).select_related("report", "organisation")
    drafts = Draft.objects.filter(by=user).select_related("section__report").order_by("at", "pk")
    readings = Proofreading.objects.filter(by=user).select_related("report").order_by("at", "pk")
    return {
        "invited": [
            {
                "diagnosis": drafter.report.title,
                "organisation": drafter.organisation.name if drafter.organisation else None,
                "since": drafter.since.isoformat(),
            }
            for drafter in invitations
        ],
        "wrote": [
            {
                "diagnosis": draft.section.report.title,
                "part": draft.title,
                "text": draft.text,
                "at": draft.at.isoformat(),
                "shown_as": draft.name,
            }
            for draft in drafts
        ],
        "read_through": [
            {
                "diagnosis": reading.report.title,
                "agrees": reading.agrees,
                "remark": reading.remark,
                "at": reading.at.isoformat(),
            }
            for reading in readings
        ],
    }
