"""What the needs do when the floors beneath tell them something."""

from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext as _

from creasol.accounts.signals import erase_personal_data, personal_data
from creasol.network.signals import organisations_merged
from creasol.programmes.signals import edition_page
from creasol.territories.models import Territory
from creasol.territories.sections import PageSection
from creasol.territories.signals import commune_page, territory_page

from .actions import forget_author, forget_contributor
from .models import Need
from .queries.contributions import contributions_for, contributions_under
from .queries.needs import needs_around, needs_of_edition, needs_of_territory, signatures_for, signatures_of

SHOWN = 6


@receiver(personal_data)
def tell_signatures(sender, user, **kwargs):
    """Say which needs a person signed."""
    return {
        "needs": [
            {
                "need": author.need.statement,
                "shown_as": author.name,
                "organisation": author.organisation.name if author.organisation else None,
                "since": author.since.isoformat(),
            }
            for author in signatures_of(user)
        ]
    }


@receiver(erase_personal_data)
def forget_signatures(sender, user, pseudonym, at, **kwargs):
    forget_author(user, pseudonym=pseudonym, at=at)


@receiver(personal_data)
def tell_contributions(sender, user, **kwargs):
    """Say what a person said and left an address for."""
    return {
        "contributions": [
            {
                "noted_at": contribution.noted_at.isoformat(),
                "territory": contribution.territory.name,
                "kind": contribution.kind,
                "words": contribution.words,
                "name": contribution.name,
                "email": contribution.email,
                "phone": contribution.phone,
                "words_may_be_shown": contribution.may_be_shown,
                "name_may_be_shown": contribution.name_may_be_shown,
                "may_be_contacted": contribution.may_be_contacted,
                "consented_at": contribution.consented_at and contribution.consented_at.isoformat(),
            }
            for contribution in contributions_under(user)
        ]
    }


@receiver(erase_personal_data)
def forget_contributions(sender, user, at, **kwargs):
    """Leave the words without the name and the contacts: they were given with the author's consent."""
    forget_contributor(user, at=at)


@receiver(organisations_merged)
def tell_organisation_signatures(sender, absorbed, **kwargs):
    """Let the needs that an entry of the directory signed be those of the entry it is merged into."""
    return signatures_for(absorbed)


@receiver(organisations_merged)
def tell_organisation_contributions(sender, absorbed, **kwargs):
    """Let what was said for an entry of the directory be said for the entry it is merged into."""
    return contributions_for(absorbed)


@receiver(territory_page)
def show_needs_of_territory(sender, territory, **kwargs):
    return needs_section(needs_of_territory(territory), territory=territory)


@receiver(commune_page)
def show_needs_around_commune(sender, commune, **kwargs):
    return needs_section(needs_around(commune))


@receiver(edition_page)
def show_needs_of_edition(sender, edition, **kwargs):
    return needs_section(needs_of_edition(edition), territory=edition.territory)


def needs_section(needs: QuerySet[Need], territory: Territory | None = None) -> PageSection | None:
    """Return the section that shows the first of these needs; none when there are none."""
    first = list(needs[: SHOWN + 1])
    if not first:
        return None
    return PageSection(
        title=_("What is lacking here"),
        template="needs/sections/needs.html",
        context={"needs": first[:SHOWN], "more": len(first) > SHOWN, "territory": territory},
        order=35,
    )
