from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from creasol.accounts.actions import erase_user
from creasol.accounts.models import User
from creasol.accounts.tests.factories import make_user
from creasol.journal.models import Entry
from creasol.programmes.actions.editions import (
    EditionDraft,
    PartnerDraft,
    PhaseDraft,
    ThemeDraft,
    cancel_edition,
    complete_edition,
    plan_edition,
    replan_edition,
    revise_edition,
    start_edition,
)
from creasol.programmes.actions.memberships import end_membership, grant_membership
from creasol.programmes.actions.programmes import ObjectiveDraft, create_programme, revise_programme
from creasol.programmes.enums import PartnerRole, PhaseKind, Role
from creasol.programmes.models import Edition, Membership
from creasol.territories.tests.factories import make_territory

from .factories import make_edition, make_membership, make_partner, make_programme, make_theme

pytestmark = pytest.mark.django_db
AT = datetime(2011, 11, 7, 18, tzinfo=UTC)
PHASES = (
    PhaseDraft(PhaseKind.MOBILISATION, date(2011, 1, 1), date(2011, 8, 31), deliverables="Un diagnostic"),
    PhaseDraft(PhaseKind.EVENTS, date(2011, 9, 1), date(2011, 11, 30)),
    PhaseDraft(PhaseKind.SUPPORT, date(2011, 11, 1), date(2011, 12, 31)),
)


def draft(**over):
    fields = {
        "territory": over.pop("territory", None) or make_territory(),
        "name": "Couronne Sud 2011",
        "starts_on": date(2011, 1, 1),
        "ends_on": date(2011, 12, 31),
        "phases": PHASES,
    }
    return EditionDraft(**fields | over)


def test_planning_writes_phases_themes_and_partners_and_is_journalled():
    user = make_user()
    edition = plan_edition(
        draft(
            themes=[ThemeDraft("Mobilité"), ThemeDraft("Circuits courts")],
            partners=[PartnerDraft("Maillage", PartnerRole.LEAD)],
        ),
        programme=make_programme(),
        by=user,
        at=AT,
    )
    assert edition.slug == "couronne-sud-2011"
    assert edition.state == "planned"
    assert [(phase.kind, phase.deliverables) for phase in edition.phases.all()] == [
        ("mobilisation", "Un diagnostic"),
        ("events", ""),
        ("support", ""),
    ]
    assert [(theme.position, theme.name) for theme in edition.themes.all()] == [
        (1, "Mobilité"),
        (2, "Circuits courts"),
    ]
    assert [partner.name for partner in edition.partners.all()] == ["Maillage"]
    entry = Entry.objects.first()
    assert (entry.verb, entry.actor, entry.subject_label, entry.at) == ("plan", user, "Couronne Sud 2011", AT)


def test_two_editions_of_one_name_have_two_addresses():
    programme = make_programme()
    slugs = [plan_edition(draft(), programme=programme, by=None, at=AT).slug for _ in range(2)]
    assert slugs == ["couronne-sud-2011", "couronne-sud-2011-2"]


def test_one_territory_has_one_edition_at_a_time():
    programme, territory = make_programme(), make_territory(name="Couronne Sud")
    first = plan_edition(draft(territory=territory), programme=programme, by=None, at=AT)
    with pytest.raises(ValidationError) as refused:
        plan_edition(draft(territory=territory, name="Encore"), programme=programme, by=None, at=AT)
    assert "Couronne Sud 2011" in refused.value.messages[0]
    assert Edition.objects.count() == 1
    cancel_edition(first, by=None, at=AT)
    plan_edition(draft(territory=territory, name="Encore"), programme=programme, by=None, at=AT)
    with pytest.raises(ValidationError):
        replan_edition(first, by=None, at=AT)


def test_another_programme_may_work_on_the_same_territory():
    territory = make_territory()
    for _ in range(2):
        plan_edition(draft(territory=territory), programme=make_programme(), by=None, at=AT)
    assert Edition.objects.count() == 2


@pytest.mark.parametrize(
    "phases",
    [
        (replace(PHASES[0], starts_on=date(2010, 12, 31)), *PHASES[1:]),
        (replace(PHASES[0], starts_on=date(2011, 10, 1), ends_on=date(2011, 10, 2)), *PHASES[1:]),
        (replace(PHASES[0], starts_on=date(2011, 5, 1), ends_on=date(2011, 4, 1)), *PHASES[1:]),
    ],
)
def test_phases_stay_in_the_edition_and_in_order(phases):
    with pytest.raises(ValidationError):
        plan_edition(draft(phases=phases), programme=make_programme(), by=None, at=AT)
    assert Edition.objects.count() == 0


def test_revising_keeps_the_rows_it_names_and_drops_the_others():
    edition = make_edition()
    kept, _gone = make_theme(edition=edition), make_theme(edition=edition)
    partner = make_partner(edition=edition)
    revise_edition(
        edition,
        draft(
            territory=edition.territory,
            themes=[ThemeDraft("Nouveau"), ThemeDraft("Gardé", pk=kept.pk)],
            partners=[PartnerDraft("Autre nom", PartnerRole.FUNDER, pk=partner.pk)],
        ),
        by=make_user(),
        at=AT,
    )
    assert [(theme.name, theme.pk == kept.pk) for theme in edition.themes.all()] == [
        ("Nouveau", False),
        ("Gardé", True),
    ]
    partner.refresh_from_db()
    assert (partner.name, partner.role) == ("Autre nom", "funder")


def test_a_row_of_another_edition_is_out_of_reach():
    theirs = make_theme(name="À eux")
    edition = make_edition()
    revise_edition(
        edition,
        draft(territory=edition.territory, themes=[ThemeDraft("À nous", pk=theirs.pk)]),
        by=make_user(),
        at=AT,
    )
    theirs.refresh_from_db()
    assert theirs.name == "À eux"
    assert [theme.name for theme in edition.themes.all()] == ["À nous"]


def test_an_edition_lives_by_the_table_of_transitions():
    edition = make_edition()
    start_edition(edition, by=None, at=AT)
    complete_edition(edition, by=None, at=AT)
    edition.refresh_from_db()
    assert edition.state == "completed"
    for move in (start_edition, cancel_edition, replan_edition, complete_edition):
        with pytest.raises(ValidationError):
            move(edition, by=None, at=AT)
    assert list(Entry.objects.values_list("verb", flat=True)) == ["complete", "start"]


def test_an_edition_is_not_put_under_way_long_before_its_first_day():
    edition = make_edition(starts_on=date(2012, 1, 7), ends_on=date(2012, 12, 31))
    with pytest.raises(ValidationError, match=r"commence le 7 janvier 2012.*: .*à partir du 8 novembre 2011"):
        start_edition(edition, by=None, at=AT)
    start_edition(edition, by=None, at=AT + timedelta(days=1))
    assert edition.state == "running"


def test_objectives_follow_the_order_given():
    programme = create_programme(
        name="Création solidaire",
        territory=None,
        objectives=[ObjectiveDraft("Un"), ObjectiveDraft("Deux")],
        by=None,
        at=AT,
    )
    first, second = programme.objectives.all()
    revise_programme(
        programme,
        name="Création solidaire",
        territory=None,
        tagline="Des projets",
        description="",
        framework="",
        started_on=None,
        objectives=[ObjectiveDraft("Deux", pk=second.pk), ObjectiveDraft("Trois")],
        by=make_user(),
        at=AT,
    )
    assert programme.slug == "creation-solidaire"
    assert [(row.position, row.title) for row in programme.objectives.all()] == [(1, "Deux"), (2, "Trois")]
    assert not programme.objectives.filter(pk=first.pk).exists()


def test_a_role_is_given_to_someone_unknown_by_inviting():
    membership = grant_membership(
        programme=make_programme(),
        email="Elue@Example.org",
        name="Élue",
        role=Role.ELECTED_OFFICIAL,
        since=date(2011, 1, 1),
        by=make_user(),
        at=AT,
    )
    assert (membership.user.email, membership.user.name) == ("elue@example.org", "Élue")


def test_a_role_is_held_once_at_a_time():
    membership = make_membership()
    again = {
        "programme": membership.programme,
        "email": membership.user.email,
        "role": membership.role,
        "by": None,
        "at": AT,
    }
    with pytest.raises(ValidationError):
        grant_membership(**again, since=date(2011, 1, 1))
    end_membership(membership, on=date(2011, 6, 1), by=None, at=AT)
    assert membership.until == date(2011, 5, 31)
    grant_membership(**again, since=date(2011, 6, 1))
    assert (Membership.objects.count(), User.objects.count()) == (2, 1)


def test_a_role_ended_on_its_first_day_leaves_nothing():
    membership = make_membership(since=date(2011, 6, 1))
    end_membership(membership, on=date(2011, 6, 1), by=None, at=AT)
    assert Membership.objects.count() == 0


def test_an_erased_account_leaves_no_name_beside_its_roles():
    membership = grant_membership(
        programme=make_programme(),
        email="noa@example.org",
        name="Noa",
        role=Role.ADVISER,
        since=date(2011, 1, 1),
        by=None,
        at=AT,
    )
    pseudonym = erase_user(membership.user, by=membership.user, at=AT)
    granted = Entry.objects.get(verb="grant")
    assert granted.subject_label == f"{pseudonym}, conseiller ou conseillère"
    assert not Entry.objects.filter(subject_label__contains="Noa").exists()


def test_reversed_dates_of_a_role_are_refused():
    with pytest.raises(ValidationError):
        grant_membership(
            programme=make_programme(),
            email="a@example.org",
            role=Role.ADVISER,
            since=date(2011, 6, 1),
            until=date(2011, 5, 1),
            by=None,
            at=AT,
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
def test_of_two_plans_at_once_on_one_territory_one_is_refused():
    programme, territory = make_programme(), make_territory()
    start = Barrier(2)

    def plan(name):
        try:
            start.wait()
            plan_edition(draft(territory=territory, name=name), programme=programme, by=None, at=AT)
        except ValidationError:
            return "refused"
        else:
            return "planned"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(plan, ["Une", "Autre"])) == ["planned", "refused"]
    assert Edition.objects.count() == 1
