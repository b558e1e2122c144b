import doctest
from datetime import date

import pytest

from creasol.programmes import schedule
from creasol.programmes.enums import EditionState, PartnerRole, PhaseKind, Role
from creasol.programmes.queries.editions import edition_page, editions_around, editions_to_move
from creasol.programmes.queries.memberships import people
from creasol.programmes.queries.programmes import programme_page, programmes
from creasol.programmes.queries.proposals import next_edition
from creasol.programmes.queries.rotation import rotation
from creasol.programmes.rotation_map import rotation_map
from creasol.territories.tests.factories import make_commune, make_territory

from .factories import make_edition, make_membership, make_partner, make_phase, make_programme

pytestmark = pytest.mark.django_db


def parted(*names):
    """Return a programme whose territory has parts of these names."""
    whole = make_territory(name="Métropole")
    return make_programme(territory=whole), [make_territory(name=name, reference=whole) for name in names]


def turns(programme):
    return [(stop.territory.name, stop.turn.value) for stop in rotation(programme).stops]


def test_the_examples_of_the_schedule_hold():
    assert doctest.testmod(schedule).failed == 0


def test_the_rotation_goes_by_name_then_by_age():
    programme, (est, lys, weppes) = parted("Est", "Lys", "Weppes")
    assert turns(programme) == [("Est", "next"), ("Lys", "waiting"), ("Weppes", "waiting")]
    make_edition(programme=programme, territory=weppes, state=EditionState.COMPLETED)
    make_edition(programme=programme, territory=est, state=EditionState.RUNNING, starts_on=date(2011, 6, 1))
    make_edition(programme=programme, territory=lys, state=EditionState.CANCELLED, starts_on=date(2010, 6, 1))
    assert turns(programme) == [("Weppes", "completed"), ("Est", "running"), ("Lys", "next")]
    make_edition(
        programme=programme,
        territory=lys,
        state=EditionState.PLANNED,
        starts_on=date(2012, 1, 1),
        ends_on=date(2012, 12, 31),
    )
    assert turns(programme) == [("Weppes", "next"), ("Est", "running"), ("Lys", "planned")]
    assert rotation(programme).visited == 1


def test_the_rotation_takes_the_same_number_of_queries(django_assert_num_queries):
    programme, parts = parted("Est", "Lys", "Weppes")
    for part in parts:
        part.communes.add(make_commune())
        make_edition(programme=programme, territory=part)
    programme = programmes().get()
    with django_assert_num_queries(3):
        rotation(programme)


def test_the_map_of_the_rotation_shades_each_commune_by_its_turn():
    programme, (est, lys) = parted("Est", "Lys")
    est.communes.add(make_commune(name="Annappes", longitude=3.1))
    lys.communes.add(make_commune(name="Armentières", longitude=2.9))
    lys.communes.add(make_commune(name="Nulle part", longitude=None))
    make_edition(programme=programme, territory=est, state=EditionState.COMPLETED)
    drawn = rotation_map(rotation(programme))
    assert sorted((shape.label, shape.text, shape.css) for shape in drawn.shapes) == [
        ("Annappes", "Est, édition terminée", "map-circle map-class-6"),
        ("Armentières", "Lys, prochain tour", "map-circle map-class-2"),
    ]
    assert [item.text for item in drawn.legend] == ["édition terminée", "prochain tour"]
    assert drawn.missing == 1


def test_a_rotation_without_known_place_has_no_map():
    assert rotation_map(rotation(make_programme())) is None


def test_the_next_edition_is_proposed_on_the_next_territory_after_the_last_one():
    programme, (est, lys) = parted("Est", "Lys")
    make_edition(programme=programme, territory=est, ends_on=date(2012, 2, 15))
    proposal = next_edition(programme, on=date(2011, 11, 7))
    assert (proposal.territory, proposal.name) == (lys, "Lys 2012")
    assert (proposal.starts_on, proposal.ends_on) == (date(2012, 3, 1), date(2013, 2, 28))
    assert [(phase.kind.value, phase.starts_on, phase.ends_on) for phase in proposal.phases] == [
        ("mobilisation", date(2012, 3, 1), date(2012, 6, 30)),
        ("events", date(2012, 7, 1), date(2012, 9, 30)),
        ("support", date(2012, 10, 1), date(2013, 2, 28)),
    ]


def test_without_earlier_edition_the_next_one_starts_next_month():
    programme, _parts = parted("Est")
    proposal = next_edition(programme, on=date(2011, 12, 31))
    assert (proposal.starts_on, proposal.ends_on) == (date(2012, 1, 1), date(2012, 12, 31))


def test_an_edition_knows_where_a_day_stands_in_its_phases(django_assert_num_queries):
    edition = make_edition()
    edition.territory.communes.add(make_commune(population=100), make_commune(population=None))
    make_phase(
        edition=edition,
        kind=PhaseKind.EVENTS,
        starts_on=date(2011, 9, 1),
        ends_on=date(2011, 11, 30),
        deliverables=" Trois soirées \n\nUn forum",
    )
    make_phase(
        edition=edition, kind=PhaseKind.MOBILISATION, starts_on=date(2011, 1, 1), ends_on=date(2011, 8, 31)
    )
    make_partner(edition=edition, name="Ville", role=PartnerRole.LOCAL_AUTHORITY)
    make_partner(edition=edition, name="Maillage", role=PartnerRole.LEAD)
    with django_assert_num_queries(5):
        page = edition_page(edition.slug, on=date(2011, 11, 7))
    assert [(stage.state, stage.items) for stage in page.stages] == [
        ("past", ()),
        ("current", ("Trois soirées", "Un forum")),
    ]
    assert page.current_stage == page.stages[1]
    assert [partner.name for partner in page.partners] == ["Maillage", "Ville"]
    assert page.population == 100


def test_a_programme_sorts_its_editions_by_state():
    programme = make_programme()
    states = {
        state: make_edition(programme=programme, state=state, territory=make_territory())
        for state in EditionState
    }
    page = programme_page(programme.slug)
    assert (page.running, page.planned, page.completed) == (
        (states["running"],),
        (states["planned"],),
        (states["completed"],),
    )


def test_editions_behind_their_dates_wait_for_someone():
    late_start = make_edition(starts_on=date(2011, 3, 1))
    late_end = make_edition(state=EditionState.RUNNING, ends_on=date(2011, 11, 6))
    make_edition(starts_on=date(2011, 11, 8))
    make_edition(state=EditionState.RUNNING, ends_on=date(2011, 11, 7))
    make_edition(state=EditionState.COMPLETED)
    assert list(editions_to_move(on=date(2011, 11, 7))) == [late_end, late_start]


def test_a_commune_knows_the_editions_around_it():
    commune = make_commune()
    around = make_edition(territory=make_territory(communes=[commune]))
    make_edition(territory=around.territory, state=EditionState.CANCELLED, programme=make_programme())
    make_edition()
    assert list(editions_around(commune)) == [around]


def test_people_are_listed_with_what_they_hold():
    programme = make_programme()
    coordinator = make_membership(programme=programme)
    adviser = make_membership(programme=programme, user=coordinator.user, role=Role.ADVISER)
    make_membership(programme=programme, until=date(2011, 1, 1))
    make_membership()
    found = people(programmes().filter(pk=programme.pk), on=date(2011, 11, 7))
    assert [(person.user, person.memberships) for person in found] == [
        (coordinator.user, (adviser, coordinator))
    ]
