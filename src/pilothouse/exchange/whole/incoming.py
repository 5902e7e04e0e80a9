"""A product on its way in: looked at row by row, then written in one transaction, or not at all."""

from __future__ import annotations

import base64
import binascii
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from pilothouse.canvases.models import Canvas, OwnLayout
from pilothouse.exchange.whole.checks import BadFile, bad, checked
from pilothouse.exchange.whole.lines import sections
from pilothouse.exchange.whole.looking import (
    look_at_canvas,
    look_at_questionnaire,
    look_at_rank,
    look_at_value,
    options_of,
    refuse_circles,
    refuse_strange,
    refuse_twins,
)
from pilothouse.exchange.whole.newly import renew, stranger
from pilothouse.exchange.whole.tables import TABLES, Table, translated
from pilothouse.kinds import KINDS, RELATIONS
from pilothouse.people.access import Actor
from pilothouse.people.models import Product, User
from pilothouse.surveys.answering import uploads
from pilothouse.surveys.models import Response, Survey, Version
from pilothouse.workbench import search
from pilothouse.workbench.models import CustomField, CustomState, Event, Item, Link
from pilothouse.workbench.models.custom import kinds_of
from pilothouse.workbench.upkeep import settle
from pilothouse.workbench.writing.insert import insert, reserve

BATCH = 1_000
LARGEST_FILE = 50 * 1024 * 1024
Tick = Callable[[int], None]


def bring_in(actor: Actor, file: IO[bytes], key: str, name: str = "", *, tick: Tick = lambda done: None) -> Product:
    """A new product from a file. Raises BadFile; then nothing was written, neither rows nor files."""
    actor.require("create_product")
    saved: list[tuple[Any, str]] = []
    try:
        incoming = Incoming(actor, key, name, saved, tick)
        with transaction.atomic():
            product = incoming.read(file)
    except BaseException as error:
        for storage, path in saved:
            storage.delete(path)
        if isinstance(error, IntegrityError):
            raise BadFile(_("Rows of this file contradict each other.")) from None
        if isinstance(error, ValidationError):
            raise BadFile("; ".join(error.messages)) from None
        raise
    settle(incoming.count)
    return product


@dataclass(frozen=True)
class Later:
    """A column of a row that is written before what it names."""

    row: models.Model
    field: models.ForeignKey
    value: Any
    place: str


class Incoming:
    """Numbers within the file become keys of this database."""

    def __init__(self, actor: Actor, key: str, name: str, saved: list[tuple[Any, str]], tick: Tick) -> None:
        self.actor, self.key, self.name, self.saved, self.tick = actor, key, name, saved, tick
        self.keys: dict[type[models.Model], dict[int, Any]] = {table.model: {} for table in TABLES}
        self.users: dict[int, User] = {}
        self.batches: dict[int, uuid.UUID] = {}
        self.parents: dict[int, int] = {}
        self.later: list[Later] = []
        self.count = 0
        self.product: Product = None  # type: ignore[assignment]

    def read(self, file: IO[bytes]) -> Product:
        people = {}
        for name, rows in sections(file):
            if name == "people":
                people = dict(self.person(row, f"people[{place}]") for place, row in enumerate(rows, start=1))
        self.users = self.known(people)
        file.seek(0)
        tables = {table.name: table for table in TABLES}
        for name, rows in sections(file):
            if name == "":
                self.begin(next(rows))
            elif name in tables:
                self.take(tables[name], rows)
            elif name != "people":
                raise BadFile(_("This file has a part that is not known here: %(name)s.") % {"name": name[:40]})
        if self.product is None:
            raise BadFile(_("This file holds no product."))
        refuse_circles(self.parents)
        return self.product

    def begin(self, head: dict[str, Any]) -> None:
        refuse_strange(head)
        given = head.get("product")
        if not isinstance(given, dict):
            raise BadFile(_("This file holds no product."))
        self.product = Product(workspace=self.actor.workspace, key=self.key)
        for name in ("name", "purpose", "private", "last_number", "archived_at"):
            value = checked(Product._meta.get_field(name), given.get(name), f"product.{name}")  # type: ignore[arg-type]
            setattr(self.product, name, value)
        self.product.name = self.name or self.product.name
        if Product.objects.filter(workspace=self.actor.workspace, key=self.key).exists():
            raise BadFile(_("There is a product with the key %(key)s already.") % {"key": self.key})
        self.product.full_clean(exclude=["workspace", "created_by"])
        self.product.save()
        self.product.members.add(self.actor.user)

    def person(self, row: Any, place: str) -> tuple[int, tuple[str, str]]:
        if not isinstance(row, dict) or not isinstance(row.get("id"), int):
            raise bad(place, _("this has the wrong shape."))
        email, name = (
            checked(User._meta.get_field(part), row.get(part), f"{place}.{part}")  # type: ignore[arg-type]
            for part in ("email", "name")
        )
        return row["id"], (email.lower(), name)

    def known(self, people: dict[int, tuple[str, str]]) -> dict[int, User]:
        """Members of the workspace by their address; others stay as names, without an account to sign in to."""
        addresses = [email for email, _name in people.values()]
        members = User.objects.filter(memberships__workspace=self.actor.workspace, email__in=addresses)
        found = {member.email: member for member in members}
        return {key: found.get(email) or stranger(email, name) for key, (email, name) in people.items()}

    def take(self, table: Table, rows: Iterator[Any]) -> None:
        """One table, a batch at a time; rows get their keys first, so that others can name them."""
        if self.product is None:
            raise BadFile(_("This file holds no product."))
        place = 0
        while part := [row for _n, row in zip(range(BATCH), rows, strict=False)]:
            made = [self.row(table, row, f"{table.name}[{place + n}]") for n, row in enumerate(part, start=1)]
            self.write(table, made, place)
            place += len(part)
            self.count += len(part)
            self.tick(self.count)
        if table.model is Item:
            Item.objects.filter(product=self.product).update(parent=None)
            self.set_parents()
        self.set_later(table.model)

    def row(self, table: Table, given: Any, place: str) -> models.Model:
        if not isinstance(given, dict):
            raise bad(place, _("this has the wrong shape."))
        names = {field.name for field in table.columns}
        if strange := set(given) - names:
            raise bad(place, _("there is no field “%(name)s”.") % {"name": sorted(strange)[0][:40]})
        row = table.model()
        for name in table.secret:
            renew(row, name)
        for field in table.columns:
            if field.name in table.later:
                self.later.append(Later(row, field, given.get(field.name), f"{place}.{field.name}"))  # type: ignore[arg-type]
            else:
                self.set(row, field, given.get(field.name), f"{place}.{field.name}")
        if table.path == "product":
            row.product = self.product  # type: ignore[attr-defined]
        self.look_at(row, place)
        return row

    def set(self, row: models.Model, field: models.Field, value: Any, place: str) -> None:
        if isinstance(field, models.ForeignKey):
            setattr(row, field.attname, self.reference(row, field, value, place))
        elif isinstance(field, models.FileField):
            setattr(row, field.name, self.file(row, field, value, place))
        elif isinstance(field, models.UUIDField):
            setattr(row, field.name, None if value is None and field.null else self.batch(value, place))
        elif isinstance(row, Event) and field.name == "changes":
            setattr(row, field.name, translated(checked(field, value, place), self.look_up))
        else:
            setattr(row, field.name, checked(field, value, place))

    def batch(self, value: Any, place: str) -> uuid.UUID:
        return self.batches.setdefault(checked(models.PositiveIntegerField(), value, place), uuid.uuid4())

    def reference(self, row: models.Model, field: models.ForeignKey, value: Any, place: str) -> Any:
        model = field.remote_field.model
        if value is None and field.null:
            return None
        if isinstance(row, Item) and model is Item:
            self.parents[row.number] = checked(models.PositiveIntegerField(), value, place)
            return None
        found = self.look_up(model, value)
        if found is None:
            raise bad(place, _("it names something that is not in this file."))
        return found

    def set_later(self, model: type[models.Model]) -> None:
        """What the rows just written were named by further up, or by each other."""
        mine = [one for one in self.later if one.field.remote_field.model is model]
        self.later = [one for one in self.later if one not in mine]
        for one in mine:
            setattr(one.row, one.field.attname, self.reference(one.row, one.field, one.value, one.place))
        for field in {one.field for one in mine}:
            rows = [one.row for one in mine if one.field is field and one.value is not None]
            field.model._default_manager.bulk_update(rows, [field.name], batch_size=300)

    def look_up(self, model: type[models.Model], value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int):
            return None
        if model is User:
            return self.users[value].pk if value in self.users else None
        found = self.keys.get(model, {}).get(value)
        return str(found) if isinstance(found, uuid.UUID) else found

    def file(self, row: models.Model, field: models.FileField, value: Any, place: str) -> Any:
        """The bytes, kept under a new random name."""
        try:
            data = base64.b64decode(value or "", validate=True)
        except (binascii.Error, ValueError, TypeError):
            raise bad(place, _("this is no file.")) from None
        if len(data) > LARGEST_FILE:
            raise bad(place, _("the file is too large."))
        path = field.storage.save(field.generate_filename(row, "file"), ContentFile(data))
        self.saved.append((field.storage, path))
        return path

    def look_at(self, row: models.Model, place: str) -> None:
        """What one column cannot tell: kinds, the values of fields, links to oneself."""
        if isinstance(row, Item):
            self.look_at_item(row, place)
        elif isinstance(row, Response):
            self.take_files(row, place)
        elif isinstance(row, Survey | Version):
            look_at_questionnaire(row, place)
        elif isinstance(row, Canvas | OwnLayout):
            look_at_canvas(row, place)
        elif isinstance(row, Link) and row.source_id == row.target_id:
            raise bad(place, _("An item cannot be linked to itself."))
        elif isinstance(row, Link) and row.relation not in RELATIONS:
            raise bad(f"{place}.relation", _("there is no relation “%(name)s”.") % {"name": row.relation[:40]})
        elif isinstance(row, CustomField | CustomState) and row.kind not in KINDS:
            raise bad(f"{place}.kind", _("there is no kind “%(name)s”.") % {"name": row.kind})
        elif isinstance(row, CustomField):
            options_of(row, place)

    def take_files(self, row: Response, place: str) -> None:
        """What respondents sent; a key of the file itself opens nothing here."""
        try:
            for name in ("answers", "off_path"):
                known = lambda key: self.saved.append((default_storage, key))  # noqa: E731
                setattr(row, name, uploads.arrived(row.survey_id, getattr(row, name), known))
        except ValueError:
            raise bad(place, _("this is no file.")) from None

    def look_at_item(self, item: Item, place: str) -> None:
        if item.kind not in KINDS:
            raise bad(place, _("there is no kind “%(name)s”.") % {"name": item.kind})
        if item.number < 1 or item.number in self.keys[Item]:
            raise bad(place, _("the number %(n)s is taken or none.") % {"n": item.number})
        kind = kinds_of(self.product)[item.kind]
        look_at_rank(item, place)
        for slug, value in item.fields.items():
            look_at_value(kind, slug, value, f"{place}.fields.{slug[:40]}")

    def write(self, table: Table, rows: list[models.Model], before: int) -> None:
        if not isinstance(table.model._meta.pk, models.UUIDField):
            for row, key in zip(rows, reserve(table.model, len(rows)), strict=True):
                row.pk = key
        known = self.keys[table.model]
        for place, row in enumerate(rows, start=before + 1):
            local = getattr(row, table.local) if table.local else place
            if local in known:
                raise bad(f"{table.name}[{place}]", _("the number %(n)s is taken or none.") % {"n": local})
            known[local] = row.pk
        refuse_twins(table, rows, before)
        insert(rows, as_they_are=True)
        if table.model is Item:
            search.index(rows)  # type: ignore[arg-type]
            last = max(row.number for row in rows)  # type: ignore[attr-defined]
            Product.objects.filter(pk=self.product.pk, last_number__lt=last).update(last_number=last)

    def set_parents(self) -> None:
        known = self.keys[Item]
        changed = []
        for number, parent in self.parents.items():
            if parent not in known:
                raise bad(f"items {number}.parent", _("it names something that is not in this file."))
            changed.append(Item(pk=known[number], parent_id=known[parent]))
        Item.objects.bulk_update(changed, ["parent"], batch_size=300)
