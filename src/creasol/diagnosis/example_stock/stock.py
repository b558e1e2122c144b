"""Writes StockUniteLegale and StockEtablissement: the official columns, in order, mostly empty."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import duckdb

from . import calibration
from .invention import COMMERCIAL, EXCLUDED, FLAGGED, Inventor, check_digit
from .metropole import lille_metropole_2011

COLUMNS = json.loads((Path(__file__).parent.parent / "data" / "sirene-columns.json").read_text())
MONTH = "2011-11"
SEED = 2011
LILLE, ASSOCIATED = "59350", {"59355": ("LOMME", "59160"), "59298": ("HELLEMMES", "59260")}
NATURAL_PERSON = "1000"
HIDDEN = "[ND]"


@dataclass(frozen=True)
class Place:
    """What the files say of a commune: name, postcode; and the inhabitants that weigh in sharing out."""

    name: str
    postcode: str
    population: int


def write_example_stock(
    folder: Path, places: Mapping[str, Place], *, parquet: bool = False
) -> tuple[Path, Path]:
    """Write the two files into ``folder`` and return them: establishments, legal units.

    ``places`` holds the 95 communes of today's metropole by code. About 36,000 establishments, in a second.
    """
    stock = Stock(places)
    stock.fill()
    return write_stock(stock, folder, MONTH, parquet=parquet)


def write_stock(stock: "Stock", folder: Path, month: str, *, parquet: bool = False) -> tuple[Path, Path]:
    """Write the two files of a stock as the register of a month ("2011-11") names them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for file, lines in (("StockEtablissement", stock.establishments), ("StockUniteLegale", stock.units)):
        path = folder / f"{file}_{month}-01.csv"
        path.write_text("\n".join([",".join(COLUMNS[file]), *lines]) + "\n", encoding="utf-8")
        paths.append(as_parquet(path) if parquet else path)
    return paths[0], paths[1]


def as_parquet(path: Path) -> Path:
    """Replace a CSV by the same rows in Parquet."""
    target = path.with_suffix(".parquet")
    duckdb.connect().execute(
        f"COPY (FROM read_csv('{path}', all_varchar=true, header=true)) TO '{target}' (FORMAT parquet)"
    )
    path.unlink()
    return target


class Row:
    """Builds one line of a file from the columns that say something."""

    def __init__(self, file: str):
        self.width = len(COLUMNS[file])
        self.position = {column: place for place, column in enumerate(COLUMNS[file])}

    def line(self, **values: str) -> str:
        cells = [""] * self.width
        for column, value in values.items():
            cells[self.position[column]] = value
        return ",".join(cells)


class Stock:
    """The lines of both files, in the order they were made up."""

    def __init__(self, places: Mapping[str, Place]):
        self.places = places
        self.invent = Inventor(SEED)
        self.establishments: list[str] = []
        self.units: list[str] = []
        self.nics: dict[str, int] = {}
        self.ess = 0  # how many of the establishments are of the ESS: they come first
        self.unit_row, self.establishment_row = Row("StockUniteLegale"), Row("StockEtablissement")
        self.quarters = cycle([LILLE] * 8 + list(ASSOCIATED))

    def fill(self) -> None:
        metropole = lille_metropole_2011()
        for part in metropole.parts:
            self.fill_part(part.communes, calibration.ESS[part.slug], calibration.ONLY_BY_LAW[part.slug])
        self.fill_part(
            metropole.joined_later, calibration.ESS_JOINED_LATER, calibration.ONLY_BY_LAW_JOINED_LATER
        )
        self.ess = len(self.establishments)
        for code in (*metropole.communes, *metropole.joined_later):
            self.fill_commune(code)
        self.add_oddities()

    def fill_part(self, communes: tuple[str, ...], ess: int, only_by_law: int) -> None:
        """Add the ESS establishments of a territory, shared out over its communes by their inhabitants."""
        inhabitants = {code: self.places[code].population for code in communes}
        self.add_ess(ess, inhabitants)
        bands = shuffled(self.invent, calibration.shared_out(only_by_law, calibration.SIZE_BANDS))
        where = shuffled(self.invent, calibration.shared_out(only_by_law, inhabitants))
        for number, (code, band) in enumerate(zip(where, bands, strict=True)):
            flagged = number % 5 != 0
            categories, activities = FLAGGED if flagged else EXCLUDED
            name = self.invent.company() if flagged else self.invent.name()
            activity = self.invent.one(activities)
            siren = self.add_unit(name, self.invent.one(categories), activity, flag="O" if flagged else "")
            self.add_establishment(siren, code, activity, band)

    def add_ess(self, count: int, inhabitants: Mapping[str, int]) -> None:
        bands = shuffled(self.invent, calibration.shared_out(count, calibration.SIZE_BANDS))
        where = shuffled(self.invent, calibration.shared_out(count, inhabitants))
        siren = activity = ""
        for number, (code, band) in enumerate(zip(where, bands, strict=True)):
            if number % 8 != 7:  # noqa: PLR2004 one in eight is a further establishment of the organisation before it
                category, activity = self.invent.ess()
                hidden = number % 150 == 149  # noqa: PLR2004 now and then partial diffusion
                name = HIDDEN if hidden else self.invent.name()
                siren = self.add_unit(name, category, activity, flag=("O", "O", "O", "N", "")[number % 5])
            self.add_establishment(siren, code, activity, band, marked=number % 20 != 0)

    def fill_commune(self, code: str) -> None:
        """Add the other employers of a commune, and those that the import leaves aside."""
        employers = round(self.places[code].population * calibration.OTHER_EMPLOYERS_PER_THOUSAND / 1000)
        bands = shuffled(self.invent, calibration.shared_out(employers, calibration.OTHER_SIZE_BANDS))
        for number, band in enumerate(bands):
            activity = self.invent.one(COMMERCIAL[1])
            person = number % 7 == 0
            category = NATURAL_PERSON if person else self.invent.one(COMMERCIAL[0])
            name = "" if person else self.invent.company()
            siren = self.add_unit(name, category, activity)
            self.add_establishment(siren, code, activity, "01" if person else band)
        for number in range(employers // 6):
            activity = self.invent.one(COMMERCIAL[1])
            category = (NATURAL_PERSON, "9220", "5499")[number % 3]
            name = {NATURAL_PERSON: "", "9220": self.invent.name(), "5499": self.invent.company()}[category]
            siren = self.add_unit(name, category, activity)
            self.add_establishment(siren, code, activity, "NN", marked=False, closed=number % 2 == 0)

    def add_oddities(self) -> None:
        """Add employers whose commune is hidden, abroad or unknown: the report refuses them by reason."""
        for code in (HIDDEN, HIDDEN, HIDDEN, "", "59999"):
            siren = self.add_unit(self.invent.name(), "9220", "94.99Z", flag="O")
            self.add_establishment(siren, code, "94.99Z", "01")

    def add_unit(self, name: str, category: str, activity: str, flag: str = "") -> str:
        siren = self.invent.siren()
        person = category == NATURAL_PERSON
        self.units.append(
            self.unit_row.line(
                siren=siren,
                statutDiffusionUniteLegale="P" if person or name == HIDDEN else "O",
                dateCreationUniteLegale=self.invent.birthday(),
                prenom1UniteLegale=HIDDEN if person else "",
                nomUniteLegale=HIDDEN if person else "",
                etatAdministratifUniteLegale="A",
                denominationUniteLegale=name,
                categorieJuridiqueUniteLegale=category,
                activitePrincipaleUniteLegale=activity,
                nomenclatureActivitePrincipaleUniteLegale="NAFRev2",
                nicSiegeUniteLegale=f"0001{check_digit(siren + '0001')}",
                economieSocialeSolidaireUniteLegale=flag,
            )
        )
        return siren

    def add_establishment(
        self, siren: str, code: str, activity: str, band: str, *, marked: bool = True, closed: bool = False
    ) -> None:
        if code == LILLE:
            code = next(self.quarters)
        known = self.places.get(code)
        name, postcode = ASSOCIATED.get(code) or (
            (known.name.upper(), known.postcode) if known else (code, "")
        )
        number = self.nics[siren] = self.nics.get(siren, 0) + 1
        nic = f"{number:04d}"
        nic += check_digit(siren + nic)
        self.establishments.append(
            self.establishment_row.line(
                siren=siren,
                nic=nic,
                siret=siren + nic,
                statutDiffusionEtablissement="P" if code == HIDDEN else "O",
                dateCreationEtablissement=self.invent.birthday(),
                trancheEffectifsEtablissement=band,
                anneeEffectifsEtablissement="2010" if band != "NN" else "",
                dateDernierTraitementEtablissement=f"{MONTH}-01T00:00:00",
                etablissementSiege="true" if number == 1 else "false",
                libelleVoieEtablissement="DE L’EXEMPLE" if known else "",
                codePostalEtablissement=postcode,
                libelleCommuneEtablissement=name,
                codeCommuneEtablissement=code,
                etatAdministratifEtablissement="F" if closed else "A",
                activitePrincipaleEtablissement=activity,
                nomenclatureActivitePrincipaleEtablissement="NAFRev2",
                caractereEmployeurEtablissement="O" if marked else "N",
            )
        )


def shuffled(invent: Inventor, counts: Mapping[str, int]) -> Iterator[str]:
    """Return each key as many times as counted, in a random order."""
    keys = [key for key, count in counts.items() for _again in range(count)]
    invent.random.shuffle(keys)
    return iter(keys)
