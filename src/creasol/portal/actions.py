"""The search index: made anew after a load of the reference data, then kept up to date row by row.

What it holds follows from writes that are journalled where they happen: the index is no fact of its own.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import Model

from .models import SearchEntry, SearchToken
from .queries.entries import SOURCES, Line

SAVE_LINE = """
INSERT INTO portal_searchentry (id, kind, page, title, folded, detail, weight)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
SAVE_WORD = "INSERT INTO portal_searchtoken (token, entry_id) VALUES (%s, %s)"


@transaction.atomic
def rebuild_index() -> int:
    """Make the whole index anew; return how many pages it holds."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM portal_searchtoken")
        cursor.execute("DELETE FROM portal_searchentry")
    return store(
        source.write(row) for source in SOURCES.values() for row in source.rows().iterator(chunk_size=5000)
    )


@transaction.atomic
def index_row(row: Model) -> None:
    """Bring the index up to date with ``row``, a page of the site: it may be new, changed, hidden or gone."""
    index_rows([row])


@transaction.atomic
def index_rows(rows: Sequence[Model]) -> None:
    """Bring the index up to date with several rows of one kind."""
    if rows:
        source = SOURCES[type(rows[0])]
        forget_rows(rows)
        store(source.write(row) for row in source.rows().filter(pk__in=[row.pk for row in rows]))


@transaction.atomic
def forget_row(row: Model) -> None:
    """Take ``row`` out of the index."""
    forget_rows([row])


def forget_rows(rows: Sequence[Model]) -> None:
    """Take several rows out of the index, in the caller's transaction."""
    entries = [f"{SOURCES[type(row)].kind.value}:{row.pk}" for row in rows]
    SearchToken.objects.filter(entry__in=entries).delete()
    SearchEntry.objects.filter(id__in=entries).delete()


def store(pages: Iterable[tuple[Line, set[str]]]) -> int:
    """Write lines and their words with two statements: the ORM takes six times as long on SQLite."""
    lines, words = [], []
    for line, tokens in pages:
        lines.append(line)
        words.extend((token, line.id) for token in tokens)
    words.sort()
    with connection.cursor() as cursor:
        cursor.executemany(SAVE_LINE, lines)
        cursor.executemany(SAVE_WORD, words)
    return len(lines)
