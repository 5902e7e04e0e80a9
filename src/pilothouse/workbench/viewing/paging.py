"""Pages by key, never by offset: a page starts after (or ends before) a row, whatever was added or moved meanwhile.

Rows come in segments (the groups of a list; rows with a value before those without), each of which an index can
walk. Whatever the number of segments, the keys of a page are one query and its rows another.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pilothouse.workbench.models import Item
from pilothouse.workbench.viewing.columns import RANK, Column
from pilothouse.workbench.viewing.filters import BadFilter

LONGEST_TOKEN = 6_000
# What no list shows of a row: the long texts, and of its owner all but the name.
UNSHOWN = (
    "body", "external_id", "created_by", "trashed_at",
    *(f"owner__{name}" for name in ("password", "last_login", "language", "time_zone", "theme", "created_at")),
)  # fmt: skip


@dataclass(frozen=True)
class Order:
    column: Column = RANK
    descending: bool = False

    @property
    def parameter(self) -> str:
        return ("-" if self.descending else "") + self.column.slug


@dataclass(frozen=True)
class Segment:
    """Rows that stand together, under the name of their group."""

    name: str
    rows: QuerySet[Item]
    empty: bool = False


@dataclass(frozen=True)
class Cursor:
    """A row's place: its segment, its sort key and, where keys are equal, its id."""

    name: str
    empty: bool
    key: Any
    pk: int
    backwards: bool = False

    def token(self) -> str:
        text = json.dumps(
            [self.name, self.empty, self.key, self.pk], ensure_ascii=False, default=lambda value: value.isoformat()
        )
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Page:
    """`rows` pairs each item with its segment's name."""

    rows: list[tuple[str, Item]]
    next: str | None = None
    previous: str | None = None

    @property
    def items(self) -> list[Item]:
        return [item for _name, item in self.rows]


def read_cursor(parameter: str, token: str, order: Order) -> Cursor:
    try:
        if len(token) > LONGEST_TOKEN:
            raise ValueError
        padded = token + "=" * (-len(token) % 4)
        name, empty, key, pk = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        if not (isinstance(name, str) and isinstance(empty, bool) and isinstance(pk, int) and 0 <= pk < 2**63):
            raise ValueError
        key = None if empty else read_key(order, key)
    except (ValueError, TypeError, OverflowError, UnicodeError, RecursionError):
        raise BadFilter(
            parameter, _("This place in the list cannot be read. Start again from the first page.")
        ) from None
    return Cursor(name, empty, key, pk, backwards=parameter == "before")


def read_key(order: Order, key: Any) -> Any:
    type_ = order.column.type
    if type_ == "moment":
        at = datetime.fromisoformat(key)
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    if type_ == "date" and order.column.field is None:
        return date.fromisoformat(key)
    if type_ in ("number", "state", "choice", "parent"):
        return float(key)
    if not isinstance(key, str) or re.search("[\x00\ud800-\udfff]", key):
        raise ValueError
    return key


def page(
    segments: Sequence[Segment],
    order: Order,
    size: int,
    cursor: Cursor | None = None,
    shown: QuerySet[Item] | None = None,
) -> Page:
    """The rows after (or before) the cursor, `size` of them, and the ways on and back. `shown` says what of them is
    read, where that is not what a list shows."""
    backwards = bool(cursor and cursor.backwards)
    ways = [part for segment in segments for part in parted(segment, order)]
    walk = [arranged(part, order, backwards) for part in (reversed(ways) if backwards else ways)]
    if cursor:
        walk = from_cursor(walk, order, cursor)
    found = first_keys(walk, size + 1)
    more = len(found) > size
    found = found[:size]
    rows = loaded(found, shown)
    if backwards:
        rows.reverse()
        found.reverse()
    tokens = [Cursor(part.name, part.empty, key, pk).token() for part, pk, key in found[:1] + found[-1:]]
    return Page(
        [(part.name, item) for part, item in rows],
        next=tokens[-1] if tokens and (more or backwards) else None,
        previous=tokens[0] if tokens and (more if backwards else cursor is not None) else None,
    )


def firsts(segments: Sequence[Segment], order: Order, size: int) -> dict[str, Page]:
    """The first rows of every segment at once: what a board shows."""
    ways = [arranged(part, order, False) for segment in segments for part in parted(segment, order)]
    found = first_keys(ways, size + 1, each=True)
    shown: dict[str, list[Found]] = {segment.name: [] for segment in segments}
    for row in found:
        shown[row[0].name].append(row)
    items = {item.pk: item for _part, item in loaded([row for rows in shown.values() for row in rows[:size]])}
    return {name: first_page(name, rows, size, items) for name, rows in shown.items()}


def first_page(name: str, found: list[Found], size: int, items: dict[int, Item]) -> Page:
    rows = [(name, items[pk]) for _part, pk, _key in found[:size] if pk in items]
    last = found[min(size, len(found)) - 1] if len(found) > size else None
    return Page(rows, next=Cursor(last[0].name, last[0].empty, last[2], last[1]).token() if last else None)


Found = tuple[Segment, int, Any]


def parted(segment: Segment, order: Order) -> list[Segment]:
    """Rows with a key, then those without: no database needs to be told where nothing stands."""
    rows = segment.rows.annotate(sort_key=order.column.order())
    if not order.column.nullable:
        return [replace(segment, rows=rows)]
    return [
        replace(segment, rows=rows.filter(sort_key__isnull=False)),
        replace(segment, rows=rows.filter(sort_key__isnull=True), empty=True),
    ]


def arranged(part: Segment, order: Order, backwards: bool) -> Segment:
    sign = "-" if order.descending != backwards else ""
    names = ["pk"] if part.empty else ["sort_key", "pk"]
    return replace(part, rows=part.rows.order_by(*(sign + name for name in names)))


def from_cursor(walk: list[Segment], order: Order, cursor: Cursor) -> list[Segment]:
    """The segments from the cursor's own on, that one only beyond the cursor."""
    places = [place for place, part in enumerate(walk) if (part.name, part.empty) == (cursor.name, cursor.empty)]
    if not places:
        return walk
    first = walk[places[0]]
    rest = walk[places[0] + 1 :]
    return [replace(first, rows=first.rows.filter(beyond(order, cursor))), *rest]


def beyond(order: Order, cursor: Cursor) -> Q:
    than = "lt" if order.descending != cursor.backwards else "gt"
    if cursor.empty:
        return Q(**{f"pk__{than}": cursor.pk})
    # The first term alone tells an index where to start.
    return Q(**{f"sort_key__{than}e": cursor.key}) & (
        Q(**{f"sort_key__{than}": cursor.key}) | Q(**{f"pk__{than}": cursor.pk})
    )


def first_keys(walk: Sequence[Segment], limit: int, *, each: bool = False) -> list[Found]:
    """(segment, id, key) of the first rows, in one query over all segments; `each`: of every one of them."""
    parts: list[str] = []
    params: list[Any] = []
    for place, part in enumerate(walk):
        try:
            keys = part.rows.values_list("pk", "sort_key")[:limit]  # type: ignore[misc]
            sql, values = keys.query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {place}, part.* FROM ({sql}) AS part")  # noqa: S608 place is a number, sql is the ORM's
        params += values
    if not parts:
        return []
    if each:
        statement = " UNION ALL ".join(parts)
    else:
        statement = f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS walked LIMIT {int(limit)}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return [(walk[place], pk, key) for place, pk, key in cursor.fetchall()]


def loaded(found: Sequence[Found], shown: QuerySet[Item] | None = None) -> list[tuple[Segment, Item]]:
    """The rows with what a list shows of them; long texts stay where they are."""
    pks = [pk for _part, pk, _key in found]
    items = rows_of_a_list(pks) if shown is None else shown.in_bulk(pks)
    return [(part, items[pk]) for part, pk, _key in found if pk in items]


def rows_of_a_list(pks: Sequence[int]) -> dict[int, Item]:
    items = Item.objects.select_related("owner").defer(*UNSHOWN).in_bulk(pks)
    names: dict[int, list[str]] = {pk: [] for pk in items}
    tagged = Item.tags.through.objects.filter(item__in=pks).order_by("tag__name")
    for pk, name in tagged.values_list("item_id", "tag__name"):
        names[pk].append(name)
    for pk, item in items.items():
        item.__dict__["tag_names"] = names[pk]
    return items
