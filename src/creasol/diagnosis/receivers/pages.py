"""The figures, told on the pages of territories and communes."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from creasol.diagnosis.figures import diagnose
from creasol.diagnosis.models import Perimeter
from creasol.territories.models import Commune, Territory
from creasol.territories.queries import communes_of, territory_by_key
from creasol.territories.sections import PageSection
from creasol.territories.signals import commune_page, territory_page

SHOWN = (
    "area_km2",
    "density",
    "population_change",
    "jobs",
    "ess_establishments",
    "ess_jobs",
    "ess_rank",
    "ess_per_1000",
)


@receiver(territory_page)
def show_figures_of_territory(sender, territory: Territory, **kwargs) -> PageSection | None:
    """Show the main figures of a territory and the way to its diagnosis."""
    return section(list(communes_of(territory)), territory.reference, territory)


@receiver(commune_page)
def show_figures_of_commune(sender, commune: Commune, **kwargs) -> PageSection | None:
    """Show the main figures of a commune against its EPCI."""
    return section([commune], epci_of(commune))


def section(
    communes: list[Commune], reference: Territory | None, territory: Territory | None = None
) -> PageSection | None:
    """Return the section of a place; none when it has no commune or when no perimeter was ever loaded."""
    if not communes:
        return None
    try:
        diagnosis = diagnose(communes=communes, reference=reference, territory=territory)
    except Perimeter.DoesNotExist:
        return None
    shown = [diagnosis[key] for key in SHOWN if diagnosis[key].available]
    return PageSection(
        title=_("The figures"),
        template="diagnosis/section.html",
        context={"diagnosis": diagnosis, "shown": shown},
        order=10,
    )


def epci_of(commune: Commune) -> Territory | None:
    """Return the intercommunal body of a commune, if it has one."""
    if not commune.epci_code:
        return None
    try:
        return territory_by_key(commune.epci_code)
    except Territory.DoesNotExist:
        return None
