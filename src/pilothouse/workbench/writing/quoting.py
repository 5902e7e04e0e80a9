"""Marking a passage of an item's text as a quote: the exact words, where they stand, and in which version."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.thread.passages import nearest
from pilothouse.workbench.writing.actions import create, link
from pilothouse.workbench.writing.cleaning import Invalid

TITLE = 160
LONGEST = 10_000
# What a quote takes over from where it was said: its own field, and the source's fields in order of preference.
INHERITED = {
    "speaker": ("person", "speaker", "company", "email"),
    "segment": ("segment",),
    "said_on": ("said_on",),
    "sentiment": ("sentiment",),
}


@transaction.atomic
def quote(actor: Actor, source: Item, words: str, start: int = 0) -> Item:
    """The quote of these words, nearest to `start` in code points; marking the same passage twice gives the same one.

    Raises Invalid where the text does not hold the words, as when somebody changed it meanwhile.
    """
    actor.require("write")
    words = words.replace("\r\n", "\n")
    start, words = start + len(words) - len(words.lstrip()), words.strip()  # a hand selects a space too many
    place = nearest(source.body, words, start) if words else None
    if place is None:
        raise Invalid({"text": _("These words do not stand in the text. It may have changed; nothing was marked.")})
    if len(words) > LONGEST:
        raise Invalid({"text": _("A quote has at most 10,000 characters. Mark the words that carry the point.")})
    if there := already(actor, source, words, place):
        return there
    batch = uuid.uuid4()
    made = create(actor, source.product, "quote", data_of(source, words, place), batch=batch)
    link(actor, source, "quoted_as", made, batch=batch)
    return made


def already(actor: Actor, source: Item, words: str, place: int) -> Item | None:
    rows = Item.objects.visible_to(actor).live().of("quote").filter(links_in__source=source, body=words)
    return next((row for row in rows if row.fields.get("start") == place), None)


def data_of(source: Item, words: str, place: int) -> dict[str, object]:
    inherited = {
        name: next((value for field in fields if (value := source.fields.get(field))), None)
        for name, fields in INHERITED.items()
    }
    known = kind_of(source.product, "quote").field_by_slug
    place_in_text = {"start": place, "end": place + len(words), "body_version": source.version}
    title = " ".join(words.split())
    return {
        "title": title if len(title) <= TITLE else title[: TITLE - 1] + "…",
        "body": words,
        **{name: value for name, value in {**inherited, **place_in_text}.items() if name in known},
    }
