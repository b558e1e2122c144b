"""What somebody says at a gathering: short enough for a phone held in one hand."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.gatherings.models import Gathering
from creasol.gatherings.queries.forum import workshops_of
from creasol.needs.actions import ContributionDraft
from creasol.needs.enums import ContributionKind
from creasol.network.queries.organisations import organisation_meant

FOLDED = ("name", "organisation", "name_may_be_shown", "may_be_contacted", "email", "phone")
ABOUT_THE_PLACE = ("workshop", "request_key", "website")


class HarvestForm(forms.Form):
    """What somebody said, noted by the staff on the spot."""

    template_name = "gatherings/components/harvest_fields.html"

    kind = forms.ChoiceField(
        label=pgettext_lazy("contribution", "What is it?"),
        choices=[(kind.value, capfirst(kind.label)) for kind in ContributionKind],
        widget=forms.RadioSelect,
        initial=ContributionKind.NEED,
    )
    words = forms.CharField(
        label=_("In a few words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the author’s own words, naming nobody else."),
    )
    workshop = forms.ModelChoiceField(
        label=pgettext_lazy("forum", "workshop or stand"), queryset=None, required=False
    )
    may_be_shown = forms.BooleanField(
        label=_("The author agrees that the words be shown to everyone, without a name"), required=False
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    organisation = forms.CharField(
        label=_("Organisation"), max_length=160, required=False, help_text=_("As the directory names it.")
    )
    name_may_be_shown = forms.BooleanField(
        label=_("The author agrees that the name be shown beside them"), required=False
    )
    may_be_contacted = forms.BooleanField(
        label=_("The author agrees to be contacted about it"), required=False
    )
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, gathering: Gathering, workshop: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.gathering = gathering
        self.fields["request_key"].initial = uuid4
        workshops = workshops_of(gathering).prefetch_related(None)
        if workshops.exists():
            self.fields["workshop"].queryset = workshops
            self.fields["workshop"].label = capfirst(self.fields["workshop"].label)
            self.fields["workshop"].initial = workshop
        else:
            del self.fields["workshop"]

    @property
    def folded(self) -> list[forms.BoundField]:
        """What is asked only of who wants to be named or called back."""
        return [self[name] for name in FOLDED if name in self.fields]

    @property
    def is_unfolded(self) -> bool:
        """Whether something is written or wrong there."""
        return self.is_bound and any(field.errors or field.value() for field in self.folded)

    def clean_organisation(self):
        text = self.cleaned_data["organisation"]
        return organisation_meant(text) if text else None

    def draft(self) -> ContributionDraft:
        said = {name: value for name, value in self.cleaned_data.items() if name not in ABOUT_THE_PLACE}
        return ContributionDraft(territory=self.gathering.edition.territory, **said)


class SayForm(HarvestForm):
    """What a participant says, without an account."""

    website = forms.CharField(label=_("Leave this empty"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["organisation"]
        self.fields["kind"].initial = None
        labels = {
            "may_be_shown": _("My words may be shown to everyone, without my name"),
            "name": _("My name"),
            "name_may_be_shown": _("My name may be shown beside my words"),
            "may_be_contacted": _("You may contact me about it"),
            "email": _("My e-mail address"),
            "phone": _("My telephone number"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["words"].help_text = _("As you would say it to somebody. Please name nobody.")
        self.fields["may_be_shown"].help_text = _("Otherwise only the team reads them.")
        self.fields["name"].help_text = _("Kept only if you tick one of the two boxes below.")
        self.fields["email"].help_text = _("One of the two is enough. Kept only if you may be contacted.")
        for name, token in (("name", "name"), ("email", "email"), ("phone", "tel")):
            self.fields[name].widget.attrs["autocomplete"] = token
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("This field is for robots: leave it empty."))
        return ""
