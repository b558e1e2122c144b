from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    QUEUED = "queued", _("queued")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


MESSAGE_TRANSITIONS = {
    MessageState.QUEUED: {MessageState.SENT, MessageState.FAILED},
    MessageState.SENT: set(),
    MessageState.FAILED: {MessageState.QUEUED},
}
