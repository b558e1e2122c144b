from copy import copy
from dataclasses import asdict

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .actions.editions import EditionDraft, PartnerDraft, PhaseDraft, ThemeDraft
from .actions.programmes import ObjectiveDraft
from .enums import PhaseKind, Role
from .models import Edition, Objective, Partner, Phase, Programme, Theme
from .queries.programmes import whole_territories
from .queries.proposals import Proposal
from .queries.rotation import territories_in_turn


class DateInput(forms.DateInput):
    """The browser's own date field, which speaks ISO 8601."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class EditionFields(forms.ModelForm):
    class Meta:
        model = Edition
        fields = ["territory", "name", "starts_on", "ends_on", "summary", "contract"]
        widgets = {"starts_on": DateInput, "ends_on": DateInput}
        help_texts = {
            "name": _("As it will be announced, for example “Couronne Sud de Lille 2011”."),
            "summary": _("What this edition is about, for someone who comes across it. Markdown."),
            "contract": _("Which contract the edition is tied to: who committed to what, until when."),
        }


class PhaseFields(forms.ModelForm):
    class Meta:
        model = Phase
        fields = ["starts_on", "ends_on", "description", "deliverables"]
        widgets = {
            "starts_on": DateInput,
            "ends_on": DateInput,
            "description": forms.Textarea(attrs={"rows": 3}),
            "deliverables": forms.Textarea(attrs={"rows": 3}),
        }


class ThemeFields(forms.ModelForm):
    class Meta:
        model = Theme
        fields = ["name", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}


class PartnerFields(forms.ModelForm):
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Partner
        fields = ["name", "role", "contribution", "website"]


class ProgrammeFields(forms.ModelForm):
    class Meta:
        model = Programme
        fields = ["name", "tagline", "description", "framework", "started_on", "territory"]
        widgets = {"started_on": DateInput}


class ObjectiveFields(forms.ModelForm):
    class Meta:
        model = Objective
        fields = ["title", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}


ThemeFormSet = forms.inlineformset_factory(Edition, Theme, form=ThemeFields, extra=2)
PartnerFormSet = forms.inlineformset_factory(Edition, Partner, form=PartnerFields, extra=2)
ObjectiveFormSet = forms.inlineformset_factory(Programme, Objective, form=ObjectiveFields, extra=1)


def rows_of(formset: forms.BaseInlineFormSet, fields: tuple[str, ...]) -> list[dict]:
    """Return what was written in each kept row of a formset, with the key of the row it replaces."""
    return [
        {field: form.cleaned_data[field] for field in fields} | {"pk": form.instance.pk}
        for form in formset.forms
        if form.has_changed() or form.instance.pk
        if not form.cleaned_data.get("DELETE")
    ]


class EditionForm:
    """The whole screen of an edition: its fields, three phases, themes and partners, sent at once."""

    def __init__(
        self,
        data=None,
        *,
        programme: Programme,
        edition: Edition | None = None,
        proposal: Proposal | None = None,
    ):
        instance = Edition(programme=programme) if edition is None else copy(edition)
        known = {phase.kind: phase for phase in edition.phases.all()} if edition else {}
        proposed = {phase.kind: phase for phase in proposal.phases} if proposal else {}
        self.edition = EditionFields(data, instance=instance, initial=asdict(proposal) if proposal else None)
        self.edition.fields["territory"].queryset = territories_in_turn(programme, instance.territory_id)
        self.phases = [
            PhaseFields(
                data,
                prefix=kind,
                instance=known.get(kind) or Phase(kind=kind),
                initial=asdict(proposed[kind]) if kind in proposed else None,
            )
            for kind in PhaseKind
        ]
        self.themes = ThemeFormSet(data, instance=instance, prefix="themes")
        self.partners = PartnerFormSet(data, instance=instance, prefix="partners")

    def is_valid(self) -> bool:
        checked = [form.is_valid() for form in (self.edition, *self.phases, self.themes, self.partners)]
        return all(checked)  # every part says what is wrong with it, at once

    def refuse(self, error: ValidationError) -> None:
        """Show what an action refused above the form, nothing lost."""
        self.edition.add_error(None, error.messages)

    def draft(self) -> EditionDraft:
        return EditionDraft(
            **self.edition.cleaned_data,
            phases=[
                PhaseDraft(kind=PhaseKind(form.instance.kind), **form.cleaned_data) for form in self.phases
            ],
            themes=[ThemeDraft(**row) for row in rows_of(self.themes, ("name", "description"))],
            partners=[
                PartnerDraft(**row)
                for row in rows_of(self.partners, ("name", "role", "contribution", "website"))
            ],
        )


class ProgrammeForm:
    """The whole screen of a programme: its words and its objectives."""

    def __init__(self, data=None, *, programme: Programme):
        instance = copy(programme)
        self.programme = ProgrammeFields(data, instance=instance)
        self.programme.fields["territory"].queryset = whole_territories(programme.territory_id)
        self.objectives = ObjectiveFormSet(data, instance=instance, prefix="objectives")

    def is_valid(self) -> bool:
        checked = [self.programme.is_valid(), self.objectives.is_valid()]
        return all(checked)

    def refuse(self, error: ValidationError) -> None:
        """Show what an action refused above the form, nothing lost."""
        self.programme.add_error(None, error.messages)

    def drafts(self) -> list[ObjectiveDraft]:
        return [ObjectiveDraft(**row) for row in rows_of(self.objectives, ("title", "description"))]


class GrantForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The person receives a mail and signs in with this address, without a password."),
    )
    name = forms.CharField(
        label=_("Name"), max_length=120, required=False, help_text=_("If the person has no account yet.")
    )
    programme = forms.ModelChoiceField(None, label=_("Programme"), empty_label=None)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    since = forms.DateField(label=_("Since"), widget=DateInput, initial=timezone.localdate)
    until = forms.DateField(
        label=_("Until"),
        widget=DateInput,
        required=False,
        help_text=_("Leave empty for a role without an end."),
    )

    def __init__(self, *args, programmes: QuerySet[Programme], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes
