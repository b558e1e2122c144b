from datetime import UTC, datetime
from itertools import count

from creasol.mailing.models import Message

NOW = datetime(2011, 11, 7, 18, tzinfo=UTC)
numbers = count(1)


def make_message(**over):
    number = next(numbers)
    fields = {
        "kind": "accounts.invitation",
        "key": f"accounts.invitation:{number}",
        "to": "person@example.org",
        "subject": "Votre compte",
        "text": "Bonjour",
        "html": "<p>Bonjour</p>",
        "queued_at": NOW,
    }
    return Message.objects.create(**fields | over)
