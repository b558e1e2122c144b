"""What a mail is: its kind, its subject, its two templates, to whom, in which language.

A kind of mail is a frozen dataclass beside the app whose fact it tells::

    @dataclass(frozen=True, kw_only=True)
    class PhaseOpened(Notification):
        kind = "programmes.phase_opened"
        template = "programmes/mails/phase_opened"  # .mjml and .txt, extending mailing/mails/base
        phase: Phase

        def key(self): return f"{self.phase.pk}:{self.to}"
        def subject(self): return _("{phase} begins").format(phase=self.phase)
        def context(self): return {"phase": self.phase}
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar
from uuid import uuid4

import mrml
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from creasol.accounts.models import User

USUAL, AWAITED = 10, 50  # priorities: long imports never hold up a mail, nor other mails a sign-in code


@dataclass(frozen=True)
class Attachment:
    """A text file that goes with a mail; ``content_type`` as ``text/calendar; method=PUBLISH``, always UTF-8."""

    name: str
    content_type: str
    text: str


@dataclass(frozen=True)
class Mail:
    """A notification put into words."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Notification:
    """A kind of mail, and one instance of it for one person. Methods are called in the person's language."""

    kind: ClassVar[str]
    template: ClassVar[str]
    priority: ClassVar[int] = USUAL

    to: str
    language: str = settings.LANGUAGE_CODE

    def key(self) -> str:
        """Return what makes this mail unlike the others of its kind: it is sent once, if queued twice."""
        raise NotImplementedError

    def subject(self) -> str:
        raise NotImplementedError

    def context(self) -> dict:
        return {}

    def text(self, context: dict) -> str:
        return render_to_string(f"{self.template}.txt", context)

    def attachments(self) -> tuple[Attachment, ...]:
        """Return the files that go with it."""
        return ()

    def about(self) -> str:
        """Return whom it is about, as ``places.registration:12``: what it is withdrawn and forgotten by."""
        return ""

    def lifetime(self) -> timedelta | None:
        """Return how long the mail is of use; its text is erased as soon as it is sent or too late."""
        return None

    def render(self) -> Mail:
        """Return the mail in words: the same text plain and in the clothes of the site."""
        with translation.override(self.language):
            subject = " ".join(self.subject().split())
            frame = {"subject": subject, "language": self.language, "site_url": settings.SITE_URL}
            context = frame | self.context()
            text = self.text(context).strip() + "\n"
            markup = render_to_string(
                f"{self.template}.mjml", context | {"paragraphs": text.strip().split("\n\n")}
            )
            html = mrml.to_html(markup).content
            return Mail(subject=subject, text=text, html=html, attachments=self.attachments())


@dataclass(frozen=True, kw_only=True)
class Invitation(Notification):
    """You have an account; here is the way in."""

    kind = "accounts.invitation"
    template = "mailing/mails/invitation"

    user: User
    by: User | None

    def key(self):
        return str(self.user.pk)

    def subject(self):
        return _("Your account at Création solidaire")

    def context(self):
        return {"name": self.user.name, "by": self.by, "link": settings.SITE_URL + reverse("account_login")}


@dataclass(frozen=True, kw_only=True)
class SignInMail(Notification):
    """What the sign-in tells a person: a code, a change made to the account. Its words are allauth's."""

    kind = "accounts.sign_in"
    template = "mailing/mails/sign_in"
    priority = AWAITED

    words: str  # prefix of allauth's templates, as account/email/login_code
    request: HttpRequest
    facts: dict = field(default_factory=dict)
    number: str = field(default_factory=lambda: uuid4().hex)

    def key(self):
        return self.number

    def subject(self):
        return render_to_string(f"{self.words}_subject.txt", self.context())

    def context(self):
        return {"code": "", "user": None, "email": self.to, "request": self.request} | self.facts

    def text(self, context):
        return render_to_string(f"{self.words}_message.txt", context)

    def lifetime(self):
        return timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT) if "code" in self.facts else None
