"""Whose eyes may rest on an item, as one condition for every query that reads items or what hangs on them."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import BooleanField, F, Func

from pilothouse.people.access import Actor, ScopedQuerySet

M = TypeVar("M", bound=models.Model)


class Unveiled(Func):
    """A condition: nobody else is writing the item at `path` privately just now (see Veil). Written as SQL by hand,
    because nearly every query asks this and Django would take longer to build it than the database to answer it."""

    output_field = BooleanField()

    def __init__(self, path: str, person: int) -> None:
        super().__init__(F(path))
        self.person = person

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        item, params = compiler.compile(self.source_expressions[0])
        veiled = "SELECT item_id FROM workbench_veil WHERE person_id <> %s"
        return f"({item} IN ({veiled})) IS NOT TRUE", [*params, self.person]


class OpenQuerySet(ScopedQuerySet[M]):
    """For items and what hangs on them. A model names its ways to items in `item_paths`, as lookups. The one rule
    behind every list, search, feed, file and answer: rows of the actor's products, less what is veiled for the
    actor."""

    def visible_to(self, actor: Actor) -> Self:
        return self.within(actor).unveiled(actor)

    def unveiled(self, actor: Actor) -> Self:
        """Without what somebody else is writing privately just now. The table of veils is nearly always empty and then
        costs a query nothing."""
        return self.filter(*(Unveiled(path, actor.user.pk) for path in self.model.item_paths))  # type: ignore[attr-defined]
