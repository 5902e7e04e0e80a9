"""What a condition comes to for one row that was read already, so that the database is asked only for the rest.

Plain columns are compared here, as Django compares them: nothing is before or after an empty value. What is held
against links, readings or an item's own fields stays a condition.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from django.db.models import Q

COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "in": lambda value, several: value in several,
    "lt": lambda value, bound: value is not None and value < bound,
    "lte": lambda value, bound: value is not None and value <= bound,
    "gte": lambda value, bound: value is not None and value >= bound,
}


def known(condition: Q, row: Any) -> bool | Q:
    """True or False where the row alone decides, else what is left to ask."""
    decides = condition.connector == Q.OR
    left = []
    for part in condition.children:
        answer = known_part(part, row)
        if answer is decides:
            return decides ^ condition.negated
        if not isinstance(answer, bool):
            left.append(answer)
    if not left:
        return (not decides) ^ condition.negated
    return Q(*left, _connector=condition.connector, _negated=condition.negated)


def known_part(part: Any, row: Any) -> Any:
    if isinstance(part, Q):
        return known(part, row)
    if not isinstance(part, tuple):
        return part
    name, _, lookup = part[0].partition("__")
    return COMPARED[lookup or "exact"](getattr(row, name), part[1])
