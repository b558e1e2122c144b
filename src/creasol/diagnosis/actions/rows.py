"""Many rows at once, past the ORM: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Callable, Iterable, Iterator

from django.db import connection, models

TOLD_EVERY = 20_000


def replace_rows(
    model: type[models.Model],
    dataset_id: int,
    columns: tuple[str, ...],
    rows: Iterable[tuple],
    told: Callable[[int], None] = lambda written: None,
) -> int:
    """Replace the rows of ``model`` that belong to a dataset; return how many were written.

    The rows come checked by the source that made them; the constraints of the database still hold. Call it
    inside a transaction. ``told`` hears the number of rows so far and may raise.
    """
    model.objects.filter(dataset_id=dataset_id).delete()
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 Django's public name for it
    names = ", ".join(connection.ops.quote_name(name) for name in ("dataset_id", *columns))
    counter = Counter(((dataset_id, *row) for row in rows), told)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in counter:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * (len(columns) + 1))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", counter)  # noqa: S608 our own names
        cursor.execute(f"ANALYZE {table}")
    return counter.passed


class Counter:
    """Rows on their way, counted."""

    def __init__(self, rows: Iterable[tuple], told: Callable[[int], None]):
        self.rows, self.told, self.passed = rows, told, 0

    def __iter__(self) -> Iterator[tuple]:
        for row in self.rows:
            self.passed += 1
            if self.passed % TOLD_EVERY == 0:
                self.told(self.passed)
            yield row
