"""Tornado: each assumption moved alone, the widest swing on top.

Question: which assumption is worth checking before any other?
Not for: assumptions that move together, or for the chance of a loss (simulate instead: monte_carlo).
Sample: none; low and high should be equally unlikely for every driver, say 1 in 10.

    >>> result = analyse({"units": (800, 1000, 1100), "price": (8, 10, 11), "cost": (5, 6, 9)},
    ...                  model="units * (price - cost) - 2500")
    >>> result.base, [(bar.driver, bar.at_low, bar.at_high) for bar in result.bars]
    (1500.0, [('cost', 2500.0, -1500.0), ('price', -500.0, 2500.0), ('units', 700.0, 1900.0)])

Source: Ronald Howard, "Decision analysis: practice and promise", Management Science 34(6), 1988.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.formula import parse
from pilothouse.methods.shared.checks import mapping, number, sequence
from pilothouse.methods.shared.method import MethodError

STEPS = 9
Model = str | Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Bar:
    """`swing_share`: squared swing as a share of all. `turns`: an extreme lies inside the range, not at its ends.

    `zero_at`: the driver's value nearest its base at which the result is zero, None if there is none in the range.
    """

    driver: str
    low: float
    base: float
    high: float
    at_low: float
    at_high: float
    swing: float
    swing_share: float
    turns: bool
    zero_at: float | None


@dataclass(frozen=True)
class Result:
    """The result with every driver at its base, and one bar a driver, widest swing first."""

    base: float
    bars: tuple[Bar, ...]


def analyse(drivers: Mapping[str, Sequence[float] | Mapping[str, float]], *, model: Model) -> Result:
    """Drivers are (low, base, high); the model is a formula of their names, or a function of a mapping of values.

    Raises MethodError "bad_formula", "no_such_driver", "out_of_order" (low <= base <= high), "not_finite" or
    "not_a_number".
    """
    ranges = {str(name): triple(str(name), value) for name, value in mapping(drivers, field="drivers").items()}
    run = runner(model)
    middle = {name: base for name, (_, base, _) in ranges.items()}
    bars = [_bar(name, ranges[name], middle, run) for name in ranges]
    squares = sum(bar["swing"] ** 2 for bar in bars)
    filled = [Bar(**bar, swing_share=bar["swing"] ** 2 / squares if squares else 0.0) for bar in bars]
    return Result(run(middle), tuple(sorted(filled, key=lambda bar: -bar.swing)))


def triple(name: str, value: Any) -> tuple[float, float, float]:
    cells = (
        [value.get(key) for key in ("low", "base", "high")]
        if isinstance(value, Mapping)
        else sequence(value, field="drivers")
    )
    if len(cells) != 3:
        raise MethodError("different_length", field="drivers", row=name, n=len(cells), expected=3)
    low, base, high = (number(cell, field="drivers", row=name) for cell in cells)
    if not low <= base <= high:
        raise MethodError("out_of_order", field="drivers", row=name)
    return low, base, high


def runner(model: Model) -> Callable[[Mapping[str, float]], float]:
    """The model as a function to one finite number."""
    formula = model if callable(model) else parse(model)

    def run(values: Mapping[str, float]) -> float:
        try:
            return number(formula(values), field="model")
        except (ArithmeticError, MethodError) as problem:
            if isinstance(problem, MethodError) and problem.code != "not_a_number":
                raise
            raise MethodError("not_finite", field="model", values=dict(values)) from None

    return run


def _bar(
    name: str,
    span: tuple[float, float, float],
    middle: Mapping[str, float],
    run: Callable[[Mapping[str, float]], float],
) -> dict[str, Any]:
    low, base, high = span
    places = [low + (high - low) * step / (STEPS - 1) for step in range(STEPS)]
    path = [run({**middle, name: place}) for place in places]
    ends = (path[0], path[-1])
    swing = max(path) - min(path)
    turns = swing > abs(ends[1] - ends[0]) * (1 + 1e-9) + 1e-12
    zeros = (
        left + (right - left) * before / (before - after)
        for left, right, before, after in zip(places, places[1:], path, path[1:], strict=False)
        if before * after <= 0 and before != after
    )
    nearest = min(zeros, key=lambda place: abs(place - base), default=None)
    return {
        "driver": name, "low": low, "base": base, "high": high, "at_low": ends[0], "at_high": ends[1],
        "swing": swing, "turns": turns, "zero_at": nearest,
    }  # fmt: skip
