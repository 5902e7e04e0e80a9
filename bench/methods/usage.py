"""Funnel, weekly retention and growth accounting over raw events: SQL of the methods against pandas.

python -m bench.methods.usage --rows 10000000
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.methods.in_pandas import MOST_RAW
from bench.methods.make_events import arguments, prepared
from bench.methods.measure import opened, run, table
from pilothouse.methods import funnel, growth_accounting, retention

STEPS = ["visit", "view", "cart", "pay"]
WEEK = 7 * 86400


def ask(path: Path, sql: str) -> Any:
    with opened(path) as connection:
        return connection.execute(sql).fetchall()


def funnel_first_touch(path: Path) -> Any:
    return ask(path, funnel.sql("events", STEPS, window=WEEK, mode="first_touch"))[0]


def funnel_best_chain(path: Path) -> Any:
    return ask(path, funnel.sql("events", STEPS, window=WEEK))[0]


def funnel_clustered(path: Path) -> Any:
    return ask(path, funnel.sql("clustered", STEPS, window=WEEK, dialect="duckdb"))[0]


def funnel_asof(path: Path) -> Any:
    return ask(path, funnel.sql("events", STEPS, window=WEEK, dialect="duckdb"))[0]


def retention_from_activity(path: Path) -> Any:
    return [users for _, _, users in ask(path, retention.sql_of_activity("activity"))][:4]


def weekly_retention(path: Path) -> Any:
    return [users for _, _, users in ask(path, retention.sql("events"))][:4]


def weekly_growth(path: Path) -> Any:
    return ask(path, growth_accounting.sql("events"))[1][1:]


def load(path: Path) -> Any:
    with opened(path) as connection:
        return connection.execute("select user_id, ts, event from events").df()


def funnel_with_pandas(path: Path) -> Any:
    """First touch: the earliest next step in time, a merge a step."""
    import pandas as pd

    events = load(path)
    reached = events[events["event"] == STEPS[0]].groupby("user_id")["ts"].min().rename("s").reset_index()
    counts = [len(reached)]
    for step in STEPS[1:]:
        later = events[events["event"] == step].merge(reached, on="user_id")
        later = later[(later["ts"] >= later["s"]) & (later["ts"] - later["s"] <= pd.Timedelta(seconds=WEEK))]
        reached = later.groupby("user_id")["ts"].min().rename("s").reset_index()
        counts.append(len(reached))
    return tuple(counts)


def retention_with_pandas(path: Path) -> Any:
    import pandas as pd

    events = load(path)
    day = events["ts"].dt.normalize()
    events["week"] = day - pd.to_timedelta(day.dt.weekday, unit="D")
    active = events[["user_id", "week"]].drop_duplicates()
    active["cohort"] = active.groupby("user_id")["week"].transform("min")
    found = active.groupby(["cohort", "week"]).size()
    return found.tolist()[:4]


FUNNELS = {
    "best chain, stored by user and time, ASOF": funnel_clustered,
    "best chain, raw, ASOF": funnel_asof,
    "best chain, raw, standard SQL": funnel_best_chain,
    "first touch, raw": funnel_first_touch,
}
RETENTIONS = {"activity bits": retention_from_activity, "raw": weekly_retention}


def compare(title: str, jobs: Mapping[str, Any], path: Path, rival: Any = None, rule: str = "") -> None:
    runs = [run(name, job, path, libraries=["duckdb"]) for name, job in jobs.items()]
    if rival:
        runs.append(run(f"pandas{rule}", rival, path, libraries=["duckdb", "pandas"]))
    table(title, runs)


if __name__ == "__main__":
    given = arguments()
    path = prepared(given.rows, given.folder)
    beside = not given.alone and given.rows <= MOST_RAW
    rows = f"{given.rows:,} events"
    compare(
        f"funnel of 4 steps in 7 days: {rows}", FUNNELS, path, funnel_with_pandas if beside else None, ", first touch"
    )
    compare(f"weekly retention: {rows}", RETENTIONS, path, retention_with_pandas if beside else None)
    compare(f"weekly growth accounting: {rows}", {"raw": weekly_growth}, path)
