import pytest
from django.contrib.auth import get_user_model

from creasol.jobs.models import Job
from creasol.jobs.signals import job_retried

from .factories import NOW, make_job

pytestmark = pytest.mark.django_db

JOBS = "/bureau/taches/"


@pytest.fixture
def administrator(client):
    client.force_login(get_user_model().objects.create_user("admin@example.org", is_administrator=True))
    return client


def test_the_background_work_is_for_administrators(client):
    assert client.get(JOBS).status_code == 302
    client.force_login(get_user_model().objects.create_user("person@example.org"))
    assert client.get(JOBS).status_code == 403


def test_what_waits_runs_and_failed_is_shown(administrator):
    make_job(task="waiting.task")
    make_job(task="running.task", state="running", worker="w1", started_at=NOW, lease_until=NOW)
    make_job(task="failed.task", state="failed", attempts=9, finished_at=NOW, error="the roof leaks")
    make_job(task="done.task", state="done", finished_at=NOW)

    answer = administrator.get(JOBS)
    workload = answer.context["workload"]

    assert workload.counts == {"ready": 1, "running": 1, "done": 1, "failed": 1}
    assert [job.task for job in workload.waiting] == ["waiting.task"]
    assert [job.task for job in workload.running] == ["running.task"]
    assert [job.task for job in workload.failed] == ["failed.task"]
    assert "the roof leaks" in answer.content.decode()
    assert "Aucun exécutant ne tourne" in answer.content.decode()


def test_a_failed_job_is_sent_back_and_the_floors_above_are_told(administrator):
    job = make_job(state="failed", finished_at=NOW, attempts=9)
    told = []

    def listen(job, by, **kwargs):
        told.append((job.pk, by.email))

    job_retried.connect(listen)

    answer = administrator.post(f"{JOBS}{job.pk}/relancer/")

    assert (answer.status_code, answer.url) == (302, JOBS)
    assert Job.objects.get(pk=job.pk).state == "ready"
    assert told == [(job.pk, "admin@example.org")]


def test_a_job_that_has_not_failed_is_not_found(administrator):
    assert administrator.post(f"{JOBS}{make_job().pk}/relancer/").status_code == 404


def test_a_retry_takes_a_post(administrator):
    job = make_job(state="failed", finished_at=NOW)

    assert administrator.get(f"{JOBS}{job.pk}/relancer/").status_code == 405
