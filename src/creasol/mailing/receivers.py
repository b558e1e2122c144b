"""What the accounts tell and ask."""

from django.dispatch import receiver

from creasol.accounts.signals import erase_personal_data, personal_data, user_invited

from . import actions, queries
from .notifications import Invitation


@receiver(user_invited)
def invite_by_mail(sender, user, by, at, **kwargs):
    actions.queue_message(Invitation(to=user.email, language=user.language, user=user, by=by), at=at)


@receiver(personal_data)
def export_messages(sender, user, **kwargs):
    return {
        "mails": [
            {"to": message.to, "subject": message.subject, "queued_at": message.queued_at.isoformat()}
            for message in queries.messages_to(user)
        ]
    }


@receiver(erase_personal_data)
def forget_messages(sender, user, **kwargs):
    actions.forget_messages(user)
