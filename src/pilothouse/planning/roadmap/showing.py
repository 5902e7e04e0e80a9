"""What each tab of the roadmap shows, worked out so that templates only print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.jinja import day
from pilothouse.kinds import KINDS
from pilothouse.planning.roadmap.drawing import Picture, picture
from pilothouse.planning.roadmap.groups import Group, grouped, rows_of
from pilothouse.planning.roadmap.rows import Row, gather, in_words, plain_row
from pilothouse.planning.roadmap.span import PAST, Place, Span, span_of
from pilothouse.planning.roadmap.view import GOAL, HORIZON, RELEASE, TIMELINE, ZOOMS, RoadmapView
from pilothouse.workbench.models import Item
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.viewing import grouping
from pilothouse.workbench.viewing.paging import Segment, firsts
from pilothouse.workbench.viewing.rows import prepared

IN_A_COLUMN = 40
IN_A_GROUP = 50
ON_A_TIMELINE = 200
UNDATED = 20
MOST_BARS = 1_000
LATELY = timedelta(days=92)  # what went out before that is history, not a plan
MOST_IN_A_FILE = 10_000
DATED = ["planned_from", "planned_to"]
OPEN_FIRST = F("closed_at").desc(nulls_first=True)
ICONS = {HORIZON: "square-kanban", TIMELINE: "chart-gantt", GOAL: "goal", RELEASE: "ship"}


@dataclass(frozen=True)
class Column:
    value: str
    label: str
    count: int
    rows: list[Row]
    more_url: str


@dataclass(frozen=True)
class Bar:
    """A requirement or a release on the timeline, and where its dates are changed."""

    item: Item
    starts: date | None
    ends: date | None
    place: Place | None
    url: str
    row: Row | None = None
    late: bool = False


def tabs(view: RoadmapView) -> list[dict[str, Any]]:
    names = {
        HORIZON: _("Now, next, later"), TIMELINE: _("Timeline"), GOAL: _("By goal"), RELEASE: _("By release"),
    }  # fmt: skip
    return [
        {"label": names[slug], "url": view.url(layout=slug), "icon": ICONS[slug], "current": slug == view.layout}
        for slug in names
    ]


def zooms(view: RoadmapView) -> list[tuple[str, str, str]]:
    names = {"week": _("Weeks"), "month": _("Months"), "quarter": _("Quarters")}
    return [(slug, names[slug], view.url(zoom=slug)) for slug in ZOOMS]


def horizons(request: HttpRequest, view: RoadmapView) -> dict[str, Any]:
    found, column = view.rows(), view.columns["horizon"]
    groups = grouping.groups(found, column, view.kind)
    parts = [Segment(group.value, grouping.within(found, column, group.value)) for group in groups if group.count]
    pages = firsts(parts, view.order, IN_A_COLUMN)
    items = [item for page in pages.values() for item in page.items]
    rows = {row.item.pk: row for row in gather(view, items)}
    columns = [
        Column(
            group.value,
            label(group),
            group.count,
            [rows[item.pk] for item in pages[group.value].items] if group.value in pages else [],
            more_url(view, group.value),
        )
        for group in groups
    ]
    return {"columns": columns, "total": sum(group.count for group in groups), "choices": choices(columns)}


def choices(columns: Sequence[Column]) -> list[tuple[str, str]]:
    return [(column.value, column.label) for column in columns]


def label(group: grouping.Group) -> str:
    return group.label if group.value else _("Not placed yet")


def more_url(view: RoadmapView, value: str) -> str:
    return view.list_url(("horizon", value) if value else ("horizon.empty", "1"))


def timeline(request: HttpRequest, view: RoadmapView) -> dict[str, Any]:
    dated = view.rows().filter(fields__has_any_keys=DATED)
    total, start = dated.count(), offset(request)
    rows = gather(view, list(by_start(view, dated)[start : start + ON_A_TIMELINE]))
    releases = releases_of(view, rows)
    today = timezone.localdate()
    days = [day for row in rows for day in (row.starts, row.ends)]
    days += [day for release in releases for day in (release.start_on, release.due_on)]
    span = span_of(days, today, view.zoom)
    undated = view.rows().exclude(fields__has_any_keys=DATED)
    return {
        "span": span, "today": span.at(today), "zooms": zooms(view), "total": total + undated.count(), "dated": total,
        "bars": [bar_of(view, span, row) for row in rows],
        "releases": [release_bar(view, span, release) for release in releases],
        "undated": gather(view, list(undated.order_by(OPEN_FIRST, "rank", "pk").select_related("owner")[:UNDATED])),
        "undated_count": undated.count(), "undated_url": view.list_url(("planned_from.empty", "1")),
        "drawn": picture(view.product.name, rows, releases, view.zoom, inline=True), **pages(view, start, total),
    }  # fmt: skip


def offset(request: HttpRequest) -> int:
    given = request.GET.get("from", "")
    return int(given) if given.isdecimal() and len(given) < 7 else 0


def pages(view: RoadmapView, start: int, total: int) -> dict[str, Any]:
    step = ON_A_TIMELINE
    return {
        "previous_url": view.page_url(**{"from": str(max(0, start - step))}) if start else None,
        "next_url": view.page_url(**{"from": str(start + step)}) if start + step < total else None,
    }


def by_start(view: RoadmapView, rows: QuerySet[Item]) -> QuerySet[Item]:
    ends = Coalesce(view.columns["planned_from"].order(), view.columns["planned_to"].order())
    return rows.order_by(ends, "rank", "pk").select_related("owner")


def bar_of(view: RoadmapView, span: Span, row: Row) -> Bar:
    place = span.place(row.starts, row.ends)
    return Bar(row.item, row.starts, row.ends, place, dates_url(view, row.item), row, bool(row.late))


def release_bar(view: RoadmapView, span: Span, release: Item) -> Bar:
    place = span.place(release.start_on, release.due_on)
    return Bar(release, release.start_on, release.due_on, place, dates_url(view, release))


def dates_url(view: RoadmapView, item: Item) -> str:
    return f"{view.base}{item.number}/dates"


def releases_of(view: RoadmapView, bars: Sequence[Row]) -> list[Item]:
    """The releases with a date that are still to come, or went out lately enough to be seen beside these bars."""
    kind = kind_of(view.product, RELEASE)
    gone = [state.slug for state in kind.states if state.category == "dropped"]
    rows = Item.objects.visible_to(view.actor).live().filter(product=view.product, kind=RELEASE, due_on__isnull=False)
    today = timezone.localdate()
    since = max(min([row.starts for row in bars if row.starts], default=today), today - PAST) - LATELY
    seen = Q(due_on__gte=since) | ~Q(state__in=kind.closed_states())
    found = list(rows.exclude(state__in=gone).filter(seen).order_by("-due_on", "pk")[:30])
    for release in found:
        release.product = view.product
        release.__dict__["declared"] = kind
    return found[::-1]


def groups(request: HttpRequest, view: RoadmapView) -> dict[str, Any]:
    """What the rows rest on is read for those that are shown only: it is most of the work."""
    made = grouped(view, IN_A_GROUP)
    kind = KINDS["metric" if view.layout == GOAL else RELEASE]
    return {
        "groups": made, "total": sum(len(group.keys) for group in made), "head_kind": kind, "words": in_words,
    }  # fmt: skip


@dataclass(frozen=True)
class Section:
    """A part of the roadmap as a file holds it."""

    title: str
    note: str
    rows: list[Row]


def sections(view: RoadmapView) -> list[Section]:
    """What the tab shows, whole: a file has no pages."""
    none = _("No goal yet") if view.layout == GOAL else _("In no release")
    if view.layout in (GOAL, RELEASE):
        return [Section(group.title or none, about(view, group), group.rows) for group in grouped(view)]
    keys = view.rows().order_by("rank", "pk").values_list("pk", flat=True)[:MOST_IN_A_FILE]
    rows = list(rows_of(view, keys).values())
    if view.layout == HORIZON:
        named = [(option.slug, str(option.name)) for option in view.columns["horizon"].options]
        found = [Section(name, "", [row for row in rows if row.horizon == slug]) for slug, name in named]
        unplaced = [row for row in rows if row.horizon not in dict(named)]
        return [*found, *([Section(_("Not placed yet"), "", unplaced)] if unplaced else [])]
    dated = sorted((row for row in rows if row.starts or row.ends), key=lambda row: row.starts or row.ends or date.max)
    undated = [row for row in rows if not (row.starts or row.ends)]
    return [Section(_("Timeline"), "", dated), *([Section(_("Without dates"), "", undated)] if undated else [])]


def about(view: RoadmapView, group: Group) -> str:
    if view.layout == GOAL or group.head is None:
        return group.change
    return _("due %(day)s") % {"day": day(group.head.due_on)} if group.head.due_on else ""


def drawn(view: RoadmapView, title: str) -> Picture:
    """The timeline of all rows with dates as a picture, whichever tab it is asked from."""
    dated = view.rows().filter(fields__has_any_keys=DATED)
    rows = [plain_row(item) for item in prepared(view, list(by_start(view, dated)[:MOST_BARS]))]
    return picture(title, rows, releases_of(view, rows), view.zoom)


SHOWN = {HORIZON: horizons, TIMELINE: timeline, GOAL: groups, RELEASE: groups}
