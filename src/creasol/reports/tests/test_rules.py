from django.contrib.auth.models import AnonymousUser

from creasol.accounts.tests.factories import make_user
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_edition, make_membership
from creasol.reports.queries.reports import editions_to_diagnose, reports_to_write

from .factories import make_drafter, make_report


def allowed(user, report):
    permissions = ("open_report", "write_report", "invite_drafter", "publish_report")
    return [name for name in permissions if user.has_perm(f"reports.{name}", report)]


def test_staff_of_the_programme_does_everything_and_its_coordinators_publish(db):
    edition = make_edition()
    report = make_report(edition=edition)
    coordinator = make_membership(programme=edition.programme).user
    adviser = make_membership(programme=edition.programme, role=Role.ADVISER).user
    assert allowed(coordinator, report) == ["open_report", "write_report", "invite_drafter", "publish_report"]
    assert allowed(adviser, report) == ["open_report", "write_report", "invite_drafter"]


def test_who_is_invited_writes_and_nothing_else(db):
    drafter = make_drafter()
    assert allowed(drafter.user, drafter.report) == ["write_report"]
    assert allowed(drafter.user, make_report()) == []


def test_others_do_nothing(db):
    report = make_report(edition=make_edition())
    elected = make_membership(programme=report.edition.programme, role=Role.ELECTED_OFFICIAL).user
    elsewhere = make_membership().user
    for user in (make_user(), elected, elsewhere, AnonymousUser()):
        assert [user.has_perm(f"reports.{name}", report) for name in ("write_report", "publish_report")] == [
            False,
            False,
        ]


def test_the_list_and_the_rule_agree(db):
    edition, other = make_edition(), make_edition()
    reports = [make_report(edition=edition), make_report(edition=other), make_report(edition=None)]
    people = [
        make_membership(programme=edition.programme).user,
        make_membership(programme=other.programme, role=Role.ADVISER).user,
        make_membership(programme=edition.programme, role=Role.FUNDER).user,
        make_drafter(report=reports[1]).user,
        make_user(is_administrator=True),
        make_user(is_administrator=True, is_active=False),
        make_user(),
    ]
    for user in people:
        listed = set(reports_to_write(user))
        assert listed == {report for report in reports if user.has_perm("reports.write_report", report)}
    assert not reports_to_write(AnonymousUser()).exists()
    assert set(editions_to_diagnose(people[0])) == {edition}
    assert set(editions_to_diagnose(people[4])) == {edition, other}
