"""The example's shared diagnosis: written by several, read through, published, and corrected once."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from creasol.accounts.models import User
from creasol.accounts.queries import user_by_email
from creasol.diagnosis.enums import PerimeterMode
from creasol.network.queries.organisations import all_organisations
from creasol.programmes.models import Edition
from creasol.programmes.queries.editions import all_editions
from creasol.reports.actions.drafters import invite_drafter
from creasol.reports.actions.publications import proofread, publish_report
from creasol.reports.actions.reports import (
    correct_report,
    open_report,
    return_to_drafting,
    revise_report,
    send_to_proofreading,
)
from creasol.reports.actions.sections import add_section, write_section
from creasol.reports.models import Report, Section
from creasol.reports.outline import SectionDraft

from . import written
from .needs import OF_COURONNE_SUD, OF_THE_RUNNING_EDITION, load_needs
from .people import COORDINATOR, MEMBER
from .written import Written


@transaction.atomic
def load_diagnosis(*, at: datetime) -> None:
    """Load the needs of the example's editions and their written diagnoses; its figures must be there already."""
    with translation.override("fr"):
        edition = all_editions().get(slug="couronne-sud-2011")
        load_needs(edition, OF_COURONNE_SUD, at=at)
        publish_couronne_sud(edition, at=at)
        running = all_editions().get(is_example=True, state="running")
        load_needs(running, OF_THE_RUNNING_EDITION, at=at)
        send_notes(running, at=at)


def publish_couronne_sud(edition: Edition, *, at: datetime) -> None:
    """Write the diagnosis of the 2011 edition, publish it, then correct its perimeter in a second version."""
    coordinator = user_by_email(COORDINATOR)
    report = open_report(
        title=written.TITLE,
        slug=written.SLUG,
        territory=edition.territory,
        edition=edition,
        perimeter=PerimeterMode.LAW_2014,
        is_example=True,
        by=coordinator,
        at=at,
    )
    sections = {one.draft.title: add(report, one, at=at) for one in written.SECTIONS}
    send_to_proofreading(report, by=coordinator, at=at)
    read(report, agrees=False, remark=written.ASKED, at=at)
    return_to_drafting(report, by=coordinator, at=at)
    again = written.SECOND_TRY
    rewrite(sections[again.draft.title], again.draft, name=again.name, organisation=again.organisation, at=at)
    publish(report, coordinator, at=at)
    correct_report(report, reason=written.REASON, by=coordinator, at=at)
    revise_report(
        report,
        title=report.title,
        reference=report.reference,
        perimeter=PerimeterMode.INSEE,
        edition=edition,
        by=coordinator,
        at=at,
    )
    name, organisation = written.MAKERS
    brief = written.IN_BRIEF_CORRECTED
    rewrite(sections[brief.title], brief, name=name, organisation=organisation, at=at)
    publish(report, coordinator, at=at)
    invite_member(report, at=at)


def send_notes(edition: Edition, *, at: datetime) -> None:
    """Write the first notes of the edition under way, and let them wait for their readers."""
    coordinator = user_by_email(COORDINATOR)
    report = open_report(
        title=written.OPENED_TITLE,
        territory=edition.territory,
        edition=edition,
        is_example=True,
        by=coordinator,
        at=at,
    )
    for one in written.OPENED:
        add(report, one, at=at)
    send_to_proofreading(report, by=coordinator, at=at)


def add(report: Report, one: Written, *, at: datetime) -> Section:
    """Add a section in the name of who wrote it."""
    return add_section(report, one.draft, name=one.name, organisation_name=one.organisation, by=None, at=at)


def rewrite(section: Section, draft: SectionDraft, *, name: str, organisation: str, at: datetime) -> None:
    """Write a section anew, after having read it."""
    write_section(
        section, draft, seen=section.edits, name=name, organisation_name=organisation, by=None, at=at
    )


def read(report: Report, *, agrees: bool, remark: str, at: datetime) -> None:
    """Let the elected official of the example say what she thinks of the whole."""
    proofread(
        report,
        agrees=agrees,
        remark=remark,
        name="Sacha Exemple",
        organisation_name="Commune imaginaire",
        by=None,
        at=at,
    )


def publish(report: Report, coordinator: User, *, at: datetime) -> None:
    """Have the whole read, agreed to and published."""
    send_to_proofreading(report, by=coordinator, at=at)
    read(report, agrees=True, remark=written.AGREED, at=at)
    publish_report(report, by=coordinator, at=at)


def invite_member(report: Report, *, at: datetime) -> None:
    """Let the example's account of an association write the next version; nobody is written to."""
    email, _name = MEMBER
    organisation = all_organisations().filter(mandates__person__user__email=email).first()
    invite_drafter(report, email=email, organisation=organisation, by=user_by_email(email), at=at)
