"""How allauth speaks to people here: by the outbox, and with a word of warning when mails are late."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth
from django.contrib import messages
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creasol.accounts.queries import user_by_email

from .actions import queue_message
from .notifications import SignInMail
from .queries import delivery_is_late

CODE_SENT = {"account/messages/login_code_sent.txt", "account/messages/email_confirmation_sent.txt"}


class OutboxAdapter(DefaultAccountAdapter):
    """Send the mails of the sign-in through the outbox, in the person's language."""

    def send_mail(self, template_prefix, email, context):
        user = context.get("user") or user_by_email(email)
        notification = SignInMail(
            to=email,
            language=user.language if user else get_language(),
            words=template_prefix,
            request=allauth.request,
            facts=context,
        )
        queue_message(notification, at=timezone.now())

    def send_account_already_exists_mail(self, email):
        self.send_mail("account/email/account_already_exists", email, {})

    def new_user(self, request):
        user = super().new_user(request)
        user.language = get_language()
        return user

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        super().add_message(request, level, message_template, *args, **kwargs)
        if message_template in CODE_SENT and delivery_is_late(at=timezone.now()):
            messages.warning(
                request,
                _(
                    "Our mails are late at the moment. Your request is kept: the code leaves as soon as "
                    "possible. If it takes more than a few minutes, come back later and ask for another one."
                ),
            )
