"""What the directory does when the floors beneath tell it something."""

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from creasol.accounts.signals import erase_personal_data, personal_data
from creasol.territories.models import Commune
from creasol.territories.sections import PageSection
from creasol.territories.signals import commune_merged, commune_page, territory_page

from .actions.mandates import forget_person
from .actions.organisations import move_to_todays_commune
from .queries.mandates import person_of
from .queries.organisations import organisations_in, organisations_of_territory

SHOWN = 6


@receiver(personal_data)
def tell_person(sender, user, **kwargs):
    """Say what the directory keeps of a person."""
    person = person_of(user)
    if person is None:
        return {}
    mandates = [
        {
            "organisation": mandate.organisation.name,
            "title": mandate.title,
            "since": mandate.starts_on.isoformat(),
            "until": mandate.ends_on.isoformat() if mandate.ends_on else None,
            "shown_to_everyone": mandate.shown,
        }
        for mandate in person.mandates.all()
    ]
    return {
        "directory": {"name": person.name, "email": person.email, "phone": person.phone, "mandates": mandates}
    }


@receiver(erase_personal_data)
def forget(sender, user, pseudonym, at, **kwargs):
    forget_person(user, pseudonym=pseudonym, at=at)


@receiver(commune_merged)
def follow_merger(sender, former, commune, **kwargs):
    move_to_todays_commune(former=former, commune=commune)


@receiver(territory_page)
def show_organisations_of_territory(sender, territory, **kwargs):
    """Name the first organisations of a territory on its page."""
    return organisations_section(organisations_of_territory(territory, on=timezone.localdate()))


@receiver(commune_page)
def show_organisations_of_commune(sender, commune, **kwargs):
    """Name the first organisations of a commune on its page."""
    here = organisations_in(Commune.objects.filter(pk=commune.pk), on=timezone.localdate())
    return organisations_section(here, commune=commune)


def organisations_section(organisations, commune: Commune | None = None) -> PageSection | None:
    """Return the section that names the first of these organisations; none when there are none."""
    first = list(organisations[: SHOWN + 1])
    if not first:
        return None
    return PageSection(
        title=_("Organisations of the directory here"),
        template="network/sections/organisations.html",
        context={"organisations": first[:SHOWN], "more": len(first) > SHOWN, "commune": commune},
        order=40,
    )
