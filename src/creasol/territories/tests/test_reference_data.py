import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Count, Sum

from creasol.journal.models import Entry
from creasol.territories import reference
from creasol.territories.actions import load_reference_data
from creasol.territories.enums import FormerKind, TerritoryKind
from creasol.territories.models import Commune, FormerCommune, ReferenceData, Territory
from creasol.territories.signals import reference_data_loaded
from creasol.territories.tests.factories import make_commune, make_territory

AT = datetime(2026, 1, 15, tzinfo=UTC)


@pytest.fixture(scope="class")
def france(django_db_setup, django_db_blocker):
    """Load the whole of France once for these tests: it takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference_data(at=AT)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.usefixtures("france")
class TestLoading:
    def test_every_commune_of_today(self):
        assert Commune.objects.count() == 34_969
        lille = Commune.objects.get(code="59350")
        assert (lille.name, lille.sort_name, lille.population, lille.population_year) == (
            "Lille",
            "lille",
            238_246,
            2023,
        )
        assert lille.postcodes == "59000 59160 59260 59777 59800"
        assert (lille.department_code, lille.region_code, lille.epci_code) == ("59", "32", "200093201")
        assert (lille.longitude, lille.latitude) == (3.0476, 50.6344)

    def test_a_population_of_another_year_says_so(self):
        assert Commune.objects.get(name="Mamoudzou").population_year == 2017

    def test_former_codes_lead_to_the_commune_of_today(self):
        expected = {
            "59355": ("Lomme", FormerKind.ASSOCIATED, "59350"),
            "59298": ("Hellemmes-Lille", FormerKind.ASSOCIATED, "59350"),
            "75101": ("Paris 1er Arrondissement", FormerKind.DISTRICT, "75056"),
            "69381": ("Lyon 1er Arrondissement", FormerKind.DISTRICT, "69123"),
            "13201": ("Marseille 1er Arrondissement", FormerKind.DISTRICT, "13055"),
            "01039": ("Béon", FormerKind.DELEGATED, "01138"),
            "01003": ("", FormerKind.FORMER, "01165"),
        }
        rows = FormerCommune.objects.filter(code__in=expected)
        assert {row.code: (row.name, row.kind, row.commune_id) for row in rows} == expected

    def test_no_code_is_both_of_today_and_former(self):
        assert not Commune.objects.filter(code__in=FormerCommune.objects.values("code")).exists()

    def test_the_official_territories_come_by_themselves(self):
        counted = Territory.objects.values_list("kind").annotate(count=Count("id")).order_by("kind")
        assert dict(counted) == {"department": 109, "epci": 1255, "region": 18}
        mel = Territory.objects.get(slug="metropole-europeenne-de-lille")
        assert (mel.code, mel.name, mel.reference.slug) == (
            "200093201", "Métropole européenne de Lille", "region-hauts-de-france",
        )  # fmt: skip
        assert mel.communes.aggregate(count=Count("code"), people=Sum("population")) == {
            "count": 95,
            "people": 1_195_234,
        }
        north = Territory.objects.get(slug="departement-nord")
        assert (north.communes.count(), north.reference.slug) == (647, "region-hauts-de-france")
        assert Territory.objects.get(slug="region-hauts-de-france").reference is None

    def test_an_epci_over_two_regions_has_no_reference(self):
        astride = Territory.objects.get(slug="ca-agglo-du-pays-de-dreux")
        assert astride.reference is None
        assert set(astride.communes.values_list("region_code", flat=True)) == {"24", "28"}

    def test_it_is_journalled(self):
        entry = Entry.objects.get(subject_type="territories.referencedata")
        assert (entry.verb, entry.actor, entry.at) == ("load", None, AT)

    def test_loading_again_changes_nothing_and_is_told_to_the_floors_above(self):
        heard = []
        reference_data_loaded.connect(
            lambda sender, at, **rest: heard.append(at), weak=False, dispatch_uid="test"
        )
        before = picture()
        try:
            load_reference_data(at=AT)
        finally:
            reference_data_loaded.disconnect(dispatch_uid="test")
        assert picture() == before
        assert heard == [AT]

    def test_what_is_no_more_is_followed_up(self):
        old, kept = make_commune(code="01003", name="Amareins"), Commune.objects.get(code="59350")
        mine = make_territory(communes=[old, kept], slug="ici", name="Ici")
        ended = make_territory(kind=TerritoryKind.EPCI, code="999999999", communes=[kept], slug="avant")
        load_reference_data(at=AT)
        # a commune merged since is replaced in the territories of staff
        assert sorted(mine.communes.values_list("code", flat=True)) == ["01165", "59350"]
        assert not Commune.objects.filter(code="01003").exists()
        # an official territory that was dissolved ends, and keeps its communes
        ended.refresh_from_db()
        assert str(ended.valid_to) == "2025-12-31"
        assert list(ended.communes.all()) == [kept]


def picture():
    """Return what the database holds, to compare."""
    return (
        list(Commune.objects.order_by("code").values_list()[:500]),
        list(FormerCommune.objects.values_list()),
        list(Territory.objects.order_by("id").values_list()),
        Territory.communes.through.objects.count(),
        ReferenceData.objects.get().fingerprint,
    )


@pytest.mark.django_db
def test_an_address_taken_by_staff_is_left_to_them():
    mine = make_territory(slug="departement-nord", name="Le nord à nous")
    load_reference_data(at=AT)
    mine.refresh_from_db()
    assert (mine.name, mine.code) == ("Le nord à nous", "")
    assert Territory.objects.get(kind=TerritoryKind.DEPARTMENT, code="59").slug == "departement-nord-59"


@pytest.mark.parametrize("folder", ["territories", "network"])
def test_the_files_are_those_whose_licences_are_quoted(folder):
    data = Path(reference.__file__).parent.parent / folder / "data"
    sums = re.findall(r"^([0-9a-f]{64})  (\S+)$", (data / "LICENCES.md").read_text(), re.MULTILINE)
    assert sorted(name for _, name in sums) == sorted(
        path.name for path in data.iterdir() if path.name != "LICENCES.md"
    )
    assert {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for _, name in sums} == {
        name: checksum for checksum, name in sums
    }
