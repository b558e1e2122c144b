"""Reports: who may write in them, who may read them, and the question that each puts to the diagnosis."""

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from creasol.accounts.models import User
from creasol.diagnosis.enums import PerimeterMode
from creasol.diagnosis.queries.choices import Choice, choose
from creasol.programmes.enums import EditionState, Role
from creasol.programmes.models import Edition, Membership
from creasol.programmes.rules import staffed_programmes
from creasol.reports.models import Drafter, Report
from creasol.territories.models import Territory
from creasol.territories.queries import definitions


def reports_to_write(user: User) -> QuerySet[Report]:
    """Return the reports that ``user`` may work on: those of the own programmes, and those one is invited to.

    One that belongs to no programme is open to the staff of any.
    """
    reports = Report.objects.select_related("territory", "reference", "edition__programme")
    if not (user.is_authenticated and user.is_active):
        return reports.none()
    if user.is_administrator:
        return reports
    mine = Q(pk__in=Drafter.objects.filter(user=user).values("report"))
    if programmes := staffed_programmes(user):
        mine |= Q(edition=None) | Q(edition__programme__in=programmes)
    return reports.filter(mine)


def reports_on_the_desk(user: User) -> QuerySet[Report]:
    """Return the reports that ``user`` may work on with the number of their newest version, the latest first."""
    found = reports_to_write(user).annotate(version=Max("publications__number"))
    return found.order_by("-opened_at", "-pk")


def is_drafter(user: User, report: Report | None) -> bool:
    """Tell whether ``user`` is invited to write in ``report``, or in any when it is None."""
    invitations = Drafter.objects.filter(user=user)
    return (invitations if report is None else invitations.filter(report=report)).exists()


def editions_to_diagnose(user: User) -> QuerySet[Edition]:
    """Return the editions whose diagnosis ``user`` may open, the latest first."""
    editions = Edition.objects.exclude(state=EditionState.CANCELLED).select_related("territory", "programme")
    return editions if user.is_administrator else editions.filter(programme__in=staffed_programmes(user))


def coordinators_of(report: Report) -> list[User]:
    """Return who coordinates the programme of a report today, each once."""
    if report.programme_id is None:
        return []
    held = Membership.objects.filter(programme=report.programme_id, role=Role.COORDINATOR)
    found = held.current(timezone.localdate()).filter(user__is_active=True).select_related("user")
    return list({membership.user_id: membership.user for membership in found}.values())


def possible_references(report: Report) -> QuerySet[Territory]:
    """Return what a report's territory can be compared with, and its reference of now."""
    codes = list(report.territory.communes.values_list("code", flat=True))
    found = definitions.possible_references(codes, but=report.territory)
    return found | Territory.objects.filter(pk=report.reference_id)


def drafters_of(report: Report) -> QuerySet[Drafter]:
    """Return who is invited to write, in the order of the invitations."""
    return report.drafters.select_related("user", "organisation").order_by("id")


def choice_of(report: Report) -> Choice:
    """Return the question of a report: its territory, reference and perimeter; ``ChoiceError`` without a commune."""
    return choose(
        slug=report.territory.slug,
        reference=report.reference.slug if report.reference else "",
        perimeter=PerimeterMode(report.perimeter),
    )
