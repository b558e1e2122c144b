"""The file of a partner's calendar, and days of elections."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creasol.foundation.forms import DateInput
from creasol.places.actions.calendars import CalendarDraft
from creasol.places.models import ElectionDay, PartnerCalendar
from creasol.places.partner_calendar import (
    MOST_BYTES,
    MOST_EVENTS,
    Refusal,
    UnreadableCalendarError,
    read_calendar,
)

KEPT_BEFORE = timedelta(days=31)
KEPT_AFTER = timedelta(days=3 * 366)
MEGABYTE = 1_000_000
WORDS = {
    Refusal.TOO_BIG: _("This file is too big: %(megabytes)d MB at most."),
    Refusal.NO_CALENDAR: _(
        "This is not a calendar, or it is damaged. Export it again in the iCalendar format (.ics)."
    ),
    Refusal.TOO_MANY: _("This calendar has too many events: %(events)d at most. Export a shorter time."),
    Refusal.TOO_OFTEN: _(
        "Something in this calendar repeats too often to be read: export it without what repeats by the hour."
    ),
    Refusal.NEVER: _(
        "Something in this calendar repeats on a day that never comes: correct it, then export it again."
    ),
}


class CalendarForm(forms.ModelForm):
    """A partner's calendar: under a name that is there already, it takes its place."""

    file = forms.FileField(
        label=_("Their calendar (.ics)"),
        help_text=_("Most calendars export one. Only titles, times and places are kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    class Meta:
        model = PartnerCalendar
        fields = ["name"]
        labels = {"name": _("Whose calendar it is")}
        help_texts = {"name": _("A name that is in the list already: its events are replaced.")}

    def validate_unique(self) -> None:
        """Let a name that is there already be given again."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        today = timezone.localdate()
        try:
            self.moments = read_calendar(
                file.read(MOST_BYTES + 1),
                since=today - KEPT_BEFORE,
                until=today + KEPT_AFTER,
                zone=timezone.get_current_timezone(),
            )
        except UnreadableCalendarError as error:
            bounds = {"megabytes": MOST_BYTES // MEGABYTE, "events": MOST_EVENTS}
            raise ValidationError(WORDS[error.refusal] % bounds) from error
        return file

    def draft(self) -> CalendarDraft:
        return CalendarDraft(name=self.cleaned_data["name"], moments=self.moments)


class ElectionForm(forms.ModelForm):
    class Meta:
        model = ElectionDay
        fields = ["day", "name"]
        widgets = {"day": DateInput}
        help_texts = {"name": _("For example: regional elections, first round.")}
        error_messages = {"day": {"unique": _("This day is in the list already.")}}
