import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creasol.accounts.tests.factories import make_user

from .factories import make_entry

pytestmark = pytest.mark.django_db

JOURNAL = "/bureau/journal/"


@pytest.fixture
def administrator(client):
    client.force_login(make_user(is_administrator=True))
    return client


def test_the_journal_is_for_who_runs_the_programme(client):
    assert client.get(JOURNAL).status_code == 302
    client.force_login(make_user())
    assert client.get(JOURNAL).status_code == 403


def test_the_journal_shows_and_filters(administrator):
    make_entry(verb="plan", subject_label="Couronne Sud", actor=make_user(name="Ada"))
    make_entry(verb="complete", subject_label="Weppes", actor_label="compte effacé 12ab")

    everything = administrator.get(JOURNAL)
    filtered = administrator.get(JOURNAL, {"verb": "plan"})
    nonsense = administrator.get(JOURNAL, {"verb": "explode", "actor": "x"})

    assert [entry.subject_label for entry in everything.context["page"]] == ["Weppes", "Couronne Sud"]
    assert "compte effacé 12ab" in everything.content.decode()
    assert [entry.subject_label for entry in filtered.context["page"]] == ["Couronne Sud"]
    assert nonsense.status_code == 200


def test_the_journal_has_pages(administrator):
    for _ in range(51):
        make_entry()

    assert len(administrator.get(JOURNAL).context["page"]) == 50
    assert len(administrator.get(JOURNAL, {"page": "2"}).context["page"]) == 1


def test_the_journal_takes_the_same_number_of_queries_for_one_and_three_entries(administrator):
    def count():
        with CaptureQueriesContext(connection) as queries:
            administrator.get(JOURNAL)
        return len(queries)

    make_entry(actor=make_user())
    one = count()
    make_entry(actor=make_user())
    make_entry(actor=make_user())

    assert count() == one
