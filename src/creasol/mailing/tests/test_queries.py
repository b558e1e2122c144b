from datetime import timedelta

import pytest

from creasol.jobs.actions import greet_worker
from creasol.mailing import queries

from .factories import NOW, make_message

pytestmark = pytest.mark.django_db


def test_mails_are_late_without_a_worker():
    assert queries.delivery_is_late(at=NOW) is True

    greet_worker(name="w", at=NOW)

    assert queries.delivery_is_late(at=NOW + timedelta(seconds=59)) is False
    assert queries.delivery_is_late(at=NOW + timedelta(seconds=60)) is True


def test_mails_are_late_while_the_server_refuses_them():
    greet_worker(name="w", at=NOW)
    make_message()
    make_message(state="failed", attempts=9)
    assert queries.delivery_is_late(at=NOW) is False

    make_message(attempts=1)
    assert queries.delivery_is_late(at=NOW) is True


def test_the_outbox_counts_every_state():
    make_message()
    make_message(state="sent")
    make_message(state="sent")

    assert queries.outbox().counts == {"queued": 1, "sending": 0, "sent": 2, "failed": 0}
