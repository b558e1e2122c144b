"""What people said: whom it is shown to, what everyone may read of it, and what the staff does next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields import IntegerField

from creasol.accounts.models import User
from creasol.accounts.queries import under_addresses_of
from creasol.needs.enums import CONTRIBUTION_TRANSITIONS, ContributionKind, ContributionState, NeedState
from creasol.needs.models import Contribution, Need
from creasol.needs.signals import SaidAt, where_said
from creasol.network.models import Organisation
from creasol.programmes.rules import is_administrator, staffed_programmes
from creasol.territories.models import Territory


def contributions_visible_to(user: User) -> QuerySet[Contribution]:
    """Return what ``user`` may settle: what was said in the programmes one works for, and outside of any."""
    everything = Contribution.objects.select_related("territory", "edition", "theme", "need", "organisation")
    if is_administrator(user):
        return everything
    own = staffed_programmes(user)
    return everything.filter(Q(edition=None) | Q(edition__programme__in=own)) if own else everything.none()


def in_order_of_work(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Put what nobody settled yet first, then the latest before the oldest."""
    settled = Case(
        When(state=ContributionState.NOTED, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return contributions.order_by(settled, "-noted_at", "-id")


def unsettled(user: User) -> QuerySet[Contribution]:
    """Return what waits for a decision of ``user``, the longest first."""
    waiting = contributions_visible_to(user).filter(state=ContributionState.NOTED)
    return waiting.order_by("noted_at", "id")


@dataclass(frozen=True)
class ContributionList:
    """What a question found among the contributions, and what one can choose among."""

    contributions: QuerySet[Contribution]
    territory: Territory | None
    kind: str
    state: str
    territories: tuple[Territory, ...]
    kinds: tuple[ContributionKind, ...]
    states: tuple[ContributionState, ...]

    @property
    def filtered(self) -> bool:
        return bool(self.territory or self.kind or self.state)


def contribution_list(
    user: User, *, territory: str = "", kind: str = "", state: str = ""
) -> ContributionList:
    """Return what ``user`` may settle, on a territory (its address), of a kind, in a state; what waits first.

    An unknown territory, kind or state is no filter.
    """
    visible = contributions_visible_to(user)
    met = visible.order_by().filter(territory=OuterRef("pk"))
    territories = tuple(Territory.objects.filter(Exists(met)).order_by("sort_name", "-valid_from"))
    chosen_territory = next((each for each in territories if each.slug == territory), None)
    chosen_kind = kind if kind in ContributionKind.values else ""
    chosen_state = state if state in ContributionState.values else ""
    found = visible
    if chosen_territory:
        found = found.filter(territory=chosen_territory)
    if chosen_kind:
        found = found.filter(kind=chosen_kind)
    if chosen_state:
        found = found.filter(state=chosen_state)
    return ContributionList(
        contributions=in_order_of_work(found),
        territory=chosen_territory,
        kind=chosen_kind,
        state=chosen_state,
        territories=territories,
        kinds=tuple(ContributionKind),
        states=tuple(ContributionState),
    )


@dataclass(frozen=True)
class ContributionPage:
    """A contribution for whoever settles it: where it was said, what it may become."""

    contribution: Contribution
    said_at: SaidAt | None
    ways: tuple[ContributionState, ...]


def contribution_page(pk: int, user: User) -> ContributionPage:
    """Return the page of a contribution that ``user`` may settle; raise Contribution.DoesNotExist."""
    contribution = contributions_visible_to(user).select_related("noted_by").get(pk=pk)
    now = ContributionState(contribution.state)
    return ContributionPage(
        contribution=contribution,
        said_at=places_of([contribution]).get(contribution.pk),
        ways=tuple(state for state in ContributionState if state in CONTRIBUTION_TRANSITIONS[now]),
    )


def needs_to_support(territory: Territory) -> QuerySet[Need]:
    """Return the needs of a territory that something said may support: all but those set aside, by their words."""
    return territory.needs.exclude(state=NeedState.SET_ASIDE).order_by("statement", "id")


def places_of(contributions: Iterable[Contribution]) -> dict[int, SaidAt]:
    """Return where contributions were said, by their ids, as far as the floors above know and everyone may."""
    ids = [contribution.pk for contribution in contributions]
    found: dict[int, SaidAt] = {}
    for _receiver, places in where_said.send(Contribution, contributions=ids) if ids else ():
        found |= places
    return found


@dataclass(frozen=True)
class Told:
    """A contribution as everyone may read it: no word, name or reason without its author's consent.

    ``need`` is there only when everyone may read it; ``state`` and ``settled_at`` say what became of what was said.
    """

    kind: str
    noted_at: datetime
    state: ContributionState
    settled_at: datetime | None
    words: str
    author: str
    reason: str
    need: Need | None
    said_at: SaidAt | None


def told(contribution: Contribution, said_at: SaidAt | None = None) -> Told:
    """Return what everyone may read of a contribution; its need and organisation should be fetched."""
    shown, need = contribution.may_be_shown, contribution.need
    organisation = contribution.organisation.name if contribution.organisation else ""
    named = shown and contribution.name_may_be_shown
    return Told(
        kind=contribution.get_kind_display(),
        noted_at=contribution.noted_at,
        state=ContributionState(contribution.state),
        settled_at=contribution.settled_at,
        words=contribution.words if shown else "",
        author=", ".join(filter(None, (contribution.name, organisation))) if named else "",
        reason=contribution.reason if shown else "",
        need=need if need and need.state != NeedState.CANDIDATE else None,
        said_at=said_at,
    )


def origins_of(need: Need) -> tuple[Told, ...]:
    """Return what was said that founded or supports a need, as everyone may read it, the oldest first."""
    said = list(need.contributions.select_related("organisation").order_by("noted_at", "id"))
    places = places_of(said)
    for contribution in said:
        contribution.need = need
    return tuple(told(contribution, places.get(contribution.pk)) for contribution in said)


def contributions_under(user: User) -> QuerySet[Contribution]:
    """Return what was left under an address of a person, the oldest first."""
    theirs = Contribution.objects.filter(under_addresses_of(user))
    return theirs.select_related("territory").order_by("noted_at", "id")


def contributions_for(organisation: Organisation) -> QuerySet[Contribution]:
    """Return what was said for an organisation."""
    return Contribution.objects.filter(organisation=organisation)
