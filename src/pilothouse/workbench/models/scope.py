"""Whose eyes may rest on an item, as one condition for every query that reads items or what hangs on them."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import BooleanField, F, Func

from pilothouse.people.access import Actor, ScopedQuerySet

M = TypeVar("M", bound=models.Model)


class Unveiled(Func):
    """The item at `path` is none that somebody else writes for themselves just now. Written out in SQL: nearly every
    query asks this, and putting it together from a queryset takes longer than the answer."""

    output_field = BooleanField()

    def __init__(self, path: str, person: int) -> None:
        super().__init__(F(path))
        self.person = person

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        item, params = compiler.compile(self.source_expressions[0])
        veiled = "SELECT item_id FROM workbench_veil WHERE person_id <> %s"
        return f"({item} IN ({veiled})) IS NOT TRUE", [*params, self.person]


class OpenQuerySet(ScopedQuerySet[M]):
    """For items and what hangs on them; the model names its ways to items in `item_paths`. What is veiled for the
    actor is not there: the one rule behind every list, search, feed, file and answer."""

    def visible_to(self, actor: Actor) -> Self:
        return self.within(actor).unveiled(actor)

    def unveiled(self, actor: Actor) -> Self:
        """Without what somebody else writes for themselves just now. Nearly always nothing is veiled: an empty table
        costs a list nothing, and its indexes still answer alone."""
        return self.filter(*(Unveiled(path, actor.user.pk) for path in self.model.item_paths))  # type: ignore[attr-defined]
