from django.db import models
from django.utils.translation import pgettext_lazy


class MessageState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("message", "queued")
    SENDING = "sending", pgettext_lazy("message", "being sent")
    SENT = "sent", pgettext_lazy("message", "sent")
    FAILED = "failed", pgettext_lazy("message", "failed")


MESSAGE_TRANSITIONS = {
    MessageState.QUEUED: {MessageState.SENDING, MessageState.FAILED},
    MessageState.SENDING: {MessageState.SENT, MessageState.QUEUED, MessageState.FAILED},
    MessageState.SENT: set(),
    MessageState.FAILED: {MessageState.QUEUED},
}
