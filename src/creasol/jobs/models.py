import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .enums import JobState


class JobQuerySet(models.QuerySet):
    def claimable(self, at, lowest):
        """Return what may be taken: jobs whose time has come, and those whose worker let the lease expire."""
        return self.filter(
            Q(state=JobState.READY, run_after__lte=at) | Q(state=JobState.RUNNING, lease_until__lt=at),
            priority__gte=lowest,
        ).order_by("-priority", "run_after", "enqueued_at")

    def held_by(self, job):
        """Return ``job`` if the attempt it stands for still holds the lease."""
        return self.filter(pk=job.pk, state=JobState.RUNNING, worker=job.worker, attempts=job.attempts)


class Job(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(_("task"), max_length=200, help_text=_("Dotted path of the function"))
    arguments = models.JSONField(_("arguments"), default=dict)
    state = models.CharField(_("state"), max_length=8, choices=JobState.choices, default=JobState.READY)
    priority = models.SmallIntegerField(_("priority"), default=0)
    run_after = models.DateTimeField(_("not before"))
    slot = models.CharField(
        _("periodic slot"),
        max_length=120,
        null=True,
        blank=True,
        unique=True,
        help_text=_("One job per task and period"),
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    worker = models.CharField(_("worker"), max_length=80, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    enqueued_at = models.DateTimeField(_("enqueued on"))
    started_at = models.DateTimeField(pgettext_lazy("job", "started on"), null=True, blank=True)
    finished_at = models.DateTimeField(pgettext_lazy("job", "finished on"), null=True, blank=True)
    result = models.JSONField(_("result"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("background work", "job")
        verbose_name_plural = pgettext_lazy("background work", "jobs")
        ordering = ["-enqueued_at"]
        indexes = [
            models.Index(
                fields=["-priority", "run_after"],
                condition=Q(state__in=["ready", "running"]),
                name="jobs_job_to_claim",
            ),
        ]

    def __str__(self):
        return self.task


class Worker(models.Model):
    """A process or thread that runs jobs, and when it last gave a sign of life."""

    name = models.CharField(_("name"), max_length=80, primary_key=True)
    started_at = models.DateTimeField(pgettext_lazy("worker", "started on"))
    seen_at = models.DateTimeField(_("last seen on"))

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering = ["started_at"]

    def __str__(self):
        return self.name
