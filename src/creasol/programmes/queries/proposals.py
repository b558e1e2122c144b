"""The next edition as the rotation proposes it; the coordinator may change everything."""

from dataclasses import dataclass
from datetime import date

from creasol.programmes.enums import EditionState, PhaseKind
from creasol.programmes.models import Programme
from creasol.programmes.schedule import consecutive, month_start
from creasol.territories.models import Territory

from .rotation import rotation

MONTHS = {PhaseKind.MOBILISATION: 4, PhaseKind.EVENTS: 3, PhaseKind.SUPPORT: 5}
"""How long each phase of a one-year edition lasts."""


@dataclass(frozen=True)
class PhaseProposal:
    """A phase and its period."""

    kind: PhaseKind
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Proposal:
    """A year on a territory, in three phases."""

    territory: Territory | None
    name: str
    starts_on: date
    ends_on: date
    phases: tuple[PhaseProposal, ...]


def next_edition(programme: Programme, *, on: date, territory: Territory | None = None) -> Proposal:
    """Propose the next edition: on ``territory``, or on the next one in turn when it is None.

    It starts with the month after the last edition, or after ``on`` when that one is long over.
    """
    if territory is None:
        stop = rotation(programme).next
        territory = stop.territory if stop else None
    last = programme.editions.exclude(state=EditionState.CANCELLED).order_by("-ends_on").first()
    phases = phases_from(month_start(max(last.ends_on, on) if last else on, 1))
    starts_on = phases[0].starts_on
    return Proposal(
        territory=territory,
        name=f"{territory.name} {starts_on.year}" if territory else "",
        starts_on=starts_on,
        ends_on=phases[-1].ends_on,
        phases=phases,
    )


def phases_from(first: date) -> tuple[PhaseProposal, ...]:
    """Return the three phases of a one-year edition that starts with ``first``'s month."""
    periods = consecutive(first, tuple(MONTHS.values()))
    return tuple(PhaseProposal(kind, *period) for kind, period in zip(MONTHS, periods, strict=True))
