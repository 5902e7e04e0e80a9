"""Ratings conjoint: what each property adds to how people rate a whole product.

Question: which levels lift the rating, and how much of it does each attribute decide?
Not for: forecasting sales (people rate generously; use choices), or price as money.
Sample: more rated profiles per person than there are effects; 50 people and more.

    >>> profiles = [{"price": p, "aroma": a} for p in ("low", "high") for a in ("yes", "no")]
    >>> result = analyse([[9, 6, 5, 2], [8, 8, 4, 4]], profiles=profiles)
    >>> result.part_worths["price"], {name: round(share, 1) for name, share in result.importance.items()}
    ({'low': 2.0, 'high': -2.0}, {'price': 78.6, 'aroma': 21.4})

Levels are coded to sum to zero and fitted by least squares, for everybody together and person by person; importance
is the mean over people of each attribute's range in per cent of all ranges.

Source: Green and Rao, Journal of Marketing Research 8(3), 1971; Green and Srinivasan, Journal of Marketing 54(4), 1990.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.asking.conjoint_coding import Attribute, attribute, importances
from pilothouse.methods.shared.checks import is_missing, mapping, number, sequence
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """Pooled fit (`intercept`, `part_worths`, `se` of the coded effects, `r2`) and importances averaged over people.

    `se` are None without a rating to spare.
    `individual` holds each person's intercept and effects, None where ratings were too few or all equal made no
    importance; `excluded` counts those without any. `missing` ratings are left out one by one.
    """

    intercept: float
    part_worths: dict[str, dict[Any, float]]
    se: dict[str, float | None]
    r2: float | None
    importance: dict[str, float]
    individual: tuple[tuple[float, ...] | None, ...]
    attributes: tuple[Attribute, ...]
    n: int
    excluded: int
    indifferent: int
    ratings: int
    missing: int


def analyse(
    ratings: Sequence[Sequence[Any]],
    *,
    profiles: Sequence[Mapping[str, Any]],
    levels: Mapping[str, Sequence[Any]] | None = None,
) -> Result:
    """Fit one list of ratings per person, in the order of the profiles of {attribute: level}.

    With `levels` a profile may give positions (1 is the first level) instead of names.
    """
    known, x = _coded(profiles, levels)
    y, missing = _ratings(ratings, x.shape[0])
    pooled, se, r2 = _pooled(x, y)
    effects = [name for one in known for name in one.effects]
    persons = [_person(x, row) for row in y]
    shares = [importances(_ranges(known, effects, person)) for person in persons if person is not None]
    torn = [share for share in shares if any(share.values())]
    coef = dict(zip(effects, pooled[1:], strict=True))
    return Result(
        intercept=pooled[0],
        part_worths={one.name: one.part_worths(coef, "effects") for one in known},
        se=dict(zip(("intercept", *effects), se, strict=True)),
        r2=r2,
        importance={
            one.name: math.fsum(share[one.name] for share in torn) / len(torn) if torn else 0.0 for one in known
        },
        individual=tuple(None if person is None else tuple(person) for person in persons),
        attributes=known,
        n=len(persons),
        excluded=sum(person is None for person in persons),
        indifferent=len(shares) - len(torn),
        ratings=len(persons) * x.shape[0] - missing,
        missing=missing,
    )


@dataclass(frozen=True)
class Simulation:
    """Shares in per cent: each person to the best product, in proportion to utility (BTL), or by logit.

    A share in proportion to a utility below zero means nothing: the `excluded` people who have one are left out of
    BTL and of the logit shown beside it (both None when that is everybody), as R's conjoint does. The logit itself
    needs no such thing: `logit_all_pct` is over everybody.
    """

    utilities: tuple[float, ...]
    first_choice_pct: tuple[float, ...]
    btl_pct: tuple[float, ...] | None
    logit_pct: tuple[float, ...] | None
    logit_all_pct: tuple[float, ...]
    excluded: int


def simulate(result: Result, products: Sequence[Mapping[str, Any]]) -> Simulation:
    """Who would take which product, person by person."""
    import numpy as np

    offers = [_named(product, result.attributes) for product in sequence(products, field="products")]
    persons = [person for person in result.individual if person is not None]
    if not persons:
        raise MethodError("no_answers", field="ratings")
    utility = np.array(persons) @ _rows(result.attributes, offers).T
    best = utility >= utility.max(axis=1, keepdims=True) - 1e-12
    proud = utility[(utility >= 0).all(axis=1) & (utility > 0).any(axis=1)]
    return Simulation(
        utilities=tuple(utility.mean(axis=0).tolist()),
        first_choice_pct=_percent(best),
        btl_pct=_percent(proud) if len(proud) else None,
        logit_pct=_percent(_odds(proud)) if len(proud) else None,
        logit_all_pct=_percent(_odds(utility)),
        excluded=len(utility) - len(proud),
    )


def _odds(utility: Any) -> Any:
    import numpy as np

    return np.exp(utility - utility.max(axis=1, keepdims=True))


def _percent(weights: Any) -> tuple[float, ...]:
    """Each person's weights as shares, averaged over people."""
    return tuple((100 * (weights / weights.sum(axis=1, keepdims=True)).mean(axis=0)).tolist())


def _coded(profiles: Any, levels: Mapping[str, Sequence[Any]] | None) -> tuple[tuple[Attribute, ...], Any]:
    rows = [dict(mapping(one, field="profiles")) for one in sequence(profiles, field="profiles", least_count=2)]
    names = tuple(mapping(levels, field="levels")) if levels is not None else tuple(rows[0])
    if levels is None:
        known = tuple(_attribute(name, [row.get(name) for row in rows]) for name in names)
    else:
        known = tuple(Attribute(name, tuple(sequence(levels[name], field=name, least_count=2))) for name in names)
    x = _rows(known, [_named(row, known) for row in rows])
    return known, _of_full_rank(x, known)


def _attribute(name: str, seen: list[Any]) -> Attribute:
    """Levels in the order met: the last of them is the one that follows from the others."""
    found = attribute(name, seen, None, ())
    return Attribute(name, tuple(dict.fromkeys(value for value in seen if value in found.levels)))


def _named(row: Mapping[str, Any], known: Sequence[Attribute]) -> dict[str, Any]:
    return {one.name: _level(one, mapping(row, field="profiles").get(one.name)) for one in known}


def _level(one: Attribute, value: Any) -> Any:
    position = isinstance(value, int) and value not in one.levels and 1 <= value <= len(one.levels)
    return one.levels[value - 1] if position else value


def _rows(known: Sequence[Attribute], rows: list[dict[str, Any]]) -> Any:
    import numpy as np

    blocks = [one.columns([row[one.name] for row in rows], "effects") for one in known]
    return np.hstack([np.ones((len(rows), 1)), *blocks])


def _of_full_rank(x: Any, known: Sequence[Attribute]) -> Any:
    import numpy as np

    effects = ["intercept", *(one.name for one in known for _ in one.effects)]
    _, values, vectors = np.linalg.svd(x)
    if x.shape[0] < x.shape[1] or values[-1] < 1e-10 * values[0]:
        raise MethodError("not_identified", field=effects[int(np.argmax(np.abs(vectors[-1])))], profiles=x.shape[0])
    return x


def _ratings(ratings: Any, width: int) -> tuple[Any, int]:
    import numpy as np

    rows = []
    for person, row in enumerate(sequence(ratings, field="ratings")):
        cells = sequence(row, field="ratings")
        if len(cells) != width:
            raise MethodError("different_length", field="ratings", row=person, n=len(cells), expected=width)
        rows.append([math.nan if is_missing(cell) else number(cell, field="ratings", row=person) for cell in cells])
    y = np.array(rows)
    missing = int(np.isnan(y).sum())
    if missing == y.size:
        raise MethodError("no_answers", field="ratings")
    return y, missing


def _pooled(x: Any, y: Any) -> tuple[list[float], list[float | None], float | None]:
    import numpy as np

    given = ~np.isnan(y)
    long_x, long_y = np.vstack([x[row] for row in given]), y[given]
    coef = np.linalg.lstsq(long_x, long_y, rcond=None)[0]
    left = float(((long_y - long_x @ coef) ** 2).sum())
    spread, freedom = float(((long_y - long_y.mean()) ** 2).sum()), len(long_y) - x.shape[1]
    if freedom < 1:
        return coef.tolist(), [None] * len(coef), None
    errors = np.sqrt(np.diag(np.linalg.inv(long_x.T @ long_x)) * left / freedom)
    return coef.tolist(), errors.tolist(), 1 - left / spread if spread else None


def _person(x: Any, y: Any) -> list[float] | None:
    """One person's effects, or None where too few ratings are left to tell them apart."""
    import numpy as np

    given = ~np.isnan(y)
    if np.linalg.matrix_rank(x[given]) < x.shape[1] if given.any() else True:
        return None
    return np.linalg.lstsq(x[given], y[given], rcond=None)[0].tolist()


def _ranges(known: Sequence[Attribute], effects: Sequence[str], person: Sequence[float]) -> dict[str, float]:
    """Ranges of each attribute; what is left of equal ratings by rounding counts as nothing."""
    coef, nothing = dict(zip(effects, person[1:], strict=True)), 1e-9 * (1 + abs(person[0]))
    ranges = {one.name: one.worth_range(coef, "effects") for one in known}
    return {name: value if value > nothing else 0.0 for name, value in ranges.items()}
