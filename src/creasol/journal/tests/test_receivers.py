from datetime import UTC, datetime

import pytest

from creasol.accounts import actions as accounts
from creasol.accounts.queries import export_user
from creasol.accounts.tests.factories import make_user
from creasol.jobs import actions as jobs
from creasol.jobs.tests.factories import make_job
from creasol.journal.models import Entry

from .factories import make_entry

pytestmark = pytest.mark.django_db

AT = datetime(2011, 11, 7, tzinfo=UTC)


def test_what_happens_to_accounts_and_jobs_is_written_down():
    administrator = make_user(is_administrator=True)
    user = accounts.invite_user(email="ada@example.org", name="Ada", by=administrator, at=AT)
    accounts.rename_user(user, name="Ada L.", language="en", by=user, at=AT)
    accounts.deactivate_user(user, by=administrator, at=AT)
    accounts.reactivate_user(user, by=administrator, at=AT)
    jobs.retry_job(make_job(state="failed"), by=administrator, at=AT)

    assert [(entry.verb, entry.subject_label, entry.actor) for entry in Entry.objects.order_by("id")] == [
        ("invite", "Ada", administrator),
        ("rename", "Ada L.", user),
        ("deactivate", "Ada L.", administrator),
        ("reactivate", "Ada L.", administrator),
        ("retry", "creasol.jobs.tests.sample_tasks.add", administrator),
    ]


def test_a_person_takes_away_what_was_written_down():
    ada, eve = make_user(name="Ada"), make_user()
    make_entry(actor=ada, verb="plan", subject_label="Couronne Sud", at=AT)
    make_entry(actor=eve)
    make_entry(
        actor=eve,
        verb="rename",
        subject_type="accounts.user",
        subject_id=str(ada.pk),
        subject_label="Ada",
        at=AT,
    )

    assert export_user(ada)["journal"] == [
        {"at": "2011-11-07T00:00:00+00:00", "verb": "plan", "subject": "programmes.edition Couronne Sud"},
        {"at": "2011-11-07T00:00:00+00:00", "verb": "rename", "subject": "accounts.user Ada"},
    ]


def test_the_journal_remembers_an_erased_person_by_a_pseudonym_only():
    make_user(is_administrator=True)
    ada, eve = make_user(name="Ada", email="ada@example.org"), make_user(name="Eve")
    done = make_entry(actor=ada)
    undergone = make_entry(
        actor=eve,
        subject_type="accounts.user",
        subject_id=str(ada.pk),
        subject_label="Ada",
        details={"former": "Ada B."},
    )

    pseudonym = accounts.erase_user(ada, by=ada, at=AT)

    done.refresh_from_db()
    undergone.refresh_from_db()
    last = Entry.objects.first()
    assert pseudonym.startswith("compte effacé ")
    assert (done.actor, done.actor_label, done.subject_label) == (None, pseudonym, "Couronne Sud")
    assert (undergone.actor, undergone.subject_label, undergone.details) == (eve, pseudonym, {})
    assert (last.verb, last.actor, last.actor_label, last.subject_label) == (
        "erase",
        None,
        pseudonym,
        pseudonym,
    )
    everything = str(list(Entry.objects.values()))
    assert "Ada" not in everything
    assert "ada@example.org" not in everything
