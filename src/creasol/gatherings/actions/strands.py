"""The axes and themes of a forum."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from creasol.accounts.models import User
from creasol.gatherings.enums import StrandKind
from creasol.gatherings.models import Gathering, Strand
from creasol.journal.actions import record


@dataclass(frozen=True, kw_only=True)
class StrandDraft:
    """An axis or a theme, and what it is about."""

    kind: StrandKind
    title: str
    description: str = ""


@transaction.atomic
def add_strand(draft: StrandDraft, *, gathering: Gathering, by: User | None, at: datetime) -> Strand:
    """Add an axis or a theme, after those of its kind."""
    strand = Strand(gathering=gathering, position=len(lock_strands(gathering, draft.kind)))
    write_strand(strand, draft)
    record("create", strand, by=by, at=at)
    return strand


@transaction.atomic
def revise_strand(strand: Strand, draft: StrandDraft, *, by: User, at: datetime) -> None:
    """Change what an axis or a theme says; one that changes its kind becomes the last of it."""
    if strand.kind != draft.kind:
        strand.position = len(lock_strands(strand.gathering, draft.kind))
    write_strand(strand, draft)
    record("revise", strand, by=by, at=at)


@transaction.atomic
def raise_strand(strand: Strand, *, by: User, at: datetime) -> None:
    """Let an axis or a theme change places with the one before it; the first stays where it is."""
    strands = lock_strands(strand.gathering, strand.kind)
    place = strands.index(strand)
    if place == 0:
        return
    strands.insert(place - 1, strands.pop(place))
    for position, one in enumerate(strands):
        one.position = position
    Strand.objects.bulk_update(strands, ["position"])
    record("revise", strand, by=by, at=at)


@transaction.atomic
def remove_strand(strand: Strand, *, by: User, at: datetime) -> None:
    """Take an axis or a theme away; its workshops stay, without it."""
    record("remove", strand, by=by, at=at)
    strand.delete()


def lock_strands(gathering: Gathering, kind: str) -> list[Strand]:
    """Lock a gathering; return its axes, or its themes, in their order."""
    Gathering.objects.select_for_update(no_key=True).get(pk=gathering.pk)
    return list(gathering.strands.filter(kind=kind).order_by("position", "id"))


def write_strand(strand: Strand, draft: StrandDraft) -> None:
    """Write the draft into the strand."""
    strand.kind, strand.title, strand.description = draft.kind, draft.title.strip(), draft.description.strip()
    strand.full_clean()
    strand.save()
