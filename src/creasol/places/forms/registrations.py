"""The form of a registration: a first name, an address, for how many; the rest only where it is asked."""

from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from creasol.foundation.dates import clock
from creasol.network.queries.organisations import organisation_named
from creasol.places.actions.registrations import RegistrationDraft
from creasol.places.enums import Mode, Notice
from creasol.places.models import Question, Registration, Slot
from creasol.places.models.registrations import LARGEST_GROUP
from creasol.places.queries.registrations import Choice, Choices

from .questions import answers_of, question_fields

MOST_WISHES = 3
LONGEST_OFFER = 336  # hours: two weeks
RANKS = (
    _("The workshop I would like most"),
    _("Or else, as a second choice"),
    _("Or else, as a third choice"),
)


class ContactForm(forms.Form):
    """Who registers, and what the organisers should know."""

    first_name = forms.CharField(label=_("First name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("For the confirmation, and to change or cancel it. No account is needed."),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=30,
        help_text=_("Only if something changes on the day."),
    )
    organisation_name = forms.CharField(
        label=_("Organisation you come for"), required=False, max_length=160, help_text=_("If any.")
    )
    access_needs = forms.CharField(
        label=_("To be at ease there, I need"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A ramp, a seat at the front, an interpreter… Erased seven days after the end."),
    )

    def __init__(self, *args, questions: tuple[Question, ...] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        self.fields |= question_fields(questions)
        for name, token in (("first_name", "given-name"), ("email", "email"), ("phone", "tel")):
            self.fields[name].widget.attrs["autocomplete"] = token

    def draft(self, *, language: str, **more) -> RegistrationDraft:
        said = {name: self.cleaned_data[name] for name in ContactForm.base_fields}
        return RegistrationDraft(
            **said,
            organisation=organisation_named(said["organisation_name"]),
            language=language,
            answers=answers_of(self.cleaned_data),
            **more,
        )


class RegistrationForm(ContactForm):
    """A registration, with what the occasion offers: ways of entering, workshops, shifts, wishes."""

    entry = forms.TypedChoiceField(label=_("I will take part"), coerce=int, widget=forms.RadioSelect)
    size = forms.IntegerField(
        label=_("For how many people, you included"), min_value=1, max_value=LARGEST_GROUP, initial=1
    )
    workshops = forms.TypedMultipleChoiceField(
        label=_("Workshops"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    shifts = forms.TypedMultipleChoiceField(
        label=_("I can give a hand"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For one person: you."),
    )
    notice = forms.TypedChoiceField(
        label=_("If a place becomes free, tell me at the latest"),
        coerce=int,
        choices=Notice.choices,
        initial=Notice.TWO_HOURS,
    )
    may_split = forms.BooleanField(
        label=_("There are several of us: some may come"),
        required=False,
        help_text=_("When fewer places become free than we are."),
    )
    website = forms.CharField(required=False, label=_("Leave this empty"))
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    field_order = ["entry", "size", "workshops", "wish_1", "wish_2", "wish_3", "shifts"]

    def __init__(
        self, *args, choices: Choices, by_wishes: bool, by_places: bool, preselected: str = "", **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.choices = choices
        self.by_wishes = by_wishes and bool(choices.workshops)
        self.fields["request_key"].initial = uuid4().hex
        self.fields["website"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}
        self.offer("entry", choices.entries if len(choices.entries) > 1 else ())
        self.offer("workshops", choices.workshops if by_places else (), preselected)
        self.offer("shifts", choices.shifts, preselected)
        if self.by_wishes:
            self.ask_for_wishes(preselected)
        if not any(choice.is_full for choice in (*choices.entries, *choices.workshops)):
            del self.fields["notice"], self.fields["may_split"]
        self.order_fields(self.field_order)

    def offer(self, name: str, choices: tuple[Choice, ...], preselected: str = "") -> None:
        """Let people choose among slots; a field with nothing to choose is not asked."""
        if not choices:
            del self.fields[name]
            return
        self.fields[name].choices = [(choice.slot.pk, told(choice)) for choice in choices]
        if preselected in {str(choice.slot.pk) for choice in choices}:
            self.fields[name].initial = [int(preselected)]

    def ask_for_wishes(self, preselected: str) -> None:
        ranked = [("", "—"), *((choice.slot.pk, named(choice.slot)) for choice in self.choices.workshops)]
        for rank, label in enumerate(RANKS, start=1):
            self.fields[f"wish_{rank}"] = forms.TypedChoiceField(
                label=label, required=False, coerce=int, empty_value=None, choices=ranked
            )
        first = self.fields["wish_1"]
        first.help_text = _("Places are given once all wishes are in; we then write to you.")
        if preselected in {str(choice.slot.pk) for choice in self.choices.workshops}:
            first.initial = int(preselected)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("This field is for robots: leave it empty."))
        return ""

    def wishes(self) -> dict[int, int]:
        chosen = [self.cleaned_data.get(f"wish_{rank}") for rank in range(1, MOST_WISHES + 1)]
        return {slot: rank for rank, slot in enumerate(dict.fromkeys(filter(None, chosen)), start=1)}

    def places(self) -> dict[int, int]:
        """Return how many places of which slots are asked for; shifts are for one."""
        size = self.cleaned_data["size"]
        entries = [self.cleaned_data["entry"]] if "entry" in self.fields else []
        entries = entries or [choice.slot.pk for choice in self.choices.entries]
        asked = dict.fromkeys([*entries, *self.cleaned_data.get("workshops", [])], size)
        return asked | dict.fromkeys(self.cleaned_data.get("shifts", []), 1)

    def registration(self, *, language: str) -> RegistrationDraft:
        waiting = {
            "notice": self.cleaned_data.get("notice", Notice.TWO_HOURS),
            "may_split": self.cleaned_data.get("may_split", False),
        }
        return self.draft(
            language=language, wishes=self.wishes(), wishing=self.cleaned_data["size"], **waiting
        )


class StaffRegistrationForm(RegistrationForm):
    """Somebody registered by the team, on the telephone or on paper: an address is not always known."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        del self.fields["website"]


class ChangeForm(ContactForm):
    """What a registered person may correct, and for how many it is."""

    size = forms.IntegerField(
        label=_("For how many people, you included"), min_value=1, max_value=LARGEST_GROUP
    )

    field_order = ["size"]

    def __init__(self, *args, registration: Registration, size: int | None, **kwargs):
        answers = {f"question_{answer.question_id}": answer.text for answer in registration.answers.all()}
        known = {name: getattr(registration, name) for name in ContactForm.base_fields}
        super().__init__(*args, initial=known | answers | {"size": size}, **kwargs)
        self.fields["email"].required = bool(registration.email)
        if size is None:
            del self.fields["size"]


class PartsForm(forms.Form):
    """More workshops or shifts, once the entry is confirmed."""

    slots = forms.TypedMultipleChoiceField(label=_("Also"), coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, choices: tuple[Choice, ...], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slots"].choices = [(choice.slot.pk, told(choice)) for choice in choices]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300)


class PriorityForm(forms.Form):
    priority = forms.IntegerField(label=_("Priority"), min_value=-9, max_value=9, initial=0)


class WaitingRulesForm(forms.Form):
    """How the places that become free are offered."""

    offer_hours = forms.IntegerField(
        label=_("Hours to accept an offered place"),
        min_value=1,
        max_value=LONGEST_OFFER,
        help_text=_("Fewer when the person must know earlier. Offers already made keep theirs."),
    )
    small_groups_pass = forms.BooleanField(
        label=_("Smaller groups may pass"),
        required=False,
        help_text=_("When the first group needs more places than are free. Otherwise everyone waits for it."),
    )


class CapacityForm(forms.Form):
    """How many places a slot has."""

    capacity = forms.IntegerField(label=_("Places"), min_value=0, max_value=100_000)


def named(slot: Slot) -> str:
    """Return a slot in words: what it is, and when, if it has hours of its own."""
    name = slot.name or (_("remotely") if slot.mode == Mode.REMOTE else _("on site"))
    return f"{name} ({clock(slot.starts_at)} – {clock(slot.ends_at)})" if slot.starts_at else str(name)


def told(choice: Choice) -> str:
    """Return a choice in words: the slot, and how many places are left or how many people wait."""
    left = choice.slot.left
    if left:
        places = ngettext("%(left)d place left", "%(left)d places left", left) % {"left": left}
    elif choice.waiting:
        places = ngettext(
            "full, %(waiting)d person waits", "full, %(waiting)d people wait", choice.waiting
        ) % {"waiting": choice.waiting}
    else:
        places = _("full, waiting list")
    return f"{named(choice.slot)} · {places}"
