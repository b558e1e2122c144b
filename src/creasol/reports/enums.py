from django.db import models
from django.utils.translation import pgettext_lazy


class ReportState(models.TextChoices):
    DRAFTING = "drafting", pgettext_lazy("report", "being written")
    PROOFREADING = "proofreading", pgettext_lazy("report", "being proofread")
    PUBLISHED = "published", pgettext_lazy("report", "published")


REPORT_TRANSITIONS = {
    ReportState.DRAFTING: {ReportState.PROOFREADING},
    ReportState.PROOFREADING: {ReportState.DRAFTING, ReportState.PUBLISHED},
    # a correction: what is published stays as it is until the next version takes its place
    ReportState.PUBLISHED: {ReportState.DRAFTING},
}
