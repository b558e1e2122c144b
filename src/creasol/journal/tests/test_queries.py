import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connections, transaction

from creasol.accounts.tests.factories import make_user
from creasol.journal import queries
from creasol.journal.actions import record
from creasol.journal.queries import site_version

from .factories import make_entry

AT = datetime(2011, 11, 7, tzinfo=UTC)


@pytest.mark.django_db
def test_the_version_changes_with_each_entry():
    before = site_version()
    record("invite", make_user(), by=None, at=AT)
    after = site_version()

    assert before == "0.0"
    assert before != after
    assert after == site_version()


@pytest.mark.django_db
def test_a_deed_is_written_down_with_what_it_was_done_to():
    coordinator, subject = make_user(), make_user(name="Ada")

    entry = record("rename", subject, by=coordinator, at=AT, former="Eve")

    assert (entry.verb, entry.actor, entry.at) == ("rename", coordinator, AT)
    assert (entry.subject_type, entry.subject_id, entry.subject_label) == (
        "accounts.user",
        str(subject.pk),
        "Ada",
    )
    assert entry.details == {"former": "Eve"}


@pytest.mark.django_db
def test_entries_are_found_by_verb_kind_person_and_words():
    ada = make_user()
    plan = make_entry(verb="plan", actor=ada)
    rename = make_entry(verb="rename", subject_type="accounts.user", subject_label="Eve")

    assert list(queries.entries()) == [rename, plan]
    assert list(queries.entries(verb="plan")) == [plan]
    assert list(queries.entries(subject_type="accounts.user")) == [rename]
    assert list(queries.entries(actor=ada)) == [plan]
    assert list(queries.entries(words="couronne")) == [plan]
    assert list(queries.entries(verb="plan", words="eve")) == []


@pytest.mark.django_db
def test_the_filter_offers_what_was_met():
    ada = make_user()
    make_user()
    make_entry(verb="rename", subject_type="accounts.user", actor=ada)
    make_entry(verb="plan", subject_type="gone.thing")
    make_entry(verb="plan", subject_type="gone.thing")

    assert queries.verbs() == [("rename", "changement de nom ou de langue"), ("plan", "planification")]
    assert queries.subject_types() == [("accounts.user", "compte"), ("gone.thing", "gone.thing")]
    assert list(queries.actors()) == [ada]


@pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="writes commit in order on SQLite"
)
@pytest.mark.django_db(transaction=True)
def test_the_version_changes_when_a_lower_number_is_committed_late():
    written, may_commit = threading.Event(), threading.Event()

    def slow_writer():
        try:
            with transaction.atomic():
                entry = make_entry(verb="slow")
                written.set()
                may_commit.wait(10)
            return entry.pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(slow_writer)
        written.wait(10)
        fast = make_entry(verb="fast")
        between = site_version()
        may_commit.set()
        slow_number = slow.result()
    after = site_version()

    assert slow_number < fast.pk
    assert between == f"{fast.pk}.1"
    assert after == f"{fast.pk}.2"
