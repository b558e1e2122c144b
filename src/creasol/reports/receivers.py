"""What written diagnoses do when the floors beneath tell them something."""

from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext as _

from creasol.accounts.signals import erase_personal_data, personal_data
from creasol.diagnosis.signals import diagnosis_page
from creasol.network.signals import organisations_merged
from creasol.programmes.signals import edition_page
from creasol.territories.sections import PageSection
from creasol.territories.signals import territory_page

from .actions.people import forget_writer
from .models import Report
from .queries.people import drafters_for, written_by
from .queries.publications import published_reports, reports_about

SHOWN = 4


@receiver(personal_data)
def tell_writings(sender, user, **kwargs):
    """Say what a person wrote and read through."""
    return {"diagnoses": written_by(user)}


@receiver(erase_personal_data)
def forget(sender, user, pseudonym, at, **kwargs):
    forget_writer(user, pseudonym=pseudonym, at=at)


@receiver(organisations_merged)
def tell_drafters(sender, absorbed, **kwargs):
    """Let those who write for an entry of the directory write for the entry it is merged into."""
    return drafters_for(absorbed)


@receiver(territory_page)
def show_reports_of_territory(sender, territory, **kwargs):
    """Show the diagnoses that people of a territory published."""
    return section(reports_about(territory))


@receiver(edition_page)
def show_reports_of_edition(sender, edition, **kwargs):
    """Show the diagnoses that an edition published."""
    return section(published_reports().filter(edition=edition))


@receiver(diagnosis_page)
def show_files_and_reports(sender, diagnosis, user, **kwargs):
    """Show what can be taken along of a diagnosis, and what people wrote and published about the territory."""
    territory = diagnosis.place.territory
    return PageSection(
        title=_("To read and take along"),
        template="reports/sections/diagnosis.html",
        context={
            "reports": [] if territory is None else list(reports_about(territory)[:SHOWN]),
            "territory": territory,
            "may_open": territory is not None and user.has_perm("reports.open_report"),
            "downloads": [
                (_("Whole diagnosis (PDF)"), diagnosis.address("diagnostic.pdf")),
                (_("Two-page summary (PDF)"), diagnosis.address("synthese.pdf")),
                (_("Spreadsheet (ODS)"), diagnosis.address("diagnostic.ods")),
            ],
        },
        order=20,
    )


def section(reports: QuerySet[Report]) -> PageSection | None:
    """Return the section that names the first of these reports; none when there are none."""
    first = list(reports[: SHOWN + 1])
    if not first:
        return None
    return PageSection(
        title=_("Published diagnoses"),
        template="reports/sections/reports.html",
        context={"reports": first[:SHOWN], "more": len(first) > SHOWN},
        order=15,
    )
