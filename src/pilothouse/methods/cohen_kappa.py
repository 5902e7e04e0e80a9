"""Kappa: whether people who code the same answers agree beyond chance.

Question: would somebody else have given these answers the same codes?
Not for: gaps or changing numbers of coders (use Krippendorff's alpha), or numbers on a scale.
Sample: 50 units and more, each code used several times; fix the units (answers, segments) before coding.

    >>> result = analyse([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    >>> round(result.kappa, 3), result.po, round(result.se, 3)
    (0.492, 0.7, 0.051)

Kappa is low where nearly everything gets one code, however well people agree: PABAK and Gwet's AC1 stand beside it.
Where both used one code only it is undefined (None).

Source: Cohen, Educational and Psychological Measurement 20, 1960; Cohen, Psychological Bulletin 70, 1968 (weights);
Fleiss, Cohen and Everitt, Psychological Bulletin 72, 1969 (errors); Fleiss, Psychological Bulletin 76, 1971 (many
coders); Byrt, 1993 (PABAK); Gwet, 2008 (AC1).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.fitting.contingency import counts, margins
from pilothouse.methods.shared.checks import is_missing, one_of, sequence, whole
from pilothouse.methods.shared.intervals import Interval, z_value
from pilothouse.methods.shared.items import confidence
from pilothouse.methods.shared.method import MethodError

Weights = Literal["linear", "quadratic"] | None


@dataclass(frozen=True)
class Result:
    """Agreement seen (`po`) and by chance (`pe`), kappa with its error and interval, and two rivals of kappa.

    `se0` is the error if there were no agreement but chance, for a test. `kappa` and its errors are None where chance
    agreement is complete.
    """

    kappa: float | None
    ci: Interval | None
    se: float | None
    se0: float | None
    po: float
    pe: float
    pabak: float
    ac1: float | None
    weights: str | None
    categories: tuple[Any, ...]
    n: float
    missing: int


def analyse(
    table: Any,
    *,
    weights: Weights = None,
    categories: Sequence[Any] | None = None,
    conf: float = 0.95,
    missing: int = 0,
) -> Result:
    """Read a square table: rows are the first coder's codes, columns the second's. Weights are for ordered codes."""
    one_of(weights, (None, "linear", "quadratic"), field="weights")
    cells = counts(table, "table")
    k = len(cells)
    if len(cells[0]) != k:
        raise MethodError("not_square", field="table", rows=k, columns=len(cells[0]))
    rows, cols, n = margins(cells)
    first, second = [row / n for row in rows], [col / n for col in cols]
    w = [[_weight(i, j, k, weights) for j in range(k)] for i in range(k)]
    po = math.fsum(w[i][j] * cells[i][j] for i in range(k) for j in range(k)) / n
    pe = math.fsum(w[i][j] * first[i] * second[j] for i in range(k) for j in range(k))
    plain = math.fsum(cells[i][i] for i in range(k)) / n
    kappa = se = se0 = None
    if 1 - pe > 1e-12:
        kappa = (po - pe) / (1 - pe)
        se, se0 = _errors(cells, first, second, w, n, po, pe)
    half = z_value(confidence(conf)) * se if se is not None else 0.0
    return Result(
        kappa=kappa,
        ci=None if kappa is None else (kappa - half, kappa + half),
        se=se,
        se0=se0,
        po=po,
        pe=pe,
        pabak=(k * plain - 1) / (k - 1) if k > 1 else 1.0,
        ac1=_ac1(first, second, plain),
        weights=weights,
        categories=_categories(categories, k),
        n=n,
        missing=missing,
    )


def from_codes(
    a: Iterable[Any],
    b: Iterable[Any],
    *,
    weights: Weights = None,
    categories: Sequence[Any] | None = None,
    conf: float = 0.95,
) -> Result:
    """Compare two coders' lists of codes, unit by unit; units that one of them left out are counted as missing."""
    left, right = sequence(a, field="a"), sequence(b, field="b")
    if len(left) != len(right):
        raise MethodError("different_length", field="b", n=len(right), expected=len(left))
    pairs = Counter((x, y) for x, y in zip(left, right, strict=True) if not (is_missing(x) or is_missing(y)))
    if not pairs:
        raise MethodError("no_answers", field="a", missing=len(left))
    met = list(dict.fromkeys(code for pair in pairs for code in pair))
    if categories is None:
        categories = sorted(met) if all(isinstance(code, (int, float)) for code in met) else met
    for code in met:
        one_of(code, categories, field="categories")
    table = [[pairs[x, y] for y in categories] for x in categories]
    return analyse(table, weights=weights, categories=categories, conf=conf, missing=len(left) - sum(pairs.values()))


def multilabel(
    a: Sequence[Collection[Any] | None], b: Sequence[Collection[Any] | None], *, conf: float = 0.95
) -> dict[Any, Result]:
    """One kappa per code, present or absent in each unit, where a unit may carry several codes."""
    left, right = sequence(a, field="a"), sequence(b, field="b")
    codes = dict.fromkeys(code for unit in (*left, *right) if unit is not None for code in unit)
    if not codes:
        raise MethodError("no_answers", field="a")

    def marks(units: list[Any], code: Any) -> list[Any]:
        return [None if unit is None else int(code in unit) for unit in units]

    return {code: from_codes(marks(left, code), marks(right, code), categories=(0, 1), conf=conf) for code in codes}


def _categories(names: Sequence[Any] | None, k: int) -> tuple[Any, ...]:
    found = tuple(range(k)) if names is None else tuple(sequence(names, field="categories"))
    if len(found) != k:
        raise MethodError("different_length", field="categories", n=len(found), expected=k)
    return found


def _weight(i: int, j: int, k: int, weights: str | None) -> float:
    if weights is None:
        return float(i == j)
    return 1 - (abs(i - j) / max(k - 1, 1)) ** (1 if weights == "linear" else 2)


def _errors(
    cells: Any, first: list[float], second: list[float], w: list[list[float]], n: float, po: float, pe: float
) -> tuple[float, float]:
    k = len(first)
    by_row = [math.fsum(second[j] * w[i][j] for j in range(k)) for i in range(k)]
    by_col = [math.fsum(first[i] * w[i][j] for i in range(k)) for j in range(k)]
    places = [(i, j) for i in range(k) for j in range(k)]
    null = math.fsum(first[i] * second[j] * (w[i][j] - by_row[i] - by_col[j]) ** 2 for i, j in places) - pe * pe
    seen = math.fsum(
        cells[i][j] / n * (w[i][j] * (1 - pe) - (by_row[i] + by_col[j]) * (1 - po)) ** 2 for i, j in places
    )
    seen -= (po * pe - 2 * pe + po) ** 2
    return math.sqrt(max(seen, 0.0) / n) / (1 - pe) ** 2, math.sqrt(max(null, 0.0) / n) / (1 - pe)


def _ac1(first: list[float], second: list[float], po: float) -> float | None:
    k = len(first)
    shares = [(a + b) / 2 for a, b in zip(first, second, strict=True)]
    chance = math.fsum(share * (1 - share) for share in shares) / (k - 1) if k > 1 else 0.0
    return (po - chance) / (1 - chance)


@dataclass(frozen=True)
class Fleiss:
    """Kappa of several coders, its error under chance, and kappa for each code. None where only one code was used."""

    kappa: float | None
    se0: float | None
    by_category: tuple[float | None, ...]
    po: float
    pe: float
    units: int
    coders: int


def fleiss(table: Any) -> Fleiss:
    """Read units by codes: how many coders gave each unit each code. Every unit needs as many coders."""
    cells = counts(table, "table")
    coders = whole(math.fsum(cells[0]), field="table", row=0, least=2)
    for row, unit in enumerate(cells):
        if math.fsum(unit) != coders:
            raise MethodError("unequal_coders", field="table", row=row, n=math.fsum(unit), expected=coders)
    units = len(cells)
    shares = [math.fsum(column) / (units * coders) for column in zip(*cells, strict=True)]
    pairs = units * coders * (coders - 1)
    po = math.fsum(x * (x - 1) for unit in cells for x in unit) / pairs
    pe = math.fsum(share * share for share in shares)
    spread = [share * (1 - share) for share in shares]
    total = math.fsum(spread)
    if total < 1e-12:
        return Fleiss(None, None, tuple(None for _ in shares), po, pe, units, coders)
    lean = math.fsum(v * (1 - 2 * share) for v, share in zip(spread, shares, strict=True))
    mixed = [math.fsum(unit[j] * (coders - unit[j]) for unit in cells) for j in range(len(shares))]
    return Fleiss(
        kappa=(po - pe) / (1 - pe),
        se0=math.sqrt(2 * max(total * total - lean, 0.0) / pairs) / total,
        by_category=tuple(1 - m / (pairs * v) if v else None for m, v in zip(mixed, spread, strict=True)),
        po=po,
        pe=pe,
        units=units,
        coders=coders,
    )
