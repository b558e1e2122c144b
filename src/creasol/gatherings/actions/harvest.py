"""What is said at a gathering: noted as a contribution, with the place where it was said."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.gatherings.enums import GatheringState
from creasol.gatherings.models import Gathering, Harvest, Workshop
from creasol.needs.actions import ContributionDraft, note_contribution


@transaction.atomic
def note_at(
    gathering: Gathering,
    draft: ContributionDraft,
    *,
    workshop: Workshop | None = None,
    by: User | None,
    at: datetime,
    request_key: str = "",
    is_example: bool = False,
) -> Harvest:
    """Note what somebody said at a gathering, in one of its workshops if one knows which; return the link of both.

    It belongs to the territory and the edition of the gathering, and to its theme unless the draft names another.
    The same words under the same ``request_key`` again note nothing more. ValidationError as for any contribution,
    for a workshop of another gathering, and for a gathering that is a draft or cancelled.
    """
    if not gathering.is_public or gathering.state == GatheringState.CANCELLED:
        raise ValidationError(_("This gathering is a draft or cancelled: nothing was said there."))
    if workshop and workshop.gathering_id != gathering.pk:
        raise ValidationError({"workshop": _("This workshop belongs to another gathering.")})
    edition = gathering.edition
    said = replace(draft, territory=edition.territory, edition=edition, theme=draft.theme or gathering.theme)
    # who steps back to the form and writes something else has something else to say
    sent = "\n".join((str(gathering.pk), request_key, draft.kind, draft.words.strip()))
    key = sha256(sent.encode()).hexdigest() if request_key else ""
    contribution = note_contribution(said, by=by, at=at, request_key=key, is_example=is_example)
    place = {"gathering": gathering, "workshop": workshop}
    harvest, _created = Harvest.objects.get_or_create(contribution=contribution, defaults=place)
    return harvest
