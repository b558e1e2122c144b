"""A venue with its rooms, and what is known of access."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.foundation.forms import DateInput
from creasol.places.actions.venues import AccessDraft, RoomDraft, VenueDraft
from creasol.places.enums import AccessAnswer, AccessFeature
from creasol.places.models import AccessFact, Room, Venue
from creasol.territories.models import Commune
from creasol.territories.queries import read_pasted

UNKNOWN = pgettext_lazy("accessibility", "nobody knows yet")
EMPTY_ROOMS = 2
MOST_ROOMS = 60


class CommuneField(forms.CharField):
    """A commune by its name or its INSEE code."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value.name} ({value.code})" if isinstance(value, Commune) else value

    def clean(self, value: Any) -> Commune | None:
        text = super().clean(value)
        pasted = read_pasted(text or "")
        if pasted.resolution.communes:
            return pasted.resolution.communes[0]
        for communes in pasted.ambiguous.values():
            choices = ", ".join(f"{commune.name} ({commune.code})" for commune in communes)
            raise ValidationError(
                _("Several communes have this name. Write one of: %(choices)s.") % {"choices": choices}
            )
        raise ValidationError(_("No commune has this name or this INSEE code."))


class VenueForm(forms.ModelForm):
    commune = CommuneField(label=_("Commune"), help_text=_("Its name, or its INSEE code: Seclin, or 59560."))

    class Meta:
        model = Venue
        fields = ["name", "address", "commune", "directions", "access_contact"]
        widgets = {"directions": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "directions": _("Public transport, bicycle stands, which door."),
            "access_contact": _("Shown to everyone: whom people may ask before they come, and how."),
        }

    @classmethod
    def told_by(cls, venue: Venue) -> dict[str, Any]:
        """Return what the form shows of a venue."""
        return {name: getattr(venue, name) for name in cls.Meta.fields}


class RoomForm(forms.Form):
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Room"), max_length=120, required=False)
    capacity = forms.IntegerField(label=_("People at most"), required=False, min_value=1, max_value=1_000_000)
    remove = forms.BooleanField(label=_("Remove this room"), required=False)

    @property
    def is_there(self) -> bool:
        """Whether the room is one already."""
        return bool(self["pk"].value())

    def draft(self) -> RoomDraft | None:
        """Return the room, None for a line left empty or a room to remove."""
        said = self.cleaned_data
        if not said or said["remove"] or not (said["pk"] or said["name"] or said["capacity"]):
            return None
        return RoomDraft(name=said["name"], capacity=said["capacity"], pk=said["pk"])


RoomFormSet = forms.formset_factory(RoomForm, extra=EMPTY_ROOMS, max_num=MOST_ROOMS, absolute_max=MOST_ROOMS)


def rooms_told(rooms: Iterable[Room]) -> list[dict[str, Any]]:
    """Return what the lines of a venue's rooms show."""
    return [{"pk": room.pk, "name": room.name, "capacity": room.capacity} for room in rooms]


@dataclass(frozen=True)
class AccessRow:
    """The three fields about one feature."""

    label: str
    answer: forms.BoundField
    note: forms.BoundField
    verified_on: forms.BoundField

    @property
    def is_open(self) -> bool:
        return bool(self.answer.value() or self.note.errors or self.verified_on.errors)


class AccessForm(forms.Form):
    """What is known of each of some features: yes, in part, no; what nobody knows stays so."""

    def __init__(self, *args, features: Iterable[AccessFeature], known: Mapping[str, AccessFact], **kwargs):
        super().__init__(*args, **kwargs)
        self.features, self.known = tuple(features), known
        today = timezone.localdate()
        for feature in self.features:
            fact = known.get(feature)
            self.fields[f"{feature}-answer"] = forms.ChoiceField(
                label=pgettext_lazy("accessibility", "Answer"),
                choices=[("", UNKNOWN), *AccessAnswer.choices],
                required=False,
                initial=fact.answer if fact else "",
            )
            self.fields[f"{feature}-note"] = forms.CharField(
                label=pgettext_lazy("accessibility", "Note"),
                max_length=200,
                required=False,
                initial=fact.note if fact else "",
            )
            self.fields[f"{feature}-verified_on"] = forms.DateField(
                label=_("Verified on"),
                required=False,
                initial=fact.verified_on if fact else None,
                widget=DateInput(attrs={"max": today.isoformat()}),
            )

    def rows(self) -> list[AccessRow]:
        """Return the fields feature by feature."""
        return [
            AccessRow(
                feature.label,
                self[f"{feature}-answer"],
                self[f"{feature}-note"],
                self[f"{feature}-verified_on"],
            )
            for feature in self.features
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for feature in self.features:
            day = said.get(f"{feature}-verified_on")
            if day and day > timezone.localdate():
                self.add_error(f"{feature}-verified_on", _("This day is to come."))
        return said

    def access(self) -> dict[str, AccessDraft]:
        """Return what is known; another answer with the day of the former one was seen today."""
        return {
            feature.value: AccessDraft(
                answer, self.cleaned_data[f"{feature}-note"], self.day_of(feature, answer)
            )
            for feature in self.features
            if (answer := self.cleaned_data[f"{feature}-answer"])
        }

    def day_of(self, feature: AccessFeature, answer: str):
        day, fact = self.cleaned_data[f"{feature}-verified_on"], self.known.get(feature)
        is_former_day = fact is not None and fact.answer != answer and fact.verified_on == day
        return None if is_former_day else day


def venue_draft(form: VenueForm, rooms: Iterable[RoomForm], access: AccessForm) -> VenueDraft:
    """Return what the three parts of the page say together."""
    drafts = [draft for room in rooms if (draft := room.draft())]
    return VenueDraft(**form.cleaned_data, rooms=drafts, access=access.access())
