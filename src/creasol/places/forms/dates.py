"""A date while it is being typed, and the reason why an alert is set aside."""

from datetime import date, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from creasol.accounts.models import User
from creasol.foundation.dates import moment_at
from creasol.places.alerts import FIRST_YEAR, LAST_YEAR, ZONES
from creasol.places.enums import Audience
from creasol.places.models import AlertDismissal, Occasion, Room
from creasol.places.queries.dates import DateAsked
from creasol.places.queries.registrations import occasion_to_manage
from creasol.places.queries.venues import room_with_venue
from creasol.programmes.rules import staffed_programmes

NOON = time(12)
BEYOND = 1_000_000_000
DIGITS = 9
MOST_PLACES = 1_000_000


class DateForm(forms.Form):
    """What a planning form says of a date, under the names of its fields; what is not typed yet is left open."""

    day = forms.DateField()
    starts = forms.TimeField(required=False)
    ends = forms.TimeField(required=False)
    last_day = forms.DateField(required=False)
    room = forms.IntegerField(required=False, min_value=1, max_value=BEYOND)
    audience = forms.ChoiceField(required=False, choices=[("", ""), *Audience.choices])
    school_zones = forms.MultipleChoiceField(required=False, choices=[(zone, zone) for zone in ZONES])
    led_by = forms.TypedMultipleChoiceField(required=False, coerce=int)
    on_site_places = forms.IntegerField(required=False, min_value=0, max_value=MOST_PLACES)
    occasion = forms.IntegerField(required=False, min_value=1, max_value=BEYOND)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        said = self.data.getlist("led_by") if hasattr(self.data, "getlist") else []
        numbers = [text for text in said if text.isascii() and text.isdigit() and len(text) <= DIGITS]
        self.fields["led_by"].choices = [(text, text) for text in numbers]

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_("Nothing is known of this year."))
        return day

    def clean_room(self) -> Room | None:
        pk = self.cleaned_data["room"]
        try:
            return room_with_venue(pk) if pk else None
        except Room.DoesNotExist as error:
            raise ValidationError(_("This room is not there any more.")) from error

    def clean_occasion(self) -> Occasion | None:
        pk = self.cleaned_data["occasion"]
        try:
            occasion = occasion_to_manage(pk) if pk else None
        except Occasion.DoesNotExist as error:
            raise ValidationError(_("This occasion is not there any more.")) from error
        if occasion and not self.user.has_perm("places.manage_occasion", occasion):
            raise ValidationError(_("This occasion is another team’s."))
        return occasion

    def asked(self) -> DateAsked:
        """Return the date typed; what the form does not ask is as the occasion has it."""
        said, occasion = self.cleaned_data, self.cleaned_data["occasion"]
        starts_at = moment_at(said["day"], said["starts"] or NOON)
        last_day = min(said["last_day"] or said["day"], said["day"] + timedelta(days=366))
        ends_at = max(moment_at(last_day, said["ends"] or said["starts"] or NOON), starts_at)
        whole = "audience" in self.data  # the form that moves an occasion asks for the date and the room only
        saved = occasion is not None and not whole
        return DateAsked(
            starts_at=starts_at,
            ends_at=ends_at,
            programmes={occasion.programme_id} if occasion else staffed_programmes(self.user),
            room=said["room"] or (occasion.room if saved else None),
            audience=occasion.audience if saved else said["audience"],
            school_zones=occasion.school_zones if saved else "".join(said["school_zones"]),
            led_by=[person.pk for person in occasion.led_by.all()] if saved else said["led_by"],
            places=None if saved else said["on_site_places"] or 0,
            occasion=occasion,
        )


class DismissalForm(forms.ModelForm):
    """Why an alert is set aside."""

    key = forms.CharField(max_length=80, widget=forms.HiddenInput)

    class Meta:
        model = AlertDismissal
        fields = ["key", "reason"]
        labels = {"reason": _("Why the date stays")}
