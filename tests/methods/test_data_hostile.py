"""Nonsense in any place of a good input is refused as a MethodError or counted, never anything else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas
import pytest

from pilothouse.methods import REGISTRY, MethodError, anova, funnel, retention

ROWS = [{"y": float(i % 5 + i % 3), "x": float(i), "g": i % 4, "b": int(i % 3 == 0 or i == 7)} for i in range(30)]
MEAN = {"n": 100, "mean": 1.0, "variance": 1.0}
PAST = {**MEAN, "pre_mean": 1.0, "pre_variance": 1.0, "cov": 0.5}
RATIO = {"n": 100, "m_mean": 1.0, "d_mean": 2.0, "m_variance": 1.0, "d_variance": 1.0, "cov": 0.2}
SHARE = {"successes": 4, "n": 50}
NONSENSE = [None, [], {}, "x", -1, [None], [[]], {"a": None}, float("nan"), float("inf"), 1e308, object()]
GOOD: dict[str, dict[str, Any]] = {
    "descriptive": {"x": [1, 2, 3, 4, 5.0]},
    "histogram": {"x": [1, 2, 3, 9.0]},
    "outliers": {"x": [1, 2, 3, 4, 50.0]},
    "correlation": {"x": [1, 2, 3, 4.0], "y": [2, 1, 4, 3.0]},
    "ols": {"rows": ROWS, "formula": "y ~ x + factor(g)"},
    "regression_diag": {"data": ROWS, "formula": "y ~ x"},
    "logistic": {"data": ROWS, "formula": "b ~ x"},
    "nonparametric": {"data": [{"group": row["g"], "y": row["y"]} for row in ROWS]},
    "trend": {"y": [1, 2, 4, 3, 5.0, 7]},
    "timeseries": {"y": [1, 2, 4, 3, 5.0, 7, 8, 9, 3], "period": 2},
    "anomaly": {"y": [1, 2, 4, 3, 5.0, 7, 8], "period": 2},
    "srm": {"observed": [100, 120], "weights": [0.5, 0.5]},
    "power": {"delta": 1, "power": 0.8},
    "ab_welch": {"a": MEAN, "b": MEAN},
    "ab_proportion": {"x": [5, 6], "n": [50, 50]},
    "ab_ratio": {"a": RATIO, "b": RATIO},
    "ab_cuped": {"a": PAST, "b": PAST},
    "ab_warehouse": {"users": [{"user": i, "variant": i % 2, "v": i % 5} for i in range(40)], "metrics": {"m": "v"}},
    "cluster_robust": {"data": ROWS, "formula": "y ~ x", "clusters": ["g"]},
    "multiplicity": {"p": [0.01, 0.2]},
    "group_sequential": {"K": 3},
    "always_valid": {"a": MEAN, "b": MEAN},
    "bayes": {"a": SHARE, "b": SHARE},
    "funnel": {"events": [["u", 0, "a"], ["u", 5, "b"]], "chain": ["a", "b"], "window": 10},
    "retention": {"visits": [("a", "2026-01-01"), ("b", "2026-01-02")]},
    "stickiness": {"active": {"2026-01-01": ["a"], "2026-01-02": ["b"]}, "window_days": 2},
    "growth_accounting": {"active_by_week": {"w1": ["a"], "w2": ["a", "b"]}},
    "nrp": {
        "items": {
            "a": {"value": 1, "effort": {"dev": 1}, "pred": ["b"]},
            "b": {"value": 1, "effort": {"dev": 2}, "deadline": "r"},
        },
        "releases": {"r": {"dev": 5}},
        "bundles": {"c": {"value": 1, "items": ["a"]}},
        "precedence": [("b", "a")],
    },
    "cpm_pert": {
        "tasks": [{"id": "A", "o": 1, "m": 2, "p": 3, "pred": []}, {"id": "B", "duration": 2, "pred": ["A"]}],
        "start": "2026-01-01",
        "calendar": {"holidays": ["2026-01-02"]},
        "links": [["A", "B", "FS", 1]],
    },
    "dependencies": {"tasks": {"A": 1, "B": 2}, "links": [["A", "B", "FS", 1]]},
    "crashing": {"tasks": {"A": {"normal": 3, "crash": 2, "cost_n": 1, "cost_c": 2, "pred": []}}, "deadline": 3},
    "rcpsp": {
        "tasks": {"A": {"duration": 1, "demand": {"d": 1}}, "B": {"duration": 1, "pred": ["A"]}},
        "capacity": {"d": 1},
        "absences": [("d", 0, 1, 1)],
        "baseline": {"A": 1},
    },
    "forecast_mc": {"samples": [1, 2, 3], "backlog": 5, "start": "2026-01-01"},
    "burn": {"items": [{"points": 1, "done": "2026-01-02"}], "start": "2026-01-01", "end": "2026-01-03"},
    "cumulative_flow": {"moves": [("a", "2026-01-01", "x"), ("a", "2026-01-02", "y")], "states": ["x", "y"]},
    "cycle_time": {"items": [{"id": 1, "started": "2026-01-01", "finished": "2026-01-02"}], "as_of": "2026-02-01"},
    "flow": {"wip": 3, "throughput_per_week": 2},
}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    inside = (
        value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, (list, tuple)) else ()
    )
    for name, part in inside:
        yield from places(part, (*path, name))


def spoiled(value: Any, path: tuple[Any, ...], nonsense: Any) -> Any:
    if not path:
        return nonsense
    if isinstance(value, dict):
        return {name: spoiled(part, path[1:], nonsense) if name == path[0] else part for name, part in value.items()}
    return [spoiled(part, path[1:], nonsense) if row == path[0] else part for row, part in enumerate(value)]


@pytest.mark.parametrize("method", GOOD)
def test_nonsense_in_any_place(method):
    analyse = REGISTRY[method].analyse
    analyse(**GOOD[method])
    for path in places(GOOD[method]):
        for nonsense in NONSENSE:
            try:
                analyse(**spoiled(GOOD[method], path, nonsense))
            except MethodError:
                continue
            except Exception as failed:
                pytest.fail(f"{nonsense!r} at {path}: {failed!r}")


def test_a_data_frame_is_its_rows():
    """Iterating over one gives its columns; nobody means those."""
    frame = pandas.DataFrame(
        {"event": ["b", "a"], "user": ["u", "u"], "time": pandas.to_datetime(["2026-01-02", "2026-01-01"])}
    )
    assert funnel.analyse(frame, chain=["a", "b"]).reached == (1, 1)
    assert retention.analyse(frame.rename(columns={"time": "date"})).cohorts == {"2026-01-01": (1, 1)}


def test_groups_may_come_apart_without_saying_so():
    apart = {"a": [1, 2, 3], "b": [2, 4, 9, 5]}
    assert anova.analyse(apart) == anova.analyse(apart, group=None)
    with pytest.raises(MethodError):
        anova.analyse(apart, group="arm")
