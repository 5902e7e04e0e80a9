"""What a file knows of a response beside its answers: when, how long, in which language, how it ended."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from pilothouse.exchange.answers.values import number
from pilothouse.exchange.answers.wordings import NO, YES
from pilothouse.exchange.reading import cells
from pilothouse.exchange.taking.targets import folded
from pilothouse.kinds import FieldError
from pilothouse.surveys.models import Response

CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([AP]M)?", re.IGNORECASE)
STATUSES = {
    **{slug: slug for slug, _name in Response.STATUSES},
    **dict.fromkeys(("completed", "finished", "submitted", "true", "1", "完成", "已完成", "完整"), Response.COMPLETE),
    **dict.fromkeys(("partial", "incomplete", "inprogress", "false", "0", "未完成", "进行中"), Response.STARTED),
    **dict.fromkeys(("disqualified", "screenedout", "甄别", "未通过甄别"), Response.SCREENED_OUT),
    **dict.fromkeys(("overquota", "quotafull", "配额已满"), Response.QUOTA_FULL),
}
STATUS_INDEX = {folded(word): slug for word, slug in STATUSES.items()}


@dataclass(frozen=True)
class Context:
    """How dates are written, and the languages of the questionnaire; without any every one will do."""

    dates: str = ""
    languages: tuple[str, ...] = ()


def moment(text: str, context: Context) -> datetime:
    """A day, or a day with its time, on the reader's clock where the file names no zone."""
    plain = cells.plain(text)
    try:
        found = parse_datetime(plain)
    except ValueError:
        found = None
    if found is None:
        day = datetime.fromisoformat(cells.day(text, context.dates))
        found = day + clock(plain)
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def clock(text: str) -> timedelta:
    match = CLOCK.search(text)
    if not match:
        return timedelta()
    hour = int(match[1]) % 24
    if match[4]:
        hour = hour % 12 + (12 if match[4].casefold() == "pm" else 0)
    return timedelta(hours=hour, minutes=min(int(match[2]), 59), seconds=min(int(match[3] or 0), 59))


def status(text: str, context: Context) -> str:
    found = STATUS_INDEX.get(folded(text))
    if found is None:
        raise FieldError(
            _("“%(value)s” is no status: complete, started, screened out or quota full.") % {"value": text}
        )
    return found


def language(text: str, context: Context) -> str:
    known = context.languages
    wanted = text.strip().casefold().replace("_", "-")
    found = next((one for one in known if wanted == one or wanted.partition("-")[0] == one.partition("-")[0]), None)
    if found is None:
        raise FieldError(_("The questionnaire has no language “%(name)s”.") % {"name": text.strip()[:20]})
    return found


def positive(text: str, context: Context) -> float:
    found = number(text)
    if not 0 <= found < 1e12:
        raise FieldError(_("“%(value)s” is not a number from 0 upwards.") % {"value": text.strip()[:40]})
    return found


def taken_out(text: str, context: Context) -> bool:
    key = folded(text) or text.strip()
    if key not in YES | NO:
        raise FieldError(_("“%(value)s” is neither yes nor no.") % {"value": text.strip()[:40]})
    return key in YES


FACTS: Mapping[str, Callable[[str, Context], Any]] = {
    "status": status, "language": language, "started_at": moment, "finished_at": moment, "seconds": positive,
    "weight": positive, "excluded": taken_out,
}  # fmt: skip
