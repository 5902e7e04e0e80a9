"""Items of the practice product that a text names by their key in its story: "requirement offline"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from pilothouse.kinds import KINDS
from pilothouse.people.access import Actor
from pilothouse.practice import people, riders, story
from pilothouse.workbench.models import Item

TOLD_IN = (story, people, riders)


@lru_cache(maxsize=500)
def titles(named: str) -> tuple[str, ...]:
    """What the story says of it in both languages, its title among it; empty for a key that it does not have."""
    kind, _space, key = unquote(named).partition(" ")
    names = {f"{kind.upper()}{ending}" for ending in ("", "S", "ES")}
    for module in TOLD_IN:
        for name in names & set(vars(module)):
            if key in getattr(module, name):
                return tuple(texts(getattr(module, name)[key]))
    return ()


def texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        yield from texts(list(told.values()))
    elif isinstance(told, list | tuple):
        for part in told:
            yield from texts(part)


def addresses(actor: Actor, named: Iterable[str], language: str) -> dict[str, str]:
    """Where each of these items lies, in the language of the reader if it is told in both; read in one query."""
    wanted = {one: titles(one) for one in named}
    every = {title for found in wanted.values() for title in found}
    if not every or not actor.workspace.practice:
        return {}
    kinds = {unquote(one).partition(" ")[0] for one in wanted} & set(KINDS)
    rows = Item.objects.visible_to(actor).live().filter(kind__in=kinds, title__in=every)  # type: ignore[attr-defined]
    items = {(item.kind, item.title): item for item in rows.only("kind", "title", "number", "product_id")}
    for item in items.values():
        item.product = next(product for product in actor.products if product.pk == item.product_id)
    found = {}
    for one, told in wanted.items():
        here = [items[key] for title in told if (key := (unquote(one).partition(" ")[0], title)) in items]
        if here:
            found[one] = here[-1 if language.startswith("zh") else 0].url
    return found
