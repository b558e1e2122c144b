from datetime import date
from itertools import count

from creasol.accounts.tests.factories import make_user
from creasol.programmes.enums import PartnerRole, PhaseKind, Role
from creasol.programmes.models import Edition, Membership, Objective, Partner, Phase, Programme, Theme
from creasol.territories.tests.factories import make_territory

_numbers = count(1)


def make_programme(**over) -> Programme:
    number = next(_numbers)
    return Programme.objects.create(**{"slug": f"programme-{number}", "name": f"Programme {number}"} | over)


def make_objective(**over) -> Objective:
    number = next(_numbers)
    programme = over.pop("programme", None) or make_programme()
    return Objective.objects.create(
        **{"programme": programme, "position": number, "title": f"Objectif {number}"} | over
    )


def make_edition(**over) -> Edition:
    number = next(_numbers)
    programme = over.pop("programme", None) or make_programme()
    territory = over.pop("territory", None) or make_territory()
    return Edition.objects.create(
        **{
            "programme": programme,
            "territory": territory,
            "slug": f"edition-{number}",
            "name": f"Édition {number}",
            "starts_on": date(2011, 1, 1),
            "ends_on": date(2011, 12, 31),
        }
        | over
    )


def make_phase(**over) -> Phase:
    edition = over.pop("edition", None) or make_edition()
    return Phase.objects.create(
        **{
            "edition": edition,
            "kind": PhaseKind.EVENTS,
            "starts_on": date(2011, 9, 1),
            "ends_on": date(2011, 11, 30),
        }
        | over
    )


def make_theme(**over) -> Theme:
    edition = over.pop("edition", None) or make_edition()
    return Theme.objects.create(**{"edition": edition, "name": f"Thème {next(_numbers)}"} | over)


def make_partner(**over) -> Partner:
    edition = over.pop("edition", None) or make_edition()
    return Partner.objects.create(
        **{"edition": edition, "name": f"Partenaire {next(_numbers)}", "role": PartnerRole.OPERATOR} | over
    )


def make_membership(**over) -> Membership:
    programme = over.pop("programme", None) or make_programme()
    user = over.pop("user", None) or make_user()
    return Membership.objects.create(
        **{"programme": programme, "user": user, "role": Role.COORDINATOR, "since": date(2010, 12, 1)} | over
    )
