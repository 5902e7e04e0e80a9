"""A/B with CUPED, a ratio metric and the split, from raw events and from the kept user table; against pandas with
gbstats, and with statsmodels and scipy.

python -m bench.methods.experiment --rows 10000000
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.methods.in_pandas import MOST_RAW, gbstats_outside, rounded, with_statsmodels
from bench.methods.make_events import USERS, arguments, prepared
from bench.methods.measure import opened, run, table
from pilothouse.methods import ab_warehouse

OURS = ("duckdb", "numpy", "scipy.special")
PANDAS = ("duckdb", "pandas", "scipy.stats", "statsmodels.api")
METRICS = {
    "revenue": ("revenue", None, "revenue_before", None),
    "orders": "orders",
    "orders_per_view": ("orders", "views"),
}


def from_events(path: Path) -> Any:
    """One row a user, then one aggregate query; a few numbers arrive."""
    with opened(path) as connection:
        connection.execute(f"create temp table here as {USERS}")
        return read_out(connection, "here")


def from_users(path: Path) -> Any:
    """What every further metric, segment or refresh costs."""
    with opened(path) as connection:
        return read_out(connection, "users")


def read_out(connection: Any, users: str) -> Any:
    cursor = connection.execute(ab_warehouse.sql(users, METRICS))
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    result = ab_warehouse.from_aggregates(rows, METRICS)
    revenue, ratio = result.metrics["revenue"], result.metrics["orders_per_view"]
    return rounded(revenue.effect, revenue.p, ratio.effect, result.sample_ratio.p)


if __name__ == "__main__":
    given = arguments()
    path = prepared(given.rows, given.folder)
    for title, ours, raw in (("raw events", from_events, True), ("the kept user table", from_users, False)):
        runs = [run("DuckDB and ab_warehouse", ours, path, libraries=OURS)]
        if not given.alone and not (raw and given.rows > MOST_RAW):
            runs.append(gbstats_outside(path, raw))
            runs.append(run("pandas, statsmodels, scipy", with_statsmodels, path, raw, libraries=PANDAS))
        table(f"A/B with CUPED, ratio and split, from {title}: {given.rows:,} events", runs)
