"""The staff's look at the outbox, and the mailbox of development."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from creasol.foundation.pagination import page_of

from . import actions, queries
from .enums import MessageState
from .mailbox import WrittenMail, read_mailbox
from .showing import mail_shown

PER_PAGE = 50


@require_GET
@permission_required("mailing.see_outbox", raise_exception=True)
def message_list(request):
    state = request.GET.get("state", "")
    state = state if state in MessageState.values else ""
    outbox = queries.outbox(state=state)
    context = {
        "state": state,
        "states": [(value, label, outbox.counts[value]) for value, label in MessageState.choices],
        "page": page_of(outbox.messages, request, size=PER_PAGE),
        "late": queries.delivery_is_late(at=timezone.now()),
    }
    return render(request, "mailing/message_list.html", context)


@require_POST
@permission_required("mailing.see_outbox", raise_exception=True)
def retry_message(request, pk):
    message = get_object_or_404(queries.failed_messages(), pk=pk)
    try:
        actions.retry_message(message, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("The message is back in the outbox."))
    return redirect("mailing:message_list")


@require_GET
@login_not_required
def mailbox(request):
    return render(request, "mailing/mailbox.html", {"mails": written_mails()[::-1]})


@require_GET
@login_not_required
def mail(request, number):
    return render(request, "mailing/mail.html", {"mail": written_mail(number)})


@require_GET
@login_not_required
def mail_as_designed(request, number):
    return mail_shown(written_mail(number).html)


def written_mails() -> list[WrittenMail]:
    """Return the mails of development; there is no such page where mails are really sent."""
    if settings.PRODUCTION or settings.MAIL_URL:
        raise Http404
    return read_mailbox(settings.EMAIL_FILE_PATH)


def written_mail(number: int) -> WrittenMail:
    """Return one of them, by number."""
    mails = written_mails()
    if not 1 <= number <= len(mails):
        raise Http404
    return mails[number - 1]
