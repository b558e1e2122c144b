"""What the home page says: where, what now, what comes next, a few figures."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from creasol.diagnosis.figures import Figure, diagnose
from creasol.diagnosis.models import Perimeter
from creasol.foundation.numbers import number
from creasol.foundation.timeline import Stage
from creasol.gatherings.models import Gathering
from creasol.gatherings.queries.gatherings import upcoming_gatherings
from creasol.needs.models import Need
from creasol.needs.queries.needs import needs_of_edition
from creasol.portal.enums import Situation
from creasol.programmes.enums import EditionState
from creasol.programmes.models import Edition, Programme
from creasol.programmes.queries.editions import (
    EditionPage,
    EditionView,
    all_editions,
    edition_page,
    stages_of,
)
from creasol.reports.models import Report
from creasol.reports.queries.publications import reports_about
from creasol.territories.maps import Map, Place, circle_map
from creasol.territories.models import Commune

KEY_FIGURES = (
    "population",
    "ess_establishments",
    "ess_jobs",
    "ess_share_of_reference",
    "area_km2",
    "ess_rank",
)
FIGURES_SHOWN = 4
OTHERS_SHOWN = 2
NEEDS_SHOWN = 3
GATHERINGS_SHOWN = 3
NEIGHBOURS_SHOWN = 150


@dataclass(frozen=True)
class Home:
    """The edition in front with its first needs and its published diagnosis, the others, and their programme.

    ``is_example``: nothing on this site runs yet but what came with it.
    """

    situation: Situation
    programme: Programme | None
    is_example: bool = False
    page: EditionPage | None = None
    others: tuple[EditionView, ...] = ()
    map: Map | None = None
    figures: tuple[Figure, ...] = ()
    needs: tuple[Need, ...] = ()
    report: Report | None = None
    gatherings: tuple[Gathering, ...] = ()

    @property
    def edition(self) -> Edition | None:
        return self.page.edition if self.page else None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Return the phases without their details: the edition's own page has them."""
        stages = self.page.stages if self.page else ()
        return tuple(replace(stage, label=capfirst(stage.label), text="", items=()) for stage in stages)

    @property
    def synthetic(self) -> bool:
        return any(figure.synthetic for figure in self.figures)


def home(*, on: date) -> Home:
    """Return what the home page shows on that day; an invented edition is in front when there is no other."""
    editions = list(all_editions())
    front = next(iter(by_interest([edition for edition in editions if not edition.is_example])), None)
    is_example = any(edition.is_example for edition in editions) and (
        front is None or front.state == EditionState.COMPLETED
    )
    shown = by_interest([edition for edition in editions if is_example or not edition.is_example])
    front = front or next(iter(shown), None)
    gatherings = tuple(upcoming_gatherings(on=on)[:GATHERINGS_SHOWN])
    if front is None:
        return Home(Situation.EMPTY, programme=Programme.objects.first(), gatherings=gatherings)
    others = [edition for edition in shown if edition != front and edition.state != EditionState.COMPLETED]
    page = edition_page(front.slug, on=on)
    return Home(
        situation=Situation(front.state),
        programme=front.programme,
        is_example=is_example,
        page=page,
        others=tuple(
            EditionView(edition, stages_of(edition.phases.all(), on=on)) for edition in others[:OTHERS_SHOWN]
        ),
        map=map_of(page),
        figures=key_figures(page),
        needs=tuple(needs_of_edition(front)[:NEEDS_SHOWN]),
        report=reports_about(front.territory).first(),
        gatherings=gatherings,
    )


def by_interest(editions: list[Edition]) -> list[Edition]:
    """Return the editions under way, those planned from the first to come, those completed from the last."""
    running, planned, completed = (
        [edition for edition in editions if edition.state == state]
        for state in (EditionState.RUNNING, EditionState.PLANNED, EditionState.COMPLETED)
    )
    return running + planned[::-1] + completed


def map_of(page: EditionPage) -> Map | None:
    """Return the communes of the edition among those around: circles by inhabitants, its own as links."""
    own = {commune.code for commune in page.communes}
    around = page.communes
    reference = page.edition.territory.reference
    if reference and reference.communes.count() <= NEIGHBOURS_SHOWN:
        around = reference.communes.all()
    places = [place(commune, here=commune.code in own) for commune in around if commune.longitude is not None]
    title = _("%(territory)s: its communes, by inhabitants") % {"territory": page.edition.territory}
    return circle_map(places, title=title, captions=0, say=number) if places else None


def place(commune: Commune, *, here: bool) -> Place:
    """Return a commune as a circle of the map."""
    return Place(
        label=commune.name,
        longitude=commune.longitude,
        latitude=commune.latitude,
        value=commune.population,
        text=_("%(number)s inhabitants") % {"number": number(commune.population)},
        href=reverse("territories:commune", args=[commune.code]) if here else "",
        here=here,
    )


def key_figures(page: EditionPage) -> tuple[Figure, ...]:
    """Return the first figures of the diagnosis to be had that say how large the place and its ESS are."""
    territory = page.edition.territory
    if not Perimeter.objects.exists():
        return ()
    diagnosis = diagnose(communes=page.communes, reference=territory.reference, territory=territory)
    figures = [diagnosis[key] for key in KEY_FIGURES]
    return tuple(figure for figure in figures if figure.available)[:FIGURES_SHOWN]
