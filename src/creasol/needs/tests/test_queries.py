import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creasol.accounts.tests.factories import make_user
from creasol.needs.enums import NeedState
from creasol.needs.models import Need
from creasol.needs.queries import needs as queries
from creasol.programmes.enums import Role
from creasol.programmes.tests.factories import make_membership, make_theme
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import make_author, make_evidence, make_need, make_step

pytestmark = pytest.mark.django_db


def statements(needs):
    return [need.statement for need in needs]


def test_a_candidate_is_seen_by_the_staff_and_its_authors_only():
    candidate, shared = make_need(), make_need(state=NeedState.SHARED)
    author, stranger = make_author(need=candidate, user=make_user()).user, make_user()
    adviser = make_membership(role=Role.ADVISER).user
    elected = make_membership(role=Role.ELECTED_OFFICIAL).user
    seen = {
        name: set(queries.needs_visible_to(user))
        for name, user in {
            "nobody": None,
            "anonymous": AnonymousUser(),
            "stranger": stranger,
            "elected": elected,
            "author": author,
            "staff": adviser,
        }.items()
    }
    assert seen == {
        "nobody": {shared},
        "anonymous": {shared},
        "stranger": {shared},
        "elected": {shared},
        "author": {candidate, shared},
        "staff": {candidate, shared},
    }


@pytest.mark.parametrize("state", list(NeedState))
def test_the_list_and_the_rule_of_one_need_agree(state):
    need = make_need(state=state)
    author = make_author(need=need, user=make_user()).user
    for user in (AnonymousUser(), make_user(), author, make_membership(role=Role.ADVISER).user):
        listed = queries.needs_visible_to(user).filter(pk=need.pk).exists()
        assert listed == (
            user.has_perm("needs.see_need", need) if user.is_authenticated else state != NeedState.CANDIDATE
        )


def test_what_waits_comes_first_and_what_is_over_last():
    for state in NeedState:
        make_need(state=state, statement=state)
    assert statements(queries.in_list_order(Need.objects.all())) == [
        "candidate",
        "addressed",
        "shared",
        "covered",
        "set-aside",
    ]


def test_the_list_is_narrowed_and_says_by_what():
    theme = make_theme(name="Alimentation")
    here = theme.edition.territory
    food = make_need(territory=here, theme=theme, edition=theme.edition, state=NeedState.SHARED)
    covered = make_need(territory=here, state=NeedState.COVERED)
    elsewhere = make_need(state=NeedState.SHARED)
    make_need(territory=here)
    found = queries.need_list(None)
    assert set(found.needs) == {food, covered, elsewhere}
    assert (found.filtered, found.states, found.themes) == (
        False,
        (NeedState.SHARED, NeedState.COVERED),
        (theme,),
    )
    assert set(found.territories) == {here, elsewhere.territory}
    assert set(queries.need_list(None, territory=here.slug).needs) == {food, covered}
    assert set(queries.need_list(None, theme=str(theme.pk)).needs) == {food}
    assert set(queries.need_list(None, territory=here.slug, state="covered").needs) == {covered}
    unknown = queries.need_list(None, territory="nulle-part", theme="x", state="candidate")
    assert (set(unknown.needs), unknown.filtered) == ({food, covered, elsewhere}, False)


def test_the_list_takes_the_same_number_of_queries_for_more_rows():
    counts = []
    for rows in (1, 3):
        for _ in range(rows):
            make_evidence(need=make_author(need=make_need(state=NeedState.SHARED)).need)
        with CaptureQueriesContext(connection) as counted:
            found = queries.need_list(None)
            assert all(need.evidence.all() and need.authors.all() for need in found.needs)
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_needs_are_found_by_what_they_are_about():
    figure = make_evidence(measure="D502")
    territory = figure.need.territory
    assert queries.need_about(territory, "D502") == figure.need
    assert queries.need_about(territory, "D501") is None
    assert queries.need_about(make_territory(), "D502") is None
    assert queries.needs_by_measure(territory) == {}
    adviser = make_membership(role=Role.ADVISER).user
    assert queries.needs_by_measure(territory, adviser) == {"D502": figure.need}
    Need.objects.update(state=NeedState.SHARED)
    assert queries.needs_by_measure(territory) == {"D502": figure.need}


def test_the_needs_of_a_place():
    seclin = make_commune()
    here = make_territory(communes=[seclin])
    need = make_need(territory=here, state=NeedState.SHARED)
    make_need(territory=here)
    theme = make_theme()
    worked = make_need(territory=theme.edition.territory, edition=theme.edition, state=NeedState.ADDRESSED)
    assert list(queries.needs_of_territory(here)) == [need]
    assert list(queries.needs_around(seclin)) == [need]
    assert list(queries.needs_of_edition(theme.edition)) == [worked]


def test_the_page_of_a_need_has_everything_in_few_queries(django_assert_num_queries):
    need = make_need(slug="creche", state=NeedState.SHARED)
    figures = [make_evidence(need=need), make_evidence(need=need)]
    author = make_author(need=need)
    steps = [make_step(need=need), make_step(need=need, state=NeedState.SHARED)]
    with django_assert_num_queries(5):
        page = queries.need_page("creche", None)
    assert (page.need, page.evidence, page.authors, page.steps) == (
        need,
        tuple(figures),
        (author,),
        tuple(steps),
    )
    with pytest.raises(Need.DoesNotExist):
        queries.need_page(make_need().slug, None)


def test_the_ways_open_to_a_need():
    assert queries.allowed_states(make_need()) == (NeedState.SHARED, NeedState.SET_ASIDE)
    assert queries.allowed_states(make_need(state=NeedState.ADDRESSED)) == (
        NeedState.COVERED,
        NeedState.SHARED,
        NeedState.SET_ASIDE,
    )
