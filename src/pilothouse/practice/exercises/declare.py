"""What an exercise is: where it is done, what is asked, and how the work on the product is marked.

Nothing is right because it was written down here: what a check compares with is computed from the product as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pilothouse.jinja import is_chinese
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Item, Link

Pair = tuple[str, str]


def say(pair: Pair, **figures: Any) -> str:
    """In the reader's language, with figures filled in."""
    return pair[1 if is_chinese() else 0].format(**figures)


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A question beside the work itself. `options` of a choice: (value, text)."""

    slug: str
    name: Pair
    type: str = "number"
    options: Callable[[Look], Sequence[tuple[str, Any]]] | None = None
    unit: Pair = ("", "")


@dataclass
class Look:
    """The product as an exercise reads it, with what was answered. What is trashed is not there."""

    actor: Actor
    product: Product
    answers: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def items(self) -> dict[str, Item]:
        """By the keys of the story, whatever they are called now."""
        rows = Item.objects.visible_to(self.actor).live().filter(product=self.product, external_id__isnull=False)
        found = {str(item.external_id): item for item in rows.select_related("owner").defer("body")}
        for item in found.values():
            item.product = self.product
        return found

    def item(self, key: str) -> Item | None:
        return self.items.get(key)

    def of(self, kind: str, *states: str) -> list[Item]:
        """All live items of a kind, those made since among them."""
        rows = Item.objects.visible_to(self.actor).live().filter(product=self.product, kind=kind).defer("body")
        found = list((rows.filter(state__in=states) if states else rows).order_by("rank", "pk"))
        for item in found:
            item.product = self.product
        return found

    def links(self, relation: str, *, source: Item | None = None, target: Item | None = None) -> list[Link]:
        ends = {name: end for name, end in (("source", source), ("target", target)) if end is not None}
        rows = Link.objects.visible_to(self.actor).filter(relation=relation, **ends)
        live = rows.filter(source__trashed_at=None, target__trashed_at=None)
        return list(live.select_related("source", "target")) if ends else []

    def url(self, key: str, part: str = "") -> str:
        item = self.item(key)
        return f"{item.url}{part}" if item else self.product.url

    def number(self, slug: str) -> float | None:
        text = str(self.answers.get(slug) or "").strip().replace("，", "").replace(",", "").rstrip("%％")
        try:
            return float(text.replace("−", "-"))
        except ValueError:
            return None


@dataclass
class Marked:
    """What was right, and what was missed, in sentences."""

    right: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return bool(self.right) and not self.missed

    def mark(self, good: bool, right: Pair | str, missed: Pair | str, **figures: Any) -> None:
        text = right if good else missed
        (self.right if good else self.missed).append(text if isinstance(text, str) else say(text, **figures))


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """`at` gives the address where it is done; `key` the solution, sentence by sentence, computed when it is shown."""

    slug: str
    chapter: int
    title: Pair
    task: Pair
    at: Callable[[Look], str]
    check: Callable[[Look], Marked]
    key: Callable[[Look], list[str]]
    asks: tuple[Ask, ...] = ()


def near(look: Look, slug: str, wanted: float, within: float) -> bool:
    given = look.number(slug)
    return given is not None and abs(given - wanted) <= within + 1e-9
