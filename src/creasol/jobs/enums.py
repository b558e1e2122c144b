from django.db import models
from django.utils.translation import pgettext_lazy


class JobState(models.TextChoices):
    READY = "ready", pgettext_lazy("job", "waiting")
    RUNNING = "running", pgettext_lazy("job", "running")
    DONE = "done", pgettext_lazy("job", "done")
    FAILED = "failed", pgettext_lazy("job", "failed")


JOB_TRANSITIONS = {
    JobState.READY: {JobState.RUNNING},
    JobState.RUNNING: {JobState.DONE, JobState.READY, JobState.FAILED},
    JobState.DONE: set(),
    JobState.FAILED: {JobState.READY},
}
