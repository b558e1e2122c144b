import pytest

from creasol.diagnosis.queries.memory import remembered
from creasol.diagnosis.queries.scopes import Scope
from creasol.territories.tests.factories import make_territory

pytestmark = pytest.mark.django_db


def test_a_region_of_many_parts_is_added_up_once_at_each_version():
    scope = Scope(territory=make_territory())
    about = ("standing", *range(100, 300))
    assert remembered("1.1", scope, about, lambda: 216) == 216
    assert remembered("1.1", scope, about, lambda: 0) == 216
    assert remembered("2.2", scope, about, lambda: 217) == 217
