"""Synthetic events in a DuckDB file: users as skewed as real ones, ordered by time, and an experiment over them.

python -m bench.methods.make_events --rows 10000000 --folder /tmp
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import duckdb

from pilothouse.methods import retention

EVENTS = """
create table events as
select cast(floor(power(hash(i) % 1000000000 / 1000000000.0, 1.7) * {users}) as integer) as user_id,
  timestamp '2026-01-05' + interval (cast(i * 60.0 * 86400 / {rows} as bigint)) second as ts,
  ['visit', 'view', 'cart', 'pay', 'share'][1 + cast(hash(i + 1) % 100 >= 45 as integer)
    + cast(hash(i + 1) % 100 >= 75 as integer) + cast(hash(i + 1) % 100 >= 88 as integer)
    + cast(hash(i + 1) % 100 >= 95 as integer)] as event,
  round(hash(i + 2) % 10000 / 100.0, 2) as value
from range({rows}) t(i)"""
EXPOSURES = """
create table exposures as
select user_id, cast(hash(user_id + 7) % 2 as integer) as variant,
  timestamp '2026-02-02' + interval (cast(hash(user_id + 9) % (7 * 86400) as bigint)) second as since
from (select distinct user_id from events where ts < timestamp '2026-02-09')"""
# What an installation keeps beside the raw log, each made from it once.
USERS = """
select user_id, any_value(variant) as variant,
  coalesce(sum(value) filter (where event = 'pay' and ts >= since), 0) as revenue,
  coalesce(sum(value) filter (where event = 'pay' and ts < since), 0) as revenue_before,
  count(*) filter (where event = 'pay' and ts >= since) as orders,
  count(*) filter (where event = 'view' and ts >= since) as views
from events join exposures using (user_id) group by user_id"""
KEPT = {
    "clustered": "select user_id, ts, event from events order by user_id, ts",
    "users": USERS,
    "activity": retention.activity_sql("events", origin="2026-01-05"),
}


def make(path: Path, rows: int) -> None:
    """About twenty events a user."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(EVENTS.format(rows=rows, users=max(1, rows // 20)))
        connection.execute(EXPOSURES)


def keep(path: Path) -> None:
    """The kept tables that are not there yet, saying what each took."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("set enable_progress_bar = false")
        there = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
        for name, query in KEPT.items():
            if name not in there:
                begin, used = time.perf_counter(), time.process_time()
                connection.execute(f"create table {name} as {query}")
                wall, cpu = time.perf_counter() - begin, time.process_time() - used
                print(f"kept {name} in {path}: {wall:.1f} s wall, {cpu:.1f} s CPU", file=sys.stderr)


def prepared(rows: int, folder: str) -> Path:
    """The file of this size, made when it is not there."""
    path = Path(folder) / f"events_{rows}.duckdb"
    if not path.exists():
        print(f"making {rows:,} events in {path}", file=sys.stderr)
        make(path, rows)
    keep(path)
    return path


def arguments(rows: int = 1_000_000) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=rows)
    parser.add_argument("--folder", default="/tmp")
    parser.add_argument("--alone", action="store_true", help="leave out what one would take instead")
    return parser.parse_args()


if __name__ == "__main__":
    given = arguments()
    prepared(given.rows, given.folder)
