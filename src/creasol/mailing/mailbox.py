"""The mails written to a folder instead of being sent: what one reads during development."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

END_OF_MAIL = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class WrittenFile:
    name: str
    content_type: str
    text: str


@dataclass(frozen=True)
class WrittenMail:
    number: int
    to: str
    subject: str
    at: datetime
    text: str
    html: str
    attachments: tuple[WrittenFile, ...] = ()


def read_mailbox(folder: Path) -> list[WrittenMail]:
    """Return the mails in ``folder``, numbered from 1 in the order they were written."""
    files = sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    mails = [mail for path in files for mail in path.read_bytes().split(END_OF_MAIL) if mail.strip()]
    return [read_mail(number, mail) for number, mail in enumerate(mails, start=1)]


def read_mail(number: int, mail: bytes) -> WrittenMail:
    """Return one mail out of its bytes (RFC 5322)."""
    message = message_from_bytes(mail, policy=policy.default)
    parts = {
        kind: part.get_content() if (part := message.get_body((kind,))) else "" for kind in ("plain", "html")
    }
    return WrittenMail(
        number=number,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        at=message["Date"].datetime.replace(tzinfo=UTC),  # Django writes them in UTC
        text=parts["plain"],
        html=parts["html"],
        attachments=tuple(
            WrittenFile(part.get_filename() or "", part["Content-Type"] or "", part.get_content())
            for part in message.iter_attachments()
        ),
    )
