import duckdb
import pytest

from creasol.diagnosis.example_stock.stock import COLUMNS
from creasol.diagnosis.sources import sirene
from creasol.diagnosis.sources.files import found_files, tables
from creasol.diagnosis.sources.refusals import BadInputError, StoppedError

from .files import INSEE, LAW, engine, establishment, stream, unit, write_stock

pytestmark = pytest.mark.usefixtures("in_english")

RULES = sirene.Rules(INSEE, LAW)


def read(space, paths, vintage=None):
    return sirene.read(space, tables(space, found_files(space, paths)), RULES, vintage=vintage)


def kept(folder, establishments, units, **options):
    """Return the ESS establishments, the totals and the report of a pair of files."""
    with engine(folder) as space:
        extract = read(space, write_stock(folder / "stock", establishments, units, **options))
        return stream(space, extract, "establishments"), stream(space, extract, "totals"), extract.report


def test_an_association_is_kept_with_all_that_is_known_of_it(tmp_path):
    establishments, totals, report = kept(tmp_path, [establishment(1)], [unit(1)])
    assert establishments == [
        {
            "siret": "00000000100011",
            "name": "Association 1",
            "commune_id": "59193",
            "activity_code": "88.99B",
            "activity_nomenclature": "NAFRev2",
            "legal_category": "9220",
            "family": "association",
            "size_band": "02",
            "created_on": "2001-02-03",
            "in_insee": True,
            "in_law_2014": True,
        }
    ]
    assert totals == [{"commune_id": "59193", "activity_code": "88.99B", "size_band": "02", "count": 1}]
    assert (report.rows_read, report.rows_used, report.left_aside, report.refused) == (1, 1, {}, {})


@pytest.mark.parametrize(
    ("sirens", "synthetic"), [(("000000001",), True), (("000000001", "552100554"), False)]
)
def test_files_of_made_up_units_alone_are_synthetic(tmp_path, sirens, synthetic):
    rows = [
        (establishment(number, siren=siren, siret=f"{siren}00011"), unit(number, siren=siren))
        for number, siren in enumerate(sirens, 1)
    ]
    with engine(tmp_path) as space:
        paths = write_stock(tmp_path / "stock", *map(list, zip(*rows, strict=True)))
        assert read(space, paths).synthetic is synthetic


@pytest.mark.parametrize(
    ("values", "employer"),
    [
        ({"caractereEmployeurEtablissement": "O", "trancheEffectifsEtablissement": "NN"}, True),
        ({"caractereEmployeurEtablissement": "O", "trancheEffectifsEtablissement": ""}, True),
        ({"caractereEmployeurEtablissement": "N", "trancheEffectifsEtablissement": "01"}, True),
        ({"caractereEmployeurEtablissement": "", "trancheEffectifsEtablissement": "00"}, True),
        ({"caractereEmployeurEtablissement": "N", "trancheEffectifsEtablissement": "NN"}, False),
        ({"caractereEmployeurEtablissement": "", "trancheEffectifsEtablissement": ""}, False),
        ({"etatAdministratifEtablissement": "F"}, False),
    ],
)
def test_an_employer_is_active_and_has_the_mark_or_a_size_band(tmp_path, values, employer):
    establishments, totals, report = kept(tmp_path, [establishment(1, **values)], [unit(1)])
    assert (len(establishments), len(totals)) == ((1, 1) if employer else (0, 0))
    assert report.left_aside == ({} if employer else {"closed-or-no-employee": 1})


def test_an_employer_without_a_band_is_kept_as_unknown_size(tmp_path):
    establishments, _totals, _report = kept(
        tmp_path, [establishment(1, trancheEffectifsEtablissement="")], [unit(1)]
    )
    assert [row["size_band"] for row in establishments] == ["NN"]


def test_natural_persons_are_counted_and_never_kept(tmp_path):
    person = unit(
        1,
        categorieJuridiqueUniteLegale="1000",
        economieSocialeSolidaireUniteLegale="O",
        denominationUniteLegale="",
        nomUniteLegale="Durand",
    )
    establishments, totals, report = kept(tmp_path, [establishment(1)], [person])
    assert establishments == []
    assert [row["count"] for row in totals] == [1]
    assert report.notes == {"natural-persons": 1}


def test_companies_with_the_flag_are_in_the_perimeter_of_the_law_only(tmp_path):
    company = {"categorieJuridiqueUniteLegale": "5710"}
    establishments, _totals, _report = kept(
        tmp_path,
        [establishment(number) for number in (1, 2, 3)],
        [
            unit(1, **company, economieSocialeSolidaireUniteLegale="O"),
            unit(2, **company, economieSocialeSolidaireUniteLegale="N"),
            unit(3, **company),
        ],
    )
    assert [
        (row["siret"][:9], row["family"], row["in_insee"], row["in_law_2014"]) for row in establishments
    ] == [("000000001", "entreprise", False, True)]


def test_listed_companies_are_in_the_perimeter_of_the_law_only(tmp_path):
    rules = sirene.Rules(INSEE, LAW, frozenset(["000000018", "000000026", "999999996"]))
    units = [
        unit(18, categorieJuridiqueUniteLegale="5710"),
        unit(26, categorieJuridiqueUniteLegale="1000"),
        unit(34, categorieJuridiqueUniteLegale="5710"),
    ]
    paths = write_stock(tmp_path / "stock", [establishment(number) for number in (18, 26, 34)], units)
    with engine(tmp_path) as space:
        extract = sirene.read(space, tables(space, found_files(space, paths)), rules, vintage=None)
        rows = stream(space, extract, "establishments")
    assert [(row["siret"][:9], row["family"], row["in_insee"], row["in_law_2014"]) for row in rows] == [
        ("000000018", "entreprise", False, True)
    ]
    assert extract.report.notes == {"natural-persons": 1, "ess": 1, "listed": 3}


def test_excluded_activities_leave_the_perimeter_of_insee(tmp_path):
    establishments, _totals, _report = kept(
        tmp_path, [establishment(1, activitePrincipaleEtablissement="94.92Z")], [unit(1)]
    )
    assert [(row["in_insee"], row["in_law_2014"]) for row in establishments] == [(False, True)]


def test_former_codes_are_folded_into_todays_commune(tmp_path):
    _establishments, totals, report = kept(
        tmp_path,
        [
            establishment(number, codeCommuneEtablissement=code)
            for number, code in enumerate(("59350", "59355", "59298"))
        ],
        [unit(number) for number in range(3)],
    )
    assert totals == [{"commune_id": "59350", "activity_code": "88.99B", "size_band": "02", "count": 3}]
    assert report.notes["folded"] == 2


def test_hidden_absent_and_unknown_communes_are_refused_by_reason(tmp_path):
    codes = ("[ND]", "[ND]", "", "99999", "59193")
    establishments, _totals, report = kept(
        tmp_path,
        [establishment(number, codeCommuneEtablissement=code) for number, code in enumerate(codes)],
        [unit(number) for number in range(5)],
    )
    assert [row["siret"][:9] for row in establishments] == ["000000004"]
    assert report.refused == {"hidden-commune": 2, "no-commune": 1, "unknown-commune": 1}
    assert {example.reason for example in report.examples} == {
        "hidden-commune",
        "no-commune",
        "unknown-commune",
    }
    assert report.rows_used == 1


def test_a_hidden_name_is_replaced_by_words(tmp_path):
    establishments, _totals, report = kept(
        tmp_path,
        [
            establishment(1),
            establishment(2, enseigne1Etablissement="[ND]"),
            establishment(3, enseigne1Etablissement="Fab"),
        ],
        [unit(number, denominationUniteLegale="[ND]") for number in (1, 2, 3)],
    )
    assert [row["name"] for row in establishments] == [
        "Nom non diffusé (SIREN 000000001)",
        "Nom non diffusé (SIREN 000000002)",
        "Fab",
    ]
    assert report.notes["hidden-name"] == 2


def test_the_sign_of_an_establishment_follows_the_name_of_its_organisation(tmp_path):
    establishments, _totals, _report = kept(
        tmp_path,
        [
            establishment(1, enseigne1Etablissement="La Crèche"),
            establishment(2, denominationUsuelleEtablissement="ASSOCIATION 2"),
        ],
        [unit(1), unit(2)],
    )
    assert [row["name"] for row in establishments] == ["Association 1 – La Crèche", "Association 2"]


def test_an_employer_without_legal_unit_counts_in_the_totals(tmp_path):
    establishments, totals, report = kept(tmp_path, [establishment(1)], [unit(2)])
    assert (establishments, [row["count"] for row in totals]) == ([], [1])
    assert report.notes == {"no-legal-unit": 1}


def test_columns_are_found_by_name_whatever_their_order(tmp_path):
    columns = {file: tuple(reversed(names)) for file, names in COLUMNS.items()}
    establishments, _totals, _report = kept(tmp_path, [establishment(1)], [unit(1)], columns=columns)
    assert [(row["name"], row["activity_code"]) for row in establishments] == [("Association 1", "88.99B")]


def test_the_activity_of_2025_may_leave_the_schema_or_become_the_only_one(tmp_path):
    gone = {file: [name for name in names if "NAF25" not in name] for file, names in COLUMNS.items()}
    establishments, _totals, _report = kept(tmp_path / "gone", [establishment(1)], [unit(1)], columns=gone)
    assert [(row["activity_code"], row["activity_nomenclature"]) for row in establishments] == [
        ("88.99B", "NAFRev2")
    ]
    official = establishment(
        1, activitePrincipaleEtablissement="88.99Y", nomenclatureActivitePrincipaleEtablissement="NAF2025"
    )
    establishments, _totals, _report = kept(tmp_path / "official", [official], [unit(1)], columns=gone)
    assert [(row["activity_code"], row["activity_nomenclature"]) for row in establishments] == [
        ("88.99Y", "NAF2025")
    ]
    only = establishment(1, activitePrincipaleEtablissement="", activitePrincipaleNAF25Etablissement="88.99Y")
    establishments, _totals, _report = kept(tmp_path / "only", [only], [unit(1)])
    assert [(row["activity_code"], row["activity_nomenclature"]) for row in establishments] == [
        ("88.99Y", "NAF2025")
    ]


def test_a_missing_column_is_named(tmp_path):
    columns = {
        **COLUMNS,
        "StockEtablissement": [name for name in COLUMNS["StockEtablissement"] if name != "siren"],
    }
    with pytest.raises(BadInputError, match=r"StockEtablissement_2026-01-01.csv.* siren;"):
        kept(tmp_path, [establishment(1)], [unit(1)], columns=columns)


def test_a_missing_file_is_named(tmp_path):
    paths = write_stock(tmp_path / "stock", [establishment(1)], [unit(1)])
    with engine(tmp_path) as space:
        with pytest.raises(BadInputError, match="StockUniteLegale"):
            read(space, paths[:1])
        with pytest.raises(BadInputError, match="StockEtablissement"):
            read(space, paths[1:])


def test_the_history_file_of_a_folder_is_left_aside(tmp_path):
    paths = write_stock(tmp_path / "stock", [establishment(1)], [unit(1)])
    history = tmp_path / "stock" / "StockEtablissementHistorique_2026-01-01.csv"
    history.write_text(
        "siren,nic,siret,dateFin,etatAdministratifEtablissement\n000000001,00011,00000000100011,,A\n"
    )
    with engine(tmp_path) as space:
        extract = read(space, [tmp_path / "stock"])
    assert extract.report.files == [path.name for path in paths]


def test_parquet_gives_the_same_as_csv(tmp_path):
    paths = write_stock(
        tmp_path / "csv",
        [establishment(number) for number in range(50)],
        [unit(number) for number in range(50)],
    )
    (tmp_path / "parquet").mkdir()
    for path in paths:
        target = tmp_path / "parquet" / f"{path.stem}.parquet"
        duckdb.connect().execute(f"COPY (FROM read_csv('{path}', all_varchar=true)) TO '{target}'")
    found = []
    for folder in ("csv", "parquet"):
        with engine(tmp_path) as space:
            extract = read(space, [tmp_path / folder])
            found.append(
                (stream(space, extract, "establishments"), stream(space, extract, "totals"), extract.vintage)
            )
            assert extract.report.rows_read == 50
    assert found[0] == found[1]


class TestVintage:
    def test_comes_from_the_name_of_the_file(self, tmp_path):
        with engine(tmp_path) as space:
            paths = write_stock(tmp_path, [establishment(1)], [unit(1)])
            assert read(space, paths).vintage == "2026-01"

    def test_else_from_the_latest_row(self, tmp_path):
        with engine(tmp_path) as space:
            paths = write_stock(tmp_path, [establishment(1)], [unit(1)], suffix="_utf8.csv")
            assert read(space, paths).vintage == "2025-12"

    def test_else_is_asked_for(self, tmp_path):
        with engine(tmp_path) as space:
            paths = write_stock(
                tmp_path,
                [establishment(1, dateDernierTraitementEtablissement="")],
                [unit(1)],
                suffix="_utf8.csv",
            )
            with pytest.raises(BadInputError, match="--vintage 2026-01"):
                read(space, paths)

    def test_the_one_given_wins(self, tmp_path):
        with engine(tmp_path) as space:
            paths = write_stock(tmp_path, [establishment(1)], [unit(1)])
            assert read(space, paths, vintage="2024-05").vintage == "2024-05"


def test_a_listener_that_raises_stops_the_reading(tmp_path):
    def stop(progress):
        raise StoppedError

    with engine(tmp_path, stop) as space, pytest.raises(StoppedError):
        read(space, write_stock(tmp_path / "stock", [establishment(1)], [unit(1)]))
    assert list((tmp_path / "work").iterdir()) == []
