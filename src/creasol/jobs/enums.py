from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    READY = "ready", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


JOB_TRANSITIONS = {
    JobState.READY: {JobState.RUNNING},
    JobState.RUNNING: {JobState.DONE, JobState.READY, JobState.FAILED},
    JobState.DONE: set(),
    JobState.FAILED: {JobState.READY},
}
