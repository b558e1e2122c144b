import pytest
from django.core.exceptions import ValidationError

from creasol.diagnosis.enums import Source
from creasol.diagnosis.tests.factories import make_dataset, make_establishment, make_observation
from creasol.reports.actions.publications import proofread, publish_report
from creasol.reports.actions.reports import correct_report, return_to_drafting, send_to_proofreading
from creasol.reports.actions.sections import add_section, write_section
from creasol.reports.models import FrozenError, Publication
from creasol.reports.outline import SectionDraft
from creasol.reports.queries.publications import document_of, newest_publication, published_reports

from .conftest import MONDAY, TUESDAY


def test_a_publication_holds_the_text_the_figures_and_their_vintages(report, publish, coordinator):
    found = publish(report)
    document = document_of(found, "fr")
    assert (document.title, document.version, document.edition) == (
        "Diagnostic de Couronne Sud",
        1,
        "Couronne Sud 2026",
    )
    assert [section.text for section in document.sections] == ["Deux associations emploient ici."]
    assert [writer.name for writer in document.sections[0].writers] == [coordinator.name]
    figure = document.figures["ess_establishments"]
    assert (figure.value, figure.vintage) == (2, "2026-01")
    assert document_of(found, "en").figures["population"].text == "12,000"
    assert found.is_intact
    assert list(published_reports()) == [report]


def test_a_later_import_changes_nothing_in_a_publication(report, publish, seclin, couronne):
    publish(report)
    before = newest_publication(report.slug)
    content, digest = before.content, before.digest
    register = make_dataset(Source.SIRENE, vintage="2027-01")
    for _ in range(5):
        make_establishment(register, seclin)
    make_observation(make_dataset(Source.POPULATIONS, vintage="2024"), seclin, 99_000)
    couronne.name = "Autre nom"
    couronne.save()
    after = newest_publication(report.slug)
    assert (after.content, after.digest, after.is_intact) == (content, digest, True)
    assert document_of(after, "fr").place.name == "Couronne Sud"


def test_nothing_writes_in_a_publication(report, publish):
    found = publish(report)
    found.reason = "autre"
    with pytest.raises(FrozenError):
        found.save()
    with pytest.raises(FrozenError):
        found.delete()
    with pytest.raises(FrozenError):
        Publication.objects.update(reason="autre")
    with pytest.raises(FrozenError):
        Publication.objects.all().delete()
    with pytest.raises(FrozenError):
        found.redact(found.content | {"fr": found.content["fr"] | {"title": "Autre titre"}})
    assert Publication.objects.get().reason == ""


def test_whatever_is_changed_shows_in_the_fingerprint(report, publish):
    found = publish(report)
    found.content["fr"]["blocks"][0]["figures"][0]["value"] = 5
    assert not found.is_intact


def test_the_fingerprint_does_not_depend_on_how_a_database_keeps_it(report, publish):
    publish(report)
    assert Publication.objects.get().is_intact


def test_nothing_is_published_before_somebody_agrees(report, coordinator):
    with pytest.raises(ValidationError):
        publish_report(report, by=coordinator, at=MONDAY)
    send_to_proofreading(report, by=coordinator, at=MONDAY)
    proofread(report, agrees=False, remark="Il manque Seclin.", by=coordinator, at=MONDAY)
    with pytest.raises(ValidationError):
        publish_report(report, by=coordinator, at=MONDAY)
    with pytest.raises(ValidationError, match="remark"):
        proofread(report, agrees=False, by=coordinator, at=MONDAY)
    assert not Publication.objects.exists()


def test_an_agreement_is_with_what_was_read(report, coordinator):
    send_to_proofreading(report, by=coordinator, at=MONDAY)
    proofread(report, agrees=True, by=coordinator, at=MONDAY)
    return_to_drafting(report, by=coordinator, at=MONDAY)
    send_to_proofreading(report, by=coordinator, at=TUESDAY)
    with pytest.raises(ValidationError):
        publish_report(report, by=coordinator, at=TUESDAY)


def test_a_correction_is_a_new_version_with_a_reason(report, publish, coordinator):
    publish(report)
    section = report.sections.get()
    with pytest.raises(ValidationError):
        write_section(section, SectionDraft(title="En bref"), seen=1, by=coordinator, at=TUESDAY)
    with pytest.raises(ValidationError):
        correct_report(report, reason=" ", by=coordinator, at=TUESDAY)
    correct_report(report, reason="Un chiffre mal recopié", by=coordinator, at=TUESDAY)
    write_section(section, SectionDraft(title="En bref", text="Trois."), seen=1, by=coordinator, at=TUESDAY)
    second = publish(report)
    assert (second.number, second.reason) == (2, "Un chiffre mal recopié")
    assert [section.text for section in document_of(second, "fr").sections] == ["Trois."]
    first = Publication.objects.get(number=1)
    assert [section.text for section in document_of(first, "fr").sections] == [
        "Deux associations emploient ici."
    ]
    assert (report.state, report.correction) == ("published", "")


def test_a_report_without_a_text_is_not_sent_to_readers(report, coordinator):
    section = report.sections.get()
    write_section(section, SectionDraft(title="En bref"), seen=1, by=coordinator, at=MONDAY)
    with pytest.raises(ValidationError):
        send_to_proofreading(report, by=coordinator, at=MONDAY)


def test_a_part_that_says_and_shows_nothing_is_left_out(report, publish, coordinator):
    add_section(report, SectionDraft(title="La suite"), by=coordinator, at=MONDAY)
    assert [section.title for section in document_of(publish(report), "fr").sections] == ["En bref"]
