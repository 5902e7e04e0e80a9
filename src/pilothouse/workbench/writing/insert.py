"""Thousands of new rows at a time: what bulk_create does, without its cost for each value.

Columns, converters and defaults are Django's own; only the statement is built once instead of once for each batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


def insert(rows: Sequence[M], *, as_they_are: bool = False) -> None:
    """Write new rows of one model. Their keys stay unknown unless they were set before.

    `as_they_are` keeps their times instead of taking the present one.
    """
    if not rows:
        return
    meta = rows[0]._meta
    fields = [field for field in meta.local_concrete_fields if not (field.primary_key and rows[0].pk is None)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))

    def kept(field: models.Field, row: M) -> Any:
        value = getattr(row, field.attname) if as_they_are else field.pre_save(row, add=True)
        return field.get_db_prep_save(value, connection)

    values = [[kept(field, row) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({places})", values)  # noqa: S608


def reserve(model: type[models.Model], count: int) -> range | list[int]:
    """Keys for new rows of a model, so that rows that name each other can be written at once. Call in a transaction."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"SELECT max(coalesce((SELECT max({column}) FROM {table}), 0),"  # noqa: S608
                " coalesce((SELECT seq FROM sqlite_sequence WHERE name = %s), 0))",
                [table],
            )
            last = cursor.fetchone()[0]
            return range(last + 1, last + 1 + count)
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, column, count]
        )
        return [row[0] for row in cursor.fetchall()]
