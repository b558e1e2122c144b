from datetime import UTC, datetime

from creasol.journal.models import Entry


def make_entry(**over):
    fields = {
        "at": datetime(2011, 11, 7, 18, tzinfo=UTC),
        "verb": "plan",
        "subject_type": "programmes.edition",
        "subject_id": "1",
        "subject_label": "Couronne Sud",
    }
    return Entry.objects.create(**fields | over)
