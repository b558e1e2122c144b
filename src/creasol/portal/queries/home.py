"""What the home page says: where, what now, what comes next, a few figures."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from creasol.diagnosis.figures import Figure, diagnose
from creasol.diagnosis.models import Perimeter
from creasol.foundation.numbers import number
from creasol.foundation.timeline import Stage
from creasol.portal.enums import Situation
from creasol.programmes.enums import EditionState
from creasol.programmes.models import Edition, Programme
from creasol.programmes.queries.editions import EditionPage, all_editions, edition_page
from creasol.territories.maps import Map, Place, circle_map
from creasol.territories.models import Commune

KEY_FIGURES = ("population", "area_km2", "ess_establishments", "ess_jobs")
NEIGHBOURS_SHOWN = 150


@dataclass(frozen=True)
class Home:
    """The edition in front and its situation, the one planned after it, the programme they belong to."""

    situation: Situation
    programme: Programme | None
    following: Edition | None = None
    page: EditionPage | None = None
    map: Map | None = None
    figures: tuple[Figure, ...] = ()

    @property
    def edition(self) -> Edition | None:
        return self.page.edition if self.page else None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Return the phases without their details: the edition's own page has them."""
        return tuple(replace(stage, text="", items=()) for stage in self.page.stages) if self.page else ()

    @property
    def synthetic(self) -> bool:
        return any(figure.synthetic for figure in self.figures)


def home(*, on: date) -> Home:
    """Return what the home page shows on that day; an example edition only when there is no other."""
    editions = list(all_editions())
    editions = [edition for edition in editions if not edition.is_example] or editions
    running, planned, completed = (
        [edition for edition in editions if edition.state == state]
        for state in (EditionState.RUNNING, EditionState.PLANNED, EditionState.COMPLETED)
    )
    planned.reverse()  # the first to come
    front = next(iter(running or planned or completed), None)
    if front is None:
        return Home(situation=Situation.EMPTY, programme=Programme.objects.first())
    page = edition_page(front.slug, on=on)
    return Home(
        situation=Situation.EXAMPLE if front.is_example else Situation(front.state),
        programme=front.programme,
        following=next((edition for edition in planned if edition != front), None),
        page=page,
        map=map_of(page),
        figures=key_figures(page),
    )


def map_of(page: EditionPage) -> Map | None:
    """Return the communes of the edition among those around: circles by inhabitants, its own as links."""
    own = {commune.code for commune in page.communes}
    around = page.communes
    reference = page.edition.territory.reference
    if reference and reference.communes.count() <= NEIGHBOURS_SHOWN:
        around = reference.communes.all()
    places = [place(commune, here=commune.code in own) for commune in around if commune.longitude is not None]
    title = _("%(territory)s: its communes, by inhabitants") % {"territory": page.edition.territory}
    return circle_map(places, title=title, say=number) if places else None


def place(commune: Commune, *, here: bool) -> Place:
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
    """Return the few figures of the diagnosis that say how large the place and its ESS are."""
    territory = page.edition.territory
    if not Perimeter.objects.exists():
        return ()
    diagnosis = diagnose(communes=page.communes, reference=territory.reference, territory=territory)
    return tuple(diagnosis[key] for key in KEY_FIGURES)
