"""A plan's schedule as rows of cells and as days of a calendar: one for each part of an item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.exchange.writing.calendar import Happening
from pilothouse.exchange.writing.table import Grid, Value
from pilothouse.planning.plans import waiting
from pilothouse.planning.plans.telling import refs
from pilothouse.planning.plans.timetable import Timetable

SLUGS = ["ref", "title", "release", "part", "person", "start", "end", "due", "waits_for", "why", "critical", "late"]


def grid(made: Timetable, kept: Mapping[str, Any]) -> Grid:
    who = [pgettext("schedule", "Part"), pgettext("schedule", "Person"), _("Begins"), _("Ends"), _("Due")]
    why = [_("Waits for"), _("Why not sooner"), _("Makes it so long"), _("Days late")]
    heads = [_("Reference"), _("Title"), _("Release"), *who, *why]
    return Grid(heads, SLUGS, [row(made, kept, one, part) for one, part in parts_of(made, kept)])


def parts_of(made: Timetable, kept: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each item that is still in the plan, with each of its parts; what has none is its own only part."""
    for one in kept["items"]:
        if one["number"] in made.release:
            whole = {"skill": "", "who": [], "start": one["start"], "finish": one["finish"]}
            yield from ((one, part) for part in one["parts"] or [whole])


def row(made: Timetable, kept: Mapping[str, Any], one: Mapping[str, Any], part: Mapping[str, Any]) -> list[Value]:
    item = made.found.items[one["number"]]
    return [
        item.ref, item.title, made.release[one["number"]].title, part["skill"], listed(part["who"]),
        date.fromisoformat(part["start"]), date.fromisoformat(part["finish"]),
        date.fromisoformat(one["due"]) if one["due"] else None,
        refs(made.found, list(dict.fromkeys(key for why in why_of(one, part) for key in why["items"]))),
        told(made, one, part), _("Yes") if one["number"] in kept["chain"] else _("No"),
        waiting.too_late(one),
    ]  # fmt: skip


def why_of(one: Mapping[str, Any], part: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What this part waits for: its own people, else what the whole item waits for."""
    own = [why for why in one["why"] if why["skill"] == part["skill"]]
    return own or [why for why in one["why"] if not why["skill"]]


def told(made: Timetable, one: Mapping[str, Any], part: Mapping[str, Any]) -> str:
    said = [waiting.wait(made, why) for why in why_of(one, part)]
    return waiting.joined(said) if said else ""


def listed(names: list[str]) -> str:
    return pgettext("between the parts of a list", ", ").join(names)


def happenings(made: Timetable, kept: Mapping[str, Any], site: str) -> Iterator[Happening]:
    for one, part in parts_of(made, kept):
        item, who = made.found.items[one["number"]], waiting.people(part)
        title = (
            _("%(ref)s %(title)s · %(who)s") % {"ref": item.ref, "title": item.title, "who": who} if who else str(item)
        )
        yield Happening(
            key=f"{item.product.workspace.slug}-{item.ref}-{part['skill']}@{site}".replace(" ", "_"), title=title,
            first=date.fromisoformat(part["start"]), last=date.fromisoformat(part["finish"]),
            text=told(made, one, part), url=f"{site}{item.url}",
        )  # fmt: skip
