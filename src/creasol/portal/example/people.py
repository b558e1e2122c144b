"""Accounts to look at the site from every side. The persons are made up, and their names say so."""

from collections.abc import Sequence
from datetime import date, datetime

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.network.actions.mandates import give_mandate, register_person
from creasol.network.models import Organisation
from creasol.programmes.actions.memberships import grant_membership
from creasol.programmes.enums import Role
from creasol.programmes.models import Programme

SINCE = date(2011, 1, 1)
ADMINISTRATOR = ("admin@example.org", "Alix Exemple, administration")
COORDINATOR = "coordination@example.org"
MEMBER = ("association@example.org", "Noa Exemple, association")
ROLES = (
    (COORDINATOR, "Camille Exemple, coordination", Role.COORDINATOR),
    ("conseil@example.org", "Dominique Exemple, conseil", Role.ADVISER),
    ("elue@example.org", "Sacha Exemple, élue", Role.ELECTED_OFFICIAL),
    ("financeur@example.org", "Claude Exemple, financeur", Role.FUNDER),
)
COMMITTEE = (
    "Ange", "Andréa", "Cameron", "Charlie", "Eden", "Gaby", "Jo", "Lou", "Maxime", "Morgan", "Sasha", "Yaël",
)  # fmt: skip


def load_people(*, programme: Programme, organisation: Organisation, at: datetime) -> None:
    """Make the example accounts with their roles; one of them speaks for ``organisation``."""
    email, name = ADMINISTRATOR
    make_account(email, name, at=at, is_administrator=True)
    for email, name, role in ROLES:
        make_account(email, name, at=at)
        grant_membership(programme=programme, email=email, role=role, since=SINCE, by=None, at=at)
    email, name = MEMBER
    make_account(email, name, at=at)
    person = register_person(name=name, email=email, by=None, at=at)
    give_mandate(
        organisation=organisation, person=person, title="Présidente", starts_on=SINCE, by=None, at=at
    )


def make_account(email: str, name: str, *, at: datetime, is_administrator: bool = False) -> None:
    """Make an account without writing to anyone: nobody reads these addresses."""
    user = User.objects.create_user(email, name=name, is_administrator=is_administrator)
    record("invite", user, by=None, at=at)


def load_committee(organisations: Sequence[Organisation], *, at: datetime) -> None:
    """Make an account, of somebody made up, for each organisation of the committee that prepared the forum of Fives."""
    for first_name, organisation in zip(COMMITTEE, organisations, strict=True):
        email, name = f"{organisation.slug}@fives.example.org", f"{first_name} Exemple"
        make_account(email, name, at=at)
        person = register_person(name=name, email=email, by=None, at=at)
        give_mandate(
            organisation=organisation,
            person=person,
            title="Au comité du forum",
            starts_on=SINCE,
            by=None,
            at=at,
        )
