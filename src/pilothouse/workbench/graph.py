"""The thread as a graph: everything that hangs together with some items, read in one query however many there are.

Upstream is everything an item rests on. Downstream is everything made of it, and what was made of the requirements
and releases it rests on: a release sees the tasks of its requirements, a task the release of its requirement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from pilothouse.kinds import RELATIONS
from pilothouse.people.access import Actor

MOST_EDGES = 20_000
THREAD = tuple(slug for slug, relation in RELATIONS.items() if relation.thread)
# An item that was merged into another stays part of that one's thread, with all that hangs on it.
MERGED = "duplicates"
AGAINST = "contradicts"
# What these lead to is shared by all that led to their source.
DELIVERY = ("planned_in", "delivered_by", "measured_by", "reviewed_in")

Edge = tuple[str, int, str, int, str]


@dataclass(frozen=True)
class Graph:
    """`upstream` and `downstream` map each node to the roots that reach it, a bit for each.

    `kinds` names the kind of each linked node, `origins` what it directly rests on, `against` what contradicts it.
    Not `whole` when there were more links than are read.
    """

    roots: tuple[int, ...]
    kinds: dict[int, str]
    upstream: dict[int, int]
    downstream: dict[int, int]
    origins: dict[int, list[int]]
    against: dict[int, list[int]]
    whole: bool

    def bit(self, root: int) -> int:
        return 1 << self.roots.index(root)

    def above(self, root: int) -> set[int]:
        """Every node upstream of a root."""
        return holding(self.upstream, self.bit(root)) - {root}

    def below(self, root: int) -> set[int]:
        return holding(self.downstream, self.bit(root)) - {root}


def holding(masks: dict[int, int], bit: int) -> set[int]:
    return {node for node, mask in masks.items() if mask & bit}


def walk(actor: Actor, roots: Sequence[int]) -> Graph:
    """The graph round some items: only what the actor may see and nobody threw away."""
    roots = tuple(dict.fromkeys(roots))
    rows = edges(actor, roots) if roots and actor.product_ids else []
    seeds = {root: 1 << place for place, root in enumerate(roots)}
    origins, merged = steps(rows, "up", back=True), steps(rows, "same", back=True)
    upstream = spread(seeds, both(origins, merged))
    made = joined(spread(seeds, merged), spread_once(upstream, steps(rows, "side")))
    downstream = spread(made, steps(rows, "down"))
    kinds = {row[1]: row[2] for row in rows} | {row[3]: row[4] for row in rows}
    return Graph(roots, kinds, upstream, downstream, origins, steps(rows, "against", back=True), len(rows) < MOST_EDGES)


def steps(rows: Iterable[Edge], wanted: str, *, back: bool = False) -> dict[int, list[int]]:
    """From each node where the links of one way lead to: from source to target, or back."""
    found: dict[int, list[int]] = defaultdict(list)
    for way, source, _kind, target, _target_kind in rows:
        if way == wanted:
            found[target if back else source].append(source if back else target)
    return found


def both(first: dict[int, list[int]], second: dict[int, list[int]]) -> dict[int, list[int]]:
    return {node: first.get(node, []) + second.get(node, []) for node in {*first, *second}}


def spread(seeds: dict[int, int], ways: dict[int, list[int]]) -> dict[int, int]:
    """Carry each node's bits along the steps until nothing changes; circles end by themselves."""
    masks = dict(seeds)
    waiting = list(seeds)
    while waiting:
        node = waiting.pop()
        for following in ways.get(node, ()):
            if masks.get(following, 0) | masks[node] != masks.get(following, 0):
                masks[following] = masks.get(following, 0) | masks[node]
                waiting.append(following)
    return masks


def spread_once(masks: dict[int, int], ways: dict[int, list[int]]) -> dict[int, int]:
    reached: dict[int, int] = defaultdict(int)
    for node, targets in ways.items():
        for target in targets:
            reached[target] |= masks.get(node, 0)
    return reached


def joined(masks: dict[int, int], more: dict[int, int]) -> dict[int, int]:
    return {node: masks.get(node, 0) | more.get(node, 0) for node in {*masks, *more}}


def edges(actor: Actor, roots: Sequence[int]) -> list[Edge]:
    """(way, source, its kind, target, its kind) of every link round the roots, in one recursive query."""
    with connection.cursor() as cursor:
        cursor.execute(
            sql(len(roots), len(actor.product_ids)),
            {**named("root", roots), **named("product", actor.product_ids), "most": MOST_EDGES},
        )
        return cursor.fetchall()


def named(name: str, values: Sequence[int]) -> dict[str, int]:
    return {f"{name}{place}": value for place, value in enumerate(values)}


def sql(roots: int, products: int) -> str:
    """Only counts and declared names are written into the text; every value is a parameter."""
    root = ", ".join(f"%(root{place})s" for place in range(roots))
    seen = ", ".join(f"%(product{place})s" for place in range(products))
    along, sideways, merged, against = (
        f"l.relation IN ({quoted(names)})" for names in (THREAD, DELIVERY, (MERGED,), (AGAINST,))
    )
    upwards = f"l.relation IN ({quoted((*THREAD, MERGED))})"
    # The plus keeps SQLite, which has no statistics, from reading a whole product by its index to find a few items.
    plus = "+" if connection.vendor == "sqlite" else ""
    live = "{0}.trashed_at IS NULL AND " + plus + "{0}.product_id IN (" + seen + ")"
    start = f"SELECT id FROM workbench_item i WHERE id IN ({root}) AND {live.format('i')}"  # noqa: S608
    to_source = f"JOIN workbench_item s ON s.id = l.source_id AND {live.format('s')}"
    to_target = f"JOIN workbench_item t ON t.id = l.target_id AND {live.format('t')}"
    # The right side of CROSS JOIN stays inside on SQLite: it would else read every link for each step.
    found = f"l.source_id, s.kind, l.target_id, t.kind FROM {{0}} CROSS JOIN workbench_link l {to_source} {to_target}"
    return f"""
        WITH RECURSIVE
        up(id) AS ({start} UNION
          SELECT l.source_id FROM up CROSS JOIN workbench_link l {to_source}
          WHERE l.target_id = up.id AND {upwards}),
        family(id) AS ({start} UNION
          SELECT l.source_id FROM family CROSS JOIN workbench_link l {to_source}
          WHERE l.target_id = family.id AND {merged}),
        down(id) AS (SELECT id FROM (
          SELECT id FROM family UNION
          SELECT l.target_id FROM up CROSS JOIN workbench_link l {to_target}
          WHERE l.source_id = up.id AND {sideways}) AS first
          UNION
          SELECT l.target_id FROM down CROSS JOIN workbench_link l {to_target}
          WHERE l.source_id = down.id AND {along})
        SELECT * FROM (
          SELECT 'up', {found.format("up")} WHERE l.target_id = up.id AND {along}
          UNION ALL
          SELECT 'same', {found.format("up")} WHERE l.target_id = up.id AND {merged}
          UNION ALL
          SELECT 'against', {found.format("up")} WHERE l.target_id = up.id AND {against}
          UNION ALL
          SELECT 'side', {found.format("up")} WHERE l.source_id = up.id AND {sideways}
          UNION ALL
          SELECT 'down', {found.format("down")} WHERE l.source_id = down.id AND {along}
        ) AS found LIMIT %(most)s"""  # noqa: S608


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
