"""A whole thread on one page: every station with what stands there, and what is missing with the way to fill it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilothouse.kinds import KINDS, STATIONS
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.products import seen
from pilothouse.workbench.sections import Gap, gaps_of, remarks_on
from pilothouse.workbench.thread.evidence import Evidence, evidence_for
from pilothouse.workbench.thread.graph import Graph, walk
from pilothouse.workbench.thread.line import at_stations

SHOWN, MOST = 12, 500
MISSING = {
    "feedback": gettext_lazy("Nobody's own words lie behind this yet."),
    "quote": gettext_lazy("No words are marked as a quote: a reader cannot check what was really said."),
    "insight": gettext_lazy("Nothing says what was learned from it."),
    "need": gettext_lazy("No need is named: whose problem is this, and when does it come up?"),
    "requirement": gettext_lazy("Nothing is meant to be built for it yet."),
    "release": gettext_lazy("It is planned in no release."),
    "task": gettext_lazy("Nobody has a task to build it."),
    "metric": gettext_lazy("No number will tell whether it worked."),
    "decision": gettext_lazy("Nobody will come back to ask whether it was right."),
}


@dataclass
class Stop:
    """A station along the way. `count` is all that stands there, `rows` those shown."""

    slug: str
    kind: Any
    count: int
    here: bool
    rows: list[Item] = field(default_factory=list)
    remarks: Mapping[int, str] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def hidden(self) -> int:
        return self.count - len(self.rows)


@dataclass(frozen=True)
class WholeThread:
    stops: list[Stop]
    evidence: Evidence
    complete: bool

    @property
    def gaps(self) -> list[Gap]:
        return [gap for stop in self.stops for gap in stop.gaps]


def whole_thread(actor: Actor, item: Item, opened: str = "") -> WholeThread:
    """All of an item's thread; of each station the first few, of the `opened` one up to 500."""
    graph = walk(actor, [item.pk])
    stops = stops_of(actor, item, graph, opened)
    known = [row for stop in stops for row in stop.rows]
    for stop in stops:
        stop.remarks = remarks_on(actor, stop.slug, stop.rows)
        stop.gaps = missing(stop, known) + gaps_of(actor, stop.slug, stop.rows)
    return WholeThread(stops, evidence_for(actor, [item], graph)[item.pk], graph.whole)


def stops_of(actor: Actor, item: Item, graph: Graph, opened: str) -> list[Stop]:
    """Every station with its first rows; the item itself stands at its own. One query for all rows."""
    nodes = at_stations(graph, item.pk)
    shown = {slug: found[: MOST if slug == opened else SHOWN] for slug, found in nodes.items()}
    wanted = [pk for found in shown.values() for pk in found]
    rows = seen(actor, wanted)
    stops = []
    for slug in STATIONS:
        here = slug == item.kind
        found = [rows[pk] for pk in shown[slug] if pk in rows]
        stops.append(Stop(slug, KINDS[slug], len(nodes[slug]) + here, here, [item, *found] if here else found))
    return stops


def missing(found: Stop, known: Sequence[Item]) -> list[Gap]:
    """What an empty station means, and the nearest item from which it is filled."""
    if found.count or found.slug not in MISSING:
        return []
    before = next((row for row in reversed(known) if found.slug in row.declared.lifts_to), None)
    after = next((row for row in known if row.kind in KINDS[found.slug].lifts_to), None)
    name = str(found.kind.name).lower()
    if before is not None:
        return [
            Gap(found.slug, MISSING[found.slug], _("Make a %(kind)s") % {"kind": name}, fill_at(before, found.slug))
        ]
    if after is not None:
        return [Gap(found.slug, MISSING[found.slug], _("Link a %(kind)s") % {"kind": name}, f"{after.url}#links")]
    return [Gap(found.slug, MISSING[found.slug])]


def fill_at(item: Item, slug: str) -> str:
    quoting = item.declared.lifts_to[slug] == "quoted_as"
    return f"{item.url}?text=source#body" if quoting else f"{item.url}/lift/{slug}"
