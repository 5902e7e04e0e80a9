"""Names of things (users, groups, tasks, states) and short rows, whatever came in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from pilothouse.methods.shared.checks import sequence
from pilothouse.methods.shared.method import MethodError


def key(value: Any, *, field: str, row: Any = None) -> Any:
    """Something that can stand for a thing: a text, a number, a tuple, but no list or mapping."""
    if not isinstance(value, Hashable) or (isinstance(value, tuple) and not _hashable(value)):
        raise MethodError("not_a_name", field=field, row=row, value=repr(value))
    return value


def _hashable(value: tuple[Any, ...]) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def keys(values: Any, *, field: str, least_count: int = 0) -> list[Any]:
    """A list of names."""
    return [
        key(one, field=field, row=row) for row, one in enumerate(sequence(values, field=field, least_count=least_count))
    ]


def cells(given: Any, names: Sequence[str], *, field: str, row: Any) -> list[Any]:
    """A row as a mapping of these names or as that many values in order; the first is a name."""
    if isinstance(given, Mapping):
        found = [given.get(name) for name in names]
    elif isinstance(given, (str, bytes)) or not isinstance(given, Iterable):
        raise MethodError("not_a_row", field=field, row=row)
    else:
        found = list(given)
    if len(found) != len(names):
        raise MethodError("not_a_row", field=field, row=row)
    return found


def rows_of(values: Any, names: Sequence[str], *, field: str) -> list[Any]:
    """Rows for `cells`. A name that no row knows is a slip, not a missing value: it is refused with those there are."""
    listed = sequence(values, field=field)
    known = {name: True for row in listed if isinstance(row, Mapping) for name in row}
    for name in names:
        if known and name not in known and all(isinstance(row, Mapping) for row in listed):
            raise MethodError("no_such_column", field=name, columns=tuple(map(str, known)))
    return listed


def table(values: Any, *, field: str, least_count: int = 0) -> dict[Any, Mapping[str, Any]]:
    """A mapping of mappings."""
    if not isinstance(values, Mapping):
        raise MethodError("not_a_mapping", field=field)
    if len(values) < least_count:
        raise MethodError("too_few", field=field, n=len(values), least=least_count)
    for name, row in values.items():
        if not isinstance(row, Mapping):
            raise MethodError("not_a_row", field=field, row=name)
    return dict(values)
