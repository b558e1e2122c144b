"""Tasks that run once per period, whatever the number of workers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django_tasks.base import Task

LONGEST_PERIOD = timedelta(days=31)


@dataclass(frozen=True)
class Period:
    task: str
    every: timedelta
    offset: timedelta

    def slot(self, at: datetime) -> str:
        """Return the name of the period that holds ``at``: every worker finds the same."""
        start = at - (at - datetime(1970, 1, 1, tzinfo=UTC) - self.offset) % self.every
        return f"{self.task}@{start.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"


_periods: dict[str, Period] = {}


def periodic(*, every: timedelta, offset: timedelta = timedelta(0)) -> Callable[[Task], Task]:
    """Declare that a task without arguments runs once per ``every``, ``offset`` after its start (UTC)."""
    if not timedelta(seconds=1) <= every <= LONGEST_PERIOD:
        message = f"A period lasts between a second and {LONGEST_PERIOD.days} days."
        raise ValueError(message)

    def declare(task: Task) -> Task:
        _periods[task.module_path] = Period(task.module_path, every, offset)
        return task

    return declare


def declared_periods() -> tuple[Period, ...]:
    """Return every periodic task declared in this process."""
    return tuple(_periods.values())
