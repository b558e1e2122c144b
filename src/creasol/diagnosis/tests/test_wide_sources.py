import csv

import pytest

from creasol.diagnosis.sources import comparator, facilities, populations
from creasol.diagnosis.sources.files import found_files, tables
from creasol.diagnosis.sources.refusals import BadInputError

from .files import OFFICIAL, engine, official_files, stream, write_csv

pytestmark = pytest.mark.usefixtures("in_english")

ELEVEN = ["CODREG", "REG", "CODDEP", "CODARR", "CODCAN", "CODCOM", "COM", "Commune", "PMUN", "PCAP", "PTOT"]
TEN = ["CODREG", "REG", "CODDEP", "CODARR", "CODCAN", "CODCOM", "COM", "PMUN", "PCAP", "PTOT"]
COMPARATOR = ["CODGEO", "P18_POP", "P13_POP", "SUPERF", "P18_EMPLT", "ETTOT18", "ETTEF118", "ETTEFP1018"]


def read(source, folder, paths, vintage=None, **options):
    """Return the observations as {(commune, measure): value}, the report and the vintage."""
    with engine(folder, **options) as space:
        extract = source.read(space, tables(space, found_files(space, paths)), vintage=vintage)
        rows = stream(space, extract, "observations")
        found = {(row["commune_id"], row["measure"]): row["value"] for row in rows}
        assert len(found) == len(rows)
        return found, extract.report, extract.vintage


class TestPopulations:
    def eleven(self, folder, *rows, name="populations_2023.csv", **options):
        lines = [
            ["32", "HDF", code[:2], "5", "99", code[2:], code, "Nom", *numbers] for code, *numbers in rows
        ]
        return write_csv(folder / name, [ELEVEN, *lines], **options)

    def test_the_municipal_population_of_each_commune(self, tmp_path):
        path = self.eleven(tmp_path, ("59193", "3000", "40", "3040"), ("59585", "2000", "20", "2020"))
        found, report, vintage = read(populations, tmp_path, [path])
        assert found == {("59193", "population"): 3000.0, ("59585", "population"): 2000.0}
        assert (vintage, report.rows_read, report.rows_used, report.refused) == ("2023", 2, 2, {})
        assert report.notes == {"communes-without-row": 3}

    def test_old_vintages_have_ten_fields_and_the_code_is_put_together(self, tmp_path):
        path = write_csv(
            tmp_path / "ensemble 2009.csv",
            [
                TEN,
                ["31", "NPDC", "59", "5", "99", "193", "Emmerin", "2900", "40", "2940"],
                ["4", "Réunion", "974", "1", "01", "11", "Saint-Denis", "140000", "0", "140000"],
            ],
        )
        found, _report, vintage = read(populations, tmp_path, [path])
        assert (found, vintage) == (
            {("59193", "population"): 2900.0, ("97411", "population"): 140000.0},
            "2009",
        )

    def test_overseas_codes_of_three_digits(self, tmp_path):
        path = write_csv(
            tmp_path / "ensemble 2009.csv",
            [TEN, ["4", "Réunion", "974", "1", "01", "411", "Saint-Denis", "140000", "0", "140000"]],
        )
        assert read(populations, tmp_path, [path])[0] == {("97411", "population"): 140000.0}

    def test_associated_communes_do_not_count_twice(self, tmp_path):
        path = self.eleven(
            tmp_path,
            ("59350", "236000", "0", "0"),
            ("59355", "28000", "0", "0"),
            ("59298", "18000", "0", "0"),
        )
        found, report, _vintage = read(populations, tmp_path, [path])
        assert found == {("59350", "population"): 236000.0}
        assert report.left_aside == {"part-of-commune": 2}

    def test_parts_without_their_whole_make_it_up(self, tmp_path):
        path = self.eleven(tmp_path, ("75101", "16000", "0", "0"))
        found, report, _vintage = read(populations, tmp_path, [path])
        assert (found, report.notes["folded"]) == ({("75056", "population"): 16000.0}, 1)

    def test_a_commune_merged_since_adds_to_todays(self, tmp_path):
        path = self.eleven(tmp_path, ("59193", "3000", "0", "0"), ("59001", "500", "0", "0"))
        found, report, _vintage = read(populations, tmp_path, [path])
        assert (found, report.notes["folded"]) == ({("59193", "population"): 3500.0}, 1)

    def test_tables_of_associated_communes_and_cantons_of_an_archive_are_left_out(self, tmp_path):
        folder = tmp_path / "ensemble"
        self.eleven(folder, ("59350", "236000", "0", "0"), name="donnees_communes_2023.csv")
        self.eleven(folder, ("59355", "28000", "0", "0"), name="donnees_associees_deleguees_2023.csv")
        found, report, _vintage = read(populations, tmp_path, [folder])
        assert (found, report.rows_read) == ({("59350", "population"): 236000.0}, 1)

    def test_latin_1_and_spaces_in_numbers(self, tmp_path):
        lines = [["32", "Île", "59", "5", "9", "193", "59193", "Éméring", "3\u00a0000", "0", "0"]]
        path = write_csv(tmp_path / "2023.csv", [ELEVEN, *lines], encoding="latin-1")
        assert read(populations, tmp_path, [path])[0] == {("59193", "population"): 3000.0}

    def test_every_refused_row_is_counted_and_shown_with_its_line(self, tmp_path):
        path = self.eleven(
            tmp_path,
            ("59193", "3000", "0", "0"),
            ("99999", "1", "0", "0"),
            ("59585", "beaucoup", "0", "0"),
            ("59193", "3001", "0", "0"),
            ("59350", "-5", "0", "0"),
        )
        with path.open("a") as file:
            file.write("une ligne coupée\n")
        found, report, _vintage = read(populations, tmp_path, [path])
        assert found == {("59193", "population"): 3000.0}
        assert (report.rows_read, report.rows_used) == (6, 1)
        assert report.refused == {
            "unknown-commune": 1,
            "no-value": 1,
            "twice": 1,
            "negative-value": 1,
            "malformed": 1,
        }
        assert {(example.reason, example.line) for example in report.examples} == {
            ("unknown-commune", 3),
            ("no-value", 4),
            ("twice", 5),
            ("negative-value", 6),
            ("malformed", 7),
        }

    def test_a_missing_column_is_named(self, tmp_path):
        path = write_csv(tmp_path / "pop 2023.csv", [["CODDEP", "CODCOM", "PTOT"], ["59", "193", "3040"]])
        with pytest.raises(BadInputError, match=r"pop 2023.csv: .*PMUN; .*CODDEP, CODCOM, PTOT"):
            read(populations, tmp_path, [path])

    @pytest.mark.parametrize("name", ["populations.csv", "2022 ou 2023.csv"])
    def test_the_year_is_asked_for_when_the_name_does_not_tell_it(self, tmp_path, name):
        path = self.eleven(tmp_path, ("59193", "3000", "0", "0"), name=name)
        with pytest.raises(BadInputError, match="--vintage 2023"):
            read(populations, tmp_path, [path])
        assert read(populations, tmp_path, [path], vintage="2022")[2] == "2022"

    @official_files
    def test_check_sums_of_2022(self, tmp_path):
        with (OFFICIAL / "mel-communes.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        path = self.eleven(
            tmp_path,
            *(
                (
                    row["code_insee"],
                    row["population_municipale_2022_dgcl"],
                    "0",
                    row["population_totale_2022_dgcl"],
                )
                for row in rows
            ),
            name="populations_2022.csv",
        )
        found, _report, _vintage = read(
            populations, tmp_path, [path], places=[(row["code_insee"], row["code_insee"], "") for row in rows]
        )
        south = [row["code_insee"] for row in rows if row["couronne_sud_13"] == "1"]
        assert (sum(found.values()), sum(found[code, "population"] for code in south)) == (1_194_040, 117_415)


class TestComparator:
    def test_each_column_by_its_name_whatever_the_year(self, tmp_path):
        names = [name.replace("18", "21").replace("13", "15") for name in reversed(COMPARATOR)]
        row = {
            "CODGEO": "59193",
            "P21_POP": "3000",
            "P15_POP": "2900",
            "SUPERF": "4.95",
            "P21_EMPLT": "700.5",
        }
        row |= {"ETTOT21": "80", "ETTEF121": "60", "ETTEFP1021": "12"}
        path = write_csv(tmp_path / "comparateur.csv", [names, [row[name] for name in names]])
        found, report, vintage = read(comparator, tmp_path, [path])
        assert vintage == "2021"
        assert {measure: value for (_commune, measure), value in found.items()} == {
            "population_2021": 3000.0,
            "population_2015": 2900.0,
            "area_km2": 4.95,
            "jobs": 700.5,
            "employers": 80.0,
            "employers_1_9": 60.0,
            "employers_10_plus": 12.0,
        }
        assert (report.rows_read, report.rows_used) == (1, 1)

    def test_a_value_that_is_not_there_is_unknown_and_the_rest_is_kept(self, tmp_path):
        path = write_csv(
            tmp_path / "comparateur.csv",
            [
                COMPARATOR,
                ["59193", "3000", "", "4,95", "N/A - secret", "80", "60", "12"],
                ["59585", *[""] * 7],
            ],
        )
        found, report, _vintage = read(comparator, tmp_path, [path])
        assert {measure: value for (_commune, measure), value in found.items()} == {
            "population_2018": 3000.0,
            "area_km2": 4.95,
            "employers": 80.0,
            "employers_1_9": 60.0,
            "employers_10_plus": 12.0,
        }
        assert report.refused == {"no-value": 1}

    @pytest.mark.parametrize("column", ["CODGEO", "P18_EMPLT", "SUPERF", "ETTOT18"])
    def test_a_missing_column_is_named(self, tmp_path, column):
        names = [name for name in COMPARATOR if name != column]
        path = write_csv(tmp_path / "comparateur.csv", [names, ["59193"] * len(names)])
        with pytest.raises(BadInputError, match=f"comparateur.csv: .*{column.replace('18', '..')}"):
            read(comparator, tmp_path, [path])

    @official_files
    def test_check_sums(self, tmp_path):
        with (OFFICIAL / "mel-communes.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        codes = [row["code_insee"] for row in rows]
        south = [row["code_insee"] for row in rows if row["couronne_sud_13"] == "1"]
        found, report, vintage = read(
            comparator,
            tmp_path,
            [OFFICIAL / "insee-comparateur-2022-01.csv"],
            places=[(code, code, "") for code in codes],
        )

        def total(measure, communes):
            return sum(found[code, measure] for code in communes)

        assert (vintage, report.rows_read, report.rows_used) == ("2018", 35_010, 95)
        assert [round(total("area_km2", communes), 2) for communes in (south, codes)] == [85.39, 671.91]
        assert [int(total("jobs", communes)) for communes in (south, codes)] == [57_516, 527_070]
        assert [total("employers", communes) for communes in (south, codes)] == [3_245, 32_252]
        assert [total("population_2018", communes) for communes in (south, codes)] == [114_615, 1_174_273]


LONG = [
    "GEO",
    "GEO_OBJECT",
    "FACILITY_DOM",
    "FACILITY_SDOM",
    "FACILITY_TYPE",
    "BPE_MEASURE",
    "TIME_PERIOD",
    "OBS_VALUE",
]


class TestFacilities:
    def long(self, folder, *rows, names=LONG, name="DS_BPE_data.csv"):
        return write_csv(folder / name, [names, *rows])

    def test_totals_do_not_triple_the_counts(self, tmp_path):
        path = self.long(
            tmp_path,
            ["59193", "COM", "A", "A1", "A129", "FACILITIES", "2024", "1"],
            ["59193", "COM", "A", "A5", "A501", "FACILITIES", "2024", "4"],
            ["59193", "COM", "A", "A1", "_T", "FACILITIES", "2024", "1"],
            ["59193", "COM", "A", "A5", "_T", "FACILITIES", "2024", "4"],
            ["59193", "COM", "A", "_T", "_T", "FACILITIES", "2024", "5"],
            ["59193", "COM", "_T", "_T", "_T", "FACILITIES", "2024", "5"],
            ["200093201", "EPCI", "A", "A1", "A129", "FACILITIES", "2024", "95"],
            ["75101", "ARM", "A", "A1", "A129", "FACILITIES", "2024", "1"],
            ["59193", "COM", "A", "A1", "A129", "DISTANCE", "2024", "3"],
        )
        found, report, vintage = read(facilities, tmp_path, [path])
        assert found == {("59193", "A129"): 1.0, ("59193", "A501"): 4.0, ("59193", "A"): 5.0}
        assert (vintage, report.rows_read, report.rows_used) == ("2024", 9, 2)
        assert report.left_aside == {"subtotals": 4, "not-communes": 2, "not-counts": 1}

    def test_a_new_dimension_keeps_its_totals_only(self, tmp_path):
        names = [*LONG, "FACILITY_EQUIPPED", "FREQ", "OBS_STATUS"]
        path = self.long(
            tmp_path,
            ["59193", "COM", "F", "F1", "F101", "FACILITIES", "2025", "3", "_T", "A", "A"],
            ["59193", "COM", "F", "F1", "F101", "FACILITIES", "2025", "2", "1", "A", "A"],
            ["59193", "COM", "F", "F1", "F101", "FACILITIES", "2025", "1", "0", "A", "A"],
            names=names,
        )
        found, report, _vintage = read(facilities, tmp_path, [path])
        assert found == {("59193", "F101"): 3.0, ("59193", "F"): 3.0}
        assert report.left_aside == {"subtotals": 2}

    def test_a_shape_that_would_count_twice_is_refused(self, tmp_path):
        row = ["59193", "COM", "F", "F1", "F101", "FACILITIES", "2025", "3"]
        with pytest.raises(BadInputError, match=r"line 3: .*F101.*59193"):
            read(facilities, tmp_path, [self.long(tmp_path, row, row)])

    def test_the_newest_year_is_kept(self, tmp_path):
        path = self.long(
            tmp_path,
            ["59193", "COM", "A", "A1", "A129", "FACILITIES", "2023", "2"],
            ["59193", "COM", "A", "A1", "A129", "FACILITIES", "2024", "1"],
        )
        found, report, vintage = read(facilities, tmp_path, [path])
        assert (found["59193", "A"], vintage, report.left_aside) == (1.0, "2024", {"other-period": 1})
        assert read(facilities, tmp_path, [path], vintage="2023")[0]["59193", "A"] == 2.0

    def test_rows_of_associated_communes_and_bad_values(self, tmp_path):
        path = self.long(
            tmp_path,
            ["59350", "COM", "A", "A1", "A129", "FACILITIES", "2024", "3"],
            ["59355", "COM", "A", "A1", "A129", "FACILITIES", "2024", "1"],
            ["59193", "COM", "A", "A1", "A129", "FACILITIES", "2024", "un"],
            ["99999", "COM", "A", "A1", "A129", "FACILITIES", "2024", "1"],
        )
        found, report, _vintage = read(facilities, tmp_path, [path])
        assert found == {("59350", "A129"): 3.0, ("59350", "A"): 3.0}
        assert (report.left_aside, report.refused) == (
            {"part-of-commune": 1},
            {"no-value": 1, "unknown-commune": 1},
        )

    def test_words_come_from_the_metadata_of_the_delivery(self, tmp_path):
        self.long(tmp_path / "bpe", ["59193", "COM", "A", "A1", "A129", "FACILITIES", "2024", "1"])
        write_csv(
            tmp_path / "bpe" / "DS_BPE_metadata.csv",
            [
                ["COD_VAR", "LIB_VAR", "COD_MOD", "LIB_MOD"],
                ["FACILITY_TYPE", "Type", "A129", "Mairie"],
                ["GEO", "Lieu", "59193", "Emmerin"],
            ],
        )
        with engine(tmp_path) as space:
            extract = facilities.read(
                space, tables(space, found_files(space, [tmp_path / "bpe"])), vintage=None
            )
        assert extract.labels == {"A129": "Mairie"}

    def test_the_wide_shape_holds_domains(self, tmp_path):
        names = [
            "code_insee",
            "A_services",
            "B_commerces",
            "C_ens",
            "D_sante",
            "E_transport",
            "F_sport",
            "G_tourisme",
            "total",
        ]
        path = write_csv(
            tmp_path / "bpe2024-domaines.csv",
            [names, ["59193", "5", "2", "0", "1", "0", "3", "0", "11"]],
            separator=",",
        )
        found, _report, vintage = read(facilities, tmp_path, [path])
        assert (vintage, found) == (
            "2024",
            {("59193", "A"): 5.0, ("59193", "B"): 2.0, ("59193", "D"): 1.0, ("59193", "F"): 3.0},
        )

    def test_a_missing_column_is_named(self, tmp_path):
        names = [name for name in LONG if name != "BPE_MEASURE"]
        path = self.long(tmp_path, ["59193", "COM", "A", "A1", "A129", "2024", "1"], names=names)
        with pytest.raises(BadInputError, match="BPE_MEASURE"):
            read(facilities, tmp_path, [path])

    @official_files
    def test_check_sums(self, tmp_path):
        with (OFFICIAL / "mel-communes.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        inhabitants = {row["code_insee"]: int(row["population_2023_communes_json"]) for row in rows}
        south = [row["code_insee"] for row in rows if row["couronne_sud_13"] == "1"]
        found, _report, vintage = read(
            facilities,
            tmp_path,
            [OFFICIAL / "bpe2024-domaines-par-commune.csv"],
            places=[(code, code, "") for code in inhabitants],
        )

        def rates(communes):
            people = sum(inhabitants[code] for code in communes)
            return [
                round(1000 * sum(found.get((code, domain), 0) for code in communes) / people, 2)
                for domain in "ABCDEFG"
            ]

        assert (sum(inhabitants.values()), sum(inhabitants[code] for code in south)) == (1_195_234, 118_064)
        assert rates(south) == [13.54, 4.18, 0.97, 10.72, 2.52, 1.91, 0.25]
        assert rates(inhabitants) == [14.11, 4.99, 1.08, 10.89, 1.23, 1.69, 0.29]
        assert vintage == "2024"
