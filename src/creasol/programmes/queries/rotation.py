"""In turn over the metropole: which territory had its edition when, and which is next."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from creasol.programmes.enums import EditionState, Turn
from creasol.programmes.models import Edition, Programme
from creasol.territories.models import Commune, Territory

LIVE = (EditionState.RUNNING, EditionState.PLANNED)


@dataclass(frozen=True)
class Stop:
    """A territory of the rotation, its editions from the first to the last, and where it stands."""

    territory: Territory
    communes: tuple[Commune, ...]
    editions: tuple[Edition, ...]
    turn: Turn

    @property
    def population(self) -> int:
        return sum(commune.population or 0 for commune in self.communes)

    @property
    def last(self) -> Edition | None:
        return self.editions[-1] if self.editions else None


@dataclass(frozen=True)
class Rotation:
    """The stops in the order of their turn: what is done, under way, planned, next, then waiting."""

    programme: Programme
    stops: tuple[Stop, ...]

    @property
    def next(self) -> Stop | None:
        return next((stop for stop in self.stops if stop.turn == Turn.NEXT), None)

    @property
    def visited(self) -> int:
        return sum(1 for stop in self.stops if stop.turn in (Turn.COMPLETED, Turn.RUNNING))


def rotation(programme: Programme) -> Rotation:
    """Return the rotation of a programme over the parts of its territory.

    Next comes the territory that never had an edition (by name), then the one whose last edition is the
    oldest; one with an edition planned or under way has its turn already. Cancelled editions do not count.
    """
    editions: dict[int, list[Edition]] = {}
    for edition in programme.editions.exclude(state=EditionState.CANCELLED).order_by("starts_on"):
        editions.setdefault(edition.territory_id, []).append(edition)
    parts = () if programme.territory is None else programme.territory.parts.prefetch_related("communes")
    known = [(part, tuple(editions.get(part.pk, ()))) for part in parts]
    waiting = [
        (part.pk, held[-1].ends_on if held else date.min)
        for part, held in known
        if not any(edition.state in LIVE for edition in held)
    ]
    following = min(waiting, key=lambda pair: pair[1])[0] if waiting else None
    stops = [
        Stop(
            territory=part,
            communes=tuple(part.communes.all()),
            editions=held,
            turn=turn_of(held, is_next=part.pk == following),
        )
        for part, held in known
    ]
    order = list(Turn)
    stops.sort(key=lambda stop: (stop.last.starts_on if stop.last else date.max, order.index(stop.turn)))
    return Rotation(programme=programme, stops=tuple(stops))


def territories_in_turn(programme: Programme, also: int | None = None) -> QuerySet[Territory]:
    """Return the territories an edition of the programme may be on: the parts of its territory.

    Without a whole territory, any territory that staff defined. ``also`` is one to keep in any case.
    """
    if programme.territory_id is None:
        fit = Territory.objects.defined_here()
    else:
        fit = Territory.objects.filter(reference=programme.territory_id)
    return fit | Territory.objects.filter(pk=also)


def turn_of(editions: tuple[Edition, ...], *, is_next: bool) -> Turn:
    """Return where a territory with these editions (the oldest first) stands in the rotation."""
    states = {edition.state for edition in editions}
    for state, turn in ((EditionState.RUNNING, Turn.RUNNING), (EditionState.PLANNED, Turn.PLANNED)):
        if state in states:
            return turn
    if is_next:
        return Turn.NEXT
    return Turn.COMPLETED if editions else Turn.WAITING
