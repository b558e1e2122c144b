"""Everyone who may knock: the roles of one programme, somebody of another one, and nobody in particular."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.test import Client

from creasol.accounts.models import User
from creasol.accounts.tests.factories import make_user
from creasol.network.tests.factories import make_mandate, make_person
from creasol.programmes.enums import Role
from creasol.programmes.models import Programme
from creasol.programmes.tests.factories import make_membership

ENTRANCE = "/compte/connexion/"


def people_of(programme: Programme) -> dict[str, User | None]:
    """Return one person of each kind: "elsewhere" coordinates another programme, the "stranger" is nobody."""
    member = make_user()
    make_mandate(person=make_person(user=member), starts_on=date(2011, 1, 1))

    def holder(role: Role) -> User:
        return make_membership(programme=programme, role=role).user

    return {
        "stranger": None,
        "signed-in": make_user(),
        "member": member,
        "elected": holder(Role.ELECTED_OFFICIAL),
        "funder": holder(Role.FUNDER),
        "adviser": holder(Role.ADVISER),
        "coordinator": holder(Role.COORDINATOR),
        "elsewhere": make_membership(role=Role.COORDINATOR).user,
        "administrator": make_user(is_administrator=True),
    }


def client_of(user: User | None) -> Client:
    """Return the browser of somebody who is signed in, or of a stranger."""
    client = Client()
    if user:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def answer_of(response) -> str:
    """Return the status of an answer; "login" when it leads to the entrance."""
    to_entrance = response.headers.get("Location", "").startswith(ENTRANCE)
    return "login" if to_entrance else str(response.status_code)


def answers(people: dict[str, User | None], address: str, data: dict | None = None, *, method="get") -> str:
    """Return what everyone is answered, in their order; nothing that is done stays done."""
    found = []
    for user in people.values():
        client = client_of(user)
        with transaction.atomic():
            found.append(answer_of(getattr(client, method)(address, data)))
            transaction.set_rollback(True)
    return " ".join(found)


def astray(people: dict[str, User | None], table: dict[str, str], *, method="get") -> dict[str, tuple]:
    """Return each address of a table (with what everyone should be answered) that answers otherwise, and how."""
    given = {address: answers(people, address, method=method) for address in table}
    wanted = {address: " ".join(expected.split()) for address, expected in table.items()}
    return {
        address: (given[address], wanted[address]) for address in table if given[address] != wanted[address]
    }
