"""Gatherings: whom they are shown to, listed, found by what they are about, and the page of one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from creasol.accounts.models import User
from creasol.foundation.dates import moment_at
from creasol.foundation.text import fold
from creasol.gatherings.attendance import Attendance
from creasol.gatherings.enums import GatheringKind, GatheringState
from creasol.gatherings.models import Gathering, Host, Speaker
from creasol.network.models import Organisation
from creasol.places.enums import AccessFeature, SlotKind
from creasol.places.models import Move, Occasion
from creasol.places.queries.registrations import is_open
from creasol.places.queries.venues import occasions_with_access
from creasol.programmes.models import Edition, Programme, Theme
from creasol.programmes.rules import is_staff, staffed_programmes
from creasol.territories.models import Commune, Territory

LONGEST_TEXT = 200
FIRST_YEAR, LAST_YEAR = 1900, 2999


def gatherings_visible_to(user: User | None) -> QuerySet[Gathering]:
    """Return what ``user`` may see: what is public, and the drafts of the programmes whose staff one is."""
    everything = Gathering.objects.select_related(
        "occasion__room__venue__commune", "occasion__programme", "edition__territory", "theme", "series"
    )
    if user is None or not is_staff(user):
        return everything.public()
    mine = staffed_programmes(user)
    return everything.filter(~Q(state=GatheringState.DRAFT) | Q(occasion__programme__in=mine))


def gathering_at(occasion: Occasion) -> Gathering | None:
    """Return the gathering whose date an occasion is; None when it is something else's."""
    return Gathering.objects.filter(occasion=occasion).first()


def with_places(gatherings: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """Fetch the ways of taking part with the gatherings, in one query."""
    return gatherings.prefetch_related("occasion__slots")


def to_come(gatherings: QuerySet[Gathering], *, on: date) -> QuerySet[Gathering]:
    """Keep those of that day or later that are not held yet, the next first."""
    ahead = gatherings.filter(occasion__ends_at__gte=moment_at(on)).exclude(state=GatheringState.HELD)
    return ahead.order_by("occasion__starts_at", "id")


def past(gatherings: QuerySet[Gathering], *, on: date) -> QuerySet[Gathering]:
    """Keep those that were held or whose day is over, the last first."""
    behind = gatherings.filter(Q(occasion__ends_at__lt=moment_at(on)) | Q(state=GatheringState.HELD))
    return behind.order_by("-occasion__starts_at", "-id")


def on_territory(gatherings: QuerySet[Gathering], territory: Territory) -> QuerySet[Gathering]:
    """Keep those of the editions of a territory, and those that take place in one of its communes."""
    inside = Q(occasion__room__venue__commune__in=territory.communes.values("pk"))
    return gatherings.filter(Q(edition__territory=territory) | inside)


def upcoming_gatherings(*, on: date) -> QuerySet[Gathering]:
    """Return the public gatherings to come that are not cancelled, the next first."""
    public = gatherings_visible_to(None).exclude(state=GatheringState.CANCELLED)
    return with_places(to_come(public, on=on))


def gatherings_of_edition(edition: Edition) -> QuerySet[Gathering]:
    """Return the public gatherings of an edition."""
    return with_places(gatherings_visible_to(None).filter(edition=edition))


def gatherings_of_territory(territory: Territory) -> QuerySet[Gathering]:
    """Return the public gatherings of a territory: of its editions, or in its communes."""
    return with_places(on_territory(gatherings_visible_to(None), territory))


def gatherings_in(commune: Commune) -> QuerySet[Gathering]:
    """Return the public gatherings that take place in a commune."""
    return with_places(gatherings_visible_to(None).filter(occasion__room__venue__commune=commune))


def hosts_for(organisation: Organisation, *, kept: Organisation) -> QuerySet[Host]:
    """Return what an organisation holds and ``kept`` does not hold as well."""
    held = Host.objects.filter(organisation=kept)
    return Host.objects.filter(organisation=organisation).exclude(
        Q(workshop=None, gathering__in=held.filter(workshop=None).values("gathering"))
        | Q(workshop__in=held.exclude(workshop=None).values("workshop"))
    )


@dataclass(frozen=True, kw_only=True)
class Question:
    """What one looks for; the address of a commune is its code, that of a theme its number, days are included."""

    text: str = ""
    commune: str = ""
    territory: str = ""
    theme: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    access: tuple[str, ...] = ()


@dataclass(frozen=True)
class GatheringList:
    """What a question found, to come and past, and what one can choose among."""

    question: Question
    to_come: QuerySet[Gathering]
    past: QuerySet[Gathering]
    communes: tuple[Commune, ...]
    territories: tuple[Territory, ...]
    themes: tuple[Theme, ...]
    kinds: tuple[GatheringKind, ...]
    features: tuple[AccessFeature, ...] = tuple(AccessFeature)

    @property
    def filtered(self) -> bool:
        return self.question != Question()

    @property
    def narrowed(self) -> bool:
        """Whether something is asked beyond words and kind."""
        return replace(self.question, text="", kind="") != Question()


def gathering_list(user: User | None, question: Question, *, on: date) -> GatheringList:
    """Return the gatherings that ``user`` may see and that answer a question, seen from a day.

    An unknown commune, territory, theme or kind, and a day out of reach, is no filter.
    """
    visible = gatherings_visible_to(user)
    plain = visible.order_by().select_related(None)
    communes = tuple(
        Commune.objects.filter(pk__in=plain.values("occasion__room__venue__commune")).order_by("sort_name")
    )
    territories = tuple(
        Territory.objects.filter(pk__in=plain.values("edition__territory")).order_by("sort_name")
    )
    themes = tuple(Theme.objects.filter(pk__in=plain.values("theme")).select_related("edition"))
    met = set(plain.values_list("kind", flat=True).distinct())
    commune = next((each for each in communes if each.code == question.commune), None)
    territory = next((each for each in territories if each.slug == question.territory), None)
    theme = next((each for each in themes if str(each.pk) == question.theme), None)
    question = replace(
        question,
        text=" ".join(question.text.replace("\0", " ").split())[:LONGEST_TEXT],
        commune=commune.code if commune else "",
        territory=territory.slug if territory else "",
        theme=str(theme.pk) if theme else "",
        kind=question.kind if question.kind in met else "",
        since=within_reach(question.since),
        until=within_reach(question.until),
        access=tuple(feature for feature in AccessFeature.values if feature in question.access),
    )
    found = visible
    if commune:
        found = found.filter(occasion__room__venue__commune=commune)
    if territory:
        found = on_territory(found, territory)
    if theme:
        found = found.filter(theme=theme)
    if question.kind:
        found = found.filter(kind=question.kind)
    if question.since:
        found = found.filter(occasion__ends_at__gte=moment_at(question.since))
    if question.until:
        found = found.filter(occasion__starts_at__lt=moment_at(question.until + timedelta(days=1)))
    if question.access:
        accessible = occasions_with_access(Occasion.objects.order_by(), question.access)
        found = found.filter(occasion__in=accessible.values("pk"))
    if question.text:
        found = found.filter(pk__in=holding(found, question.text))
    found = with_places(found)
    return GatheringList(
        question=question,
        to_come=to_come(found, on=on),
        past=past(found, on=on),
        communes=communes,
        territories=territories,
        themes=themes,
        kinds=tuple(kind for kind in GatheringKind if kind in met),
    )


def within_reach(day: date | None) -> date | None:
    """Return a day that a calendar of ours can show, None for any other."""
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def holding(gatherings: QuerySet[Gathering], text: str) -> list[int]:
    """Return the numbers of the gatherings whose title, sentence, theme or place hold every word, accents aside."""
    words = fold(text).split()
    rows = gatherings.order_by().values_list(
        "pk", "occasion__title", "summary", "theme__name", "occasion__room__venue__commune__name"
    )
    return [pk for pk, *said in rows if all(word in fold(" ".join(filter(None, said))) for word in words)]


def gatherings_to_subscribe(
    *, since: date, programme: str = "", territory: str = "", theme: str = ""
) -> QuerySet[Gathering]:
    """Return the public gatherings from a day on, of a programme, a territory (their addresses), a theme (its number).

    Raise Programme, Territory or Theme.DoesNotExist: a calendar must not fill with what was not asked for.
    """
    found = gatherings_visible_to(None).filter(occasion__ends_at__gte=moment_at(since))
    if programme:
        found = found.filter(occasion__programme=Programme.objects.get(slug=programme.replace("\0", "")))
    if territory:
        found = on_territory(found, Territory.objects.get(slug=territory.replace("\0", "")))
    if theme:
        if not (theme.isascii() and theme.isdigit() and len(theme) < 10):  # noqa: PLR2004  what a key can be
            raise Theme.DoesNotExist
        found = found.filter(theme=Theme.objects.get(pk=int(theme)))
    return with_hosts(found).order_by("occasion__starts_at", "id")


def with_hosts(gatherings: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """Fetch who holds the gatherings as a whole, who speaks (``holders``, ``voices``), and their former dates."""
    hosts = Host.objects.standing().filter(workshop=None)
    return gatherings.prefetch_related(
        "occasion__slots",
        Prefetch("hosts", hosts, to_attr="holders"),
        Prefetch("speakers", Speaker.objects.order_by("position", "id"), to_attr="voices"),
        "occasion__moves",
    )


@dataclass(frozen=True)
class GatheringPage:
    """A gathering with everything its page says, at a moment."""

    gathering: Gathering
    attendance: Attendance
    hosts: tuple[Host, ...]
    speakers: tuple[Speaker, ...]
    moves: tuple[Move, ...]
    before: Gathering | None
    after: Gathering | None
    at: datetime

    @property
    def occasion(self) -> Occasion:
        return self.gathering.occasion

    @property
    def is_past(self) -> bool:
        return self.occasion.ends_at <= self.at

    @property
    def has_programme(self) -> bool:
        """Whether it has workshops or volunteer shifts, beside the entry."""
        return any(slot.kind != SlotKind.ENTRY for slot in self.occasion.slots.all())

    @property
    def registration(self) -> str:
        """Whether one can register: free (nobody has to), none (not announced yet, over), soon, open or closed."""
        if self.gathering.is_over or self.is_past:
            return "none"
        if self.attendance.is_free:
            return "free"
        if not self.occasion.opens_at:
            return "none"
        if self.at < self.occasion.opens_at:
            return "soon"
        return "open" if is_open(self.occasion, at=self.at) else "closed"


def gathering_page(slug: str, user: User | None, *, at: datetime) -> GatheringPage:
    """Return the page of a gathering that ``user`` may see; raise Gathering.DoesNotExist."""
    gathering = with_hosts(gatherings_visible_to(user)).get(slug=slug)
    neighbours = neighbours_of(gathering, user) if gathering.series_id else ()
    place = next((index for index, other in enumerate(neighbours) if other.pk == gathering.pk), 0)
    return GatheringPage(
        gathering=gathering,
        attendance=gathering.attendance,
        hosts=tuple(gathering.holders),
        speakers=tuple(gathering.voices),
        moves=tuple(gathering.occasion.moves.all()),
        before=neighbours[place - 1] if place else None,
        after=neighbours[place + 1] if place + 1 < len(neighbours) else None,
        at=at,
    )


def neighbours_of(gathering: Gathering, user: User | None) -> Sequence[Gathering]:
    """Return the gatherings of the same series that ``user`` may see, by date."""
    same = gatherings_visible_to(user).select_related(None).select_related("occasion")
    return list(same.filter(series=gathering.series_id).order_by("occasion__starts_at", "id"))
