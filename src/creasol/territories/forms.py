from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creasol.foundation.forms import DateInput

from .enums import OFFICIAL_KINDS, TerritoryKind
from .models import Territory
from .queries import possible_references

KINDS = [choice for choice in TerritoryKind.choices if choice[0] not in OFFICIAL_KINDS]


class ReferenceField(forms.ModelChoiceField):
    def label_from_instance(self, territory: Territory) -> str:
        return f"{territory.name} – {territory.get_kind_display()}"


class TerritoryForm(forms.Form):
    """The words of a territory; its communes are chosen beside it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("With the year when it has changed: “Couronne Sud (2011)”."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    reference = ReferenceField(
        label=_("Reference territory"),
        queryset=Territory.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("What its figures are compared with, and whose part it is."),
    )
    valid_from = forms.DateField(
        label=_("Valid from"),
        required=False,
        widget=DateInput,
        help_text=_("When its communes change, end this definition and make the next."),
    )
    valid_to = forms.DateField(label=_("Valid to"), required=False, widget=DateInput)
    source = forms.CharField(
        label=_("Source of the definition"),
        max_length=200,
        required=False,
        help_text=_("The deliberation, the contract, the web page that says so."),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        widget=forms.Textarea,
        help_text=_("A few words for everyone; Markdown."),
    )

    def __init__(self, *args: Any, codes: Collection[str], territory: Territory | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reference"].queryset = possible_references(codes, but=territory)


def words_of(territory: Territory) -> dict[str, Any]:
    """Return a territory as the form's initial answers."""
    return {name: getattr(territory, name) for name in TerritoryForm.base_fields}
