"""What was said and done about an item, in one line of time; and the files that hang on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pilothouse.markdown import MENTION
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Attachment, Comment, Event, Item
from pilothouse.workbench.showing.words import Line, describe
from pilothouse.workbench.team import who_sees

FIRST, MOST = 30, 500
QUIET = ("commented", "comment_edited", "comment_removed")


@dataclass(frozen=True)
class Entry:
    """A comment, with (address, name) of those it may mention, or a told event."""

    at: datetime
    comment: Comment | None = None
    people: tuple[tuple[str, str], ...] = ()
    line: Line | None = None


@dataclass(frozen=True)
class Talk:
    entries: list[Entry]
    more: bool


def talk_of(actor: Actor, item: Item, *, everything: bool = False) -> Talk:
    """The newest comments and events, oldest first; comments are themselves, so their events are left out."""
    most = MOST if everything else FIRST
    comments = list(item.comments.select_related("author").filter(removed_at=None).order_by("-id")[: most + 1])
    lines = describe(actor, events_of(item, most + 1))
    people = people_in(item, [row.body for row in comments])
    entries = [Entry(row.created_at, comment=row, people=people) for row in reversed(comments)]
    entries += [Entry(row.at, line=row) for row in reversed(lines)]
    entries.sort(key=lambda entry: entry.at)
    return Talk(entries[-most:], len(entries) > most and not everything)


def people_in(item: Item, texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Who is mentioned, by address and name, of those who see the product; nobody is asked for without a mention."""
    addresses = {address.lower() for text in texts for address in MENTION.findall(text)}
    there = who_sees(item.product) if addresses else []
    return tuple((person.email, str(person)) for person in there if person.email in addresses)


def events_of(item: Item, most: int, before: int | None = None) -> list[Event]:
    """The newest events worth telling; a move within the order is not."""
    rows = item.events.select_related("actor").exclude(verb__in=QUIET).order_by("-id")
    if before:
        rows = rows.filter(pk__lt=before)
    found = [entry for entry in rows[: most * 2] if set(entry.changes) != {"rank"}][:most]
    for entry in found:
        entry.item = item
    return found


def files_of(actor: Actor, item: Item) -> list[dict[str, Any]]:
    rows = Attachment.objects.filter(item=item, removed_at=None).select_related("added_by").order_by("created_at")
    return [
        {
            "id": row.pk,
            "name": row.name,
            "size": row.size,
            "by": str(row.added_by or ""),
            "at": row.created_at,
            "url": f"{item.url}/attachments/{row.pk}",
            "image": row.type.startswith("image/"),
            "mine": row.added_by_id == actor.user.pk or actor.may("manage"),
        }
        for row in rows[:MOST]
    ]
