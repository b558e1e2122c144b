"""One factory per model: the least that is valid, unique by a counter."""

from datetime import UTC, datetime
from itertools import count

from creasol.foundation.text import fold
from creasol.territories.enums import FormerKind, TerritoryKind
from creasol.territories.models import Commune, FormerCommune, ReferenceData, Territory

_numbers = count(1)
AT = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


def make_commune(**over) -> Commune:
    number = next(_numbers)
    name = over.pop("name", f"Commune {number}")
    fields = {
        "code": f"59{810 + number % 180}",  # where no commune of the Nord is, nor any that tests name
        "name": name,
        "sort_name": fold(name),
        "population": 1000,
        "population_year": 2023,
        "postcodes": "59000",
        "longitude": 3.05,
        "latitude": 50.63,
        "department_code": "59",
        "region_code": "32",
        "epci_code": "",
    }
    return Commune.objects.create(**fields | over)


def make_former_commune(**over) -> FormerCommune:
    number = next(_numbers)
    name = over.pop("name", f"Ancienne {number}")
    fields = {
        "code": f"62{910 + number % 80}",
        "name": name,
        "sort_name": fold(name),
        "kind": FormerKind.ASSOCIATED,
    }
    if "commune" not in over:
        fields["commune"] = make_commune()
    return FormerCommune.objects.create(**fields | over)


def make_territory(*, communes=(), **over) -> Territory:
    number = next(_numbers)
    name = over.pop("name", f"Territoire {number}")
    fields = {
        "name": name,
        "sort_name": fold(name),
        "slug": f"territoire-{number}",
        "kind": TerritoryKind.METROPOLITAN_TERRITORY,
    }
    territory = Territory.objects.create(**fields | over)
    territory.communes.set(communes)
    return territory


def make_reference_data(**over) -> ReferenceData:
    fields = {"fingerprint": f"{next(_numbers):016x}", "geography_year": 2026, "loaded_at": AT}
    return ReferenceData.objects.create(**fields | over)
