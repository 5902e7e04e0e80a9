"""Items with a few named cells each, and answers with gaps: the two shapes that priorities and surveys come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number, sequence
from pilothouse.methods.shared.method import MethodError


def keyed(items: Any, fields: Sequence[str], name: str = "items") -> dict[Any, dict[str, Any]]:
    """Items as {key: {field: value}}; a list gets the keys 0, 1, ...; rows are mappings or in the order of `fields`."""
    pairs = items.items() if isinstance(items, Mapping) else enumerate(sequence(items, field=name, least_count=0))
    result = {key: _row(key, row, fields, name) for key, row in pairs}
    if not result:
        raise MethodError("no_items", field=name)
    return result


def _row(key: Any, row: Any, fields: Sequence[str], name: str) -> dict[str, Any]:
    if isinstance(row, Mapping):
        return dict(row)
    if isinstance(row, (str, bytes)) or not isinstance(row, Iterable):
        raise MethodError("not_a_row", field=name, row=key)
    values = list(row)
    if len(values) > len(fields):
        raise MethodError("different_length", field=name, row=key, n=len(values), expected=len(fields))
    return dict(zip(fields, values, strict=False))


def gaps(row: Mapping[str, Any], fields: Sequence[str]) -> bool:
    """Whether a row lacks one of the cells asked for."""
    return any(is_missing(row.get(field)) for field in fields)


def cells(row: Mapping[str, Any], fields: Sequence[str], key: Any, **bounds: Any) -> list[float]:
    """The named cells of a row as numbers within bounds."""
    return [number(row[field], field=field, row=key, **bounds) for field in fields]


def ranked(scores: Mapping[Any, float]) -> tuple[Any, ...]:
    """Keys, highest score first, ties in the order given."""
    return tuple(sorted(scores, key=lambda key: -scores[key]))


def present(values: Any, field: str) -> tuple[dict[int, Any], int]:
    """The answers given, by their position, and how many were missing. An empty list has neither."""
    everything = sequence(values.tolist() if hasattr(values, "tolist") else values, field=field, least_count=0)
    given = {index: value for index, value in enumerate(everything) if not is_missing(value)}
    return given, len(everything) - len(given)


def answered(values: Any, field: str) -> tuple[dict[int, Any], int]:
    """As `present`, but refuses data without a single answer (code no_answers)."""
    given, missing = present(values, field)
    if not given:
        raise MethodError("no_answers", field=field, missing=missing)
    return given, missing


def columns(
    data: Any, required: Sequence[str], optional: Sequence[str] = (), *, nested: Sequence[str] = (), field: str = "data"
) -> dict[str, Any]:
    """The named columns of rows, of a mapping of columns or of a data frame; absent optional ones are left out.

    Cells must be single values, except in `nested` columns. `field` is what the method calls its rows.
    """
    names = hashable([*required, *optional], "columns")
    if isinstance(data, Mapping) or hasattr(data, "columns"):
        found = {name: sequence(data[name], field=name, least_count=0) for name in names if name in data}
    else:
        found = _from_rows(sequence(data, field=field, least_count=0), names, field)
    for name in required:
        if name not in found:
            raise MethodError("no_such_column", field=name)
    if len({len(column) for column in found.values()}) > 1:
        raise MethodError("different_length", field=names[0], lengths={name: len(found[name]) for name in found})
    if not found or not next(iter(found.values())):
        raise MethodError("no_answers", field=field)
    for name, column in found.items():
        if name not in nested:
            hashable(column, name)
    return found


def _from_rows(rows: list[Any], names: Sequence[str], field: str) -> dict[str, list[Any]]:
    for index, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise MethodError("not_a_row", field=field, row=index)
    known = {name for row in rows for name in row}
    return {name: [row.get(name) for row in rows] for name in names if name in known or not rows}


def hashable(values: list[Any], field: str) -> list[Any]:
    """Single values, as names and answers are; lists and mappings are refused (code not_a_value)."""
    try:
        set(values)
    except TypeError:
        for row, value in enumerate(values):
            if getattr(type(value), "__hash__", None) is None or isinstance(value, tuple):
                raise MethodError("not_a_value", field=field, row=row) from None
    return values


def span(ends: Any, field: str) -> tuple[float, float]:
    """The two ends of a scale, the lower first (codes different_length, empty_scale)."""
    values = sequence(ends, field=field, least_count=0)
    if len(values) != 2:
        raise MethodError("different_length", field=field, n=len(values), expected=2)
    low, high = (number(value, field=field) for value in values)
    if low >= high:
        raise MethodError("empty_scale", field=field, value=(low, high))
    return low, high


def confidence(value: Any) -> float:
    """A confidence level strictly between 0 and 1."""
    result = number(value, field="conf", above=0)
    if result >= 1:
        raise MethodError("too_large", field="conf", value=value, most=1)
    return result
