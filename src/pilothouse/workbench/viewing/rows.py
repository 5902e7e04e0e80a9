"""What a row, a card and a cell show of an item, worked out here so that templates only print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.jinja import day, decimal, moment
from pilothouse.kinds import STATIONS
from pilothouse.workbench.models import Item
from pilothouse.workbench.team import who_sees
from pilothouse.workbench.thread import line
from pilothouse.workbench.thread.evidence import Evidence, evidence_for
from pilothouse.workbench.thread.graph import walk
from pilothouse.workbench.viewing.columns import Column
from pilothouse.workbench.viewing.grouping import planned
from pilothouse.workbench.viewing.state import ViewState

LEVELS = {"urgent": 4, "high": 3, "medium": 2, "low": 1}
MOST_TAGS = 3
EXCERPT = 240


@dataclass(frozen=True)
class Cell:
    """`value` is what an editor starts with, `display` what is read."""

    column: Column
    display: str
    value: Any = ""


@dataclass(frozen=True)
class Extras:
    """What is read once for all rows of a page, and only where it is shown."""

    dots: Mapping[int, line.Dots]
    evidence: Mapping[int, Evidence]
    releases: Mapping[int, list[tuple[int, str]]]
    parents: Mapping[int, int]
    excerpts: Mapping[int, str]


def prepared(view: ViewState, items: Sequence[Item]) -> Sequence[Item]:
    """Give the rows their product and kind, which are the same for all."""
    for item in items:
        item.product = view.product
        item.__dict__["declared"] = view.kind
    return items


def extras(view: ViewState, items: Sequence[Item], *, dots: bool) -> Extras:
    shown = {column.slug for column in view.shown} if view.layout == "table" else set()
    wanted = dots and view.kind.slug in STATIONS
    graph = walk(view.actor, [item.pk for item in items]) if items and (wanted or "evidence" in shown) else None
    return Extras(
        line.dots(graph) if graph and wanted else {},
        evidence_for(view.actor, items, graph) if graph and "evidence" in shown else {},
        releases_of(items) if "release" in shown else {},
        parents_of(items) if "parent" in shown else {},
        excerpts_of(items) if view.layout == "cards" else {},
    )


def releases_of(items: Iterable[Item]) -> dict[int, list[tuple[int, str]]]:
    links = planned().filter(source__in=items)
    found: dict[int, list[tuple[int, str]]] = {}
    for pk, number, title in links.values_list("source_id", "target__number", "target__title"):
        found.setdefault(pk, []).append((number, title))
    return found


def parents_of(items: Iterable[Item]) -> dict[int, int]:
    wanted = {item.parent_id for item in items if item.parent_id}
    return dict(Item.objects.filter(pk__in=wanted).values_list("pk", "number")) if wanted else {}


def excerpts_of(items: Iterable[Item]) -> dict[int, str]:
    rows = Item.objects.filter(pk__in=[item.pk for item in items]).annotate(start=Left("body", EXCERPT))
    return dict(rows.values_list("pk", "start"))


def is_late(item: Item) -> bool:
    """Due and still open; what was released waits for its verdict, not for its date."""
    if item.due_on is None or item.closed_at is not None or item.fields.get("released_on"):
        return False
    return item.due_on < timezone.localdate()


def row(view: ViewState, item: Item, found: Extras) -> dict[str, Any]:
    """A line of a list, and the foot of a card."""
    state = item.state_declared
    level = LEVELS.get(item.fields.get("priority", ""), 0)
    return {
        "id": item.pk,
        "kind": item.kind,
        "version": item.version,
        "ref": item.ref,
        "title": item.title,
        "url": item.url,
        "state": str(state.name),
        "category": state.category,
        "level": level,
        "ranked": "priority" in view.columns,
        "priority": view.columns["priority"].option_name(item.fields["priority"]) if level else "",
        "surveyed": surveyed(item),
        "tags": item.tag_names[:MOST_TAGS],
        "more_tags": len(item.tag_names) - MOST_TAGS,
        "due": brief(item.due_on),
        "late": is_late(item),
        "score": item.score,
        "owner": str(item.owner) if item.owner else None,
        "dots": found.dots.get(item.pk),
        "excerpt": found.excerpts.get(item.pk),
    }


def surveyed(item: Item) -> tuple[str, str, int | None] | None:
    """What people in surveys said of it: the Kano category by letter and name, and its place; None where nothing."""
    category, place = item.fields.get("kano") or "", item.fields.get("survey_place")
    known = item.declared.field_by_slug.get("kano")
    return (
        (category, str(known.option_name(category)) if known and category else "", place) if category or place else None
    )


NOTHING = Extras({}, {}, {}, {}, {})


def cells(view: ViewState, item: Item, found: Extras) -> list[Cell]:
    return [cell(column, item, found) for column in view.shown]


def cell(column: Column, item: Item, found: Extras) -> Cell:
    if column.field is not None:
        value = item.fields.get(column.field.slug)
        return Cell(column, in_words(column, value), value)
    if reader := READERS.get(column.slug):
        return reader(column, item, found)
    value = getattr(item, column.path)
    return Cell(column, in_words(column, value), value.isoformat() if isinstance(value, date) else value)


def in_words(column: Column, value: Any) -> str:
    if value in (None, "", []):
        return ""
    return WORDS.get(column.type, str)(value) if column.type not in ("choice", "choices") else chosen(column, value)


def chosen(column: Column, value: Any) -> str:
    return ", ".join(column.option_name(slug) for slug in (value if isinstance(value, list) else [value]))


def amount(value: float) -> str:
    return decimal(value, 4)


def short_date(value: Any) -> str:
    try:
        return day(date.fromisoformat(value) if isinstance(value, str) else value)
    except ValueError:
        return str(value)


def brief(value: date | None) -> str:
    """A date without its year where that is this year: a row has little room."""
    if value is None or value.year != timezone.localdate().year:
        return day(value)
    return pgettext("date", "%(month)s-%(day)s") % {"month": f"{value.month:02}", "day": f"{value.day:02}"}


def yes_or_no(value: Any) -> str:
    return "✓" if value else "–"


WORDS = {"number": amount, "date": short_date, "moment": moment, "flag": yes_or_no}
READERS = {
    "state": lambda column, item, found: Cell(column, str(item.state_declared.name), item.state),
    "owner": lambda column, item, found: Cell(column, str(item.owner or ""), item.owner_id),
    "tag": lambda column, item, found: Cell(column, ", ".join(item.tag_names), ", ".join(item.tag_names)),
    "parent": lambda column, item, found: Cell(
        column,
        f"{item.product.key}-{found.parents[item.parent_id]}" if item.parent_id in found.parents else "",
        found.parents.get(item.parent_id or 0, ""),
    ),
    "release": lambda column, item, found: Cell(
        column, ", ".join(title for _n, title in found.releases.get(item.pk, []))
    ),
    "evidence": lambda column, item, found: Cell(column, "", found.evidence.get(item.pk)),
}


def choices(view: ViewState, column: Column) -> list[tuple[str, str]]:
    """The values that can be picked for an edited cell, the empty one first where it may be empty."""
    if column.type == "owner":
        return [("", _("Nobody yet")), *((str(person.pk), str(person)) for person in who_sees(view.product))]
    if column.type == "flag":
        return [("false", _("no")), ("true", _("yes"))]
    named = [(option.slug, str(option.name)) for option in column.options]
    if column.type == "choice":
        return [("", "–"), *named]
    return named if column.type == "state" else []
