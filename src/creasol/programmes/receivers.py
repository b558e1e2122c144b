"""What the programmes do when the floors beneath tell them something."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from creasol.accounts.signals import erase_personal_data, personal_data
from creasol.territories.sections import PageSection
from creasol.territories.signals import commune_page, territory_page

from .actions.memberships import forget_holder
from .models import Edition
from .queries.editions import editions_around, editions_on
from .queries.memberships import memberships_of


@receiver(personal_data)
def tell_roles(sender, user, **kwargs):
    """Say which roles the site keeps of a person."""
    return {
        "roles": [
            {
                "programme": membership.programme.name,
                "role": membership.role,
                "since": membership.since.isoformat(),
                "until": membership.until.isoformat() if membership.until else None,
            }
            for membership in memberships_of(user)
        ]
    }


@receiver(erase_personal_data)
def forget_roles(sender, user, pseudonym, at, **kwargs):
    """Leave no name beside the roles that were given."""
    forget_holder(user, pseudonym=pseudonym, at=at)


def editions_section(editions: tuple[Edition, ...]) -> PageSection | None:
    """Return the section that lists these editions; none when there are none."""
    if not editions:
        return None
    return PageSection(
        title=_("Editions of the programme here"),
        template="programmes/sections/editions.html",
        context={"editions": editions},
        order=30,
    )


@receiver(territory_page)
def show_editions_on_territory(sender, territory, **kwargs):
    """Name the editions on the page of their territory."""
    return editions_section(tuple(editions_on(territory)))


@receiver(commune_page)
def show_editions_around_commune(sender, commune, **kwargs):
    """Name the editions that reach a commune on its page."""
    return editions_section(tuple(editions_around(commune)))
