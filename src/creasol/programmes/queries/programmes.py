"""What a programme is and which editions it had, has and will have."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from creasol.programmes.enums import EditionState
from creasol.programmes.models import Edition, Objective, Programme
from creasol.territories.models import Territory


def programmes() -> QuerySet[Programme]:
    """Return the programmes by name, with their whole territory and the number of their running editions."""
    running = Count("editions", filter=Q(editions__state=EditionState.RUNNING))
    return Programme.objects.select_related("territory").annotate(running=running).order_by("name")


@dataclass(frozen=True)
class ProgrammePage:
    """A programme with its objectives in order and its editions by state, the latest first."""

    programme: Programme
    objectives: tuple[Objective, ...]
    running: tuple[Edition, ...]
    planned: tuple[Edition, ...]
    completed: tuple[Edition, ...]


def programme_page(slug: str) -> ProgrammePage:
    """Return the page of a programme; raise Programme.DoesNotExist."""
    programme = Programme.objects.select_related("territory").get(slug=slug)
    editions = tuple(programme.editions.select_related("territory"))

    def in_state(state: EditionState) -> tuple[Edition, ...]:
        return tuple(edition for edition in editions if edition.state == state)

    return ProgrammePage(
        programme=programme,
        objectives=tuple(programme.objectives.all()),
        running=in_state(EditionState.RUNNING),
        planned=in_state(EditionState.PLANNED)[::-1],
        completed=in_state(EditionState.COMPLETED),
    )


def whole_territories(also: int | None) -> QuerySet[Territory]:
    """Return the territories that others are parts of, so that a programme may go in turn over them.

    Official ones with parts count only when staff defined those parts. ``also`` is one to keep in any case.
    """
    parted = Territory.objects.defined_here().exclude(reference=None).values("reference")
    return Territory.objects.filter(Q(pk__in=parted) | Q(pk=also))
