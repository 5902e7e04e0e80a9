"""Choice-based conjoint: what each property of a product is worth when people have to choose.

Question: which level of which attribute moves the choice, and what would it be worth in money?
Not for: more than about seven attributes, products people cannot picture, or markets where habit decides.
Sample: people x tasks x alternatives / levels of the largest attribute of at least 500.

    >>> rows = [{"respondent": r, "task": t, "seat": seat, "choice": int(seat == 7 and (r, t) != (1, 1) or
    ...          seat == 6 and (r, t) == (1, 1))} for r in (1, 2) for t in (1, 2) for seat in (6, 7)]
    >>> result = analyse(rows)
    >>> round(result.coef["seat7"], 4), result.counts["seat"]
    (1.0986, {7: 3, 6: 1})

A choice between alternatives follows a multinomial logit, fitted by Newton's method. It takes a copy of a product
for a new one (independence of irrelevant alternatives): `simulate` names products that are nearly alike.

Source: McFadden, "Conditional logit analysis of qualitative choice behavior", 1974; Louviere and Woodworth, Journal of
Marketing Research 20(4), 1983; Johnson and Orme, 1996 (sample size); Fieller, 1954 (interval of a ratio).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.asking.conjoint_coding import Attribute, attribute, importances
from pilothouse.methods.asking.conjoint_use import Simulation, Wtp, simulate, wtp
from pilothouse.methods.asking.designs import ChoiceDesign, choice_design
from pilothouse.methods.fitting.choice import Fit, fit
from pilothouse.methods.shared.checks import is_missing, mapping, one_of, sequence, whole
from pilothouse.methods.shared.intervals import chi2_p, two_sided_p
from pilothouse.methods.shared.items import columns, hashable
from pilothouse.methods.shared.method import MethodError

__all__ = ["ChoiceDesign", "Result", "Simulation", "Wtp", "analyse", "design", "likelihood_ratio", "simulate", "wtp"]

design = choice_design
NONE = "none"
ENOUGH = 500


@dataclass(frozen=True)
class Result:
    """Coefficients with errors and tests, named like seat7; `part_worths` by attribute with the base included.

    `importance` is each range in per cent; `counts` how often each level was chosen. `excluded` tasks had no choice or
    several. `flags`: few_tasks, positive_price (a dearer product seems better: check the data).
    """

    coef: dict[str, float]
    se: dict[str, float]
    z: dict[str, float]
    p: dict[str, float]
    part_worths: dict[str, dict[Any, float]]
    importance: dict[str, float]
    counts: dict[str, dict[Any, int]]
    loglik0: float
    loglik: float
    mcfadden_r2: float
    respondents: int
    tasks: int
    alternatives: int
    excluded: int
    exposures: float
    coding: str
    attributes: tuple[Attribute, ...]
    cov: tuple[tuple[float, ...], ...]
    flags: tuple[str, ...]


def analyse(
    rows: Any,
    *,
    attributes: Collection[str] | None = None,
    base: Mapping[str, Any] | None = None,
    numeric: Collection[str] = (),
    coding: Literal["dummy", "effects"] = "dummy",
    respondent: str = "respondent",
    task: str = "task",
    choice: str = "choice",
    price: str = "price",
) -> Result:
    """Fit rows of alternatives: {respondent, task, attribute: level, ..., choice: 0 or 1}.

    Attributes are those named, those of `base`, or all other columns. Those in `numeric` count as numbers. A row with
    none of its attributes filled is the alternative "none of these" and gets a constant of its own.
    """
    one_of(coding, ("dummy", "effects"), field="coding")
    names = _names(rows, attributes, base, (respondent, task, choice))
    found = columns(rows, (task, choice, *names), (respondent,), field="rows")
    sets, excluded = _sets(found.get(respondent), found[task], found[choice])
    order = [row for one in sets for row in one]
    data = {name: [found[name][row] for row in order] for name in (*names, choice)}
    known = tuple(attribute(name, data[name], (base or {}).get(name), numeric) for name in names)
    x, effects = _matrix(known, data, coding, order)
    starts = [0]
    for one in sets[:-1]:
        starts.append(starts[-1] + len(one))
    result = _fit(x, starts, data[choice], effects)
    exposures = len(order) / max(len(one.levels) for one in known)
    people = len({found[respondent][row] for row in order}) if respondent in found else 1
    return _result(result, effects, known, coding, data, choice, people, len(sets), excluded, exposures, price)


def likelihood_ratio(full: Result, restricted: Result) -> tuple[float, int, float]:
    """Chi-square, degrees of freedom and p of a model against a simpler one inside it."""
    chi2, df = 2 * (full.loglik - restricted.loglik), len(full.coef) - len(restricted.coef)
    return chi2, df, chi2_p(max(chi2, 0.0), df)


def _names(rows: Any, attributes: Any, base: Any, keys: Iterable[str]) -> list[str]:
    if attributes is not None or base is not None:
        given = attributes if attributes is not None else list(mapping(base, field="base"))
        names = hashable(
            sequence(list(given) if isinstance(given, Mapping) else given, field="attributes"), "attributes"
        )
    elif isinstance(rows, Mapping) or hasattr(rows, "columns"):
        names = [str(name) for name in getattr(rows, "columns", rows)]
    else:
        listed = sequence(rows, field="rows", least_count=0)
        names = list(dict.fromkeys(name for row in listed if isinstance(row, Mapping) for name in row))
    names = [name for name in names if name not in keys]
    if not names:
        raise MethodError("no_attributes", field="attributes")
    return names


def _sets(people: list[Any] | None, tasks: list[Any], choices: list[Any]) -> tuple[list[list[int]], int]:
    """Rows of each task in which exactly one of several alternatives was chosen, and how many tasks were not so."""
    sets: dict[Any, list[int]] = {}
    for row, name in enumerate(tasks):
        sets.setdefault((people[row] if people else None, name), []).append(row)
    taken = [
        0 if is_missing(value) else whole(value, field="choice", row=row, least=0, most=1)
        for row, value in enumerate(map(_plain, choices))
    ]
    good = [rows for rows in sets.values() if len(rows) > 1 and sum(taken[row] for row in rows) == 1]
    if not good:
        raise MethodError("no_answers", field="choice", excluded=len(sets))
    return good, len(sets) - len(good)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value


def _matrix(
    known: Sequence[Attribute], data: Mapping[str, list[Any]], coding: str, order: list[int]
) -> tuple[Any, list[str]]:
    import numpy as np

    blank = [[is_missing(data[one.name][row]) for one in known] for row in range(len(order))]
    none = np.array([all(cells) for cells in blank])
    for row, cells in enumerate(blank):
        if any(cells) and not none[row]:
            raise MethodError("missing_level", field=known[cells.index(True)].name, row=order[row])
    blocks = []
    for one in known:
        filler = 0 if one.numeric else one.base
        block = one.columns(
            [filler if gone else value for gone, value in zip(none, data[one.name], strict=True)], coding
        )
        block[none] = 0
        blocks.append(block)
    effects = [name for one in known for name in one.effects]
    if none.any():
        return np.hstack([*blocks, none[:, None].astype(float)]), [*effects, NONE]
    return np.hstack(blocks), effects


def _fit(x: Any, starts: list[int], choices: list[Any], effects: list[str]) -> Fit:
    import numpy as np

    chosen = np.array([0.0 if is_missing(value) else float(value) for value in choices])
    return fit(x, np.array(starts), chosen, effects)


def _result(
    fitted: Fit,
    effects: list[str],
    known: tuple[Attribute, ...],
    coding: str,
    data: Mapping[str, list[Any]],
    choice: str,
    people: int,
    tasks: int,
    excluded: int,
    exposures: float,
    price: str,
) -> Result:
    coef = dict(zip(effects, fitted.coef.tolist(), strict=True))
    se = {name: math.sqrt(fitted.cov[i][i]) for i, name in enumerate(effects)}
    z = {name: coef[name] / se[name] for name in effects}
    taken = [row for row, value in enumerate(data[choice]) if not is_missing(value) and float(value) == 1]
    flags = {"few_tasks": exposures < ENOUGH, "positive_price": price in coef and coef[price] > 0}
    return Result(
        coef=coef,
        se=se,
        z=z,
        p={name: two_sided_p(value) for name, value in z.items()},
        part_worths={one.name: one.part_worths(coef, coding) for one in known},
        importance=importances({one.name: one.worth_range(coef, coding) for one in known}),
        counts={one.name: _chosen(one, data[one.name], taken) for one in known},
        loglik0=fitted.loglik0,
        loglik=fitted.loglik,
        mcfadden_r2=1 - fitted.loglik / fitted.loglik0,
        respondents=people,
        tasks=tasks,
        alternatives=len(data[choice]),
        excluded=excluded,
        exposures=exposures,
        coding=coding,
        attributes=known,
        cov=tuple(tuple(row) for row in fitted.cov.tolist()),
        flags=tuple(flag for flag, holds in flags.items() if holds),
    )


def _chosen(one: Attribute, values: list[Any], taken: list[int]) -> dict[Any, int]:
    counts = Counter(values[row] for row in taken)
    return {level: counts[level] for level in one.levels}
