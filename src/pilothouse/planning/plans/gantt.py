"""A schedule as bars over days, placed in hundredths of the page's width."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pilothouse.planning.plans.timetable import Timetable
from pilothouse.planning.plans.waiting import joined, lateness, people, waits
from pilothouse.planning.roadmap.span import Span, Tick
from pilothouse.workbench.models import Item

LANE, EDGE = 16, 6  # points
WIDE = 16  # of 100, that a label takes
BY_WEEK, BY_MONTH = 100, 500  # days up to which a scale of these is read easily


@dataclass(frozen=True)
class Bar:
    """From `x` over `width`, hundredths of the whole; `top` in points. The label stands within it, or beside it."""

    x: float
    width: float
    top: int
    label: str

    @property
    def side(self) -> str:
        if self.width >= WIDE:
            return "within"
        return "after" if self.x + self.width + WIDE <= 100 else "before"

    @property
    def label_x(self) -> float:
        return round(self.x + self.width, 2) if self.side == "after" else self.x


@dataclass(frozen=True)
class Row:
    item: Item
    release: Item
    starts: date
    ends: date
    due: date | None
    late: str
    critical: bool
    waits: str
    bars: list[Bar]
    parts: list[str]
    due_x: float | None

    @property
    def height(self) -> int:
        return LANE * max(1, len(self.bars)) + 2 * EDGE - 2


@dataclass(frozen=True)
class Chart:
    span: Span
    rows: list[Row]

    @property
    def upper(self) -> list[tuple[float, str, bool]]:
        return self.marks(self.span.upper, 12)

    @property
    def lower(self) -> list[tuple[float, str, bool]]:
        return self.marks(self.span.lower, 4)

    def marks(self, ticks: list[Tick], room: int) -> list[tuple[float, str, bool]]:
        """Where a scale has lines, with a label where there is room for one, and whether a phone has too."""
        found = []
        for one in ticks:
            width = share(one.days, self.span.days)
            found.append((share(one.at, self.span.days), one.label if width >= room else "", width >= 2 * room))
        return found


def share(days: float, whole: int) -> float:
    return round(days / whole * 100, 2)


def chart(made: Timetable, kept: Mapping[str, Any]) -> Chart:
    first, last = (date.fromisoformat(kept[name]) for name in ("from", "until"))
    days = max((last - first).days + 1, 7)
    zoom = "week" if days <= BY_WEEK else "month" if days <= BY_MONTH else "quarter"
    span = Span(first, first + timedelta(days=days - 1), zoom)
    critical = set(kept["chain"])
    there = [one for one in kept["items"] if one["number"] in made.release]
    return Chart(span, [row(made, span, one, one["number"] in critical) for one in there])


def row(made: Timetable, span: Span, one: Mapping[str, Any], critical: bool) -> Row:
    due = date.fromisoformat(one["due"]) if one["due"] else None
    starts, ends = (date.fromisoformat(one[name]) for name in ("start", "finish"))
    parts = one["parts"] or [{"start": one["start"], "finish": one["finish"], "skill": "", "who": []}]
    shown = due if due and span.first <= due <= span.last else None
    return Row(
        item=made.found.items[one["number"]], release=made.release[one["number"]], starts=starts, ends=ends, due=due,
        late=lateness(one), critical=critical, waits=joined(waits(made, one)),
        bars=[bar(span, part, lane) for lane, part in enumerate(parts)], parts=[people(part) for part in one["parts"]],
        due_x=share(span.at(shown) + 1, span.days) if shown else None,
    )  # fmt: skip


def bar(span: Span, part: Mapping[str, Any], lane: int) -> Bar:
    at, until = (span.at(date.fromisoformat(part[name])) for name in ("start", "finish"))
    return Bar(share(at, span.days), share(until - at + 1, span.days), EDGE + lane * LANE, people(part))
