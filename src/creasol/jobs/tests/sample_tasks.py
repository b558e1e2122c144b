"""Tasks that the tests run."""

import time
from pathlib import Path

from django_tasks import task

from creasol.jobs.retries import Hopeless


@task()
def add(first, second):
    return first + second


@task()
def fail():
    raise RuntimeError("the roof leaks")


@task()
def despair():
    raise Hopeless("there is no roof")


@task(attempts=1)
def fail_once():
    raise RuntimeError("never again")


@task(takes_context=True)
def count_attempts(context):
    return context.attempt


@task()
def note(path, seconds=0):
    """Write a line into a file, then take some time."""
    with Path(path).open("a") as file:
        file.write("begun\n")
    time.sleep(seconds)
    with Path(path).open("a") as file:
        file.write("ended\n")
