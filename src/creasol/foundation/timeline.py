"""Where a day lies among phases: what the component foundation/components/timeline.html shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .dates import period


@dataclass(frozen=True, kw_only=True)
class Step:
    """A phase as its app tells it; ``items`` is what it delivers."""

    label: str
    starts_on: date
    ends_on: date
    text: str = ""
    items: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Stage(Step):
    """A phase seen on a day: past, current or future, and how much of its days are gone (0 to 100)."""

    state: str
    percent: int

    @property
    def dates(self) -> str:
        """The dates in words."""
        return period(self.starts_on, self.ends_on)


def timeline(steps: Iterable[Step], on: date) -> tuple[Stage, ...]:
    """Return the ``steps`` seen on the day ``on``; both end days belong to a step."""
    return tuple(stage(step, on) for step in steps)


def stage(step: Step, on: date) -> Stage:
    """Return how a step stands on that day, between its two dates."""
    days = (step.ends_on - step.starts_on).days + 1
    gone = min(max((on - step.starts_on).days, 0), days)
    state = "past" if on > step.ends_on else "future" if on < step.starts_on else "current"
    return Stage(
        label=step.label,
        starts_on=step.starts_on,
        ends_on=step.ends_on,
        text=step.text,
        items=step.items,
        href=step.href,
        state=state,
        percent=round(100 * gone / days),
    )
