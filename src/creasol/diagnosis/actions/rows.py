"""Many rows at once, past the ORM: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Callable, Iterable

from django.db import connection, models


def replace_rows(
    model: type[models.Model],
    dataset_id: int,
    columns: tuple[str, ...],
    batches: Iterable[list[tuple]],
    told: Callable[[int], None] = lambda written: None,
) -> int:
    """Replace the rows of ``model`` that belong to a dataset; return how many were written.

    The rows come checked by the source that made them; the constraints of the database still hold. Call it
    inside a transaction. ``told`` hears the number of rows so far and may raise.
    """
    model.objects.filter(dataset_id=dataset_id).delete()
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 Django's public name for it
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    written = 0
    with connection.cursor() as cursor:
        for batch in batches:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} (dataset_id, {names}) FROM STDIN") as copy:
                    for row in batch:
                        copy.write_row((dataset_id, *row))
            else:
                marks = ", ".join(["%s"] * len(columns))
                insert = f"INSERT INTO {table} (dataset_id, {names}) VALUES ({int(dataset_id)}, {marks})"  # noqa: S608
                cursor.executemany(insert, batch)
            written += len(batch)
            told(written)
        cursor.execute(f"ANALYZE {table}")
    return written
