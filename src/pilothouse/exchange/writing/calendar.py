"""Whole days as an iCalendar file (RFC 5545), which any calendar reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pilothouse.exchange.writing.safe import printable

WIDEST = 75  # bytes of a line
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Happening:
    """`key` stays the same from file to file, so that a calendar takes the later days for the earlier ones."""

    key: str
    title: str
    first: date
    last: date
    text: str
    url: str


def calendar(happenings: Iterable[Happening], at: datetime) -> bytes:
    made = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    inner = [line for one in happenings for line in event(one, made)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Pilothouse//Schedule//EN", *inner, "END:VCALENDAR"]
    return b"".join(part + b"\r\n" for line in lines for part in folded(line.encode("utf-8", "replace")))


def event(one: Happening, made: str) -> list[str]:
    """The day on which something ends is the one after its last."""
    first, after = (f"{day:%Y%m%d}" for day in (one.first, one.last + timedelta(days=1)))
    return [
        "BEGIN:VEVENT", f"UID:{escaped(one.key)}", f"DTSTAMP:{made}", f"SUMMARY:{escaped(one.title)}",
        f"DTSTART;VALUE=DATE:{first}", f"DTEND;VALUE=DATE:{after}", "TRANSP:TRANSPARENT",
        f"DESCRIPTION:{escaped(one.text)}", f"URL:{printable(one.url)}", "END:VEVENT",
    ]  # fmt: skip


def escaped(text: str) -> str:
    return printable(text).translate(ESCAPED)


def folded(line: bytes) -> Iterator[bytes]:
    """Further lines begin with a space; no character is cut in two."""
    while len(line) > WIDEST:
        end = WIDEST
        while line[end] & 0xC0 == 0x80:
            end -= 1
        yield line[:end]
        line = b" " + line[end:]
    yield line
