"""No page is changed by being read: neither with a secret address, nor by the team, nor by a mail scanner's HEAD."""

import pytest
from django.apps import apps

from creasol.programmes.tests.factories import make_programme
from tests import whole_gathering as gatherings
from tests import whole_occasion as places
from tests.roles import client_of, people_of
from tests.whole_gathering import make_whole_gathering
from tests.whole_occasion import addresses, make_whole

pytestmark = pytest.mark.django_db
TABLES = [model for model in apps.get_models() if model.__module__.startswith("creasol.")]
OF_CONTRIBUTIONS = """
/bureau/contributions/
/bureau/contributions/nouvelle/
/bureau/contributions/contributions.csv
/bureau/contributions/avec-contacts.csv
/bureau/contributions/{contribution}/
/bureau/contributions/{contribution}/besoin/
/bureau/contributions/{contribution}/nouveau-besoin/
/bureau/contributions/{contribution}/etat/
"""


def everything():
    """Return every row of every table of ours."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in TABLES}


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_changes_nothing(method):
    programme = make_programme()
    people = people_of(programme)
    over, ahead = make_whole_gathering(programme), make_whole(programme)
    read = addresses(" ".join([*places.EVERY, *gatherings.EVERY, OF_CONTRIBUTIONS]), over)
    read += addresses(" ".join(places.EVERY), ahead)
    visitors = [client_of(people[who]) for who in ("stranger", "coordinator", "administrator")]
    before = everything()
    statuses = set()
    for address in read:
        for visitor in visitors:
            statuses.add(getattr(visitor, method)(address).status_code)
        after = everything()
        changed = [label for label, rows in before.items() if rows != after[label]]
        assert not changed, f"{method} {address} changed {changed}"
    assert len(read) > 100
    assert statuses == {200, 302, 405}
