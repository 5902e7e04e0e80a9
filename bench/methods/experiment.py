"""A/B with CUPED, a ratio metric and the split, from raw events: SQL moments against pandas with statsmodels and scipy.

python -m bench.methods.experiment --rows 10000000
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from bench.methods.make_events import arguments, prepared
from bench.methods.measure import opened, run, table
from pilothouse.methods import ab_warehouse

USERS = """
create temp table users as
select user_id, any_value(variant) as variant,
  coalesce(sum(value) filter (where event = 'pay' and ts >= since), 0) as revenue,
  coalesce(sum(value) filter (where event = 'pay' and ts < since), 0) as revenue_before,
  count(*) filter (where event = 'pay' and ts >= since) as orders,
  count(*) filter (where event = 'view' and ts >= since) as views
from events join exposures using (user_id) group by user_id"""
PANDAS = ("pandas", "scipy.stats", "statsmodels.api")
METRICS = {
    "revenue": ("revenue", None, "revenue_before", None),
    "orders": "orders",
    "orders_per_view": ("orders", "views"),
}


def ours(path: Path) -> Any:
    """One aggregate query over users; a few numbers arrive."""
    with opened(path) as connection:
        connection.execute(USERS)
        return read_out(connection)


def prepared_users(path: Path) -> Any:
    """The same when the user table is kept: what every further metric, segment or refresh costs."""
    import time

    with opened(path) as connection:
        connection.execute(USERS)
        begin = time.perf_counter()
        answer = read_out(connection)
        return answer, f"query and test alone {time.perf_counter() - begin:.3f} s"


def read_out(connection: duckdb.DuckDBPyConnection) -> Any:
    found = connection.execute(ab_warehouse.sql("users", METRICS))
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    result = ab_warehouse.from_aggregates(rows, METRICS, control=0)
    revenue, ratio = result.metrics["revenue"], result.metrics["orders_per_view"]
    return rounded(revenue.effect, revenue.p, ratio.effect, result.sample_ratio.p)


def rounded(*figures: float) -> tuple[str, ...]:
    return tuple(f"{one:.8g}" for one in figures)


def with_pandas(path: Path) -> Any:
    """Merge and group in memory, CUPED as a regression would be fed, tests by scipy and statsmodels."""
    import numpy as np
    import scipy.stats
    import statsmodels.api as sm

    with opened(path) as connection:
        events, exposures = (connection.execute(f"select * from {name}").df() for name in ("events", "exposures"))
    joined = events.merge(exposures, on="user_id")
    after = joined["ts"] >= joined["since"]
    pay, view = joined["event"] == "pay", joined["event"] == "view"
    joined["revenue"] = joined["value"].where(pay & after, 0.0)
    joined["revenue_before"] = joined["value"].where(pay & ~after, 0.0)
    joined["orders"], joined["views"] = (pay & after).astype(int), (view & after).astype(int)
    names = ["revenue", "revenue_before", "orders", "views"]
    users = joined.groupby("user_id").agg({"variant": "first", **dict.fromkeys(names, "sum")})
    theta = np.cov(users["revenue"], users["revenue_before"])[0, 1] / users["revenue_before"].var()
    adjusted = users["revenue"] - theta * (users["revenue_before"] - users["revenue_before"].mean())
    a, b = adjusted[users["variant"] == 0], adjusted[users["variant"] == 1]
    test = scipy.stats.ttest_ind(b, a, equal_var=False)
    sm.OLS(users["revenue"], sm.add_constant(users[["variant", "revenue_before"]])).fit(cov_type="HC1")
    by_arm = users.groupby("variant")[["orders", "views"]].mean()
    ratio = by_arm["orders"] / by_arm["views"]
    split = scipy.stats.binomtest(len(a), len(a) + len(b)).pvalue if len(users) <= 1e6 else float("nan")
    return rounded(b.mean() - a.mean(), test.pvalue, ratio[1] - ratio[0], split)


if __name__ == "__main__":
    given = arguments()
    path = prepared(given.rows, given.folder)
    jobs = [("DuckDB and ab_warehouse", ours), ("DuckDB, user table kept", prepared_users)]
    runs = [run(name, job, path, libraries=("numpy", "scipy.special")) for name, job in jobs]
    if not given.alone:
        runs.append(run("pandas, statsmodels, scipy", with_pandas, path, libraries=PANDAS))
    table(f"A/B, CUPED, ratio, split: {given.rows:,} events", runs)
