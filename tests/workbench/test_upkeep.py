"""After an import PostgreSQL knows at once what its tables hold."""

from __future__ import annotations

import contextlib
import io
import threading
from collections.abc import Iterator

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilothouse.exchange.whole.incoming import bring_in
from pilothouse.exchange.whole.outgoing import lines
from pilothouse.workbench import upkeep
from pilothouse.workbench.writing import actions


def known_rows(table: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        return cursor.fetchone()[0]


@contextlib.contextmanager
def the_table_in_upkeep(table: str) -> Iterator[None]:
    """For a moment another connection holds the table as PostgreSQL's own upkeep does."""
    if connection.vendor != "postgresql":
        yield
        return
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute(f"LOCK TABLE {table} IN SHARE UPDATE EXCLUSIVE MODE")
        end = threading.Timer(0.2, other.rollback)
        end.start()
        yield
        end.join()


def test_what_was_written_is_counted_where_it_was_much(cast):
    actions.create_many(cast.alice, cast.product, "task", [{"title": f"Row {place}"} for place in range(30)])
    with CaptureQueriesContext(connection) as asked:
        upkeep.settle(upkeep.MUCH - 1)
    assert not asked.captured_queries
    with the_table_in_upkeep("workbench_item"):
        upkeep.settle(upkeep.MUCH)
    if connection.vendor == "postgresql":
        assert known_rows("workbench_item") >= 30
        assert known_rows("workbench_search") >= 30


def test_a_product_that_came_in_is_counted(cast, monkeypatch):
    monkeypatch.setattr(upkeep, "MUCH", 1)
    actions.create(cast.alice, cast.product, "task", {"title": "One"})
    with CaptureQueriesContext(connection) as asked:
        bring_in(cast.alice, io.BytesIO("".join(lines(cast.product)).encode()), "NEW")
    told = [query["sql"] for query in asked.captured_queries if "ANALYZE" in query["sql"]]
    assert len(told) == (connection.vendor == "postgresql")
