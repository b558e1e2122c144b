from django.db import models
from django.utils.translation import gettext_lazy as _

from .enums import EntryKind


class SearchEntry(models.Model):
    """A page one can search for: a commune, a territory, an organisation, an edition."""

    id = models.CharField(
        _("what it shows"), max_length=40, primary_key=True, help_text=_("Kind and key: commune:59343")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=EntryKind.choices)
    page = models.CharField(_("page"), max_length=120, help_text=_("Slug or code in the page's address"))
    title = models.CharField(_("title"), max_length=200)
    folded = models.CharField(_("title, folded"), max_length=200)
    detail = models.CharField(_("detail"), max_length=200, blank=True)
    weight = models.PositiveIntegerField(
        _("weight"), default=0, help_text=_("Among equal matches the heavier comes first")
    )

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self):
        return self.title


class SearchToken(models.Model):
    """A folded word of an entry, or its stem; a plain index answers prefixes alike on every database."""

    pk = models.CompositePrimaryKey("token", "entry")
    token = models.CharField(_("token"), max_length=40)
    entry = models.ForeignKey(
        SearchEntry, on_delete=models.CASCADE, related_name="tokens", verbose_name=_("entry")
    )

    class Meta:
        verbose_name = _("search token")
        verbose_name_plural = _("search tokens")

    def __str__(self):
        return self.token


class PreparedStep(models.Model):
    """A step that readied this database, and the data it was done with; begun but not done if interrupted."""

    name = models.CharField(_("step"), max_length=40, primary_key=True)
    version = models.CharField(_("version of the data"), max_length=64, blank=True)
    done_at = models.DateTimeField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of the preparation")
        verbose_name_plural = _("steps of the preparation")

    def __str__(self):
        return self.name
