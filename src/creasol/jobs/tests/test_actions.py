from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from creasol.jobs import actions
from creasol.jobs.models import Job, Worker

from .factories import NOW, make_job

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def claim(at=NOW, worker="a", **over):
    return actions.claim_job(worker=worker, at=at, **over)


def test_a_job_is_claimed_once_for_the_time_of_its_lease():
    job = make_job()

    first, second = claim(worker="a"), claim(worker="b")

    assert (first.pk, second) == (job.pk, None)
    assert (first.state, first.worker, first.attempts, first.lease_until) == (
        "running",
        "a",
        1,
        NOW + 60 * SECOND,
    )


def test_a_job_is_not_claimed_before_its_time():
    make_job(run_after=NOW + SECOND)

    assert claim() is None
    assert claim(at=NOW + SECOND).attempts == 1


def test_urgent_jobs_come_first_then_the_oldest():
    late, early = make_job(run_after=NOW), make_job(run_after=NOW - SECOND)
    urgent = make_job(priority=50)

    assert [claim().pk, claim().pk, claim().pk] == [urgent.pk, early.pk, late.pk]


def test_the_worker_of_urgent_jobs_leaves_the_others():
    make_job(priority=9)
    urgent = make_job(priority=10)

    assert claim(lowest=10).pk == urgent.pk
    assert claim(lowest=10) is None


def test_a_dead_workers_job_is_taken_up_after_its_lease():
    job = make_job()
    dead = claim(worker="dead")

    assert claim(worker="b", at=NOW + 60 * SECOND) is None
    taken = claim(worker="b", at=NOW + 61 * SECOND)

    assert (taken.pk, taken.worker, taken.attempts) == (job.pk, "b", 2)
    assert actions.finish_job(dead, result="too late", at=NOW + 62 * SECOND) is False
    assert actions.finish_job(taken, result=3, at=NOW + 63 * SECOND) is True
    job.refresh_from_db()
    assert (job.state, job.result, job.finished_at) == ("done", 3, NOW + 63 * SECOND)


def test_a_living_worker_keeps_its_job():
    make_job()
    actions.greet_worker(name="a", at=NOW)
    claim(worker="a")

    actions.keep_alive(worker="a", at=NOW + 50 * SECOND)

    assert claim(worker="b", at=NOW + 100 * SECOND) is None
    assert Worker.objects.get().seen_at == NOW + 50 * SECOND


def test_a_failed_attempt_rests_longer_each_time():
    job = make_job()
    rests = []
    at = NOW
    for _ in range(8):
        attempt = claim(at=at)
        actions.fail_job(attempt, error="the roof leaks", retry=True, at=at)
        job.refresh_from_db()
        rests.append((job.run_after - at).total_seconds())
        at = job.run_after

    assert rests == [5, 30, 120, 600, 3600, 10800, 21600, 43200]
    assert (job.state, job.error) == ("ready", "the roof leaks")


def test_a_job_given_up_is_kept_with_its_error_until_someone_retries_it():
    job = make_job()
    actions.fail_job(claim(), error="the roof leaks", retry=False, at=NOW)
    job.refresh_from_db()
    assert (job.state, job.error, job.finished_at) == ("failed", "the roof leaks", NOW)

    actions.retry_job(job, by=None, at=NOW + SECOND)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.run_after) == ("ready", 0, NOW + SECOND)


@pytest.mark.parametrize("state", ["ready", "running", "done"])
def test_only_a_failed_job_is_retried(state):
    job = make_job(state=state)

    with pytest.raises(ValidationError, match=r"Seule une tâche en échec peut être relancée\."):
        actions.retry_job(job, by=None, at=NOW)


def test_a_worker_told_to_stop_gives_its_job_back():
    make_job()
    actions.release_job(claim(), at=NOW)

    assert claim(worker="b").attempts == 1


def test_a_periodic_task_has_one_job_per_period():
    first = actions.enqueue_periodic_jobs(at=NOW)
    again = actions.enqueue_periodic_jobs(at=NOW + SECOND)

    daily = Job.objects.filter(task="creasol.jobs.tasks.purge_jobs")
    assert first == again
    assert [job.slot for job in daily] == ["creasol.jobs.tasks.purge_jobs@2011-11-07T02:00:00"]
    actions.enqueue_periodic_jobs(at=NOW + timedelta(hours=8))
    assert daily.all().count() == 2


def test_a_job_enqueued_in_a_transaction_that_fails_never_was():
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012  the transaction is the point
        actions.enqueue_job(task="creasol.jobs.tests.sample_tasks.add", at=NOW)
        raise RuntimeError

    assert Job.objects.count() == 0


def test_old_jobs_are_forgotten_failed_ones_later():
    days = timedelta(days=1)
    make_job(state="done", finished_at=NOW - 8 * days)
    make_job(state="failed", finished_at=NOW - 91 * days)
    make_job(state="done", finished_at=NOW - 39 * days, slot="old")
    kept = {
        make_job(state="done", finished_at=NOW - 6 * days).pk,
        make_job(state="failed", finished_at=NOW - 8 * days).pk,
        make_job(state="done", finished_at=NOW - 8 * days, slot="recent").pk,
        make_job(enqueued_at=NOW - 400 * days).pk,
    }

    assert actions.purge_jobs(at=NOW) == 3
    assert set(Job.objects.values_list("pk", flat=True)) == kept


def test_workers_silent_for_a_day_are_forgotten():
    actions.greet_worker(name="old", at=NOW - timedelta(days=2))
    actions.greet_worker(name="new", at=NOW)

    assert [worker.name for worker in Worker.objects.all()] == ["new"]
    actions.dismiss_worker(name="new")
    assert Worker.objects.count() == 0
