"""Items, links, comments and search: the same gate and the same verbs as the pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from ninja import Header, Query, Router, Status

from pilothouse.api.auth import caller
from pilothouse.api.events import events_out
from pilothouse.api.idempotency import once
from pilothouse.api.listing import known_kind, listed, visible
from pilothouse.api.schemas import (
    CommentIn,
    CommentOut,
    EventOut,
    ItemIn,
    ItemOut,
    ItemPatch,
    LinkIn,
    LinkOut,
    Page,
    comment_out,
    item_out,
    link_out,
)
from pilothouse.kinds import Kind
from pilothouse.people.access import Actor
from pilothouse.workbench import search
from pilothouse.workbench.converters import ItemRef
from pilothouse.workbench.models import Event, Item, Link
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid

router = Router()
MOST = 200
LANGUAGE_OF_LISTS = """Every other parameter is a filter, as in the address of a list page: `state=idea,approved`,
`reach.gte=10`, `owner=me`, `tag=app`, `due.lt=-7d`, `q=words`; `2.owner=me` begins a second group, of which one must
hold. Filters and orders by a kind's own fields need `kind`. What no list knows is refused with 422, by its name."""


@router.get("/products/{key}/items", response=Page, summary="Items of a product", description=LANGUAGE_OF_LISTS)
def items(
    request: HttpRequest,
    key: str,
    kind: str = Query("", description="a kind's slug; without it, items of every kind"),
    sort: str = Query("", description="a column, `-score` for the highest first; newest first without it"),
    cursor: str = Query("", description="`next` of the page before"),
    limit: int = Query(50, ge=1, le=MOST),
) -> Any:
    actor = caller(request)
    product = actor.product(key)
    return listed(actor, product, request.GET, known_kind(kind) if kind else "", sort, cursor, limit)


@router.post("/products/{key}/items", response={201: ItemOut}, summary="Create an item")
def create(request: HttpRequest, key: str, payload: ItemIn, idempotency_key: str | None = Header(None)) -> Any:
    actor = caller(request)
    product = actor.product(key, "write")
    kind = known_kind(payload.kind)
    refuse_found(kind_of(product, kind), payload.given(), {})
    return once(request, lambda: (201, item_out(actions.create(actor, product, kind, payload.given()))))


def refuse_found(kind: Kind, given: Mapping[str, Any], there: Mapping[str, Any]) -> None:
    """Fields that the product writes itself (what surveys say, a note's place) can be sent back as they are, and not
    be changed from outside."""
    found = [field.slug for field in kind.fields if not field.typed and field.slug in given]
    if wrong := [slug for slug in found if given[slug] != there.get(slug)]:
        raise Invalid({slug: _("Pilothouse writes this field itself; it cannot be set.") for slug in wrong})


@router.get("/items/{ref}", response={200: ItemOut, 304: None}, summary="One item")
def item(request: HttpRequest, ref: str, response: HttpResponse, if_none_match: str | None = Header(None)) -> Any:
    """The ETag is the item's version: with If-None-Match an item that is still the same is not sent again."""
    found = find(caller(request), ref)
    response.headers["ETag"] = etag(found)
    return Status(304, None) if is_known(found, if_none_match) else item_out(found)


@router.patch("/items/{ref}", response=ItemOut, summary="Change an item")
def change(
    request: HttpRequest, ref: str, payload: ItemPatch, response: HttpResponse, if_match: str | None = Header(None)
) -> Any:
    """With If-Match set to the version you saw, fields that someone else changed since are refused with 409."""
    actor = caller(request)
    found = find(actor, ref, "write")
    refuse_found(kind_of(found.product, found.kind), payload.given(), found.fields)
    actions.change(actor, found, payload.given(), version=version_of(if_match))
    return tagged(find(actor, ref), response)


@router.delete("/items/{ref}", response={204: None}, summary="Move an item to the trash")
def trash(request: HttpRequest, ref: str) -> Any:
    actor = caller(request)
    actions.trash(actor, [find(actor, ref, "write")])
    return Status(204, None)


@router.post("/items/{ref}/restoration", response=ItemOut, summary="Take an item out of the trash")
def restore(request: HttpRequest, ref: str) -> Any:
    actor = caller(request)
    actions.restore(actor, [find(actor, ref, "write")])
    return item_out(find(actor, ref))


@router.get("/items/{ref}/links", response=list[LinkOut], summary="Everything an item is linked to")
def links(request: HttpRequest, ref: str) -> Any:
    actor = caller(request)
    found = find(actor, ref)
    rows = Link.objects.select_related("source__product", "target__product").order_by("id")
    both = (rows.filter(source=found) | rows.filter(target=found)).filter(target__product__in=actor.product_ids)
    seen = both.visible_to(actor)
    return [link_out(link) for link in seen[:1_000]]


@router.post("/items/{ref}/links", response={201: LinkOut}, summary="Link an item to another")
def link(request: HttpRequest, ref: str, payload: LinkIn, idempotency_key: str | None = Header(None)) -> Any:
    actor = caller(request)
    source, target = find(actor, ref, "write"), find(actor, payload.target)
    return once(request, lambda: (201, link_out(actions.link(actor, source, payload.relation, target))))


@router.delete("/links/{link_id}", response={204: None}, summary="Remove a link")
def unlink(request: HttpRequest, link_id: int) -> Any:
    actor = caller(request)
    rows = Link.objects.filter(target__product__in=actor.product_ids).select_related(
        "source__product", "target__product"
    )
    actions.unlink(actor, actor.find(rows, "write", pk=link_id))
    return Status(204, None)


@router.get("/items/{ref}/comments", response=list[CommentOut], summary="What people say about an item, oldest first")
def comments(
    request: HttpRequest, ref: str, after: int = Query(0, ge=0, description=f"an id; {MOST} at a time")
) -> Any:
    found = find(caller(request), ref)
    rows = found.comments.filter(removed_at=None, pk__gt=after).select_related("author").order_by("pk")
    return [comment_out(row) for row in rows[:MOST]]


@router.post("/items/{ref}/comments", response={201: CommentOut}, summary="Comment on an item")
def comment(request: HttpRequest, ref: str, payload: CommentIn, idempotency_key: str | None = Header(None)) -> Any:
    """Markdown; `@name` tells a member of the product, who finds it in the inbox."""
    actor = caller(request)
    found = find(actor, ref, "comment")
    return once(request, lambda: (201, comment_out(actions.comment(actor, found, payload.body))))


@router.get("/items/{ref}/events", response=list[EventOut], summary="What happened to an item, newest first")
def events(
    request: HttpRequest,
    ref: str,
    before: int | None = Query(None, description="an id, to read on from; 100 at a time"),
) -> Any:
    actor = caller(request)
    rows = Event.objects.filter(item=find(actor, ref)).select_related("actor", "item__product").order_by("-id")
    return events_out(actor, list((rows.filter(pk__lt=before) if before else rows)[:100]))


ORDER_OF_HITS = """The item whose number was asked for (`PH-12` or `12`) first, then those that hold every word in the
title, then those that hold them elsewhere; the newest first within each. A run of Chinese characters and what stands in
quotation marks are phrases; a word of two letters or more is found by its beginning."""


@router.get("/search", response=Page, summary="Search every product you may see", description=ORDER_OF_HITS)
def find_text(
    request: HttpRequest,
    q: str = Query(description="words that all stand in it, Chinese by two characters or more"),
    kind: str | None = Query(None, description="a kind's slug"),
    cursor: str = Query("", description="`next` of the page before", pattern=r"^([nt]?\d{1,18})?$"),
    limit: int = Query(50, ge=1, le=MOST),
) -> Any:
    actor = caller(request)
    rows = visible(actor).for_rows().select_related("parent").live()
    wanted = known_kind(kind) if kind else ""
    found = search.best(rows, search.Asked(q, actor.product_ids, wanted), limit + 1, cursor)
    shown = share_products([hit.item for hit in found[:limit]])
    return {"items": [item_out(row) for row in shown], "next": found[limit - 1].place if len(found) > limit else None}


def find(actor: Actor, ref: str, verb: str = "read") -> Item:
    """An item of the token's workspace by its reference; the product's own kinds are read once."""
    key, _dash, number = ref.partition("-")
    if not ItemRef.fits(ref):
        raise Http404
    product = actor.product(key, verb)
    found = actor.find(visible(actor).for_rows().select_related("parent"), verb, product=product, number=int(number))
    found.product = product
    return found


def share_products(rows: list[Item]) -> list[Item]:
    """One Product object for all rows of a product, so that its own kinds are read once and not for each row."""
    products = {row.product_id: row.product for row in rows}
    for row in rows:
        row.product = products[row.product_id]
    return rows


def tagged(found: Item, response: HttpResponse) -> dict[str, Any]:
    response.headers["ETag"] = etag(found)
    return item_out(found)


def etag(found: Item) -> str:
    """The trash is no change of the item itself, and yet another answer."""
    return f'"{found.version}-trashed"' if found.trashed_at else f'"{found.version}"'


def is_known(found: Item, if_none_match: str | None) -> bool:
    given = [tag.removeprefix("W/") for tag in parse_etags(if_none_match or "")]
    return etag(found) in given or "*" in given


def version_of(if_match: str | None) -> int | None:
    """The version that a caller saw; a mark that none of our answers carries is refused, not passed over."""
    if if_match in (None, "", "*"):
        return None
    text = str(if_match).removeprefix("W/").strip('"').removesuffix("-trashed")
    if not text.isdecimal() or len(text) > 9:
        raise Invalid({"If-Match": _("This is no version: send the ETag of an answer.")})
    return int(text)
