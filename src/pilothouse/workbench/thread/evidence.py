"""How strong the evidence behind an item is, by rules that anyone can check.

A source is a person or company with words of their own upstream: a feedback item, or a quote whose feedback is not
here. Ten quotes of one person are one source; feedback without a name counts as a source of its own. Everybody who
answered a survey that scores the item is a source too, counted and told apart from those with words of their own.

    0  nobody
    1  one source
    2  two to four sources
    3  five or more
    4  five or more, of at least two segments, the newest within 180 days
    One level less, but never under 1, when the newest is older than a year; and one less again when those who
    contradict are at least a third as many as the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilothouse.kinds import KINDS
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.thread.graph import Graph, walk

ENOUGH, MANY, SEGMENTS = 2, 5, 2
RECENT_DAYS, STALE_DAYS = 180, 365
CONTESTED = 1 / 3
NAMES = ("email", "person", "speaker", "company")
# A kind whose items say when something was said holds people's own words.
SPOKEN = tuple(slug for slug, kind in KINDS.items() if "said_on" in kind.field_by_slug)
# A kind whose items count their respondents asked many people at once.
ASKING = tuple(slug for slug, kind in KINDS.items() if "responses" in kind.field_by_slug)


@dataclass(frozen=True)
class Evidence:
    """`age` is the newest source's in days, None where no source has a date."""

    sources: int
    age: int | None
    segments: tuple[str, ...]
    contradictions: int
    whole: bool = True
    respondents: int = 0

    @property
    def people(self) -> int:
        return self.sources + self.respondents

    @property
    def level(self) -> int:
        return strength(self)

    @property
    def reason(self) -> str:
        return in_words(self)


def evidence_for(actor: Actor, items: Sequence[Item], graph: Graph | None = None) -> dict[int, Evidence]:
    """The evidence behind each item, in two queries for all of them; one where the graph was walked already."""
    graph = graph or walk(actor, [item.pk for item in items])
    words = spoken(actor, graph)
    today = timezone.localdate()
    return {item.pk: evidence_of(graph, item.pk, words, today) for item in items}


def evidence_of(graph: Graph, root: int, words: Mapping[int, dict[str, Any]], today: date) -> Evidence:
    nodes = graph.above[root] | {root}
    there = [words[node] for node in nodes if node in words and speaks_itself(graph, node, words)]
    own = [row for row in there if row["kind"] in SPOKEN]
    asked = [row for row in there if row["kind"] in ASKING and row["fields"].get("responses")]
    dates = [said for said in (*(said_on(row) for row in own), *(answered_on(row) for row in asked)) if said]
    opposed = {node for about in nodes for node in graph.against.get(about, ())}
    return Evidence(
        sources=len({identity(row) for row in own}),
        age=max(0, (today - max(dates)).days) if dates else None,
        segments=tuple(sorted({segment for row in own if (segment := text(row, "segment"))})),
        contradictions=len({identity(words[node]) if node in words else node for node in opposed}),
        whole=graph.whole,
        respondents=sum(int(row["fields"]["responses"]) for row in asked),
    )


def speaks_itself(graph: Graph, node: int, words: Mapping[int, Any]) -> bool:
    """Whether what was said counts as a source of its own. A quote taken from a feedback item does not: it counts with
    that item."""
    return not any(source in words for source in graph.origins.get(node, ()))


def spoken(actor: Actor, graph: Graph) -> dict[int, dict[str, Any]]:
    """{node: row} of the feedback, quotes and surveys in the graph, with who spoke, when and of which segment. The
    roots are checked here; all else in the graph the actor may see."""
    nodes = {node for node in graph.upstream if graph.kinds.get(node, SPOKEN[0]) in (*SPOKEN, *ASKING)}
    nodes |= {node for opposing in graph.against.values() for node in opposing}
    rows = Item.objects.filter(pk__in=nodes).values("id", "kind", "product_id", "fields", "created_at", "external_id")
    kinds = (*SPOKEN, *ASKING)
    return {row["id"]: dict(row) for row in rows if row["kind"] in kinds and row["product_id"] in actor.product_ids}


def identity(row: Mapping[str, Any]) -> object:
    """Who speaks: a name in any case of letters, else the row itself, so that two unnamed rows are two people."""
    return next((name.casefold() for field in NAMES if (name := text(row, field))), row["id"])


def text(row: Mapping[str, Any], field: str) -> str:
    return str(row["fields"].get(field) or "").strip()


def said_on(row: Mapping[str, Any]) -> date | None:
    """The day on which it was said, else the day on which it was written down here. None for imported rows without a
    date."""
    if given := text(row, "said_on"):
        return date.fromisoformat(given)
    return None if row["external_id"] else timezone.localtime(row["created_at"]).date()


def answered_on(row: Mapping[str, Any]) -> date | None:
    """The day of a survey's newest answer; None where that is not known."""
    given = text(row, "answered_on")
    return date.fromisoformat(given) if given else None


def strength(evidence: Evidence) -> int:
    if not evidence.people:
        return 0
    level = 1 + (evidence.people >= ENOUGH) + (evidence.people >= MANY)
    if level == 3 and len(evidence.segments) >= SEGMENTS and is_recent(evidence):
        level = 4
    return max(1, level - is_stale(evidence) - is_contested(evidence))


def is_recent(evidence: Evidence) -> bool:
    return evidence.age is not None and evidence.age <= RECENT_DAYS


def is_stale(evidence: Evidence) -> bool:
    return evidence.age is not None and evidence.age > STALE_DAYS


def is_contested(evidence: Evidence) -> bool:
    return evidence.contradictions >= evidence.people * CONTESTED and evidence.contradictions > 0


def in_words(evidence: Evidence) -> str:
    """5 sources, newest 12 days old, one segment only."""
    if not evidence.people and not evidence.contradictions:
        return _("nobody has said so yet")
    return _(", ").join(part for part in parts(evidence) if part)


def parts(evidence: Evidence) -> Iterable[str]:
    n, asked = evidence.sources, evidence.respondents
    if n or not asked:
        yield ngettext("%(n)s source", "%(n)s sources", n) % {"n": f"{n:,}" if evidence.whole else f"{n:,}+"}
    if asked:
        yield ngettext("%(n)s survey respondent", "%(n)s survey respondents", asked) % {"n": f"{asked:,}"}
    if evidence.people:
        yield newest(evidence.age)
        yield segments(evidence.segments)
    if evidence.contradictions:
        yield ngettext("%(n)s contradicts", "%(n)s contradict", evidence.contradictions) % {
            "n": evidence.contradictions
        }


def newest(age: int | None) -> str:
    if age is None:
        return _("undated")
    if age == 0:
        return _("newest today")
    if age > STALE_DAYS:
        return _("newest over a year old")
    return ngettext("newest %(n)s day old", "newest %(n)s days old", age) % {"n": age}


def segments(names: Sequence[str]) -> str:
    if len(names) == 1:
        return _("one segment only")
    return ngettext("%(n)s segment", "%(n)s segments", len(names)) % {"n": len(names)} if names else ""
