"""An entry of the directory is merged into another: what it holds is held by the one that is kept, once."""

from datetime import UTC, datetime

import pytest

from creasol.accounts.tests.factories import make_user
from creasol.gatherings.queries.forum import workshops_of
from creasol.gatherings.queries.gatherings import gathering_page
from creasol.network.actions.merges import merge_organisations, part_organisations
from creasol.network.tests.factories import make_organisation

from .factories import make_gathering, make_host, make_workshop

pytestmark = pytest.mark.django_db
AT = datetime(2011, 11, 20, 9, tzinfo=UTC)


def holders(gathering) -> list[list[str]]:
    """Return who holds a gathering, then who holds each of its workshops."""
    whole = gathering_page(gathering.slug, None, at=AT).hosts
    parts = [workshop.hosts.all() for workshop in workshops_of(gathering)]
    return [sorted(host.organisation.name for host in hosts) for hosts in (whole, *parts)]


def test_who_is_merged_holds_nothing_twice_and_everything_again_when_it_is_undone():
    gathering, by = make_gathering(), make_user()
    kept, absorbed = make_organisation(name="Nasdac"), make_organisation(name="NASDAC asso")
    both, one = make_workshop(gathering=gathering), make_workshop(gathering=gathering)
    for organisation in (kept, absorbed):
        make_host(gathering=gathering, organisation=organisation)
        make_host(gathering=gathering, organisation=organisation, workshop=both)
    make_host(gathering=gathering, organisation=absorbed, workshop=one)
    before = holders(gathering)
    merge = merge_organisations(kept=kept, absorbed=absorbed, by=by, at=AT)
    assert holders(gathering) == [["Nasdac"]] * 3
    part_organisations(merge, by=by, at=AT)
    assert holders(gathering) == before
