"""Along the thread: a passage becomes a quote, and items become what they lead to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Header, Router
from pydantic import Field

from pilothouse.api.auth import caller
from pilothouse.api.idempotency import once
from pilothouse.api.items import find, refuse_found
from pilothouse.api.listing import known_kind
from pilothouse.api.schemas import Given, ItemIn, ItemOut, item_out
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.writing import lifting, quoting

router = Router()
MOST_SOURCES = 100


class QuoteIn(Given):
    words: str = Field(description="as they stand in the item's body")
    start: int = Field(0, ge=0, description="about where, in characters, if they stand there more than once")


class LiftIn(ItemIn):
    """An item as it is created; the segment, the topic and whatever else all its sources agree on go along."""

    also: list[str] = Field([], max_length=MOST_SOURCES, description="what else it rests on, like PH-12")

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in super().given().items() if name != "also"}


@router.post("/items/{ref}/quotes", response={201: ItemOut}, summary="Mark words of an item as a quote")
def quote(request: HttpRequest, ref: str, payload: QuoteIn, idempotency_key: str | None = Header(None)) -> Any:
    """The same words at the same place are marked once."""
    actor = caller(request)
    source = find(actor, ref, "write")
    lifting.relation_for([source], "quote")
    return once(request, lambda: (201, item_out(quoting.quote(actor, source, payload.words, payload.start))))


@router.post("/items/{ref}/lifts", response={201: ItemOut}, summary="Make what an item leads to")
def lift(request: HttpRequest, ref: str, payload: LiftIn, idempotency_key: str | None = Header(None)) -> Any:
    """A new item of `kind`, linked to this one and to those of `also`; what waited to be used is then used."""
    actor = caller(request)
    sources = [find(actor, one, "write") for one in dict.fromkeys([ref, *payload.also])]
    kind = known_kind(payload.kind)
    refuse_found(kind_of(sources[0].product, kind), payload.given(), {})
    data = {**lifting.carried(sources, kind), **payload.given()}
    return once(request, lambda: (201, item_out(lifting.lift(actor, sources, kind, [data])[0])))
