from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .verbs import VERBS

USER = settings.AUTH_USER_MODEL.lower()  # the kind of entries about people


class Entry(models.Model):
    """One deed: who did what to which row, and when."""

    at = models.DateTimeField(_("at"), db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    actor_label = models.CharField(
        _("by, once erased"), max_length=60, blank=True, help_text=_("The pseudonym of a person who left")
    )
    verb = models.CharField(_("verb"), max_length=60)
    subject_type = models.CharField(_("kind of subject"), max_length=60)
    subject_id = models.CharField(_("subject"), max_length=60)
    subject_label = models.CharField(_("subject's name"), max_length=200, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="journal_entry_subject")]

    def __str__(self):
        return f"{self.verb} {self.subject_label}"

    @property
    def deed(self):
        """What people call what was done; the verb itself when it has no words yet."""
        return str(VERBS.get(self.verb, self.verb))

    @property
    def kind(self):
        """What people call the kind of thing written about; the label of the model when it is gone."""
        try:
            return str(apps.get_model(self.subject_type)._meta.verbose_name)  # noqa: SLF001
        except (LookupError, ValueError):
            return self.subject_type
