from datetime import UTC, datetime
from itertools import count

from creasol.accounts.tests.factories import make_user
from creasol.reports.document.schema import Document, Perimeter, Place
from creasol.reports.fingerprint import fingerprint
from creasol.reports.models import Draft, Drafter, Proofreading, Publication, Report, Section
from creasol.territories.tests.factories import make_territory

_numbers = count(1)
AT = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


def make_report(**over) -> Report:
    number = next(_numbers)
    territory = over.pop("territory", None) or make_territory()
    fields = {"slug": f"diagnostic-{number}", "title": f"Diagnostic {number}", "opened_at": AT}
    return Report.objects.create(**{"territory": territory, **fields, **over})


def make_drafter(**over) -> Drafter:
    report = over.pop("report", None) or make_report()
    user = over.pop("user", None) or make_user()
    return Drafter.objects.create(**{"report": report, "user": user, "since": AT, **over})


def make_section(**over) -> Section:
    report = over.pop("report", None) or make_report()
    number = report.sections.count() + 1
    return Section.objects.create(
        **{"report": report, "position": number, "title": f"Partie {number}", **over}
    )


def make_draft(**over) -> Draft:
    section = over.pop("section", None) or make_section()
    fields = {"number": section.drafts.count() + 1, "title": section.title, "at": AT, "name": "Anne Dubois"}
    return Draft.objects.create(**{"section": section, **fields, **over})


def make_proofreading(**over) -> Proofreading:
    report = over.pop("report", None) or make_report()
    fields = {"at": AT, "name": "Anne Dubois", "agrees": True}
    return Proofreading.objects.create(**{"report": report, **fields, **over})


def make_document(**over) -> Document:
    fields = {
        "language": "fr",
        "title": "Diagnostic",
        "place": Place(name="Couronne Sud"),
        "perimeter": Perimeter(mode="insee", label="INSEE", version="2026.1", definition="Associations."),
        "made_at": AT.isoformat(),
    }
    return Document(**{**fields, **over})


def make_publication(**over) -> Publication:
    report = over.pop("report", None) or make_report()
    number = report.publications.count() + 1
    document = make_document(title=report.title, version=number)
    content = over.pop("content", None) or {
        language: document.model_copy(update={"language": language}).model_dump(mode="json")
        for language in ("fr", "en")
    }
    fields = {"number": number, "published_at": AT, "content": content, "digest": fingerprint(content)}
    return Publication.objects.create(**{"report": report, **fields, **over})
