"""Load what ships with the product: the communes of France and the territories that come by themselves."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from creasol.foundation.text import fold
from creasol.journal.actions import record
from creasol.territories import reference
from creasol.territories.enums import OFFICIAL_KINDS, TerritoryKind
from creasol.territories.models import Commune, FormerCommune, ReferenceData, Territory
from creasol.territories.signals import commune_merged, reference_data_loaded

ROWS_AT_A_TIME = 500
# Written in SQL: the ORM takes ten times as long over 35,000 communes and 105,000 memberships.
SAVE_COMMUNE = """
INSERT INTO territories_commune (
    code, name, sort_name, population, population_year, postcodes, longitude, latitude,
    department_code, region_code, epci_code
)
VALUES :rows
ON CONFLICT (code) DO UPDATE SET
    name = excluded.name, sort_name = excluded.sort_name, population = excluded.population,
    population_year = excluded.population_year, postcodes = excluded.postcodes,
    longitude = excluded.longitude, latitude = excluded.latitude,
    department_code = excluded.department_code, region_code = excluded.region_code,
    epci_code = excluded.epci_code
"""
SAVE_FORMER = """
INSERT INTO territories_formercommune (code, name, sort_name, kind, commune_id)
VALUES :rows
ON CONFLICT (code) DO UPDATE SET
    name = excluded.name, sort_name = excluded.sort_name, kind = excluded.kind,
    commune_id = excluded.commune_id
"""
FORGET_MEMBERS = """
DELETE FROM territories_territory_communes
WHERE territory_id IN (SELECT id FROM territories_territory WHERE code <> '' AND valid_to IS NULL)
"""
SAVE_MEMBERS = """
INSERT INTO territories_territory_communes (territory_id, commune_id)
SELECT territory.id, commune.code FROM territories_commune commune
JOIN territories_territory territory ON territory.kind = 'region' AND territory.code = commune.region_code
UNION ALL
SELECT territory.id, commune.code FROM territories_commune commune
JOIN territories_territory territory
    ON territory.kind = 'department' AND territory.code = commune.department_code
UNION ALL
SELECT territory.id, commune.code FROM territories_commune commune
JOIN territories_territory territory ON territory.kind = 'epci' AND territory.code = commune.epci_code
"""

COUNT_ROWS = """
ANALYZE territories_commune, territories_formercommune, territories_territory, territories_territory_communes
"""


@transaction.atomic
def load_reference_data(*, at: datetime, progress: Callable[[float], None] | None = None) -> None:
    """Load or refresh the communes, former codes, regions, départements and EPCI of the whole of France.

    Loading twice changes nothing. Territories defined by staff keep their words; a commune merged since is
    replaced there by today's. ``progress`` is told the share done, between 0 and 1. Tells
    `signals.reference_data_loaded`.
    """
    tell = progress or (lambda share: None)
    communes = list(reference.commune_rows())
    former = list(reference.former_rows())
    tell(0.1)
    with connection.cursor() as cursor:
        save_rows(cursor, SAVE_COMMUNE, [(row.code, row.name, fold(row.name), *row[2:]) for row in communes])
        tell(0.4)
        FormerCommune.objects.exclude(code__in=[row.code for row in former]).delete()
        save_rows(cursor, SAVE_FORMER, [(*row[:2], fold(row.name), *row[2:]) for row in former])
        fold_merged({row.code for row in communes}, {row.code: row.commune for row in former})
        save_official_territories(list(reference.territory_rows()))
        tell(0.5)
        cursor.execute(FORGET_MEMBERS)
        cursor.execute(SAVE_MEMBERS)
        if (
            connection.vendor == "postgresql"
        ):  # or who reads them before the next autovacuum waits for minutes
            cursor.execute(COUNT_ROWS)
    tell(0.7)
    ReferenceData.objects.all().delete()
    release = ReferenceData.objects.create(
        fingerprint=reference.fingerprint(), geography_year=reference.GEOGRAPHY_YEAR, loaded_at=at
    )
    reference_data_loaded.send(ReferenceData, at=at)
    record("load", release, by=None, at=at)
    tell(1.0)


def save_rows(cursor: CursorWrapper, statement: str, rows: list[tuple]) -> None:
    """Run a statement over many rows at a time, on PostgreSQL five times as fast as row by row."""
    one = f"({', '.join(['%s'] * len(rows[0]))})"
    for start in range(0, len(rows), ROWS_AT_A_TIME):
        batch = rows[start : start + ROWS_AT_A_TIME]
        values = ", ".join([one] * len(batch))
        cursor.execute(statement.replace(":rows", values), [value for row in batch for value in row])


def fold_merged(current: set[str], successors: dict[str, str]) -> None:
    """Replace the communes that are no more by today's, in the territories of staff, and let them go."""
    gone = set(Commune.objects.values_list("code", flat=True)) - current
    for commune in Commune.objects.filter(code__in=gone):
        today = Commune.objects.get(code=successors[commune.code])
        for territory in commune.territories.defined_here():
            territory.communes.add(today)
        commune_merged.send(Commune, former=commune, commune=today)
        commune.delete()


def save_official_territories(rows: list[reference.TerritoryRow]) -> None:
    """Save the official territories; one that is no more ends on the eve of the new geography."""
    known = {(territory.kind, territory.code): territory for territory in Territory.objects.official()}
    taken = set(Territory.objects.defined_here().values_list("slug", flat=True))
    saved, changed = {}, []
    for row in rows:
        territory = known.get((row.kind, row.code)) or Territory(
            kind=row.kind, code=row.code, slug=f"{row.slug}-{row.code}" if row.slug in taken else row.slug
        )
        region = saved.get((TerritoryKind.REGION, row.region))
        definition = {
            "name": row.name,
            "sort_name": fold(row.name),
            "source": reference.SOURCE,
            "valid_to": None,
            "reference_id": region.pk if region else None,
        }
        if any(getattr(territory, field) != value for field, value in definition.items()):
            for field, value in definition.items():
                setattr(territory, field, value)
            if row.kind == TerritoryKind.REGION:  # the first rows: others refer to them
                territory.save()
            else:
                changed.append(territory)
        saved[row.kind, row.code] = territory
    new = [territory for territory in changed if not territory.pk]
    fields = ["name", "sort_name", "source", "valid_to", "reference"]
    Territory.objects.bulk_update([territory for territory in changed if territory.pk], fields)
    Territory.objects.bulk_create(new)
    ended = [territory.pk for key, territory in known.items() if key not in saved]
    Territory.objects.filter(pk__in=ended, kind__in=OFFICIAL_KINDS, valid_to=None).update(
        valid_to=date(reference.GEOGRAPHY_YEAR, 1, 1) - timedelta(days=1)
    )
