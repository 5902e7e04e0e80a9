"""Funnel, weekly retention and growth accounting over raw events: SQL of the methods against pandas.

python -m bench.methods.usage --rows 10000000
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

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


if __name__ == "__main__":
    given = arguments()
    path = prepared(given.rows, given.folder)
    rivals = [] if given.alone else [run("pandas", funnel_with_pandas, path, libraries=["pandas"])]
    first = run("funnel, first touch", funnel_first_touch, path)
    table(
        f"funnel of 4 steps in 7 days: {given.rows:,} events",
        [first, run("funnel, best chain", funnel_best_chain, path), *rivals],
    )
    rivals = [] if given.alone else [run("pandas", retention_with_pandas, path, libraries=["pandas"])]
    weekly = run("retention", weekly_retention, path)
    table(f"weekly retention: {given.rows:,} events", [weekly, *rivals])
    table(f"weekly growth accounting: {given.rows:,} events", [run("growth_accounting", weekly_growth, path)])
