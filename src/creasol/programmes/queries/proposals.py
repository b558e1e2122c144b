"""The next edition as the rotation proposes it; the coordinator may change everything."""

from dataclasses import dataclass
from datetime import date, timedelta

from creasol.programmes.enums import EditionState, PhaseKind
from creasol.programmes.models import Programme
from creasol.programmes.schedule import spread
from creasol.territories.models import Territory

from .rotation import rotation

PHASE_WEIGHTS = {PhaseKind.MOBILISATION: 4, PhaseKind.EVENTS: 3, PhaseKind.SUPPORT: 5}
"""Months of a one-year edition spent in each phase."""


@dataclass(frozen=True)
class PhaseProposal:
    kind: PhaseKind
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Proposal:
    """A year on the next territory, from the first month after the last edition, in three phases."""

    programme: Programme
    territory: Territory | None
    name: str
    starts_on: date
    ends_on: date
    phases: tuple[PhaseProposal, ...]


def next_edition(programme: Programme, *, on: date, territory: Territory | None = None) -> Proposal:
    """Propose the next edition: on ``territory``, or on the next one in turn when it is None."""
    if territory is None:
        stop = rotation(programme).next
        territory = stop.territory if stop else None
    last = programme.editions.exclude(state=EditionState.CANCELLED).order_by("-ends_on").first()
    starts_on = max(following_month(last.ends_on), following_month(on)) if last else following_month(on)
    ends_on = starts_on.replace(year=starts_on.year + 1) - timedelta(days=1)
    periods = spread(starts_on, ends_on, tuple(PHASE_WEIGHTS.values()))
    return Proposal(
        programme=programme,
        territory=territory,
        name=f"{territory.name} {starts_on.year}" if territory else "",
        starts_on=starts_on,
        ends_on=ends_on,
        phases=tuple(
            PhaseProposal(kind, begins, ends)
            for kind, (begins, ends) in zip(PHASE_WEIGHTS, periods, strict=True)
        ),
    )


def following_month(day: date) -> date:
    """Return the first day of the month after ``day``'s."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
