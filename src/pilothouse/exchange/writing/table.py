"""Items as rows of cells: everything that an item of a kind keeps, readable or raw.

Readable: names and options in the reader's language. Raw: stable slugs, as an import reads them back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.kinds import Field, Kind
from pilothouse.workbench.models import Item

CHUNK = 2_000
Value = str | float | int | bool | date | datetime | None


@dataclass(frozen=True)
class Out:
    """One column of a file. Its head is in plain words, for rows are made when the reader's language is gone."""

    slug: str
    head: str
    value: Callable[[Item], Value]


@dataclass(frozen=True)
class Grid:
    """A whole table at once, where it is none of items of one kind."""

    heads: list[str]
    slugs: list[str]
    rows: list[list[Value]]


def columns_for(kind: Kind, *, raw: bool) -> list[Out]:
    zone = timezone.get_current_timezone()
    return [
        *own_columns(kind, raw),
        *(field_column(field, raw) for field in kind.fields),
        *last_columns(raw, zone),
    ]


def own_columns(kind: Kind, raw: bool) -> list[Out]:
    states = {state.slug: state.slug if raw else str(state.name) for state in kind.states}
    return [
        Out("ref", head(raw, "ref", _("Reference")), lambda item: item.ref),
        Out("title", head(raw, "title", kind.title_name), lambda item: item.title),
        Out("body", head(raw, "body", kind.body_name), lambda item: item.body),
        Out("state", head(raw, "state", _("State")), lambda item: states.get(item.state, item.state)),
        Out("owner", head(raw, "owner", _("Owner")), owner(raw)),
        Out("tags", head(raw, "tags", _("Tags")), lambda item: ", ".join(sorted(tag.name for tag in item.tags.all()))),
        Out("start_on", head(raw, "start_on", _("Starts on")), lambda item: item.start_on),
        Out("due_on", head(raw, "due_on", _("Due on")), lambda item: item.due_on),
        Out("score", head(raw, "score", _("Score")), lambda item: item.score),
        Out("parent", head(raw, "parent", _("Part of")), parent),
    ]


def last_columns(raw: bool, zone: Any) -> list[Out]:
    return [
        Out("external_id", head(raw, "external_id", _("Id in the other system")), external),
        Out("created", head(raw, "created", _("Created")), lambda item: local(item.created_at, zone)),
        Out("updated", head(raw, "updated", _("Updated")), lambda item: local(item.updated_at, zone)),
    ]


def head(raw: bool, slug: str, name: Any) -> str:
    return slug if raw else str(name)


def owner(raw: bool) -> Callable[[Item], Value]:
    """The address, which an import knows; for reading, the name."""
    return lambda item: (item.owner.email if raw else str(item.owner)) if item.owner else ""


def parent(item: Item) -> Value:
    return f"{item.product.key}-{item.parent.number}" if item.parent else ""


def external(item: Item) -> Value:
    """An import's own marks are nobody else's ids."""
    return "" if (item.external_id or "").startswith("file:") else item.external_id or ""


def local(moment: datetime, zone: Any) -> datetime:
    """As the reader's clock shows it; spreadsheets know no zones."""
    return moment.astimezone(zone).replace(tzinfo=None, microsecond=0)


def field_column(field: Field, raw: bool) -> Out:
    names = {option.slug: option.slug if raw else str(option.name) for option in field.options}
    yes, no = ("true", "false") if raw else (_("Yes"), _("No"))
    reads: dict[str, Callable[[Any], Value]] = {
        "number": lambda value: value if isinstance(value, int | float) else None,
        "date": lambda value: date.fromisoformat(value),
        "choice": lambda value: names.get(value, value),
        "choices": lambda value: ", ".join(names.get(slug, slug) for slug in value),
        "flag": lambda value: yes if value else no,
    }
    read = reads.get(field.type, str)

    def value(item: Item) -> Value:
        kept = item.fields.get(field.slug)
        return None if kept is None else read(kept)

    unit = f" ({field.unit})" if field.unit and not raw else ""
    return Out(field.slug, head(raw, field.slug, field.name) + unit, value)


def rows(items: QuerySet[Item], product: Any, columns: Sequence[Out]) -> Iterator[list[Value]]:
    """A stream: each two thousand items cost two queries, whatever they hold."""
    full = items.select_related("owner", "parent").prefetch_related("tags")
    for item in full.iterator(chunk_size=CHUNK):
        item.product = product
        yield [column.value(item) for column in columns]
