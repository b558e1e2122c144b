from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import MessageState


class Message(models.Model):
    """A mail of the outbox: written in the transaction of its fact, sent after commit, at most once."""

    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(
        _("key"),
        max_length=160,
        unique=True,
        help_text=_("Two mails with the same key are one: kind, person, version"),
    )
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    attachments = models.JSONField(
        _("attachments"), default=list, blank=True, help_text=_("Rows: name, content type, text")
    )
    about = models.CharField(
        _("about"),
        max_length=80,
        blank=True,
        db_index=True,
        help_text=_("Whom it is about, when that is no account: places.registration:12"),
    )
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=MessageState.choices, default=MessageState.QUEUED, db_index=True
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("error"), max_length=300, blank=True)
    queued_at = models.DateTimeField(_("queued on"))
    expires_at = models.DateTimeField(
        _("useless after"),
        null=True,
        blank=True,
        help_text=_("Its text is erased as soon as it is sent or too late"),
    )
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.kind} {self.pk}"  # no address: the journal remembers it for long
