"""The thread line: which stations an item is tied to, from the first quote to the review of the decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pilothouse.kinds import KINDS, STATIONS
from pilothouse.people.access import Actor
from pilothouse.workbench.graph import Graph, walk
from pilothouse.workbench.models import Item

SHOWN_IN_LINE = 3


def stations_for(actor: Actor, items: Sequence[Item], graph: Graph | None = None) -> dict[int, dict[str, int]]:
    """How many items each item's thread holds at each station, itself not counted; one query for all of them,
    none where the graph was walked already."""
    graph = graph or walk(actor, [item.pk for item in items])
    return {item.pk: counts(graph, item.pk) for item in items}


def counts(graph: Graph, root: int) -> dict[str, int]:
    found = Counter(graph.kinds[node] for node in graph.above(root) | graph.below(root))
    return {slug: found.get(slug, 0) for slug in STATIONS}


def dots(counted: dict[str, int]) -> list[dict[str, Any]]:
    """Stations as the `thread_dots` macro takes them, for a row's own counts."""
    return [{"slug": slug, "label": KINDS[slug].name, "count": counted.get(slug, 0)} for slug in STATIONS]
