from datetime import UTC, datetime

import pytest

from creasol.diagnosis.actions.declared import declare_figure
from creasol.journal.models import Entry
from creasol.territories.tests.factories import make_territory

pytestmark = pytest.mark.django_db


def test_the_journal_names_a_figure_as_people_do():
    declare_figure(
        territory=make_territory(name="Couronne Sud de Lille"),
        indicator="ess_jobs",
        value=2632,
        unit="jobs",
        source="Une étude",
        dated="2011",
        by=None,
        at=datetime(2011, 11, 7, tzinfo=UTC),
    )
    entry = Entry.objects.get(verb="declare")
    assert entry.subject_label == "Emplois de l’ESS, Couronne Sud de Lille"
