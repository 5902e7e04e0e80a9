"""The one table of the search: written in the transaction that writes the items."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from pilothouse.workbench.models import Item
from pilothouse.workbench.search.words import spaced

INDEXED_LENGTH = 20_000
BATCH = 1_000
# The index keeps stems. So that "timetab" finds a timetable while it is typed, a title's words stand in it as they are
# written too: on SQLite those that a stemmer may shorten, with an end that it leaves alone.
LONG_WORD = re.compile(r"\b[a-z]{5,}\b")
UNSTEMMED = "0"
SQLITE = "INSERT INTO workbench_search (rowid, scope, title, text) VALUES (%s, %s, %s, %s)"
# "the" is no word to PostgreSQL and still takes a place: no phrase runs from a title into the text.
POSTGRESQL = """
    INSERT INTO workbench_search (item_id, product_id, kind, title, text)
    SELECT %s, %s, %s, told.title, told.title || to_tsvector('english', 'the ' || %s)
    FROM (SELECT to_tsvector('english', %s) || to_tsvector('simple', %s) AS title) AS told
    ON CONFLICT (item_id) DO UPDATE SET title = EXCLUDED.title, text = EXCLUDED.text"""


def index(items: Iterable[Item]) -> None:
    """Write these items' search rows, replacing older ones. Call in the transaction that writes the items."""
    known = list(items)
    if known and connection.vendor == "sqlite":
        forget(item.pk for item in known)
    add(known)


def add(items: Iterable[Item]) -> None:
    """The rows of items that have none."""
    sqlite = connection.vendor == "sqlite"
    if rows := [(sqlite_row if sqlite else postgresql_row)(item) for item in items]:
        with connection.cursor() as cursor:
            cursor.executemany(SQLITE if sqlite else POSTGRESQL, rows)


def sqlite_row(item: Item) -> tuple[Any, ...]:
    title = spaced(item.title)
    words = " ".join([title, *(f"{word}{UNSTEMMED}" for word in LONG_WORD.findall(title))])
    return item.pk, f"{scope(item.product_id)} {scope(item.product_id, item.kind)}", words, text(item)


def postgresql_row(item: Item) -> tuple[Any, ...]:
    title = spaced(item.title)
    return item.pk, item.product_id, item.kind, text(item), title, title


def text(item: Item) -> str:
    """What is looked through beside the title."""
    values = (value for value in item.fields.values() if isinstance(value, str))
    return spaced("\n".join((item.body[:INDEXED_LENGTH], *values)))[:INDEXED_LENGTH]


def scope(product_id: int, kind: str = "") -> str:
    """A product, or one of its kinds, as a word of the index: what lies elsewhere is not read."""
    return f"p{product_id}{kind}"


def forget(item_ids: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM workbench_search WHERE {column()} = %s",  # noqa: S608
            [(item_id,) for item_id in item_ids],
        )


def column() -> str:
    return "rowid" if connection.vendor == "sqlite" else "item_id"


def unindexed() -> int:
    """How many items the index does not hold."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM workbench_item WHERE id NOT IN (SELECT {column()} FROM workbench_search)"  # noqa: S608
        )
        return cursor.fetchone()[0]


def rebuild() -> None:
    for start in range(0, (Item.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1, BATCH):
        with transaction.atomic():
            index(Item.objects.filter(pk__gte=start, pk__lt=start + BATCH))
