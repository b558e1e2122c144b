"""Workers as they are in life: threads and processes with their own connections."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from creasol.jobs import actions
from creasol.jobs.models import Job
from creasol.jobs.models import Worker as WorkerRow
from creasol.jobs.worker import Worker

from . import sample_tasks
from .factories import NOW, make_job

pytestmark = pytest.mark.django_db(transaction=True)

needs_postgresql = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    reason="claims run in parallel on PostgreSQL only",
)


def in_thread(work):
    """Call ``work`` and close the connection that this thread opened."""
    try:
        return work()
    finally:
        connections.close_all()


def wait_for(condition, seconds=20):
    """Wait until ``condition()`` is true; tell whether it became so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def is_done(job):
    return Job.objects.get(pk=job.pk).state == "done"


@pytest.fixture
def worker():
    """A worker in a thread of this process, as `creasol serve` starts one."""
    worker = Worker(name="thread")
    thread = threading.Thread(target=worker.run)
    thread.start()
    assert wait_for(WorkerRow.objects.filter(name="thread").exists)
    yield worker
    worker.stop()
    thread.join(timeout=10)
    assert not thread.is_alive()
    assert not WorkerRow.objects.exists()


SETUP = """
import datetime, django, multiprocessing, os, time
os.environ["DJANGO_SETTINGS_MODULE"] = "creasol.settings"
django.setup()
from creasol.jobs.worker import Worker, start_in_background
"""
WORKER_WITH_A_SHORT_LEASE = SETUP + "Worker(lease=datetime.timedelta(seconds=2)).run()"
THE_COMMAND = SETUP + "from django.core.management import call_command; call_command('worker')"
SERVER_THAT_STOPS_AFTER_A_SECOND = (
    SETUP
    + """
def serve():
    start_in_background()
    time.sleep(1)
process = multiprocessing.get_context("fork").Process(target=serve)
process.start()
process.join()
"""
)


@pytest.fixture
def start(tmp_path):
    """Start a process on the database of the tests."""
    started = []

    def start(program):
        environment = os.environ | {"CREASOL_DATA": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
        database = connection.settings_dict
        if connection.vendor == "sqlite":
            (tmp_path / "creasol.sqlite3").unlink(missing_ok=True)
            (tmp_path / "creasol.sqlite3").symlink_to(database["NAME"])
        else:
            environment["DATABASE_URL"] = (
                f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}&pool=0"
            )
        process = subprocess.Popen([sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_a_job_runs_right_after_its_commit(worker):
    time.sleep(0.1)  # the worker sleeps by now
    begun = time.monotonic()
    result = sample_tasks.add.enqueue(1, 2)

    assert wait_for(lambda: Job.objects.filter(pk=result.id, state="done").exists())
    assert time.monotonic() - begun < 0.9


def test_a_job_of_another_process_is_seen_within_a_second_or_so(worker):
    job = make_job()  # a row without a ring of the bell

    assert wait_for(lambda: is_done(job), seconds=3)


def test_periodic_tasks_are_enqueued_by_the_worker_itself(worker):
    periodic = Job.objects.filter(task="creasol.mailing.tasks.purge_messages", state="done")

    assert wait_for(periodic.exists)
    assert periodic.count() == 1


def test_a_killed_workers_job_is_done_by_the_next_one(start, tmp_path):
    notes = tmp_path / "notes"
    result = sample_tasks.note.enqueue(str(notes), seconds=1)
    first = start(WORKER_WITH_A_SHORT_LEASE)
    assert wait_for(notes.exists), first.stderr.read().decode()

    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    left = Job.objects.get(pk=result.id)
    start(WORKER_WITH_A_SHORT_LEASE)

    assert (left.state, left.attempts) == ("running", 1)
    assert wait_for(lambda: Job.objects.filter(pk=result.id, state="done").exists())
    assert notes.read_text() == "begun\nbegun\nended\n"
    assert Job.objects.get(pk=result.id).attempts == 2


def test_a_long_job_keeps_its_lease_while_its_worker_lives(start, tmp_path):
    notes = tmp_path / "notes"
    result = sample_tasks.note.enqueue(str(notes), seconds=5)
    start(WORKER_WITH_A_SHORT_LEASE)
    start(WORKER_WITH_A_SHORT_LEASE)

    assert wait_for(lambda: Job.objects.filter(pk=result.id, state="done").exists())
    assert notes.read_text() == "begun\nended\n"


def test_a_server_that_stops_lets_its_worker_finish(start, tmp_path):
    notes = tmp_path / "notes"
    result = sample_tasks.note.enqueue(str(notes), seconds=2)

    start(SERVER_THAT_STOPS_AFTER_A_SECOND).wait(timeout=20)

    assert Job.objects.get(pk=result.id).state == "done"
    assert not WorkerRow.objects.exists()


def test_a_server_that_stops_gives_back_what_takes_too_long(start, tmp_path):
    notes = tmp_path / "notes"
    result = sample_tasks.note.enqueue(str(notes), seconds=30)

    start(SERVER_THAT_STOPS_AFTER_A_SECOND).wait(timeout=20)

    job = Job.objects.get(pk=result.id)
    assert (job.state, job.attempts, notes.read_text()) == ("ready", 0, "begun\n")
    assert not WorkerRow.objects.exists()


def test_a_worker_told_to_stop_keeps_its_lease_until_its_last_job_is_done(tmp_path):
    notes = tmp_path / "notes"
    result = sample_tasks.note.enqueue(str(notes), seconds=3)
    worker = Worker(lease=timedelta(seconds=1))
    thread = threading.Thread(target=worker.run)
    thread.start()
    assert wait_for(notes.exists)
    worker.stop()
    time.sleep(2)

    assert Job.objects.get(pk=result.id).lease_until > timezone.now()
    thread.join(timeout=10)
    assert Job.objects.get(pk=result.id).state == "done"


@needs_postgresql
def test_parallel_workers_never_claim_the_same_job():
    jobs = {make_job().pk for _ in range(60)}

    def claim_all(name):
        claimed = []
        while job := actions.claim_job(worker=name, at=NOW):
            claimed.append(job.pk)
        return claimed

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: in_thread(lambda: claim_all(f"w{n}")), range(8)))

    claimed = [pk for pks in found for pk in pks]
    assert len(claimed) == 60
    assert set(claimed) == jobs
    assert sum(bool(pks) for pks in found) > 1


@needs_postgresql
def test_a_claim_does_not_wait_for_another_one():
    first, second = make_job(priority=1), make_job()
    held, done = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM jobs_job WHERE id = %s FOR UPDATE", [first.pk])
            held.set()
            done.wait(10)
            cursor.execute("ROLLBACK")

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(in_thread, hold)
        held.wait(10)
        claimed = actions.claim_job(worker="w", at=NOW)
        done.set()
        holding.result()

    assert claimed.pk == second.pk


def test_parallel_workers_enqueue_a_period_once():
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: in_thread(lambda: actions.enqueue_periodic_jobs(at=NOW)), range(8)))

    slots = list(Job.objects.values_list("slot", flat=True))
    assert len(slots) == len(set(slots)) > 0


def test_a_renewed_lease_holds_against_the_clock(worker):
    job = make_job(
        state="running", worker="thread", attempts=1, lease_until=timezone.now() + timedelta(seconds=1)
    )
    actions.keep_alive(worker="thread", at=timezone.now())
    time.sleep(1.2)

    assert Job.objects.get(pk=job.pk).worker == "thread"
    assert Job.objects.get(pk=job.pk).attempts == 1


def test_the_command_told_to_stop_finishes_its_job(start, tmp_path):
    notes = tmp_path / "notes"
    result = sample_tasks.note.enqueue(str(notes), seconds=2)
    process = start(THE_COMMAND)
    assert wait_for(notes.exists)

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=20) == 0
    assert Job.objects.get(pk=result.id).state == "done"
    assert not WorkerRow.objects.exists()


def test_the_command_told_twice_gives_its_job_back(start, tmp_path):
    notes = tmp_path / "notes"
    result = sample_tasks.note.enqueue(str(notes), seconds=60)
    process = start(THE_COMMAND)
    assert wait_for(notes.exists)

    process.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=20) == 0
    assert Job.objects.get(pk=result.id).state == "ready"
    assert not WorkerRow.objects.exists()


def test_the_command_runs_what_waits_and_ends():
    job = make_job()
    call_command("worker", "--once")

    assert is_done(job)
