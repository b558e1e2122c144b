"""A gathering planned and revised: its occasion, who holds it, who speaks."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.gatherings.enums import OPEN, GatheringKind
from creasol.gatherings.models import Gathering, Host, Series, Speaker
from creasol.journal.actions import record
from creasol.network.models import Organisation, Person
from creasol.places.actions.occasions import OccasionDraft, open_occasion, revise_occasion
from creasol.places.enums import Audience, Mode
from creasol.places.models import Room
from creasol.programmes.models import Edition, Theme

LONGEST_SLUG = 70
TAKEN = {"calendrier", "agenda", "nouvelle"}
"""Last words of addresses that are pages of their own."""
SECRET_BYTES = 12
OF_THE_GATHERING = ("kind", "edition", "theme", "summary", "description")
APART = {*OF_THE_GATHERING, "hosts", "speakers"}


@dataclass(frozen=True, kw_only=True)
class GatheringDraft:
    """What a gathering says; ``speakers`` are pairs of a name and what the person is.

    ``entries``: the ways of taking part, each with its number of places; None where nobody has to register.
    """

    title: str
    edition: Edition
    starts_at: datetime
    ends_at: datetime
    is_tentative: bool = False
    kind: str = GatheringKind.EVENING
    theme: Theme | None = None
    summary: str = ""
    description: str = ""
    room: Room | None = None
    remote_link: str = ""
    entries: Mapping[str, int | None] = field(default_factory=lambda: {Mode.ON_SITE: None})
    audience: str = Audience.PUBLIC
    school_zones: str = ""
    practical: str = ""
    led_by: Sequence[Person] = ()
    hosts: Sequence[Organisation] = ()
    speakers: Sequence[tuple[str, str]] = ()

    @classmethod
    def of(cls, gathering: Gathering) -> "GatheringDraft":
        """Return what a gathering says, as a draft to be changed or for another one."""
        occasion = gathering.occasion
        return cls(
            title=occasion.title,
            edition=gathering.edition,
            starts_at=occasion.starts_at,
            ends_at=occasion.ends_at,
            is_tentative=occasion.is_tentative,
            kind=gathering.kind,
            theme=gathering.theme,
            summary=gathering.summary,
            description=gathering.description,
            room=occasion.room,
            remote_link=occasion.remote_link,
            entries={slot.mode: slot.capacity for slot in gathering.attendance.entries},
            audience=occasion.audience,
            school_zones=occasion.school_zones,
            practical=occasion.practical,
            led_by=tuple(occasion.led_by.all()),
            hosts=tuple(host.organisation for host in gathering.hosts.standing().filter(workshop=None)),
            speakers=tuple((speaker.name, speaker.title) for speaker in gathering.speakers.all()),
        )

    def occasion(self) -> OccasionDraft:
        """Return what of it belongs to the occasion."""
        return OccasionDraft(
            **{each.name: getattr(self, each.name) for each in fields(self) if each.name not in APART}
        )


@transaction.atomic
def plan_gathering(
    draft: GatheringDraft,
    *,
    by: User | None,
    at: datetime,
    slug: str = "",
    series: Series | None = None,
    is_example: bool = False,
) -> Gathering:
    """Plan a gathering as a draft that only the team sees, with its occasion and its ways of taking part.

    ValidationError in the words of the fields, and for a theme of another edition.
    """
    slug = slug or free_slug(draft.title)
    occasion = open_occasion(
        draft.occasion(),
        programme=draft.edition.programme,
        page=reverse("gatherings:gathering", args=[slug]),
        by=by,
        at=at,
        is_example=is_example,
    )
    gathering = Gathering(
        occasion=occasion, slug=slug, series=series, say_key=secrets.token_urlsafe(SECRET_BYTES)
    )
    write_gathering(gathering, draft)
    record("plan", gathering, by=by, at=at)
    return gathering


@transaction.atomic
def revise_gathering(gathering: Gathering, draft: GatheringDraft, *, by: User | None, at: datetime) -> None:
    """Change what a gathering says; its address and its programme stay.

    ValidationError in the words of the fields; also for another date or another place once these are announced
    (``move_gathering`` tells those registered), except that a date to be confirmed may become certain.
    """
    current = lock_gathering(gathering)
    if draft.edition.programme_id != gathering.programme_id:
        raise ValidationError({"edition": _("This edition belongs to another programme.")})
    if current.state in OPEN:
        refuse_silent_move(current, draft)
    gathering.state = current.state
    revise_occasion(gathering.occasion, draft.occasion(), by=by, at=at)
    write_gathering(gathering, draft)
    record("revise", gathering, by=by, at=at)


def refuse_silent_move(current: Gathering, draft: GatheringDraft) -> None:
    """Raise ValidationError when a draft changes the date or the place that people were told."""
    occasion = current.occasion
    if (draft.starts_at, draft.ends_at) != (occasion.starts_at, occasion.ends_at):
        raise ValidationError(
            {
                "starts_at": _(
                    "The date is announced: give it another one with “Move”, so that people hear of it."
                )
            }
        )
    if occasion.room_id and draft.room != occasion.room:
        raise ValidationError(
            {"room": _("The place is announced: change it with “Move”, so that people hear of it.")}
        )


def lock_gathering(gathering: Gathering) -> Gathering:
    """Lock a gathering in the caller's transaction; return it as it now is, with its occasion."""
    locked = Gathering.objects.select_for_update(no_key=True, of=("self",)).select_related("occasion__room")
    return locked.get(pk=gathering.pk)


def write_gathering(gathering: Gathering, draft: GatheringDraft) -> None:
    """Write the draft into the gathering, who holds it and who speaks, occasion aside."""
    for name in OF_THE_GATHERING:
        value: Any = getattr(draft, name)
        setattr(gathering, name, value.strip() if isinstance(value, str) else value)
    if gathering.theme and gathering.theme.edition_id != gathering.edition_id:
        raise ValidationError({"theme": _("This theme belongs to another edition.")})
    gathering.full_clean()
    gathering.save()
    save_hosts(gathering, draft.hosts)
    save_speakers(gathering, draft.speakers)


def save_hosts(gathering: Gathering, organisations: Sequence[Organisation]) -> None:
    """Say which organisations hold the gathering as a whole; those of its workshops are not touched."""
    own = Host.objects.filter(gathering=gathering, workshop=None)
    own.exclude(organisation__in=organisations).delete()
    known = set(own.values_list("organisation", flat=True))
    for organisation in organisations:
        if organisation.pk not in known:
            Host.objects.create(gathering=gathering, organisation=organisation)
            known.add(organisation.pk)


def save_speakers(gathering: Gathering, speakers: Sequence[tuple[str, str]]) -> None:
    """Write who speaks, in the order given."""
    Speaker.objects.filter(gathering=gathering).delete()
    for position, (name, title) in enumerate(speakers):
        speaker = Speaker(gathering=gathering, position=position, name=name.strip(), title=title.strip())
        try:
            speaker.full_clean()
        except ValidationError as error:
            raise ValidationError({"speakers": error.messages}) from error
        speaker.save()


def free_slug(title: str, *, day: str = "") -> str:
    """Return an address made from a title, and the day when given, that no gathering has yet."""
    words = slugify(title)
    wanted = words if len(words) <= LONGEST_SLUG else words[: LONGEST_SLUG + 1].rpartition("-")[0]
    wanted = wanted or "rencontre"
    wanted = f"{wanted}-{day}" if day else wanted
    slug, count = wanted, 1
    while slug in TAKEN or Gathering.objects.filter(slug=slug).exists():
        count += 1
        slug = f"{wanted}-{count}"
    return slug
