from datetime import UTC, datetime

import pytest
from django_tasks import TaskResultStatus
from django_tasks.base import TaskResultMismatch
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from creasol.jobs.models import Job
from creasol.jobs.worker import run_waiting_jobs

from . import sample_tasks

pytestmark = pytest.mark.django_db


def test_an_enqueued_task_is_a_row_then_a_result():
    result = sample_tasks.add.enqueue(1, second=2)
    job = Job.objects.get()

    assert (str(job.pk), job.task) == (result.id, "creasol.jobs.tests.sample_tasks.add")
    assert job.arguments == {"args": [1], "kwargs": {"second": 2}}
    assert result.status == TaskResultStatus.READY

    assert run_waiting_jobs() == 1
    result.refresh()
    assert (result.status, result.return_value, result.attempts) == (TaskResultStatus.SUCCESSFUL, 3, 1)


def test_a_task_may_wait_and_come_first():
    later = datetime(2100, 1, 1, tzinfo=UTC)
    sample_tasks.add.using(run_after=later, priority=7).enqueue(1, 2)

    job = Job.objects.get()
    assert (job.run_after, job.priority) == (later, 7)
    assert run_waiting_jobs() == 0


def test_a_task_that_fails_is_tried_again_later():
    result = sample_tasks.fail.enqueue()

    assert run_waiting_jobs() == 1

    result.refresh()
    job = Job.objects.get()
    assert (result.status, job.attempts) == (TaskResultStatus.READY, 1)
    assert job.error.endswith("RuntimeError: the roof leaks\n")
    assert (job.run_after - job.started_at).total_seconds() == pytest.approx(5, abs=1)


@pytest.mark.parametrize("task", [sample_tasks.despair, sample_tasks.fail_once])
def test_a_task_without_hope_fails_at_once(task):
    result = task.enqueue()
    run_waiting_jobs()

    result.refresh()
    assert (result.status, Job.objects.get().state) == (TaskResultStatus.FAILED, "failed")


def test_a_task_that_no_longer_exists_fails_at_once():
    result = sample_tasks.add.enqueue(1, 2)
    Job.objects.update(task="creasol.jobs.tests.sample_tasks.gone")
    run_waiting_jobs()

    job = Job.objects.get(pk=result.id)
    assert job.state == "failed"
    assert job.error.endswith('does not define a "gone" attribute/class\n')


def test_a_job_that_keeps_killing_its_worker_is_given_up():
    result = sample_tasks.add.enqueue(1, 2)
    Job.objects.update(attempts=9)
    run_waiting_jobs()

    job = Job.objects.get(pk=result.id)
    assert job.state == "failed"
    assert job.error.endswith("The worker died while running it, 9 times.\n")


def test_a_task_may_know_its_attempt():
    result = sample_tasks.count_attempts.enqueue()
    run_waiting_jobs()

    result.refresh()
    assert result.return_value == 1


@pytest.mark.parametrize("unknown", ["nothing", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_result_is_said_to_be_so(unknown):
    with pytest.raises(TaskResultDoesNotExist):
        sample_tasks.add.get_result(unknown)


def test_a_result_belongs_to_its_task():
    result = sample_tasks.add.enqueue(1, 2)

    with pytest.raises(TaskResultMismatch):
        sample_tasks.fail.get_result(result.id)


def test_arguments_must_fit_in_json():
    with pytest.raises(TypeError, match="Unsupported type"):
        sample_tasks.add.enqueue(object(), 2)


def test_a_task_cannot_have_any_priority():
    with pytest.raises(InvalidTaskError, match="between -100 and 100"):
        sample_tasks.add.using(priority=101)
