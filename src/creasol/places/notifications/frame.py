"""The one frame of all mails to those registered: to whom, about what, when and where, what is kept, the link."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from creasol.foundation import dates
from creasol.foundation.text import french_spaces
from creasol.mailing.notifications import Attachment, Notification
from creasol.places.calendar_file import Method, calendar_of, event_for
from creasol.places.models import Registration
from creasol.places.queries.mails import Told, about, told_to
from creasol.places.retention import WITHOUT_A_PLACE, kept_until


@dataclass(frozen=True, kw_only=True)
class AboutRegistration(Notification):
    """What all these mails share: to whom, about what, when and where, what the person is registered for, the link."""

    template = "places/mails/registration"
    recalls: ClassVar[bool] = True  # when, where, what for
    asks: ClassVar[bool] = False  # says where questions of access go, and what is kept

    registration: Registration
    words: str = ""  # of the organiser
    told: Told | None = field(
        default=None, compare=False
    )  # for a preview; what is now in the database otherwise

    @cached_property
    def facts(self) -> Told:
        return self.told or told_to(self.registration)

    @property
    def title(self) -> str:
        return french_spaces(self.facts.occasion.title)

    @property
    def named(self) -> dict[str, str]:
        return {"what": self.title}

    @property
    def link(self) -> str:
        return settings.SITE_URL + reverse("places:registration", args=[self.registration.code])

    @property
    def data_link(self) -> str:
        return settings.SITE_URL + reverse("places:personal_data", args=[self.registration.code])

    def key(self):
        return self.key_of(self.registration.pk, version=self.facts.occasion.version)

    @staticmethod
    def key_of(registration: int | str, *, version: int) -> str:
        """Return the key of the mail of this kind to one person about one version of the date."""
        return f"{registration}:{version}"

    def about(self):
        return about(self.registration.pk)

    def opening(self) -> list[str]:
        """Return what there is to say first, sentence by sentence."""
        return []

    def closing(self) -> list[str]:
        """Return what there is to say after the facts."""
        return []

    def button(self) -> tuple[str, str]:
        """Return the words of the one button, and where it leads."""
        return _("See, change or cancel my registration"), self.link

    def remote_link(self) -> str:
        """Return the link to join remotely, where this mail may tell it."""
        return ""

    def text(self, context):
        return re.sub(r"\n{3,}", "\n\n", super().text(context))

    def context(self):
        told, (label, link) = self.facts, self.button()
        venue = told.occasion.room.venue if told.occasion.room else None
        return {
            "name": self.registration.first_name,
            "title": self.title,
            "occasion": told.occasion,
            "lines": told.lines,
            "wishes": told.wishes,
            "opening": self.opening(),
            "words": self.words.strip(),
            "recalls": self.recalls,
            "practical": told.occasion.practical.strip() if self.recalls and self.asks else "",
            "remote_link": self.remote_link(),
            "access_contact": venue.access_contact if venue and self.recalls and self.asks else "",
            "closing": self.closing(),
            "kept": self.kept() if self.asks else "",
            "button": label,
            "link": link,
        }

    def kept(self) -> str:
        """Say what is kept and until when."""
        occasion = self.facts.occasion
        days = occasion.keep_days if self.facts.has_place else WITHOUT_A_PLACE
        until = kept_until(occasion.ends_at, days=days, at_most=occasion.keep_days)
        return _(
            "What you told us (first name, address, answers) is kept until %(day)s, then erased: only numbers stay."
        ) % {"day": dates.day(until, weekday=False)}

    def calendar(self, method: Method = Method.PUBLISH) -> tuple[Attachment, ...]:
        """Return the calendar file of the occasion, for who has a place."""
        if not self.facts.has_place:
            return ()
        event = event_for(self.facts, url=self.link, remote_link=self.remote_link())
        content = calendar_of([event], name=self.title, method=method)
        return (Attachment("agenda.ics", f"text/calendar; method={method}", content),)
