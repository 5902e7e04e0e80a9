"""The thread as a graph: everything that hangs together with some items, read in one query however many there are.

Upstream is everything an item rests on. Downstream is everything made of it, and what was made of the requirements
and releases it rests on: a release sees the tasks of its requirements, a task the release of its requirement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

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

FAR = {"source": "target", "target": "source"}

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

    @cached_property
    def above(self) -> dict[int, set[int]]:
        """Every node upstream of each root."""
        return by_root(self.roots, self.upstream)

    @cached_property
    def below(self) -> dict[int, set[int]]:
        return by_root(self.roots, self.downstream)


def by_root(roots: Sequence[int], masks: dict[int, int]) -> dict[int, set[int]]:
    """The nodes that each root reaches, itself left out."""
    found: dict[int, set[int]] = {root: set() for root in roots}
    for node, mask in masks.items():
        while mask:
            lowest = mask & -mask
            found[roots[lowest.bit_length() - 1]].add(node)
            mask ^= lowest
    for root, nodes in found.items():
        nodes.discard(root)
    return found


def walk(actor: Actor, roots: Sequence[int]) -> Graph:
    """What hangs together with these items, in one query: only what the actor may see and nobody threw away."""
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
    """{node: where its links of the way `wanted` lead to}, from source to target, or from target to source with
    `back`."""
    found: dict[int, list[int]] = defaultdict(list)
    for way, source, _kind, target, _target_kind in rows:
        if way == wanted:
            found[target if back else source].append(source if back else target)
    return found


def both(first: dict[int, list[int]], second: dict[int, list[int]]) -> dict[int, list[int]]:
    return {node: first.get(node, []) + second.get(node, []) for node in {*first, *second}}


def spread(seeds: dict[int, int], ways: dict[int, list[int]]) -> dict[int, int]:
    """Give every node the bits of all nodes that lead to it along the steps, until nothing changes any more; a circle
    therefore ends."""
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
            {**named("root", roots), **named("product", actor.product_ids), "me": actor.user.pk, "most": MOST_EDGES},
        )
        return cursor.fetchall()


def named(name: str, values: Sequence[int]) -> dict[str, int]:
    return {f"{name}{place}": value for place, value in enumerate(values)}


def sql(roots: int, products: int) -> str:
    """Only counts and declared names are written into the text; every value is a parameter."""
    root = ", ".join(f"%(root{place})s" for place in range(roots))
    start = f"SELECT i.id, i.kind FROM workbench_item i WHERE i.id IN ({root}) AND {live('i', products)}"  # noqa: S608

    def links(of: str, near: str, names: Sequence[str]) -> str:
        """From each row of `of` along its links to the items at their far ends. Of the near ones enough is known."""
        condition = f"l.{near}_id = {of}.id AND l.relation IN ({quoted(names)})"
        link = inside("workbench_link", "l", "source_id, target_id, relation", condition)
        item = inside("workbench_item", "far", "id, kind", f"far.id = l.{FAR[near]}_id AND {live('far', products)}")
        return f"FROM {of} {link} {item}"

    def step(of: str, near: str, names: Sequence[str]) -> str:
        return f"SELECT far.id, far.kind {links(of, near, names)}"

    return f"""
        WITH RECURSIVE
        up(id, kind) AS ({start} UNION {step("up", "target", (*THREAD, MERGED))}),
        family(id, kind) AS ({start} UNION {step("family", "target", (MERGED,))}),
        down(id, kind) AS (
          SELECT id, kind FROM (SELECT id, kind FROM family UNION {step("up", "source", DELIVERY)}) AS first
          UNION {step("down", "source", THREAD)})
        SELECT * FROM (
          SELECT CASE l.relation WHEN '{MERGED}' THEN 'same' WHEN '{AGAINST}' THEN 'against' ELSE 'up' END,
            far.id, far.kind AS far_kind, up.id, up.kind {links("up", "target", (*THREAD, MERGED, AGAINST))} UNION ALL
          SELECT 'side', up.id, up.kind, far.id, far.kind {links("up", "source", DELIVERY)} UNION ALL
          SELECT 'down', down.id, down.kind, far.id, far.kind {links("down", "source", THREAD)}
        ) AS found LIMIT %(most)s"""  # noqa: S608


def live(item: str, products: int) -> str:
    """SQL: the item is not in the trash, lies in one of these products and is not veiled. The first two are one
    expression on purpose: apart, the database would use an index of theirs and read a whole product for a few items."""
    seen = ", ".join(f"%(product{place})s" for place in range(products))
    veiled = "SELECT item_id FROM workbench_veil WHERE person_id <> %(me)s"
    return f"CASE WHEN {item}.trashed_at IS NULL THEN {item}.product_id END IN ({seen}) AND {item}.id NOT IN ({veiled})"


def inside(table: str, name: str, columns: str, condition: str) -> str:
    """SQL: a join that looks a table up once for each row before it. Left to choose, a database without statistics
    (SQLite always, PostgreSQL after a large import) may read the whole table at each step, which takes minutes.
    PostgreSQL carries along what is selected, so name only the columns that are needed: a whole row holds the item's
    text."""
    if connection.vendor == "sqlite":
        return f"CROSS JOIN {table} {name} ON {condition}"
    return f"CROSS JOIN LATERAL (SELECT {columns} FROM {table} {name} WHERE {condition} OFFSET 0) {name}"  # noqa: S608


def quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
