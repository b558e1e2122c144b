"""The forms of a gathering: what it says, how it moves on, and how it comes back."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creasol.accounts.models import User
from creasol.foundation.dates import moment_at
from creasol.foundation.forms import DateInput, MomentInput, TimeInput, put_errors
from creasol.gatherings import recurrence
from creasol.gatherings.actions.planning import GatheringDraft
from creasol.gatherings.enums import OPEN, GatheringKind
from creasol.gatherings.models import Gathering
from creasol.gatherings.queries.desk import editions_to_gather, persons_to_lead, rooms_by_venue
from creasol.places.alerts import ZONES
from creasol.places.enums import Audience, Mode
from creasol.places.models import Occasion
from creasol.programmes.models import Edition, Theme

from .fields import OrganisationsField, RoomField

LONGEST_LIST = 40
FIRST_YEAR, LAST_YEAR = 1990, 2100
SHOWN_AS = {
    "starts_at": "day",
    "ends_at": "ends",
    "edition": "met_in",
    "theme": "met_in",
    "rule": "rhythm",
}
"""Which field of a form says what an action calls otherwise."""


def refuse(form: forms.Form, error: ValidationError) -> None:
    """Say in a form what an action refused, beside the field concerned when there is one."""
    if hasattr(error, "error_dict"):
        said = {SHOWN_AS.get(name, name): errors for name, errors in error.error_dict.items()}
        error = ValidationError(said)
    put_errors(form, error)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def check_year(day: date) -> None:
    """Refuse a year that is a slip of the keyboard, with ValidationError."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("Give a year between %(first)d and %(last)d."), params={"first": FIRST_YEAR, "last": LAST_YEAR}
        )


class DatesForm(forms.Form):
    """When and where: what one types again for a new date."""

    day = forms.DateField(label=_("Day"), widget=DateInput, validators=[check_year])
    starts = forms.TimeField(label=pgettext_lazy("hour", "From"), widget=TimeInput)
    ends = forms.TimeField(label=pgettext_lazy("hour", "To"), widget=TimeInput)
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput,
        validators=[check_year],
        help_text=_("If it takes several days."),
    )
    is_tentative = forms.BooleanField(
        label=_("Date to be confirmed"),
        required=False,
        help_text=_("Shown so everywhere: on the page, in calendars, in mails."),
    )
    room = RoomField(label=_("Room"), empty=_("To be specified"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["room"].offer(rooms_by_venue())

    @property
    def pairs(self) -> list[tuple[forms.BoundField, list[str]]]:
        """The fields with what is wrong with them, as the summary of errors takes them."""
        return [(field, field.errors) for field in self]

    def clean(self):
        said = super().clean()
        if {"day", "starts", "ends"} <= said.keys():
            said["starts_at"] = moment_at(said["day"], said["starts"])
            said["ends_at"] = moment_at(said.get("last_day") or said["day"], said["ends"])
            if said["ends_at"] <= said["starts_at"]:
                self.add_error("ends", _("It ends before it starts."))
        return said


def dates_of(occasion: Occasion) -> dict[str, Any]:
    """Return the dates and the room of an occasion as a form shows them."""
    starts, ends = timezone.localtime(occasion.starts_at), timezone.localtime(occasion.ends_at)
    return {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "last_day": ends.date() if ends.date() != starts.date() else None,
        "is_tentative": occasion.is_tentative,
        "room": occasion.room_id or "",
    }


class GatheringForm(DatesForm):
    """What a gathering says. Its edition and theme are one choice: a theme belongs to one edition."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=GatheringKind.choices)
    met_in = forms.ChoiceField(label=_("Edition or theme"))
    summary = forms.CharField(
        label=_("In one sentence"),
        max_length=300,
        required=False,
        help_text=_("What one comes for; shown in the lists."),
    )
    description = forms.CharField(
        label=_("Description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Markdown"),
    )
    on_site = forms.BooleanField(label=_("One can come on site"), required=False)
    on_site_places = forms.IntegerField(
        label=_("Places on site"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Empty: free access, nobody has to register."),
    )
    remote = forms.BooleanField(label=_("One can join remotely"), required=False)
    remote_places = forms.IntegerField(
        label=_("Places remotely"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Empty: free access, nobody has to register."),
    )
    remote_link = forms.URLField(
        label=_("Link to join remotely"),
        required=False,
        max_length=400,
        assume_scheme="https",
        help_text=_("Shown to those registered, from the day before."),
    )
    audience = forms.ChoiceField(label=_("For whom"), choices=Audience.choices)
    school_zones = forms.MultipleChoiceField(
        label=_("School zones of the public"),
        required=False,
        choices=[(zone, zone) for zone in ZONES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Besides that of the place: for people who come from farther."),
    )
    hosts = OrganisationsField(
        label=_("Organisations that hold it"),
        required=False,
        help_text=_("As the directory names them, one per line."),
    )
    speakers = forms.CharField(
        label=_("Who speaks"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line: the name, a comma, what the person is. Only with their agreement."),
    )
    led_by = forms.ModelMultipleChoiceField(
        label=_("Led by"), required=False, queryset=None, widget=forms.CheckboxSelectMultiple
    )
    practical = forms.CharField(
        label=_("Practical information"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("On the page, in the confirmation and in the reminders."),
    )
    field_order = [
        "title", "kind", "met_in", "summary", "description", "day", "starts", "ends", "last_day", "is_tentative",
        "room", "on_site", "on_site_places", "remote", "remote_places", "remote_link", "audience", "school_zones",
        "hosts", "speakers", "led_by", "practical",
    ]  # fmt: skip

    def __init__(self, *args, user: User, gathering: Gathering | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        editions = editions_to_gather(user, also=gathering.edition_id if gathering else None)
        self.places: dict[str, Edition | Theme] = {}
        groups = []
        for edition in editions:
            rows = [edition, *edition.themes.all()]
            self.places |= {key_of(row): row for row in rows}
            bare = (key_of(edition), _("%(edition)s, no theme") % {"edition": edition})
            groups.append((edition.name, [bare, *((key_of(row), row.name) for row in rows[1:])]))
        self.fields["met_in"].choices = [("", "—"), *groups]
        self.fields["led_by"].queryset = persons = persons_to_lead(also=gathering)
        if not persons:
            del self.fields["led_by"]
        if gathering and gathering.state in OPEN:
            announced = ["day", "starts", "ends", "last_day", *(["room"] if gathering.occasion.room else [])]
            for name in announced:  # it changes with « move », so that people hear of it
                self.fields[name].disabled = True

    def clean_speakers(self) -> list[tuple[str, str]]:
        lines = [line.partition(",") for line in lines_of(self.cleaned_data["speakers"])[:LONGEST_LIST]]
        pairs = [(name.strip(), title.strip()) for name, _comma, title in lines]
        if not all(name for name, _title in pairs):
            raise ValidationError(_("Begin each line with a name, before the comma."))
        return pairs

    def clean(self):
        said = super().clean()
        if not said.get("on_site") and not said.get("remote"):
            self.add_error("on_site", _("Say how one takes part: on site, remotely or both."))
        return said

    def draft(self) -> GatheringDraft:
        """Return what was typed as a draft."""
        said = self.cleaned_data
        place = self.places[said["met_in"]]
        theme = place if isinstance(place, Theme) else None
        copied = (
            "title", "kind", "summary", "description", "starts_at", "ends_at", "is_tentative", "room", "remote_link",
            "audience", "hosts", "speakers", "led_by", "practical",
        )  # fmt: skip
        entries = {}
        if said["on_site"]:
            entries[Mode.ON_SITE] = said["on_site_places"]
        if said["remote"]:
            entries[Mode.REMOTE] = said["remote_places"]
        return GatheringDraft(
            **{name: said[name] for name in copied if name in said},
            edition=theme.edition if theme else place,
            theme=theme,
            entries=entries,
            school_zones="".join(said["school_zones"]),
        )


def key_of(place: Theme | Edition) -> str:
    return f"{place._meta.model_name}:{place.pk}"  # noqa: SLF001  Django's public way to ask


def said_by(gathering: Gathering) -> dict[str, Any]:
    """Return what a gathering says as its form shows it; its holders and voices are fetched."""
    occasion, attendance = gathering.occasion, gathering.attendance
    return dates_of(occasion) | {
        "title": occasion.title,
        "kind": gathering.kind,
        "met_in": key_of(gathering.theme or gathering.edition),
        "summary": gathering.summary,
        "description": gathering.description,
        "on_site": attendance.on_site is not None,
        "on_site_places": attendance.on_site.capacity if attendance.on_site else None,
        "remote": attendance.remote is not None,
        "remote_places": attendance.remote.capacity if attendance.remote else None,
        "remote_link": occasion.remote_link,
        "audience": occasion.audience,
        "school_zones": list(occasion.school_zones),
        "hosts": "\n".join(host.organisation.name for host in gathering.holders),
        "speakers": "\n".join(
            ", ".join(filter(None, (voice.name, voice.title))) for voice in gathering.voices
        ),
        "led_by": [person.pk for person in occasion.led_by.all()],
        "practical": occasion.practical,
    }


class MoveForm(DatesForm):
    """Another date, another room, and why."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=_("Shown on the page, beside the former date."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        room = self.fields["room"]
        room.choices = [("", _("The same")), *room.choices[1:]]

    def dates(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            name: self.cleaned_data[name]
            for name in ("starts_at", "ends_at", "room", "is_tentative", "reason")
        }


class ConfirmForm(forms.Form):
    opens_at = forms.DateTimeField(
        label=_("Registration opens at"), required=False, widget=MomentInput, help_text=_("Empty: at once.")
    )
    closes_at = forms.DateTimeField(
        label=_("Registration closes at"),
        required=False,
        widget=MomentInput,
        help_text=_("Empty: when it starts."),
    )


class HoldForm(forms.Form):
    came = forms.IntegerField(
        label=_("How many people came"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Empty: as many as were checked in at the door."),
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=300, help_text=_("Everyone reads it on the page.")
    )


WEEKLY, FORTNIGHTLY, MONTHLY, SAME_DAY = "weekly", "fortnightly", "monthly", "same-day"


class SeriesForm(forms.Form):
    """How often a gathering comes back, until when, and the days left out."""

    name = forms.CharField(label=_("Name of the series"), max_length=160)
    rhythm = forms.ChoiceField(
        label=_("It comes back"),
        choices=[
            (WEEKLY, _("every week")),
            (FORTNIGHTLY, _("every two weeks")),
            (MONTHLY, _("every month, on the same weekday (the 2nd Tuesday…)")),
            (SAME_DAY, _("every month, on the same date")),
        ],
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label=pgettext_lazy("series", "Until"),
        widget=DateInput,
        help_text=_("That day included; a series has 60 dates at most."),
    )
    exceptions = forms.CharField(
        label=_("Days left out"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One per line, for example 26/12/2026."),
    )

    def clean_exceptions(self) -> list[date]:
        day = forms.DateField()
        return [day.clean(line) for line in lines_of(self.cleaned_data["exceptions"])[: recurrence.MOST]]

    def rule(self, starts_on: date) -> str:
        """Return the rule that was chosen, for a series that starts on that day."""
        until, rhythm = self.cleaned_data["until"], self.cleaned_data["rhythm"]
        if rhythm == MONTHLY:
            return recurrence.monthly(starts_on, until=until)
        if rhythm == SAME_DAY:
            return recurrence.same_day_each_month(starts_on, until=until)
        return recurrence.weekly(until=until, interval=2 if rhythm == FORTNIGHTLY else 1)


class LeaveOutForm(forms.Form):
    day = forms.DateField(widget=DateInput)
