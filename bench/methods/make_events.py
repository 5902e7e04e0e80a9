"""Synthetic events in a DuckDB file: users as skewed as real ones, ordered by time, and an experiment over them.

python -m bench.methods.make_events --rows 10000000 --folder /tmp
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import duckdb

EVENTS = """
create table events as
select cast(floor(power(hash(i) % 1000000 / 1000000.0, 1.7) * {users}) as integer) as user_id,
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


def make(path: Path, rows: int) -> None:
    """About twenty events a user."""
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(EVENTS.format(rows=rows, users=max(1, rows // 20)))
        connection.execute(EXPOSURES)


def prepared(rows: int, folder: str) -> Path:
    """The file of this size, made when it is not there."""
    path = Path(folder) / f"events_{rows}.duckdb"
    if not path.exists():
        print(f"making {rows:,} events in {path}", file=sys.stderr)
        make(path, rows)
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
