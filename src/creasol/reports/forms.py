"""What people fill in to open, write, proofread and correct a diagnosis."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from creasol.diagnosis.enums import PerimeterMode
from creasol.network.queries.organisations import all_organisations
from creasol.programmes.models import Edition
from creasol.territories.models import Territory
from creasol.territories.queries import comparable_territories

from .models import Report
from .outline import SectionDraft

LONGEST_TEXT = 40_000


class AboutForm(forms.Form):
    """What a report is about, beside its territory."""

    title = forms.CharField(
        label=_("Title"), max_length=160, help_text=_("As on the cover: the territory and the year.")
    )
    edition = forms.ModelChoiceField(
        label=_("Edition"),
        queryset=Edition.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("The edition of the programme that this diagnosis is for."),
    )
    perimeter = forms.ChoiceField(
        label=_("What counts as ESS"), choices=PerimeterMode.choices, initial=PerimeterMode.INSEE
    )

    def __init__(self, *args, editions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = editions


class OpeningForm(AboutForm):
    territory = forms.ModelChoiceField(
        label=_("Territory"),
        queryset=Territory.objects.none(),
        help_text=_("Its communes are frozen with the figures when it is published."),
    )
    usual = forms.BooleanField(
        label=_("Start with the usual parts"),
        required=False,
        initial=True,
        help_text=_("In brief, the people, the social economy, what is lacking, what we propose."),
    )
    field_order = ("territory", "title", "edition", "perimeter", "usual")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = comparable_territories()


class SettingsForm(AboutForm):
    reference = forms.ModelChoiceField(
        label=_("Compared with"), queryset=Territory.objects.none(), required=False, empty_label=_("Nothing")
    )
    comparables = forms.CharField(
        label=_("Comparable territories"),
        required=False,
        max_length=2_000,
        help_text=_(
            "Those that the authors hold for comparable: their addresses or codes, parted by commas. "
            "Empty: the nearest by their figures."
        ),
    )
    field_order = ("title", "edition", "reference", "perimeter", "comparables")

    def __init__(self, *args, references, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reference"].queryset = references

    def clean_comparables(self):
        return tuple(key for key in re.split(r"[\s,;]+", self.cleaned_data["comparables"]) if key)


class SectionForm(forms.Form):
    """A part of a report; ``seen`` says which state of it the writer had read."""

    title = forms.CharField(label=_("Title of this part"), max_length=160)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_(
            "An empty line parts two paragraphs; **bold**, *italics*, - for a list, ## for a heading."
        ),
    )
    indicators = forms.MultipleChoiceField(
        label=_("Figures shown with the text"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, blocks, **kwargs):
        super().__init__(*args, **kwargs)
        known = self.initial.get("indicators", ())
        named = [(figure.key, figure.label) for block in blocks for figure in block.figures]
        # a figure whose source is gone stays chosen until somebody takes it away
        gone = [(key, key) for key in known if key not in dict(named)]
        self.fields["indicators"].choices = [*named, *gone]

    def draft(self) -> SectionDraft:
        values = self.cleaned_data
        return SectionDraft(
            title=values["title"],
            text=values["text"].replace("\r\n", "\n").rstrip(),
            indicators=tuple(values["indicators"]),
        )


class NewSectionForm(forms.Form):
    title = forms.CharField(label=_("Title of the new part"), max_length=160)
    prefix = "new"


class DrafterForm(forms.Form):
    """Who is invited to write."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Readers see who wrote: first name and name.")
    )
    email = forms.EmailField(label=_("E-mail address"), help_text=_("Never shown to the public."))
    organisation = forms.ModelChoiceField(
        label=_("Writes for"),
        queryset=all_organisations().none(),
        required=False,
        empty_label=_("No organisation"),
    )
    prefix = "drafter"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = all_organisations()


class ProofreadingForm(forms.Form):
    agrees = forms.TypedChoiceField(
        label=_("Your opinion"),
        choices=[("yes", _("It may be published")), ("no", _("Something must change first"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What must change, or a word to the authors."),
    )


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is corrected"),
        max_length=Report._meta.get_field("correction").max_length,  # noqa: SLF001  Django's public way to ask
        help_text=_("Readers see this reason with the new version; the version before it stays readable."),
    )
