"""Many rows at once, past the ORM, in transactions short enough to let others write in between."""

from collections.abc import Callable, Iterable

from django.db import connection, models, transaction
from django.db.models import Max, Min

AT_ONCE = 20_000


def write_rows(
    model: type[models.Model],
    dataset_id: int,
    columns: tuple[str, ...],
    batches: Iterable[list[tuple]],
    told: Callable[[int], None] = lambda written: None,
) -> int:
    """Write rows of a dataset, one transaction per batch: COPY on PostgreSQL; return how many were written.

    The rows come checked by the source that made them; the constraints of the database still hold. ``told``
    hears the number of rows so far and may raise.
    """
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 Django's public name for it
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    insert = f"INSERT INTO {table} (dataset_id, {names}) VALUES ({int(dataset_id)}, {marks})"  # noqa: S608 our names
    written = 0
    for batch in batches:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} (dataset_id, {names}) FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row((dataset_id, *row))
            else:
                cursor.executemany(insert, batch)
        written += len(batch)
        told(written)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {table}")
    return written


def remove_rows(model: type[models.Model], dataset_id: int) -> None:
    """Remove the rows of a dataset, some at a time: they were written together, so their numbers are near."""
    rows = model.objects.filter(dataset_id=dataset_id)
    ends = rows.aggregate(first=Min("id"), last=Max("id"))
    for start in range(ends["first"] or 0, (ends["last"] or -1) + 1, AT_ONCE):
        rows.filter(id__gte=start, id__lt=start + AT_ONCE).delete()
