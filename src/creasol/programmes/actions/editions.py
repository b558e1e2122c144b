"""An edition: planned on a territory, revised, moved from state to state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Manager, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.foundation.dates import period
from creasol.journal.actions import record
from creasol.programmes.enums import EDITION_TRANSITIONS, EditionState, PartnerRole, PhaseKind
from creasol.programmes.models import Edition, Partner, Phase, Programme, Theme
from creasol.territories.models import Territory

HEAD_START = timedelta(days=60)  # an edition under way is announced to everyone: not a year before its time


@dataclass(frozen=True)
class PhaseDraft:
    """The period of a phase, what it is about, and what it delivers (one per line)."""

    kind: PhaseKind
    starts_on: date
    ends_on: date
    description: str = ""
    deliverables: str = ""


@dataclass(frozen=True)
class ThemeDraft:
    """What a theme shall say; ``pk`` names the one it replaces, None a new one."""

    name: str
    description: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class PartnerDraft:
    """What a partner shall be; ``pk`` names the one it replaces, None a new one."""

    name: str
    role: PartnerRole
    contribution: str = ""
    website: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class EditionDraft:
    """Everything an edition says, as planned or revised at once."""

    territory: Territory
    name: str
    starts_on: date
    ends_on: date
    phases: Sequence[PhaseDraft]
    summary: str = ""
    contract: str = ""
    themes: Sequence[ThemeDraft] = ()
    partners: Sequence[PartnerDraft] = ()


@transaction.atomic
def plan_edition(
    draft: EditionDraft,
    *,
    programme: Programme,
    by: User | None,
    at: datetime,
    slug: str = "",
    is_example: bool = False,
) -> Edition:
    """Plan an edition of ``programme``.

    ValidationError when the phases leave the edition or come in another order, or when the territory has
    another edition of the programme in that period. Without ``slug`` the address is made from the name.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)  # two plans at once must see each other
    edition = Edition(programme=programme, slug=slug or free_slug(draft.name), is_example=is_example)
    save_edition(edition, draft)
    record("plan", edition, by=by, at=at)
    return edition


@transaction.atomic
def revise_edition(edition: Edition, draft: EditionDraft, *, by: User, at: datetime) -> None:
    """Change what an edition says, its phases, themes and partners; ValidationError as for planning."""
    Programme.objects.select_for_update().get(pk=edition.programme_id)
    save_edition(edition, draft)
    record("revise", edition, by=by, at=at)


@transaction.atomic
def start_edition(edition: Edition, *, by: User | None, at: datetime) -> None:
    """Put a planned edition under way; ValidationError when its first day is too far ahead."""
    earliest = edition.starts_on - HEAD_START
    if timezone.localtime(at).date() < earliest:
        raise ValidationError(
            _(
                "This edition begins on %(first)s: it can be put under way from %(earliest)s. "
                "To begin sooner, bring its dates forward."
            )
            % {"first": date_format(edition.starts_on), "earliest": date_format(earliest)}
        )
    move(edition, EditionState.RUNNING, "start", by=by, at=at)


@transaction.atomic
def complete_edition(edition: Edition, *, by: User | None, at: datetime) -> None:
    """Close an edition that is under way: it becomes part of the past of the rotation."""
    move(edition, EditionState.COMPLETED, "complete", by=by, at=at)


@transaction.atomic
def cancel_edition(edition: Edition, *, by: User | None, at: datetime) -> None:
    """Give an edition up: its territory waits for its turn again."""
    move(edition, EditionState.CANCELLED, "cancel", by=by, at=at)


@transaction.atomic
def replan_edition(edition: Edition, *, by: User | None, at: datetime) -> None:
    """Take up a cancelled edition again; ValidationError when its place was taken meanwhile."""
    Programme.objects.select_for_update().get(pk=edition.programme_id)
    refuse_overlap(edition)
    move(edition, EditionState.PLANNED, "plan", by=by, at=at)


MOVES = {
    EditionState.PLANNED: replan_edition,
    EditionState.RUNNING: start_edition,
    EditionState.COMPLETED: complete_edition,
    EditionState.CANCELLED: cancel_edition,
}
"""The action that brings an edition to a state."""


def move(edition: Edition, state: EditionState, verb: str, *, by: User | None, at: datetime) -> None:
    """Change the state as the transition table allows, on a row locked and read anew."""
    current = Edition.objects.select_for_update().get(pk=edition.pk)
    if state not in EDITION_TRANSITIONS[EditionState(current.state)]:
        raise ValidationError(
            _("This edition is %(now)s: it cannot become %(wanted)s.")
            % {"now": current.get_state_display(), "wanted": state.label}
        )
    edition.state = state
    edition.save(update_fields=["state"])
    record(verb, edition, by=by, at=at)


def save_edition(edition: Edition, draft: EditionDraft) -> None:
    """Write the edition and exactly the phases, themes and partners of ``draft``."""
    for field in ("territory", "name", "starts_on", "ends_on", "summary", "contract"):
        setattr(edition, field, getattr(draft, field))
    edition.full_clean()
    refuse_overlap(edition)
    refuse_disorder(draft)
    edition.save()
    for phase in draft.phases:
        row = edition.phases.filter(kind=phase.kind).first() or Phase(edition=edition, kind=phase.kind)
        fill(row, phase, ("starts_on", "ends_on", "description", "deliverables"))
    themes = keep(edition.themes, draft.themes)
    for position, theme in enumerate(draft.themes, 1):
        row = themes.get(theme.pk) or Theme(edition=edition)
        row.position = position
        fill(row, theme, ("name", "description"))
    partners = keep(edition.partners, draft.partners)
    for partner in draft.partners:
        row = partners.get(partner.pk) or Partner(edition=edition)
        fill(row, partner, ("name", "role", "contribution", "website"))


def keep(rows: Manager, drafts: Sequence[ThemeDraft] | Sequence[PartnerDraft]) -> dict[int, Model]:
    """Delete the rows that no draft names; return the others by key."""
    kept = {draft.pk for draft in drafts if draft.pk}
    rows.exclude(pk__in=kept).delete()
    return rows.in_bulk(kept)


def fill(row: Model, draft: PhaseDraft | ThemeDraft | PartnerDraft, fields: Sequence[str]) -> None:
    """Copy the fields of a draft into its row and save it."""
    for field in fields:
        setattr(row, field, getattr(draft, field))
    row.full_clean()
    row.save()


def refuse_disorder(draft: EditionDraft) -> None:
    """Raise ValidationError when a phase leaves the edition or begins before the one it follows."""
    for phase in draft.phases:
        if not draft.starts_on <= phase.starts_on <= phase.ends_on <= draft.ends_on:
            raise ValidationError(
                _("The phase “%(phase)s” must lie within the edition: %(dates)s.")
                % {
                    "phase": PhaseKind(phase.kind).label,
                    "dates": period(draft.starts_on, draft.ends_on),
                }
            )
    order = list(PhaseKind)
    phases = sorted(draft.phases, key=lambda phase: order.index(phase.kind))
    for before, after in pairwise(phases):
        if after.starts_on < before.starts_on:
            raise ValidationError(
                _("The phase “%(after)s” cannot begin before the phase “%(before)s”.")
                % {"after": PhaseKind(after.kind).label, "before": PhaseKind(before.kind).label}
            )


def refuse_overlap(edition: Edition) -> None:
    """Raise ValidationError when the territory has another edition of the programme in that period."""
    other = (
        Edition.objects.filter(
            programme=edition.programme,
            territory=edition.territory,
            starts_on__lte=edition.ends_on,
            ends_on__gte=edition.starts_on,
        )
        .exclude(state=EditionState.CANCELLED)
        .exclude(pk=edition.pk)
        .first()
    )
    if other:
        raise ValidationError(
            _(
                "%(territory)s already has an edition in this period: “%(edition)s” (%(dates)s). "
                "Choose other dates or another territory."
            )
            % {"territory": edition.territory, "edition": other, "dates": other.dates}
        )


def free_slug(name: str) -> str:
    """Return an address made from ``name`` that no edition has yet."""
    wanted = slugify(name)[:70] or "edition"
    slug, number = wanted, 1
    while Edition.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug
