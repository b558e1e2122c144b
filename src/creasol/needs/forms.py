from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creasol.foundation.text import fold
from creasol.network.models import Organisation
from creasol.network.queries.organisations import organisation_meant
from creasol.programmes.models import Edition, Theme

from .actions import EvidenceDraft, NeedDraft
from .models import Evidence, Need
from .queries import editions_of_needs, territories_of_needs


class OrganisationField(forms.CharField):
    """An organisation of the directory by its name; several that fit are offered."""

    def clean(self, value: Any) -> Organisation | None:
        text = super().clean(value)
        return organisation_meant(text) if text else None


class NeedForm(forms.ModelForm):
    """What a need says. Its edition and theme are one choice: a theme belongs to one edition."""

    met_in = forms.ChoiceField(
        label=_("Edition or theme"),
        required=False,
        help_text=_("Where the need was met, if an edition works on it."),
    )

    class Meta:
        model = Need
        fields = ["statement", "territory", "explanation"]
        widgets = {"explanation": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "statement": _("What is lacking, for whom and where, in one sentence that everyone understands."),
            "explanation": _("What people say of it, what exists already, what was tried. Markdown."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        need = self.instance
        self.fields["territory"].queryset = territories_of_needs(also=need.territory_id)
        self.editions = {edition.pk: edition for edition in editions_of_needs()}
        self.themes = {
            theme.pk: theme for edition in self.editions.values() for theme in edition.themes.all()
        }
        self.fields["met_in"].choices = [("", _("None")), *map(choices_of, self.editions.values())]
        if need.pk:
            self.initial["met_in"] = key_of(need.theme or need.edition)

    def draft(self) -> NeedDraft:
        kind, _colon, number = self.cleaned_data["met_in"].partition(":")
        theme = self.themes[int(number)] if kind == "theme" else None
        edition = theme.edition if theme else self.editions[int(number)] if kind == "edition" else None
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return NeedDraft(**said, edition=edition, theme=theme)


def key_of(place: Theme | Edition | None) -> str:
    return f"{place._meta.model_name}:{place.pk}" if place else ""  # noqa: SLF001  Django's public way to ask


def choices_of(edition: Edition) -> tuple[str, list[tuple[str, str]]]:
    """Return an edition and its themes as a group of choices."""
    themes = [(key_of(theme), theme.name) for theme in edition.themes.all()]
    return (edition.name, [(key_of(edition), _("%(edition)s, no theme") % {"edition": edition}), *themes])


class AuthorForm(forms.Form):
    """Who is shown beside a need."""

    organisation = OrganisationField(
        label=_("Organisation"), required=False, max_length=160, help_text=_("As the directory names it.")
    )
    name = forms.CharField(
        label=_("Name of a person"),
        required=False,
        max_length=160,
        help_text=_("Shown to everyone: only if the person agreed."),
    )


class RecordForm(NeedForm, AuthorForm):
    """A need recorded by hand, with who puts it into words."""

    field_order = ["statement", "territory", "met_in", "explanation", "organisation", "name"]


class MoveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=_("Everyone reads it. Needed to set the need aside or to go back."),
    )


class EvidenceForm(forms.ModelForm):
    """A figure read somewhere and attached by hand."""

    class Meta:
        model = Evidence
        fields = [
            "label",
            "value",
            "unit",
            "compared_with",
            "compared_value",
            "source",
            "vintage",
            "definition",
        ]
        widgets = {"definition": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "label": _("What is counted or measured."),
            "unit": _("For example: per 1,000 inhabitants."),
            "source": _("Who published it, and where."),
            "vintage": _("The year the figure is about."),
        }

    def draft(self) -> EvidenceDraft:
        return EvidenceDraft(measure=fold(self.cleaned_data["label"])[:40], **self.cleaned_data)
