from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from creasol.accounts.tests.factories import make_user
from creasol.network.tests.factories import make_organisation
from creasol.reports.actions.drafters import invite_drafter, remove_drafter
from creasol.reports.actions.sections import (
    WrittenMeanwhileError,
    add_section,
    move_section,
    remove_section,
    restore_section,
    write_section,
)
from creasol.reports.document.schema import Writer
from creasol.reports.models import Draft
from creasol.reports.outline import SectionDraft
from creasol.reports.queries.sections import history, sections_of, writers_of

from .conftest import MONDAY, TUESDAY
from .factories import make_report, make_section


def said(section):
    section.refresh_from_db()
    return section.title, section.text, section.indicators


def test_every_change_is_kept_with_who_wrote_it_and_for_whom(report, coordinator):
    organisation = make_organisation(name="Les Pieds verts")
    samira = invite_drafter(
        report,
        email="samira@example.org",
        name="Samira Haddad",
        organisation=organisation,
        by=coordinator,
        at=MONDAY,
    ).user
    section = report.sections.get()
    draft = SectionDraft(
        title="En bref", text="Deux associations emploient à Seclin.", indicators=("population",)
    )
    write_section(section, draft, seen=1, by=samira, at=TUESDAY)
    assert said(section) == ("En bref", "Deux associations emploient à Seclin.", ["population"])
    latest, first = history(section)
    assert (latest.draft.name, latest.draft.organisation_name) == ("Samira Haddad", "Les Pieds verts")
    assert (latest.added, latest.removed) == (("population",), ("ess_establishments",))
    assert [(piece.kind, piece.text) for piece in latest.text] == [
        ("kept", "Deux associations emploient "),
        ("removed", "ici"),
        ("added", "à Seclin"),
        ("kept", "."),
    ]
    assert first.draft.by == coordinator
    assert writers_of(report) == {
        section.pk: (
            Writer(name=coordinator.name, organisation=report.edition.programme.name),
            Writer(name="Samira Haddad", organisation="Les Pieds verts"),
        )
    }


def test_whoever_changed_a_title_alone_has_not_written_the_text(report):
    section = report.sections.get()
    draft = SectionDraft(title="Tout en bref", text=section.text, indicators=tuple(section.indicators))
    write_section(section, draft, seen=1, by=make_user(name="Anne"), at=TUESDAY)
    assert len(writers_of(report)[section.pk]) == 1


def test_what_says_the_same_is_no_change(report, coordinator):
    section = report.sections.get()
    draft = SectionDraft(title=section.title, text=section.text, indicators=tuple(section.indicators))
    write_section(section, draft, seen=0, by=coordinator, at=TUESDAY)
    assert section.drafts.count() == 1


def test_the_second_of_two_who_write_at_once_gets_both_texts(report, coordinator):
    section = report.sections.get()
    anne = make_user(name="Anne")
    write_section(section, SectionDraft(title="En bref", text="Anne."), seen=1, by=anne, at=MONDAY)
    with pytest.raises(WrittenMeanwhileError) as refusal:
        write_section(
            section, SectionDraft(title="En bref", text="Paul."), seen=1, by=coordinator, at=TUESDAY
        )
    assert (refusal.value.latest.text, refusal.value.latest.name) == ("Anne.", "Anne")
    assert said(section)[1] == "Anne."
    write_section(
        section, SectionDraft(title="En bref", text="Anne. Paul."), seen=2, by=coordinator, at=TUESDAY
    )
    assert [draft.text for draft in section.drafts.all()] == [
        "Deux associations emploient ici.",
        "Anne.",
        "Anne. Paul.",
    ]


@pytest.mark.django_db(transaction=True)
def test_of_people_writing_at_the_very_same_time_one_is_taken_and_none_is_lost():
    if connection.vendor != "postgresql":
        pytest.skip("several connections write at once on PostgreSQL")
    section = make_section(report=make_report())
    writers = [make_user() for _ in range(6)]
    start = Barrier(len(writers))
    answers = []

    def write(user):
        start.wait()
        draft = SectionDraft(title="Partie", text=f"Texte de {user.name}")
        try:
            write_section(section, draft, seen=0, by=user, at=TUESDAY)
            answers.append("written")
        except WrittenMeanwhileError as error:
            answers.append(error.latest.text)
        finally:
            connections.close_all()

    threads = [Thread(target=write, args=(user,)) for user in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    text = said(section)[1]
    assert sorted(answers) == sorted(["written", *[text] * 5])
    assert [(draft.number, draft.text) for draft in Draft.objects.all()] == [(1, text)]


def test_parts_change_places(report, coordinator):
    for title in ("Les habitants", "Ce qui manque"):
        add_section(report, SectionDraft(title=title), by=coordinator, at=MONDAY)
    first, second, third = sections_of(report)
    move_section(third, up=True, by=coordinator, at=MONDAY)
    assert [section.title for section in sections_of(report)] == ["En bref", "Ce qui manque", "Les habitants"]
    move_section(first, up=True, by=coordinator, at=MONDAY)
    move_section(first, up=False, by=coordinator, at=MONDAY)
    move_section(second, up=False, by=coordinator, at=MONDAY)
    assert [section.title for section in sections_of(report)] == ["Ce qui manque", "En bref", "Les habitants"]


def test_a_part_taken_out_is_put_back_with_all_that_was_written(report, coordinator):
    section = report.sections.get()
    add_section(report, SectionDraft(title="La suite"), by=coordinator, at=MONDAY)
    remove_section(section, by=coordinator, at=TUESDAY)
    assert [one.title for one in sections_of(report)] == ["La suite"]
    assert writers_of(report) == {sections_of(report)[0].pk: ()}
    restore_section(section, by=coordinator, at=TUESDAY)
    assert [one.title for one in sections_of(report)] == ["La suite", "En bref"]
    assert section.drafts.count() == 1


def test_a_part_has_a_title(report, coordinator):
    with pytest.raises(ValidationError, match="title"):
        add_section(report, SectionDraft(title=""), by=coordinator, at=MONDAY)


def test_whoever_writes_no_more_stays_the_author_of_what_was_written(report, coordinator):
    drafter = invite_drafter(report, email="anne@example.org", name="Anne", by=coordinator, at=MONDAY)
    section = report.sections.get()
    write_section(section, SectionDraft(title="En bref", text="Anne."), seen=1, by=drafter.user, at=TUESDAY)
    remove_drafter(drafter, by=coordinator, at=TUESDAY)
    assert [writer.name for writer in writers_of(report)[section.pk]] == [coordinator.name, "Anne"]
    assert not report.drafters.exists()


def test_an_address_never_stands_for_a_name(report):
    section = report.sections.get()
    nameless = make_user(name="")
    write_section(section, SectionDraft(title="En bref", text="Autre."), seen=1, by=nameless, at=TUESDAY)
    assert nameless.email not in section.drafts.get(number=2).name


def test_a_part_taken_out_meanwhile_stays_where_it_is(report, coordinator):
    section = report.sections.get()
    remove_section(section, by=coordinator, at=MONDAY)
    move_section(section, up=True, by=coordinator, at=MONDAY)
    section.refresh_from_db()
    assert (section.position, section.removed_at) == (1, MONDAY)
