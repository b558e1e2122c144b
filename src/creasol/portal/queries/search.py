"""What the search answers."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from creasol.foundation.text import fold
from creasol.portal.enums import EntryKind
from creasol.portal.models import SearchEntry, SearchToken
from creasol.portal.words import LONGEST, LONGEST_QUESTION, SHORTEST_PREFIX, alternatives, asked
from creasol.territories.enums import TerritoryKind

SHOWN_OF_EACH = 8
SHOWN_OF_ONE = 100
PAGES = {
    EntryKind.EDITION: "programmes:edition",
    EntryKind.GATHERING: "gatherings:gathering",
    EntryKind.PROGRAMME: "programmes:programme",
    EntryKind.COMMUNE: "territories:commune",
    EntryKind.TERRITORY: "territories:territory",
    EntryKind.NEED: "needs:need",
    EntryKind.REPORT: "reports:report",
    EntryKind.ORGANISATION: "network:organisation",
    EntryKind.FORMER_COMMUNE: "territories:commune",
}


@dataclass(frozen=True)
class Hit:
    """A page found: its title, a line that tells it from its namesakes, its address."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Group:
    """The pages of one kind: how many there are, and the first of them."""

    kind: EntryKind
    total: int
    hits: tuple[Hit, ...]
    question: str

    @property
    def more(self) -> bool:
        return self.total > len(self.hits)

    @property
    def query(self) -> str:
        """Return the parameters of the page that shows this group alone."""
        return urlencode({"q": self.question, "genre": self.kind.value})


@dataclass(frozen=True)
class Results:
    """What was asked, what it was understood as, and what was found; ``total`` counts all groups."""

    question: str
    kind: str
    words: tuple[str, ...]
    groups: tuple[Group, ...]
    total: int


def search(question: str, *, kind: str = "") -> Results:
    """Return the pages that hold every word of ``question``; the last word may be the beginning of one.

    Exact titles come first, then titles that begin so, then the heavier. ``kind`` (an ``EntryKind``) asks for
    one group, with more of its pages. Any text is a fair question; one without a word finds nothing.
    """
    question = " ".join(question.replace("\x00", " ").split())[:LONGEST_QUESTION]
    kind = kind if kind in EntryKind.values else ""
    words = asked(question)
    if not words:
        return Results(question, kind, words=(), groups=(), total=0)
    entries = matching(words)
    if kind:
        entries = entries.filter(kind=kind)
    found: dict[str, list[SearchEntry]] = {}
    for entry in ranked(entries, fold(question), SHOWN_OF_ONE if kind else SHOWN_OF_EACH):
        found.setdefault(entry.kind, []).append(entry)
    groups = tuple(
        Group(EntryKind(name), rows[0].of_its_kind, tuple(hit(entry) for entry in rows), question)
        for name, rows in sorted(
            found.items(), key=lambda item: (item[1][0].closeness, EntryKind.values.index(item[0]))
        )
    )
    return Results(
        question, kind, words=tuple(words), groups=groups, total=sum(group.total for group in groups)
    )


def matching(words: list[str]) -> QuerySet[SearchEntry]:
    """Return the entries that hold each of ``words`` (folded), the last one as a beginning too."""
    entries = SearchEntry.objects.all()
    for word in words:
        tokens = Q(token__in=alternatives(word))
        if word is words[-1] and len(word) >= SHORTEST_PREFIX:
            tokens |= Q(token__range=(word, word.ljust(LONGEST, "z")))  # the same in every collation
        entries = entries.filter(id__in=SearchToken.objects.filter(tokens).values("entry_id"))
    return entries


def ranked(entries: QuerySet[SearchEntry], folded: str, limit: int) -> QuerySet[SearchEntry]:
    """Return the first ``limit`` entries of each kind, with ``closeness`` and the number ``of_its_kind``."""
    closeness = Case(
        When(folded=folded, then=Value(0)), When(folded__startswith=folded, then=Value(1)), default=Value(2)
    )
    order = [F("closeness").asc(), F("weight").desc(), F("folded").asc(), F("id").asc()]
    return (
        entries.annotate(closeness=closeness)
        .annotate(
            position=Window(RowNumber(), partition_by="kind", order_by=order),
            of_its_kind=Window(Count("id"), partition_by="kind"),
        )
        .filter(position__lte=limit)
        .order_by("kind", "position")
    )


def hit(entry: SearchEntry) -> Hit:
    """Return what the page of results says of ``entry``."""
    return Hit(
        title=entry.title, detail=detail(entry), url=reverse(PAGES[EntryKind(entry.kind)], args=[entry.page])
    )


def detail(entry: SearchEntry) -> str:
    """Return the line under a title; the index keeps data, the language of the page makes the sentence."""
    if entry.kind == EntryKind.TERRITORY and entry.detail in TerritoryKind.values:
        return str(TerritoryKind(entry.detail).label)
    if entry.kind == EntryKind.FORMER_COMMUNE:
        return _("Today in %(commune)s") % {"commune": entry.detail}
    return entry.detail
