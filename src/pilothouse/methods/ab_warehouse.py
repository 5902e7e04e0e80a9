"""An experiment read from its user table: every metric, with CUPED where there is a past, and the split checked first.

Question: what did the experiment do to each of its metrics, from one row a user (or one aggregate query)?
Not for: event rows: bring them to one row a user first, because users were assigned, not events.
Sample: as `power` said.

    >>> users = [{"user": u, "variant": u % 2, "orders": u % 3 + u % 2, "visits": 2 + u % 5} for u in range(400)]
    >>> result = analyse(users, metrics={"orders_per_visit": ("orders", "visits")})
    >>> one = result.metrics["orders_per_visit"]
    >>> round(one.control, 3), round(one.treatment, 3), round(one.p, 6), result.sample_ratio.p
    (0.25, 0.499, 0.0, 1.0)
    >>> print(sql("users", {"orders_per_user": "orders"}))
    select "variant" as variant, count(*) as n, avg("orders") as m0, var_samp("orders") as c0_0
    from "users" where "variant" is not null group by "variant"

Source: A. Deng et al., KDD 2018 and WSDM 2013; the interval of the lift is taken on the log scale, as tea-tasting does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

from pilothouse.methods import ab_cuped, ab_ratio, ab_welch, srm
from pilothouse.methods.fitting.arms import Moments, lift
from pilothouse.methods.shared import queries
from pilothouse.methods.shared.checks import is_missing, mapping, number, sequence
from pilothouse.methods.shared.keys import keys
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import columns, pick
from pilothouse.methods.shared.vectors import vector

EXACT_UP_TO = 1_000_000
MOMENTS = """select $arm as variant, count(*) as n, $cells
from $table where $arm is not null group by $arm"""


@dataclass(frozen=True)
class Metric:
    """`effect` and `ci_abs` in the metric's unit, `rel` and `ci_rel` as shares of control (None where control is zero).

    With a past, `control` and `treatment` are the adjusted means and `variance_kept` says what noise was left.
    """

    control: float
    treatment: float
    effect: float
    ci_abs: tuple[float, float]
    rel: float | None
    ci_rel: tuple[float, float] | None
    p: float
    t: float
    df: float
    variance_kept: float | None


@dataclass(frozen=True)
class SampleRatio:
    """Users by arm and the p of that split (exact for up to a million users)."""

    control: int
    treatment: int
    p: float
    alarm: bool


@dataclass(frozen=True)
class Result:
    """`excluded` counts users seen in more than one arm, `missing` rows without a user or an arm."""

    metrics: dict[str, Metric]
    sample_ratio: SampleRatio
    control: Any
    treatment: Any
    excluded: int
    missing: int


def analyse(
    users: Any,
    *,
    metrics: Mapping[str, Any] | None = None,
    variant: str = "variant",
    unit: str | None = "user",
    control: Any = None,
    weights: Sequence[float] = (1, 1),
    confidence: float = 0.95,
) -> Result:
    """One row a user.

    A metric is a column (mean per user), a pair (numerator, denominator), or a mapping with "numerator",
    "denominator", "covariate", "covariate_denominator". Without `metrics` every column is one, with the column
    "<name>_covariate" as its past. `weights` are the configured shares of control and treatment.
    """
    table = columns(users)
    given = mapping(metrics, field="metrics") if metrics is not None else _all(table, variant, unit)
    chosen = {key: parts(metric) for key, metric in given.items()}
    kept, excluded, missing = _rows(table, variant, unit)
    arms = [table[variant][row] for row in kept]
    needed = pick(table, list(dict.fromkeys(name for part in chosen.values() for name in part if name)))
    values = {name: _numbers(name, cells, kept) for name, cells in needed.items()}
    by_arm = {arm: [row for row, one in enumerate(arms) if one == arm] for arm in dict.fromkeys(arms)}
    rows = [_aggregate(arm, chosen, values, chosen_rows) for arm, chosen_rows in by_arm.items()]
    found = from_aggregates(rows, chosen, control=control, weights=weights, confidence=confidence)
    return Result(found.metrics, found.sample_ratio, found.control, found.treatment, excluded, missing)


def parts(metric: Any) -> tuple[str | None, ...]:
    """(numerator, denominator, covariate, covariate denominator), None where there is none."""
    if isinstance(metric, str):
        return metric, None, None, None
    if isinstance(metric, Mapping):
        named = tuple(metric.get(k) for k in ("numerator", "denominator", "covariate", "covariate_denominator"))
    else:
        listed = sequence(metric, field="metrics", least_count=1)
        named = (*listed, None, None, None, None)[:4]
    if not all(one is None or isinstance(one, str) for one in named):
        raise MethodError("not_a_metric", field="metrics", value=repr(metric))
    if not named[0] or (named[2] and bool(named[1]) != bool(named[3])):
        raise MethodError("not_a_metric", field="metrics", value=repr(metric))
    return named


def _all(table: Mapping[str, Any], variant: str, unit: str | None) -> dict[str, Any]:
    names = [name for name in table if name not in (variant, unit) and not name.endswith("_covariate")]
    pasts = {name: f"{name}_covariate" for name in names if f"{name}_covariate" in table}
    return {name: {"numerator": name, "covariate": pasts.get(name)} for name in names}


def _rows(table: dict[str, list[Any]], variant: str, unit: str | None) -> tuple[list[int], int, int]:
    """Rows to use: with an arm, and of users seen in one arm only."""
    arms = keys(pick(table, [variant])[variant], field=variant)
    units = keys(pick(table, [unit])[unit], field=unit) if unit is not None else list(range(len(arms)))
    there = [row for row in range(len(arms)) if not is_missing(arms[row]) and not is_missing(units[row])]
    seen: dict[Any, Any] = {}
    crossed = set()
    for row in there:
        if seen.setdefault(units[row], arms[row]) != arms[row]:
            crossed.add(units[row])
    kept = [row for row in there if units[row] not in crossed]
    if len({units[row] for row in kept}) < len(kept):
        raise MethodError("repeated_unit", field=unit)
    return kept, len(crossed), len(arms) - len(there)


def _numbers(name: str, cells: list[Any], kept: list[int]) -> Any:
    found = vector(cells, field=name)
    if found.missing:
        raise MethodError("gaps_in_values", field=name, missing=found.missing)
    return found.values[kept]


def _pairs(chosen: Mapping[str, tuple[str | None, ...]]) -> tuple[list[str], list[tuple[int, int]]]:
    """The columns, and the pairs of them whose covariance some metric needs."""
    names = list(dict.fromkeys(name for part in chosen.values() for name in part if name))
    pairs = {
        (min(i, j), max(i, j))
        for part in chosen.values()
        for i, j in combinations_with_replacement([names.index(name) for name in part if name], 2)
    }
    return names, sorted(pairs)


def _aggregate(arm: Any, chosen: Mapping[str, Any], values: Mapping[str, Any], rows: list[int]) -> dict[str, Any]:
    """What the query of `sql` would return for this arm."""
    import numpy as np

    names, pairs = _pairs(chosen)
    part = {name: np.asarray(values[name])[rows] for name in names}
    rest = {name: column - column.mean() for name, column in part.items()}
    row: dict[str, Any] = {"variant": arm, "n": len(rows)}
    row |= {f"m{place}": float(part[name].mean()) for place, name in enumerate(names)}
    if len(rows) > 1:
        row |= {f"c{i}_{j}": float(rest[names[i]] @ rest[names[j]]) / (len(rows) - 1) for i, j in pairs}
    return row


def sql(table: str, metrics: Mapping[str, Any], *, variant: str = "variant") -> str:
    """One aggregate query over a table of one row a user: n, means and centred second moments by arm."""
    names, pairs = _pairs({key: parts(metric) for key, metric in metrics.items()})
    quoted = [queries.name(one) for one in names]
    cells = [f"avg({one}) as m{place}" for place, one in enumerate(quoted)]
    for i, j in pairs:
        spread = f"var_samp({quoted[i]})" if i == j else f"covar_samp({quoted[i]}, {quoted[j]})"
        cells.append(f"{spread} as c{i}_{j}")
    return queries.fill(MOMENTS, arm=queries.name(variant), cells=", ".join(cells), table=queries.name(table))


def from_aggregates(
    rows: Iterable[Mapping[str, Any]],
    metrics: Mapping[str, Any],
    *,
    control: Any = None,
    weights: Sequence[float] = (1, 1),
    confidence: float = 0.95,
) -> Result:
    """From the rows of the query: any engine may have counted a hundred million users, a few numbers arrive here."""
    confidence = number(confidence, field="confidence", above=0, most=0.999999)
    by_arm = {row["variant"]: row for row in rows}
    if len(by_arm) != 2:
        raise MethodError("not_two_arms", field="variant", arms=tuple(map(str, by_arm)))
    first = sorted(by_arm, key=str)[0] if control is None else control
    if first not in by_arm:
        raise MethodError("no_such_arm", field="control", value=control)
    second = next(arm for arm in by_arm if arm != first)
    chosen = {key: parts(metric) for key, metric in metrics.items()}
    names, _ = _pairs(chosen)
    found = {
        key: _metric([_moments(by_arm[arm], part, names) for arm in (first, second)], part, confidence)
        for key, part in chosen.items()
    }
    split = _split(int(by_arm[first]["n"]), int(by_arm[second]["n"]), weights)
    return Result(found, split, first, second, 0, 0)


def _moments(row: Mapping[str, Any], part: tuple[str | None, ...], names: list[str]) -> Moments:
    places = [names.index(name) for name in part if name]
    n = int(row["n"])
    if n < 2:
        raise MethodError("too_few", field="users", row=str(row["variant"]), n=n, least=2)
    cov = tuple(tuple(float(row[f"c{min(i, j)}_{max(i, j)}"]) for j in places) for i in places)
    return Moments(n, tuple(float(row[f"m{place}"]) for place in places), cov)


def _metric(arms: list[Moments], part: tuple[str | None, ...], confidence: float) -> Metric:
    kept = None
    if part[2]:
        plain = ab_cuped.analyse(*arms, diff="absolute", confidence=confidence)
        a, b = ab_cuped.adjusted(*arms)
        kept = plain.variance_kept
    elif part[1]:
        a, b = (ab_ratio.side(arm, "users") for arm in arms)
    else:
        a, b = (ab_welch.side(arm) for arm in arms)
    absolute = lift(a, b, "absolute", confidence)
    positive = all(side.mean > 0 and side.mean**2 > 4 * side.variance for side in (a, b))
    relative = lift(a, b, "log", confidence) if positive else None
    return Metric(
        control=a.mean,
        treatment=b.mean,
        effect=absolute.est,
        ci_abs=absolute.ci,
        rel=relative.est if relative else None,
        ci_rel=relative.ci if relative else None,
        p=absolute.p,
        t=absolute.t,
        df=absolute.df,
        variance_kept=kept,
    )


def _split(control: int, treatment: int, weights: Sequence[float]) -> SampleRatio:
    found = srm.analyse([control, treatment], weights=weights)
    share = weights[0] / (weights[0] + weights[1])
    p = srm.exact([control, treatment], weight=share) if found.n <= EXACT_UP_TO else found.p
    return SampleRatio(control, treatment, p, p < 0.001)
