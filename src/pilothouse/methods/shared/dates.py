"""Days as people hand them in: dates, date-times or ISO text."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pilothouse.methods.shared.method import MethodError


def day(value: Any, *, field: str, row: int | str | None = None) -> dt.date:
    """The calendar day; a date-time gives the day it falls on where it was written."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.datetime.fromisoformat(str(value).strip()).date()
    except ValueError:
        raise MethodError("not_a_date", field=field, row=row, value=value) from None
