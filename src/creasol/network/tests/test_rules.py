from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from creasol.accounts.tests.factories import make_user
from creasol.network.queries.organisations import organisations_visible_to
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership

from .factories import make_mandate, make_organisation, make_person

pytestmark = pytest.mark.django_db
ON = date.today()


def member_of(organisation, **over):
    user = make_user()
    make_mandate(organisation=organisation, person=make_person(user=user), **over)
    return user


def test_a_member_revises_the_own_organisation_only():
    mine, other = make_organisation(), make_organisation()
    user = member_of(mine)
    assert [user.has_perm("network.revise_organisation", thing) for thing in (mine, other)] == [True, False]
    assert not user.has_perm("network.register_organisation")
    assert not user.has_perm("network.see_contacts")


def test_a_mandate_that_ended_opens_nothing():
    mine = make_organisation()
    user = member_of(mine, ends_on=date(2011, 12, 31))
    assert not user.has_perm("network.revise_organisation", mine)


def test_the_list_and_the_rule_agree_on_who_sees_what():
    organisations = [make_organisation(), make_organisation(listed=False), make_organisation(listed=False)]
    people = {
        "stranger": AnonymousUser(),
        "someone": make_user(),
        "member": member_of(organisations[1]),
        "adviser": make_membership(role=Role.ADVISER).user,
        "funder": make_membership(role=Role.FUNDER).user,
    }
    by_list = {
        name: [
            row in organisations_visible_to(user, on=ON)  # the very question a page asks
            for row in organisations
        ]
        for name, user in people.items()
    }
    by_rule = {
        name: [user.has_perm("network.see_organisation", row) for row in organisations]
        for name, user in people.items()
    }
    assert by_list == by_rule
    assert by_rule == {
        "stranger": [True, False, False],
        "someone": [True, False, False],
        "member": [True, True, False],
        "adviser": [True, True, True],
        "funder": [True, False, False],
    }
