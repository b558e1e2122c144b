from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from creasol.accounts.tests.factories import make_user
from creasol.programmes.enums import Role
from creasol.programmes.models import Programme
from creasol.programmes.rules import staffed_programmes

from .factories import make_edition, make_membership, make_programme

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "programmes.revise_programme",
    "programmes.plan_edition",
    "programmes.grant_membership",
    "territories.define_territory",
    "mailing.see_outbox",
    "journal.see_journal",
    "jobs.see_jobs",
    "diagnosis.import_source",
    "network.register_organisation",
    "network.give_mandate",
    "network.see_contacts",
    "network.revise_organisation",
}
DIRECTORY = {
    "network.register_organisation",
    "network.give_mandate",
    "network.see_contacts",
    "network.revise_organisation",
}


def permissions(user):
    return {permission for permission in EVERYWHERE if user.has_perm(permission)}


def test_a_stranger_may_nothing():
    assert permissions(AnonymousUser()) == set()
    assert permissions(make_user()) == set()


def test_an_administrator_may_everything():
    assert permissions(make_user(is_administrator=True)) == EVERYWHERE


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.COORDINATOR, EVERYWHERE - {"jobs.see_jobs"}),
        (Role.ADVISER, DIRECTORY),
        (Role.ELECTED_OFFICIAL, set()),
        (Role.FUNDER, set()),
    ],
)
def test_roles_open_what_they_must(role, expected):
    user = make_user()
    make_membership(user=user, role=role)
    assert permissions(user) == expected


def test_a_role_that_ended_or_has_not_begun_opens_nothing():
    ended = make_membership(until=date(2011, 1, 1))
    later = make_membership(since=date(2999, 1, 1))
    assert permissions(ended.user) == set()
    assert permissions(later.user) == set()


def test_an_inactive_coordinator_may_nothing():
    user = make_user(is_active=False)
    make_membership(user=user)
    assert permissions(user) == set()


def test_a_coordinator_coordinates_the_own_programme_only():
    mine, other = make_programme(), make_programme()
    user = make_user()
    make_membership(user=user, programme=mine)
    assert [user.has_perm("programmes.plan_edition", thing) for thing in (mine, other)] == [True, False]
    editions = [make_edition(programme=programme) for programme in (mine, other)]
    assert [user.has_perm("programmes.plan_edition", edition) for edition in editions] == [True, False]


def test_the_staff_works_for_the_own_programmes_an_administrator_for_all():
    mine, other = make_programme(), make_programme()
    adviser = make_membership(programme=mine, role=Role.ADVISER).user
    make_membership(user=adviser, programme=other, role=Role.FUNDER)
    elected = make_membership(role=Role.ELECTED_OFFICIAL, programme=other).user
    closed = make_membership(user=make_user(is_active=False)).user
    assert staffed_programmes(adviser) == {mine.pk}
    assert staffed_programmes(make_user(is_administrator=True)) == set(
        Programme.objects.values_list("pk", flat=True)
    )
    assert [staffed_programmes(user) for user in (elected, closed, AnonymousUser())] == [set()] * 3


def test_roles_are_read_once_per_request(django_assert_num_queries):
    user = make_membership().user
    with django_assert_num_queries(1):
        user.has_perm("programmes.plan_edition")
        user.has_perm("territories.define_territory")
        user.has_perm("programmes.plan_edition", Programme(pk=0))
