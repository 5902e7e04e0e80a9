"""Van Westendorp price sensitivity meter, with the demand extension of Newton, Miller and Smith.

Question: between which prices does this seem neither too cheap to trust nor too dear to consider?
Not for: things nobody has seen yet, or setting a price alone: it asks about feelings, not purchases.
Sample: 100 people and more of one segment; 5 to 40 % contradict themselves and are left out, counted.

    >>> prices = [(4, 6, 9, 12), (5, 8, 10, 14), (3, 5, 8, 10), (6, 7, 12, 15)]
    >>> result = analyse(prices)
    >>> result.idp, result.lower, result.upper, result.opp_interval
    (8.0, 5.0, 10.0, (6.0, 10.0))

Each person names four prices: too cheap, cheap, expensive, too expensive. `lower` (marginal cheapness), `upper`
(marginal expensiveness), `idp` (indifference) and `opp` (optimal) are the first prices at which the rising curve is no
lower than the falling one, compared by counts of people; where the two run together the interval says how far.

Source: Van Westendorp, ESOMAR Congress, 1976; Newton, Miller and Smith, ESOMAR, 1993 (demand from purchase intent).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pilothouse.methods.asking.price_curves import Curves, Person, crossing, curves
from pilothouse.methods.asking.price_demand import Demand, demand
from pilothouse.methods.shared import items
from pilothouse.methods.shared.checks import is_missing, mapping, number, sequence
from pilothouse.methods.shared.intervals import Interval
from pilothouse.methods.shared.method import MethodError

__all__ = ["CALIBRATION", "Curves", "Demand", "Result", "analyse"]

QUESTIONS = ("too_cheap", "cheap", "expensive", "too_expensive")
EXTRAS = ("pi_cheap", "pi_expensive", "weight")
CALIBRATION = {5: 0.7, 4: 0.5, 3: 0.3, 2: 0.1, 1: 0.0}
SMALL = 100


@dataclass(frozen=True)
class Result:
    """The four points (None without "too cheap" answers or without a crossing) and their intervals.

    `nms` is filled where purchase intent was asked. `invalid` people named prices out of order, `missing` left one
    out; both are excluded. `flags`: few_answers, many_invalid (over 40 %), no_too_cheap.
    """

    lower: float | None
    upper: float | None
    idp: float | None
    opp: float | None
    lower_interval: Interval | None
    upper_interval: Interval | None
    idp_interval: Interval | None
    opp_interval: Interval | None
    nms: Demand | None
    curves: Curves
    total: int
    valid: int
    invalid: int
    missing: int
    flags: tuple[str, ...]


def analyse(
    answers: Any,
    *,
    columns: Mapping[str, str] | None = None,
    strict: bool = True,
    interpolate: bool = False,
    calibration: Mapping[Any, float] = CALIBRATION,
) -> Result:
    """Read rows of {too_cheap, cheap, expensive, too_expensive}, or of these four prices in order.

    `columns` maps these names (and pi_cheap, pi_expensive, weight) to those of the data. Prices must rise, strictly
    unless `strict` is off. `interpolate` crosses straight lines between prices instead of steps. Purchase intent is
    turned into a chance to buy by `calibration`.
    """
    found = _columns(answers, mapping(columns, field="columns", least_count=0) if columns is not None else {})
    people, missing = _people(found, calibration)
    valid = [person for person in people if _ordered(person, strict)]
    if not valid:
        raise MethodError("no_answers", field="answers", invalid=len(people), missing=missing)
    lines = curves(valid)
    points = {name: crossing(lines, *pair, interpolate=interpolate) for name, pair in _pairs(lines).items()}
    flags = {
        "few_answers": len(valid) < SMALL,
        "many_invalid": len(people) - len(valid) > 0.4 * len(people),
        "no_too_cheap": lines.too_cheap is None,
    }
    return Result(
        lower=_first(points["lower"]),
        upper=_first(points["upper"]),
        idp=_first(points["idp"]),
        opp=_first(points["opp"]),
        lower_interval=points["lower"],
        upper_interval=points["upper"],
        idp_interval=points["idp"],
        opp_interval=points["opp"],
        nms=demand(valid),
        curves=lines,
        total=len(people) + missing,
        valid=len(valid),
        invalid=len(people) - len(valid),
        missing=missing,
        flags=tuple(flag for flag, holds in flags.items() if holds),
    )


def _first(point: Interval | None) -> float | None:
    return None if point is None else point[0]


def _pairs(lines: Curves) -> dict[str, tuple[Any, Any]]:
    """Rising and falling curve of each point."""
    return {
        "lower": (lines.not_cheap, lines.too_cheap),
        "upper": (lines.too_expensive, lines.not_expensive),
        "idp": (lines.expensive, lines.cheap),
        "opp": (lines.too_expensive, lines.too_cheap),
    }


def _columns(answers: Any, names: Mapping[str, str]) -> dict[str, list[Any]]:
    known = (*QUESTIONS, *EXTRAS)
    for name in names:
        if name not in known:
            raise MethodError("not_one_of", field="columns", value=name, choices=known)
    if not isinstance(answers, Mapping) and not hasattr(answers, "columns"):
        rows = sequence(answers, field="answers", least_count=0)
        answers = [row if isinstance(row, Mapping) else _row(row, index) for index, row in enumerate(rows)]
    here = {name: names.get(name, name) for name in known}
    found = items.columns(
        answers, [here[name] for name in QUESTIONS[1:]], [here["too_cheap"], *(here[n] for n in EXTRAS)]
    )
    return {name: found[here[name]] for name in known if here[name] in found}


def _row(row: Any, index: int) -> dict[str, Any]:
    cells = sequence(row, field="answers", least_count=0)
    if len(cells) != len(QUESTIONS):
        raise MethodError("different_length", field="answers", row=index, n=len(cells), expected=len(QUESTIONS))
    return dict(zip(QUESTIONS, cells, strict=True))


def _people(found: Mapping[str, list[Any]], calibration: Mapping[Any, float]) -> tuple[list[Person], int]:
    asked = [name for name in QUESTIONS if name in found and not all(is_missing(value) for value in found[name])]
    people = []
    for row in range(len(found["cheap"])):
        prices = {name: found[name][row] for name in asked}
        if len(asked) < 3 or any(is_missing(value) for value in prices.values()):
            continue
        checked = {name: number(value, field=name, row=row, least=0) for name, value in prices.items()}
        weight = number(found["weight"][row], field="weight", row=row, least=0) if "weight" in found else 1.0
        intent = {name: _chance(found[name][row], name, row, calibration) for name in EXTRAS[:2] if name in found}
        people.append(
            Person(**checked, pi_cheap=intent.get("pi_cheap"), pi_expensive=intent.get("pi_expensive"), weight=weight)
        )
    return people, len(found["cheap"]) - len(people)


def _chance(value: Any, field: str, row: int, calibration: Mapping[Any, float]) -> float | None:
    if is_missing(value):
        return None
    known = {str(key): chance for key, chance in calibration.items()}
    plain = str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
    if plain not in known:
        raise MethodError("not_one_of", field=field, row=row, value=value, choices=tuple(calibration))
    return number(known[plain], field="calibration", row=plain, least=0, most=1)


def _ordered(person: Person, strict: bool) -> bool:
    prices = [
        price for price in (person.too_cheap, person.cheap, person.expensive, person.too_expensive) if price is not None
    ]
    return all(a < b or (a == b and not strict) for a, b in pairwise(prices))
