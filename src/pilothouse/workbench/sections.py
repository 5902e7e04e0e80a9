"""What apps above the workbench add to the pages of single kinds: readings to a metric, the verdict to a release.

A section is a function of actor and item that gives {"template", "context"}, or None where it has nothing to show.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item

Section = Callable[[Actor, Item], dict[str, Any] | None]
SECTIONS: dict[str, list[Section]] = {}


def add_section(kind: str, section: Section) -> None:
    SECTIONS.setdefault(kind, []).append(section)


def sections_of(actor: Actor, item: Item) -> list[dict[str, Any]]:
    return [shown for section in SECTIONS.get(item.kind, ()) if (shown := section(actor, item))]
