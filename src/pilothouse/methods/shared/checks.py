"""Every method refuses bad input in the same words: the code, the field and the row."""

from __future__ import annotations

import importlib
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pilothouse.methods.shared.method import MethodError

SLACK = 1e-9
HUGE = 1e100  # beyond this sums of squares overflow


def number(
    value: Any,
    *,
    field: str,
    row: int | str | None = None,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
) -> float:
    """A finite number, within [least, most] and greater than `above` where these are given."""
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        raise MethodError("not_a_number", field=field, row=row, value=value) from None
    if not math.isfinite(found):
        raise MethodError("not_a_number", field=field, row=row, value=value)
    if (least is not None and found < least) or (above is not None and found <= above):
        raise MethodError("too_small", field=field, row=row, value=found, least=above if least is None else least)
    if abs(found) > HUGE or (most is not None and found > most):
        raise MethodError("too_large", field=field, row=row, value=found, most=HUGE if most is None else most)
    return found


def whole(
    value: Any, *, field: str, row: int | str | None = None, least: int | None = None, most: int | None = None
) -> int:
    """A whole number, however it is written (3, 3.0, "3")."""
    found = number(value, field=field, row=row, least=least, most=most)
    if found != int(found):
        raise MethodError("not_whole", field=field, row=row, value=value)
    return int(found)


def numbers(values: Iterable[Any], *, field: str, least_count: int = 1, **bounds: Any) -> list[float]:
    """Finite numbers, at least `least_count` of them; `row` in a refusal is the index from 0."""
    listed = sequence(values, field=field, least_count=least_count)
    return [number(value, field=field, row=row, **bounds) for row, value in enumerate(listed)]


def sequence(values: Any, *, field: str, least_count: int = 1) -> list[Any]:
    """A list of whatever it is, at least `least_count` long; text and mappings are not lists."""
    if values is None or isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise MethodError("not_a_list", field=field)
    listed = _rows(values) if hasattr(values, "columns") else list(values)
    if len(listed) < least_count:
        raise MethodError("too_few", field=field, n=len(listed), least=least_count)
    return listed


def _rows(frame: Any) -> list[Any]:
    """A data frame of pandas or polars iterates over its columns; what is meant are its rows, by name."""
    return frame.to_dicts() if hasattr(frame, "to_dicts") else frame.to_dict("records")


def mapping(values: Any, *, field: str, least_count: int = 1) -> Mapping[Any, Any]:
    """A mapping with at least `least_count` entries."""
    if not isinstance(values, Mapping):
        raise MethodError("not_a_mapping", field=field)
    if len(values) < least_count:
        raise MethodError("too_few", field=field, n=len(values), least=least_count)
    return values


def span(values: Any, *, field: str, least: float | None = None, most: float | None = None) -> tuple[float, float]:
    """Exactly two numbers, the first not above the second."""
    listed = numbers(values, field=field, least=least, most=most)
    if len(listed) != 2:
        raise MethodError("different_length", field=field, n=len(listed), expected=2)
    if listed[0] > listed[1]:
        raise MethodError("out_of_order", field=field)
    return listed[0], listed[1]


def one_of(value: Any, choices: Sequence[Any], *, field: str, row: int | str | None = None) -> Any:
    """The value itself when it is one of the choices."""
    if value not in choices:
        raise MethodError("not_one_of", field=field, row=row, value=value, choices=tuple(choices))
    return value


def sums_to_one(values: Sequence[float], *, field: str, slack: float = SLACK) -> None:
    """Probabilities or weights that must add up to 1."""
    total = math.fsum(values)
    if abs(total - 1) > slack:
        raise MethodError("not_summing_to_one", field=field, total=total)


def same_length(expected: int, **fields: Sequence[Any]) -> None:
    """Every named list has the expected length."""
    for field, values in fields.items():
        if len(values) != expected:
            raise MethodError("different_length", field=field, n=len(values), expected=expected)


def is_missing(value: Any) -> bool:
    """None, an empty cell, or a not-a-number that stands for one."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def extra(module: str) -> Any:
    """A library of the optional extra `analysis`, or a refusal that says which extra to install."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MethodError("needs_extra", field=None, extra="analysis", module=module.partition(".")[0]) from None
