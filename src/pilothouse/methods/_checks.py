"""What every method asks of its input: numbers that are numbers, within their bounds, under names it knows."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pilothouse.methods._method import MethodError

Key = int | str


def absent(value: Any) -> bool:
    """No answer: None, an empty text, or the NaN that tables put in empty cells."""
    return value is None or value == "" or value != value


def number(
    value: Any,
    field: str,
    row: Key | None = None,
    *,
    low: float | None = None,
    high: float | None = None,
    above: float | None = None,
) -> float:
    """A finite number in [low, high], or over `above`; else MethodError naming field and row.

    Codes: not_a_number, negative (low=0), below_minimum, above_maximum, not_positive (above=0), not_above.
    """
    try:
        result = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        result = math.nan
    if not math.isfinite(result):
        raise MethodError("not_a_number", field=field, row=row, value=value)
    if low is not None and result < low:
        raise MethodError("negative" if low == 0 else "below_minimum", field=field, row=row, value=value, low=low)
    if high is not None and result > high:
        raise MethodError("above_maximum", field=field, row=row, value=value, high=high)
    if above is not None and result <= above:
        raise MethodError("not_positive" if above == 0 else "not_above", field=field, row=row, value=value, above=above)
    return result


def whole(value: Any, field: str, row: Key | None = None, *, low: int | None = None, high: int | None = None) -> int:
    """A whole number within its bounds; 3.0 is whole, 3.5 is not (code not_whole)."""
    result = number(value, field, row, low=low, high=high)
    if result != int(result):
        raise MethodError("not_whole", field=field, row=row, value=value)
    return int(result)


def chosen(value: str, options: Collection[str], field: str) -> str:
    """One of the options a method knows; else MethodError "unknown_option" listing them."""
    if value not in options:
        raise MethodError("unknown_option", field=field, value=value, options=tuple(options))
    return value


def confidence(value: Any) -> float:
    """A confidence level strictly between 0 and 1."""
    result = number(value, "conf", above=0)
    if result >= 1:
        raise MethodError("above_maximum", field="conf", value=value, high=1)
    return result


def present(values: Iterable[Any], field: str) -> tuple[list[Any], int]:
    """The answers given, and how many were missing."""
    everything = listed(values, field)
    given = [value for value in everything if not absent(value)]
    return given, len(everything) - len(given)


def listed(values: Any, field: str) -> list[Any]:
    """A list of what came in; texts and single values are no lists (code not_a_list)."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise MethodError("not_a_list", field=field)
    return list(values)


def keyed(items: Any, fields: Sequence[str], name: str = "items") -> dict[Any, dict[str, Any]]:
    """Items as {key: {field: value}}, from a mapping or a list (keys 0, 1, ...), rows as mappings or in order of `fields`.

    Fields that a row lacks are absent from it. Codes: no_items, not_a_row, wrong_length.
    """
    pairs = items.items() if isinstance(items, Mapping) else enumerate(listed(items, name))
    result = {key: _row(key, row, fields) for key, row in pairs}
    if not result:
        raise MethodError("no_items", field=name)
    return result


def _row(key: Key, row: Any, fields: Sequence[str]) -> dict[str, Any]:
    if isinstance(row, Mapping):
        return dict(row)
    if isinstance(row, (str, bytes)) or not isinstance(row, Iterable):
        raise MethodError("not_a_row", row=key, fields=tuple(fields))
    values = list(row)
    if len(values) > len(fields):
        raise MethodError("wrong_length", row=key, fields=tuple(fields), got=len(values))
    return dict(zip(fields, values, strict=False))


def columns(data: Any, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, Any]:
    """Rows of mappings, or a mapping of columns (a data frame is one), as columns of equal length.

    An optional column that is absent everywhere is left out. Codes: missing_column, wrong_length, not_a_row.
    """
    names = (*required, *optional)
    if isinstance(data, Mapping) or hasattr(data, "columns"):
        found = {name: listed(data[name], name) for name in names if name in data}
    else:
        rows = listed(data, "rows")
        for index, row in enumerate(rows):
            if not isinstance(row, Mapping):
                raise MethodError("not_a_row", row=index, fields=tuple(required))
        known = {name for row in rows for name in row}
        found = {name: [row.get(name) for row in rows] for name in names if name in known or not rows}
    for name in required:
        if name not in found:
            raise MethodError("missing_column", field=name)
    if len({len(column) for column in found.values()}) > 1:
        raise MethodError("wrong_length", field=next(iter(found)), lengths={name: len(found[name]) for name in found})
    return found


def ranked(scores: Mapping[Any, float]) -> tuple[Any, ...]:
    """Keys, highest score first, ties in the order given."""
    return tuple(sorted(scores, key=lambda key: -scores[key]))
