"""The loop that runs jobs: in threads of the server by default, in `creasol worker` processes for more."""

import contextlib
import logging
import os
import secrets
import socket
import threading
import traceback
from datetime import timedelta
from multiprocessing.util import Finalize
from typing import Any

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import TASK_MIN_PRIORITY, TaskContext
from django_tasks.utils import normalize_json

from .actions import (
    LEASE,
    claim_job,
    dismiss_worker,
    enqueue_periodic_jobs,
    fail_job,
    finish_job,
    greet_worker,
    keep_alive,
    release_job,
)
from .backend import task_result
from .models import Job
from .retries import Hopeless, RetriedTask
from .wake import new_bell

POLL = 1.0  # seconds between two looks when nothing rings
URGENT = (
    10  # priority of what a person is waiting for: the worker of the urgent jobs takes these and no others
)
TIDY = timedelta(seconds=10)  # between two looks at the periodic tasks

logger = logging.getLogger(__name__)


class Stopped(BaseException):
    """Raised in the middle of a job when the process is told to stop."""


class Worker:
    """Claims jobs one by one and runs them; a second thread renews the lease meanwhile."""

    def __init__(self, *, name: str = "", lease: timedelta = LEASE, lowest: int = TASK_MIN_PRIORITY):
        self.name = name or f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(3)}"
        self.lease = lease
        self.lowest = lowest
        self.bell = new_bell()
        self.stopping = threading.Event()
        self.stopped = threading.Event()
        self.job: Job | None = None
        self.slots: set[str] = set()
        self.tidy_after = None

    def run(self) -> None:
        """Work until told to stop; a database out of reach is waited for."""
        heart = threading.Thread(target=self._beat, name=f"heart of {self.name}", daemon=True)
        heart.start()
        try:
            self._work()
        finally:
            self.stopped.set()
            heart.join()
            with contextlib.suppress(DatabaseError):
                dismiss_worker(name=self.name)
            connection.close()

    def _work(self) -> None:
        greeted = False
        while not self.stopping.is_set():
            self.bell.clear()
            try:
                close_old_connections()
                if not greeted:
                    greet_worker(name=self.name, at=timezone.now())
                    greeted = True
                self._enqueue_periodic_jobs()
                worked = self.run_one()
            except DatabaseError as error:
                logger.warning("The database does not answer (%s); trying again", error)
                connection.close()
                worked = False
            if not worked:
                self.bell.wait(POLL)

    def stop(self) -> None:
        """Ask the loop to end after the job it is running."""
        self.stopping.set()
        self.bell.set()

    def run_one(self) -> bool:
        """Claim a job and run it; return whether there was one."""
        now = timezone.now()
        # First a plain read, so that an idle worker never asks for SQLite's write lock.
        if not Job.objects.claimable(now, self.lowest).exists():
            return False
        self.job = claim_job(worker=self.name, at=now, lease=self.lease, lowest=self.lowest)
        if self.job is None:
            return False
        self._run(self.job)
        self.job = None
        return True

    def _run(self, job: Job) -> None:
        attempts = 1
        try:
            task = import_string(job.task)
            attempts = task.attempts
            result = perform(job, task)
        except Stopped:
            release_job(job, at=timezone.now())
            raise
        except Exception as error:  # noqa: BLE001  whatever a task raises is kept with the job
            retry = not isinstance(error, Hopeless | ImportError) and job.attempts < attempts
            logger.warning("Job %s (%s), attempt %s: %r", job.pk, job.task, job.attempts, error)
            fail_job(job, error="".join(traceback.format_exception(error)), retry=retry, at=timezone.now())
        else:
            finish_job(job, result=result, at=timezone.now())

    def _enqueue_periodic_jobs(self) -> None:
        now = timezone.now()
        if self.tidy_after is None or now >= self.tidy_after:
            self.slots = enqueue_periodic_jobs(at=now, known=self.slots)
            self.tidy_after = now + TIDY

    def _beat(self) -> None:
        while not self.stopped.wait(self.lease.total_seconds() / 4):
            try:
                close_old_connections()
                keep_alive(worker=self.name, at=timezone.now(), lease=self.lease)
            except DatabaseError as error:
                logger.warning("Could not renew the lease of %s (%s); trying again", self.name, error)
        connection.close()


def perform(job: Job, task: RetriedTask) -> Any:  # whatever the task returns
    """Call the task of a claimed job; return what fits in JSON of its result."""
    if job.attempts > task.attempts:
        raise Hopeless(f"The worker died while running it, {task.attempts} times.")
    context = [TaskContext(task_result=task_result(job, task))] if task.takes_context else []
    return normalize_json(task.call(*context, *job.arguments["args"], **job.arguments["kwargs"]))


def run_waiting_jobs() -> int:
    """Run here and now every job whose time has come; return how many."""
    worker = Worker()
    count = 0
    while worker.run_one():
        count += 1
    return count


def start_in_background(*, lowest: int = TASK_MIN_PRIORITY) -> Worker:
    """Start a worker in a thread of this process; it is told to stop when the process ends."""
    worker = Worker(lowest=lowest)
    thread = threading.Thread(target=worker.run, name=f"worker {worker.name}", daemon=True)
    thread.start()
    # The server's processes are children of multiprocessing: they leave without calling what atexit knows.
    Finalize(None, end, args=(worker, thread), exitpriority=10)
    return worker


def end(worker: Worker, thread: threading.Thread) -> None:
    """Let a worker finish within a few seconds; give its job back for the next one when it cannot."""
    worker.stop()
    thread.join(timeout=5)
    if thread.is_alive() and worker.job:
        release_job(worker.job, at=timezone.now())
        dismiss_worker(name=worker.name)


def start_embedded() -> None:
    """Start what a server runs beside the site: a worker for all jobs, one for the urgent."""
    start_in_background()
    start_in_background(lowest=URGENT)
