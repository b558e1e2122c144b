"""Publications: what everyone reads, version by version."""

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from creasol.reports.document.schema import Document
from creasol.reports.models import Proofreading, Publication, Report
from creasol.territories.models import Territory

USUAL_LANGUAGE = "fr"


def published_reports(*, text: str = "") -> QuerySet[Report]:
    """Return the reports that have a publication, the latest first, with the newest ``version`` and its day.

    ``published_title`` is the one that was published: a correction may be under way with another.
    """
    newest = Publication.objects.filter(report=OuterRef("pk")).order_by("-number")
    titled = newest.annotate(of_document=KT(f"content__{USUAL_LANGUAGE}__title"))
    found = Report.objects.filter(publications__isnull=False).select_related("territory", "edition")
    found = found.annotate(
        version=Max("publications__number"),
        published_at=Subquery(newest.values("published_at")[:1]),
        published_title=Subquery(titled.values("of_document")[:1]),
        reason=Subquery(newest.values("reason")[:1]),
    )
    if text:
        found = found.filter(Q(published_title__icontains=text) | Q(territory__name__icontains=text))
    return found.order_by("-published_at", "-pk")


def reports_about(territory: Territory) -> QuerySet[Report]:
    """Return the published reports of a territory, the latest first."""
    return published_reports().filter(territory=territory)


def publications() -> QuerySet[Publication]:
    """Return every publication with its report."""
    return Publication.objects.select_related("report__territory", "report__edition")


def newest_publication(slug: str) -> Publication:
    """Return the version in force of a report; raise Publication.DoesNotExist."""
    found = publications().filter(report__slug=slug).order_by("-number").first()
    if found is None:
        raise Publication.DoesNotExist
    return found


def versions_of(report: Report) -> QuerySet[Publication]:
    """Return the versions of a report without their contents, the newest first."""
    return report.publications.defer("content").order_by("-number")


def document_of(publication: Publication, language: str) -> Document:
    """Return what was published, in the words of ``language``, or in French when it has no such words."""
    content = publication.content
    return Document.model_validate(content.get(language) or content[USUAL_LANGUAGE])


def proofreadings_of_round(report: Report) -> QuerySet[Proofreading]:
    """Return what readers said since the report was last sent to them, the latest first."""
    if report.proofread_since is None:
        return report.proofreadings.none()
    return report.proofreadings.filter(at__gte=report.proofread_since)


def version_of(publication: Publication, number: int) -> Publication:
    """Return another version of the same report; raise Publication.DoesNotExist."""
    if publication.number == number:
        return publication
    return publications().get(report=publication.report, number=number)
