"""Values by group, from rows with a value and a group, or from groups already apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilothouse.methods.shared.checks import number
from pilothouse.methods.shared.keys import key
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import columns, complete
from pilothouse.methods.shared.vectors import vector


def grouped(data: Any, *, value: str | None, group: str | None, least: int = 2) -> tuple[dict[Any, Any], int]:
    """Arrays by group in order of appearance, and how many rows had gaps.

    Rows need a `group` column; the value is the other column unless it is named. With `group=None`, or where nothing
    is named and there is no such column, the data are a mapping of group to values.
    """
    import numpy as np

    if group is None or (value is None and group == "group" and isinstance(data, Mapping) and group not in data):
        if not isinstance(data, Mapping):
            raise MethodError("not_a_mapping", field="data")
        vectors = {name: vector(values, field=str(name)) for name, values in data.items()}
        found = {name: one.values for name, one in vectors.items()}
        missing = sum(one.missing for one in vectors.values())
    else:
        named = value if value is not None else _other(columns(data), group)
        filled = complete(data, [named, group])
        missing = filled.missing
        lists: dict[Any, list[float]] = {}
        for row, cell, name in zip(filled.kept, filled.columns[named], filled.columns[group], strict=True):
            lists.setdefault(key(name, field=group, row=row), []).append(number(cell, field=named, row=row))
        found = {name: np.array(values) for name, values in lists.items()}
    if len(found) < least:
        raise MethodError("too_few_groups", field=group or "data", n=len(found), least=least)
    return found, missing


def _other(found: dict[str, Any], group: str) -> str:
    others = [name for name in found if name != group]
    if group not in found:
        raise MethodError("no_such_column", field="group", row=group, columns=tuple(found))
    if len(others) != 1:
        raise MethodError("value_not_named", field="value", columns=tuple(others))
    return others[0]
