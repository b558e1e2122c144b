from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress

from creasol.accounts import queries, signals
from creasol.accounts.models import User

from .factories import make_user

pytestmark = pytest.mark.django_db

AT = datetime(2011, 11, 7, tzinfo=UTC)


def test_a_person_is_found_by_address_in_whatever_case():
    ada = make_user(email="ada@example.org")

    assert queries.user_by_email("ADA@example.org") == ada
    assert queries.user_by_email("eve@example.org") is None


def test_an_address_that_is_only_claimed_is_not_proven():
    user = make_user(email="ada@example.org")
    EmailAddress.objects.create(user=user, email="work@example.org", verified=True)
    EmailAddress.objects.create(user=user, email="eve@example.org")

    assert queries.proven_addresses_of(user) == ["ada@example.org", "work@example.org"]
    assert queries.addresses_of(user) == ["ada@example.org", "eve@example.org", "work@example.org"]


def test_a_person_takes_away_everything_the_apps_keep():
    user = make_user(email="ada@example.org", name="Ada", date_joined=AT)
    EmailAddress.objects.create(user=user, email="other@example.org")

    def tell(user, **kwargs):
        return {"bees": {"kept by": user.name}}

    signals.personal_data.connect(tell)
    exported = queries.export_user(user)

    assert exported["bees"] == {"kept by": "Ada"}
    assert exported["account"] == {
        "addresses": ["ada@example.org", "other@example.org"],
        "name": "Ada",
        "language": "fr",
        "joined_on": User.objects.get().date_joined.isoformat(),
        "last_sign_in": None,
        "second_factors": [],
    }
