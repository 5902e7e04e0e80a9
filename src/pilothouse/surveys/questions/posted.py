"""From what a browser posted, or a file holds, to one clean value; what cannot be kept is refused by name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.surveys.definition import UNSTORABLE
from pilothouse.surveys.questions.declare import Column, Refused

GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?")
LONGEST_NUMBER = 60
EXACT = 2**53
YES = frozenset(("yes", "true", "1", "on", "是"))
NO = frozenset(("no", "false", "0", "off", "否"))


def words(raw: Any, longest: int, part: str = "") -> str | None:
    """A text without what no database keeps. What is too long is refused, with the limit, before it is looked at."""
    if raw is None:
        return None
    if not isinstance(raw, str):
        raise Refused(_("A text is needed here."), part)
    if len(raw) > 2 * longest + 100:
        raise Refused(too_long(longest, len(raw)), part)
    text = UNSTORABLE.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > longest:
        raise Refused(too_long(longest, len(text)), part)
    return text or None


def too_long(longest: int, given: int) -> str:
    return _("At most %(limit)s characters fit here; this has %(given)s.") % {
        "limit": f"{longest:,}", "given": f"{given:,}"
    }  # fmt: skip


def number(raw: Any, part: str = "") -> int | float | None:
    """A finite number; 1,250 counts as a thousand and more. None for an empty box."""
    value = raw
    if isinstance(raw, str):
        text = raw.strip().replace("，", ",")
        if not text:
            return None
        if len(text) > LONGEST_NUMBER or not (PLAIN.fullmatch(text) or GROUPED.fullmatch(text)):
            raise Refused(_("A number is needed here, like 12 or 12.5."), part)
        value = float(text.replace(",", ""))
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not is_finite(value):
        raise Refused(_("A number is needed here, like 12 or 12.5."), part)
    return tidy(value)


def is_finite(value: int | float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def tidy(value: int | float) -> int | float:
    """A whole number as an int, where that loses nothing."""
    return int(value) if float(value).is_integer() and abs(value) < EXACT else float(value)


def bounded(value: int | float | None, least: float | None, most: float | None, part: str = "") -> int | float | None:
    if value is not None and least is not None and value < least:
        raise Refused(_("The smallest value is %(least)s.") % {"least": f"{least:g}"}, part)
    if value is not None and most is not None and value > most:
        raise Refused(_("The largest value is %(most)s.") % {"most": f"{most:g}"}, part)
    return value


def day(raw: Any, part: str = "") -> str | None:
    """An ISO day; 2026/11/22 and 2026.11.22 are read too."""
    if raw is None or not str(raw).strip():
        return None
    text = str(raw).strip()[:40].replace("/", "-").replace(".", "-")
    try:
        year, month, day_ = (int(number) for number in text.split("-"))
        return date(year, month, day_).isoformat()
    except (ValueError, OverflowError):
        raise Refused(_("A date is needed here, like 2026-11-22."), part) from None


def code(raw: Any, codes: Mapping[str, Any], part: str = "") -> str | None:
    """One of the declared codes; a number from a file counts as its digits."""
    if raw is None or raw == "":
        return None
    text = str(tidy(raw)) if isinstance(raw, float) and is_finite(raw) else str(raw)[:100].strip()
    if not text:
        return None
    if isinstance(raw, bool) or text not in codes:
        raise Refused(_("Choose one of the answers offered."), part)
    return text


def flag(raw: Any, part: str = "") -> bool | None:
    """Yes or no; None for neither."""
    text = str(raw if raw is not None else "")[:20].strip().casefold()
    if not text:
        return None
    if text not in YES | NO:
        raise Refused(_("Choose yes or no."), part)
    return text in YES


def cell(column: Column, raw: Any, longest: int = 1_000) -> Any:
    """One column's cell, by its measure. None where nothing was given."""
    if column.measure in ("nominal", "ordinal"):
        return code(raw, column.codes, column.key)
    if column.measure == "number":
        value = number(raw, column.key)
        return None if value is None else float(value)
    if column.measure == "flag":
        return flag(raw, column.key)
    return day(raw, column.key) if column.measure == "date" else words(raw, longest, column.key)


def declared(raw: Iterable[Any], known: Mapping[str, Any], part: str = "") -> list[str]:
    """Ids in the order given, each once; one that is not declared is refused."""
    found = dict.fromkeys(str(id)[:100] for id in raw if id not in (None, ""))
    if any(id not in known for id in found):
        raise Refused(_("Choose one of the answers offered."), part)
    return list(found)
