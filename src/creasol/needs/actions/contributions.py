"""What somebody said: noted with its author's consent, and what becomes of it, in one direction of the chain."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.needs.enums import CONTRIBUTION_TRANSITIONS, ContributionKind, ContributionState, NeedState
from creasol.needs.models import Contribution, Need
from creasol.needs.queries.contributions import contributions_under
from creasol.network.models import Organisation
from creasol.programmes.models import Edition, Theme
from creasol.territories.models import Territory

from .needs import NeedDraft, record_need

KEPT = timedelta(days=2 * 365)
"""How long a name and the ways to reach somebody are kept: as the files of the people accompanied (two years)."""
LONGEST_WORDS = 2000
CONSENTS = ("may_be_shown", "name_may_be_shown", "may_be_contacted")


@dataclass(frozen=True, kw_only=True)
class ContributionDraft:
    """What was said, and what its author agreed to.

    ``email`` and ``phone`` are kept with ``may_be_contacted`` only; ``name`` with that or ``name_may_be_shown``.
    """

    territory: Territory
    kind: ContributionKind | str
    words: str
    edition: Edition | None = None
    theme: Theme | None = None
    name: str = ""
    organisation: Organisation | None = None
    email: str = ""
    phone: str = ""
    may_be_shown: bool = False
    name_may_be_shown: bool = False
    may_be_contacted: bool = False


@transaction.atomic
def note_contribution(
    draft: ContributionDraft,
    *,
    by: User | None,
    at: datetime,
    request_key: str = "",
    is_example: bool = False,
) -> Contribution:
    """Note what somebody said; ``by`` (None: the author, without an account) wrote it down.

    The same ``request_key`` again returns what was noted the first time, even when both arrive together.
    ValidationError for no words or too many, or for somebody to be called back who left no way to.
    """
    known = Contribution.objects.filter(request_key=request_key).first() if request_key else None
    if known:
        return known
    if draft.kind == ContributionKind.CONTACT and not draft.may_be_contacted:
        raise ValidationError({"may_be_contacted": _("Nobody is called back without having agreed to it.")})
    contribution = Contribution(
        noted_at=at, noted_by=by, request_key=request_key or None, is_example=is_example
    )
    fill(contribution, draft, at=at)
    try:
        with transaction.atomic():
            contribution.save()
    except IntegrityError:
        if not request_key:
            raise
        return Contribution.objects.get(request_key=request_key)  # the other of two sent at once was quicker
    record("note", contribution, by=by, at=at)
    return contribution


@transaction.atomic
def revise_contribution(
    contribution: Contribution, draft: ContributionDraft, *, by: User, at: datetime
) -> None:
    """Correct what was noted, or what its author agrees to. ValidationError as for noting.

    What it became stays: once it belongs to a need, it stays on the territory of that need.
    """
    lock(contribution)
    if contribution.need and contribution.need.territory_id != draft.territory.pk:
        raise ValidationError({"territory": _("It belongs to a need of another territory.")})
    fill(contribution, draft, at=at)
    contribution.save()
    record("revise", contribution, by=by, at=at)


@transaction.atomic
def attach_contribution(contribution: Contribution, *, need: Need, by: User | None, at: datetime) -> None:
    """Let what was said support a need that exists, of the same territory and not set aside.

    ValidationError when the need is another's, or when the contribution is settled already.
    """
    lock(contribution)
    need.refresh_from_db(from_queryset=Need.objects.select_for_update())
    if need.territory_id != contribution.territory_id:
        raise ValidationError({"need": _("This need belongs to another territory.")})
    if need.state == NeedState.SET_ASIDE:
        raise ValidationError({"need": _("This need is set aside: take it up again first.")})
    settle(contribution, to=ContributionState.SUPPORTS, need=need, at=at)
    record("support", contribution, by=by, at=at)


@transaction.atomic
def found_need(contribution: Contribution, draft: NeedDraft, *, by: User, at: datetime) -> Need:
    """Record the candidate need that begins with what was said; ``by`` signs it.

    Of two people who do so at once, one is told that it is done. ValidationError as for recording a need.
    """
    lock(contribution)
    if draft.territory.pk != contribution.territory_id:
        raise ValidationError(_("A need founded on a contribution belongs to the same territory."))
    refuse_unless_open(contribution, to=ContributionState.FOUNDED)
    need = record_need(draft, by=by, at=at)
    settle(contribution, to=ContributionState.FOUNDED, need=need, at=at)
    record("found", contribution, by=by, at=at)
    return need


@transaction.atomic
def follow_up(contribution: Contribution, *, by: User | None, at: datetime, reason: str = "") -> None:
    """Say that what was said got its answer otherwise; ``reason`` is that answer, in one sentence."""
    lock(contribution)
    settle(contribution, to=ContributionState.FOLLOWED, reason=reason, at=at)
    record("follow", contribution, by=by, at=at)


@transaction.atomic
def set_aside(contribution: Contribution, *, reason: str, by: User | None, at: datetime) -> None:
    """Do nothing about what was said, and say why. ValidationError without a reason."""
    lock(contribution)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in one sentence: everyone can read it.")})
    settle(contribution, to=ContributionState.SET_ASIDE, reason=reason, at=at)
    record("shelve", contribution, by=by, at=at)


@transaction.atomic
def take_up_again(contribution: Contribution, *, by: User | None, at: datetime) -> None:
    """Undo what was decided; ValidationError for what founded a need: that need is there."""
    lock(contribution)
    settle(contribution, to=ContributionState.NOTED, at=None)
    record("resume", contribution, by=by, at=at)


@transaction.atomic
def note_contacts_export(territory: Territory, *, lines: int, by: User, at: datetime) -> None:
    """Write down that somebody took away the names and contacts of the ``lines`` contributions of a territory."""
    record("export", territory, by=by, at=at, file="contributions", lines=lines)


@transaction.atomic
def anonymise_contributions(*, at: datetime) -> int:
    """Erase the names and the contacts noted longer than ``KEPT`` ago; return of how many contributions.

    The words stay, as their author agreed; what is a made-up example names nobody.
    """
    named = ~Q(name="") | ~Q(email="") | ~Q(phone="")
    old = Contribution.objects.filter(named, noted_at__lte=at - KEPT, is_example=False)
    return forget_names(old.select_for_update(), at=at)


@transaction.atomic
def forget_contributor(user: User, *, at: datetime) -> int:
    """Erase the name and the contacts beside what was left under an address of ``user``; return how many times."""
    return forget_names(contributions_under(user).select_for_update(of=("self",)), at=at)


def forget_names(contributions: Iterable[Contribution], *, at: datetime) -> int:
    """Leave the words alone, without anybody's name or address; return of how many."""
    forgotten = 0
    for contribution in contributions:
        contribution.name = contribution.email = contribution.phone = ""
        contribution.organisation = None
        contribution.name_may_be_shown = contribution.may_be_contacted = False
        contribution.save()
        record("erase", contribution, by=None, at=at)
        forgotten += 1
    return forgotten


def lock(contribution: Contribution) -> None:
    """Read a contribution as it is now and let nobody else settle it before this is done."""
    contribution.refresh_from_db(from_queryset=Contribution.objects.select_for_update())


def fill(contribution: Contribution, draft: ContributionDraft, *, at: datetime) -> None:
    """Write the draft into the contribution, without what its author did not agree to leave."""
    before = [getattr(contribution, consent) for consent in CONSENTS]
    kept = with_consent(draft)
    for field in fields(kept):
        setattr(contribution, field.name, getattr(kept, field.name))
    after = [getattr(contribution, consent) for consent in CONSENTS]
    if after != before:
        contribution.consented_at = at if any(after) else None
    contribution.full_clean(validate_unique=False)
    refuse_what_does_not_fit(contribution)


def with_consent(draft: ContributionDraft) -> ContributionDraft:
    """Return the draft with the name and the contacts only as far as its author agrees."""
    may_be_named = draft.name_may_be_shown or draft.may_be_contacted
    return replace(
        draft,
        words=draft.words.strip(),
        name=draft.name.strip() if may_be_named else "",
        email=draft.email.strip() if draft.may_be_contacted else "",
        phone=draft.phone.strip() if draft.may_be_contacted else "",
    )


def refuse_what_does_not_fit(contribution: Contribution) -> None:
    """Raise ValidationError for too many words, a place that is none, or a contact that cannot be reached."""
    if len(contribution.words) > LONGEST_WORDS:
        raise ValidationError(
            {"words": _("At most %(most)d characters: keep the essential.") % {"most": LONGEST_WORDS}}
        )
    if contribution.edition and contribution.edition.territory_id != contribution.territory_id:
        raise ValidationError({"edition": _("This edition is on another territory.")})
    if contribution.theme and contribution.theme.edition_id != contribution.edition_id:
        raise ValidationError({"theme": _("This theme belongs to another edition.")})
    if contribution.may_be_contacted and not (contribution.email or contribution.phone):
        raise ValidationError({"email": _("Leave an e-mail address or a telephone number.")})


def refuse_unless_open(contribution: Contribution, *, to: ContributionState) -> None:
    """Raise ValidationError when the table of transitions does not lead from where it is to there."""
    now = ContributionState(contribution.state)
    if to not in CONTRIBUTION_TRANSITIONS[now]:
        raise ValidationError(
            _("This is settled already: “%(now)s”. It cannot become “%(wanted)s”.")
            % {"now": now.label, "wanted": to.label}
        )


def settle(
    contribution: Contribution,
    *,
    to: ContributionState,
    at: datetime | None,
    need: Need | None = None,
    reason: str = "",
) -> None:
    """Bring a locked contribution into a state, as the table of transitions allows."""
    refuse_unless_open(contribution, to=to)
    contribution.state = to
    contribution.need = need
    contribution.reason = reason.strip()
    contribution.settled_at = at
    contribution.full_clean(validate_unique=False)
    contribution.save()
