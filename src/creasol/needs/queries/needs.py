"""Needs: whom they are shown to, listed, found by what they are about, and the page of one."""

from dataclasses import dataclass

from django.db.models import Case, Prefetch, Q, QuerySet, Value, When
from django.db.models.fields import IntegerField

from creasol.accounts.models import User
from creasol.needs.enums import NEED_TRANSITIONS, NeedState, asks_for_a_reason
from creasol.needs.models import Author, Evidence, Need, Step
from creasol.network.models import Organisation
from creasol.programmes.enums import EditionState
from creasol.programmes.models import Edition, Theme
from creasol.programmes.rules import is_staff
from creasol.territories.models import Commune, Territory

from .contributions import Told, origins_of

LIST_ORDER = (
    NeedState.CANDIDATE,
    NeedState.ADDRESSED,
    NeedState.SHARED,
    NeedState.COVERED,
    NeedState.SET_ASIDE,
)
"""What waits for a decision, then what is alive, then what is over."""


def needs_visible_to(user: User | None) -> QuerySet[Need]:
    """Return what ``user`` may see: what is public, the candidates one signed, everything for the staff."""
    everything = Need.objects.select_related("territory", "edition", "theme")
    if user is None or not user.is_authenticated:
        return everything.public()
    if is_staff(user):
        return everything
    signed = Author.objects.filter(user=user).values("need")
    return everything.filter(~Q(state=NeedState.CANDIDATE) | Q(pk__in=signed))


def in_list_order(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Put what waits for a decision first, what is over last, the latest before the oldest."""
    ranks = [When(state=state, then=Value(rank)) for rank, state in enumerate(LIST_ORDER)]
    return needs.order_by(Case(*ranks, output_field=IntegerField()), "-recorded_at", "-id")


def with_evidence(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Fetch the figures and the authors with the needs, in two queries."""
    authors = Prefetch("authors", Author.objects.select_related("organisation"))
    return needs.prefetch_related("evidence", authors)


def needs_of_territory(territory: Territory) -> QuerySet[Need]:
    """Return the public needs of a territory, with their figures and authors, in list order."""
    return with_evidence(in_list_order(needs_visible_to(None).filter(territory=territory)))


def needs_of_edition(edition: Edition) -> QuerySet[Need]:
    """Return the public needs met in an edition, with their figures and authors, in list order."""
    return with_evidence(in_list_order(needs_visible_to(None).filter(edition=edition)))


def needs_around(commune: Commune) -> QuerySet[Need]:
    """Return the public needs of the territories that hold a commune."""
    around = Territory.objects.filter(communes=commune)
    return with_evidence(in_list_order(needs_visible_to(None).filter(territory__in=around)))


def need_about(territory: Territory, measure: str, *, but: Need | None = None) -> Need | None:
    """Return the need of a territory, in any state, that rests on this measure; never ``but``."""
    found = Need.objects.filter(territory=territory, evidence__measure=measure)
    return found.exclude(pk=but.pk if but else None).first()


def needs_by_measure(territory: Territory, user: User | None = None) -> dict[str, Need]:
    """Return the needs of a territory that ``user`` (None: anybody) may see, by the measures they rest on."""
    figures = Evidence.objects.filter(need__in=needs_visible_to(user).filter(territory=territory))
    return {figure.measure: figure.need for figure in figures.select_related("need")}


def public_need(slug: str) -> Need:
    """Return a need that everyone may read, with its figures and authors; raise Need.DoesNotExist."""
    return with_evidence(needs_visible_to(None)).get(slug=slug)


@dataclass(frozen=True)
class NeedPage:
    """A need with who says so, the figures attached, its days from the first to the last, and what was said of it."""

    need: Need
    authors: tuple[Author, ...]
    evidence: tuple[Evidence, ...]
    steps: tuple[Step, ...]
    origins: tuple[Told, ...]


def need_page(slug: str, user: User | None) -> NeedPage:
    """Return the page of a need that ``user`` may see; raise Need.DoesNotExist."""
    authors = Prefetch("authors", Author.objects.select_related("organisation", "user"))
    steps = Prefetch("steps", Step.objects.select_related("by"))
    need = needs_visible_to(user).prefetch_related("evidence", authors, steps).get(slug=slug)
    return NeedPage(
        need=need,
        authors=tuple(need.authors.all()),
        evidence=tuple(need.evidence.all()),
        steps=tuple(need.steps.all()),
        origins=origins_of(need),
    )


@dataclass(frozen=True)
class NeedList:
    """What a question found among the needs, and what one can choose among."""

    needs: QuerySet[Need]
    territory: Territory | None
    theme: Theme | None
    state: str
    territories: tuple[Territory, ...]
    themes: tuple[Theme, ...]
    states: tuple[NeedState, ...]

    @property
    def filtered(self) -> bool:
        return bool(self.territory or self.theme or self.state)


def need_list(user: User | None, *, territory: str = "", theme: str = "", state: str = "") -> NeedList:
    """Return the needs ``user`` may see, of a territory (its address), of a theme (its number), in a state.

    An unknown territory, theme or state is no filter.
    """
    visible = needs_visible_to(user)
    territories = tuple(Territory.objects.filter(pk__in=visible.order_by().values("territory")))
    themes = tuple(Theme.objects.filter(pk__in=visible.order_by().values("theme")).select_related("edition"))
    met = set(visible.order_by().values_list("state", flat=True).distinct())
    chosen_territory = next((each for each in territories if each.slug == territory), None)
    chosen_theme = next((each for each in themes if str(each.pk) == theme), None)
    chosen_state = state if state in met else ""
    found = visible
    if chosen_territory:
        found = found.filter(territory=chosen_territory)
    if chosen_theme:
        found = found.filter(theme=chosen_theme)
    if chosen_state:
        found = found.filter(state=chosen_state)
    return NeedList(
        needs=with_evidence(in_list_order(found)),
        territory=chosen_territory,
        theme=chosen_theme,
        state=chosen_state,
        territories=territories,
        themes=themes,
        states=tuple(each for each in NeedState if each in met),
    )


def allowed_states(need: Need) -> tuple[NeedState, ...]:
    """Return the states that the need may go to from its own: forwards first, then back."""
    now = NeedState(need.state)
    open_ways = [state for state in NeedState if state in NEED_TRANSITIONS[now]]
    return tuple(sorted(open_ways, key=lambda to: asks_for_a_reason(now, to)))


def signatures_for(organisation: Organisation) -> QuerySet[Author]:
    """Return what was signed for an organisation."""
    return Author.objects.filter(organisation=organisation)


def signatures_of(user: User) -> QuerySet[Author]:
    """Return what a person signed, the oldest first."""
    return Author.objects.filter(user=user).select_related("need", "organisation").order_by("id")


def territories_of_needs(*, also: int | None = None) -> QuerySet[Territory]:
    """Return the territories a need may be recorded for: those defined here, by name, and ``also``."""
    return Territory.objects.filter(Q(code="") | Q(pk=also)).order_by("sort_name", "-valid_from")


def editions_of_needs() -> QuerySet[Edition]:
    """Return the editions a need may be met in, the latest first, with their themes."""
    themes = Prefetch("themes", Theme.objects.select_related("edition"))
    editions = Edition.objects.exclude(state=EditionState.CANCELLED)
    return editions.select_related("territory").prefetch_related(themes)
