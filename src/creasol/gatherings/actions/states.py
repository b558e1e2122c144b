"""The life of a gathering: proposed, confirmed, moved, held, cancelled, as the table of transitions allows."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.gatherings.enums import GATHERING_TRANSITIONS, GatheringState
from creasol.gatherings.models import Gathering
from creasol.journal.actions import record
from creasol.places.actions.announcements import word_announcement
from creasol.places.actions.occasions import cancel_occasion, move_occasion, open_registration
from creasol.places.enums import AnnouncementKind
from creasol.places.models import Room
from creasol.places.queries.figures import attendance_figures

from .planning import lock_gathering


@transaction.atomic
def propose_gathering(gathering: Gathering, *, by: User | None, at: datetime) -> None:
    """Show a draft to everyone as a proposal; nobody registers yet. ValidationError from any other state."""
    bring(gathering, GatheringState.PROPOSED)
    record("propose", gathering, by=by, at=at)


@transaction.atomic
def withdraw_gathering(gathering: Gathering, *, by: User | None, at: datetime) -> None:
    """Make a proposal a draft again, that only the team sees. ValidationError from any other state."""
    bring(gathering, GatheringState.DRAFT)
    record("withdraw", gathering, by=by, at=at)


@transaction.atomic
def confirm_gathering(
    gathering: Gathering,
    *,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    by: User | None,
    at: datetime,
) -> None:
    """Confirm a gathering and open its registration, from ``opens_at`` (or now) to ``closes_at`` (or its start).

    Its date may still be one to be confirmed. ValidationError from a state that does not lead there, for a gathering
    that is past, and for an empty window.
    """
    bring(gathering, GatheringState.CONFIRMED)
    occasion = gathering.occasion
    if occasion.starts_at <= at:
        raise ValidationError(_("It has started already: give it a date to come."))
    open_registration(occasion, opens_at=opens_at or at, closes_at=closes_at, by=by, at=at)
    record("confirm", gathering, by=by, at=at)


@transaction.atomic
def move_gathering(
    gathering: Gathering,
    *,
    starts_at: datetime,
    ends_at: datetime,
    room: Room | None = None,
    is_tentative: bool = False,
    reason: str = "",
    by: User | None,
    at: datetime,
) -> None:
    """Give a confirmed gathering another date, another room, or both (``room`` None: the same); why is shown to all.

    The former date stays on its page. ValidationError from a state that does not lead there, for a date that is past,
    and when nothing changes.
    """
    bring(gathering, GatheringState.MOVED)
    move_occasion(
        gathering.occasion,
        starts_at=starts_at,
        ends_at=ends_at,
        room=room,
        is_tentative=is_tentative,
        reason=reason,
        by=by,
        at=at,
    )
    record("reschedule", gathering, by=by, at=at)


@transaction.atomic
def hold_gathering(gathering: Gathering, *, came: int | None = None, by: User | None, at: datetime) -> None:
    """Say that a gathering was held and how many came (None: as many as were checked in, if any were).

    Said again, it corrects the number. ValidationError from a state that does not lead there, or before the start.
    """
    if lock_gathering(gathering).state != GatheringState.HELD:
        bring(gathering, GatheringState.HELD)
    if gathering.occasion.starts_at > at:
        raise ValidationError(_("It has not started yet."))
    gathering.came = attendance_figures(gathering.occasion).came if came is None else came
    gathering.full_clean()
    gathering.save(update_fields=["came"])
    record("hold", gathering, by=by, at=at)


@transaction.atomic
def cancel_gathering(gathering: Gathering, *, reason: str = "", by: User | None, at: datetime) -> bool:
    """Cancel a gathering; everyone reads why, on its page and in the mail that waits to be sent.

    Return whether it is still there: a draft was never public, and goes.
    ValidationError without a reason, from a state that does not lead there, and for a draft that people noted
    something at or registered for.
    """
    current = lock_gathering(gathering)
    if current.state == GatheringState.DRAFT:
        if current.harvest.exists() or current.occasion.registrations.exists():
            raise ValidationError(
                _("People have registered or said things there: propose it, then cancel it.")
            )
        record("remove", gathering, by=by, at=at)
        current.occasion.delete()
        return False
    bring(gathering, GatheringState.CANCELLED)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why, in one sentence: everyone reads it.")})
    gathering.cancel_reason = reason.strip()
    gathering.full_clean()
    gathering.save(update_fields=["cancel_reason"])
    cancel_occasion(gathering.occasion, by=by, at=at)
    if gathering.occasion.registrations.exists():  # their mail starts with the same words
        word_announcement(
            gathering.occasion,
            kind=AnnouncementKind.CANCELLED,
            words=gathering.cancel_reason,
            by=by,
            at=at,
        )
    record("cancel", gathering, by=by, at=at)
    return True


def bring(gathering: Gathering, to: GatheringState) -> None:
    """Lock a gathering and bring it into a state as the table allows; ValidationError when it does not."""
    current = GatheringState(lock_gathering(gathering).state)
    if to not in GATHERING_TRANSITIONS[current]:
        raise ValidationError(
            _("This gathering is %(now)s: it cannot become %(wanted)s.")
            % {"now": current.label, "wanted": to.label}
        )
    gathering.state = to
    gathering.save(update_fields=["state"])
