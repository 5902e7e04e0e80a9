"""The page of one item, and the same beside its list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilothouse import markdown
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item, Link, Watch
from pilothouse.workbench.pages import in_panel, page, show
from pilothouse.workbench.products import seen
from pilothouse.workbench.sections import hints_for, sections_of
from pilothouse.workbench.showing.facts import facts
from pilothouse.workbench.showing.talk import files_of, talk_of
from pilothouse.workbench.team import who_sees
from pilothouse.workbench.thread import ties
from pilothouse.workbench.thread.evidence import evidence_for
from pilothouse.workbench.thread.graph import walk
from pilothouse.workbench.thread.line import line
from pilothouse.workbench.thread.passages import MOST_MARKED, passages, pieces
from pilothouse.workbench.views.common import Errors, Ref, item_of
from pilothouse.workbench.writing import scoring
from pilothouse.workbench.writing.merge import merged_into, wordings

FIRST_CHARACTERS = 20_000


@page
@require_safe
def item(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    found = item_of(request, actor, ref)
    template = "items/item_panel.html" if in_panel(request) else "items/item.html"
    return show(request, template, sheet(request, actor, found))


def sheet(request: HttpRequest, actor: Actor, item: Item) -> dict[str, Any]:
    """All that the page shows of an item."""
    return {
        **shared(actor, item),
        **thread_context(actor, item),
        **facts_context(actor, item),
        **body_context(request, actor, item),
        **ties_context(actor, item, everything=request.GET.get("links") == "all"),
        **talk_context(request, actor, item),
        "watching": Watch.objects.filter(item=item, user=actor.user).exists(),
        "sections": sections_of(actor, item),
        "hints": hints_for(actor, item),
        "wordings": wordings(actor, item),
        "kept": merged_into(actor, item) if item.closed_at else None,
        "score": scoring.summary(actor, item),
    }


def shared(actor: Actor, item: Item) -> dict[str, Any]:
    """What every part of the page needs to know: the item, and what this person may do with it."""
    return {
        "item": item,
        "kind": item.declared,
        "writable": item.trashed_at is None and actor.may("write", item.product),
        "talkable": item.trashed_at is None and actor.may("comment", item.product),
        "errors": Errors(),
        "list_url": f"{item.product.url}{item.kind}/",
        "usual_relation": ties.usual_relation(item.kind),
    }


def thread_context(actor: Actor, item: Item) -> dict[str, Any]:
    graph = walk(actor, [item.pk])
    return {
        "stations": line(actor, item, graph),
        "evidence": evidence_for(actor, [item], graph)[item.pk],
        "next_stations": ties.next_stations(item),
    }


def facts_context(actor: Actor, item: Item) -> dict[str, Any]:
    rows = facts(item, who_sees(item.product), scoring.inputs_of(item.declared))
    return {"facts_shown": [row for row in rows if row.filled or row.name == "owner"],
            "facts_more": [row for row in rows if not row.filled and row.name != "owner"]}  # fmt: skip


def body_context(request: HttpRequest, actor: Actor, item: Item) -> dict[str, Any]:
    """The text, rendered, or as it was written with its quotes marked: the way of kinds that are there to be quoted."""
    quotes = quotes_of(actor, item)
    wanted = request.GET.get("text", "source" if item.declared.quotable else "rendered")
    if len(item.body) > markdown.LONGEST:
        wanted = "source"
    whole = request.GET.get("whole") == "1" or len(item.body) <= FIRST_CHARACTERS
    marked = passages(item.body, quotes)
    text = item.body if whole else item.body[:FIRST_CHARACTERS]
    inside = [passage for passage in marked if passage.end is not None and passage.end <= len(text)]
    return {
        "text_as": "source" if wanted == "source" else "rendered",
        "text": text,
        "text_whole": whole,
        "passages": marked,
        "pieces": pieces(text, inside) if wanted == "source" else [],
    }


def quotes_of(actor: Actor, item: Item) -> list[Item]:
    links = Link.objects.filter(source=item, relation="quoted_as").values_list("target_id", flat=True)
    return [quote for _pk, quote in sorted(seen(actor, links[:MOST_MARKED]).items())]


def ties_context(actor: Actor, item: Item, *, everything: bool = False) -> dict[str, Any]:
    below = ties.children(actor, item)
    return {
        "ties": ties.ties(actor, item, everything=everything),
        "relations": ties.relation_choices(),
        "children": below,
        "progress": ties.progress(below),
    }


def talk_context(request: HttpRequest, actor: Actor, item: Item) -> dict[str, Any]:
    return {
        "talk": talk_of(actor, item, everything=request.GET.get("talk") == "all"),
        "files": files_of(actor, item),
    }
