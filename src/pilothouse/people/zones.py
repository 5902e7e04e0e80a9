"""Time zones as people look for them: by place, with today's distance from UTC."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.dates import get_timezone_location
from django.utils.translation import get_language

UTC = "UTC"
AREAS = (
    "Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/",
)  # fmt: skip


@lru_cache
def names() -> frozenset[str]:
    """The places that people live in; not the aliases (GMT+0, US/Pacific) kept for old machines."""
    return frozenset(name for name in available_timezones() if name.startswith(AREAS)) | {UTC}


def choices() -> list[tuple[str, str]]:
    """Each zone with what a reader of the present language calls it."""
    return choices_on(date.today(), "zh_Hans" if (get_language() or "").startswith("zh") else "en")


@lru_cache(maxsize=4)
def choices_on(day: date, language: str) -> list[tuple[str, str]]:
    """Kept for a day, because daylight saving moves the offsets."""
    locale = Locale.parse(language)
    now = datetime.combine(day, datetime.min.time())
    return [(UTC, UTC), *((name, label(name, locale, now)) for name in sorted(names() - {UTC}))]


def label(name: str, locale: Locale, now: datetime) -> str:
    sign = now.replace(tzinfo=ZoneInfo(name)).strftime("%z")
    return f"{get_timezone_location(ZoneInfo(name), locale=locale)} · UTC{sign[:3]}:{sign[3:5]}"
