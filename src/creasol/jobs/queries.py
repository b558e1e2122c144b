"""What is known of the background work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from .enums import JobState
from .models import Job, Worker

SILENT = timedelta(seconds=60)


@dataclass(frozen=True)
class Workload:
    """What the staff page shows; ``counts`` by state, the lists cut at ``limit``."""

    counts: dict[str, int]
    running: tuple[Job, ...]
    waiting: tuple[Job, ...]
    failed: tuple[Job, ...]
    workers: tuple[Worker, ...]
    limit: int


def workload(*, at: datetime, limit: int = 50) -> Workload:
    """Return running, waiting and failed jobs, and the workers that gave a sign of life of late."""
    found = dict(Job.objects.order_by().values_list("state").annotate(Count("id")))
    return Workload(
        counts={state: found.get(state, 0) for state in JobState.values},
        running=tuple(Job.objects.filter(state=JobState.RUNNING).order_by("started_at")[:limit]),
        waiting=tuple(Job.objects.filter(state=JobState.READY).order_by("run_after")[:limit]),
        failed=tuple(Job.objects.filter(state=JobState.FAILED).order_by("-finished_at")[:limit]),
        workers=tuple(live_workers(at=at)),
        limit=limit,
    )


def live_workers(*, at: datetime) -> QuerySet[Worker]:
    """Return the workers seen within the last minute; none means that nothing is being done."""
    return Worker.objects.filter(seen_at__gt=at - SILENT)


def failed_jobs() -> QuerySet[Job]:
    """Return the jobs that were given up, latest first: they wait for a person's decision."""
    return Job.objects.filter(state=JobState.FAILED).order_by("-finished_at")
