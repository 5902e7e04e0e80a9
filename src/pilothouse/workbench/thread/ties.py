"""Everything an item is tied to by single links: grouped by what the relation means, and where it may lead next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.kinds import KINDS, RELATIONS, STATIONS
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item, Link
from pilothouse.workbench.products import seen, with_products

FIRST_TIES, MOST_TIES = 20, 2_000
MOST_CHILDREN = 200


@dataclass(frozen=True)
class Tie:
    id: int
    item: Item


@dataclass(frozen=True)
class TieGroup:
    """Links of one meaning; `more` are not shown."""

    words: Any
    ties: list[Tie]
    more: bool


def ties(actor: Actor, item: Item, *, everything: bool = False) -> list[TieGroup]:
    """The item's links with live items the actor may see, in the words that read from this end; three queries.

    Of each meaning the first 20, or all that were read.
    """
    most = MOST_TIES if everything else FIRST_TIES
    groups: dict[tuple[str, bool], list[Tie]] = defaultdict(list)
    links = both_ends(item)
    others = seen(actor, [other_end(item, link) for link in links])
    for link in links:
        if other := others.get(other_end(item, link)):
            groups[link.relation, link.source_id == item.pk].append(Tie(link.pk, other))
    return [
        TieGroup(relation.name if outward else relation.inverse, found[:most], len(found) > most)
        for slug, relation in RELATIONS.items()
        for outward in (True, False)
        if (found := groups.get((slug, outward)))
    ]


def both_ends(item: Item) -> list[Link]:
    rows = Link.objects.order_by("id")
    return [*rows.filter(source=item)[:MOST_TIES], *rows.filter(target=item)[:MOST_TIES]]


def other_end(item: Item, link: Link) -> int:
    return link.target_id if link.source_id == item.pk else link.source_id


def children(actor: Actor, item: Item) -> list[Item]:
    rows = Item.objects.visible_to(actor).live().filter(parent=item).select_related("owner").order_by("rank", "id")
    return with_products(actor, list(rows[:MOST_CHILDREN]))


def progress(rows: Sequence[Item]) -> dict[str, int]:
    """How many of these are finished; what was dropped is not counted."""
    counted = [row.state_declared.category for row in rows]
    total = sum(category != "dropped" for category in counted)
    done = counted.count("done")
    return {"done": done, "total": total, "percent": round(100 * done / total) if total else 0}


def next_stations(item: Item) -> list[dict[str, Any]]:
    """What may be made of this item, in the order of the thread."""
    return [
        {"slug": slug, "label": KINDS[slug].name, "icon": KINDS[slug].icon, "url": f"{item.url}/lift/{slug}"}
        for slug in KINDS
        if slug in item.declared.lifts_to and RELATIONS[item.declared.lifts_to[slug]].slug != "quoted_as"
    ]


def usual_relation(kind: str) -> str:
    """How an item of this kind is linked most often: to what it rests on, the nearest station above it."""
    above = STATIONS[: STATIONS.index(kind)] if kind in STATIONS else ()
    found = (KINDS[slug].lifts_to[kind] for slug in reversed(above) if kind in KINDS[slug].lifts_to)
    return next((f"-{relation}" for relation in found), "relates")


def relation_choices() -> list[tuple[str, Any]]:
    """Every way to link from an item: a relation's own words, then its inverse marked by a minus."""
    ways = [(slug, relation.name) for slug, relation in RELATIONS.items()]
    back = [(f"-{slug}", relation.inverse) for slug, relation in RELATIONS.items() if slug != "relates"]
    order = ("relates", "blocks", "-blocks", "duplicates", "contradicts", "-contradicts", "supports", "-supports")
    named = dict(ways + back)
    return [(slug, named[slug]) for slug in (*order, *(slug for slug in named if slug not in order))]
