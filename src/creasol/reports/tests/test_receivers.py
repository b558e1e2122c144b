import json

import pytest

from creasol.accounts.actions import erase_user
from creasol.accounts.queries import export_user
from creasol.journal.models import Entry
from creasol.network.tests.factories import make_organisation
from creasol.reports.actions.drafters import invite_drafter
from creasol.reports.actions.sections import write_section
from creasol.reports.models import Publication
from creasol.reports.outline import SectionDraft
from creasol.reports.queries.people import drafters_for
from creasol.reports.queries.publications import document_of

from .conftest import MONDAY, TUESDAY


@pytest.fixture
def samira(report, coordinator):
    user = invite_drafter(
        report,
        email="samira@example.org",
        name="Samira Haddad",
        organisation=make_organisation(name="Les Pieds verts"),
        by=coordinator,
        at=MONDAY,
    ).user
    draft = SectionDraft(title="En bref", text="Trois associations emploient ici.")
    write_section(report.sections.get(), draft, seen=1, by=user, at=MONDAY)
    return user


def test_a_person_gets_all_that_is_kept_of_what_was_written(report, samira):
    kept = export_user(samira)["diagnoses"]
    assert kept["invited"] == [
        {"diagnosis": report.title, "organisation": "Les Pieds verts", "since": MONDAY.isoformat()}
    ]
    assert [piece["text"] for piece in kept["wrote"]] == ["Trois associations emploient ici."]
    assert kept["read_through"] == []


def test_a_person_is_forgotten_and_what_was_published_is_still_the_same(report, samira, publish, coordinator):
    publish(report)
    digest = Publication.objects.get().digest
    pseudonym = erase_user(samira, by=None, at=TUESDAY)
    found = Publication.objects.get()
    assert (found.digest, found.is_intact) == (digest, True)
    assert "Samira" not in json.dumps(found.content)
    writers = document_of(found, "fr").sections[0].writers
    assert [(writer.name, writer.organisation) for writer in writers] == [
        (coordinator.name, report.edition.programme.name),
        (pseudonym, "Les Pieds verts"),
    ]
    assert [draft.name for draft in report.sections.get().drafts.all()] == [coordinator.name, pseudonym]
    assert not report.drafters.exists()
    assert Entry.objects.filter(verb="forget", subject_type="reports.report").count() == 1


def test_those_who_write_for_an_organisation_follow_it_into_a_merge(report, samira):
    organisation = report.drafters.get().organisation
    assert [drafter.user for drafter in drafters_for(organisation)] == [samira]


def test_the_pages_of_a_territory_its_edition_and_its_diagnosis_lead_to_what_is_published(
    report, publish, couronne, edition, client
):
    territory, pages = couronne.slug, []
    for _ in range(2):
        pages = [
            client.get(address).content.decode()
            for address in (
                f"/territoires/{territory}/",
                f"/editions/{edition.slug}/",
                f"/territoires/{territory}/diagnostic/",
            )
        ]
        if report.state != "published":
            assert [f"/diagnostics/{report.slug}/" in page for page in pages] == [False, False, False]
            publish(report)
    assert [f"/diagnostics/{report.slug}/" in page for page in pages] == [True, True, True]
    assert f"/territoires/{territory}/diagnostic/synthese.pdf" in pages[2]
