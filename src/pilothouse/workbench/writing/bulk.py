"""One change to many items, in pieces; what could not be changed is told, the rest is done and can be taken back."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilothouse.jinja import decimal
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.jobs import JobFailed, Running, handler
from pilothouse.workbench.models import Event, Item, Link
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.viewing.columns import columns_of
from pilothouse.workbench.viewing.state import read
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid, clean, refuse_cycle

PIECE = 500
OWN_VERBS = ("add_tags", "remove_tags", "trash", "release")
NEVER = ("title", "body", "rank", "external_id", "tags")


@dataclass
class Outcome:
    """How many items changed, how many were so already, and why the others could not."""

    batch: uuid.UUID
    changed: int = 0
    same: int = 0
    refused: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        parts = [ngettext("%(n)s row changed", "%(n)s rows changed", self.changed) % {"n": decimal(self.changed)}]
        if self.same:
            parts.append(
                ngettext("%(n)s was so already", "%(n)s were so already", self.same) % {"n": decimal(self.same)}
            )
        for ref, reason in list(self.refused.items())[:3]:
            parts.append(f"{ref}: {reason}")
        if len(self.refused) > 3:
            parts.append(_("and %(n)s more could not be changed") % {"n": len(self.refused) - 3})
        return _("; ").join(parts)


def check(actor: Actor, product: Product, kind_slug: str, change: str, value: str) -> None:
    """Raises Invalid where nothing could come of it, before anything is touched."""
    kind = kind_of(product, kind_slug)
    names = {column.edit for column in columns_of(kind).values() if column.edit} - set(NEVER)
    if change not in names and change not in OWN_VERBS:
        raise Invalid({change[:40]: _("There is no field of this name.")})
    if change == "release":
        release_of(actor, product, value)
    elif change in ("add_tags", "remove_tags"):
        clean(actor, product, kind, {"tags": value})
    elif change != "trash":
        clean(actor, product, kind, {change: value})


def apply(
    actor: Actor,
    product: Product,
    ids: Sequence[int],
    change: str,
    value: str,
    batch: uuid.UUID,
    tick: Callable[[int], None] = lambda done: None,
) -> Outcome:
    """Change the items with these ids; those that went away meanwhile are passed over."""
    outcome = Outcome(batch)
    step = VERBS.get(change, set_field)
    for start in range(0, len(ids), PIECE):
        piece = ids[start : start + PIECE]
        with transaction.atomic():
            items = held(actor, product, piece)
            events, refused = step(actor, product, items, change, value, batch)
        changed = len({entry.item_id for entry in events})
        outcome.changed += changed
        outcome.same += len(items) - changed - len(refused)
        outcome.refused.update(refused)
        tick(start + len(piece))
    return outcome


def held(actor: Actor, product: Product, ids: Sequence[int]) -> list[Item]:
    """As they are now, and nobody else's until this piece is done: tags that two people give at once join."""
    rows = Item.objects.visible_to(actor).live().filter(product=product, pk__in=ids).select_for_update(of=("self",))
    return actions.of_one_product(rows.order_by("pk").select_related("parent").prefetch_related("tags"), product)


Step = tuple[list[Event], dict[str, str]]


def set_field(actor: Actor, product: Product, items: list[Item], change: str, value: str, batch: uuid.UUID) -> Step:
    return actions.change_many(actor, items, {change: value}, batch=batch), {}


def set_parent(actor: Actor, product: Product, items: list[Item], change: str, value: str, batch: uuid.UUID) -> Step:
    """Items that would come to lie below themselves are left out."""
    parent = clean(actor, product, items[0].declared, {"parent": value})["parent"] if items else None
    fit, refused = [], {}
    for item in items:
        try:
            refuse_cycle(item, parent)
            fit.append(item)
        except Invalid as error:
            refused[item.ref] = error.errors["parent"]
    return actions.change_many(actor, fit, {"parent": value}, batch=batch), refused


def add_tags(actor: Actor, product: Product, items: list[Item], change: str, value: str, batch: uuid.UUID) -> Step:
    """Items with the same tags before have the same tags after: one change for each such group."""
    given = set(clean(actor, product, items[0].declared, {"tags": value})["tags"]) if items else set()
    groups: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in items:
        old = {tag.name for tag in item.tags.all()}
        groups[tuple(sorted(old | given if change == "add_tags" else old - given))].append(item)
    events: list[Event] = []
    refused: dict[str, str] = {}
    for names, members in groups.items():
        try:
            events += actions.change_many(actor, members, {"tags": list(names)}, batch=batch)
        except Invalid as error:
            refused.update({item.ref: error.errors["tags"] for item in members})
    return events, refused


def put_in_trash(actor: Actor, product: Product, items: list[Item], change: str, value: str, batch: uuid.UUID) -> Step:
    return actions.trash(actor, items, batch=batch), {}


def plan(actor: Actor, product: Product, items: list[Item], change: str, value: str, batch: uuid.UUID) -> Step:
    release = release_of(actor, product, value)
    others = [item for item in items if item.pk != release.pk]
    refused = {release.ref: _("A release cannot be planned into itself.")} if len(others) < len(items) else {}
    actions.unlink_many(actor, earlier_plans(actor, others, release), batch=batch)
    return actions.link_many(actor, others, "planned_in", release, batch=batch), refused


def earlier_plans(actor: Actor, items: list[Item], release: Item) -> list[Link]:
    """Planning into another release moves: an item waits in one release. What has shipped keeps what it held."""
    links = Link.objects.filter(source__in=items, relation="planned_in", target__closed_at=None)
    found = links.visible_to(actor).exclude(target=release).select_related("source", "target")
    return [link for link in found if not link.target.fields.get("released_on")]


def release_of(actor: Actor, product: Product, value: str) -> Item:
    number = value.strip().upper().removeprefix(f"{product.key}-")
    rows = Item.objects.visible_to(actor).live().filter(product=product, kind="release")
    found = rows.filter(number=int(number)).first() if number.isdecimal() and len(number) < 10 else None
    if found is None:
        raise Invalid({"release": _("There is no release %(ref)s in this product.") % {"ref": value[:40]}})
    found.product = product
    return found


VERBS = {"parent": set_parent, "add_tags": add_tags, "remove_tags": add_tags, "trash": put_in_trash, "release": plan}


@handler
def run(
    job: Running, actor: Actor, *, key: str, kind: str, query: str, change: str, value: str, batch: str
) -> dict[str, Any]:
    """A change to everything a filter lets through. Started again after a crash it finds what is left, and counts what
    was done before."""
    product = actor.product(key, "write")
    view = read(actor, product, kind, QueryDict(query))
    ids = list(view.rows().order_by("pk").values_list("pk", flat=True))
    job.tick(0, total=len(ids))
    before = set(product.events.filter(batch=batch).values_list("item_id", flat=True))
    try:
        outcome = apply(actor, product, ids, change, value, uuid.UUID(batch), job.give_way)
    except Invalid as error:
        raise JobFailed("; ".join(error.errors.values())) from None
    outcome.changed, outcome.same = outcome.changed + len(before), outcome.same - len(before & set(ids))
    job.report()
    return {"text": outcome.text(), "undo": f"{actor.workspace.url}undo/{batch}", "refused": outcome.refused}
