"""The thread line: which stations an item is tied to, from the first quote to the review of the decision."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from pilothouse.kinds import KINDS, STATIONS
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.products import seen
from pilothouse.workbench.thread.graph import Graph

SHOWN_IN_LINE = 3


def at_stations(graph: Graph, root: int) -> dict[str, list[int]]:
    """The ids at each station of an item's thread, oldest first, itself left out."""
    found: dict[str, list[int]] = defaultdict(list)
    for node in sorted(graph.above[root] | graph.below[root]):
        found[graph.kinds[node]].append(node)
    return {slug: found[slug] for slug in STATIONS}


@dataclass(frozen=True, eq=False)
class Dots:
    """Which stations a row is tied to, as the `thread_dots` macro takes them."""

    stations: list[dict[str, Any]]


def dots(graph: Graph) -> dict[int, Dots]:
    """{root: its dots} for all roots of the graph. Roots tied to the same stations share one object, which a page draws
    once."""
    linked = {
        root: frozenset(map(graph.kinds.__getitem__, graph.above[root] | graph.below[root])) for root in graph.roots
    }
    drawn = {kinds: Dots([dot(slug, slug in kinds) for slug in STATIONS]) for kinds in set(linked.values())}
    return {root: drawn[kinds] for root, kinds in linked.items()}


def dot(slug: str, linked: bool) -> dict[str, Any]:
    return {"slug": slug, "label": KINDS[slug].name, "count": int(linked)}


def line(actor: Actor, item: Item, graph: Graph) -> list[dict[str, Any]]:
    """Stations as the `thread_line` macro takes them, with the first few items of each; one query."""
    nodes = at_stations(graph, item.pk)
    first = [pk for found in nodes.values() for pk in found[:SHOWN_IN_LINE]]
    items = seen(actor, first)
    return [station(item, slug, found, items) for slug, found in nodes.items()]


def station(item: Item, slug: str, nodes: list[int], items: dict[int, Item]) -> dict[str, Any]:
    shown = [items[pk] for pk in nodes[:SHOWN_IN_LINE] if pk in items]
    one = shown[0].url if len(nodes) == 1 and shown else f"{item.url}/thread#{slug}"
    return {
        "slug": slug,
        "label": KINDS[slug].name,
        "icon": KINDS[slug].icon,
        "count": len(nodes),
        "url": one if nodes else item.url,
        "add_url": fill_url(item, slug),
        "items": [{"ref": row.ref, "title": row.title, "url": row.url} for row in shown],
    }


def fill_url(item: Item, slug: str) -> str | None:
    """Where a missing station is filled from this item; None where it is filled from another one."""
    if slug == "quote" and item.body:
        return f"{item.url}?text=source#body"
    return f"{item.url}/lift/{slug}" if slug in item.declared.lifts_to else None
