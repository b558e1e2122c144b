"""The mails of written diagnoses."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.mailing.notifications import Notification

from .models import Drafter, Report


@dataclass(frozen=True, kw_only=True)
class InvitedToWrite(Notification):
    """You are invited to write in a diagnosis; here is where."""

    kind = "reports.invited_to_write"
    template = "reports/mails/invited_to_write"

    drafter: Drafter
    by: User | None

    def key(self):
        return str(self.drafter.pk)

    def subject(self):
        return _("Write with us: %(report)s") % {"report": self.drafter.report}

    def context(self):
        report = self.drafter.report
        return {
            "name": self.drafter.user.name,
            "by": self.by,
            "report": report,
            "organisation": self.drafter.organisation,
            "link": settings.SITE_URL + reverse("reports:desk_report", args=[report.slug]),
        }


@dataclass(frozen=True, kw_only=True)
class AskedToProofread(Notification):
    """A diagnosis is written: read it before it is published."""

    kind = "reports.asked_to_proofread"
    template = "reports/mails/asked_to_proofread"

    report: Report
    reader: User
    by: User | None

    def key(self):
        return f"{self.report.pk}:{self.report.proofread_since.isoformat()}:{self.to}"

    def subject(self):
        return _("To proofread: %(report)s") % {"report": self.report}

    def context(self):
        return {
            "name": self.reader.name,
            "by": self.by,
            "report": self.report,
            "link": settings.SITE_URL + reverse("reports:proofread", args=[self.report.slug]),
        }
