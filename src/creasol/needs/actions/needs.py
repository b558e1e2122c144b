"""A need: recorded with the figures that say so, revised, signed, moved from state to state."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.foundation.text import fold
from creasol.journal.actions import record
from creasol.needs.enums import NEED_TRANSITIONS, NeedState, asks_for_a_reason
from creasol.needs.models import Author, Evidence, Need, Step
from creasol.needs.queries.needs import need_about
from creasol.network.models import Organisation
from creasol.programmes.models import Edition, Theme
from creasol.territories.models import Territory


@dataclass(frozen=True, kw_only=True)
class NeedDraft:
    """What a need says: what is lacking, on which territory; the edition and theme it was met in, if any."""

    territory: Territory
    statement: str
    explanation: str = ""
    edition: Edition | None = None
    theme: Theme | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceDraft:
    """A figure as it stands today; ``measure`` is the code of what is counted (D265, 88.91A).

    ``count`` is a number of things, ``value``, ``low`` and ``high`` the figure in ``unit``;
    ``compared_value`` is in the same unit, ``shortfall`` the number of things that are missing.
    """

    measure: str
    label: str
    source: str
    count: float | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    compared_with: str = ""
    compared_value: float | None = None
    shortfall: float | None = None
    vintage: str = ""
    definition: str = ""
    synthetic: bool = False
    address: str = ""


VERBS = {
    NeedState.SHARED: "share",
    NeedState.ADDRESSED: "address",
    NeedState.COVERED: "cover",
    NeedState.SET_ASIDE: "discard",
}
"""What the journal calls the way to a state; a way back is a reopening."""
LONGEST_SLUG = 70
TAKEN = {"nouveau"}
"""Last words of addresses that are pages of their own."""


@transaction.atomic
def record_need(
    draft: NeedDraft,
    *,
    evidence: Sequence[EvidenceDraft] = (),
    by: User | None,
    at: datetime,
    organisation: Organisation | None = None,
    name: str = "",
    slug: str = "",
    is_example: bool = False,
) -> Need:
    """Record a candidate need and the figures that say so; ``by`` signs it.

    ``organisation`` and ``name`` are shown to everyone beside it; with neither, it is the team that speaks.
    ValidationError when the territory has a need of the same words or about the same measure: it is named.
    """
    lock(draft.territory)
    need = Need(slug=slug or free_slug(draft.statement), recorded_at=at, is_example=is_example)
    save_need(need, draft)
    Step.objects.create(need=need, state=need.state, at=at, by=by)
    if by or organisation or name:
        save_author(need, user=by, organisation=organisation, name=name, at=at)
    for figure in evidence:
        save_evidence(need, figure, at=at)
    record("record", need, by=by, at=at)
    return need


@transaction.atomic
def revise_need(need: Need, draft: NeedDraft, *, by: User, at: datetime) -> None:
    """Change what a need says; its address stays. ValidationError as for recording."""
    lock(draft.territory)
    for figure in need.evidence.all():
        refuse_taken_measure(draft.territory, figure, but=need)
    need.state = Need.objects.select_for_update().get(pk=need.pk).state
    save_need(need, draft)
    record("revise", need, by=by, at=at)


@transaction.atomic
def move_need(need: Need, *, to: NeedState, by: User | None, at: datetime, reason: str = "") -> None:
    """Bring a need into a state, as the table of transitions allows.

    ValidationError when it does not, or when a reason is wanted (to set aside, to go back) and none is given.
    """
    current = NeedState(Need.objects.select_for_update().get(pk=need.pk).state)
    if to not in NEED_TRANSITIONS[current]:
        raise ValidationError(
            _("This need is %(now)s: it cannot become %(wanted)s.")
            % {"now": current.label, "wanted": NeedState(to).label}
        )
    back = asks_for_a_reason(current, to)
    if back and not reason.strip():
        raise ValidationError({"reason": _("Say why, in one sentence: everyone can read it.")})
    need.state = to
    need.save(update_fields=["state"])
    step = Step(need=need, state=to, at=at, by=by, reason=reason.strip())
    step.full_clean()
    step.save()
    record(VERBS[to] if to == NeedState.SET_ASIDE or not back else "reopen", need, by=by, at=at)


@transaction.atomic
def add_author(
    need: Need,
    *,
    by: User,
    at: datetime,
    user: User | None = None,
    organisation: Organisation | None = None,
    name: str = "",
) -> Author:
    """Say who else put the need into words; ValidationError for nobody, or for one who is there already."""
    if not (user or organisation or name):
        raise ValidationError(_("Name a person or an organisation."))
    author = save_author(need, user=user, organisation=organisation, name=name, at=at)
    record("sign", need, by=by, at=at)
    return author


@transaction.atomic
def remove_author(author: Author, *, by: User, at: datetime) -> None:
    """Take a signature back."""
    need = author.need
    author.delete()
    record("revise", need, by=by, at=at)


@transaction.atomic
def add_evidence(need: Need, draft: EvidenceDraft, *, by: User | None, at: datetime) -> Evidence:
    """Attach a figure; ValidationError when a need of the territory rests on the same measure already."""
    lock(need.territory)
    evidence = save_evidence(need, draft, at=at)
    record("attach", need, by=by, at=at)
    return evidence


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User, at: datetime) -> None:
    """Take a figure away from a need."""
    need = evidence.need
    evidence.delete()
    record("revise", need, by=by, at=at)


@transaction.atomic
def forget_author(user: User, *, pseudonym: str, at: datetime) -> None:
    """Leave no name beside the needs that ``user`` put into words."""
    for author in Author.objects.filter(user=user).select_related("need"):
        author.user, author.name = None, pseudonym if author.name else ""
        author.save(update_fields=["user", "name"])
        record("revise", author.need, by=None, at=at)


def lock(territory: Territory) -> None:
    """Let the needs of a territory be written one after another, so that two at once see each other."""
    Territory.objects.select_for_update().get(pk=territory.pk)


def save_need(need: Need, draft: NeedDraft) -> None:
    """Write the draft into the need."""
    for field in fields(draft):
        setattr(need, field.name, getattr(draft, field.name))
    need.statement = need.statement.strip()
    need.full_clean()
    if need.edition and need.edition.territory_id != need.territory_id:
        raise ValidationError({"edition": _("This edition is on another territory.")})
    if need.theme and need.theme.edition_id != need.edition_id:
        raise ValidationError({"theme": _("This theme belongs to another edition.")})
    words = fold(need.statement)
    for other in need.territory.needs.exclude(pk=need.pk):
        if fold(other.statement) == words:
            raise ValidationError(
                {"statement": _("This territory already has this need: “%(need)s”.") % {"need": other}}
            )
    need.save()


def save_author(
    need: Need, *, user: User | None, organisation: Organisation | None, name: str, at: datetime
) -> Author:
    """Write a signature, once."""
    author = Author(need=need, user=user, organisation=organisation, name=name.strip(), since=at)
    same = need.authors.filter(organisation=organisation, name=author.name)
    if (user and need.authors.filter(user=user).exists()) or (user is None and same.exists()):
        raise ValidationError(_("This author is named already."))
    author.full_clean()
    author.save()
    return author


def save_evidence(need: Need, draft: EvidenceDraft, *, at: datetime) -> Evidence:
    """Write a figure beside the need, unless a need of the territory rests on its measure already."""
    refuse_taken_measure(need.territory, draft)
    evidence = Evidence(
        need=need, noted_at=at, **{field.name: getattr(draft, field.name) for field in fields(draft)}
    )
    evidence.full_clean()
    evidence.save()
    return evidence


def refuse_taken_measure(
    territory: Territory, figure: EvidenceDraft | Evidence, *, but: Need | None = None
) -> None:
    """Raise ValidationError when a need of the territory, other than ``but``, rests on the measure of a figure."""
    known = need_about(territory, figure.measure, but=but)
    if known:
        raise ValidationError(
            _("“%(label)s” already is a figure of a need of %(territory)s: “%(need)s” (%(state)s).")
            % {
                "label": figure.label,
                "territory": territory,
                "need": known,
                "state": known.get_state_display(),
            }
        )


def free_slug(statement: str) -> str:
    """Return an address made from a statement that no need has yet."""
    words = slugify(statement)
    wanted = words if len(words) <= LONGEST_SLUG else words[: LONGEST_SLUG + 1].rpartition("-")[0]
    wanted = wanted or "besoin"
    slug, number = wanted, 1
    while slug in TAKEN or Need.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug
