"""An edition: its territory, its contract, its partners, and today's place in its three phases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from creasol.foundation.text import fold
from creasol.foundation.timeline import Stage, Step, timeline
from creasol.programmes.enums import EDITION_TRANSITIONS, EditionState, PartnerRole
from creasol.programmes.models import Edition, Partner, Phase, Theme
from creasol.territories.models import Commune, Territory


@dataclass(frozen=True)
class EditionView:
    """An edition and its phases seen from a day."""

    edition: Edition
    stages: tuple[Stage, ...]

    @property
    def current_stage(self) -> Stage | None:
        return next((stage for stage in self.stages if stage.state == "current"), None)

    @property
    def is_ahead(self) -> bool:
        """Whether no phase has begun."""
        return bool(self.stages) and all(stage.state == "future" for stage in self.stages)

    @property
    def is_over(self) -> bool:
        """Whether every phase is past."""
        return bool(self.stages) and all(stage.state == "past" for stage in self.stages)


@dataclass(frozen=True)
class EditionPage(EditionView):
    """An edition with everything its page says; partners by role, then name."""

    themes: tuple[Theme, ...]
    partners: tuple[Partner, ...]
    communes: tuple[Commune, ...]
    population: int


def stages_of(phases: Iterable[Phase], *, on: date) -> tuple[Stage, ...]:
    """Return the phases seen from that day, in the order of their dates."""
    steps = (
        Step(
            label=phase.get_kind_display(),
            starts_on=phase.starts_on,
            ends_on=phase.ends_on,
            text=phase.description,
            items=tuple(line.strip() for line in phase.deliverables.splitlines() if line.strip()),
        )
        for phase in phases
    )
    return timeline(steps, on)


def edition_page(slug: str, *, on: date) -> EditionPage:
    """Return the page of an edition as of that day; raise Edition.DoesNotExist."""
    edition = (
        Edition.objects.select_related("programme__territory", "territory")
        .prefetch_related("phases", "themes", "partners", "territory__communes")
        .get(slug=slug)
    )
    communes = tuple(edition.territory.communes.all())
    order = list(PartnerRole)
    return EditionPage(
        edition=edition,
        stages=stages_of(edition.phases.all(), on=on),
        themes=tuple(edition.themes.all()),
        partners=tuple(
            sorted(
                edition.partners.all(), key=lambda partner: (order.index(partner.role), fold(partner.name))
            )
        ),
        communes=communes,
        population=sum(commune.population or 0 for commune in communes),
    )


def running_editions(*, on: date) -> tuple[EditionView, ...]:
    """Return the editions under way with their phases seen from that day, the latest first."""
    editions = all_editions().filter(state=EditionState.RUNNING)
    return tuple(EditionView(edition, stages_of(edition.phases.all(), on=on)) for edition in editions)


def editions_on(territory: Territory) -> QuerySet[Edition]:
    """Return the editions held or planned on a territory, the latest first, but the cancelled ones."""
    return territory.editions.exclude(state=EditionState.CANCELLED).select_related("programme")


def editions_around(commune: Commune) -> QuerySet[Edition]:
    """Return the editions of the territories ``commune`` is in, the latest first, but the cancelled ones."""
    territories = Territory.objects.filter(communes=commune)
    editions = Edition.objects.filter(territory__in=territories).exclude(state=EditionState.CANCELLED)
    return editions.select_related("programme", "territory")


def all_editions() -> QuerySet[Edition]:
    """Return every edition with its programme, territory and phases, the latest first."""
    return Edition.objects.select_related("programme", "territory").prefetch_related("phases")


def editions_to_move(*, on: date) -> QuerySet[Edition]:
    """Return the editions whose state lags behind their dates: to start, or to complete."""
    late_start = Q(state=EditionState.PLANNED, starts_on__lte=on)
    late_end = Q(state=EditionState.RUNNING, ends_on__lt=on)
    return (
        Edition.objects.filter(late_start | late_end)
        .select_related("programme", "territory")
        .order_by("starts_on")
    )


def allowed_states(edition: Edition) -> tuple[EditionState, ...]:
    """Return the states that the edition may go to from its own, in the order of a life."""
    return tuple(state for state in EditionState if state in EDITION_TRANSITIONS[EditionState(edition.state)])


def edition_to_edit(slug: str) -> Edition:
    """Return an edition with all its rows for the staff screen; raise Edition.DoesNotExist."""
    return (
        Edition.objects.select_related("programme", "territory")
        .prefetch_related("phases", "themes", "partners")
        .get(slug=slug)
    )
