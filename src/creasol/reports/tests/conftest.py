from datetime import UTC, datetime

import pytest

from creasol.diagnosis.enums import PerimeterMode, Source
from creasol.diagnosis.tests.factories import (
    make_dataset,
    make_employer_total,
    make_establishment,
    make_observation,
    make_perimeter,
)
from creasol.programmes.tests.factories import make_edition, make_membership
from creasol.reports.actions.publications import proofread, publish_report
from creasol.reports.actions.reports import open_report, send_to_proofreading
from creasol.reports.outline import SectionDraft
from creasol.territories.tests.factories import make_commune, make_territory

MONDAY = datetime(2026, 1, 19, 9, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def perimeters(db):
    return [make_perimeter(mode) for mode in PerimeterMode]


@pytest.fixture
def seclin(perimeters):
    return make_commune(code="59560", name="Seclin")


@pytest.fixture
def metropole(seclin):
    lille = make_commune(code="59350", name="Lille")
    return make_territory(name="Métropole", slug="metropole", communes=[seclin, lille])


@pytest.fixture
def couronne(seclin, metropole):
    """A territory of one commune with 12,000 inhabitants and two ESS establishments, and its reference."""
    populations = make_dataset(Source.POPULATIONS)
    register = make_dataset(Source.SIRENE)
    for commune in metropole.communes.all():
        make_observation(populations, commune, 12_000)
        make_employer_total(register, commune, 10)
    for _ in range(2):
        make_establishment(register, seclin)
    return make_territory(name="Couronne Sud", slug="couronne-sud", communes=[seclin], reference=metropole)


@pytest.fixture
def edition(couronne):
    return make_edition(name="Couronne Sud 2026", territory=couronne)


@pytest.fixture
def coordinator(edition):
    return make_membership(programme=edition.programme).user


@pytest.fixture
def report(couronne, edition, coordinator):
    """A report of one section with a text and a figure."""
    draft = SectionDraft(
        title="En bref", text="Deux associations emploient ici.", indicators=("ess_establishments",)
    )
    return open_report(
        title="Diagnostic de Couronne Sud",
        territory=couronne,
        edition=edition,
        outline=[draft],
        by=coordinator,
        at=MONDAY,
    )


@pytest.fixture
def publish(coordinator):
    """Send a report to be read, agree, and publish it."""

    def steps(report, at=TUESDAY):
        send_to_proofreading(report, by=coordinator, at=at)
        proofread(report, agrees=True, by=coordinator, at=at)
        return publish_report(report, by=coordinator, at=at)

    return steps
