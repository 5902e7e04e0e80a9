"""A product on its way out: one row a line, so that neither side ever holds more than a row of it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from pilothouse import __version__
from pilothouse.exchange.whole.tables import FORMAT, TABLES, VERSION, Table, table_of, translated
from pilothouse.people.models import Product, User
from pilothouse.planning.models import Entry, Judgement
from pilothouse.surveys.answering import uploads
from pilothouse.surveys.models import Response
from pilothouse.workbench.models import Event, Item, Veil
from pilothouse.workbench.models.shape import TagQuerySet

CHUNK = 1_000
SETTINGS = ("key", "name", "purpose", "private", "last_number", "created_at", "archived_at")


def lines(product: Product, reader: User | None = None) -> Iterator[str]:
    """The file. It is JSON as a whole, and each row of a table stands on a line of its own. For a reader it leaves out
    what others put into a scorecard while all score apart, and what they write for themselves on a canvas just now;
    without one, for whoever runs the server, it is whole."""
    yield json.dumps({"format": FORMAT, "version": VERSION, "made_by": __version__})[:-1] + ",\n"
    yield f'"product": {dumped({name: plain(getattr(product, name)) for name in SETTINGS})},\n'
    out = Outgoing(product, reader)
    for table in TABLES:
        yield from section(table.name, out.rows(table))
    yield from section("people", iter(out.people()))
    yield f'"end": {out.count}}}\n'


def section(name: str, rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    yield f'"{name}": [\n'
    before = ""
    for row in rows:
        yield before + dumped(row)
        before = ",\n"
    yield "\n],\n" if before else "],\n"


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


class Outgoing:
    """Keys of the database become numbers that only mean something within the file."""

    def __init__(self, product: Product, reader: User | None = None) -> None:
        self.product, self.reader = product, reader
        self.local: dict[type[models.Model], dict[Any, int]] = {}
        self.users: dict[int, int] = {}
        self.batches: dict[UUID, int] = {}
        self.count = 0

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        known = self.local.setdefault(table.model, {})
        self.number_later(table)
        for place, row in enumerate(self.seen(table).iterator(chunk_size=CHUNK), start=1):
            known[row.pk] = getattr(row, table.local) if table.local else place
            self.count += 1
            yield {field.name: self.value(field, row) for field in table.columns}

    def seen(self, table: Table) -> models.QuerySet:
        rows = table.rows(self.product)
        if self.reader is None:
            return rows
        veiled = Veil.objects.filter(item__product=self.product).exclude(person=self.reader).values("item")
        for name in names_of_items(table):
            rows = rows.exclude(**{f"{name}__in": veiled})
        if isinstance(rows, TagQuerySet):
            return rows.worn_for(self.reader.pk)
        if table.model not in (Entry, Judgement):
            return rows
        apart = Q(scorecard__blind=True, scorecard__revealed_at=None)
        return rows.filter(~apart | Q(person=self.reader))

    def number_later(self, table: Table) -> None:
        """Rows further down get their numbers now, because these rows name them."""
        for name in table.later:
            model = table.model._meta.get_field(name).remote_field.model  # type: ignore[union-attr]
            below = table_of(model)
            if below is not None and not self.local.get(model):
                keys = below.rows(self.product).values_list("pk", flat=True)
                self.local[model] = {key: place for place, key in enumerate(keys.iterator(chunk_size=CHUNK), start=1)}

    def value(self, field: models.Field, row: models.Model) -> Any:
        kept = getattr(row, field.attname)
        if kept is None:
            return None
        if isinstance(field, models.ForeignKey):
            return self.key(field, kept)
        if isinstance(field, models.FileField):
            return content(kept)
        if isinstance(field, models.UUIDField):
            return self.batches.setdefault(kept, len(self.batches) + 1)
        if isinstance(row, Event) and field.name == "changes":
            return translated(kept, self.look_up)
        if isinstance(row, Response) and field.name in ("answers", "off_path"):
            return uploads.with_contents(row.survey_id, kept)
        return plain(kept)

    def key(self, field: models.ForeignKey, kept: Any) -> int | None:
        model = field.remote_field.model
        table = table_of(field.model)
        if field.model is model and table is not None and table.local:
            return self.of_itself(model, kept)
        return self.look_up(model, kept)

    def of_itself(self, model: type[models.Model], kept: Any) -> int | None:
        """A parent may stand further down in the file."""
        table = table_of(model)
        if table is None or not table.local:
            return None
        name = table.local
        rows = model._default_manager.filter(**{"pk": kept, table.path: self.product})
        known = self.local[model]
        return known.get(kept) or rows.values_list(name, flat=True).first()

    def look_up(self, model: type[models.Model], key: Any) -> int | None:
        """The number of a row within the file; None for what lies outside of this product."""
        if model is User:
            return self.users.setdefault(key, len(self.users) + 1) if isinstance(key, int) else None
        known = self.local.get(model, {})
        if isinstance(key, str):
            key = uuid_or_none(key)
        return known.get(key)

    def people(self) -> list[dict[str, Any]]:
        rows = User.objects.in_bulk(list(self.users))
        return [
            {"id": place, "email": rows[key].email, "name": str(rows[key])}
            for key, place in self.users.items()
            if key in rows
        ]


def names_of_items(table: Table) -> list[str]:
    """Where a row is an item, or hangs on one; a parent is named by a number alone."""
    if table.model is Item:
        return ["pk"]
    return [field.name for field in table.columns if isinstance(field, models.ForeignKey)
            and field.remote_field.model is Item]  # fmt: skip


def uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def content(file: Any) -> str | None:
    """The file itself; None where the disk has lost it, so that the rest still goes out."""
    try:
        with file.open("rb") as opened:
            return base64.b64encode(opened.read()).decode()
    except OSError:
        return None
