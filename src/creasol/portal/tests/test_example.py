from datetime import date

import pytest
from django.utils import timezone

from creasol.accounts.models import User
from creasol.diagnosis.models import DeclaredFigure, Establishment
from creasol.diagnosis.queries.datasets import current_dataset
from creasol.journal.models import Entry
from creasol.mailing.models import Message
from creasol.needs.models import Evidence, Need
from creasol.network.models import Mandate, Organisation
from creasol.portal.example.loading import load_example
from creasol.portal.example.written import REASON
from creasol.programmes.models import Programme
from creasol.programmes.queries.editions import edition_page, running_editions
from creasol.programmes.queries.rotation import rotation
from creasol.programmes.tests.factories import make_programme
from creasol.reports.models import Report
from creasol.reports.queries.publications import document_of
from creasol.territories.models import Territory

from .conftest import AT

pytestmark = pytest.mark.django_db


def test_the_metropole_of_2011_is_parted_exactly(content):
    whole = Territory.objects.get(slug="lille-metropole-2011")
    assert [(part.slug, part.communes.count()) for part in whole.parts.order_by("slug")] == [
        ("couronne-nord-2011", 11),
        ("couronne-sud-2011", 13),
        ("est-2011", 13),
        ("lillois-2011", 1),
        ("lys-2011", 12),
        ("roubaisien-2011", 9),
        ("tourquennois-2011", 6),
        ("weppes-2011", 20),
    ]
    codes = [code for part in whole.parts.all() for code in part.communes.values_list("code", flat=True)]
    assert sorted(codes) == sorted(whole.communes.values_list("code", flat=True))
    assert len(codes) == 85
    assert whole.valid_to == date(2016, 12, 31)


def test_the_thirteen_communes_are_those_of_the_newsletter(content):
    communes = Territory.objects.get(slug="couronne-sud-2011").communes.all()
    assert [commune.name for commune in communes] == [
        "Emmerin",
        "Faches-Thumesnil",
        "Fretin",
        "Houplin-Ancoisne",
        "Lesquin",
        "Lezennes",
        "Loos",
        "Noyelles-lès-Seclin",
        "Ronchin",
        "Seclin",
        "Templemars",
        "Vendeville",
        "Wattignies",
    ]


def test_the_edition_of_2011_was_in_its_second_phase_in_the_autumn(content):
    for evening in (date(2011, 11, 7), date(2011, 11, 15), date(2011, 11, 29)):
        page = edition_page("couronne-sud-2011", on=evening)
        assert [stage.state for stage in page.stages] == ["past", "current", "future"]
    assert (page.edition.state, page.edition.is_example) == ("completed", False)
    assert len(page.themes) == 3
    assert [partner.name for partner in page.partners] == [
        "Maillage",
        "Métropole lilloise",
        "Ville d’Emmerin",
        "Ville de Lesquin",
        "Ville de Seclin",
    ]


def test_the_quoted_figures_are_those_of_the_newsletter(content):
    figures = DeclaredFigure.objects.filter(territory__slug="couronne-sud-2011")
    assert {figure.indicator: figure.value for figure in figures} == {
        "area_km2": 85.4,
        "area_share_of_reference": 0.14,
        "population": 109_041,
        "population_share_of_reference": 0.10,
        "ess_establishments": 216,
        "ess_jobs": 2_632,
        "ess_share_of_reference": 0.065,
        "ess_rank": 6,
    }
    assert {figure.dated for figure in figures} == {"automne 2011"}


def test_the_programme_has_six_objectives_and_goes_on_by_marked_examples(content):
    programme = Programme.objects.get()
    assert (programme.slug, programme.objectives.count()) == ("creation-solidaire", 6)
    (running,) = running_editions(on=date(2026, 4, 1))
    assert (running.edition.name, running.edition.is_example) == ("Roubaisien 2025 (exemple)", True)
    assert [stage.state for stage in running.stages] == ["past", "current", "future"]
    assert [(stop.territory.slug, stop.turn.value) for stop in rotation(programme).stops] == [
        ("couronne-sud-2011", "completed"),
        ("roubaisien-2011", "running"),
        ("lys-2011", "planned"),
        ("couronne-nord-2011", "next"),
        ("lillois-2011", "waiting"),
        ("weppes-2011", "waiting"),
        ("est-2011", "waiting"),
        ("tourquennois-2011", "waiting"),
    ]


def test_every_role_has_an_account_and_nobody_is_written_to(content):
    users = {user.email: user for user in User.objects.all()}
    assert sorted(users) == [
        "admin@example.org",
        "association@example.org",
        "conseil@example.org",
        "coordination@example.org",
        "elue@example.org",
        "financeur@example.org",
    ]
    may_plan = [email for email, user in users.items() if user.has_perm("programmes.plan_edition")]
    assert sorted(may_plan) == ["admin@example.org", "coordination@example.org"]
    assert users["conseil@example.org"].has_perm("network.register_organisation")
    mandate = Mandate.objects.get()
    assert (mandate.person.user, mandate.organisation.is_example) == (users["association@example.org"], True)
    assert Message.objects.count() == 0


def test_real_organisations_are_names_and_invented_ones_sound_so(content):
    real = Organisation.objects.filter(is_example=False)
    assert real.count() == 13
    assert not real.exclude(email="", phone="", address="", website="").exists()
    invented = Organisation.objects.filter(is_example=True)
    assert [name for name in invented.values_list("name", flat=True) if "imaginaire" not in name] == []


@pytest.fixture
def loaded(metropole):
    """Everything, and the shares done that were told."""
    told = []
    load_example(at=AT, progress=told.append)
    return told


def test_the_synthetic_establishments_come_by_the_ordinary_import(loaded):
    dataset = current_dataset("sirene")
    assert (dataset.synthetic, dataset.vintage) == (True, "2011-01")
    facilities = current_dataset("bpe")
    assert (facilities.synthetic, facilities.vintage, facilities.licence) == (True, "2011", "")
    territory = Territory.objects.get(slug="couronne-sud-2011")
    count = Establishment.objects.within("insee").filter(
        dataset=dataset, commune__in=territory.communes.all()
    )
    assert count.count() == 216
    assert loaded == sorted(loaded)
    assert (loaded[0] > 0, loaded[-1]) == (True, 1.0)


def test_loading_twice_changes_nothing(loaded):
    entries = Entry.objects.count()
    load_example(at=timezone.now())
    assert Entry.objects.count() == entries


def test_needs_come_from_the_themes_and_from_what_is_proven_rare(loaded):
    needs = Need.objects.filter(edition__slug="couronne-sud-2011")
    found = needs.values_list("state", "evidence__measure")
    assert sorted((state, measure or "") for state, measure in found) == [
        ("addressed", ""),
        ("addressed", "B210"),
        ("addressed", "D502"),
        ("candidate", "85.59A"),
        ("covered", ""),
        ("set-aside", "G102"),
        ("shared", ""),
        ("shared", ""),
        ("shared", "A304"),
    ]
    assert all(need.is_example for need in needs)
    assert all(evidence.synthetic for evidence in Evidence.objects.all())


def test_the_diagnosis_is_published_and_corrected_with_a_reason(loaded):
    report = Report.objects.get(slug="couronne-sud-2011")
    second, first = report.publications.all()
    assert (first.number, first.reason) == (1, "")
    assert (second.number, second.reason) == (2, REASON)
    counted = [document_of(one, "fr").figures["ess_establishments"].value for one in (first, second)]
    assert counted == [230, 216]
    document = document_of(second, "fr")
    assert document.synthetic
    assert "données d’exemple" in document.sections[0].text
    assert len({writer.organisation for writer in document.writers}) == 5


def test_what_is_written_waits_for_its_readers_and_nobody_is_written_to(loaded):
    waiting = Report.objects.get(state="proofreading")
    assert (waiting.is_example, waiting.edition.is_example) == (True, True)
    assert Message.objects.count() == 0


def test_a_database_with_a_programme_is_left_alone():
    make_programme()
    load_example(at=AT)
    assert (Programme.objects.count(), User.objects.count()) == (1, 0)
