"""What waits for someone's decision, one question each; the desk asks those that the person may act on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creasol.accounts.models import User
from creasol.diagnosis.enums import ImportState, Source
from creasol.diagnosis.models import Dataset, Import
from creasol.gatherings.queries.desk import (
    gatherings_to_close,
    gatherings_to_confirm,
    gatherings_to_tell_of,
)
from creasol.jobs.queries import failed_jobs
from creasol.mailing.queries import failed_messages
from creasol.needs.enums import ContributionState, NeedState
from creasol.needs.models import Need
from creasol.needs.queries.contributions import unsettled
from creasol.network.queries.duplicates import count_duplicates
from creasol.programmes.enums import EditionState
from creasol.programmes.models import Edition, Membership, Phase, Programme
from creasol.programmes.queries.editions import editions_to_move
from creasol.reports.enums import ReportState
from creasol.reports.models import Proofreading, Report

SOON = timedelta(days=30)
LAST_DAYS = timedelta(days=15)
NEEDED = (Source.POPULATIONS, Source.COMPARATOR, Source.FACILITIES, Source.SIRENE)
NAMED = 3
LIVE = (EditionState.PLANNED, EditionState.RUNNING)


@dataclass(frozen=True)
class Waiting:
    """Something to decide: what, why or until when, where to act; ``urgent`` when it is broken or late."""

    title: str
    detail: str
    url: str
    icon: str
    urgent: bool = False


def mails(on: date) -> Iterator[Waiting]:
    """Tell of the mails that could not leave."""
    if count := failed_messages().count():
        yield Waiting(
            title=ngettext("%(count)d mail could not be sent", "%(count)d mails could not be sent", count)
            % {"count": count},
            detail=_("See why, then send it again."),
            url=reverse("mailing:message_list"),
            icon="mail",
            urgent=True,
        )


def jobs(on: date) -> Iterator[Waiting]:
    """Tell of the background work that failed for good."""
    if count := failed_jobs().count():
        yield Waiting(
            title=ngettext("%(count)d background task failed", "%(count)d background tasks failed", count)
            % {"count": count},
            detail=_("See the error, then run it again."),
            url=reverse("jobs:job_list"),
            icon="clock",
            urgent=True,
        )


def imports(on: date) -> Iterator[Waiting]:
    """Tell of each source whose latest import failed: one that succeeded since answers for the others."""
    latest = Import.objects.order_by().values("source").annotate(latest=Max("id")).values("latest")
    for run in Import.objects.filter(id__in=latest, state__in=(ImportState.FAILED, ImportState.INTERRUPTED)):
        yield Waiting(
            title=_("The latest import failed: %(source)s") % {"source": run.get_source_display()},
            detail=run.message,
            url=reverse("diagnosis:import_list"),
            icon="upload",
            urgent=True,
        )


def datasets(on: date) -> Iterator[Waiting]:
    """Tell which official files the diagnosis still lacks; example data do not count."""
    known = set(Dataset.objects.filter(synthetic=False).values_list("source", flat=True))
    missing = [str(source.label) for source in NEEDED if source not in known]
    if missing:
        yield Waiting(
            title=ngettext(
                "The diagnosis lacks an official file",
                "The diagnosis lacks %(count)d official files",
                len(missing),
            )
            % {"count": len(missing)},
            detail=" · ".join(missing),
            url=reverse("diagnosis:import_list"),
            icon="chart-column",
        )


def beginnings(on: date) -> Iterator[Waiting]:
    """Tell where to go on when no edition of one's own is under way or planned."""
    if Edition.objects.filter(is_example=False, state__in=LIVE).exists():
        return
    programme = Programme.objects.order_by("id").first()
    address = (
        reverse("programmes:plan_edition", args=[programme.slug])
        if programme
        else reverse("territories:manage")
    )
    yield Waiting(
        title=_("Plan the next edition"),
        detail=_("None of your own is under way or planned: choose the territory whose turn it is."),
        url=address,
        icon="flag",
    )


def editions(on: date) -> Iterator[Waiting]:
    """Tell of the editions to move on, those without phases, and the phases about to end."""
    for edition in editions_to_move(on=on):
        starting = edition.state == EditionState.PLANNED
        day = date_format(edition.starts_on if starting else edition.ends_on)
        yield Waiting(
            title=(_("Start the edition %(edition)s") if starting else _("Complete the edition %(edition)s"))
            % {"edition": edition.name},
            detail=(_("It was to start on %(day)s.") if starting else _("It was to end on %(day)s."))
            % {"day": day},
            url=reverse("programmes:desk_edition", args=[edition.slug]),
            icon="flag",
            urgent=True,
        )
    for edition in Edition.objects.filter(state__in=LIVE, phases=None):
        yield Waiting(
            title=_("The edition %(edition)s has no phases") % {"edition": edition.name},
            detail=_("Without them nobody sees where it stands."),
            url=reverse("programmes:desk_edition", args=[edition.slug]),
            icon="list",
        )
    for phase in Phase.objects.filter(
        edition__state=EditionState.RUNNING, ends_on__gte=on, ends_on__lte=on + SOON
    ).select_related("edition"):
        yield Waiting(
            title=_("A phase ends soon: %(phase)s") % {"phase": phase.get_kind_display()},
            detail=_("%(edition)s, on %(day)s.")
            % {"edition": phase.edition.name, "day": date_format(phase.ends_on)},
            url=reverse("programmes:desk_edition", args=[phase.edition.slug]),
            icon="calendar",
        )


def memberships(on: date) -> Iterator[Waiting]:
    """Tell of the roles about to end."""
    ending = Membership.objects.current(on).filter(until__lte=on + SOON).select_related("user")
    for membership in ending.order_by("until", "id"):
        yield Waiting(
            title=_("A role ends soon: %(person)s, %(role)s")
            % {"person": membership.user, "role": membership.get_role_display()},
            detail=_("On %(day)s. Prolong it or let it end.") % {"day": date_format(membership.until)},
            url=reverse("programmes:desk_people"),
            icon="users",
        )


def needs(on: date) -> Iterator[Waiting]:
    """Tell of the needs that somebody noted and nobody has shared or set aside yet."""
    candidates = Need.objects.filter(state=NeedState.CANDIDATE).order_by("recorded_at", "id")
    if count := candidates.count():
        yield Waiting(
            title=ngettext(
                "%(count)d need to share, or to set aside", "%(count)d needs to share, or to set aside", count
            )
            % {"count": count},
            detail=" · ".join(need.statement for need in candidates[:NAMED]),
            url=f"{reverse('needs:desk_needs')}?etat={NeedState.CANDIDATE}",
            icon="target",
        )


def contributions(user: User) -> Iterator[Waiting]:
    """Tell of what people said in the programmes that a person works for, and nobody has settled yet."""
    waiting = unsettled(user)
    if count := waiting.count():
        oldest = localtime(waiting[0].noted_at).date()
        yield Waiting(
            title=ngettext(
                "%(count)d thing that somebody said waits for what becomes of it",
                "%(count)d things that people said wait for what becomes of them",
                count,
            )
            % {"count": count},
            detail=_("The oldest was noted on %(day)s.") % {"day": date_format(oldest)},
            url=f"{reverse('needs:desk_contributions')}?etat={ContributionState.NOTED}",
            icon="message-circle",
        )


def gatherings(user: User, *, on: date) -> Iterator[Waiting]:
    """Tell of a person's gatherings: changed without a word to those registered, over and not closed, only proposed."""
    for gathering, mail in gatherings_to_tell_of(user, on=on)[:NAMED]:
        yield Waiting(
            title=_("Tell those registered: %(gathering)s") % {"gathering": gathering},
            detail=ngettext(
                "%(people)d person has not been told that it is cancelled or moved.",
                "%(people)d people have not been told that it is cancelled or moved.",
                mail.people,
            )
            % {"people": mail.people},
            url=reverse("places:announcement", args=[gathering.occasion_id, mail.kind]),
            icon="mail",
            urgent=True,
        )
    for gathering in gatherings_to_close(user, before=on)[:NAMED]:
        yield Waiting(
            title=_("How many people came? %(gathering)s") % {"gathering": gathering},
            detail=_("It was on %(day)s.")
            % {"day": date_format(localtime(gathering.occasion.starts_at).date())},
            url=reverse("gatherings:desk_gathering", args=[gathering.slug]),
            icon="users",
        )
    for gathering in gatherings_to_confirm(user)[:NAMED]:
        day = localtime(gathering.occasion.starts_at).date()
        yield Waiting(
            title=_("Confirm the gathering, or not: %(gathering)s") % {"gathering": gathering},
            detail=_("It is proposed for %(day)s.") % {"day": date_format(day)},
            url=reverse("gatherings:desk_gathering", args=[gathering.slug]),
            icon="calendar",
            urgent=day <= on + LAST_DAYS,
        )


def proofreading(on: date) -> Iterator[Waiting]:
    """Tell of the diagnoses that wait for their readers; of those agreed to, that they can be published."""
    agreements = Proofreading.objects.filter(
        report=OuterRef("pk"), agrees=True, at__gte=OuterRef("proofread_since")
    )
    reports = Report.objects.filter(state=ReportState.PROOFREADING).annotate(agreed=Exists(agreements))
    for report in reports.order_by("proofread_since", "id"):
        words = {"report": report.title, "day": date_format(report.proofread_since)}
        if report.agreed:
            title, detail = _("Publish the diagnosis: %(report)s"), _("A reader has agreed to it.")
        else:
            title = _("Proofread the diagnosis: %(report)s")
            detail = _("Waiting for its readers since %(day)s.")
        page = "reports:desk_report" if report.agreed else "reports:proofread"
        url = reverse(page, args=[report.slug])
        yield Waiting(title % words, detail % words, url=url, icon="file-text")


def duplicates(on: date) -> Iterator[Waiting]:
    """Tell of the entries of the directory that may be one organisation."""
    if count := count_duplicates():
        yield Waiting(
            title=ngettext(
                "%(count)d possible duplicate in the directory",
                "%(count)d possible duplicates in the directory",
                count,
            )
            % {"count": count},
            detail=_("Look at them side by side: merge them, or say that they are two organisations."),
            url=reverse("network:duplicates"),
            icon="layers",
        )


QUESTIONS: tuple[tuple[str, Callable[[date], Iterator[Waiting]]], ...] = (
    ("mailing.see_outbox", mails),
    ("jobs.see_jobs", jobs),
    ("diagnosis.import_source", imports),
    ("programmes.plan_edition", editions),
    ("needs.record_need", needs),
    ("reports.open_report", proofreading),
    ("network.register_organisation", duplicates),
    ("programmes.grant_membership", memberships),
    ("programmes.plan_edition", beginnings),
    ("diagnosis.import_source", datasets),
)


def waiting_for(user: User, *, on: date) -> tuple[Waiting, ...]:
    """Return what waits for ``user`` on that day, what is broken or late first."""
    found = [item for permission, ask in QUESTIONS if user.has_perm(permission) for item in ask(on)]
    if user.has_perm("needs.settle_contribution"):
        found += contributions(user)
    if user.has_perm("gatherings.plan_gathering"):
        found += gatherings(user, on=on)
    return tuple(sorted(found, key=lambda item: not item.urgent))
