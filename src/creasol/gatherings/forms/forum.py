"""The forms of a forum day: axes and themes, workshops, volunteer shifts."""

from datetime import date, datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.foundation.dates import day, local, moment_at
from creasol.foundation.forms import MomentInput, TimeInput
from creasol.gatherings.actions.shifts import ShiftDraft
from creasol.gatherings.actions.strands import StrandDraft
from creasol.gatherings.actions.workshops import WorkshopDraft
from creasol.gatherings.enums import StrandKind, WorkshopKind
from creasol.gatherings.models import Gathering, Strand, Workshop
from creasol.gatherings.queries.desk import rooms_by_venue
from creasol.gatherings.queries.forum import strands_of
from creasol.places.models import Slot

from .fields import OrganisationsField, RoomField

MOST_PEOPLE = 5000


class WishesForm(forms.Form):
    """Until when people rank the workshops they would like."""

    until = forms.DateTimeField(
        label=_("Wishes until"),
        required=False,
        widget=MomentInput,
        help_text=_("Empty: people register for the workshops at once, as long as there are places."),
    )


class StrandForm(forms.ModelForm):
    class Meta:
        model = Strand
        fields = ["kind", "title", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}

    def draft(self) -> StrandDraft:
        said = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return StrandDraft(**said | {"kind": StrandKind(said["kind"])})


class HoursForm(forms.Form):
    """Hours on one of the days of a gathering; the day is asked only when there are several."""

    day = forms.ChoiceField(label=_("Day"))
    starts = forms.TimeField(label=_("From"), widget=TimeInput)
    ends = forms.TimeField(label=_("Until"), widget=TimeInput)

    def __init__(self, *args, gathering: Gathering, slot: Slot | None = None, **kwargs):
        self.days = days_of(gathering)
        known = {"day": self.days[0].isoformat()}
        if slot and slot.starts_at:
            starts, ends = local(slot.starts_at), local(slot.ends_at)
            known = {"day": starts.date().isoformat(), "starts": starts.time(), "ends": ends.time()}
        super().__init__(*args, initial=known | kwargs.pop("initial", {}), **kwargs)
        self.fields["day"].choices = [(one.isoformat(), day(one)) for one in self.days]
        if len(self.days) == 1:
            self.fields["day"].required = False
            self.fields["day"].widget = forms.HiddenInput()

    def hours(self) -> tuple[datetime | None, datetime | None]:
        """Return the two moments; None for an hour that is not given."""
        chosen = date.fromisoformat(self.cleaned_data["day"] or self.days[0].isoformat())
        hours = (self.cleaned_data["starts"], self.cleaned_data["ends"])
        return tuple(None if hour is None else moment_at(chosen, hour) for hour in hours)


def days_of(gathering: Gathering) -> list[date]:
    """Return the days that a gathering lasts."""
    first, last = (
        local(moment).date() for moment in (gathering.occasion.starts_at, gathering.occasion.ends_at)
    )
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


class WorkshopForm(HoursForm):
    """A workshop, a stand, a debate or a show: what, where, when, for how many, by whom."""

    name = forms.CharField(label=_("Title"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=WorkshopKind.choices)
    strand = forms.ModelChoiceField(
        Strand.objects.none(),
        label=pgettext_lazy("forum", "Axis or theme"),
        required=False,
        empty_label=_("None"),
    )
    room = RoomField(label=_("Room"), empty=_("None yet"))
    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("Leave it empty when nobody has to register: people just come."),
    )
    hosts = OrganisationsField(
        label=_("Held by"),
        required=False,
        max_length=2000,
        help_text=_("As the directory names them, one per line."),
    )
    description = forms.CharField(
        label=_("Description"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    field_order = [
        "name",
        "kind",
        "strand",
        "day",
        "starts",
        "ends",
        "room",
        "capacity",
        "hosts",
        "description",
    ]

    def __init__(self, *args, gathering: Gathering, workshop: Workshop | None = None, **kwargs):
        known = {"kind": WorkshopKind.WORKSHOP}
        if workshop:
            slot = workshop.slot
            known = {
                "name": slot.name,
                "kind": workshop.kind,
                "strand": workshop.strand_id,
                "room": slot.room_id,
                "capacity": slot.capacity,
                "hosts": "\n".join(host.organisation.name for host in workshop.hosts.all()),
                "description": workshop.description,
            }
        super().__init__(
            *args, gathering=gathering, slot=workshop.slot if workshop else None, initial=known, **kwargs
        )
        self.fields["strand"].queryset = strands_of(gathering)
        self.fields["room"].offer(rooms_by_venue())
        for name in ("starts", "ends"):
            self.fields[name].required = False
        self.fields["ends"].help_text = _("Leave both hours empty when it lasts as long as the gathering.")

    def draft(self) -> WorkshopDraft:
        names = ("name", "strand", "room", "capacity", "hosts", "description")
        starts_at, ends_at = self.hours()
        return WorkshopDraft(
            kind=WorkshopKind(self.cleaned_data["kind"]),
            starts_at=starts_at,
            ends_at=ends_at,
            **{name: self.cleaned_data[name] for name in names},
        )


class ShiftForm(HoursForm):
    """A volunteer shift."""

    role = forms.CharField(
        label=_("What is to be done"), max_length=160, help_text=_("Welcome, bar, setting up…")
    )
    needed = forms.IntegerField(label=_("People needed"), min_value=1, max_value=MOST_PEOPLE)
    field_order = ["role", "day", "starts", "ends", "needed"]

    def __init__(self, *args, gathering: Gathering, slot: Slot | None = None, **kwargs):
        known = {"role": slot.name, "needed": slot.capacity} if slot else {}
        super().__init__(*args, gathering=gathering, slot=slot, initial=known, **kwargs)

    def draft(self) -> ShiftDraft:
        starts_at, ends_at = self.hours()
        return ShiftDraft(
            role=self.cleaned_data["role"],
            starts_at=starts_at,
            ends_at=ends_at,
            needed=self.cleaned_data["needed"],
        )
