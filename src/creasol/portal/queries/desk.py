"""What the desk shows: first what waits, then where the editions stand, then the person's own places."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from creasol.accounts.models import User
from creasol.network.models import Organisation
from creasol.network.queries.mandates import organisations_of
from creasol.programmes.enums import EditionState
from creasol.programmes.models import Edition, Membership
from creasol.programmes.queries.editions import EditionView, running_editions
from creasol.territories.models import Commune

from .waiting import Waiting, waiting_for


@dataclass(frozen=True)
class Results:
    """The programme in aggregates: nothing about a person."""

    running: int
    planned: int
    completed: int
    communes: int
    organisations: int


@dataclass(frozen=True)
class Desk:
    """The desk of one person on one day; ``results`` is None for who may not see them."""

    waiting: tuple[Waiting, ...]
    sees_work: bool
    editions: tuple[EditionView, ...]
    results: Results | None
    organisations: tuple[Organisation, ...]
    memberships: tuple[Membership, ...]

    @property
    def has_role(self) -> bool:
        return bool(self.sees_work or self.results or self.organisations)


def desk(user: User, *, on: date) -> Desk:
    """Return the desk of ``user``: work for who runs a programme, aggregates for who follows it."""
    sees_results = user.has_perm("portal.see_results")
    return Desk(
        waiting=waiting_for(user, on=on),
        sees_work=user.has_perm("portal.see_work"),
        editions=running_editions(on=on) if sees_results else (),
        results=results() if sees_results else None,
        organisations=tuple(organisations_of(user, on=on)),
        memberships=tuple(Membership.objects.filter(user=user).current(on).select_related("programme")),
    )


def results() -> Results:
    """Count editions by state, communes reached and organisations listed; examples do not count."""
    own = Edition.objects.filter(is_example=False)
    counts = own.aggregate(
        **{state: Count("id", filter=Q(state=state)) for state in ("running", "planned", "completed")}
    )
    reached = own.filter(state__in=(EditionState.RUNNING, EditionState.COMPLETED))
    return Results(
        **counts,
        communes=Commune.objects.filter(territories__editions__in=reached).distinct().count(),
        organisations=Organisation.objects.filter(listed=True, is_example=False).count(),
    )
