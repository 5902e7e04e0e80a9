"""What apps above the workbench add to its pages: readings to a metric, the verdict to a release, gaps to a thread,
a page of its own on which a kind is made, what can be made of selected rows, and tools in the menu; a hint on top of an
item, and what a product's home begins with.

A section is a function of actor and item that gives {"template", "context"}, or None where it has nothing to show.
Remarks are a few words beside items of a kind along a thread, for many at once. Gaps are what is missing there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Item


@dataclass(frozen=True)
class Gap:
    """Something a thread lacks, in words, and where it is filled; `at` is the station it belongs to."""

    at: str
    text: Any
    action: Any = ""
    url: str = ""


@dataclass(frozen=True)
class Offer:
    """A page at `path` below the product: a tool of the menu, or something to be made of selected rows, which are
    posted to it as `ids`."""

    name: Any
    icon: str
    path: str


@dataclass(frozen=True)
class Found:
    """Something that the palette offers for what was typed."""

    group: str
    title: Any
    url: str
    icon: str
    hint: Any = ""


Section = Callable[[Actor, Item], dict[str, Any] | None]
Remarks = Callable[[Actor, Sequence[Item]], dict[int, str]]
Gaps = Callable[[Actor, Sequence[Item]], list[Gap]]
Home = Callable[[Actor, Product], dict[str, Any] | None]
Copier = Callable[[Actor, Item, Item], None]
SECTIONS: dict[str, list[Section]] = {}
REMARKS: dict[str, list[Remarks]] = {}
GAPS: dict[str, list[Gaps]] = {}
MADE_AT: dict[str, str] = {}
OFFERS: dict[str, list[Offer]] = {}
TOOLS: dict[str, list[Offer]] = {}
COPIERS: dict[str, list[Copier]] = {}
HINTS: list[Section] = []
HOME: list[Home] = []


Finder = Callable[[Actor, Product | None, str], Iterable[Found]]
FINDERS: list[Finder] = []


def add_finder(finder: Finder) -> None:
    """What the palette finds beside items, places and actions."""
    FINDERS.append(finder)


def add_section(kind: str, section: Section) -> None:
    SECTIONS.setdefault(kind, []).append(section)


def add_remarks(kind: str, remarks: Remarks) -> None:
    REMARKS.setdefault(kind, []).append(remarks)


def add_gaps(kind: str, gaps: Gaps) -> None:
    GAPS.setdefault(kind, []).append(gaps)


def made_at(kind: str, path: str) -> None:
    """Items of this kind are made on a page of their own, at `path` below the product."""
    MADE_AT[kind] = path


def offer(kinds: Sequence[str], made: Offer) -> None:
    for kind in kinds:
        OFFERS.setdefault(kind, []).append(made)


def add_copier(kind: str, copier: Copier) -> None:
    """What else goes along when an item of this kind is duplicated: given the item and its copy."""
    COPIERS.setdefault(kind, []).append(copier)


def copied_along(actor: Actor, item: Item, made: Item) -> None:
    for copier in COPIERS.get(item.kind, ()):
        copier(actor, item, made)


def tool(room: str, made: Offer) -> None:
    """A page of its own in a room of the menu, beside the kinds."""
    TOOLS.setdefault(room, []).append(made)


def add_hint(hint: Section) -> None:
    """A line between the head of an item of any kind and the rest of its page."""
    HINTS.append(hint)


def at_home(section: Home) -> None:
    """Something that a product's first page begins with."""
    HOME.append(section)


def hints_for(actor: Actor, item: Item) -> list[dict[str, Any]]:
    return [shown for hint in HINTS if (shown := hint(actor, item))]


def home_of(actor: Actor, product: Product) -> list[dict[str, Any]]:
    return [shown for section in HOME if (shown := section(actor, product))]


def sections_of(actor: Actor, item: Item) -> list[dict[str, Any]]:
    return [shown for section in SECTIONS.get(item.kind, ()) if (shown := section(actor, item))]


def remarks_on(actor: Actor, kind: str, items: Sequence[Item]) -> dict[int, str]:
    return {pk: text for remarks in REMARKS.get(kind, ()) for pk, text in remarks(actor, items).items()}


def gaps_of(actor: Actor, kind: str, items: Sequence[Item]) -> list[Gap]:
    return [gap for gaps in GAPS.get(kind, ()) for gap in gaps(actor, items)]
