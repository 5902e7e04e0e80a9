"""How readings write names and numbers, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pilothouse.jinja import listed
from pilothouse.surveys.definition import Row, Text

MOST_NAMED = 3
LONGEST_NAME = 80
Interval = tuple[float, float]


def said(text: Text) -> str:
    """A text of the questionnaire in the reader's language, on one line."""
    return " ".join(text.get(get_language() or "en").split())


def name_of(row: Row, longest: int = LONGEST_NAME) -> str:
    words = said(row.text) or row.id
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def first_of(names: Sequence[str]) -> str:
    """The first few names, and the number of the others."""
    return listed(names, MOST_NAMED)


def percent(share: float, digits: int = 0) -> str:
    return f"{100 * share:.{digits}f} %"


def number(value: float, digits: int = 2) -> str:
    """With a true minus sign; never minus zero."""
    text = f"{value:,.{digits}f}"
    return text[1:] if text.startswith("-") and not any(c in text for c in "123456789") else text.replace("-", "−")


def plain(value: float) -> str:
    """As few digits as it takes: 12, 12.5."""
    return f"{value:,.10g}".replace("-", "−")


def spread(interval: Interval | None, digits: int = 2) -> str:
    if interval is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": number(interval[0], digits), "high": number(interval[1], digits)}


def spread_of_shares(interval: Interval, digits: int = 0) -> str:
    low, high = (f"{100 * end:.{digits}f}" for end in interval)
    return _("%(low)s to %(high)s") % {"low": low, "high": f"{high} %"}
