from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creasol.foundation.text import fold
from creasol.network.models import Organisation
from creasol.network.queries.organisations import organisation_meant
from creasol.programmes.models import Edition, Theme
from creasol.territories.models import Territory

from .actions import ContributionDraft, EvidenceDraft, NeedDraft
from .enums import ContributionKind
from .models import Contribution, Evidence, Need
from .queries.contributions import needs_to_support
from .queries.needs import editions_of_needs, territories_of_needs


class OrganisationField(forms.CharField):
    """An organisation of the directory by its name; several that fit are offered."""

    def clean(self, value: Any) -> Organisation | None:
        text = super().clean(value)
        return organisation_meant(text) if text else None


class MetInForm(forms.ModelForm):
    """Something met on a territory. Its edition and theme are one choice: a theme belongs to one edition."""

    met_in = forms.ChoiceField(
        label=_("Edition or theme"),
        required=False,
        help_text=_("Where the need was met, if an edition works on it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        met = self.instance
        self.fields["territory"].queryset = territories_of_needs(also=met.territory_id)
        self.editions = {edition.pk: edition for edition in editions_of_needs()}
        self.themes = {
            theme.pk: theme for edition in self.editions.values() for theme in edition.themes.all()
        }
        self.fields["met_in"].choices = [("", _("None")), *map(choices_of, self.editions.values())]
        if met.pk:
            self.initial["met_in"] = key_of(met.theme or met.edition)

    def place(self) -> dict[str, Edition | Theme | None]:
        """Return the edition and the theme that were chosen."""
        kind, _colon, number = self.cleaned_data["met_in"].partition(":")
        theme = self.themes[int(number)] if kind == "theme" else None
        edition = theme.edition if theme else self.editions[int(number)] if kind == "edition" else None
        return {"edition": edition, "theme": theme}


class NeedForm(MetInForm):
    """What a need says."""

    class Meta:
        model = Need
        fields = ["statement", "territory", "explanation"]
        widgets = {"explanation": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "statement": _("What is lacking, for whom and where, in one sentence that everyone understands."),
            "explanation": _("What people say of it, what exists already, what was tried. Markdown."),
        }

    def draft(self) -> NeedDraft:
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return NeedDraft(**said, **self.place())


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


class ContributionForm(MetInForm):
    """What somebody said, as the staff notes or corrects it, with what its author agreed to."""

    organisation = OrganisationField(
        label=_("Organisation"), required=False, max_length=160, help_text=_("As the directory names it.")
    )

    field_order = ["kind", "words", "territory", "met_in"]

    class Meta:
        model = Contribution
        fields = [
            "kind",
            "words",
            "territory",
            "may_be_shown",
            "name",
            "organisation",
            "name_may_be_shown",
            "may_be_contacted",
            "email",
            "phone",
        ]
        widgets = {"kind": forms.RadioSelect, "words": forms.Textarea(attrs={"rows": 4})}
        labels = {
            "may_be_shown": _("The author agrees that the words be shown to everyone, without a name"),
            "name_may_be_shown": _("The author agrees that the name be shown beside them"),
            "may_be_contacted": _("The author agrees to be contacted about it"),
        }
        help_texts = {
            "words": _("In the author’s own words, naming nobody else."),
            "may_be_shown": "",
            "name": _("Kept only if it may be shown, or if the author may be contacted."),
            "email": _("Kept only if the author agrees to be contacted."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = ContributionKind.choices
        self.fields["met_in"].help_text = _("Where it was said, if it was within an edition.")
        if self.instance.organisation:
            self.initial["organisation"] = self.instance.organisation.name

    def draft(self) -> ContributionDraft:
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return ContributionDraft(**said, **self.place())


class SupportForm(forms.Form):
    """Which need of its territory a contribution supports."""

    need = forms.ModelChoiceField(
        label=_("Need"), queryset=Need.objects.none(), empty_label=_("Choose a need")
    )

    def __init__(self, *args, territory: Territory, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["need"].queryset = needs_to_support(territory)


class FoundForm(forms.ModelForm):
    """The need that begins with a contribution; where it was met is known."""

    class Meta:
        model = Need
        fields = ["statement", "explanation"]
        widgets = {"explanation": forms.Textarea(attrs={"rows": 4})}
        help_texts = NeedForm.Meta.help_texts

    def draft(self, contribution: Contribution) -> NeedDraft:
        met = {name: getattr(contribution, name) for name in ("territory", "edition", "theme")}
        return NeedDraft(**self.cleaned_data, **met)


class SettleForm(forms.Form):
    reason = forms.CharField(
        label=_("What was answered, or why nothing is done"),
        required=False,
        max_length=300,
        help_text=_("In one sentence that names nobody: it is read wherever the words are shown."),
    )
