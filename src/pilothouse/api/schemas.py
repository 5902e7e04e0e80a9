"""What the API says and takes. Unknown names are refused, so that a slip of the pen never passes in silence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from pilothouse.kinds import KINDS, Kind
from pilothouse.kinds.relations import RELATIONS
from pilothouse.people.models import Product
from pilothouse.workbench.models import Comment, Event, Item, Link

Value = str | int | float | bool | list[str] | None


class Given(Schema):
    model_config = ConfigDict(extra="forbid")


class ItemPatch(Given):
    """What may change; names that are absent stay as they are."""

    title: str | None = None
    body: str | None = None
    state: str | None = Field(None, description="a slug of the kind's states; new items begin in the first")
    owner: str | None = Field(None, description="a member's e-mail address, or null for nobody")
    parent: str | None = Field(None, description="an item of the same product, like PH-12")
    start_on: date | None = None
    due_on: date | None = None
    tags: list[str] | None = None
    fields: dict[str, Value] = Field(
        default_factory=dict, description="the kind's own fields; see /products/{key}/kinds"
    )

    def given(self) -> dict[str, Any]:
        """Only the names that were sent, the kind's fields beside the item's own."""
        return {**self.dict(exclude_unset=True, exclude={"fields", "kind", "version"}), **self.fields}


class ItemIn(ItemPatch):
    kind: str = Field(description=f"one of: {', '.join(KINDS)}")
    title: str
    external_id: str | None = Field(None, description="its id in another system, by which an import knows it again")


class LinkIn(Given):
    relation: str = Field(description=f"one of: {', '.join(RELATIONS)}; `lifts_to` of a kind names the thread's")
    target: str = Field(description="the other item, like PH-12; the item in the address is the source")


class CommentIn(Given):
    body: str


class ItemOut(Schema):
    ref: str
    kind: str
    title: str
    body: str
    state: str
    category: str = Field(description="new, active, done or dropped: what the state means")
    owner: str | None
    parent: str | None
    start_on: date | None
    due_on: date | None
    score: float | None
    tags: list[str]
    fields: dict[str, Any]
    external_id: str | None
    version: int
    url: str
    created_at: datetime
    updated_at: datetime
    trashed: bool


class LinkOut(Schema):
    id: int
    relation: str
    source: str
    target: str


class ProductIn(Given):
    key: str = Field(description="2 to 10 capital letters and digits, like PH; it stands in front of every number")
    name: str
    purpose: str = ""
    private: bool = False


class ProductPatch(Given):
    """What may change; names that are absent stay as they are."""

    name: str | None = None
    purpose: str | None = None


class ProductOut(Schema):
    key: str
    name: str
    purpose: str
    private: bool
    archived: bool
    url: str


class CommentOut(Schema):
    id: int
    author: str | None = Field(description="an e-mail address")
    body: str
    created_at: datetime
    edited_at: datetime | None


class EventOut(Schema):
    id: int
    verb: str
    item: str | None
    actor: str | None = Field(description="an e-mail address")
    changes: dict[str, Any] = Field(description="names to [before, after], or what else the verb keeps")
    batch: UUID = Field(description="shared by all that one action did; your own goes back by POST /undo/{batch}")
    at: datetime


class OptionOut(Schema):
    slug: str
    name: str


class StateOut(OptionOut):
    category: str


class FieldOut(OptionOut):
    type: str
    unit: str
    required: bool
    minimum: float | None
    maximum: float | None
    options: list[OptionOut]


class KindOut(OptionOut):
    asks: str
    states: list[StateOut]
    fields: list[FieldOut]
    lifts_to: dict[str, str] = Field(description="the kinds that follow along the thread, with the link to them")


class Page(Schema):
    items: list[ItemOut]
    next: str | None = Field(None, description="pass as `cursor` to read on; null at the end")


def item_out(item: Item) -> dict[str, Any]:
    return {
        **{name: getattr(item, name) for name in ItemOut.model_fields if name in ITEM_COLUMNS},
        "category": item.state_declared.category,
        "owner": item.owner.email if item.owner else None,
        "parent": f"{item.product.key}-{item.parent.number}" if item.parent else None,
        "tags": sorted(tag.name for tag in item.tags.all()),
        "trashed": item.trashed_at is not None,
    }


ITEM_COLUMNS = {
    "ref", "kind", "title", "body", "state", "start_on", "due_on", "score", "fields", "external_id", "version", "url",
    "created_at", "updated_at",
}  # fmt: skip


def link_out(link: Link) -> dict[str, Any]:
    return {"id": link.pk, "relation": link.relation, "source": link.source.ref, "target": link.target.ref}


def comment_out(comment: Comment) -> dict[str, Any]:
    names = ("body", "created_at", "edited_at")
    author = comment.author.email if comment.author else None
    return {"id": comment.pk, "author": author, **{name: getattr(comment, name) for name in names}}


def product_out(product: Product) -> dict[str, Any]:
    names = ("key", "name", "purpose", "private", "url")
    return {**{name: getattr(product, name) for name in names}, "archived": product.archived_at is not None}


def event_out(event: Event) -> dict[str, Any]:
    return {
        "id": event.pk,
        "verb": event.verb,
        "item": event.item.ref if event.item else None,
        "actor": event.actor.email if event.actor else None,
        "changes": event.changes,
        "batch": event.batch,
        "at": event.at,
    }


def kind_out(kind: Kind) -> dict[str, Any]:
    return {
        "slug": kind.slug,
        "name": str(kind.name),
        "asks": str(kind.asks),
        "states": [{"slug": s.slug, "name": str(s.name), "category": s.category} for s in kind.states],
        "fields": [
            {
                "slug": field.slug,
                "name": str(field.name),
                "type": field.type,
                "unit": str(field.unit),
                "required": field.required,
                "minimum": field.minimum,
                "maximum": field.maximum,
                "options": [{"slug": option.slug, "name": str(option.name)} for option in field.options],
            }
            for field in kind.fields
        ],
        "lifts_to": dict(kind.lifts_to),
    }
