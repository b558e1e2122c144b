from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """A page one can search for: a commune, a territory, an organisation."""

    kind = models.CharField(_("kind"), max_length=20)
    key = models.CharField(_("key"), max_length=120)
    title = models.CharField(_("title"), max_length=200)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    url = models.CharField(_("address"), max_length=200)
    weight = models.FloatField(_("weight"), default=0, help_text=_("Among equal matches the heavier comes first"))

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="portal_searchentry_once")]

    def __str__(self):
        return self.title


class SearchToken(models.Model):
    """A folded, stemmed word of an entry; a plain index answers prefixes alike on SQLite and PostgreSQL."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="tokens", verbose_name=_("entry"))
    token = models.CharField(_("token"), max_length=40)

    class Meta:
        verbose_name = _("search token")
        verbose_name_plural = _("search tokens")
        indexes = [models.Index(fields=["token", "entry"], name="portal_searchtoken_word")]

    def __str__(self):
        return self.token
