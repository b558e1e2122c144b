"""A mail for the tests, with a calendar file when it is about somebody."""

from dataclasses import dataclass

from creasol.mailing.actions import queue_message
from creasol.mailing.notifications import Attachment, Notification

from .factories import NOW

CALENDAR = "BEGIN:VCALENDAR\r\nSUMMARY:Soirée « été »\r\nEND:VCALENDAR\r\n"


@dataclass(frozen=True, kw_only=True)
class Greeting(Notification):
    kind = "tests.greeting"
    template = "mailing/mails/invitation"

    number: int = 1
    whom: str = ""

    def about(self):
        return self.whom

    def attachments(self):
        return (Attachment("agenda.ics", "text/calendar; method=PUBLISH", CALENDAR),) if self.whom else ()

    def key(self):
        return f"{self.number}:{self.to}"

    def subject(self):
        return "Bonjour"

    def context(self):
        return {"name": "Ada", "by": None, "link": "http://127.0.0.1/"}


def greet(**over):
    return queue_message(Greeting(**{"to": "ada@example.org"} | over), at=NOW)
