"""Attributes and levels as columns of numbers, shared by both kinds of conjoint analysis."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Attribute:
    """One property of a product: its levels with the base last, or a number that counts as it is."""

    name: str
    levels: tuple[Any, ...]
    numeric: bool = False

    @property
    def base(self) -> Any:
        return self.levels[-1]

    @property
    def effects(self) -> list[str]:
        """Names of the coefficients, R's way: seat7, or price for a number."""
        return [self.name] if self.numeric else [f"{self.name}{level}" for level in self.levels[:-1]]

    def columns(self, values: Sequence[Any], coding: str) -> Any:
        """Rows by effects: one for the level, and for the base 0 (dummy) or -1 everywhere (effects)."""
        import numpy as np

        if self.numeric:
            return np.array([[number(value, field=self.name, row=row)] for row, value in enumerate(values)])
        position = {level: index for index, level in enumerate(self.levels)}
        codes = np.vstack(
            [np.eye(len(self.levels) - 1), np.full(len(self.levels) - 1, -1.0 if coding == "effects" else 0.0)]
        )
        for row, value in enumerate(values):
            if value not in position:
                raise MethodError("unknown_level", field=self.name, row=row, value=value)
        return codes[[position[value] for value in values]]

    def part_worths(self, coef: Mapping[str, float], coding: str) -> dict[Any, float]:
        """The worth of every level, base included; a number has the worth of one unit."""
        if self.numeric:
            return {self.name: coef[self.name]}
        worths = {level: coef[name] for level, name in zip(self.levels[:-1], self.effects, strict=True)}
        return {**worths, self.base: -sum(worths.values()) if coding == "effects" else 0.0}

    def worth_range(self, coef: Mapping[str, float], coding: str) -> float:
        """Best level minus worst; for a number over the values seen."""
        if self.numeric:
            return abs(coef[self.name]) * (max(self.levels) - min(self.levels))
        worths = self.part_worths(coef, coding).values()
        return max(worths) - min(worths)


def attribute(name: str, seen: Sequence[Any], base: Any, numeric: Collection[str]) -> Attribute:
    """The levels seen, in order if they can be ordered, with the base (the first unless named) put last."""
    levels = list(dict.fromkeys(value for value in seen if not is_missing(value)))
    if name in numeric:
        return Attribute(name, tuple(number(level, field=name) for level in levels), True)
    levels = sorted(levels) if all(isinstance(level, (int, float)) for level in levels) else levels
    if len(levels) < 2:
        raise MethodError("constant_attribute", field=name)
    chosen = levels[0] if base is None else base
    if chosen not in levels:
        raise MethodError("unknown_level", field=name, value=chosen)
    return Attribute(name, (*(level for level in levels if level != chosen), chosen))


def importances(ranges: Mapping[str, float]) -> dict[str, float]:
    """Ranges in per cent of their sum."""
    total = sum(ranges.values())
    return {name: 100 * value / total if total else 0.0 for name, value in ranges.items()}
