"""Every write on the outbox."""

import smtplib
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import SafeMIMEText
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from creasol.accounts.models import User
from creasol.jobs.actions import enqueue_job
from creasol.jobs.retries import ATTEMPTS
from creasol.journal.actions import record

from .enums import MESSAGE_TRANSITIONS, MessageState
from .models import Message
from .notifications import USUAL, Notification
from .queries import messages_to

ERASED = {"text": "", "html": "", "attachments": []}
KEEP_TEXTS = timedelta(days=30)
KEEP_TRACES = timedelta(days=400)
PERMANENT = 500  # SMTP answers from here on: trying again cannot help


class NotDelivered(Exception):  # noqa: N818  it reads as a fact, not as a bug
    """The mail server did not take the message; it stays in the outbox for the next attempt."""


@transaction.atomic(savepoint=False)
def queue_message(notification: Notification, *, at: datetime) -> Message:
    """Put a mail into the outbox, in the caller's transaction; it leaves right after commit.

    Return the message; the one already there when a mail of the same kind and key was queued before.
    """
    key = f"{notification.kind}:{notification.key()}"
    known = Message.objects.filter(key=key).first()
    if known:
        return known
    mail = notification.render()
    fields = {
        "kind": notification.kind,
        "to": notification.to,
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "attachments": [asdict(attachment) for attachment in mail.attachments],
        "about": notification.about(),
        "queued_at": at,
        "expires_at": notification.lifetime() and at + notification.lifetime(),
    }
    try:
        with transaction.atomic():
            message = Message.objects.create(key=key, **fields)
    except IntegrityError:  # somebody else queued it meanwhile
        return Message.objects.get(key=key)
    enqueue_delivery(message, priority=notification.priority, at=at)
    return message


def enqueue_delivery(message: Message, *, priority: int, at: datetime) -> None:
    """Ask the workers to deliver ``message`` once this transaction commits."""
    task = "creasol.mailing.tasks.deliver_message"
    enqueue_job(task=task, kwargs={"message": message.pk}, priority=priority, at=at)


def deliver_message(pk: int, *, at: datetime) -> MessageState | None:
    """Hand a queued message to the mail server; return its new state, None when it is not waiting (any more).

    Not one transaction: that it is *being sent* is committed before the mail server hears of it. A worker
    that dies in between leaves a message that a person decides about, never one that leaves twice.
    NotDelivered when the server may take it later.
    """
    if Message.objects.filter(pk=pk, state=MessageState.SENDING).exists():
        return settle(pk, MessageState.FAILED, error=_("The worker died while sending it: it may have left."))
    message = begin_sending(pk)
    if message is None:
        return None
    if message.expires_at and message.expires_at <= at:
        return settle(pk, MessageState.FAILED, error=_("Too late: it was of no use any more."), **ERASED)
    try:
        mail_of(message).send()
    except Exception as error:  # noqa: BLE001  whatever the mail server or the network says
        hopeless = is_permanent(error) or message.attempts >= ATTEMPTS
        settle(pk, MessageState.FAILED if hopeless else MessageState.QUEUED, error=str(error)[:300])
        if hopeless:
            return MessageState.FAILED
        raise NotDelivered from None  # servers name whom they refuse: that stays with the message
    texts = ERASED if message.expires_at else {}
    return settle(pk, MessageState.SENT, error="", sent_at=at, **texts)


@transaction.atomic
def begin_sending(pk: int) -> Message | None:
    """Take a queued message out of everybody else's reach; None when it is not queued."""
    message = Message.objects.select_for_update().filter(pk=pk, state=MessageState.QUEUED).first()
    if message is None:
        return None
    message.state = MessageState.SENDING
    message.attempts += 1
    message.save(update_fields=["state", "attempts"])
    return message


@transaction.atomic
def settle(pk: int, state: MessageState, **fields: Any) -> MessageState:
    """Note what became of a message that was being sent."""
    before = [known for known, following in MESSAGE_TRANSITIONS.items() if state in following]
    Message.objects.filter(pk=pk, state__in=before).update(state=state, **fields)
    return state


def mail_of(message: Message) -> EmailMultiAlternatives:
    """Return the mail that leaves; its identity does not change from one attempt to the next."""
    host = urlsplit(settings.SITE_URL).hostname
    headers = {
        "Message-ID": f"<{message.pk}.{message.queued_at:%Y%m%d%H%M%S}@{host}>",
        "Auto-Submitted": "auto-generated",
    } | message.headers
    mail = EmailMultiAlternatives(message.subject, message.text, to=[message.to], headers=headers)
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    for attachment in message.attachments:
        mail.attach(part_of(**attachment))
    return mail


def part_of(*, name: str, content_type: str, text: str) -> SafeMIMEText:
    """Return the part of a mail that carries a text file, its type told with its parameters (method=PUBLISH)."""
    kind, *parameters = [piece.strip() for piece in content_type.split(";")]
    part = SafeMIMEText(text, kind.removeprefix("text/"), "utf-8")
    for parameter in parameters:
        part.set_param(*parameter.split("=", 1))
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


def is_permanent(error: Exception) -> bool:
    """Tell whether the mail server refused for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _reason in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False  # a wrong password is ours to correct: nothing is lost meanwhile
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= PERMANENT


@transaction.atomic
def retry_message(message: Message, *, by: User | None, at: datetime) -> None:
    """Queue a failed message again; ValidationError when it has not failed, or when its text is gone."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state == MessageState.SENDING or MessageState.QUEUED not in MESSAGE_TRANSITIONS[message.state]:
        raise ValidationError(_("Only a message that failed can be sent again."))
    if not message.text:
        raise ValidationError(_("The text of this message has been erased: it cannot be sent again."))
    message.state = MessageState.QUEUED
    message.attempts = 0
    message.error = ""
    message.full_clean()
    message.save()
    enqueue_delivery(message, priority=USUAL, at=at)
    record("retry", message, by=by, at=at)


@transaction.atomic
def purge_messages(*, at: datetime) -> int:
    """Erase codes out of date, texts sent a month ago, traces after 400 days; return how many.

    Traces outlive texts because the key of a message is what keeps it from being sent twice.
    """
    count = Message.objects.filter(queued_at__lte=at - KEEP_TRACES).delete()[0]
    expired = Message.objects.filter(expires_at__lte=at).exclude(text="")
    count += expired.filter(state=MessageState.QUEUED).update(
        state=MessageState.FAILED, error=_("Too late: it was of no use any more."), **ERASED
    )
    count += expired.exclude(state=MessageState.SENDING).update(**ERASED)
    old = Message.objects.filter(queued_at__lte=at - KEEP_TEXTS, state=MessageState.SENT).exclude(text="")
    return count + old.update(**ERASED)


@transaction.atomic
def withdraw_messages(*, about: str | Collection[str], kinds: Collection[str] | None = None) -> int:
    """Delete the mails about somebody (or several) that have not begun to leave; return how many.

    Those of ``kinds`` only, when given. Rows are locked: a worker either has one already, and it leaves, or never will.
    """
    names = [about] if isinstance(about, str) else list(about)
    waiting = Message.objects.filter(about__in=names, state=MessageState.QUEUED)
    if kinds is not None:
        waiting = waiting.filter(kind__in=list(kinds))
    locked = list(waiting.order_by("pk").select_for_update().values_list("pk", flat=True))
    return Message.objects.filter(pk__in=locked).delete()[0]


@transaction.atomic
def forget_messages_about(about: str) -> None:
    """Delete every mail about somebody, sent or not: ``about`` as a notification says it."""
    if about:
        Message.objects.filter(about=about).delete()


@transaction.atomic
def forget_messages(user: User) -> None:
    """Delete the mails that went, or were to go, to a person."""
    messages_to(user).delete()
