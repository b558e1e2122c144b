"""The example as tests load it: without the rest of France."""

from datetime import UTC, datetime

import pytest

from creasol.diagnosis.actions.perimeters import load_perimeters
from creasol.diagnosis.actions.populations import load_reference_populations
from creasol.foundation.text import fold
from creasol.portal.example.loading import load_content
from creasol.territories.models import Commune
from creasol.territories.reference import commune_rows

AT = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)  # the first of April already, in Lille


@pytest.fixture
def metropole():
    """Today's metropole alone: all of France would take seconds."""
    rows = [row for row in commune_rows() if row.epci == "200093201"]
    Commune.objects.bulk_create(Commune(row.code, row.name, fold(row.name), *row[2:]) for row in rows)
    load_perimeters(at=AT)
    load_reference_populations(at=AT)


@pytest.fixture
def content(metropole):
    load_content(at=AT)
