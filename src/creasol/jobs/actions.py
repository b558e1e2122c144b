"""Every write on jobs. What a worker says of its job counts only while that attempt holds the lease."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks.base import TASK_MIN_PRIORITY
from django_tasks.utils import normalize_json

from .enums import JOB_TRANSITIONS, JobState
from .models import Job, Worker
from .periodic import LONGEST_PERIOD, declared_periods
from .retries import rest
from .signals import job_retried
from .wake import ring

LEASE = timedelta(seconds=60)
KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=90)
ERROR_LENGTH = 8000


def enqueue_job(
    *,
    task: str,
    at: datetime,
    args: Sequence = (),
    kwargs: Mapping[str, Any] | None = None,
    run_after: datetime | None = None,
    priority: int = 0,
) -> Job:
    """Write a job in the caller's transaction; the workers of this process are woken when it commits.

    ``task`` is the dotted path of a ``@task()`` function; arguments must fit in JSON (TypeError otherwise).
    """
    job = Job(
        task=task,
        arguments={"args": normalize_json(list(args)), "kwargs": normalize_json(dict(kwargs or {}))},
        priority=priority,
        run_after=run_after or at,
        enqueued_at=at,
    )
    job.save(force_insert=True)
    transaction.on_commit(ring)
    return job


def enqueue_periodic_jobs(*, at: datetime, known: set[str] = frozenset()) -> set[str]:
    """Write one job per periodic task for the period that holds ``at``, unless some worker already has.

    ``known`` names slots that need no look at the database; return those of now.
    """
    slots = {period.slot(at): period.task for period in declared_periods()}
    fresh = [
        Job(task=task, arguments={"args": [], "kwargs": {}}, slot=slot, run_after=at, enqueued_at=at)
        for slot, task in slots.items()
        if slot not in known
    ]
    if fresh:
        Job.objects.bulk_create(fresh, ignore_conflicts=True)
    return set(slots)


@transaction.atomic
def claim_job(
    *, worker: str, at: datetime, lease: timedelta = LEASE, lowest: int = TASK_MIN_PRIORITY
) -> Job | None:
    """Take the most urgent job of priority ``lowest`` or more for ``worker`` until ``at + lease``, if any.

    On PostgreSQL rows being claimed by others are skipped; on SQLite, where transactions are IMMEDIATE,
    claims queue up.
    """
    job = Job.objects.claimable(at, lowest).select_for_update(skip_locked=True).first()
    if job is None:
        return None
    job.state = JobState.RUNNING
    job.worker = worker
    job.attempts += 1
    job.started_at = at
    job.lease_until = at + lease
    job.save(update_fields=["state", "worker", "attempts", "started_at", "lease_until"])
    return job


@transaction.atomic
def finish_job(job: Job, *, result: Any, at: datetime) -> bool:
    """Note that this attempt succeeded; return False when it no longer held the lease."""
    return bool(
        Job.objects.held_by(job).update(
            state=JobState.DONE, result=result, error="", finished_at=at, lease_until=None
        )
    )


@transaction.atomic
def fail_job(job: Job, *, error: str, retry: bool, at: datetime) -> bool:
    """Note that this attempt failed: back to the queue after a rest, or given up and kept with its error.

    Return False when the attempt no longer held the lease.
    """
    outcome = {"state": JobState.FAILED, "finished_at": at}
    if retry:
        outcome = {"state": JobState.READY, "run_after": at + rest(job.attempts)}
    return bool(Job.objects.held_by(job).update(error=error[-ERROR_LENGTH:], lease_until=None, **outcome))


@transaction.atomic
def release_job(job: Job, *, at: datetime) -> bool:
    """Give back a job that a worker told to stop could not finish: another takes it at once."""
    return bool(
        Job.objects.held_by(job).update(
            state=JobState.READY, run_after=at, lease_until=None, attempts=job.attempts - 1
        )
    )


@transaction.atomic
def retry_job(job: Job, *, by: AbstractBaseUser | None, at: datetime) -> None:
    """Send a failed job back to the queue with all its attempts; ValidationError for any other job."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state == JobState.RUNNING or JobState.READY not in JOB_TRANSITIONS[job.state]:
        raise ValidationError(_("Only a failed job can be tried again."))
    job.state = JobState.READY
    job.attempts = 0
    job.run_after = at
    job.finished_at = None
    job.full_clean()
    job.save()
    job_retried.send(sender=Job, job=job, by=by, at=at)
    transaction.on_commit(ring)


@transaction.atomic
def greet_worker(*, name: str, at: datetime) -> None:
    """Note that a worker starts, and forget those that have said nothing for a day."""
    Worker.objects.filter(seen_at__lt=at - timedelta(days=1)).delete()
    Worker.objects.update_or_create(name=name, defaults={"started_at": at, "seen_at": at})


@transaction.atomic
def keep_alive(*, worker: str, at: datetime, lease: timedelta = LEASE) -> None:
    """Note that a worker lives, and renew the lease of what it runs."""
    Worker.objects.filter(name=worker).update(seen_at=at)
    Job.objects.filter(state=JobState.RUNNING, worker=worker).update(lease_until=at + lease)


@transaction.atomic
def dismiss_worker(*, name: str) -> None:
    """Note that a worker stopped as it was told to."""
    Worker.objects.filter(name=name).delete()


@transaction.atomic
def purge_jobs(*, at: datetime) -> int:
    """Delete jobs done more than a week ago, failed ones after 90 days; return how many.

    A periodic job stays until its period is over for sure: its slot is what keeps it from being run twice.
    """
    done = Job.objects.filter(state=JobState.DONE, finished_at__lt=at - KEEP_DONE, slot=None)
    periods = Job.objects.filter(state=JobState.DONE, finished_at__lt=at - KEEP_DONE - LONGEST_PERIOD)
    failed = Job.objects.filter(state=JobState.FAILED, finished_at__lt=at - KEEP_FAILED)
    return sum(old.delete()[0] for old in (done, periods, failed))
