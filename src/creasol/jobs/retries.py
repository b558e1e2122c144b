"""How often a job is tried, and how long it rests between two attempts."""

from dataclasses import dataclass
from datetime import timedelta

from django_tasks.base import Task

RESTS = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 2 * 60, 10 * 60, 3600, 3 * 3600, 6 * 3600, 12 * 3600)
)
ATTEMPTS = len(RESTS) + 1


class Hopeless(Exception):  # noqa: N818  it reads as a fact, not as a bug
    """Raised by a task when trying again cannot help: the job fails at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetriedTask(Task):
    """A task that knows how often it may be tried: ``@task(attempts=1)`` for one never to be repeated."""

    attempts: int = ATTEMPTS


def rest(attempts: int) -> timedelta:
    """Return how long to wait after so many failed attempts.

    >>> rest(1), rest(2), rest(99)
    (datetime.timedelta(seconds=5), datetime.timedelta(seconds=30), datetime.timedelta(seconds=43200))
    """
    return RESTS[min(attempts, len(RESTS)) - 1]
