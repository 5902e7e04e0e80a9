"""What was found, in its order: the item whose number was typed, then those that hold every word in the title, then
the rest, the newest first. Counted as far as it costs little."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from django.db.models.expressions import RawSQL

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item, ItemQuerySet
from pilothouse.workbench.search.match import MOST_KNOWN, Asked, Where, matches, newest_ids
from pilothouse.workbench.search.words import reference

LAST_HITS = 200
MOST_NUMBERED = 20
PLACE = re.compile(r"([nt]?)(\d{1,18})\Z")  # by its number, in the title, or elsewhere; before which item


@dataclass(frozen=True)
class Hit:
    """`place` is where a further page begins: after this one."""

    item: Item
    place: str


@dataclass(frozen=True)
class Tally:
    """How many of each kind; at least so many where there are more."""

    kinds: Counter[str]
    more: bool

    @property
    def total(self) -> int:
        return self.kinds.total()


def best(items: ItemQuerySet, asked: Asked, count: int, after: str = "") -> list[Hit]:
    """The first `count` of `items`, those that the person may see, or the first after a place."""
    rows = items.of(asked.kind) if asked.kind else items
    numbered = by_number(rows, asked.query)
    rest = rows.exclude(pk__in=[item.pk for item in numbered]) if numbered else rows
    place = PLACE.match(after)
    part, before = (place[1], int(place[2])) if place else ("n", None)
    found: list[Hit] = []
    if part == "n":
        found = [Hit(item, f"n{item.pk}") for item in numbered if before is None or item.pk < before][:count]
        before = None
    if part:
        found += [Hit(item, f"t{item.pk}") for item in newest(rest, asked, "title", count - len(found), before)]
        before = None
    return found + [Hit(item, str(item.pk)) for item in newest(rest, asked, "elsewhere", count - len(found), before)]


def by_number(items: ItemQuerySet, query: str) -> list[Item]:
    referred = reference(query)
    if referred is None:
        return []
    key, number = referred
    rows = items.filter(number=number, **({"product__key": key} if key else {}))
    return list(rows.order_by("-pk")[:MOST_NUMBERED])


def newest(items: ItemQuerySet, asked: Asked, where: Where, count: int, before: int | None) -> list[Item]:
    """The newest `count` of them. Where a word is common the index is asked for its last hits only, newest first:
    reading all of them to show thirty would take longer than the rest of the page."""
    if not count or not asked.newest:
        return []
    rows = items.order_by("-pk") if before is None else items.order_by("-pk").filter(pk__lt=before)
    if asked.complete:
        known = [pk for pk in asked.newest if (pk in asked.titled) == (where == "title")]
        return list(rows.filter(pk__in=known)[:count]) if known else []
    last = newest_ids(asked, where, LAST_HITS, before)
    found = list(rows.filter(pk__in=last)[:count]) if last else []
    if len(found) == count or len(last) < LAST_HITS:
        return found
    return list(rows.filter(pk__in=RawSQL(*matches(asked, where)))[:count])  # noqa: S611


def tally(actor: Actor, asked: Asked) -> Tally:
    """Of a common word the newest are counted: to count all of them would cost more than to find them."""
    numbered = by_number(Item.objects.visible_to(actor).live(), asked.query)
    known = {*asked.newest[:MOST_KNOWN], *(item.pk for item in numbered)}
    # The product is compared here: with both conditions SQLite reads every item of the product to find a few ids.
    rows = Item.objects.unveiled(actor).live().filter(pk__in=known).values_list("product_id", "kind")
    seen = {*actor.product_ids} & {*asked.product_ids}
    kinds = Counter(kind for product_id, kind in rows if product_id in seen) if known else Counter()
    return Tally(kinds, more=not asked.complete)
