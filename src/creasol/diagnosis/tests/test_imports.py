from datetime import UTC, datetime

import pytest

from creasol.diagnosis.actions import imports
from creasol.diagnosis.actions.imports import carry_out_import, run_import
from creasol.diagnosis.actions.perimeters import load_perimeters
from creasol.diagnosis.actions.populations import load_reference_populations
from creasol.diagnosis.enums import ImportState, Source
from creasol.diagnosis.models import (
    Dataset,
    EmployerTotal,
    Establishment,
    Import,
    Observation,
    Outline,
    Perimeter,
)
from creasol.diagnosis.queries.datasets import current_dataset
from creasol.diagnosis.sources.refusals import BadInputError, StoppedError
from creasol.journal.models import Entry
from creasol.territories.tests.factories import make_commune, make_former_commune

from .factories import make_import
from .files import establishment, unit, write_csv, write_stock
from .test_outlines import feature, write
from .test_wide_sources import ELEVEN

AT = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    emmerin = make_commune(code="59193", population=3000, population_year=2023)
    make_former_commune(code="59001", commune=emmerin)


def populations(folder, *numbers, name="populations_2023.csv"):
    rows = [
        ["32", "HDF", "59", "5", "99", "193", "59193", "Emmerin", number, "0", number] for number in numbers
    ]
    return write_csv(folder / name, [ELEVEN, *rows])


def values():
    return list(
        Observation.objects.order_by("id").values_list("dataset__vintage", "commune_id", "measure", "value")
    )


class TestRunning:
    def test_the_rows_and_their_account_are_kept(self, tmp_path):
        done = run_import(source="populations", location=populations(tmp_path, "3001"), at=AT)
        assert values() == [("2023", "59193", "population", 3001.0)]
        stored = Import.objects.get()
        assert (stored.state, stored.progress, stored.vintage, stored.asked_at) == ("done", 1.0, "2023", AT)
        assert stored.report == done.report
        assert (stored.report["rows_read"], stored.report["rows_used"], stored.report["files"]) == (
            1,
            1,
            ["populations_2023.csv"],
        )
        dataset = Dataset.objects.get()
        assert stored.dataset == dataset == current_dataset("populations")
        assert (dataset.title, dataset.licence, dataset.synthetic) == (
            "Populations légales (INSEE)",
            "Licence Ouverte 2.0",
            False,
        )
        assert (dataset.rows_used, dataset.imported_at) == (1, AT)
        assert [(entry.verb, entry.subject_type) for entry in Entry.objects.all()] == [
            ("import", "diagnosis.dataset")
        ]
        assert list((tmp_path / "data" / "tmp").iterdir()) == []

    def test_importing_twice_changes_nothing(self, tmp_path):
        path = populations(tmp_path, "3001")
        run_import(source="populations", location=path, at=AT)
        before = values()
        again = run_import(source="populations", location=path, at=AT).dataset
        assert values() == before
        assert list(Dataset.everything.all()) == [again]

    def test_another_vintage_stands_beside(self, tmp_path):
        for year, number in (("2022", "2990"), ("2023", "3001")):
            run_import(
                source="populations", location=populations(tmp_path, number, name=f"{year}.csv"), at=AT
            )
        assert values() == [("2022", "59193", "population", 2990.0), ("2023", "59193", "population", 3001.0)]
        assert current_dataset("populations").vintage == "2023"

    def test_a_dry_run_reports_and_writes_nothing(self, tmp_path):
        done = run_import(source="populations", location=populations(tmp_path, "3001"), at=AT, dry_run=True)
        assert (done.vintage, done.report["rows_used"], done.pk) == ("2023", 1, None)
        assert (Import.objects.count(), Dataset.objects.count(), Entry.objects.count()) == (0, 0, 0)

    def test_the_register_gives_establishments_and_totals(self, tmp_path):
        load_perimeters(at=AT)
        paths = write_stock(
            tmp_path,
            [establishment(1), establishment(2, codeCommuneEtablissement="59001")],
            [unit(1), unit(2)],
        )
        done = run_import(source="sirene", location=paths, at=AT, synthetic=True)
        assert list(
            Establishment.objects.order_by("siret").values_list(
                "siret", "commune_id", "created_on", "in_insee"
            )
        ) == [
            ("00000000100011", "59193", datetime(2001, 2, 3, tzinfo=UTC).date(), True),
            ("00000000200011", "59193", datetime(2001, 2, 3, tzinfo=UTC).date(), True),
        ]
        assert list(
            EmployerTotal.objects.values_list("commune_id", "activity_code", "size_band", "count")
        ) == [("59193", "88.99B", "02", 2)]
        assert (done.dataset.synthetic, done.dataset.licence) == (True, "")

    def test_outlines_are_geometries(self, tmp_path):
        run_import(source="outlines", location=write(tmp_path, feature()), at=AT)
        assert Outline.objects.get().geometry["type"] == "Polygon"


class TestFailing:
    def test_bad_input_leaves_the_former_vintage_and_says_why(self, tmp_path):
        run_import(source="populations", location=populations(tmp_path, "3001"), at=AT)
        bad = write_csv(tmp_path / "bad 2023.csv", [["CODDEP", "CODCOM"], ["59", "193"]])
        with pytest.raises(BadInputError, match="PMUN"):
            run_import(source="populations", location=bad, at=AT)
        failed = Import.objects.first()
        assert (failed.state, failed.dataset, failed.progress) == ("failed", None, 0)
        assert failed.message.startswith("bad 2023.csv: ")
        assert values() == [("2023", "59193", "population", 3001.0)]

    @pytest.mark.parametrize("vintage", ["demain", "2023-13", "23"])
    def test_a_vintage_is_a_year_or_a_month(self, tmp_path, vintage):
        with pytest.raises(BadInputError, match="expected a year"):
            run_import(source="populations", location=populations(tmp_path, "3001"), vintage=vintage, at=AT)

    def test_an_interruption_while_writing_leaves_the_former_vintage(self, tmp_path):
        run_import(source="populations", location=populations(tmp_path, "3001"), at=AT)

        def stop(progress):
            if progress.step == "write":
                raise StoppedError

        with pytest.raises(StoppedError):
            run_import(source="populations", location=populations(tmp_path, "4000"), at=AT, progress=stop)
        assert Import.objects.first().state == "interrupted"
        assert values() == [("2023", "59193", "population", 3001.0)]

    def test_a_key_press_counts_as_an_interruption(self, tmp_path):
        def press(progress):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run_import(source="populations", location=populations(tmp_path, "4000"), at=AT, progress=press)
        assert Import.objects.get().state == "interrupted"

    def test_a_fault_of_ours_is_kept_as_a_failure(self, tmp_path):
        def fault(progress):
            raise ZeroDivisionError("ours")

        with pytest.raises(ZeroDivisionError):
            run_import(source="populations", location=populations(tmp_path, "4000"), at=AT, progress=fault)
        assert (Import.objects.get().state, Import.objects.get().message) == (
            "failed",
            "ZeroDivisionError: ours",
        )

    def test_somebody_stops_it_from_elsewhere(self, tmp_path, monkeypatch):
        monkeypatch.setattr(imports.Watch, "STORED_EVERY", 0)

        def elsewhere(progress):
            Import.objects.update(state=ImportState.INTERRUPTED)

        with pytest.raises(StoppedError):
            run_import(
                source="populations", location=populations(tmp_path, "4000"), at=AT, progress=elsewhere
            )
        assert (Import.objects.get().state, Dataset.objects.count()) == ("interrupted", 0)

    def test_a_run_cut_short_by_a_dead_worker_starts_again(self, tmp_path):
        order = make_import(
            location=str(populations(tmp_path, "3001")), state=ImportState.RUNNING, progress=0.4
        )
        assert carry_out_import(order, at=AT).state == "done"
        assert values() == [("2023", "59193", "population", 3001.0)]

    @pytest.mark.parametrize("state", [ImportState.DONE, ImportState.FAILED])
    def test_what_is_over_is_not_done_again(self, tmp_path, state):
        order = make_import(location=str(populations(tmp_path, "3001")), state=state)
        with pytest.raises(StoppedError):
            carry_out_import(order, at=AT)
        assert (Dataset.objects.count(), Import.objects.get().state) == (0, state)


class TestReferencePopulations:
    def test_come_with_the_communes(self):
        (dataset,) = load_reference_populations(at=AT)
        assert (dataset.source, dataset.vintage, dataset.rows_used) == (Source.POPULATIONS, "2023", 1)
        assert values() == [("2023", "59193", "population", 3000.0)]
        assert load_reference_populations(at=AT) == []

    def test_of_another_year_are_a_dataset_of_their_own(self):
        make_commune(code="97608", population=25000, population_year=2025)
        written = load_reference_populations(at=AT)
        assert [(dataset.vintage, dataset.rows_used) for dataset in written] == [("2023", 1), ("2025", 1)]

    def test_do_not_replace_the_official_file(self, tmp_path):
        run_import(source="populations", location=populations(tmp_path, "3001"), at=AT)
        assert load_reference_populations(at=AT) == []
        assert values() == [("2023", "59193", "population", 3001.0)]

    def test_follow_the_communes(self):
        load_reference_populations(at=AT)
        make_commune(code="59585", population=2000, population_year=2023)
        load_reference_populations(at=AT)
        assert values() == [("2023", "59193", "population", 3000.0), ("2023", "59585", "population", 2000.0)]


class TestPerimeters:
    def test_are_data_with_a_version(self):
        assert [perimeter.mode for perimeter in load_perimeters(at=AT)] == ["insee", "law-2014"]
        insee, law = Perimeter.objects.order_by("mode")
        assert (len(insee.categories), insee.categories["9220"], insee.with_flag, insee.provisional) == (
            64,
            "association",
            False,
            True,
        )
        assert insee.excluded_activities == [
            "84.1",
            "84.2",
            "94.11",
            "94.12",
            "94.20",
            "94.91",
            "94.92",
            "97",
            "98",
            "99",
        ]
        assert (law.categories, law.with_flag, law.excluded_activities) == (insee.categories, True, [])

    def test_loading_them_twice_changes_nothing(self):
        load_perimeters(at=AT)
        assert load_perimeters(at=AT) == []
        assert Perimeter.objects.count() == 2
