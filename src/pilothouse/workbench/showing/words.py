"""What happened, in words: every Event as a sentence, its values as people call them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from markupsafe import Markup

from pilothouse.jinja import day, decimal
from pilothouse.kinds import RELATIONS, Kind
from pilothouse.people.access import Actor
from pilothouse.people.models import User
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.products import seen

OWN = {
    "title": lambda kind: kind.title_name,
    "body": lambda kind: kind.body_name,
    "state": lambda kind: _("State"),
    "owner": lambda kind: _("Owner"),
    "parent": lambda kind: _("Parent"),
    "start_on": lambda kind: _("Starts on"),
    "due_on": lambda kind: _("Due on"),
    "tags": lambda kind: _("Tags"),
    "score": lambda kind: _("Score"),
    "rank": lambda kind: _("Place in the order"),
    "external_id": lambda kind: _("Id in the source"),
}
LONG = 160
ICONS = {
    "created": "plus", "commented": "message-square", "linked": "link", "unlinked": "unlink", "trashed": "trash-2",
    "restored": "archive-restore", "undone": "undo-2", "attached": "paperclip", "detached": "paperclip",
    "merged": "merge", "scored": "calculator", "comment_edited": "pencil", "comment_removed": "message-square-x",
    "read": "chart-line", "unread": "chart-line", "predicted": "crosshair", "unpredicted": "crosshair",
    "amended": "crosshair", "closed": "flag",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One field's before and after, as shown; `long` ones are texts to compare line by line."""

    name: str
    label: str
    before: str
    after: str
    long: bool


@dataclass(frozen=True)
class Line:
    """An event as the page tells it."""

    id: int
    who: str
    text: Markup
    at: datetime
    icon: str
    verb: str
    batch: uuid.UUID
    mine: bool
    undone: bool
    changes: tuple[Change, ...] = ()
    item: Item | None = field(default=None)


def label(kind: Kind, name: str) -> str:
    """A field's name as people call it."""
    if name in kind.field_by_slug:
        return str(kind.field_by_slug[name].name)
    return str(OWN[name](kind)) if name in OWN else name


def describe(actor: Actor, events: Sequence[Event]) -> list[Line]:
    """Sentences for events, in a constant number of queries. Give them with item__product, actor selected."""
    people, items = named_in(actor, events)
    return [line(actor, entry, people, items) for entry in events if entry.item]


def named_in(actor: Actor, events: Iterable[Event]) -> tuple[dict[int, User], dict[int, Item]]:
    """The people and items that the changes name by id; items only where the actor may see them."""
    people: set[int] = set()
    items: set[int] = set()
    for entry in events:
        people |= ids(entry.changes.get("owner"))
        items |= ids(entry.changes.get("parent")) | ends(entry)
    return (User.objects.in_bulk(people) if people else {}), seen(actor, items)


def ids(pair: Any) -> set[int]:
    return {value for value in pair if isinstance(value, int)} if isinstance(pair, list) else set()


def ends(entry: Event) -> set[int]:
    pair = entry.changes.get("link")
    found = {pair["source"], pair["target"]} if isinstance(pair, dict) else set()
    return found | {value for value in (entry.changes.get("kept"), entry.changes.get("other")) if value}


def line(actor: Actor, entry: Event, people: Mapping[int, User], items: Mapping[int, Item]) -> Line:
    kind = kind_of(entry.item.product, entry.item.kind)  # type: ignore[union-attr]
    pairs = in_order(kind, entry.changes) if changes_fields(entry) else ()
    changes = tuple(change(kind, name, pair, people, items) for name, pair in pairs)
    return Line(
        id=entry.pk,
        who=str(entry.actor) if entry.actor else _("Somebody who has left"),
        text=sentence(entry, kind, changes, items),
        at=entry.at,
        icon=ICONS.get(entry.verb, "pencil"),
        verb=entry.verb,
        batch=entry.batch,
        mine=entry.actor_id == actor.user.pk,
        undone=entry.undone_at is not None,
        changes=changes,
        item=entry.item,
    )


def in_order(kind: Kind, changes: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The changes in the order in which the kind declares its fields, then the rest by name. PostgreSQL keeps no order
    in JSON."""
    places = {name: place for place, name in enumerate(kind.field_by_slug)}
    return sorted(changes.items(), key=lambda pair: (places.get(pair[0], len(places)), pair[0]))


def changes_fields(entry: Event) -> bool:
    """Whether the event's changes are fields with their values before and after. Events with a sentence of their own
    keep other things there."""
    return entry.verb not in TOLD and entry.verb not in SENTENCES and entry.verb not in ("linked", "unlinked", "merged")


def change(kind: Kind, name: str, pair: list[Any], people: Mapping[int, User], items: Mapping[int, Item]) -> Change:
    before, after = (value(kind, name, part, people, items) for part in pair)
    return Change(name, label(kind, name), before, after, "\n" in before + after or len(before + after) > LONG)


def value(kind: Kind, name: str, raw: Any, people: Mapping[int, User], items: Mapping[int, Item]) -> str:
    """A kept value as people call it: an option's name, a person's, a date in the reader's order."""
    if raw in (None, "", []):
        return ""
    if name == "owner":
        return str(people.get(raw, _("Somebody who has left")))
    if name == "parent":
        return str(items.get(raw, _("an item that you cannot see")))
    if name == "state":
        return str(kind.state_by_slug[raw].name) if raw in kind.state_by_slug else str(raw)
    if name in ("start_on", "due_on"):
        return day(date.fromisoformat(raw))
    if name in kind.field_by_slug:
        return field_value(kind, name, raw)
    return listed(map(str, raw)) if isinstance(raw, list) else decimal(raw) if name == "score" else str(raw)


def field_value(kind: Kind, name: str, raw: Any) -> str:
    declared = kind.field_by_slug[name]
    if declared.type == "choice":
        return str(declared.option_name(raw))
    if declared.type == "choices":
        return listed(str(declared.option_name(slug)) for slug in raw)
    if declared.type == "date":
        return day(date.fromisoformat(str(raw)))
    if declared.type == "flag":
        return pgettext("flag", "Yes") if raw else pgettext("flag", "No")
    return decimal(raw, 6) if declared.type == "number" else str(raw)


def listed(names: Iterable[str]) -> str:
    """Chinese parts the members of a list by a comma of its own."""
    return pgettext("enumeration", ", ").join(names)


def sentence(entry: Event, kind: Kind, changes: Sequence[Change], items: Mapping[int, Item]) -> Markup:
    """The event told after the name of who did it: Alice _moved this to Doing_."""
    if entry.verb in ("linked", "unlinked"):
        return told_link(entry, items)
    if entry.verb == "merged":
        return told_merge(entry, items)
    if entry.verb in TOLD:
        return Markup.escape(TOLD[entry.verb](entry))
    if entry.verb in SENTENCES:
        return Markup.escape(SENTENCES[entry.verb]() % details(entry))
    return told_changes(changes)


def details(entry: Event) -> dict[str, Any]:
    """Names that an action kept with its event for its sentence."""
    return {"name": "", **{k: v for k, v in entry.changes.items() if isinstance(v, str)}}


SENTENCES = {
    "created": lambda: _("made this"),
    "trashed": lambda: _("moved this to the trash"),
    "restored": lambda: _("took this out of the trash"),
    "commented": lambda: _("commented"),
    "comment_edited": lambda: _("edited a comment"),
    "comment_removed": lambda: _("removed a comment"),
    "attached": lambda: _("attached %(name)s"),
    "detached": lambda: _("removed the file %(name)s"),
}
# The verbs of apps above the workbench; each says what it did from its event.
TOLD: dict[str, Callable[[Event], str]] = {}


def told_link(entry: Event, items: Mapping[int, Item]) -> Markup:
    pair = entry.changes["link"]
    at_source = pair.get("end") == "source"
    relation = RELATIONS[pair["relation"]]
    words = {
        "relation": relation.name if at_source else relation.inverse,
        "item": item_link(items.get(pair["target" if at_source else "source"])),
    }
    if entry.verb == "linked":
        return format(_("linked this: %(relation)s %(item)s"), words)
    return format(_("removed the link: %(relation)s %(item)s"), words)


def told_merge(entry: Event, items: Mapping[int, Item]) -> Markup:
    if entry.changes.get("kept"):
        return format(
            _("closed this as a duplicate of %(item)s"), {"item": item_link(items.get(entry.changes["kept"]))}
        )
    return format(_("merged %(item)s into this"), {"item": item_link(items.get(entry.changes.get("other", 0)))})


def told_changes(changes: Sequence[Change]) -> Markup:
    """Moved this to Doing; scored this 1,066.7; changed Priority."""
    if score := next((change for change in changes if change.name == "score"), None):
        return Markup.escape(_("scored this %(score)s") % {"score": score.after or "–"})
    if len(changes) == 1 and changes[0].name == "state":
        return Markup.escape(_("moved this to %(state)s") % {"state": changes[0].after})
    if len(changes) == 1 and changes[0].name == "owner":
        after = changes[0].after
        return Markup.escape(_("made %(owner)s the owner") % {"owner": after} if after else _("removed the owner"))
    names = listed(change.label for change in changes)
    return Markup.escape(_("changed %(fields)s") % {"fields": names})


def item_link(item: Item | None) -> Markup:
    if item is None:
        return Markup.escape(_("an item that you cannot see"))
    return Markup('<a href="{}" data-panel-link>{} {}</a>').format(item.url, item.ref, item.title[:LONG])


def format(text: str, parts: Mapping[str, Any]) -> Markup:
    """A translated sentence with markup put in; everything else in it is escaped."""
    return Markup.escape(text) % dict(parts)
