"""Which responses a page is about, read from its address and written into the addresses of its links.

    ?q.q3=a&q.q3=b&q.nps=9..10&h.channel=mail&language=en&from=2026-11-01&flagged=out

Values of one name widen, names narrow. A number is a range ("5..8", ">5..8" without its lower end), "-" is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

import numpy as np
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from pilothouse.surveys.analysis.frame import Array, Frame, frame_of
from pilothouse.surveys.instruments import instrument_of
from pilothouse.surveys.models import Coding, Survey

FACTS = ("language", "source", "version", "status", "flag")
RANGE = re.compile(r"(>?)(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?")
MISSING, ANY = "-", "*"
MOST_VALUES = 200
Pair = tuple[str, str]


@dataclass(frozen=True)
class Selection:
    """`pairs` are the filters, `flagged` is False where responses that look odd are left out, `by` splits a page."""

    pairs: tuple[Pair, ...] = ()
    flagged: bool = True
    by: str = ""

    @cached_property
    def grouped(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, value in self.pairs:
            found.setdefault(name, []).append(value)
        return found

    def url(self, path: str, *more: Pair, without: Pair | None = None, **rest: str) -> str:
        """An address with this selection, further filters, or one of them less."""
        pairs = [pair for pair in (*self.pairs, *more) if pair != without]
        fixed = {"flagged": "" if self.flagged else "out", "by": self.by, **rest}
        pairs += [(name, value) for name, value in fixed.items() if value]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def mask(self, frame: Frame) -> Array:
        found = np.ones(frame.n, dtype=bool)
        for name, values in self.grouped.items():
            one = np.zeros(frame.n, dtype=bool)
            for value in values:
                one |= matches(frame, name, value)
            found &= one
        return found

    def of(self, survey: Survey, *, unfinished: bool = False) -> Frame:
        frame = frame_of(survey, unfinished=unfinished, flagged=self.flagged)
        return frame.where(self.mask(frame)) if self.pairs else frame


def selection_in(query: QueryDict) -> Selection:
    """What an address asks for; names that mean nothing are left out."""
    pairs = [(name, value) for name, values in query.lists() if is_filter(name) for value in values if value]
    return Selection(
        tuple(dict.fromkeys(pairs))[:MOST_VALUES], query.get("flagged") != "out", query.get("by", "")[:120]
    )


def is_filter(name: str) -> bool:
    return name in (*FACTS, "from", "to") or name.startswith(("q.", "h.", "c.", "i."))


def split(name: str) -> tuple[str, str]:
    """A column's question and key in "q.<question>.<key>"."""
    question, _dot, key = name[2:].partition(".")
    return question, key


def matches(frame: Frame, name: str, value: str) -> Array:
    """Nobody where the address names what is not there."""
    if name.startswith("q."):
        return matches_answer(frame, *split(name), value)
    if name.startswith("h."):
        return frame.fact_is(f"hidden.{name[2:]}", "" if value == MISSING else value)
    if name.startswith("c."):
        return matches_code(frame, name[2:], value)
    if name.startswith("i."):
        return matches_part(frame, name[2:], value)
    if name in ("from", "to"):
        return matches_day(frame, name, value)
    if name == "version":
        return frame.version == (int(value) if value.isdecimal() and len(value) < 9 else -1)
    if name == "flag":
        return frame.fact(f"flag.{value}", np.int8) == 1
    return frame.fact_is(name, value)


def matches_answer(frame: Frame, question: str, key: str, value: str) -> Array:
    if (question, key) not in frame.book.by_key:
        given = frame.answered(question)
        return given if value == ANY else ~given if value == MISSING else np.zeros(frame.n, dtype=bool)
    asked = frame.asked(question, key)
    known = frame.known(asked)
    if value in (MISSING, ANY):
        return known if value == ANY else ~known
    measure = asked.column.measure
    if measure in ("nominal", "ordinal"):
        codes = frame.labels(question, key)
        return frame.column(question, key) == (codes.index(value) if value in codes else -2)
    if measure == "flag":
        return frame.column(question, key) == (0 if value == "no" else 1)
    return within(frame.column(question, key), value) if measure in ("number", "date") else known


def within(numbers: Array, value: str) -> Array:
    found = RANGE.fullmatch(value)
    if found is None:
        return np.isclose(numbers, float(value)) if re.fullmatch(r"-?\d+(\.\d+)?", value) else np.isnan(numbers) & False
    open_end, low, high = found.groups()
    mask = ~np.isnan(numbers)
    if low is not None:
        mask &= numbers > float(low) if open_end else numbers >= float(low)
    if high is not None:
        mask &= numbers <= float(high)
    return mask


def matches_code(frame: Frame, question: str, value: str) -> Array:
    """Whose answer to this question was given a code."""
    if not value.isdecimal() or len(value) > 17:
        return np.zeros(frame.n, dtype=bool)
    rows = Coding.objects.filter(response__survey=frame.survey, question=question, code=int(value))
    return np.isin(frame.response_ids, list(rows.values_list("response", flat=True)))


def matches_part(frame: Frame, question: str, part: str) -> Array:
    """Who stands behind a figure of an instrument."""
    asked = next((columns[0].question for (id, _type), columns in frame.book.questions.items() if id == question), None)
    instrument = instrument_of(asked) if asked else None
    return instrument.mask(asked, frame, part) if instrument and asked else np.zeros(frame.n, dtype=bool)


def matches_day(frame: Frame, name: str, value: str) -> Array:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return np.zeros(frame.n, dtype=bool)
    at = timezone.make_aware(datetime.combine(day, time.min)).timestamp()
    moments = moments_of(frame)
    return moments >= at if name == "from" else moments < at + 86_400


def moments_of(frame: Frame) -> Array:
    """When each response was finished, or begun where it never was."""
    finished = frame.fact("finished", np.float64)
    return np.where(np.isnan(finished), frame.fact("started", np.float64), finished)


def values_of(frame: Frame, name: str) -> list[str]:
    """The values a filter by this name can take."""
    if name.startswith("q."):
        question, key = split(name)
        asked = frame.book.by_key.get((question, key))
        if asked is None:
            return []
        return ["yes", "no"] if asked.column.measure == "flag" else list(asked.column.codes)
    if name == "version":
        return [str(version) for version in sorted({v.number for v in frame.book.versions.values()})]
    if name == "flag":
        return sorted(name.removeprefix(":flag.") for name in frame.store.arrays if name.startswith(":flag."))
    known = frame.store.values(f":hidden.{name[2:]}" if name.startswith("h.") else f":{name}")
    return sorted(known)
