"""What people said: what everyone reads of it, who settles it, and when the names go."""

from datetime import timedelta

import pytest
from django.db import connection

from creasol.accounts.actions import erase_user
from creasol.accounts.queries import export_user
from creasol.accounts.tests.factories import make_user
from creasol.needs import actions
from creasol.needs.enums import ContributionKind, ContributionState, NeedState
from creasol.needs.models import Contribution
from creasol.needs.queries.contributions import (
    contribution_list,
    contributions_visible_to,
    origins_of,
    told,
    unsettled,
)
from creasol.needs.tasks import forget_old_contacts
from creasol.network.tests.factories import make_organisation
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_edition, make_membership

from .factories import AT, make_contribution, make_need
from .test_contributions import LATER, SECRET, note, verbs

pytestmark = pytest.mark.django_db


# What everyone reads


def test_everyone_reads_no_more_than_the_author_agreed_to():
    need = make_need(state=NeedState.SHARED)
    said = make_contribution(
        need=need,
        state=ContributionState.SUPPORTS,
        reason="Rappelée",
        **SECRET,
        organisation=make_organisation(name="AMAP"),
        name_may_be_shown=True,
        may_be_contacted=True,
    )
    hidden = told(said)
    assert (hidden.words, hidden.author, hidden.reason, hidden.need) == ("", "", "", need)
    said.may_be_shown = True
    shown = told(said)
    assert (shown.author, shown.reason) == ("Yasmina Benali, AMAP", "Rappelée")
    assert shown.words.startswith("Il manque une garde")
    said.name_may_be_shown = False
    assert told(said).author == ""
    need.state = NeedState.CANDIDATE
    assert told(said).need is None


def test_a_need_tells_where_it_comes_from_in_few_queries(django_assert_num_queries):
    need = make_need()
    for number in range(4):
        make_contribution(
            need=need, words=f"Mots {number}", may_be_shown=True, organisation=make_organisation()
        )
    connection.ensure_connection()
    with django_assert_num_queries(2):
        assert [said.words for said in origins_of(need)] == ["Mots 0", "Mots 1", "Mots 2", "Mots 3"]


# Who settles what


def test_the_staff_of_a_programme_settles_what_was_said_there():
    here, elsewhere = make_edition(), make_edition()
    said = make_contribution(territory=here.territory, edition=here)
    there = make_contribution(territory=elsewhere.territory, edition=elsewhere)
    nowhere = make_contribution()
    everyone = {
        "administrator": make_user(is_administrator=True),
        "coordinator": make_membership(programme=here.programme, role=Role.COORDINATOR).user,
        "adviser": make_membership(programme=here.programme, role=Role.ADVISER).user,
        "elsewhere": make_membership(programme=elsewhere.programme, role=Role.COORDINATOR).user,
        "elected": make_membership(programme=here.programme, role=Role.ELECTED_OFFICIAL).user,
        "member": make_user(),
    }
    assert {who: set(contributions_visible_to(user)) for who, user in everyone.items()} == {
        "administrator": {said, there, nowhere},
        "coordinator": {said, nowhere},
        "adviser": {said, nowhere},
        "elsewhere": {there, nowhere},
        "elected": set(),
        "member": set(),
    }
    for user in everyone.values():
        allowed = {one for one in (said, there, nowhere) if user.has_perm("needs.settle_contribution", one)}
        assert allowed == set(contributions_visible_to(user))
    assert {who for who, user in everyone.items() if user.has_perm("needs.export_contacts", said)} == {
        "administrator",
        "coordinator",
    }


def test_what_waits_comes_first_and_the_list_is_narrowed():
    user = make_user(is_administrator=True)
    settled = make_contribution(state=ContributionState.FOLLOWED, noted_at=LATER)
    old = make_contribution(kind=ContributionKind.IDEA)
    new = make_contribution(noted_at=LATER)
    assert list(contribution_list(user).contributions) == [new, old, settled]
    assert list(unsettled(user)) == [old, new]
    found = contribution_list(user, kind="idea", state="noted", territory=old.territory.slug)
    assert (list(found.contributions), found.filtered) == ([old], True)
    unknown = contribution_list(user, kind="x", state="\0", territory="nulle-part")
    assert (unknown.contributions.count(), unknown.filtered) == (3, False)


# Forgotten


def test_names_and_contacts_are_erased_after_two_years():
    old = note(**SECRET, may_be_shown=True, name_may_be_shown=True, may_be_contacted=True)
    example = make_contribution(**SECRET, is_example=True)
    assert actions.anonymise_contributions(at=AT + timedelta(days=729)) == 0
    assert actions.anonymise_contributions(at=AT + timedelta(days=730)) == 1
    assert actions.anonymise_contributions(at=AT + timedelta(days=731)) == 0
    old.refresh_from_db()
    assert (old.name, old.email, old.phone, old.name_may_be_shown, old.may_be_contacted) == (
        "",
        "",
        "",
        False,
        False,
    )
    assert (old.words, old.may_be_shown) == ("Rien pour se garder le soir", True)
    assert verbs(old) == ["note", "erase"]
    example.refresh_from_db()
    assert example.name == "Yasmina Benali"


def test_the_daily_task_erases_what_is_old():
    note(**SECRET, may_be_contacted=True)
    forget_old_contacts.call()
    assert Contribution.objects.get().email == ""


def test_a_person_reads_and_erases_what_was_left_under_the_own_address():
    user = make_user(email="yasmina@exemple.fr")
    own = note(**SECRET | {"email": "Yasmina@Exemple.fr"}, may_be_contacted=True, may_be_shown=True)
    other = note(**SECRET | {"email": "autre@exemple.fr"}, may_be_contacted=True)
    (section,) = export_user(user)["contributions"]
    assert (section["words"], section["phone"], section["may_be_contacted"]) == (
        "Rien pour se garder le soir",
        "06 01 02 03 04",
        True,
    )
    erase_user(user, by=None, at=LATER)
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.name, own.email, own.phone, own.words) == ("", "", "", "Rien pour se garder le soir")
    assert other.email == "autre@exemple.fr"
