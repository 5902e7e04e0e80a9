"""What a file says, believed only after it was looked at: each refusal names the place."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

DEEPEST = 40
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class BadFile(Exception):
    """The file cannot be imported; the message names the place, in the reader's language."""


def bad(place: str, what: str) -> BadFile:
    return BadFile(_("%(place)s: %(what)s") % {"place": place, "what": what})


def checked(field: models.Field, value: Any, place: str) -> Any:
    """A value as the field keeps it."""
    if value is None:
        if field.null:
            return None
        raise bad(place, _("a value is missing."))
    kind = next((check for model, check in CHECKS if isinstance(field, model)), None)
    if kind is None:
        raise bad(place, _("this cannot be read."))
    found = kind(field, value, place)
    if field.choices and found not in dict(field.flatchoices):
        raise bad(place, _("“%(value)s” is not known here.") % {"value": str(value)[:60]})
    return found


def text(field: models.Field, value: Any, place: str) -> str:
    if not isinstance(value, str) or UNSTORABLE.search(value):
        raise bad(place, _("text is needed here."))
    if field.max_length and len(value) > field.max_length:
        raise bad(place, _("at most %(most)s characters fit.") % {"most": field.max_length})
    return value


def whole(field: models.Field, value: Any, place: str) -> int:
    low = 0 if "Positive" in type(field).__name__ else -(2**31)
    high = 2**63 - 1 if "Big" in type(field).__name__ else 2**15 - 1 if "Small" in type(field).__name__ else 2**31 - 1
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise bad(place, _("a whole number is needed here."))
    return value


def number(field: models.Field, value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e300 < value < 1e300 or math.isnan(value):
        raise bad(place, _("a number is needed here."))
    return float(value)


def flag(field: models.Field, value: Any, place: str) -> bool:
    if not isinstance(value, bool):
        raise bad(place, _("true or false is needed here."))
    return value


def moment(field: models.Field, value: Any, place: str) -> datetime:
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        found = None
    if found is None or timezone.is_naive(found) or not 2 <= found.year <= 9998:
        raise bad(place, _("a moment with its time zone is needed here."))
    return found


def day(field: models.Field, value: Any, place: str) -> date:
    try:
        found = parse_date(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None:
        raise bad(place, _("a date is needed here, like 2026-11-22."))
    return found


def anything(field: models.Field, value: Any, place: str) -> Any:
    """JSON of the same shape as the field's default, without what databases cannot keep."""
    if field.has_default() and not isinstance(value, type(field.get_default())):
        raise bad(place, _("this has the wrong shape."))
    look_through(value, place, 0)
    return value


def look_through(value: Any, place: str, depth: int) -> None:
    if depth > DEEPEST:
        raise bad(place, _("this is nested too deeply."))
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise bad(place, _("text is needed here."))
    if isinstance(value, float) and not math.isfinite(value):
        raise bad(place, _("a number is needed here."))
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**63:
        raise bad(place, _("a number is needed here."))
    if isinstance(value, dict):
        for name, part in value.items():
            look_through(name, place, depth)
            look_through(part, f"{place}.{name[:40]}", depth + 1)
    elif isinstance(value, list):
        for part in value:
            look_through(part, place, depth + 1)


# The order matters: a date-time field is a date field, an e-mail field a text field.
CHECKS = (
    (models.BooleanField, flag),
    (models.DateTimeField, moment),
    (models.DateField, day),
    (models.FloatField, number),
    (models.IntegerField, whole),
    (models.JSONField, anything),
    (models.CharField, text),
    (models.TextField, text),
)
