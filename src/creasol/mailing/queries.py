"""What is known of the mails."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from creasol.accounts.models import User
from creasol.accounts.queries import proven_addresses_of
from creasol.jobs.queries import live_workers

from .enums import MessageState
from .models import Message


@dataclass(frozen=True)
class Outbox:
    """What the staff page shows, texts aside: they may hold sign-in codes."""

    counts: dict[str, int]
    messages: QuerySet[Message]


def outbox(*, state: str = "") -> Outbox:
    """Return the messages in that state (in any without one), latest first, and how many are in each."""
    found = dict(Message.objects.order_by().values_list("state").annotate(Count("id")))
    messages = Message.objects.defer("text", "html", "attachments")
    return Outbox(
        counts={name: found.get(name, 0) for name in MessageState.values},
        messages=messages.filter(state=state) if state else messages,
    )


def failed_messages() -> QuerySet[Message]:
    """Return the mails given up, latest first: they wait for a person's decision."""
    return Message.objects.filter(state=MessageState.FAILED)


def delivery_is_late(*, at: datetime) -> bool:
    """Tell whether a mail queued now would wait: no live worker, or a mail server that refuses."""
    refused = Message.objects.filter(state=MessageState.QUEUED, attempts__gt=0)
    return not live_workers(at=at).exists() or refused.exists()


def messages_to(user: User) -> QuerySet[Message]:
    """Return the mails of the outbox that went to a person, at any address shown to be the account's."""
    return Message.objects.filter(to__in=proven_addresses_of(user)).order_by("id")


def messages_about(about: str) -> QuerySet[Message]:
    """Return the mails about somebody, as a notification says it, the first first; texts aside."""
    return Message.objects.filter(about=about).defer("text", "html").order_by("id")


def message_states(keys: Collection[str]) -> dict[str, MessageState]:
    """Return the state of each message that has one of these keys (``kind:key``); keys never queued are not in it."""
    found = Message.objects.filter(key__in=list(keys)).order_by().values_list("key", "state")
    return {key: MessageState(state) for key, state in found}
