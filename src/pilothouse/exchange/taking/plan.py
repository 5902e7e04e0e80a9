"""The plan of an import: what each column becomes. Made from what a person chose, checked before anything is read."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from pilothouse.exchange.reading import cells
from pilothouse.exchange.reading.encodings import MISREAD
from pilothouse.exchange.taking.targets import NEW, Target, folded, option_index, targets_of
from pilothouse.kinds import Field, FieldError, Kind, Option

POLICIES = ("changed", "fill", "skip")
MOST_OPTIONS = 50
TITLE_FROM_BODY = 80
LONGEST_CELL = 32_767
MARK = "file:"
# Exports put an apostrophe before what a spreadsheet would calculate; coming back, it goes.
APOSTROPHE = re.compile(r"^'(?=[\s\u200b-\u200f]*[=+\-@＝＋－＠])")
SENTENCE = re.compile(r"[。！？!?\n]|\.(?=\s)")


@dataclass(frozen=True)
class ColumnPlan:
    """What becomes of one column. `values` maps a cell to an option where a person said so ("" leaves it empty).
    `fractions`: 80 % stands in it as 0.8, as a spreadsheet keeps what it shows as a percentage."""

    name: str
    target: str = ""
    type: str = "text"
    values: Mapping[str, str] = field(default_factory=dict)
    fractions: bool = False

    @property
    def slug(self) -> str:
        """The name under which its cells are kept: a new own field is called like the column."""
        return own_slug(self.name) if self.target == NEW else self.target


@dataclass(frozen=True)
class Plan:
    """The whole mapping, as it is kept with the import and in templates."""

    columns: tuple[ColumnPlan, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    key: tuple[int, ...] = ()
    policy: str = "changed"
    title_from_body: bool = True
    unknown_owner_empty: bool = False

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Plan:
        columns = tuple(ColumnPlan(**column) for column in kept.get("columns", ()))
        rest = {
            name: kept[name]
            for name in ("constants", "policy", "title_from_body", "unknown_owner_empty")
            if name in kept
        }
        return cls(columns=columns, key=tuple(kept.get("key", ())), **rest)

    def kept(self) -> dict[str, Any]:
        return {
            "columns": [{**vars(column), "values": dict(column.values)} for column in self.columns],
            "constants": dict(self.constants),
            "key": list(self.key),
            "policy": self.policy,
            "title_from_body": self.title_from_body,
            "unknown_owner_empty": self.unknown_owner_empty,
        }

    @property
    def identity(self) -> str:
        """What tells rows apart: "ref", "external_id", or "" for the key columns."""
        wanted = {column.target for column in self.columns}
        return next((slug for slug in ("ref", "external_id") if slug in wanted), "")

    def new_columns(self) -> list[ColumnPlan]:
        return [column for column in self.columns if column.target == NEW]

    def fitted(self, names: Sequence[str]) -> Plan | None:
        """This plan for a file with these columns; None when one is missing or more than two are new."""
        mine = {column.name: column for column in self.columns}
        if len(set(names)) < len(names) or not mine or not set(mine) <= set(names) or len(names) > len(mine) + 2:
            return None
        columns = tuple(mine.get(name, ColumnPlan(name)) for name in names)
        key = tuple(
            sorted(list(names).index(self.columns[place].name) for place in self.key if place < len(self.columns))
        )
        return replace(self, columns=columns, key=key)

    def problems(self, kind: Kind) -> list[str]:
        """Why this plan cannot be carried out, in the reader's language; empty when it can."""
        targets = targets_of(kind)
        used = [column.slug for column in self.columns if column.target]
        names = {slug: str(targets[slug].name) if slug in targets else slug for slug in used}
        found = [
            _("Two columns are to become “%(name)s”.") % {"name": names[slug]}
            for slug in dict.fromkeys(used)
            if used.count(slug) > 1 and slug != "tags"
        ]
        if unknown := [column.target for column in self.columns if column.target not in {"", NEW, *targets}]:
            found.append(_("This kind has no field “%(name)s”.") % {"name": unknown[0][:60]})
        if "title" not in used and not (self.title_from_body and "body" in used) and self.identity != "ref":
            found.append(_("No column becomes the title."))
        if not self.identity and not self.key:
            found.append(_("Choose the columns by which a row is known again."))
        return found


def own_slug(name: str) -> str:
    """The slug of a new own field: its name where that is Latin, else a short mark of it."""
    latin = slugify(name).replace("-", "_")[:40].strip("_")
    return f"own_{latin}"[:40] if latin else "own_" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:8]


class RowError(Exception):
    """What is wrong with a row's cells: column name to message. `data` is what its other cells say, where they do."""

    def __init__(self, errors: dict[str, str], data: dict[str, Any] | None = None) -> None:
        self.errors, self.data = errors, data
        super().__init__(str(errors))


class Reader:
    """A plan made ready for rows: which cell goes where, and how it is read."""

    def __init__(self, plan: Plan, kind: Kind, dates: str = "") -> None:
        self.plan, self.kind, self.dates = plan, with_new_fields(kind, plan), dates
        self.targets = targets_of(self.kind)
        self.width = len(plan.columns)
        self.mapped = [
            (place, column, self.targets[column.slug]) for place, column in enumerate(plan.columns) if column.target
        ]
        self.options = {
            target.slug: option_index(target.options) for _place, _column, target in self.mapped if target.options
        }

    def data(self, row: list[str]) -> dict[str, Any]:
        """What a row says, by the names of the item. Raises RowError, naming every wrong cell."""
        self.refuse_ragged(row)
        data: dict[str, Any] = dict(self.plan.constants)
        errors: dict[str, str] = {}
        for place, column, target in self.mapped:
            try:
                value = self.read(row[place], column, target)
            except FieldError as error:
                errors[column.name] = str(error)
                continue
            if value != "" or target.slug not in data:
                data[target.slug] = [*data.get("tags", []), *value] if target.slug == "tags" else value
        if errors:
            raise RowError(errors, self.with_title(data))
        return self.with_title(data)

    def refuse_ragged(self, row: list[str]) -> None:
        if len(row) > self.width and any(cell.strip() for cell in row[self.width :]):
            message = _("This row has %(cells)s cells, the header only %(columns)s.")
            raise RowError({"": message % {"cells": len(row), "columns": self.width}})

    def read(self, cell: str, column: ColumnPlan, target: Target) -> Any:
        if MISREAD in cell:
            raise FieldError(_("This holds bytes that are no text in the chosen encoding."))
        text = APOSTROPHE.sub("", cell)
        if len(text) == LONGEST_CELL and text.endswith("…"):
            raise FieldError(_("The end of this text is missing: a spreadsheet holds 32,767 characters. Use CSV."))
        if target.type == "body" and not cells.is_mistake(text):
            return text if text.strip() else ""
        text = text.strip()
        if text in column.values:
            text = column.values[text]
        if cells.is_mistake(text):
            return ""
        if target.type in ("title", "text", "long"):
            return text
        if cells.is_missing(text):
            return [] if target.type == "tags" else ""
        if column.fractions and target.unit == "%":
            text = cells.of_hundred(text)
        return self.read_as(target, text)

    def read_as(self, target: Target, text: str) -> Any:
        if target.type == "number":
            return cells.checked_number(text)
        if target.type == "flag":
            return cells.flag(text)
        if target.type == "date":
            return cells.day(text, self.dates)
        if target.type == "choice":
            return self.options[target.slug].get(folded(text), text)
        if target.type in ("choices", "tags"):
            parts = [part.strip() for part in re.split(r"[,，;；、|\n]", text) if part.strip()]
            return [self.options.get(target.slug, {}).get(folded(part), part) for part in parts]
        return text

    def with_title(self, data: dict[str, Any]) -> dict[str, Any]:
        if self.plan.title_from_body and not str(data.get("title") or "").strip() and data.get("body"):
            data["title"] = first_words(data["body"])
        return data

    def key(self, row: list[str], data: Mapping[str, Any]) -> str:
        """An id, or a mark made of the key columns, by which the row is known again. May raise RowError."""
        if self.plan.identity:
            value = str(data.get(self.plan.identity) or "").strip()
            if value:
                return value
            if self.plan.identity == "external_id":
                raise RowError({self.name_of("external_id"): _("The id is missing.")})
        return key_mark(self.plan, row)

    def name_of(self, slug: str) -> str:
        """The column that becomes this; where none does, what people call it."""
        plain = str(self.targets[slug].name) if slug in self.targets else slug
        return next((column.name for column in self.plan.columns if column.slug == slug), plain)


def key_mark(plan: Plan, row: Sequence[str]) -> str:
    places = plan.key or [place for place, column in enumerate(plan.columns) if column.target]
    parts = [
        [plan.columns[place].slug or plan.columns[place].name, cells.moment(APOSTROPHE.sub("", row[place]))]
        for place in places
    ]
    text = json.dumps(sorted(parts), ensure_ascii=True)
    return MARK + hashlib.sha256(text.encode()).hexdigest()[:40]


def first_words(body: str) -> str:
    """The first sentence of a text, or as many words as a title needs."""
    text = body.strip()
    end = SENTENCE.search(text)
    sentence = (
        " ".join(text[: end.start() + (text[end.start()] in "？?！!")].split()) if end else " ".join(text.split())
    )
    if len(sentence) <= TITLE_FROM_BODY:
        return sentence or text[:TITLE_FROM_BODY]
    cut = sentence[:TITLE_FROM_BODY]
    space = cut.rfind(" ")
    return (cut[:space] if space > TITLE_FROM_BODY // 2 else cut).rstrip("，,、 ") + "…"


def with_new_fields(kind: Kind, plan: Plan) -> Kind:
    """The kind with the own fields that the plan is going to make."""
    new = [
        Field(slug=column.slug, name=column.name, type=column.type, options=new_options(column), custom=True)
        for column in plan.new_columns()
        if column.slug not in kind.field_by_slug
    ]
    return replace(kind, fields=(*kind.fields, *new)) if new else kind


def new_options(column: ColumnPlan) -> tuple[Option, ...]:
    """The options of a new choice field stand in `values`, each naming itself."""
    if column.type != "choice":
        return ()
    names = [name for name in column.values if name] or ["–"]
    return tuple(Option(slug=option_slug(name), name=name) for name in names)


def option_slug(name: str) -> str:
    return (
        slugify(re.sub(r"[^\w]+", "-", name))[:40].strip("-")
        or hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:10]
    )
