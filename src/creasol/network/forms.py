from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creasol.territories.queries import read_pasted

from .drafts import OrganisationDraft
from .fields import differing_fields, field_label, shown_value, stored_value
from .models import Organisation
from .numbers import compact_siret, validate_activity, validate_siret


class CommuneField(forms.CharField):
    """A commune by its name or its INSEE code; several of one name are offered with their codes."""

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else f"{value.name} ({value.code})"

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        pasted = read_pasted(text)
        if pasted.resolution.communes:
            return pasted.resolution.communes[0]
        for communes in pasted.ambiguous.values():
            choices = ", ".join(f"{commune.name} ({commune.code})" for commune in communes)
            raise ValidationError(
                _("Several communes have this name. Write one of: %(choices)s.") % {"choices": choices}
            )
        raise ValidationError(_("No commune has this name or this INSEE code."))


class OwnOrganisationForm(forms.ModelForm):
    """What the members of an organisation may change themselves."""

    commune = CommuneField(
        label=_("Commune"), required=False, help_text=_("Its name, or its INSEE code: Seclin, or 59560.")
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = Organisation
        fields = ["acronym", "description", "commune", "address", "email", "phone", "website"]
        help_texts = {
            "description": _("What it does and for whom, in a few sentences. Markdown."),
            "email": _("Shown to everyone: the organisation's address, not a person's."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.commune:
            self.initial["commune"] = self.instance.commune


class OrganisationForm(OwnOrganisationForm):
    class Meta(OwnOrganisationForm.Meta):
        fields = [
            "name",
            *OwnOrganisationForm.Meta.fields,
            "siret",
            "rna",
            "activity_code",
            "legal_category",
            "listed",
        ]
        help_texts = OwnOrganisationForm.Meta.help_texts | {
            "siret": _("14 digits, if it has one; spaces do not matter."),
            "activity_code": _("For example 88.10A; see the SIRENE notice."),
            "listed": _("Without this, only the staff and its own members see it."),
        }

    # The model's own check of length would speak before the number is made compact.
    siret = forms.CharField(label=_("SIRET"), required=False, max_length=30)

    def clean_siret(self):
        number = compact_siret(self.cleaned_data["siret"])
        if number:
            validate_siret(number)
        return number

    def clean_rna(self):
        return (self.cleaned_data["rna"] or "").replace(" ", "").upper() or None

    def clean_activity_code(self):
        code = self.cleaned_data["activity_code"].upper()
        if code:
            validate_activity(code)
        return code

    # The same, before it is written in capitals without spaces.
    rna = forms.CharField(
        label=_("RNA"),
        required=False,
        max_length=30,
        help_text=_("Of associations: W and nine digits."),
    )

    def draft(self) -> OrganisationDraft:
        return OrganisationDraft(**self.cleaned_data)


class MandateForm(forms.Form):
    name = forms.CharField(label=_("Name of the person"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("Never shown to the public.")
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=30, required=False, help_text=_("Never shown to the public.")
    )
    title = forms.CharField(
        label=_("As"), max_length=80, required=False, help_text=_("Chair, director, volunteer…")
    )
    starts_on = forms.DateField(
        label=_("Since"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    with_account = forms.BooleanField(
        label=_("Invite the person to sign in"),
        required=False,
        help_text=_("The person can then change the organisation's page."),
    )
    shown = forms.BooleanField(
        label=_("Show name and function to everyone"),
        required=False,
        help_text=_("Only if the person agreed."),
    )
    prefix = "mandate"


class MergeForm(forms.Form):
    """Which of two entries stays, and which of the two is right, field by field."""

    def __init__(self, one: Organisation, other: Organisation, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.one, self.other = one, other
        self.fields["kept"] = self.choice(
            _("Which entry stays?"),
            (one, other),
            initial=str(one.pk),
            help_text=_("Its address stays; the address of the other leads to it."),
        )
        for name in differing_fields(one, other):
            initial = one if stored_value(one, name) or name == "listed" else other
            self.fields[name] = self.choice(
                field_label(name),
                [shown_value(entry, name) or "–" for entry in (one, other)],
                initial=str(initial.pk),
            )

    def choice(self, label, shown, **options):
        choices = zip((str(self.one.pk), str(self.other.pk)), shown, strict=True)
        return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect, **options)

    def wish(self) -> dict:
        """Return what the action takes: the entry kept, the one absorbed, and the fields taken from it."""
        kept = self.cleaned_data.pop("kept")
        entries = (self.one, self.other) if kept == str(self.one.pk) else (self.other, self.one)
        taken = [name for name, side in self.cleaned_data.items() if side != kept]
        return {"kept": entries[0], "absorbed": entries[1], "taken": taken}
