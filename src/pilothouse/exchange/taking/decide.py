"""What each row of a batch becomes: created, updated, unchanged, skipped or failed. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from pilothouse.exchange.reading.source import Row
from pilothouse.exchange.taking.plan import MARK, Reader, RowError
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.writing.changes import current, difference
from pilothouse.workbench.writing.cleaning import Invalid, Known, clean, refuse_cycle


@dataclass
class Decision:
    """`values` are clean; `item` is the one that was there before; `reasons` are [{column, message}]."""

    row: int
    outcome: str
    values: Mapping[str, Any] = field(default_factory=dict)
    item: Item | None = None
    reasons: list[dict[str, str]] = field(default_factory=list)
    revived: bool = False


class Decider:
    """Decides for one import; people and parents are looked up once for all its rows."""

    def __init__(self, actor: Actor, product: Product, reader: Reader) -> None:
        self.actor, self.product, self.reader = actor, product, reader
        self.plan, self.kind = reader.plan, reader.kind
        self.known: Known = {}

    def batch(self, rows: Sequence[tuple[Row, int]], *, lock: bool = False) -> list[Decision]:
        """`rows` come with the number of the earlier row that they repeat, or 0."""
        read = [self.read(row, earlier) for row, earlier in rows]
        there = self.existing([key for _decision, key, _data in read if key], lock)
        revivable = taken_back([item for item in there.values() if item.trashed_at])
        return [
            self.decided(decision, key, there.get(key), data, revivable) if data is not None else decision
            for decision, key, data in read
        ]

    def read(self, row: Row, earlier: int) -> tuple[Decision, str, dict[str, Any] | None]:
        number, cells = row
        if earlier:
            return skipped(number, _("The same as row %(row)s of this file.") % {"row": earlier}), "", None
        errors: dict[str, str] = {}
        data: dict[str, Any] | None = None
        key = ""
        try:
            data = self.reader.data(cells)
        except RowError as error:
            errors, data = error.errors, error.data
        try:
            key = "" if data is None else self.reader.key(cells, data)
        except RowError as error:
            errors |= error.errors
        return failed(number, errors) if errors else Decision(number, "created"), key, data

    def existing(self, keys: Sequence[str], lock: bool) -> dict[str, Item]:
        """Items of this product and kind by their key, trashed ones too."""
        if not keys:
            return {}
        rows = Item.objects.visible_to(self.actor).filter(product=self.product, kind=self.kind.slug)
        if lock:
            rows = rows.select_for_update(of=("self",))
        if any(column.target == "tags" for column in self.plan.columns):
            rows = rows.prefetch_related("tags")
        found: dict[str, Item] = {}
        if self.plan.identity == "ref":
            numbers = {number: key for key in keys if (number := self.number(key))}
            found = {numbers[item.number]: item for item in rows.filter(number__in=list(numbers))}
            keys = [key for key in keys if key.startswith(MARK)]
        found |= {str(item.external_id): item for item in rows.filter(external_id__in=keys)}
        for item in found.values():
            item.product = self.product
        return found

    def number(self, ref: str) -> int | None:
        digits = ref.strip().upper().removeprefix(f"{self.product.key}-")
        return int(digits) if digits.isdecimal() and len(digits) < 10 else None

    def decided(
        self, decision: Decision, key: str, item: Item | None, data: dict[str, Any], revivable: set[int]
    ) -> Decision:
        number = decision.row
        ref = data.pop("ref", "")
        if decision.reasons:
            return self.all_wrong(decision, data if item else {"title": "", **data})
        if ref and item is None:
            return failed(number, {self.reader.name_of("ref"): _("There is no item %(ref)s here.") % {"ref": ref[:40]}})
        if item is not None and item.trashed_at and item.pk not in revivable:
            return skipped(number, _("%(ref)s lies in the trash.") % {"ref": item.ref})
        if item is not None and self.plan.policy == "skip" and not item.trashed_at:
            return skipped(number, _("%(ref)s is there already.") % {"ref": item.ref})
        try:
            if item is None:
                mark = {"external_id": key} if key.startswith(MARK) else {}
                return Decision(number, "created", self.cleaned({"title": "", **filled(data), **mark}))
            return self.changed(number, item, filled(data))
        except Invalid as error:
            return failed(number, self.named(error))

    def all_wrong(self, decision: Decision, data: Mapping[str, Any]) -> Decision:
        """Whatever else would be refused of a row that fails already, so that one look at the file mends it."""
        errors = {reason["column"]: reason["message"] for reason in decision.reasons}
        try:
            self.cleaned(data)
        except Invalid as error:
            errors = self.named(error) | errors
        names = [column.name for column in self.plan.columns]
        order = sorted(errors, key=lambda name: names.index(name) if name in names else -1)
        return failed(decision.row, {name: errors[name] for name in order})

    def named(self, error: Invalid) -> dict[str, str]:
        """What is wrong, by the names of the columns, with the way out that an import has."""
        found = {name: str(text) for name, text in error.errors.items()}
        if "owner" in found:
            found["owner"] = _("%(reason)s The rules under the columns can leave such owners empty.") % {
                "reason": found["owner"]
            }
        return {self.reader.name_of(name): text for name, text in found.items()}

    def changed(self, number: int, item: Item, given: Mapping[str, Any]) -> Decision:
        """Empty cells change nothing; "fill" only touches what is empty so far."""
        if item.trashed_at:
            return Decision(number, "created", self.cleaned(given), item, revived=True)
        if self.plan.policy == "fill":
            given = {name: value for name, value in given.items() if current(item, name) in (None, "", [])}
        values = self.cleaned(given)
        if values.get("parent"):
            refuse_cycle(item, values["parent"])
        outcome = "updated" if difference(item, values) else "unchanged"
        return Decision(number, outcome, values, item)

    def cleaned(self, data: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return clean(self.actor, self.product, self.kind, data, self.known)
        except Invalid as error:
            if not self.plan.unknown_owner_empty or "owner" not in error.errors:
                raise
        return clean(self.actor, self.product, self.kind, {**data, "owner": ""}, self.known)


def filled(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def taken_back(items: Sequence[Item]) -> set[int]:
    """Of these trashed items, those that only an undone import put there: importing again brings them back."""
    if not items:
        return set()
    rows = Event.objects.filter(item__in=items).values("item_id")
    rows = rows.annotate(
        thrown=Count("pk", filter=Q(verb="trashed")),
        undone=Count("pk", filter=Q(verb__in=("created", "restored"), undone_at__isnull=False)),
    )
    return {row["item_id"] for row in rows if row["undone"] and row["thrown"] <= row["undone"]}


def failed(number: int, errors: Mapping[str, str]) -> Decision:
    return Decision(number, "failed", reasons=[{"column": name, "message": text} for name, text in errors.items()])


def skipped(number: int, reason: str) -> Decision:
    return Decision(number, "skipped", reasons=[{"column": "", "message": reason}])
