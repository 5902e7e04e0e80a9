"""Duplicates become one item; and an action is taken back by the batch that its events carry."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Header, Router, Schema
from pydantic import Field

from pilothouse.api.auth import caller
from pilothouse.api.idempotency import once
from pilothouse.api.items import find
from pilothouse.api.schemas import Given, ItemOut, item_out
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.merge import MOST_MERGED
from pilothouse.workbench.writing.merge import merge as merge_items
from pilothouse.workbench.writing.undo import undo as take_back

router = Router()


class MergeIn(Given):
    """The duplicates, like PH-12: of the kept item's product and kind."""

    others: list[str] = Field(min_length=1, max_length=MOST_MERGED)


class MergeOut(Schema):
    kept: ItemOut
    merged: list[str] = Field(description="those that were closed, each linked to the kept one by `duplicates`")
    batch: uuid.UUID = Field(description="takes the merge back: POST /undo/{batch}")


class UndoOut(Schema):
    count: int = Field(description="how many changes went back")
    stayed: list[str] = Field(description="items that someone changed since, and that stay as they are")


@router.post("/items/{ref}/merges", response={201: MergeOut}, summary="Merge duplicates into an item")
def merge(request: HttpRequest, ref: str, payload: MergeIn, idempotency_key: str | None = Header(None)) -> Any:
    """The item in the address is kept as it is. The others are closed and keep every word; their quotes and comments
    belong to the kept item's thread from then on."""
    actor = caller(request)
    kept = find(actor, ref, "write")
    others = [find(actor, other, "write") for other in dict.fromkeys(payload.others)]

    def act() -> tuple[int, Any]:
        try:
            batch = merge_items(actor, kept, others)
        except Invalid as invalid:
            raise Invalid({"others": " ".join(invalid.errors.values())}) from None
        return 201, {"kept": item_out(find(actor, ref)), "merged": [row.ref for row in others], "batch": batch}

    return once(request, act)


@router.post("/undo/{batch}", response=UndoOut, summary="Take an action of your own back")
def undo(request: HttpRequest, batch: uuid.UUID) -> Any:
    """What one action did to however many items. What somebody changed since stays; once taken back it is 404."""
    done = take_back(caller(request), batch)
    return {"count": done.count, "stayed": [row.ref for row in done.kept]}
