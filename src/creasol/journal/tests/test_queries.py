from datetime import UTC, datetime

import pytest

from creasol.accounts.models import User
from creasol.journal.actions import record
from creasol.journal.queries import site_version

pytestmark = pytest.mark.django_db


def test_the_version_changes_with_each_entry():
    user = User.objects.create_user("a@example.org")
    before = site_version()
    record("invite", user, by=None, at=datetime(2011, 11, 7, tzinfo=UTC))
    after = site_version()
    assert before == "0.0"
    assert before != after
    assert after == site_version()
